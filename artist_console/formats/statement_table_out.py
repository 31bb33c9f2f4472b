"""Lines of a statement as a table that goes out, and the columns by which it is read again without a loss.

Every amount stands as exact text. A column for reading may stand beside it: in XLSX it is a number of the
spreadsheet, and nothing is read from it again. The columns are those of docs/formats/statement-export.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from artist_console.domain.line_steps import Step
from artist_console.domain.statements import Line, StatementLevel, nature_of

from .table_out import ReadingNumber, TableColumn, Value

_ISRC_LENGTH = 12

COLUMNS = (
    TableColumn("Line", 8),
    TableColumn("Month", 10),
    TableColumn("Title", 30),
    TableColumn("Artist", 22),
    TableColumn("ISRC", 14),
    TableColumn("ISWC", 14),
    TableColumn("UPC", 16),
    TableColumn("Release", 22),
    TableColumn("Store", 20),
    TableColumn("Programme", 20),
    TableColumn("Kind", 22),
    TableColumn("Nature", 11),
    TableColumn("Use", 18),
    TableColumn("Territory", 9),
    TableColumn("Sales type", 16),
    TableColumn("Quantity", 10),
    TableColumn("Amount", 14),
    TableColumn("Amount (exact)", 22),
    TableColumn("Currency", 9),
    TableColumn("Confidence low", 16),
    TableColumn("Confidence high", 16),
    TableColumn("Method", 18),
    TableColumn("Method version", 14),
    TableColumn("Model", 18),
    TableColumn("Right", 12),
    TableColumn("Pool", 16),
    TableColumn("Weight", 14),
    TableColumn("Total weight", 14),
    TableColumn("Rate", 10),
    TableColumn("Share in basis points", 12),
    TableColumn("Decimals", 9),
    TableColumn("Corrects line", 12),
    TableColumn("Corrects statement", 18),
    TableColumn("Original amount", 14),
    TableColumn("Original amount (exact)", 22),
    TableColumn("Original currency", 10),
    TableColumn("Exchange rate", 14),
    TableColumn("Precision", 12),
    TableColumn("Steps", 30),
    TableColumn("Words", 30),
    TableColumn("Work", 38),
    TableColumn("Statement", 38),
    TableColumn("Level", 14),
)
AMOUNT, EXACT = 16, 17  # where the amount for reading stands, and the exact one


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line and the names that it has here."""

    line: Line
    level: StatementLevel = StatementLevel.PAYEE_NET  # of its statement
    work_title: str = ""  # as known here, for a line that names none
    programme: str = ""
    model: str = ""


def rows(lines: Iterable[NamedLine]) -> Iterator[Sequence[Value]]:
    """A row for each line, in the order of `COLUMNS`. Closed sets by their keys, which never change."""
    return map(_row, lines)


def _row(named: NamedLine) -> Sequence[Value]:
    line, making = named.line, named.line.making
    is_isrc = len(line.identifier) == _ISRC_LENGTH
    original = line.original_amount
    return (
        line.number,
        f"{line.month:%Y-%m}",
        line.title or named.work_title,
        line.artist,
        line.identifier if is_isrc else "",
        "" if is_isrc else line.identifier,
        line.upc,
        line.release,
        line.source,
        named.programme,
        line.kind.value,
        nature_of(line.kind).value,
        line.use.value if line.use is not None else "",
        line.territory,
        line.sales_type,
        line.quantity,
        ReadingNumber(line.amount),
        line.amount,
        line.currency,
        line.confidence_low,
        line.confidence_high,
        line.method,
        line.method_version,
        named.model or line.model or "",
        line.right.value if line.right is not None else "",
        making.pool if making is not None else None,
        making.weight if making is not None else None,
        making.total_weight if making is not None else None,
        making.rate if making is not None else None,
        making.share_bp if making is not None else None,
        making.decimals if making is not None else None,
        line.corrects,
        line.corrects_statement or "",
        ReadingNumber(original) if original is not None else None,
        original,
        line.original_currency,
        line.exchange_rate,
        line.precision.value,
        "; ".join(map(_step, line.steps)),
        line.words,
        line.work or "",
        line.statement,
        named.level.value,
    )


def _step(step: Step) -> str:
    """ "rate 1/2 -> 10.5 (agreement)": what it does, by which part, and what is left after it."""
    part = _fraction(step.part, step.whole)
    source = f" ({step.source})" if step.source else ""
    return f"{step.kind.value}{part} -> {step.amount:f}{source}"


def _fraction(part: Decimal | None, whole: Decimal | None) -> str:
    if part is None:
        return ""
    return f" {part:f}" if whole is None or whole == 1 else f" {part:f}/{whole:f}"


# A second sheet: what the lines are of

FACT_COLUMNS = (TableColumn("What", 26), TableColumn("Value", 70))


def fact_rows(facts: Iterable[tuple[str, Value]]) -> Iterator[Sequence[Value]]:
    """What is said of the statement as a whole, a row each."""
    return (tuple(pair) for pair in facts)
