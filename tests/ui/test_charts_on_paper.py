"""Charts on paper: the drawings of the screen in light colours, with every figure of their tables whole."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.charts.look import PaperLook
from artist_console.ui.charts.on_paper import Figures, Heading, Sheets, Words, pdf
from artist_console.ui.charts.rows_values import BarRow, RowsData, nature_spans, table_of_rows
from artist_console.ui.charts.values import ChartTable, Figure, Nature, table_of
from artist_console.ui.theme import Appearance, Theme
from artist_console.ui.tokens import Token
from tests.ui.gallery import euro, three_series

FAMILY = "Inter"
needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")


def works() -> RowsData:
    parts = [(Nature.COUNTED, 0, Decimal(90)), (Nature.ESTIMATED, 2, Decimal("10.5"))]
    row = BarRow("w", "Salt Lines", euro(Decimal("100.50")), nature_spans(parts), "Mara Lindqvist")
    series = ((0, "Counted", Nature.COUNTED), (2, "Estimated by a model", Nature.ESTIMATED))
    return RowsData((row,), ("Recording or song", "Earned"), series=series)


def text_of(data: bytes, folder: Path) -> str:
    file = folder / "sheets.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@needs_pdftotext
def test_charts_and_every_figure_of_their_tables_are_on_paper(dressed: Theme, tmp_path: Path) -> None:
    table = table_of(three_series())
    blocks = (
        Heading("By month"),
        Words("What came in, month by month."),
        Figures(three_series()),
        Figures(table),
        Heading("Works that earned most"),
        Figures(works()),
        Figures(table_of_rows(works())),
    )
    text = text_of(pdf(Sheets("Earnings", "Earnings of Mara", blocks), FAMILY), tmp_path)
    for row in table.rows:
        for figure in row:
            assert figure.words in text
            assert figure.second in text
    for words in ("By month", "Harmonia Lab", "Salt Lines", "€100.50", "Earnings of Mara", "Page 1"):
        assert words in text


@needs_pdftotext
def test_a_table_that_is_too_wide_gets_smaller_letters_and_loses_no_digit(
    dressed: Theme, tmp_path: Path
) -> None:
    digits = tuple(f"{n}23456789.012345678901234567 EUR" for n in range(1, 9))
    row = (Figure("A month", is_money=False), *(Figure(amount) for amount in digits))
    table = ChartTable(("Month", *(f"Programme {n}" for n in range(8))), (row,))
    text = text_of(pdf(Sheets("Wide", "Wide", (Figures(table),)), FAMILY), tmp_path)
    assert all(amount in text for amount in digits)
    assert "…" not in text


@needs_pdftotext
def test_a_long_table_goes_on_with_its_header_on_the_next_sheet(dressed: Theme, tmp_path: Path) -> None:
    rows = tuple((Figure(f"Row {n}.", is_money=False), Figure(f"€{n}.00")) for n in range(120))
    text = text_of(
        pdf(Sheets("Long", "Long", (Figures(ChartTable(("What", "Amount"), rows)),)), FAMILY), tmp_path
    )
    sheets = text.split("\f")[:-1]
    assert len(sheets) > 2
    assert all("Amount" in sheet for sheet in sheets)
    assert [f"Page {n}" in sheet for n, sheet in enumerate(sheets, 1)] == [True] * len(sheets)
    assert all(text.count(f"Row {n}.") == 1 for n in range(120))


def test_paper_is_white_while_the_window_is_dark(theme: Theme) -> None:
    light = theme.colour(Token.SURFACE), theme.colour(Token.TEXT)
    theme.choose(Appearance(ThemeChoice.DARK, reduced_motion=True))
    look = PaperLook(FAMILY)
    assert (look.colour(Token.SURFACE), look.colour(Token.TEXT)) == light
    assert theme.colour(Token.SURFACE) != light[0]
