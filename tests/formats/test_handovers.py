"""Chains of handovers: of any length, signed by both sides; no forks, no loops, no days that run back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.handovers import (
    MAX_HANDOVERS,
    ChainFault,
    Handover,
    chain_text,
    hand_over,
    read_chain,
    read_chain_text,
    read_handover,
    way_to,
)
from artist_console.formats.key_statements import MalformedStatement, sign_statement
from artist_console.formats.known_signers import Known
from artist_console.formats.revocations import read_revocation, revoke
from artist_console.formats.signatures import KnownKey, SigningKey

START = date(2026, 1, 1)
KEYS = [SigningKey(bytes([n]) * 32) for n in range(1, 9)]
lengths = st.integers(1, len(KEYS) - 1)


def chain(length: int, *, first: int = 0) -> list[str]:
    """Handovers from the first key on, a day apart."""
    keys = KEYS[first:]
    return [hand_over(keys[n], keys[n + 1], START + timedelta(n)) for n in range(length)]


def steps(*pairs: tuple[int, int, int]) -> list[Handover]:
    """Handovers from key to key on the n-th day."""
    return [read_handover(hand_over(KEYS[one], KEYS[two], START + timedelta(day))) for one, two, day in pairs]


def kid(n: int) -> str:
    return KEYS[n].public.kid


@given(lengths, st.data())
def test_a_chain_of_any_length_leads_from_a_known_key_to_the_last(length: int, data: st.DataObject) -> None:
    found = data.draw(st.permutations(read_chain(chain(length))))  # what is kept here has no order
    way = way_to(KEYS[length].public, {kid(0)}, found)
    assert isinstance(way, tuple)
    assert [each.former.kid for each in way] == [kid(n) for n in range(length)]
    assert way[-1].next == KEYS[length].public


@given(lengths)
def test_a_chain_leads_nowhere_without_a_known_key_at_its_beginning(length: int) -> None:
    found = read_chain(chain(length))
    assert way_to(KEYS[length].public, set(), found) is None
    assert way_to(KEYS[0].public, {kid(length)}, found) is None, "the way back is none"


@given(lengths, st.data())
def test_a_chain_that_lacks_a_step_leads_nowhere(length: int, data: st.DataObject) -> None:
    lines = chain(length)
    gone = data.draw(st.integers(0, length - 1))
    rest = [read_handover(line) for n, line in enumerate(lines) if n != gone]
    assert way_to(KEYS[length].public, {kid(0)}, rest) is None
    if 0 < gone < length - 1:
        with pytest.raises(MalformedStatement, match="does not begin where"):
            read_chain(line for n, line in enumerate(lines) if n != gone)


@given(st.integers(1, 6), st.data())
def test_a_fork_anywhere_before_the_signer_makes_neither_side_known(length: int, data: st.DataObject) -> None:
    found = list(read_chain(chain(length)))
    at = data.draw(st.integers(0, length - 1))
    found += steps((at, 7, 100))
    assert way_to(KEYS[length].public, {kid(0)}, found) is ChainFault.FORK
    assert way_to(KEYS[7].public, {kid(0)}, found) is ChainFault.FORK


@given(st.integers(2, 6), st.data())
def test_a_loop_makes_nobody_known(length: int, data: st.DataObject) -> None:
    back = data.draw(st.integers(0, length - 1))
    found = [*read_chain(chain(length)), *steps((length, back, length))]
    assert way_to(KEYS[length].public, {kid(0)}, found) is ChainFault.LOOP
    with pytest.raises(MalformedStatement, match="leads back"):
        read_chain(each.line for each in found)


@given(st.integers(2, 6), st.data())
def test_days_that_run_backwards_are_refused(length: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, length - 1))
    found = list(read_chain(chain(length)))
    found[at] = steps((at, at + 1, at - 2))[0]
    assert way_to(KEYS[length].public, {kid(0)}, found) is ChainFault.WRONG_ORDER
    with pytest.raises(MalformedStatement, match="dated before"):
        read_chain(each.line for each in found)


@given(st.integers(2, 6), st.data())
def test_a_file_with_its_steps_in_another_order_is_refused(length: int, data: st.DataObject) -> None:
    lines = chain(length)
    mixed = data.draw(st.permutations(lines).filter(lambda other: other != lines))
    with pytest.raises(MalformedStatement):
        read_chain(mixed)


@given(lengths, st.data())
def test_a_key_on_the_way_that_was_taken_back_ends_it(length: int, data: st.DataObject) -> None:
    found = read_chain(chain(length))
    lost = data.draw(st.integers(0, length - 1))
    assert way_to(KEYS[length].public, {kid(0)}, found, {kid(lost)}) is ChainFault.REVOKED


def test_a_known_key_further_on_makes_the_way_short_and_what_was_before_it_no_matter() -> None:
    found = [*read_chain(chain(4)), *steps((0, 7, 9))]
    way = way_to(KEYS[4].public, {kid(0), kid(2)}, found)
    assert isinstance(way, tuple)
    assert [each.former.kid for each in way] == [kid(2), kid(3)]


def test_two_keys_may_be_handed_over_to_the_same_one() -> None:
    found = steps((0, 2, 0), (1, 2, 1))
    assert way_to(KEYS[2].public, {kid(1)}, found) == (found[1],)


@given(st.data())
def test_any_sign_of_a_handover_changed_is_refused(data: st.DataObject) -> None:
    line = chain(1)[0]
    at = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.characters().filter(lambda sign: sign != line[at]))
    with pytest.raises(MalformedStatement):
        read_handover(line[:at] + other + line[at + 1 :])


def test_both_keys_have_to_sign_and_each_for_itself() -> None:
    line = chain(1)[0]
    found = json.loads(line)
    record = {
        "format": "artist-console-key-handover",
        "version": 1,
        "from": KEYS[0].public.jwk(),
        "to": KEYS[1].public.jwk(),
        "on": "2026-01-01",
    }
    typ = "artist-console-key-handover+jws"
    assert sign_statement(record, KEYS[:2], typ) == line
    for signers in ([KEYS[0]], [KEYS[1], KEYS[0]], [KEYS[0], KEYS[0]], [KEYS[0], KEYS[2]]):
        with pytest.raises(MalformedStatement):
            read_handover(sign_statement(record, signers, typ))
    with pytest.raises(MalformedStatement, match="meant for something else"):
        read_handover(sign_statement(record, KEYS[:2], "artist-console-report+jws"))
    with pytest.raises(MalformedStatement, match="one spelling"):
        read_handover(json.dumps(found))
    with pytest.raises(MalformedStatement, match="no statement about a key"):
        read_handover(canonical_bytes(found | {"zeal": "1"}).decode())


@pytest.mark.parametrize(
    "change",
    [{"on": "2026-1-1"}, {"on": "2026-02-30"}, {"version": 2}, {"version": True}, {"to": {}}, {"x": 1}],
)
def test_a_record_that_both_signed_is_still_read_strictly(change: dict[str, object]) -> None:
    record: dict[str, object] = {
        "format": "artist-console-key-handover",
        "version": 1,
        "from": KEYS[0].public.jwk(),
        "to": KEYS[1].public.jwk(),
        "on": "2026-01-01",
    }
    with pytest.raises(MalformedStatement):
        read_handover(sign_statement(record | change, KEYS[:2], "artist-console-key-handover+jws"))


def test_a_file_has_its_limits() -> None:
    lines = chain(2)
    assert [each.line for each in read_chain_text(chain_text(lines))] == lines
    assert read_chain_text(b"") == ()
    for content in (lines[0].encode(), b"\xff\n", b"\n", chain_text(lines).replace(b"\n", b"\r\n")):
        with pytest.raises(MalformedStatement):
            read_chain_text(content)
    many = [SigningKey(n.to_bytes(32, "big")) for n in range(1, MAX_HANDOVERS + 3)]
    with pytest.raises(MalformedStatement, match="more than"):
        read_chain(hand_over(one, two, START) for one, two in pairwise(many))
    with pytest.raises(MalformedStatement, match="longer"):
        read_handover("1" * 5000)


# What is known


def test_whom_a_chain_makes_known_is_told_as_such() -> None:
    known = Known.of([KnownKey(KEYS[0].public, "Fieldnote", "you")])
    one = known.look_up(KEYS[1].public, read_chain(chain(1)))
    two = known.look_up(KEYS[2].public, read_chain(chain(2)))
    assert isinstance(one, KnownKey)
    assert isinstance(two, KnownKey)
    assert (one.name, two.name) == ("Fieldnote", "Fieldnote")
    assert one.introduced_by.startswith("a handover of 1 January 2026, signed by the key that you know as")
    assert two.introduced_by.startswith("2 handovers, the last of 2 January 2026")
    assert known.look_up(KEYS[1].public) is None


def test_a_key_that_was_handed_over_is_known_and_said_to_be_replaced() -> None:
    known = Known.of([KnownKey(KEYS[0].public, "Fieldnote", "you")])
    found = known.look_up(KEYS[0].public, read_chain(chain(1)))
    assert isinstance(found, KnownKey)
    assert found.replaced == START


def test_a_revoked_key_is_given_with_its_day_and_reason() -> None:
    taken_back = read_revocation(revoke(KEYS[0], START, "the computer  was stolen"))
    revoked = {taken_back.key.kid: (taken_back.on, taken_back.reason)}
    known = Known({kid(0): KnownKey(KEYS[0].public, "Fieldnote", "you")}, revoked=revoked)
    found = known.look_up(KEYS[0].public)
    assert isinstance(found, KnownKey)
    assert found.revoked == (START, "the computer was stolen")
    assert known.look_up(KEYS[1].public, read_chain(chain(1))) is ChainFault.REVOKED


@given(st.text(max_size=400), st.data())
def test_a_revocation_is_read_back_and_any_change_is_refused(reason: str, data: st.DataObject) -> None:
    line = revoke(KEYS[0], START, reason)
    assert read_revocation(line).key == KEYS[0].public
    at = data.draw(st.integers(0, len(line) - 1))
    with pytest.raises(MalformedStatement):
        read_revocation(line[:at] + chr(ord(line[at]) ^ 1) + line[at + 1 :])
    with pytest.raises(MalformedStatement):
        read_handover(line)


def test_only_the_key_itself_can_take_itself_back() -> None:
    record = {
        "format": "artist-console-key-revocation",
        "version": 1,
        "key": KEYS[0].public.jwk(),
        "on": "2026-01-01",
        "reason": "",
    }
    with pytest.raises(MalformedStatement):
        read_revocation(sign_statement(record, [KEYS[1]], "artist-console-key-revocation+jws"))
