"""After the first catalogue: three ways to begin, of equal weight. Nothing is recorded without the review."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.sections import Note


class FirstAnswersDialog(Sheet):
    """Refuse all generative uses for now, leave everything undecided, or go through them."""

    refuse_wished = Signal()
    go_through_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        title = say("first", "What do you want to say about AI for now?")
        super().__init__(desk.theme, "first-answers", title, 560, 440, parent)
        told = say("first", "Whatever you choose can be changed at any time, for one work or for all.")
        self.inside.addWidget(label(told, tone=Token.TEXT_2, wrap=True))
        refuse = ListRow(
            desk.theme,
            Icon.CROSS,
            Tint.NEUTRAL,
            say("first", "Refuse all generative uses for now"),
            say("first", "You see every decision first. It holds for works that come later, too."),
        )
        refuse.opened.connect(self._refuse)
        leave = ListRow(
            desk.theme,
            Icon.QUESTION,
            Tint.NEUTRAL,
            say("first", "Leave everything undecided"),
            say("first", "Nothing is recorded. Questions wait for you in Overview and Consent."),
        )
        leave.opened.connect(self.accept)
        through = ListRow(
            desk.theme,
            Icon.CONSENT,
            Tint.NEUTRAL,
            say("first", "Go through them"),
            say("first", "Answer by work, release and kind of use."),
        )
        through.opened.connect(self._go_through)
        for choice in (refuse, leave, through):
            self.inside.addWidget(choice)
        note = say("first", "Undecided permits nothing in a programme that asks. It is not a no either.")
        self.inside.addWidget(Note(desk.theme, note, Tint.INFO, Icon.INFO))
        self.inside.addStretch(1)
        later = Button(desk.theme, say("first", "Later"))
        later.clicked.connect(self.reject)
        self.set_buttons(None, later, safe=later)

    def _refuse(self) -> None:
        self.accept()
        self.refuse_wished.emit()

    def _go_through(self) -> None:
        self.accept()
        self.go_through_wished.emit()
