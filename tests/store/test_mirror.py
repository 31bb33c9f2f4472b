"""The mirror: rows as they came, the facts made from them, and own decisions laid over them exactly once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from artist_console.domain.decisions import AnswerKind, Outcome
from artist_console.domain.facts import FactBook
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import Stance, Subject, SubjectKind
from artist_console.domain.uses import Use
from artist_console.formats import encoding
from artist_console.formats.kinds import Kind
from artist_console.store import heard, journal, mirror, profile, rows
from artist_console.store.opening import Part, Store
from artist_console.store.problems import AnotherAccount
from tests.store.conftest import Place
from tests.store.records import (
    NOW,
    PROGRAMME,
    artist_id,
    artist_rows,
    decide,
    entries,
    fill,
    hear,
    on_work,
    programme_rows,
    row_id,
    sign_in,
    work_id,
)


def answer(facts: FactBook, work: int = 1) -> AnswerKind:
    subject = Subject(SubjectKind.WORK, work_id(0, work))
    question = Question(artist_id(0), subject, PROGRAMME, Use.TRAIN_GENERATIVE, NOW + timedelta(hours=1))
    return permission(question, facts).answer.kind


def accept(store: Store, place: int, n: int) -> None:
    (entry,) = (e for e in journal.pending(store) if e.place == place)
    with store.transaction(Part.JOURNAL):
        journal.record_outcome(
            store, entry, Outcome.ACCEPTED, n=n, head="a" * 64, receipt=None, words="", at=NOW
        )


def test_every_kind_of_row_comes_back_as_it_was(store: Store) -> None:
    given = programme_rows() + artist_rows(0, 12) + [(Kind.ENTRY, e) for e in entries([decide()])]
    hear(store, given)
    for kind, row in given:
        assert mirror.get(store, kind, row_id(kind, row)) == row
    for kind in {kind for kind, _ in given}:
        assert set(map(repr, mirror.all(store, kind))) == {repr(row) for k, row in given if k is kind}


def test_rows_heard_again_change_nothing(store: Store) -> None:
    given = artist_rows(0, 3)
    hear(store, given)
    before = heard.versions(store)
    received = [(kind, row_id(kind, row), encoding.encode(row)) for kind, row in given]
    with store.transaction(Part.MIRROR):
        assert rows.apply(store, received) == 0
    assert heard.versions(store) == before


def test_a_row_that_cannot_be_read_takes_nothing_over(store: Store) -> None:
    good = artist_rows(0, 1)[0]

    def hear_both() -> None:
        with store.transaction(Part.MIRROR):
            rows.apply(
                store,
                [(good[0], row_id(*good), encoding.encode(good[1])), (Kind.WORK, "w", b'{"id": "w"}')],
            )

    with pytest.raises(encoding.MalformedMessage):
        hear_both()
    assert heard.is_empty(store)


def test_a_snapshot_takes_the_place_of_everything_at_once(place: Place, store: Store) -> None:
    fill(store, 2, 5)
    hear(store, [(Kind.ENTRY, e) for e in entries([decide()])])
    wanted = programme_rows() + artist_rows(1, 8)
    with store.transaction(Part.MIRROR):
        rows.stage(store, [(kind, row_id(kind, row), encoding.encode(row)) for kind, row in wanted])
    assert mirror.get(store, Kind.WORK, work_id(0, 1)) is not None
    with place.open() as other_lane, other_lane.transaction(Part.MIRROR):
        rows.swap_staged(other_lane)
    held = store.rows("SELECT kind, id FROM mirror.row ORDER BY kind, id")
    assert held == sorted((kind.value, row_id(kind, row)) for kind, row in wanted)
    assert mirror.ledger(store, artist_id(0)) == ()
    fresh = Place(place.folder / "fresh")
    fresh.folder.mkdir()
    with fresh.open() as plain:
        hear(plain, wanted)
        for table in ("work_artist", "embodies", "track", "holder", "inclusion", "statement", "ledger"):
            columns = [
                name
                for (name,) in store.rows("SELECT name FROM pragma_table_info(:t, 'mirror')", {"t": table})
                if name != "key"
            ]
            sql = f"SELECT {', '.join(columns)} FROM mirror.{table} ORDER BY {', '.join(columns)}"
            assert store.rows(sql) == plain.rows(sql), table


def test_an_undelivered_decision_is_laid_over_what_was_heard(store: Store) -> None:
    fill(store)
    assert answer(mirror.facts(store, NOW)) is AnswerKind.UNDECIDED
    journal.append(store, [decide(Stance.ALLOW, on_work(0, 1))])
    assert answer(mirror.facts(store, NOW)) is AnswerKind.ALLOWED
    assert answer(mirror.facts(store, NOW, overlay=False)) is AnswerKind.UNDECIDED
    journal.append(store, [decide()])
    assert answer(mirror.facts(store, NOW)) is AnswerKind.REFUSED


def test_an_accepted_decision_stays_shown_until_the_feed_brings_it_and_then_counts_once(store: Store) -> None:
    fill(store)
    made = decide(Stance.ALLOW, on_work(0, 1))
    journal.append(store, [made])
    accept(store, 1, 1)
    assert journal.undelivered(store) == ()
    assert answer(mirror.facts(store, NOW)) is AnswerKind.ALLOWED
    hear(store, [(Kind.ENTRY, e) for e in entries([made])])
    said = mirror.facts(store, NOW).said[artist_id(0)]
    assert [recording.decision.id for recording in said] == [made.id]


def test_a_decision_whose_reply_was_lost_is_not_laid_over_later_ones(store: Store) -> None:
    """The ledger holds the own allow and a later refusal of another device; the allow still waits here."""
    fill(store)
    own, later = decide(Stance.ALLOW, on_work(0, 1)), decide()
    journal.append(store, [own])
    hear(store, [(Kind.ENTRY, e) for e in entries([own, later])])
    assert answer(mirror.facts(store, NOW)) is AnswerKind.REFUSED


def test_what_was_not_accepted_is_not_shown_as_the_answer(store: Store) -> None:
    fill(store)
    journal.append(store, [decide(Stance.ALLOW, on_work(0, 1))])
    (entry,) = journal.pending(store)
    with store.transaction(Part.JOURNAL):
        journal.record_outcome(
            store, entry, Outcome.CONFLICT, n=None, head=None, receipt=None, words="", at=NOW
        )
    assert answer(mirror.facts(store, NOW)) is AnswerKind.UNDECIDED


def test_facts_are_made_once_and_again_when_something_changed(place: Place, store: Store) -> None:
    fill(store)
    first = mirror.facts(store, NOW)
    assert mirror.facts(store, NOW) is first
    with place.open() as other_lane:
        hear(other_lane, artist_rows(1, 30))
    second = mirror.facts(store, NOW)
    assert second is not first
    assert work_id(1, 29) in second.works
    with place.open() as other_lane:
        journal.append(other_lane, [decide()])
    assert answer(mirror.facts(store, NOW)) is AnswerKind.REFUSED


def test_an_artist_out_of_reach_has_no_ledger_here(store: Store) -> None:
    sign_in(store, [artist_id(0)])
    hear(store, programme_rows() + artist_rows(0, 2) + artist_rows(1, 2))
    facts = mirror.facts(store, NOW)
    assert facts.is_in_reach(artist_id(0))
    assert not facts.is_in_reach(artist_id(1))


def test_a_profile_belongs_to_one_account(store: Store) -> None:
    sign_in(store, [artist_id(0)])
    with pytest.raises(AnotherAccount, match="nothing was sent"):
        sign_in(store, [artist_id(0)], account="account-2")
    account = profile.account(store)
    assert account is not None
    assert account.id == "account-1"
