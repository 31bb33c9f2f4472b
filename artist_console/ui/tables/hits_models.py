"""Hits in public lists as tables: the works that have some, and the rows of one work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from artist_console.commands.hits import HitGroup, HitRow
from artist_console.ui.delegates.cells import Cell, ChipCell, TextCell
from artist_console.ui.looks import band_chip, verdict_chip
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import isolate, say
from artist_console.ui.tokens import Token


@dataclass(frozen=True, slots=True)
class ListedHit:
    """A row with the list that it stands in."""

    list_name: str
    hit: HitRow


def hits_of(group: HitGroup) -> tuple[ListedHit, ...]:
    return tuple(ListedHit(each.name, hit) for each in group.lists for hit in each.rows)


class HitWorksModel(FixedRows[HitGroup]):
    """The works in the order in which they came; an answer changes a row and moves none."""

    def headers(self) -> tuple[str, ...]:
        return (say("hits", "Your work"), say("hits", "At best"), say("hits", "To answer"))

    def cell(self, row: HitGroup, column: int) -> Cell:
        match column:
            case 0:
                second = " · ".join(part for part in (row.work_artist, row.work_identifier) if part)
                return TextCell(row.work_title, second, weight="medium")
            case 1:
                return ChipCell(band_chip(row.best))
            case _:
                words = self._figures.number(row.open) if row.open else say("hits", "none")
                return TextCell(words, tone=Token.TEXT if row.open else Token.TEXT_3, end=True, figures=True)

    def take(self, groups: Iterable[HitGroup]) -> None:
        """Show what groups that are here have become; what is gone keeps its last state."""
        newer = {(group.artist, group.work): group for group in groups}
        self.rows = tuple(newer.get((row.artist, row.work), row) for row in self.rows)
        self._tell_all()

    def _tell_all(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.headers()) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def place_of(self, artist: str, work: str) -> int | None:
        return next((n for n, row in enumerate(self.rows) if (row.artist, row.work) == (artist, work)), None)


class HitRowsModel(FixedRows[ListedHit]):
    """The rows of one work as the lists have them, with the answers given."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("hits", "As the list has it"),
            say("hits", "List"),
            say("hits", "How it was matched"),
            say("hits", "Your answer"),
        )

    def cell(self, row: ListedHit, column: int) -> Cell:
        hit = row.hit
        match column:
            case 0:
                return TextCell(hit.row.title or hit.row.identifier, hit.row.artist, weight="medium")
            case 1:
                return TextCell(row.list_name, self._row_words(hit), tone=Token.TEXT_2)
            case 2:
                return ChipCell(band_chip(hit.row.band))
            case _ if hit.verdict is None:
                return TextCell(say("hits", "No answer yet"), tone=Token.TEXT_3)
            case _:
                return ChipCell(verdict_chip(hit.verdict))

    def _row_words(self, hit: HitRow) -> str:
        if hit.row_number is None:
            return ""
        return say("hits", "row {n}", n=isolate(self._figures.number(hit.row_number)))

    def take(self, rows: tuple[ListedHit, ...]) -> None:
        """The same rows with other answers; others are shown from the first."""
        same = [row.hit.statement for row in rows] == [row.hit.statement for row in self.rows]
        if not same:
            self.show_rows(rows)
            return
        self.rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.headers()) - 1))

    def next_open(self, after: int) -> int | None:
        """The next row without an answer, from the top again after the last."""
        count = len(self.rows)
        order = [(after + step) % count for step in range(1, count + 1)] if count else []
        return next((place for place in order if self.rows[place].hit.verdict is None), None)
