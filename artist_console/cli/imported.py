"""Text and JSON of what came of an import."""

from __future__ import annotations

from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands.imports import ImportResult, RowNote
from artist_console.commands.statement_results import StatementCame
from artist_console.domain.statement_names import level_words
from artist_console.domain.statements import StatementLevel


def answer(found: ImportResult) -> Answer:
    lines = [*found.words, *(_came(each) for each in found.statements)]
    if found.notes:
        lines += ["", "What deserves a look:"]
        notes = (*found.rejected, *found.warnings)
        # A line that says "1 more" takes the place of the one that it hides.
        shown = notes if len(notes) <= _NOTES_SHOWN + 1 else notes[:_NOTES_SHOWN]
        lines.append(bullets(_noted(note) for note in shown))
        if len(notes) > len(shown):
            lines.append(f"… and {len(notes) - len(shown):,} more; --json has them all.")
    facts: Plain = {
        "job": found.job,
        "kind": found.kind,
        "file": found.file_name,
        "rows_read": found.rows_read,
        "counts": dict(found.counts),
        "notes": [
            {"row": note.row, "field": note.field, "words": note.words, "rejected": note.rejected}
            for note in found.notes
        ],
        "statements": [
            {
                "id": each.id,
                "issuer": each.issuer,
                "level": each.level,
                "since": each.period_from,
                "until": each.period_until,
                "currency": each.currency,
                "lines": each.lines,
                "total": each.total,
                "declared_total": each.declared_total,
                "rows_left_out": each.rows_left_out,
                "partial": bool(each.rows_left_out),
                "replaces": each.replaces,
                "worked_out": each.worked_out,
            }
            for each in found.statements
        ],
    }
    return Answer("\n".join(plain(line) if "\n" not in line else line for line in lines), facts)


def _came(came: StatementCame) -> str:
    """A statement that is here now, with its total."""
    total = f"{came.total:f} {came.currency}" if came.total is not None else came.currency
    left = "1 row was" if came.rows_left_out == 1 else f"{came.rows_left_out:,} rows were"
    partial = f" (partial: {left} left out)" if came.rows_left_out else ""
    left_over = came.worked_out and came.level is not StatementLevel.PAYEE_NET
    whose = level_words(came.level, left_over=left_over, worked_out=came.worked_out).text
    if came.worked_out and not left_over:
        whose = f"{whose} for {came.payee_name}"
    name = f"What is left of {came.issuer}" if left_over else came.issuer
    until = f"{came.period_from} to {came.period_until}"
    lines = "1 line" if came.lines == 1 else f"{came.lines:,} lines"
    return f"{name}, {until}, {whose}: {total} from {lines}{partial}. Its id: {came.id}"


def _noted(note: RowNote) -> str:
    """A note with its place; row 0 is the file as a whole."""
    if not note.row:
        return note.words
    place = f"row {note.row}" + (f", {note.field}" if note.field else "")
    if note.rejected and not note.words.startswith("Left out"):
        return f"{place}, left out: {note.words}"
    return f"{place}: {note.words}"


_NOTES_SHOWN = 20
