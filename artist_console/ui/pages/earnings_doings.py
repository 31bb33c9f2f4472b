"""What the money page opens: exports, print, rates for an approximate sum, sources, pay terms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, Qt

from artist_console.commands import conversion
from artist_console.commands.console import Console
from artist_console.domain.conversion import ApproximateTotal
from artist_console.domain.problems import Problem
from artist_console.ui.dialogs.export_statement import ExportStatementDialog
from artist_console.ui.dialogs.rates import RateChoice, RatesDialog, approximate_words, basis_words
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.earnings_paper import earnings_pages, save_page_as, show_preview
from artist_console.ui.pages.earnings_parts import MoneyPage
from artist_console.ui.text import say


class EarningsDoings(QObject):
    """Belongs to the page; keeps which rates an approximate sum is worked out with."""

    def __init__(self, page: MoneyPage) -> None:
        super().__init__(page)
        self._page = page
        self._rates: RateChoice | None = None

    # Out

    def export_period(self) -> None:
        """A statement of the artist over the period, as a file."""
        page = self._page
        if page.artist is None:
            page.desk.say(say("earnings", "Choose one artist first: a statement is for one artist."))
            return
        since, until = page.days
        view, today = page.view, page.desk.clock().date()
        since = since or (view.first_month if view is not None else None) or today
        ExportStatementDialog.for_period(page.desk, page.artist, since, until or today, page.window()).open()

    def print_page(self) -> None:
        """Charts and tables as they will look on paper; they are printed from there."""
        if page_is_ready(self._page):
            show_preview(self._page, partial(earnings_pages, self._page))

    def save_page(self) -> None:
        """The same as a PDF file."""
        if page_is_ready(self._page):
            save_page_as(self._page, earnings_pages(self._page))

    # Sheets

    def show_sources(self) -> None:
        """Which programme a store or service is, as far as it is known."""
        self._page.desk.sheet_wished.emit("sources/")

    def show_pay_terms(self) -> None:
        """Rates, advances, reserves, commission and tax; letters of direction."""
        self._page.desk.sheet_wished.emit("pay-terms/")

    # About how much in one currency

    def choose_rates(self) -> None:
        dialog = RatesDialog(self._page.desk, self._page.window())
        dialog.chosen.connect(self._take_rates)
        dialog.open()

    def forget_rates(self) -> None:
        """No approximate sum any more."""
        self._rates = None
        had_focus = self._page.money.leave.hasFocus()
        self._page.money.show_approximate("")
        if had_focus:
            self._page.money.convert.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_rates(self, choice: object) -> None:
        if isinstance(choice, RateChoice):
            self._rates = choice
            self.convert_again()

    def convert_again(self) -> None:
        """The sums have changed, or the rates: work the approximate one out anew."""
        view, rates = self._page.view, self._rates
        if view is None or rates is None:
            return
        amounts = tuple((flow.currency, flow.earned) for flow in view.flow if flow.earned)
        self._page.desk.ask(
            self,
            "approximate",
            lambda console: _approximate(console, amounts, rates),
            self._show_approximate,
            self._cannot_convert,
        )

    def _show_approximate(self, total: ApproximateTotal) -> None:
        figures = self._page.desk.figures
        self._page.money.show_approximate(
            say(
                "earnings",
                "Earned from AI, all currencies together: {about}. {basis}",
                about=approximate_words(figures, total),
                basis=basis_words(total),
            )
        )

    def _cannot_convert(self, problem: Problem) -> None:
        self._rates = None
        self._page.money.show_approximate(problem_words(problem))


def page_is_ready(page: MoneyPage) -> bool:
    """Whether there are figures to put on paper."""
    return page.view is not None and bool(page.statements)


def _approximate(
    console: Console, amounts: Sequence[tuple[str, Decimal]], rates: RateChoice
) -> ApproximateTotal:
    return conversion.convert(console, amounts, rates.into, rates.table, rates.day)
