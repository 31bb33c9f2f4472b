"""Findings with their evidence: put aside with a note, taken up again, back by themselves, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.commands import attention, works
from artist_console.commands.findings import (
    UnknownFinding,
    dismiss_finding,
    findings_bundle,
    list_findings,
    restore_finding,
)
from artist_console.commands.hits import Verdict, answer_hits
from artist_console.commands.paper import PaperStyle
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import AgreementId, FactId
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Agreement, ApprovalClause, Control
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_rows import WorkFilter, WorksQuery
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, HARBOUR, OPERATOR, PROGRAMME, SALT, START
from tests.commands.desks import Desk, a_desk
from tests.commands.listed_world import HITS, LISTS

LISTED = FindingKind.LISTED_PUBLICLY


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=[*LISTS, *HITS]) as desk:
        yield desk


def the_finding(desk: Desk) -> str:
    (row,) = list_findings(desk.console, work=SALT, kind=LISTED)
    return row.finding.id


def test_a_finding_about_lists_names_each_list_with_its_rows(listed: Desk) -> None:
    (row,) = list_findings(listed.console, work=SALT, kind=LISTED)
    assert (row.work_title, row.artist_name, row.dismissed) == ("Salt Lines", "Mara Quist", None)
    assert [each.dataset for each in row.evidence] == ["Other Songs", "Open Songs 1"]
    assert [len(each.listed) for each in row.evidence] == [1, 1]
    assert any("Sketch" in sentence.text for sentence in row.finding.words)


def test_put_aside_it_leaves_findings_rows_and_counts_and_comes_back_when_taken_up(listed: Desk) -> None:
    id = the_finding(listed)
    before = works.count_works(listed.console, WorksQuery())[WorkFilter.FINDINGS]
    done = dismiss_finding(listed.console, id, "It is a cover of ours")
    assert done.value.note == "It is a cover of ours"
    assert id not in {f.id for f in attention.findings(listed.console)}
    assert works.count_works(listed.console, WorksQuery())[WorkFilter.FINDINGS] == before - 1
    (aside,) = list_findings(listed.console, dismissed=True)
    assert aside.dismissed is not None
    assert aside.dismissed.note == "It is a cover of ours"
    restore_finding(listed.console, id)
    assert id in {f.id for f in attention.findings(listed.console)}
    assert works.count_works(listed.console, WorksQuery())[WorkFilter.FINDINGS] == before
    assert list_findings(listed.console, dismissed=True) == ()


def test_put_aside_once_more_it_keeps_its_note_unless_another_is_given(listed: Desk) -> None:
    id = the_finding(listed)
    first = dismiss_finding(listed.console, id, "It is a cover of ours").value
    assert dismiss_finding(listed.console, id).value == first
    assert dismiss_finding(listed.console, id, "It is ours").value.note == "It is ours"
    assert dismiss_finding(listed.console, id, "").value.note == ""
    restore_finding(listed.console, id)
    assert dismiss_finding(listed.console, id).value.note == ""


def test_it_comes_back_when_the_facts_behind_it_are_others(listed: Desk) -> None:
    id = the_finding(listed)
    dismiss_finding(listed.console, id)
    answer_hits(listed.console, [FactId("hit-elsewhere")], Verdict.REFUSED)
    assert id in {f.id for f in attention.findings(listed.console)}
    answer_hits(listed.console, [FactId("hit-elsewhere")], None)
    assert id not in {f.id for f in attention.findings(listed.console)}


def test_it_stays_put_aside_over_days_and_restarts(listed: Desk) -> None:
    id = the_finding(listed)
    dismiss_finding(listed.console, id)
    listed.reopen()
    listed.clock.now += (listed.clock.now - listed.clock.now.replace(day=1)) or (
        listed.clock.now.replace(day=9) - listed.clock.now
    )
    listed.sync()
    assert id not in {row.finding.id for row in list_findings(listed.console)}
    assert [row.finding.id for row in list_findings(listed.console, dismissed=True)] == [id]


def test_what_is_not_there_cannot_be_put_aside(listed: Desk) -> None:
    for act in (dismiss_finding, restore_finding):
        with pytest.raises(UnknownFinding):
            act(listed.console, "nothing")


def test_the_bundle_has_every_chosen_finding_with_what_it_rests_on(listed: Desk) -> None:
    id = the_finding(listed)
    paper = findings_bundle(listed.console, [id])
    text = [line.text for line in paper.lines]
    assert sum(line.style is PaperStyle.HEADING for line in paper.lines) == 1
    assert any("ab" * 32 in line for line in text)
    assert any("open.csv, row 7" in line for line in text)
    assert any("Salt Lines,Mara Quist" in line for line in text)
    everything = findings_bundle(listed.console)
    titles = {line.text for line in everything.lines if line.style is PaperStyle.HEADING}
    assert titles == {row.finding.title.text for row in list_findings(listed.console)}
    assert any("Harbour Lights" in title for title in titles)
    dismiss_finding(listed.console, id, "seen")
    assert any("Put aside" in line.text for line in findings_bundle(listed.console, [id]).lines)
    with pytest.raises(UnknownFinding):
        findings_bundle(listed.console, ["nothing"])


def test_only_the_work_that_is_asked_for(listed: Desk) -> None:
    assert {row.finding.work for row in list_findings(listed.console, work=HARBOUR)} == {HARBOUR}


def test_the_bundle_has_the_agreement_and_the_statement_that_a_finding_rests_on(tmp_path: Path) -> None:
    licence = Agreement(
        AgreementId("blanket"),
        OPERATOR,
        PROGRAMME,
        (Use.TRAIN_GENERATIVE,),
        (Right.MASTER, Right.COMPOSITION, Right.PERFORMANCE),
        ApprovalClause.BLANKET,
        Recorded(START - DAY),
        source="press release",
    )
    held = [
        Control(FactId(f"c-{right.value}"), OPERATOR, SALT, right, 10_000, Recorded(START - DAY))
        for right in licence.rights
    ]
    rows = [(Kind.AGREEMENT, licence), *((Kind.CONTROL, each) for each in held)]
    with a_desk(tmp_path / "licensed", rows=rows) as desk:
        kinds = {row.finding.kind for row in list_findings(desk.console)}
        text = [line.text for line in findings_bundle(desk.console).lines]
    assert FindingKind.LICENSED_BY_OTHERS in kinds
    assert "Evidence: Agreement of Harmonia with Harmonia 2" in text
    assert "Source: press release" in text
