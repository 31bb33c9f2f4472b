"""Finds the works that a manifest names: by identifier, else by title and artist, which is not certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.engine import Connection

from artist_console.backend.storage import rows
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.matching_words import artist_key
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.formats.manifest import NamedWork

from .holdings import Holdings, holdings_of, is_placeholder, name_key
from .job import Order

Key = TypeVar("Key")
MOST_BY_NAME = 10  # works of one title and artist; a line that could mean more means none


@dataclass(frozen=True, slots=True)
class Found:
    """The works that a line means. `certain`: an identifier names them."""

    works: tuple[WorkId, ...] = ()
    certain: bool = True


class KnownWorks:
    """As little of each work as finding it takes: a service may hold a million."""

    def __init__(self) -> None:
        self.kinds: dict[WorkId, WorkKind] = {}
        self.artists: dict[WorkId, tuple[PartyId, ...]] = {}
        self._by_code: dict[str, tuple[WorkId, ...]] = {}
        self._by_name: dict[tuple[str, str], tuple[WorkId, ...]] = {}
        self.coded: set[WorkId] = set()

    def add(self, work: Work, names: Iterable[str]) -> None:
        self.kinds[work.id] = work.kind
        self.artists[work.id] = work.artists
        codes = [work.identifier, *(o.value for o in work.other_identifiers if o.kind in ("isrc", "iswc"))]
        for code in codes:
            if code and not is_placeholder(code):
                _note(self._by_code, code, work.id)
        for id in (work.id, *work.merged_ids):
            _note(self._by_code, f"id/{id}", work.id)
        if work.identifier and not is_placeholder(work.identifier):
            self.coded.add(work.id)
        for title in {name_key(title) for title in (work.title, *work.aliases)}:
            for name in {artist_key(name) for name in names}:
                _note(self._by_name, (title, name), work.id)

    def find(self, named: NamedWork) -> Found:
        for code in (f"id/{named.id}" if named.id else "", named.isrc, named.iswc):
            if code and (found := self._by_code.get(code)):
                return Found(found)
        if not (named.title and named.artist):
            return Found()
        found = self._by_name.get((name_key(named.title), artist_key(named.artist)), ())
        fitting = tuple(id for id in found if not self._is_another(id, named))
        return Found(fitting, certain=False) if len(fitting) <= MOST_BY_NAME else Found()

    def _is_another(self, id: WorkId, named: NamedWork) -> bool:
        """A code that is not the work's own names another one of the same name."""
        code = named.iswc if self.kinds[id] is WorkKind.COMPOSITION else named.isrc
        return bool(code) and id in self.coded


def _note(index: dict[Key, tuple[WorkId, ...]], key: Key, work: WorkId) -> None:
    there = index.get(key, ())
    if work not in there:
        index[key] = (*there, work)


def known_works(connection: Connection, order: Order, *, everywhere: bool) -> KnownWorks:
    """The works that a manifest is compared with: the account's own, or all of the service's."""
    known = KnownWorks()
    if everywhere:
        names = {p.id: (p.name, *p.aliases) for p in rows.each_of(connection, Kind.PARTY) if p.is_artist}
        for work in rows.each_of(connection, Kind.WORK):
            known.add(work, _names(work, names))
        return known
    held = holdings_of(connection, order.account, order.within)
    names = {p.id: (p.name, *p.aliases) for p in held.parties.values()}
    for work in _own(held, order):
        known.add(work, _names(work, names))
    return known


def _own(held: Holdings, order: Order) -> Iterator[Work]:
    for work in held.works.values():
        if order.artist is None or order.artist in work.artists:
            yield work


def _names(work: Work, names: Mapping[PartyId, tuple[str, ...]]) -> list[str]:
    printed = [credit.name for credit in work.credits if credit.role == "main_artist"]
    return [*(name for id in work.artists for name in names.get(id, ())), *printed]
