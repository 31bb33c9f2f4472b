"""Where a backend of a test keeps its records: SQLite in a file, or PostgreSQL on the session's server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from artist_console.backend.storage.database import Database, open_database

from .postgres import SERVICE, Cluster


class Place(Protocol):
    """Opens the same records any number of times, one after the other."""

    def open(self) -> Database: ...


@dataclass(frozen=True)
class InFile:
    path: Path
    key: bytes

    def open(self) -> Database:
        return open_database(self.path, self.key)


@dataclass(frozen=True)
class OnServer:
    """As the service's account, which may only add to ledgers."""

    cluster: Cluster
    name: str

    def open(self) -> Database:
        # An extra, which is not everywhere.
        from artist_console.backend.storage.postgresql import open_hosted

        return open_hosted(self.cluster.dsn(self.name, SERVICE))
