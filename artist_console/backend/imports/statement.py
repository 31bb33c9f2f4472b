"""A statement file becomes a statement of its payee and its lines, as it came: "imported as is".

Amounts keep every digit and their currency; one statement for each currency of the file. The ids follow from
the file and the payee, so that the same file a second time changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import PurePath

from sqlalchemy.engine import Connection

from artist_console.backend.storage import lines, rows
from artist_console.domain.ids import ArtistId, StatementId, WorkId
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.matching import MatchIndex, SameVersion
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import Line, Statement, StatementSource, is_earned
from artist_console.formats.incoming import ReadStatement, StatementRow
from artist_console.formats.kinds import Kind
from artist_console.formats.statement_table import AiIncomeWords, ai_income_words, read_statement
from artist_console.host.resources import resource_bytes

from .holdings import Holdings, holdings_of
from .job import Order, Progress, Result, stable_id

_EVERY = 2_000


@cache
def the_ai_income_words() -> AiIncomeWords:
    return ai_income_words(json.loads(resource_bytes("data/ai_income_words.json")))


def read_statement_file(order: Order) -> ReadStatement:
    """Raises InputProblem."""
    return read_statement(
        order.read(),
        order.file_name,
        the_ai_income_words(),
        currency=order.currency,
        month=_month(order),
        issuer=order.issuer,
    )


def import_statement(connection: Connection, order: Order, read: ReadStatement, progress: Progress) -> Result:
    """Take a statement over, inside a writing transaction. Raises InputProblem: then roll back."""
    result = Result(len(read.rows))
    result.take_notes(read.notes, read.warnings)
    if not read.rows:
        raise InputProblem(
            "“{file}” holds no line that could be read{reason}",
            "Look at its rows; each needs an amount and a currency",
            file=order.file_name,
            reason=result.first_reason(),
        )
    held = holdings_of(connection, order.account, order.within)
    payee = _payee(held, order)
    index = held.index()
    matched: list[WorkId | None] = []
    for place, row in enumerate(read.rows, 1):
        matched.append(_work_of(index, row))
        if place % _EVERY == 0:
            progress(place, len(read.rows))
    month = _month(order)
    for currency in read.currencies:
        own = [(row, work) for row, work in zip(read.rows, matched, strict=True) if row.currency == currency]
        _write(connection, order, read, payee, currency, own, month, result)
    result.count("lines_matched", sum(work is not None for work in matched))
    result.count("lines_without_work", sum(work is None for work in matched))
    result.count("ai_lines", sum(is_earned(row.kind) for row in read.rows))
    return result


def _payee(held: Holdings, order: Order) -> ArtistId:
    if order.artist is not None and order.artist in held.parties:
        return order.artist
    if order.artist is None and len(held.parties) == 1:
        return next(iter(held.parties))
    if order.artist is None and order.artist_name and (known := held.party(order.artist_name)):
        return known.id
    raise InputProblem(
        "It is not clear whose statement “{file}” is",
        "Choose the artist who is paid by it; import a catalogue first where none is there",
        file=order.file_name,
    )


def _month(order: Order) -> date | None:
    if not order.month:
        return None
    try:
        return date.fromisoformat(f"{order.month[:7]}-01")
    except ValueError as error:
        raise InputProblem("“{month}” is not a month", "Write it as 2025-04", month=order.month) from error


def _work_of(index: MatchIndex, row: StatementRow) -> WorkId | None:
    """The one work a line can only mean; none where it could be several, or another recording."""
    found = index.match(row)
    certain = [m for m in found if m.band is MatchBand.IDENTIFIER]
    if not certain:
        certain = [m for m in found if m.version is not SameVersion.NO and not m.other_identifier]
    return certain[0].work if len(certain) == 1 else None


def _write(
    connection: Connection,
    order: Order,
    read: ReadStatement,
    payee: ArtistId,
    currency: str,
    own: Sequence[tuple[StatementRow, WorkId | None]],
    month: date | None,
    result: Result,
) -> None:
    months = [row.month for row, _ in own if row.month is not None]
    since = min(months, default=read.period_from or month)
    if since is None:
        raise InputProblem(
            "“{file}” does not say for which month it is",
            "Say the month (by command: --month 2025-04)",
            file=order.file_name,
        )
    id = StatementId(stable_id("statement", order.sha256, payee, currency))
    if rows.some_of(connection, Kind.STATEMENT, [id]):
        result.count("lines_known", len(own))
        return
    statement = Statement(
        id,
        read.issuer or PurePath(order.file_name).stem,
        payee,
        since,
        _last_day(max(months, default=since)),
        currency,
        len(own),
        read.declared_total if len(read.currencies) == 1 else None,
        StatementSource.IMPORTED,
        order.at.date(),
        order.sha256,
        layout=read.layout,
    )
    rows.put(connection, [(Kind.STATEMENT, statement)])
    lines.add(connection, [_line(statement, row, work, since) for row, work in own])
    result.count("statements_added")
    result.count("lines_added", len(own))


def _line(statement: Statement, row: StatementRow, work: WorkId | None, since: date) -> Line:
    return Line(
        statement.id,
        row.row,
        row.kind,
        row.amount,
        row.currency,
        row.month or since,
        work=work,
        territory=row.territory,
        quantity=row.quantity,
        words=row.words or " · ".join(part for part in (row.title, row.artist, row.store) if part),
    )


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
