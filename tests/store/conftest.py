"""A store on real files in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from artist_console.store.opening import Store, open_store

JOURNAL_KEY = bytes(range(32))
MIRROR_KEY = bytes(range(32, 64))


@dataclass(frozen=True)
class Place:
    """Where the two files are; `open` gives a store on them, as another lane or a restart does."""

    folder: Path

    @property
    def journal(self) -> Path:
        return self.folder / "journal.db"

    @property
    def mirror(self) -> Path:
        return self.folder / "mirror.db"

    def open(
        self, *, journal_key: bytes = JOURNAL_KEY, mirror_key: bytes = MIRROR_KEY, vfs: str | None = None
    ) -> Store:
        return open_store(self.journal, self.mirror, journal_key, mirror_key, vfs=vfs)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with place.open() as opened:
        yield opened
