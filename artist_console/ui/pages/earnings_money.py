"""From earned to paid and the months, in one card: what the money page shows first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.earnings import EarningsView, EstimateRange
from artist_console.ui.charts.chart_card import ChartCard
from artist_console.ui.icons import Icon
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.month_chart import currencies_of
from artist_console.ui.pages.earnings_chart import earnings_chart
from artist_console.ui.pages.money_flow import FlowLine, flow_steps
from artist_console.ui.text import label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Note, Rule

_CHART_HEIGHT = 300


class EarningsMoney(Card):
    """Per currency, never added together; approximate sums only where they are asked for."""

    sources_wished = Signal()  # which stores and services are AI income
    conversion_wished = Signal()
    conversion_left = Signal()
    currency_chosen = Signal(str)
    widening_wished = Signal()  # nothing is in sight: another period, or no filters

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName(say("earnings", "From earned to paid"))
        self.currency = ""
        self._several = False
        self.flow_lines: list[FlowLine] = []
        self._flows = QVBoxLayout()
        self._flows.setSpacing(18)
        self.body.addLayout(self._flows)
        self.partial = Note(theme, "", Tint.ASK, Icon.TRIANGLE)
        self.add(self.partial)
        self.unrecognised = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.sources = LinkButton(theme, say("earnings", "Which stores are AI income…"))
        self.sources.clicked.connect(self.sources_wished)
        self.add(self.unrecognised)
        self.approximate = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.convert = LinkButton(theme, say("earnings", "About how much in one currency…"))
        self.convert.clicked.connect(self.conversion_wished)
        self.leave = LinkButton(theme, say("earnings", "Hide the estimate of the sum"))
        self.leave.clicked.connect(self.conversion_left)
        self.add(self.approximate)
        self.body.addLayout(row(self.sources, self.convert, self.leave, None, gap=12))
        self.widen = LinkButton(theme, "")
        self.widen.clicked.connect(self.widening_wished)
        self.body.addLayout(row(self.widen, None))
        self._rule = Rule(theme)
        self.add(self._rule)
        self.currencies = PillGroup(theme, say("earnings", "Currency of the charts"))
        self.currencies.chosen.connect(self._choose_currency)
        self.chart = ChartCard(theme, say("earnings", "By month"), framed=False)
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        self.nothing = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.body.addLayout(row(self.currencies, None))
        self.add(self.chart)
        self.add(self.nothing)
        self.show_approximate("")

    # From earned to paid

    def show_flow(
        self,
        view: EarningsView,
        words: MoneyWords,
        *,
        is_narrow: bool,
        reaches_beyond: bool,
        has_others: bool = False,
    ) -> None:
        """One line per currency. `is_narrow`: some filter holds, so payments cannot be told.

        `has_others`: there are statements of the period, if only of what others received.
        """
        clear_layout(self._flows)
        recognised = {total.currency for total in view.months}
        self.flow_lines = []
        for flow in view.flow:
            line = FlowLine(self._theme)
            line.show_steps(
                flow_steps(
                    flow,
                    words,
                    recognised=flow.currency in recognised,
                    whole=not is_narrow,
                    reaches_beyond=reaches_beyond,
                    small=len(view.flow) > 1,
                )
            )
            self._flows.addWidget(line)
            self.flow_lines.append(line)
        if not view.flow:
            none = (
                say("earnings", "No line matches these filters.")
                if is_narrow
                else say("earnings", "The statements of this period do not say what you are paid.")
                if has_others
                else say("earnings", "No statement has lines of this period.")
            )
            self._flows.addWidget(label(none, TextRole.LEAD, Token.TEXT_2, wrap=True))
        self.widen.set_words(
            say("earnings", "Clear filters") if is_narrow else say("earnings", "Show all time")
        )
        self.widen.setVisible(not view.flow)
        self._rule.setVisible(bool(view.flow))
        self.unrecognised.show_words(
            say_count(
                "earnings",
                "1 line is not recognised as AI income. It is in no figure of what AI earned you.",
                "{n} lines are not recognised as AI income. They are in no figure of what AI earned you.",
                view.unrecognised,
            )
            if view.unrecognised
            else ""
        )
        self.sources.setVisible(bool(view.unrecognised))
        self._offer_conversion(len(recognised) > 1)

    def _offer_conversion(self, several: bool) -> None:
        """In the menus it is offered for one currency, too."""
        self._several = several
        self.convert.setVisible(several or not self.approximate.isHidden())

    def show_partial(self, statements: int, rows: int) -> None:
        """Some files were read without all of their rows, so the sums are partial."""
        self.partial.show_words(
            say_count(
                "earnings",
                "These sums are partial: 1 row was left out when files were read. "
                "Its statement says which one.",
                "These sums are partial: {n} rows were left out when files were read. "
                "The statements say which ones.",
                rows,
            )
            if statements
            else ""
        )

    def show_approximate(self, words: str) -> None:
        """An approximate sum with its basis, or none."""
        self.approximate.show_words(words)
        self.leave.setVisible(bool(words))
        self._offer_conversion(self._several)
        self.convert.set_words(
            say("earnings", "Choose another currency or rates…")
            if words
            else say("earnings", "About how much in one currency…")
        )

    # Months

    def show_chart(
        self,
        view: EarningsView,
        ranges: Sequence[EstimateRange],
        axis: Sequence[date],
        words: MoneyWords,
        *,
        is_narrow: bool,
    ) -> None:
        codes = currencies_of(view.months)
        has_any = bool(codes and axis)
        self.chart.setVisible(has_any)
        # Where no line is in sight at all, that is said above.
        self.nothing.show_words("" if has_any or not view.flow else _nothing_words(view, is_narrow))
        self.currencies.setVisible(len(codes) > 1)
        if not has_any:
            self.currency = ""
            return
        if self.currency not in codes:
            self.currency = codes[0]
        if len(codes) > 1:
            self.currencies.set_pills([(code, code, None) for code in codes])
            self.currencies.set_current(self.currency)
        self.chart.show_data(earnings_chart(view.months, ranges, self.currency, axis, words))

    def _choose_currency(self, chosen: object) -> None:
        self.currency = str(chosen)
        self.currency_chosen.emit(self.currency)


def _nothing_words(view: EarningsView, is_narrow: bool) -> str:
    if view.unrecognised:
        return say("earnings", "No line of this period was recognised as AI income.")
    if is_narrow:
        return say("earnings", "No month matches these filters.")
    return say("earnings", "Nothing was earned from AI in this period.")
