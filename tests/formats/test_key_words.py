"""Words to compare: the same for the same key, others for another, and read back however they were typed."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats import key_words
from artist_console.formats.key_words import WORDS, in_lines, is_said_by, words_of
from artist_console.formats.signatures import PublicKey, SigningKey

seeds = st.binary(min_size=32, max_size=32)
KEY = SigningKey(bytes(range(32))).public


def test_the_list_is_the_one_that_pgp_words_are_read_with() -> None:
    words = " ".join(key_words._EVEN + key_words._ODD)
    assert len(set(words.split())) == 512
    # E58294F2E9A227486E8B061B31CC528FD7FA3F19, the example of Zimmermann's own page.
    said = "topmost istanbul pluto vagabond treadmill pacific brackish dictator goldfish medusa"
    read = [(key_words._EVEN, key_words._ODD)[n % 2].index(word) for n, word in enumerate(said.split())]
    assert bytes(read).hex() == "e58294f2e9a227486e8b"
    assert hashlib.sha256(words.encode()).hexdigest()[:16] == "e732a7c847b5ceea"


@given(seeds)
def test_words_and_digits_say_the_same_bits(seed: bytes) -> None:
    key = SigningKey(seed).public
    values = [(key_words._EVEN, key_words._ODD)[n % 2].index(word) for n, word in enumerate(words_of(key))]
    assert bytes(values).hex() == key.fingerprint.replace(" ", "")
    assert " ".join(in_lines(words_of(key))).split(" ") == list(words_of(key))


@given(st.sampled_from((" ", "\n", "-", ", ", ". ")), st.booleans())
def test_what_was_typed_is_read_however_it_was_set_apart(between: str, loud: bool) -> None:
    for said in (between.join(words_of(KEY)), KEY.fingerprint, KEY.fingerprint.replace(" ", ":")):
        assert is_said_by(KEY.fingerprint, said.upper() if loud else said)


@given(st.integers(0, WORDS - 1), st.integers(0, WORDS - 1), seeds)
def test_a_word_that_is_missing_doubled_or_moved_is_noticed(place: int, other: int, seed: bytes) -> None:
    words = list(words_of(KEY))
    without = words[:place] + words[place + 1 :]
    moved = list(words)
    moved[place], moved[other] = moved[other], moved[place]
    assert not is_said_by(KEY.fingerprint, " ".join(without))
    assert not is_said_by(KEY.fingerprint, " ".join([*words[:place], words[place], *words[place:]]))
    assert is_said_by(KEY.fingerprint, " ".join(moved)) == (moved == words)
    another: PublicKey = SigningKey(seed).public
    assert is_said_by(another.fingerprint, " ".join(words)) == (another.fingerprint == KEY.fingerprint)


def test_neighbours_come_from_different_lists_so_that_a_swap_is_no_word_of_its_place() -> None:
    assert not set(key_words._EVEN) & set(key_words._ODD)


def test_a_part_of_the_digits_is_not_the_key() -> None:
    assert not is_said_by(KEY.fingerprint, KEY.fingerprint[:19])
    assert not is_said_by(KEY.fingerprint, "")
