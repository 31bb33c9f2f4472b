"""The consent matrix as a table: a tree of all, releases and works down, uses or programmes across.

Values come from the store lane; nothing is computed while painting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from artist_console.commands.cells import DraftMark
from artist_console.commands.matrix import Matrix, MatrixColumn, MatrixFrame, MatrixRow, MatrixRowKind
from artist_console.commands.matrix import MatrixCell as Found
from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, MatrixCell, TextCell, TreeCell, spoken
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.tables.matrix_cells import is_empty, shown_cell, spoken_cell
from artist_console.ui.text import say
from artist_console.ui.tokens import Token

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Column 0 is the tree; it stands for every use. The others are the columns of the matrix."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame: MatrixFrame | None = None
        self._cells: dict[tuple[str, str], Found] = {}
        self._known: set[str] = set()  # rows whose cells are of this frame, and not of the one before
        self._row_places: dict[str, int] = {}
        self._column_places: dict[str, int] = {"": 0}
        self._opened: frozenset[str] = frozenset()
        self._drafts: Mapping[tuple[str, str], DraftMark] = {}
        self._chosen: dict[str, None] = {}
        self._made: dict[tuple[int, int], MatrixCell | TextCell] = {}  # cells that have been in sight
        self._seen: set[int] = set()  # rows that have been

    @property
    def frame(self) -> MatrixFrame | None:
        return self._frame

    @property
    def matrix(self) -> Matrix | None:
        """The places with what is known of them so far."""
        frame = self._frame
        return Matrix(frame.columns, frame.rows, self._cells, frame.artist) if frame is not None else None

    @property
    def chosen(self) -> tuple[MatrixRow, ...]:
        """Rows whose box is ticked, from top to bottom."""
        rows = self._frame.rows if self._frame and self._chosen else ()
        return tuple(row for row in rows if row.key in self._chosen)

    def show_frame(
        self,
        frame: MatrixFrame,
        opened: frozenset[str],
        cells: Mapping[tuple[str, str], Found],
        drafts: Mapping[tuple[str, str], DraftMark],
    ) -> None:
        """Show another state. Rows and columns that stay keep selection, current cell and what they said.

        Cells that are not among these show what they showed until `add_cells` brings them.
        """
        former = self._frame
        same = former is not None and (former.columns, [row.key for row in former.rows]) == (
            frame.columns,
            [row.key for row in frame.rows],
        )
        if not same:
            self.beginResetModel()
        self._frame = frame
        self._row_places = {row.key: place for place, row in enumerate(frame.rows)}
        self._column_places = {"": 0} | {each.key: n for n, each in enumerate(frame.columns, 1)}
        kept = self._cells if former is not None and former.artist == frame.artist else {}
        self._cells = {place: cell for place, cell in kept.items() if self._holds(place)} | dict(cells)
        self._known = {row for row, _ in cells}
        self._opened = opened
        self._drafts = drafts
        self._made = {}
        self._seen = set()
        self._chosen = {key: None for key in self._chosen if key in self._row_places}
        if same:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.endResetModel()

    def add_cells(self, cells: Mapping[tuple[str, str], Found]) -> None:
        """Cells of the frame that is shown, as they come in. What nobody has seen is not painted anew."""
        self._known.update(row for row, _ in cells)
        new = {place: cell for place, cell in cells.items() if self._cells.get(place) != cell}
        self._cells.update(new)
        rows = {self._row_places[row] for row, _ in new if row in self._row_places} & self._seen
        if rows:
            self._made = {place: made for place, made in self._made.items() if place[0] not in rows}
            self.dataChanged.emit(self.index(min(rows), 1), self.index(max(rows), self.columnCount() - 1))

    def unknown(self, rows: Iterable[str]) -> tuple[str, ...]:
        """Those of the rows whose cells have not come in since the frame is shown."""
        return tuple(row for row in rows if row not in self._known)

    def _holds(self, place: tuple[str, str]) -> bool:
        return place[0] in self._row_places and place[1] in self._column_places

    # Places

    def row_at(self, index: Index) -> MatrixRow | None:
        if self._frame is None or not index.isValid():
            return None
        return self._frame.rows[index.row()]

    def column_at(self, index: Index) -> MatrixColumn | None:
        """The column of a cell; None in the first, which stands for every use."""
        if self._frame is None or not index.isValid() or index.column() == 0:
            return None
        return self._frame.columns[index.column() - 1]

    def place_of(self, row: str, column: str) -> QModelIndex:
        """The cell of two keys; an empty column is the first one."""
        if row not in self._row_places or column not in self._column_places:
            return QModelIndex()
        return self.index(self._row_places[row], self._column_places[column])

    def cell_of(self, row: MatrixRow, column: MatrixColumn) -> Found | None:
        """What stands at a place; None while it is not known."""
        return self._cells.get((row.key, column.key))

    def draft_of(self, row: MatrixRow, column: MatrixColumn) -> DraftMark | None:
        return self._drafts.get((row.key, column.key))

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._frame is None else len(self._frame.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._frame is None else len(self._frame.columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._frame is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return say("matrix", "Music")
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        column = self._frame.columns[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{domain_words(column.title)}\n{domain_words(column.subtitle)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say("matrix", "{title}, {subtitle}", title=column.title, subtitle=column.subtitle)
        if role == ROW_ROLE and column.family is not None:
            return column.key in self._opened
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if not index.isValid():
            return base
        return base | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or self._frame is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.BackgroundRole and row.kind in (MatrixRowKind.ALL, MatrixRowKind.PERSON):
            return Token.SUNKEN.value
        if index.column() == 0:
            return self._tree_data(row, role)
        if role == CELL_ROLE:
            return self._cell(index.row(), index.column())
        column = self._frame.columns[index.column() - 1]
        found, draft = self.cell_of(row, column), self.draft_of(row, column)
        if found is None:
            return self._unknown(row, column, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if is_empty(found) else shown_cell(found, row, column, draft).chip.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say(
                "matrix",
                "{row}. {cell}",
                row=row.title,
                cell=spoken_cell(found, row, column, draft),
            )
        return None

    def _unknown(self, row: MatrixRow, column: MatrixColumn, role: int) -> str | None:
        """A cell that is being worked out."""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say(
                "matrix",
                "{row}. {column}: being worked out",
                row=row.title,
                column=domain_words(column.title),
            )
        return "" if role == Qt.ItemDataRole.DisplayRole else None

    def _cell(self, row_number: int, column_number: int) -> MatrixCell | TextCell:
        place = (row_number, column_number)
        self._seen.add(row_number)
        if place not in self._made:
            assert self._frame is not None, "there are cells"
            row, column = self._frame.rows[row_number], self._frame.columns[column_number - 1]
            found, draft = self.cell_of(row, column), self.draft_of(row, column)
            if found is None:
                return TextCell("…", tone=Token.TEXT_3)
            if is_empty(found) and draft is None:
                self._made[place] = TextCell("–", tone=Token.TEXT_3)
            else:
                self._made[place] = shown_cell(found, row, column, draft)
        return self._made[place]

    def _tree_data(self, row: MatrixRow, role: int) -> Any:
        cell = TreeCell(
            row.title,
            row_second(row),
            row.depth,
            row.has_children,
            row.key in self._opened,
            _icon_of(row),
        )
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.key in self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(say("matrix", "Music"), cell)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._chosen[row.key] = None
        else:
            self._chosen.pop(row.key, None)
        self.dataChanged.emit(index, index)
        self.chosen_changed.emit()
        return True

    def choose_none(self) -> None:
        if self._chosen:
            self._chosen = {}
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
            self.chosen_changed.emit()


_ICONS = {MatrixRowKind.ALL: Icon.WORKS, MatrixRowKind.PERSON: Icon.VOICE}


def _icon_of(row: MatrixRow) -> Icon | None:
    """Rows that stand for everything have a sign of their own; an artist among several opens by an arrow."""
    return _ICONS.get(row.kind) if row.depth == 0 and not row.key.startswith("artist/") else None


def row_second(row: MatrixRow) -> str:
    """The quiet line under a title: works have none, so that the tree stays easy to scan."""
    match row.kind:
        case MatrixRowKind.ALL if row.key == "all":
            return say("matrix", "Your default")
        case MatrixRowKind.WORK:
            return ""
        case _:
            return row.subtitle
