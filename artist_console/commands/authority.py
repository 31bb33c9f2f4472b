"""What this account may do for an artist, as far as it is known here. The backend judges when it arrives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial

from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.registers import Register
from artist_console.domain.uses import Use
from artist_console.formats.encoding import decode
from artist_console.formats.kinds import Kind
from artist_console.store import heard


class RosterPower(Enum):
    """The widest thing that the account may do for an artist."""

    OWN = "own"  # the account is the artist
    DECIDE = "decide"
    PROPOSE = "propose"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Acting:
    """As whom the account acts for an artist."""

    power: RosterPower
    mandate: Mandate | None  # None: the account is the artist, or holds no mandate


def mandates_known(console: Console) -> tuple[Mandate, ...]:
    """The mandates that are here. Asked for before the first paint, so only these rows are read."""
    return heard.rows_of(console.store, Kind.MANDATE, partial(decode, Mandate))


def acting_for(console: Console, artist: ArtistId, mandates: Iterable[Mandate] | None = None) -> Acting:
    """The widest power that this account has for the artist now."""
    account = console.account
    if account is None:
        return Acting(RosterPower.VIEW, None)
    rostered = next((row for row in account.artists if row.artist == artist), None)
    if rostered is not None and rostered.mandate is None:
        return Acting(RosterPower.OWN, None)
    now = console.clock()
    known = mandates_known(console) if mandates is None else tuple(mandates)
    held = [m for m in known if m.artist == artist and m.holder == account.id]
    if not held and rostered is not None and rostered.mandate is not None:
        held = [rostered.mandate]
    in_force = [(_power_of(mandate, now), mandate) for mandate in held if mandate.is_in_force(now)]
    for wanted in (RosterPower.DECIDE, RosterPower.PROPOSE, RosterPower.VIEW):
        best = [mandate for power, mandate in in_force if power is wanted]
        if best:
            return Acting(wanted, max(best, key=lambda m: (m.given_on, m.id)))
    return Acting(RosterPower.VIEW, None)


def _power_of(mandate: Mandate, now: datetime) -> RosterPower:
    if mandate.may(Power.DECIDE, now):
        return RosterPower.DECIDE
    return RosterPower.PROPOSE if mandate.may(Power.PROPOSE, now) else RosterPower.VIEW


def outside(mandate: Mandate | None, register: Register) -> bool:
    """Whether a register reaches beyond the programmes or uses that a mandate is limited to."""
    if mandate is None:
        return False
    if mandate.programmes and register.programme not in mandate.programmes:
        return True
    return bool(mandate.uses) and any(register.use.covers(use) and use not in mandate.uses for use in Use)
