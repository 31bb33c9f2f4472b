"""What is made of the lines of a statement when their file has come: sums, checks, what is worked out anew.

The file is on the disk, durably, before a row here says so; a loss of power in between leaves a file that
nothing was made of yet, and the next round makes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.domain.line_figures import RollUp
from artist_console.domain.problems import FileProblem
from artist_console.domain.statement_checks import Beside, SealState, check_figures
from artist_console.domain.statements import CheckResult, Statement
from artist_console.formats.lines_file import LinesFile

from . import open_lines, roll_ups
from . import rows as writing
from .opening import Store


class OtherLines(FileProblem):
    title_template = "The file holds the lines of another statement"
    advice_template = "Tell whoever runs the service"


@dataclass(frozen=True, slots=True)
class Made:
    """What one file of lines comes to."""

    by_work: tuple[RollUp, ...]
    by_territory: tuple[RollUp, ...]
    count: int
    result: CheckResult
    seal: SealState


def made_of(store: Store, statement: Statement, seal: SealState) -> Made:
    """Add up the lines of a file that is here; outside of a transaction, because it may take seconds.

    Raises LinesDamaged for a file that was set aside, OtherLines for one that holds those of another
    statement, LinesFileProblem for what is no file of lines, FileProblem where it cannot be read.
    """
    opened = open_lines.of(store)
    assert opened is not None, "asked for where there are files"

    def read(file: LinesFile) -> Made:
        if file.statement != statement.id:
            raise OtherLines()
        checked = check_figures(statement, file.figures(statement), Beside(seal=seal))
        return Made(file.roll_ups(), file.territory_roll_ups(), file.count, checked.result, seal)

    return opened.read(statement.lines_sha256, read)


def put(store: Store, statement: Statement, made: Made) -> None:
    """Say that the lines of a statement are here, and what they come to, inside a transaction."""
    works = roll_ups.put(store, statement, made.by_work, made.by_territory)
    store.run(
        "INSERT INTO mirror.fetched (statement, sha256, result, seal) VALUES (:id, :sha256, :result, :seal)"
        " ON CONFLICT (statement) DO UPDATE SET sha256 = excluded.sha256, result = excluded.result,"
        " seal = excluded.seal",
        {
            "id": statement.id,
            "sha256": statement.lines_sha256,
            "result": made.result.value,
            "seal": made.seal.value,
        },
    )
    store.run_many(
        "INSERT INTO mirror.changed (kind, id, subject) VALUES ('line', :id, :subject)",
        [{"id": statement.id, "subject": work} for work in {work or "" for work in works}],
    )
    writing.bump(store, "line")
