"""The table: rows of 48, a quiet header, keys as DESIGN says, columns that give way in a fixed order.

It works with any `QAbstractTableModel`; what is sorted, filtered and paged is the model's business with the
store, the table only tells what was wished.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from artist_console.domain.registers import Stance
from artist_console.ui.delegates.cell_delegate import BAR, CellDelegate, tick_rect, toggle
from artist_console.ui.icons import Icon
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import paint_tick
from artist_console.ui.widgets.painting import draw_words, focus_ring, mirrored, shows_focus, text_width

_STATE_VERSION = 1
PAD = 10  # beside the words of a header
_SORT_ICON = 12


@dataclass(frozen=True, slots=True)
class Column:
    """How a column behaves; its words come from the model's header."""

    key: str
    width: int
    least: int = 60
    stretch: bool = False  # takes what room is left
    gives_way: int = 0  # hidden when it is narrow: 1 goes first; 0 stays
    end: bool = False  # header at the end, over figures
    sortable: bool = True
    check: bool = False  # the box to choose rows


class TableHeader(QHeaderView):
    """Quiet words, an arrow where the table is sorted, a box over the boxes."""

    check_all_wished = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.columns: Sequence[Column] = ()
        self.check_state: Qt.CheckState | None = None
        self.tall = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(36)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        height = self._theme.height("row" if self.tall else "header")
        # A horizontal header is asked for its height; measuring every word for a width takes long.
        return QSize(self.length(), height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect)
        painter.fillRect(box, theme.colour(Token.SURFACE))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour(Token.LINE))
        column = self.columns[logicalIndex] if logicalIndex < len(self.columns) else Column("", 0)
        if column.check:
            if self.check_state is not None:
                paint_tick(painter, theme, tick_rect(theme, box), self.check_state)
        else:
            self._paint_words(painter, box, logicalIndex, column)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, logical: int, column: Column) -> None:
        theme = self._theme
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inner = box.adjusted(PAD, 0, -PAD, 0)
        first, second, is_name = self.lines_of(logical, inner.width())
        strong = bool(second) or self.tall
        font = theme.font(TextRole.BODY if strong else TextRole.SMALL, 600 if strong else 500)
        ink = theme.colour(Token.TEXT if strong else Token.TEXT_3)
        at_end = column.end != mirrors
        alignment = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        sorted_here = (
            self.isSortIndicatorShown() and self.sortIndicatorSection() == logical and column.sortable
        )
        size = theme.px(_SORT_ICON)
        if sorted_here:
            ink = theme.colour(Token.TEXT)
            width = min(text_width(font, first), inner.width() - size - 4)
            left = inner.right() - width - size - 4 if column.end else inner.left() + width + 4
            icon = QRectF(left, inner.center().y() - size / 2, size, size)
            downwards = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            picture = Icon.ARROW_DOWN if downwards else Icon.ARROW_UP
            theme.icons.paint(painter, mirrored(icon, box, mirrors), picture, ink)
            if not column.end:
                inner = mirrored(QRectF(inner.x(), inner.y(), width + 1, inner.height()), box, mirrors)
        if second:
            half = theme.px(18)
            top = QRectF(inner.x(), inner.center().y() - half, inner.width(), half)
            draw_words(painter, top, first, font, ink, alignment)
            below = QRectF(inner.x(), inner.center().y(), inner.width(), theme.px(16))
            second_font = font if is_name else theme.font(TextRole.CAPTION)
            second_ink = ink if is_name else theme.colour(Token.TEXT_3)
            draw_words(painter, below, second, second_font, second_ink, alignment)
        else:
            draw_words(painter, inner, first, font, ink, alignment)

    def lines_of(self, logical: int, room: float) -> tuple[str, str, bool]:
        """The two lines of a header in so much room; the last says whether both are its name."""
        words = str(self.model().headerData(logical, Qt.Orientation.Horizontal) or "")
        first, _, second = words.partition("\n")
        return first, second, False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        logical = self.logicalIndexAt(event.position().toPoint())
        if 0 <= logical < len(self.columns) and self.columns[logical].check and self.check_state is not None:
            self.check_all_wished.emit(self.check_state is not Qt.CheckState.Checked)
            return
        super().mouseReleaseEvent(event)


class _FirstColumn(QTableView):
    """The first column of a matrix, laid over it so that it stays while the rest scrolls sideways."""

    def __init__(self, theme: Theme, table: DataTable) -> None:
        super().__init__(table)
        self._table = table
        self.setItemDelegate(table.delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self._header = TableHeader(theme, self)
        self._header.setSectionsClickable(False)
        self._header.tall = True
        self.setHorizontalHeader(self._header)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(table.selectionMode())
        self.setSelectionBehavior(table.selectionBehavior())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().rangeChanged.connect(self._place_again)
        self.hide()

    def share(self, model: QAbstractItemModel) -> None:
        """Show the same rows and the same selection as the table."""
        self.setModel(model)
        self.setSelectionModel(self._table.selectionModel())
        model.modelReset.connect(self.place)

    def measure(self, row_height: int) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height)
        self._header.updateGeometry()

    def place(self) -> None:
        """Lie over the first column; only where the table is wider than its place."""
        table = self._table
        self._header.columns = table.header.columns
        for column in range(self._header.count()):
            self.setColumnHidden(column, column != 0)
        width = table.columnWidth(0)
        self.setColumnWidth(0, width)
        height = table.header.height() + table.viewport().height()
        mirrors = table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = table.viewport().geometry().right() + 1 - width if mirrors else 0
        self.setGeometry(left, 0, width, height)
        self.setVisible(table.horizontalScrollBar().maximum() > 0)
        self.raise_()

    def _place_again(self, _least: int, _most: int) -> None:
        self.place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # One thing scrolls: the table, and this follows.
        QApplication.sendEvent(self._table.viewport(), event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)


class DataTable(QTableView):
    """A table of rows; or, with `cells`, a matrix of cells."""

    opened = Signal(QModelIndex)
    current_changed = Signal(QModelIndex)
    wished = Signal(QModelIndex, object)  # Stance
    expand_wished = Signal(QModelIndex)
    sort_wished = Signal(int, object)  # column, Qt.SortOrder
    context_wished = Signal(QModelIndex, QPoint)  # global position
    check_all_wished = Signal(bool)
    key_pressed = Signal(str)  # a single letter, upper case, while the table has the keyboard
    state_changed = Signal()
    left = Signal()  # Esc

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, cells: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: tuple[Column, ...] = ()
        self._cells = cells
        self.letters: frozenset[str] = frozenset()  # that act on a row; a matrix takes them all
        self._frozen: _FirstColumn | None = None
        self._row_height = "matrix_row" if cells else "row"
        self._placing = False
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._widths: dict[str, int] = {}
        self._left_out: frozenset[str] = frozenset()
        self.setAccessibleName(name)
        self.delegate = CellDelegate(theme, self)
        self.delegate.cells_are_current = cells
        self.delegate.wished.connect(self.wished)
        self.delegate.expand_wished.connect(self.expand_wished)
        self.setItemDelegate(self.delegate)
        self.header = TableHeader(theme, self)
        self.setHorizontalHeader(self.header)
        self.header.check_all_wished.connect(self.check_all_wished)
        self.header.sectionClicked.connect(self._wish_sort)
        self.header.sectionResized.connect(self._keep_width)
        self.header.sectionMoved.connect(self._tell_state)
        self.header.setSectionsMovable(not cells)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if cells else behaviour.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if cells
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self._frozen = _FirstColumn(theme, self) if cells else None
        if not cells:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._measure)
        self._measure()

    # Columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """In the order of the model. Call after `setModel`, or before."""
        self._columns = tuple(columns)
        self.header.columns = self._columns
        self._place()

    def leave_out(self, *keys: str) -> None:
        """Show every column but these, whatever room there is: what is the same in each row says nothing."""
        if self._left_out != frozenset(keys):
            self._left_out = frozenset(keys)
            self._place()

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder] | None:
        """Column and order that are shown as sorted; None where nothing was chosen."""
        return self._sorted

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            self.selectionModel().currentChanged.connect(self._tell_current)
            if self._frozen is not None:
                self._frozen.share(model)
        self._place()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight; what the first column covers is not in sight."""
        super().scrollTo(index, hint)
        if self._frozen is None or index.column() == 0:
            return
        hidden = self.columnWidth(0) - self.columnViewportPosition(index.column())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            end = self.columnViewportPosition(index.column()) + self.columnWidth(index.column())
            hidden = end - (self.viewport().width() - self.columnWidth(0))
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def set_row_height(self, name: str) -> None:
        """A named height of the tokens ("row", "matrix_row")."""
        self._row_height = name
        self._measure()

    def set_check_state(self, state: Qt.CheckState | None) -> None:
        """What the box in the header shows; None hides it."""
        self.header.check_state = state
        self.header.viewport().update()

    def set_sorted(self, column: int, order: Qt.SortOrder) -> None:
        """Show by what the rows are sorted; the store sorts."""
        self._sorted = (column, order)
        self.header.setSortIndicatorShown(True)
        self.header.setSortIndicator(column, order)
        self._tell_state()

    def column_key(self, index: QModelIndex) -> str:
        column = index.column()
        return self._columns[column].key if 0 <= column < len(self._columns) else ""

    # State

    def layout_state(self) -> str:
        """Widths, order and sort, to be kept in the settings."""
        order = [self._columns[self.header.logicalIndex(i)].key for i in range(self._shown_count())]
        by, direction = self._sorted or (len(self._columns), Qt.SortOrder.AscendingOrder)
        key = self._columns[by].key if by < len(self._columns) else ""
        down = direction is Qt.SortOrder.DescendingOrder
        sort = {"sort": key, "down": down}
        content = {"v": _STATE_VERSION, "widths": self._widths, "order": order, **sort}
        return json.dumps(content)

    def restore(self, state: str) -> None:
        """Take up what `layout_state` gave; columns that are not known any more are left out."""
        try:
            content = json.loads(state)
        except ValueError:
            return
        if not isinstance(content, dict) or content.get("v") != _STATE_VERSION:
            return
        keys = {column.key: place for place, column in enumerate(self._columns)}
        widths = content.get("widths")
        if isinstance(widths, dict):
            self._widths = {
                k: w for k, w in widths.items() if k in keys and type(w) is int and 24 <= w <= 2000
            }
        order = content.get("order")
        known = [keys[key] for key in order if key in keys] if isinstance(order, list) else []
        if self.model() is not None and len(known) == self._shown_count() and not self._cells:
            for place, logical in enumerate(known):
                self.header.moveSection(self.header.visualIndex(logical), place)
        if content.get("sort") in keys:
            order_of = Qt.SortOrder.DescendingOrder if content.get("down") else Qt.SortOrder.AscendingOrder
            self._sorted = (keys[content["sort"]], order_of)
            self.header.setSortIndicatorShown(True)
            self.header.setSortIndicator(keys[content["sort"]], order_of)
        self._place()

    def _shown_count(self) -> int:
        return min(len(self._columns), self.header.count())

    def _keep_width(self, logical: int, _former: int, width: int) -> None:
        if self._placing or logical >= len(self._columns):
            return
        self._widths[self._columns[logical].key] = width
        self._place()
        self._tell_state()

    def _tell_state(self, *_ignored: object) -> None:
        if not self._placing:
            self.state_changed.emit()

    # Narrow and wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Give each column its width; where it is narrow, columns go, then second lines, then widths."""
        if self.model() is None or not self._columns or self.header.count() < len(self._columns):
            return
        room = self.viewport().width()
        shown = {i for i, column in enumerate(self._columns) if column.key not in self._left_out}
        leaving = sorted((c.gives_way, i) for i, c in enumerate(self._columns) if c.gives_way and i in shown)
        while leaving and sum(self._least_wanted(i) for i in shown) > room:
            shown.discard(leaving.pop(0)[1])
        self.delegate.second_lines = sum(self._least_wanted(i) for i in shown) <= room or self._cells
        self._placing = True
        for place in range(len(self._columns)):
            self.header.setSectionHidden(place, place not in shown)
        for place, width in self._widths_for(sorted(shown), room).items():
            self.header.resizeSection(place, width)
        self._placing = False
        if self._frozen is not None:
            self._frozen.place()

    def _wanted(self, place: int) -> int:
        column = self._columns[place]
        return self._widths.get(column.key, self._theme.px(column.width))

    def _least_wanted(self, place: int) -> int:
        """What a column needs before another one has to go: its width, or the least of what stretches."""
        column = self._columns[place]
        return self._theme.px(column.least) if column.stretch else self._wanted(place)

    def _widths_for(self, shown: list[int], room: int) -> dict[int, int]:
        widths = {place: self._wanted(place) for place in shown}
        if self._cells:
            return widths
        stretching = [place for place in shown if self._columns[place].stretch]
        spare = room - sum(widths.values())
        if stretching:
            shares = [spare // len(stretching)] * len(stretching)
            shares[0] += spare - sum(shares)
            for place, share in zip(stretching, shares, strict=True):
                widths[place] = max(self._theme.px(self._columns[place].least), widths[place] + share)
        over = sum(widths.values()) - room
        for place in reversed(shown):
            if over <= 0:
                break
            least = min(widths[place], self._theme.px(self._columns[place].least))
            given = min(over, widths[place] - least)
            widths[place] -= given
            over -= given
        return widths

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The keyboard is in use from here on: the ring shows where it is.
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if self._name_first():
            self.viewport().update()
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            if self._check_column() is not None:
                self.check_all_wished.emit(True)
            else:
                self.selectAll()
            return
        match event.key():
            case Qt.Key.Key_Space if plain and index.isValid():
                self._toggle(index)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and index.isValid():
                self.opened.emit(index)
            case Qt.Key.Key_F2 if plain and index.isValid():
                self._edit(index)
            case Qt.Key.Key_Escape if plain:
                self.left.emit()
                event.ignore()
            case key if plain and Qt.Key.Key_A <= key <= Qt.Key.Key_Z and self._takes_letter(chr(key)):
                self.key_pressed.emit(chr(key))
            case _:
                super().keyPressEvent(event)

    def _takes_letter(self, letter: str) -> bool:
        return self._cells or letter in self.letters

    def _toggle(self, index: QModelIndex) -> None:
        column = self._check_column()
        if column is not None:
            toggle(self.model(), index.siblingAtColumn(column))
        elif self._cells:
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Toggle)

    def _check_column(self) -> int | None:
        return next((i for i, column in enumerate(self._columns) if column.check), None)

    def _edit(self, index: QModelIndex) -> None:
        for column in range(self.model().columnCount()):
            target = index.siblingAtColumn(column)
            if not self.isColumnHidden(column) and self.delegate.can_edit(target):
                self.setCurrentIndex(target)
                self.edit(target)
                return

    # Pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()), event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(-1, None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseDoubleClickEvent(event)
        if index.isValid() and self._part(index, event) is None and not self._is_check(index):
            self.opened.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.context_wished.emit(index, place)

    def _is_check(self, index: QModelIndex) -> bool:
        return index.data(Qt.ItemDataRole.CheckStateRole) is not None

    def _part(self, index: QModelIndex, event: QMouseEvent) -> Stance | None:
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rect = QRectF(self.visualRect(index))
        return self.delegate.part_at(
            rect, self.delegate.cell_of(index), event.position(), right_to_left=mirrors
        )

    def _hover(self, index: QModelIndex, event: QMouseEvent) -> None:
        part = self._part(index, event) if index.isValid() else None
        self._set_hover(index.row(), (index.row(), index.column(), part) if part is not None else None)
        can_press = part is not None or (index.isValid() and self._is_check(index))
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if can_press else Qt.CursorShape.ArrowCursor
        )

    def _set_hover(self, row: int, part: tuple[int, int, Stance] | None) -> None:
        if (row, part) == (self.delegate.hover_row, self.delegate.hover_part):
            return
        former = self.delegate.hover_row
        self.delegate.hover_row, self.delegate.hover_part = row, part
        for changed in {former, row}:
            if changed >= 0:
                self._update_row(changed)

    def _update_row(self, row: int) -> None:
        top = self.rowViewportPosition(row)
        if top >= 0 or top > -self.rowHeight(row):
            self.viewport().update(QRect(0, top, self.viewport().width(), self.rowHeight(row)))

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if self._cells or not index.isValid() or self.model() is None:
            return
        rect = self.visualRect(index)
        row = QRectF(0, rect.y(), self.viewport().width(), rect.height())
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            if self._theme.is_high_contrast:
                painter.setPen(self._theme.pen(Token.TEXT, 2))
                painter.drawRect(row.adjusted(1, 1, -1, -2))
            bar = QRectF(row.x(), row.y(), BAR, row.height() - 1)
            mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            painter.fillRect(mirrored(bar, row, mirrors), self._theme.colour(Token.ACCENT))
        if shows_focus(self):
            focus_ring(painter, self._theme, row.adjusted(1, 1, -1, -2), self._theme.radius("box"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Before Qt names the first cell, which is the box.
        self._name_first()
        super().focusInEvent(event)

    def _name_first(self) -> bool:
        """Name the first cell where none is current; whether that was so."""
        if self.model() is None or self.currentIndex().isValid() or not self.model().rowCount():
            return False
        first = next((c for c in range(len(self._columns)) if not self._columns[c].check), 0)
        flags = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(self.model().index(0, first), flags)
        return True

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.height(self._row_height))
        self.header.tall = self._cells
        self.header.updateGeometry()
        if self._frozen is not None:
            self._frozen.measure(self._theme.height(self._row_height))
        self._place()
        self.viewport().update()
        self.header.viewport().update()

    def _tell_current(self, current: QModelIndex, former: QModelIndex) -> None:
        if self._cells or current.row() != former.row():
            self.current_changed.emit(current)
        for index in (current, former):
            if index.isValid():
                self._update_row(index.row())

    def _wish_sort(self, logical: int) -> None:
        if (
            logical >= len(self._columns)
            or self._columns[logical].check
            or not self._columns[logical].sortable
        ):
            return
        sorted_by, order = self._sorted or (-1, Qt.SortOrder.DescendingOrder)
        # Qt has turned the arrow already; it is true only once the rows are sorted.
        if self._sorted is not None:
            self.header.setSortIndicator(sorted_by, order)
        up = sorted_by != logical or order is Qt.SortOrder.DescendingOrder
        wanted = Qt.SortOrder.AscendingOrder if up else Qt.SortOrder.DescendingOrder
        self.sort_wished.emit(logical, wanted)
