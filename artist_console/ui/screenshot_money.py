"""States of the money page for pictures: a work from its pool, a statement and its ways to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from artist_console.commands.earnings import StatementRow
from artist_console.domain.statements import CheckResult
from artist_console.ui.pages.earnings import EarningsScreen
from artist_console.ui.pages.earnings_period import Period


class MoneyState(StrEnum):
    """What is shown of the money page; the value goes into the name of the picture."""

    ALL = "all"  # artists of a roster beside each other
    TABLE = "table"  # the figures of the chart
    WORK = "work"  # narrowed down to one work, with its waterfall in sight
    ASK = "ask"  # payments beside inclusions, one of them open
    LINES = "statement"
    LINE = "line"
    WAY = "way"
    CHECKS = "checks"


def show_money(screen: EarningsScreen, state: MoneyState, settle: Callable[[], None]) -> None:
    """Bring the page into a state, as a person would. `settle` waits until nothing is under way."""
    screen.leave_statement()
    screen.narrow.clear()
    screen.reconcile.close_panel()
    screen.period.setCurrentIndex(screen.period.findData(Period.EVERYTHING))
    screen.period.activated.emit(screen.period.currentIndex())
    screen.money.chart.show_as_table(state is MoneyState.TABLE)
    settle()
    page = screen.page
    page.verticalScrollBar().setValue(0)
    match state:
        case MoneyState.ALL:
            settle()
            page.show_part(screen.compare)
        case MoneyState.WORK:
            _narrow_to_a_work(screen)
            settle()
            page.show_part(screen.waterfalls)
        case MoneyState.ASK:
            page.show_part(screen.reconcile)
            if screen.reconcile.rows:
                screen.reconcile.table.opened.emit(screen.reconcile.model.index(0, 0))
        case MoneyState.LINES | MoneyState.LINE | MoneyState.WAY | MoneyState.CHECKS:
            _open_a_statement(screen, state, settle)
        case MoneyState.TABLE:
            pass
    settle()


def _narrow_to_a_work(screen: EarningsScreen) -> None:
    works = [each for each in (screen.view.top_works if screen.view is not None else ()) if each.work]
    if works and works[0].work is not None:
        screen.compare.work_chosen.emit(works[0].work, works[0].title)


def _open_a_statement(screen: EarningsScreen, state: MoneyState, settle: Callable[[], None]) -> None:
    rows = screen.shown_statements()
    if not rows:
        return
    screen.open_statement(max(rows, key=_worth).statement.id)
    settle()
    match state:
        case MoneyState.LINE:
            made = [view for view in screen.statement.model.rows if view.making_holds is not None]
            screen.statement.open_number(made[0].line.number if made else 1)
        case MoneyState.WAY:
            screen.statement.show_way()
        case MoneyState.CHECKS:
            screen.statement.show_checks()
        case _:
            pass


def _worth(row: StatementRow) -> tuple[bool, int]:
    """One that does not add up has the most to show, then one of many lines."""
    return row.check is CheckResult.DOES_NOT_ADD_UP, row.statement.line_count
