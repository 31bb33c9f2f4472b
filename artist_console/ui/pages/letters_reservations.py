"""The part "Reservations" of the page of letters: one's own site, and marks in audio files."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import marks as mark_commands
from artist_console.commands import reservations as commands
from artist_console.commands.console import Console
from artist_console.commands.reservations import CheckRow, Reservation
from artist_console.domain.ids import ArtistId
from artist_console.domain.marks import MarkRun
from artist_console.domain.problems import Problem
from artist_console.domain.reservations import Manner
from artist_console.ui.artist_choice import ArtistChoice
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.pages.kept_reservations import EarlierChecks, KeptReservations
from artist_console.ui.pages.marks_card import MarksCard
from artist_console.ui.pages.site_card import SiteCard
from artist_console.ui.soon import soon
from artist_console.ui.text import say
from artist_console.ui.widgets.column_page import ColumnPage
from artist_console.ui.widgets.states import StateStack


@dataclass(frozen=True, slots=True)
class _Found:
    artist: ArtistId
    reservations: tuple[Reservation, ...]
    checks: tuple[CheckRow, ...]
    runs: tuple[MarkRun, ...]


class ReservationsPart(QWidget):
    """Everything here follows the answers that are recorded; a mark or a file is never made to say yes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: QWidget | None = None  # what a place led to, before its rows were there
        self.artist_choice = ArtistChoice(desk)
        self.artist_choice.chosen.connect(self._ask_again)
        self.site = SiteCard(desk)
        self.checks = EarlierChecks(desk)
        self.reservations = KeptReservations(desk)
        self.marks = MarksCard(desk)
        self.scroller = ColumnPage(gap=16)
        inside = self.scroller.column
        for part in (self.artist_choice, self.site, self.checks, self.reservations, self.marks):
            inside.addWidget(part)
        inside.addStretch(1)
        self.states = StateStack(desk.theme, self.scroller)
        self.states.retry.connect(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addWidget(self.states)

    def show_scope(self, artist: ArtistId | None) -> None:
        self.artist_choice.show_scope(artist)

    def _ask_again(self, _artist: object) -> None:
        self.reload()

    def reload(self) -> None:
        artist = self.artist_choice.artist
        self.site.show_artist(artist)
        self.marks.show_artist(artist)
        if artist is None:
            self.states.show_empty(
                say("reservation", "No artist is known here yet"),
                say(
                    "reservation",
                    "Reservations are made for an artist, from their works and refusals. Bring in a "
                    "catalogue first.",
                ),
                None,
                Icon.PERSON,
            )
            return

        def find(console: Console) -> _Found:
            return _Found(
                artist,
                commands.list_reservations(console, artist),
                commands.list_checks(console, artist),
                mark_commands.mark_runs(console, artist),
            )

        self._desk.ask(self, "reservations", find, self._take, self._failed)
        self.site.refresh()
        self.marks.refresh()

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _take(self, found: _Found) -> None:
        if found.artist != self.artist_choice.artist:
            return
        self.checks.show_checks(found.checks)
        self.reservations.show_reservations(found.artist, found.reservations)
        self.marks.show_runs(found.runs)
        sites = [each.place for each in found.reservations if each.manner is Manner.SITE_FILE]
        sites += [each.check.origin + each.check.path for each in found.checks]
        if sites:
            self.site.offer_address(sites[0])
        self.states.show_content()
        soon(self, self._bring_wanted)

    def show_section(self, name: str) -> None:
        """Bring "site" or "marks" into sight, now or once the rows are there."""
        self._wanted = {"site": self.site, "marks": self.marks}.get(name)
        soon(self, self._bring_wanted)

    def _bring_wanted(self) -> None:
        if self._wanted is not None and self.scroller.isVisible():
            self.scroller.verticalScrollBar().setValue(self._wanted.y())
            self._wanted = None

    def main_stop(self) -> QWidget | None:
        return self.site.address
