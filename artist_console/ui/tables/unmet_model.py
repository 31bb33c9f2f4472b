"""Places where payment, inclusion and permission do not meet, as rows in the order they are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import IntEnum

from PySide6.QtCore import QObject

from artist_console.commands.reconcile import ReconcileRow
from artist_console.domain.unmet import Unmet
from artist_console.ui.delegates.cells import Cell, MoneyCell, TextCell
from artist_console.ui.figures import Figures
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.tables.rows_model import RowsModel
from artist_console.ui.text import say
from artist_console.ui.tokens import Token


class UnmetColumn(IntEnum):
    WHAT = 0
    WORK = 1
    WHERE = 2
    AMOUNT = 3


class UnmetModel(RowsModel[ReconcileRow, UnmetColumn]):
    """`with_artist` names whose music each is about."""

    columns = UnmetColumn

    def __init__(self, words: MoneyWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._with_artist = False
        self.rows: tuple[ReconcileRow, ...] = ()

    def show_rows(
        self, rows: Sequence[ReconcileRow], words: MoneyWords, *, with_artist: bool = False
    ) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self._words = words
        self._with_artist = with_artist
        self.endResetModel()

    def title(self, column: UnmetColumn) -> str:
        match column:
            case UnmetColumn.WHAT:
                return say("reconcile", "What does not meet")
            case UnmetColumn.WORK:
                return say("reconcile", "For")
            case UnmetColumn.WHERE:
                return say("reconcile", "Where and when")
            case UnmetColumn.AMOUNT:
                return say("reconcile", "Paid")

    def sort_key(self, row: ReconcileRow, column: UnmetColumn) -> object:
        return row.unmet.until

    def cell(self, row: ReconcileRow, column: UnmetColumn) -> Cell:
        each = row.unmet
        match column:
            case UnmetColumn.WHAT:
                return TextCell(domain_words(row.kind_words), weight="medium")
            case UnmetColumn.WORK:
                title = row.work_title or say("reconcile", "No single work")
                return TextCell(title, row.artist_name if self._with_artist else "")
            case UnmetColumn.WHERE:
                period = unmet_period(self._words.figures, each)
                return TextCell(row.programme_name or row.statement_words, period, tone=Token.TEXT_2)
            case UnmetColumn.AMOUNT if each.amount is None:
                return MoneyCell("–", quiet=True)
            case UnmetColumn.AMOUNT:
                return MoneyCell(self._words.money(each.currency, each.amount), self._expected(row))

    def _expected(self, row: ReconcileRow) -> str:
        each = row.unmet
        if each.expected is None:
            return ""
        return say("reconcile", "of {amount}", amount=self._words.money(each.currency, each.expected))


def unmet_period(figures: Figures, each: Unmet) -> str:
    """When it is about: months, where what was paid is told by months."""
    until = each.until
    if each.since.day == 1 and until.day == 1:
        next_month = (until + timedelta(days=31)).replace(day=1)
        until = next_month - timedelta(days=1)
    return period_words(figures, each.since, until)
