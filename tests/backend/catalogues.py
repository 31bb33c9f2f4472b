"""Catalogues taken over in memory: what an account has, and files read into it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from artist_console.backend.imports.catalogue import take_over
from artist_console.backend.imports.catalogue_taking import Taking
from artist_console.backend.imports.holdings import Holdings
from artist_console.backend.imports.job import InMemory, Order
from artist_console.domain.ids import AccountId
from artist_console.domain.parties import Party
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Release, Work
from artist_console.formats.incoming import CatalogueRow, ReadCatalogue, Takedown


class Account:
    """An account without a service: `bring` reads a file into it, as the service would."""

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self.works: dict[str, Work] = {}
        self.releases: dict[str, Release] = {}
        self._ids = count(1)

    def bring(self, read: ReadCatalogue, file_name: str = "file", **order: Any) -> Taking:
        held = Holdings(self.parties.values(), self.works.values(), self.releases.values())
        taking = take_over(
            held,
            Order(
                AccountId("account"),
                file_name,
                InMemory(b""),
                datetime(2026, 3, 1, tzinfo=UTC),
                lambda: f"id-{next(self._ids):04d}",
                sha256=read.sha256,
                **order,
            ),
            read,
            lambda read, of: None,
        )
        for _, row in taking.written():
            match row:
                case Party():
                    self.parties[row.id] = row
                case Work():
                    self.works[row.id] = row
                case Release():
                    self.releases[row.id] = row
        return taking

    def songs(self) -> list[Work]:
        return [work for work in self.works.values() if work.kind is WorkKind.COMPOSITION]

    def recordings(self) -> list[Work]:
        return [work for work in self.works.values() if work.kind is WorkKind.RECORDING]

    def named(self, title: str) -> Work:
        (found,) = [work for work in self.works.values() if work.title == title]
        return found


def catalogue(*rows: CatalogueRow, layout: str = "catalogue-csv", **more: Any) -> ReadCatalogue:
    return ReadCatalogue(layout, rows, (), more.pop("sha256", "00"), **more)


def recording(title: str, artist: str = "Mira Sand", row: int = 2, **more: Any) -> CatalogueRow:
    return CatalogueRow(row, WorkKind.RECORDING, title, (artist,) if artist else (), **more)


def withdrawn(*takedowns: Takedown, on: date | None = None) -> ReadCatalogue:
    return catalogue(layout="ern-382", takedowns=takedowns, created_on=on, sender="Harbour Music")


def words(taking: Taking) -> list[str]:
    return [note.what for note in taking.result.notes]


def alike(works: Iterable[Work]) -> list[tuple[object, ...]]:
    """What does not depend on the ids that were given."""
    return sorted((w.kind.value, w.title, w.version, w.identifier, len(w.artists)) for w in works)
