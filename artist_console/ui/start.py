"""Builds application, lanes and window around an opened profile, and runs them to the end."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject
from PySide6.QtWidgets import QApplication

from artist_console.commands.opening import Opening
from artist_console.host.settings import Settings, load_settings, save_settings
from artist_console.ui.background import Background
from artist_console.ui.desk import Desk, LaneConsole
from artist_console.ui.main_window import MainWindow
from artist_console.ui.pages.works import WorksScreen
from artist_console.ui.places import Place
from artist_console.ui.qt_messages import keep_qt_messages
from artist_console.ui.theme import Appearance, Theme

# What is under way at the end is let finish this long: a round of sync answers or fails before.
_LAST_WORK_MS = 15_000


class Session(QObject):
    """Everything that lives as long as the window: theme, lanes, desk and window of one profile."""

    def __init__(
        self, app: QApplication, opening: Opening, *, inline: bool = False, settings: Settings | None = None
    ) -> None:
        """With `settings`, those are used and nothing is written: the profile's own stay as they are."""
        super().__init__()
        self.opening = opening
        self._keeps_settings = settings is None
        settings = settings or load_settings(opening.settings_path).settings
        self.theme = Theme(app, Appearance.of(settings))
        self.background = Background(self, inline=inline)
        self.desk = Desk(
            self.theme,
            self.background,
            LaneConsole(opening.open_console),
            LaneConsole(opening.open_console, opening.connect),
            settings,
            self._save,
            _now,
            self,
        )
        self.window = MainWindow(self.desk, opening)

    def _save(self, settings: Settings) -> None:
        if self._keeps_settings:
            save_settings(self.opening.settings_path, settings)

    def end(self) -> None:
        """Let what was begun finish, close the stores on their own lanes, then the profile."""
        self.window.close()
        self.background.store.run(self.desk.store_console.close)
        self.background.network.run(self.desk.network_console.close)
        self._wait_for_lanes()
        self.background.shut_down()
        self.opening.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _wait_for_lanes(self) -> None:
        """A decision that was just made is written before the program ends."""
        waited = QElapsedTimer()
        waited.start()
        while not self.background.is_idle and waited.elapsed() < _LAST_WORK_MS:
            QCoreApplication.processEvents()


def make_application() -> QApplication:
    """The one application object; it may exist already in tests."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Artist Console")
    made.setDesktopFileName("artist-console")
    return made


class _FirstRows(QObject):
    """For the benchmark: says when the first local rows were painted, and ends."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.window.ready.connect(self._watch)

    def _watch(self) -> None:
        self._session.window.show_place(Place("works"))
        works = self._session.window.screen_of("works")
        if isinstance(works, WorksScreen):
            works.first_rows_shown.connect(self._tell)

    def _tell(self) -> None:
        self._session.window.grab()  # the rows are painted, not only known
        print(f"first rows {time.perf_counter() - self._session.opening.started_at:.3f}", flush=True)
        QCoreApplication.quit()


def run_window(opening: Opening, *, report: Path | None = None, quit_after_first_rows: bool = False) -> int:
    """Show the window and run it until it is closed. Gives the exit code."""
    keep_qt_messages()
    app = make_application()
    session = Session(app, opening)
    if quit_after_first_rows:
        _FirstRows(session)
    session.window.show()
    session.window.start()
    if report is not None:
        session.window.open_report(str(report))
    code = app.exec()
    session.end()
    return code


def _now() -> datetime:
    return datetime.now(UTC)
