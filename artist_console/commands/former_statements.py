"""Whether a statement file is here already, or looks like another version of one that is.

Told by the rows themselves: a corrected file names the same recordings, months, stores and countries as the
former one. Nobody is asked about a file that is about something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from artist_console.commands.comparing import the_match_words
from artist_console.commands.console import Console
from artist_console.commands.file_hashes import sha256_of_file
from artist_console.commands.statement_preview import (
    FormerStatement,
    FormerStatements,
    PreviewRow,
    StatementPreview,
)
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.matching import title_key
from artist_console.domain.statements import Line, Statement, StatementSource
from artist_console.store import statements

_LINES_COMPARED = 5_000  # of a statement that is here
_MOST_SHOWN = 5
_LEAST_SIGNS = 6  # of an id

_Key = tuple[str, str, str, str]


def find_former(
    console: Console, path: Path, preview: StatementPreview, artist: ArtistId | None
) -> FormerStatements:
    """What is here of this file, or of former versions of it. Raises FileProblem."""
    sha256 = sha256_of_file(path)
    replaced = statements.replaced(console.store)
    brought = [
        each
        for each in statements.all(console.store, artist)
        if each.source is StatementSource.IMPORTED and each.allocated_from is None
    ]
    same = tuple(_former(each, 0, 0) for each in brought if each.sha256 == sha256)
    if same:
        return FormerStatements(same, ())
    here = [each for each in brought if each.id not in replaced]
    found = [
        former for each in here if _may_be(each, preview) and (former := _compared(console, each, preview))
    ]
    found.sort(key=lambda former: (-former.alike, former.received_on, former.id))
    return FormerStatements((), tuple(found[:_MOST_SHOWN]))


def _may_be(statement: Statement, preview: StatementPreview) -> bool:
    """Whether it is about the same money: form, currency and months."""
    currencies = preview.currencies or ((preview.currency,) if preview.currency else ())
    if currencies and statement.currency not in currencies:
        return False
    if statement.layout != preview.layout:
        return False
    if preview.months is None:
        return True
    first, last = preview.months
    return statement.period_from <= last and statement.period_until >= first


def _compared(console: Console, statement: Statement, preview: StatementPreview) -> FormerStatement | None:
    """The statement where at least half of the first rows are about what it is about, too."""
    wanted = [_row_key(row) for row in preview.rows if not row.reason]
    if not wanted:
        return None
    known = _line_keys(statements.lines(console.store, statement.id, limit=_LINES_COMPARED))
    alike = sum(key in known for key in wanted)
    return _former(statement, alike, len(wanted)) if 2 * alike >= len(wanted) else None


def _line_keys(lines: Iterable[Line]) -> frozenset[_Key]:
    return frozenset(
        (_folded(line.title), line.month.isoformat(), line.source.casefold(), line.territory.casefold())
        for line in lines
    )


def _row_key(row: PreviewRow) -> _Key:
    month = row.month.isoformat() if row.month is not None else ""
    return (_folded(row.title), month, row.source.casefold(), row.territory.casefold())


def _folded(title: str) -> str:
    return title_key(title, the_match_words())


def _former(statement: Statement, alike: int, compared: int) -> FormerStatement:
    return FormerStatement(
        statement.id,
        statement.issuer,
        statement.period_from,
        statement.period_until,
        statement.currency,
        statement.received_on,
        statement.line_count,
        statement.file_name,
        alike,
        compared,
    )


def find_statement(console: Console, text: str) -> StatementId | None:
    """The one statement with this id, or whose id ends so; None where there is none, or several."""
    ids = [each.id for each in statements.all(console.store)]
    if text in ids:
        return StatementId(text)
    found = [id for id in ids if len(text) >= _LEAST_SIGNS and id.endswith(text)]
    return found[0] if len(found) == 1 else None
