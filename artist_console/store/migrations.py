"""Numbered SQL files that bring a database to the present layout; the journal is copied before it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

import apsw

from .problems import StoreTooNew


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    sql: str


def migrations_of(schema: str) -> tuple[Migration, ...]:
    """The migrations of "journal" or "mirror", in order."""
    folder = resources.files(__package__) / "migrations" / schema
    found = []
    for file in folder.iterdir():
        name = re.fullmatch(r"(\d{4})_\w+\.sql", file.name)
        if name:
            found.append(Migration(int(name[1]), file.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.number))


def version_of(connection: apsw.Connection, database: str) -> int:
    """The number of the last migration that a database has seen; 0 for an empty one."""
    return int(connection.execute(f"PRAGMA {database}.user_version").get)


def migrate(
    connection: apsw.Connection, database: str, wanted: tuple[Migration, ...], file_name: str
) -> None:
    """Bring an attached database to the last of the migrations, each in its own transaction.

    Raises StoreTooNew when the database has seen migrations that are not known here.
    """
    present = version_of(connection, database)
    if wanted and present > wanted[-1].number:
        raise StoreTooNew(name=file_name)
    for migration in wanted:
        if migration.number <= present:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Two processes never hold one profile, but two lanes of one may open it together.
            if version_of(connection, database) < migration.number:
                connection.execute(migration.sql)
                connection.execute(f"PRAGMA {database}.user_version = {migration.number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
