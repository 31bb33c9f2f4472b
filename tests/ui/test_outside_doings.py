"""Letters, deadlines and reservations are reached from every page: by the menus, and by Ctrl+K."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.ui.dialogs.addressees import AddresseesDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.palette import Palette, plain_text
from artist_console.ui.dialogs.position_sheet import PositionSheetDialog
from artist_console.ui.pages.letters import PartName
from artist_console.ui.pages.letters_reservations import ReservationsPart
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_letters_screen import letters_of, with_cases

_CTRL = Qt.KeyboardModifier.ControlModifier


def palette_with(window: OpenWindow, words: str) -> Palette:
    window.main.activateWindow()  # a dialog that has closed leaves no window active here
    window.settle()
    QTest.keyClick(window.main, Qt.Key.Key_K, _CTRL)
    palette = window.panel(Palette)
    QTest.keyClicks(palette.choices.field, words)
    window.settle()
    return palette


def run_command(window: OpenWindow, words: str) -> None:
    palette = palette_with(window, words)
    QTest.keyClick(palette.choices.field, Qt.Key.Key_Return)
    window.settle()


def group_of(palette: Palette, heading: str) -> list[str]:
    """The titles below a heading; a heading has no value."""
    titles: list[str] = []
    within = False
    for choice in palette.choices.model.choices:
        if choice.value is None:
            within = choice.title == heading
        elif within:
            titles.append(choice.title)
    return titles


@pytest.mark.parametrize("page", ["overview", "works", "earnings"])
def test_a_letter_is_begun_from_every_page_and_the_page_stays(window: OpenWindow, page: str) -> None:
    window.choose_artist("Mara")
    window.show(page)
    run_command(window, "write a letter")
    dialog = window.panel(NewLetterDialog)
    assert dialog.what.artists == (window.desk.artist,)
    dialog.reject()
    assert window.main.frame.current_page == page


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("deadlines", PartName.DEADLINES),
        ("reservations for my site", PartName.RESERVATIONS),
        ("switches elsewhere", PartName.ELSEWHERE),
    ],
)
def test_the_parts_of_letters_are_commands_and_back_returns(
    window: OpenWindow, words: str, part: PartName
) -> None:
    window.choose_artist("Mara")
    window.show("overview")
    run_command(window, words)
    assert letters_of_shown(window) is part
    window.main.back()
    window.settle()
    assert window.main.frame.current_page == "overview"


def letters_of_shown(window: OpenWindow) -> PartName | None:
    screen = window.main.shown_screen
    return screen.part if screen is not None and screen.key == "letters" else None  # type: ignore[attr-defined]


def test_marks_in_audio_files_are_brought_into_sight(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    window.show("overview")
    run_command(window, "marks in audio")
    part = letters_of_part(window)
    window.settle()
    assert part.marks.visibleRegion().isEmpty() is False


def letters_of_part(window: OpenWindow) -> ReservationsPart:
    screen = window.main.screen_of("letters")
    part = screen.parts[PartName.RESERVATIONS]  # type: ignore[union-attr]
    assert isinstance(part, ReservationsPart)
    return part


def test_addressees_and_the_position_sheet_open_over_the_page(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    window.show("works")
    run_command(window, "addressees")
    window.panel(AddresseesDialog).reject()
    run_command(window, "position sheet")
    window.panel(PositionSheetDialog).reject()
    assert window.main.frame.current_page == "works"


def test_each_of_them_stands_in_a_menu(window: OpenWindow) -> None:
    words = {plain_text(action) for action in window.main.menus.actions}
    assert words >= {
        "Write a letter…",
        "Deadlines",
        "Position sheet…",
        "Addressees…",
        "Reservations for my site",
        "Marks in audio files",
        "Switches elsewhere",
    }


def test_the_palette_finds_cases_by_addressee_and_artist_and_opens_them(
    window: OpenWindow, tmp_path: Path
) -> None:
    made = with_cases(window, tmp_path)
    window.show("overview")
    by_addressee = palette_with(window, made.told.addressee_name)
    assert made.told.title in group_of(by_addressee, "Cases")
    assert made.told.addressee_name in group_of(by_addressee, "Addressees")
    by_addressee.reject()
    by_artist = palette_with(window, "mara lind")
    assert len(group_of(by_artist, "Cases")) == 4
    by_artist.reject()
    run_command(window, made.told.title)
    assert window.main.frame.current_page == "letters"
    shown = letters_of(window).cases.details.row
    assert shown is not None
    assert shown.case.id == made.told.id


def test_an_addressee_that_is_found_opens_in_the_directory(window: OpenWindow, tmp_path: Path) -> None:
    made = with_cases(window, tmp_path)
    palette = palette_with(window, made.sent.addressee_name)
    place = next(
        choice.value
        for choice in palette.choices.model.choices
        if choice.title == made.sent.addressee_name and choice.value is not None
    )
    palette.choices.chosen.emit(place)
    window.settle()
    window.panel(AddresseesDialog).reject()
