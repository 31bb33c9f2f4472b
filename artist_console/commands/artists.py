"""The artists that this account may see, for the switcher."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.authority import acting_for
from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId
from artist_console.domain.mandates import Mandate
from artist_console.store import heard, works


@dataclass(frozen=True, slots=True)
class ArtistRow:
    """An artist of the switcher."""

    id: ArtistId
    name: str
    label: str  # the line under the name: label or management; may be empty
    works: int
    self_declared: bool  # made from an imported catalogue; nobody checked who this is
    mandate: Mandate | None  # None: the account is the artist


def list_artists(console: Console) -> tuple[ArtistRow, ...]:
    """The artists in reach, by name."""
    account = console.account
    rostered = [row.artist for row in account.artists] if account is not None else []
    counts = works.count_by_artist(console.store)
    # Asked for before the first paint: of a party, this reads the few words that the switcher shows.
    rows = [
        ArtistRow(
            card.id,
            card.name,
            card.label,
            counts.get(card.id, (0, 0, 0))[0],
            card.self_declared,
            acting_for(console, card.id).mandate,
        )
        for card in heard.artists(console.store, rostered)
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))
