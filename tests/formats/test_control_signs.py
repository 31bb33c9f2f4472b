"""A control sign that strayed into a text costs nobody the file."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.formats.catalogue_table import read_catalogue_table
from artist_console.formats.control_signs import CONTROLS, Spacing, spaced
from artist_console.formats.dataset_list import read_dataset_list
from artist_console.formats.tables import decode

STRAY = ["\x1b", "\x07", "\x00"]


@pytest.mark.parametrize("sign", STRAY)
@pytest.mark.parametrize("count", [1, 4])
def test_a_title_with_control_signs_is_read_with_spaces_and_its_line_told(sign: str, count: int) -> None:
    table = f"title,artist\nEbb,Mira Sand\nLow{sign * count}Tide,Mira Sand\n".encode()
    told = "Line 3 holds control signs; they were read as spaces."
    catalogue = read_catalogue_table(table, "own.csv")
    assert [" ".join(row.title.split()) for row in catalogue.rows] == ["Ebb", "Low Tide"]
    assert told in catalogue.warnings
    listed = read_dataset_list(table, "list.csv")
    assert [" ".join(row.title.split()) for row in listed.rows] == ["Ebb", "Low Tide"]
    assert listed.warnings == (told,)


def test_a_control_sign_in_json_costs_no_list() -> None:
    listed = read_dataset_list(b'[{"title": "Low\x1bTide", "artist": "Mira Sand"}]', "list.json")
    assert [row.title for row in listed.rows] == ["Low Tide"]
    lines = b'{"title": "Ebb", "artist": "A"}\n{"title": "Low\x00Tide", "artist": "B"}\n'
    assert [row.title for row in read_dataset_list(lines, "list.jsonl").rows] == ["Ebb", "Low Tide"]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [200, 5_000, 300_000])
def test_what_is_plainly_binary_is_no_text(seed: int, size: int) -> None:
    data = b"\x89PNG\r\n\x1a\n" + random.Random(seed).randbytes(size)
    with pytest.raises(InputProblem, match="not a table of text"):
        decode(data, "cover.png")
    with pytest.raises(InputProblem, match="not a table of text"):
        read_dataset_list(data, "cover.png")


texts = st.text(st.sampled_from(["a", "\n", "\r", "\x1a", *CONTROLS]))


@given(st.lists(texts))
@example(["a\r", "\n\x00"])
def test_pieces_give_what_the_whole_gives(pieces: list[str]) -> None:
    spacing = Spacing()
    text = "".join(map(spacing.spaced, pieces))
    whole, told = spaced("".join(pieces))
    assert (text, spacing.warnings()) == (whole, told)
    assert not set(text) & set(CONTROLS)
    assert len(text) == len("".join(pieces))
    lines = [
        n for n, line in enumerate(io.StringIO("".join(pieces), newline=None), 1) if set(line) & set(CONTROLS)
    ]
    assert bool(told) == bool(lines)
    if lines:
        assert f"{lines[0]:,}" in told[0].split(" hold")[0]


def test_many_lines_are_counted_and_not_all_named() -> None:
    _, (told,) = spaced("a\x07\n" * 2_000)
    assert told == "Lines 1, 2, 3, 4, 5, 6, 7, 8 and 1,992 more hold control signs; they were read as spaces."
