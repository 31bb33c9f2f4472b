"""Lines of statements. They follow their statement's reach; amounts stand as text in the body."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.statements import Line
from artist_console.formats.encoding import decode, encode

from .tables import lines


def add(connection: Connection, new: Iterable[Line]) -> None:
    values = [{"statement": line.statement, "number": line.number, "body": encode(line)} for line in new]
    if values:
        connection.execute(lines.insert(), values)


def replace(connection: Connection, new: Iterable[Line]) -> None:
    """Write the lines of statements anew: what stood under their ids goes."""
    given = list(new)
    for statement in {line.statement for line in given}:
        connection.execute(lines.delete().where(lines.c.statement == statement))
    add(connection, given)


def page(connection: Connection, statement: str, after: int, limit: int) -> list[Line]:
    query = (
        sa.select(lines.c.body)
        .where(lines.c.statement == statement, lines.c.number > after)
        .order_by(lines.c.number)
        .limit(limit)
    )
    return [decode(Line, body) for body in connection.execute(query).scalars()]
