"""The browser's way back (RFC 8252, 7.3): listens on this computer for one answer, and for nothing else.

Whatever else comes in, from another program or a page in the browser, is answered and has no effect: only the
request with the right path, state and issuer counts. No thread is started: the caller waits in here, and is
woken by the answer, by a cancellation or by the deadline.
"""

from __future__ import annotations

import contextlib
import hmac
import re
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

from artist_console.formats.sign_in_wire import REDIRECT_PATH
from artist_console.host.secret_text import SecretText

from .cancelling import Cancellation
from .redirect_pages import BUSY, DENIED, DONE, NOT_THIS, answer

_LOOPBACK = "127.0.0.1"  # never "localhost", which may lead elsewhere
_LONGEST_HEAD = 16 * 1024
_MOST_CONNECTIONS = 32  # browsers open some for later use; the oldest makes room
_DRAINED = 8  # reads of what a caller sent too much
_SLOWEST_S = 10.0  # for the head of a request
_LONGEST_CODE = 2_000
_MOST_FIELDS = 20
_REQUEST_LINE = re.compile(rb"([A-Z]{1,16}) ([!-~]{1,12000}) HTTP/1\.[01]")


@dataclass(frozen=True, slots=True)
class Awaited:
    """What the right answer has."""

    state: SecretText
    issuer: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The browser brought a code."""

    code: SecretText


@dataclass(frozen=True, slots=True)
class Refused:
    """The service does not go on: declined by the person, or another error of RFC 6749, 4.1.2.1."""

    error: str


@dataclass(eq=False)
class _Caller:
    """One connection and what has come in on it."""

    line: socket.socket
    since: float
    head: bytes = field(default=b"", repr=False)


class Redirect:
    """Listens from the moment it is made until it is closed. Raises OSError where that is not possible."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._callers: list[_Caller] = []
        self._listening = socket.create_server((_LOOPBACK, 0), backlog=_MOST_CONNECTIONS)
        self._listening.setblocking(False)
        self._port = self._listening.getsockname()[1]
        self._woken, self._wake = socket.socketpair()
        self._woken.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)

    @property
    def uri(self) -> str:
        return f"http://{_LOOPBACK}:{self._port}{REDIRECT_PATH}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for caller in list(self._callers):
            self._drop(caller)
        self._selector.close()
        for line in (self._listening, self._woken, self._wake):
            line.close()

    def wait(self, awaited: Awaited, cancel: Cancellation, within_s: float) -> Confirmed | Refused | None:
        """The answer; None when none came in time. Raises SignInStopped."""
        ends = self._clock_s() + within_s
        with cancel.waking(self._wake_up):
            while (now := self._clock_s()) < ends:
                cancel.check()
                found = self._look(awaited, self._patience(now, ends))
                if found is not None:
                    return found
            cancel.check()
        return None

    def _wake_up(self) -> None:
        with contextlib.suppress(OSError):
            self._wake.send(b"!")

    def _patience(self, now: float, ends: float) -> float:
        """Until the end, or until a slow caller has had its time."""
        return max(0.0, min([ends, *(caller.since + _SLOWEST_S for caller in self._callers)]) - now)

    def _look(self, awaited: Awaited, patience_s: float) -> Confirmed | Refused | None:
        for key, _ in self._selector.select(patience_s):
            if key.fileobj is self._listening:
                self._let_in()
            elif isinstance(key.data, _Caller) and key.data in self._callers:
                found = self._hear(key.data, awaited)
                if found is not None:
                    return found
        late = self._clock_s() - _SLOWEST_S
        for caller in [caller for caller in self._callers if caller.since <= late]:
            self._drop(caller)
        return None

    def _let_in(self) -> None:
        try:
            line, _ = self._listening.accept()
        except OSError:
            return  # it has gone again
        line.setblocking(False)
        if len(self._callers) >= _MOST_CONNECTIONS:
            self._tell(self._callers[0], 503, BUSY)
        caller = _Caller(line, self._clock_s())
        self._callers.append(caller)
        self._selector.register(line, selectors.EVENT_READ, caller)

    def _hear(self, caller: _Caller, awaited: Awaited) -> Confirmed | Refused | None:
        try:
            part = caller.line.recv(_LONGEST_HEAD)
        except BlockingIOError:
            return None
        except OSError:
            part = b""
        if not part:
            self._drop(caller)
            return None
        caller.head += part
        if len(caller.head) > _LONGEST_HEAD:
            self._tell(caller, 431, NOT_THIS)
            return None
        head, complete, _ = caller.head.partition(b"\r\n\r\n")
        if not complete:
            return None
        status, found = _read(head, f"{_LOOPBACK}:{self._port}", awaited)
        pages = {Confirmed: DONE, Refused: DENIED}
        self._tell(caller, status, pages.get(type(found), NOT_THIS))
        return found

    def _tell(self, caller: _Caller, status: int, page: str) -> None:
        # One small write into an empty buffer; who does not read it has no claim to it.
        with contextlib.suppress(OSError):
            caller.line.send(answer(status, page))
            caller.line.shutdown(socket.SHUT_WR)
            for _ in range(_DRAINED):
                caller.line.recv(_LONGEST_HEAD)  # unread, it would take the answer away from the caller
        self._drop(caller)

    def _drop(self, caller: _Caller) -> None:
        self._callers.remove(caller)
        self._selector.unregister(caller.line)
        caller.line.close()


def _read(head: bytes, host: str, awaited: Awaited) -> tuple[int, Confirmed | Refused | None]:
    """The status to answer with, and the answer of the service where this is it."""
    first, *rest = head.split(b"\r\n")
    asked = _REQUEST_LINE.fullmatch(first)
    if asked is None:
        return 400, None
    method, target = asked[1], asked[2].decode("ascii")
    # A page elsewhere can make a browser ask here under a name of its own (DNS rebinding).
    if [line.partition(b":")[2].strip() for line in rest if line.lower().startswith(b"host:")] != [
        host.encode()
    ]:
        return 400, None
    path, _, query = target.partition("?")
    if path != REDIRECT_PATH:
        return 404, None
    if method != b"GET":
        return 405, None
    found = _found(query, awaited)
    return (400, None) if found is None else (200, found)


def _found(query: str, awaited: Awaited) -> Confirmed | Refused | None:
    try:
        pairs = parse_qsl(query, strict_parsing=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except (ValueError, UnicodeError):
        return None
    fields = dict(pairs)
    if len(fields) != len(pairs):  # RFC 6749, 3.1: no parameter twice
        return None
    if not hmac.compare_digest(fields.get("state", "").encode(), awaited.state.reveal().encode()):
        return None
    code, error, issuer = fields.get("code", ""), fields.get("error", ""), fields.get("iss")
    if error and not code and issuer in (awaited.issuer, None):
        return Refused(error[:100])
    # RFC 9207, 2.4: a code without the issuer may come from another server that was mixed in.
    if error or issuer != awaited.issuer or not 0 < len(code) <= _LONGEST_CODE:
        return None
    return Confirmed(SecretText(code))
