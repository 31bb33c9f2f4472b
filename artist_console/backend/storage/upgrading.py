"""Brings tables to the revision that this version of the program works with; the same on both databases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection

from .revisions import HEAD, REVISIONS
from .troubles import DatabaseTooNew

_version = sa.table("alembic_version", sa.column("version_num", sa.Text))


def current_revision(connection: Connection, name: str) -> str | None:
    """The revision of the tables; None where there are none yet. Raises DatabaseTooNew."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.select(_version.c.version_num)).scalar()
    if found is not None and found not in {revision.revision for revision in REVISIONS}:
        raise DatabaseTooNew(name=name)
    return found


def upgrade(connection: Connection, current: str | None) -> None:
    """Inside a writing transaction: run the revisions that come after `current`."""
    known = [revision.revision for revision in REVISIONS]
    operations = Operations(MigrationContext.configure(connection))
    for revision in REVISIONS[known.index(current) + 1 if current is not None else 0 :]:
        revision.upgrade(operations)
    if current is None:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)"))
    connection.execute(_version.delete())
    connection.execute(_version.insert().values(version_num=HEAD))
