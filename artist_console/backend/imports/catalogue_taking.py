"""Rows of a catalogue put among the works that are there: found again or added, linked, and told by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.parties import Party
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, Work, WorkCredit, WorkIdentifier
from artist_console.formats.incoming import CatalogueRow, ReadCatalogue, SongRow
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row

from .catalogue_artists import Artists, LeftOut
from .catalogue_releases import Releases
from .catalogue_said import (
    Source,
    credits_shown,
    grants_shown,
    joined,
    registrations_shown,
    said_by_row,
    said_of_song,
    shares_of_row,
    shares_of_writers,
    shares_shown,
    title_mended,
    title_shown,
)
from .holdings import Holdings, is_placeholder, named, titles
from .job import Order, Progress, Result

Item = TypeVar("Item")
_EVERY = 200  # rows between two reports of progress


class Taking:
    """Rows being taken over, in memory; `written` gives what is to be stored."""

    def __init__(self, held: Holdings, order: Order, read: ReadCatalogue, only: PartyId | None) -> None:
        self.result = Result()
        self.artists = Artists(held, order, read, only, self.result)
        self.touched = False
        self.repeated = 0  # rows about a work on a release that an earlier row has told already
        self._source = Source(
            order.file_name, order.sha256, read.sender, read.created_on, read.layout.startswith("ern")
        )
        self.releases = Releases(held, order, self._source, self.result)
        self._held = held
        self._order = order
        self._places: set[tuple[str, str, str]] = set()
        self._noted: set[WorkId] = set()  # works of which this reading has said something
        self._recordings_of = _recordings_by_song(read.rows)
        self._before: dict[str, Row] = {
            row.id: row for group in (held.parties, held.works, held.releases) for row in group.values()
        }

    def take_all(self, rows: Sequence[CatalogueRow], progress: Progress) -> None:
        """Every row that is of an artist here. What a later row tells may say whose an earlier one is."""
        waiting = list(rows)
        while waiting:
            before = len(waiting)
            left = []
            for place, row in enumerate(waiting, 1):
                if isinstance(self.take(row), LeftOut):
                    left.append(row)
                if place % _EVERY == 0:
                    progress(place, len(waiting))
            waiting = left
            if len(left) in (0, before):
                break
        for row in waiting:
            why = self.artists.of(row)
            if isinstance(why, LeftOut):
                self.result.note(row.row, "artist", f"Left out: {why.why}.", "rejected")
                self.result.count("rows_left_out")

    def take(self, row: CatalogueRow) -> LeftOut | None:
        """A row of nobody here changes nothing."""
        artists = self.artists.of(row)
        if isinstance(artists, LeftOut):
            return artists
        self.touched = True
        work = self._work(row, artists)
        self.repeated += self._is_repeated(row, work)
        if row.release_title or row.upc or row.grid:
            self.releases.take(row, work, artists, self.artists.only)
        return None

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

    # -- works

    def _work(self, row: CatalogueRow, artists: tuple[PartyId, ...]) -> Work:
        known = self._known(row, artists)
        base = known or Work(WorkId(self._order.new_id()), row.kind, row.title, artists)
        self._tell_other_title(base, row)
        songs = list(self._songs(base, artists, row)) if row.kind is WorkKind.RECORDING else []
        is_older = self._source.is_older(base)
        is_first = base.id not in self._noted
        title = base.title if is_older else title_shown(base.title, row.title)
        identifier, others = self._identifiers(base, row.identifier)
        work = replace(
            base,
            title=title,
            version=(base.version or row.version) if is_older else (row.version or base.version),
            identifier=identifier,
            artists=joined(base.artists, artists),
            credits=credits_shown(base.credits, self._credits(row)),
            relations=joined(base.relations, (Relation(RelationKind.EMBODIES, s.id) for s in songs)),
            aliases=_without(joined(base.aliases, (*row.aliases, base.title, row.title)), title),
            duration_s=_later(base.duration_s, row.duration_s, is_older),
            year=_later(base.year, row.year, is_older),
            unreleased=base.unreleased if row.unreleased is None else row.unreleased,
            sources=self._source.noted(base, row.row, said_by_row(row), is_first),
            contains_ai=_later(base.contains_ai, row.contains_ai, is_older),
            grants=grants_shown(base, row.grants, row.row, self._source),
            other_identifiers=_further(base, (*others, *row.other_identifiers)),
            shares=shares_shown(base, shares_of_row(row), is_older, bool(row.shares)),
            registrations=registrations_shown(base, row.registrations, self._source, is_first),
        )
        self._put(work)
        return work

    def _known(self, row: CatalogueRow, artists: tuple[PartyId, ...]) -> Work | None:
        others = row.other_identifiers
        coded = self._held.coded(row.kind, row.identifier, others)
        if coded is not None or row.kind is WorkKind.RECORDING:
            return coded or self._held.work(row.kind, row.title, row.version, artists, row.identifier, others)
        numbered = None
        if not row.names:
            numbers = (other.value for other in others if other.kind == "submitter")
            numbered = next(filter(None, (self._held.numbered(n, row.title) for n in numbers)), None)
        return (
            numbered
            or self._embodied(row)
            or self._held.work(row.kind, row.title, row.version, artists, row.identifier, others)
        )

    def _embodied(self, row: CatalogueRow) -> Work | None:
        """The song of this title that a recording here holds, where the file says that it is of this song."""
        for song in row.songs:
            for isrc in self._recordings_of.get(song, ()):
                recording = self._held.coded(WorkKind.RECORDING, isrc)
                found = recording and self._same_song(recording, song)
                if found:
                    return found
        return None

    def _same_song(self, recording: Work, song: SongRow) -> Work | None:
        """The song of a recording that another source tells of, by its title and without another code."""
        wanted = _title_key(WorkKind.COMPOSITION, song.title)
        for id in recording.compositions:
            held = self._held.works.get(id)
            if held is None or wanted not in {_title_key(held.kind, title) for title in titles(held)}:
                continue
            codes = {code for code in (song.iswc, held.identifier) if code and not is_placeholder(code)}
            if len(codes) < 2:
                return held
        return None

    def _identifiers(self, base: Work, said: str) -> tuple[str, tuple[WorkIdentifier, ...]]:
        """The identifier that is shown, and a further one of the same work. One that is there stays.

        A placeholder is none: that the file gives it stands among what the file said.
        """
        there = "" if is_placeholder(base.identifier) else base.identifier
        if not said or said == there or is_placeholder(said):
            return there, ()
        if not there:
            return said, ()
        kind = "isrc" if base.kind is WorkKind.RECORDING else "iswc"
        return there, (WorkIdentifier(kind, said),)

    def _tell_other_title(self, work: Work, row: CatalogueRow) -> None:
        """One identifier for two titles may be two spellings, or a mistake in one of the rows."""
        spellings = {_title_key(work.kind, title) for title in (*titles(work), *row.aliases)}
        if _title_key(row.kind, row.title) not in spellings:
            code = row.identifier or next((other.value for other in row.other_identifiers), "The same code")
            words = (
                f"{code} stands for “{work.title}” already; “{row.title}” is taken as another title"
                " of the same. If they are two, one of them needs another code."
            )
            self.result.note(row.row, "title", words, "warning")

    def _songs(self, recording: Work, artists: tuple[PartyId, ...], row: CatalogueRow) -> Iterator[Work]:
        for song in row.songs:
            yield self._song(recording, song, artists, row)

    def _song(self, recording: Work, song: SongRow, artists: tuple[PartyId, ...], row: CatalogueRow) -> Work:
        """The song that a recording embodies. Its artists are those of its writers who are known here."""
        own = self.artists.known_here(writer.name for writer in song.writers) or artists
        others = song.other_identifiers
        known = (
            self._held.coded(WorkKind.COMPOSITION, song.iswc, others)
            or self._same_song(recording, song)
            or self._held.work(WorkKind.COMPOSITION, song.title, "", own, song.iswc, others)
        )
        # A song that is known by an unreleased recording alone is as secret as that.
        base = known or Work(
            WorkId(self._order.new_id()),
            WorkKind.COMPOSITION,
            song.title,
            own,
            unreleased=bool(row.unreleased),
        )
        identifier, further = self._identifiers(base, song.iswc)
        title = title_mended(base.title, song.title)
        work = replace(
            base,
            title=title,
            identifier=identifier,
            artists=joined(base.artists, own),
            credits=credits_shown(base.credits, self._writers(song)),
            aliases=_without(joined(base.aliases, (base.title, song.title)), title),
            unreleased=base.unreleased and row.unreleased is not False,
            sources=self._source.noted(base, row.row, said_of_song(song), base.id not in self._noted),
            other_identifiers=_further(base, (*further, *others)),
            shares=shares_shown(base, shares_of_writers(song), self._source.is_older(base), False),
        )
        self._put(work)
        return work

    def _put(self, work: Work) -> None:
        self._noted.add(work.id)
        self._held.add_work(work)

    def _writers(self, song: SongRow) -> list[WorkCredit]:
        return [WorkCredit(w.name, w.role, self._id_of(w.name), w.ai) for w in song.writers]

    def _credits(self, row: CatalogueRow) -> list[WorkCredit]:
        main = [WorkCredit(name, "main_artist", self._id_of(name)) for name in row.artists]
        featured = [WorkCredit(name, "featured_artist", self._id_of(name)) for name in row.featured]
        more = [WorkCredit(c.name, c.role, self._id_of(c.name), c.ai) for c in row.credits]
        own_writers = row.songs if row.kind is WorkKind.COMPOSITION else ()
        return [*main, *featured, *(w for song in own_writers for w in self._writers(song)), *more]

    def _id_of(self, name: str) -> PartyId | None:
        party = self._held.party(name)
        return None if party is None else party.id


def _recordings_by_song(rows: Iterable[CatalogueRow]) -> dict[SongRow, list[str]]:
    """The ISRCs of the recordings that a file gives for a song that has a row of its own."""
    found: dict[SongRow, list[str]] = defaultdict(list)
    for row in rows:
        if row.kind is WorkKind.RECORDING and row.identifier:
            for song in row.songs:
                found[song].append(row.identifier)
    return found


def _further(base: Work, said: Iterable[WorkIdentifier]) -> tuple[WorkIdentifier, ...]:
    """Further identifiers of a work, without what stands for none."""
    every = joined(base.other_identifiers, said)
    return tuple(each for each in every if each.kind != "iswc" or not is_placeholder(each.value))


def _title_key(kind: WorkKind, title: str) -> str:
    return named(kind, title, "", ())[1]


def _without(texts: tuple[str, ...], own: str) -> tuple[str, ...]:
    """A title that another file spells differently stays findable; the one that is shown is no alias.

    Nor is the same in capitals, as registrations write it.
    """
    return tuple(text for text in texts if text and text != own and text != own.upper())


def _later(before: Item | None, said: Item | None, is_older: bool) -> Item | None:
    """What is said later counts, and fills a gap in any case."""
    if said is None:
        return before
    return before if is_older and before is not None else said


def _plural(row: Row) -> str:
    match row:
        case Party():
            return "artists"
        case Release():
            return "releases"
        case Work() if row.kind is WorkKind.COMPOSITION:
            return "songs"
    return "recordings"
