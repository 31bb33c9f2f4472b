"""How much waits and how much is new: the figures on the rail and on the bell."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from artist_console.commands import overview as overview_commands
from artist_console.commands.overview import Overview
from artist_console.ui.desk import Desk


class Badges(QObject):
    """Counts for the chosen artist, asked for whenever something may have changed."""

    counted = Signal(int, int)  # waiting, new

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask(self) -> None:
        artist = self._desk.artist
        self._desk.ask(
            self, "badges", lambda console: overview_commands.overview(console, artist), self._tell
        )

    def mark_seen(self) -> None:
        """Record that what is new has been seen."""
        self._desk.act(self, overview_commands.mark_seen, self._tell_seen)

    def _tell(self, overview: Overview) -> None:
        self.counted.emit(len(overview.waiting), sum(change.new for change in overview.changed))

    def _tell_seen(self, _nothing: None) -> None:
        self._desk.seen.emit()
