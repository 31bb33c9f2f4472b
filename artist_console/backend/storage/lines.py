"""Files of lines, in pieces of the database: published with the statement that names them, or not at all.

They follow their statement's reach, are in every backup and in reach of every process that shares the
database. Pieces are sealed by whoever gives them, so that a hosted database holds none in the open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import Line
from artist_console.formats.encoding import decode

from .tables import line_files, line_pieces, lines

_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class LineFile:
    """A file of lines as it was before it was sealed."""

    sha256: str
    size: int


def find(connection: Connection, statement: StatementId) -> LineFile | None:
    query = sa.select(line_files.c.sha256, line_files.c.size).where(line_files.c.statement == statement)
    found = connection.execute(query).one_or_none()
    return None if found is None else LineFile(found.sha256, found.size)


def keep(connection: Connection, statement: StatementId, file: LineFile, pieces: Iterable[bytes]) -> None:
    """Put a file in the place of what the statement had; the same again changes nothing."""
    if find(connection, statement) == file:
        return
    drop(connection, statement)
    connection.execute(line_files.insert().values(statement=statement, sha256=file.sha256, size=file.size))
    for place, piece in enumerate(pieces):
        connection.execute(line_pieces.insert().values(sha256=file.sha256, place=place, piece=piece))


def drop(connection: Connection, statement: StatementId) -> None:
    """A file names its statement, so no two statements have the same one."""
    former = find(connection, statement)
    if former is not None:
        connection.execute(line_files.delete().where(line_files.c.statement == statement))
        connection.execute(line_pieces.delete().where(line_pieces.c.sha256 == former.sha256))


def piece(connection: Connection, sha256: str, place: int) -> bytes | None:
    query = sa.select(line_pieces.c.piece).where(line_pieces.c.sha256 == sha256, line_pieces.c.place == place)
    found: bytes | None = connection.execute(query).scalar()
    return None if found is None else bytes(found)


def statements_of_rows(connection: Connection) -> tuple[StatementId, ...]:
    """Statements whose lines stand in rows, as earlier versions kept them."""
    found = connection.execute(sa.select(lines.c.statement).distinct().order_by(lines.c.statement)).scalars()
    return tuple(StatementId(id) for id in found)


def rows_of(connection: Connection, statement: StatementId) -> Iterator[Line]:
    """Those rows, by number."""
    after = -1
    while True:
        query = (
            sa.select(lines.c.number, lines.c.body)
            .where(lines.c.statement == statement, lines.c.number > after)
            .order_by(lines.c.number)
            .limit(_ROWS)
        )
        found = connection.execute(query).all()
        yield from (decode(Line, row.body) for row in found)
        if len(found) < _ROWS:
            return
        after = found[-1].number


def drop_rows(connection: Connection, statement: StatementId) -> None:
    connection.execute(lines.delete().where(lines.c.statement == statement))
