"""Charts: exact figures, at most three grid lines, spoken points, and the same figures as a table."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSizeF, Qt
from pytestqt.qtbot import QtBot

from artist_console.ui.charts.bars import SmallBars, StackedBars
from artist_console.ui.charts.bars_drawing import BarsDrawing
from artist_console.ui.charts.chart_card import ChartCard
from artist_console.ui.charts.values import (
    GRID_LINES,
    OTHER,
    ChartData,
    Nature,
    Series,
    axis_steps,
    series_words,
    spoken_point,
    with_other,
)
from artist_console.ui.delegates.cells import CELL_ROLE, MoneyCell
from artist_console.ui.theme import Theme
from tests.ui.gallery import euro, single_series, three_series

amounts = st.decimals(min_value=Decimal("0.000000000001"), max_value=Decimal(10) ** 12, allow_nan=False)


@given(amounts)
def test_the_axis_begins_at_zero_and_has_at_most_three_lines_above(highest: Decimal) -> None:
    steps = axis_steps(highest)
    assert steps[0] == 0
    assert 1 <= len(steps) - 1 <= GRID_LINES
    assert steps[-1] >= highest
    assert steps[-2] < highest
    assert len({after - before for before, after in pairwise(steps)}) == 1


def test_nothing_earned_has_an_axis_too() -> None:
    assert axis_steps(Decimal(0)) == (0, 1)


def many(count: int) -> ChartData:
    series = tuple(
        Series(f"s{n}", f"Programme {n}", Nature.COUNTED, (Decimal(n) + Decimal("0.000000000001"), None))
        for n in range(count)
    )
    return ChartData(("Oct", "Nov"), ("October 2025", "November 2025"), series, euro)


@given(st.integers(1, 12))
def test_more_than_five_series_become_other_and_the_sum_stays_exact(count: int) -> None:
    data = many(count)
    shown = with_other(data)
    assert len(shown.series) <= 6
    assert (shown.series[-1].key == OTHER) == (count > 5)
    assert [shown.total(p) for p in (0, 1)] == [data.total(p) for p in (0, 1)]


@given(count=st.integers(1, 400), every=st.integers(1, 30), first=st.integers(0, 11))
def test_where_a_year_begins_it_is_written_and_no_label_meets_another(
    dressed: Theme, count: int, every: int, first: int
) -> None:
    begins = frozenset(at for at in range(count) if (first + at) % 12 == 0)
    words = tuple(str(at) for at in range(count))
    series = (Series("a", "A", Nature.COUNTED, (None,) * count),)
    drawing = BarsDrawing(dressed, ChartData(words, words, series, euro, landmarks=begins), QSizeF(600, 300))
    written = sorted(drawing.labelled(every))
    assert written[-1] == count - 1
    assert all(later - earlier >= every for earlier, later in pairwise(written))
    if every <= 12:
        assert all(at in written for at in begins if count - 1 - at >= every)


def test_an_estimate_is_not_lost_in_other() -> None:
    data = many(7)
    estimate = Series("e", "Estimated", Nature.ESTIMATED, (Decimal(1), Decimal(1)))
    mixed = ChartData(data.labels, data.names, (*data.series, estimate), euro)
    assert with_other(mixed).series[-1].nature is Nature.ESTIMATED


def test_no_figure_is_not_zero() -> None:
    other = with_other(many(7)).series[-1]
    assert other.values[1] is None


def test_a_point_is_spoken_with_the_range_of_an_estimate() -> None:
    words = spoken_point(three_series(), 11)
    assert words.splitlines() == [
        "November 2025: €1,205.00",
        "Harmonia Lab: €634.00",
        "OpenStem: €308.00",
        "Northlight: €263.00, estimated, between €210.40 and €341.90",
    ]
    assert spoken_point(single_series(), 0) == "December 2024: €44.10"


@pytest.fixture
def chart(theme: Theme, qtbot: QtBot) -> StackedBars:
    made = StackedBars(theme)
    made.show_data(three_series())
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def test_left_and_right_walk_and_speak(chart: StackedBars, qtbot: QtBot) -> None:
    assert chart.marked_point == 11
    assert chart.accessibleName() == "Earnings by programme in twelve months, highest in November 2025."
    with qtbot.waitSignal(chart.marked) as marked:
        qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert marked.args == [10]
    assert chart.accessibleDescription().startswith("October 2025: €1,024.00")
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.marked_point == 0
    with qtbot.assertNotEmitted(chart.marked):
        qtbot.keyClick(chart, Qt.Key.Key_Left)


def test_time_runs_the_same_way_in_every_direction(chart: StackedBars) -> None:
    before = chart.point_at(QPoint(80, 150).toPointF())
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert chart.point_at(QPoint(80, 150).toPointF()) == before == 0


def test_a_press_marks_a_bar(chart: StackedBars, qtbot: QtBot) -> None:
    place = chart.drawing().bar(3).center().toPoint()
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert chart.marked_point == 3


@given(st.lists(amounts, min_size=1, max_size=24), st.data(), st.integers(220, 900))
def test_the_figure_of_the_marked_bar_covers_no_bar(
    dressed: Theme, values: list[Decimal], data: st.DataObject, width: int
) -> None:
    names = tuple(str(n) for n in range(len(values)))
    made = SmallBars(dressed)
    made.resize(width, 150)
    made.show_data(ChartData(names, names, (Series("s", "S", Nature.COUNTED, tuple(values)),), euro))
    made.mark(data.draw(st.integers(0, len(values) - 1)))
    place = made.value_place()
    assert not any(place.intersects(made.bar_box(point)) for point in range(len(values)))
    assert place.top() >= 0
    # No higher than it has to be: right above the highest bar that it reaches over.
    assert any(abs(made.bar_box(n).top() - place.bottom()) < 7 for n in range(len(values)))
    made.deleteLater()


def test_estimated_money_looks_different_from_counted(theme: Theme, qtbot: QtBot) -> None:
    def painted(estimated: bool) -> object:
        made = StackedBars(theme)
        qtbot.addWidget(made)
        made.resize(700, 300)
        made.show_data(three_series(estimated=estimated))
        return made.grab().toImage().convertToFormat(made.grab().toImage().Format.Format_Grayscale8)

    assert painted(True) != painted(False)


def test_an_empty_chart_paints(theme: Theme, qtbot: QtBot) -> None:
    made = SmallBars(theme)
    qtbot.addWidget(made)
    made.show_data(ChartData((), (), (), euro))
    assert not made.grab().isNull()
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.marked_point == -1


def test_the_table_has_the_same_figures(theme: Theme, qtbot: QtBot) -> None:
    card = ChartCard(theme, "Earnings by programme")
    qtbot.addWidget(card)
    card.resize(900, 500)
    data = three_series()
    card.show_data(data)
    card.show()
    assert not card.shows_table
    qtbot.mouseClick(card.switch, Qt.MouseButton.LeftButton)
    assert card.shows_table
    model = card.figures
    assert (model.rowCount(), model.columnCount()) == (12, 5)
    for row in range(12):
        cells = [model.index(row, column).data(CELL_ROLE) for column in range(1, 5)]
        assert all(isinstance(cell, MoneyCell) for cell in cells)
        wanted = [euro(one.values[row] or Decimal(0)) for one in data.series] + [euro(data.total(row))]
        assert [cell.words for cell in cells] == wanted
    assert model.index(11, 3).data(CELL_ROLE).second == "€210.40 to €341.90"
    headers = [
        str(model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)) for n in range(5)
    ]
    # As the legend says it: an estimate is called one where its figures stand, too.
    named = [series_words(one) for one in data.series]
    assert named[2] == "\u2068Northlight\u2069 (estimated)"
    assert headers == ["Month", *named, "Sum"]
    qtbot.mouseClick(card.switch, Qt.MouseButton.LeftButton)
    assert not card.shows_table
