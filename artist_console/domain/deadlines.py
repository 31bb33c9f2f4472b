"""Every date that something waits for, in one list: what it is, whose, and what silence means there.

What waits for a person (`waiting`), removals and cases give theirs; dates further out and those of papers and
trainings are worked out here and in `deadline_papers` and `deadline_training`. A date that nobody has told is
never made up: it is a `DateNotKnown`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from .cases import Case, CaseStanding
from .decisions import Decision
from .facts import FactBook
from .ids import ArtistId, DecisionId, PartyId, ProgrammeId, ReleaseId, TermsId, WorkId
from .mandates import Mandate
from .phrases import Sentence, day_in_words, say
from .programmes import Silence
from .registers import Subject, SubjectKind
from .removals import RemovalCase
from .summaries import NOON
from .waiting import ENDS_SOON_DAYS, WaitingItem, WaitingKind, standing_yeses


class DeadlineKind(Enum):
    REQUEST = "request"  # an answer that somebody asks for
    DEFAULT_OBJECTION = "default_objection"  # after it, silence is taken as a yes
    NEW_TERMS = "new_terms"
    YES_ENDS = "yes_ends"
    STATEMENT_OBJECTION = "statement_objection"
    AUDIT = "audit"
    MANDATE_ENDS = "mandate_ends"
    RIGHTS_BACK = "rights_back"
    RERECORDING = "rerecording"
    TRAINING = "training"  # a day after which what is learned stays learned
    LETTER_ANSWER = "letter_answer"
    FOLLOW_UP = "follow_up"  # a day that a person noted on a case
    REMOVAL = "removal"  # an answer to "take it out"


KIND_WORDS: Mapping[DeadlineKind, str] = {
    DeadlineKind.REQUEST: "Answer to a question",
    DeadlineKind.DEFAULT_OBJECTION: "Last day to object",
    DeadlineKind.NEW_TERMS: "New terms",
    DeadlineKind.YES_ENDS: "A yes ends",
    DeadlineKind.STATEMENT_OBJECTION: "Last day to object to a statement",
    DeadlineKind.AUDIT: "Last day of an audit period",
    DeadlineKind.MANDATE_ENDS: "A mandate ends",
    DeadlineKind.RIGHTS_BACK: "Rights come back",
    DeadlineKind.RERECORDING: "A re-recording limit ends",
    DeadlineKind.TRAINING: "A training",
    DeadlineKind.LETTER_ANSWER: "Answer to a letter is due",
    DeadlineKind.FOLLOW_UP: "Follow-up of a case",
    DeadlineKind.REMOVAL: "Answer about a removal is due",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date. `id` is the same for the same thing, also where its day is moved."""

    id: str
    kind: DeadlineKind
    on: date
    artist: ArtistId | None  # None: of a programme, whoever answers it
    artist_name: str
    title: Sentence
    silence: Sentence
    target: str  # a place of the interface, "request/<id>"
    overdue_days: int | None  # None: the day has not passed


@dataclass(frozen=True, slots=True)
class DateNotKnown:
    """That there is a date, or may be one, which nothing here tells."""

    artist: ArtistId
    artist_name: str
    words: Sentence
    target: str


NOTHING_ALLOWED = "No answer permits nothing."
TAKEN_AS_YES = (
    "Silence after this day will be taken as a yes, says whoever asks; here it is recorded as none."
)
UNDER_NEW_TERMS = (
    "Without an answer, nothing is allowed under the new terms; the yes was for the earlier ones."
)
YES_RUNS_OUT = "Unless it is given again, nothing is allowed after this day. No model is un-trained by that."
MANDATE_OVER = "Unless it is extended, nobody acts under it after this day. What was decided under it stays."
REMOVAL_SILENT = "No answer is no removal: one can remind, and what is stated of the work stays as it is."
LETTER_SILENT = "No answer is neither a yes nor a no. A reminder is reasonable from this day."
NOTED_BY_YOU = "You noted this day yourself; nothing follows from it by itself."


def in_order(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """By day, so that what has passed and still waits comes first; one for each id."""
    once = {each.id: each for each in found}
    return tuple(
        sorted(once.values(), key=lambda each: (each.on, each.kind.value, each.artist_name, each.id))
    )


def days_over(on: date, today: date) -> int | None:
    """How many days ago it was; None where the day has not passed."""
    return (today - on).days if on < today else None


def a_deadline(
    id: str,
    kind: DeadlineKind,
    on: date,
    artist: ArtistId | None,
    facts: FactBook,
    title: Sentence,
    silence: Sentence,
    target: str,
    today: date,
) -> Deadline:
    name = name_of(artist, facts) if artist is not None else ""
    return Deadline(
        f"{kind.value}/{id}", kind, on, artist, name, title, silence, target, days_over(on, today)
    )


def name_of(party: PartyId, facts: FactBook) -> str:
    known = facts.parties.get(party)
    return known.name if known else "Somebody"


def of_waiting(items: Iterable[WaitingItem], facts: FactBook, today: date) -> Iterator[Deadline]:
    """The dates of what waits for a person. Removals and mandates are told by functions of their own."""
    for item in items:
        made = _waiting(item, facts)
        if made is not None:
            kind, id, on, silence, target = made
            title = item.title
            if item.kind is WaitingKind.EXPIRING:  # of several programmes on one day, each says which it is
                title = _ends(item.programme, dict(title.fields).get("what", ""), on, facts, today)
            yield a_deadline(id, kind, on, item.artist, facts, title, say(silence), target, today)


def _waiting(item: WaitingItem, facts: FactBook) -> tuple[DeadlineKind, str, date, str, str] | None:
    """Kind, id, day, what silence means and target; None for what has no day."""
    silence = TAKEN_AS_YES if item.silence is Silence.TAKEN_AS_YES else NOTHING_ALLOWED
    match item.kind:
        case WaitingKind.REQUEST if item.deadline is not None:
            return DeadlineKind.REQUEST, item.target, item.deadline, silence, f"request/{item.target}"
        case WaitingKind.FINDING if item.deadline is not None:
            kind = DeadlineKind.DEFAULT_OBJECTION
            target = f"work/{item.work}" if item.work is not None else "page/works"
            return kind, item.target, item.deadline, silence, target
        case WaitingKind.NEW_TERMS:
            terms = facts.terms.get(TermsId(item.target))
            on = item.deadline or (terms.effective_from if terms is not None else None)
            id = f"{item.artist}/{item.target}"
            target = f"terms/{item.target}"
            return (DeadlineKind.NEW_TERMS, id, on, UNDER_NEW_TERMS, target) if on is not None else None
        case WaitingKind.EXPIRING:
            # What has ended waits since the day after its last one.
            on = item.deadline or item.since - timedelta(days=1)
            id = _ending_id(item.artist, item.programme, on)
            return DeadlineKind.YES_ENDS, id, on, YES_RUNS_OUT, f"ending/{item.target}"
    return None


def _ending_id(artist: ArtistId, programme: ProgrammeId | None, until: date) -> str:
    """Not by the decisions: which of several comes first changes when one of them is answered."""
    return f"{artist}/{programme or ''}/{until.isoformat()}"


def later_yeses(
    artists: Iterable[ArtistId], facts: FactBook, today: date, let_end: frozenset[DecisionId] = frozenset()
) -> Iterator[Deadline]:
    """Answers with a last day that is too far off to wait for a person yet."""
    for artist in artists:
        ending: defaultdict[tuple[ProgrammeId | None, date], list[Decision]] = defaultdict(list)
        for decision in standing_yeses(artist, facts):
            until = decision.conditions.until
            if until is None or until <= today + timedelta(days=ENDS_SOON_DAYS) or decision.id in let_end:
                continue
            ending[decision.register.programme, until].append(decision)
        for (programme, until), decisions in ending.items():
            yield a_deadline(
                _ending_id(artist, programme, until), DeadlineKind.YES_ENDS, until, artist, facts,
                _ends(programme, _works(decisions, facts), until, facts, today),
                say(YES_RUNS_OUT), f"ending/{decisions[0].id}", today,
            )  # fmt: skip


def _ends(programme: ProgrammeId | None, what: str, on: date, facts: FactBook, today: date) -> Sentence:
    known = facts.programmes.get(programme) if programme is not None else None
    name = known.name if known is not None else "any programme"
    template = (
        "Your yes for {programme} ends: {what}"
        if on >= today
        else "Your yes for {programme} has ended: {what}"
    )
    return say(template, programme=name, what=what)


def of_mandates(
    mandates: Iterable[Mandate], artists: frozenset[ArtistId], facts: FactBook, today: date
) -> Iterator[Deadline]:
    """The last day of every mandate that is in force."""
    now = datetime.combine(today, NOON)
    for mandate in mandates:
        if mandate.until is None or mandate.artist not in artists or not mandate.is_in_force(now):
            continue
        holder = mandate.holder_name or "somebody"
        yield a_deadline(
            mandate.id, DeadlineKind.MANDATE_ENDS, mandate.until, mandate.artist, facts,
            say("The mandate of {holder} ends", holder=holder),
            say(MANDATE_OVER), f"artist/{mandate.artist}", today,
        )  # fmt: skip


def of_removals(removals: Iterable[RemovalCase], facts: FactBook, today: date) -> Iterator[Deadline]:
    """Until when an answer to a removal that was asked for is due."""
    for case in removals:
        if case.deadline is not None:
            yield a_deadline(
                case.id, DeadlineKind.REMOVAL, case.deadline, case.artist, facts,
                say(
                    "{who}: answer about taking “{work}” out of {place}",
                    who=case.operator, work=case.work_title, place=case.place,
                ),
                say(REMOVAL_SILENT), f"work/{case.work}", today,
            )  # fmt: skip


def of_cases(cases: Iterable[tuple[Case, CaseStanding]], facts: FactBook, today: date) -> Iterator[Deadline]:
    """What is due next in every case that goes on: an answer, or what a person noted."""
    for case, standing in cases:
        if standing.next_on is None:
            continue
        kind = DeadlineKind.FOLLOW_UP if standing.noted else DeadlineKind.LETTER_ANSWER
        template = "Follow up: {case}" if standing.noted else "{who}: answer to your letter “{case}”"
        yield a_deadline(
            case.id, kind, standing.next_on, case.artist, facts,
            say(template, who=case.addressee_name, case=case.title),
            say(NOTED_BY_YOU if standing.noted else LETTER_SILENT), f"case/{case.id}", today,
        )  # fmt: skip


def _works(decisions: list[Decision], facts: FactBook) -> str:
    subjects = {decision.register.subject for decision in decisions}
    return _subject(decisions[0].register.subject, facts) if len(subjects) == 1 else f"{len(subjects)} works"


def _subject(subject: Subject, facts: FactBook) -> str:
    match subject.kind:
        case SubjectKind.WORK:
            work = facts.works.get(WorkId(subject.id))
            return work.title if work else "a work"
        case SubjectKind.RELEASE:
            release = facts.releases.get(ReleaseId(subject.id))
            return release.title if release else "a release"
        case SubjectKind.PERSON:
            return "voice, name and image"
        case SubjectKind.ALL:
            return "all music"


def names_day(found: Deadline) -> str:
    """The day in words, and how long it has been over."""
    day = day_in_words(found.on)
    if found.overdue_days is None:
        return day
    return f"{day}, 1 day ago" if found.overdue_days == 1 else f"{day}, {found.overdue_days} days ago"
