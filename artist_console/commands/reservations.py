"""Reservations of this profile: what was put on a site, sent or registered, kept with its copy.

What a site says is planned and written by `site_plans`, and looked at by `site_checks`; both are offered
here, too, so that whoever shows reservations finds them in one place.
"""

from __future__ import annotations

from artist_console.commands.console import Console, Result
from artist_console.commands.noted_reservations import (
    NotedReservation,
    attached_copy,
    digest_of_copies,
    made_reservation,
)
from artist_console.commands.site_checks import CheckRow, check_copy, check_site, keep_check, list_checks
from artist_console.commands.site_plans import (
    NothingToWrite,
    Site,
    SitePlan,
    known_crawlers,
    plan_site,
    write_site,
)
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.parties import Standing
from artist_console.domain.problems import UnknownThing
from artist_console.domain.reservations import Manner, Reservation
from artist_console.domain.site_checks import KeptCheck, SiteCheck
from artist_console.store import kept_reservations, private
from artist_console.store.private import PrivateKind

__all__ = [
    "CheckRow",
    "KeptCheck",
    "Manner",
    "NotedReservation",
    "Reservation",
    "Site",
    "SiteCheck",
    "SitePlan",
    "check_copy",
    "check_site",
    "keep_check",
    "keep_reservation",
    "known_crawlers",
    "list_checks",
    "list_reservations",
    "made_reservation",
    "note_reservation",
    "plan_site",
    "reservation_copy",
    "write_site",
]


def keep_reservation(console: Console, plan: SitePlan) -> Result[Reservation]:
    """Keep what the site is to say, with a copy of every file. Raises NothingToWrite, StorageProblem."""
    if not plan.possible:
        raise NothingToWrite(why=" ".join(each.text for each in plan.why_not))
    now = console.clock()
    copies = tuple(attached_copy(console, file.name, file.body) for file in plan.files)
    said = plan.facts.statement
    kept = Reservation(
        id=console.new_id(),
        artist=plan.artist,
        rights=said.rights,
        by=f"{said.writer}, for {said.artist}" if said.writer else said.artist,
        standing=Standing.CONTROLS,
        manner=Manner.SITE_FILE,
        on=plan.on,
        place=plan.address.at(plan.address.path),
        recorded_at=now,
        uses=said.uses,
        said=tuple(f"{c.term.signal.value} {c.term.key}" for c in plan.categories if c.reserved),
        works=tuple(work.id for work in plan.ground.works) if said.titles else (),
        territory=said.territory,
        copies=copies,
        sha256=digest_of_copies(copies),
    )
    private.put(console.store, PrivateKind.RESERVATION, plan.artist, [kept], now)
    return Result(kept, Changes.CASES)


def note_reservation(console: Console, artist: ArtistId, noted: NotedReservation) -> Result[Reservation]:
    """Note a reservation by letter, registry or society. Its standing is what is recorded today.

    Raises BadReservation, FileProblem or UnknownThing.
    """
    kept = made_reservation(console, artist, noted)
    private.put(console.store, PrivateKind.RESERVATION, artist, [kept], kept.recorded_at)
    return Result(kept, Changes.CASES)


def list_reservations(console: Console, artist: ArtistId | None = None) -> tuple[Reservation, ...]:
    """The latest first."""
    found = kept_reservations.reservations(console.store)
    return tuple(each for each in reversed(found) if artist in (None, each.artist))


def reservation_copy(console: Console, id: str, name: str) -> bytes:
    """The bytes of one file of a reservation. Raises UnknownThing."""
    kept = next((each for each in list_reservations(console) if each.id == id), None)
    file = next((each for each in kept.copies if each.name == name), None) if kept is not None else None
    body = private.attached_bytes(console.store, file.sha256) if file is not None else None
    if body is None:
        raise UnknownThing("No such copy is kept here", "See: artist-console reservation list")
    return body
