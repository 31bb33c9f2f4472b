"""What the records show that a person may want to act on (PRODUCT, "Findings and their words")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .facts import FactBook
from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .inclusion import DatasetVersion, InclusionStatement, ModelVersion
from .mandates import Mandate
from .phrases import Sentence
from .programmes import Silence
from .statements import Statement
from .trace import FactRef


class FindingKind(Enum):
    """In the order in which a work shows the first of several."""

    USED_AFTER_REFUSAL = "used_after_refusal"
    USED_AGAINST_WISH = "used_against_wish"
    OUTSIDE_AGREEMENT = "outside_agreement"
    REPORTED_WITHOUT_AGREEMENT = "reported_without_agreement"
    REMOVAL_OVERDUE = "removal_overdue"
    LICENSED_BY_CO_OWNER = "licensed_by_co_owner"
    LICENSED_BY_OTHERS = "licensed_by_others"
    SUCCESSOR_OTHER_TERMS = "successor_other_terms"
    REPORTED_NOT_PAID = "reported_not_paid"
    PAID_NOT_REPORTED = "paid_not_reported"
    LISTED_PUBLICLY = "listed_publicly"
    MANDATE_ENDS = "mandate_ends"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `work` None: it is about several works, a programme or a mandate."""

    id: str  # the same for the same facts, every time it is found
    kind: FindingKind
    artist: ArtistId
    work: WorkId | None
    programme: ProgrammeId | None
    since: date
    deadline: date | None
    silence: Silence | None  # what the asking side says no answer by the deadline means
    title: Sentence
    words: tuple[Sentence, ...]  # whose date, which evidence, how long, and what it does not say
    facts: tuple[FactRef, ...]
    works: tuple[WorkId, ...] = ()  # all works concerned


@dataclass(frozen=True, slots=True)
class PaidUse:
    """What an artist's statements say was earned from AI for one work in one programme (None: not named)."""

    artist: ArtistId
    work: WorkId | None
    programme: ProgrammeId | None
    first_month: date
    last_month: date
    statement: StatementId  # the latest that pays it
    territories: tuple[str, ...] = ()  # as the lines name them, sorted


def find(
    facts: FactBook,
    inclusions: Iterable[InclusionStatement],
    models: Iterable[ModelVersion],
    datasets: Iterable[DatasetVersion],
    statements: Iterable[Statement],
    paid: Iterable[PaidUse],
    mandates: Iterable[Mandate],
    today: date,
) -> tuple[Finding, ...]:
    """All findings of the artists in reach, oldest deadline first, then by kind and date."""
    return ()
