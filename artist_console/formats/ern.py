"""DDEX Electronic Release Notification -> rows of a catalogue: messages of ERN 3.8.2, 3.8.3 and 4.1 to 4.3.2.

Reads recordings, releases, artists, contributors, songs, what is disclosed about AI, the AI uses that deals
grant, and takedowns; leaves files and prices alone. Nothing is validated: a wrong check digit is told and
kept. DDEX's schemas are not part of this program (ern.ddex.net).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from artist_console.domain.problems import InputProblem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import LicensorGrant, WorkIdentifier

from .ern_deals import Deals, Header, read_header
from .ern_elements import Notes, children, inner, line_of
from .ern_parties import Parties
from .ern_releases import Release, Releases, Track, read_purged
from .ern_resources import Edition, Recording, Resources, credits_on
from .ern_xml import PURGE, Element, Message, parse
from .incoming import CatalogueRow, Credit, ReadCatalogue, Takedown
from .tables import unpack

_KNOWN = frozenset({"382", "383", "41", "411", "42", "43", "431", "432"})


def read_ern(data: bytes, file_name: str) -> ReadCatalogue:
    """Read a NewReleaseMessage, one row per recording, edition and release, or a PurgeReleaseMessage.

    There are no rows, but takedowns, where a message only withdraws. Raises InputProblem when the file is no
    such message, is damaged, or carries a document type.
    """
    unpacked = unpack(data, file_name)
    message = parse(unpacked.data, file_name)
    notes = Notes()
    header = read_header(message.root)
    read = _purged(message, header, notes) if message.kind == PURGE else _released(message, header, notes)
    if not read.rows and not read.takedowns:
        raise _of_no_use(message, file_name)
    warnings = (*_about(message, header), *read.warnings)
    return ReadCatalogue(
        layout=f"ern-{message.version}",
        rows=read.rows,
        notes=tuple(notes.found),
        sha256=unpacked.sha256,
        warnings=warnings,
        sender=header.sender,
        takedowns=read.takedowns,
        created_on=header.created_on,
    )


def is_ern(data: bytes) -> bool:
    """Whether a file looks like a message of the ERN family, from its first bytes."""
    head = data[:4_000].replace(b"\0", b"")
    return b"NewReleaseMessage" in head or (b"ddex.net/xml/" in head and b"<" in head)


def _of_no_use(message: Message, file_name: str) -> InputProblem:
    if message.kind == PURGE:
        return InputProblem(
            "“{file}” withdraws a release and names no code of it",
            "Ask the sender which release is meant.",
            file=file_name,
        )
    return InputProblem(
        "“{file}” names no sound recording",
        "Ask the sender for the message with the recordings of the release.",
        file=file_name,
    )


def _about(message: Message, header: Header) -> Iterator[str]:
    if message.version not in _KNOWN:
        yield f"ERN {message.version} is not a version that was tried here; check what was read."
    if header.is_test:
        yield "The sender marked this as a test message."


@dataclass(frozen=True, slots=True)
class _Read:
    rows: tuple[CatalogueRow, ...] = ()
    takedowns: tuple[Takedown, ...] = ()
    warnings: tuple[str, ...] = ()


def _purged(message: Message, header: Header, notes: Notes) -> _Read:
    return _Read(takedowns=read_purged(message.root, header.created_on, notes))


def _released(message: Message, header: Header, notes: Notes) -> _Read:
    parts = children(message.root)

    def part(name: str) -> Element | None:
        return parts[name][0] if name in parts else None

    parties = Parties(notes)
    parties.list_up(each for holder in parts.get("PartyList", ()) for each in holder if each.tag == "Party")
    resources = Resources(parties, notes)
    resources.read(part("ResourceList"), part("WorkList"))
    releases = Releases(resources.recordings, parties, notes)
    releases.read(part("ReleaseList"))
    deals = Deals(part("DealList"), header, notes)
    new = _NewRelease(resources, releases, deals, notes)
    warnings = []
    if resources.videos:
        warnings.append(f"Videos are not read: {resources.videos} left out.")
    if inner(message.root, "UpdateIndicator") == "UpdateMessage" and "DealList" not in parts:
        warnings.append(
            "This update holds no deals. Its recipient may not offer the release any more; that alone was not"
            " taken as a takedown."
        )
    return _Read(tuple(new.rows()), tuple(new.takedowns()), tuple(warnings))


@dataclass(frozen=True, slots=True)
class _NewRelease:
    """One message, read: its parts brought together as rows."""

    resources: Resources
    releases: Releases
    deals: Deals
    notes: Notes

    def rows(self) -> Iterator[CatalogueRow]:
        """By recording; each on every release that holds it, or alone."""
        places: dict[str, list[tuple[_Product, int | None]]] = {}
        for product in map(self._product, self.releases.products):
            for n, reference in enumerate(product.release.resources, 1):
                places.setdefault(reference, []).append((product, n))
        alone: list[tuple[_Product, int | None]] = [(_Product(Release()), None)]
        grants = self._grants()
        codes = self._codes_of_tracks()
        for reference, recording in self.resources.recordings.items():
            granted = tuple(grants.get(reference, ()))
            for edition in recording.editions:
                others = (*edition.others, *codes.get(reference, ())) if codes else edition.others
                credits = credits_on(recording, edition)
                for product, position in places.get(reference, alone):
                    yield _row(recording, edition, product, position, credits, granted, others)

    def takedowns(self) -> Iterator[Takedown]:
        """Withdrawn releases that no row carries: single tracks, and products sent without recordings."""
        if not self.deals.has_ends:
            return
        for release in self.releases.products:
            on = self.deals.taken_down_on(release.references, release.title)
            if on is not None and not release.resources and release.codes.any:
                yield release.codes.taken_down(release.row, release.title, on)
        for track in self.releases.tracks:
            on = self.deals.taken_down_on(track.references, track.title)
            codes = track.codes
            if len(track.resources) == 1 and not codes.isrc:
                codes = replace(codes, isrc=self.resources.recordings[track.resources[0]].editions[0].isrc)
            if on is not None and codes.any:
                yield codes.taken_down(line_of(track.element), track.title, on)

    def _product(self, release: Release) -> _Product:
        return _Product(
            release,
            release.released_on or self.deals.started_on(release.references),
            self.deals.taken_down_on(release.references, release.title),
        )

    def _grants(self) -> dict[str, list[LicensorGrant]]:
        if not self.deals.has_ai_uses:
            return {}
        releases: list[Release | Track] = [*self.releases.products, *self.releases.tracks]
        known = {reference for release in releases for reference in release.references}
        known.update(self.releases.clips)
        for reference, deals in self.deals.by_release.items():
            if reference not in known and deals:
                what = (
                    f"A deal is about {reference}, which the message does not hold; nothing was read from it."
                )
                self.notes.warn(deals[0], what, "DealReleaseReference")
        return self.deals.grants((release.references, release.resources) for release in releases)

    def _codes_of_tracks(self) -> dict[str, list[WorkIdentifier]]:
        """Codes under which a recording is offered alone, by reference of the recording."""
        found: dict[str, list[WorkIdentifier]] = {}
        for track in self.releases.tracks:
            codes = track.codes
            if len(track.resources) == 1 and (codes.grid or codes.own):
                of_it = found.setdefault(track.resources[0], [])
                of_it += [WorkIdentifier("grid", codes.grid)] if codes.grid else []
                of_it += codes.own
        return found


@dataclass(frozen=True, slots=True)
class _Product:
    """A release with the days that its deals tell."""

    release: Release
    released_on: date | None = None
    taken_down_on: date | None = None


def _row(
    recording: Recording,
    edition: Edition,
    product: _Product,
    position: int | None,
    credits: tuple[Credit, ...],
    grants: tuple[LicensorGrant, ...],
    others: tuple[WorkIdentifier, ...],
) -> CatalogueRow:
    release, titles, artists = product.release, recording.titles, recording.artists
    version = titles.version or edition.version
    if others:
        others = tuple([each for each in others if each.value != edition.isrc])
        others = others if len(others) < 2 else tuple(dict.fromkeys(others))
    return CatalogueRow(
        row=recording.row,
        kind=WorkKind.RECORDING,
        title=titles.title,
        artists=artists.main or release.artists,
        version=f"{titles.version}, {edition.version}" if titles.version and edition.version else version,
        featured=artists.featured,
        identifier=edition.isrc,
        release_title=release.title,
        release_artists=release.artists,
        release_kind=release.kind,
        upc=release.codes.upc,
        label=release.label,
        duration_s=recording.duration_s,
        year=recording.year or release.year,
        released_on=product.released_on,
        position=position,
        aliases=titles.aliases,
        artist_aliases=artists.aliases,
        songs=recording.songs,
        credits=credits,
        contains_ai=recording.contains_ai,
        grants=grants,
        other_identifiers=others,
        grid=release.codes.grid,
        taken_down_on=product.taken_down_on,
        artist_identifiers=artists.codes,
    )
