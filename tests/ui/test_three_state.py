"""The three-state control: it wishes and does not change, by pointer, keys and voice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from artist_console.domain.registers import Stance
from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.theme import Appearance, Theme
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import column
from artist_console.ui.widgets.three_state import ORDER, ThreeStateControl


def shown(theme: Theme, qtbot: QtBot, *, small: bool = False, width: int = 420) -> ThreeStateControl:
    control = ThreeStateControl(theme, "Follow album", small=small)
    qtbot.addWidget(control)
    control.resize(width, control.height())
    control.show()
    control.activateWindow()
    qtbot.waitUntil(control.isActiveWindow)
    return control


@pytest.mark.parametrize("stance", ORDER)
def test_a_press_is_a_wish_and_changes_nothing(theme: Theme, qtbot: QtBot, stance: Stance) -> None:
    control = shown(theme, qtbot)
    control.set_value(Stance.CLEAR)
    with qtbot.waitSignal(control.chosen) as chosen:
        qtbot.mouseClick(control.part(stance), Qt.MouseButton.LeftButton)
    assert chosen.args == [stance]
    assert control.value is Stance.CLEAR
    assert control.part(Stance.CLEAR).isChecked()
    assert sum(control.part(each).isChecked() for each in ORDER) == 1


def test_refuse_stands_first_and_allow_last_and_the_order_mirrors(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    assert [control.part(s).x() for s in ORDER] == sorted(control.part(s).x() for s in ORDER)
    control.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert [control.part(s).x() for s in ORDER] == sorted((control.part(s).x() for s in ORDER), reverse=True)


def test_both_answers_have_the_same_room(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    assert abs(control.part(Stance.REFUSE).width() - control.part(Stance.ALLOW).width()) <= 1


def test_arrows_move_and_enter_confirms(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    control.setFocus()
    assert control.part(Stance.REFUSE).hasFocus()
    qtbot.keyClick(control.part(Stance.REFUSE), Qt.Key.Key_Right)
    qtbot.keyClick(control.part(Stance.CLEAR), Qt.Key.Key_Right)
    assert control.part(Stance.ALLOW).hasFocus()
    with qtbot.assertNotEmitted(control.chosen):
        qtbot.keyClick(control.part(Stance.ALLOW), Qt.Key.Key_Right)
    with qtbot.waitSignal(control.chosen) as chosen:
        qtbot.keyClick(control.part(Stance.ALLOW), Qt.Key.Key_Return)
    assert chosen.args == [Stance.ALLOW]


def test_escape_goes_back_to_the_value(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    control.set_value(Stance.CLEAR)
    control.setFocus()
    qtbot.keyClick(control.part(Stance.CLEAR), Qt.Key.Key_Left)
    assert control.part(Stance.REFUSE).hasFocus()
    qtbot.keyClick(control.part(Stance.REFUSE), Qt.Key.Key_Escape)
    assert control.part(Stance.CLEAR).hasFocus()


def test_left_and_right_mirror(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    control.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    control.setFocus()
    qtbot.keyClick(control.part(Stance.REFUSE), Qt.Key.Key_Left)
    assert control.part(Stance.CLEAR).hasFocus()


def test_it_is_one_tab_stop(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    before, control, after = (
        Button(theme, "Before"),
        ThreeStateControl(theme, "Follow album"),
        Button(theme, "After"),
    )
    holder.setLayout(column(before, control, after))
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    control.set_value(Stance.ALLOW)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert control.part(Stance.ALLOW).hasFocus()
    qtbot.keyClick(control.part(Stance.ALLOW), Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_it_becomes_three_lines_where_the_words_do_not_fit(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot, width=420)
    assert not control.is_folded()
    assert control.height() == 38
    control.resize(200, control.height())
    assert control.is_folded()
    assert control.height() > 2 * 38
    assert len({control.part(s).y() for s in ORDER}) == 3


def test_it_fits_unfolded_into_the_details(theme: Theme, qtbot: QtBot) -> None:
    assert not shown(theme, qtbot, width=330).is_folded()


def test_larger_text_folds_earlier(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot, width=330)
    theme.choose(Appearance(ThemeChoice.LIGHT, text_size_percent=150))
    assert control.is_folded()


def test_the_small_one_has_tooltips_and_words_for_readers(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot, small=True)
    assert (control.width(), control.height()) == (96, 28)
    for stance, words in zip(ORDER, ("Refuse", "Follow album", "Allow"), strict=True):
        part = control.part(stance)
        found = QAccessible.queryAccessibleInterface(part)
        assert found is not None
        assert found.role() is QAccessible.Role.RadioButton
        assert found.text(QAccessible.Text.Name) == words
        assert words in part.toolTip()


def test_at_the_top_level_the_middle_reads_undecided(theme: Theme, qtbot: QtBot) -> None:
    control = ThreeStateControl(theme)
    qtbot.addWidget(control)
    assert control.part(Stance.CLEAR).accessibleName() == "Undecided"


def test_no_value_is_spoken_as_such(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    assert control.accessibleDescription() == "No answer, or answers that differ"
    assert not any(control.part(s).isChecked() for s in ORDER)
    control.set_value(Stance.REFUSE)
    assert control.accessibleDescription() == "Refuse"


def test_an_answer_that_is_not_offered_cannot_be_reached(theme: Theme, qtbot: QtBot) -> None:
    control = shown(theme, qtbot)
    control.set_enabled_stances(allow=False)
    control.setFocus()
    for part in (Stance.REFUSE, Stance.CLEAR):
        qtbot.keyClick(control.part(part), Qt.Key.Key_Right)
    assert not control.part(Stance.ALLOW).hasFocus()
    with qtbot.assertNotEmitted(control.chosen):
        qtbot.mouseClick(control.part(Stance.ALLOW), Qt.MouseButton.LeftButton)
