"""What becomes of a decision that arrives: PROTOCOL, rules 3 to 6, and PRODUCT, rules 1 and 9. Pure.

Authority is judged as of now; a conflict by identity, never by a clock. An authorised refusal always applies;
an allow or a clear applies only if nothing that its author had not seen stands against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from artist_console.domain.decisions import (
    AnswerKind,
    Cell,
    Context,
    Decision,
    Outcome,
    Pin,
    Recording,
    ReleaseMembership,
    answer_on,
    scopes_meet,
    show,
)
from artist_console.domain.ids import AccountId, DecisionId, ProgrammeId
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import (
    UNCONDITIONAL,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
    is_allow_like,
    is_possible_rate,
)
from artist_console.domain.unauthorised import TOLD_FOR
from artist_console.domain.uses import Family, Use, is_sensitive, uses_of
from artist_console.domain.works import Release

APPLIED = frozenset({Outcome.ACCEPTED, Outcome.ACCEPTED_OVER})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one decision, why, and the decision that stands against it where one does."""

    outcome: Outcome
    words: str = ""
    against: DecisionId | None = None
    mandate: Mandate | None = None  # under which it applies or is proposed
    tells_artist: bool = False  # its sender acted for the artist not long ago, so the artist may want it


class Said:
    """What one ledger says, in its order, with what the judgement asks of it again and again."""

    def __init__(self, recordings: Sequence[Recording] = ()) -> None:
        self.recordings: tuple[Recording, ...] = tuple(recordings)
        self.effective: dict[Register, Decision] = {}  # what each register shows
        self.refusals: list[Recording] = []
        for recording in recordings:
            self._take(recording)

    def and_then(self, more: Sequence[Recording]) -> Said:
        """With recordings that follow; what was said before is not gone through again."""
        said = Said()
        said.recordings = (*self.recordings, *more)
        said.effective = self.effective.copy()
        said.refusals = self.refusals.copy()
        for recording in more:
            said._take(recording)
        return said

    def _take(self, recording: Recording) -> None:
        show(self.effective, recording.decision)
        if recording.decision.stance is Stance.REFUSE:
            self.refusals.append(recording)


@dataclass(frozen=True)
class Sight:
    """What the backend knows of one artist at the moment when decisions arrive."""

    account: AccountId
    is_artist: bool
    mandates: tuple[Mandate, ...]  # of this account for this artist, in force or not
    artist_accounts: frozenset[AccountId]
    said: Said
    co_signed: frozenset[DecisionId]  # proposals that the artist made their own
    now: datetime
    from_stream: Callable[[DecisionId], bool]  # whether this stream brought it: its author has seen it
    holds_pin: Callable[[Pin], bool]
    terms_of: Callable[[ProgrammeId], tuple[TermsVersion, ...]]
    answers_for: Callable[[Subject], bool]  # whether the work or person is the artist's to answer for
    release: Callable[[str], Release | None]
    home: Callable[[str], str] = field(default=lambda work: work)  # a merged work's present id

    @cached_property
    def own_refusals(self) -> dict[Register, Recording]:
        """What the artist refused and did not take back, also where a mandate holder refused again since."""
        standing: dict[Register, Recording] = {}
        for recording in self.said.recordings:
            decision = recording.decision
            if decision.stance is Stance.CLEAR:
                standing.pop(decision.register, None)
            elif decision.stance is Stance.REFUSE and self._is_the_artists(decision):
                standing[decision.register] = recording
        return standing

    def _is_the_artists(self, decision: Decision) -> bool:
        return decision.made_by in self.artist_accounts or decision.id in self.co_signed

    def meet(self, one: Register, other: Register) -> bool:
        """Whether two registers can have a cell in common, with merged works taken as one."""
        one, other = self.at_home(one), self.at_home(other)
        return scopes_meet(one, other, self._share_a_work(one.subject, other.subject))

    def at_home(self, register: Register) -> Register:
        if register.subject.kind is not SubjectKind.WORK:
            return register
        return replace(register, subject=Subject(SubjectKind.WORK, self.home(register.subject.id)))

    def _share_a_work(self, one: Subject, other: Subject) -> bool:
        held, holds = self._works_in(one), self._works_in(other)
        return held is None or holds is None or bool(held & holds)

    def _works_in(self, subject: Subject) -> frozenset[str] | None:
        """None: not known, which is taken as everything."""
        match subject.kind:
            case SubjectKind.WORK:
                return frozenset({self.home(subject.id)})
            case SubjectKind.RELEASE:
                release = self.release(subject.id)
                return None if release is None else frozenset(self.home(t.work) for t in release.tracks)
        return None

    def cell(self, register: Register) -> Cell:
        """The cell of an allow, with the releases that anything said names."""
        subject = self.at_home(register).subject
        named = {
            r.decision.register.subject.id
            for r in self.said.recordings
            if r.decision.register.subject.kind is SubjectKind.RELEASE
        }
        releases = [release for id in sorted(named) if (release := self.release(id)) is not None]
        held = tuple(
            ReleaseMembership(release.id, track)
            for release in releases
            for track in release.tracks
            if self.home(track.work) == subject.id
        )
        return Cell(subject, register.programme, Use(register.use.name), held)


# -- form


def fault_of(decision: Decision) -> str | None:
    """Why this is no decision at all, as a sentence; None where its form is sound."""
    register, subject = decision.register, decision.register.subject
    use_fault = _use_fault(register.use)
    if use_fault is not None:
        return use_fault
    if (subject.kind is SubjectKind.ALL) != (subject.id == ""):
        return "The subject of the decision and its id do not fit."
    if decision.made_at.tzinfo is None:
        return "The time of the decision has no time zone."
    if not decision.id or not decision.act or not register.artist:
        return "The decision lacks an id."
    if decision.stance is not Stance.ALLOW and (decision.conditions != UNCONDITIONAL or decision.terms):
        return "Only a yes has conditions or terms."
    if decision.stance is not Stance.REFUSE and decision.keeps:
        return "Only a refusal keeps narrower answers."
    rate = decision.conditions.minimum_rate
    if rate is not None and not is_possible_rate(rate):
        return "The lowest rate is not an amount."
    return None


_KNOWN_NAMES = {
    UseScopeKind.KEY: frozenset(u.value for u in Use),
    UseScopeKind.FAMILY: frozenset(f.value for f in Family),
    UseScopeKind.ANY: frozenset({""}),
}


def _use_fault(use: UseScope) -> str | None:
    known = use.name in _KNOWN_NAMES[use.kind]
    return None if known else "The decision names a use that is not known here."


def fault_of_act(decisions: Sequence[Decision]) -> str | None:
    """Why decisions cannot be one act, as a sentence."""
    if len({d.register.artist for d in decisions}) > 1:
        return "An act belongs to one artist; this one names several."
    if len({is_allow_like(d.stance) for d in decisions}) > 1:
        return "Refusals never share an act with other answers."
    if len({d.id for d in decisions}) < len(decisions):
        return "The same decision stands twice in an act."
    return next((fault for d in decisions if (fault := fault_of(d)) is not None), None)


# -- judgement

# One outcome for a whole act: the first of these that any of its items has.
_WEIGHT = (
    Outcome.NOT_AUTHORISED,
    Outcome.CONFLICT,
    Outcome.PROPOSED,
    Outcome.ACCEPTED_OVER,
    Outcome.ACCEPTED,
)


def judge_act(sight: Sight, decisions: Sequence[Decision]) -> tuple[Verdict, ...]:
    """One verdict for each decision of an act, in order; all have the same outcome."""
    shown = dict(sight.said.effective)
    single: list[Verdict] = []
    for decision in decisions:
        single.append(_judge(sight, decision, shown, len(decisions)))
        show(shown, decision)
    outcome = next(o for o in _WEIGHT if any(v.outcome is o for v in single))
    return tuple(_as_part(verdict, outcome, single) for verdict in single)


def _as_part(verdict: Verdict, outcome: Outcome, all_of_act: Sequence[Verdict]) -> Verdict:
    if verdict.outcome is outcome:
        return verdict
    if outcome in APPLIED:
        return replace(verdict, outcome=outcome)
    count = Counter(v.outcome for v in all_of_act)[outcome]
    others = "another answer" if count == 1 else f"{count} other answers"
    if outcome is Outcome.PROPOSED:
        return replace(
            verdict, outcome=outcome, words=f"Waits for the artist together with {others} given with it."
        )
    return Verdict(outcome, f"Not applied, because {others} given with it could not be; it can go by itself.")


def _judge(sight: Sight, decision: Decision, shown: dict[Register, Decision], of: int) -> Verdict:
    authority = _authority(sight, decision)
    if isinstance(authority, Verdict):
        return authority
    if decision.stance is Stance.ALLOW:
        reason = _allow_fault(sight, decision, of)
        if reason is not None:
            return Verdict(Outcome.NOT_AUTHORISED, reason)
    against = _conflict(sight, decision, shown) if is_allow_like(decision.stance) else None
    if against is not None:
        return against
    if authority is not None:
        reason = _needs_artist(sight, decision, authority)
        if reason is not None:
            return Verdict(Outcome.PROPOSED, reason, mandate=authority)
    if decision.stance is Stance.REFUSE and _is_stale(decision, shown):
        words = "Applied over an answer that had changed since it was seen on the device."
        return Verdict(Outcome.ACCEPTED_OVER, words, mandate=authority)
    return Verdict(Outcome.ACCEPTED, mandate=authority)


def _authority(sight: Sight, decision: Decision) -> Mandate | Verdict | None:
    """The mandate that a decision rests on; None where the artist decides; a verdict where nobody may."""
    if decision.made_by != sight.account:
        return Verdict(Outcome.NOT_AUTHORISED, "It was made under another account than the one that sent it.")
    if sight.is_artist:
        return None
    named = [m for m in sight.mandates if decision.mandate in (None, m.id)]
    held = [m for m in named if m.may(Power.DECIDE, sight.now) or m.may(Power.PROPOSE, sight.now)]
    if not held:
        words = "No mandate that lets this account answer for the artist is in force."
        return Verdict(Outcome.NOT_AUTHORISED, words, tells_artist=_acted_lately(sight))
    within = [m for m in held if _is_within(m, decision.register)]
    if not within:
        words = "The mandate does not reach this far: it is limited to certain programmes or uses."
        return Verdict(Outcome.NOT_AUTHORISED, words, tells_artist=True)
    return max(within, key=lambda m: (Power.DECIDE in m.powers, m.voice_waived))


def _acted_lately(sight: Sight) -> bool:
    """Whether this account could decide or propose for the artist not long ago."""
    return any(
        (Power.DECIDE in m.powers or Power.PROPOSE in m.powers)
        and (sight.now - (m.ended_at or sight.now)) <= TOLD_FOR
        for m in sight.mandates
    )


def _is_within(mandate: Mandate, register: Register) -> bool:
    if mandate.programmes and register.programme not in mandate.programmes:
        return False
    if not mandate.uses:
        return True
    match register.use.kind:
        case UseScopeKind.KEY:
            return Use(register.use.name) in mandate.uses
        case UseScopeKind.FAMILY:
            return set(uses_of(Family(register.use.name))) <= set(mandate.uses)
        case UseScopeKind.ANY:
            return False  # covers uses that come later, which no list of uses does


def _allow_fault(sight: Sight, decision: Decision, of: int) -> str | None:
    """PRODUCT, rule 1: a yes is about one cell and the terms that its author read."""
    register = decision.register
    if register.subject.kind not in (SubjectKind.WORK, SubjectKind.PERSON):
        return "A yes is about one work or one person."
    if register.programme is None:
        return "A yes names the programme it is given to."
    if register.use.kind is not UseScopeKind.KEY:
        return "A yes names one use."
    if of > 1 and is_sensitive(Use(register.use.name)):
        return "A yes to the use of voice, name or image is given one by one."
    if not sight.answers_for(register.subject):
        return "This work or person is not known here as one that the artist answers for."
    terms = next((t for t in _open_terms(sight, register.programme) if t.id == decision.terms), None)
    if terms is None:
        return "The terms it agrees to are neither in effect nor announced."
    if terms.text_sha256 != decision.terms_sha256:
        return "The text of the terms is not the one that was agreed to."
    return None


def _open_terms(sight: Sight, programme: ProgrammeId) -> Iterable[TermsVersion]:
    """Terms that can be agreed to: those in effect, and announced ones to come."""
    today = sight.now.date()
    known = sorted(sight.terms_of(programme), key=lambda t: (t.effective_from, t.number))
    begun = [t for t in known if t.effective_from <= today]
    coming = [t for t in known if t.effective_from > today and t.announced_on <= today]
    return (*begun[-1:], *coming)


def _is_stale(decision: Decision, shown: dict[Register, Decision]) -> bool:
    effective = shown.get(decision.register)
    return decision.base != (effective.id if effective is not None else None)


def _conflict(sight: Sight, decision: Decision, shown: dict[Register, Decision]) -> Verdict | None:
    seen = decision.seen.n if sight.holds_pin(decision.seen) else 0
    for recording in sight.said.refusals:
        refusal = recording.decision
        if (
            recording.n > seen
            and sight.meet(decision.register, refusal.register)
            and not sight.from_stream(refusal.id)
        ):
            words = "A refusal that had not been seen on this device stands against it."
            return Verdict(Outcome.CONFLICT, words, refusal.id)
    if _is_stale(decision, shown):
        effective = shown.get(decision.register)
        words = "The answer it was to replace has changed since it was seen on this device."
        return Verdict(Outcome.CONFLICT, words, effective.id if effective is not None else None)
    return None


def _needs_artist(sight: Sight, decision: Decision, mandate: Mandate) -> str | None:
    """Why a mandate holder's decision is only proposed."""
    if Power.DECIDE not in mandate.powers:
        return "The mandate lets its holder propose; the artist decides."
    if _is_personal(decision.register) and not mandate.voice_waived:
        return "Voice, name and image need the artist's own answer."
    if is_allow_like(decision.stance) and _touches_own_refusal(sight, decision):
        return "It would change what the artist refused; the artist has to agree."
    return None


def _is_personal(register: Register) -> bool:
    """Whether it is about voice and likeness, rather than about everything and so about them too."""
    match register.use.kind:
        case UseScopeKind.KEY:
            personal = is_sensitive(Use(register.use.name))
        case UseScopeKind.FAMILY:
            personal = any(is_sensitive(use) for use in uses_of(Family(register.use.name)))
        case UseScopeKind.ANY:
            personal = False
    return personal or register.subject.kind is SubjectKind.PERSON


def _touches_own_refusal(sight: Sight, decision: Decision) -> bool:
    if decision.stance is Stance.CLEAR:
        return decision.register in sight.own_refusals
    cell = sight.cell(decision.register)
    covering = [
        r for r in sight.own_refusals.values() if cell.lies_in(sight.at_home(r.decision.register), sight.now)
    ]
    if not covering:
        return False
    versions = sight.terms_of(decision.register.programme) if decision.register.programme else ()
    begun = [t for t in versions if t.effective_from <= sight.now.date()]
    current = max(begun, key=lambda t: (t.effective_from, t.number), default=None)
    context = Context(sight.now, current, {t.id: t for t in versions})
    # Where a yes in force stands on the cell, that decides it, not the refusal it was made in sight of.
    return answer_on(cell, sight.said.recordings, context).kind is not AnswerKind.ALLOWED
