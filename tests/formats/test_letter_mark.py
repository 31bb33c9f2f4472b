"""The mark by which a PDF of a letter is told: put behind the end, found again, nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.letter_mark import marked_letter, with_mark


@given(st.binary(max_size=500), st.uuids())
def test_a_mark_is_found_again(body: bytes, id: object) -> None:
    assert marked_letter(with_mark(body, str(id))) == str(id)


@given(st.binary(max_size=500))
def test_a_file_without_one_bears_none(body: bytes) -> None:
    assert marked_letter(body) == ""


def test_a_mark_that_does_not_stand_at_the_end_is_none() -> None:
    assert marked_letter(with_mark(b"%PDF-1.7", "a") + b"more") == ""
