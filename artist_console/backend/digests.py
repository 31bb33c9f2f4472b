"""What the registers of artists in reach come to, for the daily comparison (PROTOCOL, rule 12)."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from artist_console.domain.decisions import all_effective, recordings
from artist_console.domain.ids import AccountId
from artist_console.formats.register_digest import RegisterDigest, RegisterDigests, digest_of_registers

from .reading import Asking
from .service import Service, TheService
from .storage import accounts, ledgers

PAGE_ARTISTS = 50


@get("/digests", sync_to_thread=True, tags=["feed"], summary="What the registers in reach come to")
def register_digests(
    request: Asking,
    service: TheService,
    after: Annotated[str, QueryParameter(max_length=200, description="The `next` of the page before.")] = "",
) -> RegisterDigests:
    """A reader that holds the same ledger and comes to another digest reads it differently."""
    return digests_in_reach(service, request.user, after)


def digests_in_reach(service: Service, account: str, after: str) -> RegisterDigests:
    """One page, from the ledgers as they stand in the database rather than from what is remembered."""
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, AccountId(account), service.clock())
        seen = sorted(artist for artist in ledgers.artists(connection, after) if scope.sees_works_of(artist))
        page = seen[:PAGE_ARTISTS]
        digests = []
        for artist in page:
            entries = ledgers.all_entries(connection, artist)
            digest = digest_of_registers(all_effective(recordings(entries)))
            digests.append(RegisterDigest(artist, entries[-1].n, digest))
    return RegisterDigests(service.identity.epoch, digests, page[-1] if len(seen) > PAGE_ARTISTS else None)
