"""What can be checked of a statement: its arithmetic, its dates and currency, and what stands beside it.

Every check is a value with its result. "Adds up" is arithmetic only: it cannot show unreported use (PRODUCT,
"Money rules"). What does not apply to a statement is "not checked", and does not count against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .currencies import is_currency
from .line_checks import Fault, fault_of, less
from .line_figures import LineFigures
from .money import money_in_words
from .phrases import Sentence, day_in_words, period_in_words, say
from .share_checks import SharesTogether, share_fault
from .statement_beside import (
    ALONE,
    Beside,
    SealState,
    check_again,
    check_chain,
    check_seal,
    made_check,
)
from .statements import (
    Check,
    CheckResult,
    Line,
    Statement,
    StatementCheck,
    exact_sum,
)

__all__ = [
    "ALONE",
    "Beside",
    "LinesMade",
    "SealState",
    "check",
    "check_figures",
    "figures_of",
]

FEW_REPEATED = 20  # pairs of lines that say the same, told one by one


def figures_of(statement: Statement, lines: Iterable[Line]) -> LineFigures:
    """The figures of a statement's lines, from the lines themselves."""
    held = sorted(lines, key=lambda line: line.number)
    first: dict[Line, int] = {}
    repeated: list[tuple[int, int]] = []
    twice: int | None = None
    by_currency: dict[str, list[Decimal]] = {}
    for place, line in enumerate(held):
        if twice is None and place and held[place - 1].number == line.number:
            twice = line.number
        earlier = first.setdefault(replace(line, number=0), line.number)
        if earlier != line.number:
            repeated.append((line.number, earlier))
        by_currency.setdefault(line.currency, []).append(line.amount)
    odd = next((line for line in held if line.currency != statement.currency), None)
    return LineFigures(
        count=len(held),
        totals=tuple((code, exact_sum(amounts)) for code, amounts in sorted(by_currency.items())),
        first_month=min((line.month for line in held), default=None),
        last_month=max((line.month for line in held), default=None),
        other_currency=(odd.number, odd.currency) if odd is not None else None,
        twice_numbered=twice,
        repeated=tuple(repeated[:FEW_REPEATED]),
        repeated_count=len(repeated),
        made=tuple(line for line in held if line.making is not None or line.steps),
    )


def check(statement: Statement, lines: Iterable[Line], beside: Beside = ALONE) -> StatementCheck:
    """Check a statement against its own lines."""
    return check_figures(statement, figures_of(statement, lines), beside)


def check_figures(
    statement: Statement, figures: LineFigures, beside: Beside = ALONE, made: LinesMade | None = None
) -> StatementCheck:
    """Check a statement against the figures of its lines.

    `made`: what was found of how the lines were made, where they went by and the figures hold none of them.
    """
    if not figures.count:
        return StatementCheck(
            (made_check("lines", CheckResult.NOT_CHECKED, say("The statement has no lines here.")),)
        )
    return StatementCheck(
        (
            _check_count(statement, figures),
            *_check_left_out(statement),
            _check_currency(statement, figures),
            _check_period(statement, figures, beside),
            _check_total(statement, figures),
            _check_balance(statement, figures),
            check_chain(statement, beside),
            *(made or LinesMade(beside).with_all(figures.made)).checks(figures.count),
            _check_duplicates(figures),
            check_again(statement, beside),
            check_seal(statement, beside),
        )
    )


# What is here


def _check_count(statement: Statement, figures: LineFigures) -> Check:
    here, stated = figures.count, statement.line_count
    if here == stated:
        words = say("Its one line is here.") if here == 1 else say("All {n} lines are here.", n=f"{here:,}")
        return made_check("count", CheckResult.ADDS_UP, words)
    words = say("{n} of {all} lines are here.", n=f"{here:,}", all=f"{stated:,}")
    return made_check("count", CheckResult.DOES_NOT_ADD_UP, words)


def _check_left_out(statement: Statement) -> tuple[Check, ...]:
    left_out = statement.rows_left_out
    if not left_out:
        return ()
    words = say(
        "1 row of the file could not be read and was left out: every total of it is partial."
        if left_out == 1
        else "{n} rows of the file could not be read and were left out: every total of it is partial.",
        n=f"{left_out:,}",
    )
    return (made_check("left_out", CheckResult.PART_CANNOT_BE_CHECKED, words),)


def _check_currency(statement: Statement, figures: LineFigures) -> Check:
    if figures.other_currency is not None:
        number, code = figures.other_currency
        words = say(
            "Line {line} is in {other}; the statement is in {currency}.",
            line=str(number),
            other=code,
            currency=statement.currency,
        )
        return made_check("currency", CheckResult.DOES_NOT_ADD_UP, words, number)
    if not is_currency(statement.currency, statement.period_from):
        words = say(
            "{currency} is no currency that could be paid in that period.", currency=statement.currency
        )
        return made_check("currency", CheckResult.DOES_NOT_ADD_UP, words)
    words = say("All lines are in {currency}.", currency=statement.currency)
    return made_check("currency", CheckResult.ADDS_UP, words)


def _check_period(statement: Statement, figures: LineFigures, beside: Beside) -> Check:
    """Whether the days can be so: the period runs forward, is over, and no line is about a time after it."""
    begins, ends, received = statement.period_from, statement.period_until, statement.received_on
    odd: Sentence | None = None
    if begins > ends:
        odd = say(
            "The period ends on {until}, before it begins on {since}.",
            since=day_in_words(begins),
            until=day_in_words(ends),
        )
    elif begins > received:
        odd = say(
            "The period begins on {since}, after the statement was received on {received}.",
            since=day_in_words(begins),
            received=day_in_words(received),
        )
    elif beside.today is not None and received > beside.today:
        odd = say(
            "The statement is dated {received}, which has not come yet.", received=day_in_words(received)
        )
    elif figures.last_month is not None and figures.last_month > ends:
        odd = say(
            "A line is about {month}, after the period, which ends on {until}.",
            month=_month(figures.last_month),
            until=day_in_words(ends),
        )
    if odd is not None:
        return made_check("period", CheckResult.DOES_NOT_ADD_UP, odd)
    if figures.first_month is not None and figures.first_month < begins.replace(day=1):
        words = say(
            "Its lines are about {period}, and no later time; the first is about {month}.",
            period=period_in_words(begins, ends),
            month=_month(figures.first_month),
        )
    else:
        words = say("Its lines are about {period}, and no other time.", period=period_in_words(begins, ends))
    return made_check("period", CheckResult.ADDS_UP, words)


def _month(month: date) -> str:
    return f"{month:%B} {month.year}"


# What it comes to


def _total(figures: LineFigures) -> Decimal:
    """Of all lines, as the statement adds them; a line in another currency is told by itself."""
    return exact_sum(amount for _, amount in figures.totals)


def _check_total(statement: Statement, figures: LineFigures) -> Check:
    if statement.declared_total is None:
        words = say("The statement declares no total.")
        return made_check("total", CheckResult.PART_CANNOT_BE_CHECKED, words)
    difference = less(statement.declared_total, _total(figures))
    if difference == 0:
        return made_check("total", CheckResult.ADDS_UP, say("The lines add up to the declared total."))
    money = money_in_words(abs(difference), statement.currency)
    words = say(
        "The declared total is {money} less than its own lines."
        if difference < 0
        else "The declared total is {money} more than its own lines.",
        money=money,
    )
    return made_check("total", CheckResult.DOES_NOT_ADD_UP, words, None, difference)


def _check_balance(statement: Statement, figures: LineFigures) -> Check:
    if statement.opening_balance is None or statement.closing_balance is None:
        words = say("Opening or closing balance is not stated.")
        return made_check("balance", CheckResult.PART_CANNOT_BE_CHECKED, words)
    paid = statement.paid or Decimal(0)
    led_to = exact_sum((statement.opening_balance, _total(figures), paid.copy_negate()))
    difference = less(statement.closing_balance, led_to)
    if difference == 0:
        words = say("Opening balance, lines and payment lead to the closing balance.")
        return made_check("balance", CheckResult.ADDS_UP, words)
    money = money_in_words(abs(difference), statement.currency)
    words = say("The closing balance is off by {money}.", money=money)
    return made_check("balance", CheckResult.DOES_NOT_ADD_UP, words, None, difference)


# How its lines were made


class LinesMade:
    """Each line from its pool, and the shares of lines that were made of one thing; each is heard once."""

    def __init__(self, beside: Beside = ALONE) -> None:
        self._beside = beside
        self._count = 0
        self._wrong: Fault | None = None
        self._wrong_share: Fault | None = None
        self._together = SharesTogether()

    def add(self, line: Line) -> None:
        """In the order of numbers: the first that is wrong is told."""
        if line.making is None and not line.steps:
            return
        self._count += 1
        self._wrong = self._wrong or fault_of(line)
        self._wrong_share = self._wrong_share or share_fault(line, self._beside.share_of)
        self._together.add(line)

    def with_all(self, lines: Iterable[Line]) -> LinesMade:
        for line in lines:
            self.add(line)
        return self

    def checks(self, of: int) -> tuple[Check, ...]:
        """What came of it, of that many lines in all."""
        return (
            _check_makings(self._count, of - self._count, self._wrong),
            _check_shares(self._count, self._wrong_share or self._together.fault, self._together.is_full),
        )


def _check_makings(made: int, rest: int, wrong: Fault | None) -> Check:
    if wrong is not None:
        return made_check("making", CheckResult.DOES_NOT_ADD_UP, wrong.words, wrong.line, wrong.difference)
    if not made:
        words = say("No line says how it was made.")
        return made_check("making", CheckResult.PART_CANNOT_BE_CHECKED, words)
    template = (
        "1 line follows from its pool, weight, rate and share."
        if made == 1
        else "{n} lines follow from their pool, weight, rate and share."
    )
    if rest:
        template += (
            " 1 more does not say how it was made."
            if rest == 1
            else " {rest} more do not say how they were made."
        )
    return made_check("making", CheckResult.ADDS_UP, say(template, n=f"{made:,}", rest=f"{rest:,}"))


def _check_shares(made: int, wrong: Fault | None, is_full: bool) -> Check:
    if wrong is not None:
        return made_check("shares", CheckResult.DOES_NOT_ADD_UP, wrong.words, wrong.line, wrong.difference)
    if not made:
        return made_check("shares", CheckResult.NOT_CHECKED, say("No line says which share it is."))
    if is_full:
        words = say(
            "No share is above 100 %. There are too many lines to add the shares of all that belong together."
        )
        return made_check("shares", CheckResult.PART_CANNOT_BE_CHECKED, words)
    words = say("No share is above 100 %, and none that belong together come to more.")
    return made_check("shares", CheckResult.ADDS_UP, words)


# What is there twice


def _check_duplicates(figures: LineFigures) -> Check:
    if figures.twice_numbered is not None:
        number = figures.twice_numbered
        words = say("Line {line} is there twice.", line=str(number))
        return made_check("duplicates", CheckResult.DOES_NOT_ADD_UP, words, number)
    if figures.repeated:
        line, earlier = figures.repeated[0]
        template = "Line {line} says the same as line {earlier} in every field"
        if figures.repeated_count > 1:
            template += ", and so do {n} more" if figures.repeated_count > 2 else ", and so does 1 more"
        template += ". That can be right; ask whether it was counted twice."
        words = say(template, line=str(line), earlier=str(earlier), n=f"{figures.repeated_count - 1:,}")
        return made_check("duplicates", CheckResult.PART_CANNOT_BE_CHECKED, words, line)
    return made_check("duplicates", CheckResult.ADDS_UP, say("No line is there twice."))
