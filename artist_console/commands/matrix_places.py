"""The places of the consent matrix: its columns and rows, what stands at a cell, and which wish a cell is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from artist_console.commands.asking import asks_now, works_of, works_under
from artist_console.commands.names import ALL_MY_MUSIC, party_name
from artist_console.domain import words, work_words
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.registers import ALL_MY_WORKS, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use, uses_of
from artist_console.domain.works import Release, Work

ALL_MUSIC = "All music"


class MatrixView(Enum):
    BY_USE = "by_use"  # columns are families; an opened one is followed by its single uses
    BY_PROGRAMME = "by_programme"


class MatrixRowKind(Enum):
    ALL = "all"
    RELEASE = "release"
    WORK = "work"
    PERSON = "person"  # voice, name and image


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column; exactly one of family, use and programme is set. `key` opens and closes it."""

    key: str
    title: str
    subtitle: str
    family: Family | None = None
    use: Use | None = None
    programme: ProgrammeId | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row; `key` opens and closes it, and stays the same through every reload."""

    key: str
    kind: MatrixRowKind
    id: str  # release, work or person; empty for all
    title: str
    subtitle: str
    depth: int
    has_children: bool
    subject: Subject
    artist: ArtistId  # whose answers the row shows


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands at one row and column."""

    own: Stance | None  # the register's own answer; None: follows what is wider
    answer: AnswerKind | None  # the artist's answer over the cell; None: differs inside
    outcome: PermissionOutcome | None  # None: no programme is known here
    follows: str  # where a followed answer comes from: a release title, "All my music"; empty: own or nothing
    waiting: bool  # not confirmed yet
    asked: bool  # some programme asks for this today
    powerless: bool  # the answer is a recorded wish
    differs: bool  # the cells below do not all say the same
    held: bool = (
        False  # rests on answers given here or below, not on what is wider; also where nothing is wider
    )
    requested: bool = False  # an open request names it
    default: AnswerKind | None = AnswerKind.UNDECIDED  # of all music, what the default says; None: no in part


@dataclass(frozen=True, slots=True)
class MatrixFrame:
    """The places of a matrix before anything is known of their cells."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    artist: ArtistId | None  # None: of several, each with rows of its own

    def rows_with(self, keys: Iterable[str]) -> tuple[MatrixRow, ...]:
        """The rows of these keys, in the order of the frame."""
        wanted = frozenset(keys)
        return tuple(row for row in self.rows if row.key in wanted)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A frame with the cells that are known of it."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    cells: Mapping[tuple[str, str], MatrixCell]  # (row key, column key)
    artist: ArtistId | None  # None: of several


def scope_of(column: MatrixColumn) -> UseScope:
    return UseScope.of(column.use if column.use is not None else column.family)


def columns_of(
    facts: FactBook, view: MatrixView, opened: frozenset[str], now: datetime
) -> tuple[MatrixColumn, ...]:
    if view is MatrixView.BY_PROGRAMME:
        present = sorted(
            (p for p in facts.programmes.values() if p.period.contains(now)),
            key=lambda p: (not asks_now(p, now), p.name.casefold(), p.id),
        )
        return tuple(
            MatrixColumn(f"programme/{p.id}", p.name, party_name(facts, p.operator), programme=p.id)
            for p in present
        )
    columns: list[MatrixColumn] = []
    for family in Family:
        key = f"family/{family.value}"
        columns.append(MatrixColumn(key, *words.FAMILY[family], family=family))
        if key in opened:
            columns += [MatrixColumn(f"use/{use.value}", *words.USE[use], use=use) for use in uses_of(family)]
    return tuple(columns)


def rows_of(
    facts: FactBook, artist: ArtistId, opened: frozenset[str], now: datetime
) -> tuple[MatrixRow, ...]:
    """The rows of one artist: all my music, what is opened of it, and the person."""
    own = works_of(facts, artist)
    music = MatrixRow(
        "all", MatrixRowKind.ALL, "", ALL_MY_MUSIC, _count(len(own)), 0, bool(own), ALL_MY_WORKS, artist
    )
    below = _below(facts, artist, own, opened, now, "") if music.key in opened else ()
    return (music, *below, *_person_rows(facts, artist, "", 0))


def roster_rows(
    facts: FactBook, artists: Iterable[ArtistId], opened: frozenset[str], now: datetime
) -> tuple[MatrixRow, ...]:
    """The rows of several artists: one for all the music of each, which opens like a matrix of its own."""
    rows: list[MatrixRow] = []
    for artist in sorted(artists, key=lambda each: (party_name(facts, each).casefold(), each)):
        own = works_of(facts, artist)
        prefix = f"artist/{artist}/"
        rows.append(
            MatrixRow(
                f"{prefix}all",
                MatrixRowKind.ALL,
                "",
                party_name(facts, artist),
                ", ".join((ALL_MUSIC, _count(len(own)))),
                0,
                True,
                ALL_MY_WORKS,
                artist,
            )
        )
        if rows[-1].key in opened:
            rows += _below(facts, artist, own, opened, now, prefix)
            rows += _person_rows(facts, artist, prefix, 1)
    return tuple(rows)


def _below(
    facts: FactBook,
    artist: ArtistId,
    own: tuple[Work, ...],
    opened: frozenset[str],
    now: datetime,
    prefix: str,
) -> tuple[MatrixRow, ...]:
    """Releases, the works of the opened ones, and the works that are on no release."""
    rows: list[MatrixRow] = []
    loose = {work.id: work for work in own}
    for release in _releases(facts, artist, own):
        key = f"{prefix}release/{release.id}"
        subject = Subject(SubjectKind.RELEASE, release.id)
        under = works_under(facts, artist, subject, now)
        year = str(release.released_on.year) if release.released_on else ""
        subtitle = ", ".join(part for part in (year, _count(len(under))) if part)
        kind = MatrixRowKind.RELEASE
        rows.append(
            MatrixRow(key, kind, release.id, release.title, subtitle, 1, bool(under), subject, artist)
        )
        if key in opened:
            rows += [_work_row(f"{key}/work/{work.id}", work, 2, artist) for work in under]
        for work in under:
            loose.pop(work.id, None)
    rows += [_work_row(f"{prefix}work/{work.id}", work, 1, artist) for work in loose.values()]
    return tuple(rows)


def _person_rows(facts: FactBook, artist: ArtistId, prefix: str, depth: int) -> tuple[MatrixRow, ...]:
    return tuple(
        MatrixRow(
            f"{prefix}person/{person.id}",
            MatrixRowKind.PERSON,
            person.id,
            person.name,
            "Voice, name and image",
            depth,
            False,
            Subject(SubjectKind.PERSON, person.id),
            artist,
        )
        for person in persons_of(facts, artist)
    )


def _count(works: int) -> str:
    return "1 work" if works == 1 else f"{works} works"


def _work_row(key: str, work: Work, depth: int, artist: ArtistId) -> MatrixRow:
    title = f"{work.title} ({work.version})" if work.version else work.title
    subtitle = ", ".join(part for part in (work_words.WORK_KIND[work.kind], work.identifier) if part)
    subject = Subject(SubjectKind.WORK, work.id)
    return MatrixRow(key, MatrixRowKind.WORK, work.id, title, subtitle, depth, False, subject, artist)


def _releases(facts: FactBook, artist: ArtistId, own: Iterable[Work]) -> tuple[Release, ...]:
    """Releases that hold a work of the artist, newest first."""
    held = {m.release for work in own for m in facts.memberships.get(work.id, ())}
    held |= {release.id for release in facts.releases.values() if artist in release.artists}
    known = [facts.releases[release] for release in held if release in facts.releases]
    return tuple(
        sorted(known, key=lambda r: (-(r.released_on or date.min).toordinal(), naturally(r.title), r.id))
    )


def persons_of(facts: FactBook, artist: ArtistId) -> tuple[Party, ...]:
    """Whose voice, name and image the artist's answers are about; none of a group: its members answer."""
    party = facts.parties.get(artist)
    if party is None:
        return ()
    if party.kind is PartyKind.GROUP:
        return ()  # each member answers for the own voice, under the own name
    return (party,)


def naturally(title: str) -> tuple[tuple[bool, int, str], ...]:
    """An order of titles in which 2 stands before 10."""
    parts = re.split(r"([0-9]+)", title.casefold())
    return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part)
