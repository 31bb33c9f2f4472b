"""The artists that this account may see, for the switcher and for the roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from artist_console.commands.console import Totals
from artist_console.domain.ids import ArtistId
from artist_console.domain.mandates import Mandate


@dataclass(frozen=True, slots=True)
class ArtistRow:
    """An artist of the switcher."""

    id: ArtistId
    name: str
    label: str  # the line under the name: label or management; may be empty
    works: int
    self_declared: bool  # made from an imported catalogue; nobody checked who this is
    mandate: Mandate | None  # None: the account is the artist


class RosterPower(Enum):
    """The widest thing that the account may do for an artist."""

    OWN = "own"  # the account is the artist
    DECIDE = "decide"
    PROPOSE = "propose"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """An artist as a manager sees it."""

    artist: ArtistId
    name: str
    label: str
    waiting: int  # things that need the artist or the manager
    works: int
    reported: int  # works reported in some programme
    may: RosterPower
    limits: str  # programmes and uses that the mandate is limited to, in words; empty: no limit
    until: date | None  # last day of the mandate
    ends_soon: bool  # within 60 days
    last_synced: datetime | None
    earned: Totals  # AI income of the last twelve months
