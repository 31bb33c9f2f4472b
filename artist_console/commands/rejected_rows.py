"""The rows of a statement file that were left out: as they came, each with the reason."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from artist_console.commands.import_hints import Hints
from artist_console.commands.income_words import the_ai_income_words
from artist_console.commands.statement_looks import file_name_of, statement_hints
from artist_console.formats.statement_reading import StatementReader
from artist_console.formats.table_out import Table, TableColumn, Value, csv_file
from artist_console.host.files import open_file, write_atomic


@dataclass(frozen=True, slots=True)
class RejectedSaved:
    """How many rows were written, and how many there are."""

    written: int
    of: int


def save_rejected(path: Path, hints: Hints, target: Path) -> RejectedSaved:
    """Read the file as it was brought in and write what was left out as CSV: row, reason, cells as they came.

    Data of buyers is not among them. Raises FileProblem, and InputProblem where the file is another one now.
    """
    with open_file(path) as file:
        reader = StatementReader(file, file_name_of(path), the_ai_income_words(), statement_hints(hints))
        deque(reader.rows(), maxlen=0)
        rejected, count = reader.rejected, reader.rejected_count
        header = reader.look.header
    width = max((len(row.cells) for row in rejected), default=len(header))
    names = [*header, *(f"Column {place}" for place in range(len(header) + 1, width + 1))]
    columns = [TableColumn("Row"), TableColumn("Why it was left out", 60), *map(TableColumn, names)]
    rows: list[tuple[Value, ...]] = [(row.row, row.what, *row.cells) for row in rejected]
    write_atomic(target, csv_file(Table("Rejected rows", columns, rows)))
    return RejectedSaved(len(rejected), count)
