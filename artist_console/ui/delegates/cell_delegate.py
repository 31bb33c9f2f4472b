"""One delegate for all tables: backgrounds, states and focus; what is in a cell is painted by `painting`.

A press on the small control is a wish and changes nothing here.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from artist_console.domain.registers import Stance
from artist_console.ui.delegates.cells import CELL_ROLE, Cell, MatrixCell, PermissionCell, TextCell, TreeCell
from artist_console.ui.delegates.kept_pictures import KeptPictures
from artist_console.ui.delegates.painting import (
    Ground,
    control_rect,
    expander_rect,
    paint_cell,
    shows_whole,
)
from artist_console.ui.text import plain_tooltip
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import paint_tick
from artist_console.ui.widgets.painting import fill_round, focus_ring, shows_focus
from artist_console.ui.widgets.three_state import ORDER, ThreeStateControl, small_segment, stance_words

Index = QModelIndex | QPersistentModelIndex

TICK = 16
BAR = 3

_TOKENS = frozenset(token.value for token in Token)


class CellDelegate(QStyledItemDelegate):
    """Paints cells and tells presses on the parts that can be pressed."""

    wished = Signal(QModelIndex, object)  # Stance
    expand_wished = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cells_are_current = False  # a matrix: the ring stands around the cell, not the row
        self.second_lines = True
        self.hover_row = -1
        self.hover_part: tuple[int, int, Stance] | None = None
        self._edited = QPersistentModelIndex()
        self._pictures = KeptPictures(theme, self)
        self._editor: ThreeStateControl | None = None

    def cell_of(self, index: Index) -> Cell:
        """What a cell shows; its display text where the model gives no cell."""
        found = index.data(CELL_ROLE)
        if found is not None:
            return found  # type: ignore[no-any-return]
        words = index.data(Qt.ItemDataRole.DisplayRole)
        return TextCell("" if words is None else str(words))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.height("row"))

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        mirrors = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, rect)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is not None:
            paint_tick(painter, self._theme, tick_rect(self._theme, rect), Qt.CheckState(ticked))
        else:
            part = self.hover_part
            hover = part[2] if part is not None and part[:2] == (index.row(), index.column()) else None
            ground = Ground(painter, self._theme, rect, mirrors, hover, self.second_lines)
            cell = self.cell_of(index)
            if isinstance(cell, MatrixCell):
                self._pictures.paint(ground, cell)
            else:
                paint_cell(ground, cell)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRectF
    ) -> None:
        theme = self._theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if self.cells_are_current:
            own = index.data(Qt.ItemDataRole.BackgroundRole)
            if isinstance(own, str) and own in _TOKENS:
                painter.fillRect(rect, theme.colour(Token(own)))
            box = rect.adjusted(1, 4, -1, -5)
            if selected:
                line = theme.colour(Token.ACCENT) if theme.is_high_contrast else None
                fill_round(painter, box, theme.radius("button"), theme.colour(Token.SELECTED), line)
            view = option.widget
            # The bar below the matrix speaks of this cell, with the keyboard here or there.
            if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
                fill_round(painter, box, theme.radius("button"), None, theme.colour(Token.ACCENT), 1.4)
            if (
                isinstance(view, QAbstractItemView)
                and option.state & QStyle.StateFlag.State_HasFocus
                and shows_focus(view)
            ):
                focus_ring(painter, theme, box, theme.radius("button"))
        elif selected:
            painter.fillRect(rect, theme.colour(Token.SELECTED))
        elif index.row() == self.hover_row:
            painter.fillRect(rect, theme.colour(Token.HOVER))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour(Token.LINE))

    # Pressing

    def part_at(
        self, option_rect: QRectF, cell: Cell, point: QPointF, *, right_to_left: bool
    ) -> Stance | None:
        """The third of the small control under a point."""
        if not isinstance(cell, PermissionCell) or not cell.enabled:
            return None
        control = control_rect(self._theme, option_rect, right_to_left=right_to_left)
        for stance in ORDER:
            segment = small_segment(self._theme, control, stance, right_to_left=right_to_left)
            if segment.contains(point):
                return stance
        return None

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return False
        rect = QRectF(option.rect)
        mirrors = option.direction is Qt.LayoutDirection.RightToLeft
        released = event.type() is QEvent.Type.MouseButtonRelease
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            if released:
                toggle(model, index)
            return True
        cell = self.cell_of(index)
        stance = self.part_at(rect, cell, event.position(), right_to_left=mirrors)
        if stance is not None:
            if released:
                self.wished.emit(model.index(index.row(), index.column()), stance)
            return True
        if isinstance(cell, TreeCell) and cell.expandable:
            area = expander_rect(rect, cell, right_to_left=mirrors)
            if area.contains(event.position()):
                if pressed and event.type() is QEvent.Type.MouseButtonPress:
                    self.expand_wished.emit(model.index(index.row(), index.column()))
                return True
        return False

    # F2: the control itself, in place

    def can_edit(self, index: Index) -> bool:
        cell = index.data(CELL_ROLE)
        return isinstance(cell, PermissionCell) and cell.enabled

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = self.cell_of(index)
        if not isinstance(cell, PermissionCell) or not cell.enabled:
            return None  # type: ignore[return-value]  # Qt's way of saying that there is no editor
        editor = ThreeStateControl(self._theme, cell.follow_words or " ", small=True, parent=parent)
        editor.set_value(cell.value)
        self._edited = QPersistentModelIndex(index)
        editor.chosen.connect(self._wish_from_editor)
        editor.setAutoFillBackground(False)
        for part in ORDER:
            editor.part(part).installEventFilter(self)
        self._editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The editor was given its value when it was made."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """An edit is a wish, told by `wished`."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        mirrors = option.direction is Qt.LayoutDirection.RightToLeft
        editor.setGeometry(control_rect(self._theme, QRectF(option.rect), right_to_left=mirrors).toRect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        parent = watched.parent() if isinstance(watched, QWidget) else None
        if isinstance(parent, ThreeStateControl):
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Escape:
                    self._close(parent)
                    return True
                if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                    self._close(parent)
                    return True
            return False
        return super().eventFilter(watched, event)

    def _wish_from_editor(self, stance: Stance) -> None:
        index = self._edited
        if self._editor is not None:
            self._close(self._editor)
            self._editor = None
        if index.isValid():
            self.wished.emit(index.model().index(index.row(), index.column()), stance)

    def _close(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # Tooltips: what does not fit, and the names of the icons

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return False
        rect = QRectF(option.rect)
        mirrors = option.direction is Qt.LayoutDirection.RightToLeft
        cell = self.cell_of(index)
        stance = self.part_at(rect, cell, QPointF(event.pos()), right_to_left=mirrors)
        words = ""
        if stance is not None and isinstance(cell, PermissionCell):
            words = stance_words(stance, cell.follow_words or stance_words(Stance.CLEAR))
        elif index.data(Qt.ItemDataRole.ToolTipRole):
            words = str(index.data(Qt.ItemDataRole.ToolTipRole))
        elif not shows_whole(self._theme, cell, rect.width()):
            words = cell.spoken()
        QToolTip.showText(event.globalPos(), plain_tooltip(words), view)
        return True


def tick_rect(theme: Theme, rect: QRectF) -> QRectF:
    size = theme.px(TICK)
    return QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)


def toggle(model: QAbstractItemModel, index: Index) -> None:
    """Ask the model to choose a row, or to let it go."""
    checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
    model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
