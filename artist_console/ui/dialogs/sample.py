"""What the sample music is, and the ways out of it: to one's own music, or to a computer without it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import clear_layout


class SampleDialog(Sheet):
    """Opens from "Sample music" in the top bar. Nothing is removed before it is asked a second time."""

    own_wished = Signal()
    removal_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget, *, can_remove: bool) -> None:
        super().__init__(desk.theme, "sample", say("sample", "This is sample music"), 640, 320, parent)
        theme = desk.theme
        self.remove = Button(theme, say("sample", "Remove the sample…"), ButtonKind.QUIET)
        self.remove.clicked.connect(self._ask)
        self.remove.setVisible(can_remove)
        self.really = Button(theme, say("sample", "Remove the sample and close"), ButtonKind.DANGER)
        self.really.clicked.connect(self._remove)
        self.really.hide()
        self.stay = Button(theme, say("sample", "Keep looking around"))
        self.stay.clicked.connect(self.reject)
        self.own = Button(theme, say("sample", "Start with your own music"), ButtonKind.PRIMARY)
        self.own.clicked.connect(self._start)
        self.set_buttons(self.remove, None, self.stay, self.really, self.own, safe=self.stay)
        self._say(
            say("sample", "The artists, programmes, statements and reports here are invented."),
            say("sample", "What you decide here stays in the sample: nobody is told, and nothing is sent."),
            say(
                "sample", "Your own music is a place of its own. It opens in its window, and this one closes."
            ),
        )

    def _say(self, *sentences: str) -> None:
        clear_layout(self.inside)
        for said in sentences:
            self.inside.addWidget(label(said, tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)

    def _ask(self) -> None:
        self.set_heading(say("sample", "Remove the sample music?"))
        self._say(
            say("sample", "What you tried in it is lost with it. Your own music is not touched."),
            say("sample", "It can be made again at any time, as new."),
        )
        self.remove.hide()
        self.own.hide()
        self.really.show()
        self.stay.set_words(say("sample", "Keep the sample"))
        self.stay.setFocus()

    def _start(self) -> None:
        self.accept()
        self.own_wished.emit()

    def _remove(self) -> None:
        self.accept()
        self.removal_wished.emit()
