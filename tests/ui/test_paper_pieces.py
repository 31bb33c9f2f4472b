"""A long document on paper, drawn in pieces: its sheets are those of one, every line is on one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from artist_console.commands.paper import Paper, PaperColumn, PaperLine, PaperStyle, table_lines
from artist_console.ui.paper_lines import document
from artist_console.ui.paper_pieces import PIECE, PiecesOfPaper, _blocks_of, pdf_in_pieces

FAMILY = "Inter"
COLUMNS = (PaperColumn("Work", 50), PaperColumn("Amount", 50, is_number=True))
_ISOLATES = re.compile("[\u2066-\u2069\t]")


def rows_of(count: int) -> list[PaperLine]:
    long = "a title that goes on and on until it needs another line of its own "
    return list(
        table_lines(COLUMNS, [(f"{n} {long if n % 5 == 0 else ''}", f"{n}.50") for n in range(count)])
    )


def at_once(step: Callable[[], object]) -> object:
    return step()


BLOCKS = st.lists(
    st.one_of(
        st.builds(
            lambda words: [PaperLine(PaperStyle.TEXT, words)], st.sampled_from(["one", "夜のフェリー"])
        ),
        st.just([PaperLine(PaperStyle.ROW, "SHA-256\tabc")]),
        st.builds(rows_of, st.integers(0, 4)),
    ),
    min_size=1,
    max_size=6,
)


@given(blocks=BLOCKS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_where_a_line_stands_in_a_document_is_known(
    qapp: QApplication, blocks: list[list[PaperLine]]
) -> None:
    lines = [line for block in blocks for line in block]
    made = document(Paper("T", "foot", tuple(lines)), FAMILY)
    for line, number in zip(lines, _blocks_of(lines), strict=True):
        shown = _ISOLATES.sub("", made.findBlockByNumber(number).text())
        first, _, second = line.text.partition("\t")
        assert shown in (first, first + second)


@pytest.mark.parametrize("count", [1, PIECE, 4 * PIECE])
def test_pieces_cover_every_line_once_and_end_with_a_sheet(qapp: QApplication, count: int) -> None:
    lines = (PaperLine(PaperStyle.TITLE, "T"), *rows_of(count), PaperLine(PaperStyle.TEXT, "end"))
    pieces = PiecesOfPaper(Paper("T", "foot", lines), FAMILY)
    while not pieces.is_measured:
        pieces.measure()
    ends = [(each.start, each.end) for each in pieces._pieces]
    assert ends[0][0] == 0
    assert ends[-1][1] == len(lines)
    assert all(former[1] == after[0] for former, after in pairwise(ends))
    while not pieces.is_drawn:
        pieces.draw()
    assert pieces._sheet == sum(each.sheets for each in pieces._pieces)
    data = pieces.finish()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == pieces._sheet


def test_a_line_longer_than_a_sheet_takes_several(qapp: QApplication) -> None:
    long = PaperLine(PaperStyle.TEXT, "word " * 9_000)
    lines = (PaperLine(PaperStyle.TITLE, "T"), long, *(PaperLine(PaperStyle.TEXT, "after") for _ in range(3)))
    data = pdf_in_pieces(Paper("T", "foot", lines * 30), FAMILY, at_once)
    assert data.startswith(b"%PDF-")


def test_what_is_stopped_leaves_nothing_open(qapp: QApplication) -> None:
    done: list[object] = []

    def stop_soon(step: Callable[[], object]) -> object:
        if len(done) == 3:
            done.append(None)
            raise KeyboardInterrupt
        done.append(step())
        return done[-1]

    with pytest.raises(KeyboardInterrupt):
        pdf_in_pieces(Paper("T", "foot", tuple(rows_of(4 * PIECE))), FAMILY, stop_soon)
    assert len(done) == 5  # three steps, the one that was refused, and the end of the painting
