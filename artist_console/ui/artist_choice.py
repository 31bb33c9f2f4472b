"""For which artist something is: the one that the switcher shows, else a choice among all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.domain.ids import ArtistId
from artist_console.ui.desk import Desk
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Select
from artist_console.ui.widgets.fields import Field


class ArtistChoice(Field):
    """Hidden where one artist is chosen in the switcher: then there is nothing to ask."""

    chosen = Signal(object)  # ArtistId or None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = say("artist-choice", "For which artist")
        self.select = Select(desk.theme, words)
        super().__init__(desk.theme, words, self.select, parent=parent)
        self._desk = desk
        self.select.currentIndexChanged.connect(self._tell)
        desk.artists_changed.connect(self._offer)
        self._offer()
        self.show_scope(desk.artist)

    @property
    def artist(self) -> ArtistId | None:
        """None where no artist is known here."""
        found = self.select.currentData()
        return ArtistId(found) if isinstance(found, str) else None

    def show_scope(self, artist: ArtistId | None) -> None:
        """Follow the switcher; with all artists shown, the one that was chosen here stays."""
        if artist is not None:
            self.select.setCurrentIndex(max(0, self.select.findData(artist)))
        if artist is not None or self.select.count() < 2:
            self.hide()
        elif self.parentWidget() is not None:  # without a parent it would be a window and take the keyboard
            self.show()

    def _offer(self) -> None:
        before = self.select.currentData()
        blocked = self.select.blockSignals(True)
        self.select.clear()
        for each in self._desk.artists:
            self.select.addItem(each.name, each.id)
        self.select.setCurrentIndex(max(0, self.select.findData(before)))
        self.select.blockSignals(blocked)
        self.select.updateGeometry()
        self.show_scope(self._desk.artist)
        if self.select.currentData() != before:
            self._tell()

    def _tell(self, _index: int = 0) -> None:
        self.chosen.emit(self.artist)
