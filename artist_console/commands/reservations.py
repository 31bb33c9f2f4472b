"""Reservations of this profile: what was put on a site, sent or registered, kept with its copy.

What a site says is planned and written by `site_plans`, and looked at by `site_checks`; both are offered
here, too, so that whoever shows reservations finds them in one place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from artist_console.commands.console import Console, Result
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
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.parties import Standing
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.reservations import Manner, Reservation
from artist_console.domain.site_checks import KeptCheck, SiteCheck
from artist_console.domain.site_plan import SiteGround, site_ground
from artist_console.domain.uses import Use
from artist_console.host.files import read_bounded
from artist_console.store import kept_reservations, mirror, private
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

MAX_COPY_BYTES = 20_000_000
MAX_NOTE = 4_000


class BadReservation(InputProblem):
    title_template = "The reservation was not kept: {what}"
    advice_template = "Mend it and save again"


def keep_reservation(console: Console, plan: SitePlan) -> Result[Reservation]:
    """Keep what the site is to say, with a copy of every file. Raises NothingToWrite, StorageProblem."""
    if not plan.possible:
        raise NothingToWrite(why=" ".join(each.text for each in plan.why_not))
    now = console.clock()
    copies = tuple(_attached(console, file.name, file.body) for file in plan.files)
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
        sha256=_digest(copies),
    )
    private.put(console.store, PrivateKind.RESERVATION, plan.artist, [kept], now)
    return Result(kept, Changes.CASES)


@dataclass(frozen=True, slots=True)
class NotedReservation:
    """A notice that was made otherwise than by files on a site."""

    manner: Manner
    on: date
    place: str  # whom it was sent to, or which registry
    uses: tuple[Use, ...] = ()
    works: tuple[WorkId, ...] = ()
    note: str = ""
    copy: Path | None = None


def note_reservation(console: Console, artist: ArtistId, noted: NotedReservation) -> Result[Reservation]:
    """Note a reservation by letter, registry or society. Its standing is what is recorded today.

    Raises BadReservation, FileProblem or UnknownThing.
    """
    kept = made_reservation(console, artist, noted)
    private.put(console.store, PrivateKind.RESERVATION, artist, [kept], kept.recorded_at)
    return Result(kept, Changes.CASES)


def made_reservation(
    console: Console,
    artist: ArtistId,
    noted: NotedReservation,
    *,
    id: str = "",
    copies: Sequence[AttachedFile] = (),
) -> Reservation:
    """The same before it is kept; files that go with it are. `copies`: files that are kept already.

    Raises BadReservation, FileProblem or UnknownThing.
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    party = facts.parties.get(artist)
    if party is None:
        raise UnknownThing("This artist is not known here", "See: artist-console artists list")
    if noted.manner is Manner.SITE_FILE:
        raise BadReservation(what="files for a site are made here, and kept when they are written.")
    if noted.on > console.today:
        raise BadReservation(what="its day has not come yet.")
    if not noted.place.strip() or len(noted.note) > MAX_NOTE:
        raise BadReservation(what="it does not say to whom or where, or its note is too long.")
    ground = site_ground(artist, noted.works, facts, now)
    body = read_bounded(noted.copy, MAX_COPY_BYTES) if noted.copy is not None else None
    name = noted.copy.name if noted.copy is not None else ""
    if body is not None:
        copies = (*copies, _attached(console, name, body))
    controlled = tuple(each.right for each in ground.controlled)
    return Reservation(
        id=id or console.new_id(),
        artist=artist,
        rights=controlled or tuple(each.right for each in ground.held),
        by=party.name,
        standing=Standing.CONTROLS if controlled else _least(ground),
        manner=noted.manner,
        on=noted.on,
        place=noted.place.strip(),
        recorded_at=now,
        uses=noted.uses,
        works=noted.works,
        copies=tuple(copies),
        sha256=_digest(copies) if copies else "",
        note=noted.note.strip(),
    )


def _least(ground: SiteGround) -> Standing:
    return next((each.standing for each in ground.held), Standing.UNKNOWN)


def _attached(console: Console, name: str, body: bytes) -> AttachedFile:
    file = private.attach(console.store, name, body, console.clock())
    return AttachedFile(file.sha256, name, file.size)


def _digest(copies: Sequence[AttachedFile]) -> str:
    listed = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(copies, key=lambda file: file.name))
    return hashlib.sha256(listed.encode()).hexdigest()


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
