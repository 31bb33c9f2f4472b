"""The table of rows and the matrix of cells: keys, wishes, widths, and what is said of a cell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from artist_console.domain.registers import Stance
from artist_console.ui.charts.figures import FiguresModel
from artist_console.ui.charts.values import table_of
from artist_console.ui.delegates.cells import (
    CELL_ROLE,
    ChipCell,
    MatrixCell,
    MoneyCell,
    PermissionCell,
    TextCell,
    TreeCell,
    spoken,
)
from artist_console.ui.delegates.painting import control_rect, fitting_chip
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue
from artist_console.ui.widgets.three_state import ORDER, ThreeStateControl, small_segment
from tests.ui.gallery import WORK_COLUMNS, CellsModel, three_series, works_model

PERMISSION, EARNED, CHANGED = 3, 4, 5


def shown(qtbot: QtBot, table: DataTable, width: int = 1000, height: int = 500) -> DataTable:
    qtbot.addWidget(table)
    table.resize(width, height)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    return table


@pytest.fixture
def works(theme: Theme, qtbot: QtBot) -> DataTable:
    table = DataTable(theme, "Works")
    table.setModel(works_model(table))
    table.set_columns(WORK_COLUMNS)
    return shown(qtbot, table)


def press(table: DataTable, index: QModelIndex, place: QPoint, qtbot: QtBot) -> None:
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def model_of(table: DataTable) -> QAbstractItemModel:
    model = table.model()
    assert model is not None
    return model


def test_the_models_of_the_kit_keep_the_rules_of_qt(theme: Theme, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(works_model())
    figures = FiguresModel()
    figures.show_table(table_of(three_series()))
    qtmodeltester.check(figures)


# Keys


def test_space_chooses_and_enter_opens(works: DataTable, qtbot: QtBot) -> None:
    model = model_of(works)
    assert isinstance(model, CellsModel)
    works.setCurrentIndex(model.index(2, 1))
    qtbot.keyClick(works, Qt.Key.Key_Space)
    assert model.chosen == {2}
    qtbot.keyClick(works, Qt.Key.Key_Space)
    assert model.chosen == set()
    with qtbot.waitSignal(works.opened) as opened:
        qtbot.keyClick(works, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].row() == 2


def test_arrows_move_inside_and_tab_leaves(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    table, after = DataTable(theme, "Works"), Button(theme, "After")
    table.setModel(works_model(table))
    table.set_columns(WORK_COLUMNS)
    layout = QVBoxLayout(holder)
    layout.addWidget(table)
    layout.addWidget(after)
    qtbot.addWidget(holder)
    holder.resize(900, 500)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    table.setFocus()
    rows: list[int] = []
    table.current_changed.connect(lambda index: rows.append(index.row()))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert rows[-1] == table.currentIndex().row() > 0
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_focus_names_a_first_row_without_opening_it(works: DataTable) -> None:
    assert works.currentIndex().row() == 0
    assert works.currentIndex().column() == 1
    assert not works.selectionModel().hasSelection()


def test_choose_all_is_a_wish(works: DataTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(works.check_all_wished) as wished:
        qtbot.keyClick(works, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert wished.args == [True]


def test_the_box_in_the_header_asks_for_all(works: DataTable, qtbot: QtBot) -> None:
    works.set_check_state(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(works.check_all_wished) as wished:
        qtbot.mouseClick(works.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    assert wished.args == [True]


def test_escape_leaves(works: DataTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(works.left):
        qtbot.keyClick(works, Qt.Key.Key_Escape)


# The small control


@pytest.mark.parametrize("stance", ORDER)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_press_on_the_small_control_is_a_wish(
    works: DataTable, theme: Theme, qtbot: QtBot, stance: Stance, direction: Qt.LayoutDirection
) -> None:
    works.setLayoutDirection(direction)
    mirrors = direction is Qt.LayoutDirection.RightToLeft
    index = model_of(works).index(1, PERMISSION)
    before = index.data(CELL_ROLE)
    control = control_rect(theme, works.visualRect(index).toRectF(), right_to_left=mirrors)
    place = small_segment(theme, control, stance, right_to_left=mirrors).center().toPoint()
    with qtbot.waitSignal(works.wished) as wished:
        press(works, index, place, qtbot)
    assert wished.args is not None
    assert (wished.args[0].row(), wished.args[1]) == (1, stance)
    assert index.data(CELL_ROLE) == before


def test_a_press_beside_the_control_wishes_nothing(works: DataTable, qtbot: QtBot) -> None:
    index = model_of(works).index(1, PERMISSION)
    with qtbot.assertNotEmitted(works.wished):
        press(works, index, works.visualRect(index).center() + QPoint(60, 0), qtbot)


def test_a_chip_of_the_matrix_says_less_where_its_words_do_not_fit(theme: Theme) -> None:
    cell = MatrixCell(ChipValue(ChipMeaning.REFUSE_TO_REVIEW), own=True, draft=True, short="Refuse")
    assert fitting_chip(theme, cell, 400).shown == "Refuse, to review"
    narrow = fitting_chip(theme, cell, 90)
    assert (narrow.meaning, narrow.shown) == (ChipMeaning.REFUSE_TO_REVIEW, "Refuse")


def editor_of(table: DataTable) -> ThreeStateControl | None:
    return next((found for found in table.findChildren(ThreeStateControl) if found.isVisible()), None)


def test_f2_edits_the_permission_in_place(works: DataTable, qtbot: QtBot) -> None:
    works.setCurrentIndex(model_of(works).index(0, 1))
    qtbot.keyClick(works, Qt.Key.Key_F2)
    editor = editor_of(works)
    assert editor is not None
    assert editor.value is Stance.ALLOW
    qtbot.keyClick(editor.part(Stance.ALLOW), Qt.Key.Key_Left)
    qtbot.keyClick(editor.part(Stance.CLEAR), Qt.Key.Key_Left)
    with qtbot.waitSignal(works.wished) as wished:
        qtbot.keyClick(editor.part(Stance.REFUSE), Qt.Key.Key_Return)
    assert wished.args is not None
    assert (wished.args[0].row(), wished.args[0].column(), wished.args[1]) == (0, PERMISSION, Stance.REFUSE)
    qtbot.waitUntil(lambda: editor_of(works) is None)


def test_escape_closes_the_control_without_a_wish(works: DataTable, qtbot: QtBot) -> None:
    works.setCurrentIndex(model_of(works).index(0, 1))
    qtbot.keyClick(works, Qt.Key.Key_F2)
    editor = editor_of(works)
    assert editor is not None
    with qtbot.assertNotEmitted(works.wished):
        qtbot.keyClick(editor.part(Stance.ALLOW), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: editor_of(works) is None)


def test_a_box_is_ticked_through_the_model(works: DataTable, qtbot: QtBot) -> None:
    model = model_of(works)
    assert isinstance(model, CellsModel)
    index = model.index(3, 0)
    press(works, index, works.visualRect(index).center(), qtbot)
    assert model.chosen == {3}


def test_what_is_cut_has_a_tooltip_in_plain_words(works: DataTable, theme: Theme, qtbot: QtBot) -> None:
    works.header.resizeSection(1, 100)
    index = model_of(works).index(7, 1)
    option = QStyleOptionViewItem()
    option.rect = works.visualRect(index)
    place = option.rect.center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, works.viewport().mapToGlobal(place))
    assert works.delegate.helpEvent(event, works, option, index)


# Sorting and widths


def test_sorting_is_asked_for_and_the_second_press_turns_it(works: DataTable, qtbot: QtBot) -> None:
    place = QPoint(works.columnViewportPosition(EARNED) + 30, 15)
    with qtbot.waitSignal(works.sort_wished) as wished:
        qtbot.mouseClick(works.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wished.args == [EARNED, Qt.SortOrder.AscendingOrder]
    works.set_sorted(EARNED, Qt.SortOrder.AscendingOrder)
    with qtbot.waitSignal(works.sort_wished) as again:
        qtbot.mouseClick(works.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert again.args == [EARNED, Qt.SortOrder.DescendingOrder]


def test_columns_give_way_in_their_order(works: DataTable) -> None:
    def hidden() -> list[int]:
        return [column for column in range(6) if works.isColumnHidden(column)]

    assert hidden() == []
    seen: list[list[int]] = []
    for width in range(1000, 500, -10):
        works.resize(width, 400)
        if not seen or seen[-1] != hidden():
            seen.append(hidden())
    assert seen == [[], [CHANGED], [EARNED, CHANGED]]
    works.resize(1000, 400)
    assert hidden() == []


@pytest.mark.parametrize("width", [420, 560, 720, 896, 1400])
def test_rows_never_run_out_of_their_place(works: DataTable, width: int) -> None:
    works.resize(width, 400)
    total = sum(works.columnWidth(c) for c in range(6) if not works.isColumnHidden(c))
    assert total <= max(works.viewport().width(), 44 + 150 + 120 + 190)


def test_second_lines_go_after_the_columns(works: DataTable) -> None:
    assert works.delegate.second_lines
    works.resize(480, 400)
    assert works.isColumnHidden(EARNED)
    assert not works.delegate.second_lines


def test_widths_order_and_sort_are_kept_and_restored(works: DataTable, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(works.state_changed):
        works.header.resizeSection(2, 210)
    works.header.moveSection(works.header.visualIndex(EARNED), 2)
    works.set_sorted(EARNED, Qt.SortOrder.DescendingOrder)
    other = DataTable(theme, "Works")
    other.setModel(works_model(other))
    other.set_columns(WORK_COLUMNS)
    shown(qtbot, other)
    other.restore(works.layout_state())
    assert other.columnWidth(2) == 210
    assert other.header.visualIndex(EARNED) == 2
    assert other.header.sortIndicatorSection() == EARNED
    assert other.layout_state() == works.layout_state()


@pytest.mark.parametrize(
    "state",
    [
        "",
        "{",
        "[]",
        "null",
        '{"v": 99}',
        '{"v": 1, "widths": {"work": -5, "gone": 50}, "order": 3}',
        '{"v": 1}',
    ],
)
def test_a_state_that_makes_no_sense_changes_nothing(works: DataTable, state: str) -> None:
    before = [works.columnWidth(c) for c in range(6)]
    works.restore(state)
    assert [works.columnWidth(c) for c in range(6)] == before


# What is said


def test_a_cell_says_header_and_value() -> None:
    cell = PermissionCell(Stance.CLEAR, "Refused", follow_words="Follow Night Ferry")
    assert spoken("Permission", cell) == "Permission: Follow Night Ferry. Result: Refused"
    assert spoken("Earned", MoneyCell("€12.40")) == "Earned: €12.40"
    assert spoken("", TextCell("Today")) == "Today"
    mixed = PermissionCell(None, "Differs by use", waiting=True)
    assert mixed.spoken() == "mixed or nothing decided. Result: Differs by use, not confirmed yet"
    follows = MatrixCell(ChipValue(ChipMeaning.ALLOWED), own=False)
    assert follows.spoken() == "Allowed, follows the level above"
    assert TreeCell("Night Ferry", "Album", 1, True, False).spoken() == "Night Ferry, Album, closed"
    assert ChipCell(None, "Nothing").spoken() == "Nothing"


# The matrix


def matrix(theme: Theme, qtbot: QtBot, width: int = 900) -> DataTable:
    own, follow = (
        MatrixCell(ChipValue(ChipMeaning.REFUSED), True),
        MatrixCell(ChipValue(ChipMeaning.ALLOWED), False),
    )
    rows = [
        (TreeCell(f"Release {n}", "Album", 1, True, n == 0), own, follow, own, follow, own) for n in range(30)
    ]
    table = DataTable(theme, "Decisions", cells=True)
    headers = ("", "Training\nTeaching a model", "Research", "New music", "Voice & likeness", "Further use")
    table.setModel(CellsModel(headers, rows, parent=table))
    table.set_columns([Column("music", 260), *(Column(f"use{n}", 180) for n in range(5))])
    return shown(qtbot, table, width)


def test_letters_are_told_only_in_the_matrix(theme: Theme, works: DataTable, qtbot: QtBot) -> None:
    table = matrix(theme, qtbot)
    letters: list[str] = []
    table.key_pressed.connect(letters.append)
    for key in (Qt.Key.Key_R, Qt.Key.Key_A, Qt.Key.Key_F):
        qtbot.keyClick(table, key)
    assert letters == ["R", "A", "F"]
    with qtbot.assertNotEmitted(works.key_pressed):
        qtbot.keyClick(works, Qt.Key.Key_R)


def test_cells_are_chosen_with_shift_and_arrows(theme: Theme, qtbot: QtBot) -> None:
    table = matrix(theme, qtbot)
    table.setCurrentIndex(model_of(table).index(1, 1))
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = {(index.row(), index.column()) for index in table.selectedIndexes()}
    assert chosen == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_the_first_column_stays_while_the_rest_scrolls(theme: Theme, qtbot: QtBot) -> None:
    table = matrix(theme, qtbot)
    frozen = next(child for child in table.children() if type(child).__name__ == "_FirstColumn")
    assert isinstance(frozen, QWidget)
    qtbot.waitUntil(frozen.isVisible)
    table.horizontalScrollBar().setValue(200)
    assert frozen.x() == 0
    assert frozen.width() == table.columnWidth(0)
    table.setCurrentIndex(model_of(table).index(0, 1))
    assert table.columnViewportPosition(1) >= table.columnWidth(0)
    table.resize(1400, 500)
    qtbot.waitUntil(lambda: not frozen.isVisible())


def test_the_arrow_of_a_row_asks_to_open_it(theme: Theme, qtbot: QtBot) -> None:
    table = matrix(theme, qtbot, 1400)
    index = model_of(table).index(2, 0)
    rect = table.visualRect(index)
    with qtbot.waitSignal(table.expand_wished) as wished:
        press(table, index, QPoint(rect.x() + 20, rect.center().y()), qtbot)
    assert wished.args is not None
    assert wished.args[0].row() == 2


def test_hovering_marks_the_part_under_the_pointer(works: DataTable, theme: Theme, qtbot: QtBot) -> None:
    index = model_of(works).index(1, PERMISSION)
    control = control_rect(theme, works.visualRect(index).toRectF(), right_to_left=False)
    place = small_segment(theme, control, Stance.REFUSE, right_to_left=False).center()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        works.viewport().mapToGlobal(place),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(works.viewport(), event)
    assert works.delegate.hover_part == (1, PERMISSION, Stance.REFUSE)
    assert works.delegate.hover_row == 1
