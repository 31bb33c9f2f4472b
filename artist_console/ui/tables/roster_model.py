"""The artists of a roster as the table shows them. A roster is short: all of its rows are here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum, IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from artist_console.commands.authority import RosterPower
from artist_console.commands.roster import RosterRow
from artist_console.domain.ids import ArtistId
from artist_console.ui.delegates.cells import (
    CELL_ROLE,
    ROW_ROLE,
    Cell,
    ChipCell,
    MoneyCell,
    TextCell,
    WorkCell,
    spoken,
)
from artist_console.ui.figures import Figures
from artist_console.ui.looks import power_chip
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_STALE_DAYS = 7


class RosterColumn(IntEnum):
    CHOOSE = 0
    ARTIST = 1
    WAITING = 2
    REPORTED = 3
    CATALOGUE = 4
    MAY = 5
    EARNED = 6


class RosterFilter(Enum):
    ALL = "all"
    NEEDS = "needs"
    ENDING = "ending"
    VIEW_ONLY = "view_only"
    STALE = "stale"  # nothing synced for seven days


def passes(row: RosterRow, wanted: RosterFilter, now: datetime) -> bool:
    match wanted:
        case RosterFilter.ALL:
            return True
        case RosterFilter.NEEDS:
            return row.waiting > 0
        case RosterFilter.ENDING:
            return row.ends_soon
        case RosterFilter.VIEW_ONLY:
            return row.may is RosterPower.VIEW
        case RosterFilter.STALE:
            return row.last_synced is None or (now - row.last_synced).days >= _STALE_DAYS


class RosterModel(QAbstractTableModel):
    """Rows and which of them are chosen."""

    chosen_changed = Signal()

    def __init__(
        self, figures: Figures, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._figures = figures
        self._clock = clock
        self._rows: tuple[RosterRow, ...] = ()
        self._chosen: set[ArtistId] = set()
        self._scores: Mapping[ArtistId, int] = {}

    def show_scores(self, scores: Mapping[ArtistId, int]) -> None:
        """How whole each catalogue is, in per cent; it comes after the rows."""
        self._scores = scores
        self._tell_all()

    def show_rows(self, rows: Sequence[RosterRow]) -> None:
        if [row.artist for row in rows] == [row.artist for row in self._rows]:
            self._rows = tuple(rows)
            self._tell_all()
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[RosterRow, ...]:
        return self._rows

    @property
    def chosen(self) -> tuple[RosterRow, ...]:
        return tuple(row for row in self._rows if row.artist in self._chosen)

    def choose(self, rows: Iterable[int], on: bool) -> None:
        artists = {self._rows[row].artist for row in rows}
        self._chosen = self._chosen | artists if on else self._chosen - artists
        self._tell_all()
        self.chosen_changed.emit()

    def choose_all(self, on: bool) -> None:
        self.choose(range(len(self._rows)), on)

    def choose_none(self) -> None:
        if self._chosen:
            self._chosen.clear()
            self._tell_all()
            self.chosen_changed.emit()

    def _tell_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(RosterColumn) - 1))

    # Qt

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(RosterColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], RosterColumn(index.column())
        if role == ROW_ROLE:
            return row
        if column is RosterColumn.CHOOSE:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.artist in self._chosen else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return say("roster", "Choose {name}", name=row.name)
            return None
        if role in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self._cell(row, column)
            if role == CELL_ROLE:
                return cell
            return (
                spoken(header_words(column), cell)
                if role == Qt.ItemDataRole.AccessibleTextRole
                else cell.spoken()
            )
        return None

    def _cell(self, row: RosterRow, column: RosterColumn) -> Cell:
        match column:
            case RosterColumn.ARTIST:
                return WorkCell(
                    row.artist, row.name, say_count("roster", "1 work", "{n} works", row.works), round=True
                )
            case RosterColumn.WAITING:
                if not row.waiting:
                    return TextCell(say("roster", "Nothing"), tone=Token.TEXT_2)
                words = say_count("roster", "1 waiting", "{n} waiting", row.waiting)
                return ChipCell(ChipValue(ChipMeaning.WAITING, words))
            case RosterColumn.REPORTED:
                return TextCell(self._figures.number(row.reported), figures=True)
            case RosterColumn.CATALOGUE:
                score = self._scores.get(row.artist)
                if score is None or not row.works:
                    return TextCell("–", tone=Token.TEXT_3)
                return TextCell(say("roster", "{score} %", score=score), figures=True)
            case RosterColumn.MAY:
                return self._may_cell(row)
            case _:
                if not row.earned:
                    return MoneyCell("–", quiet=True)
                first, *others = (self._figures.money(*money) for money in row.earned)
                return MoneyCell(first, " · ".join(others))

    def _may_cell(self, row: RosterRow) -> ChipCell:
        until = (
            say("roster", "Until {day}", day=self._figures.short_day(row.until, self._clock().date()))
            if row.until
            else ""
        )
        beside = " · ".join(part for part in (until, row.limits) if part)
        if row.ends_soon and row.until is not None:
            days = (row.until - self._clock().date()).days
            ends = say_count("roster", "Ends in 1 day", "Ends in {n} days", days)
            return ChipCell(
                ChipValue(ChipMeaning.ENDS_SOON, ends),
                " · ".join(p for p in (power_chip(row.may).shown, until) if p),
            )
        if row.may is RosterPower.PROPOSE and not beside:
            beside = say("roster", "The artist confirms")
        return ChipCell(power_chip(row.may), beside)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = RosterColumn(section)
            return "" if column is RosterColumn.CHOOSE else header_words(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == RosterColumn.CHOOSE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if (
            index.isValid()
            and role == Qt.ItemDataRole.CheckStateRole
            and index.column() == RosterColumn.CHOOSE
        ):
            self.choose([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        return False


def header_words(column: RosterColumn) -> str:
    match column:
        case RosterColumn.CHOOSE:
            return say("roster", "Choose")
        case RosterColumn.ARTIST:
            return say("roster", "Artist")
        case RosterColumn.WAITING:
            return say("roster", "Waiting")
        case RosterColumn.REPORTED:
            return say("roster", "Works reported")
        case RosterColumn.CATALOGUE:
            return say("roster", "Catalogue")
        case RosterColumn.MAY:
            return say("roster", "What you may do")
        case RosterColumn.EARNED:
            return say("roster", "Earned, 12 months")
