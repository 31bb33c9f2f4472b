"""The table of the consent matrix: a frozen tree with boxes, columns that share the room, families that open.

What a cell shows is painted as everywhere else; this adds the box before the tree, the arrow of a family in
the header, and keys of its own: + and - open and close.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from artist_console.ui.delegates.cell_delegate import CellDelegate, toggle
from artist_console.ui.delegates.cells import ROW_ROLE, TreeCell
from artist_console.ui.delegates.painting import Ground, expander_rect, paint_cell
from artist_console.ui.delegates.table import PAD, Column, DataTable, TableHeader
from artist_console.ui.icons import Icon
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import paint_tick
from artist_console.ui.widgets.painting import mirrored, text_width

Index = QModelIndex | QPersistentModelIndex

_BOX_PLACE = 30  # before the tree
_BOX = 16
_TREE_WIDTH = 306
_TREE_LEAST = 220
_CELL_WIDTH = 150
_CELL_LEAST = 120
_ARROW = 14


class MatrixDelegate(CellDelegate):
    """Paints a box before the tree; a press on it chooses the row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != 0:
            super().paint(painter, option, index)
            return
        rect = QRectF(option.rect)
        mirrors = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        own = index.data(Qt.ItemDataRole.BackgroundRole)
        ground = Token(own) if own else Token.SURFACE
        painter.fillRect(rect, self._theme.colour(ground))
        self._paint_ground(painter, option, index, rect)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        paint_tick(painter, self._theme, self.box_rect(rect, mirrors), Qt.CheckState(state))
        tree = self.tree_rect(rect, mirrors)
        paint_cell(Ground(painter, self._theme, tree, mirrors), self.cell_of(index))
        painter.restore()

    def box_rect(self, rect: QRectF, mirrors: bool) -> QRectF:
        size = self._theme.px(_BOX)
        return mirrored(QRectF(rect.x() + 9, rect.center().y() - size / 2, size, size), rect, mirrors)

    def tree_rect(self, rect: QRectF, mirrors: bool) -> QRectF:
        return mirrored(rect.adjusted(_BOX_PLACE - 6, 0, 0, 0), rect, mirrors)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if index.column() != 0 or not isinstance(event, QMouseEvent):
            return False
        rect = QRectF(option.rect)
        mirrors = option.direction is Qt.LayoutDirection.RightToLeft
        place = event.position()
        if self.box_rect(rect, mirrors).adjusted(-6, -10, 6, 10).contains(place):
            if event.type() is QEvent.Type.MouseButtonRelease:
                toggle(model, index)
            return True
        cell = self.cell_of(index)
        tree = self.tree_rect(rect, mirrors)
        if isinstance(cell, TreeCell) and cell.expandable:
            area = expander_rect(tree, cell, right_to_left=mirrors)
            if area.contains(place):
                if event.type() is QEvent.Type.MouseButtonPress:
                    self.expand_wished.emit(model.index(index.row(), index.column()))
                return True
        return False


class MatrixHeader(TableHeader):
    """Families have an arrow that says whether their single uses are shown."""

    def _paint_words(self, painter: QPainter, box: QRectF, logical: int, column: Column) -> None:
        opened = self.model().headerData(logical, Qt.Orientation.Horizontal, ROW_ROLE)
        if opened is None:
            super()._paint_words(painter, box, logical, column)
            return
        theme = self._theme
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        words_box = mirrored(box.adjusted(0, 0, -(theme.px(_ARROW) - 2), 0), box, mirrors)
        super()._paint_words(painter, words_box, logical, column)
        words, second, _ = self.lines_of(logical, words_box.width() - 2 * PAD)
        size = theme.px(_ARROW)
        left = box.x() + PAD + min(text_width(theme.font(TextRole.BODY, 600), words), box.width() - 18 - size)
        middle = box.center().y() - (theme.px(9) if second else 0)
        place = QRectF(left + 4, middle - size / 2, size, size)
        icon = Icon.CHEVRON_DOWN if opened else Icon.CHEVRON_RIGHT
        theme.icons.paint(
            painter, mirrored(place, box, mirrors), icon, theme.colour(Token.TEXT_2), right_to_left=mirrors
        )

    def lines_of(self, logical: int, room: float) -> tuple[str, str, bool]:
        """Where it is narrow, a name takes both lines, and what explains the names goes from all of them."""
        first, second, _ = super().lines_of(logical, room)
        font = self._theme.font(TextRole.BODY, 600)
        if text_width(font, first) > room and " " in first:
            parts = first.split(" ")
            splits = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
            start, end = min(splits, key=lambda split: max(text_width(font, line) for line in split))
            return start, end, True
        return first, second if self._explains() else "", False

    def _explains(self) -> bool:
        font = self._theme.font(TextRole.CAPTION)
        less = 2 * PAD + self._theme.px(_ARROW) - 2
        return all(
            text_width(font, super(MatrixHeader, self).lines_of(at, 0)[1]) <= self.sectionSize(at) - less
            for at in range(self.count())
            if not self.isSectionHidden(at)
        )


class MatrixTable(DataTable):
    """Cells are current and can be chosen in rectangles; the tree stays in place."""

    column_open_wished = Signal(int)  # a family's column

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent, cells=True)
        self.delegate = MatrixDelegate(theme, self)
        self.delegate.cells_are_current = True
        self.delegate.expand_wished.connect(self.expand_wished)
        self.setItemDelegate(self.delegate)
        self.header = MatrixHeader(theme, self)
        self.setHorizontalHeader(self.header)
        self.header.sectionClicked.connect(self.column_open_wished)
        self.header.sectionResized.connect(self._keep_width)
        self.header.setSectionsMovable(False)
        if self._frozen is not None:
            self._frozen.setItemDelegate(self.delegate)
        self._measure()

    def show_columns(self, keys: Sequence[str]) -> None:
        """One column for the tree, then these."""
        tree = Column("tree", _TREE_WIDTH, _TREE_LEAST, sortable=False)
        self.set_columns([tree, *(Column(key, _CELL_WIDTH, _CELL_LEAST, sortable=False) for key in keys)])

    def _widths_for(self, shown: list[int], room: int) -> dict[int, int]:
        """The columns share what room there is; the tree gives some where it is narrow."""
        widths = super()._widths_for(shown, room)
        others = [place for place in shown if place != 0]
        spare = room - sum(widths.values())
        if spare < 0 and 0 in widths and "tree" not in self._widths:
            given = min(-spare, widths[0] - self._theme.px(_TREE_LEAST))
            widths[0] -= given
            spare += given
        if not others or any(self._columns[place].key in self._widths for place in others):
            return widths
        least = self._theme.px(_CELL_LEAST)
        # Too little by far: then they keep their width and scroll below the tree.
        if spare > 0 or sum(widths[place] - least for place in others) >= -spare:
            for number, place in enumerate(others):
                widths[place] += spare // len(others) + (1 if number < spare % len(others) else 0)
        return widths

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus) and index.isValid():
            self._open_or_close(index, event.key() == Qt.Key.Key_Plus)
            return
        if event.key() == Qt.Key.Key_Space and index.isValid():
            toggle(index.model(), index.siblingAtColumn(0))
            return
        super().keyPressEvent(event)

    def _open_or_close(self, index: QModelIndex, wanted: bool) -> None:
        """The row in the tree, the family anywhere else."""
        if index.column() == 0:
            cell = self.delegate.cell_of(index)
            if isinstance(cell, TreeCell) and cell.expandable and cell.expanded is not wanted:
                self.expand_wished.emit(index)
            return
        opened = self.model().headerData(index.column(), Qt.Orientation.Horizontal, ROW_ROLE)
        if opened is not None and opened is not wanted:
            self.column_open_wished.emit(index.column())
