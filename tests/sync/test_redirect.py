"""The browser's way back: the one right answer counts, whatever else comes in, and nothing is left behind."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from artist_console.host.secret_text import SecretText
from artist_console.sync.cancelling import Cancellation
from artist_console.sync.redirect import Awaited, Confirmed, Redirect, Refused
from artist_console.sync.sign_in_problems import SignInStopped

STATE, ISSUER = "the-right-state", "https://music.example"
GOOD = {"code": "the-code", "state": STATE, "iss": ISSUER}
Found = Confirmed | Refused | None


class Waiting:
    """A listener that waits in another thread, and what it is told."""

    def __init__(self, redirect: Redirect, pool: ThreadPoolExecutor, within_s: float) -> None:
        self.redirect, self.cancel = redirect, Cancellation()
        self.port = int(redirect.uri.split(":")[2].split("/")[0])
        awaited = Awaited(SecretText(STATE), ISSUER)
        self.found: Future[Found] = pool.submit(redirect.wait, awaited, self.cancel, within_s)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def send(self, request: bytes) -> bytes:
        """What is answered to raw bytes."""
        with self.connect() as line:
            line.sendall(request)
            return _all(line)

    def get(self, fields: dict[str, str], *, path: str = "/signed-in", method: str = "GET") -> bytes:
        return self.send(self.request(f"{path}?{urlencode(fields)}", method))

    def request(self, target: str, method: str = "GET", host: str = "") -> bytes:
        return f"{method} {target} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{self.port}'}\r\n\r\n".encode()

    def still_waits(self) -> None:
        """The right answer still counts: nothing before it ended or confused the wait."""
        assert not self.found.done()
        assert self.get(GOOD).startswith(b"HTTP/1.1 200 OK")
        found = self.found.result(10)
        assert isinstance(found, Confirmed)
        assert found.code.reveal() == "the-code"


def _all(line: socket.socket) -> bytes:
    read = b""
    while part := line.recv(65536):
        read += part
    return read


@contextmanager
def listening(within_s: float = 30, clock_s: object = None) -> Iterator[Waiting]:
    redirect = Redirect(clock_s) if callable(clock_s) else Redirect()
    with ThreadPoolExecutor(1) as pool, redirect:
        waiting = Waiting(redirect, pool, within_s)
        try:
            yield waiting
        finally:
            waiting.cancel.cancel()


def test_the_answer_of_the_browser_is_taken_and_a_small_page_is_shown() -> None:
    with listening() as waiting:
        page = waiting.get(GOOD)
        found = waiting.found.result(10)
    assert isinstance(found, Confirmed)
    assert found.code.reveal() == "the-code"
    assert b"You can close this window." in page
    assert b"the-code" not in page
    assert b"Cache-Control: no-store" in page
    assert b"Content-Security-Policy: default-src 'none'" in page


def test_it_listens_on_this_computer_alone_at_a_port_of_its_own() -> None:
    with listening() as one, listening() as other:
        assert one.redirect.uri == f"http://127.0.0.1:{one.port}/signed-in"
        assert one.port != other.port


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"code": "c"},
        GOOD | {"state": "another"},
        GOOD | {"state": ""},
        {"code": "c", "iss": ISSUER},
        {"code": "c", "state": STATE},
        GOOD | {"iss": "https://other.example"},
        GOOD | {"iss": ISSUER + "/"},
        GOOD | {"iss": ""},
        {"state": STATE, "iss": ISSUER},
        GOOD | {"code": ""},
        GOOD | {"code": "x" * 2_001},
        GOOD | {"error": "access_denied"},
        {"error": "access_denied"},
        {"error": "access_denied", "state": "another", "iss": ISSUER},
        {"error": "access_denied", "state": STATE, "iss": "https://other.example"},
        GOOD | {f"f{number}": "x" for number in range(30)},
    ],
)
def test_an_answer_that_is_not_the_right_one_has_no_effect(fields: dict[str, str]) -> None:
    with listening() as waiting:
        assert waiting.get(fields).startswith(b"HTTP/1.1 400 ")
        waiting.still_waits()


@pytest.mark.parametrize(
    "path", ["/", "/signed-in/", "/Signed-In", "//signed-in", "/x/signed-in", "/favicon.ico"]
)
def test_another_path_has_no_effect(path: str) -> None:
    with listening() as waiting:
        assert waiting.get(GOOD, path=path).startswith(b"HTTP/1.1 404 ")
        waiting.still_waits()


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "OPTIONS", "DELETE"])
def test_another_method_has_no_effect(method: str) -> None:
    with listening() as waiting:
        assert waiting.get(GOOD, method=method).startswith(b"HTTP/1.1 405 ")
        waiting.still_waits()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "music.example", "127.0.0.1:1"])
def test_a_request_under_another_name_of_this_computer_has_no_effect(host: str) -> None:
    with listening() as waiting:
        request = waiting.request(f"/signed-in?{urlencode(GOOD)}", host=host)
        assert waiting.send(request).startswith(b"HTTP/1.1 400 ")
        waiting.still_waits()


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"GET /signed-in\r\n\r\n",
        b"GET /signed-in HTTP/1.1\r\n\r\n",
        b"GET /signed-in HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /signed-in?code=\xff HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET http://127.0.0.1/signed-in HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: x\r\n\r\n",
    ],
)
def test_noise_has_no_effect(request_bytes: bytes) -> None:
    with listening() as waiting:
        assert waiting.send(request_bytes).startswith(b"HTTP/1.1 400 ")
        waiting.still_waits()


def test_a_field_that_comes_twice_has_no_effect() -> None:
    with listening() as waiting:
        target = f"/signed-in?{urlencode(GOOD)}&code=other"
        assert waiting.send(waiting.request(target)).startswith(b"HTTP/1.1 400 ")
        waiting.still_waits()


def test_a_request_without_end_is_cut_off() -> None:
    with listening() as waiting:
        with waiting.connect() as line:
            try:
                for _ in range(64):
                    line.sendall(b"X-Padding: " + b"a" * 4_000 + b"\r\n")
                assert not _all(line).startswith(b"HTTP/1.1 200")
            except ConnectionError:
                pass  # cut off before all of it was sent
        waiting.still_waits()


def test_callers_that_say_nothing_hold_nobody_up() -> None:
    with listening() as waiting:
        silent = [waiting.connect() for _ in range(40)]  # more than are let in at a time
        half = waiting.connect()
        half.sendall(b"GET /signed-in?code=")
        try:
            waiting.still_waits()
        finally:
            for line in (*silent, half):
                line.close()


def test_a_caller_that_is_too_slow_is_dropped() -> None:
    now = [0.0]
    with listening(clock_s=lambda: now[0]) as waiting, waiting.connect() as slow:
        slow.sendall(b"GET /signed-in HTTP/1.1\r\n")
        waiting.send(b"one\r\n\r\n")  # answered, so the slow one has been let in
        now[0] = 11.0
        waiting.send(b"two\r\n\r\n")
        assert slow.recv(100) == b""
        waiting.still_waits()


def test_a_browser_that_hangs_up_at_once_has_no_effect() -> None:
    with listening() as waiting:
        for _ in range(10):
            waiting.connect().close()
        waiting.still_waits()


def test_a_person_who_declines_ends_the_wait() -> None:
    with listening() as waiting:
        page = waiting.get({"error": "access_denied", "state": STATE, "iss": ISSUER})
        assert waiting.found.result(10) == Refused("access_denied")
    assert b"declined" in page


def test_nothing_that_came_in_stands_on_a_page() -> None:
    with listening() as waiting:
        page = waiting.get(
            GOOD | {"state": "<script>alert(1)</script>", "error_description": "<b>call us</b>"}
        )
        assert b"script" not in page.partition(b"\r\n\r\n")[2]
        assert b"call us" not in page


def test_it_ends_at_once_when_it_is_stopped() -> None:
    with listening(within_s=3_600) as waiting:
        waiting.send(b"one\r\n\r\n")  # it waits by now
        waiting.cancel.cancel()
        with pytest.raises(SignInStopped):
            waiting.found.result(5)


def test_it_does_not_begin_to_wait_once_it_was_stopped() -> None:
    cancel = Cancellation()
    cancel.cancel()
    with Redirect() as redirect, pytest.raises(SignInStopped):
        redirect.wait(Awaited(SecretText(STATE), ISSUER), cancel, 3_600)


def test_it_ends_by_itself_when_nobody_comes() -> None:
    with Redirect() as redirect:
        assert redirect.wait(Awaited(SecretText(STATE), ISSUER), Cancellation(), 0.05) is None


def test_nothing_is_left_behind() -> None:
    before = set(threading.enumerate())
    with Redirect() as redirect:
        port = int(redirect.uri.split(":")[2].split("/")[0])
        assert redirect.wait(Awaited(SecretText(STATE), ISSUER), Cancellation(), 0.01) is None
        assert set(threading.enumerate()) == before
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_of_many_answers_at_once_one_is_taken() -> None:
    for _ in range(20):
        with listening() as waiting, ThreadPoolExecutor(8) as pool:
            codes = [f"code-{number}" for number in range(8)]

            def ask(code: str, waiting: Waiting = waiting) -> None:
                with contextlib.suppress(OSError):  # it listens no longer
                    waiting.get(GOOD | {"code": code})

            for code in codes:
                pool.submit(ask, code)
            found = waiting.found.result(10)
            waiting.redirect.close()  # lets go of the others
            assert isinstance(found, Confirmed)
            assert found.code.reveal() in codes
