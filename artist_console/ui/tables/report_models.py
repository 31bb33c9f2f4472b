"""The tables of an opened report, read only, in the order they are given.

A table of which rows were taken out says so in a last row of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt

from artist_console.commands.earnings import StatementRow
from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.report_sheets import OverviewRow, ReportSheet, Value
from artist_console.commands.report_tables import ReportWork
from artist_console.domain import words, work_words
from artist_console.domain.registers import Stance, UseScope, UseScopeKind
from artist_console.domain.uses import Family, Use
from artist_console.ui.delegates.cells import (
    CELL_ROLE,
    ROW_ROLE,
    SORT_ROLE,
    Cell,
    ChipCell,
    MoneyCell,
    TextCell,
)
from artist_console.ui.figures import Figures
from artist_console.ui.looks import check_chip, grade_chip, outcome_chip
from artist_console.ui.meanings import domain_words, state_chip
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.report_words import removed_words
from artist_console.ui.tables.fixed_rows import FixedRows, Index
from artist_console.ui.tables.statements_model import beside_amount, check_words, name_words
from artist_console.ui.text import say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

RowT = TypeVar("RowT")
_NO_INDEX = QModelIndex()


class ReportRows(FixedRows[RowT]):
    """Rows, and after them one that says how many were taken out of this copy."""

    def __init__(self, figures: Figures, parent: QObject | None = None) -> None:
        super().__init__(figures, parent)
        self.removed = 0

    def show_part(self, rows: Sequence[RowT], removed: int = 0) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.removed = removed
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows) + bool(self.removed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() < len(self.rows):
            return super().data(index, role)
        if role == ROW_ROLE:
            return None
        cell = TextCell(removed_words(self.removed) if index.column() == 0 else "", tone=Token.TEXT_3)
        if role == CELL_ROLE:
            return cell
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, SORT_ROLE)
        return cell.spoken() if role in words else None


class OverviewModel(FixedRows[OverviewRow]):
    """The beginning of the overview, as the report itself says it: nothing is computed again yet."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("report", "Work"),
            say("report", "Programme"),
            say("report", "Where it is"),
            say("report", "Permission, as stated"),
        )

    def cell(self, row: OverviewRow, column: int) -> Cell:
        match column:
            case 0:
                title = (
                    say("report", "{title} ({version})", title=row.title, version=row.version)
                    if row.version
                    else row.title
                )
                return TextCell(title, row.artists, weight="medium")
            case 1:
                return TextCell(row.programme, tone=Token.TEXT_2)
            case 2:
                return TextCell(row.where_it_is)
            case _:
                return TextCell(row.permission)


class ReportStatementsModel(ReportRows[StatementRow]):
    """Statements with what came of adding them up."""

    with_payee = False

    def headers(self) -> tuple[str, ...]:
        return (
            say("statements", "Period"),
            say("statements", "From"),
            say("statements", "Check"),
            say("statements", "Amount"),
        )

    def cell(self, row: StatementRow, column: int) -> Cell:
        statement, words = row.statement, MoneyWords(self._figures)
        match column:
            case 0:
                period = period_words(self._figures, statement.period_from, statement.period_until)
                return TextCell(period, weight="medium")
            case 1:
                payee = row.payee_name if self.with_payee else ""
                return TextCell(name_words(statement), payee, tone=Token.TEXT_2)
            case 2:
                return ChipCell(check_chip(row.check), check_words(row, words))
            case _:
                return MoneyCell(words.money(statement.currency, row.amount), beside_amount(statement))


class SheetModel(ReportRows[Sequence[Value]]):
    """Facts of one kind, in the columns that stand on paper; the rest is in the details of a row."""

    def __init__(self, figures: Figures, parent: QObject | None = None) -> None:
        super().__init__(figures, parent)
        self.sheet: ReportSheet | None = None
        self._shown: list[int] = []

    def show_sheet(self, sheet: ReportSheet, rows: Sequence[Sequence[Value]]) -> None:
        self.beginResetModel()
        self.sheet = sheet
        self._shown = [place for place, column in enumerate(sheet.columns) if column.part]
        self.rows = tuple(rows)
        self.removed = sheet.removed
        self.endResetModel()

    def headers(self) -> tuple[str, ...]:
        if self.sheet is None:
            return ()
        return tuple(domain_words(self.sheet.columns[place].title) for place in self._shown)

    def cell(self, row: Sequence[Value], column: int) -> Cell:
        words = value_words(row[self._shown[column]], self._figures)
        return TextCell(words, weight="medium") if column == 0 else TextCell(words, tone=Token.TEXT_2)


def value_words(value: Value, figures: Figures) -> str:
    """A value of a sheet as the reader's region writes it."""
    match value:
        case None:
            return ""
        case datetime():
            return figures.day_and_time(value)
        case date():
            return figures.day(value)
        case bool():
            return say("report", "Yes") if value else say("report", "No")
        case int():
            return figures.number(value)
        case Decimal():
            return figures.exact(value)
        case _:
            return str(value)


class ReportWorksModel(ReportRows[ReportWork]):
    """Works with the permission computed again from the report's own rows, where it is verified."""

    verified = True

    def headers(self) -> tuple[str, ...]:
        return (say("report", "Work"), say("report", "Permission, computed again"), say("report", "Code"))

    def cell(self, row: ReportWork, column: int) -> Cell:
        match column:
            case 0:
                second = " · ".join(part for part in (row.artist_name, row.release_title) if part)
                return TextCell(_title(row), second, weight="medium")
            case 1 if not self.verified:
                return TextCell(say("report", "Not verified, not computed"), tone=Token.TEXT_3)
            case 1 if row.differs:
                claims = say("report", "The report says otherwise")
                return ChipCell(ChipValue(ChipMeaning.CHANGED_AFTER_SIGNING, claims))
            case 1 if row.outcome is not None:
                return ChipCell(outcome_chip(row.outcome))
            case 1:
                return TextCell(domain_words(work_words.NO_PROGRAMME), tone=Token.TEXT_3)
            case _:
                return TextCell(row.work.identifier or "", tone=Token.TEXT_2)


class ReportHistoryModel(ReportRows[HistoryRow]):
    """Answers, the newest first."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("report", "About"),
            say("report", "Use"),
            say("report", "Answer"),
            say("report", "Recorded"),
            say("report", "Receipt"),
        )

    def cell(self, row: HistoryRow, column: int) -> Cell:
        match column:
            case 0:
                programme = row.programme or say("report", "Every programme")
                return TextCell(row.subject, programme, weight="medium")
            case 1:
                return TextCell(use_words(row.use), row.terms, tone=Token.TEXT)
            case 2:
                return ChipCell(stance_chip(row.stance))
            case 3:
                return TextCell(self._figures.day_and_time(row.when), tone=Token.TEXT_2)
            case _:
                there = say("report", "In the report") if row.receipt else say("report", "Not in the report")
                return TextCell(there, tone=Token.TEXT_2)


class ReportPlacesModel(ReportRows[PlaceRow]):
    """Where works are reported, strongest state first; listed and used stay separate rows."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("report", "Work"),
            say("report", "Programme"),
            say("report", "State"),
            say("report", "Evidence"),
            say("report", "As of"),
        )

    def cell(self, row: PlaceRow, column: int) -> Cell:
        match column:
            case 0:
                return TextCell(row.work_title, row.model or row.dataset, weight="medium")
            case 1:
                return TextCell(row.programme_name or row.dataset, row.operator_name)
            case 2:
                return ChipCell(state_chip(row.state, row.stated_by))
            case 3:
                return ChipCell(grade_chip(row.grade))
            case _:
                return TextCell(self._figures.day(row.as_of), tone=Token.TEXT_2)


def _title(row: ReportWork) -> str:
    work = row.work
    if not work.version:
        return work.title
    return say("report", "{title} ({version})", title=work.title, version=work.version)


def use_words(scope: UseScope) -> str:
    """A use, a family of uses, or every use."""
    match scope.kind:
        case UseScopeKind.KEY:
            return domain_words(words.USE[Use(scope.name)][0])
        case UseScopeKind.FAMILY:
            return domain_words(words.FAMILY[Family(scope.name)][0])
        case UseScopeKind.ANY:
            return say("report", "Every use")


def stance_chip(stance: Stance) -> ChipValue:
    match stance:
        case Stance.ALLOW:
            return ChipValue(ChipMeaning.ALLOWED)
        case Stance.REFUSE:
            return ChipValue(ChipMeaning.REFUSED)
        case Stance.CLEAR:
            return ChipValue(ChipMeaning.UNDECIDED, say("report", "Cleared"))
