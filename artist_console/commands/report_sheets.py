"""The tables of a report as they go out: what each column holds, and which of them stand on paper.

The words are those of the window in English; keys that never change with a language stand beside them where
a program may want them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.names import EVERY_PROGRAMME, use_words
from artist_console.commands.report_tables import ReportTables, ReportWork
from artist_console.domain import words, work_words
from artist_console.formats.report_table import OverviewRow
from artist_console.formats.table_out import ReadingNumber, TableColumn, Value

__all__ = ["OverviewRow", "ReportSheet", "ReportTable", "SheetColumn", "Value", "sheets_of"]


class ReportTable(Enum):
    """A table of a report as people read it; the value is its name on the command line and in file names."""

    WORKS = "works"
    PERMISSIONS = "permissions"
    PLACES = "places"
    HISTORY = "history"
    STATEMENTS = "statements"
    LINES = "lines"
    MONTHS = "months"
    FINDINGS = "findings"
    CASES = "cases"
    AGREEMENTS = "agreements"
    CONTRACTS = "contracts"
    PARTIES = "parties"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet; `part` of a hundred is its width on paper, where 0 leaves it out."""

    title: str
    width: int = 16
    part: int = 0
    is_number: bool = False

    @property
    def out(self) -> TableColumn:
        return TableColumn(self.title, self.width)


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A table that can go out. `rows` is taken once; `count` is how many there are."""

    table: ReportTable
    title: str
    columns: tuple[SheetColumn, ...]
    count: int
    rows: Callable[[], Iterable[Sequence[Value]]]
    removed: int = 0  # rows that were taken out of a redacted copy


def _work_rows(rows: Sequence[ReportWork]) -> Iterator[Sequence[Value]]:
    for row in rows:
        work = row.work
        outcome = work_words.OUTCOME[row.outcome] if row.outcome is not None else ""
        differs = "The report says otherwise" if row.differs else ""
        yield (
            work.title,
            work.version or "",
            row.artist_name,
            row.release_title,
            work_words.WORK_KIND[work.kind],
            work.identifier or "",
            outcome,
            differs,
            work.id,
        )


_WORKS = (
    SheetColumn("Work", 34, 32),
    SheetColumn("Version", 16),
    SheetColumn("Artist", 24, 19),
    SheetColumn("Release", 28),
    SheetColumn("Kind", 12),
    SheetColumn("ISRC or ISWC", 16, 22),
    SheetColumn("Permission, computed again", 30, 27),
    SheetColumn("Against what the report states", 28),
    SheetColumn("Id", 38),
)


def _permission_rows(rows: Sequence[ReportWork]) -> Iterator[Sequence[Value]]:
    for row in rows:
        for cell in row.cells:
            yield (
                row.work.title,
                row.work.identifier or "",
                row.artist_name,
                cell.programme_name,
                cell.operator_name,
                words.USE[cell.use][0],
                words.ANSWER[cell.answer],
                work_words.OUTCOME[cell.outcome],
                cell.use.value,
                cell.outcome.value,
            )


_PERMISSIONS = (
    SheetColumn("Work", 34, 28),
    SheetColumn("ISRC or ISWC", 16),
    SheetColumn("Artist", 24),
    SheetColumn("Programme", 22, 18),
    SheetColumn("Operator", 20),
    SheetColumn("Use", 30, 24),
    SheetColumn("Answer", 14),
    SheetColumn("What follows, computed again", 30, 30),
    SheetColumn("Use (key)", 18),
    SheetColumn("What follows (key)", 22),
)


def _place_rows(rows: Sequence[PlaceRow]) -> Iterator[Sequence[Value]]:
    for row in rows:
        yield (
            row.work_title,
            row.programme_name,
            row.operator_name,
            row.dataset,
            row.model,
            row.said.text,
            row.as_of,
            words.grade_words(row.grade, row.stated_by),
            row.stated_by,
            words.BASIS_GROUP[row.basis_group],
            row.agreement,
            "; ".join(row.against),
            row.state.value,
            row.work,
        )


_PLACES = (
    SheetColumn("Work", 34, 26),
    SheetColumn("Programme", 22),
    SheetColumn("Operator", 20),
    SheetColumn("Dataset", 26),
    SheetColumn("Model", 26),
    SheetColumn("State", 36, 34),
    SheetColumn("As of", 12, 16),
    SheetColumn("Evidence", 24, 24),
    SheetColumn("Stated by", 24),
    SheetColumn("Basis", 24),
    SheetColumn("Agreement", 30),
    SheetColumn("Said against it on the same day", 36),
    SheetColumn("State (key)", 20),
    SheetColumn("Work (id)", 38),
)


def _history_rows(rows: Sequence[HistoryRow]) -> Iterator[Sequence[Value]]:
    for row in rows:
        yield (
            row.when,
            row.on_behalf_of,
            row.subject,
            row.programme or EVERY_PROGRAMME,
            use_words(row.use),
            words.STANCE[row.former] if row.former is not None else "",
            words.STANCE[row.stance],
            row.terms,
            row.n,
            "In the report" if row.receipt else "Not in the report",
            row.decision,
        )


_HISTORY = (
    SheetColumn("Recorded (UTC)", 20, 16),
    SheetColumn("On behalf of", 24),
    SheetColumn("About", 34, 26),
    SheetColumn("Programme", 22, 18),
    SheetColumn("Use", 30, 26),
    SheetColumn("From", 12),
    SheetColumn("Answer", 12, 14),
    SheetColumn("Terms", 28),
    SheetColumn("Place in ledger", 12),
    SheetColumn("Receipt", 18),
    SheetColumn("Decision", 38),
)


def _statement_rows(tables: ReportTables) -> Iterator[Sequence[Value]]:
    for row in tables.statements:
        of = row.statement
        yield (
            of.period_from,
            of.period_until,
            of.issuer,
            row.payee_name,
            ReadingNumber(row.amount),
            row.amount,
            of.currency,
            words.CHECK[row.check],
            of.line_count,
            of.id,
        )


_STATEMENTS = (
    SheetColumn("From", 12, 16),
    SheetColumn("Until", 12, 16),
    SheetColumn("Issuer", 26, 18),
    SheetColumn("Payee", 24),
    SheetColumn("Amount", 14),
    SheetColumn("Amount (exact)", 24, 22, is_number=True),
    SheetColumn("Currency", 9, 8),
    SheetColumn("Check", 24, 20),
    SheetColumn("Lines", 10),
    SheetColumn("Id", 38),
)


def _month_rows(tables: ReportTables) -> Iterator[Sequence[Value]]:
    for total in tables.months:
        yield (
            f"{total.month:%Y-%m}",
            total.label,
            words.NATURE[total.nature],
            ReadingNumber(total.amount),
            total.amount,
            total.currency,
        )


_MONTHS = (
    SheetColumn("Month", 10, 14),
    SheetColumn("Programme", 26, 26),
    SheetColumn("Kind of money", 24, 26),
    SheetColumn("Amount", 14),
    SheetColumn("Amount (exact)", 24, 24, is_number=True),
    SheetColumn("Currency", 9, 10),
)


def sheets_of(tables: ReportTables) -> tuple[ReportSheet, ...]:
    """Every table, those without rows too, in the order in which people ask for them."""
    permissions = sum(len(row.cells) for row in tables.works)
    return (
        ReportSheet(ReportTable.WORKS, "Works", _WORKS, len(tables.works), lambda: _work_rows(tables.works)),
        ReportSheet(
            ReportTable.PERMISSIONS,
            "Permissions",
            _PERMISSIONS,
            permissions,
            lambda: _permission_rows(tables.works),
        ),
        ReportSheet(
            ReportTable.PLACES,
            "Where they are",
            _PLACES,
            len(tables.places),
            lambda: _place_rows(tables.places),
        ),
        ReportSheet(
            ReportTable.HISTORY,
            "History",
            _HISTORY,
            len(tables.history),
            lambda: _history_rows(tables.history),
        ),
        ReportSheet(
            ReportTable.STATEMENTS,
            "Statements",
            _STATEMENTS,
            len(tables.statements),
            lambda: _statement_rows(tables),
        ),
        ReportSheet(
            ReportTable.MONTHS, "Earned by month", _MONTHS, len(tables.months), lambda: _month_rows(tables)
        ),
    )
