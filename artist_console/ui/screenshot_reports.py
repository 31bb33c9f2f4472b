"""Reports for pictures: one of the artist, one of two months before, and a copy without the money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from artist_console.commands import report_making
from artist_console.commands.console import Console
from artist_console.commands.report_redacting import RedactionWish, write_copy
from artist_console.commands.report_wish import ReportWish
from artist_console.commands.reports import open_in
from artist_console.domain.ids import ArtistId
from artist_console.ui.pages.reports import ReportsScreen

_BEFORE = timedelta(days=90)


class ReportState(StrEnum):
    """What is shown of the page; the value goes into the name of the picture."""

    OPEN = "open"  # what came of its check
    READ = "read"  # what it holds
    COMPARED = "compared"  # with the earlier one
    REDACTED = "redacted"  # the copy, with its gaps


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the reports are."""

    now: Path
    before: Path
    redacted: Path

    @classmethod
    def at(cls, folder: Path, name: str) -> ReportFiles:
        return cls(*(folder / f"{name} - {which}.acreport" for which in ("report", "summer", "copy")))


def make_reports(console: Console, files: ReportFiles, artist: ArtistId | None) -> None:
    """By the real commands, from what is in the profile."""
    artists = (artist,) if artist is not None else ()
    then = console.clock() - _BEFORE
    earlier = ReportWish(artists, title="Consent record, summer", as_of=then, as_known_then=True)
    report_making.create_wished(console, files.before, earlier)
    report_making.create_wished(console, files.now, ReportWish(artists))
    without = RedactionWish(tables=frozenset({"statements", "lines"}))
    write_copy(open_in(console, files.now), without, files.redacted, console.clock())


def show_report(
    screen: ReportsScreen, state: ReportState, files: ReportFiles, settle: Callable[[], None]
) -> None:
    """Bring the page into a state, as a person would. `settle` waits until nothing is under way."""
    screen.open_path(str(files.redacted if state is ReportState.REDACTED else files.now))
    settle()
    match state:
        case ReportState.READ:
            screen.view.read()
        case ReportState.COMPARED:
            screen.compare_with(str(files.before))
        case ReportState.OPEN | ReportState.REDACTED:
            screen.view.show_first()
    settle()
