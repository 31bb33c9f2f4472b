"""A page of one column that is never wider than it reads well, and scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.page import MARGIN, ScrollPage

_WIDEST = 900


class _Held(QWidget):
    """As high as its words need in the width that it gets.

    Qt would take the height that wrapped words have in a narrow place as the least one, and leave as much
    room empty below them in a wide one.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class ColumnPage(ScrollPage):
    """Its parts go into `column`."""

    def __init__(self, gap: int = 12, parent: QWidget | None = None) -> None:
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self.column.setSpacing(gap)
        held = _Held()
        held.setLayout(row(content, gap=0))
        super().__init__(held, parent)
