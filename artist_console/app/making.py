"""Fills the sample's profile: put into a backend by the same rules and synced like any other.

Its conflict comes about as conflicts do: the manager allows something without having seen that the artist
refused it meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from artist_console.backend.demo import sample
from artist_console.backend.seed import SeedAccount, seed
from artist_console.commands.consent import decide
from artist_console.commands.overview import mark_seen
from artist_console.commands.profiles import Profile
from artist_console.commands.syncing import sync
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision, scopes_meet
from artist_console.domain.registers import Stance

# What came since then is shown as new.
_LAST_VISIT = timedelta(days=7)


def fill_sample(profile: Profile, today: date) -> None:
    """Put the sample world into the profile's own service and fetch it from there."""
    world = sample(today)
    accounts = [
        SeedAccount(each.id, each.name, (each.artist,) if each.artist is not None else ())
        for each in world.accounts
    ]
    lines = [line for held in world.lines.values() for line in held]
    # The artist's own no, which the manager has not seen, and what came after it.
    last_no = max(place for place, step in enumerate(world.steps) if _refuses(step, world.stale))
    place = (profile.folder.backend, profile.keys.backend, profile.keys.receipt)
    seed(
        *place,
        rows=world.rows,
        accounts=accounts,
        lines=lines,
        steps=world.steps[:last_no],
        owner=world.manager,
        host_name=world.host,
    )
    _sync_then(profile, stale=world.stale)
    # The service is not running here: it would not notice what is put into its database.
    seed(*place, steps=world.steps[last_no:], host_name=world.host)
    _sync_then(profile)


def _refuses(step: object, stale: Decision) -> bool:
    """Whether a step refuses something that the stale answer allows."""
    decisions: tuple[Decision, ...] = getattr(step, "decisions", ())
    return any(
        made.stance is Stance.REFUSE and scopes_meet(made.register, stale.register) for made in decisions
    )


def _sync_then(profile: Profile, stale: Decision | None = None) -> None:
    """Fetch what is there; then, seeing only that, record an allow. Leaves the service stopped."""
    profile.keep_here()
    console = profile.console()
    try:
        sync(console)
        if stale is not None:
            register = stale.register
            wish = Wish(
                register.artist,
                register.subject,
                register.programme,
                register.use,
                stale.stance,
                stale.conditions,
                stale.terms,
            )
            decide(console, [wish])
            visited = console.clock() - _LAST_VISIT
            mark_seen(replace(console, clock=lambda: visited))
    finally:
        console.store.close()
        profile.disconnect()
