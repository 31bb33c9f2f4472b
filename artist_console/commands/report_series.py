"""Which reports this profile has seen, so that opening an older one of a series says that a newer is known.

They stand in `reports-seen.json` of the profile: of each its series, day, hash, place and signers, no more.
The file only helps: one that cannot be read counts as empty and is written anew.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from artist_console.domain.problems import FileProblem
from artist_console.host.files import read_bounded, write_atomic

_LIMIT_BYTES = 4_000_000
_MOST_KEPT = 500
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SeenReport:
    """An unchanged report that was opened or made here."""

    series: str
    made_at: datetime
    sha256: str
    path: str  # where it was
    kids: frozenset[str]  # of its signers
    trusted: bool  # one of them was known here


def is_newer(later: SeenReport, than: SeenReport) -> bool:
    """Whether one is a later report of the same series. Anybody can name a series, so the signer counts."""
    return (
        later.series == than.series
        and later.made_at > than.made_at
        and (later.trusted or not later.kids.isdisjoint(than.kids))
    )


def remember(path: Path, reports: Iterable[SeenReport]) -> tuple[SeenReport, ...]:
    """Add reports to those that were seen, and give all. What cannot be written is not remembered."""
    before = read_seen(path)
    known = {each.sha256: each for each in before}
    for each in reports:
        known.pop(each.sha256, None)
        known[each.sha256] = each
    seen = tuple(known.values())[-_MOST_KEPT:]
    if seen != before:
        try:
            write_atomic(path, _written(seen))
        except FileProblem as error:
            _LOG.info("reports seen could not be written: %s", type(error).__name__)
    return seen


def read_seen(path: Path) -> tuple[SeenReport, ...]:
    """The reports that were seen, the latest last; none where there is no such file, or it cannot be read."""
    if not path.exists():
        return ()
    try:
        rows = json.loads(read_bounded(path, _LIMIT_BYTES))["reports"]
        return tuple(
            SeenReport(
                str(row["series"]),
                _moment(row["made_at"]),
                str(row["sha256"]),
                str(row["path"]),
                frozenset(map(str, row["kids"])),
                row["trusted"] is True,
            )
            for row in rows
        )
    except (FileProblem, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time has no zone")
    return moment


def _written(seen: Iterable[SeenReport]) -> bytes:
    rows = [
        {
            "series": each.series,
            "made_at": each.made_at.isoformat(),
            "sha256": each.sha256,
            "path": each.path,
            "kids": sorted(each.kids),
            "trusted": each.trusted,
        }
        for each in seen
    ]
    return json.dumps({"reports": rows}, indent=2, ensure_ascii=False).encode("utf-8", "surrogatepass")
