"""Statements as rows: period, issuer, what the check came to, amount. In the order they are given."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QObject

from artist_console.commands.earnings import StatementRow
from artist_console.domain.statement_names import is_left_over
from artist_console.domain.statements import CheckResult, Statement, StatementLevel, StatementSource
from artist_console.ui.delegates.cells import (
    Cell,
    ChipCell,
    MoneyCell,
    TextCell,
)
from artist_console.ui.looks import check_chip
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.tables.rows_model import RowsModel
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Token


class StatementsColumn(IntEnum):
    PERIOD = 0
    ISSUER = 1
    CHECK = 2
    AMOUNT = 3


class StatementsModel(RowsModel[StatementRow, StatementsColumn]):
    """A short fixed list; the store has put it in order."""

    columns = StatementsColumn

    def __init__(self, words: MoneyWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._with_payee = False
        self.rows: tuple[StatementRow, ...] = ()

    def show_rows(self, rows: Sequence[StatementRow], words: MoneyWords, *, with_payee: bool = False) -> None:
        """Show these rows; `with_payee` names for whom each is."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._words = words
        self._with_payee = with_payee
        self.endResetModel()

    def title(self, column: StatementsColumn) -> str:
        match column:
            case StatementsColumn.PERIOD:
                return say("statements", "Period")
            case StatementsColumn.ISSUER:
                return say("statements", "From")
            case StatementsColumn.CHECK:
                return say("statements", "Check")
            case StatementsColumn.AMOUNT:
                return say("statements", "Amount")

    def sort_key(self, row: StatementRow, column: StatementsColumn) -> object:
        return row.amount if column is StatementsColumn.AMOUNT else row.statement.period_until

    def cell(self, row: StatementRow, column: StatementsColumn) -> Cell:
        statement = row.statement
        match column:
            case StatementsColumn.PERIOD:
                period = period_words(self._words.figures, statement.period_from, statement.period_until)
                return TextCell(period, weight="medium")
            case StatementsColumn.ISSUER:
                return TextCell(
                    name_words(statement), row.payee_name if self._with_payee else "", tone=Token.TEXT_2
                )
            case StatementsColumn.CHECK:
                return ChipCell(check_chip(row.check), check_words(row, self._words))
            case StatementsColumn.AMOUNT:
                return MoneyCell(self._words.money(statement.currency, row.amount), beside_amount(statement))


def name_words(statement: Statement) -> str:
    """From whom it is; what is left of a statement is told from the statement itself."""
    if is_left_over(statement):
        return say("statements", "What is left of {issuer}", issuer=statement.issuer)
    return statement.issuer


def beside_amount(statement: Statement) -> str:
    """What a sum is where it is not what the payee is due, or not all of it."""
    if is_left_over(statement):
        return say("statements", "Left over, in no total")
    match statement.level:
        case StatementLevel.POOL:
            return say("statements", "Pools, in no total")
        case StatementLevel.LICENSOR_GROSS:
            return say("statements", "Before shares, in no total")
        case StatementLevel.PAYEE_NET if statement.rows_left_out:
            return say("statements", "Partial")
        case StatementLevel.PAYEE_NET:
            return ""


def check_words(row: StatementRow, words: MoneyWords) -> str:
    """What stands beside the chip: by how much, what is missing, or how many lines."""
    statement = row.statement
    difference = statement.declared_total - row.amount if statement.declared_total is not None else None
    match row.check:
        case CheckResult.DOES_NOT_ADD_UP if difference:
            money = words.money(statement.currency, abs(difference))
            if difference < 0:
                return say("statements", "{money} less than its own lines", money=money)
            return say("statements", "{money} more than its own lines", money=money)
        case CheckResult.DOES_NOT_ADD_UP:
            return say("statements", "Open it to see where first")
        case CheckResult.PART_CANNOT_BE_CHECKED if difference is None:
            return say("statements", "It declares no total")
        case CheckResult.PART_CANNOT_BE_CHECKED if None in (
            statement.opening_balance,
            statement.closing_balance,
        ):
            return say("statements", "A balance is not stated")
        case CheckResult.PART_CANNOT_BE_CHECKED:
            return say("statements", "No line says how it was made")
        case CheckResult.NOT_CHECKED:
            return say("statements", "Its lines are not all here yet")
        case CheckResult.ADDS_UP:
            lines = say_count("statements", "1 of 1 line", "{n} of {n} lines", statement.line_count)
            if statement.source is StatementSource.IMPORTED:
                return say("statements", "{lines}, imported as it is", lines=lines)
            return lines
