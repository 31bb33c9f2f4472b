"""One table of words for every surface: complete, fillable, and in the manner of DESIGN 7."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from decimal import Decimal
from enum import Enum

import pytest

from artist_console.domain import answers, words, work_words
from artist_console.domain.decisions import AnswerKind, Outcome
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion import Asset, BasisGroup, ModelRelation
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing
from artist_console.domain.programmes import ApprovalClause, Silence
from artist_console.domain.registers import Stance
from artist_console.domain.statements import CheckResult, LineKind, MoneyNature
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.waiting import WaitingKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import OwnStance, WorkFilter, WorkSummary

TABLES: tuple[tuple[type[Enum], dict[Enum, object]], ...] = (
    (WorkKind, work_words.WORK_KIND),
    (InclusionState, work_words.STATE),
    (InclusionState, words.STATE_MEANS),
    (PermissionOutcome, work_words.OUTCOME),
    (PermissionOutcome, words.OUTCOME_MEANS),
    (AnswerKind, words.ANSWER),
    (Stance, words.STANCE),
    (OwnStance, work_words.OWN_STANCE),
    (WorkFilter, work_words.FILTER),
    (Outcome, words.RECORDED),
    (Standing, words.STANDING),
    (Standing, words.STANDING_NAME),
    (Right, words.RIGHT),
    (Family, words.FAMILY),
    (Use, words.USE),
    (EvidenceGrade, words.GRADE),
    (BasisGroup, words.BASIS_GROUP),
    (ApprovalClause, words.CLAUSE),
    (Asset, words.ASSET),
    (ModelRelation, words.MODEL_RELATION),
    (Silence, words.SILENCE_MEANS),
    (answers.Silence, words.NO_ANSWER),
    (LineKind, words.LINE_KIND),
    (MoneyNature, words.NATURE),
    (CheckResult, words.CHECK),
    (FindingKind, work_words.FINDING),
    (WaitingKind, words.WAITING),
)  # type: ignore[assignment]
ALL = [
    text
    for _, table in TABLES
    for value in table.values()
    for text in (value if isinstance(value, tuple) else (value,))
]


def summary(**changes: object) -> WorkSummary:
    plain = WorkSummary(
        work=WorkId("salt-lines"),
        artist=ArtistId("mara"),
        artist_name="Mara",
        kind=WorkKind.RECORDING,
        title="Salt Lines",
        version="",
        identifier="",
        release=None,
        release_title="",
        label="",
        year=None,
        where=InclusionState.NOTHING_REPORTED,
        models=0,
        stated_by="",
        finding=None,
        own=OwnStance.FOLLOW,
        outcome=PermissionOutcome.ALLOWED,
        follows="",
        follows_default=True,
        decider="",
        waiting=False,
        needs_you=False,
        reported=False,
        refused=False,
        earned=(("EUR", Decimal(1)),),
        changed_at=None,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "table"), TABLES, ids=[f"{k.__name__}-{i}" for i, (k, _) in enumerate(TABLES)]
)
def test_every_value_has_its_words(kind: type[Enum], table: dict[Enum, object]) -> None:
    assert set(table) == set(kind)


@pytest.mark.parametrize("text", ALL)
def test_words_are_plain_and_can_be_filled(text: str) -> None:
    fields = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert fields <= {"who", "n", "parent"}
    assert text.format(who="Harmonia Lab", n="2", parent="Harmonia 1")
    assert "!" not in text
    assert not re.search(r"\b(please|oops|successfully|invalid|breach|illegal|stolen)\b", text, re.IGNORECASE)


def test_where_a_work_is_in_the_words_of_the_design() -> None:
    trained = summary(where=InclusionState.TRAINED, stated_by="Harmonia Lab", models=2)

    assert work_words.where_words(summary()).text == "Nothing reported"
    assert work_words.where_words(trained).text == "Harmonia Lab says: trained, 2 models"
    assert work_words.where_words(replace(trained, models=1)).text == "Harmonia Lab says: trained, 1 model"
    found = replace(trained, finding=FindingKind.USED_AFTER_REFUSAL)
    assert work_words.where_words(found).text == "Used after your refusal"


def test_permission_in_the_words_of_the_design() -> None:
    refused = summary(outcome=PermissionOutcome.REFUSED, follows="Night Ferry", follows_default=False)
    objected = summary(outcome=PermissionOutcome.OBJECTED, decider="Fieldnote", follows="Night Ferry")

    assert work_words.permission_words(summary()).text == "Allowed"
    assert work_words.permission_words(refused).text == "Refused, from Night Ferry"
    assert work_words.permission_words(objected).text == "Objected, Fieldnote decides"
    assert work_words.permission_words(summary(outcome=None)).text == "No programme known"


def test_a_title_with_braces_is_shown_as_it_is() -> None:
    braces = summary(outcome=PermissionOutcome.REFUSED, follows="{who} {0}", follows_default=False)

    assert work_words.permission_words(braces).text == "Refused, from {who} {0}"


@pytest.mark.parametrize("grade", EvidenceGrade)
def test_what_a_file_says_is_not_called_the_persons_own_report(grade: EvidenceGrade) -> None:
    by_file = words.grade_words(grade, words.FILE_IN_THE_NAME_OF.format(name="Loop"))
    assert by_file == ("A file says" if grade is EvidenceGrade.SELF_REPORTED else words.GRADE[grade])
    assert words.grade_words(grade, "Paper Orchard") == words.GRADE[grade]


def test_a_training_without_a_named_model_is_told_without_a_number() -> None:
    said = [work_words.state_words(InclusionState.TRAINED, "Harmonia", models).text for models in range(3)]
    assert said == [
        "Harmonia says: trained",
        "Harmonia says: trained, 1 model",
        "Harmonia says: trained, 2 models",
    ]
