"""Checks of a statement against what stands beside it: the one before it, others of the time, its seal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from .line_checks import less
from .money import money_in_words
from .phrases import Sentence, period_in_words, say
from .share_checks import KnownShares, nothing_known
from .statements import Check, CheckResult, Statement, StatementSource


def made_check(
    name: str,
    result: CheckResult,
    sentence: Sentence,
    line: int | None = None,
    difference: Decimal | None = None,
    other: Statement | None = None,
) -> Check:
    return Check(name, result, sentence, line, difference, other.id if other is not None else None)


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


def check_chain(statement: Statement, beside: Beside) -> Check:
    """Whether a statement begins where the one before it ended."""
    before = _before(statement, beside.others)
    if before is None:
        words = say("No earlier statement of {issuer} is here to go on from.", issuer=statement.issuer)
        return made_check("chain", CheckResult.NOT_CHECKED, words)
    period = period_in_words(before.period_from, before.period_until)
    if before.closing_balance is None or statement.opening_balance is None:
        words = say(
            "Whether it goes on from the statement for {period} cannot be told: a balance is missing.",
            period=period,
        )
        return made_check("chain", CheckResult.NOT_CHECKED, words, other=before)
    difference = less(statement.opening_balance, before.closing_balance)
    if difference == 0:
        words = say("It goes on from where the statement for {period} ended.", period=period)
        return made_check("chain", CheckResult.ADDS_UP, words, other=before)
    money = money_in_words(abs(difference), statement.currency)
    words = say(
        "It opens with {money} less than the statement for {period} closed with."
        if difference < 0
        else "It opens with {money} more than the statement for {period} closed with.",
        money=money,
        period=period,
    )
    return made_check("chain", CheckResult.DOES_NOT_ADD_UP, words, None, difference, before)


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


def check_again(statement: Statement, beside: Beside) -> Check:
    """Whether another statement that counts is the same, or of the same time."""
    for each in beside.others:
        if each.id == statement.id or each.payee != statement.payee or each.level is not statement.level:
            continue
        if each.sha256 == statement.sha256 and each.currency == statement.currency:
            words = say("The same file is here twice: every amount of it counts twice.")
            return made_check("again", CheckResult.DOES_NOT_ADD_UP, words, other=each)
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
            return made_check("again", CheckResult.PART_CANNOT_BE_CHECKED, words, other=each)
    if not beside.others:
        words = say("Whether it is here twice was not looked at.")
        return made_check("again", CheckResult.NOT_CHECKED, words)
    return made_check("again", CheckResult.ADDS_UP, say("No other statement here covers the same time."))


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


def check_seal(statement: Statement, beside: Beside) -> Check:
    result, template = _SEAL[beside.seal]
    if statement.source is StatementSource.IMPORTED:
        template += _AS_IS
    return made_check("seal", result, say(template))
