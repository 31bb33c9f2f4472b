"""What an account has already, indexed for comparing: its artists, works and releases by identifier and name.

Only the account's own rows: a self-declared catalogue never joins or changes what others brought.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from sqlalchemy.engine import Connection

from artist_console.backend.reach import artist_key
from artist_console.backend.storage import accounts, rows
from artist_console.domain.ids import AccountId, ArtistId, PartyId, ReleaseId, WorkId
from artist_console.domain.matching import (
    Matchable,
    MatchIndex,
    MatchWords,
    match_words,
    split_title,
    title_key,
    version_kinds,
)
from artist_console.domain.parties import Party
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Release, Work
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import PAGE_ROWS, Row, decode_row
from artist_console.host.resources import resource_bytes


@cache
def the_match_words() -> MatchWords:
    return match_words(json.loads(resource_bytes("data/match_words.json")))


def name_key(name: str) -> str:
    """What two spellings of a name or title have in common."""
    return title_key(name, the_match_words())


Named = tuple[WorkKind, str, frozenset[str], frozenset[str]]


class Holdings:
    """The own rows of an account, and their indexes; `add_*` keeps both in step."""

    def __init__(self, parties: Iterable[Party], works: Iterable[Work], releases: Iterable[Release]) -> None:
        self.parties: dict[PartyId, Party] = {}
        self.works: dict[WorkId, Work] = {}
        self.releases: dict[ReleaseId, Release] = {}
        self._party_by_name: dict[str, PartyId] = {}
        self._work_by_identifier: dict[str, WorkId] = {}
        self._works_by_name: dict[Named, list[WorkId]] = {}
        self._release_by_upc: dict[str, ReleaseId] = {}
        self._release_by_name: dict[tuple[str, frozenset[str]], ReleaseId] = {}
        for party in parties:
            self.add_party(party)
        for work in works:
            self.add_work(work)
        for release in releases:
            self.add_release(release)

    def add_party(self, party: Party) -> None:
        self.parties[party.id] = party
        for name in (party.name, *party.aliases):
            self._party_by_name.setdefault(name_key(name), party.id)

    def add_work(self, work: Work) -> None:
        self.works[work.id] = work
        if work.identifier:
            self._work_by_identifier.setdefault(work.identifier, work.id)
        for title in (work.title, *work.aliases):
            same = self._works_by_name.setdefault(named(work.kind, title, work.version, work.artists), [])
            if work.id not in same:
                same.append(work.id)

    def add_release(self, release: Release) -> None:
        self.releases[release.id] = release
        if release.upc:
            self._release_by_upc.setdefault(release.upc, release.id)
        self._release_by_name.setdefault((name_key(release.title), frozenset(release.artists)), release.id)

    def party(self, name: str) -> Party | None:
        id = self._party_by_name.get(name_key(name))
        return None if id is None else self.parties[id]

    def work(
        self, kind: WorkKind, title: str, version: str, artists: Iterable[ArtistId], identifier: str
    ) -> Work | None:
        """By identifier first; else by name, unless the identifiers say that it is another one."""
        id = self._work_by_identifier.get(identifier) if identifier else None
        if id is not None:
            return self.works[id]
        same = self._works_by_name.get(named(kind, title, version, artists), [])
        fitting = [w for w in same if not (identifier and self.works[w].identifier)]
        # Several recordings of one name: a row without an identifier names none of them for certain, so the
        # first is taken; anything else would double the work at every import.
        return self.works[fitting[0]] if fitting else None

    def release(self, title: str, artists: Iterable[ArtistId], upc: str) -> Release | None:
        id = self._release_by_upc.get(upc) if upc else None
        if id is None:
            id = self._release_by_name.get((name_key(title), frozenset(artists)))
            if id is not None and upc and self.releases[id].upc:
                return None  # another product of the same name
        return None if id is None else self.releases[id]

    def index(self) -> MatchIndex:
        """For matching lists and statements: recordings, and songs that no recording here embodies."""
        embodied = {song for work in self.works.values() for song in work.compositions}
        return MatchIndex(
            (
                Matchable(
                    work.id,
                    work.title,
                    self._names_of(work),
                    work.version,
                    work.aliases,
                    work.identifier,
                )
                for work in self.works.values()
                if work.id not in embodied
            ),
            the_match_words(),
        )

    def _names_of(self, work: Work) -> tuple[str, ...]:
        parties = [self.parties[id] for id in work.artists if id in self.parties]
        printed = [credit.name for credit in work.credits if credit.role == "main_artist"]
        return tuple(dict.fromkeys([*(n for p in parties for n in (p.name, *p.aliases)), *printed]))


def named(kind: WorkKind, title: str, version: str, artists: Iterable[ArtistId]) -> Named:
    words = the_match_words()
    split = split_title(title, words)
    kinds = version_kinds(", ".join(v for v in (split.version, version) if v), words)
    # A version that no known word describes still tells two recordings apart.
    told = kinds or (frozenset({name_key(version)}) if version else frozenset())
    return (kind, title_key(split.title, words), told, frozenset(artists))


def holdings_of(
    connection: Connection, account: AccountId, within: frozenset[ArtistId] = frozenset()
) -> Holdings:
    """What the account has, and what the artists `within` its mandates have."""
    own = accounts.owned(connection, account) | within
    keys = frozenset(artist_key(artist) for artist in own)
    parties = rows.some_of(connection, Kind.PARTY, own)
    works = _all(connection, Kind.WORK, keys)
    releases = _all(connection, Kind.RELEASE, keys)
    return Holdings(
        (parties[id] for id in sorted(parties)),
        (work for work in works if own & set(work.artists)),
        (release for release in releases if own & set(release.artists)),
    )


def _all(connection: Connection, kind: Kind, keys: frozenset[str]) -> list[Row]:
    found: list[Row] = []
    after = 0
    while keys:
        page = rows.listed(connection, kind, keys, after, PAGE_ROWS)
        found += [decode_row(kind, row.body) for row in page if row.body is not None]
        if len(page) < PAGE_ROWS:
            break
        after = page[-1].number
    return found
