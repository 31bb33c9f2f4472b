"""Canonical JSON: one spelling, and nothing that could be rounded."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.canonical import NotCanonical, canonical_bytes, canonical_sha256

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_LEAF = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT
_RECORD = st.recursive(
    _LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4)
)


def test_keys_are_ordered_by_utf_16_units_and_spaces_are_gone() -> None:
    # RFC 8785, 3.2.3: the emoji sorts before U+FB33 because its first surrogate does.
    assert canonical_bytes({"\ufb33": 1, "\U0001f600": 2, "a": [True, None]}) == (
        '{"a":[true,null],"\U0001f600":2,"\ufb33":1}'.encode()
    )


@given(_RECORD)
def test_a_record_is_read_back_as_it_was(record: object) -> None:
    assert json.loads(canonical_bytes(record)) == record


@given(_RECORD)
def test_the_bytes_are_those_of_the_reference(record: object) -> None:
    assert canonical_bytes(record) == rfc8785.dumps(record)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["".join(map(chr, range(256))), "\u2028\u2029\ufffd\U0001f600"])
def test_signs_are_escaped_as_the_reference_does(text: str) -> None:
    assert canonical_bytes({text[0]: text}) == rfc8785.dumps({text[0]: text})


@given(st.dictionaries(_TEXT, _LEAF, min_size=2))
def test_the_order_in_which_keys_were_set_does_not_matter(record: dict[str, object]) -> None:
    turned = dict(reversed(list(record.items())))
    assert canonical_sha256(turned) == canonical_sha256(record)


@pytest.mark.parametrize("value", [0.1, {"amount": 1.0}, [{"deep": [2.5]}], 2**53, "\ud800"])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)
