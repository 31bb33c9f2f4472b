"""A line between a real client and a real service that does harm by plan: TCP on both sides, no HTTP library.

It reads just enough of HTTP to know where a request and its answer end, so that harm falls before, in or
after one of them. One thread a connection; a client that asks one thing at a time is answered in its order,
so that the same plan does the same harm again.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Mapping
from enum import Enum
from types import TracebackType
from typing import Self

_LOOPBACK = "127.0.0.1"
_PART = 65536
_HEAD_END = b"\r\n\r\n"
_PATIENCE_S = 60.0  # longer than anything here takes: a thread that hangs is a fault of the test
_SLOW_PARTS, _SLOW_PAUSE_S = 4, 0.01


class Harm(Enum):
    """What happens to one request and its answer."""

    REFUSE = "refuse"  # nobody listens
    RESET = "reset"  # the request is taken, then the connection is reset (RST)
    CUT_BEFORE_REQUEST = "cut before the request"  # the client sent it, nothing was delivered
    CUT_IN_REQUEST = "cut in the request"
    CUT_AFTER_REQUEST = "cut after the request"  # it was delivered and carried out, nothing comes back
    CUT_IN_ANSWER = "cut in the answer"
    CUT_AFTER_ANSWER = "cut after the answer"
    SWALLOW_REQUEST = "black hole before the service"
    SWALLOW_ANSWER = "black hole behind the service"
    DUPLICATE = "duplicate"  # delivered twice, the second answer comes back
    TWICE_AT_ONCE = "duplicate, at once"  # delivered by two connections, the first answer comes back
    REPLAY_LATER = "duplicate, late"  # delivered once more after the request that follows it
    SLOW = "slow"


class Proxy:
    """Listens on `port` and hands on to a service; `harm` says what befalls which of the coming requests."""

    def __init__(self, target: str) -> None:
        self._target = _address(target)
        self._plan: dict[int, Harm] = {}
        self._count = 0
        self._late: bytes | None = None
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._guard = threading.Lock()
        self._listening: socket.socket | None = None
        self.done: Counter[Harm] = Counter()
        self.port = 0
        self._listen()

    @property
    def base_url(self) -> str:
        return f"http://{_LOOPBACK}:{self.port}"

    def aim(self, target: str) -> None:
        """Hand on to another service from now on: the former one was restarted elsewhere."""
        self._target = _address(target)

    def harm(self, plan: Mapping[int, Harm]) -> None:
        """Count requests anew, and do this to those numbered so, from 0. Nothing to any other."""
        self._plan = dict(plan)
        self._count = 0
        if self._plan.get(0) is Harm.REFUSE:
            self._stop_listening()
            self.done[Harm.REFUSE] += 1
        elif self._listening is None:
            self._listen()

    def calm(self) -> None:
        """Drop every connection, as a changed network does, and do no harm from now on."""
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_PATIENCE_S)
            assert not thread.is_alive(), "a connection of the proxy does not end"
        self._threads.clear()
        self.harm({})

    def close(self) -> None:
        self._stop_listening()
        self.calm()
        self._stop_listening()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- listening

    def _listen(self) -> None:
        listening = socket.create_server((_LOOPBACK, self.port))
        self.port = listening.getsockname()[1]
        self._listening = listening
        thread = threading.Thread(target=self._accept, args=(listening,), name="proxy", daemon=True)
        thread.start()
        self._acceptor = thread

    def _stop_listening(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            if threading.current_thread() is not self._acceptor:
                self._acceptor.join(_PATIENCE_S)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), name="proxied", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(_PATIENCE_S)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.add(client)
        try:
            with client:
                while self._exchange(client):
                    pass
        except OSError:
            pass  # either side has gone: that is what this line is for
        finally:
            self._open.discard(client)

    # -- one request and its answer

    def _exchange(self, client: socket.socket) -> bool:
        """Hand on one request with what is planned for it; gives whether the connection goes on."""
        first = client.recv(1)
        if not first:
            return False
        with self._guard:
            number, self._count = self._count, self._count + 1
        harm = self._plan.get(number)
        next_is_refused = self._plan.get(number + 1) is Harm.REFUSE
        if harm not in (None, Harm.REFUSE, Harm.REPLAY_LATER):
            self.done[harm] += 1
        request = first + _message(client)
        return self._carry_out(client, request, harm, next_is_refused=next_is_refused)

    def _carry_out(
        self, client: socket.socket, request: bytes, harm: Harm | None, *, next_is_refused: bool
    ) -> bool:
        match harm:
            case Harm.CUT_BEFORE_REQUEST:
                return False
            case Harm.RESET:
                _reset(client)
                return False
            case Harm.CUT_IN_REQUEST:
                self._deliver_half(request)
                return False
            case Harm.CUT_AFTER_REQUEST:
                self._ask(request)
                return False
            case Harm.SWALLOW_REQUEST:
                _until_gone(client)
                return False
            case Harm.SWALLOW_ANSWER:
                self._ask(request)
                _until_gone(client)
                return False
            case Harm.DUPLICATE:
                self._ask(request)
                answer = self._ask(request)
            case Harm.TWICE_AT_ONCE:
                answer = self._ask_by_two(request)
            case _:
                answer = self._ask(request)
        late, self._late = self._late, request if harm is Harm.REPLAY_LATER else None
        if late is not None:
            self._ask(late)
            self.done[Harm.REPLAY_LATER] += 1
        return self._answer(client, answer, harm, next_is_refused=next_is_refused)

    def _answer(
        self, client: socket.socket, answer: bytes, harm: Harm | None, *, next_is_refused: bool
    ) -> bool:
        if next_is_refused:
            # The client is told to connect anew, and by then nobody listens.
            self._stop_listening()
            self.done[Harm.REFUSE] += 1
            answer = answer.replace(b"\r\n", b"\r\nconnection: close\r\n", 1)
        if harm is Harm.CUT_IN_ANSWER:
            client.sendall(answer[: len(answer) // 2])
            return False
        if harm is Harm.SLOW:
            size = len(answer) // _SLOW_PARTS + 1
            for start in range(0, len(answer), size):
                client.sendall(answer[start : start + size])
                time.sleep(_SLOW_PAUSE_S)
        else:
            client.sendall(answer)
        return not (next_is_refused or harm is Harm.CUT_AFTER_ANSWER)

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(self._target, _PATIENCE_S) as service:
            service.sendall(request)
            return _message(service)

    def _ask_by_two(self, request: bytes) -> bytes:
        answers: list[bytes] = []
        both = [threading.Thread(target=lambda: answers.append(self._ask(request))) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        return answers[0]

    def _deliver_half(self, request: bytes) -> None:
        with socket.create_connection(self._target, _PATIENCE_S) as service:
            service.sendall(request[: len(request) // 2])


def _address(url: str) -> tuple[str, int]:
    host, _, port = url.removeprefix("http://").partition(":")
    return host, int(port)


def _message(connection: socket.socket) -> bytes:
    """The rest of a head and the body it declares. Raises ConnectionError where they end too soon."""
    read = bytearray()
    while _HEAD_END not in read:
        read += _more(connection)
    head_size = read.index(_HEAD_END) + len(_HEAD_END)
    size = head_size + _declared(bytes(read[:head_size]))
    while len(read) < size:
        read += _more(connection)
    assert len(read) == size, "neither side sends the next thing before it was answered"
    return bytes(read)


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(_PART)
    if not part:
        raise ConnectionError("ended within a message")
    return part


def _declared(head: bytes) -> int:
    lengths = [
        line.partition(b":")[2] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    assert b"transfer-encoding" not in head.lower(), "both sides declare the size of what they send"
    return int(lengths[0]) if lengths else 0


def _reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN: what was not read yet is thrown away on the other side."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _until_gone(client: socket.socket) -> None:
    """Say nothing until the other side gives up."""
    while client.recv(_PART):
        pass
