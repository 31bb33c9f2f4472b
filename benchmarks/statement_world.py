"""Made-up statements for the figures: a distributor's file as CSV, and lines as they are kept.

Titles, stores and countries are drawn so that they repeat as in real files; amounts have twelve decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from artist_console.domain.ids import ProgrammeId, StatementId, WorkId
from artist_console.domain.statements import Line, LineKind
from artist_console.domain.uses import Use

STATEMENT = StatementId("benchmark")
_HEADER = (
    "Date Inserted,Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,"
    "Source Type,Country of Sale,Songwriter Royalties Withheld (USD),Earnings (USD),Recoup (USD)"
)
_STORES = ("Spotify", "Apple Music", "Deezer", "Tidal", "YouTube", "Amazon Music", "Qobuz", "Boomplay")
_COUNTRIES = ("SE", "DE", "GB", "US", "JP", "NO", "FR", "BR", "MX", "ID", "IN", "OU")
_WORKS = 300
_KINDS = (LineKind.POOL_SUBSCRIPTION, LineKind.USAGE_GENERATION, LineKind.USAGE_OUTPUT_ATTRIBUTED)


def write_csv(path: Path, rows: int) -> None:
    """All cells quoted, as this distributor writes them."""
    chance = Random(11)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(f'"{name}"' for name in _HEADER.split(",")) + "\r\n")
        for _ in range(rows):
            work, month = chance.randrange(_WORKS), chance.randrange(6) + 1
            cells = (
                "2026-07-09",
                "2026-07-05",
                f"2026-{month:02d}",
                chance.choice(_STORES),
                "Mara Lindqvist",
                f"Salt Lines {work}",
                f"SEYOK26{work:05d}",
                "00094631432057",
                str(chance.randrange(1, 2_000)),
                "100",
                "Song",
                chance.choice(_COUNTRIES),
                "0",
                _twelve_decimals(chance),
                "0",
            )
            file.write(",".join(f'"{cell}"' for cell in cells) + "\r\n")


def write_long_csv(path: Path, rows: int, of: int) -> None:
    """The same `of` rows again and again: as long, and made in a tenth of the time."""
    write_csv(path, of)
    with path.open("rb") as file:
        file.readline()
        body = file.read()
    with path.open("ab") as file:
        for _ in range(rows // of - 1):
            file.write(body)


def _twelve_decimals(chance: Random) -> str:
    units = chance.randrange(-(10**8), 10**10)
    sign, units = ("-" if units < 0 else ""), abs(units)
    return f"{sign}{units // 10**12}.{units % 10**12:012d}"


def made_lines(count: int) -> Iterator[Line]:
    """Lines of AI income of three programmes, one number each."""
    chance = Random(12)
    works = [WorkId(f"{n:032x}") for n in range(_WORKS)]
    programmes = [ProgrammeId(f"{n:032x}") for n in range(3)]
    months = [date(2026, n + 1, 1) for n in range(6)]
    for number in range(1, count + 1):
        source = chance.randrange(len(_STORES))  # which names its programme and the kind of its money
        yield Line(
            STATEMENT,
            number,
            _KINDS[source % len(_KINDS)],
            Decimal(_twelve_decimals(chance)),
            "USD",
            chance.choice(months),
            work=chance.choice(works),
            programme=programmes[source % len(programmes)],
            use=Use.TRAIN_GENERATIVE,
            territory=chance.choice(_COUNTRIES),
            quantity=chance.randrange(1, 2_000),
            source=_STORES[source],
        )
