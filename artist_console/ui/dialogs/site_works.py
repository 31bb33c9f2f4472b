"""Which works are on a site: all released ones, or those that are named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands import works as work_commands
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorksQuery, WorkSummary
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.tables.works_cells import work_title
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.picker import Picker


class SiteWorksDialog(Sheet):
    """None chosen is all released ones; unreleased works are never named on a site."""

    chosen = Signal(object)  # tuple[WorkId, ...]

    def __init__(self, desk: Desk, artist: ArtistId, works: Sequence[WorkId], parent: QWidget) -> None:
        title = say("reservation", "Which works are on the site")
        super().__init__(desk.theme, "site-works", title, 760, 640, parent, scrolls=False)
        lead = say(
            "reservation",
            "Name those whose rights you control. None chosen: all released ones. Titles that you name stand "
            "on the site; unreleased works never do.",
        )
        self.set_heading(title, lead)
        self._wanted = tuple(works)
        self.picker = Picker(
            desk.theme,
            say("reservation", "Works"),
            say("reservation", "Title or code"),
            say("reservation", "Work"),
            say("reservation", "Release"),
        )
        self.inside.addWidget(self.picker, 1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.take = Button(desk.theme, say("reservation", "Take these works"), ButtonKind.PRIMARY)
        self.take.clicked.connect(self._take)
        self.set_buttons(None, cancel, self.take, safe=cancel)
        desk.ask(
            self,
            "works",
            lambda console: work_commands.find_every_work(console, WorksQuery(artist=artist)),
            self._show,
            self._failed,
        )
        self.picker.setFocus()

    def _show(self, found: Sequence[WorkSummary]) -> None:
        rows = {each.work: each for each in found}
        self.picker.show_rows(
            [_row(each) for each in rows.values()], say("reservation", "No work is known here.")
        )
        self.picker.choose(self._wanted)

    def _failed(self, problem: Problem) -> None:
        self.picker.states.show_error(problem)

    def _take(self) -> None:
        chosen = tuple(WorkId(str(each)) for each in self.picker.chosen)
        self.accept()
        self.chosen.emit(chosen)


def _row(each: WorkSummary) -> PickRow:
    song = say("reservation", "Song") if each.kind is WorkKind.COMPOSITION else ""
    second = " · ".join(part for part in (song, each.identifier) if part)
    return PickRow(each.work, work_title(each), second, each.release_title)
