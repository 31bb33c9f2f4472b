"""What somebody is paid by an issuer: the rate, and what is set against it, held back, kept and withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from .currencies import is_currency
from .directions import payer_key
from .ids import FactId, MandateId, PartyId, ProgrammeId
from .periods import ALWAYS, Period, Recorded
from .phrases import Sentence, say
from .uses import Right, Use

_ONE = Decimal(1)
_NOTHING = Decimal(0)
MOST_PERIODS = 60
_MOST_DECIMALS = 18


@dataclass(frozen=True, slots=True)
class PayRate:
    """The part of an issuer's line that is paid on; None narrows nothing, the narrowest that fits counts."""

    rate: Decimal  # 1 = all of it
    programme: ProgrammeId | None = None
    use: Use | None = None
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class RightPart:
    """The part of a line that one right has of it. Those for the same programme and use come to 1."""

    right: Right
    part: Decimal
    programme: ProgrammeId | None = None
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class PayTerms:
    """Issuer x payee, for a time. Without a payee: what the issuer's agreement says for everybody it pays.

    Parts of rights, which have to be the same for everybody, stand in terms without a payee alone; what is
    deducted, in terms of a payee alone.
    """

    id: FactId
    issuer: str  # name of whoever issues the statements
    payee: PartyId | None
    recorded: Recorded
    rates: tuple[PayRate, ...] = ()
    right_parts: tuple[RightPart, ...] = ()
    recoupable: Decimal = _NOTHING  # what was still to be recouped when these terms began ...
    currency: str = ""  # ... in this currency
    recouped_share: Decimal = _ONE  # of a period's earnings, at most this part is set against it
    reserve_rate: Decimal = _NOTHING
    reserve_periods: int = 0  # after so many further periods what was held is released
    commission_rate: Decimal = _NOTHING
    commission_mandate: MandateId | None = None  # due only while this mandate is in force
    commission_to: PartyId | None = None  # whose statement it comes to; None: it is only taken
    tax_rate: Decimal = _NOTHING
    period: Period = ALWAYS
    source: str = ""  # contract, clause


def rate_for(
    terms: PayTerms | None, programme: ProgrammeId | None, use: Use | None, right: Right | None
) -> Decimal | None:
    """The narrowest rate that fits a line; None where none does."""
    fitting = [
        (rate.programme is not None, rate.use is not None, rate.right is not None, rate.rate)
        for rate in (terms.rates if terms is not None else ())
        if rate.programme in (None, programme) and rate.use in (None, use) and rate.right in (None, right)
    ]
    return max(fitting)[-1] if fitting else None


def right_parts_for(
    terms: PayTerms | None, programme: ProgrammeId | None, use: Use | None
) -> tuple[RightPart, ...]:
    """How a line divides between rights, by the narrowest that is said; empty where nothing is."""
    groups: dict[tuple[bool, bool], list[RightPart]] = {}
    for part in terms.right_parts if terms is not None else ():
        if part.programme in (None, programme) and part.use in (None, use):
            groups.setdefault((part.programme is not None, part.use is not None), []).append(part)
    return tuple(sorted(groups[max(groups)], key=lambda part: part.right.value)) if groups else ()


def terms_on(every: Iterable[PayTerms], issuer: str, payee: PartyId | None, day: date) -> PayTerms | None:
    """The terms of one payee with one issuer on a day; those that began last, where several hold."""
    instant = datetime.combine(day, time(), UTC)
    held = [
        terms
        for terms in every
        if terms.payee == payee
        and payer_key(terms.issuer) == payer_key(issuer)
        and terms.period.contains(instant)
    ]
    return max(held, key=lambda terms: (terms.period.since or date.min, terms.id), default=None)


def pay_terms_fault(terms: PayTerms, others: Iterable[PayTerms]) -> Sentence | None:
    """Why terms cannot be paid by; None where they can."""
    if not terms.issuer.strip():
        return say("Say who issues the statements that the terms are about.")
    named = [
        ("A rate cannot be {value}: write it from 0 to 1.", [rate.rate for rate in terms.rates]),
        ("The part of a right cannot be {value}: write it from 0 to 1.", [p.part for p in terms.right_parts]),
        ("The part that is recouped cannot be {value}: write it from 0 to 1.", [terms.recouped_share]),
        ("The reserve cannot be {value}: write it from 0 to 1.", [terms.reserve_rate]),
        ("The commission cannot be {value}: write it from 0 to 1.", [terms.commission_rate]),
        ("The tax cannot be {value}: write it from 0 to 1.", [terms.tax_rate]),
    ]
    for template, parts in named:
        wrong = next((part for part in parts if not _is_part(part)), None)
        if wrong is not None:
            return say(template, value=str(wrong))
    keys = [(rate.programme, rate.use, rate.right) for rate in terms.rates]
    if len(set(keys)) < len(keys):
        return say("Two rates are for the same programme, use and right; keep one of them.")
    return _parts_fault(terms) or _deductions_fault(terms) or _period_fault(terms, others)


def _is_part(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_MOST_DECIMALS and 0 <= value <= 1


def _parts_fault(terms: PayTerms) -> Sentence | None:
    if terms.right_parts and terms.payee is not None:
        return say("How a line divides between rights is the same for everybody: leave out the payee.")
    groups: dict[tuple[ProgrammeId | None, Use | None], list[RightPart]] = {}
    for part in terms.right_parts:
        groups.setdefault((part.programme, part.use), []).append(part)
    for parts in groups.values():
        if len({part.right for part in parts}) < len(parts):
            return say("A right is named twice for the same programme and use; keep one of them.")
        total = sum((part.part for part in parts), _NOTHING)
        if total != 1:
            return say(
                "The parts of the rights come to {total}; together they have to be 1.", total=str(total)
            )
    return None


def _deductions_fault(terms: PayTerms) -> Sentence | None:
    if terms.payee is None and (
        terms.recoupable or terms.reserve_rate or terms.commission_rate or terms.tax_rate
    ):
        return say(
            "Say from whose money it is taken: an advance, a reserve, a commission or tax needs a payee."
        )
    if terms.recoupable < 0 or not terms.recoupable.is_finite():
        return say("What is still to be recouped cannot be less than nothing.")
    if terms.recoupable and not is_currency(terms.currency):
        return say("Say the currency of what is still to be recouped, such as EUR.")
    if terms.reserve_rate and not 1 <= terms.reserve_periods <= MOST_PERIODS:
        return say(
            "Say after how many periods a reserve is released, from 1 to {most}.", most=str(MOST_PERIODS)
        )
    if terms.commission_rate and terms.commission_mandate is None and terms.commission_to is None:
        return say("Say who gets the commission: a mandate, or whoever is paid it.")
    if terms.commission_to is not None and terms.commission_to == terms.payee:
        return say("Whoever gets the commission cannot be the one who pays it.")
    return None


def _period_fault(terms: PayTerms, others: Iterable[PayTerms]) -> Sentence | None:
    since, until = terms.period.since, terms.period.until
    if since is not None and until is not None and until < since:
        return say("The last day is before the first. Correct one of them.")
    for other in others:
        same = other.payee == terms.payee and payer_key(other.issuer) == payer_key(terms.issuer)
        if other.id != terms.id and same and _meet(terms.period, other.period):
            return say(
                "There are terms with {issuer} for these days already; change those, or end them first.",
                issuer=terms.issuer.strip(),
            )
    return None


def _meet(one: Period, other: Period) -> bool:
    first, last = date.min, date.max
    return max(one.since or first, other.since or first) <= min(one.until or last, other.until or last)
