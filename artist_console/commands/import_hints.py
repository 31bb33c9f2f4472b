"""What a person says about a file that is brought in, because the file does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import StatementLevel


@dataclass(frozen=True, slots=True)
class Hints:
    """Empty: nothing is said, and what the file says counts."""

    artist_name: str = ""  # whose file it is; made an artist of this profile if new
    currency: str = ""  # of a statement
    month: str = ""  # of a statement, "2025-04"
    issuer: str = ""  # of a statement
    name: str = ""  # of a dataset list, for people
    take_artists: tuple[str, ...] = ()  # names in a catalogue that are artists of this profile, new or not
    also_called: tuple[str, ...] = ()  # names in a catalogue that are other spellings of the artist's
    columns: tuple[tuple[str, str], ...] = ()  # field of a table ("title", "artist", "isrc"), its column
    publisher: str = ""  # of a dataset list
    version: str = ""  # of a dataset list
    obtained_from: str = ""  # of a dataset list: address or words
    level: StatementLevel | None = None  # of a statement: whose money its lines are about
    numbers: str = ""  # of a statement: "point" or "comma" marks the decimals
    days: str = ""  # of a statement: "day_first" or "month_first", of days such as 3/4/2026
    delimiter: str = ""  # one character between the cells of a table
    encoding: str = ""  # of a text file, by its name: "cp1252"
    header_row: int | None = None  # row of the names of the columns, from 1
    replaces: StatementId | None = None  # the statement in whose place this one comes

    @property
    def on_the_wire(self) -> dict[str, str]:
        return {
            "artist_name": self.artist_name,
            "currency": self.currency,
            "month": self.month,
            "issuer": self.issuer,
            "name": self.name,
            "publisher": self.publisher,
            "version": self.version,
            "obtained_from": self.obtained_from,
            "take_artists": "\n".join(self.take_artists),
            "also_called": "\n".join(self.also_called),
            "columns": "\n".join(f"{field}={column}" for field, column in self.columns),
            "level": self.level.value if self.level is not None else "",
            "numbers": self.numbers,
            "days": self.days,
            "delimiter": self.delimiter,
            "encoding": self.encoding,
            "header_row": str(self.header_row) if self.header_row is not None else "",
            "replaces": self.replaces or "",
        }


def month_of(text: str) -> str:
    """A month as the hints take it, "2025-04"; empty for what is none."""
    try:
        return f"{date.fromisoformat(f'{text.strip()}-01'):%Y-%m}"
    except ValueError:
        return ""
