"""Papers as others get them: what a PDF gives when it is copied or searched, and how names stand in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.ui.direction import isolated, left_to_right
from artist_console.ui.paper_alone import pdf_without_a_window
from artist_console.ui.paper_lines import document, pdf
from artist_console.ui.receipt_page import Page
from artist_console.ui.receipt_page import pdf as receipt_pdf
from tests.pdf_text import pdf_text

LAYLA = "ليلى حداد"
IDENTIFIERS = "ISRC XX-SLP-26-07004, KI-Systemen, T-999.752.239-1 (ABC-12:30), F+E@X {A-B} [C-D]"


def a_paper(*texts: str, style: PaperStyle = PaperStyle.TEXT, foot: str = "") -> Paper:
    return Paper("A paper", foot, tuple(PaperLine(style, text) for text in texts))


def solid(text: str) -> str:
    """Without blanks and line ends: where a line is broken is the paper's."""
    return "".join(text.split())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", PaperStyle)
def test_identifiers_are_read_from_a_pdf_as_they_were_written(style: PaperStyle) -> None:
    found = pdf_text(pdf_without_a_window(a_paper(IDENTIFIERS, style=style, foot="KEY A-B-C (D)")))
    assert solid(IDENTIFIERS) in solid(found)
    assert "KEY A-B-C (D)" in found


def test_a_receipt_keeps_its_hyphens(qapp: QApplication) -> None:
    pdf_without_a_window(a_paper("loads the fonts"))
    page = Page("Receipt A-1", "It is (OK)", [("ID-1", IDENTIFIERS)], ["A-B: C"], "eyJ-_A.B", "FOOT-1")
    found = solid(pdf_text(receipt_pdf(page, "Inter")))
    for part in ("Receipt A-1", "It is (OK)", "ID-1", IDENTIFIERS, "A-B: C", "eyJ-_A.B", "FOOT-1"):
        assert solid(part) in found


def places(made: QTextDocument, *parts: str) -> list[float]:
    """Where each part begins on the first line of the first paragraph, from the left."""
    block = made.begin()
    line = block.layout().lineAt(0)
    return [line.cursorToX(block.text().index(part))[0] for part in parts]  # type: ignore[index]


def laid_out(text: str, style: PaperStyle = PaperStyle.TEXT) -> QTextDocument:
    made = document(a_paper(text, style=style), "Inter")
    made.setTextWidth(900)
    made.documentLayout().documentSize()
    return made


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", [style for style in PaperStyle if style is not PaperStyle.HEAD])  # a table
def test_a_paragraph_that_begins_with_an_arabic_name_runs_as_its_language_does(style: PaperStyle) -> None:
    made = laid_out(f"{LAYLA} erklärt: Keine KI-Nutzung ist erlaubt.", style)
    name, said, stop = places(made, LAYLA, "erklärt", ".")
    assert said < stop
    assert made.begin().layout().lineAt(0).naturalTextRect().left() <= 12  # set in or not
    assert name < stop


@pytest.mark.usefixtures("qapp")
def test_the_parts_of_a_title_line_keep_their_order() -> None:
    made = laid_out("- ليل طويل (حي), 2024, ISRC XX-SLP-26-07004")
    parts = places(made, "2024", "ISRC", "07004")
    assert parts == sorted(parts)
    dash, year = places(made, "-", "2024")
    assert dash < year


def test_signs_that_turn_what_stands_around_them_are_not_drawn(qapp: QApplication) -> None:
    found = pdf_text(pdf_without_a_window(a_paper("A\u202eB\u2067C\u2069 and (D)", foot="E\u202eF")))
    assert "ABC and (D)" in found
    assert "EF" in found


def test_only_what_runs_right_to_left_is_isolated() -> None:
    assert isolated("„Œil“, KI (A)") == "„Œil“, KI (A)"
    assert isolated(f"von {LAYLA}: Ja") == f"von \u2068{LAYLA}\u2069: Ja"
    assert isolated("ليل (حي), 2") == "\u2068ليل (حي)\u2069, 2"
    assert isolated(f"\u2068{LAYLA}\u2069, A") == f"\u2068{LAYLA}\u2069, A"
    assert left_to_right(f"{LAYLA}\nA").startswith("\u200e\u2068")


@given(text=st.text(alphabet="aB1 .,-()\u202e\u2066\u2067\u2068\u2069ליאبس\u064b\n"))
def test_isolating_adds_nothing_that_is_seen_and_ends_what_it_begins(text: str) -> None:
    made = isolated(text)
    depth = 0
    for sign in made:
        depth += (sign == "\u2068") - (sign == "\u2069")
        assert depth in (0, 1)
    assert depth == 0
    assert isolated(made) == made
    gone = dict.fromkeys(map(ord, "\u202e\u2066\u2067\u2068\u2069"))
    assert made.translate(gone) == text.translate(gone)


@pytest.mark.usefixtures("qapp")
def test_a_page_of_paper_is_the_same_whatever_draws_it() -> None:
    paper = a_paper(IDENTIFIERS)
    assert pdf_text(pdf(paper, "Inter")) == pdf_text(pdf_without_a_window(paper))
