"""Private objects: kept with the journal, under its key, and laid over what the service said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from artist_console.domain.facts import RecordedAnswer
from artist_console.domain.ids import DecisionId, FactId, PartyId
from artist_console.domain.kept_answers import KeptAnswer
from artist_console.domain.periods import Recorded
from artist_console.domain.registers import ANY_USE, PartyStance
from artist_console.store import mirror, private, projection
from artist_console.store.asked_no_more import AskedNoMore
from artist_console.store.opening import Store
from artist_console.store.private import PrivateKind
from tests.store.conftest import Place

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ARTIST = "artist"


@dataclass(frozen=True)
class Unstorable:
    """Something that no codec can write."""

    id: str
    value: object


def answer(id: str = "a1", words: str = "By telephone") -> RecordedAnswer:
    return RecordedAnswer(
        FactId(id),
        PartyId("p1"),
        "",
        None,
        ANY_USE,
        PartyStance.ALLOWED,
        date(2026, 5, 1),
        Recorded(NOW),
        words,
    )


def test_what_is_kept_is_there_after_a_restart_as_it_was(place: Place) -> None:
    with place.open() as store:
        private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [answer("a2"), answer("a1")], NOW)
    with place.open() as store:
        assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == (answer("a1"), answer("a2"))


def test_the_same_id_again_takes_the_place_of_the_former(store: Store) -> None:
    private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [answer()], NOW)
    assert len(private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer)) == 1
    changed = replace(answer(), words="By letter")
    private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [changed], NOW)
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == (changed,)
    assert private.remove(store, PrivateKind.RECORDED_ANSWER, "a1")
    assert not private.remove(store, PrivateKind.RECORDED_ANSWER, "a1")
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == ()


def test_several_are_kept_wholly_or_not_at_all(store: Store) -> None:
    with pytest.raises(TypeError):
        private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [answer(), Unstorable("b", object())], NOW)
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == ()


def test_another_lane_sees_a_change_at_once(place: Place, store: Store) -> None:
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == ()
    with place.open() as other:
        private.put(other, PrivateKind.RECORDED_ANSWER, ARTIST, [answer()], NOW)
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == (answer(),)


def test_an_answer_that_was_recorded_is_a_fact_and_the_tables_are_worked_out_anew(store: Store) -> None:
    projection.refresh(store, NOW.date())
    assert projection.rows_are_current(store, NOW.date())
    private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [answer()], NOW)
    assert mirror.facts(store, NOW).recorded_answers == {PartyId("p1"): (answer(),)}
    assert not projection.rows_are_current(store, NOW.date())


def test_the_same_file_is_attached_once_and_read_back_whole(store: Store) -> None:
    body = bytes(range(256)) * 400
    one = private.attach(store, "contract.pdf", body, NOW)
    again = private.attach(store, "copy.pdf", body, NOW)
    assert one == again
    assert (one.name, one.size) == ("contract.pdf", len(body))
    assert private.attached_bytes(store, one.sha256) == body
    private.drop_attachment(store, one.sha256)
    assert private.attachment(store, one.sha256) is None
    assert private.attached_bytes(store, one.sha256) is None


def test_nothing_of_it_can_be_read_in_the_files(place: Place) -> None:
    with place.open() as store:
        private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [answer(words="canary-of-words")], NOW)
        private.attach(store, "canary-of-names", b"canary-of-bytes" * 50, NOW)
    for file in place.folder.iterdir():
        assert b"canary" not in file.read_bytes(), file.name


def test_a_kind_can_be_read_with_and_without_what_only_the_person_sees(store: Store) -> None:
    given = KeptAnswer(
        FactId("a1"), PartyId("p1"), "", None, ANY_USE, PartyStance.ALLOWED, date(2026, 5, 1), Recorded(NOW),
        "By telephone", "", "ab" * 32, "letter.pdf",
    )  # fmt: skip
    private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [given], NOW)
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == (answer("a1"),)
    assert private.all(store, PrivateKind.RECORDED_ANSWER, KeptAnswer) == (given,)
    assert private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer) == (answer("a1"),)


def test_a_file_goes_only_when_nothing_names_it(store: Store) -> None:
    file = private.attach(store, "letter.pdf", b"A yes, signed.", NOW)
    given = KeptAnswer(
        FactId("a1"), PartyId("p1"), "", None, ANY_USE, PartyStance.ALLOWED, date(2026, 5, 1), Recorded(NOW),
        "", "", file.sha256, file.name,
    )  # fmt: skip
    private.put(store, PrivateKind.RECORDED_ANSWER, ARTIST, [given], NOW)
    assert not private.drop_unnamed(store, file.sha256)
    assert private.attachment(store, file.sha256) == file
    private.remove(store, PrivateKind.RECORDED_ANSWER, "a1")
    assert private.drop_unnamed(store, file.sha256)
    assert private.attachment(store, file.sha256) is None


def test_objects_that_are_no_facts_are_read_as_they_are_now(store: Store) -> None:
    for id in ("one", "two"):
        private.put(store, PrivateKind.LEFT, ARTIST, [AskedNoMore(DecisionId(id))], NOW)
        assert private.all(store, PrivateKind.LEFT, AskedNoMore)[-1].id == id
