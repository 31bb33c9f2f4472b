"""YouTube's public read-out, asked of a server on this computer that answers as the documentation says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from artist_console.domain.problems import Problem
from artist_console.sync.connection import Connection
from artist_console.sync.problems import Nonsense, ServiceBusy, ServiceFailed
from artist_console.sync.trainability import Trainability, VideoUnknown, WantsKey, read_trainability
from tests.sync.servers import Answering

VIDEO = "jNQXAC9IVRw"


def told(permitted: object, **more: object) -> bytes:
    said = {"kind": "youtube#videoTrainability", "etag": "x", "videoId": VIDEO, "permitted": permitted} | more
    return json.dumps(said).encode()


def answer(body: bytes, status: str = "200 OK", kind: str = "application/json; charset=UTF-8") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@contextmanager
def answering(content: bytes) -> Iterator[Answering]:
    server = Answering(content)
    try:
        yield server
    finally:
        server.stop()


def asked(content: bytes) -> Trainability:
    with answering(content) as server, closing(Connection(server.base_url)) as line:
        return read_trainability(line, VIDEO)


@pytest.mark.parametrize("permitted", [["all"], ["none"], ["Adobe", "Stability AI"]])
def test_what_is_permitted_is_read_as_it_is_answered(permitted: list[str]) -> None:
    assert asked(answer(told(permitted))) == Trainability(VIDEO, tuple(permitted))


def test_nothing_but_the_id_of_the_video_is_sent() -> None:
    with answering(answer(told(["none"]))) as server, closing(Connection(server.base_url)) as line:
        read_trainability(line, VIDEO)
    (request,) = server.asked
    assert request.startswith(b"GET /youtube/v3/videoTrainability?id=jNQXAC9IVRw HTTP/1.1\r\n")
    for header in (b"authorization", b"cookie", b"x-goog-api-key"):
        assert header not in request.lower()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (answer(b"{}", "404 Not Found"), VideoUnknown),
        (answer(b"{}", "400 Bad Request"), VideoUnknown),
        (answer(b"{}", "403 Forbidden"), WantsKey),
        (answer(b"{}", "429 Too Many Requests"), ServiceBusy),
        (answer(b"{}", "503 Service Unavailable"), ServiceFailed),
        (answer(b"", "302 Found"), Nonsense),
        (answer(b"{}", "418 Teapot"), Nonsense),
        (answer(b"<html>", kind="text/html"), Nonsense),
        (answer(b"{"), Nonsense),
        (answer(b"[]"), Nonsense),
        (answer(told([])), Nonsense),
        (answer(told([" "])), Nonsense),
        (answer(told(["x"] * 501)), Nonsense),
        (answer(told("all")), Nonsense),
        (answer(told(["all"], videoId="another_one")), Nonsense),
        (answer(told(["all"], kind="youtube#video")), Nonsense),
    ],
)
def test_everything_else_is_one_problem(content: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem) as caught:
        asked(content)
    assert caught.value.sentence.count(".") >= 1


def test_a_name_that_would_steer_a_terminal_is_one_plain_line() -> None:
    assert asked(answer(told(["Evil\x1b[31m\nCorp"]))).permitted == ("Evil [31m Corp",)
