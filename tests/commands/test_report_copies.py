"""Copies of reports that something was taken out of: opened, looked into and compared."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from artist_console.commands import report_inside
from artist_console.commands.history import CheckState
from artist_console.commands.report_compare import Topic, compare, each_difference
from artist_console.commands.report_inside import TooMuchToShow, look_into
from artist_console.commands.report_redacting import RedactionWish, write_copy
from artist_console.commands.reports import OpenedReport, ReportVerdict, open_report
from tests.formats.redacted_copies import content, files_in, report_of, signed_anew

NOW = datetime(2025, 12, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> OpenedReport:
    path = tmp_path_factory.mktemp("reports") / "whole.acreport"
    path.write_bytes(report_of(content()))
    return open_report(path)


def copy_without(whole: OpenedReport, folder: Path, wish: RedactionWish) -> OpenedReport:
    write_copy(whole, wish, folder / "copy.acreport", NOW)
    return open_report(folder / "copy.acreport")


def first_entry(whole: OpenedReport) -> RedactionWish:
    entry = content().entries[0]
    return RedactionWish(rows={"entries": frozenset({(entry.artist, str(entry.n))})})


def test_a_copy_says_what_is_missing_and_whose_it_is(whole: OpenedReport, tmp_path: Path) -> None:
    copy = copy_without(whole, tmp_path, RedactionWish(tables=frozenset({"statements"})))
    assert copy.verdict is ReportVerdict.SIGNER_UNKNOWN
    assert "taken out of this copy" in copy.headline
    assert [each.name for each in copy.signatures] == ["Fieldnote"]
    assert copy.redacted_by == ()
    assert copy.redacted_on == NOW
    assert {gap.kind: gap.words for gap in copy.gaps} == {
        "statements": "“Statements” was taken out whole.",
        "lines": "“Lines” was taken out whole.",
    }
    assert "statements" not in {each.kind for each in copy.counts}


def test_what_rests_on_a_row_that_is_gone_is_shown_as_it_was_signed(
    whole: OpenedReport, tmp_path: Path
) -> None:
    wish = first_entry(whole)
    copy = copy_without(whole, tmp_path, RedactionWish(rows=wish.rows, leave=frozenset({"outcomes"})))
    assert {gap.kind for gap in copy.gaps} >= {"entries", "receipts"}
    signed, left = look_into(whole), look_into(copy)
    assert left.consistent
    assert signed.tables is not None
    assert left.tables is not None
    shown = {row.work.id: {(c.programme, c.use): c.outcome for c in row.cells} for row in left.tables.works}
    for row in signed.tables.works:
        assert shown[row.work.id] == {(c.programme, c.use): c.outcome for c in row.cells}
    assert any(row.cannot for row in left.tables.works)
    assert not any(row.differs for row in left.tables.works)
    words = {check.state: check.words for check in left.checks if "worked out again" in check.words}
    assert "cannot be recomputed" in words[CheckState.CANNOT]


def test_a_report_of_more_rows_than_memory_should_hold_is_not_looked_into(
    whole: OpenedReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_inside, "MOST_HELD_BYTES", 1_000)
    with pytest.raises(TooMuchToShow):
        look_into(whole)


def test_a_table_that_cannot_be_read_is_not_compared_and_says_why(
    whole: OpenedReport, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.acreport"
    body = files_in(whole.path.read_bytes())["works.csv"]
    odd.write_bytes(signed_anew(whole.path.read_bytes(), {"works.csv": body.replace(b"recording", b"tape")}))
    found = compare(whole, open_report(odd))
    works = found.topic(Topic.WORKS)
    assert (works.compared, works.rows) == (False, ())
    assert "rows cannot be read by this version" in works.notes[0].text
    assert found.topic(Topic.PERMISSIONS).compared


def test_what_was_taken_out_of_one_is_not_told_as_gone(whole: OpenedReport, tmp_path: Path) -> None:
    copy = copy_without(whole, tmp_path, RedactionWish(tables=frozenset({"statements"})))
    found = compare(whole, copy)
    money = found.topic(Topic.MONEY)
    assert (money.compared, found.money) == (False, ())
    assert [note.text for note in money.notes] == ["It is not compared: it was taken out of copy.acreport."]
    assert found.topic(Topic.WORKS).is_empty
    assert [each for each in each_difference(whole, copy) if each.topic is Topic.MONEY] == []


def test_rows_that_were_taken_out_are_told_beside_what_seems_gone(
    whole: OpenedReport, tmp_path: Path
) -> None:
    found = compare(whole, copy_without(whole, tmp_path, first_entry(whole)))
    decisions = found.topic(Topic.DECISIONS)
    assert (decisions.added, decisions.gone, decisions.changed) == (0, 1, 0)
    assert [note.text for note in decisions.notes] == [
        "1 row was taken out of “Ledger” in copy.acreport: what is told as added or gone may be it."
    ]
