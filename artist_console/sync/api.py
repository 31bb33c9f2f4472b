"""The calls of a service, typed; the only module that speaks HTTP.

Whatever a service answers is bounded, checked and told in one sentence: an answer is the message it should
be, or it is a problem. Nothing is retried here; `schedule` says when to try again.
"""

from __future__ import annotations

import ipaddress
import time
import unicodedata
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from types import MappingProxyType, TracebackType
from typing import Any, NoReturn, Self, TypeVar
from urllib.parse import quote, urlsplit

import requests
from requests.auth import AuthBase

from artist_console.domain.ids import ArtistId, DecisionId, MandateId, StatementId
from artist_console.domain.problems import InputProblem
from artist_console.formats import accounts, encoding, kinds, wire

from .problems import (
    CodeNotGood,
    CursorExpired,
    Nonsense,
    NotAllowed,
    NotFound,
    NotSecure,
    RequestRefused,
    ServiceBusy,
    ServiceFailed,
    SignInAgain,
    StreamRefused,
    Unreachable,
)

CONNECT_S = 5.0
SILENCE_S = 30.0  # longest pause within an answer
WHOLE_S = 120.0  # longest answer, however it trickles in
MAX_ANSWER_BYTES = 64 * 1024 * 1024
MAX_PROBLEM_BYTES = 64 * 1024
_CHUNK_BYTES = 64 * 1024
_LONGEST_WORDS = 300
_OK = frozenset({200, 201, 202})

Message = TypeVar("Message")


class _Bearer(AuthBase):
    """Set as authentication, so that no .netrc of the computer takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Api:
    """One service and one account. `str` and `repr` show no token.

    Raises Unreachable for an address that is none, NotSecure for one that would show the token on its way.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        session: requests.Session | None = None,
        silence_s: float = SILENCE_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.host, secure = _address(self.base_url)
        if not secure and not is_loopback(self.host):
            raise NotSecure(host=self.host)
        self._silence_s, self._whole_s = silence_s, whole_s
        self._session = session or requests.Session()
        if is_loopback(self.host):
            self._session.trust_env = False  # a proxy of the environment would be asked for this computer
            self.host = "The service on this computer"
        self._auth = _Bearer(token)

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
        self._session.close()

    # -- account

    def sign_in(self, code: str, device_name: str = "") -> wire.SignedIn:
        """Exchange a one-time code for a token. Raises CodeNotGood."""
        body = encoding.encode(wire.SignIn(code=code, device_name=device_name))
        try:
            return self._call(wire.SignedIn, "POST", "/v1/sign-in", body=body, signed_in=False)
        except SignInAgain as error:
            raise CodeNotGood(host=self.host) from error

    def account(self) -> accounts.Account:
        return self._call(accounts.Account, "GET", "/v1/account")

    def keys(self) -> wire.SignerKeys:
        """The keys that receipts are signed with."""
        return self._call(wire.SignerKeys, "GET", "/v1/keys")

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

    # -- imports

    def start_import(
        self,
        kind: wire.ImportKind,
        file_name: str,
        content: bytes,
        artist: ArtistId | None = None,
        *,
        hints: Mapping[str, str] = MappingProxyType({}),
    ) -> wire.ImportJob:
        """Hand a file to the service, which reads it in the background.

        `hints` say what the file does not: artist_name, currency, month, issuer, name, take_artists,
        also_called, columns.
        """
        query = {"kind": kind.value, "file_name": file_name, **{k: v for k, v in hints.items() if v}}
        if artist is not None:
            query["artist"] = artist
        return self._call(
            wire.ImportJob,
            "POST",
            "/v1/imports",
            query=query,
            body=content,
            content_type="application/octet-stream",
        )

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
        signed_in: bool = True,
        patience_s: float = 0.0,
    ) -> Message:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = content_type
        try:
            answer = self._session.request(
                method,
                self.base_url + path,
                params=query,
                data=body,
                headers=headers,
                auth=self._auth if signed_in else _no_auth,
                timeout=(CONNECT_S, self._silence_s + patience_s),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                content = self._read(answer, self._whole_s + patience_s)
        except requests.exceptions.SSLError as error:
            raise NotSecure(host=self.host) from error
        except requests.exceptions.ContentDecodingError as error:
            raise self._nonsense("it cannot be unpacked") from error
        except requests.RequestException as error:
            raise Unreachable(host=self.host) from error
        if answer.status_code not in _OK:
            self._refuse(answer, content)
        self._check_type(answer, "application/json")
        try:
            return encoding.decode(message, content)
        except encoding.MalformedMessage as error:
            raise self._nonsense("it is not the answer to what was asked") from error

    def _read(self, answer: requests.Response, whole_s: float) -> bytes:
        """The body, within its limits of size and time."""
        limit = MAX_ANSWER_BYTES if answer.status_code in _OK else MAX_PROBLEM_BYTES
        declared = answer.headers.get("Content-Length", "")
        if declared.isdecimal() and int(declared) > limit:
            raise self._nonsense("it is far too large")
        ends = time.monotonic() + whole_s
        parts, size = [], 0
        for part in _chunks(answer):
            size += len(part)
            if size > limit:
                raise self._nonsense("it is far too large")
            if time.monotonic() > ends:
                raise Unreachable(host=self.host)
            parts.append(part)
        return b"".join(parts)

    def _check_type(self, answer: requests.Response, wanted: str) -> None:
        found = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if found == wanted:
            return
        if found in ("text/html", "application/xhtml+xml"):
            raise self._nonsense("it is a web page")
        raise self._nonsense("it is of another kind")

    def _nonsense(self, what: str) -> Nonsense:
        return Nonsense(host=self.host, what=what)

    def _refuse(self, answer: requests.Response, content: bytes) -> NoReturn:
        """The problem that a refusal is (RFC 9457), or that its status alone says."""
        status = answer.status_code
        if status == 429 or (status == 503 and "Retry-After" in answer.headers):
            busy = ServiceBusy(host=self.host)
            busy.retry_after_s = _retry_after_s(answer.headers.get("Retry-After", ""))
            raise busy
        if 300 <= status < 400:
            raise self._nonsense("it leads to another address")
        details = self._details(answer, content)
        if details is None:
            if status >= 500:
                raise ServiceFailed(host=self.host, status=status)
            if status == 401:
                raise SignInAgain(host=self.host)
            self._check_type(answer, "application/problem+json")
            raise self._nonsense(f"an error {status} without a reason")
        self._refuse_with(status, details)

    def _details(self, answer: requests.Response, content: bytes) -> wire.ProblemDetails | None:
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != "application/problem+json":
            return None
        try:
            return encoding.decode(wire.ProblemDetails, content)
        except encoding.MalformedMessage:
            return None

    def _refuse_with(self, status: int, details: wire.ProblemDetails) -> NoReturn:
        kind = _kind_of(details.type)
        detail = _words(details.detail or details.title)
        match kind, status:
            case ((wire.ProblemType.SEQUENCE_GAP | wire.ProblemType.STREAM_FORKED), _):
                raise StreamRefused(host=self.host)
            case wire.ProblemType.CURSOR_EXPIRED, _:
                raise CursorExpired(host=self.host)
            case wire.ProblemType.NOT_SIGNED_IN, _:
                raise SignInAgain(host=self.host)
            case wire.ProblemType.NOT_ALLOWED, _:
                raise NotAllowed(host=self.host, detail=detail)
            case wire.ProblemType.NOT_FOUND, _:
                raise NotFound(host=self.host)
            case wire.ProblemType.UNREADABLE_FILE, _:
                raise InputProblem("{what}", "{detail}", what=_words(details.title), detail=detail)
            case _, _ if status >= 500:
                raise ServiceFailed(host=self.host, status=status)
            case _:
                refused = RequestRefused(host=self.host, detail=detail.rstrip("."))
                refused.malformed = kind in (wire.ProblemType.MALFORMED, wire.ProblemType.TOO_LARGE)
                raise refused


def _address(url: str) -> tuple[str, bool]:
    """The host of an address and whether the way to it is encrypted. Raises Unreachable."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # both are checked when they are asked for
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise Unreachable("{host} is no address of a service", "Check the address", host=_words(url))
    return host, parts.scheme == "https"


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """In place of None, which would look into .netrc."""
    return request


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    chunks: Iterator[bytes] = answer.iter_content(_CHUNK_BYTES)
    return chunks


def _kind_of(uri: str) -> wire.ProblemType | None:
    return next((kind for kind in wire.ProblemType if wire.problem_uri(kind) == uri), None)


def _words(text: str) -> str:
    """Text of a service as one plain line."""
    plain = "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= _LONGEST_WORDS else plain[: _LONGEST_WORDS - 1] + "…"


def _retry_after_s(value: str) -> float | None:
    """Seconds, or a date (RFC 9110); None for anything else."""
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def row_of(kind: kinds.Kind, item: Any) -> wire.Row:
    """A row of a RowsPage."""
    return wire.decode_row(kind, item)
