"""The real service without a socket: its handlers, rules and database, asked in bytes and answering in bytes.

What the framework would do in between (find the handler, read the body, tell a problem) is done here in a
few lines; everything else is the code that is served. The database can be copied and put back while the
service lives, as a host does with a backup.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from artist_console.backend import deciding, feeding, heads, reading
from artist_console.backend.digests import digests_in_reach
from artist_console.backend.refusals import Refused
from artist_console.backend.seed import fill
from artist_console.backend.service import Service, make_service
from artist_console.backend.storage import rows, settings
from artist_console.backend.storage.database import Database, open_database
from artist_console.domain.ids import AccountId
from artist_console.domain.problems import InputProblem, StorageProblem
from artist_console.formats import encoding
from artist_console.formats.kinds import Kind
from artist_console.formats.receipts import SignerRole
from artist_console.formats.wire import PAGE_ROWS, CoSign, GiveMandate, ProblemType, PushBatch

from .cast import DATA_KEY, SIGNING_KEY

ENDINGS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Message:
    """A request as it stands on the wire."""

    token: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands on the wire."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Asking:
    """The part of a request that the handlers read."""

    user: AccountId
    headers: dict[str, str]


@dataclass
class Host:
    """One service over one database file. Not for two threads."""

    database: Path
    clock: Callable[[], datetime]
    page: int = PAGE_ROWS  # rows on a page of feed and snapshot
    tokens: dict[str, AccountId] = field(default_factory=dict)
    on_done: Callable[[AccountId, object, object], None] = field(default=lambda account, asked, said: None)
    _opened: Database | None = None
    _service: Service | None = None

    @property
    def service(self) -> Service:
        assert self._service is not None
        return self._service

    def start(self) -> None:
        """Open the database and make the service anew over it: nothing remembered outside it survives."""
        if self._opened is None:
            self._opened = open_database(self.database, DATA_KEY)
        self._service = make_service(
            self._opened,
            SIGNING_KEY,
            host_name="Harmonia",
            role=SignerRole.HOSTED_SERVICE,
            clock=self.clock,
        )

    def stop(self) -> None:
        """Close the connections; the queries stay compiled, so that thousands of worlds can follow."""
        if self._service is not None:
            self._service.close()
            self._service = None

    def put(self, source: Path) -> None:
        """Put another database file in place of this one."""
        self.stop()
        for ending in ENDINGS[1:]:
            self.database.with_name(self.database.name + ending).unlink(missing_ok=True)
        shutil.copyfile(source, self.database)
        self.start()

    def back_up(self, target: Path) -> None:
        self.stop()  # the last connection writes the log back
        shutil.copyfile(self.database, target)
        self.start()

    def restore(self, source: Path, *, says_so: bool) -> None:
        """Put an earlier state back; a restore that is done well says so by a new epoch."""
        self.put(source)
        if says_so:
            with self.service.changing() as connection:
                settings.begin_epoch(connection)
            self.stop()
            self.start()

    def add(self, pairs: Iterable[tuple[Kind, Any]]) -> None:
        """Something new on the side of the service."""
        with self.service.changing() as connection:
            fill(connection, self.service, pairs)

    @property
    def position(self) -> tuple[str, int]:
        """The last change that there is: epoch and place in the feed."""
        with self.service.database.reading() as connection:
            return self.service.identity.epoch, rows.position(connection)

    # -- asking

    def answer(self, message: Message) -> Answer:
        """What the service says to a request, whatever was in it."""
        account = self.tokens.get(message.token)
        if account is None:
            return _refused(Refused(ProblemType.NOT_SIGNED_IN, 401, "Sign in again."))
        try:
            return Answer(200, encoding.encode(self._carry_out(account, message)), JSON)
        except Refused as refused:
            return _refused(refused)
        except encoding.MalformedMessage as error:
            return _refused(Refused(ProblemType.MALFORMED, 400, str(error)))
        except InputProblem as problem:
            return _refused(Refused(ProblemType.UNREADABLE_FILE, 422, problem.sentence))
        except StorageProblem as problem:
            return _refused(Refused(ProblemType.STORAGE, 507, problem.sentence))

    def _carry_out(self, account: AccountId, message: Message) -> object:
        asking: Any = _Asking(account, dict(message.headers))
        query = dict(message.query)
        parts = message.path.removeprefix("/v1/").split("/")
        match message.method, parts:
            case "GET", ["account"]:
                return reading.account.fn(asking, self.service)
            case "GET", ["feed"]:
                scope = reading._scope_with_cursors(self.service, account)
                with self.service.database.reading() as connection:
                    return feeding.feed_page(
                        connection, self.service.identity, scope, query.get("cursor"), self.page
                    )
            case "GET", ["snapshot"]:
                scope = reading._scope_with_cursors(self.service, account)
                with self.service.database.reading() as connection:
                    return feeding.snapshot_page(
                        connection, self.service.identity, scope, query.get("next"), self.page
                    )
            case "POST", ["push"]:
                return self._push(asking, message.body)
            case "POST", ["proposals", decision, "co-sign"]:
                body = encoding.decode(CoSign, message.body)
                return self._told(account, deciding.co_sign.fn(asking, self.service, decision, body))
            case "POST", ["proposals", decision, "decline"]:
                body = encoding.decode(CoSign, message.body)
                return self._told(account, deciding.decline.fn(asking, self.service, decision, body))
            case "POST", ["mandates"]:
                given = encoding.decode(GiveMandate, message.body)
                return self._told(account, deciding.give_mandate.fn(asking, self.service, given))
            case "POST", ["mandates", mandate, "revoke"]:
                return self._told(account, deciding.revoke_mandate.fn(asking, self.service, mandate))
            case "GET", ["digests"]:
                return digests_in_reach(self.service, account, query.get("after", ""))
            case "GET", ["keys"]:
                return self.service.signer.keys()
            case "GET", ["heads"]:
                return heads.heads_in_reach(self.service, account, query.get("after", ""))
            case "GET", ["ledger", artist, "head"]:
                return heads.head_of(self.service, account, artist)
            case "GET", ["ledger", artist, "consistency"]:
                first, second = int(query["first"]), int(query["second"])
                return heads.consistency_of(self.service, account, artist, first, second)
        raise Refused(ProblemType.NOT_FOUND, 404)

    def _push(self, asking: Any, body: bytes) -> object:
        batch = encoding.decode(PushBatch, body)
        reply = deciding.push.fn(asking, self.service, batch, body)
        self.on_done(asking.user, batch, reply)
        return reply

    def _told(self, account: AccountId, said: object) -> object:
        self.on_done(account, None, said)
        return said


JSON = (("Content-Type", "application/json"),)
PROBLEM = (("Content-Type", "application/problem+json"),)


def _refused(refused: Refused) -> Answer:
    return Answer(refused.status, encoding.encode(refused.details), PROBLEM)
