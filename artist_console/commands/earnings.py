"""Money: totals, flow, months, statements and how each line was made. Exact decimals, per currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from artist_console.commands.works import MonthTotal
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.statements import CheckResult, Line, MoneyNature, Statement


class EarningsBy(Enum):
    PROGRAMME = "programme"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class EarningsQuery:
    """Which money. `since` and `until` are first days of months, both included."""

    artist: ArtistId | None = None
    work: WorkId | None = None
    programme: ProgrammeId | None = None
    since: date | None = None
    until: date | None = None
    by: EarningsBy = EarningsBy.PROGRAMME


@dataclass(frozen=True, slots=True)
class FlowRow:
    """From earned to paid, in one currency: payable = earned - set_against - held - taken."""

    currency: str
    earned: Decimal
    set_against: Decimal  # against an advance
    held: Decimal  # reserves, net of those released
    taken: Decimal  # costs, tax, commission, transfers by split
    payable: Decimal
    paid: Decimal  # by the statements' own word


class EarningsLevel(Enum):
    PERIOD = "period"
    PROGRAMME = "programme"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class EarningsRow:
    """A row of the table that drills down; `parent` is the key of the row above, empty at the top."""

    key: str
    parent: str
    level: EarningsLevel
    title: str
    subtitle: str
    currency: str
    amount: Decimal
    lines: int
    statement: StatementId | None
    check: CheckResult | None  # of a statement
    natures: tuple[MoneyNature, ...]


@dataclass(frozen=True, slots=True)
class EarningsView:
    flow: tuple[FlowRow, ...]  # per currency
    months: tuple[MonthTotal, ...]
    rows: tuple[EarningsRow, ...]  # parents before children, newest period first
    programmes: tuple[tuple[ProgrammeId, str], ...]  # that money came from, to filter by
    first_month: date | None
    last_month: date | None
    included_not_paid: tuple[str, ...]  # "“Title”: Programme", in a model but without a line
    paid_not_included: tuple[str, ...]
    unrecognised: int  # lines with no AI income recognised: said so, never shown as zero


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement of the list."""

    statement: Statement
    payee_name: str
    amount: Decimal  # sum of its own lines
    check: CheckResult


@dataclass(frozen=True, slots=True)
class LineView:
    """A line with its names in words; a correction follows the line it corrects."""

    line: Line
    work_title: str  # as known here, else as delivered
    programme_name: str
    kind_words: str
    nature: MoneyNature
    making: tuple[tuple[str, str], ...]  # how it was made: label and value; empty where the line does not say
    making_holds: bool | None  # None: cannot be checked
    corrects: str  # "corrects line 12"; empty for most
    use_words: str
