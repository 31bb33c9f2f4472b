"""Dialogs with the keyboard alone: every choice can be reached and seen, and no Enter confirms by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from artist_console.app.sample import open_sample
from artist_console.backend.embedded import start_embedded
from artist_console.commands.consent import Wish
from artist_console.commands.profiles import Outside
from artist_console.commands.review import ReviewItem
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance, Subject, SubjectKind
from artist_console.host.paths import ProfileFolder
from artist_console.sync.api import Api
from artist_console.ui.dialogs.conflict import ConflictDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.dialogs.review_words import which_words
from artist_console.ui.icons import Icon
from artist_console.ui.pages.consent import ConsentScreen
from artist_console.ui.text import label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, LinkButton, RadioButton
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.pills import RemovablePill
from artist_console.ui.widgets.sections import Disclosure
from tests.ui.sample_profile import OpenWindow


def focused(dialog: QDialog) -> QWidget:
    found = dialog.focusWidget()
    assert found is not None
    return found


def pressed(dialog: QDialog, key: Qt.Key) -> QWidget:
    QTest.keyClick(focused(dialog), key)
    QApplication.processEvents()
    return focused(dialog)


def tab_round(dialog: QDialog) -> list[QWidget]:
    """Every stop of Tab, from where the keyboard stands until it is there again."""
    start = focused(dialog)
    stops = [start]
    while len(stops) < 60:
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
        if focused(dialog) is start:
            return stops
        stops.append(focused(dialog))
    raise AssertionError("Tab does not come round")


def looks(widget: QWidget) -> bytes:
    image = widget.grab().toImage()
    return bytes(image.constBits())


@pytest.fixture
def conflict(open_window: Callable[[Path], OpenWindow], tmp_path: Path) -> ConflictDialog:
    """The sample as it is shown to visitors: the manager's yes met the artist's own no."""
    folder = tmp_path / "demo"
    said: list[str] = []
    open_sample(ProfileFolder(folder), Outside(start_embedded, Api), said.append).close()
    window = open_window(folder)
    window.choose_artist("Mara")
    window.show("consent")
    screen = window.main.screen_of("consent")
    assert isinstance(screen, ConsentScreen)
    screen.show_conflicts()
    return window.panel(ConflictDialog)


@pytest.fixture
def meeting(window: OpenWindow) -> ReviewDialog:
    """A refusal of all music, which meets single allows."""
    window.choose_artist("Mara")
    window.show("works")
    artist = window.desk.artist
    assert artist is not None
    window.desk.decide([Wish(artist, ALL_MY_WORKS, None, ANY_USE, Stance.REFUSE)])
    window.settle()
    return window.panel(ReviewDialog)


def assert_each_can_be_chosen(dialog: QDialog, choices: tuple[RadioButton, RadioButton]) -> None:
    """By Tab, by arrows there and back, with Space and with Enter; each stop is seen."""
    first, second = choices
    stops = tab_round(dialog)
    assert first in stops
    assert second in stops
    first.setFocus(Qt.FocusReason.TabFocusReason)
    unfocused = looks(second)
    for there, back in ((Qt.Key.Key_Down, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Left)):
        assert pressed(dialog, there) is second
        assert not second.isChecked(), "moving is not choosing"
        assert looks(second) != unfocused, "the ring is seen"
        assert pressed(dialog, back) is first
    for stop in (s for s in stops if s not in choices):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        ring_here = looks(stop)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        assert looks(stop) != ring_here, f"{stop} shows that it has the keyboard"
    pressed(dialog, Qt.Key.Key_Down)
    pressed(dialog, Qt.Key.Key_Space)
    assert second.isChecked()
    pressed(dialog, Qt.Key.Key_Up)
    assert first.isChecked(), "once there is a choice, the arrows take it along"
    assert not second.isChecked()
    second.setFocus()
    pressed(dialog, Qt.Key.Key_Return)
    assert second.isChecked()
    assert not first.isChecked()


def test_both_answers_of_a_conflict_can_be_chosen_by_keyboard(conflict: ConflictDialog) -> None:
    assert conflict.mine is not None
    assert conflict.saved is not None
    assert_each_can_be_chosen(conflict, (conflict.mine.choice, conflict.saved.choice))
    assert conflict.use.isEnabled()


def test_narrower_allows_can_be_kept_or_refused_by_keyboard(meeting: ReviewDialog) -> None:
    assert meeting.refuse_too is not None
    assert meeting.keep is not None
    assert focused(meeting) is meeting.refuse_too, "what has to be answered first"
    assert not meeting.refuse_too.isChecked()
    assert_each_can_be_chosen(meeting, (meeting.refuse_too, meeting.keep))
    assert meeting.confirm.isEnabled()


@pytest.mark.parametrize(
    "make",
    [
        lambda theme: Button(theme, "Close"),
        lambda theme: LinkButton(theme, "Show"),
        lambda theme: ListRow(theme, Icon.WORKS, Tint.NEUTRAL, "A catalogue"),
        lambda theme: RemovablePill(theme, "Code is missing"),
    ],
)
def test_enter_presses_a_button_once_as_space_does(
    theme: Theme, qtbot: QtBot, make: Callable[[Theme], QPushButton]
) -> None:
    for holder in (QWidget(), QDialog()):
        qtbot.addWidget(holder)
        button = make(theme)
        button.setParent(holder)
        holder.show()
        times = QSignalSpy(button.clicked)
        button.setFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            QTest.keyClick(button, key)
        assert times.count() == 3


def test_enter_opens_what_folds(theme: Theme, qtbot: QtBot) -> None:
    folded = Disclosure(theme, "Which", label("these"))
    qtbot.addWidget(folded)
    folded.show()
    QTest.keyClick(folded.line, Qt.Key.Key_Return)
    assert folded.line.isChecked()


def test_a_button_that_may_not_be_pressed_is_not_pressed_by_enter(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Confirm 3 decisions", ButtonKind.PRIMARY)
    qtbot.addWidget(button)
    button.setEnabled(False)
    button.show()
    times: list[str] = []
    button.clicked.connect(lambda: times.append("pressed"))
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert times == []


def test_the_review_of_a_yes_confirms_nothing_at_the_first_key(window: OpenWindow) -> None:
    window.show("works")
    summary = window.undecided()
    window.works.wish(summary, Stance.ALLOW)
    window.settle()
    dialog = window.panel(ReviewDialog)
    assert dialog.review is not None
    assert dialog.confirm.isEnabled()
    assert focused(dialog) is dialog.cancel
    times: list[object] = []
    dialog.confirmed.connect(times.append)
    left: list[int] = []
    dialog.finished.connect(left.append)
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    window.settle()
    assert left == [QDialog.DialogCode.Rejected]
    assert times == []


def test_what_folds_in_the_review_counts_what_is_in_it() -> None:
    def item(artist: str, subject: Subject, programme: str | None) -> ReviewItem:
        named = ProgrammeId(programme) if programme else None
        wish = Wish(ArtistId(artist), subject, named, ANY_USE, Stance.REFUSE)
        return ReviewItem(wish, artist, "", programme or "", "", None, None, None)

    song, other = Subject(SubjectKind.WORK, "song"), Subject(SubjectKind.WORK, "other")
    assert which_words([item("m", ALL_MY_WORKS, None)]) == "All music, every programme"
    both = [item("m", ALL_MY_WORKS, None), item("z", ALL_MY_WORKS, None)]
    assert which_words(both) == "2 artists, all music of each, every programme"
    mixed = [
        item("m", song, "lab"),
        item("m", song, "studio"),
        item("m", other, "lab"),
        item("m", Subject(SubjectKind.RELEASE, "album"), None),
    ]
    assert which_words(mixed) == "2 works, 1 release, every programme, 2 programmes"
