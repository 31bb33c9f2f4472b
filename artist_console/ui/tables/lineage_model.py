"""The lines of a lineage as rows: from where, to where, what is said, what is stated of the work there."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.domain.lineage import LineageEdge, LineageNode
from artist_console.ui.delegates.cells import Cell, ChipCell, TextCell
from artist_console.ui.lineage_words import line_words, node_chip
from artist_console.ui.looks import grade_chip
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import say
from artist_console.ui.tokens import Token


@dataclass(frozen=True, slots=True)
class Step:
    """One line with both its ends."""

    source: LineageNode
    target: LineageNode
    edge: LineageEdge
    documented: bool


class LineageModel(FixedRows[Step]):
    """Every line of the graph, in the order of the boxes that they lead to."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("lineage", "To"),
            say("lineage", "From"),
            say("lineage", "What is said"),
            say("lineage", "The work there"),
            say("lineage", "Evidence"),
        )

    def cell(self, row: Step, column: int) -> Cell:
        match column:
            case 0:
                return TextCell(row.target.title, row.target.under, weight="medium")
            case 1:
                return TextCell(row.source.title, line_words(row.edge, row.target), tone=Token.TEXT_2)
            case 2:
                return TextCell(row.edge.words, tone=Token.TEXT_2)
            case 3:
                return ChipCell(node_chip(row.target, documented=row.documented))
            case _ if row.target.grade is not None:
                return ChipCell(grade_chip(row.target.grade))
            case _ if row.documented:
                return TextCell(say("lineage", "A public source"), tone=Token.TEXT_2)
            case _:
                return TextCell(say("lineage", "Follows, not stated"), tone=Token.TEXT_3)
