"""Words without a break, from outside: what holds them is never wider for it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea

from artist_console.ui.dialogs.case_file import CaseFileDialog
from artist_console.ui.dialogs.case_short import NoteDialog
from artist_console.ui.pages.case_details import CaseAction
from artist_console.ui.screenshot_cases import MadeCases
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_letters_screen import letters_of, with_cases

LONG = "Re:" + "_unbroken" * 40


@pytest.fixture
def made(window: OpenWindow, tmp_path: Path) -> MadeCases:
    return with_cases(window, tmp_path)


def a_long_mail(folder: Path) -> Path:
    mail = EmailMessage()
    mail["From"] = f"{'a' * 60}@{'b' * 60}.example"
    mail["Subject"] = LONG
    mail["Message-ID"] = f"<{'c' * 90}@mail.example>"
    mail.set_content(f"See https://{'d' * 300}.example/")
    path = folder / f"{'e' * 120}.eml"
    path.write_bytes(mail.as_bytes())
    return path


def is_cut_off(area: QScrollArea) -> bool:
    held = area.widget()
    return held is not None and held.minimumSizeHint().width() > area.viewport().width()


def test_a_subject_without_a_break_widens_neither_dialog_nor_panel(
    window: OpenWindow, made: MadeCases, tmp_path: Path
) -> None:
    screen = letters_of(window)
    screen.cases.open_case(made.sent.id)
    window.settle()
    assert screen.cases.details.row is not None
    screen.cases.doings.take_files([a_long_mail(tmp_path)], screen.cases.details.row)
    dialog = window.panel(CaseFileDialog)
    assert dialog.width() <= 680
    assert not any(is_cut_off(area) for area in dialog.findChildren(QScrollArea) if area.isVisible())
    dialog.reply.setChecked(True)
    dialog.keep.click()
    window.settle()
    panel = screen.cases.details
    assert not is_cut_off(panel.scroller)


def test_an_open_dialog_follows_a_window_that_shrinks(window: OpenWindow, made: MadeCases) -> None:
    screen = letters_of(window)
    screen.cases.open_case(made.sent.id)
    window.settle()
    screen.cases.details.button(CaseAction.NOTE).click()
    dialog = window.panel(NoteDialog)
    dialog.resize(980, 700)
    window.main.resize(960, 600)
    window.settle()
    assert dialog.width() <= 960
    assert dialog.height() <= 600
