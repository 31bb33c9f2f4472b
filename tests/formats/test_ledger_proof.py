"""The chain of a ledger: the first bad position is named, whatever was changed, left out, added or moved."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import EntryKind, LedgerEntry, Pin
from artist_console.domain.ids import AccountId
from artist_console.domain.registers import Stance
from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.encoding import as_plain, encode
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import ChainCheck, ChainFault, check_chain, next_head
from artist_console.formats.wire import decode_row
from tests.domain.world import MARA, OLA, world
from tests.formats.report_world import chained


def _ledger(length: int = 6) -> tuple[LedgerEntry, ...]:
    made = world()
    for n in range(length):
        made.say(Stance.REFUSE if n % 2 else Stance.CLEAR, day=n)
    return chained(made.entries[MARA])


LEDGER = _ledger()


def test_a_ledger_as_it_was_recorded_holds_from_its_start_and_from_any_pin() -> None:
    assert check_chain(LEDGER) == ChainCheck(Pin(6, LEDGER[-1].head))
    assert check_chain(()) == ChainCheck(Pin())
    for at in range(1, 6):
        assert check_chain(LEDGER[at:], Pin(at, LEDGER[at - 1].head)).holds


def test_a_head_is_the_hash_of_the_head_before_and_the_entry_without_its_head() -> None:
    head = b""
    for entry in LEDGER:
        plain = as_plain(entry)
        del plain["head"]
        head = hashlib.sha256(head + canonical_bytes(plain)).digest()
        assert entry.head == head.hex() == next_head(LEDGER[entry.n - 2].head if entry.n > 1 else "", entry)


def test_a_ledger_holds_after_it_has_travelled() -> None:
    travelled = tuple(decode_row(Kind.ENTRY, encode(entry)) for entry in LEDGER)
    assert travelled == LEDGER
    assert check_chain(travelled).holds


_CHANGES = st.sampled_from(
    [
        lambda e: replace(e, words="Something else"),
        lambda e: replace(e, recorded_at=e.recorded_at + timedelta(microseconds=1)),
        lambda e: replace(e, recorded_for=AccountId("somebody")),
        lambda e: replace(e, kind=EntryKind.PROPOSAL),
        lambda e: replace(e, decision=replace(e.decision, stance=Stance.ALLOW)),
        lambda e: replace(e, decision=replace(e.decision, made_by=AccountId("somebody"))),
        lambda e: replace(e, decision=None),
        lambda e: replace(e, head="0" * 64),
        lambda e: replace(e, head=e.head.upper()),
        lambda e: replace(e, head=""),
        lambda e: replace(e, words="\ud800"),
        lambda e: replace(e, artist=OLA),
    ]
)


@given(st.integers(0, 5), _CHANGES)
@settings(deadline=None)
def test_a_changed_entry_is_named_as_the_first_bad_position(at: int, change: object) -> None:
    changed = list(LEDGER)
    changed[at] = change(changed[at])  # type: ignore[operator]
    check = check_chain(changed)
    assert not check.holds
    assert check.bad_at == at + 1
    assert check.end == (Pin(at, LEDGER[at - 1].head) if at else Pin())


@given(st.permutations(range(6)), st.integers(0, 6))
@settings(deadline=None)
def test_entries_left_out_or_moved_are_missed(order: list[int], kept: int) -> None:
    held = [LEDGER[at] for at in order[:kept]]
    check = check_chain(held)
    right = next((at for at, place in enumerate(order[:kept]) if at != place), None)
    if right is None:
        assert check.holds
        assert check.end.n == kept
    else:
        assert (check.fault, check.bad_at) == (ChainFault.MISSING, right + 1)


def test_an_entry_of_another_artist_does_not_stand_in_a_ledger() -> None:
    foreign = replace(LEDGER[2], artist=OLA)
    assert check_chain([*LEDGER[:2], foreign]).fault is ChainFault.OTHER_ARTIST


def test_a_rewound_ledger_does_not_follow_a_pin() -> None:
    rewritten = chained([*LEDGER[:3], replace(LEDGER[3], words="told otherwise"), *LEDGER[4:]])
    assert check_chain(rewritten).holds
    check = check_chain(rewritten[4:], Pin(4, LEDGER[3].head))
    assert (check.fault, check.bad_at) == (ChainFault.DOES_NOT_FOLLOW, 5)


def test_what_the_hash_covers_is_spelled_in_one_way() -> None:
    plain = as_plain(LEDGER[0])
    turned = json.loads(json.dumps(dict(reversed(plain.items()))))
    assert canonical_bytes(turned) == canonical_bytes(plain)
