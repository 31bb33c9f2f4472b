"""The one table of what our uses are called in signals for machines."""

from __future__ import annotations

import pytest

from artist_console.domain.signal_terms import (
    AIPREF_SEARCH,
    AIPREF_TRAINING,
    CAWG_INFERENCE,
    SIGNALS,
    TDM_RESERVATION,
    TERMS,
    Signal,
    keys_for,
    term,
    terms_of,
)
from artist_console.domain.uses import Family, Use, uses_of
from artist_console.formats.ern_deals import AI_USES


def test_every_use_has_its_row() -> None:
    assert set(TERMS) == set(Use)


def test_a_use_without_any_term_says_so_in_a_sentence() -> None:
    for use, terms in TERMS.items():
        if not any(keys_for(use, signal) for signal in Signal):
            assert terms.cannot.endswith("."), use


def test_a_term_never_means_and_merely_reaches_the_same_use() -> None:
    for signal in Signal:
        for found in terms_of(signal):
            assert not set(found.meant) & set(found.reached)
            assert found.meant or found.key == AIPREF_SEARCH


def test_wider_terms_are_terms_that_exist() -> None:
    for terms in TERMS.values():
        for signal, key in terms.reached_by:
            assert term(signal, key).key == key


def test_training_of_generative_models_is_what_content_usage_means() -> None:
    found = term(Signal.AIPREF, AIPREF_TRAINING)
    assert found.meant == (Use.TRAIN_GENERATIVE, Use.TRAIN_FINETUNE)
    assert found.reached == (Use.TRAIN_LYRICS, Use.TRAIN_VOICE)


def test_a_mining_reservation_needs_a_no_to_training_and_to_research() -> None:
    assert term(Signal.TDMREP, TDM_RESERVATION).meant == (
        Use.TRAIN_GENERATIVE,
        Use.TRAIN_NONGENERATIVE,
        Use.TRAIN_FINETUNE,
        Use.RESEARCH_MIR,
    )


def test_what_a_model_is_given_is_said_by_marks_in_files_alone() -> None:
    assert term(Signal.CAWG, CAWG_INFERENCE).meant == uses_of(Family.GENERATION)
    assert not any(keys_for(Use.GEN_COVER, signal) for signal in (Signal.AIPREF, Signal.TDMREP))


def test_release_messages_are_read_with_the_same_words() -> None:
    """Fine-tuning is written as training, which messages do not tell apart when they are read."""
    for use in (Use.TRAIN_GENERATIVE, Use.TRAIN_NONGENERATIVE, Use.RESEARCH_MIR):
        (key,) = keys_for(use, Signal.DDEX)
        assert AI_USES[key.lower()] is use


def test_each_signal_names_the_text_that_was_followed() -> None:
    for signal in Signal:
        facts = SIGNALS[signal]
        assert facts.version
        assert facts.source.startswith("https://")
        assert all(sentence.endswith(".") for sentence in facts.cannot)


def test_a_key_that_a_signal_does_not_have_is_none() -> None:
    with pytest.raises(KeyError):
        term(Signal.CAWG, "c2pa.ai_training")
