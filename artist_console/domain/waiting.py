"""What waits for a person: requests, conflicts, new terms, proposals, findings and ends that come near.

DESIGN, Overview, "Waiting for you". Every deadline says what silence means there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from .case_waiting import waits
from .cases import Case
from .decisions import AnswerKind, Decision, Recording
from .facts import FactBook
from .finding import Finding
from .finding_kinds import FindingKind
from .ids import ActId, ArtistId, DecisionId, PartyId, ProgrammeId, ReleaseId, WorkId
from .inclusion import InclusionStatement, fold_statements
from .mandates import Mandate
from .periods import as_known_on
from .permission_classes import OutcomeTable
from .phrases import Sentence, day_in_words, period_in_words, say
from .programmes import Request, Silence, TermsVersion
from .registers import ALL_MY_WORKS, Stance, Subject, SubjectKind, UseScopeKind
from .removal_steps import WAITS, RemovalMark, by_case, case_id, progress
from .statements import CheckResult, Statement
from .summaries import NOON, is_open
from .unauthorised import Unauthorised, still_open
from .uses import Use

ENDS_SOON_DAYS = 60
# Findings that are shown elsewhere: a listing with its work, the others as items of their own kind.
_SHOWN_ELSEWHERE = frozenset(
    {FindingKind.LISTED_PUBLICLY, FindingKind.REMOVAL_OVERDUE, FindingKind.MANDATE_ENDS}
)
_STATEMENT_DAYS = 92  # an older statement that nobody asked about waits no more


class WaitingKind(Enum):
    REQUEST = "request"
    CONFLICT = "conflict"
    NEW_TERMS = "new_terms"
    PROPOSAL = "proposal"
    FINDING = "finding"
    REMOVAL_UNCONFIRMED = "removal_unconfirmed"
    STATEMENT_CHECK = "statement_check"
    MANDATE_ENDS = "mandate_ends"
    EXPIRING = "expiring"
    UNAUTHORISED = "unauthorised"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One thing that waits. `target` is the id of what it leads to: request, decision, terms, finding ..."""

    kind: WaitingKind
    artist: ArtistId
    work: WorkId | None
    programme: ProgrammeId | None
    title: Sentence
    detail: Sentence
    since: date
    deadline: date | None
    silence: Silence | None
    target: str


def waiting(
    artists: Iterable[ArtistId],
    facts: FactBook,
    outcomes: OutcomeTable,
    requests: Iterable[Request],
    conflicts: Iterable[Decision],
    findings: Iterable[Finding],
    inclusions: Iterable[InclusionStatement],
    checks: Iterable[tuple[Statement, CheckResult]],
    mandates: Iterable[Mandate],
    today: date,
    let_end: frozenset[DecisionId] = frozenset(),
    unauthorised: Iterable[Unauthorised] = (),
    marks: Iterable[RemovalMark] = (),
    cases: Iterable[Case] = (),
) -> tuple[WaitingItem, ...]:
    """Everything that waits for these artists, oldest deadline first; what has no deadline comes after.

    `let_end`: answers with a last day of which somebody said that they may run out. `marks`: what was
    noted of removals.
    """
    mine = frozenset(artists)
    items = [
        *(
            _request(r, facts)
            for r in requests
            if r.artist in mine and _is_unanswered(r, outcomes, facts, today)
        ),
        *(_conflict(d, facts) for d in conflicts if d.register.artist in mine),
        *(item for artist in sorted(mine) for item in _answers(artist, facts, today, let_end)),
        *(item for artist in sorted(mine) for item in _proposals(artist, facts)),
        *(_finding(f) for f in findings if f.artist in mine and not _only_informs(f)),
        *_removals(mine, facts, inclusions, by_case(marks), today),
        *_unauthorised(mine, facts, unauthorised),
        *_statements(mine, checks, today),
        *_mandates(mine, facts, mandates, today),
        *_cases(mine, cases, today),
    ]
    return tuple(sorted(items, key=lambda i: (i.deadline or date.max, i.since, i.kind.value, i.target)))


def _is_unanswered(request: Request, outcomes: OutcomeTable, facts: FactBook, today: date) -> bool:
    """Whether some cell that is asked about, in time, has no answer."""
    if not is_open(request, today):
        return False
    works = request.works or tuple(w.id for w in facts.works.values() if request.artist in w.artists)
    return any(
        outcomes.outcome(request.artist, work, request.programme, use)[0] is AnswerKind.UNDECIDED
        for work in works
        for use in request.uses
    )


def _request(request: Request, facts: FactBook) -> WaitingItem:
    asker = _party(request.asked_by, facts)
    only = request.works[0] if len(request.works) == 1 else None
    if only is not None:
        title = say("{who} asks about {work}", who=asker, work=_title(only, facts))
    elif request.works:
        title = say("{who} asks about {n} works", who=asker, n=str(len(request.works)))
    else:
        title = say("{who} asks about all your music", who=asker)
    programme = _programme(request.programme, facts)
    detail = (
        say("{programme}, answer by {date}", programme=programme, date=day_in_words(request.answer_by))
        if request.answer_by
        else say("{programme}, no date to answer by", programme=programme)
    )
    return WaitingItem(
        WaitingKind.REQUEST, request.artist, only, request.programme, title, detail,
        request.asked_at.date(), request.answer_by, request.silence_means, request.id,
    )  # fmt: skip


def _conflict(decision: Decision, facts: FactBook) -> WaitingItem:
    register = decision.register
    work = WorkId(register.subject.id) if register.subject.kind is SubjectKind.WORK else None
    return WaitingItem(
        WaitingKind.CONFLICT, register.artist, work, register.programme,
        say("Two answers for {what}", what=_subject(decision, facts)),
        say("Somebody else answered first. Choose which answer counts; a no counts until then."),
        decision.made_at.date(), None, None, decision.id,
    )  # fmt: skip


def _answers(
    artist: ArtistId, facts: FactBook, today: date, let_end: frozenset[DecisionId]
) -> Iterator[WaitingItem]:
    """New terms over an artist's yes, one item per programme; and answers with an end, one per last day."""
    under: defaultdict[TermsVersion, list[Decision]] = defaultdict(list)
    ending: defaultdict[tuple[ProgrammeId | None, date], list[Decision]] = defaultdict(list)
    for decision in standing_yeses(artist, facts):
        until = decision.conditions.until
        if until is not None and until <= today + timedelta(days=ENDS_SOON_DAYS):
            if decision.id not in let_end:
                ending[decision.register.programme, until].append(decision)
            if until < today:
                continue  # what has ended is not asked again about new terms
        coming = _coming_terms(decision, facts, today)
        if coming is not None:
            under[coming].append(decision)
    for terms, decisions in under.items():
        yield _new_terms(artist, terms, decisions, facts, today)
    for (programme, until), decisions in ending.items():
        yield _ending(artist, programme, until, decisions, facts, today)


def _ending(
    artist: ArtistId,
    programme: ProgrammeId | None,
    until: date,
    decisions: list[Decision],
    facts: FactBook,
    today: date,
) -> WaitingItem:
    """A yes with a last day: before that day it has a deadline; afterwards it waits until it is answered."""
    ended = until < today
    title = "Your yes has ended: {what}" if ended else "Your yes ends: {what}"
    return WaitingItem(
        WaitingKind.EXPIRING, artist, _only_work(decisions), programme,
        say(title, what=_works(decisions, facts)),
        say("{programme}, until {date}", programme=_programme(programme, facts), date=day_in_words(until)),
        until + timedelta(days=1) if ended else until - timedelta(days=ENDS_SOON_DAYS),
        None if ended else until, Silence.NOTHING_ALLOWED, decisions[0].id,
    )  # fmt: skip


def concerned_by(artist: ArtistId, terms: TermsVersion, facts: FactBook, today: date) -> tuple[Decision, ...]:
    """The artist's yeses that these terms ask about again: still standing, and for other terms of theirs."""
    return tuple(
        decision
        for decision in standing_yeses(artist, facts)
        if decision.register.programme == terms.programme
        and decision.terms != terms.id
        and (decision.conditions.until is None or decision.conditions.until >= today)
    )


def ending_with(decision: Decision, facts: FactBook) -> tuple[Decision, ...]:
    """The yeses that wait together with this one: of the same programme, with the same last day."""
    return tuple(
        each
        for each in standing_yeses(decision.register.artist, facts)
        if each.register.programme == decision.register.programme
        and each.conditions.until == decision.conditions.until
    )


def standing_yeses(artist: ArtistId, facts: FactBook) -> tuple[Decision, ...]:
    """The last yes of each register, without those that a later, wider refusal ended."""
    said = facts.said.get(artist, ())
    last = {recording.decision.register: recording for recording in said}
    refusals = _Refusals(said)
    return tuple(
        recording.decision
        for recording in last.values()
        if recording.decision.stance is Stance.ALLOW and not refusals.ended(recording, facts)
    )


class _Refusals:
    """An artist's refusals by what they are about, so that a yes asks only those that can reach it."""

    def __init__(self, said: Iterable[Recording]) -> None:
        self._about: defaultdict[Subject, list[Recording]] = defaultdict(list)
        for recording in said:
            if recording.decision.stance is Stance.REFUSE:
                self._about[recording.decision.register.subject].append(recording)

    def ended(self, allow: Recording, facts: FactBook) -> bool:
        """Whether a refusal that came after a yes covers it and did not keep it."""
        subject = allow.decision.register.subject
        about = [subject]
        if subject.kind is SubjectKind.WORK:
            held = facts.memberships.get(WorkId(subject.id), ())
            about += [ALL_MY_WORKS, *(Subject(SubjectKind.RELEASE, each.release) for each in held)]
        return any(
            refusal.n > allow.n
            and allow.decision.id not in refusal.decision.keeps
            and _reaches(refusal.decision, allow.decision)
            for each in about
            for refusal in self._about.get(each, ())
        )


def _reaches(refusal: Decision, allow: Decision) -> bool:
    """Whether programme and use of a yes lie in those of a refusal."""
    wide, narrow = refusal.register, allow.register
    if wide.programme is not None and wide.programme != narrow.programme:
        return False
    return narrow.use.kind is not UseScopeKind.KEY or wide.use.covers(Use(narrow.use.name))


def _coming_terms(decision: Decision, facts: FactBook, today: date) -> TermsVersion | None:
    """The newest announced terms of the programme, where they are not those that were agreed to."""
    if decision.register.programme is None:
        return None
    announced = [v for v in facts.versions.get(decision.register.programme, ()) if v.announced_on <= today]
    newest = announced[-1] if announced else None
    return newest if newest is not None and newest.id != decision.terms else None


def _new_terms(
    artist: ArtistId, terms: TermsVersion, decisions: list[Decision], facts: FactBook, today: date
) -> WaitingItem:
    """Terms in force have no deadline any more: nothing is allowed until they are answered."""
    coming = terms.effective_from > today
    detail = (
        "Version {number} takes effect on {date}. It concerns your yes for {what}."
        if coming
        else "Version {number} has been in force since {date}. It concerns your yes for {what}."
    )
    return WaitingItem(
        WaitingKind.NEW_TERMS, artist, _only_work(decisions), terms.programme,
        say("New terms: {programme}", programme=_programme(terms.programme, facts)),
        say(
            detail, number=str(terms.number),
            date=day_in_words(terms.effective_from), what=_works(decisions, facts),
        ),
        terms.announced_on, terms.effective_from if coming else None, Silence.NOTHING_ALLOWED, terms.id,
    )  # fmt: skip


def _proposals(artist: ArtistId, facts: FactBook) -> Iterator[WaitingItem]:
    """One item per act; it leads to the first proposal of it."""
    acts: defaultdict[ActId, list[Decision]] = defaultdict(list)
    for decision in facts.proposals.get(artist, ()):
        acts[decision.act].append(decision)
    template = {
        Stance.ALLOW: "Proposed: allow {what}",
        Stance.REFUSE: "Proposed: refuse {what}",
        Stance.CLEAR: "Proposed: take back the answer for {what}",
    }
    for decisions in acts.values():
        first = decisions[0]
        programmes = {decision.register.programme for decision in decisions}
        detail = (
            "It changes nothing until {artist} signs it."
            if len(decisions) == 1
            else "{n} answers. They change nothing until {artist} signs them."
        )
        yield WaitingItem(
            WaitingKind.PROPOSAL, artist, _only_work(decisions),
            first.register.programme if len(programmes) == 1 else None,
            say(template[first.stance], what=_works(decisions, facts)),
            say(detail, artist=_party(artist, facts), n=str(len(decisions))),
            first.made_at.date(), None, Silence.NOTHING_ALLOWED, first.id,
        )  # fmt: skip


def _unauthorised(
    mine: frozenset[ArtistId], facts: FactBook, told: Iterable[Unauthorised]
) -> Iterator[WaitingItem]:
    """One item per act that came without a mandate; it leads to the first decision of it."""
    acts: defaultdict[ActId, list[Unauthorised]] = defaultdict(list)
    for each in told:
        if each.artist in mine and still_open(each, facts.said.get(each.artist, ())):
            acts[each.decision.act].append(each)
    for together in acts.values():
        first = together[0]
        decisions = [each.decision for each in together]
        programmes = {decision.register.programme for decision in decisions}
        yield WaitingItem(
            WaitingKind.UNAUTHORISED, first.artist, _only_work(decisions),
            first.decision.register.programme if len(programmes) == 1 else None,
            say(
                "{who} answered without a mandate: {what}",
                who=first.sent_by or "Somebody", what=_works(decisions, facts),
            ),
            say("It does not apply. You can make it your own, or leave it."),
            first.received_at.date(), None, Silence.NOTHING_ALLOWED, first.id,
        )  # fmt: skip


def _only_informs(finding: Finding) -> bool:
    """Whether nobody has to do anything: what others licensed waits only while one can still object."""
    if finding.kind is FindingKind.LICENSED_BY_OTHERS:
        return finding.deadline is None
    return finding.kind in _SHOWN_ELSEWHERE


def _finding(finding: Finding) -> WaitingItem:
    return WaitingItem(
        WaitingKind.FINDING, finding.artist, finding.work, finding.programme, finding.title, finding.words[0],
        finding.since, finding.deadline, finding.silence, finding.id,
    )  # fmt: skip


def _removals(
    mine: frozenset[ArtistId],
    facts: FactBook,
    inclusions: Iterable[InclusionStatement],
    marks: Mapping[str, tuple[RemovalMark, ...]],
    today: date,
) -> Iterator[WaitingItem]:
    """What was asked for, as it is stated or as the person noted, and is not confirmed."""
    for place in fold_statements(as_known_on(inclusions)):
        said = place.current
        work = facts.works.get(said.work)
        if work is None or place.is_listing:
            continue
        for artist in work.artists:
            id = case_id(artist, work.id, said)
            found = progress(id, artist, place, marks.get(id, ())) if artist in mine else None
            if found is None or found.step not in WAITS or found.asked_on is None:
                continue
            yield WaitingItem(
                WaitingKind.REMOVAL_UNCONFIRMED, artist, work.id, said.programme,
                say("{work}: removal not confirmed", work=work.title),
                _asked_ago((today - found.asked_on).days, _programme(said.programme, facts)),
                found.asked_on, found.promised, None, said.id,
            )  # fmt: skip


def _asked_ago(days: int, programme: str) -> Sentence:
    if days <= 0:
        return say("Asked today, {programme}", programme=programme)
    template = "Asked 1 day ago, {programme}" if days == 1 else "Asked {n} days ago, {programme}"
    return say(template, n=str(days), programme=programme)


_TO_CHECK: dict[CheckResult, str] = {
    CheckResult.DOES_NOT_ADD_UP: "{issuer}: a statement does not add up",
    CheckResult.PART_CANNOT_BE_CHECKED: "{issuer}: part of a statement cannot be checked",
    CheckResult.NOT_CHECKED: "{issuer}: a statement is not checked yet",
}


def _statements(
    mine: frozenset[ArtistId], checks: Iterable[tuple[Statement, CheckResult]], today: date
) -> Iterator[WaitingItem]:
    for statement, result in checks:
        recent = today - statement.received_on <= timedelta(days=_STATEMENT_DAYS)
        if statement.payee not in mine or result is CheckResult.ADDS_UP:
            continue
        if result is CheckResult.PART_CANNOT_BE_CHECKED and not recent:
            continue
        yield WaitingItem(
            WaitingKind.STATEMENT_CHECK, statement.payee, None, None,
            say(_TO_CHECK[result], issuer=statement.issuer),
            say("{period}", period=period_in_words(statement.period_from, statement.period_until)),
            statement.received_on, None, None, statement.id,
        )  # fmt: skip


def _mandates(
    mine: frozenset[ArtistId], facts: FactBook, mandates: Iterable[Mandate], today: date
) -> Iterator[WaitingItem]:
    instant = datetime.combine(today, NOON)
    for mandate in mandates:
        until = mandate.until
        if mandate.artist not in mine or until is None or not mandate.is_in_force(instant):
            continue
        if until - today > timedelta(days=ENDS_SOON_DAYS):
            continue
        yield WaitingItem(
            WaitingKind.MANDATE_ENDS, mandate.artist, None, None,
            say("{artist}: the mandate ends", artist=_party(mandate.artist, facts)),
            say(
                "Unless it is extended, it ends on {date}. What was decided under it stays.",
                date=day_in_words(until),
            ),
            until - timedelta(days=ENDS_SOON_DAYS), until, None, mandate.id,
        )  # fmt: skip


def _cases(mine: frozenset[ArtistId], cases: Iterable[Case], today: date) -> Iterator[WaitingItem]:
    for case in cases:
        found = waits(case, today) if case.artist in mine else None
        if found is None:
            continue
        title, detail, stands = found
        yield WaitingItem(
            WaitingKind.CASE, case.artist, case.works[0] if len(case.works) == 1 else None,
            case.about.programme, title, detail, stands.since, stands.next_on, None, f"case/{case.id}",
        )  # fmt: skip


def _party(party: PartyId, facts: FactBook) -> str:
    known = facts.parties.get(party)
    return known.name if known else "Somebody"


def _programme(programme: ProgrammeId | None, facts: FactBook) -> str:
    known = facts.programmes.get(programme) if programme else None
    return known.name if known else "Any programme"


def _title(work: WorkId, facts: FactBook) -> str:
    known = facts.works.get(work)
    return known.title if known else "A work"


def _subject(decision: Decision, facts: FactBook) -> str:
    subject = decision.register.subject
    match subject.kind:
        case SubjectKind.ALL:
            return "all music"
        case SubjectKind.RELEASE:
            release = facts.releases.get(ReleaseId(subject.id))
            return release.title if release else "a release"
        case SubjectKind.WORK:
            return _title(WorkId(subject.id), facts)
        case SubjectKind.PERSON:
            return "voice, name and image"


def _only_work(decisions: list[Decision]) -> WorkId | None:
    subjects = {d.register.subject for d in decisions}
    only = next(iter(subjects)) if len(subjects) == 1 else None
    return WorkId(only.id) if only is not None and only.kind is SubjectKind.WORK else None


def _works(decisions: list[Decision], facts: FactBook) -> str:
    subjects = {d.register.subject for d in decisions}
    return _subject(decisions[0], facts) if len(subjects) == 1 else f"{len(subjects)} works"
