"""Tables of a report, or all of it, as files for others: PDF to read, XLSX for a sheet, CSV for programs.

Whatever leaves says which report it comes from: title, period, signer, hash, and what came of the check.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from artist_console.commands.paper import Paper
from artist_console.commands.report_fact_sheets import fact_sheets
from artist_console.commands.report_inside import ReportInside, each_line
from artist_console.commands.report_pages import MOST_ROWS, removed_words, report_paper
from artist_console.commands.report_provenance import Provenance, provenance_of
from artist_console.commands.report_sheets import ReportSheet, ReportTable, SheetColumn, sheets_of
from artist_console.commands.report_tables import ReportTables
from artist_console.commands.reports import OpenedReport
from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.formats.statement_table_out import COLUMNS, NamedLine
from artist_console.formats.statement_table_out import rows as line_rows
from artist_console.formats.table_out import (
    TableColumn,
    Value,
    check_rows,
    fill_sheet,
    foot_of_sheets,
    new_book,
)
from artist_console.formats.table_streams_out import SheetRows, write_csv
from artist_console.host.files import replacing, write_atomic

__all__ = ["ExportFormat", "ReportTable", "export_report", "format_of", "proposed_name", "table_named"]

Draw = Callable[[Paper], bytes]
Told = Callable[[int, int], None]  # rows done, of all; raises what stops the work
_TOLD_EACH = 2_000
_A_DAY_OF_NO_MEANING = (1980, 1, 1, 0, 0, 0)  # else no two files are alike


class ExportFormat(Enum):
    """What is written; the value is the ending of the file."""

    PDF = "pdf"  # any tables; those of many rows are cut, and say so
    XLSX = "xlsx"  # any tables, a sheet each
    CSV = "csv"  # one table
    ZIP = "zip"  # any tables, a CSV file each


class NoSuchFormat(InputProblem):
    title_template = "A report is exported as .pdf, .xlsx, .csv or .zip, and {name} ends in none of them"
    advice_template = "Give the file one of these endings"


class OneTableOnly(InputProblem):
    title_template = "A CSV file holds one table, and these are {count}"
    advice_template = "Choose one table, or write them all into a .zip or .xlsx file"


class NothingToExport(InputProblem):
    title_template = "There is nothing in {name} that could be exported"
    advice_template = "Choose another table, or ask the sender for a new copy"


class FileThere(FileProblem):
    title_template = "There is already a file {name}"
    advice_template = "Choose another name, or say that it may be replaced"


@dataclass(frozen=True, slots=True)
class WrittenExport:
    """What was written, and how many rows of each table are in reach of it."""

    path: Path
    format: ExportFormat
    rows: tuple[tuple[ReportTable, int], ...]


def _nobody(_done: int, _of: int) -> None:
    """Nobody wants to know."""


def table_named(name: str) -> ReportTable | None:
    """By its name on the command line; None for any other."""
    return next((each for each in ReportTable if each.value == name.casefold()), None)


def format_of(name: str) -> ExportFormat | None:
    """By the ending of a file's name; None for any other."""
    ending = name.rpartition(".")[2].casefold()
    return next((each for each in ExportFormat if each.value == ending), None)


def tables_out(inside: ReportInside, narrowed: ReportTables | None = None) -> tuple[ReportSheet, ...]:
    """The tables that can go out, those of which rows were taken out among them; none is read yet.

    `narrowed`: works, answers, places and statements as a filter left them.
    """
    held = narrowed or inside.tables
    if held is None:
        return ()
    kinds = {gap.kind: gap.removed for gap in inside.opened.gaps}
    sheets = list(sheets_of(held))
    if inside.opened.verified:  # else its lines are of statements that nobody could check
        at = next(n for n, each in enumerate(sheets) if each.table is ReportTable.STATEMENTS)
        sheets.insert(at + 1, _lines_sheet(inside, held))
    if inside.content is not None:
        sheets += fact_sheets(inside.content)
    return tuple(
        told
        for told in (replace(each, removed=kinds.get(_KIND.get(each.table, ""), 0)) for each in sheets)
        if told.count or told.removed
    )


# Which rows of a report a table is made of.
_KIND = {
    ReportTable.WORKS: "works",
    ReportTable.PERMISSIONS: "outcomes",
    ReportTable.PLACES: "inclusions",
    ReportTable.HISTORY: "entries",
    ReportTable.STATEMENTS: "statements",
    ReportTable.LINES: "lines",
    ReportTable.FINDINGS: "findings",
    ReportTable.CASES: "cases",
    ReportTable.AGREEMENTS: "agreements",
    ReportTable.CONTRACTS: "contracts",
    ReportTable.PARTIES: "parties",
}


def _lines_sheet(inside: ReportInside, held: ReportTables) -> ReportSheet:
    """Every line with every digit; on paper the statements are added up instead."""

    def read() -> Iterator[Sequence[Value]]:
        levels = {row.statement.id: row.statement.level for row in held.statements}
        yield from line_rows(
            NamedLine(view.line, levels[view.line.statement], view.work_title, view.programme_name)
            for view in each_line(inside, levels)
        )

    count = next((each.rows for each in inside.opened.counts if each.kind == "lines"), 0)
    columns = tuple(SheetColumn(column.title, column.width) for column in COLUMNS)
    declared = sum(row.statement.line_count for row in held.statements)
    return ReportSheet(ReportTable.LINES, "Statement lines", columns, min(count or declared, declared), read)


def export_report(
    inside: ReportInside,
    path: Path,
    draw: Draw,
    *,
    tables: Iterable[ReportTable] = (),
    format: ExportFormat | None = None,
    may_replace: bool = True,
    told: Told = _nobody,
    narrowed: ReportTables | None = None,
) -> WrittenExport:
    """Write these tables, or all that the report holds; the format is that of the file's ending unless named.

    `narrowed`: rows as a filter left them. A file that is not verified is exported with every page and row
    saying so. A file that is there is replaced whole, or stays as it was. Raises NoSuchFormat, OneTableOnly,
    NothingToExport, TableTooLong, FileThere, FileProblem, and ReportChanged where the file is another now.
    """
    chosen = format or format_of(path.name)
    if chosen is None:
        raise NoSuchFormat(name=path.name)
    if not may_replace and path.exists():
        raise FileThere(name=path.name)
    wanted, report = frozenset(tables), inside.opened
    sheets = tuple(sheet for sheet in tables_out(inside, narrowed) if not wanted or sheet.table in wanted)
    if chosen is ExportFormat.PDF:
        sheets = tuple(filter(_is_on_paper, sheets))
    if not sheets:
        raise NothingToExport(name=report.path.name)
    origin = provenance_of(report)
    counted = _Counted(sum(sheet.count for sheet in sheets), told)
    match chosen:
        case ExportFormat.PDF:
            write_atomic(path, draw(paper_of(inside, wanted, narrowed)), mode=0o644)
        case ExportFormat.XLSX:
            for sheet in sheets:
                check_rows(sheet.count)
            with replacing(path, mode=0o644) as out:
                _write_xlsx(out, origin, sheets, counted, path.parent)
        case ExportFormat.CSV:
            if len(sheets) != 1:
                raise OneTableOnly(count=len(sheets))
            with replacing(path, mode=0o644) as out:
                _write_csv(out, origin, sheets[0], counted)
        case ExportFormat.ZIP:
            with replacing(path, mode=0o644) as out:
                _write_zip(out, origin, sheets, counted)
    return WrittenExport(path, chosen, tuple((sheet.table, sheet.count) for sheet in sheets))


def paper_of(
    inside: ReportInside,
    tables: Iterable[ReportTable] = (),
    narrowed: ReportTables | None = None,
    most: int = MOST_ROWS,
) -> Paper:
    """These tables as they go on paper; all of them with what was checked and what they do not tell.

    Of each table at most so many rows.
    """
    wanted = frozenset(tables)
    found = tables_out(inside, narrowed)
    sheets = [sheet for sheet in found if _is_on_paper(sheet) and (not wanted or sheet.table in wanted)]
    checks, untold = ((), ()) if wanted else (inside.checks, inside.opened.does_not_tell)
    return report_paper(provenance_of(inside.opened), sheets, checks, untold, most)


def _is_on_paper(sheet: ReportSheet) -> bool:
    return any(column.part for column in sheet.columns)


def proposed_name(report: OpenedReport, tables: Iterable[ReportTable], format: ExportFormat) -> str:
    """A telling name: "Mara Lindqvist - works - 2025-11-18.xlsx"."""
    wanted = tuple(tables)
    names = ", ".join(report.artist_names[:2]) or report.title or report.path.stem
    parts = (
        names,
        wanted[0].value if len(wanted) == 1 else "report",
        f"{report.made_at:%Y-%m-%d}" if report.made_at is not None else "",
    )
    plain = (
        "".join(" " if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in part) for part in parts
    )
    kept = (" ".join(part.split()).strip(".") for part in plain)
    return f"{' - '.join(filter(None, kept))}.{format.value}"


# Writing


class _Counted:
    """Rows on their way, told now and then."""

    def __init__(self, of: int, told: Told) -> None:
        self._done, self._of, self._told = 0, of, told

    def through(self, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        for row in rows:
            if self._done % _TOLD_EACH == 0:
                self._told(self._done, self._of)
            self._done += 1
            yield row


def _origin_columns(origin: Provenance) -> tuple[tuple[TableColumn, ...], tuple[Value, ...]]:
    """Rows get cut out and passed on: each says of which report it is."""
    said = {
        "Report": origin.title,
        "Period": origin.period,
        "Signed by": origin.signer,
        "Checked": origin.result,
        "SHA-256 of the report": origin.sha256,
    }
    return tuple(TableColumn(name, 24) for name in said), tuple(said.values())


def _write_csv(out: BinaryIO, origin: Provenance, sheet: ReportSheet, counted: _Counted) -> None:
    names, values = _origin_columns(origin)
    columns = (*(column.out for column in sheet.columns), *names)
    rows = ((*row, *values) for row in counted.through(sheet.rows()))
    write_csv(out, SheetRows(sheet.title, columns, rows))


def _write_zip(out: BinaryIO, origin: Provenance, sheets: Sequence[ReportSheet], counted: _Counted) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            entry = zipfile.ZipInfo(f"{sheet.table.value}.csv", _A_DAY_OF_NO_MEANING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                _write_csv(cast(BinaryIO, file), origin, sheet, counted)
        about = zipfile.ZipInfo("about.csv", _A_DAY_OF_NO_MEANING)
        with archive.open(about, "w") as file:
            write_csv(cast(BinaryIO, file), _about(origin, sheets))


def _write_xlsx(
    out: BinaryIO, origin: Provenance, sheets: Sequence[ReportSheet], counted: _Counted, folder: Path
) -> None:
    # Beside the file, and gone with the block: rows are written out in pieces before they are packed.
    with TemporaryDirectory(prefix=".report.", dir=folder) as pieces:
        options = {"constant_memory": True, "tmpdir": pieces}
        with new_book(out, origin.title or origin.file, options) as book:
            for sheet in sheets:
                columns = [column.out for column in sheet.columns]
                fill_sheet(book, sheet.title, columns, counted.through(sheet.rows()))
            about = _about(origin, sheets)
            fill_sheet(book, about.title, about.columns, about.rows)
            foot_of_sheets(
                book,
                origin.title or origin.file,
                " · ".join(
                    part
                    for part in (
                        "NOT VERIFIED" if not origin.verified else "",
                        origin.period,
                        origin.signer,
                        f"SHA-256 {origin.sha256[:16]}…" if origin.sha256 else "",
                    )
                    if part
                ),
            )


def _about(origin: Provenance, sheets: Sequence[ReportSheet]) -> SheetRows:
    """What the tables are of, and what was taken out of them."""
    rows: list[Sequence[Value]] = list(origin.named)
    rows += [(sheet.title, removed_words(sheet.removed)) for sheet in sheets if sheet.removed]
    return SheetRows("About this report", (TableColumn("What", 20), TableColumn("Is", 80)), rows)
