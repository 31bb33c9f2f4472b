"""Endpoints that bring files in: a file becomes a job, whose progress and result are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from litestar import Router, delete, get, post
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromQuery, QueryParameter, RawBody

from artist_console.domain.ids import PartyId
from artist_console.domain.mandates import Power
from artist_console.formats.wire import ImportJob, ImportKind, ProblemType

from .imports.job import Order
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import TheService
from .storage import accounts

MAX_FILE_BYTES = 256 * 1024 * 1024

# What a mandate lets its holder bring in for the artist: what it lets them see. Nobody adds another's works.
_BY_MANDATE = {ImportKind.STATEMENT: Power.SEE_MONEY, ImportKind.DATASET_LIST: Power.SEE_WORKS}
_TAKEN = "Names in a catalogue, one a line, that are artists of this account; works by others are left out."
_SPELLED = "Names in a catalogue, one a line, that are other spellings of `artist`."
_COLUMNS = "Of a table that does not say so: field=column, one a line, as title=Song."

Text = Annotated[str, QueryParameter(max_length=200)]
Own = Annotated[str | None, QueryParameter(max_length=200, description="An own artist: only theirs.")]
NewName = Annotated[str, QueryParameter(max_length=200, description="The same by name; made if new.")]
Currency = Annotated[str, QueryParameter(max_length=3, description="Of a statement that names none.")]


@dataclass
class _TakesAFile(Operation):
    """Documents the body, which is the file itself."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        content = {"application/octet-stream": OpenAPIMediaType(schema=file)}
        self.request_body = RequestBody(content=content, required=True)


@post(
    "/imports",
    sync_to_thread=True,
    status_code=202,
    request_max_body_size=MAX_FILE_BYTES,
    operation_class=_TakesAFile,
    tags=["imports"],
    summary="Bring a file in",
)
def start_import(
    request: Asking,
    service: TheService,
    body: RawBody,
    kind: FromQuery[ImportKind],
    file_name: Annotated[str, QueryParameter(min_length=1, max_length=255)],
    artist: Own = None,
    artist_name: NewName = "",
    currency: Currency = "",
    month: Annotated[str, QueryParameter(max_length=10, description="The same: 2025-04.")] = "",
    issuer: Text = "",
    name: Annotated[str, QueryParameter(max_length=200, description="Of a list, for people.")] = "",
    take_artists: Annotated[str, QueryParameter(max_length=20_000, description=_TAKEN)] = "",
    also_called: Annotated[str, QueryParameter(max_length=20_000, description=_SPELLED)] = "",
    columns: Annotated[str, QueryParameter(max_length=2_000, description=_COLUMNS)] = "",
) -> ImportJob:
    """The body is the file as it came. Ask for the job until it is done or failed."""
    if not body:
        raise Refused(ProblemType.MALFORMED, 400, "The file is empty.")
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, request.user, service.clock())
    power = _BY_MANDATE.get(kind)
    within = frozenset(m.artist for m in scope.mandates if power in m.powers)
    if artist is not None:
        if artist not in scope.own | within:
            raise not_found()
        within &= {PartyId(artist)}  # what is paid to one artist is compared with nobody else's works
    order = Order(
        request.user,
        _last_part(file_name),
        body,
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
    )
    return service.jobs.start(service.new_id(), kind, order)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _last_part(name: str) -> str:
    """A name for people, without folders."""
    return name.replace("\\", "/").rsplit("/", maxsplit=1)[-1] or "file"


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


def importing_router() -> Router:
    return Router("/", route_handlers=[start_import, import_job, stop_import])
