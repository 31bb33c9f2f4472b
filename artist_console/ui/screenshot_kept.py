"""Switches, a reservation and a site for pictures: made by the real commands, where there are none yet."""

from __future__ import annotations

from datetime import timedelta

from artist_console.commands.console import Console, Result
from artist_console.commands.reservations import (
    Manner,
    NotedReservation,
    list_reservations,
    note_reservation,
)
from artist_console.commands.switches import list_switches, set_switch
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.switches import YOUTUBE_TRAINING, SwitchState
from artist_console.ui.pages.letters import LettersScreen, PartName
from artist_console.ui.pages.letters_reservations import ReservationsPart

SITE = "https://music.example"
_LOOKED = ((YOUTUBE_TRAINING, SwitchState.ON, 3), ("audius-ai-friendly", SwitchState.OFF, 20))


def keep_some(console: Console, artist: ArtistId) -> Result[None]:
    """Two switches that were looked at, and a reservation by letter."""
    if all(row.note is None for row in list_switches(console, artist)):
        for key, state, days in _LOOKED:
            set_switch(console, artist, key, state, console.today - timedelta(days=days))
    if not list_reservations(console, artist):
        sent = NotedReservation(Manner.LETTER, console.today - timedelta(days=31), "Harmonia Lab")
        note_reservation(console, artist, sent)
    return Result(None, Changes.CASES | Changes.WORKS)


def show_plan(screen: LettersScreen) -> None:
    """What the site of the artist would say; nothing is asked of any site."""
    part = screen.parts.get(PartName.RESERVATIONS)
    if isinstance(part, ReservationsPart):
        part.site.address.setText(SITE)
        part.site.look()
