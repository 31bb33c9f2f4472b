"""What happened with a work, or with a model, day by day: each event with who says so and how surely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .ids import WorkId
from .inclusion import DatasetVersion, InclusionStatement, ModelVersion
from .inclusion_states import GRADE_ORDER, EvidenceGrade, InclusionState
from .match_answers import is_hit
from .phrases import day_in_words
from .removal_steps import RemovalMark, RemovalStep
from .words import MODEL_RELATION, USE
from .work_words import stated_words
from .works import LicensorGrant, Release, Work


class EventKind(Enum):
    DECISION = "decision"
    STATEMENT = "statement"
    RELEASED = "released"
    MODEL = "model"
    REMOVAL = "removal"
    LISTED = "listed"
    GRANT = "grant"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    day: date
    kind: EventKind
    words: str
    by: str  # who says it, decided it or noted it
    grade: EvidenceGrade | None
    work: WorkId | None
    ref: str  # "decision/…", "inclusion/…", "release/…", "model/…", "removal/…"; empty: nothing is behind it


NameOf = Callable[[str], str]  # of a dataset or model version, or of a programme, by its id


def newest_first(events: Iterable[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """The same events in one order, whatever order they came in; the same event counts once."""
    order = tuple(EventKind)
    once = set(events)

    def place(e: TimelineEvent) -> tuple[object, ...]:
        grade = GRADE_ORDER.index(e.grade) if e.grade is not None else -1
        # All parts of an event: two that differ in one only must not fall as their hashes do.
        return -e.day.toordinal(), order.index(e.kind), grade, e.words, e.ref, e.by, e.work or ""

    return tuple(sorted(once, key=place))


def of_statements(
    said: Iterable[InclusionStatement], name_of: NameOf, title_of: NameOf | None = None
) -> Iterator[TimelineEvent]:
    """What was stated, on the day that it speaks of. Rows of public lists are listings, not uses.

    `title_of`: names the work, where events of several stand together.
    """
    for each in said:
        place = name_of(each.dataset or each.model or each.programme or "")
        listed = is_hit(each) or each.evidence.listed is not None
        suspects = each.state is InclusionState.SUSPECTED and not listed
        words = stated_words(each.state, each.stated_by, each.of_a_title).text
        if suspects and each.of_a_title is None:
            words = f"{each.stated_by} suspects it"
        titled = (f"“{title_of(each.work)}”",) if title_of is not None else ()
        about = ", ".join((*titled, *((place,) if place else ())))
        yield TimelineEvent(
            each.as_of,
            EventKind.LISTED if listed else EventKind.STATEMENT,
            f"{words}: {about}" if about else words,
            each.stated_by,
            each.grade,
            each.work,
            f"inclusion/{each.id}",
        )


def of_releases(work: WorkId, releases: Iterable[Release]) -> Iterator[TimelineEvent]:
    for release in releases:
        if release.released_on is not None:
            words = f"Released: {release.title}"
            yield TimelineEvent(
                release.released_on,
                EventKind.RELEASED,
                words,
                release.label,
                None,
                work,
                f"release/{release.id}",
            )
        if release.taken_down_on is not None:
            words = f"Taken down: {release.title}"
            yield TimelineEvent(
                release.taken_down_on,
                EventKind.RELEASED,
                words,
                release.label,
                None,
                work,
                f"release/{release.id}",
            )


def of_models(
    models: Iterable[ModelVersion], name_of: NameOf, operator_of: NameOf, work: WorkId | None = None
) -> Iterator[TimelineEvent]:
    """Models that came out."""
    for model in models:
        if model.released_on is None:
            continue
        name = f"{model.name} {model.version}".strip()
        parents = ", ".join(
            MODEL_RELATION[parent.relation].format(parent=name_of(parent.model)) for parent in model.parents
        )
        yield TimelineEvent(
            model.released_on,
            EventKind.MODEL,
            f"{name} came out" + (f", {parents}" if parents else ""),
            operator_of(model.operator),
            None,
            work,
            f"model/{model.id}",
        )


def of_grants(work: Work) -> Iterator[TimelineEvent]:
    """Uses that a release message grants on the recording: its sender's word, from the day it starts on."""
    for grant in work.grants:
        if grant.starts_on is not None:
            yield TimelineEvent(
                grant.starts_on, EventKind.GRANT, grant_words(grant), grant.licensor,
                EvidenceGrade.LICENSOR_STATED, work.id, f"work/{work.id}",
            )  # fmt: skip


def grant_words(grant: LicensorGrant) -> str:
    uses = ", ".join(USE[use][0] for use in grant.uses)
    to = f" to {grant.recipient}" if grant.recipient else ""
    until = f" until {day_in_words(grant.ends_on)}" if grant.ends_on is not None else ""
    return f"{grant.licensor} grants{to}{until}: {uses}"


_STEP: dict[RemovalStep, str] = {
    RemovalStep.OPEN: "Removal: nothing asked yet",
    RemovalStep.REQUESTED: "Removal asked for",
    RemovalStep.ACKNOWLEDGED: "Removal: the request was acknowledged",
    RemovalStep.EXCLUDED_FROM_FUTURE: "Removal: to be left out of future versions",
    RemovalStep.REMOVED: "Removal: told that it was removed",
    RemovalStep.TRAINED_BEFORE_REFUSAL: "Removal: told that it was trained before your refusal",
    RemovalStep.REFUSED_WITH_REASON: "Removal: told that it will not be taken out",
    RemovalStep.RETRAINED_WITHOUT: "Removal: told that it was trained again without it",
}


def of_marks(marks: Iterable[RemovalMark], place: str, work: WorkId) -> Iterator[TimelineEvent]:
    """What a person noted of a removal; what was stated is told as a statement."""
    for mark in marks:
        if not mark.said_by:
            words = f"{_STEP[mark.step]}, {place}" + (f". Note: {mark.note}" if mark.note else "")
            yield TimelineEvent(mark.on, EventKind.REMOVAL, words, "You", None, work, mark.case)


def of_list(dataset: DatasetVersion) -> Iterator[TimelineEvent]:
    """When a public list was brought in."""
    if dataset.public and dataset.brought_on is not None:
        name = f"{dataset.name} {dataset.version}".strip()
        yield TimelineEvent(
            dataset.brought_on, EventKind.LISTED, f"The list {name} was brought in here", dataset.publisher,
            None, None, f"dataset/{dataset.id}",
        )  # fmt: skip
