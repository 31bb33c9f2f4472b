"""The calls of a service, typed.

Whatever a service answers is bounded, checked and told in one sentence: an answer is the message it should
be, or it is a problem. Nothing is asked twice but what a renewed token may change; `schedule` says when
to try again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType, TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

from artist_console import __version__
from artist_console.domain.ids import ArtistId, DecisionId, MandateId, StatementId
from artist_console.domain.problems import Problem
from artist_console.formats import accounts, encoding, kinds, sign_in_wire, signed_head, wire
from artist_console.formats.pay_setup import (
    Allocated,
    DirectionKept,
    PayRowRemoved,
    PayTermsKept,
    SetDirection,
    SetPayTerms,
    SetSplit,
    SplitKept,
)
from artist_console.formats.programme_setup import ProgrammeRemoved, ProgrammeSetUp, SetUpProgramme
from artist_console.formats.register_digest import RegisterDigests
from artist_console.host.secret_text import SecretText

from .answered import Answered
from .connection import SILENCE_S, WHOLE_S, Connection, Session
from .file_pieces import LINES_TYPE, FilePiece, read_piece
from .problems import Nonsense
from .refusals import check_kind, refuse
from .sign_in_problems import DeviceRevoked
from .tokens import FixedToken, TokenSource

Message = TypeVar("Message")


class Api:
    """One service and one account. `str` and `repr` show no token.

    Raises Unreachable for an address that is none, NotSecure for one that would show the token on its way.
    """

    def __init__(
        self,
        base_url: str,
        token: str | TokenSource,
        *,
        session: Session | None = None,
        silence_s: float = SILENCE_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self._line = Connection(base_url, session=session, silence_s=silence_s, whole_s=whole_s)
        self.base_url, self.host = self._line.address, self._line.host
        self._tokens = FixedToken(SecretText(token), self.host) if isinstance(token, str) else token
        self._renews = True
        self.heard_at: datetime | None = None  # the clock of the service in its last answer

    def __repr__(self) -> str:
        return f"Api({self.base_url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop the connections; may be called from another thread to end a call that waits."""
        self._line.close()
        if self._renews:
            self._tokens.stop()

    def beside(self) -> Api:
        """Another line with the same sign-in: waiting on it holds up nobody, closing it ends no renewal."""
        other = Api(self.base_url, self._tokens)
        other._renews = False
        return other

    # -- account

    def account(self) -> accounts.Account:
        return self._call(accounts.Account, "GET", "/v1/account")

    def devices(self) -> sign_in_wire.Devices:
        """Those that may act for the account."""
        return self._call(sign_in_wire.Devices, "GET", "/v1/devices")

    def revoke_device(self, id: str) -> sign_in_wire.Devices:
        """Take a device off the list; gives those that are left. Raises NotFound."""
        return self._call(sign_in_wire.Devices, "POST", f"/v1/devices/{quote(id, safe='')}/revoke", body=b"")

    def keys(self) -> wire.SignerKeys:
        """The keys that receipts are signed with."""
        return self._call(wire.SignerKeys, "GET", "/v1/keys")

    # -- programmes

    def set_up_programme(self, new: SetUpProgramme) -> ProgrammeSetUp:
        """Set one up by hand, or put it in place of the one it names. Raises RequestRefused, NotAllowed."""
        return self._call(ProgrammeSetUp, "POST", "/v1/programmes", body=encoding.encode(new))

    def remove_programme(self, id: str) -> ProgrammeRemoved:
        """Remove one that was set up by hand. Raises NotFound; RequestRefused where something names it."""
        return self._call(ProgrammeRemoved, "DELETE", f"/v1/programmes/{quote(id, safe='')}")

    # -- how money is paid on

    def set_pay_terms(self, new: SetPayTerms) -> PayTermsKept:
        """Keep terms, or put them in place of those named. Raises RequestRefused, NotAllowed."""
        return self._call(PayTermsKept, "POST", "/v1/pay-terms", body=encoding.encode(new))

    def remove_pay_terms(self, id: str) -> PayRowRemoved:
        """Raises NotFound, NotAllowed."""
        return self._call(PayRowRemoved, "DELETE", f"/v1/pay-terms/{quote(id, safe='')}")

    def set_direction(self, new: SetDirection) -> DirectionKept:
        """Keep a letter of direction, or put it in place of one. Raises RequestRefused, NotAllowed."""
        return self._call(DirectionKept, "POST", "/v1/directions", body=encoding.encode(new))

    def remove_direction(self, id: str) -> PayRowRemoved:
        """Raises NotFound, NotAllowed."""
        return self._call(PayRowRemoved, "DELETE", f"/v1/directions/{quote(id, safe='')}")

    def set_split(self, new: SetSplit) -> SplitKept:
        """Keep who is paid what of a work, or put it in place of one. Raises RequestRefused, NotAllowed."""
        return self._call(SplitKept, "POST", "/v1/splits", body=encoding.encode(new))

    def remove_split(self, id: str) -> PayRowRemoved:
        """Raises NotFound, NotAllowed."""
        return self._call(PayRowRemoved, "DELETE", f"/v1/splits/{quote(id, safe='')}")

    def allocate_statement(self, id: StatementId) -> Allocated:
        """Divide a statement among its payees, or correct what was. Raises NotFound, RequestRefused."""
        return self._call(Allocated, "POST", f"/v1/statements/{quote(id, safe='')}/allocate", body=b"")

    # -- exchange

    def feed(self, cursor: str | None, wait_s: int = 0) -> wire.FeedPage:
        """Changes after a cursor; with `wait_s` the service holds the answer until there are some.

        Raises CursorExpired: a snapshot is to be taken.
        """
        query: dict[str, str] = {} if cursor is None else {"cursor": cursor}
        if wait_s:
            query["wait"] = str(wait_s)
        return self._call(wire.FeedPage, "GET", "/v1/feed", query=query, patience_s=wait_s)

    def snapshot(self, next: str | None) -> wire.SnapshotPage:
        """A page of everything in reach. Raises CursorExpired: begin again."""
        return self._call(
            wire.SnapshotPage, "GET", "/v1/snapshot", query={} if next is None else {"next": next}
        )

    def push(self, batch: wire.PushBatch) -> wire.PushReply:
        """Deliver decisions. Raises StreamRefused (gap or fork) and RequestRefused (cannot be read)."""
        return self._call(wire.PushReply, "POST", "/v1/push", body=encoding.encode(batch))

    def register_digests(self, after: str) -> RegisterDigests:
        """What the registers of artists in reach come to there, after an artist's id."""
        return self._call(RegisterDigests, "GET", "/v1/digests", query={"after": after} if after else {})

    def heads(self, after: str) -> signed_head.HeadsPage:
        """The signed heads of all ledgers in reach, after an artist's id."""
        return self._call(signed_head.HeadsPage, "GET", "/v1/heads", query={"after": after} if after else {})

    def ledger_head(self, artist: ArtistId) -> signed_head.HeadReply:
        """The signed head of one ledger as it is now. Raises NotFound."""
        return self._call(signed_head.HeadReply, "GET", f"/v1/ledger/{quote(artist, safe='')}/head")

    def consistency(self, artist: ArtistId, first: int, second: int) -> signed_head.ConsistencyReply:
        """How a ledger of one size leads to what it is at another. Raises NotFound."""
        return self._call(
            signed_head.ConsistencyReply,
            "GET",
            f"/v1/ledger/{quote(artist, safe='')}/consistency",
            query={"first": str(first), "second": str(second)},
        )

    # -- what is there

    def rows(
        self, path: str, *, artist: ArtistId | None = None, after: str | None = None, limit: int | None = None
    ) -> wire.RowsPage:
        """A list: artists, works, releases, programmes, terms, agreements, inclusions, ledger/<id> ..."""
        given = {"artist": artist, "after": after, "limit": str(limit) if limit is not None else None}
        query = {name: value for name, value in given.items() if value is not None}
        return self._call(wire.RowsPage, "GET", f"/v1/{path}", query=query)

    def lines(
        self, statement: StatementId, after: int | None = None, limit: int | None = None
    ) -> wire.LinesPage:
        """Lines of a statement after a number."""
        given = {"after": after, "limit": limit}
        query = {name: str(value) for name, value in given.items() if value is not None}
        return self._call(
            wire.LinesPage, "GET", f"/v1/statements/{quote(statement, safe='')}/lines", query=query
        )

    def statement_file(self, statement: StatementId, start: int, length: int) -> FilePiece:
        """A piece of the file that holds a statement's lines; it may be shorter than asked for.

        Raises NotFound, EndedEarly, Nonsense for another piece than was asked for.
        """
        asked = {"Accept": LINES_TYPE, "Range": f"bytes={start}-{start + length - 1}"}
        path = f"/v1/statements/{quote(statement, safe='')}/file"
        answered = self._answer("GET", path, headers=asked)
        check_kind(self.host, answered, LINES_TYPE)
        piece = read_piece(self.host, answered)
        if piece.start != start or not piece.content:
            raise Nonsense(host=self.host, what="it is another piece of the file")
        return piece

    # -- imports

    def start_import(
        self,
        kind: wire.ImportKind,
        file_name: str,
        content: bytes,
        artist: ArtistId | None = None,
        *,
        upload: str = "",
        hints: Mapping[str, str] = MappingProxyType({}),
    ) -> wire.ImportJob:
        """Hand a file to the service, which reads it in the background; a large one is an upload before.

        `hints` say what the file does not: artist_name, currency, month, issuer, name, publisher, version,
        obtained_from, take_artists, also_called, columns.
        """
        query = {"kind": kind.value, "file_name": file_name, **{k: v for k, v in hints.items() if v}}
        if artist is not None:
            query["artist"] = artist
        if upload:
            query["upload"] = upload
        return self._call(
            wire.ImportJob,
            "POST",
            "/v1/imports",
            query=query,
            body=content,
            content_type="application/octet-stream",
        )

    def begin_upload(self, file_name: str, size: int, sha256: str) -> wire.Upload:
        """Begin to send a file part by part, or go on with the same one. Raises NoRoomThere."""
        new = wire.NewUpload(file_name, size, sha256)
        return self._call(wire.Upload, "POST", "/v1/uploads", body=encoding.encode(new))

    def send_part(self, id: str, offset: int, part: bytes) -> wire.Upload:
        """Raises RequestRefused where the file does not stand at `offset`: ask for it; NoRoomThere."""
        return self._call(
            wire.Upload,
            "PUT",
            f"/v1/uploads/{quote(id, safe='')}",
            query={"offset": str(offset)},
            body=part,
            content_type="application/octet-stream",
        )

    def upload(self, id: str) -> wire.Upload:
        """How far a file has come. Raises NotFound."""
        return self._call(wire.Upload, "GET", f"/v1/uploads/{quote(id, safe='')}")

    def give_up_upload(self, id: str) -> wire.Upload:
        return self._call(wire.Upload, "DELETE", f"/v1/uploads/{quote(id, safe='')}")

    def import_job(self, id: str) -> wire.ImportJob:
        return self._call(wire.ImportJob, "GET", f"/v1/imports/{quote(id, safe='')}")

    def stop_import(self, id: str) -> wire.ImportJob:
        """Have a job stop at its next step; ask for it until it has."""
        return self._call(wire.ImportJob, "DELETE", f"/v1/imports/{quote(id, safe='')}")

    # -- what only the artist can do

    def co_sign(self, decision: DecisionId, body: wire.CoSign) -> wire.Recorded:
        return self._post_recorded(f"/v1/proposals/{quote(decision, safe='')}/co-sign", encoding.encode(body))

    def decline(self, decision: DecisionId, body: wire.CoSign) -> wire.Recorded:
        return self._post_recorded(f"/v1/proposals/{quote(decision, safe='')}/decline", encoding.encode(body))

    def give_mandate(self, given: wire.GiveMandate) -> wire.Recorded:
        return self._post_recorded("/v1/mandates", encoding.encode(given))

    def revoke_mandate(self, mandate: MandateId) -> wire.Recorded:
        return self._post_recorded(f"/v1/mandates/{quote(mandate, safe='')}/revoke", b"")

    def _post_recorded(self, path: str, body: bytes) -> wire.Recorded:
        return self._call(wire.Recorded, "POST", path, body=body)

    # -- how it is done

    def _call(
        self,
        message: type[Message],
        method: str,
        path: str,
        *,
        query: dict[str, str] | None = None,
        body: bytes | None = None,
        content_type: str = "application/json",
        patience_s: float = 0.0,
    ) -> Message:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = content_type
        answered = self._answer(method, path, query=query, body=body, headers=headers, patience_s=patience_s)
        check_kind(self.host, answered, "application/json")
        try:
            return encoding.decode(message, answered.content)
        except encoding.MalformedMessage as error:
            raise Nonsense(host=self.host, what="it is not the answer to what was asked") from error

    def _answer(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str],
        query: dict[str, str] | None = None,
        body: bytes | None = None,
        patience_s: float = 0.0,
    ) -> Answered:
        """A good answer, whatever is in it. Raises the problem that another one is."""
        sent = {
            **headers,
            wire.CLIENT_HEADER: __version__,
            wire.CLOCK_HEADER: datetime.now(UTC).isoformat(timespec="seconds"),
        }

        def ask(token: SecretText) -> Answered:
            return self._line.ask(
                method,
                path,
                query=query or {},
                body=body,
                headers=sent,
                token=token,
                patience_s=patience_s,
            )

        answered = self._ask_signed_in(ask)
        self.heard_at = _date_of(answered)
        if not answered.good:
            refuse(self.host, answered)
        return answered

    def _ask_signed_in(self, ask: Callable[[SecretText], Answered]) -> Answered:
        """Ask, and where the token is no longer known, once more with the next one: the same bytes."""
        token = self._tokens.access()
        answered = ask(token)
        if answered.status == 401:
            answered = ask(self._tokens.renew(token))
        if answered.status == 403:
            self._stop_if_revoked(answered)
        return answered

    def _stop_if_revoked(self, answered: Answered) -> None:
        try:
            refuse(self.host, answered)
        except DeviceRevoked as told:
            self._tokens.end(told)
            raise
        except Problem:
            return  # told by whoever asked


def _date_of(answered: Answered) -> datetime | None:
    """The service's own time (RFC 9110, 6.6.1), to the second."""
    try:
        found = parsedate_to_datetime(answered.headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo is not None else None


def row_of(kind: kinds.Kind, item: Any) -> wire.Row:
    """A row of a RowsPage."""
    return wire.decode_row(kind, item)
