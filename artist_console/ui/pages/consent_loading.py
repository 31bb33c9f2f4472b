"""What the consent screen asks the store for: the frame with what is in sight, more of it in pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from artist_console.commands import cells as cells_commands
from artist_console.commands import drafts as drafts_commands
from artist_console.commands import matrix as matrix_commands
from artist_console.commands import redo as redo_commands
from artist_console.commands import undo as undo_commands
from artist_console.commands.cells import DraftMark
from artist_console.commands.console import Console
from artist_console.commands.matrix import MatrixCell, MatrixFrame, MatrixRowKind, MatrixView
from artist_console.commands.undo import UndoView
from artist_console.commands.wishes import Wish
from artist_console.domain.ids import ArtistId
from artist_console.domain.waiting import WaitingItem

# As many rows as a tall window shows before it says which are in sight.
_FIRST_ROWS = 24

Cells = Mapping[tuple[str, str], MatrixCell]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One answer of the store lane: everything that the screen shows at once."""

    frame: MatrixFrame
    cells: Cells  # of as many rows as a moment suffices for, those in sight first
    opened: frozenset[str]
    marks: Mapping[tuple[str, str], DraftMark]
    drafts: tuple[Wish, ...]
    undo: UndoView
    redo: UndoView
    questions: tuple[WaitingItem, ...]


@dataclass(frozen=True, slots=True)
class More:
    """A further piece of the same frame."""

    frame: MatrixFrame
    cells: Cells


def load(
    console: Console,
    artist: ArtistId | None,
    view: MatrixView,
    opened: frozenset[str] | None,
    in_sight: Sequence[str],
) -> Loaded:
    """The matrix of one artist, or (None) of all in reach, with the cells that a moment suffices for."""
    if opened is None:
        opened = _opened_at_first(console, artist)
    frame = matrix_commands.matrix_frame(console, artist, view, opened)
    cells, _ = matrix_commands.matrix_piece(console, frame, _in_order(frame, in_sight))
    return Loaded(
        frame,
        cells,
        opened,
        cells_commands.drafted(console, frame),
        drafts_commands.drafts(console),
        undo_commands.undo_view(console),
        redo_commands.redo_view(console),
        cells_commands.questions(console, artist),
    )


def load_more(console: Console, frame: MatrixFrame, wanted: Sequence[str]) -> More:
    """The cells of as many of these rows as a moment suffices for."""
    cells, _ = matrix_commands.matrix_piece(console, frame, wanted)
    return More(frame, cells)


def _in_order(frame: MatrixFrame, in_sight: Sequence[str]) -> list[str]:
    """What is in sight and narrow comes first; a row for thousands of works takes longest."""
    seen = set(in_sight or [row.key for row in frame.rows[:_FIRST_ROWS]])
    wide = (MatrixRowKind.ALL,)
    return [row.key for row in sorted(frame.rows, key=lambda row: (row.key not in seen, row.kind in wide))]


def _opened_at_first(console: Console, artist: ArtistId | None) -> frozenset[str]:
    """The releases are shown, and the works of the newest one; of several artists, their names."""
    if artist is None:
        return frozenset()
    opened = frozenset({"all"})
    rows = matrix_commands.matrix_rows(console, artist, opened)
    newest = next((row.key for row in rows if row.kind is MatrixRowKind.RELEASE), None)
    return opened | {newest} if newest is not None else opened
