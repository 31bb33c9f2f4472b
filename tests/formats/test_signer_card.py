"""Cards of signers: read back as they were written, and refused with any sign changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.handovers import hand_over
from artist_console.formats.key_statements import MalformedStatement, sign_statement
from artist_console.formats.revocations import revoke
from artist_console.formats.signatures import SigningKey
from artist_console.formats.signer_card import begins_like_a_card, plain_name, read_card, write_card

START = date(2026, 1, 1)
KEYS = [SigningKey(bytes([n]) * 32) for n in range(1, 6)]
OTHER = SigningKey(b"o" * 32)


def card(steps: int, ends: int, name: str = "Fieldnote") -> bytes:
    chain = [hand_over(KEYS[n], KEYS[n + 1], START + timedelta(n)) for n in range(steps)]
    back = [revoke(KEYS[n], START, "lost") for n in range(ends)]
    return write_card(KEYS[steps], name, START, chain, back)


@given(st.integers(0, 4), st.integers(0, 3), st.text(max_size=300))
def test_a_card_is_read_back(steps: int, ends: int, name: str) -> None:
    content = card(steps, ends, name)
    found = read_card(content)
    assert begins_like_a_card(content)
    assert (found.key, found.on) == (KEYS[steps].public, START)
    assert found.name == plain_name(name)[:200].strip()
    assert [each.former for each in found.handovers] == [KEYS[n].public for n in range(steps)]
    assert [each.key for each in found.revocations] == [KEYS[n].public for n in range(ends)]


def test_a_name_cannot_be_written_backwards() -> None:
    assert plain_name("Field\u202eeton\u2069 \x07Records\u200f") == "Field eton Records"
    assert plain_name("نورا\u200cآلدانا") == "نورا\u200cآلدانا", "what a script needs stays"
    key = KEYS[0]
    record = {
        "format": "artist-console-signer-card",
        "version": 1,
        "key": key.public.jwk(),
        "name": "Field\u202eeton",
        "on": "2026-01-01",
        "handovers": 0,
        "revocations": 0,
    }
    line = sign_statement(record, (key,), "artist-console-signer-card+jws")
    with pytest.raises(MalformedStatement, match="its name"):
        read_card(f"{line}\n".encode())


CARD = card(2, 1)


@given(st.integers(0, len(CARD) - 1), st.integers(1, 255))
def test_any_byte_changed_is_refused(place: int, by: int) -> None:
    changed = bytearray(CARD)
    changed[place] ^= by
    with pytest.raises(MalformedStatement):
        read_card(bytes(changed))


@given(st.integers(0, len(CARD) - 1))
def test_a_card_that_ends_early_is_refused(length: int) -> None:
    with pytest.raises(MalformedStatement):
        read_card(CARD[:length])


def test_lines_left_out_added_and_moved_are_refused() -> None:
    lines = CARD.splitlines(keepends=True)
    for other in (
        lines[:-1],
        [*lines, lines[-1]],
        [lines[0], lines[2], lines[1], lines[3]],
        [lines[0], lines[1], lines[3], lines[2]],
        lines[1:],
    ):
        with pytest.raises(MalformedStatement):
            read_card(b"".join(other))


def test_handovers_to_another_key_are_refused() -> None:
    line = hand_over(KEYS[0], KEYS[1], START)
    with pytest.raises(MalformedStatement, match="another key"):
        read_card(write_card(OTHER, "Fieldnote", START, [line]))


def test_the_words_to_compare_do_not_stand_in_a_card() -> None:
    assert KEYS[2].public.fingerprint[:9].encode() not in CARD
