"""Deciding through the real store: what is recorded, in which acts, and what the domain forbids."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from artist_console.commands.consent import (
    AllowTooWide,
    KeepChoice,
    KeepsNotChosen,
    NothingToTakeBack,
    SensitiveInBulk,
    allow_everything_asked,
    decide,
)
from artist_console.commands.console import Console
from artist_console.commands.permissions import explain
from artist_console.commands.review import ReviewResult, review
from artist_console.commands.soundness import (
    EndBeforeStart,
    EndPassed,
    NoSuchCountry,
    NotAmongTheWorks,
    NoTerms,
    OnlyAYes,
    RateNotPossible,
    TermsWithdrawn,
    fault_of,
)
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import AnswerKind, Outcome
from artist_console.domain.ids import AgreementId, TermsId, WorkId
from artist_console.domain.mandates import Power
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Party, PartyKind, Standing
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import AuthorityProblem, InputProblem, UnknownThing
from artist_console.domain.programmes import ApprovalClause, TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, Conditions, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Right, Use, is_sensitive
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.store import journal
from tests.backend.world import (
    DAY,
    DECIDES,
    FERRY,
    HARBOUR,
    MANAGER,
    MARA,
    OLA,
    OLAS,
    PROGRAMME,
    SALT,
    START,
    TERMS,
    TERMS_SHA256,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.agreeing import FIELDNOTE, agreement, control, recording
from tests.commands.agreeing import stake as stake_in
from tests.commands.desks import OTHER, Desk, a_desk, a_voice, a_wish, an_allow
from tests.domain.world import MARA as OWNER
from tests.domain.world import NOW as LATER
from tests.domain.world import OLA as SOMEBODY
from tests.domain.world import OTHER_RECORDING, stake
from tests.domain.world import world as small_world


def answer(console: Console, work: str, use: Use = Use.TRAIN_GENERATIVE) -> AnswerKind:
    return explain(console, work, PROGRAMME, use, MARA).answer.kind  # type: ignore[arg-type]


def recorded(console: Console) -> list[Stance]:
    return [entry.decision.stance for entry in reversed(journal.entries(console.store))]


def test_a_refusal_counts_at_once_and_waits_to_be_sent(mara: Desk) -> None:
    result = decide(mara.console, [a_wish()])
    assert answer(mara.console, SALT) is AnswerKind.REFUSED
    assert journal.count_pending(mara.console.store) == 1
    assert Changes.CONSENT | Changes.JOURNAL in result.changes


def test_a_decision_is_still_there_after_a_restart(mara: Desk) -> None:
    (decision,) = decide(mara.console, [a_wish()]).value
    mara.reopen()
    entry = journal.entry(mara.console.store, decision.id)
    assert entry is not None
    assert entry.decision == decision


def test_a_decision_comes_through_with_a_receipt(mara: Desk) -> None:
    (decision,) = decide(mara.console, [a_wish()]).value
    mara.sync()
    entry = journal.entry(mara.console.store, decision.id)
    assert entry is not None
    assert entry.outcome is Outcome.ACCEPTED
    assert journal.receipts(mara.console.store, decision.id)


def test_a_mixed_answer_is_two_acts_with_the_refusal_first(mara: Desk) -> None:
    wishes = [an_allow(), a_wish(subject=work_subject(HARBOUR)), an_allow(HARBOUR)]
    made = decide(mara.console, wishes).value
    assert [decision.stance for decision in made] == [Stance.REFUSE, Stance.ALLOW, Stance.ALLOW]
    assert made[0].act != made[1].act == made[2].act
    assert recorded(mara.console) == [Stance.REFUSE, Stance.ALLOW, Stance.ALLOW]
    assert answer(mara.console, HARBOUR) is AnswerKind.ALLOWED


def test_an_artist_out_of_reach_keeps_all_of_it_from_being_recorded(tmp_path: Path) -> None:
    with a_desk(tmp_path, mandate_step(a_mandate()), owner=MANAGER) as manager:
        with pytest.raises(AuthorityProblem):
            decide(manager.console, [a_wish(), Wish(OLA, ALL_MY_WORKS, None, a_wish().use, Stance.REFUSE)])
        assert recorded(manager.console) == []


def test_an_allow_names_the_terms_in_effect_and_their_hash(mara: Desk) -> None:
    (decision,) = decide(mara.console, [an_allow()]).value
    assert (decision.terms, decision.terms_sha256) == (TERMS, TERMS_SHA256)


def test_an_allow_carries_its_conditions(mara: Desk) -> None:
    conditions = Conditions(until=mara.console.today, walled_garden_only=True)
    (decision,) = decide(mara.console, [an_allow(conditions=conditions)]).value
    assert decision.conditions == conditions


def test_there_is_nothing_to_agree_to_before_terms_take_effect(mara: Desk) -> None:
    wish = a_wish(Stance.ALLOW, work_subject(SALT), Use.GEN_COVER, OTHER)
    with pytest.raises(NoTerms, match="Northlight"):
        decide(mara.console, [wish])
    assert recorded(mara.console) == []


_TODAY = START.date()
_FAULTS: list[tuple[Conditions, type[InputProblem], str]] = [
    (Conditions(since=_TODAY + DAY, until=_TODAY), EndBeforeStart, "comes before the first"),
    (Conditions(until=_TODAY - DAY), EndPassed, "has passed already"),
    (Conditions(territories=Territories(("QQ", "SE"))), NoSuchCountry, "QQ is not a country code"),
    (Conditions(minimum_rate=Decimal("-1"), rate_currency="EUR"), RateNotPossible, "above zero"),
    (Conditions(minimum_rate=Decimal("0.02")), RateNotPossible, "currency"),
    (Conditions(minimum_rate=Decimal("1E+999999"), rate_currency="EUR"), RateNotPossible, "amount"),
]


@pytest.mark.parametrize(("conditions", "problem", "words"), _FAULTS)
def test_a_yes_on_conditions_that_cannot_be_is_not_recorded_and_the_review_says_why(
    mara: Desk, conditions: Conditions, problem: type[InputProblem], words: str
) -> None:
    wish = an_allow(conditions=conditions)
    (group,) = review(mara.console, [wish]).groups
    assert group.result is ReviewResult.CANNOT_BE_MADE
    assert words in group.reason
    with pytest.raises(problem, match=words):
        decide(mara.console, [a_wish(subject=work_subject(HARBOUR)), wish])
    assert recorded(mara.console) == [], "nothing of it"


SOLO, SOLO_SONG = WorkId("solo"), WorkId("solo-song")


def _covered() -> list[tuple[Kind, Any]]:
    """A recording and its song, all Mara's, licensed by Fieldnote where she says yes."""
    rows: list[tuple[Kind, Any]] = [
        (Kind.PARTY, Party(FIELDNOTE, "Fieldnote", PartyKind.ORGANISATION)),
        (Kind.WORK, Work(SOLO_SONG, WorkKind.COMPOSITION, "Solo", (MARA,))),
        recording(SOLO, "Solo", SOLO_SONG),
    ]
    for work, right in ((SOLO, Right.MASTER), (SOLO_SONG, Right.COMPOSITION)):
        rows += [
            stake_in(MARA, work, right, Standing.CONTROLS, 10_000),
            control(FIELDNOTE, work, right),
            agreement(AgreementId(f"for-{work}"), FIELDNOTE, work, ApprovalClause.ARTIST_OPT_IN),
        ]
    return rows


def test_a_yes_from_a_day_to_come_is_said_to_count_from_that_day(tmp_path: Path) -> None:
    with a_desk(tmp_path, rows=_covered()) as mara:
        decide(mara.console, [an_allow(SOLO_SONG)])
        at_once = an_allow(SOLO)
        later = an_allow(SOLO, conditions=Conditions(since=_TODAY + 30 * DAY))
        (now,), (then,) = (review(mara.console, [wish]).groups for wish in (at_once, later))
        assert (now.result, now.reason) == (
            ReviewResult.TAKES_EFFECT,
            "It counts from the moment it arrives.",
        )
        assert then.items[0].after is now.items[0].after is PermissionOutcome.ALLOWED
        assert (then.result, then.reason) == (
            ReviewResult.TAKES_EFFECT,
            f"It counts from {day_in_words(_TODAY + 30 * DAY)}.",
        )


def test_a_yes_that_starts_after_its_terms_is_said_to_have_no_effect(tmp_path: Path) -> None:
    first = _TODAY + 40 * DAY
    newer = TermsVersion(TermsId("newer"), PROGRAMME, 2, "New text.", "ef" * 32, first, _TODAY - DAY)
    with a_desk(tmp_path, rows=[*_covered(), (Kind.TERMS, newer)]) as mara:
        from_then = an_allow(SOLO, conditions=Conditions(since=first))
        decide(mara.console, [replace(an_allow(SOLO_SONG, conditions=from_then.conditions), terms=newer.id)])
        (group,) = review(mara.console, [from_then]).groups
        assert group.result is ReviewResult.NO_EFFECT
        assert group.reason.startswith("Other terms are in effect by its first day")
        (group,) = review(mara.console, [replace(from_then, terms=newer.id)]).groups
        assert (group.result, group.reason) == (
            ReviewResult.TAKES_EFFECT,
            f"It counts from {day_in_words(first)}.",
        )


def test_a_yes_to_terms_that_are_over_is_not_recorded(tmp_path: Path) -> None:
    newer = TermsVersion(TermsId("newer"), PROGRAMME, 2, "New text.", "ef" * 32, _TODAY, _TODAY - DAY)
    with a_desk(tmp_path, rows=[(Kind.TERMS, newer)]) as mara:
        former = replace(an_allow(), terms=TERMS)
        (group,) = review(mara.console, [former]).groups
        assert group.result is ReviewResult.CANNOT_BE_MADE
        with pytest.raises(TermsWithdrawn, match="no longer in effect"):
            decide(mara.console, [former])
        with pytest.raises(TermsWithdrawn):
            decide(mara.console, [replace(an_allow(), terms=TermsId("coming"))])  # another programme's
        (made,) = decide(mara.console, [an_allow()]).value
        assert made.terms == newer.id


def test_a_work_that_left_the_roster_is_not_answered() -> None:
    made = small_world()
    wish = Wish(OWNER, work_subject(OTHER_RECORDING), None, UseScope.of(Use.DISTILL), Stance.REFUSE)
    assert fault_of(wish, made.book(), LATER) is None
    made.works[1] = replace(made.works[1], artists=(SOMEBODY,))
    fault = fault_of(wish, made.book(), LATER)
    assert isinstance(fault, NotAmongTheWorks)
    assert "Harbour Lights" in fault.title
    made.stakeholders.append(stake(OWNER, OTHER_RECORDING, Right.MASTER, Standing.SHARES, 5_000))
    assert fault_of(wish, made.book(), LATER) is None, "who holds a share has an answer"


def test_a_no_has_no_conditions(mara: Desk) -> None:
    with pytest.raises(OnlyAYes):
        decide(mara.console, [replace(a_wish(), conditions=Conditions(until=_TODAY))])


@pytest.mark.parametrize(
    "wish",
    [
        a_wish(Stance.ALLOW, work_subject(SALT), Family.TRAINING, PROGRAMME),
        a_wish(Stance.ALLOW, work_subject(SALT), None, PROGRAMME),
        a_wish(Stance.ALLOW, work_subject(SALT), Use.DISTILL),
        a_wish(Stance.ALLOW, ALL_MY_WORKS, Use.DISTILL, PROGRAMME),
        a_wish(Stance.ALLOW, Subject(SubjectKind.RELEASE, FERRY), Use.DISTILL, PROGRAMME),
    ],
)
def test_a_yes_is_narrow(mara: Desk, wish: Wish) -> None:
    with pytest.raises(AllowTooWide):
        decide(mara.console, [wish])
    assert recorded(mara.console) == []


def test_voice_is_allowed_by_itself_and_never_with_others(mara: Desk) -> None:
    with pytest.raises(SensitiveInBulk):
        decide(mara.console, [a_voice(), an_allow()])
    with pytest.raises(SensitiveInBulk):
        decide(mara.console, [a_voice(Use.GEN_STYLE), a_voice(Use.LIKENESS_NAME)])
    assert recorded(mara.console) == []
    decide(mara.console, [a_voice()])
    assert recorded(mara.console) == [Stance.ALLOW]


def test_a_refusal_has_no_conditions(mara: Desk) -> None:
    with pytest.raises(InputProblem, match="Only a yes"):
        decide(mara.console, [a_wish(conditions=Conditions(until=mara.console.today))])


def test_a_wider_refusal_asks_what_becomes_of_the_allows_it_meets(mara: Desk) -> None:
    decide(mara.console, [an_allow(), an_allow(HARBOUR)])
    with pytest.raises(KeepsNotChosen) as raised:
        decide(mara.console, [a_wish()])
    assert len(raised.value.allows) == 2
    assert recorded(mara.console) == [Stance.ALLOW] * 2


@pytest.mark.parametrize(
    ("choice", "left"),
    [(KeepChoice.KEEP_THEM, AnswerKind.ALLOWED), (KeepChoice.REFUSE_THEM, AnswerKind.REFUSED)],
)
def test_the_choice_about_narrower_allows_is_carried_out_everywhere(
    mara: Desk, choice: KeepChoice, left: AnswerKind
) -> None:
    decide(mara.console, [an_allow()])
    decide(mara.console, [a_wish()], choice)
    assert answer(mara.console, SALT) is left
    assert answer(mara.console, HARBOUR) is AnswerKind.REFUSED
    mara.sync()
    assert answer(mara.console, SALT) is left


def test_a_refusal_of_the_very_cell_that_is_allowed_asks_nothing(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    decide(mara.console, [a_wish(Stance.REFUSE, work_subject(SALT), Use.TRAIN_GENERATIVE, PROGRAMME)])
    assert answer(mara.console, SALT) is AnswerKind.REFUSED


def test_a_refusal_of_a_release_meets_allows_of_its_works_only(mara: Desk) -> None:
    decide(mara.console, [an_allow(HARBOUR)])  # not on the release
    decide(mara.console, [a_wish(subject=Subject(SubjectKind.RELEASE, FERRY))])
    assert answer(mara.console, HARBOUR) is AnswerKind.ALLOWED
    assert answer(mara.console, SALT) is AnswerKind.REFUSED


def test_taking_back_empties_the_register(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    decide(mara.console, [a_wish(Stance.CLEAR)])
    assert answer(mara.console, SALT) is AnswerKind.UNDECIDED


def test_there_is_nothing_to_take_back_where_nothing_stands(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    with pytest.raises(NothingToTakeBack):
        decide(mara.console, [a_wish(Stance.CLEAR, work_subject(SALT))])
    assert recorded(mara.console) == [Stance.REFUSE]


def test_what_is_not_known_here_is_not_answered(mara: Desk) -> None:
    with pytest.raises(UnknownThing):
        decide(mara.console, [a_wish(subject=work_subject("somebody-elses"))])


def test_the_base_of_a_decision_is_what_its_register_shows(mara: Desk) -> None:
    (first,) = decide(mara.console, [a_wish()]).value
    (second,) = decide(mara.console, [a_wish(Stance.CLEAR)]).value
    (third,) = decide(mara.console, [a_wish()]).value
    assert (first.base, second.base, third.base) == (None, first.id, None)


def test_a_decision_after_a_sync_is_made_in_sight_of_the_ledger(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    mara.sync()
    (later,) = decide(mara.console, [an_allow()]).value
    assert later.seen.n == 1
    assert later.seen.head


def test_a_manager_decides_under_the_mandate(manager: Desk) -> None:
    (decision,) = decide(manager.console, [a_wish()]).value
    assert (decision.made_by, decision.mandate) == (MANAGER, DECIDES)


def test_a_manager_cannot_reach_beyond_the_limits_of_the_mandate(tmp_path: Path) -> None:
    limited = a_mandate(uses=(Use.DISTILL,))
    with a_desk(tmp_path, mandate_step(limited), owner=MANAGER) as desk:
        with pytest.raises(AuthorityProblem, match="does not reach"):
            decide(desk.console, [a_wish()])
        decide(desk.console, [a_wish(use=Use.DISTILL)])


def test_a_proposal_changes_nothing_until_the_artist_signs(tmp_path: Path) -> None:
    proposes = a_mandate(powers=(Power.SEE_WORKS, Power.PROPOSE))
    with a_desk(tmp_path, mandate_step(proposes), owner=MANAGER) as desk:
        (decision,) = decide(desk.console, [a_wish()]).value
        desk.sync()
        entry = journal.entry(desk.console.store, decision.id)
        assert entry is not None
        assert entry.outcome is Outcome.PROPOSED
        assert answer(desk.console, SALT) is AnswerKind.UNDECIDED


def test_allow_on_something_wide_stands_for_single_allows_without_voice(mara: Desk) -> None:
    wishes = allow_everything_asked(mara.console, MARA, ALL_MY_WORKS)
    uses = {Use(wish.use.name) for wish in wishes}
    assert {wish.subject for wish in wishes} == {work_subject(SALT), work_subject(HARBOUR)}
    assert not any(is_sensitive(use) for use in uses)
    assert all(wish.stance is Stance.ALLOW and wish.programme is not None for wish in wishes)


def test_allow_on_a_release_leaves_out_what_is_allowed_already(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    release = Subject(SubjectKind.RELEASE, FERRY)
    wishes = allow_everything_asked(mara.console, MARA, release, family=Family.TRAINING, programme=PROGRAMME)
    assert UseScope.of(Use.TRAIN_GENERATIVE) not in {wish.use for wish in wishes}
    assert {wish.subject.id for wish in wishes} == {SALT}
    made = decide(mara.console, wishes).value
    assert len({decision.act for decision in made}) == 1


def test_allow_on_a_release_renews_what_has_run_out(mara: Desk) -> None:
    last_day = mara.clock.now.date() + timedelta(days=30)
    decide(mara.console, [an_allow(conditions=Conditions(until=last_day))])
    mara.sync()

    def asked_again() -> bool:
        release = Subject(SubjectKind.RELEASE, FERRY)
        wishes = allow_everything_asked(mara.console, MARA, release, family=Family.TRAINING)
        return UseScope.of(Use.TRAIN_GENERATIVE) in {w.use for w in wishes if w.programme == PROGRAMME}

    assert not asked_again()
    mara.clock.now += timedelta(days=31)
    assert asked_again()


def test_works_of_others_are_out_of_reach(mara: Desk) -> None:
    with pytest.raises(UnknownThing):
        explain(mara.console, OLAS, PROGRAMME, Use.DISTILL)


def test_a_no_whose_every_cell_has_a_yes_beside_it_is_not_drawn_as_a_power(mara: Desk) -> None:
    no = a_wish(subject=work_subject(SALT), use=Family.TRAINING)
    yes = allow_everything_asked(mara.console, MARA, no.subject, Family.TRAINING)
    assert yes
    result = {
        item.wish: group.result for group in review(mara.console, [no, *yes]).groups for item in group.items
    }
    assert result[no] is ReviewResult.NOT_CHECKED
