"""What a row of the works table says, by example, and what holds for every row."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.decisions import Decision, EntryKind
from artist_console.domain.finding import Finding
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import FactId, ModelVersionId, TermsId, WorkId
from artist_console.domain.inclusion import Asset, Basis, Evidence, InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.permission import combine
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.phrases import say
from artist_console.domain.programmes import ApprovalClause, Programme, Request, Silence, TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, Stance
from artist_console.domain.summaries import asked_cells, summarise
from artist_console.domain.uses import Family, Right, Use, is_sensitive
from artist_console.domain.work_rows import OwnStance, WorkSummary

from .world import (
    LABEL,
    MARA,
    NOW,
    OPERATOR,
    OTHER_PROGRAMME,
    PROGRAMME,
    RECORDING,
    RELEASE,
    SONG,
    TERMS,
    World,
    agreement,
    at,
    control,
    release_subject,
    stake,
    with_label,
    work_subject,
    world,
)

TODAY = NOW.date()
USES = (Use.TRAIN_GENERATIVE, Use.GEN_STEMS)


def small() -> World:
    """One programme that asks for two uses."""
    made = world()
    made.programmes[:] = [Programme(PROGRAMME, OPERATOR, "Harmonia", uses=(*USES, Use.GEN_VOICE))]
    return made


def row(
    made: World,
    work: WorkId = RECORDING,
    *,
    said: tuple[InclusionStatement, ...] = (),
    findings: tuple[Finding, ...] = (),
    waiting: tuple[Decision, ...] = (),
    requests: tuple[Request, ...] = (),
    earned: tuple[tuple[str, Decimal], ...] = (),
) -> WorkSummary:
    book = made.book()
    (summary,) = summarise(
        MARA,
        [book.works[work]],
        book,
        OutcomeTable(book, NOW),
        {work: said},
        {work: earned},
        findings,
        waiting,
        TODAY,
        requests,
    )
    return summary


def stated(
    state: InclusionState,
    model: str = "harmonia-2",
    who: str = "Harmonia Lab",
    grade: EvidenceGrade = EvidenceGrade.OPERATOR_STATED,
    when: datetime = NOW,
) -> InclusionStatement:
    id = FactId(f"{state.value}-{model}-{who}")
    evidence, recorded = Evidence("record"), Recorded(when)
    return InclusionStatement(
        id,
        RECORDING,
        Asset.MASTER,
        state,
        when.date(),
        Basis.OPT_IN,
        who,
        grade,
        evidence,
        recorded,
        model=ModelVersionId(model),
        programme=PROGRAMME,
    )


def a_finding(kind: FindingKind) -> Finding:
    return Finding(kind.value, kind, MARA, RECORDING, PROGRAMME, TODAY, None, None, say(""), (), ())


def allow_everything(made: World) -> None:
    for use in USES:
        made.allow_both(use)


def test_a_no_counts_as_refused_where_no_programme_is_known() -> None:
    made = small()
    made.programmes.clear()
    assert row(made).outcome is None
    assert not row(made).refused
    made.stakeholders.clear()
    made.refuse(work_subject(RECORDING))
    summary = row(made)
    assert summary.outcome is PermissionOutcome.REFUSED_UNCHECKED
    assert (summary.own, summary.refused) == (OwnStance.REFUSE, True)


def test_a_no_of_all_music_or_a_release_is_refused_without_a_programme_too() -> None:
    for subject in (ALL_MY_WORKS, release_subject()):
        made = small()
        made.programmes.clear()
        made.refuse(subject)
        assert row(made).refused
        assert row(made).outcome is not None


def test_nothing_said_follows_the_default_and_nothing_is_reported() -> None:
    summary = row(small())

    assert (summary.own, summary.follows, summary.follows_default) == (OwnStance.FOLLOW, "", True)
    assert (summary.where, summary.models, summary.reported) == (InclusionState.NOTHING_REPORTED, 0, False)
    assert summary.outcome is PermissionOutcome.UNDECIDED
    assert (summary.refused, summary.needs_you, summary.waiting) == (False, False, False)


def test_a_yes_on_every_cell_that_is_asked_about_is_allow() -> None:
    made = small()
    allow_everything(made)

    summary = row(made)

    assert (summary.own, summary.outcome) == (OwnStance.ALLOW, PermissionOutcome.ALLOWED)
    assert not summary.follows_default


def test_a_yes_on_some_cells_is_mixed_and_differs_by_use() -> None:
    made = small()
    made.allow_both(Use.GEN_STEMS)

    summary = row(made)

    assert (summary.own, summary.outcome) == (OwnStance.MIXED, PermissionOutcome.DIFFERS)


def test_one_wide_no_is_refuse() -> None:
    made = small()
    made.refuse(work_subject(RECORDING))

    summary = row(made)

    assert (summary.own, summary.outcome, summary.refused) == (
        OwnStance.REFUSE,
        PermissionOutcome.REFUSED,
        True,
    )


def test_a_narrow_no_is_mixed() -> None:
    made = small()
    made.refuse(work_subject(RECORDING), Family.TRAINING)

    assert row(made).own is OwnStance.MIXED


def test_a_no_that_was_taken_back_follows_again() -> None:
    made = small()
    made.refuse(work_subject(RECORDING))
    made.clear(work_subject(RECORDING))

    assert row(made).own is OwnStance.FOLLOW


def test_a_yes_that_a_wider_no_ended_counts_no_more() -> None:
    made = small()
    allow_everything(made)
    made.refuse(release_subject())

    summary = row(made)

    assert (summary.own, summary.follows) == (OwnStance.FOLLOW, "Night Ferry")
    assert summary.outcome is PermissionOutcome.REFUSED


def test_a_yes_that_a_wider_no_kept_still_stands() -> None:
    made = small()
    kept = [made.allow(None, use) for use in USES]
    made.refuse(release_subject(), keeps=[decision.id for decision in kept])

    assert row(made).own is OwnStance.ALLOW


def test_a_no_for_the_release_is_named_and_the_songs_do_not_follow_it() -> None:
    made = small()
    made.refuse(release_subject())

    assert (row(made).follows, row(made).follows_default) == ("Night Ferry", False)
    assert (row(made, SONG).follows, row(made, SONG).follows_default) == ("", True)


def test_voice_and_likeness_are_left_out_of_what_a_work_comes_to() -> None:
    book = small().book()

    assert {use for _, use in asked_cells(book, TODAY)} == set(USES)
    assert not any(is_sensitive(use) for _, use in asked_cells(world().book(), TODAY))


def test_a_programme_that_does_not_ask_is_left_out() -> None:
    made = small()
    made.programmes.append(Programme(OTHER_PROGRAMME, OPERATOR, "Quiet", uses=USES, asks_artists=False))
    allow_everything(made)

    assert row(made).outcome is PermissionOutcome.ALLOWED
    made.programmes[:] = made.programmes[1:]
    assert row(made).outcome is None


def test_an_objection_names_who_decides() -> None:
    made = with_label(ApprovalClause.BLANKET)
    made.programmes[:] = [Programme(PROGRAMME, OPERATOR, "Harmonia", uses=(Use.TRAIN_GENERATIVE,))]
    made.stakeholders[1:3] = [
        stake(MARA, SONG, Right.COMPOSITION, Standing.THROUGH_BODY, 10_000),
    ]
    made.controls[:] = [control(LABEL, RECORDING, Right.MASTER)]
    made.agreements.clear()
    made.refuse()

    summary = row(made)

    assert (summary.outcome, summary.decider) == (PermissionOutcome.OBJECTED, made.parties[2].name)
    assert summary.refused


def test_licensed_by_others_names_them() -> None:
    made = with_label(ApprovalClause.BLANKET)
    made.programmes[:] = [Programme(PROGRAMME, OPERATOR, "Harmonia", uses=(Use.TRAIN_GENERATIVE,))]
    made.stakeholders[1:3] = [stake(MARA, SONG, Right.COMPOSITION, Standing.THROUGH_BODY, 10_000)]
    made.controls[:] = [control(LABEL, RECORDING, Right.MASTER), control(LABEL, SONG, Right.COMPOSITION)]
    made.agreements[:] = [agreement(LABEL, (Right.MASTER, Right.COMPOSITION), ApprovalClause.BLANKET)]

    assert (row(made).outcome, row(made).decider) == (
        PermissionOutcome.LICENSED_BY_OTHERS,
        made.parties[2].name,
    )


def test_the_strongest_state_is_shown_with_who_says_it_and_how_many_models() -> None:
    said = (
        stated(InclusionState.TRAINED, "harmonia-2"),
        stated(InclusionState.TRAINED, "harmonia-3", "Fieldnote", EvidenceGrade.LICENSOR_STATED),
        stated(InclusionState.DELIVERED, "other"),
    )

    summary = row(small(), said=said)

    assert (summary.where, summary.models, summary.stated_by) == (InclusionState.TRAINED, 1, "Harmonia Lab")
    both = row(small(), said=(*said, stated(InclusionState.TRAINED, "harmonia-4")))
    assert (both.models, both.stated_by) == (2, "Harmonia Lab"), "what others say is not counted as theirs"
    assert summary.reported
    assert summary.changed_at == NOW


def test_a_retrained_model_no_longer_counts() -> None:
    assert row(small(), said=(stated(InclusionState.RETRAINED_WITHOUT),)).models == 0


def test_of_several_findings_the_graver_one_is_shown() -> None:
    both = (a_finding(FindingKind.REMOVAL_OVERDUE), a_finding(FindingKind.USED_AFTER_REFUSAL))

    assert row(small(), findings=both).finding is FindingKind.USED_AFTER_REFUSAL
    assert row(small(), findings=both[::-1]).finding is FindingKind.USED_AFTER_REFUSAL


def test_being_listed_hides_no_stronger_state() -> None:
    listed = (a_finding(FindingKind.LISTED_PUBLICLY),)

    assert row(small(), findings=listed).finding is None


def request(uses: tuple[Use, ...] = USES, works: tuple[WorkId, ...] = (RECORDING,)) -> Request:
    return Request(
        FactId("r"), OPERATOR, PROGRAMME, TERMS, MARA, works, uses, at(300), Silence.NOTHING_ALLOWED, TODAY
    )


def test_a_work_needs_you_while_a_question_about_it_is_open() -> None:
    made = small()

    assert row(made, requests=(request(),)).needs_you
    assert row(made, requests=(request(works=()),)).needs_you
    assert not row(made, requests=(request(works=(SONG,)),)).needs_you
    allow_everything(made)
    assert not row(made, requests=(request(),)).needs_you


def test_new_terms_need_you() -> None:
    made = small()
    allow_everything(made)
    made.terms.append(
        TermsVersion(TermsId("terms-2"), PROGRAMME, 2, "Other.", "01", at(200).date(), at(190).date())
    )

    assert row(made).needs_you


def test_a_proposal_about_the_work_needs_you_and_one_about_everything_does_not() -> None:
    one, other = small(), small()
    one.refuse(work_subject(RECORDING), kind=EntryKind.PROPOSAL)
    other.refuse(kind=EntryKind.PROPOSAL)

    assert row(one).needs_you
    assert not row(other).needs_you


def test_a_decision_on_its_way_makes_every_work_it_covers_wait() -> None:
    made = small()
    own = made.refuse(work_subject(RECORDING))
    everything = made.refuse()

    assert row(made, waiting=(own,)).waiting
    assert not row(made, SONG, waiting=(own,)).waiting
    assert row(made, SONG, waiting=(everything,)).waiting
    assert not row(made, SONG, waiting=(made.refuse(release_subject()),)).waiting


def test_money_and_release_are_taken_over() -> None:
    summary = row(small(), earned=(("EUR", Decimal("1.25")),))

    assert summary.earned == (("EUR", Decimal("1.25")),)
    assert (summary.release, summary.release_title) == (RELEASE, "Night Ferry")


steps = st.lists(
    st.tuples(
        st.sampled_from(Stance),
        st.sampled_from(["work", "release", "all"]),
        st.sampled_from([None, Family.TRAINING, Family.GENERATION, *USES]),
    ),
    max_size=7,
)


@given(steps)
def test_whatever_was_said_the_row_agrees_with_the_rule(
    said: list[tuple[Stance, str, Use | Family | None]],
) -> None:
    made = small()
    for stance, where, use in said:
        subject = {"work": work_subject(RECORDING), "release": release_subject()}.get(where, ALL_MY_WORKS)
        if stance is Stance.ALLOW:
            made.allow(None, use if isinstance(use, Use) else Use.TRAIN_GENERATIVE)
        else:
            made.say(stance, subject, use)

    summary = row(made)
    asked = {use: made.ask(use) for use in USES}

    assert summary.outcome is combine(frozenset(each.outcome for each in asked.values()))
    if summary.own is OwnStance.ALLOW:
        assert all(each.answer.by is not None for each in asked.values())
    if summary.own is OwnStance.REFUSE:
        assert summary.refused
    if summary.follows:
        assert any(each.answer.kind.value != "allowed" for each in asked.values())
    assert (summary.follows_default or bool(summary.follows)) is (summary.own is OwnStance.FOLLOW)
