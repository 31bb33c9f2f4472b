"""What the window asks of every screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.ui.desk import Desk
from artist_console.ui.screen_names import screen_words
from artist_console.ui.widgets.page import Page


class Screen(Page):
    """One screen of the rail. It loads through the desk, and reloads by the changes that it shows.

    A screen that is not seen only notes that it is out of date, and loads when it is shown.
    """

    key: ClassVar[str] = ""  # of Place and Settings; also the object name
    shows: ClassVar[Changes] = Changes.ALL

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, self.name())
        if parent is not None:
            self.setParent(parent)
        self.setObjectName(self.key)
        self.setAccessibleName(self.name())
        self.desk = desk
        self.artist: ArtistId | None = desk.artist
        self._out_of_date = True

    @classmethod
    def name(cls) -> str:
        """The name of the screen in rail, menu and title, translated."""
        return screen_words(cls.key)

    def show_scope(self, artist: ArtistId | None) -> None:
        """Show this artist, or all of them (None)."""
        self.artist = artist
        self.load_when_seen()

    def refresh(self, changes: Changes) -> None:
        """Reload if anything that this screen shows is among the changes."""
        if changes & self.shows:
            self.load_when_seen()

    def reload(self) -> None:
        """Ask again for everything that is shown. What is on the screen stays until the answer is there."""

    def open_item(self, item: str) -> None:
        """Open what the item of a place names ("work/<id>"); an item of another kind is left alone."""

    def close_item(self) -> None:
        """The place names the page by itself: an item that takes the whole page gives way."""

    def enter(self) -> None:
        """The screen is shown again: bring back what stood beside it."""

    def find_in_page(self) -> None:
        """Ctrl+F: put the cursor into the filter of this screen, where it has one."""

    def export_shown(self) -> bool:
        """Ctrl+E: let what is open here go out as a file. False where nothing is open that could."""
        return False

    def print_shown(self) -> bool:
        """Ctrl+P: print what is open here. False where nothing is open that could be printed."""
        return False

    def offered(self) -> Sequence[QAction]:
        """Actions that the menus and Ctrl+K offer while this screen is shown; their shortcuts work then."""
        return QWidget.actions(self)  # the name is taken by the buttons of the title line

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._out_of_date:
            self._out_of_date = False
            self.reload()

    def load_when_seen(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._out_of_date = True
