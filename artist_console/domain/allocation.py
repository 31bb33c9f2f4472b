"""From a line above payee level to what each payee has of it: pure, exact, and the same in whatever order.

    line -> the agreement's rate -> right -> split in force on the day of use -> letters of direction

Nothing is lost and nothing invented: what is paid, what the issuer keeps by its rates, what could not be
allocated and what rounding left add up to the line, to the last digit. Each part is rounded by itself,
half-even to the declared decimals: whoever sees nothing but their own part can work it out again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from .allocation_splits import LeftReason, Share, said_shares, shares_of
from .directions import Direction, directions_total, payer_key
from .ids import FactId, PartyId, WorkId
from .line_steps import Step, StepKind
from .paid_splits import PaidSplit
from .parties import WHOLE_BP, Stakeholder
from .pay_terms import PayTerms, rate_for, right_parts_for, terms_on
from .periods import Period
from .statements import Line, Making, StatementLevel, exact_sum
from .step_chains import chain_fault, exact_decimal, factor_of, followed, rounded, value_of
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS, Right, Use, rights_touched
from .work_kinds import WorkKind
from .works import Work

__all__ = ["Allocator", "Facts", "Left", "LeftReason", "LineAllocation", "Part", "Standing"]

DECIMALS = 12  # that parts are rounded to, where the line itself has not more


class Standing(Enum):
    """What became of money that was not paid on."""

    UNATTRIBUTED = "unattributed"  # nobody is known whose it is
    HELD = "held"  # somebody is, and it waits until they agree
    OTHERS = "others"  # it is of parties whom whoever brought the statement in does not pay


_STANDING: Mapping[LeftReason, Standing] = {
    LeftReason.DISPUTED_SPLIT: Standing.HELD,
    LeftReason.SPLIT_TOTAL: Standing.HELD,
    LeftReason.DIRECTIONS_TOTAL: Standing.HELD,
    LeftReason.OTHERS: Standing.OTHERS,
}


def standing_of(reason: LeftReason) -> Standing:
    return _STANDING.get(reason, Standing.UNATTRIBUTED)


@dataclass(frozen=True, slots=True)
class Part:
    """What one payee has of one line, by one share of one right."""

    payee: PartyId
    right: Right
    amount: Decimal
    steps: tuple[Step, ...]
    making: Making | None  # where pool, weight, rate and share alone lead to the amount
    directed_by: PartyId | None = None  # whose share it is, where a letter of direction passed it on
    direction: FactId | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be paid on, and why."""

    reason: LeftReason
    amount: Decimal
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class LineAllocation:
    """All of a line. `kept` is the issuer's own part by its rates; `rounding` may be below nothing."""

    parts: tuple[Part, ...]
    left: tuple[Left, ...]
    kept: Decimal
    rounding: Decimal

    @property
    def total(self) -> Decimal:
        return exact_sum(
            (
                *(part.amount for part in self.parts),
                *(left.amount for left in self.left),
                self.kept,
                self.rounding,
            )
        )


@dataclass(frozen=True)
class Facts:
    """What the lines of one statement are allocated by."""

    issuer: str
    level: StatementLevel
    works: Mapping[WorkId, Work] = field(default_factory=dict)  # under every id that they had
    stakeholders: Mapping[str, tuple[Stakeholder, ...]] = field(default_factory=dict)  # by subject
    directions: tuple[Direction, ...] = ()
    terms: tuple[PayTerms, ...] = ()
    names: Mapping[PartyId, str] = field(default_factory=dict)
    payees: Collection[PartyId] | None = None  # who may be paid by this statement; None: everybody
    paid_splits: Mapping[str, tuple[PaidSplit, ...]] = field(default_factory=dict)  # by work


@dataclass(frozen=True, slots=True)
class _Way:
    """A way from a line to somebody: the factors, and who gets it or why nobody does."""

    factors: tuple[Step, ...]
    right: Right | None = None
    payee: PartyId | None = None
    reason: LeftReason | None = None
    directed_by: PartyId | None = None
    direction: FactId | None = None
    factor: Fraction = Fraction(1)  # all factors together, of which ...
    share: Fraction = Fraction(1)  # ... those of splits and letters
    rest: Fraction = Fraction(1)  # ... and all others


_Key = tuple[object, ...]


class Allocator:
    """Allocates lines one after the other; what is the same for many lines is worked out once."""

    def __init__(self, facts: Facts, decimals: int = DECIMALS) -> None:
        self._facts, self._decimals = facts, decimals
        self._ways: dict[_Key, tuple[_Way, ...]] = {}

    def allocate(self, line: Line, used_in: date | None = None) -> LineAllocation:
        """All of a line. `used_in`: the month of use where it is not the line's own, as of a correction."""
        opening = opening_of(line)
        month = used_in or line.month
        from_pool = not line.steps and opening[0].kind is StepKind.POOL
        has_rate = any(step.kind is StepKind.RATE for step in opening)
        key = (line.work, line.programme, line.use, line.right, line.territory, month, has_rate)
        ways = self._ways.get(key)
        if ways is None:
            ways = self._ways[key] = tuple(self._find(line, month, has_rate))
        decimals = max(self._decimals, -int(line.amount.as_tuple().exponent))
        whole = Fraction(line.amount)
        parts: list[Part] = []
        left: list[Left] = []
        kept = whole
        for way in ways:
            exact = whole * way.factor
            kept -= exact
            amount = rounded(exact, decimals)
            if way.reason is not None:
                left.append(Left(way.reason, amount, way.right))
                continue
            assert way.payee is not None
            assert way.right is not None
            steps = (*opening[:-1], *followed(opening[-1], way.factors)) if way.factors else opening
            if exact != Fraction(amount):
                steps = (*steps, Step(StepKind.ROUNDING, amount, source=f"{decimals} decimals"))
            making = _making(line.making, way, amount, decimals) if from_pool else None
            parts.append(Part(way.payee, way.right, amount, steps, making, way.directed_by, way.direction))
        own = rounded(kept, decimals)
        told = exact_sum((*(part.amount for part in parts), *(each.amount for each in left), own))
        return LineAllocation(tuple(parts), tuple(left), own, exact_sum((line.amount, -told)))

    # -- from a line to its ways

    def _find(self, line: Line, month: date, has_rate: bool) -> Iterable[_Way]:
        facts = self._facts
        work = facts.works.get(line.work) if line.work is not None else None
        if work is None:
            yield _Way((), reason=LeftReason.NO_WORK)
            return
        common = terms_on(facts.terms, facts.issuer, None, month)
        factors: tuple[Step, ...] = ()
        if facts.level is StatementLevel.POOL and not has_rate:
            # The rate differs by right only where no pool names one: it is the agreement's for the line.
            rate = rate_for(common, line.programme, line.use, line.right)
            if rate is None:
                yield _Way((), reason=LeftReason.NO_RATE)
                return
            factors = (_rate_step(rate, f"Agreement with {facts.issuer}", common),)
        divided = _rights_of(line, work, common, facts.level)
        if divided is None:
            yield _way(factors, reason=LeftReason.NO_RIGHT_PARTS)
            return
        for right, part in divided:
            yield from self._of_right(line, work, month, right, part, factors)

    def _of_right(
        self, line: Line, work: Work, month: date, right: Right, part: Decimal, before: tuple[Step, ...]
    ) -> Iterable[_Way]:
        if part == 0:
            return
        subjects = _subjects(right, work, self._facts.works)
        factors = before
        if part != 1 or len(subjects) > 1:
            several = f"{len(subjects)} songs" if len(subjects) > 1 else ""
            step = Step(StepKind.RIGHT, Decimal(0), part, Decimal(max(len(subjects), 1)), several)
            factors = (*before, step)
        if not subjects:
            yield _way(factors, right, reason=LeftReason.NO_SONG)
        for subject in subjects:
            held = self._facts.stakeholders.get(subject, ())
            shares = shares_of(held, right, month, line.territory or None)
            if shares is LeftReason.NO_SPLIT:
                home = subject if right in SONG_RIGHTS else work.id
                shares = said_shares(self._facts.paid_splits.get(home, ()), right, month)
            if isinstance(shares, LeftReason):
                yield _way(factors, right, reason=shares)
                continue
            for share in shares:
                yield from self._of_share(line, work, month, right, share, factors)

    def _of_share(
        self, line: Line, work: Work, month: date, right: Right, share: Share, before: tuple[Step, ...]
    ) -> Iterable[_Way]:
        facts = self._facts
        split = Step(
            StepKind.SPLIT, Decimal(0), Decimal(share.share_bp), Decimal(share.total_bp), share.source
        )
        own = terms_on(facts.terms, facts.issuer, share.party, month)
        rate = rate_for(own, line.programme, line.use, right)
        source = own
        if rate is None and facts.level is StatementLevel.POOL:
            rate = Decimal(1)  # the operator pays whoever holds the right
        elif rate is None:
            source = terms_on(facts.terms, facts.issuer, None, month)
            rate = rate_for(source, line.programme, line.use, right)
        if rate is None:
            yield _way((*before, split), right, reason=LeftReason.NO_RATE)
            return
        letters = self._letters(share.party, work.id, right, month)
        passed = directions_total(letters)
        if passed > WHOLE_BP:
            yield _way((*before, split), right, reason=LeftReason.DIRECTIONS_TOTAL)
            return
        rated = before if rate == 1 else (*before, _rate_step(rate, f"Rate of {facts.issuer}", source))
        factors = (*rated, split)
        for letter in letters:
            words = letter.source or f"Letter of {facts.names.get(share.party, share.party)}"
            step = Step(StepKind.DIRECTION, Decimal(0), Decimal(letter.share_bp), Decimal(WHOLE_BP), words)
            yield self._paid(letter.payee, (*factors, step), right, share.party, letter.id)
        if passed < WHOLE_BP:
            if passed:
                rest = Decimal(WHOLE_BP - passed)
                words = "Left after letters of direction"
                factors = (*factors, Step(StepKind.DIRECTION, Decimal(0), rest, Decimal(WHOLE_BP), words))
            yield self._paid(share.party, factors, right)

    def _paid(
        self,
        payee: PartyId,
        factors: tuple[Step, ...],
        right: Right,
        directed_by: PartyId | None = None,
        direction: FactId | None = None,
    ) -> _Way:
        if self._facts.payees is not None and payee not in self._facts.payees:
            return _way(factors, right, reason=LeftReason.OTHERS)
        return _way(factors, right, payee, None, directed_by, direction)

    def _letters(self, party: PartyId, work: WorkId, right: Right, month: date) -> tuple[Direction, ...]:
        issuer = payer_key(self._facts.issuer)
        held = [
            letter
            for letter in self._facts.directions
            if letter.directed_by == party
            and payer_key(letter.payer) in ("", issuer)
            and letter.work in (None, work)
            and letter.right in (None, right)
            and _holds_on(letter.period, month)
        ]
        return tuple(sorted(held, key=lambda letter: letter.id))


def opening_of(line: Line) -> tuple[Step, ...]:
    """The steps that lead to a line above: from its pool where it says so and that is right."""
    making = line.making
    if line.steps and chain_fault(line.steps, line.amount) is None:
        return line.steps
    if making is None or making.total_weight == 0 or making.amount() != line.amount:
        return (Step(StepKind.LINE, line.amount, source=f"Line {line.number}"),)
    factors = [Step(StepKind.WEIGHT, Decimal(0), making.weight, making.total_weight)]
    factors.append(Step(StepKind.RATE, Decimal(0), making.rate, Decimal(1)))
    if making.share_bp != WHOLE_BP:
        factors.append(Step(StepKind.SPLIT, Decimal(0), Decimal(making.share_bp), Decimal(WHOLE_BP)))
    steps = followed(Step(StepKind.POOL, making.pool, source=line.method), factors)
    if value_of(steps) != Fraction(line.amount):
        steps = (*steps, Step(StepKind.ROUNDING, line.amount, source=f"{making.decimals} decimals"))
    return steps


def _way(
    factors: tuple[Step, ...],
    right: Right | None = None,
    payee: PartyId | None = None,
    reason: LeftReason | None = None,
    directed_by: PartyId | None = None,
    direction: FactId | None = None,
) -> _Way:
    share, rest = Fraction(1), Fraction(1)
    for step in factors:
        if step.kind in (StepKind.SPLIT, StepKind.DIRECTION):
            share *= factor_of(step)
        else:
            rest *= factor_of(step)
    return _Way(factors, right, payee, reason, directed_by, direction, share * rest, share, rest)


def _rate_step(rate: Decimal, words: str, terms: PayTerms | None) -> Step:
    source = terms.source if terms is not None and terms.source else words
    return Step(StepKind.RATE, Decimal(0), rate, Decimal(1), source)


def _rights_of(
    line: Line, work: Work, common: PayTerms | None, level: StatementLevel
) -> tuple[tuple[Right, Decimal], ...] | None:
    """The rights that a line is about, with the part of each; None where nothing says how it divides."""
    whole = Decimal(1)
    if line.right is not None:
        return ((line.right, whole),)
    stated = right_parts_for(common, line.programme, line.use)
    if stated:
        return tuple((part.right, part.part) for part in stated)
    if work.kind is WorkKind.COMPOSITION:
        return ((Right.LYRICS if line.use is Use.TRAIN_LYRICS else Right.COMPOSITION, whole),)
    touched = rights_touched(line.use) if line.use is not None else frozenset({Right.MASTER})
    if len(touched) == 1:
        return ((next(iter(touched)), whole),)
    # What a label or distributor received for a recording is for the recording; an operator pays for all.
    return ((Right.MASTER, whole),) if level is StatementLevel.LICENSOR_GROSS else None


def _subjects(right: Right, work: Work, works: Mapping[WorkId, Work]) -> tuple[str, ...]:
    """What the right is held in: the recording, its songs, or the person where it is one."""
    if right in PERSONAL_RIGHTS:
        return (work.artists[0],) if len(work.artists) == 1 else (work.id,)
    if right in SONG_RIGHTS and work.kind is WorkKind.RECORDING:
        songs = {works[song].id if song in works else song for song in work.compositions}
        return tuple(sorted(songs))
    return (work.id,)


def _holds_on(period: Period, day: date) -> bool:
    return (period.since is None or period.since <= day) and (period.until is None or day <= period.until)


def _making(made: Making | None, way: _Way, amount: Decimal, decimals: int) -> Making | None:
    """The part as pool x weight / total weight x rate x share, where that alone leads to its amount.

    `made` is the making of the line, which leads to the line's amount.
    """
    if made is None:
        return None
    share, rest = Fraction(made.share_bp) * way.share, way.rest
    if share.denominator != 1:
        share, rest = Fraction(made.share_bp), way.factor
    rate = Fraction(made.rate) * rest
    exact = exact_decimal(rate)
    if exact is None:
        return None
    making = Making(made.pool, made.weight, made.total_weight, exact, int(share), decimals)
    return making if making.amount() == amount else None
