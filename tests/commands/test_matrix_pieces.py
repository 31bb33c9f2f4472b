"""The matrix in pieces: what a window asks for first, and the rest, come to the same as the whole."""

from __future__ import annotations

import pytest

from artist_console.commands.consent import decide
from artist_console.commands.matrix import MatrixView, matrix, matrix_cells, matrix_frame, warm, wish_at
from artist_console.domain.registers import Stance
from tests.backend.world import MARA
from tests.commands.desks import Desk, a_wish, an_allow

OPEN = frozenset({"all", "release/night-ferry", "family/training"})


@pytest.mark.parametrize("view", MatrixView)
def test_the_cells_of_single_rows_are_those_of_the_whole(mara: Desk, view: MatrixView) -> None:
    decide(mara.console, [an_allow()])
    whole = matrix(mara.console, MARA, view, OPEN)
    mara.reopen()

    frame = matrix_frame(mara.console, MARA, view, OPEN)
    assert (frame.rows, frame.columns) == (whole.rows, whole.columns)

    found = {}
    for row in reversed(frame.rows):
        found |= matrix_cells(mara.console, frame, [row.key])
    assert found == whole.cells


def test_preparing_a_row_in_pieces_ends_and_changes_no_cell(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    whole = matrix(mara.console, MARA, MatrixView.BY_USE, OPEN)
    mara.reopen()
    frame = matrix_frame(mara.console, MARA, MatrixView.BY_USE, OPEN)

    left = [warm(mara.console, frame, ["all"], seconds=0)]
    while left[-1]:
        left.append(warm(mara.console, frame, ["all"], seconds=0))

    assert left == list(range(left[0], -1, -1)), "each piece looks at one work at least"
    assert len(left) > 1
    assert matrix_cells(mara.console, frame, ["all"]) == {
        place: cell for place, cell in whole.cells.items() if place[0] == "all"
    }


def test_a_decision_between_two_pieces_counts_in_the_next(mara: Desk) -> None:
    frame = matrix_frame(mara.console, MARA, MatrixView.BY_USE, OPEN)
    warm(mara.console, frame, ["all"])
    decide(mara.console, [wish_at(frame, "all", "family/training", Stance.REFUSE)])

    found = matrix_cells(mara.console, frame, ["all"])

    assert found["all", "family/training"].own is Stance.REFUSE
    assert dict(found) == {
        place: cell
        for place, cell in matrix(mara.console, MARA, MatrixView.BY_USE, OPEN).cells.items()
        if place[0] == "all"
    }


def test_rows_that_the_frame_does_not_have_are_left_out(mara: Desk) -> None:
    frame = matrix_frame(mara.console, MARA, MatrixView.BY_USE, frozenset())
    assert matrix_cells(mara.console, frame, ["release/gone"]) == {}
    assert warm(mara.console, frame, ["release/gone"]) == 0


def test_a_refusal_of_everything_is_seen_from_every_row(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    frame = matrix_frame(mara.console, MARA, MatrixView.BY_USE, OPEN)
    works = [row.key for row in frame.rows if "work" in row.key]
    found = matrix_cells(mara.console, frame, works)
    assert works
    assert {cell.follows for (_, column), cell in found.items() if column == "family/training"} == {
        "All my music"
    }
