"""The first start of a new profile: four choices of equal standing, and the first import."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from artist_console.commands.imports import FileKind
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.import_dialogs import kinds
from artist_console.ui.icons import Icon
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say, set_tooltip
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Card, ListRow
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.pictures import AppMark
from artist_console.ui.widgets.sections import Note

_WIDTH = 720
_CARD_HEIGHT = 176  # the same for all four, whatever their words


class FirstStart(QWidget):
    """What this profile shall be. Nothing is asked, sent or made before a choice."""

    connect_wished = Signal()
    keep_wished = Signal()
    report_wished = Signal()
    sample_wished = Signal()

    def __init__(
        self, desk: Desk, *, can_connect: bool, can_sample: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("first-start")
        self._desk = desk
        self._cards: list[Card] = []
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._choices(can_connect, can_sample))

    # Four choices

    def _choices(self, can_connect: bool, can_sample: bool) -> QWidget:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(24, 48, 24, 32)
        inside.setSpacing(16)
        title = label(say("first", "How do you want to start?"), TextRole.TITLE)
        words = label(
            say("first", "All four can be changed later. Nothing is sent anywhere until you choose so."),
            TextRole.LEAD,
            Token.TEXT_2,
            wrap=True,
        )
        grid = QGridLayout()
        grid.setSpacing(16)
        self.connect_choice = self._choice(
            Icon.GLOBE,
            say("first", "Connect to a service"),
            say("first", "A label, collective or company that hosts one has given you its address."),
            say("first", "Connect…"),
            self.connect_wished.emit,
        )
        self.keep_choice = self._choice(
            Icon.COMPUTER,
            say("first", "Keep it on this computer"),
            say(
                "first",
                "A private service runs inside the application. Catalogue, dataset lists and statements are "
                "imported from files.",
            ),
            say("first", "Keep it here"),
            self.keep_wished.emit,
        )
        self.report_choice = self._choice(
            Icon.REPORTS,
            say("first", "Only check a report"),
            say(
                "first",
                "Or an evidence file that somebody handed you. Works with no account and no network. "
                "Kept here is only a list of what you opened, and whom you trust.",
            ),
            say("first", "Open a report or evidence file…"),
            self.report_wished.emit,
        )
        self.sample_choice = self._choice(
            Icon.EYE,
            say("first", "Look around with sample music"),
            say("first", "Invented artists, works and statements, in a folder of their own."),
            say("first", "Look around"),
            self.sample_wished.emit,
        )
        self.connect_choice.setEnabled(can_connect)
        if not can_connect:
            set_tooltip(self.connect_choice, say("first", "This start of the application cannot connect."))
        self.sample_choice.setEnabled(can_sample)
        for at, card in enumerate(self._cards):
            grid.addWidget(card, at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.note = Note(self._desk.theme, "", Tint.ASK, Icon.INFO)
        self.note.hide()
        for part in (AppMark(self._desk.theme, 44), title, words):
            inside.addWidget(
                part, 0, Qt.AlignmentFlag.AlignLeft if part is not words else Qt.AlignmentFlag(0)
            )
        inside.addLayout(grid)
        inside.addWidget(self.note)
        inside.addStretch(1)
        return _centred(content)

    def _choice(self, icon: Icon, title: str, words: str, verb: str, do: Callable[[], object]) -> Button:
        card = Card(self._desk.theme, title)
        card.add(label(words, tone=Token.TEXT_2, wrap=True))
        card.body.addStretch(1)
        button = Button(self._desk.theme, verb, icon=icon)
        button.setAccessibleDescription(words)
        button.clicked.connect(do)
        card.setMinimumHeight(self._desk.theme.px(_CARD_HEIGHT))
        self._cards.append(card)
        card.body.addLayout(row(button, None))
        return button

    # What is going on

    def show_fault(self, words: str) -> None:
        """What did not work, below the choices."""
        self.note.show_words(words)

    def show_busy(self, words: str) -> None:
        """What is going on; the choices are in sight meanwhile."""
        self.note.show_words(words)


class FirstImport(QWidget):
    """After "Keep it on this computer": what to bring in first, by button or drop."""

    file_wished = Signal(object)  # FileKind
    without_wished = Signal()
    cancel_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first-import")
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(24, 48, 24, 32)
        inside.setSpacing(12)
        inside.addWidget(label(say("first", "Bring in your catalogue"), TextRole.TITLE))
        inside.addWidget(
            label(
                say(
                    "first",
                    "Choose a file or drop it anywhere in this window. Everything stays on this computer.",
                ),
                TextRole.LEAD,
                Token.TEXT_2,
                wrap=True,
            )
        )
        card = Card(desk.theme)
        for kind, icon, title, detail in kinds():
            choice = ListRow(desk.theme, icon, Tint.INFO, title, detail)
            choice.setProperty("kind", kind)
            choice.opened.connect(self._wish)
            card.add(choice)
        inside.addWidget(card)
        self._busy = Note(desk.theme, "", Tint.INFO, Icon.INFO)
        self._cancel = Button(desk.theme, say("dialog", "Cancel"))
        self._cancel.clicked.connect(self.cancel_wished)
        inside.addLayout(row(self._busy, None, self._cancel))
        self._without = Button(desk.theme, say("first", "Go on without a catalogue"))
        self._without.clicked.connect(self.without_wished)
        inside.addLayout(row(self._without, None))
        self.show_busy("")
        inside.addStretch(1)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(_centred(content))

    def show_busy(self, words: str) -> None:
        """What is going on; empty: nothing any more."""
        self._busy.show_words(words)
        self._cancel.setVisible(bool(words))
        self._without.setVisible(not words)

    def _wish(self) -> None:
        kind = self.sender().property("kind")
        self.file_wished.emit(kind if isinstance(kind, FileKind) else None)


def _centred(content: QWidget) -> QWidget:
    content.setMaximumWidth(_WIDTH)
    holder = QWidget()
    line = row(None, gap=0)
    line.addWidget(content, 100)
    line.addStretch(1)
    holder.setLayout(line)
    return scrolled(holder)
