"""`statement list|show|export`: the statements that are here, and as files for others."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands import earnings, statement_out
from artist_console.commands.console import Console
from artist_console.commands.earnings import LineView, StatementRow
from artist_console.commands.statement_out import Draw, OutFormat
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.money import money_in_words
from artist_console.domain.phrases import period_in_words
from artist_console.domain.problems import InputProblem
from artist_console.domain.statement_names import is_left_over, level_of, statement_name
from artist_console.domain.statements import CheckResult, Statement, StatementLevel

_FORMATS = {
    "xlsx": OutFormat.XLSX,
    "csv": OutFormat.CSV,
    "pdf": OutFormat.PDF,
    "dsr": OutFormat.DSR,
}
_RESULTS = {
    CheckResult.ADDS_UP: "adds up",
    CheckResult.DOES_NOT_ADD_UP: "does not add up",
    CheckResult.PART_CANNOT_BE_CHECKED: "part cannot be checked",
    CheckResult.NOT_CHECKED: "not checked",
}
_LEVELS = {
    StatementLevel.POOL: "an operator's pool",
    StatementLevel.LICENSOR_GROSS: "a licensor's gross",
    StatementLevel.PAYEE_NET: "a payee's net",
}


class WhichStatement(InputProblem):
    title_template = "{count} statements are here, and none is named"
    advice_template = "Name one with --statement (artist-console statement list), or a period with --since"


class PeriodIsPdf(InputProblem):
    title_template = "What was earned in a period is written as PDF"
    advice_template = "Name a file that ends in .pdf, or one statement with --statement"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    found = earnings.statements(console, artist)
    facts: Plain = {"statements": [_facts(row) for row in found]}
    if not found:
        return Answer("No statement is here yet. Most programmes report once a quarter.", facts)
    rows = [
        (
            statement_name(row.statement).text,
            row.payee_name,
            level_of(row.statement).text,
            period_in_words(row.statement.period_from, row.statement.period_until),
            _amount(row),
            row.statement.currency,
            _RESULTS[row.check],
            row.statement.id[-8:],
        )
        for row in found
    ]
    columns = (
        Column("From", shrinks=True, wraps=True),
        Column("To", shrinks=True),
        Column("Level", shrinks=True, wraps=True),
        Column("Period", shrinks=True, least=10),
        Column("Amount", right=True),
        Column("Cur."),
        Column("Check", shrinks=True),
        Column("Id"),
    )
    return Answer(table(columns, rows), facts)


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    id = _statement(console, given.statement)
    row = earnings.statement(console, id)
    checked = earnings.check_statement(console, id)
    lines = earnings.lines(console, id, given.offset, given.lines) if given.lines else ()
    statement = row.statement
    head = [
        ("From", statement_name(statement).text),
        ("To", row.payee_name),
        ("Period", period_in_words(statement.period_from, statement.period_until)),
        ("What it is", _what_it_is(statement)),
        ("Amount", money_in_words(row.amount, statement.currency)),
        ("Lines", f"{statement.line_count:,}"),
        ("Received", statement.received_on.isoformat()),
        ("SHA-256", statement.lines_sha256 or statement.sha256),
        ("Id", statement.id),
    ]
    if statement.rows_left_out:
        left = statement.rows_left_out
        rows = "1 row of the file was" if left == 1 else f"{left:,} rows of the file were"
        head.insert(5, ("Partial", f"{rows} left out"))
    checks = [f"{_RESULTS[check.result].capitalize()}: {check.words}" for check in checked.checks]
    parts = [pairs(head), "Checks\n" + bullets(checks)]
    if lines:
        parts.append(_lines_text(lines))
        left = statement.line_count - given.offset - len(lines)
        if left > 0:
            parts.append(f"{left:,} more: --offset {given.offset + len(lines)}, or statement export FILE.")
    facts: dict[str, Plain] = {
        "statement": _facts(row),
        "checks": [
            {
                "name": check.name,
                "result": check.result,
                "words": check.words,
                "line": check.line,
                "difference": check.difference,
            }
            for check in checked.checks
        ],
        "lines": [_line_facts(view) for view in lines],
    }
    return Answer("\n\n".join(parts), facts)


def run_export(console: Console, given: argparse.Namespace, draw: Draw) -> Answer:
    """Raises WhichStatement, PeriodIsPdf and what `statement_out` raises."""
    chosen = _FORMATS[given.format] if given.format else statement_out.format_of(given.file.name)
    artist = lookups.artist(console, given.artist)
    if given.statement is None and (given.since or given.until):
        if chosen is not OutFormat.PDF:
            raise PeriodIsPdf
        since = given.since or given.until
        until = given.until or console.today
        whose = artist or lookups.the_artist(console, None).id
        made = statement_out.export_period(
            console, whose, since, until, given.file, draw, may_replace=given.replace
        )
    else:
        id = _statement(console, given.statement, artist)
        made = statement_out.export_statement(
            console, id, given.file, draw, format=chosen, may_replace=given.replace
        )
    lines = "1 line" if made.lines == 1 else f"{made.lines:,} lines"
    verb = "added up in" if made.format is OutFormat.PDF else "written to"
    facts: Plain = {"file": str(made.path), "format": _key(made.format), "lines": made.lines}
    return Answer(plain(f"{lines} {verb} {made.path}"), facts)


def _statement(console: Console, text: str | None, artist: ArtistId | None = None) -> StatementId:
    known = sorted(row.statement.id for row in earnings.statements(console, artist))
    if text is not None:
        return lookups.ending_in(known, text, "statement", "statements", "statement list")
    if len(known) != 1:
        raise WhichStatement(count=len(known))
    return known[0]


def _what_it_is(statement: Statement) -> str:
    if is_left_over(statement):
        return f"what was not paid on of {_LEVELS[statement.level]}: {statement.allocated_from}"
    if statement.allocated_from is not None:
        return f"{_LEVELS[statement.level]}, worked out of {statement.allocated_from}"
    return _LEVELS[statement.level]


def _key(format: OutFormat) -> str:
    return next(key for key, each in _FORMATS.items() if each is format)


def _amount(row: StatementRow) -> str:
    return money_in_words(row.amount, row.statement.currency).rpartition(" ")[0]


def _lines_text(lines: Sequence[LineView]) -> str:
    rows = [
        (
            str(view.line.number),
            view.work_title,
            view.kind_words,
            f"{view.line.month:%Y-%m}",
            format(view.line.amount, "f"),
            view.corrects,
        )
        for view in lines
    ]
    columns = (
        Column("Line", right=True),
        Column("Title", shrinks=True),
        Column("Kind", shrinks=True),
        Column("Month"),
        Column("Amount", right=True),
        Column("", shrinks=True),
    )
    return table(columns, rows)


def _facts(row: StatementRow) -> Plain:
    statement = row.statement
    amounts: dict[str, Decimal | None] = {
        "amount": row.amount,
        "declared_total": statement.declared_total,
        "opening_balance": statement.opening_balance,
        "paid": statement.paid,
        "closing_balance": statement.closing_balance,
    }
    return {
        "id": statement.id,
        "issuer": statement.issuer,
        "payee": statement.payee,
        "payee_name": row.payee_name,
        "period_from": statement.period_from,
        "period_until": statement.period_until,
        "currency": statement.currency,
        "level": statement.level,
        **amounts,
        "lines": statement.line_count,
        "rows_left_out": statement.rows_left_out,
        "check": row.check,
        "source": statement.source,
        "received_on": statement.received_on,
        "file": statement.file_name,
        "sha256": statement.sha256,
        "lines_sha256": statement.lines_sha256,
        "replaces": statement.replaces,
        "allocated_from": statement.allocated_from,
    }


def _line_facts(view: LineView) -> Plain:
    line = view.line
    return {
        "number": line.number,
        "kind": line.kind,
        "nature": view.nature,
        "amount": line.amount,
        "currency": line.currency,
        "month": line.month,
        "title": view.work_title,
        "work": line.work,
        "programme": view.programme_name,
        "use": line.use,
        "territory": line.territory,
        "quantity": line.quantity,
        "method": line.method,
        "method_version": line.method_version,
        "confidence_low": line.confidence_low,
        "confidence_high": line.confidence_high,
        "precision": line.precision,
        "corrects": line.corrects,
        "words": line.words,
    }
