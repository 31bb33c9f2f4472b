"""One row per artist and work: where it is, what the permission comes to, what it earned (DESIGN, Works)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal

from .decisions import AnswerKind, Decision, Recording, ReleaseMembership
from .facts import FactBook
from .finding import Finding
from .finding_kinds import FindingKind
from .ids import ArtistId, ProgrammeId, WorkId
from .inclusion import InclusionStatement, Whereabouts, fold_statements, strongest
from .inclusion_states import GRADE_ORDER, REPORTED, InclusionState
from .outcomes import PermissionOutcome
from .parties import Standing
from .periods import as_known_on
from .permission import combine
from .permission_classes import OutcomeTable
from .programmes import Request
from .registers import Register, Stance, SubjectKind, UseScopeKind
from .uses import Right, Use, is_sensitive
from .work_kinds import WorkKind
from .work_rows import OwnStance, WorkSummary
from .works import Release, Work

NOON = time(12, tzinfo=UTC)
# A model that was trained on the work and is not said to have been made anew without it.
HOLDS = frozenset(
    {InclusionState.TRAINED, InclusionState.TRAINED_BEFORE_REFUSAL, InclusionState.REMOVAL_REFUSED}
)


# A no, whatever it can do.
REFUSING = frozenset(
    {
        PermissionOutcome.REFUSED,
        PermissionOutcome.REFUSED_UNCHECKED,
        PermissionOutcome.OBJECTED,
        PermissionOutcome.LICENSED_AGAINST_WISH,
    }
)
_DECIDED_ELSEWHERE = frozenset(
    {
        PermissionOutcome.OBJECTED,
        PermissionOutcome.LICENSED_AGAINST_WISH,
        PermissionOutcome.LICENSED_BY_OTHERS,
    }
)
_NEEDS_A_NEW_ANSWER = frozenset({AnswerKind.TERMS_CHANGED, AnswerKind.EXPIRED})

# "Listed publicly" is a state of its own and must not hide a stronger one.
_HAS_A_STATE = frozenset({FindingKind.LISTED_PUBLICLY})

AskedCell = tuple[ProgrammeId, Use]


def asked_cells(facts: FactBook, today: date) -> tuple[AskedCell, ...]:
    """Every programme that asks today with each of its uses, voice and likeness left out."""
    noon = datetime.combine(today, NOON)
    return tuple(
        (programme.id, use)
        for programme in sorted(facts.programmes.values(), key=lambda p: p.id)
        if programme.asks_artists and programme.period.contains(noon)
        for use in programme.uses
        if not is_sensitive(use)
    )


def summarise(
    artist: ArtistId,
    works: Iterable[Work],
    facts: FactBook,
    outcomes: OutcomeTable,
    inclusions: Mapping[WorkId, Iterable[InclusionStatement]],
    earned: Mapping[WorkId, tuple[tuple[str, Decimal], ...]],
    findings: Iterable[Finding],
    waiting_decisions: Iterable[Decision],
    today: date,
    requests: Iterable[Request] = (),
) -> tuple[WorkSummary, ...]:
    """One summary per work, in the order given.

    `outcomes` is a table over the same facts at the instant shown; `inclusions` and `earned` are by work
    (merged ids under the id that stays), `earned` for twelve months. `requests` are the asks that decide,
    beside new terms and proposals, which works need the artist.
    """
    view = _View(artist, facts, outcomes, findings, tuple(waiting_decisions), today, requests)
    return tuple(view.summary(work, inclusions, earned) for work in works)


class _View:
    """What all works of one artist have in common, looked up once."""

    def __init__(
        self,
        artist: ArtistId,
        facts: FactBook,
        outcomes: OutcomeTable,
        findings: Iterable[Finding],
        waiting: tuple[Decision, ...],
        today: date,
        requests: Iterable[Request],
    ) -> None:
        self.artist, self.facts, self.outcomes = artist, facts, outcomes
        known = facts.parties.get(artist)
        self.artist_name = known.name if known else ""
        self.cells = asked_cells(facts, today)
        self.finding: dict[WorkId, FindingKind] = {}
        for found in findings:
            if found.artist == artist and found.work is not None and found.kind not in _HAS_A_STATE:
                self.finding[found.work] = _graver(found.kind, self.finding.get(found.work))
        self.waiting = _Concerned(d.register for d in waiting if d.register.artist == artist)
        # A proposal about everything waits once, not once per work.
        proposals = [d.register for d in facts.proposals.get(artist, ())]
        self.proposed = _Concerned(r for r in proposals if r.subject.kind is not SubjectKind.ALL)
        self.asked = [r for r in requests if r.artist == artist and is_open(r, today)]
        self._index_answers()

    def _index_answers(self) -> None:
        self.own: defaultdict[str, list[Recording]] = defaultdict(list)  # recordings on single works
        self.wide: defaultdict[str, list[Recording]] = defaultdict(list)  # on releases; "" is everything
        for recording in self.facts.said.get(self.artist, ()):
            subject = recording.decision.register.subject
            if subject.kind is SubjectKind.WORK:
                self.own[subject.id].append(recording)
            elif subject.kind is not SubjectKind.PERSON:
                self.wide[subject.id].append(recording)
        self.refused_on = {
            id
            for id, said in self.wide.items()
            if any(decision.stance is Stance.REFUSE for decision in standing_answers(said))
        }

    def summary(
        self,
        work: Work,
        inclusions: Mapping[WorkId, Iterable[InclusionStatement]],
        earned: Mapping[WorkId, tuple[tuple[str, Decimal], ...]],
    ) -> WorkSummary:
        said = [recording for id in (work.id, *work.merged_ids) for recording in self.own.get(id, ())]
        found = self.outcomes.outcomes(self.artist, work.id, self.cells)
        results = dict(zip(self.cells, found, strict=True))
        own = own_stance(said, results)
        memberships = self.facts.memberships.get(work.id, ())
        judged = results.values() or self._refused_unasked(work, said, memberships)
        answers = {answer for answer, _ in judged}
        outcome = combine(frozenset(found for _, found in judged))
        release = self._release(memberships)
        followed = next((m.release for m in memberships if m.release in self.refused_on), None)
        places = fold_statements(as_known_on(inclusions.get(work.id, ())))
        where = strongest(places)
        there = [place.current for place in places if place.current.state is where]
        says = min(there, key=lambda s: (GRADE_ORDER.index(s.grade), s.id), default=None)
        follows = own is OwnStance.FOLLOW
        return WorkSummary(
            work=work.id,
            artist=self.artist,
            artist_name=self.artist_name,
            kind=work.kind,
            title=work.title,
            version=work.version,
            identifier=work.identifier,
            release=release.id if release else None,
            release_title=release.title if release else "",
            label=release.label if release else "",
            year=work.year or (release.released_on.year if release and release.released_on else None),
            where=where,
            models=_models_named(places, says.stated_by if says else ""),
            stated_by=says.stated_by if says else "",
            finding=self.finding.get(work.id),
            own=own,
            outcome=outcome,
            follows=self.facts.releases[followed].title if follows and followed else "",
            follows_default=follows and followed is None,
            decider=self._decider(work) if outcome in _DECIDED_ELSEWHERE else "",
            waiting=self.waiting.holds(work, memberships),
            needs_you=self._needs_answer(work, memberships, results),
            # A row of a public list is a listing, however sure it is: nobody has reported anything by it.
            reported=any(place.current.state in REPORTED and not place.is_listing for place in places),
            refused=outcome in REFUSING or answers == {AnswerKind.REFUSED},
            earned=earned.get(work.id, ()),
            changed_at=self._changed_at(said, memberships, places),
        )

    def _refused_unasked(
        self, work: Work, said: Iterable[Recording], memberships: tuple[ReleaseMembership, ...]
    ) -> tuple[tuple[AnswerKind, PermissionOutcome], ...]:
        """What a no comes to where no programme asks: it stands for those that come. Nothing without one."""
        said_no = "" in self.refused_on or any(m.release in self.refused_on for m in memberships)
        if not said_no and not any(d.stance is Stance.REFUSE for d in standing_answers(said)):
            return ()
        cells: list[tuple[ProgrammeId | None, Use]] = [(None, use) for use in Use if not is_sensitive(use)]
        return self.outcomes.outcomes(self.artist, work.id, cells)

    def _release(self, memberships: tuple[ReleaseMembership, ...]) -> Release | None:
        """The release a work is shown under: the first one it came out on."""
        held = [self.facts.releases[m.release] for m in memberships if m.release in self.facts.releases]
        return min(held, key=lambda r: (r.released_on or date.max, r.id), default=None)

    def _decider(self, work: Work) -> str:
        """Who controls what the artist does not."""
        carriers = (work.id, *work.compositions)
        right = Right.MASTER if work.kind is WorkKind.RECORDING else Right.COMPOSITION
        holders = [row for row in self.facts.stakeholders.get(work.id, ()) if row.right is right]
        deciding = [row.party for row in holders if row.standing is Standing.CONTROLS]
        licensing = [row.licensor for id in carriers for row in self.facts.controls.get(WorkId(id), ())]
        for party in (*deciding, *licensing):
            if party != self.artist and party in self.facts.parties:
                return self.facts.parties[party].name
        return ""

    def _needs_answer(
        self,
        work: Work,
        memberships: tuple[ReleaseMembership, ...],
        results: Mapping[AskedCell, tuple[AnswerKind, PermissionOutcome]],
    ) -> bool:
        if any(answer in _NEEDS_A_NEW_ANSWER for answer, _ in results.values()):
            return True
        if self.proposed.holds(work, memberships):
            return True
        return any(
            self.outcomes.outcome(self.artist, work.id, request.programme, use)[0] is AnswerKind.UNDECIDED
            for request in self.asked
            if not request.works or work.id in request.works
            for use in request.uses
            if not is_sensitive(use)
        )

    def _changed_at(
        self,
        said: list[Recording],
        memberships: tuple[ReleaseMembership, ...],
        places: tuple[Whereabouts, ...],
    ) -> datetime | None:
        times = [recording.at for recording in said]
        times += [r.at for m in memberships for r in self.wide.get(m.release, ())]
        times += [r.at for r in self.wide.get("", ())]
        times += [statement.recorded.at for place in places for statement in place.history]
        return max(times, default=None)


def _models_named(places: Iterable[Whereabouts], who: str) -> int:
    """How many models whoever is named says it is in: nobody is made to say what others say."""
    said = (place.current for place in places)
    return len({s.model for s in said if s.model and s.state in HOLDS and s.stated_by == who})


def _graver(one: FindingKind, other: FindingKind | None) -> FindingKind:
    order = tuple(FindingKind)
    return one if other is None or order.index(one) < order.index(other) else other


def is_open(request: Request, today: date) -> bool:
    """Whether a request can still be answered in time."""
    return request.answer_by is None or today <= request.answer_by


def standing_answers(said: Iterable[Recording]) -> tuple[Decision, ...]:
    """The last decision of each register, those that were cleared left out. `said` is in ledger order."""
    last = {recording.decision.register: recording.decision for recording in said}
    return tuple(decision for decision in last.values() if decision.stance is not Stance.CLEAR)


def own_stance(
    said: Iterable[Recording], results: Mapping[AskedCell, tuple[AnswerKind, PermissionOutcome]]
) -> OwnStance:
    """What the control of a whole work shows, from the decisions made on that very work.

    Refuse: one refusal for every programme and use, and no yes beside it. Allow: a yes of its own on every
    cell that is asked about. Anything between is mixed; a yes that a wider no ended counts no more.
    """
    standing = standing_answers(said)
    refusals = [d for d in standing if d.stance is Stance.REFUSE]
    allowed = {
        (d.register.programme, d.register.use.name)
        for d in standing
        if d.stance is Stance.ALLOW and _still_stands(d, results)
    }
    if any(d.register.programme is None and d.register.use.kind is UseScopeKind.ANY for d in refusals):
        return OwnStance.MIXED if allowed else OwnStance.REFUSE
    if refusals:
        return OwnStance.MIXED
    if not allowed:
        return OwnStance.FOLLOW
    asked = {(programme, use.value) for programme, use in results}
    return OwnStance.ALLOW if asked and asked <= allowed else OwnStance.MIXED


def _still_stands(allow: Decision, results: Mapping[AskedCell, tuple[AnswerKind, PermissionOutcome]]) -> bool:
    if allow.register.programme is None or allow.register.use.kind is not UseScopeKind.KEY:
        return False  # not a cell: no such allow is ever recorded
    found = results.get((allow.register.programme, Use(allow.register.use.name)))
    if found is None:
        return True  # about a use that nobody asks for now: nothing shown speaks against it
    return found[0] not in (AnswerKind.REFUSED, AnswerKind.UNDECIDED)


class _Concerned:
    """Which works a number of registers are about: looked up, however many registers there are."""

    def __init__(self, registers: Iterable[Register]) -> None:
        self._ids: defaultdict[SubjectKind, set[str]] = defaultdict(set)
        for register in registers:
            self._ids[register.subject.kind].add(register.subject.id)

    def holds(self, work: Work, memberships: Iterable[ReleaseMembership]) -> bool:
        """What is said about a person is about no work."""
        if self._ids[SubjectKind.ALL]:
            return True
        works, releases = self._ids[SubjectKind.WORK], self._ids[SubjectKind.RELEASE]
        return any(id in works for id in (work.id, *work.merged_ids)) or any(
            m.release in releases for m in memberships
        )
