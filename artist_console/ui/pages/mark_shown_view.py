"""What the mark of one audio file states, by whom, and whether it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.marks import MarkShown
from artist_console.domain.mark_words import state_words
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.mark_looks import entry_lines, own_facts, state_chip
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import KeyValues, Note


class MarkShownView(QWidget):
    """Whoever made the mark: what it says is theirs, and so is the name that it gives."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(6)

    def show_problem(self, words: str) -> None:
        clear_layout(self._inside)
        self._inside.addWidget(Note(self._desk.theme, words, Tint.DENY, Icon.TRIANGLE))

    def show_mark(self, found: MarkShown) -> None:
        clear_layout(self._inside)
        theme, mark = self._desk.theme, found.mark
        name = label(isolate(found.path.name), weight="strong", wrap=True)
        if found.why_not:
            self._inside.addWidget(name)
            self._inside.addWidget(Note(theme, domain_words(found.why_not), Tint.ASK, Icon.INFO))
            return
        chip = state_chip(mark.state)
        head = row(name, Chip(theme, chip), gap=12)
        head.setStretch(0, 1)
        self._inside.addLayout(head)
        self._inside.addWidget(label(sentence(state_words(mark)), wrap=True))
        if mark.entries:
            lines = label(entry_lines(mark.entries), tone=Token.TEXT_2, wrap=True, selectable=True)
            self._inside.addWidget(lines)
        facts = KeyValues(theme)
        for key, value in (
            (say("mark", "Signed as"), mark.signer),
            (say("mark", "Organisation"), mark.issuer),
            (say("mark", "Made with"), mark.made_with),
            *own_facts(mark.own or {}, self._desk.figures),
        ):
            if value:
                facts.add(key, value)
        self._inside.addWidget(facts)
        if mark.parents:
            earlier = say_count(
                "mark",
                "1 earlier mark is kept underneath",
                "{n} earlier marks are kept underneath",
                mark.parents,
            )
            self._inside.addWidget(label(earlier, TextRole.SMALL, Token.TEXT_2, wrap=True))
