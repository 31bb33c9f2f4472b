"""What an account has already, indexed for comparing: its artists, works and releases by identifier and name.

Only the account's own rows: a self-declared catalogue never joins or changes what others brought.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from sqlalchemy.engine import Connection

from artist_console.backend.reach import artist_key
from artist_console.backend.storage import accounts, rows
from artist_console.domain.identifiers import PLACEHOLDER_ISWCS
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
from artist_console.domain.works import Release, Work, WorkIdentifier
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import PAGE_ROWS, Row, decode_row
from artist_console.host.resources import resource_bytes

# Names and titles come again and again in a file: on every track, as artist, writer and alias.
_KEPT_KEYS = 65_536


@cache
def the_match_words() -> MatchWords:
    return match_words(json.loads(resource_bytes("data/match_words.json")))


@lru_cache(maxsize=_KEPT_KEYS)
def name_key(name: str) -> str:
    """What two spellings of a name or title have in common."""
    return title_key(name, the_match_words())


Named = tuple[WorkKind, str, frozenset[str], frozenset[str]]
Titled = tuple[WorkKind, str, frozenset[str]]
Coded = tuple[WorkKind, str, str, str]  # kind of work, kind of identifier, its value, who gave it out

# Other identifiers that name one work alone; those with an issuer only together with it.
_ALONE = frozenset({"mbid", "isrc", "iswc"})
_OF_ISSUER = frozenset({"submitter", "society", "proprietary"})
# Of these a work has one: another value is another work.
_ONE_EACH = frozenset({"mbid", "submitter"})


def is_placeholder(identifier: str) -> bool:
    """Whether a code stands for no work, though its check digit is right."""
    return identifier in PLACEHOLDER_ISWCS


class Holdings:
    """The own rows of an account, and their indexes; `add_*` keeps both in step."""

    def __init__(self, parties: Iterable[Party], works: Iterable[Work], releases: Iterable[Release]) -> None:
        self.parties: dict[PartyId, Party] = {}
        self.works: dict[WorkId, Work] = {}
        self.releases: dict[ReleaseId, Release] = {}
        self._party_by_name: dict[str, PartyId] = {}
        self._party_by_code: dict[tuple[str, str], PartyId] = {}
        self._work_by_identifier: dict[str, WorkId] = {}
        self._work_by_code: dict[Coded, WorkId] = {}
        self._works_by_number: dict[tuple[WorkKind, str], list[WorkId]] = {}
        self._works_by_name: dict[Named, list[WorkId]] = {}
        self._works_by_title: dict[Titled, list[WorkId]] = {}
        self._release_by_upc: dict[str, ReleaseId] = {}
        self._release_by_grid: dict[str, ReleaseId] = {}
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
        for code in party.identifiers:
            self._party_by_code.setdefault((code.kind, code.value), party.id)

    def add_work(self, work: Work) -> None:
        self.works[work.id] = work
        if work.identifier and not is_placeholder(work.identifier):
            self._work_by_identifier.setdefault(work.identifier, work.id)
        for other in work.other_identifiers:
            if other.kind in ("isrc", "iswc"):
                self._work_by_identifier.setdefault(other.value, work.id)
            for code in _codes(work.kind, other):
                self._work_by_code.setdefault(code, work.id)
            if other.kind == "submitter":
                _add(self._works_by_number.setdefault((work.kind, other.value), []), work.id)
        for title in (work.title, *work.aliases):
            name = named(work.kind, title, work.version, work.artists)
            _add(self._works_by_name.setdefault(name, []), work.id)
            if work.kind is WorkKind.COMPOSITION:
                _add(self._works_by_title.setdefault(name[:3], []), work.id)

    def add_release(self, release: Release) -> None:
        self.releases[release.id] = release
        if release.upc:
            self._release_by_upc.setdefault(release.upc, release.id)
        if release.grid:
            self._release_by_grid.setdefault(release.grid, release.id)
        self._release_by_name.setdefault((name_key(release.title), frozenset(release.artists)), release.id)

    def party(self, name: str, codes: Iterable[tuple[str, str]] = ()) -> Party | None:
        """By one of its own identifiers (kind, value), else by name."""
        for code in codes:
            id = self._party_by_code.get(code)
            if id is not None:
                return self.parties[id]
        id = self._party_by_name.get(name_key(name))
        return None if id is None else self.parties[id]

    def work(
        self,
        kind: WorkKind,
        title: str,
        version: str,
        artists: Iterable[ArtistId],
        identifier: str,
        others: Sequence[WorkIdentifier] = (),
    ) -> Work | None:
        """By identifier first; else by name, unless the identifiers say that it is another one.

        A song is found by its title among the songs of any of its artists: a registration names writers of
        whom a recording's message may know one.
        """
        known = self.coded(kind, identifier, others)
        if known is not None:
            return known
        artists = tuple(artists)
        name = named(kind, title, version, artists)
        same = self._works_by_name.get(name, [])
        if kind is WorkKind.COMPOSITION:
            shared = set(artists)
            by_title = self._works_by_title.get(name[:3], [])
            same = [*same, *(id for id in by_title if shared & set(self.works[id].artists))]
        # Several recordings of one name: a row without an identifier names none of them for certain, so the
        # first is taken; anything else would double the work at every import.
        return next((w for id in same if not _differs(w := self.works[id], identifier, others)), None)

    def coded(self, kind: WorkKind, identifier: str, others: Sequence[WorkIdentifier] = ()) -> Work | None:
        """The work that an identifier names: ISRC or ISWC, else one that others gave out."""
        id = None if is_placeholder(identifier) else self._work_by_identifier.get(identifier)
        if id is not None and self.works[id].kind is kind:
            return self.works[id]
        for other in others:
            further = self._work_by_identifier.get(other.value) if other.kind in ("isrc", "iswc") else None
            for id in (further, *map(self._work_by_code.get, _codes(kind, other))):
                if id is not None and self.works[id].kind is kind:
                    return self.works[id]
        return None

    def numbered(self, number: str, title: str) -> Work | None:
        """The one song here that somebody submitted under a number, if it has the title, too."""
        ids = self._works_by_number.get((WorkKind.COMPOSITION, number), [])
        fitting = [id for id in ids if name_key(title) in map(name_key, titles(self.works[id]))]
        return self.works[fitting[0]] if len(fitting) == 1 else None

    def written(self, title: str, writers: Iterable[str], identifier: str) -> Work | None:
        """The one song of this title here that credits one of these writers, and is not another by its code.

        A band's song is written by people who are no artists here by themselves.
        """
        wanted = set(map(name_key, writers))
        ids = self._works_by_title.get(named(WorkKind.COMPOSITION, title, "", ())[:3], [])
        fitting = [
            work
            for work in (self.works[id] for id in ids)
            if not _differs(work, identifier, ()) and wanted & {name_key(c.name) for c in work.credits}
        ]
        return fitting[0] if len(fitting) == 1 else None

    def release(self, title: str, artists: Iterable[ArtistId], upc: str, grid: str = "") -> Release | None:
        known = self.product(upc, grid)
        if known is not None:
            return known
        id = self._release_by_name.get((name_key(title), frozenset(artists)))
        if id is None or (upc and self.releases[id].upc) or (grid and self.releases[id].grid):
            return None  # another product of the same name
        return self.releases[id]

    def product(self, upc: str, grid: str) -> Release | None:
        """The release that a barcode or GRid names."""
        id = self._release_by_upc.get(upc) if upc else None
        id = id or (self._release_by_grid.get(grid) if grid else None)
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
                    tuple((other.kind, other.value) for other in work.other_identifiers),
                    work.duration_s,
                    self._count_of(work),
                )
                for work in self.works.values()
                if work.id not in embodied
            ),
            the_match_words(),
        )

    def _count_of(self, work: Work) -> int:
        """How many artists the names of `_names_of` are of."""
        printed = {name_key(credit.name) for credit in work.credits if credit.role == "main_artist"}
        return max(len(work.artists), len(printed), 1)

    def _names_of(self, work: Work) -> tuple[str, ...]:
        parties = [self.parties[id] for id in work.artists if id in self.parties]
        printed = [credit.name for credit in work.credits if credit.role == "main_artist"]
        return tuple(dict.fromkeys([*(n for p in parties for n in (p.name, *p.aliases)), *printed]))


def titles(work: Work) -> tuple[str, ...]:
    return (work.title, *work.aliases)


def _codes(kind: WorkKind, other: WorkIdentifier) -> Iterable[Coded]:
    """What an identifier is looked up by; nothing for one that many works may share."""
    if other.kind in _ALONE:
        yield kind, other.kind, other.value, ""
    elif other.kind in _OF_ISSUER and other.issuer:
        yield kind, other.kind, other.value, other.issuer.casefold()


def _differs(work: Work, identifier: str, others: Sequence[WorkIdentifier]) -> bool:
    """Whether identifiers say that a work of the same name is another one."""
    if identifier and work.identifier and not (is_placeholder(identifier) or is_placeholder(work.identifier)):
        return True
    mine = {(own.kind, own.issuer.casefold()) for own in work.other_identifiers if own.kind in _ONE_EACH}
    return any((other.kind, other.issuer.casefold()) in mine for other in others if other.issuer)


def _add(ids: list[WorkId], id: WorkId) -> None:
    if id not in ids:
        ids.append(id)


def named(kind: WorkKind, title: str, version: str, artists: Iterable[ArtistId]) -> Named:
    key, told = _title_and_version(title, version)
    return (kind, key, told, frozenset(artists))


@lru_cache(maxsize=_KEPT_KEYS)
def _title_and_version(title: str, version: str) -> tuple[str, frozenset[str]]:
    words = the_match_words()
    split = split_title(title, words)
    kinds = version_kinds(", ".join(v for v in (split.version, version) if v), words)
    # A version that no known word describes still tells two recordings apart.
    return title_key(split.title, words), kinds or (
        frozenset({name_key(version)}) if version else frozenset()
    )


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
