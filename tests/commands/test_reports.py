"""Reports through the real store: made, verified, shown, compared, and trusted by a reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.commands import report_compare, report_making
from artist_console.commands.consent import decide
from artist_console.commands.profiles import open_profile
from artist_console.commands.report_compare import (
    Change,
    NotUnchanged,
    Topic,
    compare,
    each_difference,
    older_first,
)
from artist_console.commands.report_inside import (
    each_line,
    explain,
    lines_of,
    look_into,
    statement_of,
)
from artist_console.commands.report_making import ReportPart, create
from artist_console.commands.report_series import read_seen
from artist_console.commands.report_tables import ReportTables
from artist_console.commands.reports import (
    OpenedReport,
    ReportVerdict,
    open_in,
    open_report,
    trust,
    trusted_signers,
    with_newer,
)
from artist_console.domain.ids import StatementId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.problems import FileProblem, InputProblem, UnknownThing
from artist_console.domain.statements import CheckResult
from artist_console.domain.uses import Use
from artist_console.formats.report_rows import ReportChanged
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


def tables_in(opened: OpenedReport) -> ReportTables:
    tables = look_into(opened).tables
    assert tables is not None
    return tables


def test_an_own_report_is_genuine_and_says_what_it_holds(mara: Desk, report: Path) -> None:
    opened = open_in(mara.console, report)
    assert (opened.verdict, opened.verified) == (ReportVerdict.GENUINE, True)
    assert opened.artist_names == ("Mara Quist",)
    inside = look_into(opened)
    assert inside.consistent
    assert inside.checks[: len(opened.checks)] == opened.checks
    tables = tables_in(opened)
    assert {row.work.id for row in tables.works} == {"salt-lines", "harbour-lights"}
    (decision,) = tables.history
    assert (decision.subject, decision.receipt) == ("Salt Lines", True)
    assert not any(row.differs or row.cannot for row in tables.works)


def test_the_first_screen_comes_without_looking_inside(report: Path) -> None:
    opened = open_report(report)
    counts = {each.kind: each.rows for each in opened.counts}
    assert counts["works"] == 2
    assert {row.title for row in opened.first} == {"Salt Lines", "Harbour Lights"}
    assert counts["overview"] == len(opened.first)
    assert len(opened.signatures) == 1
    assert (opened.gaps, opened.redacted_by, opened.parts_changed) == ((), (), ())


def test_permissions_are_computed_again_from_the_report_alone(report: Path) -> None:
    inside = look_into(open_report(report))
    assert inside.tables is not None
    row = next(row for row in inside.tables.works if row.work.id == SALT)
    assert {cell.outcome for cell in row.cells} == {PermissionOutcome.REFUSED_UNCHECKED}
    why = explain(inside, MARA, SALT)
    assert {key: each.outcome for key, each in why.items()} == {
        (cell.programme, cell.use): cell.outcome for cell in row.cells
    }
    with pytest.raises(UnknownThing):
        explain(inside, MARA, WorkId("another"))


def test_other_peoples_money_stays_out(report: Path) -> None:
    tables = tables_in(open_report(report))
    assert {row.statement.payee for row in tables.statements} == {MARA}


def test_lines_are_read_when_they_are_asked_for(mara: Desk, report: Path) -> None:
    inside = look_into(open_report(report))
    (statement,) = statements.all(mara.console.store, MARA)
    kept = list(statements.lines(mara.console.store, statement.id))
    assert [view.line for view in each_line(inside, [statement.id])] == kept
    assert [view.line for view in lines_of(inside, statement.id, 1, 2)] == kept[1:3]
    assert lines_of(inside, statement.id, len(kept)) == ()
    assert statement_of(inside, statement.id).result is tables_in(inside.opened).statements[0].check
    assert inside.content is not None
    assert inside.content.lines == ()
    with pytest.raises(UnknownThing):
        statement_of(inside, StatementId("another"))
    with pytest.raises(UnknownThing):
        lines_of(inside, StatementId("another"))


def test_lines_for_which_there_is_no_room_stay_out_and_are_told(
    mara: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara.sync()
    (statement,) = statements.all(mara.console.store, MARA)
    assert statement.line_count > 0
    monkeypatch.setattr(report_making, "MOST_STATEMENT_LINES", statement.line_count - 1)
    create(mara.console, tmp_path / "large.acreport")
    opened = open_in(mara.console, tmp_path / "large.acreport")
    assert opened.verdict is ReportVerdict.GENUINE
    inside = look_into(opened)
    assert any("are not in the report" in check.words for check in inside.checks)
    assert inside.tables is not None
    (row,) = inside.tables.statements
    assert (row.amount, row.check) == (statement.declared_total or 0, CheckResult.NOT_CHECKED)


def test_parts_can_be_left_out(mara: Desk, tmp_path: Path) -> None:
    path = tmp_path / "small.acreport"
    create(mara.console, path, parts=frozenset({ReportPart.DECISIONS}))
    tables = tables_in(open_in(mara.console, path))
    assert (tables.places, tables.statements) == ((), ())
    assert {row.outcome for row in tables.works} == {None}, "what is not stated is not told"


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


def test_what_can_be_read_of_a_changed_report_is_shown_and_nothing_computed(report: Path) -> None:
    data = report.read_bytes()
    report.write_bytes(data.replace(b"Harbour Lights", b"Harbour Nights"))
    opened = open_report(report)
    assert opened.verdict is ReportVerdict.CHANGED
    assert "works.csv" in opened.parts_changed
    assert any(row.title == "Harbour Nights" for row in opened.first)
    inside = look_into(opened)
    assert not inside.consistent
    assert inside.checks == opened.checks
    assert inside.tables is not None
    assert "Harbour Nights" in {row.work.title for row in inside.tables.works}
    assert all(row.outcome is None and not row.differs for row in inside.tables.works)
    assert [row.check for row in inside.tables.statements] == [CheckResult.NOT_CHECKED]
    with pytest.raises(UnknownThing):
        explain(inside, MARA, SALT)


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


def test_a_file_that_changes_after_it_was_opened_is_not_read_on(
    mara: Desk, report: Path, tmp_path: Path
) -> None:
    opened = open_report(report)
    inside = look_into(opened)
    decide(mara.console, [a_wish(use=Use.DISTILL)])
    mara.sync()
    create(mara.console, report)  # another report in its place
    with pytest.raises(ReportChanged):
        look_into(opened)
    with pytest.raises(ReportChanged):
        compare(opened, open_report(report))
    assert inside.tables is not None
    with pytest.raises(ReportChanged):
        lines_of(inside, inside.tables.statements[0].statement.id)
    report.unlink()
    with pytest.raises(FileProblem):
        look_into(opened)


# Two reports


@pytest.fixture
def later(mara: Desk, report: Path, tmp_path: Path) -> Path:
    """Made a day after `report`, when something more was answered."""
    mara.clock.now += timedelta(days=1)
    decide(mara.console, [a_wish(use=Use.DISTILL)])
    mara.sync()
    path = tmp_path / "later.acreport"
    create(mara.console, path)
    return path


def test_two_reports_differ_by_what_was_answered_between_them(report: Path, later: Path) -> None:
    first, second = open_report(report), open_report(later)
    found = compare(first, second)
    assert found.same_series
    assert all(topic.compared for topic in found.topics)
    (decision,) = found.topic(Topic.DECISIONS).rows
    assert (decision.change, decision.title) == (Change.ADDED, "All my music")
    assert "Pass on to another model" in decision.words
    permissions = found.topic(Topic.PERMISSIONS)
    assert (permissions.added, permissions.gone) == (0, 0)
    assert {(each.work, "Pass on to another model" in each.words) for each in permissions.rows} == {
        ("harbour-lights", True)
    }
    assert " → " in permissions.rows[0].words
    assert found.topic(Topic.WORKS).is_empty
    assert found.money == ()


def test_a_comparison_from_the_other_side_has_added_and_gone_exchanged(report: Path, later: Path) -> None:
    first, second = open_report(report), open_report(later)
    there, back = compare(first, second), compare(second, first)
    assert [(each.added, each.gone, each.changed) for each in there.topics] == [
        (each.gone, each.added, each.changed) for each in back.topics
    ]
    assert compare(first, first).is_empty
    assert older_first(second, first) == (first, second)


def test_an_export_has_every_difference(report: Path, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = open_report(report), open_report(later)
    found = compare(first, second)
    shown = [row for topic in found.topics for row in topic.rows]
    assert list(each_difference(first, second)) == shown
    monkeypatch.setattr(report_compare, "MOST_TOLD", 1)
    few = compare(first, second)
    assert sum(len(topic.rows) + topic.more for topic in few.topics) == len(shown)
    assert max(len(topic.rows) for topic in few.topics) == 1


def test_what_one_report_was_made_without_is_not_told_as_gone(
    mara: Desk, report: Path, tmp_path: Path
) -> None:
    path = tmp_path / "without.acreport"
    create(mara.console, path, parts=frozenset({ReportPart.DECISIONS, ReportPart.PERMISSIONS}))
    found = compare(open_report(report), open_report(path))
    money = found.topic(Topic.MONEY)
    assert (money.compared, money.gone, found.money) == (False, 0, ())
    assert [note.text for note in money.notes] == [
        "It is not compared: without.acreport was made without it."
    ]
    assert found.topic(Topic.DECISIONS).compared


def test_a_changed_report_is_not_compared(report: Path, later: Path) -> None:
    first = open_report(report)
    later.write_bytes(later.read_bytes().replace(b"Harbour Lights", b"Harbour Nights"))
    with pytest.raises(NotUnchanged, match="later"):
        compare(first, open_report(later))


# Series


def test_opening_an_older_report_tells_of_a_newer_of_the_series(
    mara: Desk, report: Path, later: Path
) -> None:
    assert open_in(mara.console, later).newer is None
    newer = open_in(mara.console, report).newer
    assert newer is not None
    assert (newer.name, newer.path) == (later.name, str(later))
    assert newer.sha256 == open_report(later).sha256


def test_a_report_that_was_made_here_counts_without_being_opened(
    mara: Desk, report: Path, later: Path
) -> None:
    newer = open_in(mara.console, report).newer
    assert newer is not None
    assert newer.path == str(later)


def test_a_reader_learns_of_a_newer_report_only_from_what_was_opened(
    reviewer: Desk, report: Path, later: Path
) -> None:
    assert open_in(reviewer.console, report).newer is None
    open_in(reviewer.console, later)
    newer = open_in(reviewer.console, report).newer
    assert newer is not None
    assert newer.name == later.name


def test_reports_given_together_tell_which_is_the_newest(report: Path, later: Path) -> None:
    older, newest = with_newer([open_report(report), open_report(later)])
    assert older.newer is not None
    assert older.newer.name == later.name
    assert newest.newer is None


def test_reports_seen_that_cannot_be_read_are_forgotten(reviewer: Desk, report: Path) -> None:
    reviewer.console.folder.reports_seen.write_bytes(b"{")
    assert open_in(reviewer.console, report).newer is None
    assert len(read_seen(reviewer.console.folder.reports_seen)) == 1


def test_waiting_decisions_are_no_part_of_a_report(mara: Desk, tmp_path: Path) -> None:
    decide(mara.console, [a_wish()])
    path = tmp_path / "early.acreport"
    create(mara.console, path)
    assert tables_in(open_in(mara.console, path)).history == ()
