"""Proofs of ledgers: signed heads, and the paths by which entries and former heads are found in them."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.params import QueryParameter
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId, ArtistId
from artist_console.formats.receipts import ReceiptSigner
from artist_console.formats.signed_head import (
    ConsistencyReply,
    HeadReply,
    HeadsPage,
    InclusionReply,
    make_head,
)
from artist_console.formats.wire import ProblemType

from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import Service, TheService
from .storage import accounts, heads, ledgers

PAGE_HEADS = 200

After = Annotated[str, QueryParameter(max_length=200, description="The `next` of the page before.")]
Place = Annotated[int, QueryParameter(ge=1, le=2**31 - 1)]
Size = Annotated[int, QueryParameter(ge=0, le=2**31 - 1)]
SizeOrNow = Annotated[
    int | None, QueryParameter(ge=0, le=2**31 - 1, description="Entries that count; without: all of them.")
]


@get("/heads", sync_to_thread=True, tags=["ledger"], summary="The signed heads of all ledgers in reach")
def every_head(request: Asking, service: TheService, after: After = "") -> HeadsPage:
    """Of ledgers that hold something, by artist. One request in place of one for each of many artists."""
    return heads_in_reach(service, request.user, after)


@get("/ledger/{artist:str}/head", sync_to_thread=True, tags=["ledger"], summary="The signed head of a ledger")
def head(request: Asking, service: TheService, artist: Id) -> HeadReply:
    """As the ledger is now. The same size is signed once in an epoch, and answered alike ever after."""
    return head_of(service, request.user, artist)


@get(
    "/ledger/{artist:str}/consistency",
    sync_to_thread=True,
    tags=["ledger"],
    summary="Proof that a ledger grew from one size to another without a change",
)
def consistency(
    request: Asking, service: TheService, artist: Id, first: Size, second: SizeOrNow = None
) -> ConsistencyReply:
    """Empty from size 0, and where both sizes are the same."""
    return consistency_of(service, request.user, artist, first, second)


@get(
    "/ledger/{artist:str}/inclusion",
    sync_to_thread=True,
    tags=["ledger"],
    summary="Proof that a ledger holds an entry",
)
def inclusion(
    request: Asking, service: TheService, artist: Id, n: Place, size: SizeOrNow = None
) -> InclusionReply:
    """The entry's place counts from 1."""
    return inclusion_of(service, request.user, artist, n, size)


def heads_router() -> Router:
    return Router("/", route_handlers=[every_head, head, consistency, inclusion])


def heads_in_reach(service: Service, account: AccountId, after: str) -> HeadsPage:
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, account, service.clock())
        artists = [a for a in sorted(ledgers.artists(connection, after)) if scope.sees_works_of(a)]
    page = artists[:PAGE_HEADS]
    return HeadsPage(_signed_now(service, page), page[-1] if len(artists) > len(page) else None)


def head_of(service: Service, account: AccountId, artist: str) -> HeadReply:
    """Raises Refused where the artist is out of reach."""
    with service.database.reading() as connection:
        if not accounts.scope_of(connection, account, service.clock()).sees_works_of(artist):
            raise not_found()
    return HeadReply(_signed_now(service, [artist])[0])


def consistency_of(
    service: Service, account: AccountId, artist: str, first: int, second: int | None
) -> ConsistencyReply:
    """Raises Refused where the artist is out of reach, or the ledger is not that long."""
    with service.database.reading() as connection:
        size = _size(connection, service, account, artist, second)
        if first > size:
            raise _beyond(first, size)
        path = heads.consistency(connection, artist, first, size)
    return ConsistencyReply(first, size, [each.hex() for each in path])


def inclusion_of(
    service: Service, account: AccountId, artist: str, n: int, size: int | None
) -> InclusionReply:
    """Raises Refused where the artist is out of reach, or the ledger is not that long."""
    with service.database.reading() as connection:
        among = _size(connection, service, account, artist, size)
        if n > among:
            raise _beyond(n, among)
        path = heads.inclusion(connection, artist, n, among)
    return InclusionReply(n, among, [each.hex() for each in path])


def _size(
    connection: Connection, service: Service, account: AccountId, artist: str, wanted: int | None
) -> int:
    """How many entries a path is to be over. Raises Refused where they are out of reach or not there yet."""
    if not accounts.scope_of(connection, account, service.clock()).sees_works_of(artist):
        raise not_found()
    now = ledgers.head_of(connection, artist).n
    if wanted is not None and wanted > now:
        raise _beyond(wanted, now)
    return now if wanted is None else wanted


def _beyond(wanted: int, there: int) -> Refused:
    return Refused(ProblemType.MALFORMED, 400, f"The ledger has no place {wanted}; it ends with {there}.")


def _signed_now(service: Service, artists: list[str]) -> list[str]:
    """The signed heads of ledgers as they are now; what was not signed yet is signed in one transaction."""
    epoch = service.identity.epoch
    with service.database.reading() as connection:
        sizes = {artist: ledgers.head_of(connection, artist).n for artist in artists}
        found = {artist: heads.signed(connection, epoch, artist, n) for artist, n in sizes.items()}
    lacking = [artist for artist, jws in found.items() if jws is None]
    if lacking:
        with service.database.writing() as connection:
            found |= {artist: _sign(connection, service, artist) for artist in lacking}
    return [jws for artist in artists if (jws := found[artist]) is not None]


def _sign(connection: Connection, service: Service, artist: str) -> str:
    """The signed head as of this writing transaction: what another one has signed meanwhile stands."""
    epoch, signer = service.identity.epoch, service.signer
    pin = ledgers.head_of(connection, artist)
    known = heads.signed(connection, epoch, artist, pin.n)
    if known is not None:
        return known
    jws = make_head(
        ArtistId(artist),
        pin,
        heads.range_at(connection, artist, pin.n).root(),
        signer.key,
        ReceiptSigner(signer.name, signer.role),
        epoch,
        service.clock(),
    )
    heads.keep(connection, epoch, artist, pin.n, jws)
    return jws
