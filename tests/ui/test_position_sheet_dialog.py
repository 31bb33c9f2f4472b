"""Position sheets in the window: read, saved one by one and together, from menu and roster."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from artist_console.commands.position_files import sheet_name
from artist_console.ui.dialogs.position_sheet import PositionSheetDialog
from artist_console.ui.pages.roster import RosterScreen
from artist_console.ui.text import PlainLabel
from tests.ui.sample_profile import OpenWindow


def opened(window: OpenWindow) -> PositionSheetDialog:
    next(each for each in window.main.menus.actions if each.text() == "Position sheet…").trigger()
    dialog = window.panel(PositionSheetDialog)
    window.settle()
    return dialog


def words_in(dialog: PositionSheetDialog) -> list[str]:
    return [each.text() for each in dialog.view.findChildren(PlainLabel)]


def pages_of(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def test_the_sheet_of_the_chosen_artist_is_shown_as_it_is_printed(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    dialog = opened(window)
    assert dialog.paper is not None
    shown = [part for line in dialog.paper.lines for part in line.text.split("\t")]
    assert words_in(dialog) == shown
    assert dialog.paper.title.startswith("Mara Lindqvist")
    assert dialog.save_all.isHidden()
    assert dialog.which.isHidden()


def test_what_is_for_ourselves_alone_is_shown_on_wish(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    dialog = opened(window)
    assert not dialog.for_ourselves.isChecked()
    assert not any("For ourselves" in words for words in words_in(dialog))
    dialog.for_ourselves.click()
    window.settle()
    assert any("For ourselves, not for the other side" in words for words in words_in(dialog))


def test_one_is_saved_as_a_single_page(window: OpenWindow, tmp_path: Path) -> None:
    window.choose_artist("Mara")
    dialog = opened(window)
    out = tmp_path / "sheet.pdf"
    dialog.save_to(str(out))
    window.settle()
    assert pages_of(out) == 1


def test_the_chosen_of_the_roster_are_saved_together_or_not_at_all(
    window: OpenWindow, tmp_path: Path
) -> None:
    window.show("roster")
    screen = window.main.screen_of("roster")
    assert isinstance(screen, RosterScreen)
    screen.sheets.click()
    dialog = window.panel(PositionSheetDialog)
    window.settle()
    assert len(dialog.artists) == len(window.desk.artists)
    dialog.which.setCurrentIndex(1)
    window.settle()
    assert dialog.paper is not None
    assert dialog.paper.title.startswith(window.desk.artists[1].name)
    folder = tmp_path / "sheets"
    folder.mkdir()
    dialog.save_all_to(str(folder))
    window.settle()
    written = sorted(folder.iterdir())
    assert len(written) == len(window.desk.artists)
    assert all(pages_of(path) == 1 for path in written)
    before = {path: path.read_bytes() for path in written[1:]}
    written[0].unlink()
    dialog.save_all_to(str(folder))
    window.settle()
    assert "There is already a file" in dialog.problem.words.text()
    assert {path: path.read_bytes() for path in sorted(folder.iterdir())} == before


@pytest.mark.parametrize("title", ["AC/DC: position on AI uses", "..", "\u202emarah: position", ""])
def test_a_name_becomes_a_file_name_that_stays_in_its_folder(window: OpenWindow, title: str) -> None:
    name = sheet_name(title, window.desk.clock().date())
    assert "/" not in name
    assert not name.startswith(".")
    assert name.isprintable()


def test_without_a_printer_it_says_what_to_do_instead(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    dialog = opened(window)
    dialog.print_button.click()
    assert "Save it as PDF, and print that." in dialog.problem.words.text()
