"""Tables of a report, or all of it, as files for others: PDF to read, XLSX for a sheet, CSV for programs.

Whatever leaves says which report it comes from: title, period, signer, hash, and what came of the check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from artist_console.commands.paper import Paper
from artist_console.commands.reports import OpenedReport
from artist_console.domain.problems import FileProblem, InputProblem

Draw = Callable[[Paper], bytes]
Told = Callable[[int, int], None]  # rows done, of all; raises what stops the work


class ReportTable(Enum):
    """A table of a report as people read it; the value is its name on the command line and in file names."""

    WORKS = "works"
    PERMISSIONS = "permissions"
    PLACES = "places"
    HISTORY = "history"
    STATEMENTS = "statements"
    LINES = "lines"
    MONTHS = "months"
    FINDINGS = "findings"
    CASES = "cases"
    AGREEMENTS = "agreements"
    PARTIES = "parties"
    CHECKS = "checks"


class ExportFormat(Enum):
    """What is written; the value is the ending of the file."""

    PDF = "pdf"  # any tables; statement lines are added up
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
    title_template = "Nothing of this file can be read, so nothing can be exported"
    advice_template = "Ask the sender for a new copy"


class FileThere(FileProblem):
    title_template = "There is already a file {name}"
    advice_template = "Choose another name, or say that it may be replaced"


@dataclass(frozen=True, slots=True)
class WrittenExport:
    """What was written, and how many rows of each table it holds."""

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


def export_report(
    report: OpenedReport,
    path: Path,
    draw: Draw,
    *,
    tables: Iterable[ReportTable] = (),
    format: ExportFormat | None = None,
    may_replace: bool = True,
    told: Told = _nobody,
) -> WrittenExport:
    """Write these tables, or all that the report holds; the format is that of the file's ending unless named.

    A file that is not verified is exported with every page and row saying so. A file that is there is
    replaced whole, or stays as it was. Raises NoSuchFormat, OneTableOnly, NothingToExport, TableTooLong,
    FileThere, FileProblem, and ReportChanged where the file is another one by now.
    """
    raise NotImplementedError


def proposed_name(report: OpenedReport, tables: Iterable[ReportTable], format: ExportFormat) -> str:
    """A telling name: "Mara Lindqvist - works - 2025-11-18.xlsx"."""
    raise NotImplementedError
