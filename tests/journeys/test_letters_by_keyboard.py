"""One artist writes with the keyboard alone, from an empty page to an answer that is recorded.

The letter is kept and exported, noted as sent, and a mail that answers it is dropped in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt

from artist_console.commands.cases import list_cases
from artist_console.commands.console import Console
from artist_console.domain.cases import CaseState, EventKind
from artist_console.ui.dialogs.case_file import CaseFileDialog
from artist_console.ui.dialogs.case_outcome import OutcomeDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.new_letter_result import ResultPage
from artist_console.ui.pages.letters import LettersScreen
from artist_console.ui.screenshot_cases import reply_mail
from tests.journeys.hands import CTRL, Keyboard
from tests.ui.sample_profile import OpenWindow

_ENTER, _DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


def states(window: OpenWindow) -> list[CaseState]:
    found: list[CaseState] = []

    def look(console: Console) -> list[CaseState]:
        return [row.standing.state for row in list_cases(console)]

    window.desk.ask(window.desk, "states", look, found.extend)
    window.settle()
    return found


def test_from_an_empty_page_to_an_answer_that_is_recorded(window: OpenWindow, tmp_path: Path) -> None:
    keys = Keyboard(window)
    window.choose_artist("Mara")
    keys.press(Qt.Key.Key_7, CTRL)
    screen = window.main.shown_screen
    assert isinstance(screen, LettersScreen)
    keys.tab_to("Say that you have not agreed, and where you stand")
    keys.press(_ENTER)
    letter = window.panel(NewLetterDialog)
    keys.tab_to("Next")
    keys.press(_ENTER)
    keys.type("amazon")
    keys.press(_ENTER)
    keys.tab_to("Addressees")
    keys.press(Qt.Key.Key_Space)
    assert len(letter.whom.chosen) == 1
    for _ in range(3):
        keys.tab_to("Next")
        keys.press(_ENTER)
    assert letter.review.views, "one letter stands open"
    keys.tab_to("Keep 1 letter")
    keys.press(_ENTER)
    result = letter.findChild(ResultPage)
    assert result is not None
    # The folder is chosen in a window of the system.
    out = tmp_path / "out"
    out.mkdir()
    result.save.save_to(str(out))
    window.settle()
    assert {path.suffix for path in out.iterdir()} == {".pdf"}
    keys.tab_to("Show the case")
    keys.press(_ENTER)
    assert states(window) == [CaseState.DRAFTED]
    shown = screen.cases.details.row
    assert shown is not None, "it leads to the case"

    keys.tab_to("Record sending…")
    keys.press(_ENTER)
    keys.tab_to("Record sending")
    keys.press(_ENTER)
    assert states(window) == [CaseState.SENT]

    answer = tmp_path / "Re.eml"
    answer.write_bytes(reply_mail(shown.case, datetime.now(UTC), "We hold none of your recordings."))
    screen.cases.doings.take_files((answer,), None)  # what a drop does
    window.settle()
    window.panel(CaseFileDialog)
    keys.tab_to("Keep the reply")
    keys.press(_ENTER)
    assert states(window) == [CaseState.ANSWERED]

    keys.tab_to("Record what they say…")
    keys.press(_ENTER)
    outcome = window.panel(OutcomeDialog)
    keys.tab_to("What they say")
    while outcome.kind.currentText() != "They refuse":
        before = outcome.kind.currentIndex()
        keys.press(_DOWN)
        assert outcome.kind.currentIndex() != before, "there are no more choices"
    keys.tab_to("Record it")
    keys.press(_ENTER)
    assert keys.at is outcome.words, "what is missing has the keyboard"
    keys.type("We hold none of your recordings.")
    keys.tab_to("Record it")
    keys.press(_ENTER)
    assert states(window) == [CaseState.OPEN]
    case = screen.cases.details.row
    assert case is not None
    assert [event.kind for event in case.case.events] == [
        EventKind.DRAFTED,
        EventKind.SENT,
        EventKind.REPLY,
        EventKind.OUTCOME,
    ]
