"""The periods that the money page offers, and their months."""

from __future__ import annotations

from datetime import date
from enum import Enum

from artist_console.commands.earnings import EarningsView, StatementRow
from artist_console.ui.pages.earnings_chart import months_between
from artist_console.ui.text import say


class Period(Enum):
    """What the period control offers."""

    TWELVE_MONTHS = "twelve_months"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    EVERYTHING = "everything"

    def days(self, today: date) -> tuple[date | None, date | None]:
        """First and last day; None is open."""
        match self:
            case Period.TWELVE_MONTHS:
                months = months_between(date(today.year - 1, today.month, 1), today)
                return months[1], today
            case Period.THIS_YEAR:
                return date(today.year, 1, 1), today
            case Period.LAST_YEAR:
                return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
            case Period.EVERYTHING:
                return None, None


def period_of(kept: str) -> Period:
    """The period that was kept; the last twelve months where none was."""
    return next((period for period in Period if period.value == kept), Period.TWELVE_MONTHS)


def period_name(period: Period) -> str:
    match period:
        case Period.TWELVE_MONTHS:
            return say("earnings", "Last 12 months")
        case Period.THIS_YEAR:
            return say("earnings", "This year")
        case Period.LAST_YEAR:
            return say("earnings", "Last year")
        case Period.EVERYTHING:
            return say("earnings", "All time")


def axis_of(view: EarningsView, days: tuple[date | None, date | None]) -> tuple[date, ...]:
    """The months of a chart: those of the period, or those that have money where it is open."""
    since, until = days
    if since is None or until is None:
        if view.first_month is None or view.last_month is None:
            return ()
        return months_between(view.first_month, view.last_month)
    return months_between(since, until)


def lies_in(row: StatementRow, days: tuple[date | None, date | None]) -> bool:
    """Whether a statement covers any day of a period."""
    since, until = days
    statement = row.statement
    return (since is None or statement.period_until >= since) and (
        until is None or statement.period_from <= until
    )


def reaches_beyond(row: StatementRow, days: tuple[date | None, date | None]) -> bool:
    """Whether a statement also covers days outside a period."""
    since, until = days
    statement = row.statement
    return (since is not None and statement.period_from < since) or (
        until is not None and statement.period_until > until
    )
