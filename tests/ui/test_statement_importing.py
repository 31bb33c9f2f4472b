"""Statements brought in through the window: what is shown before, what is asked, what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from artist_console.commands.imports import FileKind
from artist_console.domain.statements import StatementLevel
from artist_console.formats.statement_reading import STATEMENT_FIELDS
from artist_console.ui.dialogs.first_answers import FirstAnswersDialog
from artist_console.ui.dialogs.former_statement import CorrectedDialog, SameFileDialog
from artist_console.ui.dialogs.import_columns import ColumnsDialog
from artist_console.ui.dialogs.import_dialogs import ImportProblemDialog, ImportResultDialog
from artist_console.ui.dialogs.interview import InterviewDialog
from artist_console.ui.dialogs.sources import SourcesDialog
from artist_console.ui.dialogs.statement_look import StatementLookDialog
from artist_console.ui.statement_file_words import level_words
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_importing import OWN, bring, dialogs, drop, words_of

ROWS = (
    "Title;Artist;ISRC;Programme;Month;Amount;Currency;Kind\n"
    "Harbour Song;The Test Band;GBAYE0601498;Open Studio;2026-01;1000,50;EUR;fee.training\n"
    "Harbour Song;The Test Band;GBAYE0601498;Open Studio;2026-02;0,125;EUR;usage.generation\n"
)
AMBIGUOUS = 'title,artist,amount\nHarbour Song,The Test Band,"1,234"\n'


@pytest.fixture
def own(open_window: Callable[[Path], OpenWindow], tmp_path: Path) -> OpenWindow:
    """A profile of one's own with one artist, The Test Band."""
    window = open_window(tmp_path / "profile")
    window.keep_here()
    bring(window, tmp_path / "own.csv", OWN)
    window.panel(ImportResultDialog).accept()
    window.panel(InterviewDialog).reject()
    window.panel(FirstAnswersDialog).reject()
    window.settle()
    return window


def looked_at(window: OpenWindow, path: Path, content: str) -> StatementLookDialog:
    bring(window, path, content, FileKind.STATEMENT)
    return window.panel(StatementLookDialog)


def answer(window: OpenWindow, look: StatementLookDialog, words: str) -> None:
    """Choose an answer to the open question with the keyboard."""
    choice = next(each for each in look.question.choices if words in each.accessibleName())
    QTest.keyClick(choice, Qt.Key.Key_Space)
    QTest.keyClick(look.question.use, Qt.Key.Key_Space)
    window.settle()


def paid(window: OpenWindow, path: Path, content: str) -> ImportResultDialog:
    """Bring in a table of what one is paid."""
    look = looked_at(window, path, content)
    if look.preview.questions:
        answer(window, look, level_words(StatementLevel.PAYEE_NET))
    QTest.keyClick(look.bring_in, Qt.Key.Key_Space)
    return window.panel(ImportResultDialog)


def plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def test_questions_are_asked_one_by_one_and_nothing_is_chosen_beforehand(
    own: OpenWindow, tmp_path: Path
) -> None:
    look = looked_at(own, tmp_path / "open.csv", AMBIGUOUS)
    assert not look.bring_in.isEnabled()
    assert "Which sign marks the decimals?" in words_of(look.question)
    assert "Question 1 of 4" in words_of(look.question)
    assert not any(choice.isChecked() for choice in look.question.choices)
    assert not look.question.use.isEnabled()
    assert "1.234" in plain(words_of(look.question))
    answer(own, look, "A comma")
    assert "Question 2 of 4" in words_of(look.question)
    assert look.question.edit is not None
    QTest.keyClicks(look.question.edit, "euros")
    QTest.keyClick(look.question.edit, Qt.Key.Key_Return)
    assert "such as EUR" in words_of(look.question)
    look.question.edit.clear()
    QTest.keyClicks(look.question.edit, "eur")
    QTest.keyClick(look.question.edit, Qt.Key.Key_Return)
    own.settle()
    assert "For which month" in words_of(look.question)
    QTest.keyClicks(look.question.edit, "2025-04")
    QTest.keyClick(look.question.edit, Qt.Key.Key_Return)
    own.settle()
    assert "Whose money is it?" in words_of(look.question)
    answer(own, look, "What you are paid")
    assert not look.question.isVisible()
    assert look.bring_in.isEnabled()
    assert [str(row.amount) for row in look.rows.rows] == ["1.234"]
    assert plain(look.whole.text()) == "The whole file: 1 line · 1.234 EUR"
    look.reject()
    own.settle()
    assert dialogs() == []


def test_what_was_recognised_can_be_said_otherwise_and_the_rows_follow(
    own: OpenWindow, tmp_path: Path
) -> None:
    look = looked_at(own, tmp_path / "s.csv", ROWS)
    assert look.fields.numbers.currentData() == "seen_comma"
    assert look.fields.delimiter.currentData() == ";"
    assert look.fields.header_row.currentData() == 1
    assert [str(row.amount) for row in look.rows.rows] == ["1000.50", "0.125"]
    point = look.fields.numbers.findData("point")
    look.fields.numbers.setCurrentIndex(point)
    look.fields.numbers.activated.emit(point)
    own.settle()
    assert [bool(row.reason) for row in look.rows.rows] == [True, False]
    assert [row.amount for row in look.rows.rows] == [None, Decimal(125)], "0,125 is another amount then"
    assert "1 of these rows will be left out" in words_of(look)
    look.reject()


def test_the_level_is_said_in_plain_words_with_what_follows() -> None:
    assert [level_words(level) for level in StatementLevel] == [
        "The operator's pool",
        "What your label received",
        "What you are paid",
    ]


def test_a_statement_is_brought_in_and_its_total_is_told(own: OpenWindow, tmp_path: Path) -> None:
    result = paid(own, tmp_path / "s.csv", ROWS)
    told = plain(words_of(result))
    assert "1,000.625 EUR from 2 lines" in told
    assert "2 lines are income from AI." in told
    assert not result.name_stores.isVisible()
    assert not result.save.isVisible()
    result.accept()


def test_no_line_recognised_as_ai_income_is_said_and_leads_to_the_names_of_stores(
    own: OpenWindow, tmp_path: Path
) -> None:
    rows = (
        "title,artist,store,month,amount,currency\nHarbour Song,The Test Band,Deep Choir,2026-01,2.50,EUR\n"
    )
    result = paid(own, tmp_path / "s.csv", rows)
    assert "No line is recognised as income from AI." in words_of(result)
    QTest.keyClick(result.name_stores, Qt.Key.Key_Space)
    own.settle()
    sources = own.panel(SourcesDialog)
    assert [row.source for row in sources.model.rows] == ["Deep Choir"]
    assert not sources.say_so.isEnabled(), "nothing is chosen before the person chooses"
    kinds = [sources.kind.itemText(place) for place in range(sources.kind.count())]
    sources.kind.setCurrentIndex(kinds.index("Generations"))
    QTest.keyClick(sources.say_so, Qt.Key.Key_Space)
    own.settle()
    assert sources.model.rows[0].counts
    QTest.keyClick(sources.take_back, Qt.Key.Key_Space)
    own.settle()
    assert not sources.model.rows[0].counts
    sources.accept()


def test_rows_that_were_left_out_are_told_saved_and_make_the_total_partial(
    own: OpenWindow, tmp_path: Path
) -> None:
    result = paid(own, tmp_path / "s.csv", ROWS + "Pier;The Test Band;;Open Studio;2026-02;NaN;EUR;\n")
    told = plain(words_of(result))
    assert "1 row was left out" in told
    assert "Partial: 1 row of the file was left out" in told
    QTest.keyClick(result.save, Qt.Key.Key_Space)
    chooser = own.panel(QFileDialog)
    target = tmp_path / "rejected.csv"
    chooser.fileSelected.emit(str(target))
    chooser.reject()
    own.settle()
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Row,Why it was left out,Title,Artist")
    assert lines[1].startswith("4,")
    assert "NaN" in lines[1]
    result.accept()


def test_the_very_same_file_changes_nothing_and_says_so(own: OpenWindow, tmp_path: Path) -> None:
    paid(own, tmp_path / "s.csv", ROWS).accept()
    own.settle()
    look = looked_at(own, tmp_path / "s.csv", ROWS)
    assert look.preview.questions == (), "what was said of such a table is remembered"
    QTest.keyClick(look.bring_in, Qt.Key.Key_Space)
    same = own.panel(SameFileDialog)
    assert "Nothing has changed." in words_of(same)
    same.reject()
    own.settle()
    assert dialogs() == []


def test_a_corrected_file_asks_in_whose_place_it_comes_and_neither_is_chosen(
    own: OpenWindow, tmp_path: Path
) -> None:
    paid(own, tmp_path / "s.csv", ROWS).accept()
    own.settle()
    look = looked_at(own, tmp_path / "s2.csv", ROWS.replace("1000,50", "900,50"))
    QTest.keyClick(look.bring_in, Qt.Key.Key_Space)
    asked = own.panel(CorrectedDialog)
    assert not asked.bring_in.isEnabled()
    assert not any(choice.isChecked() for choice in asked.choices)
    assert len(asked.choices) == 2
    QTest.keyClick(asked.choices[0], Qt.Key.Key_Space)
    QTest.keyClick(asked.bring_in, Qt.Key.Key_Space)
    result = own.panel(ImportResultDialog)
    assert result._result.statements[0].replaces is not None
    assert "900.625 EUR" in plain(words_of(result))
    result.accept()


def test_a_statement_about_something_else_is_not_asked_about(own: OpenWindow, tmp_path: Path) -> None:
    paid(own, tmp_path / "s.csv", ROWS).accept()
    own.settle()
    other = ROWS.replace("2026-01", "2026-03").replace("2026-02", "2026-04")
    look = looked_at(own, tmp_path / "s3.csv", other)
    QTest.keyClick(look.bring_in, Qt.Key.Key_Space)
    own.panel(ImportResultDialog).accept()


def test_columns_of_an_unknown_table_are_named_once(own: OpenWindow, tmp_path: Path) -> None:
    odd = "Was;Netto;Geld\nHarbour Song;1,50;EUR\n"
    look = looked_at(own, tmp_path / "odd.csv", odd)
    assert "Which column holds what?" in words_of(look.question)
    QTest.keyClick(look.question.use, Qt.Key.Key_Space)
    asked = own.panel(ColumnsDialog)
    assert "Still missing: the column of amounts." in words_of(asked)
    asked.choose("Netto", "amount")
    assert "Still missing: titles, or a code such as the ISRC." in words_of(asked)
    asked.choose("Was", "title")
    asked.choose("Geld", "currency")
    QTest.keyClick(asked.go_on, Qt.Key.Key_Space)
    own.settle()
    assert [row.title for row in look.rows.rows] == ["Harbour Song"]
    assert look.question.edit is not None
    QTest.keyClicks(look.question.edit, "2025-04")
    QTest.keyClick(look.question.edit, Qt.Key.Key_Return)
    own.settle()
    answer(own, look, "What you are paid")
    QTest.keyClick(look.bring_in, Qt.Key.Key_Space)
    own.panel(ImportResultDialog).accept()
    own.settle()
    again = looked_at(own, tmp_path / "next.csv", odd.replace("1,50", "2,50"))
    assert "read as you named them" in words_of(again)
    assert "For which month" in words_of(again.question)
    again.reject()


def test_what_a_column_of_a_statement_can_hold_is_what_the_reader_takes(own: OpenWindow) -> None:
    asked = ColumnsDialog(own.desk, Path("odd.csv"), FileKind.STATEMENT, ("a", "b"), own.main)
    choice = asked.choices[0]
    offered = {choice.itemData(place) for place in range(choice.count())} - {""}
    assert offered <= set(STATEMENT_FIELDS)
    asked.reject()


def test_a_file_of_no_use_is_told_and_nothing_is_kept(own: OpenWindow, tmp_path: Path) -> None:
    bring(own, tmp_path / "s.csv", "title,artist\nHarbour Song,The Test Band\n", FileKind.STATEMENT)
    shown = dialogs()
    assert len(shown) == 1
    if isinstance(shown[0], StatementLookDialog):  # the columns can still be named
        assert "Which column holds what?" in words_of(shown[0])
    else:
        assert isinstance(shown[0], ImportProblemDialog)
    shown[0].reject()


def test_the_parts_of_one_sales_report_are_one_file(own: OpenWindow, tmp_path: Path) -> None:
    parts = [tmp_path / f"DSR_X_{n}of2_a.tsv" for n in (1, 2)]
    for part in parts:
        part.write_text("HEAD\tshort\n")
    drop(own, *parts)
    told = own.panel(ImportProblemDialog)
    assert "DSR_X_1-2of2_a.zip" in plain(words_of(told))
    told.accept()
    own.settle()
    assert dialogs() == []


def test_what_was_left_out_is_said_once_on_the_result_page(own: OpenWindow, tmp_path: Path) -> None:
    rows = "Title;Artist;ISRC;Programme;Month;Amount;Currency;Kind\n"
    rows += "Harbour Song;The Test Band;GBAYE0601498;;2026-01;1,50;EUR;\n"
    rows += "Harbour Song;The Test Band;GBAYE0601498;;2026-02;NaN;EUR;\n"
    result = paid(own, tmp_path / "left.csv", rows)
    words = plain(words_of(result))
    assert words.count("so the total lacks it") == 1
    assert "so totals are partial" not in words
    assert words.lower().count("as income from ai") == 1
    assert "as AI income" not in words


def test_nothing_is_claimed_about_a_table_whose_columns_are_not_named(
    own: OpenWindow, tmp_path: Path
) -> None:
    look = looked_at(own, tmp_path / "mystery.csv", "A,B,C\nx,y,3.00\n")
    words = words_of(look)
    assert "This form is always in it" not in words
    assert "Asked above" not in words
    assert "workbook" not in words
    assert "Not known yet." in words
