"""Which registers of the ledger the chosen cells of the matrix stand for, and what they show together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from artist_console.commands.matrix import MatrixColumn, MatrixRowKind
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


class MatrixPlaces:
    """Reads model and selection; changes neither."""

    def __init__(self, model: MatrixModel, table: MatrixTable) -> None:
        self._model = model
        self._table = table

    def chosen(self) -> tuple[Register, ...]:
        """What an answer would be about: ticked rows in the chosen columns, else the chosen cells."""
        if self._model.matrix is None:
            return ()
        rows = self._model.chosen
        selected = self._table.selectionModel().selectedIndexes()
        current = self._table.currentIndex()
        if rows:
            columns = sorted({index.column() for index in selected} or {current.column()})
            indexes = [self._model.place_of(row.key, self._column_key(c)) for row in rows for c in columns]
        else:
            indexes = sorted(selected, key=lambda i: (i.row(), i.column()))
            if current.isValid() and len(indexes) <= 1:
                indexes = [current]
        registers = (self.register_at(index) for index in indexes)
        return tuple(dict.fromkeys(register for register in registers if register is not None))

    def register_at(self, index: QModelIndex) -> Register | None:
        """The register of a cell; None where a person has nothing to answer."""
        matrix, row = self._model.matrix, self._model.row_at(index)
        if matrix is None or row is None:
            return None
        column = self._model.column_at(index)
        if column is None:
            return Register(matrix.artist, row.subject, None, ANY_USE)
        scope = scope_of(column)
        if row.kind is MatrixRowKind.PERSON and not _can_be_personal(scope):
            return None
        return Register(matrix.artist, row.subject, column.programme, scope)

    def title(self, places: Sequence[Register]) -> str:
        """What the bar calls the places: "14 works · Training"."""
        index = self._table.currentIndex()
        row, column = self._model.row_at(index), self._model.column_at(index)
        across = domain_words(column.title) if column is not None else say("consent", "every use")
        if len(places) <= 1 and not self._model.chosen:
            return say("consent", "{place} · {use}", place=row.title, use=across) if row is not None else ""
        rows = {place.subject for place in places}
        columns = {(place.programme, place.use) for place in places}
        if all(subject.kind is SubjectKind.WORK for subject in rows):
            counted = say_count("consent", "1 work", "{n} works", len(rows))
        else:
            counted = say_count("consent", "1 row", "{n} rows", len(rows))
        if len(columns) == 1:
            return say("consent", "{rows} · {use}", rows=counted, use=across)
        uses = say_count("consent", "1 column", "{n} columns", len(columns))
        return say("consent", "{rows} · {columns}", rows=counted, columns=uses)

    def value(self, places: Sequence[Register]) -> Stance | None:
        """The answer of all places where it is the same; none where they differ or nothing is decided."""
        if self._model.matrix is None or not places:
            return None
        found = {self.stance_at(place) for place in places}
        return next(iter(found)) if len(found) == 1 else None

    def stance_at(self, place: Register) -> Stance | None:
        """What the control shows for one place: a choice not reviewed first, then what is answered."""
        matrix = self._model.matrix
        index = next(iter(self._indexes_of([place])), None)
        if matrix is None or index is None:
            return None
        draft = self._model.draft_at(index)
        if draft is not None and draft.whole:
            return draft.stance
        cell = self._model.cell_at(index)
        if cell is None or cell.own is not None:
            return cell.own if cell is not None else None
        if cell.differs:
            return None
        if cell.answer is AnswerKind.ALLOWED:
            return Stance.ALLOW
        if cell.answer is AnswerKind.REFUSED:
            return Stance.REFUSE if cell.held else Stance.CLEAR
        return None

    def drafted(self, places: Sequence[Register]) -> tuple[Register, ...]:
        """Those of the places that hold choices not yet reviewed."""
        marked = (i for i in self._indexes_of(places) if self._model.draft_at(i) is not None)
        registers = (self.register_at(index) for index in marked)
        return tuple(register for register in registers if register is not None)

    def _indexes_of(self, places: Sequence[Register]) -> list[QModelIndex]:
        matrix = self._model.matrix
        if matrix is None:
            return []
        subjects = {place.subject for place in places}
        scopes = {(place.programme, place.use) for place in places}
        columns = [each for each in matrix.columns if (each.programme, scope_of(each)) in scopes]
        return [
            self._model.place_of(row.key, column.key)
            for row in matrix.rows
            if row.subject in subjects
            for column in columns
        ]

    def _column_key(self, section: int) -> str:
        column = self._model.column_at(self._model.index(0, section))
        return column.key if column is not None else ""


def scope_of(column: MatrixColumn) -> UseScope:
    """The uses that a column stands for."""
    return UseScope.of(column.use if column.use is not None else column.family)


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
