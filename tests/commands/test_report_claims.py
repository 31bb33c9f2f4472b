"""What a report claims is compared with what follows, down to the reasons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from artist_console.commands.consent import decide
from artist_console.commands.report_claims import compare_work
from artist_console.commands.report_inside import ReportInside, look_into
from artist_console.commands.report_making import create
from artist_console.commands.report_narrowing import Narrowing, SearchedTables
from artist_console.commands.reports import open_in
from artist_console.domain.outcomes import PermissionOutcome
from tests.backend.world import MARA, SALT, work_subject
from tests.commands.desks import Desk, a_wish


@pytest.fixture
def inside(mara: Desk, tmp_path: Path) -> ReportInside:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    mara.sync()
    path = tmp_path / "Mara.acreport"
    create(mara.console, path)
    return look_into(open_in(mara.console, path))


def test_outcomes_and_reasons_of_an_honest_report_hold(inside: ReportInside) -> None:
    found = compare_work(inside, MARA, SALT)
    assert found.agree == len(found.claims) == len(found.explained) > 0
    assert all(claim.reasons for claim in found.claims.values())


def test_another_outcome_than_follows_is_told_with_what_is_claimed(inside: ReportInside) -> None:
    content = inside.content
    assert content is not None
    lies = tuple(
        replace(each, outcome=PermissionOutcome.ALLOWED) if each.subject == SALT else each
        for each in content.outcomes
    )
    found = compare_work(replace(inside, content=replace(content, outcomes=lies)), MARA, SALT)
    assert found.agree == 0
    assert {claim.outcome for claim in found.claims.values()} == {PermissionOutcome.ALLOWED}
    assert not any(claim.outcome_holds or claim.lacking for claim in found.claims.values())


def test_other_reasons_than_follow_are_told(inside: ReportInside) -> None:
    content = inside.content
    assert content is not None
    lies = tuple(replace(each, words=("Everybody agreed.",)) for each in content.traces)
    found = compare_work(replace(inside, content=replace(content, traces=lies)), MARA, SALT)
    assert all(claim.outcome_holds and not claim.reasons_hold for claim in found.claims.values())
    assert {claim.reasons for claim in found.claims.values()} == {("Everybody agreed.",)}


def test_a_filter_forgives_accents_case_and_dashes(inside: ReportInside) -> None:
    assert inside.tables is not None
    searched = SearchedTables(inside.tables, {MARA: "Mara Quist"})
    row = next(row for row in inside.tables.works if row.work.id == SALT)
    for text in ("sált", "SALT LINES", "quist salt"):
        assert searched.narrowed(Narrowing(text)).works == (row,)
    code = row.work.identifier
    if code:
        assert searched.narrowed(Narrowing(f"{code[:2]}-{code[2:]}")).works == (row,)
    assert searched.narrowed(Narrowing("", MARA)).works == inside.tables.works
    assert searched.narrowed(Narrowing()) is inside.tables
