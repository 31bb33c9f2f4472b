"""What a finding is, of which kinds, and what the statements say was paid for (PRODUCT, "Findings")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .phrases import Sentence
from .programmes import Silence
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
