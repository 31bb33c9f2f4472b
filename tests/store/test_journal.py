"""The journal: durable, in order, never changed; outcomes, receipts and pins beside it."""

from __future__ import annotations

from dataclasses import replace

import apsw
import pytest

from artist_console.domain.decisions import Decision, Outcome, Pin
from artist_console.domain.registers import Stance
from artist_console.store import drafts, journal
from artist_console.store.opening import Part, Store
from tests.store.conftest import Place
from tests.store.records import NOW, artist_id, decide, on_work


def answer(store: Store, entry: journal.Entry, outcome: Outcome, n: int | None = None) -> None:
    with store.transaction(Part.JOURNAL):
        journal.record_outcome(
            store,
            entry,
            outcome,
            n=n,
            head="ab" * 32 if n else None,
            receipt=f"receipt-{entry.decision.id}" if n else None,
            words="" if n else "Somebody answered before you",
            at=NOW,
        )


def test_decisions_wait_in_the_order_in_which_they_were_made(place: Place, store: Store) -> None:
    made = [decide(minute=minute) for minute in (5, 1, 3)]
    journal.append(store, made[:2])
    journal.append(store, made[2:])
    assert [entry.decision for entry in journal.pending(store)] == made
    assert [entry.seq for entry in journal.pending(store)] == [1, 2, 3]
    with place.open() as after_restart:
        assert journal.undelivered(after_restart) == tuple(made)


def test_recording_a_decision_again_changes_nothing(store: Store) -> None:
    one, other = decide(), decide()
    journal.append(store, [one])
    journal.append(store, [one, other])
    assert journal.undelivered(store) == (one, other)


def test_an_id_cannot_be_used_for_another_content(store: Store) -> None:
    one = decide()
    journal.append(store, [one])
    with pytest.raises(AssertionError, match="another content"):
        journal.append(store, [decide(), replace(one, stance=Stance.CLEAR)])
    assert journal.undelivered(store) == (one,)


def test_an_act_does_not_mix_refusals_with_allows_or_artists(store: Store) -> None:
    refusal = decide(act="a")
    for other in (decide(Stance.ALLOW, on_work(0, 1), act="a"), decide(artist=artist_id(1), act="a")):
        with pytest.raises(AssertionError, match="an act is of one artist"):
            journal.append(store, [refusal, other])
    assert journal.undelivered(store) == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE main.decision SET body = x'00'",
        "DELETE FROM main.decision",
        "INSERT OR REPLACE INTO main.decision SELECT place, id, artist, act, '', body FROM main.decision",
        "REPLACE INTO main.decision SELECT 77, id, artist, act, digest, x'00' FROM main.decision LIMIT 1",
        "UPDATE main.sending SET seq = seq + 10",
        "DELETE FROM main.sending",
        "INSERT OR REPLACE INTO main.sending SELECT * FROM main.sending",
        "UPDATE main.outcome SET outcome = 'accepted'",
        "DELETE FROM main.outcome",
        "INSERT OR REPLACE INTO main.outcome SELECT * FROM main.outcome",
        "UPDATE main.receipt SET jws = ''",
        "DELETE FROM main.receipt",
        "INSERT OR REPLACE INTO main.receipt SELECT * FROM main.receipt",
        "UPDATE main.stream SET id = ''",
        "DELETE FROM main.stream",
    ],
)
def test_the_journal_only_grows(store: Store, sql: str) -> None:
    journal.append(store, [decide(), decide()])
    first = journal.pending(store)[0]
    answer(store, first, Outcome.ACCEPTED, 1)
    before = (journal.entries(store), journal.receipts(store, first.decision.id))
    with pytest.raises(apsw.ConstraintError):
        store.run(sql)
    assert (journal.entries(store), journal.receipts(store, first.decision.id)) == before


def test_a_stream_has_no_gap(store: Store) -> None:
    journal.append(store, [decide()])
    with pytest.raises(apsw.ConstraintError, match="without gaps"):
        store.run("INSERT INTO main.sending SELECT 1, 3, place + 1 FROM main.decision")


def test_an_outcome_ends_the_waiting_and_brings_a_receipt(store: Store) -> None:
    one, other = decide(), decide()
    journal.append(store, [one, other])
    answer(store, journal.pending(store)[0], Outcome.ACCEPTED, 1)
    assert journal.undelivered(store) == (other,)
    known = journal.entry(store, one.id)
    assert known is not None
    assert (known.outcome, known.n) == (Outcome.ACCEPTED, 1)
    assert [receipt.jws for receipt in journal.receipts(store, one.id)] == [f"receipt-{one.id}"]


def test_an_outcome_that_arrives_twice_is_recorded_once(store: Store) -> None:
    one = decide()
    journal.append(store, [one])
    entry = journal.pending(store)[0]
    answer(store, entry, Outcome.ACCEPTED, 1)
    answer(store, entry, Outcome.CONFLICT)
    known = journal.entry(store, one.id)
    assert known is not None
    assert known.outcome is Outcome.ACCEPTED
    assert len(journal.receipts(store, one.id)) == 1


@pytest.mark.parametrize("outcome", [Outcome.CONFLICT, Outcome.NOT_AUTHORISED, Outcome.PROPOSED])
def test_what_was_not_applied_stays_until_the_person_has_dealt_with_it(
    store: Store, outcome: Outcome
) -> None:
    one = decide(Stance.ALLOW, on_work(0, 1))
    journal.append(store, [one])
    answer(store, journal.pending(store)[0], outcome)
    assert journal.undelivered(store) == ()
    assert [entry.decision for entry in journal.needing_person(store)] == [one]
    assert journal.needing_person(store, artist_id(1)) == ()
    journal.settle(store, one.id, journal.Settled.LEFT, NOW)
    journal.settle(store, one.id, journal.Settled.KEPT_MINE, NOW)
    assert journal.needing_person(store) == ()
    known = journal.entry(store, one.id)
    assert known is not None
    assert known.settled is journal.Settled.LEFT


def test_a_new_stream_sends_the_whole_journal_again_in_its_order(store: Store) -> None:
    made = [decide(minute=n) for n in range(4)]
    journal.append(store, made)
    for entry in journal.pending(store)[:2]:
        answer(store, entry, Outcome.ACCEPTED, entry.seq)
    first = journal.current_stream_id(store)
    with store.transaction(Part.JOURNAL):
        journal.open_stream(store, "the service was restored")
    assert journal.current_stream_id(store) != first
    assert [(e.seq, e.decision) for e in journal.pending(store)] == list(enumerate(made, 1))
    added = decide()
    journal.append(store, [added])
    assert journal.undelivered(store)[-1] == added


def test_what_the_person_gave_up_is_not_sent_again(store: Store) -> None:
    given_up, kept = decide(Stance.ALLOW, on_work(0, 1)), decide()
    journal.append(store, [given_up, kept])
    answer(store, journal.pending(store)[0], Outcome.CONFLICT)
    journal.settle(store, given_up.id, journal.Settled.LEFT, NOW)
    with store.transaction(Part.JOURNAL):
        journal.open_stream(store, "the service was restored")
    assert journal.undelivered(store) == (kept,)
    known = journal.entry(store, given_up.id)
    assert known is not None
    assert known.outcome is Outcome.CONFLICT


def test_pins_move_forward_only_and_begin_anew_with_a_stream(store: Store) -> None:
    def seen(n: int) -> None:
        with store.transaction(Part.JOURNAL):
            journal.note_pins(store, {artist_id(0): Pin(n, f"{n:02}" * 32)})

    seen(3)
    journal.append(store, [decide()])
    assert journal.pins(store)[artist_id(0)].n == 3
    seen(5)
    seen(4)
    assert journal.pins(store) == {artist_id(0): Pin(5, "05" * 32)}
    with store.transaction(Part.JOURNAL):
        journal.open_stream(store, "the service was restored")
    assert journal.pins(store) == {}


def test_a_transaction_that_fails_half_way_records_nothing(store: Store) -> None:
    def doomed() -> None:
        with store.transaction(Part.JOURNAL):
            journal.open_stream(store, "test")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        doomed()
    assert journal.current_stream_id(store) is None


def test_drafts_outlive_a_restart_and_are_no_part_of_the_journal(place: Place) -> None:
    chosen: Decision = decide(Stance.ALLOW, on_work(0, 2))
    draft = drafts.Draft(chosen.register, chosen.stance, chosen.conditions)
    with place.open() as store:
        drafts.replace_drafts(store, [draft, replace(draft, stance=Stance.CLEAR)])
    with place.open() as store:
        assert drafts.drafts(store) == (draft, replace(draft, stance=Stance.CLEAR))
        assert journal.undelivered(store) == ()
        drafts.replace_drafts(store, [])
        assert drafts.drafts(store) == ()
