"""The recovery code: every code is read back, every slip is found in its group, one code opens."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from artist_console.host import recovery
from artist_console.host.recovery import (
    ALPHABET,
    CodeIncomplete,
    CodeMistyped,
    NoRecoveryCode,
    OtherCode,
    RecoveryUnreadable,
    new_code,
    read_code,
    recovered_keys,
    spell_code,
    write_recovery,
)
from artist_console.host.wrapping import DoesNotOpen, unwrap, wrap

SECRETS = st.binary(min_size=recovery.CODE_BYTES, max_size=recovery.CODE_BYTES)
PLACES = st.integers(0, recovery.GROUPS - 1)
SIGNS = st.integers(0, recovery.GROUP_LENGTH - 1)
KEYS = {"data": bytes(range(32)), "report": b"r" * 32}


def with_group(code: str, place: int, group: str) -> str:
    groups = code.split("-")
    groups[place] = group
    return "-".join(groups)


def mistyped(code: str) -> int:
    with pytest.raises(CodeMistyped) as told:
        read_code(code)
    assert str(told.value.fields["group"]) in told.value.title
    return int(str(told.value.fields["group"]))


@given(SECRETS)
def test_every_code_is_read_as_it_was_spelled(secret: bytes) -> None:
    code = spell_code(secret)
    assert read_code(code) == secret
    assert [len(group) for group in code.split("-")] == [recovery.GROUP_LENGTH] * recovery.GROUPS
    assert not set(code) & set("ILOU")


@given(SECRETS, st.sampled_from([" ", "\n", " - ", "", "–", "."]), st.booleans())
def test_how_it_is_typed_does_not_matter(secret: bytes, between: str, small: bool) -> None:
    typed = spell_code(secret).replace("-", between)
    typed = typed.replace("1", "l").replace("0", "O")
    assert read_code(typed.lower() if small else typed) == secret


@given(SECRETS, PLACES, SIGNS, st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found_in_its_group(secret: bytes, place: int, sign: int, other: str) -> None:
    code = spell_code(secret)
    group = code.split("-")[place]
    typed = group[:sign] + other + group[sign + 1 :]
    if typed == group:
        assert read_code(code) == secret
    else:
        assert mistyped(with_group(code, place, typed)) == place + 1


@given(SECRETS, PLACES, SIGNS, SIGNS)
def test_two_signs_changed_round_are_found_in_their_group(
    secret: bytes, place: int, one: int, two: int
) -> None:
    code = spell_code(secret)
    signs = list(code.split("-")[place])
    signs[one], signs[two] = signs[two], signs[one]
    typed = with_group(code, place, "".join(signs))
    if typed == code:
        assert read_code(typed) == secret
    else:
        assert mistyped(typed) == place + 1


@given(SECRETS, PLACES, PLACES)
def test_two_groups_changed_round_are_found(secret: bytes, one: int, two: int) -> None:
    groups = spell_code(secret).split("-")
    groups[one], groups[two] = groups[two], groups[one]
    if one == two:
        assert read_code("-".join(groups)) == secret
    else:
        assert mistyped("-".join(groups)) == min(one, two) + 1


@given(SECRETS, PLACES, st.sampled_from(["", "A", "AAAAAA", "AA AA", "AAAAU", "AAAAÄ", "????\u0660"]))
def test_a_group_that_is_none_is_never_taken(secret: bytes, place: int, typed: str) -> None:
    with pytest.raises((CodeMistyped, CodeIncomplete)):
        read_code(with_group(spell_code(secret), place, typed))


@given(st.text(max_size=80))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    with pytest.raises((CodeMistyped, CodeIncomplete)):
        read_code(typed)


def test_a_code_that_is_not_complete_says_how_much_is_there() -> None:
    with pytest.raises(CodeIncomplete, match="7 groups were given"):
        read_code(new_code().rpartition("-")[0])
    with pytest.raises(CodeIncomplete, match="0 groups were given"):
        read_code("  ")


def test_an_error_about_a_code_does_not_repeat_it() -> None:
    code = new_code()
    wrong = with_group(code, 2, "ZZZZZ" if "ZZZZZ" not in code else "YYYYY")
    with pytest.raises(CodeMistyped) as told:
        read_code(wrong)
    assert not any(group in str(told.value) for group in wrong.split("-"))


def test_no_two_codes_are_the_same() -> None:
    assert len({new_code() for _ in range(200)}) == 200


# -- what it opens


def test_the_code_opens_the_keys_and_the_file_alone_does_not(tmp_path: Path) -> None:
    path, code = tmp_path / "recovery.json", new_code()
    write_recovery(path, KEYS, code)
    assert recovered_keys(path, f"  {code.lower()}\n") == KEYS
    content = path.read_text()
    assert "AAECAwQF" not in content
    assert not any(group in content for group in code.split("-"))
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_later_code_ends_the_one_before_it(tmp_path: Path) -> None:
    path, first, second = tmp_path / "recovery.json", new_code(), new_code()
    write_recovery(path, KEYS, first)
    write_recovery(path, KEYS, second)
    with pytest.raises(OtherCode):
        recovered_keys(path, first)
    assert recovered_keys(path, second) == KEYS


def test_without_a_code_ever_made_and_with_a_damaged_file_it_is_told(tmp_path: Path) -> None:
    path, code = tmp_path / "recovery.json", new_code()
    with pytest.raises(NoRecoveryCode):
        recovered_keys(path, code)
    for content in (b"", b"[]", b"{}", b'{"salt": 3, "wrapped": ""}', b'{"salt": "?", "wrapped": "?"}'):
        path.write_bytes(content)
        with pytest.raises(RecoveryUnreadable):
            recovered_keys(path, code)


def test_the_key_of_a_code_is_what_the_library_derives() -> None:
    code, salt = new_code(), b"s" * 16
    theirs = HKDF(SHA256(), 32, salt, b"artist-console/recovery/1").derive(read_code(code))
    assert recovery._key_of(code, salt) == theirs


# -- closing up, for passphrase and code alike

SOME_KEYS = st.dictionaries(st.text(max_size=12), st.binary(max_size=64), max_size=4)
ONE_KEY = st.binary(min_size=32, max_size=32)


@given(ONE_KEY, SOME_KEYS, st.binary(max_size=40))
def test_what_was_closed_up_opens_with_the_same_key(
    key: bytes, keys: dict[str, bytes], bound_to: bytes
) -> None:
    wrapped = wrap(key, keys, bound_to)
    assert unwrap(key, wrapped, bound_to) == keys
    assert wrap(key, keys, bound_to) != wrapped


@given(ONE_KEY, ONE_KEY, SOME_KEYS, st.binary(max_size=40), st.data())
def test_with_anything_else_it_stays_closed(
    key: bytes, other: bytes, keys: dict[str, bytes], bound_to: bytes, data: st.DataObject
) -> None:
    wrapped = bytearray(wrap(key, keys, bound_to))
    with pytest.raises(DoesNotOpen):
        unwrap(key, bytes(wrapped), bound_to + b"!")
    if other != key:
        with pytest.raises(DoesNotOpen):
            unwrap(other, bytes(wrapped), bound_to)
    wrapped[data.draw(st.integers(0, len(wrapped) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(DoesNotOpen):
        unwrap(key, bytes(wrapped), bound_to)
    with pytest.raises(DoesNotOpen):
        unwrap(key, bytes(wrapped[: data.draw(st.integers(0, len(wrapped) - 1))]), bound_to)
