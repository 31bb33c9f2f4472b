"""Endpoints that take files in part by part: a lost connection costs the part that was under way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from litestar import Router, delete, get, post, put
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import JSONBody, QueryParameter, RawBody

from artist_console.formats.wire import UPLOAD_PART_BYTES, NewUpload, ProblemType, Upload

from .imports.uploads import Desk, OutOfStep
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import Service, TheService
from .storage.uploads import UploadEntry

_HASH = re.compile(r"[0-9a-f]{64}")
Offset = Annotated[int, QueryParameter(ge=0, le=1 << 53, description="Where the part begins in the file.")]


@dataclass
class TakesAFile(Operation):
    """Documents a body that is a file, or part of one."""

    required = True

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        content = {"application/octet-stream": OpenAPIMediaType(schema=file)}
        self.request_body = RequestBody(content=content, required=self.required)


@dataclass
class MayTakeAFile(TakesAFile):
    required = False


@post("/uploads", sync_to_thread=True, tags=["imports"], summary="Begin to send a file part by part")
def begin_upload(request: Asking, service: TheService, data: JSONBody[NewUpload]) -> Upload:
    """The same file once more goes on where it stands. One that nobody goes on with for a day is dropped.

    507: the disk has no room for it.
    """
    if data.sha256 and not _HASH.fullmatch(data.sha256):
        raise Refused(ProblemType.MALFORMED, 400, "sha256 is 64 hexadecimal digits in lower case.")
    name = last_part(data.file_name)
    return _told(*desk_of(service).begin(service.new_id(), request.user, name, data.size, data.sha256))


@put(
    "/uploads/{id:str}",
    sync_to_thread=True,
    request_max_body_size=UPLOAD_PART_BYTES,
    operation_class=TakesAFile,
    tags=["imports"],
    summary="Send the next part of a file",
)
def send_part(request: Asking, service: TheService, id: Id, body: RawBody, offset: Offset) -> Upload:
    """409: the file does not stand at `offset`; ask how far it is, and go on there."""
    desk = desk_of(service)
    found = desk.find(id, request.user)
    if found is None:
        raise not_found()
    entry, _ = found
    try:
        return _told(entry, desk.take(entry, offset, body))
    except OutOfStep as out:
        raise Refused(ProblemType.CONFLICT, 409, f"The file stands at {out.offset}; go on there.") from None


@get("/uploads/{id:str}", sync_to_thread=True, tags=["imports"], summary="How far a file has come")
def upload(request: Asking, service: TheService, id: Id) -> Upload:
    found = desk_of(service).find(id, request.user)
    if found is None:
        raise not_found()
    return _told(*found)


@delete("/uploads/{id:str}", sync_to_thread=True, status_code=200, tags=["imports"], summary="Give a file up")
def give_up_upload(request: Asking, service: TheService, id: Id) -> Upload:
    """What came of it is dropped. One that has become an import already is stopped there: DELETE imports."""
    desk = desk_of(service)
    found = desk.find(id, request.user)
    if found is None:
        raise not_found()
    if service.jobs.of_upload(request.user, id) is not None:
        raise Refused(ProblemType.CONFLICT, 409, "It has become an import; stop that one.")
    desk.give_up(id)
    return _told(*found)


def desk_of(service: Service) -> Desk:
    return Desk(service.database, service.arriving, service.clock)


def last_part(name: str) -> str:
    """A name for people, without folders."""
    return name.replace("\\", "/").rsplit("/", maxsplit=1)[-1] or "file"


def _told(entry: UploadEntry, offset: int) -> Upload:
    return Upload(entry.id, entry.file_name, entry.size, offset)


def uploading_router() -> Router:
    return Router("/", route_handlers=[begin_upload, send_part, upload, give_up_upload])
