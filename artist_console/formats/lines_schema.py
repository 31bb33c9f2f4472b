"""The columns of a file of lines, and how a line becomes a row of them and is read again.

Amounts stand twice: as DECIMAL(38,18), by which they are added, with the number of decimals they were
delivered with; or, where that has no room for one, as its text alone. Every other exact number is text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
_TOO_LARGE = Decimal(10) ** 12
_MOST_INTEGER = 2**63 - 1

Cell = str | int | None


class LineHasNoRoom(InputProblem):
    title_template = "Line {line} has a {what} that cannot be kept: {value}"
    advice_template = "Correct it in the file, or leave the line out"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type in the file, and what a line says in it (None and "" are no cell)."""

    name: str
    type: str
    cell: Callable[[Line], Cell]


def _text(name: str) -> Column:
    return Column(name, "VARCHAR", lambda line: getattr(line, name))


def _integer(name: str) -> Column:
    return Column(name, "BIGINT", lambda line: _fitting(line, name, getattr(line, name)))


def _fitting(line: Line, what: str, value: int | None) -> int | None:
    if value is not None and abs(value) > _MOST_INTEGER:
        raise LineHasNoRoom(line=line.number, what=what, value=value)
    return value


def _decimal(name: str) -> Column:
    """A number that is never added here: as it is written."""

    def cell(line: Line) -> str | None:
        value = getattr(line, name)
        return None if value is None else _written(line, name, value)

    return Column(name, "VARCHAR", cell)


def _of_making(name: str) -> Column:
    def cell(line: Line) -> Cell:
        if line.making is None:
            return None
        value = getattr(line.making, name)
        return value if isinstance(value, int) else _written(line, name, value)

    return Column(f"making_{name}", "BIGINT" if name in ("share_bp", "decimals") else "VARCHAR", cell)


def _written(line: Line, what: str, value: Decimal) -> str:
    if not value.is_finite():
        raise LineHasNoRoom(line=line.number, what=what, value=value)
    return str(value)


def _fits(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DECIMALS and abs(amount) < _TOO_LARGE


def _amount(line: Line) -> str | None:
    return format(line.amount, "f") if _fits(line.amount) else None


def _amount_text(line: Line) -> str | None:
    return None if _fits(line.amount) else _written(line, "amount", line.amount)


def _amount_decimals(line: Line) -> int | None:
    exponent = line.amount.as_tuple().exponent
    return max(0, -exponent) if _fits(line.amount) and isinstance(exponent, int) else None


COLUMNS = (
    _integer("number"),
    Column("kind", "VARCHAR", lambda line: line.kind.value),
    Column("amount", "DECIMAL(38,18)", _amount),
    Column("amount_decimals", "UTINYINT", _amount_decimals),
    Column("amount_text", "VARCHAR", _amount_text),
    _text("currency"),
    Column("month", "DATE", lambda line: line.month.isoformat()),
    _text("work"),
    _text("programme"),
    Column("use", "VARCHAR", lambda line: line.use and line.use.value),
    _text("model"),
    _text("territory"),
    _integer("quantity"),
    _text("method"),
    _text("method_version"),
    _decimal("confidence_low"),
    _decimal("confidence_high"),
    _of_making("pool"),
    _of_making("weight"),
    _of_making("total_weight"),
    _of_making("rate"),
    _of_making("share_bp"),
    _of_making("decimals"),
    _integer("corrects"),
    _text("corrects_statement"),
    _text("words"),
    _text("title"),
    _text("artist"),
    _text("identifier"),
    _text("upc"),
    _text("release"),
    _text("source"),
    _text("sales_type"),
    Column("right", "VARCHAR", lambda line: line.right and line.right.value),
    Column(
        "precision",
        "VARCHAR",
        lambda line: None if line.precision is AmountPrecision.EXACT else line.precision.value,
    ),
    _decimal("original_amount"),
    _text("original_currency"),
    _decimal("exchange_rate"),
    Column("steps", "VARCHAR", lambda line: encode(line.steps).decode() if line.steps else None),
    _integer("allocated_from"),
    _text("allocated_statement"),
)

SELECTED = ", ".join(f'"{column.name}"' for column in COLUMNS)
_CELLS = tuple(column.cell for column in COLUMNS)


def row_of(line: Line) -> list[Cell]:
    """The cells of a line. Raises LineHasNoRoom: for a number that is none, a whole one beyond 64 bits."""
    return [cell(line) for cell in _CELLS]


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
