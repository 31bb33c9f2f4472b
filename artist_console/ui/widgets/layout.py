"""Rows and columns in one line, and a line of things that wraps."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]
_NONE: Margins = (0, 0, 0, 0)


def row(*parts: QWidget | QLayout | None, gap: int = 8, margins: Margins = _NONE) -> QHBoxLayout:
    """Parts beside each other; None is room that stretches."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def column(*parts: QWidget | QLayout | None, gap: int = 8, margins: Margins = _NONE) -> QVBoxLayout:
    """Parts below each other; None is room that stretches."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def beside(*parts: QWidget, gap: int = 16) -> QHBoxLayout:
    """Fields beside each other, equally wide, their tops in one line."""
    line = row(gap=gap)
    for part in parts:
        line.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    return line


def _fill(
    made: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | None, ...], gap: int, margins: Margins
) -> None:
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addWidget(part)


def clear_layout(layout: QLayout) -> None:
    """Take everything out and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


class FlowLayout(QLayout):
    """Parts beside each other that go on in the next line where the width ends. Mirrors by itself."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        parent = self.parentWidget()
        mirrors = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = y = line = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if x > 0 and x + width > rect.width():
                x, y, line = 0, y + line + self._gap, 0
            if move:
                left = rect.right() + 1 - x - width if mirrors else rect.x() + x
                item.setGeometry(QRect(QPoint(left, rect.y() + y), QSize(width, hint.height())))
            x += width + self._gap
            line = max(line, hint.height())
        return y + line
