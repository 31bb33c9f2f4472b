"""Findings about where a work is: used after a no, without an agreement, outside of one, listed, overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from .decisions import Answer, AnswerKind
from .finding import Finding
from .finding_kinds import FindingKind
from .finding_records import DAY_BEGINS, Records, Seen
from .ids import ProgrammeId
from .inclusion import Asset, InclusionStatement
from .inclusion_states import EvidenceGrade, InclusionState, at_least
from .outcomes import PermissionOutcome
from .permission import Question, permission
from .phrases import Sentence, day_in_words, say
from .registers import Subject, SubjectKind
from .removal_steps import REMOVAL_PATIENCE_DAYS, case_id, due, names_a_place, progress, stated_days
from .trace import FactKind, FactRef, ref
from .uses import Right
from .words import ASSET, GRADE, USE
from .work_kinds import WorkKind

FOR_A_LAWYER = "Whether that breaks an agreement or the law is for a lawyer."

USED = frozenset({InclusionState.IN_DATASET, InclusionState.TRAINED})
_LEFT = frozenset({InclusionState.REMOVED, InclusionState.RETRAINED_WITHOUT})
_REPORTED_THERE = USED | {InclusionState.DELIVERED, InclusionState.SCHEDULED}
AGAINST: dict[PermissionOutcome, FindingKind] = {
    PermissionOutcome.REFUSED: FindingKind.USED_AFTER_REFUSAL,
    PermissionOutcome.REFUSED_UNCHECKED: FindingKind.USED_AGAINST_WISH,
    PermissionOutcome.OBJECTED: FindingKind.USED_AGAINST_WISH,
    PermissionOutcome.LICENSED_AGAINST_WISH: FindingKind.USED_AGAINST_WISH,
}
_RIGHT_OF: dict[Asset, Right] = {
    Asset.MASTER: Right.MASTER,
    Asset.STEM: Right.MASTER,
    Asset.LYRICS: Right.LYRICS,
    Asset.COMPOSITION: Right.COMPOSITION,
    Asset.VOICE: Right.VOICE,
}
_STATED: dict[InclusionState, str] = {
    InclusionState.TRAINED: "{who} states, as of {date}, that {place} was trained on it.",
    InclusionState.IN_DATASET: "{who} states, as of {date}, that it is in {place}.",
    InclusionState.DELIVERED: "{who} states, as of {date}, that it was delivered for {place}.",
    InclusionState.SCHEDULED: "{who} states, as of {date}, that it is planned for {place}.",
}


def findings_of_uses(records: Records) -> Iterator[Finding]:
    for seen in records.seen():
        for rule in (_used_against_a_no, _outside_or_without, _removal_overdue):
            found = rule(seen, records)
            if found is not None:
                yield found


def _used_against_a_no(seen: Seen, records: Records) -> Finding | None:
    """The first report, in the order in which reports came, of a use on a day when the artist had said no.

    A report that came earlier and speaks of a day without a no explains those after it: they repeat it. A
    report that comes later explains nothing away, so no later statement hides what was found.
    """
    explained = False
    for said in sorted(seen.place.history, key=lambda s: (s.recorded.at, s.id)):
        if said.state in _LEFT:
            explained = False
        elif said.state is InclusionState.TRAINED_BEFORE_REFUSAL:
            explained = True
        elif said.state in USED and at_least(said.grade, EvidenceGrade.OPERATOR_STATED):
            kind = _against(seen, said, records)
            if kind is None:
                explained = True
            elif not explained:
                return _used(kind, seen, said, records)
    return None


def _against(seen: Seen, said: InclusionStatement, records: Records) -> FindingKind | None:
    """Which no was in force for every use meant, when the day of the use began."""
    programme, uses = records.programme_of(said), records.uses_against(said)
    if programme is None and not names_a_place(said):
        return None
    at = datetime.combine(records.used_on(said), DAY_BEGINS)
    results = [records.outcome(seen.artist, seen.work.id, programme, use, at) for use in uses]
    if any(answer is not AnswerKind.REFUSED for answer, _ in results):
        return None
    kinds = [AGAINST.get(outcome, FindingKind.USED_AGAINST_WISH) for _, outcome in results]
    return max(kinds, key=tuple(FindingKind).index)


def _used(kind: FindingKind, seen: Seen, said: InclusionStatement, records: Records) -> Finding:
    programme = records.programme_of(said)
    day = records.used_on(said)
    answer, facts = _answer(seen, said, programme, day, records)
    title = {
        FindingKind.USED_AFTER_REFUSAL: "Used after your refusal: {work}",
        FindingKind.USED_AGAINST_WISH: "Used against your wish: {work}",
    }[kind]
    words = [*_who_says(said, records)]
    if day != said.as_of:
        place = records.place_name(said)
        template = "{place} came out on {date}; the use is counted from that day."
        words.append(say(template, place=place, date=day_in_words(day)))
    if answer.recorded_at is not None:
        words.append(
            say(
                "Your no was recorded on {date}, {n} days before.",
                date=day_in_words(answer.recorded_at),
                n=str((day - answer.recorded_at.date()).days),
            )
        )
    if kind is FindingKind.USED_AGAINST_WISH:
        words.append(say("As far as we know, your no did not by itself stop a licence then."))
    words.append(say(FOR_A_LAWYER))
    return _finding(kind, seen, programme, day, say(title, work=seen.work.title), words, facts, said.id)


def _answer(
    seen: Seen, said: InclusionStatement, programme: ProgrammeId | None, day: date, records: Records
) -> tuple[Answer, tuple[FactRef, ...]]:
    question = Question(
        seen.artist,
        Subject(SubjectKind.WORK, seen.work.id),
        programme,
        records.uses_against(said)[0],
        datetime.combine(day, DAY_BEGINS),
    )
    found = permission(question, records.facts)
    refusal = (ref(FactKind.DECISION, found.answer.by.id),) if found.answer.by else ()
    return found.answer, refusal


def _who_says(said: InclusionStatement, records: Records) -> tuple[Sentence, ...]:
    stated = say(
        _STATED[said.state],
        who=said.stated_by,
        date=day_in_words(said.as_of),
        place=records.place_name(said),
    )
    evidence = say("Evidence: {grade}, {source}.", grade=GRADE[said.grade], source=said.evidence.source)
    return (stated, evidence)


def _outside_or_without(seen: Seen, records: Records) -> Finding | None:
    """A reported use that no known agreement reaches, or that those which reach it do not cover."""
    said = seen.place.current
    programme = records.programme_of(said)
    if said.state not in _REPORTED_THERE or not at_least(said.grade, EvidenceGrade.LICENSOR_STATED):
        return None
    if programme is None:
        return _without_any(seen, said, records)
    reaching = records.reaching(seen.work, programme, said.as_of)
    facts = tuple(ref(FactKind.AGREEMENT, agreement.id) for agreement, _ in reaching)
    if not reaching:
        title = say("Reported without an agreement: {work}", work=seen.work.title)
        words = (
            *_who_says(said, records),
            say(
                "No agreement with {programme} is known here that reached it on that day. There may be one.",
                programme=records.programme_name(programme),
            ),
            say(FOR_A_LAWYER),
        )
        kind = FindingKind.REPORTED_WITHOUT_AGREEMENT
        return _finding(kind, seen, programme, said.as_of, title, words, facts, said.id)
    outside = _what_is_outside(seen, said, programme, records)
    if outside is None:
        return None
    title = say("Outside what was agreed: {work}", work=seen.work.title)
    licensors = ", ".join(sorted({records.party_name(agreement.licensor) for agreement, _ in reaching}))
    name = records.programme_name(programme)
    names = say("Known agreements with {programme}: {licensors}.", programme=name, licensors=licensors)
    words = (*_who_says(said, records), outside, names, say(FOR_A_LAWYER))
    kind = FindingKind.OUTSIDE_AGREEMENT
    return _finding(kind, seen, programme, said.as_of, title, words, facts, said.id)


def _without_any(seen: Seen, said: InclusionStatement, records: Records) -> Finding | None:
    """A reported use in a programme that nothing names: any agreement with the operator may be meant."""
    operator = records.operator_of(said)
    if not names_a_place(said) or any(
        known.operator == operator and records.reaching(seen.work, id, said.as_of)
        for id, known in records.facts.programmes.items()
    ):
        return None
    words = (
        *_who_says(said, records),
        say(
            "It names no programme that is known here, and no agreement with {who} is known here that reached"
            " it on that day. There may be one.",
            who=(records.party_name(operator) if operator is not None else "") or said.stated_by,
        ),
        say(FOR_A_LAWYER),
    )
    title = say("Reported without an agreement: {work}", work=seen.work.title)
    kind = FindingKind.REPORTED_WITHOUT_AGREEMENT
    return _finding(kind, seen, None, said.as_of, title, words, (), said.id)


def _what_is_outside(
    seen: Seen, said: InclusionStatement, programme: ProgrammeId, records: Records
) -> Sentence | None:
    agreements = {
        agreement.id: agreement for agreement, _ in records.reaching(seen.work, programme, said.as_of)
    }.values()
    if said.use is not None and all(said.use not in agreement.uses for agreement in agreements):
        return say("The agreements known here do not name this use: {use}.", use=USE[said.use][0])
    right = _RIGHT_OF[said.asset]
    if seen.work.kind is WorkKind.RECORDING and all(right not in each.rights for each in agreements):
        return say("The agreements known here do not cover the {asset}.", asset=ASSET[said.asset])
    paid = records.paid_for.get((seen.artist, seen.work.id, programme))
    outside = [
        place
        for place in (paid.territories if paid else ())
        if not any(agreement.territories.covers(place) for agreement in agreements)
    ]
    if outside:
        template = "A statement names a territory that the agreements known here do not cover: {places}."
        return say(template, places=", ".join(outside))
    return None


def _removal_overdue(seen: Seen, records: Records) -> Finding | None:
    """Removal was asked for, as stated or as the person noted, and the day for an answer is past."""
    said = seen.place.current
    if seen.place.is_listing:
        return None
    id = case_id(seen.artist, seen.work.id, said)
    found = progress(id, seen.artist, seen.place, records.marks.get(id, ()))
    programme = records.programme_of(said)
    terms = records.facts.terms_at(programme, datetime.combine(records.today, DAY_BEGINS))
    days_stated = stated_days(terms.how_a_yes_is_withdrawn) if terms is not None else None
    deadline = due(found, days_stated) if found is not None else None
    if found is None or found.asked_on is None or deadline is None or records.today <= deadline:
        return None
    words = [
        say(
            "Removal from {place} was asked on {date}, {n} days ago. No confirmation is recorded here.",
            place=records.place_name(said),
            date=day_in_words(found.asked_on),
            n=str((records.today - found.asked_on).days),
        )
    ]
    if found.promised is not None:
        words.append(say("An answer was promised until {date}, as you noted.", date=day_in_words(deadline)))
    elif days_stated is not None:
        words.append(
            say("By the programme's terms an answer was due until {date}.", date=day_in_words(deadline))
        )
    else:
        words.append(
            say("No time is promised that is known here; {n} days have gone.", n=str(REMOVAL_PATIENCE_DAYS))
        )
    words.append(say(FOR_A_LAWYER))
    title = say("Removal overdue: {work}", work=seen.work.title)
    kind = FindingKind.REMOVAL_OVERDUE
    return _finding(kind, seen, programme, found.asked_on, title, words, (), said.id)


def _finding(
    kind: FindingKind,
    seen: Seen,
    programme: ProgrammeId | None,
    since: date,
    title: Sentence,
    words: tuple[Sentence, ...] | list[Sentence],
    facts: tuple[FactRef, ...],
    source: str,
) -> Finding:
    return Finding(
        id=f"{kind.value}/{seen.artist}/{source}",
        kind=kind,
        artist=seen.artist,
        work=seen.work.id,
        programme=programme,
        since=since,
        deadline=None,
        silence=None,
        title=title,
        words=tuple(words),
        facts=(ref(FactKind.WORK, seen.work.id), ref(FactKind.INCLUSION, source), *facts),
        works=(seen.work.id,),
    )
