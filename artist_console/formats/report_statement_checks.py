"""The statements of a report added up from their lines, which pass by once and are not held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from artist_console.domain.ids import StatementId
from artist_console.domain.phrases import period_in_words
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import CheckResult, Line, Statement

from .encoding import encode
from .proof_checks import ProofCheck, cannot, counted, failed, passed
from .records import MalformedTable
from .report_figures import CheckedStatement, EarnedByMonth, PassingLines
from .report_rows import Report
from .report_tables import LINES
from .row_cells import MalformedRow

FIGURES = "figures"
_STEP_ROWS = 2_000


class LinesUnreadable(Exception):
    """A line that this version cannot read. `str()` says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class CheckedLines:
    """What came of all lines. `stray`: one belongs to no statement, or those of one stand apart."""

    statements: tuple[CheckedStatement, ...]  # in the order given
    earned: EarnedByMonth
    stray: bool


def check_lines(report: Report, statements: Sequence[Statement], told: Callable[[int], None]) -> CheckedLines:
    """Go through all lines once; a statement is checked when its last line has passed.

    `told` hears how many more have passed, now and then. Raises LinesUnreadable, ReportChanged.
    """
    known = {statement.id: statement for statement in statements}
    found: dict[StatementId, CheckedStatement] = {}
    earned = EarnedByMonth()
    stray = False
    for id, lines in groupby(_lines(report, told), attrgetter("statement")):
        statement = known.get(id)
        if statement is None or id in found:
            stray = True
            continue
        passing = PassingLines(statement)
        for line in lines:
            passing.add(line, encode(replace(line, number=0)))
            earned.add(line)
        found[id] = CheckedStatement(statement, passing.count, passing.amount, passing.check())
    return CheckedLines(
        tuple(found.get(each.id) or _without_lines(each) for each in statements), earned, stray
    )


def _lines(report: Report, told: Callable[[int], None]) -> Iterator[Line]:
    try:
        for number, line in enumerate(report.each(LINES), start=1):
            yield line
            if not number % _STEP_ROWS:
                told(_STEP_ROWS)
    except (MalformedRow, MalformedTable) as error:
        raise LinesUnreadable(str(error)) from error


def _without_lines(statement: Statement) -> CheckedStatement:
    """A statement of which no line is here: what it declares is all there is."""
    declared = statement.declared_total if statement.line_count else None
    return CheckedStatement(statement, 0, declared or Decimal(0), check(statement, ()))


def check_figures(found: CheckedLines, removed: Mapping[str, int]) -> ProofCheck:
    """The arithmetic of every statement, made again from its lines. `removed`: rows taken out, by table."""
    if found.stray and "statements" not in removed:
        words = "A line belongs to a statement that is not in the report, or does not stand with its others."
        return failed(FIGURES, words)
    if not found.statements:
        words = (
            "All statements were taken out." if "statements" in removed else "The report holds no statements."
        )
        return cannot(FIGURES, words)
    lines_removed = "lines" in removed
    partly = without = 0
    for each in found.statements:
        if each.lacks_lines or (lines_removed and each.lines != each.statement.line_count):
            without += 1  # they do not travel: the hash of their file names them
            continue
        if each.result is CheckResult.DOES_NOT_ADD_UP:
            first = next(c for c in each.check.checks if c.result is CheckResult.DOES_NOT_ADD_UP)
            words = "The statement of {issuer} for {period} does not add up. {why}"
            statement = each.statement
            period = period_in_words(statement.period_from, statement.period_until)
            return failed(FIGURES, words, issuer=statement.issuer, period=period, why=first.words)
        partly += each.result is not CheckResult.ADDS_UP
    others = len(found.statements) - without
    if without and lines_removed:
        words = counted(
            "1 statement cannot be added up, because lines of it were taken out; {others} others add up as"
            " far as they can be checked.",
            "{without} statements cannot be added up, because lines of them were taken out; {others} others"
            " add up as far as they can be checked.",
            without,
        )
        return cannot(FIGURES, words, without=without, others=others)
    if without:
        words = counted(
            "The lines of 1 statement are not in the report, which names them by the hash of their file;"
            " {others} others add up as far as they can be checked.",
            "The lines of {without} statements are not in the report, which names them by the hashes of their"
            " files; {others} others add up as far as they can be checked.",
            without,
        )
        return cannot(FIGURES, words, without=without, others=others)
    if partly:
        words = counted(
            "The one statement adds up as far as it can be checked; a part is not stated in it.",
            "All {n} statements add up as far as they can be checked; in {partly} of them parts are not"
            " stated.",
            len(found.statements),
        )
        return cannot(FIGURES, words, n=len(found.statements), partly=partly)
    words = counted("The one statement adds up.", "All {n} statements add up.", len(found.statements))
    return passed(FIGURES, words, n=len(found.statements))
