"""Workbooks whose parts claim more than they hold, told before the library that reads them believes it."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from artist_console.domain.problems import InputProblem
from artist_console.formats.tables import read_table, spreadsheet_rows
from artist_console.formats.workbook_bounds import MOST_COLUMNS, BeyondBounds, check_workbook
from artist_console.formats.workbook_formulas import formulas_in
from tests.fuzz.targets import workbook

FAR = "its cells are further apart"


def sheet(rows: str, more: str = "") -> bytes:
    place = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return workbook(f'<worksheet xmlns="{place}"><sheetData>{rows}</sheetData>{more}</worksheet>'.encode())


def check(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_workbook(archive)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c  r = 'xfd1048576' ><v>1</v></c></row>",
        '<row r="1"><c s="1" r="A1"><v>1</v></c><c t="n" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c/></row><row r="1048576">' + "<c/>" * 200 + "<c><v>1</v></c></row>",
        '<row r="1"><c r="A1" x=">"><v>1</v></c><x:c xmlns:x="m" r="XFD1048576"><v>1</v></x:c></row>',
    ],
)
def test_cells_in_far_corners_are_told_however_they_are_written(rows: str) -> None:
    with pytest.raises(BeyondBounds, match=FAR):
        check(sheet(rows))


def test_a_place_that_stands_twice_in_a_tag_is_no_xml() -> None:
    with pytest.raises(BeyondBounds, match="no XML"):
        check(sheet('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>'))


def test_a_document_type_is_told() -> None:
    with pytest.raises(BeyondBounds, match="document type"):
        check(workbook(b'<!DOCTYPE x [<!ENTITY e "x">]><sst uniqueCount="0"/>'))


def test_a_list_that_counts_more_texts_than_it_holds_is_told() -> None:
    with pytest.raises(BeyondBounds, match="more texts than it holds"):
        check(workbook(b"<worksheet/>", {"xl/sharedStrings.xml": b'<sst uniqueCount="4294967295"/>'}))


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_a_workbook_that_is_something_else_as_well_is_told(name: str) -> None:
    out = io.BytesIO(workbook(b"<worksheet/>"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"<x/>")
    with pytest.raises(BeyondBounds, match="something else"):
        check(out.getvalue())


def test_ordinary_workbooks_are_read_as_before() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.set_row(1_048_575, 30)  # a row with a height and no cell
    for row in range(400):
        page.write_row(row, 0, [f"text {row % 7}", row, row / 3, "=1+1"])
    page.write(5, 40, "a note at the side")
    book.close()
    check(out.getvalue())
    assert len(spreadsheet_rows(out.getvalue(), "a.xlsx")) == 400


def test_cells_that_are_never_closed_take_no_time() -> None:
    hidden = f"<!--{'<c>' * 200_000}{'<c ' * 200_000}-->"
    assert formulas_in(sheet("<row><c><f>1</f></c></row>", hidden), 0).count == 1


def test_a_table_wider_than_any_spreadsheet_is_refused() -> None:
    with pytest.raises(InputProblem, match="a row of more than 16,384 cells"):
        read_table(b"a," * MOST_COLUMNS + b"\n", "a.csv")
