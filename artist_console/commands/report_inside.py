"""What is inside an opened report: its tables, what all checks came to, why each permission is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from artist_console.commands.cells import Explained
from artist_console.commands.earnings import LineView, line_view
from artist_console.commands.fact_links import links_of
from artist_console.commands.history import CheckLine
from artist_console.commands.names import programme_name, subject_words, use_words
from artist_console.commands.report_tables import ReportTables
from artist_console.commands.reports import OpenedReport
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import Subject, SubjectKind, UseScope
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import StatementCheck
from artist_console.domain.uses import Use
from artist_console.formats.report_content import ReportContent

# Hears how far a long reading is (done, of how many, what), and may end it by raising.
Told = Callable[[int, int, str], None]


def _silently(_done: int, _total: int, _words: str) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class ReportInside:
    """A report looked into: the second step, after `open_report`."""

    opened: OpenedReport
    tables: ReportTables | None  # None where nothing can safely be read
    checks: tuple[CheckLine, ...]  # all of them, those of `opened` first
    consistent: bool  # no check failed: False also where an unchanged report contradicts its own rows
    content: ReportContent | None = field(repr=False, compare=False)  # all rows but lines


def look_into(opened: OpenedReport, progress: Told = _silently) -> ReportInside:
    """Read all rows of an opened report and check what they say. May take seconds for a large one.

    Raises FileProblem where the file is gone, ReportChanged where it is not what was opened.
    """
    return ReportInside(opened, opened.tables, opened.checks, opened.consistent, opened.content)


def explain(
    inside: ReportInside, artist: ArtistId, work: WorkId, programmes: Iterable[ProgrammeId] = ()
) -> Mapping[tuple[ProgrammeId, Use], Permission]:
    """The permissions of one work with the traces that led to them, computed from the report's own rows.

    Over the named programmes, or all that the report holds. Raises UnknownThing for a work that it does not.
    """
    content = inside.content
    if content is None or not inside.opened.verified or all(each.id != work for each in content.works):
        raise UnknownThing("The work {work} is not in this report", "Open the report again", work=work)
    facts = content.facts()
    subject = Subject(SubjectKind.WORK, work)
    wanted = set(programmes) or set(facts.programmes)
    return {
        (id, use): permission(Question(artist, subject, id, use, content.header.instant), facts)
        for id in sorted(wanted)
        for use in Use
        if use in facts.programmes[id].uses
    }


def explain_in_words(
    inside: ReportInside, artist: ArtistId, work: WorkId
) -> Mapping[tuple[ProgrammeId, Use], Explained]:
    """The same with what is behind each sentence, as "Why?" tells it. Raises UnknownThing."""
    found = explain(inside, artist, work)
    assert inside.content is not None, "what is explained has content"
    facts = inside.content.facts()
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
    content = inside.content
    found = next((s for s in content.statements if s.id == id), None) if content is not None else None
    if content is None or found is None:
        raise UnknownThing("This statement is not in the report", "Open the report again")
    return check(found, content.lines_of(found))


def lines_of(
    inside: ReportInside, id: StatementId, offset: int = 0, limit: int = 200
) -> tuple[LineView, ...]:
    """Some lines of a statement, in the words of the other pages; read from the file. Raises UnknownThing."""
    content = inside.content
    found = next((s for s in content.statements if s.id == id), None) if content is not None else None
    if content is None or found is None:
        raise UnknownThing("This statement is not in the report", "Open the report again")
    facts = content.facts()
    return tuple(line_view(line, facts) for line in content.lines_of(found)[offset : offset + limit])
