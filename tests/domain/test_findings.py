"""Every kind of finding by example, what none of them may say, and that nothing said later hides one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.finding import Finding, PaidUse
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.finding_records import Records
from artist_console.domain.findings import find
from artist_console.domain.ids import (
    AccountId,
    DatasetVersionId,
    FactId,
    MandateId,
    ModelVersionId,
    ProgrammeId,
    StatementId,
    TermsId,
    WorkId,
)
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    Evidence,
    InclusionStatement,
    ModelParent,
    ModelRelation,
    ModelVersion,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.parties import Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import ApprovalClause, Silence, TermsVersion
from artist_console.domain.removals import cases
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Right, Use

from .world import (
    LABEL,
    MARA,
    NOW,
    OLA,
    OPERATOR,
    OTHER_PROGRAMME,
    OTHER_RECORDING,
    PROGRAMME,
    RECORDING,
    SONG,
    World,
    agreement,
    at,
    control,
    stake,
    with_label,
    work_subject,
    world,
)

TODAY = NOW.date()
SET, PUBLIC, MODEL, CHILD = (
    DatasetVersionId("set"),
    DatasetVersionId("public"),
    ModelVersionId("model"),
    ModelVersionId("child"),
)
DATASETS = (
    DatasetVersion(SET, "Nordic Songs", "3", "Harmonia Lab", OPERATOR, PROGRAMME),
    DatasetVersion(PUBLIC, "OpenListen", "1", "Cadence Research", public=True),
)
MODELS = (ModelVersion(MODEL, "Harmonia", "2", OPERATOR, PROGRAMME),)


def day(number: int) -> date:
    return at(number).date()


def said(
    state: InclusionState = InclusionState.TRAINED,
    on: int = 150,
    *,
    work: WorkId = RECORDING,
    grade: EvidenceGrade = EvidenceGrade.OPERATOR_STATED,
    recorded: int | None = None,
    model: ModelVersionId | None = MODEL,
    dataset: DatasetVersionId | None = None,
    programme: ProgrammeId | None = PROGRAMME,
    use: Use | None = Use.TRAIN_GENERATIVE,
    asset: Asset = Asset.MASTER,
    name: str = "",
) -> InclusionStatement:
    when = at(on + 3 if recorded is None else recorded)
    return InclusionStatement(
        FactId(name or f"said-{work}-{state.value}-{on}-{grade.value}-{recorded}"),
        work,
        asset,
        state,
        day(on),
        Basis.OPT_IN,
        "Harmonia Lab",
        grade,
        Evidence("Training record", row=12, words="12,Salt Lines,Mara"),
        Recorded(when),
        dataset=dataset,
        model=None if dataset else model,
        programme=programme,
        use=use,
    )


def found(
    made: World,
    inclusions: Iterable[InclusionStatement] = (),
    *,
    models: tuple[ModelVersion, ...] = MODELS,
    paid: tuple[PaidUse, ...] | None = None,  # None: a sum that names no work, so that no money is missed
    mandates: tuple[Mandate, ...] = (),
    datasets: tuple[DatasetVersion, ...] = DATASETS,
    today: date = TODAY,
) -> tuple[Finding, ...]:
    rows = (paid_use(None),) if paid is None else paid
    return find(made.book(), inclusions, models, datasets, (), rows, mandates, today)


def kinds(findings: Iterable[Finding]) -> set[FindingKind]:
    return {each.kind for each in findings}


def texts(finding: Finding) -> str:
    return " ".join((finding.title.text, *(sentence.text for sentence in finding.words)))


# -- used after a no


def test_a_use_after_a_refusal_with_power_says_how_many_days() -> None:
    made = world()
    made.refuse(day=100)

    (finding,) = [f for f in found(made, [said(on=112)]) if f.artist == MARA]

    assert finding.kind is FindingKind.USED_AFTER_REFUSAL
    assert (finding.work, finding.programme, finding.since) == (RECORDING, PROGRAMME, day(112))
    assert "12 days before" in texts(finding)
    assert "Harmonia Lab states" in texts(finding)
    assert "for a lawyer" in texts(finding)


def test_a_use_before_or_on_the_day_of_the_refusal_is_no_finding() -> None:
    made = world()
    made.refuse(day=100)

    assert found(made, [said(on=99)]) == ()
    assert found(made, [said(on=100)]) == ()


def test_a_model_that_came_out_before_the_refusal_was_not_trained_after_it() -> None:
    made = world()
    made.refuse(day=100)
    model = replace(MODELS[0], released_on=day(80))

    assert found(made, [said(on=112)], models=(model,)) == ()


def test_the_day_of_release_counts_where_it_lies_between_refusal_and_report() -> None:
    made = world()
    made.refuse(day=100)
    model = replace(MODELS[0], released_on=day(105))

    (finding,) = found(made, [said(on=112)], models=(model,))

    assert finding.since == day(105)
    assert "counted from that day" in texts(finding)


@pytest.mark.parametrize("grade", list(EvidenceGrade))
def test_only_what_the_operator_states_or_better_counts_as_a_use(grade: EvidenceGrade) -> None:
    made = world()
    made.refuse(day=100)
    strong = {EvidenceGrade.OPERATOR_SIGNED, EvidenceGrade.AUDITED, EvidenceGrade.OPERATOR_STATED}

    assert (FindingKind.USED_AFTER_REFUSAL in kinds(found(made, [said(grade=grade)]))) is (grade in strong)


def test_a_wish_alone_is_never_told_as_a_refusal() -> None:
    made = with_label(ApprovalClause.BLANKET)
    made.stakeholders[1:3] = [
        stake(MARA, SONG, Right.COMPOSITION, Standing.THROUGH_BODY, 10_000),
        stake(MARA, SONG, Right.LYRICS, Standing.THROUGH_BODY, 10_000),
    ]
    made.agreements[:] = [
        agreement(LABEL, (Right.MASTER, Right.COMPOSITION, Right.LYRICS), ApprovalClause.BLANKET)
    ]
    made.controls[:] = [control(LABEL, RECORDING, Right.MASTER), control(LABEL, SONG, Right.COMPOSITION)]
    made.refuse(day=100)

    findings = found(made, [said()])

    assert FindingKind.USED_AGAINST_WISH in kinds(findings)
    assert FindingKind.USED_AFTER_REFUSAL not in kinds(findings)
    against = next(f for f in findings if f.kind is FindingKind.USED_AGAINST_WISH)
    assert "did not by itself stop a licence" in texts(against)


def test_restating_an_older_use_after_the_refusal_is_no_new_use() -> None:
    made = world()
    made.allow_both(day=10)
    made.refuse(day=100)

    assert found(made, [said(on=50), said(on=150)]) == ()


def test_a_work_that_left_and_came_back_is_used_again() -> None:
    made = world()
    made.allow_both(day=10)
    made.refuse(day=100)
    history = [said(on=50), said(InclusionState.REMOVED, 120), said(on=150)]

    assert FindingKind.USED_AFTER_REFUSAL in kinds(found(made, history))


def test_somebody_elses_refusal_is_not_called_yours() -> None:
    made = world()
    made.stakeholders[1] = stake(MARA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000)
    made.stakeholders.append(stake(OLA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000))
    made.allow_both(day=10)
    made.refuse(artist=OLA, day=20)

    assert FindingKind.USED_AFTER_REFUSAL not in kinds(f for f in found(made, [said()]) if f.artist == MARA)


states = st.sampled_from(InclusionState)
later = st.builds(
    lambda state, on, grade, extra: said(
        state, on, grade=grade, recorded=400 + extra, name=f"later-{state.value}-{on}-{grade.value}-{extra}"
    ),
    states,
    st.integers(1, 300),
    st.sampled_from(EvidenceGrade),
    st.integers(0, 50),
)


@given(st.lists(later, max_size=6))
def test_no_later_statement_hides_a_use_after_a_refusal(more: list[InclusionStatement]) -> None:
    made = world()
    made.refuse(day=100)
    before = [said(on=112)]

    findings = found(made, [*before, *more])

    (kept,) = [f for f in findings if f.kind is FindingKind.USED_AFTER_REFUSAL]
    assert kept.since == day(112)
    assert kept.id == found(made, before)[0].id


@given(st.lists(later, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(more: list[InclusionStatement], random: Any) -> None:
    made = world()
    made.refuse(day=100)
    rows = list({row.id: row for row in [said(on=112), *more]}.values())
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert found(made, shuffled) == found(made, rows)


# -- agreements


def test_a_report_that_no_agreement_reaches_is_told_as_such() -> None:
    made = world()
    made.agreements.clear()

    (finding,) = found(made, [said()])

    assert finding.kind is FindingKind.REPORTED_WITHOUT_AGREEMENT
    assert "There may be one" in texts(finding)


def test_a_use_that_no_agreement_names_is_outside_what_was_agreed() -> None:
    made = world()
    made.agreements[0] = replace(made.agreements[0], uses=(Use.TRAIN_GENERATIVE,))

    assert kinds(found(made, [said(use=Use.DISTILL)])) == {FindingKind.OUTSIDE_AGREEMENT}
    assert found(made, [said()]) == ()


def test_an_asset_that_no_agreement_covers_is_outside_what_was_agreed() -> None:
    (finding,) = found(world(), [said(asset=Asset.VOICE)])

    assert finding.kind is FindingKind.OUTSIDE_AGREEMENT
    assert "voice" in texts(finding)


def test_a_territory_on_a_statement_outside_the_agreement_is_named() -> None:
    made = world()
    made.agreements[0] = replace(made.agreements[0], territories=Territories(("NO", "SE")))
    paid = (paid_use(territories=("SE", "US")),)

    findings = found(made, [said()], paid=paid)

    (finding,) = [f for f in findings if f.kind is FindingKind.OUTSIDE_AGREEMENT]
    assert texts(finding).count("US") == 1


def test_a_blanket_licence_of_others_is_told_without_a_deadline() -> None:
    made = with_label(ApprovalClause.BLANKET)
    made.stakeholders[1:3] = []
    made.agreements[:] = [
        agreement(LABEL, (Right.MASTER, Right.COMPOSITION, Right.LYRICS), ApprovalClause.BLANKET)
    ]
    made.controls += [control(LABEL, SONG, Right.COMPOSITION), control(LABEL, SONG, Right.LYRICS)]

    findings = [f for f in found(made) if f.artist == MARA]

    assert FindingKind.LICENSED_BY_OTHERS in kinds(findings)
    assert all(f.deadline is None and f.silence is None for f in findings)


def test_a_notice_that_runs_has_its_deadline_and_says_what_silence_means() -> None:
    made = with_label(ApprovalClause.DEFAULT_AFTER_NOTICE)
    made.agreements[-1] = replace(made.agreements[-1], object_until=TODAY + timedelta(days=5))

    (finding,) = [f for f in found(made) if f.artist == MARA]

    assert finding.kind is FindingKind.LICENSED_BY_OTHERS
    assert (finding.deadline, finding.silence) == (TODAY + timedelta(days=5), Silence.TAKEN_AS_YES)
    assert "take silence as yes" in texts(finding)


def test_an_objection_ends_the_question_of_a_running_notice() -> None:
    made = with_label(ApprovalClause.DEFAULT_AFTER_NOTICE)
    made.agreements[-1] = replace(made.agreements[-1], object_until=TODAY + timedelta(days=5))
    made.refuse(day=300)

    assert [f for f in found(made) if f.artist == MARA] == []


def test_a_co_owner_who_licensed_alone_is_a_finding_and_no_breach() -> None:
    made = world()
    made.stakeholders[1] = stake(MARA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000)
    made.stakeholders.append(stake(OLA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000))
    made.controls[1] = control(MARA, SONG, Right.COMPOSITION, 5_000)
    made.controls.append(control(OLA, SONG, Right.COMPOSITION, 5_000))
    made.agreements.append(agreement(OLA, (Right.COMPOSITION,), ApprovalClause.BLANKET))

    (finding,) = [f for f in found(made) if f.kind is FindingKind.LICENSED_BY_CO_OWNER]

    assert finding.artist == MARA
    assert set(finding.works) == {RECORDING, SONG}
    assert "depends on country and contract" in texts(finding)


# -- the rest


def test_a_public_list_is_a_listing_and_not_a_use() -> None:
    made = world()
    listed = said(
        InclusionState.SUSPECTED, grade=EvidenceGrade.PUBLIC_DATASET, dataset=PUBLIC, programme=None, use=None
    )

    (finding,) = found(made, [listed])

    assert finding.kind is FindingKind.LISTED_PUBLICLY
    assert "not the same as being used" in texts(finding)
    assert "12,Salt Lines,Mara" not in texts(finding), "the row as it came is in the evidence"
    assert "is public" not in texts(finding), "nobody checked that"


def test_of_a_list_that_somebody_brought_in_only_that_is_said() -> None:
    brought = DatasetVersion(PUBLIC, "harmony", public=True, obtained_from="harmony.csv")
    proof = Evidence(
        "harmony.csv", checked_how="Compared by title and artist; listed: which recording is not known."
    )
    listed = replace(
        said(
            InclusionState.SUSPECTED,
            grade=EvidenceGrade.PUBLIC_DATASET,
            dataset=PUBLIC,
            programme=None,
            use=None,
        ),
        evidence=proof,
    )
    (finding,) = found(world(), [listed], datasets=(brought,))
    assert "It was brought in on" in texts(finding)
    assert "harmony.csv" in texts(finding)
    assert "which recording is not known" in texts(finding)
    assert "public" not in " ".join(each.text for each in finding.words)


def test_a_successor_under_other_terms_is_told_once_for_all_works() -> None:
    made = world()
    made.terms.append(TermsVersion(TermsId("terms-2"), PROGRAMME, 2, "Other.", "01", day(200), day(190)))
    models = (
        replace(MODELS[0], released_on=day(100)),
        ModelVersion(
            CHILD,
            "Harmonia",
            "3",
            OPERATOR,
            PROGRAMME,
            parents=(ModelParent(MODEL, ModelRelation.FINE_TUNE),),
            released_on=day(210),
        ),
    )
    made.controls.append(control(MARA, OTHER_RECORDING, Right.MASTER))

    findings = found(made, [said(on=100), said(on=100, work=OTHER_RECORDING)], models=models)

    (finding,) = [f for f in findings if f.kind is FindingKind.SUCCESSOR_OTHER_TERMS]
    assert (finding.work, set(finding.works)) == (None, {RECORDING, OTHER_RECORDING})


def test_a_successor_under_the_same_terms_is_no_finding() -> None:
    child = ModelVersion(
        CHILD, "Harmonia", "3", OPERATOR, PROGRAMME,
        parents=(ModelParent(MODEL, ModelRelation.FINE_TUNE),), released_on=day(210),
    )  # fmt: skip
    models = (replace(MODELS[0], released_on=day(100)), child)

    assert found(world(), [said(on=100)], models=models) == ()


def test_a_successor_of_a_successor_is_told_once_and_parents_that_go_round_end() -> None:
    made = world()
    made.terms.append(TermsVersion(TermsId("terms-2"), PROGRAMME, 2, "Other.", "01", day(200), day(190)))
    last = ModelVersionId("last")

    def model(id: ModelVersionId, parent: ModelVersionId, on: int) -> ModelVersion:
        family = (ModelParent(parent, ModelRelation.FINE_TUNE),)
        return ModelVersion(id, id, "1", OPERATOR, PROGRAMME, parents=family, released_on=day(on))

    models = (model(MODEL, last, 100), model(CHILD, MODEL, 120), model(last, CHILD, 210))
    findings = found(made, [said(on=100)], models=models)

    (finding,) = [f for f in findings if f.kind is FindingKind.SUCCESSOR_OTHER_TERMS]
    assert "last 1 descends from model 1" in texts(finding)


def test_a_removal_is_overdue_after_a_month_without_confirmation() -> None:
    asked = said(InclusionState.REMOVAL_REQUESTED, 200)
    thirty = day(200) + timedelta(days=30)

    assert found(world(), [asked], today=thirty) == ()
    assert kinds(found(world(), [asked], today=thirty + timedelta(days=1))) == {FindingKind.REMOVAL_OVERDUE}
    assert found(world(), [asked, said(InclusionState.REMOVED, 210)], today=thirty + timedelta(days=9)) == ()


def paid_use(
    work: WorkId | None = RECORDING, programme: ProgrammeId = PROGRAMME, territories: tuple[str, ...] = ()
) -> PaidUse:
    return PaidUse(MARA, work, programme, day(30), day(120), StatementId("s"), territories)


def test_a_use_reported_half_a_year_ago_that_nobody_paid_is_told() -> None:
    (finding,) = found(world(), [said(on=40)], paid=())

    assert (finding.kind, finding.work) == (FindingKind.REPORTED_NOT_PAID, RECORDING)
    assert found(world(), [said(on=40)], paid=(paid_use(),)) == ()


def test_a_sum_that_names_no_work_makes_it_impossible_to_tell() -> None:
    assert found(world(), [said(on=40)], paid=(paid_use(None),)) == ()


def test_money_for_a_work_that_nobody_reported_is_told() -> None:
    (finding,) = found(world(), [], paid=(paid_use(programme=OTHER_PROGRAMME),))

    assert finding.kind is FindingKind.PAID_NOT_REPORTED
    assert (finding.work, finding.programme) == (RECORDING, OTHER_PROGRAMME)


def test_money_for_a_song_is_reported_with_its_recording() -> None:
    assert found(world(), [said(on=300)], paid=(paid_use(SONG), paid_use())) == ()


def mandate(until: date | None) -> Mandate:
    return Mandate(
        MandateId("m"),
        MARA,
        AccountId("manager"),
        (Power.DECIDE,),
        MandateEvidence.DOCUMENT,
        day(1),
        until,
        holder_name="Nora Vestberg",
    )


def test_a_mandate_that_ends_within_sixty_days_is_told_with_its_day() -> None:
    (finding,) = found(world(), mandates=(mandate(TODAY + timedelta(days=9)),))

    assert (finding.kind, finding.deadline) == (FindingKind.MANDATE_ENDS, TODAY + timedelta(days=9))
    for other in (None, TODAY + timedelta(days=61), TODAY - timedelta(days=1)):
        assert found(world(), mandates=(mandate(other),)) == ()


def test_a_quiet_world_has_no_findings() -> None:
    made = world()
    made.allow_both(day=10)

    assert found(made, [said(on=300)], paid=(paid_use(),)) == ()


def test_deadlines_come_first_and_graver_kinds_before_lighter_ones() -> None:
    made = world()
    made.refuse(day=100)
    made.allow(work_subject(OTHER_RECORDING), day=101)
    rows = [said(on=112), said(InclusionState.REMOVAL_REQUESTED, 200, work=OTHER_RECORDING)]

    findings = found(made, rows, mandates=(mandate(TODAY + timedelta(days=9)),))

    assert [f.kind for f in findings] == [
        FindingKind.MANDATE_ENDS,
        FindingKind.USED_AFTER_REFUSAL,
        FindingKind.REMOVAL_OVERDUE,
    ]


def test_an_agreement_that_names_a_member_needs_its_opt_in_to_reach() -> None:
    made = world()
    made.controls[:] = [replace(row, through_member=LABEL) for row in made.controls]

    assert kinds(found(made, [said()])) == {FindingKind.REPORTED_WITHOUT_AGREEMENT}


def test_ids_are_the_same_every_time_and_differ_from_each_other() -> None:
    made = world()
    made.refuse(day=100)
    rows = [said(on=112), said(on=113, work=OTHER_RECORDING)]
    one, other = found(made, rows), found(made, rows)

    assert one == other
    assert len({f.id for f in one}) == len(one)


# -- where no programme is known


UNKNOWN_SET = replace(DATASETS[0], programme=None)
UNKNOWN_MODEL = replace(MODELS[0], programme=None)


def nowhere_named(made: World, **more: Any) -> tuple[Finding, ...]:
    rows = [said(programme=None, use=None, **more)]
    return found(made, rows, models=(UNKNOWN_MODEL,), datasets=(UNKNOWN_SET,))


def test_a_no_to_everything_speaks_against_a_use_in_a_programme_that_is_not_known() -> None:
    made = world()
    made.refuse(day=100)

    (finding,) = [f for f in nowhere_named(made, on=112) if f.artist == MARA]

    assert (finding.kind, finding.programme) == (FindingKind.USED_AFTER_REFUSAL, None)
    assert "12 days before" in texts(finding)


@pytest.mark.parametrize("use", [Use.TRAIN_GENERATIVE, Use.DISTILL])
def test_a_no_to_some_uses_says_nothing_of_a_use_that_is_not_named(use: Use) -> None:
    made = world()
    made.refuse(day=100, use=use)

    assert FindingKind.USED_AFTER_REFUSAL not in kinds(nowhere_named(made))
    named = found(made, [said(programme=None, use=use)], models=(UNKNOWN_MODEL,))
    assert FindingKind.USED_AFTER_REFUSAL in kinds(named)


def test_a_use_in_a_programme_that_is_not_known_needs_an_agreement_with_its_operator() -> None:
    made = world()
    assert nowhere_named(made) == ()  # the operator's programme has one that reaches it
    made.agreements.clear()

    (finding,) = nowhere_named(made)

    assert (finding.kind, finding.programme) == (FindingKind.REPORTED_WITHOUT_AGREEMENT, None)
    operator = made.book().parties[OPERATOR].name
    assert f"It names no programme that is known here, and no agreement with {operator} is" in texts(finding)
    assert nowhere_named(made, grade=EvidenceGrade.SELF_REPORTED) == ()


def test_a_case_of_removal_needs_no_programme() -> None:
    made = world()
    made.refuse(day=100)
    rows = [said(programme=None, use=None)]
    records = Records(made.book(), rows, (UNKNOWN_MODEL,), (UNKNOWN_SET,), (), (), (), TODAY)

    (case,) = [each for each in cases(records) if each.artist == MARA]

    assert (case.programme, case.model, case.refused_on) == (None, MODEL, day(100))
    assert case.operator == made.book().parties[OPERATOR].name
    quiet = Records(world().book(), rows, (UNKNOWN_MODEL,), (UNKNOWN_SET,), (), (), (), TODAY)
    assert not list(cases(quiet))
