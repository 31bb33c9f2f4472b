"""Reports: created from the store, opened and checked without account or network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from artist_console.commands.earnings import StatementRow
from artist_console.commands.history import CheckLine, HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.works import CellRow, MonthTotal
from artist_console.domain.ids import WorkId
from artist_console.domain.permission import PermissionOutcome
from artist_console.domain.works import Work


class ReportPart(Enum):
    """What a report may hold. Works and permissions are always in it."""

    INCLUSIONS = "inclusions"
    DECISIONS = "decisions"  # the ledger with its receipts
    EARNINGS = "earnings"  # the artist's own statements and lines, nobody else's


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was written."""

    path: Path
    sha256: str
    size_bytes: int
    artist_names: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]  # what is in it, in words: ("works", 128)
    signer: str
    fingerprint: str


class ReportVerdict(Enum):
    """The result line at the top, worst last."""

    GENUINE = "genuine"  # unchanged since a signer known here signed it
    SIGNER_UNKNOWN = "signer_unknown"  # unchanged, but nobody here knows the signer
    CHANGED = "changed"  # changed after signing
    CANNOT_BE_CHECKED = "cannot_be_checked"  # newer format, damaged, no signature


@dataclass(frozen=True, slots=True)
class ReportWork:
    """A work of a report, with permissions computed again from the report's own content."""

    work: Work
    artist_name: str
    release_title: str
    outcome: PermissionOutcome | None  # over its cells; None: the report names no programme
    cells: tuple[CellRow, ...]
    differs: bool  # what the report claims is not what follows from its own facts


@dataclass(frozen=True, slots=True)
class ReportTables:
    """The content of a report, in the rows of the other pages. Read only."""

    works: tuple[ReportWork, ...]
    places: tuple[PlaceRow, ...]
    history: tuple[HistoryRow, ...]
    statements: tuple[StatementRow, ...]
    months: tuple[MonthTotal, ...]


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report as opened: what the checks say first, then what it holds."""

    path: Path
    verdict: ReportVerdict
    headline: str  # the result line: "Unchanged since Fieldnote signed it."
    checks: tuple[CheckLine, ...]
    does_not_tell: tuple[str, ...]  # "What this does not tell you"
    title: str
    artist_names: tuple[str, ...]
    period: tuple[date | None, date | None]
    made_at: datetime | None
    signer: str  # as the report names it
    signer_kid: str
    fingerprint: str
    introduced_by: (
        str  # who made the signer known here: "this computer", "you, on 3 March 2025"; empty: unknown
    )
    sha256: str  # of the file
    tables: ReportTables | None  # None where nothing can safely be read
    verified: bool  # False: `tables` is shown under a heading that it is not verified


@dataclass(frozen=True, slots=True)
class TrustedSigner:
    """A signer whose reports and receipts count as known here."""

    kid: str
    name: str
    fingerprint: str
    since: date
    own: bool  # a key of this profile


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """One thing that differs between two reports."""

    work: WorkId
    title: str
    what: str  # "added", "gone", "changed"
    words: str  # from what to what


@dataclass(frozen=True, slots=True)
class ReportComparison:
    added: tuple[ReportDifference, ...]
    gone: tuple[ReportDifference, ...]
    changed: tuple[ReportDifference, ...]
