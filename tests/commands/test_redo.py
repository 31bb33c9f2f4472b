"""Redo does again what was taken back last: act by act, across restarts, until a new answer ends it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.backend.authentication import new_token
from artist_console.backend.seed import seed
from artist_console.backend.storage.hashes import sha256_of
from artist_console.commands.consent import KeepChoice, NothingToTakeBack, decide, standing_allows
from artist_console.commands.console import Console
from artist_console.commands.deeds import deeds_of
from artist_console.commands.redo import CannotRedo, redo, redo_view
from artist_console.commands.undo import CannotUndo, undo, undo_view
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import AnswerKind, Decision, effective
from artist_console.domain.ids import ActId, TermsId
from artist_console.domain.mandates import Power
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, Register, Stance, Subject
from artist_console.domain.uses import Family, Use
from artist_console.formats.kinds import Kind
from artist_console.store import journal, mirror
from artist_console.store.acts import Act, Fate
from tests.backend.world import (
    DAY,
    HARBOUR,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    PROGRAMME,
    SALT,
    Device,
    a_decision,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.backend.world import an_allow as an_allow_elsewhere
from tests.commands.desks import Desk, a_desk, a_wish, an_allow
from tests.commands.test_undo import WISHES, answers


def shown(console: Console) -> dict[Register, Stance]:
    """The stance of every register that says something; an allow that fell says nothing any more."""
    facts = mirror.facts(console.store, console.clock())
    found: dict[Register, Stance] = {}
    for artist in facts.said:
        for register, said in facts.registers_of(artist).items():
            last = effective(register, said)
            if last is not None and (last.stance is not Stance.ALLOW or standing_allows(facts, register)):
                found[register] = last.stance
    return found


def recorded(console: Console) -> list[Decision]:
    return [entry.decision for entry in reversed(journal.entries(console.store, limit=100_000))]


def elsewhere(desk: Desk, *decisions: Decision) -> None:
    """The same artist answers on another device, and this computer hears of it."""
    backend = desk.profile.backend
    assert backend is not None
    token = new_token()
    backend.service.fixed_tokens[sha256_of(token)] = MARA_ACCOUNT  # type: ignore[attr-defined]
    with requests.Session() as session:
        Device(backend.base_url, token, f"phone-{decisions[0].id}", session).push(*decisions)
    desk.sync()


def test_redo_makes_the_answer_again_and_names_it(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT), use=Family.TRAINING)])
    undo(mara.console)
    assert redo_view(mara.console).words == "Refuse Training for “Salt Lines”"
    assert redo_view(mara.console).possible
    redo(mara.console)
    assert [decision.stance for decision in recorded(mara.console)] == [
        Stance.REFUSE,
        Stance.CLEAR,
        Stance.REFUSE,
    ]
    assert answers(mara.console)[SALT, Use.TRAIN_LYRICS] is AnswerKind.REFUSED


def test_undo_undo_redo_redo_goes_there_and_back(mara: Desk) -> None:
    states = [answers(mara.console)]
    for wish in (
        a_wish(subject=work_subject(SALT)),
        an_allow(HARBOUR),
        a_wish(Stance.REFUSE, use=Use.DISTILL),
    ):
        decide(mara.console, [wish], KeepChoice.KEEP_THEM)
        states.append(answers(mara.console))
    for _ in range(2):  # and all of it twice
        for state in reversed(states[:-1]):
            undo(mara.console)
            assert answers(mara.console) == state
        with pytest.raises(CannotUndo):
            undo(mara.console)
        for state in states[1:]:
            redo(mara.console)
            assert answers(mara.console) == state
        with pytest.raises(CannotRedo):
            redo(mara.console)


def test_what_is_on_top_of_either_stack_survives_a_restart_and_a_sync(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    decide(mara.console, [a_wish(subject=work_subject(HARBOUR))])
    undo(mara.console)
    mara.sync()
    mara.reopen()
    assert redo_view(mara.console).words == "Refuse every use for “Harbour Lights”"
    assert undo_view(mara.console).words == "Refused every use for “Salt Lines”"
    redo(mara.console)
    mara.sync()
    mara.reopen()
    assert undo_view(mara.console).words == "Refused every use for “Harbour Lights”"
    assert not redo_view(mara.console).possible
    assert journal.count_pending(mara.console.store) == 0


def test_a_new_answer_ends_what_can_be_done_again(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    undo(mara.console)
    decide(mara.console, [a_wish(subject=work_subject(HARBOUR))])
    assert redo_view(mara.console).words == ""
    with pytest.raises(CannotRedo, match="Nothing was taken back since your last answer"):
        redo(mara.console)


def test_redoing_a_wide_refusal_fells_again_exactly_what_it_felled(mara: Desk) -> None:
    decide(mara.console, [an_allow(), an_allow(HARBOUR)])
    decide(mara.console, [a_wish()], KeepChoice.REFUSE_THEM)
    undo(mara.console)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.ALLOWED
    redo(mara.console)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.REFUSED
    undo(mara.console)
    assert answers(mara.console)[HARBOUR, Use.TRAIN_GENERATIVE] is AnswerKind.ALLOWED


def test_redoing_a_wide_refusal_keeps_again_what_it_kept(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    decide(mara.console, [a_wish()], KeepChoice.KEEP_THEM)
    undo(mara.console)
    redo(mara.console)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.ALLOWED
    assert answers(mara.console)[HARBOUR, Use.TRAIN_GENERATIVE] is AnswerKind.REFUSED


def test_a_refusal_that_changed_nothing_is_passed_over(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    decide(mara.console, [a_wish()])
    undo(mara.console)
    assert answers(mara.console)[SALT, Use.DISTILL] is AnswerKind.UNDECIDED


def test_an_allow_that_had_fallen_does_not_come_back_by_undo(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    decide(mara.console, [a_wish()], KeepChoice.REFUSE_THEM)
    decide(mara.console, [a_wish(Stance.CLEAR, work_subject(SALT), Use.TRAIN_GENERATIVE, PROGRAMME)])
    undo(mara.console)  # clearing what had fallen changed nothing: the refusal before it is taken back
    assert answers(mara.console)[HARBOUR, Use.TRAIN_GENERATIVE] is AnswerKind.UNDECIDED


@pytest.mark.parametrize("subject", [work_subject(SALT), ALL_MY_WORKS])
def test_a_newer_refusal_from_elsewhere_is_not_undone_by_restoring_a_yes(
    mara: Desk, subject: Subject
) -> None:
    decide(mara.console, [an_allow()])
    decide(mara.console, [a_wish(Stance.CLEAR, work_subject(SALT), Use.TRAIN_GENERATIVE, PROGRAMME)])
    mara.sync()
    elsewhere(mara, a_decision(subject=subject))
    view = undo_view(mara.console)
    assert not view.possible
    assert "newer refusal" in view.reason
    assert view.target.startswith("decision/d-")
    with pytest.raises(CannotUndo, match="Take that one back first"):
        undo(mara.console)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.REFUSED


def test_a_newer_refusal_on_the_same_place_stands_against_undo_and_redo(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    mara.sync()
    elsewhere(mara, a_decision(subject=work_subject(SALT)))
    with pytest.raises(CannotUndo, match="newer refusal"):
        undo(mara.console)
    decide(mara.console, [an_allow(HARBOUR)])
    undo(mara.console)
    mara.sync()
    elsewhere(mara, a_decision(subject=work_subject(HARBOUR)))
    with pytest.raises(CannotRedo, match="newer refusal"):
        redo(mara.console)


def test_a_wide_refusal_is_not_redone_over_a_newer_yes(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    undo(mara.console)
    mara.sync()
    elsewhere(mara, an_allow_elsewhere(seen=journal.pins(mara.console.store)[MARA]))
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.ALLOWED
    with pytest.raises(CannotRedo, match="say what becomes of that one"):
        redo(mara.console)


def test_a_yes_to_terms_that_ended_is_not_given_again(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    undo(mara.console)
    mara.sync()
    day = mara.console.today + timedelta(days=1)
    later = TermsVersion(TermsId("terms-2"), PROGRAMME, 2, "Other text.", "ef" * 32, day, mara.console.today)
    mara.profile.disconnect()
    folder, keys = mara.profile.folder, mara.profile.keys
    seed(folder.backend, keys.backend, keys.receipt, rows=[(Kind.TERMS, later)])
    mara.clock.now += 2 * DAY
    mara.console.api = mara.profile.keep_here()
    mara.sync()
    assert redo_view(mara.console).target == "terms/terms-2"
    with pytest.raises(CannotRedo, match="Answer the new terms instead"):
        redo(mara.console)


def test_a_proposal_is_neither_taken_back_nor_done_again(tmp_path: Path) -> None:
    proposes = a_mandate(powers=(Power.SEE_WORKS, Power.PROPOSE))
    with a_desk(tmp_path, mandate_step(proposes), owner=MANAGER) as desk:
        decide(desk.console, [a_wish()])
        desk.sync()
        assert undo_view(desk.console).reason == "It waits for the artist, who can decline it."
        assert not redo_view(desk.console).possible


def test_nothing_taken_back_is_nothing_to_do_again(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    assert redo_view(mara.console).words == ""
    with pytest.raises(CannotRedo):
        redo(mara.console)


def test_what_was_passed_over_is_not_taken_back_later(mara: Desk) -> None:
    """A yes that only repeats one changes nothing; it must not seem to have done so afterwards."""
    decide(mara.console, [an_allow()])
    decide(mara.console, [an_allow()])
    undo(mara.console)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.UNDECIDED
    assert undo_view(mara.console).words == ""


def test_an_undo_that_was_not_applied_did_not_happen() -> None:
    made = (
        Act(ActId("a"), 1, 1, Fate.COUNTS),
        Act(ActId("u.takes-back.a"), 2, 2, Fate.NOT_APPLIED),
    )
    found = deeds_of(made)
    assert [deed.root for deed in found.done] == ["a"]
    assert found.undone == ()


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["undo", "redo", "undo", "redo", "sync", "restart"]),
        st.tuples(WISHES, st.sampled_from(KeepChoice)),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undo_then_redo_restores_every_register_and_the_journal_only_grows(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str | tuple[list[Wish], KeepChoice]]
) -> None:
    """A journal of random acts: each undo that is possible can be done again, and all is as it was."""
    with a_desk(tmp_path_factory.mktemp("acts")) as desk:
        held = recorded(desk.console)
        for step in steps:
            take(desk, step)
            now = recorded(desk.console)
            assert now[: len(held)] == held
            held = now


def take(desk: Desk, step: str | tuple[list[Wish], KeepChoice]) -> None:
    """One step, there and back again where it can be gone both ways."""
    match step:
        case "sync":
            desk.sync()
        case "restart":
            desk.reopen()
        case "undo" if undo_view(desk.console).possible:
            before = state(desk.console)
            undo(desk.console)
            between = state(desk.console)
            redo(desk.console)
            assert state(desk.console) == before
            undo(desk.console)
            assert state(desk.console) == between
        case "redo" if redo_view(desk.console).possible:
            before = state(desk.console)
            redo(desk.console)
            between = state(desk.console)
            undo(desk.console)
            assert state(desk.console) == before
            redo(desk.console)
            assert state(desk.console) == between
        case (wishes, choice):
            try:
                decide(desk.console, wishes, choice)
            except NothingToTakeBack:
                return
            assert not redo_view(desk.console).possible


def state(console: Console) -> tuple[object, object]:
    """What every cell answers, and what every register shows that shows something."""
    return answers(console), shown(console)
