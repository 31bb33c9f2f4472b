"""Tables for a terminal: aligned whatever the script, and nothing in them that a terminal obeys."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.cli.tables import Column, bullets, fitted, line_width, pairs, plain, table, width, wrapped

COLUMNS = (Column("Work", shrinks=True), Column("Where", shrinks=True), Column("Earned", right=True))
TEXT = st.text(max_size=60)


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert width("夜の船") == 6
    assert width("e\N{COMBINING ACUTE ACCENT}") == 1
    assert width("ليلى") == 4


def test_columns_stay_aligned_behind_wide_characters() -> None:
    lines = table(COLUMNS, [("夜の船", "x", "1"), ("Night", "y", "22")]).splitlines()
    assert len({width(line[: line.rindex(" ")]) for line in lines[1:]}) <= 2
    assert width(lines[1].split("x")[0]) == width(lines[2].split("y")[0])


@given(rows=st.lists(st.tuples(TEXT, TEXT, st.text("0123456789.", max_size=12)), max_size=6))
def test_no_line_is_wider_than_a_terminal(rows: list[tuple[str, str, str]]) -> None:
    for line in table(COLUMNS, rows).split("\n"):
        assert width(line) <= line_width()


@pytest.mark.parametrize(("columns", "cells"), [("", 80), ("100", 100), ("1", 40), ("9999", 160), ("x", 80)])
def test_lines_are_as_wide_as_the_terminal_says(
    monkeypatch: pytest.MonkeyPatch, columns: str, cells: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert line_width() == cells
    assert max(map(width, table(COLUMNS, [("w" * 300, "here " * 60, "1")]).splitlines())) == cells
    assert all(width(line) <= cells for line in bullets(["so many words " * 30]).splitlines())


@given(text=TEXT, cells=st.integers(1, 30))
def test_a_shortened_text_fits_and_says_that_it_is_shortened(text: str, cells: int) -> None:
    shown = fitted(text, cells)
    assert width(shown) <= cells
    assert shown == text or shown.endswith("…")


@given(text=st.text())
def test_nothing_that_a_terminal_obeys_comes_through(text: str) -> None:
    shown = plain(text)
    for character in shown:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


def test_an_escape_sequence_in_a_title_is_shown_and_not_carried_out() -> None:
    assert "\x1b" not in table(COLUMNS, [("\x1b[2J\x1b[31mRed", "", "")])


@given(text=TEXT, cells=st.integers(4, 40))
def test_wrapping_loses_no_word(text: str, cells: int) -> None:
    lines = wrapped(text, cells)
    assert " ".join(lines).split() == plain(text).split()
    assert all(width(line) <= cells or " " not in line for line in lines)


def test_pairs_and_bullets_go_on_under_themselves() -> None:
    words = "word " * 40
    for text, indent in ((pairs([("Label", words)]), len("Label") + 2), (bullets([words]), 2)):
        _, *more = text.splitlines()
        assert more
        assert all(line.startswith(" " * indent) for line in more)


def test_what_must_be_read_goes_on_below_itself() -> None:
    columns = (
        Column("Work", shrinks=True),
        Column("State", shrinks=True, least=16, wraps=True),
        Column("On"),
    )
    said = "A file in the name of Loop says: trained, 2 models"
    shown = table(columns, [("w" * 60, said, "x"), ("Night", "Nothing", "y")], total=50).split("\n")
    assert all(width(line) <= 50 for line in shown)
    start = shown[0].index("State")
    below = [line[start : shown[0].index("On")].strip() for line in shown[1:-1]]
    assert " ".join(below) == said
    assert shown[1].endswith("x")
    assert shown[-1].split() == ["Night", "Nothing", "y"]


@given(text=st.text(alphabet=" ab夜", max_size=900))
def test_a_row_has_an_end_however_long_its_text(text: str) -> None:
    shown = table((Column("State", shrinks=True, wraps=True), Column("On")), [(text, "x")], total=40)
    lines = shown.split("\n")[1:]
    assert len(lines) <= 8
    assert all(width(line) <= 40 for line in lines)
    said = "".join(lines).replace("x", "").replace(" ", "")
    assert said == text.replace(" ", "") or "…" in said
