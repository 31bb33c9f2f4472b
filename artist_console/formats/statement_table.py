"""Statement files read whole, and the works that they name. What streams is `statement_reading`.

The layouts are data (statement_layouts). Amounts keep every digit and their currency. A line is AI income
only where the words of its store, source or sales type say so; all other money is `LineKind.OTHER`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from .income_words import AiIncomeWords, ai_income_words
from .incoming import CatalogueRow, ReadCatalogue, ReadStatement
from .statement_clicknclear import LAYOUT, is_clicknclear
from .statement_columns import locate_by_names
from .statement_look import NO_HINTS, StatementHints
from .statement_reading import StatementReader

__all__ = ["AiIncomeWords", "ai_income_words", "find_layout", "read_statement", "read_statement_catalogue"]


def find_layout(rows: Sequence[Sequence[str]]) -> str:
    """Key of the layout of a statement: "distrokid", ..., "table" for any other; empty when it is none."""
    if is_clicknclear(rows):
        return LAYOUT.key
    found = locate_by_names(rows)
    return found.layout.key if found else ""


def read_statement(
    data: bytes,
    file_name: str,
    words: AiIncomeWords,
    *,
    currency: str = "",
    month: date | None = None,
    issuer: str = "",
    hints: StatementHints = NO_HINTS,
) -> ReadStatement:
    """Read a statement file whole.

    `currency`, `month` and `issuer` are for files that do not name theirs; what a file says itself counts.
    Raises InputProblem when the file cannot be used as a statement.
    """
    if currency or month or issuer:
        hints = StatementHints(
            currency or hints.currency,
            month or hints.month,
            issuer or hints.issuer,
            *(hints.columns, hints.numbers, hints.days, hints.level),
            *(hints.delimiter, hints.encoding, hints.header_row),
        )
    reader = StatementReader(io.BytesIO(data), file_name, words, hints)
    rows = tuple(reader.rows())
    declared = reader.declared_totals
    return ReadStatement(
        layout=reader.layout,
        issuer=reader.issuer,
        rows=rows,
        notes=reader.notes,
        sha256=reader.sha256(),
        period_from=reader.period_from,
        period_until=reader.period_until,
        currencies=reader.currencies,
        declared_total=declared[0][1] if len(declared) == 1 and len(reader.currencies) == 1 else None,
        warnings=reader.warnings,
        declared_totals=declared,
        level=reader.level,
        rejected=reader.rejected,
        rows_left_out=reader.rejected_count,
        notes_left_out=reader.notes_left_out,
    )


def read_statement_catalogue(data: bytes, file_name: str) -> ReadCatalogue:
    """The recordings and songs that a statement names, whatever became of its amounts.

    One row per identifier, or per title and artist where there is none.
    Raises InputProblem as `read_statement` does.
    """
    # What a file does not say of its money does not matter for its titles.
    hints = StatementHints(currency="XXX")
    reader = StatementReader(io.BytesIO(data), file_name, AiIncomeWords(()), hints)
    works: dict[tuple[str, ...], CatalogueRow] = {}
    for work in reader.works():
        key = (work.identifier,) if work.identifier else (work.title, *work.artists, work.upc)
        works.setdefault(key, work)
    return ReadCatalogue(
        f"statement:{reader.layout}",
        tuple(works.values()),
        reader.notes,
        reader.sha256(),
        reader.warnings,
        reader.issuer,
    )
