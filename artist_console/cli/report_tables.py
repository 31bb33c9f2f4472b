"""The tables of a report as `report show` prints them, and as JSON."""

from __future__ import annotations

from artist_console.cli import showing
from artist_console.cli.output import Plain
from artist_console.cli.tables import Column, table
from artist_console.commands.earnings import StatementRow
from artist_console.commands.report_tables import ReportTables, ReportWork
from artist_console.domain import words, work_words

_WORKS_SHOWN = 200
# The shape of the answer is the same where nothing can be read.
NOTHING_READ: dict[str, Plain] = {"works": [], "inclusions": [], "decisions": [], "statements": []}


def tables_in_words(tables: ReportTables) -> list[str]:
    """Lines for a terminal; tables without rows are left out."""
    lines: list[str] = []
    if tables.works:
        lines += ["", _works(tables)]
        if len(tables.works) > _WORKS_SHOWN:
            lines.append(f"… and {len(tables.works) - _WORKS_SHOWN} more works; --json has them all.")
    if tables.places:
        lines += ["", "Where they are", showing.places(tables.places).text]
    if tables.history:
        lines += ["", "Decisions", showing.history(tables.history).text]
    if tables.statements:
        lines += ["", "Statements", _statements(tables)]
    return lines


def _works(tables: ReportTables) -> str:
    columns = [
        Column("Work", shrinks=True, least=14),
        Column("Identifier"),
        Column("Artist", shrinks=True),
        Column("Outcome", shrinks=True),
    ]
    shown = [
        (row.work.title, row.work.identifier, row.artist_name, _outcome(row))
        for row in tables.works[:_WORKS_SHOWN]
    ]
    return table(columns, shown)


def _outcome(row: ReportWork) -> str:
    said = work_words.OUTCOME[row.outcome] if row.outcome is not None else work_words.NO_PROGRAMME
    if row.differs:
        return f"{said} (the report says otherwise)"
    return f"{said} (as stated: cannot be recomputed)" if row.cannot else said


def _statements(tables: ReportTables) -> str:
    columns = [
        Column("Statement", shrinks=True),
        Column("Period"),
        Column("Amount", right=True),
        Column("Check", shrinks=True),
    ]
    rows = [
        (
            row.statement.issuer,
            f"{row.statement.period_from:%Y-%m} to {row.statement.period_until:%Y-%m}",
            f"{row.amount:f} {row.statement.currency}",
            words.CHECK[row.check],
        )
        for row in tables.statements
    ]
    return table(columns, rows)


def table_facts(tables: ReportTables) -> dict[str, Plain]:
    """The same as JSON, all rows."""
    return {
        "works": [_work_facts(row) for row in tables.works],
        "inclusions": [showing.place_facts(row) for row in tables.places],
        "decisions": [showing.history_facts(row) for row in tables.history],
        "statements": [_statement_facts(row) for row in tables.statements],
    }


def _work_facts(row: ReportWork) -> dict[str, Plain]:
    return {
        "id": row.work.id,
        "title": row.work.title,
        "identifier": row.work.identifier,
        "artist": row.artist_name,
        "outcome": row.outcome,
        "differs": row.differs,
        "cannot_be_recomputed": row.cannot,
        "cells": [
            {
                "programme": cell.programme_name,
                "use": cell.use,
                "answer": cell.answer,
                "outcome": cell.outcome,
            }
            for cell in row.cells
        ],
    }


def _statement_facts(row: StatementRow) -> dict[str, Plain]:
    return {
        "id": row.statement.id,
        "issuer": row.statement.issuer,
        "period_from": row.statement.period_from,
        "period_until": row.statement.period_until,
        "currency": row.statement.currency,
        "amount": row.amount,
        "check": row.check,
    }
