"""Builds application, lanes and window around an opened profile, and runs them to the end."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from artist_console.commands.opening import Opening
from artist_console.host.settings import Settings, load_settings, save_settings
from artist_console.ui.background import Background
from artist_console.ui.desk import Desk, LaneConsole
from artist_console.ui.garbage import Collector
from artist_console.ui.main_window import MainWindow
from artist_console.ui.qt_messages import keep_qt_messages
from artist_console.ui.single_window import WindowServer
from artist_console.ui.theme import Appearance, Theme

# What is under way at the end is let finish this long: a round of sync answers or fails before.
_LAST_WORK_MS = 15_000
# A question that still runs after the window is gone is worth no more than this: nobody sees its answer.
_LAST_QUESTION_MS = 1_000


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

    def end(self, patience_ms: int = _LAST_WORK_MS) -> bool:
        """Let what was begun finish, close the stores on their own lanes, then the profile.

        False where a question still ran after `patience_ms`: only the end of the process ends its thread, and
        nothing is lost with it.
        """
        self.window.close_now()
        self._wait(self.background.finished, lambda: self.background.is_finished, _LAST_WORK_MS)
        self.background.store.run(self.desk.store_console.close)
        self.background.network.run(self.desk.network_console.close)
        self._wait(self.background.idle, lambda: self.background.is_idle, patience_ms)
        ended = self.background.is_idle
        self.background.shut_down(wait=ended)
        self.opening.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return ended

    def _wait(self, signal: SignalInstance, is_so: Callable[[], bool], longest_ms: int) -> None:
        """Sleep until it is so: events wake this, nothing turns in circles meanwhile."""
        if is_so():
            return
        loop = QEventLoop()
        signal.connect(loop.quit)
        QTimer.singleShot(longest_ms, loop, loop.quit)
        loop.exec()
        signal.disconnect(loop.quit)


def make_application() -> QApplication:
    """The one application object; it may exist already in tests."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Artist Console")
    made.setDesktopFileName("artist-console")
    return made


def run_window(
    opening: Opening, *, report: Path | None = None, watch: Callable[[Session], QObject] | None = None
) -> int:
    """Show the window and run it until it is closed. Gives the exit code.

    `watch` is given the session before its window is shown: the benchmark has something look on.
    """
    keep_qt_messages()
    app = make_application()
    session = Session(app, opening)
    session.window.settled.connect(Collector(app).begin)
    if watch is not None:
        watch(session)
    # Asked first, so that the store is opened while the window is put on the screen.
    session.window.start()
    session.window.show()
    if report is not None:
        session.window.open_report(str(report))
    server = WindowServer(opening.settings_path.parent, session)
    server.raise_wished.connect(session.window.come_forward)
    session.window.closing.connect(server.tell_ending)
    code = app.exec()
    server.tell_ending()
    ended = session.end(_LAST_QUESTION_MS)
    server.close()
    if not ended:
        # A thread that still works something out would keep this process, unseen, until it is through.
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)
    return code


def _now() -> datetime:
    return datetime.now(UTC)
