"""A chart with its title, the legend above it, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from artist_console.ui.charts.bars import StackedBars
from artist_console.ui.charts.figures import FiguresModel
from artist_console.ui.charts.hatching import fill_swatch
from artist_console.ui.charts.look import series_colour
from artist_console.ui.charts.rows import RowsChart
from artist_console.ui.charts.rows_values import RowsData, table_of_rows
from artist_console.ui.charts.values import ChartData, ChartTable, Nature, Series, series_words, table_of
from artist_console.ui.delegates.table import DataTable
from artist_console.ui.tables.fitting import fit_rows
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, row
from artist_console.ui.widgets.painting import painter_for

_ROWS_IN_SIGHT = 12


class Swatch(QWidget):
    """The look of one series."""

    def __init__(self, theme: Theme, place: int, key: str, nature: Nature) -> None:
        super().__init__()
        self._theme = theme
        self._place = place
        self._key = key
        self._nature = nature
        self.setFixedSize(QSize(12, 12))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = series_colour(self._theme, self._place, self._key)
        fill_swatch(painter_for(self), self._theme, QRectF(1, 1, 10, 10), colour, self._nature)


class Legend(QWidget):
    """Swatches and names, in the order of the series."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=16)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_series(self, series: Iterable[Series]) -> None:
        self.show_entries((place, one.key, series_words(one), one.nature) for place, one in enumerate(series))

    def show_entries(self, entries: Iterable[tuple[int, str, str, Nature]]) -> None:
        """Place of the colour, key, words, nature."""
        clear_layout(self._flow)
        for place, key, words, nature in entries:
            entry = QWidget()
            swatch = Swatch(self._theme, place, key, nature)
            entry.setLayout(row(swatch, label(words, TextRole.SMALL, Token.TEXT_2)))
            self._flow.addWidget(entry)


class FiguresCard(Card):
    """What cards of charts share: a title, "Show as table", and the table."""

    def __init__(
        self, theme: Theme, title: str, parent: QWidget | None = None, *, framed: bool = True
    ) -> None:
        self.switch = LinkButton(theme, say("chart", "Show as table"))
        super().__init__(theme, title, self.switch, parent, padding=18 if framed else 0)
        self._framed = framed
        self.legend = Legend(theme)
        self.figures = FiguresModel(self)
        self.table = DataTable(theme, say("chart", "Figures of the chart {title}", title=title))
        self.table.setModel(self.figures)
        self.body.addWidget(self.legend)
        self.switch.clicked.connect(self._change_places)

    @property
    def shows_table(self) -> bool:
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """One sentence that says what the chart says."""
        raise NotImplementedError

    def show_as_table(self, as_table: bool) -> None:
        self.switch.set_words(say("chart", "Show as chart") if as_table else say("chart", "Show as table"))

    def show_figures(self, table: ChartTable) -> None:
        self.figures.show_table(table)
        self.table.set_columns(self.figures.columns(self._theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._framed:
            super().paintEvent(event)

    def _change_places(self) -> None:
        self.show_as_table(not self.shows_table)


class ChartCard(FiguresCard):
    """Months as stacked bars; "Show as table" changes places with the chart."""

    def __init__(
        self, theme: Theme, title: str, parent: QWidget | None = None, *, framed: bool = True
    ) -> None:
        super().__init__(theme, title, parent, framed=framed)
        self.chart = StackedBars(theme)
        self._stack = QStackedLayout()
        # In the card first: a stack without a parent shows its first widget as a window of its own.
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)

    @property
    def shows_table(self) -> bool:
        return self._stack.currentWidget() is self.table

    @property
    def summary(self) -> str:
        return self.chart.data.summary

    def show_data(self, data: ChartData) -> None:
        self.chart.show_data(data)
        shown = self.chart.data
        self.legend.show_series(shown.series)
        self.show_figures(table_of(shown))

    def show_as_table(self, as_table: bool) -> None:
        self._stack.setCurrentWidget(self.table if as_table else self.chart)
        self.legend.setVisible(not as_table)
        super().show_as_table(as_table)


class RowsCard(FiguresCard):
    """Works, artists or steps as bars in rows. The card is as high as what it shows."""

    def __init__(
        self, theme: Theme, title: str, parent: QWidget | None = None, *, framed: bool = True
    ) -> None:
        super().__init__(theme, title, parent, framed=framed)
        self.chart = RowsChart(theme)
        self.table.hide()
        self.body.addWidget(self.chart)
        self.body.addWidget(self.table)
        self._has_legend = False

    @property
    def shows_table(self) -> bool:
        return not self.table.isHidden()

    @property
    def summary(self) -> str:
        return self.chart.data.summary

    def show_data(self, data: RowsData) -> None:
        self.chart.show_data(data)
        entries = [(place, "", words, nature) for place, words, nature in data.series]
        self._has_legend = len(entries) > 1 or any(nature is Nature.ESTIMATED for *_, nature in entries)
        self.legend.show_entries(entries if self._has_legend else [])
        self.legend.setVisible(self._has_legend and not self.shows_table)
        self.show_figures(table_of_rows(data))
        fit_rows(self.table, _ROWS_IN_SIGHT)

    def show_as_table(self, as_table: bool) -> None:
        self.chart.setVisible(not as_table)
        self.table.setVisible(as_table)
        self.legend.setVisible(self._has_legend and not as_table)
        super().show_as_table(as_table)
