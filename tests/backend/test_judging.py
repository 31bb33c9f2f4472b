"""The judgement by itself, over many ledgers: what may never happen, whoever says what in whatever order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from artist_console.backend.judging import APPLIED, Said, Sight, fault_of, fault_of_act, judge_act
from artist_console.domain.decisions import (
    AnswerKind,
    Cell,
    Context,
    Decision,
    Outcome,
    Pin,
    Recording,
    answer_on,
)
from artist_console.domain.ids import AccountId, DecisionId
from artist_console.domain.mandates import Power
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use, is_sensitive
from artist_console.domain.works import Release

from .world import (
    FERRY,
    HARBOUR,
    MANAGER,
    MARA_ACCOUNT,
    PROGRAMME,
    ROWS,
    SALT,
    START,
    TERMS,
    TERMS_SHA256,
    a_decision,
    a_mandate,
)

USES = (Use.TRAIN_GENERATIVE, Use.GEN_COVER, Use.GEN_VOICE)
WORKS = (SALT, HARBOUR)
TERMS_ROW = next(row for _, row in ROWS if isinstance(row, TermsVersion))
RELEASES = {row.id: row for _, row in ROWS if isinstance(row, Release)}

works = st.sampled_from(WORKS).map(lambda work: Subject(SubjectKind.WORK, work))
wide_subjects = st.one_of(works, st.just(ALL_MY_WORKS), st.just(Subject(SubjectKind.RELEASE, FERRY)))
keys = st.sampled_from(USES).map(UseScope.of)
wide_uses = st.one_of(keys, st.just(ANY_USE), st.sampled_from(Family).map(UseScope.of))
wide_programmes = st.sampled_from((None, PROGRAMME))
people = st.sampled_from((MARA_ACCOUNT, MANAGER))


@st.composite
def decisions(draw: st.DrawFn, by: AccountId | None = None) -> Decision:
    stance = draw(st.sampled_from(Stance))
    who = by or draw(people)
    if stance is Stance.ALLOW:
        return a_decision(
            stance,
            draw(works),
            draw(keys),
            PROGRAMME,
            by=who,
            terms=TERMS,
            terms_sha256=TERMS_SHA256,
        )
    return a_decision(stance, draw(wide_subjects), draw(wide_uses), draw(wide_programmes), by=who)


def sight(
    account: AccountId,
    said: tuple[Recording, ...],
    powers: tuple[Power, ...] = (Power.SEE_WORKS, Power.DECIDE),
    from_stream: frozenset[DecisionId] = frozenset(),
    **mandate: object,
) -> Sight:
    return Sight(
        account=account,
        is_artist=account == MARA_ACCOUNT,
        mandates=(a_mandate(powers=powers, **mandate),),
        artist_accounts=frozenset({MARA_ACCOUNT}),
        said=Said(said),
        co_signed=frozenset(),
        now=START,
        from_stream=from_stream.__contains__,
        holds_pin=lambda pin: pin.n <= len(said),
        terms_of=lambda programme: (TERMS_ROW,),
        answers_for=lambda subject: True,
        release=RELEASES.get,
    )


def as_seen(decision: Decision, view: Sight) -> Decision:
    """Made by somebody who looks at the ledger as it is."""
    base = view.said.effective.get(decision.register)
    return replace(decision, base=base.id if base else None, seen=Pin(len(view.said.recordings)))


def recorded(history: list[Decision]) -> tuple[Recording, ...]:
    """A ledger as the rules themselves would let it grow."""
    said: tuple[Recording, ...] = ()
    for decision in history:
        view = sight(decision.made_by, said)
        seen = as_seen(decision, view)
        if judge_act(view, [seen])[0].outcome in APPLIED:
            said = (*said, Recording(len(said) + 1, START, seen))
    return said


def answers(said: tuple[Recording, ...]) -> dict[tuple[str, Use], AnswerKind]:
    context = Context(START, TERMS_ROW, {TERMS: TERMS_ROW})
    views = sight(MARA_ACCOUNT, said)
    found = {}
    for work in WORKS:
        for use in USES:
            register = a_decision(
                Stance.ALLOW, Subject(SubjectKind.WORK, work), UseScope.of(use), PROGRAMME
            ).register
            cell: Cell = views.cell(register)
            found[(work, use)] = answer_on(cell, said, context).kind
    return found


histories = st.lists(decisions(), max_size=7)


@given(histories, decisions(by=MANAGER))
def test_a_mandate_holder_never_undoes_what_the_artist_refused(
    history: list[Decision], last: Decision
) -> None:
    said = recorded(history)
    only_artist = tuple(r for r in said if r.decision.made_by == MARA_ACCOUNT)
    before = answers(said)
    view = sight(MANAGER, said)
    made = as_seen(last, view)
    if judge_act(view, [made])[0].outcome not in APPLIED:
        return
    after = answers((*said, Recording(len(said) + 1, START, made)))
    for cell, kind in answers(only_artist).items():
        if kind is AnswerKind.REFUSED and before[cell] is AnswerKind.REFUSED:
            assert after[cell] is AnswerKind.REFUSED


@given(histories, decisions(by=MARA_ACCOUNT))
def test_an_authorised_refusal_always_applies(history: list[Decision], refusal: Decision) -> None:
    said = recorded(history)
    made = a_decision(Stance.REFUSE, refusal.register.subject, refusal.register.use)
    for seen in (made, as_seen(made, sight(MARA_ACCOUNT, said))):
        assert judge_act(sight(MARA_ACCOUNT, said), [seen])[0].outcome in APPLIED


@given(histories, decisions(by=MARA_ACCOUNT), decisions())
def test_an_unseen_refusal_that_meets_an_allow_or_clear_makes_it_a_conflict(
    history: list[Decision], last: Decision, between: Decision
) -> None:
    said = recorded(history)
    made = as_seen(last, sight(MARA_ACCOUNT, said))
    wide = between.register
    refusal = a_decision(Stance.REFUSE, wide.subject, wide.use, wide.programme)
    later = (*said, Recording(len(said) + 1, START, refusal))
    outcome = judge_act(sight(MARA_ACCOUNT, later), [made])[0].outcome
    own = judge_act(
        sight(MARA_ACCOUNT, later, from_stream=frozenset({refusal.id})),
        [replace(made, base=as_seen(made, sight(MARA_ACCOUNT, later)).base)],
    )[0].outcome
    meets = sight(MARA_ACCOUNT, later).meet(made.register, refusal.register)
    if made.stance is Stance.REFUSE:
        assert outcome in APPLIED
    elif meets:
        assert outcome is Outcome.CONFLICT
    assert own in APPLIED


@given(histories, st.lists(decisions(by=MANAGER), min_size=1, max_size=4))
def test_an_act_has_one_outcome_and_each_item_its_words(history: list[Decision], act: list[Decision]) -> None:
    said = recorded(history)
    view = sight(MANAGER, said)
    same = [d for d in act if (d.stance is Stance.REFUSE) == (act[0].stance is Stance.REFUSE)]
    verdicts = judge_act(view, [as_seen(d, view) for d in same])
    assert len({v.outcome for v in verdicts}) == 1
    if verdicts[0].outcome not in APPLIED:
        assert all(v.words for v in verdicts)


@given(histories, decisions(by=MANAGER))
def test_nothing_from_a_mandate_that_only_proposes_applies(history: list[Decision], last: Decision) -> None:
    view = sight(MANAGER, recorded(history), (Power.SEE_WORKS, Power.PROPOSE))
    assert judge_act(view, [as_seen(last, view)])[0].outcome not in APPLIED


@given(histories, decisions(by=MANAGER), st.booleans())
def test_voice_applies_only_where_the_artist_waived_it(
    history: list[Decision], last: Decision, waived: bool
) -> None:
    view = sight(MANAGER, recorded(history), voice_waived=waived)
    made = as_seen(last, view)
    about_voice = made.register.use.name in {Family.VOICE_LIKENESS.value} | {
        use.value for use in Use if is_sensitive(use)
    }
    outcome = judge_act(view, [made])[0].outcome
    if about_voice and not waived:
        assert outcome not in APPLIED


@given(decisions())
def test_decisions_as_the_client_makes_them_have_no_fault_of_form(decision: Decision) -> None:
    assert fault_of(decision) is None


def test_what_is_no_decision_is_told() -> None:
    good = a_decision()
    wrong = [
        replace(
            good,
            register=replace(
                good.register, use=UseScope.of(Use.GEN_COVER), subject=Subject(SubjectKind.WORK, "")
            ),
        ),
        replace(good, register=replace(good.register, subject=Subject(SubjectKind.ALL, "x"))),
        replace(good, made_at=good.made_at.replace(tzinfo=None)),
        replace(good, terms=TERMS),
        replace(good, stance=Stance.CLEAR, keeps=(DecisionId("d"),)),
        replace(good, register=replace(good.register, use=replace(ANY_USE, name="x"))),
    ]
    assert all(fault_of(decision) for decision in wrong)
    assert fault_of_act([good, good])
