"""The assertion of CAWG: written as 1.1 has it, read in every spelling that is about, and never a yes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.marks import MarkEntry, MarkUse, stating
from artist_console.domain.parties import Standing
from artist_console.domain.signal_terms import Signal, terms_of
from artist_console.domain.uses import Use
from artist_console.formats.c2pa_assertion import is_label, read, written

KEYS = tuple(term.key for term in terms_of(Signal.CAWG))
ENTRIES = st.lists(
    st.one_of(
        st.builds(MarkEntry, st.sampled_from(KEYS), st.just(MarkUse.NOT_ALLOWED)),
        st.builds(MarkEntry, st.sampled_from(KEYS), st.just(MarkUse.CONSTRAINED), st.text(max_size=50)),
    ),
    unique_by=lambda entry: entry.key,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(ENTRIES)
def test_what_is_written_is_read_back(entries: list[MarkEntry]) -> None:
    assert read(written(entries)) == tuple(entries)


@given(JSON)
def test_nothing_that_strangers_write_breaks_the_reader(data: Any) -> None:
    for entry in read(data):
        assert isinstance(entry.use, MarkUse)


@pytest.mark.parametrize("use", [MarkUse.ALLOWED, MarkUse.OTHER])
def test_a_yes_or_an_unknown_word_is_never_written(use: MarkUse) -> None:
    with pytest.raises(ValueError, match="does not state"):
        written([MarkEntry(KEYS[0], use)])


@given(st.dictionaries(st.sampled_from(Use), st.sampled_from(AnswerKind)))
def test_no_answers_of_any_kind_come_to_a_yes(answers: dict[Use, AnswerKind]) -> None:
    stated = stating(answers, Standing.UNKNOWN)
    assert {entry.use for entry in stated.entries} <= {MarkUse.NOT_ALLOWED, MarkUse.CONSTRAINED}
    for entry in stated.entries:
        meant = next(term.meant for term in terms_of(Signal.CAWG) if term.key == entry.key)
        refused = [answers.get(use) is AnswerKind.REFUSED for use in meant]
        assert any(refused)
        assert all(refused) is (entry.use is MarkUse.NOT_ALLOWED)


@given(st.dictionaries(st.sampled_from(Use), st.sampled_from(AnswerKind)), st.sampled_from(Use))
def test_one_more_refusal_never_states_less(answers: dict[Use, AnswerKind], use: Use) -> None:
    order = (None, MarkUse.CONSTRAINED, MarkUse.NOT_ALLOWED)
    before = {entry.key: entry.use for entry in stating(answers, Standing.UNKNOWN).entries}
    more = {
        entry.key: entry.use
        for entry in stating(answers | {use: AnswerKind.REFUSED}, Standing.UNKNOWN).entries
    }
    for key in KEYS:
        assert order.index(more.get(key)) >= order.index(before.get(key))


def test_the_older_label_and_keys_are_read_as_the_same() -> None:
    data = {
        "entries": {"c2pa.ai_generative_training": {"use": "notAllowed"}, "c2pa.other": {"use": "allowed"}}
    }
    assert read(data) == (
        MarkEntry("cawg.ai_generative_training", MarkUse.NOT_ALLOWED),
        MarkEntry("c2pa.other", MarkUse.ALLOWED),
    )
    assert is_label("c2pa.training-mining")
    assert is_label("cawg.training-mining__2")
    assert not is_label("cawg.training-mining.more")


@pytest.mark.parametrize("name", ["constraint_info", "constraints_info"])
def test_version_1_0_without_its_wrapper_and_both_names_of_the_constraints_are_read(name: str) -> None:
    data = {"cawg.data_mining": {"use": "constrained", name: "https://example.org/ask"}}
    assert read(data) == (MarkEntry("cawg.data_mining", MarkUse.CONSTRAINED, "https://example.org/ask"),)


def test_of_one_key_in_both_spellings_the_stricter_counts() -> None:
    data = {"entries": {"c2pa.data_mining": {"use": "notAllowed"}, "cawg.data_mining": {"use": "allowed"}}}
    assert read(data) == (MarkEntry("cawg.data_mining", MarkUse.NOT_ALLOWED),)


def test_an_unknown_word_is_told_as_such() -> None:
    assert read({"entries": {"cawg.ai_training": {"use": "maybe"}}}) == (
        MarkEntry("cawg.ai_training", MarkUse.OTHER),
    )
