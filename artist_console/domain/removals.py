"""Removal of works from where they are after a no: a case opens by itself and follows what is said of it.

A case is derived: from the artist's refusal, from statements of inclusion, and from what the person noted of
asking and being answered (marks, kept in the profile). It never says more than is known: "X says: removed".
That something was removed from a dataset does not un-train a model, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .decisions import AnswerKind
from .finding_records import NOON, Records, Seen
from .ids import ArtistId, DatasetVersionId, ModelVersionId, ProgrammeId, WorkId
from .inclusion import InclusionStatement
from .inclusion_states import InclusionState
from .permission import Question, permission
from .phrases import day_in_words
from .registers import Subject, SubjectKind
from .removal_steps import (
    REMOVAL_PATIENCE_DAYS,
    Progress,
    RemovalMark,
    RemovalStep,
    case_id,
    due,
    names_a_place,
    progress,
    stated_days,
)

NEVER_UNTRAINS = "Taking a work out does not un-train a model: what was learned from it stays learned."


@dataclass(frozen=True, slots=True)
class RemovalCase:
    """One work in one dataset or model version, and how far its removal has come."""

    id: str
    artist: ArtistId
    work: WorkId
    work_title: str
    place: str  # name of the dataset or model version
    dataset: DatasetVersionId | None
    model: ModelVersionId | None
    programme: ProgrammeId | None
    operator: str
    refused_on: date
    step: RemovalStep
    since: date
    deadline: date | None
    overdue_days: int | None
    words: tuple[str, ...]
    history: tuple[RemovalMark, ...]  # oldest first, statements among them
    said_by: str  # who states where the work is


def withdrawal_terms(records: Records, programme: ProgrammeId | None) -> str:
    """What the programme's terms say today of taking a yes back."""
    terms = records.facts.terms_at(programme, datetime.combine(records.today, NOON))
    return terms.how_a_yes_is_withdrawn if terms is not None else ""


def cases(records: Records) -> Iterator[RemovalCase]:
    """Every case of the artists in the records, artist by artist."""
    for seen in records.seen():
        found = case_of(seen, records)
        if found is not None:
            yield found


def case_of(seen: Seen, records: Records) -> RemovalCase | None:
    """The case of one place: where the artist's no covers it, or where a removal is spoken of."""
    said = seen.place.current
    if seen.place.is_listing or not names_a_place(said):
        return None
    id = case_id(seen.artist, seen.work.id, said)
    found = progress(id, seen.artist, seen.place, records.marks.get(id, ()))
    if found is None:
        return None
    refused = _refused_on(seen, records)
    if refused is None and found.step is RemovalStep.OPEN:
        return None
    programme = records.programme_of(said)
    terms = withdrawal_terms(records, programme)
    deadline = due(found, stated_days(terms))
    late = (records.today - deadline).days if deadline is not None else 0
    return RemovalCase(
        id=id,
        artist=seen.artist,
        work=seen.work.id,
        work_title=f"{seen.work.title} ({seen.work.version})" if seen.work.version else seen.work.title,
        place=records.place_name(said),
        dataset=said.dataset,
        model=said.model,
        programme=programme,
        operator=_operator(said, records),
        refused_on=refused or next(m.on for m in found.history if m.step is not RemovalStep.OPEN),
        step=found.step,
        since=found.since,
        deadline=deadline,
        overdue_days=late if late > 0 else None,
        words=tuple(_words(seen, found, refused, terms, deadline, records)),
        history=found.history,
        said_by=said.stated_by,
    )


def _refused_on(seen: Seen, records: Records) -> date | None:
    """Since when the artist's no covers every use that is meant there; None where it does not."""
    said = seen.place.current
    programme, uses = records.programme_of(said), records.uses_against(said)
    now = datetime.combine(records.today, NOON)
    answers = [records.outcome(seen.artist, seen.work.id, programme, use, now)[0] for use in uses]
    if any(answer is not AnswerKind.REFUSED for answer in answers):
        return None
    subject = Subject(SubjectKind.WORK, seen.work.id)
    answer = permission(Question(seen.artist, subject, programme, uses[0], now), records.facts).answer
    return answer.recorded_at.date() if answer.recorded_at is not None else records.today


def _operator(said: InclusionStatement, records: Records) -> str:
    party = records.operator_of(said)
    return (records.party_name(party) if party is not None else "") or said.stated_by


_ASKED = "Removal was asked for on {date}."
STEP_WORDS: dict[RemovalStep, str] = {
    RemovalStep.OPEN: "You said no. Nothing is noted here of asking for it to be taken out.",
    RemovalStep.REQUESTED: _ASKED,
    RemovalStep.ACKNOWLEDGED: "{who} says it has the request, as of {date}. That is not a removal.",
    RemovalStep.EXCLUDED_FROM_FUTURE: "{who} says: left out of future versions, as of {date}.",
    RemovalStep.REMOVED: "{who} says: removed, as of {date}.",
    RemovalStep.TRAINED_BEFORE_REFUSAL: (
        "{who} says, as of {date}: trained before your refusal, and not trained again."
    ),
    RemovalStep.REFUSED_WITH_REASON: "{who} says it will not take it out, as of {date}.",
    RemovalStep.RETRAINED_WITHOUT: "{who} says: trained again without it, as of {date}.",
}


def _words(
    seen: Seen, found: Progress, refused: date | None, terms: str, deadline: date | None, records: Records
) -> Iterator[str]:
    """What is so, who says it, what is due, and what it does not do."""
    said = seen.place.current
    last = next(m for m in reversed(found.history) if m.step is found.step)
    who = last.said_by or _operator(said, records)
    yield STEP_WORDS[found.step].format(who=who, date=day_in_words(found.since))
    if last.said_by == "" and found.step not in (RemovalStep.OPEN, RemovalStep.REQUESTED):
        yield "That is what you noted; no statement of it has come here."
    if last.note:
        yield f"Note: {last.note}"
    if seen.place.contradicted_by:
        yield "Statements of the same day contradict each other; all are kept."
    used = records.used_on(said)
    if (
        said.model is not None
        and refused is not None
        and said.state is InclusionState.TRAINED
        and used < refused
    ):
        yield (
            f"The model is stated to be trained as of {day_in_words(used)}, before you said no on"
            f" {day_in_words(refused)}."
        )
    if deadline is not None:
        yield _due_words(found, terms, deadline)
    if terms:
        yield f"The programme's terms say of taking a yes back: “{terms}”"
    elif said.state in (InclusionState.TRAINED, InclusionState.TRAINED_BEFORE_REFUSAL):
        yield "Nothing is known here that says what is due for what was learned before."
    in_a_model = said.model is not None and found.step is not RemovalStep.RETRAINED_WITHOUT
    if in_a_model or found.step is RemovalStep.REMOVED:
        yield NEVER_UNTRAINS


def _due_words(found: Progress, terms: str, deadline: date) -> str:
    day = day_in_words(deadline)
    if found.promised is not None:
        return f"An answer was promised until {day}, as you noted."
    if stated_days(terms) is not None:
        return f"By the programme's terms an answer is due until {day}."
    return f"No time is promised that is known here. Until {day}, {REMOVAL_PATIENCE_DAYS} days, one can wait."
