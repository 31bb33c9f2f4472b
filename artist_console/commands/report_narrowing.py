"""A report narrowed down: rows in which some words stand, rows of one artist. Forgives accents and case.

What is searched is folded once, so that typing into a filter over tens of thousands of rows stays quick.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.names import use_words
from artist_console.commands.report_tables import ReportTables, ReportWork
from artist_console.domain.ids import ArtistId
from artist_console.domain.work_words import OUTCOME

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a row has to be; empty lets everything pass."""

    text: str = ""
    artist: ArtistId | None = None

    @property
    def is_open(self) -> bool:
        return not self.text.strip() and self.artist is None


class SearchedTables:
    """The tables of a report, ready to be searched."""

    def __init__(self, tables: ReportTables, names: Mapping[ArtistId, str]) -> None:
        """`names` of the artists of the report."""
        self._tables = tables
        self._names = names
        self._works = [folded(_of_work(row)) for row in tables.works]
        self._places = [folded(_of_place(row)) for row in tables.places]
        self._history = [folded(_of_answer(row)) for row in tables.history]
        self._statements = [
            folded(f"{row.statement.issuer} {row.payee_name} {row.statement.currency}")
            for row in tables.statements
        ]
        self._owners: dict[str, set[str]] = {}
        for row in tables.works:
            self._owners.setdefault(row.work.id, set()).add(row.artist_name)

    def narrowed(self, wanted: Narrowing) -> ReportTables:
        """The tables with the rows that pass, in their order. Money by month is not taken apart."""
        tables, artist = self._tables, wanted.artist
        if wanted.is_open:
            return tables
        name = self._names.get(artist, "") if artist is not None else ""
        words = folded(wanted.text).split()

        def kept(rows: Sequence[Row], texts: Iterable[str], is_of: Callable[[Row], bool]) -> tuple[Row, ...]:
            return tuple(
                row
                for row, text in zip(rows, texts, strict=True)
                if (artist is None or is_of(row)) and all(word in text for word in words)
            )

        return ReportTables(
            works=kept(tables.works, self._works, lambda row: row.artist_name == name),
            places=kept(tables.places, self._places, lambda row: name in self._owners.get(row.work, ())),
            history=kept(tables.history, self._history, lambda row: row.artist == artist),
            statements=kept(tables.statements, self._statements, lambda row: row.statement.payee == artist),
            months=tables.months,
        )


def folded(text: str) -> str:
    """Without case and accents, and without dashes: identifiers are spelled with them or without."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != "-")


def _of_work(row: ReportWork) -> str:
    outcome = OUTCOME[row.outcome] if row.outcome is not None else ""
    parts = (
        row.work.title,
        row.work.version,
        row.artist_name,
        row.release_title,
        row.work.identifier,
        outcome,
    )
    return " ".join(part for part in parts if part)


def _of_place(row: PlaceRow) -> str:
    parts = (row.work_title, row.programme_name, row.operator_name, row.dataset, row.model, row.stated_by)
    return " ".join((*parts, row.said.text))


def _of_answer(row: HistoryRow) -> str:
    return " ".join((row.subject, row.programme, use_words(row.use), row.terms, row.on_behalf_of))
