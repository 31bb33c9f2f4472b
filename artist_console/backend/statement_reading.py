"""Endpoints of the lines of statements: the file as it is, whole or by ranges, and pages out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from litestar import Response, Router, get
from litestar.openapi import ResponseSpec
from litestar.response import Stream
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId, StatementId
from artist_console.domain.line_figures import LineFilter
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import PAGE_ROWS, LinesPage

from .reading import After, Asking, Id, Limit
from .refusals import not_found
from .service import Service, TheService
from .statement_files import PIECE_BYTES
from .storage import accounts, lines, rows
from .storage.lines import LineFile

MEDIA_TYPE = "application/vnd.apache.parquet"
# Answers up to here are one piece in memory; larger ones go out as they are read.
_AT_ONCE_BYTES = 8 * 1024 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
_ALL = LineFilter()


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes of a file from `start` up to before `end`."""

    start: int
    end: int


def _check_reach(connection: Connection, service: Service, account: AccountId, id: str) -> None:
    keys = accounts.scope_of(connection, account, service.clock()).keys
    found = rows.one(connection, Kind.STATEMENT, id, keys)
    if found is None or found.body is None:
        raise not_found()


@get("/statements/{id:str}/lines", sync_to_thread=True, tags=["statements"], summary="Lines of a statement")
def statement_lines(
    request: Asking, service: TheService, id: Id, after: After = "", limit: Limit = PAGE_ROWS
) -> LinesPage:
    """By number. The file holds the same, for whoever wants all of them."""
    statement = StatementId(id)
    with service.database.reading() as connection:
        _check_reach(connection, service, request.user, id)
        with service.statement_files.reading(connection, statement) as file:
            start = int(after) if after else -1
            found = file.lines(_ALL, after=start, limit=limit, statement_order=False) if file else ()
    return LinesPage(id, list(found), found[-1].number if len(found) == limit else None)


@get(
    "/statements/{id:str}/file",
    sync_to_thread=True,
    media_type=MEDIA_TYPE,
    tags=["statements"],
    summary="The file of a statement's lines",
    responses={
        206: ResponseSpec(
            bytes,
            generate_examples=False,  # one would be made up anew each time
            media_type=MEDIA_TYPE,
            description="The part that Range asks for.",
        )
    },
)
def statement_file(request: Asking, service: TheService, id: Id) -> Response[Any]:
    """As it was sealed: the ETag is its SHA-256, which the statement's row names. One range at a time."""
    with service.database.reading() as connection:
        _check_reach(connection, service, request.user, id)
        file = lines.find(connection, StatementId(id))
    if file is None:
        raise not_found()
    tag = f'"{file.sha256}"'
    headers = {"etag": tag, "accept-ranges": "bytes"}
    part, status = _Part(0, file.size), 200
    wished = _wished(request.headers.get("range", ""), file.size)
    if wished is not None and request.headers.get("if-range", tag) == tag:
        if wished.start >= wished.end:
            beyond = {"content-range": f"bytes */{file.size}"}
            return Response(b"", status_code=416, media_type=MEDIA_TYPE, headers=beyond)
        part, status = wished, 206
        headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
    if part.end - part.start <= _AT_ONCE_BYTES:
        data = b"".join(_bytes_of(service, file, part))
        return Response(data, status_code=status, media_type=MEDIA_TYPE, headers=headers)
    headers["content-length"] = str(part.end - part.start)
    return Stream(_bytes_of(service, file, part), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _wished(said: str, size: int) -> _Part | None:
    """What a Range header asks for; empty: nothing that is there. None: the whole file."""
    found = _RANGE.fullmatch(said.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return _Part(max(0, size - int(found[2])), size)
    start = int(found[1])
    last = int(found[2]) if found[2] else max(start, size)
    return _Part(start, min(size, last + 1)) if start <= last else None


def _bytes_of(service: Service, file: LineFile, part: _Part) -> Iterator[bytes]:
    """Piece by piece, each in a transaction of its own: a file never changes, a slow reader holds none."""
    for place in range(part.start // PIECE_BYTES, -(-part.end // PIECE_BYTES)):
        with service.database.reading() as connection:
            piece = service.statement_files.opened(connection, file, place)
        at = place * PIECE_BYTES
        yield piece[max(0, part.start - at) : part.end - at]


def statement_reading_router() -> Router:
    return Router("/", route_handlers=[statement_lines, statement_file])
