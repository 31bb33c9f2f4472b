"""Two reports are compared: works, where they are, permissions, decisions and money, added, gone and changed.

Rows are read side by side from both files and none is held, so that long reports take no more memory than
short ones. What one of the two does not hold at all, because it was made without it or because it was taken
out of a copy, is not told as gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from artist_console.commands.report_difference_words import (
    NOTHING_TO_ADD,
    TABLE_OF,
    Names,
    ReportDifference,
    Topic,
    in_words,
    names_by_id,
    statement_title,
)
from artist_console.commands.reports import OpenedReport, ReportVerdict, reading
from artist_console.domain.ids import StatementId
from artist_console.domain.problems import InputProblem
from artist_console.formats.proof_checks import Sentence, counted, sentence
from artist_console.formats.records import MalformedTable
from artist_console.formats.report_compare import (
    Change,
    NotInOrder,
    cells_in,
    count_differences,
    differences,
)
from artist_console.formats.report_compare_lines import LinesCompared, LinesDifference, compare_lines
from artist_console.formats.report_content import Part
from artist_console.formats.report_rows import Report
from artist_console.formats.report_tables import LINES, TABLE_WORDS, TABLES
from artist_console.formats.row_cells import MalformedRow

__all__ = [
    "Change",
    "ComparedSide",
    "LinesDifference",
    "NotUnchanged",
    "ReportComparison",
    "ReportDifference",
    "TableDifference",
    "Topic",
    "TopicComparison",
    "compare",
    "each_difference",
    "older_first",
]

MOST_TOLD = 500  # differences of each topic that a comparison holds; `each_difference` gives all

# Hears how far a comparison is (done, of how many, what), and may end it by raising.
Told = Callable[[int, int, str], None]


def _silently(_done: int, _total: int, _words: str) -> None:
    """For callers that do not watch."""


class NotUnchanged(InputProblem):
    title_template = "{name} is not verified, so it cannot be compared"
    advice_template = "Ask the sender for a new copy"


_TOPIC_WORDS: Mapping[Topic, str] = {
    Topic.WORKS: "Recordings and songs",
    Topic.INCLUSIONS: "Where they are",
    Topic.PERMISSIONS: "Permissions",
    Topic.DECISIONS: "Decisions",
    Topic.MONEY: "Statements",
}
_PART_OF: Mapping[Topic, Part] = {
    Topic.INCLUSIONS: Part.INCLUSIONS,
    Topic.PERMISSIONS: Part.PERMISSIONS,
    Topic.DECISIONS: Part.DECISIONS,
    Topic.MONEY: Part.STATEMENTS,
}


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two reports."""

    path: Path
    title: str
    made_at: datetime | None
    signer: str
    verdict: ReportVerdict
    sha256: str


@dataclass(frozen=True, slots=True)
class TopicComparison:
    """What differs in one topic. `rows` are the first differences; `more` are not in it."""

    topic: Topic
    title: str  # in words
    added: int
    gone: int
    changed: int
    rows: tuple[ReportDifference, ...]
    more: int
    notes: tuple[Sentence, ...]  # why it was not compared, or what to bear in mind
    compared: bool  # False: at least one report does not hold it, or cannot be read there

    @property
    def is_empty(self) -> bool:
        return self.added == self.gone == self.changed == 0


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How many rows differ in a table that is told by its count alone."""

    kind: str
    title: str  # in words
    added: int
    gone: int
    changed: int


@dataclass(frozen=True, slots=True)
class ReportComparison:
    """The first report against the second, which is the later one where that can be told."""

    first: ComparedSide
    second: ComparedSide
    topics: tuple[TopicComparison, ...]
    money: tuple[LinesDifference, ...]  # lines of statements that differ, per currency
    others: tuple[TableDifference, ...]  # tables of no topic in which something differs
    same_series: bool  # both are reports of the same maker about the same artists

    def topic(self, topic: Topic) -> TopicComparison:
        return next(each for each in self.topics if each.topic is topic)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs of what could be compared."""
        return all(each.is_empty for each in self.topics) and not self.money and not self.others

    @property
    def added(self) -> tuple[ReportDifference, ...]:
        return self._rows(Change.ADDED)

    @property
    def gone(self) -> tuple[ReportDifference, ...]:
        return self._rows(Change.GONE)

    @property
    def changed(self) -> tuple[ReportDifference, ...]:
        return self._rows(Change.CHANGED)

    def _rows(self, change: Change) -> tuple[ReportDifference, ...]:
        return tuple(row for each in self.topics for row in each.rows if row.change is change)


def older_first(first: OpenedReport, second: OpenedReport) -> tuple[OpenedReport, OpenedReport]:
    """Both in the order in which they say that they were made; as given where one does not say."""
    if first.made_at is not None and second.made_at is not None and second.made_at < first.made_at:
        return second, first
    return first, second


def compare(first: OpenedReport, second: OpenedReport, progress: Told = _silently) -> ReportComparison:
    """What the second report says that the first does not, and the other way round.

    Raises NotUnchanged where one is not verified, FileProblem and ReportChanged where a file is not there any
    more as it was opened.
    """
    with _both(first, second) as (before, after):
        watched = _Watched(progress, before, after)
        names = _names(before, after)
        topics = []
        lines = LinesCompared((), ())
        for topic in Topic:
            if topic is Topic.MONEY and _has_lines(first, second):
                lines = _lines(before, after, watched)
            topics.append(_topic(topic, first, second, (before, after), names, lines, watched))
        others = tuple(_others(before, after, watched))
    return ReportComparison(
        _side(first),
        _side(second),
        tuple(topics),
        lines.by_currency,
        others,
        bool(first.series) and first.series == second.series,
    )


def each_difference(first: OpenedReport, second: OpenedReport) -> Iterator[ReportDifference]:
    """Every difference of the topics that can be compared, as a stream: what an export writes.

    Raises as `compare` does, also on the way. Lines are told by statement.
    """
    with _both(first, second) as (before, after):
        names = _names(before, after)
        for topic in Topic:
            if _why_not(topic, first, second) is not None:
                continue
            try:
                for each in differences(TABLE_OF[topic], before, after):
                    yield in_words(each, names)
                if topic is Topic.MONEY and _has_lines(first, second):
                    lines = _lines(before, after, _Watched(_silently, before, after))
                    yield from _by_statement(lines, before, after)
            except (MalformedRow, MalformedTable, NotInOrder):
                continue  # the comparison says so


@contextmanager
def _both(first: OpenedReport, second: OpenedReport) -> Iterator[tuple[Report, Report]]:
    for each in (first, second):
        if not each.verified:
            raise NotUnchanged(name=each.path.name)
    with reading(first) as before, reading(second) as after:
        assert before.report is not None, "it is verified"
        assert after.report is not None, "it is verified"
        yield before.report, after.report


class _Watched:
    """Passes on how far all tables together are."""

    def __init__(self, progress: Told, before: Report, after: Report) -> None:
        self._progress = progress
        self._done = 0
        self._total = sum(info.rows for side in (before, after) for info in side.tables.values())

    def of(self, words: str) -> Callable[[int, int], None]:
        """For one table, whose rows count on top of those before."""

        def hear(done: int, _total: int) -> None:
            self._progress(min(self._done + done, self._total), self._total, words)

        return hear

    def finish(self, table: str, before: Report, after: Report) -> None:
        self._done += sum(side.tables[table].rows for side in (before, after) if table in side.tables)


def _side(opened: OpenedReport) -> ComparedSide:
    return ComparedSide(
        opened.path, opened.title, opened.made_at, opened.signer, opened.verdict, opened.sha256
    )


def _names(before: Report, after: Report) -> Names:
    """Names from both; what the later one calls a thing counts."""

    def both(table: str, columns: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for side in (before, after):
            try:
                found |= names_by_id(cells_in(side, table, columns))
            except (MalformedRow, MalformedTable):
                continue
        return found

    return Names(
        works=both("works", ("id", "title")),
        releases=both("releases", ("id", "title")),
        programmes=both("programmes", ("id", "name")),
        parties=both("parties", ("id", "name")),
        datasets=both("datasets", ("id", "name")),
        models=both("models", ("id", "name")),
    )


# Topics


def _topic(
    topic: Topic,
    first: OpenedReport,
    second: OpenedReport,
    reports: tuple[Report, Report],
    names: Names,
    lines: LinesCompared,
    watched: _Watched,
) -> TopicComparison:
    why_not = _why_not(topic, first, second)
    if why_not is not None:
        return _not_compared(topic, why_not)
    before, after = reports
    table = TABLE_OF[topic]
    counts = dict.fromkeys(Change, 0)
    rows: list[ReportDifference] = []
    try:
        for each in differences(table, before, after, watched.of(_TOPIC_WORDS[topic])):
            counts[each.change] += 1
            if len(rows) < MOST_TOLD:
                rows.append(in_words(each, names))
    except (MalformedRow, MalformedTable, NotInOrder) as error:
        words = "It cannot be compared, because rows cannot be read by this version ({why})."
        return _not_compared(topic, sentence(words, why=error))
    watched.finish(table, before, after)
    if topic is Topic.MONEY:
        for each_line in _by_statement(lines, before, after):
            counts[each_line.change] += 1
            if len(rows) < MOST_TOLD:
                rows.append(each_line)
    return TopicComparison(
        topic,
        _TOPIC_WORDS[topic],
        counts[Change.ADDED],
        counts[Change.GONE],
        counts[Change.CHANGED],
        tuple(rows),
        sum(counts.values()) - len(rows),
        tuple(_gap_notes(topic, first, second)),
        compared=True,
    )


def _not_compared(topic: Topic, why: Sentence) -> TopicComparison:
    return TopicComparison(topic, _TOPIC_WORDS[topic], 0, 0, 0, (), 0, (why,), compared=False)


def _why_not(topic: Topic, first: OpenedReport, second: OpenedReport) -> Sentence | None:
    """Why a topic cannot be compared: one report does not hold it. None where it can."""
    for opened in (first, second):
        report = opened.found.report
        assert report is not None, "it is verified"
        part = _PART_OF.get(topic)
        if part is not None and not report.header.holds(part):
            return sentence("It is not compared: {name} was made without it.", name=opened.path.name)
        if any(gap.kind == TABLE_OF[topic] and gap.removed == gap.of for gap in opened.gaps):
            return sentence("It is not compared: it was taken out of {name}.", name=opened.path.name)
    return None


def _gap_notes(topic: Topic, first: OpenedReport, second: OpenedReport) -> Iterator[Sentence]:
    tables = {TABLE_OF[topic], LINES} if topic is Topic.MONEY else {TABLE_OF[topic]}
    for opened in (first, second):
        for gap in opened.gaps:
            if gap.kind in tables:
                template = counted(
                    "1 row was taken out of “{table}” in {name}: what is told as added or gone may be it.",
                    "{n} rows were taken out of “{table}” in {name}: what is told as added or gone may be one"
                    " of them.",
                    gap.removed,
                )
                yield sentence(template, n=gap.removed, table=gap.title, name=opened.path.name)


# Money


def _has_lines(first: OpenedReport, second: OpenedReport) -> bool:
    """Whether lines can be compared: neither was made without them, nor had all of them taken out."""
    gone = any(gap.kind == LINES and gap.removed == gap.of for each in (first, second) for gap in each.gaps)
    return not gone and _why_not(Topic.MONEY, first, second) is None


def _lines(before: Report, after: Report, watched: _Watched) -> LinesCompared:
    """What differs among lines; nothing where they cannot be read, which `look_into` tells."""
    try:
        found = compare_lines(before, after, watched.of("Lines of statements"))
    except (MalformedRow, MalformedTable, NotInOrder):
        return LinesCompared((), ())
    watched.finish(LINES, before, after)
    return found


def _by_statement(lines: LinesCompared, before: Report, after: Report) -> Iterator[ReportDifference]:
    """Lines that differ of a statement that is in both; of others, the statement itself is told."""
    titles = {
        side: {each.id: statement_title(each) for each in report.rows("statements")}
        for side, report in enumerate((before, after))
    }
    for id, found in lines.by_statement:
        if id in titles[0] and id in titles[1]:
            yield ReportDifference(
                Topic.MONEY, Change.CHANGED, titles[1][id], _lines_in_words(found), None, StatementId(id)
            )


def _lines_in_words(found: LinesDifference) -> Sentence:
    parts: list[str] = []
    if found.added:
        parts.append(counted("1 line added", "{added} lines added", found.added) + " ({added_amount})")
    if found.gone:
        parts.append(counted("1 line gone", "{gone} lines gone", found.gone) + " ({gone_amount})")
    if found.changed:
        template = counted("1 line changed", "{changed} lines changed", found.changed)
        parts.append(template + " ({changed_from} → {changed_to})")
    if not parts:
        return NOTHING_TO_ADD
    return sentence(
        "{currency}: " + ", ".join(parts),
        currency=found.currency,
        added=found.added,
        added_amount=f"{found.added_amount:f}",
        gone=found.gone,
        gone_amount=f"{found.gone_amount:f}",
        changed=found.changed,
        changed_from=f"{found.changed_from:f}",
        changed_to=f"{found.changed_to:f}",
    )


# Everything else


def _others(before: Report, after: Report, watched: _Watched) -> Iterator[TableDifference]:
    """Tables that no topic tells of: how many of their rows differ."""
    told = {*TABLE_OF.values(), LINES, "overview", "traces"}  # the last two follow from the others
    for table in TABLES:
        if table in told or not (table in before.tables and table in after.tables):
            continue
        title = TABLE_WORDS[table].title
        try:
            counts = count_differences(table, before, after, watched.of(title))
        except (MalformedRow, MalformedTable, NotInOrder):
            continue
        watched.finish(table, before, after)
        if any(counts.values()):
            yield TableDifference(
                table, title, counts[Change.ADDED], counts[Change.GONE], counts[Change.CHANGED]
            )
