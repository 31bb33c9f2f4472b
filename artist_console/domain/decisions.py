"""Decisions, the ledger they are written to, and what an artist's ledger says about one cell.

A cell is one work (or person), one programme, one use. PRODUCT, "The artist's answer", rules 1 to 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from .ids import AccountId, ActId, ArtistId, DecisionId, MandateId, ProgrammeId, ReleaseId, TermsId
from .mandates import Mandate
from .programmes import TermsVersion
from .registers import (
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from .uses import Use
from .works import ReleaseTrack


@dataclass(frozen=True, slots=True)
class Pin:
    """A ledger's position and head as somebody saw it. `n` 0 and an empty head: nothing yet."""

    n: int = 0
    head: str = ""  # hex


@dataclass(frozen=True, slots=True)
class Decision:
    """One recorded choice: the human act, unchanged through any number of resends (PROTOCOL)."""

    id: DecisionId
    register: Register
    stance: Stance
    made_by: AccountId
    made_at: datetime  # the person's own clock; orders nothing
    act: ActId
    terms: TermsId | None = None  # an allow names the terms version it agrees to ...
    terms_sha256: str = ""  # ... and the hash of its text
    conditions: Conditions = UNCONDITIONAL
    base: DecisionId | None = None  # the register's effective decision on screen
    seen: Pin = Pin()
    keeps: tuple[DecisionId, ...] = ()  # on a refusal: narrower allows the person chose to keep
    mandate: MandateId | None = None
    note_sha256: str = ""  # salted hash; the note itself is not part of the signed record


class Outcome(Enum):
    """What the backend made of a pushed decision (PROTOCOL, rule 4)."""

    ACCEPTED = "accepted"
    ACCEPTED_OVER = "accepted_over"  # a stale refusal: applied and flagged
    CONFLICT = "conflict"  # a stale allow or clear: not applied
    NOT_AUTHORISED = "not_authorised"
    PROPOSED = "proposed"
    DUPLICATE = "duplicate"


class EntryKind(Enum):
    DECISION = "decision"
    PROPOSAL = "proposal"  # changes no register until the artist signs it
    CO_SIGNATURE = "co_signature"  # names the proposal; applies its decision
    PROPOSAL_DECLINED = "proposal_declined"
    MANDATE_GIVEN = "mandate_given"
    MANDATE_LIMITED = "mandate_limited"
    MANDATE_TAKEN_BACK = "mandate_taken_back"
    OBJECTION = "objection"
    KEY_CHANGE = "key_change"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry of an artist's append-only, hash-chained ledger. `decision` or `mandate` as the kind asks."""

    artist: ArtistId
    n: int  # gapless, from 1
    head: str  # hex of SHA-256(previous head || canonical bytes of the entry without its head)
    kind: EntryKind
    recorded_at: datetime  # the time that counts
    recorded_for: AccountId
    decision: Decision | None = None
    mandate: Mandate | None = None
    names: DecisionId | None = None  # the proposal that a co-signature or refusal is about
    words: str = ""


@dataclass(frozen=True, slots=True)
class EntryReceipt:
    """The signed receipt of one entry, as a compact JWS (docs/formats/receipt.md)."""

    artist: ArtistId
    n: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A decision with its place in the ledger: what the fold reads."""

    n: int
    at: datetime
    decision: Decision


def recordings(entries: Iterable[LedgerEntry]) -> tuple[Recording, ...]:
    """Decisions in force of being recorded, in ledger order: own ones, and proposals once co-signed."""
    proposed: dict[DecisionId, Decision] = {}
    applied = []
    for entry in sorted(entries, key=lambda e: e.n):
        if entry.kind is EntryKind.DECISION and entry.decision is not None:
            applied.append(Recording(entry.n, entry.recorded_at, entry.decision))
        elif entry.kind is EntryKind.PROPOSAL and entry.decision is not None:
            proposed[entry.decision.id] = entry.decision
        elif entry.kind is EntryKind.CO_SIGNATURE and entry.names in proposed:
            applied.append(Recording(entry.n, entry.recorded_at, proposed.pop(entry.names)))
    return tuple(applied)


def open_proposals(entries: Iterable[LedgerEntry]) -> tuple[Decision, ...]:
    """Proposals that the artist has neither signed nor declined, oldest first."""
    waiting: dict[DecisionId, Decision] = {}
    for entry in sorted(entries, key=lambda e: e.n):
        if entry.kind is EntryKind.PROPOSAL and entry.decision is not None:
            waiting[entry.decision.id] = entry.decision
        elif entry.kind in (EntryKind.CO_SIGNATURE, EntryKind.PROPOSAL_DECLINED) and entry.names:
            waiting.pop(entry.names, None)
    return tuple(waiting.values())


@dataclass(frozen=True, slots=True)
class ReleaseMembership:
    """A release that holds the work, and when."""

    release: ReleaseId
    track: ReleaseTrack


@dataclass(frozen=True, slots=True)
class Cell:
    """One work or person, one programme, one use. `subject` is a WORK or a PERSON."""

    subject: Subject
    programme: ProgrammeId | None  # None: a programme that nobody has named yet
    use: Use
    releases: tuple[ReleaseMembership, ...] = ()  # of the work, for answers given on a release

    def lies_in(self, register: Register, instant: datetime) -> bool:
        """Whether the register's scope contains this cell on the day of `instant`."""
        if register.programme is not None and register.programme != self.programme:
            return False
        if not register.use.covers(self.use):
            return False
        match register.subject.kind:
            case SubjectKind.ALL:
                return self.subject.kind is SubjectKind.WORK
            case SubjectKind.RELEASE:
                return any(
                    held.release == register.subject.id and held.track.period.contains(instant)
                    for held in self.releases
                )
            case SubjectKind.WORK | SubjectKind.PERSON:
                return register.subject == self.subject


class AnswerKind(Enum):
    """What an artist has said about one cell."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    ALLOWED = "allowed"
    REFUSED = "refused"
    UNDECIDED = "undecided"
    EXPIRED = "expired"
    TERMS_CHANGED = "terms_changed"
    CONDITIONS_UNMET = "conditions_unmet"


@dataclass(frozen=True, slots=True)
class Answer:
    """An artist's answer on one cell, and the decision it rests on."""

    kind: AnswerKind
    by: Decision | None = None
    recorded_at: datetime | None = None
    open_conditions: tuple[str, ...] = ()  # conditions that the context given could not test
    unmet: tuple[str, ...] = ()  # conditions that are not met


UNDECIDED = Answer(AnswerKind.UNDECIDED)

TERRITORY, WALLED_GARDEN, NO_STYLE_PROMPTS, MINIMUM_RATE = (
    "territory",
    "walled_garden_only",
    "no_style_prompts",
    "minimum_rate",
)


@dataclass(frozen=True, slots=True)
class Standings:
    """What the fold leaves on a cell: standing allows and covering refusals, each in ledger order."""

    allows: tuple[Recording, ...]
    refusals: tuple[Recording, ...]


def fold_cell(cell: Cell, said: Sequence[Recording], instant: datetime) -> Standings:
    """Fold one artist's decisions, given in ledger order, over one cell (PRODUCT, rule 3).

    A refusal holds over its whole scope and every allow inside falls, except those it keeps; an allow sets
    its cell whatever earlier refusals cover it; a clear empties its own register; nothing fallen comes back.
    Whether an allow lay inside a refusal of a release is judged on the day of the refusal; whether that
    refusal covers the cell, on the day asked about.
    """
    allows: list[Recording] = []
    refusals: list[Recording] = []
    for recording in said:
        decision = recording.decision
        match decision.stance:
            case Stance.CLEAR:
                allows = [a for a in allows if a.decision.register != decision.register]
                refusals = [r for r in refusals if r.decision.register != decision.register]
            case Stance.REFUSE:
                if cell.lies_in(decision.register, recording.at):
                    allows = [a for a in allows if a.decision.id in decision.keeps]
                refusals = [r for r in refusals if r.decision.register != decision.register]
                refusals.append(recording)
            case Stance.ALLOW:
                if cell.lies_in(decision.register, instant):
                    allows.append(recording)
    return Standings(tuple(allows), tuple(r for r in refusals if cell.lies_in(r.decision.register, instant)))


def begins_on(decision: Decision, terms: Mapping[TermsId, TermsVersion]) -> date | None:
    """The first day of an allow: its own, but not before the terms it agrees to take effect."""
    agreed = terms.get(decision.terms) if decision.terms is not None else None
    days = [day for day in (decision.conditions.since, agreed.effective_from if agreed else None) if day]
    return max(days) if days else None


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances in which a yes is tested."""

    instant: datetime
    terms: TermsVersion | None  # in effect for the programme at the instant
    known_terms: Mapping[TermsId, TermsVersion]
    territory: str | None = None


def answer_on(cell: Cell, said: Sequence[Recording], context: Context) -> Answer:
    """The artist's answer on one cell (PRODUCT, rules 3 to 5). `said` is in ledger order."""
    until_then = [r for r in said if r.at <= context.instant]
    left = fold_cell(cell, until_then, context.instant)
    day = context.instant.date()
    begun = [a for a in left.allows if (begins_on(a.decision, context.known_terms) or day) <= day]
    lapsed = UNDECIDED
    if begun:
        # A yes without a first day of its own begins when it is recorded: else one given today could never
        # follow one that has run out and named its first day.
        current = max(
            begun,
            key=lambda a: (max(begins_on(a.decision, context.known_terms) or date.min, a.at.date()), a.n),
        )
        lapsed = _tested(current, cell, context)
        if lapsed.kind is AnswerKind.ALLOWED:
            return lapsed
    if left.refusals:
        latest = left.refusals[-1]
        return Answer(AnswerKind.REFUSED, latest.decision, latest.at)
    return lapsed


def _tested(allow: Recording, cell: Cell, context: Context) -> Answer:
    """Whether an allow that has begun is in force (PRODUCT, rule 4)."""
    decision, asked = allow.decision, allow.decision.conditions
    if asked.until is not None and context.instant.date() > asked.until:
        return Answer(AnswerKind.EXPIRED, decision, allow.at)
    if context.terms is not None and decision.terms != context.terms.id:
        return Answer(AnswerKind.TERMS_CHANGED, decision, allow.at)
    still_open: list[str] = []
    unmet: list[str] = []
    if asked.territories is not None:
        if context.territory is None:
            still_open.append(TERRITORY)
        elif not asked.territories.covers(context.territory):
            unmet.append(TERRITORY)
    terms = context.terms
    if asked.walled_garden_only and not (terms and terms.walled_garden):
        unmet.append(WALLED_GARDEN)
    if asked.no_style_prompts and not (terms and terms.no_style_prompts):
        unmet.append(NO_STYLE_PROMPTS)
    if asked.minimum_rate is not None and not _pays(terms, cell.use, asked.minimum_rate, asked.rate_currency):
        unmet.append(MINIMUM_RATE)
    if unmet:
        return Answer(AnswerKind.CONDITIONS_UNMET, decision, allow.at, tuple(still_open), tuple(unmet))
    return Answer(AnswerKind.ALLOWED, decision, allow.at, tuple(still_open))


def _pays(terms: TermsVersion | None, use: Use, at_least: Decimal, currency: str) -> bool:
    return terms is not None and any(
        rate.use is use and rate.currency == currency and rate.amount >= at_least for rate in terms.rates
    )


# Of several answers that count as one, the most cautious first.
CAUTION: tuple[AnswerKind, ...] = (
    AnswerKind.REFUSED,
    AnswerKind.EXPIRED,
    AnswerKind.TERMS_CHANGED,
    AnswerKind.CONDITIONS_UNMET,
    AnswerKind.UNDECIDED,
    AnswerKind.ALLOWED,
)


_MOST_CAUTIOUS_FIRST = {kind: place for place, kind in enumerate(CAUTION)}


def most_cautious(answers: Iterable[Answer]) -> Answer:
    """What merged works, or several cells taken as one, come to. No answers at all: undecided."""
    return min(answers, key=lambda answer: _MOST_CAUTIOUS_FIRST[answer.kind], default=UNDECIDED)


def effective(register: Register, said: Iterable[Recording]) -> Decision | None:
    """The decision that a register shows: its last one, unless that was a clear."""
    last: Decision | None = None
    for recording in said:
        if recording.decision.register == register:
            last = recording.decision
    return None if last is None or last.stance is Stance.CLEAR else last


def show(shown: dict[Register, Decision], decision: Decision) -> None:
    """Bring what registers show up to one more decision, in ledger order."""
    if decision.stance is Stance.CLEAR:
        shown.pop(decision.register, None)
    else:
        shown[decision.register] = decision


def all_effective(said: Iterable[Recording]) -> dict[Register, Decision]:
    """What every register shows, as `effective` says of one."""
    shown: dict[Register, Decision] = {}
    for recording in said:
        show(shown, recording.decision)
    return shown


def scopes_meet(one: Register, other: Register, releases_share: bool = True) -> bool:
    """Whether two registers of one artist can have a cell in common (wider, narrower or equal).

    A release meets a work or another release when `releases_share`: whether it really holds the work is
    the caller's to say, and the cautious answer is yes.
    """
    if one.artist != other.artist:
        return False
    if one.programme is not None and other.programme is not None and one.programme != other.programme:
        return False
    return uses_meet(one.use, other.use) and _subjects_meet(one.subject, other.subject, releases_share)


def uses_meet(one: UseScope, other: UseScope) -> bool:
    """Whether two scopes have a use in common."""
    return not one.uses.isdisjoint(other.uses)


def _subjects_meet(one: Subject, other: Subject, releases_share: bool) -> bool:
    kinds = {one.kind, other.kind}
    if SubjectKind.PERSON in kinds:
        return one == other
    if one == other or SubjectKind.ALL in kinds:
        return True
    return SubjectKind.RELEASE in kinds and releases_share
