"""The endpoint that has a statement divided among its payees."""

from __future__ import annotations

from litestar import Router, post

from artist_console.domain.statements import Statement, StatementSource
from artist_console.formats.kinds import Kind
from artist_console.formats.pay_setup import Allocated
from artist_console.formats.wire import ProblemType

from .allocating import allocate_statement, payees_of
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import TheService
from .storage import accounts, rows


@post(
    "/statements/{id:str}/allocate",
    sync_to_thread=True,
    status_code=200,
    tags=["money"],
    summary="Divide a statement among its payees, or correct what was allocated of it",
)
def allocate(request: Asking, service: TheService, id: Id) -> Allocated:
    """For whoever sees the statement's money and is its payee, or owns the service."""
    with service.changing() as connection:
        now = service.clock()
        scope = accounts.scope_of(connection, request.user, now)
        found = rows.one(connection, Kind.STATEMENT, id, scope.keys)
        payees = payees_of(connection, request.user, now)
        if found is None and payees is not None:
            raise not_found()
        above: Statement | None = rows.some_of(connection, Kind.STATEMENT, [id]).get(id)
        if above is None:
            raise not_found()
        if payees is not None and (above.source is StatementSource.API or above.payee not in payees):
            words = "A statement that its issuer sent is allocated by whoever runs this service."
            raise Refused(ProblemType.NOT_ALLOWED, 403, words)
        done = allocate_statement(connection, service.statement_files, above.id, at=now, payees=payees)
    return Allocated(id, done.counts, tuple(done.written))


def allocating_router() -> Router:
    return Router("/", route_handlers=[allocate])
