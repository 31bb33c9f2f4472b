"""A catalogue becomes artists, works, songs and releases of the account that brings it.

Identity is the identifier, else title, version and artists. A second import updates and never doubles; what a
file does not say stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NoReturn, TypeVar

from sqlalchemy.engine import Connection

from artist_console.backend.storage import accounts, rows
from artist_console.domain.ids import ArtistId, PartyId, ReleaseId, WorkId
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.problems import InputProblem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    Relation,
    RelationKind,
    Release,
    ReleaseTrack,
    SourceNote,
    Work,
    WorkCredit,
)
from artist_console.formats.incoming import CatalogueRow, ReadCatalogue, Severity, SongRow
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row

from .holdings import Holdings, holdings_of, name_key, named
from .job import Order, Progress, Result

Item = TypeVar("Item")
_EVERY = 200  # rows between two reports of progress


def import_catalogue(connection: Connection, order: Order, read: ReadCatalogue, progress: Progress) -> Result:
    """Take a catalogue over, inside a writing transaction. Raises InputProblem: then roll back.

    A file that names no artist holds works of the artist whom the order names.
    """
    held = holdings_of(connection, order.account)
    only = _narrowed_to(held, order)
    taking = _Taking(held, order, only)
    if order.artist_name and only is None:
        taking.only = taking.artist(order.artist_name).id
    taking.welcome(order.take_artists, order.also_called)
    result = taking.result
    result.take_notes(read.notes, read.warnings)
    for place, row in enumerate(read.rows, 1):
        taking.take(row)
        if place % _EVERY == 0:
            progress(place, len(read.rows))
    if not taking.touched:
        _raise_nothing_taken(read, order, taking.only, result)
    unread = {note.row for note in read.notes if note.severity is Severity.REJECTED}
    result.rows_read = len({row.row for row in read.rows} | unread)
    if unread:
        result.count("rows_left_out", len(unread))
    if taking.repeated:
        result.count("rows_repeated", taking.repeated)
    for artist in taking.new_artists:
        accounts.own_artist(connection, order.account, artist)
    rows.put(connection, taking.written())
    return result


def _narrowed_to(held: Holdings, order: Order) -> PartyId | None:
    if order.artist is not None:
        if order.artist in held.parties:
            return order.artist
        raise InputProblem(
            "The artist of this import is not one of this account",
            "Choose one of your artists, or import without choosing one",
        )
    if order.artist_name:
        known = held.party(order.artist_name)
        return None if known is None else known.id
    return None


def _raise_nothing_taken(read: ReadCatalogue, order: Order, only: PartyId | None, result: Result) -> NoReturn:
    if any(not row.artists for row in read.rows) and only is None:
        raise InputProblem(
            "“{file}” does not say whose works these are",
            "Say which artist they belong to",
            file=order.file_name,
        )
    others = tuple(dict.fromkeys(name for row in read.rows for name in row.artists))
    if only is not None and others and order.artist_name:
        raise InputProblem(
            "“{file}” holds no work of the artist who was named{reason}",
            "Check the name, or import the file without naming an artist",
            file=order.file_name,
            reason=result.first_reason(),
        )
    if only is not None and others:
        raise InputProblem(
            "“{file}” holds works by {others} only, and nothing was said about them",
            "Say whether they are artists of yours, or whether it is another spelling of a name",
            file=order.file_name,
            others=_listed(others),
        )
    raise InputProblem(
        "“{file}” holds no work that could be taken over{reason}",
        "Look at its rows; each needs at least a title and an artist",
        file=order.file_name,
        reason=result.first_reason(),
    )


def _listed(names: Sequence[str], most: int = 3) -> str:
    listed = list(names[:most])
    if len(names) > most:
        listed.append(f"{len(names) - most} more")
    return " and ".join(part for part in (", ".join(listed[:-1]), listed[-1]) if part)


class _Taking:
    """Rows being taken over, in memory; `written` gives what is to be stored."""

    def __init__(self, held: Holdings, order: Order, only: PartyId | None) -> None:
        self.only = only
        self.result = Result()
        self.new_artists: list[ArtistId] = []
        self.touched = False
        self.repeated = 0  # rows about a work on a release that an earlier row has told already
        self._places: set[tuple[str, str, str]] = set()
        self._welcome: frozenset[str] | None = None  # keys of the names that are taken; None: as `only` says
        self._held = held
        self._order = order
        self._before: dict[str, Row] = {
            row.id: row for group in (held.parties, held.works, held.releases) for row in group.values()
        }

    def welcome(self, names: Iterable[str], other_spellings: Sequence[str]) -> None:
        """What the person said about names in the file: artists of theirs, or spellings of `only`."""
        if self.only is not None and other_spellings:
            party = self._held.parties[self.only]
            new = [name for name in other_spellings if name != party.name]
            self._held.add_party(replace(party, aliases=_joined(party.aliases, new)))
        keys = {name_key(name) for name in names}
        if keys:
            known = {
                name_key(n) for party in self._held.parties.values() for n in (party.name, *party.aliases)
            }
            self._welcome = frozenset(keys | known)

    def take(self, row: CatalogueRow) -> None:
        artists = self._artists_of(row)
        if artists is None:
            return
        self.touched = True
        work = self._work(row, artists)
        self.repeated += self._is_repeated(row, work)
        if row.release_title or row.upc:
            self._release(row, work, artists)

    def _is_repeated(self, row: CatalogueRow, work: Work) -> bool:
        """Whether an earlier row of the file is the same work on the same release."""
        place = (work.id, row.release_title, row.upc)
        if place in self._places:
            return True
        self._places.add(place)
        return False

    def written(self) -> list[tuple[Kind, Row]]:
        """Changed rows, people first. Counts what was added and what was updated."""
        changed: list[tuple[Kind, Row]] = []
        for kind, group in (
            (Kind.PARTY, self._held.parties.values()),
            (Kind.WORK, self._held.works.values()),
            (Kind.RELEASE, self._held.releases.values()),
        ):
            for row in group:
                before = self._before.get(row.id)
                if before == row:
                    continue
                self.result.count(f"{_plural(row)}_{'added' if before is None else 'updated'}")
                changed.append((kind, row))
        return changed

    # -- artists

    def _artists_of(self, row: CatalogueRow) -> tuple[PartyId, ...] | None:
        """The artists of this account whose work a row is; None: it is left out, with a note."""
        if self._welcome is not None and row.artists:
            welcome = [name for name in row.artists if name_key(name) in self._welcome]
            if not welcome:
                words = f"Left out: it is by {', '.join(row.artists)}, who was not chosen."
                self._leave_out(row, words)
                return None
            return tuple(dict.fromkeys(self.artist(name, row.artist_aliases).id for name in welcome))
        if self.only is not None:
            ours = {name_key(n) for n in (self._name(), *self._held.parties[self.only].aliases)}
            if row.artists and not ours & {name_key(name) for name in row.artists}:
                words = f"Left out: it is by {', '.join(row.artists)}, not by {self._name()}."
                self._leave_out(row, words)
                return None
            return (self.only,)
        if not row.artists:
            self._leave_out(row, "Left out: it names no artist.")
            return None
        return tuple(dict.fromkeys(self.artist(name, row.artist_aliases).id for name in row.artists))

    def _leave_out(self, row: CatalogueRow, words: str) -> None:
        self.result.note(row.row, "artist", words, "rejected")
        self.result.count("rows_left_out")

    def _name(self) -> str:
        assert self.only is not None
        return self._held.parties[self.only].name

    def artist(self, name: str, spellings: Iterable[tuple[str, str]] = ()) -> Party:
        known = self._held.party(name)
        if known is None:
            id = PartyId(self._order.new_id())
            known = Party(id, name, PartyKind.PERSON, is_artist=True, self_declared=True)
            self.new_artists.append(known.id)
        other = [other for of, other in spellings if of == name and other != known.name]
        party = replace(known, aliases=_joined(known.aliases, other))
        self._held.add_party(party)
        return party

    # -- works

    def _work(self, row: CatalogueRow, artists: tuple[PartyId, ...]) -> Work:
        known = self._held.work(row.kind, row.title, row.version, artists, row.identifier)
        base = known or Work(WorkId(self._order.new_id()), row.kind, row.title, artists)
        self._tell_other_title(base, row)
        songs = [self._song(song, artists, row) for song in row.songs]
        work = replace(
            base,
            title=row.title,
            version=row.version or base.version,
            identifier=base.identifier or row.identifier,
            artists=_joined(base.artists, artists),
            credits=_joined(base.credits, self._credits(row)),
            relations=_joined(base.relations, (Relation(RelationKind.EMBODIES, s.id) for s in songs)),
            aliases=_joined(base.aliases, (*row.aliases, *_former(base.title, row.title))),
            duration_s=row.duration_s if row.duration_s is not None else base.duration_s,
            year=row.year or base.year,
            unreleased=base.unreleased if row.unreleased is None else row.unreleased,
            sources=self._sources(base, row.row),
        )
        self._held.add_work(work)
        return work

    def _tell_other_title(self, work: Work, row: CatalogueRow) -> None:
        """One identifier for two titles may be two spellings, or a mistake in one of the rows."""
        spellings = {
            named(work.kind, title, "", ())[1] for title in (work.title, *work.aliases, *row.aliases)
        }
        if named(row.kind, row.title, "", ())[1] not in spellings:
            words = (
                f"{row.identifier} stands for “{work.title}” already; “{row.title}” is taken as another title"
                " of the same. If they are two, one of them needs another code."
            )
            self.result.note(row.row, "title", words, "warning")

    def _song(self, song: SongRow, artists: tuple[PartyId, ...], row: CatalogueRow) -> Work:
        """The song that a recording embodies. Its artists are those of its writers who are known here."""
        writers = [self._held.party(writer.name) for writer in song.writers]
        own = tuple(dict.fromkeys(w.id for w in writers if w is not None)) or artists
        known = self._held.work(WorkKind.COMPOSITION, song.title, "", own, song.iswc)
        # A song that is known by an unreleased recording alone is as secret as that.
        base = known or Work(
            WorkId(self._order.new_id()),
            WorkKind.COMPOSITION,
            song.title,
            own,
            unreleased=bool(row.unreleased),
        )
        credits = [WorkCredit(writer.name, writer.role) for writer in song.writers]
        work = replace(
            base,
            identifier=base.identifier or song.iswc,
            artists=_joined(base.artists, own),
            credits=_joined(base.credits, credits),
            unreleased=base.unreleased and row.unreleased is not False,
            sources=self._sources(base, row.row),
        )
        self._held.add_work(work)
        return work

    def _credits(self, row: CatalogueRow) -> list[WorkCredit]:
        main = [WorkCredit(name, "main_artist", self._id_of(name)) for name in row.artists]
        featured = [WorkCredit(name, "featured_artist", self._id_of(name)) for name in row.featured]
        return [*main, *featured, *(WorkCredit(c.name, c.role, self._id_of(c.name)) for c in row.credits)]

    def _id_of(self, name: str) -> PartyId | None:
        party = self._held.party(name)
        return None if party is None else party.id

    def _sources(self, work: Work, row: int) -> tuple[SourceNote, ...]:
        """One note for each file; of several rows about a work, the first."""
        note = SourceNote(self._order.file_name, row, self._order.sha256)
        if any(n.source == note.source and n.sha256 == note.sha256 for n in work.sources):
            return work.sources
        return (*(n for n in work.sources if n.source != note.source), note)

    # -- releases

    def _release(self, row: CatalogueRow, work: Work, artists: tuple[PartyId, ...]) -> None:
        own = self._release_artists(row, artists)
        title = row.release_title or row.title
        known = self._held.release(title, own, row.upc)
        base = known or Release(ReleaseId(self._order.new_id()), title, own)
        release = replace(
            base,
            title=row.release_title or base.title,
            artists=_joined(base.artists, own),
            kind=row.release_kind or base.kind,
            upc=base.upc or row.upc,
            label=row.label or base.label,
            released_on=row.released_on or base.released_on,
            tracks=_with_track(base.tracks, work, row.position),
        )
        self._held.add_release(release)

    def _release_artists(self, row: CatalogueRow, artists: tuple[PartyId, ...]) -> tuple[PartyId, ...]:
        """Those of its artists who are known here; a compilation by others still holds the work."""
        known = [self._held.party(name) for name in row.release_artists]
        own = tuple(dict.fromkeys(p.id for p in known if p is not None))
        if self.only is not None or not own:
            return artists
        return own


def _with_track(
    tracks: tuple[ReleaseTrack, ...], work: Work, position: int | None
) -> tuple[ReleaseTrack, ...]:
    if work.kind is not WorkKind.RECORDING:
        return tracks  # a release holds its recordings, not the songs in them
    there = next((track for track in tracks if track.work == work.id), None)
    if there is not None and position in (None, there.position):
        return tracks
    place = position or max((track.position for track in tracks), default=0) + 1
    others = [track for track in tracks if track.work != work.id]
    return tuple(sorted([*others, ReleaseTrack(work.id, place)], key=lambda track: track.position))


def _former(before: str, now: str) -> tuple[str, ...]:
    """A title that another file spells differently stays findable."""
    return (before,) if before and before != now else ()


def _joined(one: Iterable[Item], other: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys([*one, *other]))


def _plural(row: Row) -> str:
    match row:
        case Party():
            return "artists"
        case Release():
            return "releases"
        case Work() if row.kind is WorkKind.COMPOSITION:
            return "songs"
    return "recordings"
