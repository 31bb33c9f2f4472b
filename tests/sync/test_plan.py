"""From the journal and an answer to actions: acts whole and in order, outcomes all or none, rewinds seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import LedgerEntry, Outcome, Pin
from artist_console.formats import encoding, wire
from artist_console.store.journal import Entry
from artist_console.sync import plan
from tests.store.records import artist_id, decide, entries

ARTIST = artist_id(0)


def queued(acts: Sequence[int], note: str = "") -> tuple[Entry, ...]:
    """Entries of a stream: so many decisions in each act."""
    made = []
    for number, size in enumerate(acts):
        for _ in range(size):
            decision = replace(decide(act=f"act-{number}"), note_sha256=note)
            place = len(made) + 1
            made.append(
                Entry(
                    place, decision, "s", place, wire.digest_of(decision), *(None,) * 3, "", *(None,) * 3, ""
                )
            )
    return tuple(made)


def answer(sent: Sequence[Entry], **more: object) -> wire.PushReply:
    outcomes = [
        wire.ItemOutcome(e.seq, e.decision.id, Outcome.ACCEPTED, "receipt", e.seq, f"{e.seq:064x}")
        for e in sent
    ]
    given = {"epoch": "e", "stream_id": "s", "next_seq": len(sent) + 1, "outcomes": outcomes, "heads": {}}
    return wire.PushReply(**(given | more))  # type: ignore[arg-type]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 130), max_size=6))
def test_batches_hold_everything_once_in_order_and_acts_whole(acts: list[int]) -> None:
    pending = queued(acts)
    batches = plan.plan_push(pending)
    assert tuple(entry for batch in batches for entry in batch) == pending
    for batch in batches:
        in_batch = {entry.decision.act for entry in batch}
        assert len(batch) <= wire.MAX_BATCH_ITEMS or len(in_batch) == 1
        for act in in_batch:
            assert [e for e in pending if e.decision.act == act] == [
                e for e in batch if e.decision.act == act
            ]


def test_a_batch_stays_below_the_size_of_the_contract() -> None:
    pending = queued([1] * 100, note="n" * 8_000)
    batches = plan.plan_push(pending)
    assert len(batches) > 1
    pins = {f"artist-{n}": Pin(n, "a" * 64) for n in range(100)}
    for batch in batches:
        assert len(encoding.encode(plan.batch_of(batch, pins))) <= wire.MAX_BATCH_BYTES


def test_a_batch_carries_the_pins_of_its_artists_only() -> None:
    pins = {ARTIST: Pin(3, "a" * 64), "somebody-else": Pin(1, "b" * 64)}
    assert plan.batch_of(queued([2]), pins).pins == {ARTIST: Pin(3, "a" * 64)}


@given(st.lists(st.integers(1, 5), min_size=1, max_size=9))
def test_halving_finds_any_single_act_and_keeps_the_order(acts: list[int]) -> None:
    batch = queued(acts)
    found = []

    def halve(part: tuple[Entry, ...]) -> None:
        two = plan.halves(part)
        if two is None:
            found.append(part)
        else:
            assert all(two)
            halve(two[0])
            halve(two[1])

    halve(batch)
    assert [len(part) for part in found] == acts
    assert tuple(entry for part in found for entry in part) == batch


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=5),
    st.dictionaries(st.text(max_size=3), st.integers(1, 9)),
)
def test_a_whole_answer_is_recorded_item_by_item(acts: list[int], ns: dict[str, int]) -> None:
    sent = queued(acts)
    heads = {artist: Pin(n, "a" * 64) for artist, n in ns.items()}
    actions = plan.plan_reply(sent, "s", {}, "e", answer(sent, heads=heads))
    assert [a.entry for a in actions if isinstance(a, plan.RecordOutcome)] == list(sent)
    moved = actions[-1]
    assert isinstance(moved, plan.MovePins)
    assert heads.items() <= moved.seen.items()
    assert len(actions) == len(sent) + 1


@settings(deadline=None)
@given(st.data())
def test_an_answer_that_leaves_out_adds_or_swaps_anything_records_nothing(data: st.DataObject) -> None:
    sent = queued([1, 2, 1])
    good = answer(sent).outcomes
    changed = list(good)
    match data.draw(st.sampled_from(["drop", "add", "swap", "rename", "twice"])):
        case "drop":
            del changed[data.draw(st.integers(0, 3))]
        case "add":
            changed.append(wire.ItemOutcome(99, "unknown", Outcome.ACCEPTED))
        case "swap":
            first, second = good[0], good[-1]
            changed[0] = wire.ItemOutcome(first.seq, second.decision_id, first.outcome)
        case "rename":
            at = data.draw(st.integers(0, 3))
            changed[at] = wire.ItemOutcome(good[at].seq, "another", good[at].outcome)
        case "twice":
            changed[1] = good[0]
    (action,) = plan.plan_reply(sent, "s", {}, "e", answer(sent, outcomes=changed))
    assert isinstance(action, plan.Senseless)


@pytest.mark.parametrize(
    ("pins", "epoch", "more"),
    [
        ({}, "another", {}),
        ({}, "e", {"rewound": True}),
        ({ARTIST: Pin(4, "a" * 64)}, "e", {"heads": {ARTIST: Pin(3, "a" * 64)}}),
        ({ARTIST: Pin(4, "a" * 64)}, "e", {"heads": {ARTIST: Pin(4, "b" * 64)}}),
        ({ARTIST: Pin(4, "a" * 64)}, "e", {"heads": {ARTIST: Pin()}}),
    ],
    ids=["another epoch", "says so", "shorter", "another head", "empty"],
)
def test_a_service_that_is_not_what_it_was_is_started_with_again(
    pins: dict[str, Pin], epoch: str, more: dict[str, object]
) -> None:
    sent = queued([1])
    (action,) = plan.plan_reply(sent, "s", pins, epoch, answer(sent, **more))
    assert isinstance(action, plan.StartAgain)
    assert action.epoch == "e"


def test_where_own_decisions_stand_is_a_pin_also_where_no_head_is_told() -> None:
    sent = queued([1, 1])
    actions = plan.plan_reply(sent, "s", {}, "e", answer(sent))
    assert actions[-1] == plan.MovePins({ARTIST: Pin(2, f"{2:064x}")})
    told = {ARTIST: Pin(7, "a" * 64)}
    assert plan.plan_reply(sent, "s", {}, "e", answer(sent, heads=told))[-1] == plan.MovePins(told)


def test_an_answer_about_another_stream_is_senseless() -> None:
    sent = queued([1])
    (action,) = plan.plan_reply(sent, "another", {}, "e", answer(sent))
    assert isinstance(action, plan.Senseless)


def test_the_first_answer_ever_sets_the_epoch() -> None:
    sent = queued([1])
    assert len(plan.plan_reply(sent, "s", {}, None, answer(sent))) == 2


def chain(length: int) -> list[LedgerEntry]:
    return entries([decide() for _ in range(length)])


@given(st.integers(0, 6), st.integers(0, 6))
def test_entries_that_follow_are_taken_in_any_order(held: int, more: int) -> None:
    ledger = chain(held + more)
    tips = {ARTIST: Pin(ledger[held - 1].n, ledger[held - 1].head)} if held else {}
    pins = {ARTIST: Pin(ledger[-1].n, ledger[-1].head)} if ledger else {}
    assert plan.check_ledgers(reversed(ledger[held:]), tips, pins) is None
    assert plan.check_ledgers(ledger, {}, pins, whole=True) is None


@settings(deadline=None)
@given(st.data())
def test_an_entry_that_is_missing_changed_or_comes_again_is_a_fault(data: st.DataObject) -> None:
    ledger = chain(5)
    at = data.draw(st.integers(0, 4))
    match data.draw(st.sampled_from(["missing", "changed", "head", "again"])):
        case "missing":
            broken = [e for e in ledger if e is not ledger[at]]
            expected = at < 4
        case "changed":
            broken = [replace(e, words="other") if e is ledger[at] else e for e in ledger]
            expected = True
        case "head":
            broken = [replace(e, head="0" * 64) if e is ledger[at] else e for e in ledger]
            expected = True
        case _:
            broken = [*ledger, ledger[at]]
            expected = True
    pins = {ARTIST: Pin(ledger[-1].n, ledger[-1].head)}
    assert (plan.check_ledgers(broken, {}, {}) is not None) is expected
    assert plan.check_ledgers(broken, {}, pins, whole=True) is not None


def test_a_ledger_that_does_not_pass_through_its_pin_is_a_fault() -> None:
    ledger = chain(3)
    assert plan.check_ledgers(ledger, {}, {ARTIST: Pin(2, "0" * 64)}) == plan.LedgerFault(ARTIST, 2)


@pytest.mark.parametrize("more", [True, False])
def test_a_feed_that_goes_round_in_a_circle_is_senseless(more: bool) -> None:
    action = plan.plan_feed("e", "c", wire.FeedPage("e", "c", [], more))
    assert isinstance(action, plan.Senseless if more else plan.TakeOver)


def test_a_page_of_another_epoch_is_not_taken_over() -> None:
    assert isinstance(plan.plan_feed("e", "c", wire.FeedPage("f", "d", [], False)), plan.StartAgain)
    assert isinstance(plan.plan_snapshot("e", None, wire.SnapshotPage("f", [], None, "c")), plan.StartAgain)
    assert isinstance(plan.plan_snapshot("e", "n", wire.SnapshotPage("e", [], "n", "c")), plan.Senseless)
