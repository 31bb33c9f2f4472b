"""Which reports were opened before, as the settings keep them: path, title, verdict and day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from artist_console.commands.reports import OpenedReport, ReportVerdict

KEPT_AS = "reports.opened"
_MOST = 12


@dataclass(frozen=True, slots=True)
class OpenedBefore:
    """One report of the list. What came of its check is what came of it then."""

    path: str
    title: str
    verdict: str  # value of ReportVerdict
    day: str  # ISO, when it was opened last

    @property
    def result(self) -> ReportVerdict:
        return next(
            (each for each in ReportVerdict if each.value == self.verdict), ReportVerdict.CANNOT_BE_CHECKED
        )

    @property
    def opened_on(self) -> date:
        return date.fromisoformat(self.day)


def read_list(kept: str) -> tuple[OpenedBefore, ...]:
    """The list, newest first; what cannot be read is left out."""
    try:
        rows = json.loads(kept or "[]")
    except ValueError:
        return ()
    found = []
    for row in rows if isinstance(rows, list) else []:
        try:
            each = OpenedBefore(*(str(row[name]) for name in ("path", "title", "verdict", "day")))
            date.fromisoformat(each.day)
        except (KeyError, TypeError, ValueError):
            continue
        found.append(each)
    return tuple(found[:_MOST])


def with_report(known: Iterable[OpenedBefore], report: OpenedReport, today: date) -> tuple[OpenedBefore, ...]:
    """The list with this report at its top."""
    path = str(report.path)
    new = OpenedBefore(path, report.path.stem, report.verdict.value, today.isoformat())
    return (new, *(each for each in known if each.path != path))[:_MOST]


def without(known: Iterable[OpenedBefore], path: str) -> tuple[OpenedBefore, ...]:
    return tuple(each for each in known if each.path != path)


def write_list(known: Iterable[OpenedBefore]) -> str:
    return json.dumps([asdict(each) for each in known], ensure_ascii=False)
