"""Charts of rows: bars lie where their amounts do, in either direction; the table has their figures."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF, Qt
from pytestqt.qtbot import QtBot

from artist_console.ui.charts.bars_drawing import BarsDrawing
from artist_console.ui.charts.chart_card import RowsCard
from artist_console.ui.charts.look import PaperLook
from artist_console.ui.charts.rows import RowsChart
from artist_console.ui.charts.rows_drawing import RowsDrawing
from artist_console.ui.charts.rows_values import (
    BarRow,
    RowsData,
    Span,
    nature_spans,
    scale_of,
    spoken_row,
    table_of_rows,
)
from artist_console.ui.charts.values import ChartData, Nature, Series
from artist_console.ui.theme import Theme
from tests.ui.gallery import euro

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
PARTS = ((Nature.FIXED, 1), (Nature.COUNTED, 0), (Nature.ESTIMATED, 2))


def works(*values: str, nature: Nature = Nature.COUNTED) -> RowsData:
    rows = tuple(
        BarRow(
            f"w{n}",
            f"Work {n}",
            euro(Decimal(value)),
            nature_spans([(nature, 0, Decimal(value))]),
            f"Artist {n}",
        )
        for n, value in enumerate(values)
    )
    return RowsData(rows, ("Recording or song", "Earned"), "The works that earned most.")


def steps(*afters: str) -> RowsData:
    """From the first amount through changes to the last."""
    before, rows = Decimal(0), []
    for n, after in enumerate(map(Decimal, afters)):
        is_total = n == 0
        span = Span(Decimal(0), after, Nature.COUNTED) if is_total else Span(after, before, Nature.COUNTED, 5)
        rows.append(
            BarRow(
                f"s{n}",
                f"Step {n}",
                euro(after - before),
                (span,),
                is_total=is_total,
                after=after,
                after_words=euro(after),
                source=f"Stated in line {n}",
            )
        )
        before = after
    return RowsData(tuple(rows), ("Step", "Change"), "From the pool to you.", are_steps=True)


@given(st.lists(st.tuples(st.sampled_from(PARTS), amounts), max_size=8))
def test_parts_of_an_amount_lie_behind_each_other_and_lose_nothing(
    parts: list[tuple[tuple[Nature, int], Decimal]],
) -> None:
    spans = nature_spans([(nature, place, amount) for (nature, place), amount in parts])
    assert sum((span.end - span.start for span in spans), Decimal(0)) == sum(
        (abs(amount) for _, amount in parts), Decimal(0)
    )
    earned = [span for span in spans if span.start >= 0]
    taken = [span for span in spans if span.start < 0]
    assert all(one.end == two.start for one, two in pairwise(earned))
    assert all(one.start == two.end for one, two in pairwise(taken))


@given(st.lists(amounts, min_size=1, max_size=12))
def test_every_bar_lies_in_its_room_and_longer_ones_reach_further(values: list[Decimal]) -> None:
    scale = scale_of(works(*map(str, values)))
    ordered = [scale.part(value) for value in sorted(values)]
    assert ordered == sorted(ordered)
    assert 0 <= scale.part(Decimal(0)) <= 1
    assert all(0 <= part <= 1 for part in ordered)
    assert not any(scale.is_cut(value) for value in values), "only a pool is cut off"


def test_a_pool_that_dwarfs_the_rest_is_cut_and_the_rest_stays_to_be_seen() -> None:
    data = steps("250000", "133", "93.1", "46.55", "34.91", "28.01")
    scale = scale_of(data)
    assert scale.is_cut(Decimal(250000))
    assert not scale.is_cut(Decimal(133))
    assert scale.part(Decimal("28.01")) > 0.1
    assert not scale_of(steps("250", "133", "93.1", "28.01")).is_cut(Decimal(250))
    # What little is left at the end is no reason to cut off everything before it.
    assert not scale_of(steps("250", "200", "180", "150", "0.02")).is_cut(Decimal(250))


@pytest.mark.parametrize("width", [360, 900])
def test_bars_and_words_mirror_from_right_to_left(theme: Theme, width: int) -> None:
    data = works("100", "-20", "50")
    plain = RowsDrawing(theme, data, QSizeF(width, 300))
    mirrored = RowsDrawing(theme, data, QSizeF(width, 300), right_to_left=True)
    for place, row in enumerate(data.rows):
        (span,) = row.spans
        box, other = plain.span_box(place, span), mirrored.span_box(place, span)
        assert other.width() == pytest.approx(box.width())
        assert other.left() == pytest.approx(width - box.right())
        assert plain.row(place).contains(box)


@pytest.fixture
def chart(theme: Theme, qtbot: QtBot) -> RowsChart:
    made = RowsChart(theme)
    made.show_data(steps("250000", "133", "93.1", "28.01"))
    qtbot.addWidget(made)
    made.resize(700, made.heightForWidth(700))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def test_the_arrows_walk_the_rows_and_each_is_spoken(chart: RowsChart, qtbot: QtBot) -> None:
    assert chart.accessibleName() == "From the pool to you."
    assert chart.marked_point == -1
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(chart, key)
    assert chart.marked_point == 1
    assert chart.accessibleDescription() == spoken_row(chart.data, 1)
    assert "€133.00 is left" in chart.accessibleDescription()
    assert "Stated in line 1" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.marked_point == 3
    with qtbot.assertNotEmitted(chart.marked):
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.opened) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [3]
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert chart.marked_point == 2


def test_a_press_marks_the_row_under_it(chart: RowsChart, qtbot: QtBot) -> None:
    middle = chart.drawing().row(2).center().toPoint()
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle)
    assert chart.marked_point == 2
    assert chart.point_at(QPointF(10, -4)) == -1


def test_it_is_as_high_as_its_rows_in_every_width(chart: RowsChart) -> None:
    assert chart.heightForWidth(300) > chart.heightForWidth(900), (
        "names stand above their bars where it is narrow"
    )
    assert chart.heightForWidth(900) == int(chart.drawing(900).row_height * 4)


def test_the_table_of_a_chart_of_rows_has_its_figures_and_who_says_so(theme: Theme, qtbot: QtBot) -> None:
    card = RowsCard(theme, "From the pool to you")
    qtbot.addWidget(card)
    data = steps("250000", "133", "28.01")
    card.show_data(data)
    card.resize(700, 500)
    card.show()
    qtbot.mouseClick(card.switch, Qt.MouseButton.LeftButton)
    assert card.shows_table
    assert not card.chart.isVisible()
    table = card.figures.table
    assert table == table_of_rows(data)
    assert table.headers == ("Step", "Change", "Left after it", "Who says so")
    assert [[figure.words for figure in row] for row in table.rows] == [
        [row.name, row.figure, row.after_words, row.source] for row in data.rows
    ]
    qtbot.mouseClick(card.switch, Qt.MouseButton.LeftButton)
    assert card.chart.isVisible()


def test_a_figure_that_is_short_in_the_chart_is_whole_in_table_and_speech() -> None:
    row = BarRow("r", "Rounding", "under €0.01", (), exact="0.000000012 EUR")
    data = RowsData((row,), ("Step", "Change"), are_steps=True)
    assert table_of_rows(data).rows[0][1].words == "0.000000012 EUR"
    assert "0.000000012 EUR" in spoken_row(data, 0)


def test_an_estimate_in_a_row_is_hatched(theme: Theme, qtbot: QtBot) -> None:
    def painted(nature: Nature) -> object:
        made = RowsChart(theme)
        qtbot.addWidget(made)
        made.resize(600, 80)
        made.show_data(works("100", nature=nature))
        image = made.grab().toImage()
        return image.convertToFormat(image.Format.Format_Grayscale8)

    assert painted(Nature.ESTIMATED) != painted(Nature.COUNTED)
    assert painted(Nature.COUNTED) == painted(Nature.COUNTED)


@given(st.lists(amounts, min_size=1, max_size=14))
def test_a_month_in_which_more_was_taken_back_lies_below_zero(dressed: Theme, values: list[Decimal]) -> None:
    names = tuple(str(n) for n in range(len(values)))
    data = ChartData(names, names, (Series("s", "S", Nature.COUNTED, tuple(values)),), euro)
    drawing = BarsDrawing(PaperLook("Inter"), data, QSizeF(700, 300))
    zero, plot = drawing.y(Decimal(0)), drawing.plot()
    for point, value in enumerate(values):
        box = drawing.bar_box(point)
        assert plot.top() - 0.5 <= box.top()
        assert box.bottom() <= plot.bottom() + 0.5
        if value > 0:
            assert box.bottom() == pytest.approx(zero, abs=0.02)
        if value < 0:
            assert box.top() == pytest.approx(zero, abs=0.02)
