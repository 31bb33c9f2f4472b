"""The columns of a file of lines, and how a line becomes a row of them and is read again.

Amounts stand twice: as DECIMAL(38,18), by which they are added, with the number of decimals they were
delivered with; or, where that has no room for one, as its text alone. Every other exact number is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from artist_console.domain.ids import ModelVersionId, ProgrammeId, StatementId, WorkId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.line_steps import Step
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import AmountPrecision, Line, LineKind, Making
from artist_console.domain.uses import Right, Use

from .encoding import decode, encode

FORMAT = "artist-console-lines/1"

MOST_DECIMALS = 18
# 20 digits stand before the point: so many are left free that the sum of a hundred million lines has room.
_MOST_WHOLE = 12
_TOO_LARGE = Decimal(10) ** _MOST_WHOLE
_MOST_INTEGER = 2**63 - 1

Cell = str | int | None


class LineHasNoRoom(InputProblem):
    title_template = "Line {line} has a {what} that cannot be kept: {value}"
    advice_template = "Correct it in the file, or leave the line out"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and its type in the file."""

    name: str
    type: str


COLUMNS = (
    Column("number", "BIGINT"),
    Column("kind", "VARCHAR"),
    Column("amount", "DECIMAL(38,18)"),
    Column("amount_decimals", "UTINYINT"),
    Column("amount_text", "VARCHAR"),
    Column("currency", "VARCHAR"),
    Column("month", "DATE"),
    Column("work", "VARCHAR"),
    Column("programme", "VARCHAR"),
    Column("use", "VARCHAR"),
    Column("model", "VARCHAR"),
    Column("territory", "VARCHAR"),
    Column("quantity", "BIGINT"),
    Column("method", "VARCHAR"),
    Column("method_version", "VARCHAR"),
    Column("confidence_low", "VARCHAR"),
    Column("confidence_high", "VARCHAR"),
    Column("making_pool", "VARCHAR"),
    Column("making_weight", "VARCHAR"),
    Column("making_total_weight", "VARCHAR"),
    Column("making_rate", "VARCHAR"),
    Column("making_share_bp", "BIGINT"),
    Column("making_decimals", "BIGINT"),
    Column("corrects", "BIGINT"),
    Column("corrects_statement", "VARCHAR"),
    Column("words", "VARCHAR"),
    Column("title", "VARCHAR"),
    Column("artist", "VARCHAR"),
    Column("identifier", "VARCHAR"),
    Column("upc", "VARCHAR"),
    Column("release", "VARCHAR"),
    Column("source", "VARCHAR"),
    Column("sales_type", "VARCHAR"),
    Column("right", "VARCHAR"),
    Column("precision", "VARCHAR"),
    Column("original_amount", "VARCHAR"),
    Column("original_currency", "VARCHAR"),
    Column("exchange_rate", "VARCHAR"),
    Column("steps", "VARCHAR"),
    Column("allocated_from", "BIGINT"),
    Column("allocated_statement", "VARCHAR"),
)

SELECTED = ", ".join(f'"{column.name}"' for column in COLUMNS)
_NO_MAKING: tuple[Cell, ...] = (None,) * 6


def row_of(line: Line) -> list[Cell]:
    """The cells of a line, in the order of the columns; None and "" are no cell.

    Raises LineHasNoRoom: for a number that is none, and for a whole one beyond 64 bits. Written out, because
    millions of lines go through it.
    """
    number = line.number
    text = str(line.amount)
    point = text.find(".")
    whole, decimals = (len(text), 0) if point < 0 else (point, len(text) - point - 1)
    amount: tuple[str | None, int | None, str | None]
    if whole <= _MOST_WHOLE and decimals <= MOST_DECIMALS and text[-1].isdigit() and "E" not in text:
        amount = text, decimals, None
    else:
        amount = _odd_amount(line)
    making = line.making
    original, rate = line.original_amount, line.exchange_rate
    low, high = line.confidence_low, line.confidence_high
    return [
        number if number <= _MOST_INTEGER else _fitting(line, "number", number),
        line.kind._value_,
        *amount,
        line.currency,
        line.month.isoformat(),
        line.work,
        line.programme,
        None if line.use is None else line.use._value_,
        line.model,
        line.territory,
        None if line.quantity is None else _fitting(line, "quantity", line.quantity),
        line.method,
        line.method_version,
        None if low is None else _written(line, "confidence", low),
        None if high is None else _written(line, "confidence", high),
        *(_NO_MAKING if making is None else _cells_of(line, making)),
        None if line.corrects is None else _fitting(line, "corrected line", line.corrects),
        line.corrects_statement,
        line.words,
        line.title,
        line.artist,
        line.identifier,
        line.upc,
        line.release,
        line.source,
        line.sales_type,
        None if line.right is None else line.right._value_,
        None if line.precision is AmountPrecision.EXACT else line.precision._value_,
        None if original is None else _written(line, "original amount", original),
        line.original_currency,
        None if rate is None else _written(line, "exchange rate", rate),
        encode(line.steps).decode() if line.steps else None,
        None if line.allocated_from is None else _fitting(line, "gross line", line.allocated_from),
        line.allocated_statement,
    ]


def _cells_of(line: Line, making: Making) -> tuple[Cell, ...]:
    return (
        _written(line, "pool", making.pool),
        _written(line, "weight", making.weight),
        _written(line, "total weight", making.total_weight),
        _written(line, "rate", making.rate),
        _fitting(line, "share", making.share_bp),
        _fitting(line, "number of decimals", making.decimals),
    )


def _odd_amount(line: Line) -> tuple[str | None, int | None, str | None]:
    """Amount, its decimals, and its text where the column has no room for it."""
    amount = line.amount
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -MOST_DECIMALS and abs(amount) < _TOO_LARGE:
        return format(amount, "f"), max(0, -exponent), None
    return None, None, _written(line, "amount", amount)


def _fitting(line: Line, what: str, value: int) -> int:
    if abs(value) > _MOST_INTEGER:
        raise LineHasNoRoom(line=line.number, what=what, value=value)
    return value


def _written(line: Line, what: str, value: Decimal) -> str:
    if not value.is_finite():
        raise LineHasNoRoom(line=line.number, what=what, value=value)
    return str(value)


def exact_amount(amount: Decimal, decimals: int) -> Decimal:
    """An amount of the column, with the decimals it was delivered with."""
    # Through text: a context rounds, and this has up to 38 digits.
    written = format(amount, f".{MOST_DECIMALS}f")
    return Decimal(written[: len(written) - (MOST_DECIMALS - decimals)].removesuffix("."))


def line_of(statement: StatementId, row: Sequence[Any]) -> Line:
    """A line of cells in the order of the columns. Raises ValueError for cells that are no line."""
    (
        number, kind, amount, decimals, amount_text, currency, month, work, programme, use, model, territory,
        quantity, method, method_version, confidence_low, confidence_high, pool, weight, total_weight, rate,
        share_bp, making_decimals, corrects, corrects_statement, words, title, artist, identifier, upc,
        release, source, sales_type, right, precision, original_amount, original_currency, exchange_rate,
        steps, allocated_from, allocated_statement,
    ) = row  # fmt: skip
    if number is None or month is None or (amount is None or decimals is None) == (amount_text is None):
        raise ValueError("a line without its number, its month or its amount")
    return Line(
        statement,
        number,
        LineKind(kind),
        _decimal_of(amount_text) if amount is None else exact_amount(amount, min(decimals, MOST_DECIMALS)),
        currency or "",
        month,
        WorkId(work) if work else None,
        ProgrammeId(programme) if programme else None,
        Use(use) if use else None,
        ModelVersionId(model) if model else None,
        territory or "",
        quantity,
        method or "",
        method_version or "",
        _decimal_or_none(confidence_low),
        _decimal_or_none(confidence_high),
        None if pool is None else _making(pool, weight, total_weight, rate, share_bp, making_decimals),
        corrects,
        StatementId(corrects_statement) if corrects_statement else None,
        words or "",
        title or "",
        artist or "",
        identifier or "",
        upc or "",
        release or "",
        source or "",
        sales_type or "",
        Right(right) if right else None,
        AmountPrecision(precision) if precision else AmountPrecision.EXACT,
        _decimal_or_none(original_amount),
        original_currency or "",
        _decimal_or_none(exchange_rate),
        decode(tuple[Step, ...], steps.encode()) if steps else (),
        allocated_from,
        StatementId(allocated_statement) if allocated_statement else None,
    )


def _making(
    pool: str, weight: str, total_weight: str, rate: str, share_bp: int | None, decimals: int | None
) -> Making:
    if share_bp is None or decimals is None:
        raise ValueError("a line that says in part how it was made")
    return Making(
        _decimal_of(pool),
        _decimal_of(weight),
        _decimal_of(total_weight),
        _decimal_of(rate),
        share_bp,
        decimals,
    )


def _decimal_or_none(text: str | None) -> Decimal | None:
    return None if text is None else _decimal_of(text)


def _decimal_of(text: str | None) -> Decimal:
    try:
        value = Decimal(text or "")
    except ArithmeticError:
        raise ValueError("a number that is none") from None
    if not value.is_finite():
        raise ValueError("a number that is none")
    return value


def condition(where: LineFilter) -> tuple[str, list[object]]:
    """What follows WHERE, and its values."""
    given: list[tuple[str, list[object]]] = [("true", [])]
    overlaid = _one_of("source", [each.source for each in where.meanings])
    overlaid = f"(kind = 'other' AND programme IS NULL AND {overlaid})"
    if where.kind is not None:
        meant = [each.source for each in where.meanings if each.kind is where.kind]
        words = f"(kind = ? AND NOT {overlaid} OR {overlaid} AND {_one_of('source', meant)})"
        given.append((words, [where.kind.value]))
    if where.programme is not None:
        meant = [each.source for each in where.meanings if each.programme == where.programme]
        given.append((f"(programme = ? OR {overlaid} AND {_one_of('source', meant)})", [where.programme]))
    plain: dict[str, object | None] = {
        "work = ?": where.work,
        '"use" = ?': where.use and where.use.value,
        "territory = ?": where.territory or None,
        "source = ?": where.source or None,
        '"month" >= ?': where.since,
        '"month" <= ?': where.until,
    }
    given += [(words, [value]) for words, value in plain.items() if value is not None]
    return " AND ".join(words for words, _ in given), [value for _, values in given for value in values]


def _one_of(column: str, texts: list[str]) -> str:
    return f"coalesce({column} IN ({', '.join(quoted(text) for text in texts)}), false)" if texts else "false"


def quoted(text: str) -> str:
    """A text in a query."""
    return "'" + text.replace("'", "''") + "'"
