"""A report on paper: what came of checking it, what it does not tell, and its tables.

Title, period, signer and hash stand on the first sheet whole, and at the foot of every sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.paper import Paper, PaperColumn, PaperLine, PaperStyle, table_lines
from artist_console.commands.paper_width import cut
from artist_console.commands.report_provenance import NOT_VERIFIED, Provenance
from artist_console.commands.report_sheets import ReportSheet
from artist_console.formats.table_out import Value

MOST_ROWS = 50_000  # of a table on paper; a spreadsheet takes them all
PREVIEWED_ROWS = 2_000  # where the paper has to be there at once
_STATES = {
    CheckState.PASSED: "Passed",
    CheckState.FAILED: "Does not hold",
    CheckState.CANNOT: "Cannot be checked",
}


def report_paper(
    origin: Provenance,
    sheets: Sequence[ReportSheet],
    checks: Sequence[CheckLine] = (),
    does_not_tell: Sequence[str] = (),
    most: int = MOST_ROWS,
) -> Paper:
    """The report, or some of its tables: without checks where only tables go out."""
    title = cut(origin.title or origin.file, 110)
    lines = [PaperLine(PaperStyle.TITLE, title)]
    if not origin.verified:
        lines.append(PaperLine(PaperStyle.STRONG, NOT_VERIFIED))
    lines += [PaperLine(PaperStyle.ROW, f"{what}\t{words}") for what, words in origin.named]
    if checks:
        lines.append(PaperLine(PaperStyle.HEADING, "What was checked"))
        lines += [PaperLine(PaperStyle.ROW, f"{_STATES[check.state]}\t{check.words}") for check in checks]
    if does_not_tell:
        lines.append(PaperLine(PaperStyle.HEADING, "What this does not tell you"))
        lines += [PaperLine(PaperStyle.TEXT, said) for said in does_not_tell]
    for sheet in sheets:
        lines += _table(sheet, most)
    return Paper(title, _foot(origin), tuple(lines))


def _foot(origin: Provenance) -> str:
    """One line below every sheet; the hash is whole on the first."""
    # Titles end in whom the report is about: where there is no period, they get its room.
    parts = (
        "NOT VERIFIED" if not origin.verified else "",
        cut(origin.title or origin.file, 30 if origin.period else 60),
        cut(origin.period, 30),
        cut(origin.signer, 24),
        f"SHA-256 {origin.sha256[:16]}…" if origin.sha256 else "",
    )
    return " · ".join(part for part in parts if part)


def _table(sheet: ReportSheet, most: int) -> Iterator[PaperLine]:
    yield PaperLine(PaperStyle.HEADING, f"{sheet.title} ({sheet.count:,})")
    if sheet.removed:
        yield PaperLine(PaperStyle.TEXT, removed_words(sheet.removed))
    shown = [place for place, column in enumerate(sheet.columns) if column.part]
    columns = tuple(
        PaperColumn(sheet.columns[n].title, sheet.columns[n].part, sheet.columns[n].is_number) for n in shown
    )
    if sheet.count:
        some = islice(sheet.rows(), most)
        yield from table_lines(columns, ([_words(row[n]) for n in shown] for row in some))
    if sheet.count > most:
        rest = sheet.count - most
        words = (
            f"{rest:,} more rows are not on paper. XLSX and CSV hold them all; a filter narrows them down."
        )
        yield PaperLine(PaperStyle.SMALL, words)


def removed_words(count: int) -> str:
    """What a table of a redacted copy says of what is not in it."""
    return "1 row was taken out of this copy" if count == 1 else f"{count:,} rows were taken out of this copy"


def _words(value: Value) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)
