"""The buttons beside the title: history, undo and redo by name, and the review of what waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from artist_console.commands.undo import UndoView
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.pages.consent_drafts import DraftBook
from artist_console.ui.text import say, say_count, set_tooltip
from artist_console.ui.widgets.buttons import Button, ButtonKind


class ConsentHead(QObject):
    """Makes the buttons; the screen puts them into its title line and measures it anew."""

    def __init__(self, desk: Desk, drafts: DraftBook, parent: QObject) -> None:
        super().__init__(parent)
        theme = desk.theme
        self._drafts = drafts
        self.history = Button(theme, say("consent", "History"), icon=Icon.HISTORY)
        self.undo = Button(theme, say("consent", "Undo"), icon=Icon.UNDO)
        self.undo.clicked.connect(desk.undo)
        self.redo = Button(theme, say("consent", "Redo"), icon=Icon.REDO)
        self.redo.clicked.connect(desk.redo)
        self.redo.hide()
        self.review = Button(theme, "", ButtonKind.PRIMARY, Icon.CHECK)
        self.review.clicked.connect(drafts.review)

    @property
    def buttons(self) -> tuple[Button, ...]:
        return (self.history, self.undo, self.redo, self.review)

    def show_drafts(self) -> None:
        """How many choices wait for the review."""
        count = len(self._drafts.wishes)
        words = say("consent", "Nothing to review")
        if count:
            words = say_count("consent", "Review 1 change…", "Review {n} changes…", count)
        self.review.set_words(words)
        self.review.setEnabled(bool(count))

    def show_undo(self, undo: UndoView, redo: UndoView) -> None:
        """Both name what they would do; redo is there only while something can be done again."""
        self.undo.setEnabled(undo.possible)
        words = undo.reason
        if undo.possible:
            words = say("consent", "Take back: {what}", what=undo.words)
        self.undo.setAccessibleName(words or say("consent", "Undo"))
        set_tooltip(self.undo, words)
        self.redo.setVisible(redo.possible)
        again = say("consent", "Do again: {what}", what=redo.words)
        self.redo.setAccessibleName(again)
        set_tooltip(self.redo, again)
