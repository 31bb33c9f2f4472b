"""Endpoints that bring files in: a file becomes a job, whose progress and result are asked for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Annotated, Literal

from anyio import to_thread
from litestar import Router, delete, get, post
from litestar.params import FromQuery, QueryParameter

from artist_console.domain.ids import PartyId, StatementId
from artist_console.domain.mandates import Power
from artist_console.domain.statements import StatementLevel
from artist_console.formats.wire import ImportJob, ImportKind, ProblemType

from .imports.job import InMemory, Order
from .imports.uploads import Desk
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import Service, TheService
from .storage import accounts, organisations
from .uploading import MayTakeAFile, desk_of, last_part

MAX_BODY_BYTES = 256 * 1024 * 1024  # larger files come part by part, see `uploading`
_PART_BYTES = 1024 * 1024

# What a mandate lets its holder bring in for the artist: what it lets them see. Nobody adds another's works.
_BY_MANDATE = {
    ImportKind.STATEMENT: Power.SEE_MONEY,
    ImportKind.DATASET_LIST: Power.SEE_WORKS,
    ImportKind.MANIFEST: Power.SEE_WORKS,
}
_TAKEN = "Names in a catalogue, one a line, that are artists of this account; works by others are left out."
_SPELLED = "Names in a catalogue, one a line, that are other spellings of `artist`."
_COLUMNS = "Of a table that does not say so: field=column, one a line, as title=Song."
_LEVEL = "Of a statement: whose money its lines are about, where its form does not tell."
_NUMBERS = "Of a statement: which sign marks the decimals."
_DAYS = "Of a statement: how days such as 3/4/2025 are written."
_HEADER_ROW = "Of a table: the row that names the columns, counted from 1."
_REPLACES = "Of a statement: the one in whose place it comes. Nothing is ever replaced without it."

Text = Annotated[str, QueryParameter(max_length=200)]
Own = Annotated[str | None, QueryParameter(max_length=200, description="An own artist: only theirs.")]
NewName = Annotated[str, QueryParameter(max_length=200, description="The same by name; made if new.")]
Currency = Annotated[str, QueryParameter(max_length=3, description="Of a statement that names none.")]


@post(
    "/imports",
    status_code=202,
    request_max_body_size=MAX_BODY_BYTES,
    operation_class=MayTakeAFile,
    tags=["imports"],
    summary="Bring a file in",
)
async def start_import(
    request: Asking,
    service: TheService,
    kind: FromQuery[ImportKind],
    file_name: Annotated[str, QueryParameter(max_length=255, description="Of a file in the body.")] = "",
    upload: Annotated[str, QueryParameter(max_length=200, description="A file sent part by part.")] = "",
    artist: Own = None,
    artist_name: NewName = "",
    currency: Currency = "",
    month: Annotated[str, QueryParameter(max_length=10, description="The same: 2025-04.")] = "",
    issuer: Text = "",
    name: Annotated[str, QueryParameter(max_length=200, description="Of a list, for people.")] = "",
    publisher: Annotated[str, QueryParameter(max_length=200, description="Of a list.")] = "",
    version: Annotated[str, QueryParameter(max_length=200, description="Of a list.")] = "",
    obtained_from: Annotated[str, QueryParameter(max_length=500, description="Where a list is from.")] = "",
    take_artists: Annotated[str, QueryParameter(max_length=20_000, description=_TAKEN)] = "",
    also_called: Annotated[str, QueryParameter(max_length=20_000, description=_SPELLED)] = "",
    columns: Annotated[str, QueryParameter(max_length=2_000, description=_COLUMNS)] = "",
    level: Annotated[StatementLevel | None, QueryParameter(description=_LEVEL)] = None,
    numbers: Annotated[Literal["", "point", "comma"], QueryParameter(description=_NUMBERS)] = "",
    days: Annotated[Literal["", "day_first", "month_first"], QueryParameter(description=_DAYS)] = "",
    delimiter: Annotated[str, QueryParameter(max_length=1, description="Between the cells.")] = "",
    encoding: Annotated[str, QueryParameter(max_length=40, description="Of the characters.")] = "",
    header_row: Annotated[int | None, QueryParameter(ge=1, le=1_000, description=_HEADER_ROW)] = None,
    replaces: Annotated[str, QueryParameter(max_length=200, description=_REPLACES)] = "",
) -> ImportJob:
    """The file is the body as it came, or one that was sent part by part before. Ask for the job until it is
    done or failed. The same upload twice is one job."""

    def order() -> Order:
        within = _within(service, request, kind, artist)
        return Order(
            request.user,
            last_part(file_name),
            InMemory(b""),
            service.clock(),
            service.new_id,
            PartyId(artist) if artist is not None else None,
            artist_name.strip(),
            currency.strip().upper(),
            issuer.strip(),
            month.strip(),
            name.strip(),
            within,
            _lines(take_artists),
            _lines(also_called),
            tuple((field, column) for line in _lines(columns) for field, _, column in (line.partition("="),)),
            publisher.strip(),
            version.strip(),
            obtained_from.strip(),
            level,
            numbers,
            days,
            delimiter,
            encoding.strip(),
            header_row,
            StatementId(replaces) if replaces else None,
        )

    if not upload and not file_name:
        raise Refused(ProblemType.MALFORMED, 400, "The file has no name; say it as file_name.")
    wished = await to_thread.run_sync(order)
    id = upload or await _take_body(request, service, wished)
    return await to_thread.run_sync(_start, service, kind, wished, id, bool(upload))


def _within(service: Service, request: Asking, kind: ImportKind, artist: str | None) -> frozenset[PartyId]:
    """The artists of others whom the file may be compared with or paid to. Raises Refused."""
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, request.user, service.clock())
    power = _BY_MANDATE.get(kind)
    within = frozenset(m.artist for m in scope.mandates if power in m.powers)
    if artist is not None:
        if artist not in scope.own | within:
            raise not_found()
        within &= {PartyId(artist)}  # what is paid to one artist is compared with nobody else's works
    return within


async def _take_body(request: Asking, service: Service, order: Order) -> str:
    """Put the body by as it comes; gives the id of the upload that it is then."""
    desk = desk_of(service)
    id = service.new_id()
    length = request.headers.get("content-length", "")
    announced = int(length) if length.isdecimal() and 0 < int(length) <= MAX_BODY_BYTES else MAX_BODY_BYTES
    taking = _Taking(desk, id, order, announced)
    try:
        async for part in request.stream():
            if taking.add(part):
                await to_thread.run_sync(taking.put_by)
        await to_thread.run_sync(taking.finish)
    except BaseException:
        await to_thread.run_sync(desk.give_up, id)
        raise
    return id


class _Taking:
    """A body whose length is known at its end."""

    def __init__(self, desk: Desk, id: str, order: Order, announced: int) -> None:
        self._desk = desk
        self._announced = announced
        self._id = id
        self._order = order
        self._parts: list[bytes] = []
        self._waiting = 0
        self._size = 0
        self._hash = hashlib.sha256()

    def add(self, part: bytes) -> bool:
        """Whether it is time to put by what has come."""
        self._parts.append(part)
        self._waiting += len(part)
        return self._waiting >= _PART_BYTES

    def put_by(self) -> None:
        data = b"".join(self._parts)
        self._parts, self._waiting = [], 0
        if not self._size and data:
            self._desk.begin(self._id, self._order.account, self._order.file_name, self._announced, "")
        self._hash.update(data)
        self._size = self._desk.add(self._id, data) if data else self._size

    def finish(self) -> None:
        self.put_by()
        if not self._size:
            raise Refused(ProblemType.MALFORMED, 400, "The file is empty.")
        self._desk.measure(self._id, self._size, self._hash.hexdigest())


def _start(service: Service, kind: ImportKind, order: Order, upload: str, sent: bool) -> ImportJob:
    if sent and (begun := service.jobs.of_upload(order.account, upload)) is not None:
        return begun
    found = desk_of(service).find(upload, order.account)
    if found is None:
        raise not_found()
    entry, stands = found
    content = service.jobs.content(entry)
    if content is None:
        words = f"The file is not here as a whole: {stands} of {entry.size} bytes."
        raise Refused(ProblemType.CONFLICT, 409, words)
    name = entry.file_name if sent else order.file_name
    return service.jobs.start(service.new_id(), kind, replace(order, file_name=name, content=content), upload)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


@get("/imports/{id:str}", sync_to_thread=True, tags=["imports"], summary="How far an import is")
def import_job(request: Asking, service: TheService, id: Id) -> ImportJob:
    job = service.jobs.find(request.user, id)
    if job is None:
        raise not_found()
    return job


@delete("/imports/{id:str}", sync_to_thread=True, status_code=202, tags=["imports"], summary="Stop an import")
def stop_import(request: Asking, service: TheService, id: Id) -> ImportJob:
    """It stops at its next step and leaves nothing; one that is done already stays done."""
    job = service.jobs.stop(request.user, id)
    if job is None:
        raise not_found()
    return job


@post(
    "/manifests",
    status_code=202,
    request_max_body_size=MAX_BODY_BYTES,
    operation_class=MayTakeAFile,
    tags=["imports"],
    summary="Post a manifest of datasets and models",
)
async def post_manifest(
    request: Asking,
    service: TheService,
    file_name: Annotated[str, QueryParameter(max_length=255)] = "manifest.jsonl",
    upload: Annotated[str, QueryParameter(max_length=200, description="A file sent part by part.")] = "",
) -> ImportJob:
    """For accounts that speak for an organisation. The file is the body, or was sent part by part before."""

    def order() -> Order:
        with service.database.reading() as connection:
            if organisations.spoken_for(connection, request.user) is None:
                words = "Only an account that speaks for an organisation posts manifests; ask the host."
                raise Refused(ProblemType.NOT_ALLOWED, 403, words)
        name = last_part(file_name)
        return Order(request.user, name, InMemory(b""), service.clock(), service.new_id)

    wished = await to_thread.run_sync(order)
    id = upload or await _take_body(request, service, wished)
    return await to_thread.run_sync(_start, service, ImportKind.MANIFEST, wished, id, bool(upload))


def importing_router() -> Router:
    return Router("/", route_handlers=[start_import, import_job, stop_import, post_manifest])
