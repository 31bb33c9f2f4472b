"""The line between a client and the service: the client's own `Api`, with bytes handed over in place of HTTP.

What may befall a call is planned for the calls of one round by their number. Nothing waits: a black hole is
an answer that is lost, a late request is one that is carried out when the world says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from artist_console.formats import wire
from artist_console.host.secret_text import SecretText
from artist_console.sync.answered import Answered
from artist_console.sync.api import Api
from artist_console.sync.problems import Unreachable
from artist_console.sync.tokens import FixedToken

from .host import Answer, Host, Message


class Harm(Enum):
    """What happens to one call."""

    LOST_REQUEST = "request lost"
    LOST_REPLY = "reply lost"  # carried out, and nothing comes back
    DOUBLED = "doubled"  # carried out twice, the second answer comes back
    DOUBLED_FIRST = "doubled, first answer"
    LATE = "late"  # not heard of again here, and carried out at some later time
    COPIED = "copied"  # carried out now, and once more at some later time
    FAILED_BEFORE = "500 before"
    FAILED_AFTER = "500 after"  # carried out, and then an error is told
    BUSY = "429"
    BUSY_AFTER = "503 after"  # carried out, and then asked to try again later
    SIGNED_OUT = "401"
    TORN = "torn"  # carried out, half of the answer comes back


NO_HARM: Mapping[int, Harm] = MappingProxyType({})


class Line:
    """Between one device and the host."""

    def __init__(self, host: Host, late: list[Message]) -> None:
        self._host = host
        self._late = late  # shared by all lines of a world
        self._plan: Mapping[int, Harm] = NO_HARM
        self._calls = 0
        self.met: list[Harm] = []
        self.pushed: list[Message] = []  # every push that ever went out, to be sent again in the end

    @property
    def time(self) -> datetime:
        """The clock of the other side, as each of its answers tells."""
        return self._host.clock()

    def plan(self, harm: Mapping[int, Harm]) -> None:
        """Count calls anew, from 0, and do this to those numbered so."""
        self._plan, self._calls = harm, 0

    def calm(self) -> None:
        self.plan(NO_HARM)

    def ask(self, message: Message) -> Answer | None:
        """The answer to a request; None where nothing comes back."""
        harm = self._plan.get(self._calls)
        self._calls += 1
        if message.path == "/v1/push":
            self.pushed.append(message)
        if harm is None:
            return self._host.answer(message)
        self.met.append(harm)
        return self._harmed(harm, message)

    def _harmed(self, harm: Harm, message: Message) -> Answer | None:
        answer = self._host.answer
        match harm:
            case Harm.LOST_REQUEST:
                return None
            case Harm.LATE:
                self._late.append(message)
                return None
            case Harm.LOST_REPLY:
                answer(message)
                return None
            case Harm.DOUBLED:
                answer(message)
                return answer(message)
            case Harm.DOUBLED_FIRST:
                first = answer(message)
                answer(message)
                return first
            case Harm.COPIED:
                self._late.append(message)
                return answer(message)
            case Harm.FAILED_BEFORE:
                return Answer(500, b"")
            case Harm.FAILED_AFTER:
                answer(message)
                return Answer(502, b"<html>", (("Content-Type", "text/html"),))
            case Harm.BUSY:
                return Answer(429, b"", (("Retry-After", "120"),))
            case Harm.BUSY_AFTER:
                answer(message)
                return Answer(503, b"", (("Retry-After", "30"),))
            case Harm.SIGNED_OUT:
                return Answer(401, b"")
            case Harm.TORN:
                whole = answer(message)
                return Answer(whole.status, whole.body[: len(whole.body) // 2], whole.headers)


class Carrier:
    """In place of the client's connection: the same bytes, head and body, without the network."""

    address = "https://harmonia.example"
    host = "Harmonia"

    def __init__(self, line: Line, clock: Callable[[], datetime]) -> None:
        self._line = line
        self._clock = clock

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str],
        body: bytes | None,
        headers: Mapping[str, str],
        token: SecretText | None,
        patience_s: float,
    ) -> Answered:
        """As `Connection.ask`. Raises Unreachable where nothing comes back."""
        # The application tells the clock of its computer; here that is the device's own.
        sent = {**headers, wire.CLOCK_HEADER: self._clock().isoformat(timespec="seconds")}
        message = Message(
            token.reveal() if token else "",
            method,
            path,
            tuple(query.items()),
            body or b"",
            tuple(sent.items()),
        )
        answer = self._line.ask(message)
        if answer is None:
            raise Unreachable(host=self.host)
        date = ("Date", format_datetime(self._line.time, usegmt=True))
        return Answered(answer.status, dict((*answer.headers, date)), answer.body)

    def close(self) -> None:
        """There is nothing to close."""


class DirectApi(Api):
    """The client's calls over a line; everything but the carrying is the client's own code."""

    def __init__(self, token: str, line: Line, clock: Callable[[], datetime]) -> None:
        carrier: Any = Carrier(line, clock)
        self._line = carrier
        self.base_url, self.host = carrier.address, carrier.host
        self._tokens = FixedToken(SecretText(token), carrier.host)
        self.heard_at = None


__all__ = ["NO_HARM", "DirectApi", "Harm", "Line"]
