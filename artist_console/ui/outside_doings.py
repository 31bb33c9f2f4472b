"""What the menus and Ctrl+K offer towards others: letters, deadlines, reservations, lists, removals.

Each leads from any page to where it is done; nothing here sends anything.
"""

from __future__ import annotations

from functools import partial

from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.menus import Doing
from artist_console.ui.places import Place
from artist_console.ui.text import say


def where_doings(desk: Desk) -> tuple[Doing, ...]:
    """What opens over the pages about where works are and what to do about it."""
    wish = desk.sheet_wished.emit
    return (
        Doing(say("menu", "Are these yours? Rows of public lists…"), partial(wish, "hits/"), None, Icon.ROWS),
        Doing(say("menu", "Findings…"), partial(wish, "findings/"), None, Icon.TRIANGLE),
        Doing(say("menu", "Removals…"), partial(wish, "removals/"), None, Icon.CLOCK),
        Doing(say("menu", "Set up a programme…"), partial(wish, "programme/"), None, Icon.PLUS),
        Doing(say("menu", "Public lists…"), partial(wish, "list/"), None, Icon.LAYERS),
        Doing(say("menu", "What to fix in the catalogue…"), partial(wish, "coverage/"), None, Icon.PEN),
    )


def letter_places(desk: Desk) -> tuple[Doing, ...]:
    """The parts of the page of letters, from every page."""

    def to(item: str) -> partial[None]:
        return partial(desk.go, Place("letters", item))

    return (
        Doing(say("menu", "Deadlines"), to("deadlines/all"), None, Icon.CALENDAR),
        Doing(say("menu", "Reservations for my site"), to("reservations/site"), None, Icon.GLOBE),
        Doing(say("menu", "Marks in audio files"), to("reservations/marks"), None, Icon.MARK),
        Doing(say("menu", "Switches elsewhere"), to("elsewhere/all"), None, Icon.OPEN_OUTSIDE),
    )


def letter_doings(desk: Desk) -> tuple[Doing, ...]:
    """What is written and shown for the artists that are chosen."""

    def show_position_sheet() -> None:
        if desk.artists:
            desk.sheet_wished.emit(f"position/{desk.artist or ''}")

    wish = desk.sheet_wished.emit
    return (
        Doing(say("menu", "Write a letter…"), partial(wish, "write/"), None, Icon.LETTER),
        Doing(say("menu", "Position sheet…"), show_position_sheet, None, Icon.DOCUMENT),
        Doing(say("menu", "Addressees…"), partial(wish, "addressee/all"), None, Icon.PEOPLE),
    )
