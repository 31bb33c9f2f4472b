"""What a whole statement file comes to before it is brought in: every line of it, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from artist_console.commands.statement_looks import file_name_of, statement_hints
from artist_console.commands.statement_preview import OpenQuestion, StatementPreview
from artist_console.formats.statement_reading import look_at_statement, start_of
from artist_console.formats.statement_totals import total_of_file
from artist_console.host.files import open_file

# Without an answer to these no amount can be read; whose money it is changes none.
_NEEDED = frozenset(OpenQuestion) - {OpenQuestion.LEVEL}


@dataclass(frozen=True, slots=True)
class WholeFile:
    """What a file comes to; rows that would be left out are in none of it."""

    lines: int
    totals: tuple[tuple[str, Decimal], ...]  # per currency, sorted by code
    left_out: int
    preview: StatementPreview  # the look that it was read by


def can_be_added_up(preview: StatementPreview) -> bool:
    """Whether enough is known of a file to read all of its amounts."""
    return _NEEDED.isdisjoint(preview.questions)


def whole_totals(path: Path, preview: StatementPreview) -> WholeFile:
    """The totals of the file that was looked at, as its import will read it. May take seconds.

    Raises InputProblem where it cannot be used further down, FileProblem.
    """
    hints = statement_hints(preview.hints)
    with open_file(path) as file:
        look = look_at_statement(start_of(file), file_name_of(path), hints)
    found = total_of_file(path, look, hints)
    return WholeFile(found.count, found.totals, found.rejected, preview)
