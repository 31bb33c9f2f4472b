"""Undo restores what was answered, act by act, and says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.commands.conflicts import conflicts
from artist_console.commands.consent import KeepChoice, NothingToTakeBack, SensitiveInBulk, decide
from artist_console.commands.console import Console
from artist_console.commands.undo import CannotUndo, undo, undo_view
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.mandates import Power
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import Stance, Subject, SubjectKind
from artist_console.domain.uses import Family, Use
from artist_console.store import journal, mirror
from tests.backend.world import (
    FERRY,
    HARBOUR,
    MANAGER,
    MARA,
    PROGRAMME,
    SALT,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.desks import Desk, a_desk, a_voice, a_wish, an_allow

ASKED = (Use.TRAIN_GENERATIVE, Use.TRAIN_LYRICS, Use.DISTILL)
REFUSALS = st.builds(
    a_wish,
    st.sampled_from([Stance.REFUSE, Stance.REFUSE, Stance.CLEAR]),
    st.sampled_from([a_wish().subject, Subject(SubjectKind.RELEASE, FERRY), work_subject(SALT)]),
    st.sampled_from([None, Family.TRAINING, *ASKED]),
    st.sampled_from([None, PROGRAMME]),
)
ALLOWS = st.builds(an_allow, st.sampled_from([SALT, HARBOUR]), st.sampled_from(ASKED))
WISHES = st.lists(st.one_of(REFUSALS, ALLOWS), min_size=1, max_size=3)


def answers(console: Console) -> dict[tuple[str, Use], AnswerKind]:
    facts = mirror.facts(console.store, console.clock())
    return {
        (work, use): permission(
            Question(MARA, work_subject(work), PROGRAMME, use, console.clock()), facts
        ).answer.kind
        for work in (SALT, HARBOUR)
        for use in ASKED
    }


def acts(console: Console) -> int:
    return len({entry.decision.act for entry in journal.entries(console.store, limit=100_000)})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=WISHES, choice=st.sampled_from(KeepChoice))
def test_undoing_each_act_brings_back_every_answer(
    mara: Desk, wishes: list[Wish], choice: KeepChoice
) -> None:
    before, made_before = answers(mara.console), acts(mara.console)
    try:
        decide(mara.console, wishes, choice)
    except NothingToTakeBack:
        return
    for _ in range(acts(mara.console) - made_before):
        undo(mara.console)
    assert answers(mara.console) == before


def test_undo_goes_one_act_further_back_each_time(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    decide(mara.console, [a_wish(subject=work_subject(HARBOUR))])
    undo(mara.console)
    assert answers(mara.console)[HARBOUR, Use.DISTILL] is AnswerKind.UNDECIDED
    assert answers(mara.console)[SALT, Use.DISTILL] is AnswerKind.REFUSED
    undo(mara.console)
    assert answers(mara.console)[SALT, Use.DISTILL] is AnswerKind.UNDECIDED
    with pytest.raises(CannotUndo):
        undo(mara.console)


def test_undo_names_what_it_takes_back_and_both_stay_in_the_history(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT), use=Family.TRAINING)])
    assert undo_view(mara.console).words == "Refused Training for “Salt Lines”"
    undo(mara.console)
    assert [entry.decision.stance for entry in journal.entries(mara.console.store)] == [
        Stance.CLEAR,
        Stance.REFUSE,
    ]


def test_undoing_a_wide_refusal_brings_back_the_allows_that_fell(mara: Desk) -> None:
    decide(mara.console, [an_allow(), an_allow(HARBOUR)])
    decide(mara.console, [a_wish()], KeepChoice.REFUSE_THEM)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.REFUSED
    undo(mara.console)
    assert answers(mara.console)[SALT, Use.TRAIN_GENERATIVE] is AnswerKind.ALLOWED
    mara.sync()
    assert answers(mara.console)[HARBOUR, Use.TRAIN_GENERATIVE] is AnswerKind.ALLOWED
    assert conflicts(mara.console) == ()


def test_undo_after_a_sync_is_sent_like_any_other_answer(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    mara.sync()
    undo(mara.console)
    mara.sync()
    assert journal.count_pending(mara.console.store) == 0
    assert answers(mara.console)[SALT, Use.DISTILL] is AnswerKind.UNDECIDED


def test_several_voices_that_fell_are_not_brought_back_together(mara: Desk) -> None:
    for use in (Use.GEN_STYLE, Use.LIKENESS_NAME):
        decide(mara.console, [a_voice(use)])
    person = Subject(SubjectKind.PERSON, MARA)
    decide(mara.console, [a_wish(subject=person)], KeepChoice.REFUSE_THEM)
    assert not undo_view(mara.console).possible
    with pytest.raises(CannotUndo, match="one at a time"):
        undo(mara.console)
    with pytest.raises(SensitiveInBulk):
        decide(mara.console, [a_voice(Use.GEN_STYLE), a_voice(Use.LIKENESS_NAME)])


def test_a_proposal_is_the_artists_to_decline(tmp_path: Path) -> None:
    proposes = a_mandate(powers=(Power.SEE_WORKS, Power.PROPOSE))
    with a_desk(tmp_path, mandate_step(proposes), owner=MANAGER) as desk:
        decide(desk.console, [a_wish()])
        desk.sync()
        assert not undo_view(desk.console).possible


def test_nothing_decided_is_nothing_to_undo(mara: Desk) -> None:
    assert undo_view(mara.console).words == ""
    with pytest.raises(CannotUndo):
        undo(mara.console)
