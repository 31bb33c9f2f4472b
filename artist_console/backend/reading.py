"""Endpoints that read: account, feed, snapshot, rows by kind, ledgers, permissions, keys."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
from anyio import to_thread
from litestar import Request, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter

from artist_console.domain.ids import AccountId
from artist_console.domain.mandates import Power
from artist_console.domain.parties import Party
from artist_console.formats.accounts import Account, RosterArtist
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import PAGE_ROWS, FeedPage, RowsPage, SignerKeys, SnapshotPage

from . import feeding
from .permissions import permissions
from .reach import EVERYBODY, artist_key
from .refusals import not_found
from .service import Service, TheService
from .storage import accounts, ledgers, rows, settings
from .storage.accounts import Scope

LONGEST_WAIT_S = 25.0

Asking = Request[AccountId, None, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS, description="Rows on a page at most.")]
Id = Annotated[str, PathParameter(max_length=200)]
After = Annotated[str, QueryParameter(pattern=r"^[0-9]{0,15}$", description="The `next` of the page before.")]
Cursor = Annotated[str | None, QueryParameter(max_length=1_000, description="Opaque; from the page before.")]


@get("/account", sync_to_thread=True, tags=["account"], summary="The account and the artists it can act for")
def account(request: Asking, service: TheService) -> Account:
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, request.user, service.clock())
        name = accounts.account_name(connection, request.user) or ""
        mandates = {m.artist: m for m in scope.mandates if m.artist not in scope.own}
        parties: dict[str, Party] = rows.some_of(connection, Kind.PARTY, [*scope.own, *mandates])
        minimum_client = settings.minimum_client(connection)
    artists = [RosterArtist(id, parties[id].name) for id in sorted(scope.own) if id in parties]
    artists += [
        RosterArtist(id, parties[id].name, mandate)
        for id, mandate in sorted(mandates.items())
        if id in parties
    ]
    return Account(request.user, name, artists, service.signer.name, minimum_client=minimum_client)


@get("/feed", tags=["feed"], summary="Changes after a cursor")
async def feed(
    request: Asking,
    service: TheService,
    cursor: Cursor = None,
    wait: Annotated[
        float, QueryParameter(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for a change.")
    ] = 0,
) -> FeedPage:
    """Everything from the beginning without a cursor. 410: take a snapshot."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + wait
    while True:
        ticket = service.hub.ticket()
        page = await to_thread.run_sync(_feed_page, service, request.user, cursor)
        left = ends - loop.time()
        if page.items or page.more or left <= 0:
            return page
        # What changed may be out of this reader's reach: then the rest of the time is waited.
        if not await service.hub.wait(ticket, left):
            return page
        cursor = page.cursor


def _feed_page(service: Service, account: AccountId, cursor: str | None) -> FeedPage:
    scope = _scope_with_cursors(service, account)
    with service.database.reading() as connection:
        return feeding.feed_page(connection, service.identity, scope, cursor)


@get("/snapshot", sync_to_thread=True, tags=["feed"], summary="Everything in reach, in pages")
def snapshot(request: Asking, service: TheService, next: Cursor = None) -> SnapshotPage:
    scope = _scope_with_cursors(service, request.user)
    with service.database.reading() as connection:
        return feeding.snapshot_page(connection, service.identity, scope, next)


def _scope_with_cursors(service: Service, account: AccountId) -> Scope:
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, account, service.clock())
        known = feeding.knows_scope(connection, scope)
    if not known:
        with service.database.writing() as connection:
            feeding.remember_scope(connection, scope)
    return scope


def _reading_of(path: str, kind: Kind, power: Power, also_everybodys: bool) -> list[HTTPRouteHandler]:
    """The list and the single row of one kind."""
    tag = [path]

    @get(
        f"/{path}",
        sync_to_thread=True,
        tags=tag,
        name=f"list-{path}",
        operation_id=f"list_{path}",
        summary=f"The {path} in reach, in pages",
    )
    def list_rows(
        request: Asking,
        service: TheService,
        artist: Annotated[str | None, QueryParameter(max_length=200)] = None,
        after: After = "",
        limit: Limit = PAGE_ROWS,
    ) -> RowsPage:
        """In the order they came. With `artist`, only what is open to the account of that artist."""
        with service.database.reading() as connection:
            keys = accounts.scope_of(connection, request.user, service.clock()).keys
            if artist is not None:
                keys = keys & {artist_key(artist, power), *([EVERYBODY] if also_everybodys else [])}
            found = rows.listed(connection, kind, keys, int(after or 0), limit)
        more = len(found) == limit
        items = [msgspec.Raw(row.body) for row in found if row.body is not None]
        return RowsPage(items, str(found[-1].number) if more else None)

    @get(
        f"/{path}/{{id:str}}",
        sync_to_thread=True,
        tags=tag,
        name=f"one-{path}",
        operation_id=f"one_{path}",
        summary=f"One of the {path}",
    )
    def one_row(request: Asking, service: TheService, id: Id) -> dict[str, Any]:
        """404 alike for what does not exist and for what is out of reach."""
        with service.database.reading() as connection:
            keys = accounts.scope_of(connection, request.user, service.clock()).keys
            found = rows.one(connection, kind, id, keys)
        if found is None or found.body is None:
            raise not_found()
        row: dict[str, Any] = msgspec.json.decode(found.body)
        return row

    return [list_rows, one_row]


@get(
    "/ledger/{artist:str}",
    sync_to_thread=True,
    tags=["ledger"],
    summary="An artist's ledger, from a place on",
)
def ledger(
    request: Asking, service: TheService, artist: Id, after: After = "", limit: Limit = PAGE_ROWS
) -> RowsPage:
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, request.user, service.clock())
        if not scope.sees_works_of(artist):
            raise not_found()
        found = ledgers.entries_after(connection, artist, int(after or 0), limit)
    more = len(found) == limit
    return RowsPage([msgspec.Raw(body) for _, body in found], str(found[-1][0]) if more else None)


@get("/keys", sync_to_thread=False, tags=["keys"], summary="Keys that sign receipts here, and who holds them")
def keys(service: TheService) -> SignerKeys:
    return service.signer.keys()


def reading_router() -> Router:
    handlers: list[Any] = [account, feed, snapshot, ledger, permissions, keys]
    for path, kind, power, also_everybodys in (
        ("artists", Kind.PARTY, Power.SEE_WORKS, False),
        ("works", Kind.WORK, Power.SEE_WORKS, False),
        ("releases", Kind.RELEASE, Power.SEE_WORKS, False),
        ("programmes", Kind.PROGRAMME, Power.SEE_WORKS, True),
        ("terms", Kind.TERMS, Power.SEE_WORKS, True),
        ("agreements", Kind.AGREEMENT, Power.SEE_WORKS, True),
        ("inclusions", Kind.INCLUSION, Power.SEE_WORKS, False),
        ("statements", Kind.STATEMENT, Power.SEE_MONEY, False),
    ):
        handlers += _reading_of(path, kind, power, also_everybodys)
    return Router("/", route_handlers=handlers)
