"""A public list, by somebody who has only a keyboard: brought in, answered, a finding put aside, a PDF saved.

The window, both lanes, the store and the embedded backend with its import jobs are the real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from artist_console.commands import findings as finding_commands
from artist_console.commands import hits as hits_commands
from artist_console.commands import works as works_commands
from artist_console.commands.console import Console
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.match_answers import Verdict
from artist_console.domain.work_rows import WorksQuery
from artist_console.ui.dialogs.dismiss import DismissDialog
from artist_console.ui.dialogs.findings import FindingsDialog
from artist_console.ui.dialogs.hits import HitsDialog
from artist_console.ui.dialogs.import_dialogs import ImportResultDialog
from tests.journeys.hands import CTRL, Keyboard, front
from tests.ui.sample_profile import OpenWindow

T = TypeVar("T")
CATALOGUE = """title,artist,isrc,release
Harbour Song,Mira Sand,AA6Q72600001,Night Ferry
Low Tide,Mira Sand,AA6Q72600002,Night Ferry
Glasshouse,Mira Sand,AA6Q72600003,Night Ferry
Paper Boats,Mira Sand,AA6Q72600004,Night Ferry
"""
LIST = """track_id,title,artist,isrc,license
1,Somebody Else's Song,The Others,,CC-BY
2,Harbour Song,Mira Sand,AA6Q72600001,CC-BY
3,Low Tide,Mira Sand,,CC-BY
4,Glasshouse,Mira Sand,,CC-BY
"""


def choose_file(hands: Keyboard, path: Path) -> None:
    """In the dialog that asks for a file: its name is typed."""
    assert isinstance(front(hands.window), QFileDialog)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type(str(path))
    hands.press(Qt.Key.Key_Return)


def command(hands: Keyboard, words: str) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type(words)
    hands.press(Qt.Key.Key_Return)


def bring_in_catalogue(window: OpenWindow, hands: Keyboard, path: Path) -> None:
    path.write_text(CATALOGUE, encoding="utf-8")
    hands.tab_to("A catalogue")
    hands.press(Qt.Key.Key_Return)
    choose_file(hands, path)
    assert isinstance(front(window), ImportResultDialog)
    hands.press(Qt.Key.Key_Return)
    while front(window) is not window.main:
        hands.press(Qt.Key.Key_Escape)  # what is mine to decide is left for later


def written_in(window: OpenWindow) -> str:
    shown = front(window)
    words = "\n".join(part.text() for part in shown.findChildren(QLabel) if part.isVisibleTo(shown))
    return words.replace("\u2068", "").replace("\u2069", "")


def test_from_a_list_to_answers_findings_and_paper(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "profile")
    window.keep_here()
    hands = Keyboard(window)
    bring_in_catalogue(window, hands, tmp_path / "catalogue.csv")

    (tmp_path / "open-listen.csv").write_text(LIST, encoding="utf-8")
    command(hands, "Import")
    choose_file(hands, tmp_path / "open-listen.csv")
    hands.tab_to("A public dataset list")
    hands.press(Qt.Key.Key_Return)
    assert "About the list open-listen.csv" in written_in(window)
    hands.tab_to("Published by")
    hands.type("Cadence Research")
    hands.press(Qt.Key.Key_Return)
    assert "3 of your works are in the list." in written_in(window)
    hands.tab_to("Are these yours?")
    hands.press(Qt.Key.Key_Return)

    asked = window.panel(HitsDialog)
    assert [(row.work_title, row.best) for row in asked.works.rows] == [
        ("Harbour Song", MatchBand.IDENTIFIER),
        ("Glasshouse", MatchBand.KEY),
        ("Low Tide", MatchBand.KEY),
    ]
    assert "does not show that a model was trained on it" in written_in(window)
    hands.press(Qt.Key.Key_Return)  # from the work to its rows
    hands.press(Qt.Key.Key_M)
    hands.press(Qt.Key.Key_N)  # the next work followed by itself
    hands.press(Qt.Key.Key_Escape)
    assert front(window) is window.main
    found = asked_of(window, hits_commands.list_hits)
    verdicts = {group.work_title: group.lists[0].rows[0].verdict for group in found}
    assert verdicts == {"Harbour Song": Verdict.CONFIRMED, "Glasshouse": Verdict.REFUSED, "Low Tide": None}
    states = {row.title: row.where for row in asked_of(window, find_works).rows}
    assert states == {
        "Harbour Song": InclusionState.IN_DATASET,
        "Glasshouse": InclusionState.NOTHING_REPORTED,
        "Low Tide": InclusionState.SUSPECTED,
        "Paper Boats": InclusionState.NOTHING_REPORTED,
    }

    command(hands, "Findings")
    shown = window.panel(FindingsDialog)
    titles = {row.work_title for row in shown.shown}
    assert titles == {"Harbour Song", "Low Tide"}
    assert "Being listed is not the same as being used in a model." in written_in(window)
    first = shown.shown[0].work_title
    hands.tab_to("Dismiss…")
    hands.press(Qt.Key.Key_Return)
    window.panel(DismissDialog)
    hands.tab_to("Why, for yourself")
    hands.type("I put it there myself")
    hands.tab_to("Dismiss the finding")
    hands.press(Qt.Key.Key_Return)
    assert {row.work_title for row in shown.shown} == titles - {first}

    hands.tab_to("Save as PDF…")
    hands.press(Qt.Key.Key_Return)
    page = tmp_path / "findings.pdf"
    choose_file(hands, page)
    assert page.read_bytes().startswith(b"%PDF-")
    hands.press(Qt.Key.Key_Escape)
    window.close()

    again = open_window(tmp_path / "profile")
    aside = asked_of(again, lambda console: finding_commands.list_findings(console, dismissed=True))
    assert [(row.work_title, row.dismissed.note if row.dismissed else "") for row in aside] == [
        (first, "I put it there myself")
    ]


def find_works(console: Console) -> works_commands.WorksPage:
    return works_commands.find_works(console, WorksQuery())


def asked_of(window: OpenWindow, what: Callable[[Console], T]) -> T:
    found: list[T] = []
    window.desk.ask(window.main, "journey", what, found.append)
    window.settle()
    return found[0]
