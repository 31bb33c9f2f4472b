"""Files brought in through the window: what it asks, what it shows meanwhile, what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QWidget

from artist_console.commands.imports import FileKind
from artist_console.domain.registers import Stance
from artist_console.formats import catalogue_columns, dataset_list_columns
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.first_answers import FirstAnswersDialog
from artist_console.ui.dialogs.hits import HitsDialog
from artist_console.ui.dialogs.import_columns import ColumnsDialog
from artist_console.ui.dialogs.import_dialogs import ImportProblemDialog, ImportResultDialog, KindDialog
from artist_console.ui.dialogs.import_list_card import ListCardDialog
from artist_console.ui.dialogs.import_questions import ArtistsDialog, WhoseDialog
from artist_console.ui.dialogs.interview import InterviewDialog
from artist_console.ui.dialogs.lists import ListsDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.frame.drop_hint import DropHint
from artist_console.ui.pages.first_start import FirstImport
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow

OWN = "title,artist,isrc\nHarbour Song,The Test Band,GBAYE0601498\n"
OTHERS = "title,artist\nOther Song,The Big Artist\nThird Song,The Big Artist\n"


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


def bring(window: OpenWindow, path: Path, content: str, kind: FileKind = FileKind.CATALOGUE) -> None:
    path.write_text(content, encoding="utf-8")
    window.main.importer.start(kind, path)
    window.settle()


def press_row(dialog: QWidget, words: str) -> None:
    row = next(row for row in dialog.findChildren(ListRow) if words in row.accessibleName())
    QTest.keyClick(row, Qt.Key.Key_Space)


def words_of(dialog: QWidget) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisibleTo(dialog))


def dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def names(window: OpenWindow) -> set[str]:
    return {row.name for row in window.desk.artists}


def test_a_catalogue_by_somebody_else_can_become_that_of_a_second_artist(
    own: OpenWindow, tmp_path: Path
) -> None:
    assert names(own) == {"The Test Band"}
    bring(own, tmp_path / "others.csv", OTHERS)
    asked = own.panel(ArtistsDialog)
    assert "2 rows are by" in words_of(asked).replace("\u2068", "").replace("\u2069", "")
    press_row(asked, "as an artist of yours")
    own.panel(ImportResultDialog).accept()
    own.settle()
    assert names(own) == {"The Test Band", "The Big Artist"}


def test_a_catalogue_under_another_spelling_adds_to_the_artist_who_is_shown(
    own: OpenWindow, tmp_path: Path
) -> None:
    bring(own, tmp_path / "others.csv", OTHERS)
    press_row(own.panel(ArtistsDialog), "another spelling of")
    own.panel(ImportResultDialog).accept()
    own.settle()
    assert names(own) == {"The Test Band"}
    own.show("works")
    assert own.works.model.total == 3
    bring(own, tmp_path / "more.csv", "title,artist\nFourth Song,The Big Artist\n")
    own.panel(ImportResultDialog).accept()  # the spelling is known: nothing is asked again


def test_a_question_that_is_closed_brings_nothing_in_and_the_next_file_is_asked_about(
    own: OpenWindow, tmp_path: Path
) -> None:
    bring(own, tmp_path / "others.csv", OTHERS)
    own.panel(ArtistsDialog).reject()
    own.settle()
    assert dialogs() == []
    assert names(own) == {"The Test Band"}
    bring(own, tmp_path / "again.csv", OTHERS)
    own.panel(ArtistsDialog).reject()


def test_a_list_that_names_nobody_asks_whose_it_is(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "profile")
    window.keep_here()
    bring(
        window,
        tmp_path / "songs.csv",
        "song,listeners,streams,saves,release_date\nLow Tide,1,2,3,2024-01-01\n",
    )
    asked = window.panel(WhoseDialog)
    QTest.keyClicks(asked.name, "Mira Sand")
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    window.panel(ImportResultDialog).accept()
    window.settle()
    assert names(window) == {"Mira Sand"}


def test_columns_with_unknown_names_are_asked_for_and_used(own: OpenWindow, tmp_path: Path) -> None:
    bring(own, tmp_path / "odd.csv", "Was,Wer\nSecond Song,The Test Band\n")
    asked = own.panel(ColumnsDialog)
    assert not asked.go_on.isEnabled()
    assert "Still missing: the column of titles." in words_of(asked)
    assert "Second Song" in words_of(asked), "the first rows are shown"
    asked.choose("Was", "title")
    asked.choose("Wer", "title")
    assert not asked.go_on.isEnabled()
    assert "Two columns are" in words_of(asked)
    asked.choose("Wer", "artist")
    QTest.keyClick(asked.go_on, Qt.Key.Key_Space)
    own.panel(ImportResultDialog).accept()
    own.show("works")
    assert own.works.model.total == 2


def test_the_next_file_with_the_same_columns_is_read_the_same_way(own: OpenWindow, tmp_path: Path) -> None:
    own.show("works")
    bring(own, tmp_path / "odd.csv", "Was,Wer\nSecond Song,The Test Band\n")
    asked = own.panel(ColumnsDialog)
    asked.choose("Was", "title")
    asked.choose("Wer", "artist")
    QTest.keyClick(asked.go_on, Qt.Key.Key_Space)
    own.panel(ImportResultDialog).accept()
    own.settle()
    bring(own, tmp_path / "next.csv", "wer,Was\nThe Test Band,Third Song\n")
    own.panel(ImportResultDialog).accept()  # nothing was asked
    own.settle()
    assert own.works.model.total == 3
    told = own.works.messages.message
    assert told is not None
    assert "columns that you named before" in told.words
    QTest.mouseClick(own.works.messages.action, Qt.MouseButton.LeftButton)
    own.settle()
    again = own.panel(ColumnsDialog)
    assert again.go_on.isEnabled(), "what was named before is chosen"
    again.reject()


def test_a_list_whose_columns_are_not_known_is_asked_about(own: OpenWindow, tmp_path: Path) -> None:
    bring(own, tmp_path / "list.tsv", "was\twer\nHarbour Song\tThe Test Band\n", FileKind.DATASET_LIST)
    asked = own.panel(ColumnsDialog)
    assert "a code such as the ISRC" in words_of(asked)
    asked.choose("was", "title")
    assert "the column of artists" in words_of(asked)
    asked.choose("wer", "artist")
    QTest.keyClick(asked.go_on, Qt.Key.Key_Space)
    own.settle()
    card = own.panel(ListCardDialog)
    assert card.name.text() == "list"
    QTest.keyClicks(card.publisher, "Cadence Research")
    QTest.keyClick(card.publisher, Qt.Key.Key_Return)
    result = own.panel(ImportResultDialog)
    assert "1 of your works is in the list." in words_of(result)
    QTest.keyClick(result.look_at_rows, Qt.Key.Key_Space)
    own.settle()
    shown = own.panel(HitsDialog)
    assert shown.works.rows[0].work_title == "Harbour Song"
    shown.close()
    own.desk.sheet_wished.emit("list/")
    told = words_of(own.panel(ListsDialog))
    assert "Cadence Research" in told
    assert "It names 1 work of yours" in told


@pytest.mark.parametrize(
    ("kind", "read"),
    [(FileKind.CATALOGUE, catalogue_columns.FIELDS), (FileKind.DATASET_LIST, dataset_list_columns.FIELDS)],
)
def test_what_a_column_can_hold_is_what_the_reader_takes(
    own: OpenWindow, kind: FileKind, read: Mapping[str, object]
) -> None:
    asked = ColumnsDialog(own.desk, Path("odd.csv"), kind, ("a", "b"), own.main, chosen={"isrc": "b"})
    choice = asked.choices[0]
    offered = {choice.itemData(place) for place in range(choice.count())} - {""}
    assert offered <= set(read)
    assert asked.choices[1].currentData() == "isrc", "what is known is chosen already"
    assert asked.go_on.isEnabled() is (kind is FileKind.DATASET_LIST)
    asked.reject()


MANIFEST = """\
{"format":"artist-console-manifest","version":1,"operator":{"name":"Harmonia Lab"},"as_of":"2026-03-01",\
"datasets":[{"key":"d1","name":"Harmonia Set","version":"3"},{"key":"d2","name":"Stem Set","version":"1"}],\
"models":[{"key":"m1","name":"Harmonia","version":"2.1","trained_on":["d1"]}]}
{"work":{"isrc":"GBAYE0601498"},"state":"in_dataset","dataset":"d1","use":"train.generative"}
{"work":{"isrc":"GBAYE0601498"},"state":"trained","model":"m1","use":"train.generative"}
{"work":{"isrc":"GBAYE0601498"},"state":"attested_absent","dataset":"d2"}
{"end":{"lines":3}}
"""


def test_what_an_operator_states_is_shown_place_by_place(own: OpenWindow, tmp_path: Path) -> None:
    bring(own, tmp_path / "manifest.jsonl", MANIFEST, FileKind.MANIFEST)
    result = own.panel(ImportResultDialog)
    assert not result.look_at_rows.isVisible()
    result.accept()
    own.show("works")
    row = own.works.model.row_at(0)
    assert row is not None
    own.works.open_item(f"work/{row.work}")
    own.settle()
    told = words_of(own.works.details)
    for words in (
        "Dataset Harmonia Set 3",
        "Model Harmonia 2.1",
        "Dataset Stem Set 1",
        "not included, as of",
    ):
        assert words in told.replace("\u2068", "").replace("\u2069", ""), words
    own.works.details.show_evidence()
    evidence = own.panel(EvidenceDialog)
    said = words_of(evidence)
    assert "A file in the name of Harmonia Lab" in said, "who brings a file in its name is not the operator"
    assert "Nothing was signed" in said
    evidence.close()


def drop(window: OpenWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.main.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    window.settle()


def test_two_dropped_files_ask_one_after_the_other(own: OpenWindow, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(OWN)
    two.write_text(OWN)
    drop(own, one, two)
    first = own.panel(KindDialog)
    assert "one.csv" in first.windowTitle()
    first.reject()
    second = own.panel(KindDialog)
    assert "two.csv" in second.windowTitle()
    second.reject()


def test_a_picture_that_is_dropped_is_told_and_not_asked_about(own: OpenWindow, tmp_path: Path) -> None:
    picture = tmp_path / "pic.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    drop(own, picture)
    told = own.panel(ImportProblemDialog)
    assert "it is a picture" in words_of(told).replace("\u2068", "").replace("\u2069", "")
    told.accept()


def test_what_is_going_on_stays_until_the_end_and_can_be_stopped(own: OpenWindow, tmp_path: Path) -> None:
    own.show("works")
    path = tmp_path / "many.csv"
    path.write_text("title,artist\n" + "".join(f"Song {n},The Test Band\n" for n in range(6_000)))
    own.main.importer.start(FileKind.CATALOGUE, path)
    bar = own.works.messages
    seen: list[str] = []
    own.main.importer.going_on.connect(seen.append)
    for _ in range(2_000):
        if own.main.importer.is_running and seen:
            break
        QApplication.processEvents()
        time.sleep(0.01)
    assert bar.message is not None
    assert "many.csv" in bar.message.words
    assert bar.message.action_words == "Cancel"
    assert bar.stays
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    own.settle()
    assert dialogs() == []
    assert bar.message is not None
    assert "stopped" in bar.message.words
    own.show("overview")
    own.show("works")
    assert own.works.model.total == 1


def test_a_failure_takes_the_place_of_what_was_going_on(own: OpenWindow, tmp_path: Path) -> None:
    own.show("works")
    bring(own, tmp_path / "m.json", '{"not": "a manifest"}', FileKind.MANIFEST)
    own.panel(ImportProblemDialog)
    assert own.works.messages.message is None


def test_the_result_tells_rows_left_out_apart_from_those_that_deserve_a_look(
    own: OpenWindow, tmp_path: Path
) -> None:
    many = "".join(f"Song {n},The Test Band,2020\n" for n in range(1_200))
    bring(own, tmp_path / "l.csv", f"title,artist,year\n{many},The Test Band,2020\nLate,The Test Band,20x0\n")
    result = own.panel(ImportResultDialog)
    told = words_of(result)
    assert told.count("rows were read") == 1
    assert "1,202 rows were read." in told
    assert "1 row was left out\nRow 1202" in told.replace(",", "")
    assert "Taken over, but worth a look\nRow 1203" in told.replace("Row 1,203", "Row 1203")
    result.accept()


def test_files_that_are_held_over_the_window_say_what_will_happen(own: OpenWindow, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.csv"))])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    own.main.dragEnterEvent(enter)
    hint = own.main.findChild(DropHint)
    assert hint is not None
    assert hint.isVisible()
    assert "mine.csv" in hint.words
    own.main.dragLeaveEvent(QDragLeaveEvent())
    assert not hint.isVisible()
    own.main.dragEnterEvent(enter)
    drop(own, tmp_path / "mine.csv")
    assert not hint.isVisible()
    own.panel(ImportProblemDialog).accept()  # there is no such file


def test_works_and_the_top_bar_show_how_to_import(own: OpenWindow) -> None:
    own.show("works")
    assert own.works.import_button.isVisible()
    QTest.keyClick(own.works.import_button, Qt.Key.Key_Return)
    chooser = own.panel(QFileDialog)
    chooser.reject()
    assert own.main.frame.top_bar.menu_button.isVisible()
    QTest.mouseClick(own.main.frame.top_bar.menu_button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text().replace("&", "") for action in menu.actions()][:2] == ["File", "Edit"]
    menu.close()


def first_catalogue(window: OpenWindow, folder: Path) -> FirstAnswersDialog:
    window.keep_here()
    bring(window, folder / "own.csv", OWN)
    window.panel(ImportResultDialog).accept()
    window.panel(InterviewDialog).reject()
    return window.panel(FirstAnswersDialog)


def test_after_the_first_catalogue_everything_generative_can_be_refused_through_the_review(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "profile")
    press_row(first_catalogue(window, tmp_path), "Refuse all generative uses")
    review = window.panel(ReviewDialog)
    review.confirm.click()
    window.settle()
    window.show("works")
    row = window.works.model.row_at(0)
    assert row is not None
    window.works.open_item(f"work/{row.work}")
    window.settle()
    details = window.works.details.details
    assert details is not None
    assert {entry.stance for entry in details.history} == {Stance.REFUSE}


def test_after_the_first_catalogue_leaving_it_undecided_records_nothing_and_greets_nobody_by_a_wrong_name(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "profile")
    press_row(first_catalogue(window, tmp_path), "Leave everything undecided")
    window.settle()
    assert dialogs() == []
    window.show("overview")
    assert window.main.sync.waiting == 0
    overview = window.main.screen_of("overview")
    assert overview is not None
    titles = [part.text() for part in overview.findChildren(QLabel)]
    assert any(title in ("Good morning", "Good afternoon", "Good evening") for title in titles)


def test_a_first_start_goes_on_without_a_catalogue(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "profile")
    window.keep_here()
    page = window.main.findChild(FirstImport)
    assert page is not None
    page.without_wished.emit()
    window.settle()
    assert window.main.frame.current_page == "overview"
    window.show("works")
    assert window.works.import_button.isVisible()
