"""The panel of sync and the line under the top bar, in the real window with a service that can be cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands import syncing
from artist_console.commands.consent import decide
from artist_console.commands.syncing import OutboxState, Restored, SyncState, SyncStatus
from artist_console.commands.wishes import Wish
from artist_console.domain.registers import ANY_USE, Stance, Subject, SubjectKind
from artist_console.domain.work_rows import OwnStance
from artist_console.store import journal
from artist_console.store import restored as restored_store
from artist_console.store.opening import Part
from artist_console.ui.dialogs.outbox_row import OutboxRowWidget
from artist_console.ui.dialogs.sync_panel import SyncPanel
from artist_console.ui.sync_notices import NoticeKind, notice_of
from tests.ui.sample_profile import OpenWindow


def refuse_two(window: OpenWindow) -> None:
    """Two answers of two acts, which wait."""
    shown = (window.works.model.row_at(n) for n in range(window.works.model.total))
    works = [w for w in shown if w is not None and w.own is OwnStance.FOLLOW and not w.refused][:2]
    for work in works:
        wish = Wish(work.artist, Subject(SubjectKind.WORK, work.work), None, ANY_USE, Stance.REFUSE)
        window.desk.act(window.main, lambda console, wish=wish: decide(console, [wish]))
    window.settle()


def cut_off(window: OpenWindow) -> None:
    """The service answers nothing any more."""
    window.main.sync.ask_status()
    window.desk.background.network.run(window.profile.connect)
    window.settle()
    assert window.profile.backend is not None
    window.profile.backend.stop()


def open_panel(window: OpenWindow) -> SyncPanel:
    window.main.show_sync()
    return window.panel(SyncPanel)


def rows(panel: SyncPanel) -> list[OutboxRowWidget]:
    return panel.findChildren(OutboxRowWidget)


def said(panel: SyncPanel) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]


def test_what_waits_says_since_when_how_often_and_what_was_answered(window: OpenWindow) -> None:
    window.show("works")
    refuse_two(window)
    cut_off(window)
    for _ in range(2):
        window.main.sync.sync()
        window.settle()
    panel = open_panel(window)
    assert [row.sent.state for row in rows(panel)] == [OutboxState.WAITING] * 2
    text = " ".join(said(panel))
    assert "Tried 2 times" in text
    assert "cannot be reached" in text
    assert "made " in text
    assert not window.main.frame.notice.isHidden()
    assert "2 changes will be sent" in window.main.frame.notice.words


def test_one_that_waits_is_taken_back_by_the_keyboard_and_both_stay(window: OpenWindow) -> None:
    window.show("works")
    refuse_two(window)
    panel = open_panel(window)
    first, second = rows(panel)
    first.button.setFocus()
    QTest.keyClick(first.button, Qt.Key.Key_Space)
    window.settle()
    waiting = window.profile.console()
    try:
        outbox = syncing.outbox(waiting)
    finally:
        waiting.store.close()
    assert [row.stance for row in outbox] == [Stance.REFUSE, Stance.REFUSE, Stance.CLEAR]
    assert outbox[2].decision not in {first.sent.decision, second.sent.decision}
    # A second time there is nothing left to take back, and the panel says so instead of doing it twice.
    rows(panel)[0].button.click()
    window.settle()
    assert "taken back already" in " ".join(said(panel))


def test_that_a_service_was_restored_is_told_until_it_is_read(
    open_window: Callable[[Path], OpenWindow], sample_copy: Path
) -> None:
    window = open_window(sample_copy)
    window.show("works")
    refuse_two(window)
    window.main.sync.sync()
    window.settle()
    store = window.profile.open_store()
    with store.transaction(Part.JOURNAL):
        journal.open_stream(store, "the service was restored")
        restored_store.note(store, window.desk.clock())
    store.close()
    window.main.sync.ask_status()
    window.settle()
    line = window.main.frame.notice
    assert line.words.startswith("The service was restored.")
    window.close()
    window = open_window(sample_copy)
    window.main.sync.ask_status()
    window.settle()
    line = window.main.frame.notice
    assert line.words.startswith("The service was restored.")
    line.cross.setFocus()
    QTest.keyClick(line.cross, Qt.Key.Key_Return)
    window.settle()
    assert line.isHidden()


def status(state: SyncState = SyncState.UP_TO_DATE, **more: object) -> SyncStatus:
    given: dict[str, object] = {
        "waiting": 0,
        "conflicts": 0,
        "parked": 0,
        "last_sync": None,
        "next_try": None,
        "host": "Fieldnote",
        "last_problem": "",
    }
    return SyncStatus(state, **{**given, **more})  # type: ignore[arg-type]


def test_the_line_tells_one_thing_the_most_pressing_first(window: OpenWindow) -> None:
    told = Restored(window.desk.clock(), 3, 1, 2)
    both = notice_of(status(SyncState.CANNOT_REACH, waiting=1, restored=told, clock_ahead_s=9_000))
    assert both.words == (
        "The service was restored. 3 decisions confirmed again. 2 are sent again. 1 needs attention."
    )
    assert both.action
    assert notice_of(status(SyncState.CANNOT_REACH, waiting=1)).kind is NoticeKind.OFFLINE
    assert notice_of(status(SyncState.SIGN_IN_AGAIN, waiting=1)).kind is NoticeKind.SIGN_IN
    assert notice_of(status(SyncState.CANNOT_REACH)).kind is None
    trouble = notice_of(status(SyncState.TROUBLE, last_problem="Fieldnote contradicts what it signed."))
    assert (trouble.kind, trouble.words) == (NoticeKind.TROUBLE, "Fieldnote contradicts what it signed.")
    assert notice_of(None).kind is None


@pytest.mark.parametrize(
    ("off", "words"),
    [
        (timedelta(minutes=-3), "3 minutes behind"),
        (timedelta(hours=3), "3 hours ahead"),
        (timedelta(days=400), "400 days ahead"),
    ],
)
def test_a_clock_that_is_far_off_is_told(window: OpenWindow, off: timedelta, words: str) -> None:
    found = notice_of(status(clock_ahead_s=int(off.total_seconds())))
    assert words in found.words
    assert notice_of(status(clock_ahead_s=119)).kind is None
    assert notice_of(status(clock_ahead_s=-7_000), frozenset({NoticeKind.CLOCK})).kind is None
