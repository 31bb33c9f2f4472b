"""Sheets of money: a statement as a file for others, and money read in another currency."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.commands import conversion, earnings
from artist_console.commands.paper import PaperColumn, PaperLine, PaperStyle, table_lines
from artist_console.commands.statement_out import OutFormat
from artist_console.domain.conversion import RateTable, approximate
from artist_console.domain.ids import StatementId
from artist_console.ui.dialogs.export_statement import ExportStatementDialog
from artist_console.ui.dialogs.rates import RateChoice, RatesDialog, approximate_words, basis_words
from artist_console.ui.figures import Figures
from artist_console.ui.paper_lines import document, pdf
from artist_console.ui.text import PlainLabel
from tests.pdf_text import pdf_text
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_paper import a_paper

ECB = (
    "Date,USD,JPY,SEK,GBP,\n2026-11-27,1.0850,163.25,11.4523,0.8342,\n"
    "2026-11-26,1.0801,162.90,11.4411,0.8331,\n"
)
DAY = date(2026, 11, 27)
TABLE = RateTable("House", "Our bank", "EUR", {"USD": ((DAY, Decimal("1.0850")),)})


def first_statement(window: OpenWindow) -> StatementId:
    found: list[StatementId] = []
    window.desk.ask(
        window.main, "any", lambda console: earnings.statements(console)[0].statement.id, found.append
    )
    window.settle()
    return found[0]


def exporting(window: OpenWindow) -> ExportStatementDialog:
    dialog = ExportStatementDialog(window.desk, first_statement(window), window.main)
    dialog.open()
    window.settle()
    return dialog


def rating(window: OpenWindow, folder: Path, text: str = ECB) -> RatesDialog:
    dialog = RatesDialog(window.desk, window.main)
    dialog.open()
    window.settle()
    path = folder / "eurofxref-hist.csv"
    path.write_text(text, encoding="utf-8")
    dialog.add_file(str(path))
    window.settle()
    return dialog


# A statement as a file


def test_the_page_is_read_before_it_is_saved(window: OpenWindow, tmp_path: Path) -> None:
    dialog = exporting(window)
    assert dialog.format is OutFormat.PDF
    assert dialog.paper is not None
    shown = [each.text() for each in dialog.view.findChildren(PlainLabel)]
    for line in dialog.paper.lines:
        for part in filter(None, line.text.split("\t")):
            assert part in shown
    dialog.save_to(str(tmp_path / "a.pdf"))
    window.settle()
    assert re.search(rb"/Type\s*/Page\b", (tmp_path / "a.pdf").read_bytes())


@pytest.mark.parametrize(
    ("format", "start"),
    [(OutFormat.CSV, b"\xef\xbb\xbfLine,Month"), (OutFormat.XLSX, b"PK"), (OutFormat.DSR, b"#HEAD")],
)
def test_other_formats_are_written_with_every_line(
    window: OpenWindow, tmp_path: Path, format: OutFormat, start: bytes
) -> None:
    dialog = exporting(window)
    dialog.choices[format].click()
    assert dialog.format is format
    assert dialog.states.isHidden()  # the page is of PDF alone
    path = tmp_path / f"a.{format.value}"
    dialog.save_to(str(path))
    window.settle()
    assert path.read_bytes().startswith(start)


def test_what_cannot_be_written_is_said_and_the_sheet_stays(window: OpenWindow, tmp_path: Path) -> None:
    dialog = exporting(window)
    dialog.save_to(str(tmp_path / "no folder" / "a.pdf"))
    window.settle()
    assert "could not be written" in dialog.problem.words.text()
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    dialog.save_to(str(tmp_path / "a.pdf"))
    window.settle()
    assert (tmp_path / "a.pdf").exists()


def test_a_statement_that_no_sheet_holds_offers_csv(
    window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("artist_console.commands.statement_out.MOST_ROWS", 1)
    dialog = exporting(window)
    assert not dialog.choices[OutFormat.XLSX].isEnabled()
    assert dialog.choices[OutFormat.CSV].isEnabled()
    assert "Take CSV." in dialog.choices[OutFormat.XLSX].accessibleDescription()


def test_a_period_of_an_artist_is_one_page_for_all_statements(window: OpenWindow, tmp_path: Path) -> None:
    artist = window.desk.artists[0].id
    today = window.desk.clock().date()
    dialog = ExportStatementDialog.for_period(
        window.desk, artist, date(today.year - 1, 1, 1), today, window.main
    )
    dialog.open()
    window.settle()
    assert dialog.choices == {}
    assert dialog.paper is not None
    assert dialog.paper.title.startswith(f"{window.desk.name_of(artist)}: earnings, January ")
    dialog.save_to(str(tmp_path / "p.pdf"))
    window.settle()
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_printer_it_says_what_to_do_instead(window: OpenWindow) -> None:
    dialog = exporting(window)
    dialog.print_button.click()
    assert "Save it as PDF, and print that." in dialog.problem.words.text()


# Rates


def test_a_table_is_added_chosen_and_told_with_its_source(window: OpenWindow, tmp_path: Path) -> None:
    dialog = RatesDialog(window.desk, window.main)
    dialog.open()
    window.settle()
    assert dialog.kept is None
    assert not dialog.show_it.isEnabled()
    dialog.reject()
    dialog = rating(window, tmp_path)
    assert dialog.kept is not None
    assert [dialog.into.itemText(n) for n in range(dialog.into.count())] == [
        "EUR",
        "USD",
        "GBP",
        "JPY",
        "SEK",
    ]
    dialog.into.setCurrentIndex(1)
    assert dialog.show_it.words == "Show it in USD"
    chosen: list[RateChoice] = []
    dialog.chosen.connect(chosen.append)
    id = dialog.kept.id
    dialog.show_it.click()
    assert chosen == [RateChoice("USD", id, None)]


def test_a_file_that_is_no_table_is_told_and_changes_nothing(window: OpenWindow, tmp_path: Path) -> None:
    dialog = rating(window, tmp_path, "Date,USD,\n2026-11-27,much,\n")
    assert "row 2" in dialog.problem.words.text()
    assert dialog.kept is None


def test_a_day_that_is_none_or_before_the_table_is_said_beside_the_field(
    window: OpenWindow, tmp_path: Path
) -> None:
    dialog = rating(window, tmp_path)
    chosen: list[RateChoice] = []
    dialog.chosen.connect(chosen.append)
    for typed, told in (
        ("soon", "That is no day"),
        ("1 January 2020", "The table begins on 26 November 2026"),
    ):
        dialog.day.edit.setText(typed)
        dialog.show_it.click()
        assert chosen == []
        assert told in dialog.day.accessibleDescription()
    dialog.day.show_day(date(2026, 11, 26))
    dialog.show_it.click()
    assert [each.day for each in chosen] == [date(2026, 11, 26)]


def test_a_table_is_removed_with_its_file(window: OpenWindow, tmp_path: Path) -> None:
    dialog = rating(window, tmp_path)
    dialog.remove.click()
    window.settle()
    assert dialog.kept is None
    found: list[object] = []
    window.desk.ask(window.main, "any", conversion.tables, found.append)
    window.settle()
    assert found == [()]


def test_a_table_of_ones_own_takes_what_is_said_of_it(window: OpenWindow, tmp_path: Path) -> None:
    dialog = RatesDialog(window.desk, window.main)
    dialog.open()
    window.settle()
    dialog.own.line.click()
    dialog.name.setText("House")
    dialog.source.setText("Our bank")
    dialog.base.setText("chf")
    path = tmp_path / "rates.csv"
    path.write_text("date,currency,rate\n2026-11-27,EUR,1.0739\n", encoding="utf-8")
    dialog.add_file(str(path))
    window.settle()
    assert dialog.kept is not None
    assert (dialog.kept.name, dialog.kept.source, dialog.kept.base) == ("House", "Our bank", "CHF")


def bare(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def test_an_approximation_is_marked_and_names_its_basis() -> None:
    figures = Figures("en_GB")
    total = approximate([("USD", Decimal("108.50"))], "EUR", TABLE, DAY)
    assert bare(approximate_words(figures, total)) == "≈ €100.00"
    assert bare(basis_words(total)) == "By 1 EUR = 1.0850 USD on 27 November 2026. Source: Our bank."
    partial = approximate([("USD", Decimal("108.50")), ("GBP", Decimal(1))], "EUR", TABLE, DAY)
    assert bare(approximate_words(figures, partial)) == "≈ €100.00, for a part of it"
    assert "House has no rate of GBP." in basis_words(partial)
    assert approximate_words(figures, approximate([("EUR", Decimal(1))], "EUR", TABLE, DAY)) == "€1.00"
    none = approximate([("GBP", Decimal(1))], "EUR", TABLE, DAY)
    assert approximate_words(figures, none) == "not known in EUR"


# Tables on paper


def test_a_table_repeats_its_head_and_keeps_its_cells_apart(window: OpenWindow) -> None:
    columns = (PaperColumn("Work", 70), PaperColumn("EUR", 30, is_number=True))
    rows = [(f"Work {n}", f"{n}.25") for n in range(120)]
    paper = a_paper("Title", style=PaperStyle.TITLE)
    lines = (*paper.lines, *table_lines(columns, rows, [("Together", "7170.00")]))
    made = type(paper)("T", "foot", lines)
    text = pdf_text(pdf(made, "Inter"))
    heads = text.count("Work\n")
    assert heads >= text.count("foot") > 1
    assert all(f"{n}.25" in text for n in range(120))
    assert "7170.00" in text


def test_decimal_points_stand_below_each_other(window: OpenWindow) -> None:
    columns = (PaperColumn("What", 50), PaperColumn("EUR", 50, is_number=True))
    paper = a_paper("Title", style=PaperStyle.TITLE)
    held = list(table_lines(columns, [("a", "1,250.5"), ("b", "0.000314159265358979"), ("c", "−3.00")]))
    made = document(type(paper)("T", "", (*paper.lines, *held)), "Inter")
    made.setTextWidth(640)
    made.documentLayout().documentSize()
    places = set()
    block = made.begin()
    while block.isValid():
        text = block.text()
        if "." in text:
            line = block.layout().lineAt(0)
            places.add(round(line.cursorToX(text.index("."))[0]))  # type: ignore[index]
        block = block.next()
    assert len(places) == 1


def test_a_cell_holds_no_tab_of_its_own() -> None:
    (_, row) = table_lines((PaperColumn("a", 50), PaperColumn("b", 50)), [("x\ty", "z")])
    assert row == PaperLine(PaperStyle.CELLS, "x y\tz")
