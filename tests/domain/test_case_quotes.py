"""Which words count as those of a reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.case_quotes import stands_in

REPLY = "Dear Mara,\n\n> you asked\nWe don’t hold “Salt\n> Lines” – it was removed\nin May. Kind regards"


@pytest.mark.parametrize(
    "words",
    [
        'We don\'t hold "Salt Lines"',
        "“it was removed in May”",
        "we don’t hold … it was removed",
        "Dear Mara, […] Kind regards",
    ],
)
def test_line_breaks_quoting_and_shapes_of_signs_do_not_matter(words: str) -> None:
    assert stands_in(words, REPLY)


@pytest.mark.parametrize("words", ["We hold “Salt Lines”", "in May … it was removed", "", "…", " "])
def test_other_words_another_order_or_none_are_no_quotation(words: str) -> None:
    assert not stands_in(words, REPLY)


@given(st.text(max_size=40), st.text(max_size=40), st.text(alphabet="abcdef ", min_size=1))
def test_whatever_stands_there_is_found(before: str, after: str, words: str) -> None:
    assert stands_in(words, f"{before}\n{words}\n{after}") == bool(words.strip())
