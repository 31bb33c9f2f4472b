"""Where no case is yet: the three letters that most people begin with, and the way to all others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands import letters as letter_commands
from artist_console.commands.letter_drafts import KindOffer
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.letter_words import kind_icon
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card, ListRow
from artist_console.ui.widgets.layout import clear_layout, column, row

_WIDTH = 560
_FIRST = (LetterKind.POSITION, LetterKind.ASK_LICENCES)
# Whoever controls the right reserves it; anybody else can ask its owner to.
_BY_STANDING = (LetterKind.RESERVATION, LetterKind.PERFORMER_NOTICE)


class FirstLetters(QWidget):
    """Which of the reservation and the performer's notice is offered follows the artist's standing."""

    wished = Signal(object)  # LetterKind; None: any other

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artists = (artist,) if artist is not None else tuple(each.id for each in desk.artists)
        self.rows: dict[LetterKind, ListRow] = {}
        card = Card(desk.theme, padding=6)
        card.setFixedWidth(desk.theme.px(_WIDTH))
        self._inside = column(gap=0)
        card.body.addLayout(self._inside)
        self.others = LinkButton(desk.theme, say("letters", "See every kind of letter…"))
        self.others.clicked.connect(self._wish_other)
        self.setLayout(column(row(None, card, None), row(None, self.others, None), gap=8))
        self._show(())
        if self._artists:
            artists = self._artists
            desk.ask(
                self,
                "first letters",
                lambda console: letter_commands.kinds(console, artists),
                self._show,
                self._show_without,
            )

    def _show_without(self, _problem: Problem) -> None:
        """What cannot be asked is said where the letter is begun."""

    def _show(self, offers: tuple[KindOffer, ...]) -> None:
        possible = {each.kind for each in offers if each.possible}
        last = next((kind for kind in _BY_STANDING if kind in possible), _BY_STANDING[-1])
        clear_layout(self._inside)
        self.rows = {}
        for kind in (*_FIRST, last):
            line = ListRow(self._desk.theme, kind_icon(kind), Tint.NEUTRAL, _asked(kind), _says(kind))
            line.opened.connect(partial(self.wished.emit, kind))
            self.rows[kind] = line
            self._inside.addWidget(line)
            line.show()

    def main_stop(self) -> QWidget:
        """What the keyboard begins at."""
        return next(iter(self.rows.values()), self.others)

    def _wish_other(self) -> None:
        self.wished.emit(None)


def _asked(kind: LetterKind) -> str:
    """What one wants, in one's own words."""
    return {
        LetterKind.POSITION: say("letters", "Say that you have not agreed, and where you stand"),
        LetterKind.ASK_LICENCES: say("letters", "Ask what was licensed, and what was paid"),
        LetterKind.RESERVATION: say("letters", "Reserve your rights against data mining"),
    }.get(kind, say("letters", "As a performer, ask the owner to reserve the rights"))


def _says(kind: LetterKind) -> str:
    """To whom it goes and what it asks, short enough for one line."""
    return {
        LetterKind.POSITION: say("letters", "To AI companies, labels, publishers and distributors"),
        LetterKind.ASK_LICENCES: say("letters", "To whoever licenses your music, with a day to answer by"),
        LetterKind.RESERVATION: say("letters", "To AI companies, for the rights that you control"),
    }.get(kind, say("letters", "To whoever controls them: you perform on the recordings"))
