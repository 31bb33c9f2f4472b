"""A reservation that was made otherwise than by files on a site, before it is kept.

Apart from `reservations`, which also looks at sites: a case that is noted as sent needs no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.parties import Standing
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.reservations import Manner, Reservation
from artist_console.domain.site_plan import SiteGround, site_ground
from artist_console.domain.uses import Use
from artist_console.host.files import read_bounded
from artist_console.store import mirror, private

MAX_COPY_BYTES = 20_000_000
MAX_NOTE = 4_000


class BadReservation(InputProblem):
    title_template = "The reservation was not kept: {what}"
    advice_template = "Mend it and save again"


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
        copies = (*copies, attached_copy(console, name, body))
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
        sha256=digest_of_copies(copies) if copies else "",
        note=noted.note.strip(),
    )


def _least(ground: SiteGround) -> Standing:
    return next((each.standing for each in ground.held), Standing.UNKNOWN)


def attached_copy(console: Console, name: str, body: bytes) -> AttachedFile:
    """Keep a copy that goes with a reservation."""
    file = private.attach(console.store, name, body, console.clock())
    return AttachedFile(file.sha256, name, file.size)


def digest_of_copies(copies: Sequence[AttachedFile]) -> str:
    """One hash over names and hashes of all copies, in the order of their names."""
    listed = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(copies, key=lambda file: file.name))
    return hashlib.sha256(listed.encode()).hexdigest()
