"""The longest gap of the interface while a person works in the consent matrix of 5,000 recordings.

A timer that should fire every two milliseconds says when it could not. A window of 1440 by 900 without a
display, every release and every family open: 28 columns over more than ten thousand rows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.commands.opening import Opening
from artist_console.domain.uses import Family
from artist_console.host.settings import Settings
from artist_console.ui.garbage import Collector
from artist_console.ui.pages.consent import ConsentScreen
from artist_console.ui.places import Place
from artist_console.ui.screenshots import settle
from artist_console.ui.start import Session, make_application
from benchmarks.consent_world import make_consent_profile
from benchmarks.figures import Limit, Taken
from benchmarks.world import ARTIST, open_again

GAP_S = 0.1
STEPS = 30
_BEAT_MS = 2


@dataclass
class _Gaps:
    """The longest time between two beats, by the clock and in the processor's time of this thread."""

    longest: Taken = field(default_factory=lambda: Taken(0, 0))
    last: Taken = field(default_factory=lambda: Taken(perf_counter(), thread_time()))

    def beat(self) -> None:
        now = Taken(perf_counter(), thread_time())
        gap = Taken(now.clock - self.last.clock, now.processor - self.last.processor)
        self.last = now
        if gap.clock > self.longest.clock:
            self.longest = gap

    def reset(self) -> None:
        self.longest, self.last = Taken(0, 0), Taken(perf_counter(), thread_time())


class _Watch(QObject):
    """Counts the gaps of the thread that it lives in."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.gaps = _Gaps()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.gaps.beat)
        self._timer.start()

    def longest(self, name: str, steps: list[Callable[[], object]]) -> Limit:
        """Take the steps one by one, let the window come to rest, and tell the longest gap."""
        self.gaps.reset()
        for step in steps:
            step()
            QApplication.processEvents()
        settle(self._session)
        self.gaps.beat()
        return Limit(f"longest gap, {name}", [self.gaps.longest], GAP_S)


def measure(folder: Path) -> Iterator[Limit]:
    """Scrolling, choosing, answering and taking back."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    root = folder / "window"
    make_consent_profile(root, shared=True)
    app = make_application()
    Collector(app).begin()
    profile = open_again(root)
    opening = Opening(
        open_console=profile.console,
        connect=lambda: None,
        close=profile.close,
        settings_path=profile.folder.settings,
        sample=False,
        started_at=perf_counter(),
    )
    session = Session(app, opening, settings=Settings(page="consent", artist=ARTIST, sync_enabled=False))
    window = session.window
    window.resize(1440, 900)
    window.show()
    window.start()
    settle(session)
    window.show_place(Place("consent"))
    settle(session)
    screen = window.screen_of("consent")
    if not isinstance(screen, ConsentScreen):
        sys.exit("The consent screen did not open.")
    yield from _in_the_matrix(_Watch(session), screen)
    session.end()


def _in_the_matrix(watch: _Watch, screen: ConsentScreen) -> Iterator[Limit]:
    table = screen.table
    rows, columns = table.verticalScrollBar(), table.horizontalScrollBar()

    def key(which: Qt.Key, *held: Qt.KeyboardModifier) -> Callable[[], object]:
        modifier = held[0] if held else Qt.KeyboardModifier.NoModifier
        return lambda: QTest.keyClick(table, which, modifier)

    def open_all() -> None:
        frame = screen.model.frame
        releases = [row.key for row in frame.rows if row.has_children] if frame is not None else []
        screen.open_keys(frozenset({"all", *releases, *(f"family/{family.value}" for family in Family)}))

    yield watch.longest("every release and family opens", [open_all])
    table.setFocus()
    yield watch.longest("a page down", [key(Qt.Key.Key_PageDown)] * STEPS)
    yield watch.longest("an arrow down", [key(Qt.Key.Key_Down)] * STEPS)
    yield watch.longest("scrolling down", [lambda: rows.setValue(rows.value() + 57)] * STEPS)
    yield watch.longest("scrolling sideways", [lambda: columns.setValue(columns.value() + 90)] * STEPS)
    yield watch.longest("everything chosen", [key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)])
    place = screen.model.index(300, 3)
    table.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    settle_quietly(watch)
    yield watch.longest("a no for one work", [key(Qt.Key.Key_R)])
    yield watch.longest("taking it back", [screen.desk.undo])
    yield watch.longest(
        "300 works chosen row by row", [key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)] * 300
    )
    yield watch.longest("a no for 301 works, to be reviewed", [key(Qt.Key.Key_R)])


def settle_quietly(watch: _Watch) -> None:
    """Let the window come to rest without counting it."""
    watch.longest("", [])
