"""Rows that a report states beside the facts: why something follows, what stands out, what is being done.

They are made for the report, from what may leave in it. Nothing in them is a note, a draft or a letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from artist_console.domain.cases import CaseState, EventKind, OutcomeKind, SentBy
from artist_console.domain.contracts import AiClause, ContractKind, Hold
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId, FactId, PartyId, ProgrammeId, ReleaseId, StatementId, WorkId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.periods import Period
from artist_console.domain.programmes import Silence
from artist_console.domain.registers import SubjectKind
from artist_console.domain.territories import Territories
from artist_console.domain.trace import FactRef
from artist_console.domain.uses import Right, Use


@dataclass(frozen=True, slots=True)
class StatedTrace:
    """Why outcomes are what the report says: the trace at the header's instant, sentence by sentence."""

    artist: ArtistId
    kind: SubjectKind
    subject: str
    programme: ProgrammeId
    uses: tuple[Use, ...]  # for which the very same is said
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding as it stands on the day of the report, with the facts that it rests on."""

    id: str
    kind: FindingKind
    artist: ArtistId
    work: WorkId | None  # None: it is about several works, or about a programme
    programme: ProgrammeId | None
    since: date
    deadline: date | None
    silence: Silence | None
    title: str
    words: tuple[str, ...]
    evidence: tuple[FactRef, ...]
    works: tuple[WorkId, ...]


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One thing that happened in a case. What was written stays with the case unless it was chosen."""

    on: date
    kind: EventKind
    how: SentBy | None = None  # of a letter that was sent
    outcome: OutcomeKind | None = None
    said_by: str = ""  # of an outcome
    words: str = ""  # of an outcome, where the words of answers were chosen
    sha256: str = ""  # of the letter that was sent, or of the file that shows a sending or a reply


@dataclass(frozen=True, slots=True)
class ReportedCase:
    """What is being done about something, as facts: to whom, since when, how it stands that day."""

    id: str
    artist: ArtistId
    kind: LetterKind
    addressee: str  # its name; of a person only where contact data was chosen
    works: tuple[WorkId, ...]
    programme: ProgrammeId | None
    statement: StatementId | None
    finding: str
    state: CaseState
    opened_on: date
    since: date  # in this state
    next_on: date | None
    happened: tuple[CaseFact, ...]  # by its day
    contact: tuple[str, ...] = ()  # where letters went, where contact data was chosen


@dataclass(frozen=True, slots=True)
class ReportedContract:
    """The facts of a contract of the artist's side; it is here only because it was chosen by itself."""

    id: FactId
    artist: ArtistId
    kind: ContractKind
    other_side: PartyId
    other_side_name: str
    hold: Hold
    rights: tuple[Right, ...]
    ai_clause: AiClause
    clause_number: str
    signed_on: date | None
    period: Period
    territories: Territories
    works: tuple[WorkId, ...]
    releases: tuple[ReleaseId, ...]
    share_bp: int | None
    reversion_on: date | None
    rerecording_until: date | None
    objection_days: int | None
    audit_months: int | None
    ai_words: str = ""  # this and the following where the words of contracts were chosen
    how_a_yes_is_withdrawn: str = ""
    writing_clause: str = ""
    notice_address: str = ""  # where contact data was chosen
