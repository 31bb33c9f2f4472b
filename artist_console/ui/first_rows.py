"""For the benchmark: the window as a person finds it who left it on the works page, ended when its first
local rows are painted.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from artist_console.commands.opening import Opening
from artist_console.ui.pages.works import WorksScreen
from artist_console.ui.soon import soon
from artist_console.ui.start import Session, run_window


class _FirstRows(QObject):
    """Says when the works table has painted its first rows, and ends."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._window = session.window
        self._has_rows = False
        session.window.ready.connect(self._watch)

    def _watch(self) -> None:
        works = self._window.shown_screen
        if not isinstance(works, WorksScreen):
            raise RuntimeError("the profile does not start on the works page")
        works.first_rows_shown.connect(self._note)
        works.table.viewport().installEventFilter(self)

    def _note(self) -> None:
        self._has_rows = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._has_rows and event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            soon(self, self._tell)  # once this event has painted them
        return False

    def _tell(self) -> None:
        print("first rows", flush=True)
        QCoreApplication.quit()


def time_first_rows(opening: Opening) -> int:
    """Show the window until its first rows are painted. Gives the exit code."""
    return run_window(opening, watch=_FirstRows)
