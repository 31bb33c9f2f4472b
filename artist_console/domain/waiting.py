"""What waits for a person: requests, conflicts, new terms, proposals, findings and ends that come near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .decisions import Decision
from .facts import FactBook
from .findings import Finding
from .ids import ArtistId, ProgrammeId, WorkId
from .inclusion import InclusionStatement
from .mandates import Mandate
from .permission_classes import OutcomeTable
from .phrases import Sentence
from .programmes import Request, Silence
from .statements import CheckResult, Statement


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
) -> tuple[WaitingItem, ...]:
    """Everything that waits for these artists, oldest deadline first; what has no deadline comes after."""
    return ()
