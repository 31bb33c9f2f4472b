"""The money page as its doings and its paper know it: its parts, its period and what it shows now."""

from __future__ import annotations

from datetime import date

from artist_console.commands.earnings import EarningsView, StatementRow
from artist_console.ui.pages.earnings_compare import EarningsCompare
from artist_console.ui.pages.earnings_filters import EarningsFilters
from artist_console.ui.pages.earnings_money import EarningsMoney
from artist_console.ui.pages.earnings_period import Period
from artist_console.ui.pages.earnings_statements import EarningsStatements
from artist_console.ui.pages.screen import Screen
from artist_console.ui.pages.waterfall_cards import WaterfallCards
from artist_console.ui.widgets.buttons import Select


class MoneyPage(Screen):
    """Built by the screen, which fills in all of it."""

    view: EarningsView | None
    statements: tuple[StatementRow, ...]
    period: Select
    narrow: EarningsFilters
    money: EarningsMoney
    waterfalls: WaterfallCards
    compare: EarningsCompare
    list_card: EarningsStatements
    _period: Period

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day of the period; None is open."""
        return self._period.days(self.desk.clock().date())
