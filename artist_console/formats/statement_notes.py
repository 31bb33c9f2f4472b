"""What is to be said of the rows of one statement, bounded: the first are kept, the others counted."""

from __future__ import annotations

from collections.abc import Sequence

from .incoming import RejectedRow, RowNote, Severity

MOST_NOTES = 2_000
MOST_REJECTED = 10_000  # rows kept to be saved
_REJECTED_CHARACTERS = 4_000_000
_MOST_TOLD = 100_000


class RowNotes:
    """The notes of one file, row after row."""

    def __init__(self) -> None:
        self.notes: list[RowNote] = []
        self.left_out = 0  # notes beyond the first
        self.rejected: list[RejectedRow] = []
        self.rejected_count = 0
        self._told: set[tuple[str, str]] = set()
        self._room = _REJECTED_CHARACTERS

    def reject(self, row: int, column: str, what: str, cells: Sequence[str] = ()) -> None:
        """A row is left out; `cells` as they may be kept."""
        self.rejected_count += 1
        self._add(RowNote(row, column, what, Severity.REJECTED))
        self._room -= sum(map(len, cells)) + len(what)
        if len(self.rejected) < MOST_REJECTED and self._room > 0:
            self.rejected.append(RejectedRow(row, tuple(cells), what))

    def warn_once(self, row: int, column: str, what: str) -> None:
        """Once for the same fault: one wrong ISRC stands on hundreds of lines."""
        if (column, what) not in self._told:
            if len(self._told) < _MOST_TOLD:
                self._told.add((column, what))
            self.warn(row, column, what)

    def warn(self, row: int, column: str, what: str) -> None:
        self._add(RowNote(row, column, what, Severity.WARNING))

    def _add(self, note: RowNote) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(note)
        else:
            self.left_out += 1
