"""Works as a person reads them: found, counted, and one in full detail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from artist_console.commands.console import Totals
from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.domain.decisions import AnswerKind, Stance
from artist_console.domain.findings import Finding
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.parties import Standing
from artist_console.domain.permission import PermissionOutcome
from artist_console.domain.statements import CheckResult, MoneyNature
from artist_console.domain.summaries import WorkSummary
from artist_console.domain.trace import TraceStep
from artist_console.domain.uses import Right, Use
from artist_console.domain.works import Release, Work


@dataclass(frozen=True, slots=True)
class CellRow:
    """One programme and use of a work: what was said and what follows."""

    programme: ProgrammeId
    programme_name: str
    operator_name: str
    use: Use
    answer: AnswerKind
    own: Stance | None  # what the cell's own register says; None: it follows something wider, or nothing
    outcome: PermissionOutcome
    waiting: bool  # rests on a decision that the backend has not confirmed
    asked: bool  # the programme asks for this use today


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """Money earned in one month, in one currency, of one nature, under one heading."""

    month: date  # first day
    currency: str
    amount: Decimal
    key: str  # programme id or line kind; empty where the line names none
    label: str  # in words
    nature: MoneyNature


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A holder of a right of the work. Names and answers only where that party shares them."""

    right: Right
    holder: str  # name; "Somebody else" where it is not shared
    share_bp: int | None  # basis points
    standing: Standing | None
    answer: (
        AnswerKind | None
    )  # on what the programmes ask, most cautious; None where it is not known or shared
    shared: bool
    fault: str  # why the split cannot be relied on, a sentence; empty when it can


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """Everything the details pane of a work shows."""

    work: Work
    summary: WorkSummary
    releases: tuple[Release, ...]
    songs: tuple[Work, ...]  # that a recording embodies; the recordings of a song are not listed here
    recordings: tuple[Work, ...]  # that embody this song; empty for a recording
    cells: tuple[CellRow, ...]  # programmes that ask first, then by name; uses in the order of `Use`
    why: tuple[TraceStep, ...]  # of the cell that says most about the work's outcome
    why_programme: ProgrammeId | None  # the cell that `why` is about
    why_use: Use | None
    earned: Totals  # AI income of the last twelve months
    earned_months: tuple[MonthTotal, ...]  # the same twelve months, by programme
    check: CheckResult  # the worst over the statements that hold lines of this work
    places: tuple[PlaceRow, ...]  # strongest first
    splits: tuple[SplitRow, ...]
    standing: tuple[TraceStep, ...]  # what the artist's answer can do, right by right
    findings: tuple[Finding, ...]
    history: tuple[HistoryRow, ...]  # newest first
    changed_at: datetime | None
