"""What can be checked of a statement: its arithmetic, its dates and currency, and what stands beside it.

Every check is a value with its result. "Adds up" is arithmetic only: it cannot show unreported use (PRODUCT,
"Money rules"). What does not apply to a statement is "not checked", and does not count against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from .currencies import is_currency
from .line_checks import Fault, fault_of, less
from .line_figures import LineFigures
from .money import money_in_words
from .phrases import Sentence, day_in_words, period_in_words, say
from .share_checks import KnownShares, SharesTogether, nothing_known, share_fault
from .statements import (
    Check,
    CheckResult,
    Line,
    Statement,
    StatementCheck,
    StatementSource,
    exact_sum,
)

__all__ = [
    "ALONE",
    "Beside",
    "SealState",
    "check",
    "check_figures",
    "figures_of",
]

FEW_REPEATED = 20  # pairs of lines that say the same, told one by one


class SealState(Enum):
    """What became of the seal that the service put on a statement and the hash of its lines."""

    HOLDS = "holds"
    BROKEN = "broken"
    KEY_UNKNOWN = "key_unknown"
    NONE = "none"  # the service gave none
    NOT_LOOKED_AT = "not_looked_at"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside a statement's own lines; whatever is left out is not checked."""

    others: Sequence[Statement] = ()  # statements that count, this one may be among them
    share_of: KnownShares = nothing_known  # the payee's, by the split in force in a month
    seal: SealState = SealState.NOT_LOOKED_AT
    today: date | None = None


ALONE = Beside()


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


def check_figures(statement: Statement, figures: LineFigures, beside: Beside = ALONE) -> StatementCheck:
    """Check a statement against the figures of its lines."""
    if not figures.count:
        return StatementCheck(
            (_check("lines", CheckResult.NOT_CHECKED, say("The statement has no lines here.")),)
        )
    return StatementCheck(
        (
            _check_count(statement, figures),
            *_check_left_out(statement),
            _check_currency(statement, figures),
            _check_period(statement, figures, beside),
            _check_total(statement, figures),
            _check_balance(statement, figures),
            _check_chain(statement, beside),
            *_check_lines(figures, beside),
            _check_duplicates(figures),
            _check_again(statement, beside),
            _check_seal(statement, beside),
        )
    )


def _check(
    name: str,
    result: CheckResult,
    sentence: Sentence,
    line: int | None = None,
    difference: Decimal | None = None,
    other: Statement | None = None,
) -> Check:
    return Check(name, result, sentence, line, difference, other.id if other is not None else None)


# What is here


def _check_count(statement: Statement, figures: LineFigures) -> Check:
    here, stated = figures.count, statement.line_count
    if here == stated:
        words = say("Its one line is here.") if here == 1 else say("All {n} lines are here.", n=f"{here:,}")
        return _check("count", CheckResult.ADDS_UP, words)
    words = say("{n} of {all} lines are here.", n=f"{here:,}", all=f"{stated:,}")
    return _check("count", CheckResult.DOES_NOT_ADD_UP, words)


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
    return (_check("left_out", CheckResult.PART_CANNOT_BE_CHECKED, words),)


def _check_currency(statement: Statement, figures: LineFigures) -> Check:
    if figures.other_currency is not None:
        number, code = figures.other_currency
        words = say(
            "Line {line} is in {other}; the statement is in {currency}.",
            line=str(number),
            other=code,
            currency=statement.currency,
        )
        return _check("currency", CheckResult.DOES_NOT_ADD_UP, words, number)
    if not is_currency(statement.currency, statement.period_from):
        words = say(
            "{currency} is no currency that could be paid in that period.", currency=statement.currency
        )
        return _check("currency", CheckResult.DOES_NOT_ADD_UP, words)
    words = say("All lines are in {currency}.", currency=statement.currency)
    return _check("currency", CheckResult.ADDS_UP, words)


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
        return _check("period", CheckResult.DOES_NOT_ADD_UP, odd)
    if figures.first_month is not None and figures.first_month < begins.replace(day=1):
        words = say(
            "Its lines are about {period}, and no later time; the first is about {month}.",
            period=period_in_words(begins, ends),
            month=_month(figures.first_month),
        )
    else:
        words = say("Its lines are about {period}, and no other time.", period=period_in_words(begins, ends))
    return _check("period", CheckResult.ADDS_UP, words)


def _month(month: date) -> str:
    return f"{month:%B} {month.year}"


# What it comes to


def _total(figures: LineFigures) -> Decimal:
    """Of all lines, as the statement adds them; a line in another currency is told by itself."""
    return exact_sum(amount for _, amount in figures.totals)


def _check_total(statement: Statement, figures: LineFigures) -> Check:
    if statement.declared_total is None:
        words = say("The statement declares no total.")
        return _check("total", CheckResult.PART_CANNOT_BE_CHECKED, words)
    difference = less(statement.declared_total, _total(figures))
    if difference == 0:
        return _check("total", CheckResult.ADDS_UP, say("The lines add up to the declared total."))
    money = money_in_words(abs(difference), statement.currency)
    words = say(
        "The declared total is {money} less than its own lines."
        if difference < 0
        else "The declared total is {money} more than its own lines.",
        money=money,
    )
    return _check("total", CheckResult.DOES_NOT_ADD_UP, words, None, difference)


def _check_balance(statement: Statement, figures: LineFigures) -> Check:
    if statement.opening_balance is None or statement.closing_balance is None:
        words = say("Opening or closing balance is not stated.")
        return _check("balance", CheckResult.PART_CANNOT_BE_CHECKED, words)
    paid = statement.paid or Decimal(0)
    led_to = exact_sum((statement.opening_balance, _total(figures), paid.copy_negate()))
    difference = less(statement.closing_balance, led_to)
    if difference == 0:
        words = say("Opening balance, lines and payment lead to the closing balance.")
        return _check("balance", CheckResult.ADDS_UP, words)
    money = money_in_words(abs(difference), statement.currency)
    words = say("The closing balance is off by {money}.", money=money)
    return _check("balance", CheckResult.DOES_NOT_ADD_UP, words, None, difference)


def _check_chain(statement: Statement, beside: Beside) -> Check:
    """Whether a statement begins where the one before it ended."""
    before = _before(statement, beside.others)
    if before is None:
        words = say("No earlier statement of {issuer} is here to go on from.", issuer=statement.issuer)
        return _check("chain", CheckResult.NOT_CHECKED, words)
    period = period_in_words(before.period_from, before.period_until)
    if before.closing_balance is None or statement.opening_balance is None:
        words = say(
            "Whether it goes on from the statement for {period} cannot be told: a balance is missing.",
            period=period,
        )
        return _check("chain", CheckResult.NOT_CHECKED, words, other=before)
    difference = less(statement.opening_balance, before.closing_balance)
    if difference == 0:
        words = say("It goes on from where the statement for {period} ended.", period=period)
        return _check("chain", CheckResult.ADDS_UP, words, other=before)
    money = money_in_words(abs(difference), statement.currency)
    words = say(
        "It opens with {money} less than the statement for {period} closed with."
        if difference < 0
        else "It opens with {money} more than the statement for {period} closed with.",
        money=money,
        period=period,
    )
    return _check("chain", CheckResult.DOES_NOT_ADD_UP, words, None, difference, before)


def same_account(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one account: issuer, payee, currency and level."""
    return (one.issuer, one.payee, one.currency, one.level) == (
        other.issuer,
        other.payee,
        other.currency,
        other.level,
    )


def _before(statement: Statement, others: Iterable[Statement]) -> Statement | None:
    earlier = [
        each
        for each in others
        if each.id != statement.id
        and same_account(each, statement)
        and each.period_until < statement.period_from
    ]
    return max(earlier, key=lambda each: (each.period_until, each.received_on, each.id), default=None)


# How its lines were made


def _check_lines(figures: LineFigures, beside: Beside) -> tuple[Check, ...]:
    """Each line from its pool, and the shares of lines that were made of one thing; read once."""
    made = 0
    wrong: Fault | None = None
    wrong_share: Fault | None = None
    together = SharesTogether()
    for line in figures.made:
        made += 1
        wrong = wrong or fault_of(line)
        wrong_share = wrong_share or share_fault(line, beside.share_of)
        together.add(line)
    return (
        _check_makings(made, figures.count - made, wrong),
        _check_shares(made, wrong_share or together.fault, together.is_full),
    )


def _check_makings(made: int, rest: int, wrong: Fault | None) -> Check:
    if wrong is not None:
        return _check("making", CheckResult.DOES_NOT_ADD_UP, wrong.words, wrong.line, wrong.difference)
    if not made:
        words = say("No line says how it was made.")
        return _check("making", CheckResult.PART_CANNOT_BE_CHECKED, words)
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
    return _check("making", CheckResult.ADDS_UP, say(template, n=f"{made:,}", rest=f"{rest:,}"))


def _check_shares(made: int, wrong: Fault | None, is_full: bool) -> Check:
    if wrong is not None:
        return _check("shares", CheckResult.DOES_NOT_ADD_UP, wrong.words, wrong.line, wrong.difference)
    if not made:
        return _check("shares", CheckResult.NOT_CHECKED, say("No line says which share it is."))
    if is_full:
        words = say(
            "No share is above 100 %. There are too many lines to add the shares of all that belong together."
        )
        return _check("shares", CheckResult.PART_CANNOT_BE_CHECKED, words)
    words = say("No share is above 100 %, and none that belong together come to more.")
    return _check("shares", CheckResult.ADDS_UP, words)


# What is there twice


def _check_duplicates(figures: LineFigures) -> Check:
    if figures.twice_numbered is not None:
        number = figures.twice_numbered
        words = say("Line {line} is there twice.", line=str(number))
        return _check("duplicates", CheckResult.DOES_NOT_ADD_UP, words, number)
    if figures.repeated:
        line, earlier = figures.repeated[0]
        template = "Line {line} says the same as line {earlier} in every field"
        if figures.repeated_count > 1:
            template += ", and so do {n} more" if figures.repeated_count > 2 else ", and so does 1 more"
        template += ". That can be right; ask whether it was counted twice."
        words = say(template, line=str(line), earlier=str(earlier), n=f"{figures.repeated_count - 1:,}")
        return _check("duplicates", CheckResult.PART_CANNOT_BE_CHECKED, words, line)
    return _check("duplicates", CheckResult.ADDS_UP, say("No line is there twice."))


def _check_again(statement: Statement, beside: Beside) -> Check:
    """Whether another statement that counts is the same, or of the same time."""
    for each in beside.others:
        if each.id == statement.id or each.payee != statement.payee or each.level is not statement.level:
            continue
        if each.sha256 == statement.sha256 and each.currency == statement.currency:
            words = say("The same file is here twice: every amount of it counts twice.")
            return _check("again", CheckResult.DOES_NOT_ADD_UP, words, other=each)
        if not same_account(each, statement) or each.replaces == statement.id:
            continue
        overlaps = each.period_from <= statement.period_until and statement.period_from <= each.period_until
        if overlaps and statement.replaces != each.id:
            words = say(
                "Another statement of {issuer} covers the same time, {period}. If one takes the place of the"
                " other, its amounts count twice.",
                issuer=statement.issuer,
                period=period_in_words(each.period_from, each.period_until),
            )
            return _check("again", CheckResult.PART_CANNOT_BE_CHECKED, words, other=each)
    if not beside.others:
        words = say("Whether it is here twice was not looked at.")
        return _check("again", CheckResult.NOT_CHECKED, words)
    return _check("again", CheckResult.ADDS_UP, say("No other statement here covers the same time."))


# Who says so


_SEAL: dict[SealState, tuple[CheckResult, str]] = {
    SealState.HOLDS: (CheckResult.ADDS_UP, "Unchanged since the service sealed it."),
    SealState.BROKEN: (
        CheckResult.DOES_NOT_ADD_UP,
        "It was changed after the service had sealed it, or the seal is of another statement.",
    ),
    SealState.KEY_UNKNOWN: (CheckResult.NOT_CHECKED, "The key that sealed it is not known here."),
    SealState.NONE: (CheckResult.NOT_CHECKED, "The service gave it no seal."),
    SealState.NOT_LOOKED_AT: (CheckResult.NOT_CHECKED, "Its seal was not looked at."),
}
_AS_IS = " It was read from a file as it is: whoever issued it has not signed it."


def _check_seal(statement: Statement, beside: Beside) -> Check:
    result, template = _SEAL[beside.seal]
    if statement.source is StatementSource.IMPORTED:
        template += _AS_IS
    return _check("seal", result, say(template))
