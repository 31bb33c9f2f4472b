"""The letters of a case once more: as PDF, mail draft or text, into a folder."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from artist_console.domain.letters import Letter
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_letter_result import SaveLetters
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.sections import Note


class SaveLettersDialog(Sheet):
    """The exact copies that are kept; they are not changed by it."""

    def __init__(self, desk: Desk, letters: tuple[Letter, ...], parent: QWidget) -> None:
        title = say_count("letters", "Save the letter", "Save {n} letters", len(letters))
        super().__init__(desk.theme, "save-letters", title, 560, 440, parent)
        self.form = SaveLetters(desk, letters)
        self.form.failed.connect(self.show_problem)
        self.inside.addWidget(self.form)
        not_sent = say("letters", "Nothing is sent from here. You send it, and note it in the case.")
        self.inside.addWidget(Note(desk.theme, not_sent, Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
