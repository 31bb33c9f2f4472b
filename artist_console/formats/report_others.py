"""Of those who do not share their answers a report tells only whether they all agreed."""

from __future__ import annotations

from datetime import datetime

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.facts import FactBook, OthersAnswer
from artist_console.domain.ids import FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.parties import NEEDED, Stakeholder
from artist_console.domain.periods import Recorded
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import PartyStance, Stance, Subject, SubjectKind
from artist_console.domain.uses import Right, Use, rights_touched
from artist_console.domain.works import Work

from .report_content import ReportContent


def told_of_others(
    content: ReportContent, works: frozenset[str], open_answers: frozenset[PartyId]
) -> tuple[OthersAnswer, ...]:
    """For the cells in which somebody has a say whose answer is not shared: whether they all agreed.

    That an artist has not agreed needs no row: the rule takes an artist whose ledger is not here for one
    who may not be asked about. Nobody agrees without a yes, so the rule is asked only where there is one.
    """
    facts = content.facts(also=dict.fromkeys(entry.artist for entry in content.entries))
    known = {(o.work, o.right, o.programme, o.use) for o in content.others_answers}
    hidden_artists = {party.id for party in content.parties if party.is_artist} - open_answers
    spoken = _cells_with_a_yes(content, facts, open_answers)
    instant = content.header.instant
    told: dict[tuple[WorkId, Right, ProgrammeId, Use], bool] = {}
    for work in content.works:
        holders = _hidden_holders(work, facts, open_answers, instant) if work.id in works else ()
        for programme in content.programmes if holders else ():
            for use in programme.uses:
                if (programme.id, use) not in spoken:
                    unsaid = (
                        h for h in holders if h.party not in hidden_artists and h.right in rights_touched(use)
                    )
                    told.update(((WorkId(h.subject), h.right, programme.id, use), False) for h in unsaid)
                    continue
                question = Question(None, Subject(SubjectKind.WORK, work.id), programme.id, use, instant)
                for each in permission(question, facts).needed:
                    if each.party is not None and each.party not in open_answers:
                        cell = (WorkId(each.carrier), each.right, programme.id, use)
                        told[cell] = told.get(cell, True) and each.answer.kind is AnswerKind.ALLOWED
    recorded = Recorded(content.header.known_on or content.header.made_at)
    return tuple(
        OthersAnswer(FactId(f"others:{work}:{right.value}:{programme}:{use.value}"), *cell, agreed, recorded)
        for cell, agreed in told.items()
        if cell not in known
        for work, right, programme, use in (cell,)
    )


def _cells_with_a_yes(
    content: ReportContent, facts: FactBook, open_answers: frozenset[PartyId]
) -> frozenset[tuple[ProgrammeId, Use]]:
    """Programmes and uses about which somebody whose answer is not shared has said yes somewhere."""
    said = {
        (recording.decision.register.programme, recording.decision.register.use.name)
        for artist, recordings in facts.said.items()
        if artist not in open_answers
        for recording in recordings
        if recording.decision.stance is Stance.ALLOW
    }
    allowed = [
        answer
        for answer in content.recorded_answers
        if answer.party not in open_answers and answer.stance is PartyStance.ALLOWED
    ]
    licensed = [a for a in content.agreements if a.licensor not in open_answers]
    opted = [o for o in content.opt_ins if o.member not in open_answers]
    return frozenset(
        (programme.id, use)
        for programme in content.programmes
        for use in programme.uses
        if (programme.id, use.value) in said
        or any(a.programme in (None, programme.id) and a.use.covers(use) for a in allowed)
        or any(a.programme == programme.id and use in a.uses for a in licensed)
        or opted
    )


def _hidden_holders(
    work: Work, facts: FactBook, open_answers: frozenset[PartyId], instant: datetime
) -> tuple[Stakeholder, ...]:
    return tuple(
        holder
        for carrier in (work.id, *work.compositions)
        for holder in facts.stakeholders.get(carrier, ())
        if holder.party not in open_answers and holder.standing in NEEDED and holder.period.contains(instant)
    )
