"""What each party has answered about one carrier of a right: the people behind "everyone agreed".

An artist answers by decisions (a group by its rule), an organisation by its agreement, a member of a
licensing body by its opt-in, anybody else by a recorded statement. PRODUCT, rule 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from .decisions import UNDECIDED, Answer, AnswerKind, Cell, Context, answer_on, most_cautious
from .facts import FactBook
from .ids import ArtistId, PartyId, ProgrammeId, WorkId
from .parties import NEEDED, GroupRule, Party, PartyKind, Stakeholder
from .registers import PartyStance, Stance, Subject, SubjectKind
from .trace import FactKind, FactRef, ref
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS, Right, Use


class Silence(Enum):
    """Why there is no answer; none of these is a yes."""

    UNKNOWN_PARTY = "unknown_party"  # nobody is recorded for the right
    SPLIT_FAULT = "split_fault"
    UNREACHABLE = "unreachable"
    NO_ANSWER_YET = "no_answer_yet"
    CAME_BACK = "came_back"  # a yes from before the right came back; it is asked again
    NOT_SHARED = "not_shared"  # somebody out of reach has not agreed, or may not be asked about here


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """One party's answer on one right of one carrier."""

    party: PartyId | None  # None: nobody is known
    right: Right
    carrier: str  # WorkId or PartyId
    answer: Answer
    silence: Silence | None = None
    words: str = ""  # what was said or tried, as recorded
    facts: tuple[FactRef, ...] = ()
    has_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The cell that is asked about, with its circumstances."""

    subject: Subject
    programme: ProgrammeId | None
    use: Use
    context: Context
    # What ledgers say on this cell: several rights of a work ask for the same answer.
    said: dict[tuple[PartyId, Subject], tuple[Answer, tuple[FactRef, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )


Spoken = Mapping[tuple[PartyId | None, Right, str], PartyAnswer]  # by party, right and carrier

ALLOWED = Answer(AnswerKind.ALLOWED)
REFUSED = Answer(AnswerKind.REFUSED)


def artist_answer(
    artist: ArtistId, subject: Subject, asked: Asked, facts: FactBook
) -> tuple[Answer, tuple[FactRef, ...]]:
    """One artist's own ledger on one subject, merged works combined with caution."""
    work = facts.works.get(WorkId(subject.id)) if subject.kind is SubjectKind.WORK else None
    ids = (work.id, *work.merged_ids) if work else (subject.id,)
    held = facts.memberships.get(work.id, ()) if work else ()
    wanted = [(SubjectKind.ALL, "")] if subject.kind is SubjectKind.WORK else []
    wanted += [(SubjectKind.RELEASE, membership.release) for membership in held]
    answers = []
    used: dict[FactRef, None] = {}
    for id in ids:
        said = facts.said_about(artist, [*wanted, (subject.kind, id)], asked.programme, asked.use)
        if not said:
            continue
        cell = Cell(Subject(subject.kind, id), asked.programme, asked.use, held)
        answers.append(answer_on(cell, said, asked.context))
        used.update(
            (ref(FactKind.DECISION, r.decision.id), None) for r in said if r.at <= asked.context.instant
        )
    # An answer given under either id of a merged work speaks for both; a no outweighs a yes.
    spoken = [answer for answer in answers if answer.kind is not AnswerKind.UNDECIDED]
    answer = most_cautious(spoken)
    if work is not None and work.unreleased and answer.kind is not AnswerKind.ALLOWED:
        # An unreleased work is refused for everything: as by a no before the first entry of the ledger, which
        # a single yes sets aside for its cell and which holds again where that yes has ended.
        used[ref(FactKind.WORK, work.id)] = None
        return (answer if answer.kind is AnswerKind.REFUSED else REFUSED), tuple(used)
    return answer, tuple(used)


def _group_answer(
    group: Party, subject: Subject, asked: Asked, facts: FactBook
) -> tuple[Answer, tuple[FactRef, ...]]:
    """A group's answer: its own ledger, and its present members' by the group's rule."""
    own, used = artist_answer(group.id, subject, asked, facts)
    if own.kind is AnswerKind.REFUSED:
        return own, used
    members = [m.member for m in group.members if m.period.contains(asked.context.instant)]
    if group.group_rule is GroupRule.NAMED:
        members = [group.group_speaker] if group.group_speaker else []
    answers = []
    for member in members:
        answer, more = artist_answer(member, subject, asked, facts)
        answers.append(answer)
        used += more
    refused = [a for a in answers if a.kind is AnswerKind.REFUSED]
    allowed = [a for a in answers if a.kind is AnswerKind.ALLOWED]
    half = len(answers) / 2
    if group.group_rule is GroupRule.MAJORITY:
        if len(refused) > half:
            return refused[0], used
        agreed = len(allowed) > half
    else:
        if refused:
            return refused[0], used
        agreed = bool(answers) and len(allowed) == len(answers)
    if own.kind is AnswerKind.UNDECIDED and agreed:
        return allowed[0], used
    return own, used


def ledger_answer(
    party: Party, subject: Subject, asked: Asked, facts: FactBook
) -> tuple[Answer, tuple[FactRef, ...]]:
    """The answer of an artist in reach, person or group."""
    key = (party.id, subject)
    if key not in asked.said:
        of_group = party.kind is PartyKind.GROUP
        asked.said[key] = (
            _group_answer(party, subject, asked, facts)
            if of_group
            else artist_answer(party.id, subject, asked, facts)
        )
    return asked.said[key]


def _subject_of(carrier: str, facts: FactBook) -> Subject:
    return Subject(SubjectKind.WORK if WorkId(carrier) in facts.works else SubjectKind.PERSON, carrier)


def _artist_on(
    party: Party, right: Right, carrier: str, asked: Asked, facts: FactBook
) -> tuple[Answer, tuple[FactRef, ...]]:
    """How an artist stands on a right: on its carrier, and by a no on the recording or person concerned."""
    answer, used = ledger_answer(party, _subject_of(carrier, facts), asked, facts)
    beside: Subject | None = None
    if right in PERSONAL_RIGHTS and carrier != party.id:
        beside = Subject(SubjectKind.PERSON, party.id)
    elif right in SONG_RIGHTS and asked.subject.kind is SubjectKind.WORK and asked.subject.id != carrier:
        beside = asked.subject
    if beside is None:
        return answer, used
    also, more = ledger_answer(party, beside, asked, facts)
    used += more
    if AnswerKind.REFUSED in (answer.kind, also.kind):
        return (answer if answer.kind is AnswerKind.REFUSED else also), used
    if (
        right in PERSONAL_RIGHTS
        and answer.kind is not AnswerKind.ALLOWED
        and also.kind is not AnswerKind.UNDECIDED
    ):
        return also, used
    return answer, used


def answer_of(holder: Stakeholder, asked: Asked, facts: FactBook, licences: Spoken) -> PartyAnswer:
    """The answer of one stakeholder. `licences` are what organisations say by agreement and opt-in."""
    party = facts.parties.get(holder.party)
    row = ref(FactKind.STAKEHOLDER, holder.id)
    carrier = _home_of(holder, facts)
    if party is not None and party.is_artist and facts.is_in_reach(party.id):
        answer, used = _artist_on(party, holder.right, carrier, asked, facts)
        came_back, then = _came_back_since(holder, answer, facts)
        used += then
        if came_back:
            return PartyAnswer(
                party.id, holder.right, carrier, UNDECIDED, Silence.CAME_BACK, "", (row, *used)
            )
        silence = Silence.NO_ANSWER_YET if answer.kind is AnswerKind.UNDECIDED else None
        proposed = _proposals_on(party.id, carrier, asked, facts) if silence is not None else ()
        used += proposed
        return PartyAnswer(
            party.id, holder.right, carrier, answer, silence, "", (row, *used), has_proposal=bool(proposed)
        )
    spoken = licences.get((holder.party, holder.right, carrier))
    if spoken is not None:
        return PartyAnswer(
            holder.party,
            holder.right,
            carrier,
            spoken.answer,
            spoken.silence,
            spoken.words,
            (row, *spoken.facts),
        )
    return _recorded_answer(holder, carrier, asked, facts, row)


def _came_back_since(
    holder: Stakeholder, answer: Answer, facts: FactBook
) -> tuple[bool, tuple[FactRef, ...]]:
    """Whether a yes was given without power, before the right came back: then it is asked again (rule 7).

    With the rows that tell what the yes could do on the day on which it was recorded.
    """
    begins, said = holder.period.since, answer.recorded_at
    if answer.kind is not AnswerKind.ALLOWED or said is None or begins is None or said.date() >= begins:
        return False, ()
    then = [
        row
        for row in facts.stakeholders.get(_home_of(holder, facts), ())
        if row.party == holder.party and row.right is holder.right and row.period.contains(said)
    ]
    without_power = bool(then) and not any(row.standing in NEEDED for row in then)
    return without_power, tuple(ref(FactKind.STAKEHOLDER, row.id) for row in then)


def _home_of(holder: Stakeholder, facts: FactBook) -> str:
    known = facts.works.get(WorkId(holder.subject))
    return known.id if known is not None else holder.subject


def _recorded_answer(
    holder: Stakeholder, carrier: str, asked: Asked, facts: FactBook, row: FactRef
) -> PartyAnswer:
    about = (
        answer
        for answer in facts.recorded_answers.get(holder.party, ())
        if answer.subject in ("", carrier, asked.subject.id)
        and answer.programme in (None, asked.programme)
        and answer.use.covers(asked.use)
        and answer.on <= asked.context.instant.date()
    )
    # The words told are the latest ones, in whatever order the rows came.
    said = sorted(about, key=lambda answer: (answer.on, answer.recorded.at, answer.id))
    used = (row, *(ref(FactKind.RECORDED_ANSWER, answer.id) for answer in said))
    here = (holder.party, holder.right, carrier)
    refusals = [answer for answer in said if answer.stance is PartyStance.REFUSED]
    if refusals:
        return PartyAnswer(*here, REFUSED, None, refusals[-1].words, used)
    if any(answer.stance is PartyStance.ALLOWED for answer in said):
        return PartyAnswer(*here, ALLOWED, None, said[-1].words, used)
    if said:
        return PartyAnswer(*here, UNDECIDED, Silence.UNREACHABLE, said[-1].words, used)
    if asked.programme is not None:
        told = facts.others.get((WorkId(carrier), holder.right, asked.programme, asked.use))
        if told is not None:
            used = (*used, ref(FactKind.OTHERS_ANSWER, told.id))
            if told.everyone_agreed:
                return PartyAnswer(*here, ALLOWED, None, "", used)
            return PartyAnswer(*here, UNDECIDED, Silence.NOT_SHARED, "", used)
    party = facts.parties.get(holder.party)
    out_of_reach = party is not None and party.is_artist  # has a ledger, which the reader may not see
    silence = Silence.NOT_SHARED if out_of_reach else Silence.NO_ANSWER_YET
    return PartyAnswer(*here, UNDECIDED, silence, "", used)


def _proposals_on(artist: ArtistId, carrier: str, asked: Asked, facts: FactBook) -> tuple[FactRef, ...]:
    """Proposed allows of this very cell that wait for the artist's signature."""
    if not facts.proposals.get(artist):
        return ()
    cell = Cell(_subject_of(carrier, facts), asked.programme, asked.use)
    return tuple(
        ref(FactKind.DECISION, proposal.id)
        for proposal in facts.proposals.get(artist, ())
        if proposal.stance is Stance.ALLOW and cell.lies_in(proposal.register, asked.context.instant)
    )
