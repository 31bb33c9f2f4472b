"""For whom one looks and acts: all artists, or one of them, found by typing."""

from __future__ import annotations

import unicodedata

from PySide6.QtWidgets import QWidget

from artist_console.commands.artists import ArtistRow
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.choices import Choice, ChoiceList
from artist_console.ui.dialogs.popup import Popup
from artist_console.ui.icons import Icon
from artist_console.ui.text import say, say_count

ALL_ARTISTS = "all"
_WIDTH = 360


class ArtistSwitcher(Popup):
    """A list that narrows as one types; Enter takes the first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, say("switcher", "Choose an artist"), parent, _WIDTH)
        self._desk = desk
        self.choices = ChoiceList(desk.theme, say("switcher", "Find an artist"))
        self.choices.typed.connect(self._narrow)
        self.choices.chosen.connect(self._choose)
        self.inside.addWidget(self.choices)
        self._narrow("")
        self.choices.setFocus()

    def _narrow(self, text: str) -> None:
        found = [row for row in self._desk.artists if folded(text) in folded(f"{row.name} {row.label}")]
        choices = [self._choice(row) for row in found]
        if len(self._desk.artists) > 1 and not text:
            everyone = Choice(
                say("switcher", "All artists"),
                say_count("switcher", "1 artist", "{n} artists", len(self._desk.artists)),
                ALL_ARTISTS,
                Icon.ROSTER,
                current=self._desk.artist is None,
            )
            choices.insert(0, everyone)
        if not choices:
            choices = [Choice(say("switcher", "No artist has this name."))]
        self.choices.show_choices(choices)
        self.fit()

    def _choice(self, row: ArtistRow) -> Choice:
        works = say_count("switcher", "1 work", "{n} works", row.works)
        detail = " · ".join(part for part in (row.label, works) if part)
        return Choice(row.name, detail, row.id, picture=row.id, current=row.id == self._desk.artist)

    def _choose(self, value: object) -> None:
        self.accept()
        row = next((row for row in self._desk.artists if row.id == value), None)
        self._desk.choose_artist(row.id if row is not None else None)


def folded(text: str) -> str:
    """Without case and accents, for finding names in a short list."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
