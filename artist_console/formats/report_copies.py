"""Whether the Parquet copies of a report's long tables say what the tables say."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from artist_console.domain.problems import InputProblem

from .parquet_digest import TableDigest
from .proof_checks import ProofCheck, cannot, counted, failed, passed
from .records import MalformedTable
from .report_rows import Report
from .report_tables import TABLE_WORDS, codec_of
from .table_copy import copy_name, difference_from

COPIES = "copies"

# Reads a stranger's Parquet, apart from this process. Raises InputProblem, its reason in the field `reason`.
Says = Callable[[BinaryIO], TableDigest]


def check_copies(report: Report, says: Says) -> tuple[ProofCheck, ...]:
    """One check, of all copies together; none where the report holds no copy. Raises ReportChanged."""
    compared = 0
    for kind in report.tables:
        copy = report.window(copy_name(kind))
        if copy is None:
            continue
        title = TABLE_WORDS[kind].title
        try:
            found = difference_from(says(copy), codec_of(kind).head(), report.records(kind))
        except InputProblem as problem:
            words = "The Parquet copy of “{table}” cannot be read: {why}. The table itself can."
            why = problem.fields.get("reason", problem.title)
            return (cannot(COPIES, words, table=title, why=why),)
        except MalformedTable as error:
            words = "“{table}” cannot be compared with its Parquet copy: {why}."
            return (cannot(COPIES, words, table=title, why=error),)
        if found is not None:
            words = "The Parquet copy of “{table}” does not say what the table says: {what}. Use the table."
            return (failed(COPIES, words, table=title, what=found.words),)
        compared += 1
    if not compared:
        return ()
    words = counted(
        "The Parquet copy of a table says the same as the table.",
        "The Parquet copies of {n} tables say the same as the tables.",
        compared,
    )
    return (passed(COPIES, words, n=compared),)
