"""The panel for the selected item: picture and names, then sections; it remembers where it was scrolled."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.soon import soon
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import IconButton
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.page import ScrollPage
from artist_console.ui.widgets.pictures import Cover
from artist_console.ui.widgets.sections import Rule, SectionHeading

MARGIN = 20
_COVER = 56
_SETTLES_MS = 120
_MOST_WAITS = 25  # a busy computer lays out late; by then a person has begun to read


class DetailsPanel(QWidget):
    """Filled by a page for what is selected."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = self._item = ""
        self._positions: dict[str, tuple[str, int]] = {}  # per kind: its last item, and how far down
        self._wanted: int | None = None  # where to scroll until the new content has its height
        self._waits = 0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLES_MS)
        self._settled.timeout.connect(self._scroll_settled)
        self._cover = Cover(theme, size=_COVER)
        self._title = label("", TextRole.SECTION, wrap=True)
        self._second = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        self._third = label("", TextRole.SMALL, Token.TEXT_3, wrap=True, selectable=True)
        for name in (self._title, self._second, self._third):
            name.setMinimumWidth(1)  # a long word in a name never makes the panel wider
        self.close_button = IconButton(theme, Icon.CLOSE, say("details", "Close details"))
        self.close_button.clicked.connect(self.closed)
        names = column(self._title, self._second, self._third, None, gap=1)
        self._head = row(gap=14)
        self._head.addWidget(self._cover)
        self._head.addLayout(names, 1)
        self._head.addWidget(self.close_button)
        self._head.setAlignment(self.close_button, Qt.AlignmentFlag.AlignTop)
        self._head.setAlignment(self._cover, Qt.AlignmentFlag.AlignTop)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(14)
        self._content = QWidget()
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(16)
        inside.addLayout(self._head)
        inside.addLayout(self._sections)
        inside.addStretch(1)
        self.scroller = ScrollPage(self._content)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._scroll_back)
        self.scroller.verticalScrollBar().actionTriggered.connect(self._scrolled_by_hand)
        self.setLayout(column(self.scroller))

    def open_kind(self, kind: str, item: str) -> None:
        """Empty the panel for an item of a kind ("work").

        The item that was shown last of its kind stands where it was scrolled; any other begins at its title.
        """
        if self._kind:
            self._positions[self._kind] = (self._item, self.scroller.verticalScrollBar().value())
        self._kind, self._item = kind, item
        self.clear()
        # The height is known once the new content was laid out, in one pass or two.
        former, position = self._positions.get(kind, ("", 0))
        self._wanted = position if former == item else 0
        self._waits = 0
        self._settled.start()
        soon(self, self._scroll_back)

    def set_head(
        self, key: str, title: str, second: str = "", third: str = "", *, round: bool = False
    ) -> None:
        """Picture and names; an empty key shows no picture."""
        self._cover.show_key(key, round=round)
        self._cover.setVisible(bool(key))
        self._title.setText(title)
        self._second.show_words(second)
        self._third.show_words(third)
        self.setAccessibleName(title)

    def add(self, part: QWidget) -> None:
        self._sections.addWidget(part)

    def add_section(self, heading: str, end: QWidget | None = None) -> QVBoxLayout:
        """A rule, a heading and an empty column to fill."""
        self._sections.addWidget(Rule(self._theme))
        inside = QWidget()
        layout = column(SectionHeading(self._theme, heading, end, small=True), gap=8)
        inside.setLayout(layout)
        self._sections.addWidget(inside)
        return layout

    def clear(self) -> None:
        clear_layout(self._sections)

    def _scroll_back(self, *_range: int) -> None:
        if self._wanted is not None:
            self.scroller.verticalScrollBar().setValue(self._wanted)

    def _scroll_settled(self) -> None:
        self._scroll_back()
        self._waits += 1
        if self._wanted in (None, self.scroller.verticalScrollBar().value()) or self._waits >= _MOST_WAITS:
            self._wanted = None
        else:
            self._settled.start()

    def _scrolled_by_hand(self, _action: int) -> None:
        self._wanted = None
