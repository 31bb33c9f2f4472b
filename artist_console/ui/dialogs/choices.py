"""A field above a grouped list of choices: Ctrl+K and the artist switcher are both this.

The field keeps the focus; up and down move in the list, Enter takes the choice. The first is chosen already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from artist_console.ui.icons import Icon
from artist_console.ui.text import say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.pictures import paint_cover

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_LIST_AT_MOST = 420
CHOICE_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One line; a heading has no `value` and cannot be chosen."""

    title: str
    detail: str = ""
    value: object = None
    icon: Icon | None = None
    picture: str = ""  # key of a round picture instead of an icon
    keys: str = ""  # shortcut, shown at the end
    current: bool = False

    @property
    def is_heading(self) -> bool:
        return self.value is None


class ChoicesModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == CHOICE_ROLE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.title, choice.detail, choice.keys) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._choices[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def step(self, row: int, by: int) -> int:
        """The next row that can be chosen; the same one at the ends."""
        at = row + by
        while 0 <= at < len(self._choices):
            if not self._choices[at].is_heading:
                return at
            at += by
        return row


class ChoiceDelegate(QStyledItemDelegate):
    """Paints headings quietly and choices with icon, detail and shortcut."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        choice: Choice = index.data(CHOICE_ROLE)
        return QSize(200, self._theme.px(28 if choice.is_heading else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(CHOICE_ROLE)
        theme = self._theme
        rect = QRectF(option.rect)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        other = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if choice.is_heading:
            painter.setFont(theme.font(TextRole.SMALL, 500))
            painter.setPen(theme.colour(Token.TEXT_3))
            painter.drawText(rect.adjusted(10, 4, -10, 0), side | middle, choice.title)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Token.SELECTED))
            radius = theme.radius("button")
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), radius, radius)
            bar = QRectF(rect.right() - 2 if mirrored else rect.x(), rect.y() + 8, 2, rect.height() - 16)
            painter.fillRect(bar, theme.colour(Token.ACCENT))
        size = theme.px(24 if choice.picture else 18)
        box = QRectF(rect.x() + 12, rect.y() + (rect.height() - size) / 2, size, size)
        if mirrored:
            box.moveRight(rect.right() - 12)
        if choice.picture:
            paint_cover(painter, theme, box, choice.picture, round=True)
        elif choice.icon is not None:
            theme.icons.paint(painter, box, choice.icon, theme.colour(Token.TEXT_2), right_to_left=mirrored)
        start, end = rect.x() + 12 + size + 12, rect.right() - 12
        if mirrored:
            start, end = rect.x() + 12, rect.right() - 12 - size - 12
        if choice.keys or choice.current:
            keys = choice.keys or say("choices", "Shown")
            painter.setFont(theme.font(TextRole.CAPTION, 500))
            painter.setPen(theme.colour(Token.TEXT_3))
            width = painter.fontMetrics().horizontalAdvance(keys) + 4
            place = QRectF(start if mirrored else end - width, rect.y(), width, rect.height())
            painter.drawText(place, other | middle, keys)
            if mirrored:
                start += width + 8
            else:
                end -= width + 8
        painter.setFont(theme.font(TextRole.BODY, 600))
        painter.setPen(theme.colour(Token.TEXT))
        room = end - start
        title = painter.fontMetrics().elidedText(choice.title, Qt.TextElideMode.ElideRight, int(room))
        used = painter.fontMetrics().horizontalAdvance(title)
        painter.drawText(QRectF(start, rect.y(), room, rect.height()), side | middle, title)
        room -= used + 12
        if choice.detail and room > 40:
            painter.setFont(theme.font(TextRole.SMALL))
            painter.setPen(theme.colour(Token.TEXT_2))
            detail = painter.fontMetrics().elidedText(choice.detail, Qt.TextElideMode.ElideRight, int(room))
            place = QRectF(start if mirrored else start + used + 12, rect.y(), room, rect.height())
            painter.drawText(place, side | middle, detail)
        painter.restore()


class ChoiceList(QWidget):
    """The field and the list together."""

    typed = Signal(str)
    chosen = Signal(object)  # value of a Choice

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setProperty("flat", True)
        self.field.setFont(theme.font(TextRole.LEAD, 600))
        self.field.textChanged.connect(self.typed)
        self.field.installEventFilter(self)
        self.model = ChoicesModel(self)
        self.list = QListView()
        self.list.setAccessibleName(say("choices", "Results"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(theme, self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._take)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(8)
        self.inside.addWidget(self.field)
        self.inside.addWidget(self.list)
        self.setFocusProxy(self.field)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the list; the first choice (or the current one) is chosen."""
        self.model.show_choices(choices)
        current = next((row for row, choice in enumerate(choices) if choice.current), None)
        self._go_to(current if current is not None and not self.field.text() else self.model.step(-1, 1))
        height = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        self.list.setFixedHeight(min(height + 4, _LIST_AT_MOST))
        self.inside.activate()  # so that whoever holds this can take the height at once

    def take(self) -> None:
        """Take what is chosen."""
        self._take(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down:
                    self._go_to(self.model.step(self.list.currentIndex().row(), 1))
                    return True
                case Qt.Key.Key_Up:
                    self._go_to(self.model.step(self.list.currentIndex().row(), -1))
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.take()
                    return True
        return super().eventFilter(watched, event)

    def _go_to(self, row: int) -> None:
        index = self.model.index(row)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _take(self, index: QModelIndex) -> None:
        choice = index.data(CHOICE_ROLE) if index.isValid() else None
        if isinstance(choice, Choice) and not choice.is_heading:
            self.chosen.emit(choice.value)
