"""Cases as they are kept: only added to, by several lanes, their files once, and laid over what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.domain.cases import CaseEvent, EventKind, SeenFile
from artist_console.domain.ids import ProgrammeId, WorkId
from artist_console.domain.inclusion import Asset
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.store import case_outcomes, cases, inclusions, private
from artist_console.store.opening import Store
from artist_console.store.private import PrivateKind
from tests.backend.world import MARA, OLA, SALT
from tests.commands.desks import Desk, a_desk
from tests.domain.case_world import a_case, a_file, a_letter, an_event, drafted, outcome, says, sent
from tests.store.conftest import Place

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
STAYS, FORMER, SONG = WorkId("stays"), WorkId("former"), WorkId("a-song")


def ids(store: Store, case: str = "case-1") -> list[str]:
    known = cases.get(store, case)
    return [event.id for event in known.events] if known is not None else []


def note(id: str) -> CaseEvent:
    return an_event(id, EventKind.NOTE, words="A note")


def test_a_case_is_there_after_a_restart_as_it_was(place: Place) -> None:
    with place.open() as store:
        cases.open_cases(store, [a_case(drafted())], NOW, TODAY)
        cases.add(store, "case-1", [sent()], NOW, TODAY, owner="Ines")
    with place.open() as store:
        (case,) = cases.all(store)
        assert case == a_case(drafted(), sent(), owner="Ines")


def test_opening_a_case_that_is_here_leaves_its_history(store: Store) -> None:
    cases.open_cases(store, [a_case(drafted())], NOW, TODAY)
    cases.add(store, "case-1", [sent()], NOW, TODAY)
    cases.open_cases(store, [a_case(drafted()), a_case(id="case-2")], NOW, TODAY)
    assert ids(store) == ["e-drafted", "e-sent"]
    assert cases.get(store, "case-2") is not None


def test_an_event_or_letter_that_is_sent_twice_is_kept_once(store: Store) -> None:
    cases.open_cases(store, [a_case(drafted())], NOW, TODAY)
    for _ in range(2):
        case = cases.add(store, "case-1", [sent()], NOW, TODAY, letters=[a_letter("letter-2")])
    assert case is not None
    assert [event.id for event in case.events] == ["e-drafted", "e-sent"]
    assert [letter.id for letter in case.letters] == ["letter-1", "letter-2"]


def test_a_case_that_is_not_here_is_not_made_by_adding_to_it(store: Store) -> None:
    assert cases.add(store, "nothing", [note("n")], NOW, TODAY) is None
    assert cases.all(store) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=20))
def test_two_lanes_lose_nothing_of_each_other(place: Place, told: list[tuple[bool, int]]) -> None:
    with place.open() as one, place.open() as other:
        case = f"case-{private.version(one)}"
        cases.open_cases(one, [a_case(id=case)], NOW, TODAY)
        for first, number in told:
            cases.add(one if first else other, case, [note(f"n{number}")], NOW, TODAY)
        wanted = list(dict.fromkeys(f"n{number}" for _, number in told))
        assert ids(one, case) == ids(other, case) == wanted


def test_a_change_that_fails_leaves_the_case_as_it_was(store: Store) -> None:
    cases.open_cases(store, [a_case(drafted())], NOW, TODAY)
    version = private.version(store)

    def fail(_: object) -> object:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        private.amend(store, PrivateKind.CASE, "case-1", type(a_case()), fail, NOW)  # type: ignore[arg-type]
    assert ids(store) == ["e-drafted"]
    assert private.version(store) == version


def test_a_file_that_a_case_names_is_kept_once_and_not_dropped(store: Store) -> None:
    first = private.attach(store, "reply.eml", b"From: a@b.example\r\n\r\nYes.", NOW)
    again = private.attach(store, "another name.eml", b"From: a@b.example\r\n\r\nYes.", NOW)
    assert again == first
    event = an_event("e-r", EventKind.REPLY, file=_seen(first.sha256))
    cases.open_cases(store, [a_case(drafted(), event)], NOW, TODAY)
    # Put right by another file: the former still stands in the history.
    right = an_event("e-s", EventKind.REPLY, 1, file=_seen("cd" * 32), of="e-r")
    cases.add(store, "case-1", [right], NOW, TODAY)
    assert private.drop_unnamed(store, first.sha256) is False
    assert private.attached_bytes(store, first.sha256) is not None


def _seen(sha256: str) -> SeenFile:
    file = a_file()
    return replace(file, file=replace(file.file, sha256=sha256))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    rows = [
        (Kind.WORK, Work(STAYS, WorkKind.RECORDING, "Stays", (MARA,), merged_ids=(FORMER,))),
        (Kind.WORK, Work(SONG, WorkKind.COMPOSITION, "A Song", (MARA,))),
    ]
    with a_desk(tmp_path / "mara", rows=rows) as found:
        yield found


def said_of(desk: Desk, *works: WorkId, programme: str | None = None) -> None:
    said = says(works=works, programme=ProgrammeId(programme) if programme else None)
    case = a_case(drafted(), outcome(of="", outcome=said), artist=MARA)
    cases.open_cases(desk.console.store, [case], NOW, TODAY)


def test_what_is_said_of_a_merged_work_is_said_of_the_one_that_stays(desk: Desk) -> None:
    said_of(desk, FORMER)
    store = desk.console.store
    (said,) = inclusions.of_work(store, STAYS)
    assert said.work == STAYS
    assert inclusions.of_works(store, [STAYS, FORMER]) == {STAYS: (said,)}
    assert case_outcomes.rows_touched(store, [FORMER, SALT]) == {STAYS, SALT}


def test_what_is_said_of_a_song_is_said_of_the_composition(desk: Desk) -> None:
    said_of(desk, SONG)
    (said,) = inclusions.of_work(desk.console.store, SONG)
    assert said.asset is Asset.COMPOSITION


def test_every_way_of_asking_gives_what_a_case_says(desk: Desk) -> None:
    said_of(desk, STAYS, SONG, programme="harmonia-2")
    store = desk.console.store
    named = {STAYS, SONG}
    assert {s.work for s in inclusions.all(store) if s.id.startswith("case/")} == named
    assert {s.work for s in inclusions.find(store, artist=MARA) if s.id.startswith("case/")} == named
    assert not [s for s in inclusions.find(store, artist=OLA) if s.id.startswith("case/")]
    assert not [s for s in inclusions.find(store, programme=ProgrammeId("other")) if s.id.startswith("case/")]
    assert inclusions.as_passed_on(store, work=STAYS) == ()


def test_what_is_said_of_a_work_that_is_not_here_is_kept_and_not_applied(desk: Desk) -> None:
    said_of(desk, WorkId("gone"))
    store = desk.console.store
    assert not [s for s in inclusions.all(store) if s.id.startswith("case/")]
    (told,) = case_outcomes.of_case(store, cases.all(store)[0])
    assert told.statement is None
    assert "no longer in the catalogue" in told.why_not
