"""Checks of what a report says, once its bytes are known to be those that were signed.

Rows are read, ledgers followed, receipts checked, permissions worked out again, statements added up, and the
overview made again: each check is a value with a plain sentence. Lines of statements pass by, none is held.
Of a redacted copy, what cannot be checked across a gap says so; it is never held against the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from artist_console.domain.words import USE

from .data_package import OVERVIEW
from .known_signers import Known
from .proof_checks import ProofCheck, cannot, counted, failed, passed
from .records import MalformedTable
from .report_content import ROW_TYPES, ReportContent, content_from
from .report_figures import CheckedStatement, MonthOfLines
from .report_ledger_checks import check_ledgers, check_receipts
from .report_outcomes import FACT_TABLES, Recomputed, lacks_facts, recompute
from .report_parts import Verification
from .report_rows import Report
from .report_statement_checks import LinesUnreadable, check_figures, check_lines
from .report_table import OUTCOME_WORDS, OverviewRow, overview_rows
from .report_tables import LINES, TABLE_WORDS, codec_of
from .report_traces import retrace
from .row_cells import MalformedRow

ROWS, KEYS, DIGESTS, OUTCOMES, TRACES, TABLE = "rows", "keys", "digests", "outcomes", "traces", "overview"

# Hears how many rows were gone through, of how many, and may end it by raising.
Progress = Callable[[int, int], None]
_OVERVIEW_FROM = frozenset({"parties", "works", "programmes", "inclusions", "outcomes", OVERVIEW})


def silently(_done: int, _total: int) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class ContentChecked:
    """What came of looking into a report. `content` has all rows but lines; None: they cannot be read."""

    checks: tuple[ProofCheck, ...]
    content: ReportContent | None
    statements: tuple[CheckedStatement, ...] = ()  # in the order of the report
    months: tuple[MonthOfLines, ...] = ()
    recomputed: Recomputed | None = None


def check_content(found: Verification, known: Known, progress: Progress = silently) -> ContentChecked:
    """Read all rows of an unchanged report and check what they say.

    Raises ReportChanged where the file is not what was verified.
    """
    report = found.report
    assert report is not None, "only what is unchanged is looked into"
    removed = {gap.table: gap.removed for gap in found.gaps}
    told = _Told(report, progress)
    rows: dict[str, tuple[object, ...]] = {}
    for kind in ROW_TYPES:
        if kind == LINES:
            continue
        try:
            rows[kind] = report.rows(kind)
        except (MalformedRow, MalformedTable) as error:
            return ContentChecked((_unreadable(kind, error),), None)
        told.add(len(rows[kind]))
    content = content_from(report.header, rows)
    try:
        lines = check_lines(report, content.statements, told.add)
    except LinesUnreadable as error:
        return ContentChecked((_unreadable(LINES, error),), None)
    try:
        overview = check_overview(content, report, removed)
    except (MalformedRow, MalformedTable) as error:
        return ContentChecked((_unreadable(OVERVIEW, error),), None)
    recomputed = recompute(content, bool(FACT_TABLES & removed.keys()))
    count = sum(info.rows for info in report.tables.values())
    artists = report.descriptor.artist_console.artists
    keys = {
        kid: each.key for kid, each in known.keys.items() if each.revoked is None and kid not in known.revoked
    }
    signers = [each.key for each in found.signatures if each.known is not None and each.known.revoked is None]
    checks = (
        passed(ROWS, counted("The one row can be read.", "All {n} rows can be read.", count), n=count),
        *check_keys(rows),
        check_digests(report),
        check_ledgers(content, artists, removed.get("entries", 0)),
        check_receipts(content, keys, signers, entries_removed="entries" in removed),
        check_outcomes(content, recomputed, "outcomes" in removed),
        *check_traces(content, bool(FACT_TABLES & removed.keys())),
        check_figures(lines, removed),
        overview,
    )
    return ContentChecked(
        checks,
        content,
        lines.statements,
        tuple(lines.earned.months),
        recomputed,
    )


def _unreadable(kind: str, why: object) -> ProofCheck:
    words = "Not everything in “{table}” can be read by this version ({why}), so what it says is not checked."
    return cannot(ROWS, words, table=TABLE_WORDS[kind].title, why=why)


class _Told:
    def __init__(self, report: Report, progress: Progress) -> None:
        self._done, self._total = 0, sum(info.rows for info in report.tables.values())
        self._progress = progress

    def add(self, rows: int) -> None:
        self._done += rows
        self._progress(min(self._done, self._total), self._total)


def check_keys(rows: Mapping[str, Sequence[object]]) -> tuple[ProofCheck, ...]:
    """One check where a table says the same thing twice, as it would count twice; else none.

    Lines are told apart statement by statement, as they pass by.
    """
    for kind, found in rows.items():
        key = codec_of(kind).key
        if key and len({tuple(getattr(row, name) for name in key) for row in found}) != len(found):
            words = "“{table}” holds two rows for one thing, so that what it says may count twice."
            return (failed(KEYS, words, table=TABLE_WORDS[kind].title),)
    return ()


def check_digests(report: Report) -> ProofCheck:
    """The description names the rows that are here: by it a redacted copy proves what is left."""
    wrong = [kind for kind in report.tables if not report.has_its_digests(kind)]
    if wrong:
        words = "“{table}” does not hold the rows that the description of the report names."
        return failed(DIGESTS, words, table=TABLE_WORDS[wrong[0]].title)
    return passed(DIGESTS, "Every table holds the rows that the description of the report names.")


# Permissions


def check_outcomes(content: ReportContent, found: Recomputed, has_gaps: bool = False) -> ProofCheck:
    """What the report says follows is what the permission rule makes of the report's own rows."""
    if not content.outcomes:
        words = (
            "What is allowed was taken out of this copy."
            if has_gaps
            else "The report does not say what is allowed."
        )
        return cannot(OUTCOMES, words)
    if found.differ:
        first = found.differ[0]
        title = _name_of(first.subject, content)
        words = counted(
            "What is allowed was worked out again: 1 result differs, “{use}” for “{title}”,"
            " stated as: {said}.",
            "What is allowed was worked out again: {n} results differ; the first is “{use}” for “{title}”,"
            " stated as: {said}.",
            len(found.differ),
        )
        return failed(
            OUTCOMES,
            words,
            n=len(found.differ),
            use=USE[first.use][0],
            title=title,
            said=OUTCOME_WORDS[first.outcome],
        )
    if found.cannot:
        words = counted(
            "What is allowed was worked out again: {agree} results are the same; 1 cannot be recomputed,"
            " because something that it needs was left out or is not shared.",
            "What is allowed was worked out again: {agree} results are the same; {cannot} cannot be"
            " recomputed, because something that they need was left out or is not shared.",
            found.cannot,
        )
        return cannot(OUTCOMES, words, agree=found.agree, cannot=found.cannot)
    words = counted(
        "What is allowed was worked out again from the report's own rows: the one result is the same.",
        "What is allowed was worked out again from the report's own rows: all {n} results are the same.",
        found.agree,
    )
    return passed(OUTCOMES, words, n=found.agree)


def check_traces(content: ReportContent, has_gaps: bool = False) -> tuple[ProofCheck, ...]:
    """The reasons that the report gives are those that follow from its own rows; no check without any."""
    if not content.traces:
        return ()
    found = retrace(content, lacks_facts(content, has_gaps))
    if found.differ:
        first = found.differ[0]
        title = _name_of(first.subject, content)
        words = counted(
            "Why something is allowed or not was worked out again: 1 reason differs, for “{title}”.",
            "Why something is allowed or not was worked out again: {n} reasons differ; the first is for"
            " “{title}”.",
            len(found.differ),
        )
        return (failed(TRACES, words, n=len(found.differ), title=title),)
    if found.cannot:
        words = counted(
            "Why something is allowed or not was worked out again: {agree} reasons are the same; 1 cannot be"
            " recomputed, because something that it needs was left out or is not shared.",
            "Why something is allowed or not was worked out again: {agree} reasons are the same; {cannot}"
            " cannot be recomputed, because something that they need was left out or is not shared.",
            found.cannot,
        )
        return (cannot(TRACES, words, agree=found.agree, cannot=found.cannot),)
    words = counted(
        "Why something is allowed or not was worked out again: the one reason is the same.",
        "Why something is allowed or not was worked out again: all {n} reasons are the same.",
        found.agree,
    )
    return (passed(TRACES, words, n=found.agree),)


def _name_of(subject: str, content: ReportContent) -> str:
    """A recording or song by its title, an artist by name; by the id where neither is here."""
    titles = (work.title for work in content.works if work.id == subject)
    return next(chain(titles, (party.name for party in content.parties if party.id == subject)), subject)


# The overview


def check_overview(content: ReportContent, report: Report, removed: Mapping[str, int]) -> ProofCheck:
    """The overview says what the rows say. Raises MalformedRow, MalformedTable, ReportChanged."""
    if OVERVIEW not in report.tables:
        words = "The overview was taken out." if OVERVIEW in removed else "The report has no overview."
        return cannot(TABLE, words)
    if _OVERVIEW_FROM & removed.keys():
        return _across_gaps(content, report)
    stated: Iterator[OverviewRow | None] = chain(report.each(OVERVIEW), repeat(None))
    follow = chain(overview_rows(content), (None,))
    for line, (says, follows) in enumerate(zip(stated, follow, strict=False), start=2):
        if says != follows:
            words = "The overview does not say the same as the other tables; see its line {n}."
            return failed(TABLE, words, n=line)
    return passed(TABLE, "The overview says the same as the other tables.")


def _across_gaps(content: ReportContent, report: Report) -> ProofCheck:
    """Rows may say what follows from rows that were taken out: only what is the same can be told."""
    follows = {(row.work, row.programme_id): row for row in overview_rows(content)}
    other = sum(follows.get((row.work, row.programme_id)) != row for row in report.each(OVERVIEW))
    if not other:
        return passed(TABLE, "The overview says the same as the other tables, as far as they are here.")
    words = counted(
        "1 row of the overview cannot be made again, because rows that it was made from were taken out.",
        "{n} rows of the overview cannot be made again, because rows that they were made from were taken"
        " out.",
        other,
    )
    return cannot(TABLE, words, n=other)
