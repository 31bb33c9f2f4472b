"""What a finding is, and what the statements say was paid for (PRODUCT, "Findings")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .finding_kinds import FindingKind
from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .phrases import Sentence
from .programmes import Silence
from .trace import FactRef


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
