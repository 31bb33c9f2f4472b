"""What a sync round asks of a service, whatever carries it there: `api.Api` does over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from artist_console.domain.ids import ArtistId, StatementId
from artist_console.formats import accounts, signed_head, wire
from artist_console.formats.register_digest import RegisterDigests

from .file_pieces import FilePiece

# Enough for a roster of a thousand artists; more is a service that never comes to an end.
MAX_PAGES = 100_000


class Exchange(Protocol):
    """The calls of one round. Each may raise a NetworkProblem or an AuthorityProblem of `sync.problems`."""

    @property
    def host(self) -> str:
        """Whom sentences name."""
        ...

    @property
    def heard_at(self) -> datetime | None:
        """The service's own time in its last answer, to the second; None where it gives none."""
        ...

    def account(self) -> accounts.Account: ...
    def push(self, batch: wire.PushBatch) -> wire.PushReply: ...
    def feed(self, cursor: str | None, wait_s: int = 0) -> wire.FeedPage: ...
    def snapshot(self, next: str | None) -> wire.SnapshotPage: ...
    def statement_file(self, statement: StatementId, start: int, length: int) -> FilePiece: ...
    def register_digests(self, after: str) -> RegisterDigests: ...
    def keys(self) -> wire.SignerKeys: ...
    def heads(self, after: str) -> signed_head.HeadsPage: ...
    def ledger_head(self, artist: ArtistId) -> signed_head.HeadReply: ...
    def consistency(self, artist: ArtistId, first: int, second: int) -> signed_head.ConsistencyReply: ...
