"""Which registers of the ledger the chosen cells of the matrix stand for, and what they show together."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.commands.matrix import MatrixColumn, MatrixRow, MatrixRowKind, scope_of
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.registers import (
    ANY_USE,
    Register,
    Stance,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Use, is_sensitive
from artist_console.ui.delegates.matrix_table import MatrixTable
from artist_console.ui.meanings import domain_words
from artist_console.ui.tables.matrix_model import MatrixModel
from artist_console.ui.text import say, say_count

# More cells than a person can have looked at: their common answer is not worked out while they are chosen.
_MANY = 5_000
# More than are answered one by one: a row above them says the same in one answer.
_MOST = 20_000
Place = tuple[MatrixRow, MatrixColumn | None]


class MatrixPlaces:
    """Reads model and selection; changes neither."""

    def __init__(self, model: MatrixModel, table: MatrixTable) -> None:
        self._model = model
        self._table = table

    def chosen(self) -> tuple[Place, ...]:
        """What an answer would be about: ticked rows in the chosen columns, else the chosen cells.

        None where they are too many.
        """
        frame = self._model.frame
        if frame is None or self.too_many:
            return ()
        rows, ranges = self._model.chosen, self._ranges()
        current = self._table.currentIndex()
        columns: Sequence[MatrixColumn | None] = (None, *frame.columns)
        if rows:
            across = sorted({at for _, _, left, right in ranges for at in range(left, right + 1)})
            found = [(row, columns[at]) for row in rows for at in across or [current.column()]]
        else:
            cells = dict.fromkeys(
                (down, at)
                for top, bottom, left, right in ranges
                for down in range(top, bottom + 1)
                for at in range(left, right + 1)
            )
            if current.isValid() and len(cells) <= 1:
                cells = {(current.row(), current.column()): None}
            found = [(frame.rows[down], columns[at]) for down, at in cells]
        return tuple(place for place in found if _can_be_answered(*place))

    @property
    def too_many(self) -> bool:
        """Whether so many cells are chosen that they are not answered one by one."""
        ranges = self._ranges()
        if self._model.chosen:
            wide = sum(right - left + 1 for _, _, left, right in ranges)
            return len(self._model.chosen) * wide > _MOST
        return sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in ranges) > _MOST

    def _ranges(self) -> list[tuple[int, int, int, int]]:
        """Top, bottom, left and right of what is selected, from top to bottom."""
        selection = self._table.selectionModel().selection()
        return sorted((r.top(), r.bottom(), r.left(), r.right()) for r in selection.toList())

    def title(self, places: Sequence[Place]) -> str:
        """What the bar calls the places: "14 works · Training"."""
        index = self._table.currentIndex()
        row, column = self._model.row_at(index), self._model.column_at(index)
        if self.too_many:
            return say("consent", "Thousands of cells")
        if len(places) <= 1 and not self._model.chosen:
            if row is None:
                return ""
            return say("consent", "{place} · {use}", place=row.title, use=_column_words(column))
        rows = {row.key: row for row, _ in places}
        columns = {column.key if column is not None else "": column for _, column in places}
        if all(row.kind is MatrixRowKind.WORK for row in rows.values()):
            counted = say_count("consent", "1 work", "{n} works", len(rows))
        else:
            counted = say_count("consent", "1 row", "{n} rows", len(rows))
        if len(columns) == 1:
            only = next(iter(columns.values()))
            return say("consent", "{rows} · {use}", rows=counted, use=_column_words(only))
        uses = say_count("consent", "1 column", "{n} columns", len(columns))
        return say("consent", "{rows} · {columns}", rows=counted, columns=uses)

    def value(self, places: Sequence[Place]) -> Stance | None:
        """The answer of all places where it is the same; none where they differ or nothing is decided."""
        if not places or len(places) > _MANY:
            return None
        found = {self.stance_at(place) for place in places}
        return next(iter(found)) if len(found) == 1 else None

    def stance_at(self, place: Place) -> Stance | None:
        """What the control shows for one place: a choice not reviewed first, then what is answered."""
        row, column = place
        if column is None:
            return None
        draft = self._model.draft_of(row, column)
        if draft is not None and draft.whole:
            return draft.stance
        cell = self._model.cell_of(row, column)
        if cell is None or cell.own is not None:
            return cell.own if cell is not None else None
        if cell.differs:
            return None
        if cell.answer is AnswerKind.ALLOWED:
            return Stance.ALLOW
        if cell.answer is AnswerKind.REFUSED:
            return Stance.REFUSE if cell.held else Stance.CLEAR
        return None

    def drafted(self, places: Sequence[Place]) -> tuple[Place, ...]:
        """Those of the places that hold choices not yet reviewed."""
        return tuple(
            (row, column)
            for row, column in places
            if column is not None and self._model.draft_of(row, column) is not None
        )


def register_at(place: Place) -> Register:
    """The register that an answer at a place is written to."""
    row, column = place
    if column is None:
        return Register(row.artist, row.subject, None, ANY_USE)
    return Register(row.artist, row.subject, column.programme, scope_of(column))


def registers_at(places: Sequence[Place]) -> tuple[Register, ...]:
    """The registers of places, each once: a work can stand under two releases."""
    return tuple(dict.fromkeys(register_at(place) for place in places))


def _column_words(column: MatrixColumn | None) -> str:
    return domain_words(column.title) if column is not None else say("consent", "every use")


def _can_be_answered(row: MatrixRow, column: MatrixColumn | None) -> bool:
    """A person answers for voice, name and image alone."""
    return column is None or row.kind is not MatrixRowKind.PERSON or _can_be_personal(scope_of(column))


def only_one_by_one(place: Register) -> bool:
    """Voice and likeness as a family, or over more than one work or person: not allowed in bulk."""
    if place.use == ANY_USE:
        return place.subject.kind is SubjectKind.PERSON
    if not all(is_sensitive(use) for use in Use if place.use.covers(use)):
        return False
    single = place.subject.kind in (SubjectKind.WORK, SubjectKind.PERSON)
    return place.use.kind is not UseScopeKind.KEY or not single


def _can_be_personal(scope: UseScope) -> bool:
    """Whether a person's own answer can be about these uses."""
    return scope == ANY_USE or any(scope.covers(use) and is_sensitive(use) for use in Use)
