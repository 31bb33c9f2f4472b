"""What is inside an opened report: its tables, what all checks came to, why each permission is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
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
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import StatementCheck
from artist_console.domain.uses import Use
from artist_console.formats.records import MalformedTable
from artist_console.formats.report_checks import check_content
from artist_console.formats.report_content import ROW_TYPES, ReportContent, content_from
from artist_console.formats.report_copies import check_copies
from artist_console.formats.report_figures import CheckedStatement
from artist_console.formats.report_rows import UnverifiedContent
from artist_console.formats.report_tables import LINES, codec_of
from artist_console.formats.row_cells import MalformedRow, guarded, record_of, unguarded

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
    facts: FactBook | None = field(default=None, repr=False, compare=False)  # of `content`, for the rule


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
        content.facts() if content is not None else None,
    )


def _unverified(opened: OpenedReport, found: UnverifiedContent | None) -> ReportInside:
    """What can safely be read of a file that anybody may have changed: nothing is computed from it."""
    if found is None or found.header is None:
        return ReportInside(opened, None, opened.checks, False, None)
    rows = {kind: found.rows(kind, MOST_UNVERIFIED_ROWS)[0] for kind in _HELD}
    content = content_from(found.header, rows)
    # What a statement declares is told; its lines are not looked at.
    told = [
        CheckedStatement(each, 0, each.declared_total or Decimal(0), check(each, ()))
        for each in content.statements
    ]
    return ReportInside(opened, tables_of(content, None, told), opened.checks, False, content)


def explain(
    inside: ReportInside, artist: ArtistId, work: WorkId, programmes: Iterable[ProgrammeId] = ()
) -> Mapping[tuple[ProgrammeId, Use], Permission]:
    """The permissions of one work with the traces that led to them, computed from the report's own rows.

    Over the named programmes, or all that the report holds. Raises UnknownThing for a work that it does not.
    """
    facts, instant = _known_of(inside, work)
    subject = Subject(SubjectKind.WORK, work)
    wanted = set(programmes) or set(facts.programmes)
    return {
        (id, use): permission(Question(artist, subject, id, use, instant), facts)
        for id in sorted(wanted)
        for use in Use
        if use in facts.programmes[id].uses
    }


def _known_of(inside: ReportInside, work: WorkId) -> tuple[FactBook, datetime]:
    """The facts and the instant of a report that holds this work, and is verified. Raises UnknownThing."""
    content, facts = inside.content, inside.facts
    if content is None or facts is None or work not in facts.works:
        raise UnknownThing("The work {work} is not in this report", "Open the report again", work=work)
    return facts, content.header.instant


def explain_in_words(
    inside: ReportInside, artist: ArtistId, work: WorkId
) -> Mapping[tuple[ProgrammeId, Use], Explained]:
    """The same with what is behind each sentence, as "Why?" tells it. Raises UnknownThing."""
    facts, _ = _known_of(inside, work)
    return {
        (programme, use): Explained(
            subject_words(facts, each.question.subject),
            programme_name(facts, programme),
            use_words(UseScope.of(use)),
            each,
            links_of(each, facts),
        )
        for (programme, use), each in explain(inside, artist, work).items()
    }


def statement_of(inside: ReportInside, id: StatementId) -> StatementCheck:
    """What came of the checks of one statement. Raises UnknownThing."""
    return _checked(inside, id).check


def _checked(inside: ReportInside, id: StatementId) -> CheckedStatement:
    found = inside.statements.get(id)
    if found is None:
        raise UnknownThing("This statement is not in the report", "Open the report again")
    return found


def each_line(inside: ReportInside, ids: Iterable[StatementId]) -> Iterator[LineView]:
    """The lines of these statements in the words of the other pages, as a stream, in the order of the file.

    Raises UnknownThing, FileProblem, ReportChanged, LineUnreadable, also on the way.
    """
    wanted = {_checked(inside, id).statement.id for id in ids}
    codec = codec_of(LINES)

    def those(records: Iterator[bytes]) -> Iterator[bytes]:
        return (record for record in records if unguarded(codec.key_of(record)[0]) in wanted)

    return _views(inside, those)


def lines_of(
    inside: ReportInside, id: StatementId, offset: int = 0, limit: int = 200
) -> tuple[LineView, ...]:
    """Some lines of a statement; for all of them, one after the other, `each_line`. Raises as that does.

    Records are passed by until the first; the hash of the whole table is not looked at.
    """
    _checked(inside, id)
    begin = f"{record_of([guarded(id)])},".encode()

    def some(records: Iterator[bytes]) -> Iterator[bytes]:
        return islice((each for each in records if each.startswith(begin)), offset, offset + limit)

    return tuple(_views(inside, some))


def _views(inside: ReportInside, chosen: Callable[[Iterator[bytes]], Iterator[bytes]]) -> Iterator[LineView]:
    assert inside.facts is not None, "a statement is a row of content"
    codec = codec_of(LINES)
    with reading(inside.opened) as found:
        if found.report is None:
            return
        try:
            for record in chosen(found.report.records(LINES)):
                yield line_view(codec.row(record), inside.facts)
        except (MalformedRow, MalformedTable) as error:
            raise LineUnreadable(why=str(error)) from error
