"""Before a dialog closes over letters that the person changed: what is lost by it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, ButtonKind


class LoseWordsDialog(Sheet):
    """Accepted where they may be lost. The keyboard begins at going on with them."""

    def __init__(self, desk: Desk, letters: int, parent: QWidget) -> None:
        title = say("new-letter", "Close without keeping?")
        super().__init__(desk.theme, "lose-words", title, 480, 260, parent)
        lost = say_count(
            "new-letter",
            "You changed the words of 1 letter. It is not kept yet: closing loses your words.",
            "You changed the words of {n} letters. They are not kept yet: closing loses your words.",
            letters,
        )
        self.inside.addWidget(label(lost, tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)
        self.go_on = Button(desk.theme, say("new-letter", "Go on writing"))
        self.go_on.clicked.connect(self.reject)
        self.lose = Button(desk.theme, say("new-letter", "Close and lose my words"), ButtonKind.DANGER)
        self.lose.clicked.connect(self.accept)
        self.set_buttons(self.lose, None, self.go_on, safe=self.go_on)
