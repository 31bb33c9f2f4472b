"""What differs between two reports as a file: PDF to read, XLSX for a sheet, CSV for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from artist_console.commands.paper import Paper, PaperColumn, PaperLine, PaperStyle, table_lines
from artist_console.commands.paper_width import cut
from artist_console.commands.report_compare import (
    ComparedSide,
    ReportComparison,
    ReportDifference,
    TopicComparison,
    each_difference,
)
from artist_console.commands.report_export import Draw, ExportFormat, FileThere, NoSuchFormat, Told, format_of
from artist_console.commands.report_pages import MOST_ROWS
from artist_console.commands.reports import OpenedReport
from artist_console.domain.phrases import day_in_words
from artist_console.formats.table_out import MOST_ROWS as MOST_OF_A_SHEET
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

FORMATS = (ExportFormat.PDF, ExportFormat.XLSX, ExportFormat.CSV)
_COLUMNS = (
    TableColumn("Of", 22),
    TableColumn("What became of it", 16),
    TableColumn("About", 40),
    TableColumn("From what to what", 70),
)
_PAPER = (
    PaperColumn("What became of it", 16),
    PaperColumn("About", 34),
    PaperColumn("From what to what", 50),
)
_TOLD_EACH = 2_000


def _nobody(_done: int, _of: int) -> None:
    """Nobody wants to know."""


def export_difference(
    first: OpenedReport,
    second: OpenedReport,
    found: ReportComparison,
    path: Path,
    draw: Draw,
    *,
    format: ExportFormat | None = None,
    may_replace: bool = True,
    told: Told = _nobody,
) -> int:
    """Write all differences; gives how many rows. The format is that of the file's ending unless named.

    Raises NoSuchFormat, TableTooLong, FileThere, FileProblem, and ReportChanged where a file is another now.
    """
    chosen = format or format_of(path.name)
    if chosen not in FORMATS:
        raise NoSuchFormat(name=path.name)
    if not may_replace and path.exists():
        raise FileThere(name=path.name)
    total = sum(each.added + each.gone + each.changed for each in found.topics)
    titles = {each.topic: each.title for each in found.topics}

    def rows() -> Iterator[Sequence[Value]]:
        for number, each in enumerate(each_difference(first, second)):
            if number % _TOLD_EACH == 0:
                told(number, total)
            yield (titles[each.topic], each.change.value, each.title, each.words)

    match chosen:
        case ExportFormat.PDF:
            write_atomic(path, draw(difference_paper(found, each_difference(first, second))), mode=0o644)
        case ExportFormat.CSV:
            with replacing(path, mode=0o644) as out:
                write_csv(out, _with_origin(found, rows()))
        case _:
            check_rows(min(total, MOST_OF_A_SHEET))
            with replacing(path, mode=0o644) as out, new_book(out, "Difference", {"in_memory": True}) as book:
                fill_sheet(book, "Difference", _COLUMNS, rows())
                about = (TableColumn("What", 24), TableColumn("Is", 80))
                fill_sheet(book, "The two reports", about, list(_origin(found)))
                foot_of_sheets(book, _title(found), _foot(found))
    return total


def proposed_name(found: ReportComparison, format: ExportFormat) -> str:
    """A telling name: "Consent record - difference - 2025-11-18.xlsx"."""
    side = found.second
    day = f" - {side.made_at:%Y-%m-%d}" if side.made_at is not None else ""
    plain = "".join(" " if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in side.title)
    return f"{' '.join(plain.split()) or side.path.stem} - difference{day}.{format.value}"


def difference_paper(found: ReportComparison, rows: Iterable[ReportDifference]) -> Paper:
    """The difference on paper, topic by topic; long ones are cut, and say so."""
    lines = [PaperLine(PaperStyle.TITLE, _title(found))]
    lines += [PaperLine(PaperStyle.ROW, f"{what}\t{said}") for what, said in _origin(found)]
    by_topic: dict[object, list[ReportDifference]] = {}
    for row in rows:
        held = by_topic.setdefault(row.topic, [])
        if len(held) < MOST_ROWS:
            held.append(row)
    for topic in found.topics:
        lines += _topic(topic, by_topic.get(topic.topic, []))
    return Paper(_title(found), _foot(found), tuple(lines))


def _topic(topic: TopicComparison, rows: Sequence[ReportDifference]) -> Iterator[PaperLine]:
    count = topic.added + topic.gone + topic.changed
    yield PaperLine(PaperStyle.HEADING, f"{topic.title} ({count:,})")
    for note in topic.notes:
        yield PaperLine(PaperStyle.TEXT, note.text)
    if rows:
        yield from table_lines(_PAPER, ((each.change.value, each.title, each.words) for each in rows))
    elif topic.compared:
        yield PaperLine(PaperStyle.TEXT, "Nothing differs.")
    if count > len(rows):
        yield PaperLine(PaperStyle.SMALL, f"{count - len(rows):,} more are not on paper. CSV holds them all.")


def _with_origin(found: ReportComparison, rows: Iterable[Sequence[Value]]) -> SheetRows:
    names = ("First report", "SHA-256 of the first", "Second report", "SHA-256 of the second")
    values = (found.first.path.name, found.first.sha256, found.second.path.name, found.second.sha256)
    columns = (*_COLUMNS, *(TableColumn(name, 24) for name in names))
    return SheetRows("Difference", columns, ((*row, *values) for row in rows))


def _origin(found: ReportComparison) -> Iterator[tuple[str, str]]:
    for which, side in (("Before", found.first), ("After", found.second)):
        made = f", {day_in_words(side.made_at)}" if side.made_at is not None else ""
        yield which, f"{side.title or side.path.name}{made}"
        yield f"{which}, signed by", side.signer
        yield f"{which}, SHA-256", side.sha256


def _title(found: ReportComparison) -> str:
    return cut(f"What differs: {_short(found.first)} and {_short(found.second)}", 110)


def _short(side: ComparedSide) -> str:
    return side.path.stem


def _foot(found: ReportComparison) -> str:
    return f"SHA-256 {found.first.sha256[:16]}… against {found.second.sha256[:16]}…"
