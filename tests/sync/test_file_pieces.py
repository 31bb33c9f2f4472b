"""Pieces of a file over the line: what says which it is is taken, everything else is told in one sentence."""

from __future__ import annotations

import pytest

from artist_console.domain.ids import StatementId
from artist_console.domain.problems import Problem
from artist_console.sync.api import Api
from artist_console.sync.file_pieces import LINES_TYPE, FilePiece
from artist_console.sync.problems import EndedEarly, Nonsense, NotFound
from tests.sync.servers import answering, http, problem

HASH = "ab" * 32
TAG = f'ETag: "{HASH}"'
STATEMENT = StatementId("statement-1")


def piece(
    body: bytes, said: str = "bytes 10-13/20", *more: str, tag: str = TAG, status: str = "206 Partial Content"
) -> bytes:
    headers = tuple(header for header in (tag, f"Content-Range: {said}" if said else "", *more) if header)
    return http(body, status=status, kind=LINES_TYPE, headers=headers)


def test_a_piece_is_asked_for_by_its_range_and_says_what_it_is() -> None:
    with answering(piece(b"abcd")) as server, Api(server.base_url, "t") as api:
        assert api.statement_file(STATEMENT, 10, 4) == FilePiece(10, 20, HASH, b"abcd")
        head = server.asked[0].lower()
        assert head.startswith(b"get /v1/statements/statement-1/file ")
        assert b"range: bytes=10-13\r\n" in head


def test_a_service_that_knows_no_ranges_gives_all_of_it_to_who_asks_from_the_start() -> None:
    whole = piece(b"whole file", "", status="200 OK")
    with answering(whole) as server, Api(server.base_url, "t") as api:
        assert api.statement_file(STATEMENT, 0, 4) == FilePiece(0, 10, HASH, b"whole file")
    with answering(whole) as server, Api(server.base_url, "t") as api, pytest.raises(Nonsense):
        api.statement_file(STATEMENT, 4, 4)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (piece(b"abcd", "bytes 11-14/20"), Nonsense),
        (piece(b"abcd", "bytes 10-13/13"), Nonsense),
        (piece(b"abcd", "bytes 13-10/20"), Nonsense),
        (piece(b"abcd", "bytes */20"), Nonsense),
        (piece(b"abcd", ""), Nonsense),
        (piece(b"abcd", tag=""), Nonsense),
        (piece(b"abcd", tag='ETag: W/"1"'), Nonsense),
        (piece(b"abcde"), Nonsense),
        (piece(b"abc"), EndedEarly),
        (piece(b"", "", status="200 OK"), Nonsense),
        (http(b"<html>", kind="text/html"), Nonsense),
        (problem("not-found", 404), NotFound),
    ],
)
def test_another_answer_is_no_piece(answer: bytes, kind: type[Problem]) -> None:
    with answering(answer) as server, Api(server.base_url, "t") as api, pytest.raises(kind):
        api.statement_file(STATEMENT, 10, 4)
