"""What is inside an opened report: its tables, what all checks came to, why each permission is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from artist_console.commands.cells import Explained
from artist_console.commands.earnings import LineView, line_view
from artist_console.commands.fact_links import links_of
from artist_console.commands.history import CheckLine, CheckState, check_line
from artist_console.commands.names import programme_name, subject_words, use_words
from artist_console.commands.report_tables import ReportTables, tables_of
from artist_console.commands.reports import OpenedReport, reading
from artist_console.commands.table_copies import parquet_says
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import Subject, SubjectKind, UseScope
from artist_console.domain.statements import StatementCheck
from artist_console.domain.uses import Use
from artist_console.formats.records import MalformedTable
from artist_console.formats.report_checks import check_content
from artist_console.formats.report_content import ROW_TYPES, ReportContent, content_from
from artist_console.formats.report_copies import check_copies
from artist_console.formats.report_figures import CheckedStatement
from artist_console.formats.report_rows import UnverifiedContent
from artist_console.formats.report_tables import LINES, codec_of
from artist_console.formats.row_cells import MalformedRow, guarded, record_of

# Hears how far a long reading is (rows done, of how many, what), and may end it by raising.
Told = Callable[[int, int, str], None]
READING = "Reading and checking what the report says"
MOST_HELD_BYTES = 192 * 1024 * 1024  # of all tables but lines and overview; beyond, they are not held at once
_HELD = frozenset(ROW_TYPES) - {LINES}
MOST_UNVERIFIED_ROWS = 5_000  # of each kind of a file that anybody may have written


def _silently(_done: int, _total: int, _words: str) -> None:
    """For callers that do not watch."""


class TooMuchToShow(InputProblem):
    title_template = "This report holds more than can be shown at once"
    advice_template = "Its tables can be opened in a spreadsheet: it is a zip of CSV files"


class LineUnreadable(InputProblem):
    title_template = "A line of the statement cannot be read: {why}"
    advice_template = "Ask whoever signed the report for another one"


@dataclass(frozen=True, slots=True)
class ReportInside:
    """A report looked into: the second step, after `open_report`. Lines are read when they are asked for."""

    opened: OpenedReport
    tables: ReportTables | None  # None where nothing can safely be read
    checks: tuple[CheckLine, ...]  # all of them, those of `opened` first
    consistent: bool  # no check failed: False also where an unchanged report contradicts its own rows
    content: ReportContent | None = field(repr=False, compare=False)  # all rows but lines
    statements: Mapping[StatementId, CheckedStatement] = field(
        default_factory=dict, repr=False, compare=False
    )


def look_into(opened: OpenedReport, progress: Told = _silently) -> ReportInside:
    """Read all rows of an opened report and check what they say. May take seconds for a large one.

    Raises FileProblem where the file is gone, ReportChanged where it is not what was opened, TooMuchToShow.
    """
    with reading(opened) as found:
        if found.report is None:
            return _unverified(opened, found.unverified)
        infos = found.report.tables.items()
        if sum(info.bytes for kind, info in infos if kind in _HELD) > MOST_HELD_BYTES:
            raise TooMuchToShow()
        checked = check_content(found, opened.known, lambda done, total: progress(done, total, READING))
        copies = check_copies(found.report, parquet_says)
    checks = (*opened.checks, *map(check_line, (*checked.checks, *copies)))
    content = checked.content
    tables = (
        tables_of(
            content,
            checked.recomputed if content.outcomes else None,
            checked.statements,
            checked.months,
        )
        if content is not None
        else None
    )
    return ReportInside(
        opened,
        tables,
        checks,
        all(check.state is not CheckState.FAILED for check in checks),
        content,
        {each.statement.id: each for each in checked.statements},
    )


def _unverified(opened: OpenedReport, found: UnverifiedContent | None) -> ReportInside:
    """What can safely be read of a file that anybody may have changed: nothing is computed from it."""
    if found is None or found.header is None:
        return ReportInside(opened, None, opened.checks, False, None)
    rows = {kind: found.rows(kind, MOST_UNVERIFIED_ROWS)[0] for kind in _HELD}
    content = content_from(found.header, rows)
    return ReportInside(opened, tables_of(content), opened.checks, False, content)


def explain(
    inside: ReportInside, artist: ArtistId, work: WorkId, programmes: Iterable[ProgrammeId] = ()
) -> Mapping[tuple[ProgrammeId, Use], Permission]:
    """The permissions of one work with the traces that led to them, computed from the report's own rows.

    Over the named programmes, or all that the report holds. Raises UnknownThing for a work that it does not.
    """
    return _explained(_verified(inside, work), artist, work, programmes)[1]


def _verified(inside: ReportInside, work: WorkId) -> ReportContent:
    content = inside.content
    if content is None or not inside.opened.verified or all(each.id != work for each in content.works):
        raise UnknownThing("The work {work} is not in this report", "Open the report again", work=work)
    return content


def _explained(
    content: ReportContent, artist: ArtistId, work: WorkId, programmes: Iterable[ProgrammeId]
) -> tuple[FactBook, Mapping[tuple[ProgrammeId, Use], Permission]]:
    facts = content.facts()
    subject = Subject(SubjectKind.WORK, work)
    wanted = set(programmes) or set(facts.programmes)
    return facts, {
        (id, use): permission(Question(artist, subject, id, use, content.header.instant), facts)
        for id in sorted(wanted)
        for use in Use
        if use in facts.programmes[id].uses
    }


def explain_in_words(
    inside: ReportInside, artist: ArtistId, work: WorkId
) -> Mapping[tuple[ProgrammeId, Use], Explained]:
    """The same with what is behind each sentence, as "Why?" tells it. Raises UnknownThing."""
    facts, found = _explained(_verified(inside, work), artist, work, ())
    return {
        (programme, use): Explained(
            subject_words(facts, each.question.subject),
            programme_name(facts, programme),
            use_words(UseScope.of(use)),
            each,
            links_of(each, facts),
        )
        for (programme, use), each in found.items()
    }


def statement_of(inside: ReportInside, id: StatementId) -> StatementCheck:
    """What came of the checks of one statement. Raises UnknownThing."""
    return _checked(inside, id).check


def _checked(inside: ReportInside, id: StatementId) -> CheckedStatement:
    found = inside.statements.get(id)
    if found is None:
        raise UnknownThing("This statement is not in the report", "Open the report again")
    return found


def each_line(inside: ReportInside, id: StatementId) -> Iterator[LineView]:
    """The lines of a statement in the words of the other pages, as a stream from the file.

    Raises UnknownThing, FileProblem, ReportChanged, LineUnreadable, also on the way.
    """
    return _some_lines(inside, id, 0, None)


def lines_of(
    inside: ReportInside, id: StatementId, offset: int = 0, limit: int = 200
) -> tuple[LineView, ...]:
    """Some lines of a statement; for all of them, one after the other, `each_line`. Raises as that does."""
    return tuple(_some_lines(inside, id, offset, offset + limit))


def _some_lines(inside: ReportInside, id: StatementId, first: int, end: int | None) -> Iterator[LineView]:
    """Records are passed by until the first; of a few, the hash of the whole table is not looked at."""
    _checked(inside, id)
    assert inside.content is not None, "a statement is a row of content"
    facts = inside.content.facts()
    codec = codec_of(LINES)
    begin = f"{record_of([guarded(id)])},".encode()
    with reading(inside.opened) as found:
        if found.report is None:
            return
        records = (record for record in found.report.records(LINES) if record.startswith(begin))
        try:
            for record in islice(records, first, end):
                yield line_view(codec.row(record), facts)
        except (MalformedRow, MalformedTable) as error:
            raise LineUnreadable(why=str(error)) from error
