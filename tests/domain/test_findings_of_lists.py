"""Findings about public lists, about grants in release messages, and about removals that a person noted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from artist_console.domain.finding import Finding
from artist_console.domain.finding_dismissed import Dismissal, facts_mark, holds, open_ones
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.findings import find
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.inclusion import (
    DatasetVersion,
    DocumentedModel,
    InclusionStatement,
    ListedRow,
    MatchBand,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.removal_steps import RemovalMark, RemovalStep, case_id
from artist_console.domain.uses import Use
from artist_console.domain.works import LicensorGrant

from .test_findings import MODELS, PUBLIC, SET, day, paid_use, said, texts
from .world import MARA, NOW, OTHER_RECORDING, RECORDING, World, world

TODAY = NOW.date()
OTHER = DatasetVersionId("other")
SKETCH = DocumentedModel("Sketch", "Paper Lab", "So it says.", "https://example.org", date(2025, 1, 1))
LISTS = (
    DatasetVersion(PUBLIC, "OpenListen", "1", "Cadence Research", public=True, documented=(SKETCH,)),
    DatasetVersion(OTHER, "Village Tunes", public=True),
    DatasetVersion(SET, "Nordic Songs", "3"),
)


def found(
    made: World,
    inclusions: Iterable[InclusionStatement] = (),
    marks: Iterable[RemovalMark] = (),
    today: date = TODAY,
) -> tuple[Finding, ...]:
    paid = (paid_use(None),)
    return find(made.book(), inclusions, MODELS, LISTS, (), paid, (), today, marks=marks)


def hit(name: str, dataset: DatasetVersionId = PUBLIC, band: MatchBand = MatchBand.KEY) -> InclusionStatement:
    row = said(
        InclusionState.SUSPECTED,
        grade=EvidenceGrade.PUBLIC_DATASET,
        dataset=dataset,
        programme=None,
        use=None,
        name=name,
    )
    return replace(row, evidence=replace(row.evidence, listed=ListedRow("Salt Lines", "Mara", band, "k")))


# -- lists


def test_one_finding_per_work_names_every_list_and_row() -> None:
    rows = [hit("a"), hit("b"), hit("c", OTHER)]
    (finding,) = found(world(), rows)
    assert finding.kind is FindingKind.LISTED_PUBLICLY
    assert "2 public datasets" in finding.title.text
    assert {fact.id for fact in finding.facts if fact.kind == "inclusion"} == {"a", "b", "c"}
    assert "OpenListen 1 names it" in texts(finding)
    assert "Village Tunes names it" in texts(finding)
    assert "2 rows of it" in texts(finding)
    assert texts(finding).count("not the same as being used") == 1


def test_two_editions_of_a_list_are_one_list() -> None:
    later = replace(LISTS[0], id=OTHER, version="2")
    rows = [hit("a"), hit("b", OTHER)]
    paid = (paid_use(None),)
    (finding,) = find(world().book(), rows, MODELS, (LISTS[0], later), (), paid, (), TODAY)
    assert finding.title.text == "Listed in a public dataset: Salt Lines"
    assert "OpenListen 2 names it" in texts(finding)


def test_documented_models_are_named_as_what_a_source_says_and_not_as_a_use() -> None:
    (finding,) = found(world(), [hit("a")])
    assert "Public sources say of these models that they were trained on such a list: Sketch." in texts(
        finding
    )
    assert all(each.kind is FindingKind.LISTED_PUBLICLY for each in found(world(), [hit("a")]))


def test_a_likely_row_is_called_so() -> None:
    (finding,) = found(world(), [hit("a", band=MatchBand.LIKELY)])
    assert "Likely:" in texts(finding)


def test_one_more_list_makes_it_another_finding_to_put_aside() -> None:
    (one,) = found(world(), [hit("a")])
    (two,) = found(world(), [hit("a"), hit("c", OTHER)])
    assert one.id == two.id
    assert facts_mark(one) != facts_mark(two)
    aside = Dismissal(one.id, MARA, facts_mark(one), NOW)
    assert holds(aside, one)
    assert not holds(aside, two)
    assert open_ones([one], {one.id: aside}) == ()
    assert open_ones([two], {one.id: aside}) == (two,)


# -- grants of release messages


def granted(licensor: str = "Fieldnote", works: int = 1, **more: object) -> World:
    made = world()
    grant = LicensorGrant((Use.TRAIN_GENERATIVE,), licensor, "Harmonia Lab", source="ern.xml", **more)  # type: ignore[arg-type]
    named = (RECORDING, OTHER_RECORDING)[:works]
    made.works = [replace(work, grants=(grant,)) if work.id in named else work for work in made.works]
    return made


def test_what_a_release_message_grants_is_licensed_by_others_in_words_of_its_own() -> None:
    finding = next(
        f for f in found(granted(starts_on=date(2025, 2, 3))) if "/grant/" in f.id and f.artist == MARA
    )
    assert finding.kind is FindingKind.LICENSED_BY_OTHERS
    assert finding.since == date(2025, 2, 3)
    assert "A release message of Fieldnote grants Harmonia Lab on the recording" in texts(finding)
    assert "ern.xml" in texts(finding)
    assert "It is not your yes." in texts(finding)
    assert "does not show that anybody used it" in texts(finding)


@pytest.mark.parametrize("more", [{"licensor": "Mara"}, {"ends_on": date(2025, 1, 1)}])
def test_an_artists_own_grant_and_one_that_is_over_are_no_findings(more: dict[str, object]) -> None:
    assert not [f for f in found(granted(**more)) if "/grant/" in f.id and f.artist == MARA]  # type: ignore[arg-type]


# -- removals that a person noted


def mark(step: RemovalStep, on: int, deadline: int | None = None) -> RemovalMark:
    case = case_id(MARA, RECORDING, said(InclusionState.IN_DATASET, dataset=SET))
    until = day(deadline) if deadline is not None else None
    return RemovalMark(f"m-{step.value}", case, MARA, step, day(on), "", until)


def overdue(marks: Iterable[RemovalMark], today: int) -> list[Finding]:
    there = said(InclusionState.IN_DATASET, 100, dataset=SET, programme=None, use=None)
    return [
        each
        for each in found(world(), [there], marks, day(today))
        if each.kind is FindingKind.REMOVAL_OVERDUE and each.artist == MARA
    ]


def test_a_removal_that_was_noted_is_overdue_after_a_month_or_after_what_was_promised() -> None:
    asked = mark(RemovalStep.REQUESTED, 120)
    assert overdue([asked], 150) == []
    (finding,) = overdue([asked], 151)
    assert "No time is promised that is known here" in texts(finding)
    assert "for a lawyer" in texts(finding)
    promised = mark(RemovalStep.ACKNOWLEDGED, 125, 140)
    assert overdue([asked, promised], 140) == []
    (finding,) = overdue([asked, promised], 141)
    assert "promised until" in texts(finding)
    assert finding.since == day(120)


@pytest.mark.parametrize(
    "step", [step for step in RemovalStep if step.value.startswith(("removed", "refused", "retrained"))]
)
def test_an_answer_ends_the_waiting(step: RemovalStep) -> None:
    assert overdue([mark(RemovalStep.REQUESTED, 120), mark(step, 130)], 300) == []
