"""Names of stores and services in statements, with what each is held to be."""

from __future__ import annotations

from artist_console.commands.sources import SourceCertainty, SourceRow
from artist_console.ui.delegates.cells import Cell, MoneyCell, TextCell
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Tint, Token


def certainty_words(certainty: SourceCertainty) -> str:
    """How it is known."""
    match certainty:
        case SourceCertainty.SAID:
            return say("sources", "You said so")
        case SourceCertainty.CERTAIN:
            return say("sources", "Documented")
        case SourceCertainty.LIKELY:
            return say("sources", "Likely, not counted")
        case SourceCertainty.UNKNOWN:
            return say("sources", "Nothing known")


class SourcesModel(FixedRows[SourceRow]):
    """In the order that the command gives: what is to be looked at first."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("sources", "As the statement says"),
            say("sources", "Counts as"),
            say("sources", "Lines"),
        )

    def cell(self, row: SourceRow, column: int) -> Cell:
        match column:
            case 0:
                return TextCell(row.source, self._figures.totals(row.amounts), weight="medium")
            case 1:
                counted = row.kind_words if row.counts else say("sources", "Other income")
                of = " · ".join(part for part in (row.programme_name, certainty_words(row.certainty)) if part)
                likely = row.certainty is SourceCertainty.LIKELY
                tone = Tint.ASK if likely else Token.TEXT if row.counts else Token.TEXT_2
                return TextCell(counted, of, tone=tone)
            case _:
                lines = say_count("sources", "{n}", "{n}", row.lines) if row.lines else "–"
                return MoneyCell(lines, quiet=not row.lines)

    def place_of(self, source: str) -> int | None:
        return next((place for place, row in enumerate(self.rows) if row.source == source), None)
