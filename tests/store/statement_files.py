"""Statements whose lines came as files: made, kept and taken over as a sync round does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from artist_console.domain.ids import ProgrammeId, StatementId
from artist_console.domain.statement_checks import SealState
from artist_console.domain.statements import Line, LineKind, Statement, StatementSource, exact_sum
from artist_console.formats.kinds import Kind
from artist_console.formats.lines_file import write_lines
from artist_console.host.fetched_files import FetchedFiles
from artist_console.store import arrived_lines
from artist_console.store.opening import Part, Store
from tests.store.records import PROGRAMME, artist_id, hear, work_id

FILES_KEY = bytes(range(64, 96))


def files_in(folder: Path) -> FetchedFiles:
    """Where the files of lines of a profile in this folder are kept."""
    return FetchedFiles(folder / "statements", FILES_KEY)


def a_line(number: int, statement: str = "statement-1", **more: object) -> Line:
    """A line of the first artist, of a tenth of a euro and a little more."""
    line = Line(
        StatementId(statement),
        number,
        LineKind.FEE_TRAINING,
        Decimal("0.100000000000000001"),
        "EUR",
        date(2025, 9, 1),
        work=work_id(0, number % 2),
        programme=ProgrammeId(PROGRAMME),
    )
    return replace(line, **more)  # type: ignore[arg-type]


def a_statement(lines: Sequence[Line], id: str = "statement-1", **more: object) -> Statement:
    """A statement of these lines to the first artist, which adds up."""
    statement = Statement(
        StatementId(id),
        "Harmonia Lab",
        artist_id(0),
        date(2025, 9, 1),
        date(2025, 9, 30),
        "EUR",
        len(lines),
        exact_sum(line.amount for line in lines),
        StatementSource.API,
        date(2025, 10, 2),
        "a" * 64,
    )
    return replace(statement, **more)  # type: ignore[arg-type]


def with_file(statement: Statement, lines: Sequence[Line]) -> tuple[Statement, bytes]:
    """The statement as it names its file of lines, and the file."""
    data = write_lines(statement.id, lines)
    return replace(statement, lines_sha256=hashlib.sha256(data).hexdigest(), lines_bytes=len(data)), data


def bring(store: Store, statement: Statement, lines: Sequence[Line]) -> Statement:
    """Have a statement and its lines here; gives it as it names its file."""
    named, data = with_file(statement, lines)
    hear(store, [(Kind.STATEMENT, named)])
    assert store.files is not None
    arriving = store.files.arriving(named.lines_sha256)
    arriving.append(data)
    assert arriving.keep()
    take(store, named)
    return named


def take(store: Store, statement: Statement) -> None:
    """Make of the file what is made of one that has come."""
    made = arrived_lines.made_of(store, statement, SealState.NONE)
    with store.transaction(Part.MIRROR):
        arrived_lines.put(store, statement, made)
