"""Tables of a report as files: each says of which report it is, and no cell of it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from artist_console.commands.consent import decide
from artist_console.commands.paper import Paper
from artist_console.commands.report_export import (
    ExportFormat,
    FileThere,
    NoSuchFormat,
    NothingToExport,
    OneTableOnly,
    export_report,
    format_of,
    proposed_name,
    table_named,
    tables_out,
)
from artist_console.commands.report_inside import ReportInside, look_into
from artist_console.commands.report_making import create
from artist_console.commands.report_sheets import ReportTable
from artist_console.commands.reports import open_in, open_report
from tests.backend.world import SALT, work_subject
from tests.commands.desks import Desk, a_wish


@pytest.fixture
def inside(mara: Desk, tmp_path: Path) -> ReportInside:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    mara.sync()
    path = tmp_path / "Mara.acreport"
    create(mara.console, path)
    return look_into(open_in(mara.console, path))


@pytest.fixture
def changed(inside: ReportInside, tmp_path: Path) -> ReportInside:
    """The same report, a title of it written over."""
    path = tmp_path / "changed.acreport"
    data = bytearray(inside.opened.path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return look_into(open_report(path))


def nothing_drawn(_paper: Paper) -> bytes:
    raise AssertionError("nothing has to be drawn")


def text_of(paper: Paper) -> bytes:
    """What stands in a document, for looking at."""
    return "\n".join((paper.title, paper.foot, *(line.plain for line in paper.lines))).encode()


def test_a_table_as_csv_names_its_report_in_each_row(inside: ReportInside, tmp_path: Path) -> None:
    path = tmp_path / "works.csv"
    made = export_report(inside, path, nothing_drawn, tables=[ReportTable.WORKS])
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert made.rows == ((ReportTable.WORKS, len(rows)),)
    assert {row["Work"] for row in rows} == {"Salt Lines", "Harbour Lights"}
    assert {row["SHA-256 of the report"] for row in rows} == {inside.opened.sha256}
    assert {row["Checked"] for row in rows} == {inside.opened.headline}


def test_the_whole_report_is_a_workbook_with_a_sheet_for_each_table(
    inside: ReportInside, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    made = export_report(inside, path, nothing_drawn)
    book = CalamineWorkbook.from_path(path)
    titles = [sheet.title for sheet in tables_out(inside)]
    assert book.sheet_names == [*titles, "About this report"]
    for (_, count), title in zip(made.rows, titles, strict=True):
        assert len(book.get_sheet_by_name(title).to_python()) == count + 1
    about = {str(row[0]): row[1] for row in book.get_sheet_by_name("About this report").to_python()}
    assert about["SHA-256"] == inside.opened.sha256
    assert about["Signed by"] == inside.opened.signer


def test_every_page_of_a_printed_sheet_has_its_number_and_the_hash(
    inside: ReportInside, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    export_report(inside, path, nothing_drawn)
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "/sheet" in name]
    for sheet in (each for each in sheets if "<worksheet" in each):
        assert "Page &amp;P of &amp;N" in sheet
        assert f"SHA-256 {inside.opened.sha256[:16]}" in sheet


def test_every_line_of_every_statement_goes_out_with_its_digits(inside: ReportInside, tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    export_report(inside, path, nothing_drawn, tables=[ReportTable.LINES])
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert inside.tables is not None
    assert len(rows) == sum(row.statement.line_count for row in inside.tables.statements) > 0
    assert all(row["Amount (exact)"] for row in rows)


def test_all_tables_as_csv_are_one_file(inside: ReportInside, tmp_path: Path) -> None:
    path = tmp_path / "report.zip"
    export_report(inside, path, nothing_drawn)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == [*(f"{sheet.table.value}.csv" for sheet in tables_out(inside)), "about.csv"]
        assert archive.testzip() is None
    once = path.read_bytes()
    export_report(inside, path, nothing_drawn)
    assert path.read_bytes() == once  # no time of its making is in it


def test_paper_says_what_was_checked_and_what_it_does_not_tell(inside: ReportInside, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    export_report(inside, path, text_of)
    said = path.read_text()
    assert inside.opened.sha256 in said
    assert all(check.words in said for check in inside.checks)
    assert all(words in said for words in inside.opened.does_not_tell)
    assert "Salt Lines" in said


def test_one_table_on_paper_leaves_the_rest_out(inside: ReportInside, tmp_path: Path) -> None:
    path = tmp_path / "works.pdf"
    export_report(inside, path, text_of, tables=[ReportTable.WORKS])
    said = path.read_text()
    assert "Works (2)" in said
    assert "History" not in said
    assert inside.opened.sha256[:16] in said


def test_what_is_not_verified_says_so_wherever_it_goes(changed: ReportInside, tmp_path: Path) -> None:
    assert not changed.opened.verified
    export_report(changed, tmp_path / "c.pdf", text_of)
    assert "NOT VERIFIED" in (tmp_path / "c.pdf").read_text()
    export_report(changed, tmp_path / "c.csv", nothing_drawn, tables=[ReportTable.WORKS])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))
    assert rows
    assert all("Not verified" in row["Checked"] for row in rows)


def test_a_file_takes_its_format_from_its_ending(inside: ReportInside, tmp_path: Path) -> None:
    assert format_of("a.PDF") is ExportFormat.PDF
    assert table_named("Works") is ReportTable.WORKS
    assert table_named("songs") is None
    with pytest.raises(NoSuchFormat):
        export_report(inside, tmp_path / "report.docx", nothing_drawn)
    with pytest.raises(OneTableOnly):
        export_report(inside, tmp_path / "report.csv", nothing_drawn)
    assert not (tmp_path / "report.csv").exists()


def test_a_table_that_is_not_there_is_told(inside: ReportInside, tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        export_report(inside, tmp_path / "c.csv", nothing_drawn, tables=[ReportTable.CONTRACTS])


def test_no_file_is_written_over_unless_that_is_said(inside: ReportInside, tmp_path: Path) -> None:
    path = tmp_path / "works.csv"
    path.write_text("mine")
    with pytest.raises(FileThere):
        export_report(inside, path, nothing_drawn, tables=[ReportTable.WORKS], may_replace=False)
    assert path.read_text() == "mine"


def test_what_is_stopped_leaves_no_file(inside: ReportInside, tmp_path: Path) -> None:
    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    for name in ("a.csv", "a.xlsx", "a.zip"):
        with pytest.raises(KeyboardInterrupt):
            export_report(inside, tmp_path / name, nothing_drawn, tables=[ReportTable.WORKS], told=stop)
        assert not (tmp_path / name).exists()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_proposed_name_tells_what_is_in_the_file(inside: ReportInside) -> None:
    name = proposed_name(inside.opened, [ReportTable.WORKS], ExportFormat.XLSX)
    assert name.startswith("Mara Quist - works - ")
    assert name.endswith(".xlsx")
