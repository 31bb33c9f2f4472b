"""Reports through the real store: made, verified, shown, compared, and trusted by a reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.commands import report_making
from artist_console.commands.consent import decide
from artist_console.commands.profiles import open_profile
from artist_console.commands.report_making import ReportPart, ReportWish, create
from artist_console.commands.reports import (
    OpenedReport,
    ReportVerdict,
    compare,
    open_in,
    open_report,
    trust,
    trusted_signers,
)
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.domain.statements import CheckResult
from artist_console.domain.uses import Use
from artist_console.host.paths import ProfileFolder
from artist_console.store import statements
from tests.backend.world import MARA, SALT, Clock, work_subject
from tests.commands.desks import Desk, a_wish, outside


@pytest.fixture
def report(mara: Desk, tmp_path: Path) -> Path:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    mara.sync()
    path = tmp_path / "report.acreport"
    create(mara.console, path)
    return path


@pytest.fixture
def reviewer(tmp_path: Path) -> Iterator[Desk]:
    """Somebody else, who has never spoken to the backend."""
    with open_profile(ProfileFolder(tmp_path / "reviewer"), outside(Clock()), may_be_new=True) as profile:
        console = profile.console()
        yield Desk(profile, console, Clock())
        console.store.close()


def test_an_own_report_is_genuine_and_says_what_it_holds(mara: Desk, report: Path) -> None:
    opened = open_in(mara.console, report)
    assert (opened.verdict, opened.verified) == (ReportVerdict.GENUINE, True)
    assert opened.artist_names == ("Mara Quist",)
    assert opened.tables is not None
    assert {row.work.id for row in opened.tables.works} == {"salt-lines", "harbour-lights"}
    (decision,) = opened.tables.history
    assert (decision.subject, decision.receipt) == ("Salt Lines", True)
    assert not any(row.differs for row in opened.tables.works)


def test_permissions_are_computed_again_from_the_report_alone(report: Path) -> None:
    opened = open_report(report)
    assert opened.tables is not None
    row = next(row for row in opened.tables.works if row.work.id == SALT)
    assert {cell.outcome for cell in row.cells} == {PermissionOutcome.REFUSED_UNCHECKED}


def test_other_peoples_money_stays_out(report: Path) -> None:
    opened = open_report(report)
    assert opened.tables is not None
    assert {row.statement.payee for row in opened.tables.statements} == {MARA}


def test_lines_for_which_there_is_no_room_stay_out_and_are_told(
    mara: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara.sync()
    (statement,) = statements.all(mara.console.store, MARA)
    assert statement.line_count > 0
    monkeypatch.setattr(report_making, "MOST_STATEMENT_LINES", statement.line_count)
    assert dict(report_making.preview(mara.console, ReportWish()))["lines"] == statement.line_count
    monkeypatch.setattr(report_making, "MOST_STATEMENT_LINES", statement.line_count - 1)
    assert dict(report_making.preview(mara.console, ReportWish()))["lines"] == 0
    create(mara.console, tmp_path / "large.acreport")
    opened = open_in(mara.console, tmp_path / "large.acreport")
    assert opened.verdict is ReportVerdict.GENUINE
    assert any("are not in the report" in check.words for check in opened.checks)
    assert opened.tables is not None
    (row,) = opened.tables.statements
    assert (row.amount, row.check) == (statement.declared_total or 0, CheckResult.NOT_CHECKED)


def test_parts_can_be_left_out(mara: Desk, tmp_path: Path) -> None:
    path = tmp_path / "small.acreport"
    create(mara.console, path, parts=frozenset({ReportPart.DECISIONS}))
    opened = open_in(mara.console, path)
    assert opened.tables is not None
    assert (opened.tables.places, opened.tables.statements) == ((), ())


def test_a_reader_who_does_not_know_the_signer_is_told_so(reviewer: Desk, report: Path) -> None:
    opened = open_in(reviewer.console, report)
    assert opened.verdict is ReportVerdict.SIGNER_UNKNOWN
    known = trust(reviewer.console, opened, "Mara's lawyer").value
    assert (known.fingerprint, known.own) == (opened.fingerprint, False)
    again = open_in(reviewer.console, report)
    assert again.verdict is ReportVerdict.GENUINE
    assert "Mara's lawyer" in again.headline
    assert "Mara's lawyer" in {signer.name for signer in trusted_signers(reviewer.console)}


def test_nobody_can_be_trusted_for_a_changed_report(reviewer: Desk, report: Path) -> None:
    data = bytearray(report.read_bytes())
    data[len(data) // 2] ^= 1
    report.write_bytes(data)
    opened = open_in(reviewer.console, report)
    with pytest.raises(InputProblem):
        trust(reviewer.console, opened, "Anybody")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(mara: Desk, report: Path, place: int, bit: int) -> None:
    data = bytearray(report.read_bytes())
    data[place % len(data)] ^= 1 << bit
    changed = report.with_name("changed.acreport")
    changed.write_bytes(data)
    opened = open_in(mara.console, changed)
    assert opened.verdict in (ReportVerdict.CHANGED, ReportVerdict.CANNOT_BE_CHECKED)
    assert not opened.verified


def test_a_report_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="nowhere"):
        open_report(tmp_path / "nowhere.acreport")


def test_two_reports_differ_by_what_was_answered_between_them(
    mara: Desk, report: Path, tmp_path: Path
) -> None:
    decide(mara.console, [a_wish(use=Use.DISTILL)])
    mara.sync()
    later = tmp_path / "later.acreport"
    create(mara.console, later)
    known = mara.console.folder.signers
    first, second = open_report(report, known), open_report(later, known)
    found = compare(first, second)
    assert (found.added, found.gone) == ((), ())
    assert {(each.work, "Pass on to another model" in each.words) for each in found.changed} == {
        ("harbour-lights", True)
    }
    assert compare(first, first).changed == ()


def test_waiting_decisions_are_no_part_of_a_report(mara: Desk, tmp_path: Path) -> None:
    decide(mara.console, [a_wish()])
    path = tmp_path / "early.acreport"
    create(mara.console, path)
    opened: OpenedReport = open_in(mara.console, path)
    assert opened.tables is not None
    assert opened.tables.history == ()
