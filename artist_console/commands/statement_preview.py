"""What a statement file looks like before it is brought in: how it is read, its first rows, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from artist_console.commands.import_hints import Hints
from artist_console.domain.ids import StatementId
from artist_console.domain.statements import LineKind, StatementLevel


class OpenQuestion(Enum):
    """What the file does not say and a person has to, in the order in which it is asked."""

    COLUMNS = "columns"  # which of them holds what
    NUMBERS = "numbers"  # whether a point or a comma marks decimals
    DAYS = "days"  # whether the day or the month comes first
    CURRENCY = "currency"
    MONTH = "month"
    LEVEL = "level"  # whose money the lines are about


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it will be read; `reason` says why it will be left out, empty where it will not."""

    row: int  # of the file, from 1
    title: str
    artist: str
    source: str  # store or service, as delivered
    month: date | None
    territory: str
    quantity: int | None
    amount: Decimal | None
    currency: str
    kind: LineKind | None
    reason: str = ""
    delivered: str = ""  # the amount as the file writes it, where it is not known yet what it is


@dataclass(frozen=True, slots=True)
class StatementPreview:
    """How a file is read with what is known of it and said about it so far; nothing is taken over."""

    file_name: str
    hints: Hints  # with which it was read: what the person says, and what was said of such files before
    layout: str  # key of the form that it was recognised by; empty: none
    issuer: str
    level: StatementLevel | None
    currency: str  # of all amounts; empty where the rows say it, or nobody does
    currencies: tuple[str, ...]  # in the first rows
    months: tuple[date, date] | None  # first and last of the first rows
    numbers: str  # "point", "comma"; "seen_point", "seen_comma": by its cells alone; empty while it is open
    days: str  # "day_first", "month_first"; empty: the days need no order, or it is open
    encoding: str  # empty for a workbook
    delimiter: str  # empty for a workbook
    header_row: int | None  # from 1; None where there is no row of names
    preamble: tuple[str, ...]  # rows before it, as text
    header: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]  # field and its column
    as_before: bool  # its columns are read as the person named them for an earlier file
    cells: tuple[tuple[str, ...], ...]  # of the first rows as delivered, one for each name of the header
    rows: tuple[PreviewRow, ...]
    is_whole: bool  # the rows are all that the file has
    warnings: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]
    cell: str = ""  # an amount that can be read in two ways, or a day ...
    readings: tuple[tuple[str, str], ...] = ()  # ... and what it is then, by key: ("comma", "1.234")

    @property
    def recognised(self) -> int:
        """How many of the rows that are shown are income from AI."""
        return sum(row.kind is not None and row.kind is not LineKind.OTHER for row in self.rows)

    @property
    def left_out(self) -> int:
        """How many of the rows that are shown will be left out."""
        return sum(bool(row.reason) for row in self.rows)


@dataclass(frozen=True, slots=True)
class FormerStatement:
    """A statement that is here, and that a file looks like another version of."""

    id: StatementId
    issuer: str
    period_from: date
    period_until: date
    currency: str
    received_on: date
    lines: int
    file_name: str
    alike: int  # of so many rows that were compared ...
    compared: int  # ... the former statement has some about the same


@dataclass(frozen=True, slots=True)
class FormerStatements:
    """What is here of a file that is about to come in."""

    same: tuple[FormerStatement, ...]  # brought in from the very same file: it would change nothing
    alike: tuple[FormerStatement, ...]  # of the same issuer, about the same rows: most alike first
