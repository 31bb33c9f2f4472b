"""`report verify` and `report show`, with the exit codes that say what came of a check."""

from __future__ import annotations

from pathlib import Path

from artist_console.cli import showing
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, Answer, Plain
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands import reports
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.reports import OpenedReport, ReportVerdict
from artist_console.domain import words, work_words
from artist_console.host.files import write_atomic

NOT_CONSISTENT = (
    "The report is unchanged, but not everything it says follows from its own rows:"
    " see what is marked NOT OK."
)
# A file that cannot be checked is not shown to be genuine either.
_CODE = {
    ReportVerdict.GENUINE: DONE,
    ReportVerdict.SIGNER_UNKNOWN: SIGNER_UNKNOWN,
    ReportVerdict.CHANGED: NOT_GENUINE,
    ReportVerdict.CANNOT_BE_CHECKED: NOT_GENUINE,
}
_WORKS_SHOWN = 200
# The shape of the answer is the same where nothing can be read.
_NOTHING_READ: dict[str, Plain] = {"works": [], "inclusions": [], "decisions": [], "statements": []}


def run_verify(path: Path, signers: Path | None) -> Answer:
    found = reports.open_report(path, signers)
    lines = [plain(found.headline), ""]
    if found.signer_kid:
        lines += [
            pairs(
                [
                    ("Signer", found.signer + ("" if found.introduced_by else " (its own word)")),
                    ("Key", found.fingerprint),
                    ("Known by", found.introduced_by or "nobody here"),
                ]
            ),
            "",
        ]
    lines += [bullets(_check(check) for check in found.checks)]
    if found.verified and not found.consistent:
        lines += ["", plain(NOT_CONSISTENT)]
    lines += ["", "What this does not tell you", bullets(found.does_not_tell)]
    return Answer("\n".join(lines), _facts(found), _CODE[found.verdict])


def _check(check: CheckLine) -> str:
    return f"{_MARK[check.state]}: {check.words}"


_MARK = {CheckState.PASSED: "ok", CheckState.CANNOT: "cannot be checked", CheckState.FAILED: "NOT OK"}


def _facts(found: OpenedReport) -> dict[str, Plain]:
    return {
        "verdict": found.verdict,
        "headline": found.headline,
        "checks": [
            {
                "state": check.state,
                "passed": check.passed,
                "lacking": check.lacking,
                "words": check.words,
            }
            for check in found.checks
        ],
        "consistent": found.consistent,
        "does_not_tell": list(found.does_not_tell),
        "title": found.title,
        "artists": list(found.artist_names),
        "made_at": found.made_at,
        "signer": found.signer,
        "kid": found.signer_kid,
        "fingerprint": found.fingerprint,
        "introduced_by": found.introduced_by,
        "sha256": found.sha256,
    }


def run_show(path: Path, signers: Path | None) -> Answer:
    found = reports.open_report(path, signers)
    lines = [plain(found.headline)]
    facts = _facts(found)
    tables = found.tables
    if tables is None:
        lines += ["", "Nothing of this file can be read."]
        return Answer("\n".join(lines), facts | _NOTHING_READ, _CODE[found.verdict])
    if not found.verified:
        lines += ["", "NOT VERIFIED. What follows could be read, and anybody may have written it."]
    made = found.made_at.date().isoformat() if found.made_at is not None else ""
    about = [("Title", found.title), ("About", ", ".join(found.artist_names)), ("Made", made)]
    lines += ["", pairs([(label, text) for label, text in about if text])]
    if tables.works:
        columns = [
            Column("Work", shrinks=True, least=14),
            Column("Identifier"),
            Column("Artist", shrinks=True),
            Column("Outcome", shrinks=True),
        ]
        shown = [
            (
                row.work.title,
                row.work.identifier,
                row.artist_name,
                (work_words.OUTCOME[row.outcome] if row.outcome is not None else work_words.NO_PROGRAMME)
                + (" (the report says otherwise)" if row.differs else ""),
            )
            for row in tables.works[:_WORKS_SHOWN]
        ]
        lines += ["", table(columns, shown)]
        if len(tables.works) > _WORKS_SHOWN:
            lines.append(f"… and {len(tables.works) - _WORKS_SHOWN} more works; --json has them all.")
    if tables.places:
        lines += ["", "Where they are", showing.places(tables.places).text]
    if tables.history:
        lines += ["", "Decisions", showing.history(tables.history).text]
    if tables.statements:
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
        lines += ["", "Statements", table(columns, rows)]
    facts |= {
        "works": [
            {
                "id": row.work.id,
                "title": row.work.title,
                "identifier": row.work.identifier,
                "artist": row.artist_name,
                "outcome": row.outcome,
                "differs": row.differs,
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
            for row in tables.works
        ],
        "inclusions": [showing.place_facts(row) for row in tables.places],
        "decisions": [showing.history_facts(row) for row in tables.history],
        "statements": [
            {
                "id": row.statement.id,
                "issuer": row.statement.issuer,
                "period_from": row.statement.period_from,
                "period_until": row.statement.period_until,
                "currency": row.statement.currency,
                "amount": row.amount,
                "check": row.check,
            }
            for row in tables.statements
        ],
    }
    return Answer("\n".join(lines), facts, _CODE[found.verdict])


def write_document(path: Path, content: bytes) -> None:
    """Write a file that a person asked for. Raises FileProblem."""
    write_atomic(path, content, mode=0o644)
