"""Which works something is about: a list that narrows as one types, and leads to the work that is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.artist_switcher import folded
from artist_console.ui.dialogs.choices import Choice, ChoiceList
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import Button


class WhichWorksDialog(Sheet):
    """Gives `chosen` the value of the work that is taken."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, title: str, works: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(desk.theme, "which-works", title, 560, 560, parent, scrolls=False)
        self.set_heading(title, say_count("which-works", "1 work", "{n} works", len(works)))
        self._works = tuple(
            Choice(work.title, work.detail, work.value, Icon.WORKS, picture=work.picture) for work in works
        )
        self.choices = ChoiceList(desk.theme, say("which-works", "Find a work"))
        self.choices.typed.connect(self._narrow)
        self.choices.chosen.connect(self._take)
        self.inside.addWidget(self.choices)
        self.inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.reject)
        self.set_buttons(None, close, safe=close)
        self._narrow("")
        self.choices.setFocus()

    def _narrow(self, text: str) -> None:
        found = [work for work in self._works if folded(text) in folded(work.title)]
        self.choices.show_choices(found or [Choice(say("which-works", "No work has this title."))])

    def _take(self, value: object) -> None:
        self.accept()
        self.chosen.emit(value)
