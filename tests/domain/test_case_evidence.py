"""What outcomes say of works: as whose word, of which place, on what evidence, and what is not applied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.case_evidence import (
    checked_words,
    is_of_another_domain,
    says_where,
    statements,
    told,
)
from artist_console.domain.case_grades import Relation, grade_of, weighed
from artist_console.domain.cases import Dkim, DkimResult, OutcomeKind
from artist_console.domain.ids import DatasetVersionId, ProgrammeId, WorkId
from artist_console.domain.inclusion import Asset, fold_statements, strongest
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState

from .case_world import SALT, a_case, a_file, drafted, outcome, reply, says, sent

HERE = {SALT: Asset.MASTER}


def test_an_operators_word_becomes_a_statement_with_the_case_file_and_words() -> None:
    case = a_case(
        drafted(), sent(), reply(file=a_file(dkim=DkimResult.FITS_SUPPLIED_KEY)),
        outcome(outcome=says(dataset=DatasetVersionId("nordic-3"))),
    )  # fmt: skip
    (said,) = statements([case], {}, HERE)
    assert (said.work, said.asset, said.state) == (SALT, Asset.MASTER, InclusionState.IN_DATASET)
    assert (said.grade, said.stated_by) == (EvidenceGrade.OPERATOR_STATED, "Harmonia")
    assert said.dataset == "nordic-3"
    assert said.as_of == case.events[2].on
    evidence = said.evidence
    assert "case case-1" in evidence.source
    assert "reply.eml" in evidence.source
    assert evidence.sha256 == "ab" * 32
    assert evidence.words == "Salt Lines is in our dataset."
    assert "harmonia.example fits the key that was supplied" in evidence.checked_how
    assert evidence.does_not_prove == "It shows that Harmonia said so, not that it is so."


@pytest.mark.parametrize("result", [DkimResult.NO_KEY, DkimResult.FITS_KEY_IN_FILE, DkimResult.DOES_NOT_FIT])
def test_whoever_is_named_as_signer_and_was_not_checked_did_not_sign(result: DkimResult) -> None:
    words = checked_words(Dkim(result, "suno.com"), "Suno <attacker@evil.example>")
    assert words.startswith("It names suno.com as signer")
    assert words.endswith("The sender's address is of another domain.")


@pytest.mark.parametrize("sender", ["rights@suno.com", "A <a@Mail.suno.com>"])
def test_an_address_of_the_signers_domain_is_no_other(sender: str) -> None:
    assert "another domain" not in checked_words(Dkim(DkimResult.NO_KEY, "suno.com"), sender)
    assert is_of_another_domain(Dkim(DkimResult.NO_KEY, "suno.com"), "a@notsuno.com")


def test_whose_word_counts_for_what() -> None:
    assert grade_of(AddresseeKind.OPERATOR) is EvidenceGrade.OPERATOR_STATED
    licensors = set(AddresseeKind) - {AddresseeKind.OPERATOR, AddresseeKind.PERSON, AddresseeKind.OTHER}
    assert {grade_of(kind) for kind in licensors} == {EvidenceGrade.LICENSOR_STATED}
    assert grade_of(AddresseeKind.PERSON) is None


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (OutcomeKind.SAYS_INCLUDED, InclusionState.IN_DATASET),
        (OutcomeKind.SAYS_NOT_INCLUDED, InclusionState.ATTESTED_ABSENT),
        (OutcomeKind.SAYS_TRAINED, InclusionState.TRAINED),
        (OutcomeKind.SAYS_LEFT_OUT, InclusionState.EXCLUDED_FROM_FUTURE),
        (OutcomeKind.SAYS_REMOVED, InclusionState.REMOVED),
    ],
)
def test_what_says_where_a_work_is(kind: OutcomeKind, state: InclusionState) -> None:
    (said,) = statements([a_case(reply(), outcome(outcome=says(kind)))], {}, HERE)
    assert said.state is state


@given(st.sampled_from([kind for kind in OutcomeKind if not says_where(kind)]))
def test_a_licence_a_refusal_or_a_promise_says_nothing_of_where_a_work_is(kind: OutcomeKind) -> None:
    case = a_case(reply(), outcome(outcome=says(kind)))
    assert statements([case], {}, HERE) == ()
    (each,) = told(case, {}, HERE)
    assert "kept on the case" in each.why_not


def test_what_a_person_says_stays_on_the_case() -> None:
    case = a_case(reply(), outcome(outcome=says(grade=None)))
    assert statements([case], {}, HERE) == ()


def test_a_work_that_left_the_catalogue_is_told_and_not_applied() -> None:
    gone = WorkId("gone")
    case = a_case(reply(), outcome(outcome=says(works=(SALT, gone))))
    assert [said.work for said in statements([case], {}, HERE)] == [SALT]
    assert [each.why_not for each in told(case, {}, HERE) if each.work == gone] == [
        "The work is no longer in the catalogue. What was said is kept on the case."
    ]


def test_a_work_that_was_merged_follows_the_one_that_stays() -> None:
    case = a_case(reply(), outcome(outcome=says(works=(WorkId("former"),))))
    (said,) = statements([case], {WorkId("former"): SALT}, HERE)
    assert said.work == SALT


def test_an_outcome_put_right_takes_the_place_of_the_former_and_one_taken_back_goes() -> None:
    right = outcome("e-right", 12, of="e-outcome", outcome=says(OutcomeKind.SAYS_NOT_INCLUDED))
    case = a_case(reply(), outcome(), right)
    (said,) = statements([case], {}, HERE)
    assert said.state is InclusionState.ATTESTED_ABSENT
    assert said.evidence.sha256 == "ab" * 32, "it still rests on the reply"
    gone = replace(case, events=(*case.events, outcome("e-gone", 13, of="e-right", outcome=None)))
    assert statements([gone], {}, HERE) == ()


def test_one_answer_that_was_told_without_a_file_says_so() -> None:
    (said,) = statements([a_case(outcome(of=""))], {}, HERE)
    assert said.evidence.sha256 == ""
    assert "Nobody has seen it in writing" in said.evidence.checked_how
    assert said.grade is EvidenceGrade.SELF_REPORTED, "whoever records it is the only one who has it"
    assert (said.evidence.words, "not in the words of the reply" in said.evidence.checked_how) == ("", True)
    assert "told without a file" in said.evidence.does_not_prove


def test_words_that_stand_in_no_reply_are_told_as_a_summary_and_never_as_theirs() -> None:
    (said,) = statements([a_case(reply(), outcome(outcome=says(quoted=False)))], {}, HERE)
    assert said.evidence.words == ""
    assert "not in the words of the reply: “Salt Lines is in our dataset.”" in said.evidence.checked_how


def test_two_operators_who_name_no_dataset_do_not_contradict_each_other() -> None:
    yes = a_case(outcome(of="", outcome=says()))
    no = a_case(
        outcome("e-no", of="", outcome=replace(says(OutcomeKind.SAYS_NOT_INCLUDED), said_by="Sketch")), id="b"
    )
    places = fold_statements(statements([yes, no], {}, HERE))
    assert len(places) == 2
    assert all(not place.contradicted_by for place in places)
    assert strongest(places) is InclusionState.IN_DATASET


def test_the_same_programme_is_one_place_whoever_speaks_of_it() -> None:
    programme = ProgrammeId("harmonia-2")
    yes = a_case(outcome(of="", outcome=says(programme=programme)))
    no = replace(says(OutcomeKind.SAYS_NOT_INCLUDED, programme=programme), said_by="Harmonia Inc.")
    (place,) = fold_statements(
        statements([yes, a_case(outcome("e-no", of="", outcome=no), id="b")], {}, HERE)
    )
    assert place.contradicted_by


@pytest.mark.parametrize(
    ("kind", "relation", "grade"),
    [
        (AddresseeKind.OPERATOR, Relation.OPERATES, EvidenceGrade.OPERATOR_STATED),
        (AddresseeKind.OPERATOR, Relation.NOT_KNOWN, EvidenceGrade.OPERATOR_STATED),
        (AddresseeKind.OPERATOR, Relation.LICENSES, EvidenceGrade.LICENSOR_STATED),
        (AddresseeKind.OPERATOR, Relation.ANOTHERS, EvidenceGrade.INFERRED),
        (AddresseeKind.LABEL, Relation.OPERATES, EvidenceGrade.LICENSOR_STATED),
        (AddresseeKind.LABEL, Relation.ANOTHERS, EvidenceGrade.LICENSOR_STATED),
        (AddresseeKind.PERSON, Relation.OPERATES, None),
    ],
)
def test_an_operator_speaks_as_one_of_its_own_places_alone(
    kind: AddresseeKind, relation: Relation, grade: EvidenceGrade | None
) -> None:
    weight = weighed(kind, relation, "Sketch Lab", "Nordic 3", "Harmonia")
    assert weight.grade is grade
    # Where it counts for less than such a one's word does, the sentence says why.
    assert bool(weight.why) == (grade is not grade_of(kind))
