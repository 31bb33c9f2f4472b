"""The consent matrix: rows all, releases, works; columns uses or programmes; each cell own or following.

A window asks for the frame, then for the cells of the rows that it shows, and for the rest in pieces: what
was found is kept until something changes, so that nothing is asked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from artist_console.commands.asking import asked_cells, outcomes_over
from artist_console.commands.console import Console
from artist_console.commands.matrix_asking import Asking
from artist_console.commands.matrix_places import (
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixFrame,
    MatrixRow,
    MatrixRowKind,
    MatrixView,
    columns_of,
    naturally,
    roster_rows,
    rows_of,
    scope_of,
)
from artist_console.commands.wishes import Wish
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import Request
from artist_console.domain.registers import Register, Stance
from artist_console.domain.summaries import is_open
from artist_console.formats.kinds import Kind
from artist_console.store import heard, journal, mirror, private

__all__ = [
    "Matrix",
    "MatrixCell",
    "MatrixColumn",
    "MatrixFrame",
    "MatrixRow",
    "MatrixRowKind",
    "MatrixView",
    "matrix",
    "matrix_cells",
    "matrix_frame",
    "matrix_piece",
    "matrix_rows",
    "naturally",
    "open_requests",
    "scope_of",
    "warm",
    "wish_at",
]

# No piece of work keeps the lane of the store from a decision for longer than a person notices.
PIECE_S = 0.04


def matrix(console: Console, artist: ArtistId, view: MatrixView, opened: frozenset[str]) -> Matrix:
    """The consent matrix of one artist. `opened` holds the keys of the rows and columns that are open.

    Rows: "all", "release/<id>", under it "release/<id>/work/<id>", "work/<id>" for what is on no release,
    and "person/<id>" for voice, name and image. Columns: "family/<value>", "use/<value>",
    "programme/<id>". Closed rows are not computed.
    """
    frame = matrix_frame(console, artist, view, opened)
    cells = matrix_cells(console, frame, [row.key for row in frame.rows])
    return Matrix(frame.columns, frame.rows, cells, artist)


def matrix_frame(
    console: Console, artist: ArtistId | None, view: MatrixView, opened: frozenset[str]
) -> MatrixFrame:
    """Columns and rows alone; `matrix_cells` fills in what is shown of them.

    Without an artist: of all in reach, each with "artist/<id>/all" and, below it, keys that begin with
    "artist/<id>/".
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    columns = columns_of(facts, view, opened, now)
    if artist is not None:
        return MatrixFrame(columns, rows_of(facts, artist, opened, now), artist)
    account = console.account
    in_reach = [ArtistId(each.artist) for each in account.artists] if account else []
    return MatrixFrame(columns, roster_rows(facts, in_reach, opened, now), None)


def matrix_cells(
    console: Console, frame: MatrixFrame, rows: Sequence[str]
) -> Mapping[tuple[str, str], MatrixCell]:
    """The cells of the rows with these keys, in every column; keys that the frame does not have are left out.

    A row is as quick as the works under it are few, or `warm` has been through them.
    """
    found: dict[tuple[str, str], MatrixCell] = {}
    for artist, own in _by_artist(frame.rows_with(rows)).items():
        found |= _asking(console, artist).cells(own, frame.columns)
    return found


def warm(console: Console, frame: MatrixFrame, rows: Sequence[str], seconds: float = PIECE_S) -> int:
    """Prepare the cells of these rows for about so long; gives how many works are still to be looked at.

    Call it again until it gives 0: then `matrix_cells` of the rows has only to put together what is known.
    At least one work is looked at with each call.
    """
    ends = perf_counter() + seconds
    return sum(
        _asking(console, artist).warm(own, frame.columns, ends - perf_counter())
        for artist, own in _by_artist(frame.rows_with(rows)).items()
    )


def matrix_piece(
    console: Console, frame: MatrixFrame, rows: Sequence[str], seconds: float = PIECE_S
) -> tuple[Mapping[tuple[str, str], MatrixCell], tuple[str, ...]]:
    """The cells of as many of these rows as take about so long, in this order, and the keys that are left.

    The last of them may be half prepared: with each call more of it is known.
    """
    ends = perf_counter() + seconds
    there = {row.key: row for row in frame.rows_with(rows)}
    wanted = [there[key] for key in rows if key in there]
    found: dict[tuple[str, str], MatrixCell] = {}
    for place, row in enumerate(wanted):
        asking = _asking(console, row.artist)
        if asking.warm([row], frame.columns, ends - perf_counter()):
            return found, tuple(each.key for each in wanted[place:])
        found |= asking.cells([row], frame.columns)
        if perf_counter() >= ends:
            return found, tuple(each.key for each in wanted[place + 1 :])
    return found, ()


def _by_artist(rows: Iterable[MatrixRow]) -> dict[ArtistId, list[MatrixRow]]:
    found: dict[ArtistId, list[MatrixRow]] = {}
    for row in rows:
        found.setdefault(row.artist, []).append(row)
    return found


def matrix_rows(console: Console, artist: ArtistId, opened: frozenset[str]) -> tuple[MatrixRow, ...]:
    """The rows alone, which cost nothing."""
    now = console.clock()
    return rows_of(mirror.facts(console.store, now), artist, opened, now)


@dataclass
class _Kept:
    """What has been found out since something last changed."""

    facts: FactBook
    now: datetime
    outcomes: OutcomeTable
    by_artist: dict[ArtistId, Asking] = field(default_factory=dict)


def _asking(console: Console, artist: ArtistId) -> Asking:
    """The questions of one artist, kept until something changes: opening a row asks only for what is new."""
    kept = _kept(console)
    if artist not in kept.by_artist:
        kept.by_artist[artist] = Asking(
            artist,
            kept.facts,
            kept.outcomes,
            kept.now,
            asked_cells(kept.facts, kept.now),
            _registers_waiting(console),
            open_requests(console, artist),
        )
    return kept.by_artist[artist]


def _kept(console: Console) -> _Kept:
    store, now = console.store, console.clock()
    # As of one instant an hour: days begin and end, and what waits is laid over as if recorded now.
    heard_so_far = tuple(sorted(heard.versions(store).items()))
    mark = (heard_so_far, journal.marks(store), private.version(store), f"{now:%Y-%m-%d %H}")
    kept = store.cached("matrix", mark)
    if isinstance(kept, _Kept):
        return kept
    facts = mirror.facts(store, now)
    return store.keep("matrix", mark, _Kept(facts, now, outcomes_over(console, facts, now)))


def _registers_waiting(console: Console) -> tuple[Register, ...]:
    return tuple(dict.fromkeys(each.register for each in mirror.own_decisions(console.store).undelivered))


def open_requests(console: Console, artist: ArtistId) -> tuple[Request, ...]:
    """What has been asked of the artist and can still be answered in time, the newest first."""
    found = [
        request
        for request in mirror.all(console.store, Kind.REQUEST)
        if request.artist == artist and is_open(request, console.today)
    ]
    return tuple(sorted(found, key=lambda request: (request.asked_at, request.id), reverse=True))


def wish_at(shown: Matrix | MatrixFrame, row: str, column: str, stance: Stance) -> Wish:
    """The wish behind a refusal or a clear on one cell of the matrix; it may be wide."""
    at_row = next(each for each in shown.rows if each.key == row)
    at_column = next(each for each in shown.columns if each.key == column)
    return Wish(at_row.artist, at_row.subject, at_column.programme, scope_of(at_column), stance)
