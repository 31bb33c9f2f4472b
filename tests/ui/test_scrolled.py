"""What scrolls is as high as what it holds."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.page import ScrollPage
from artist_console.ui.widgets.sections import Note

WORDS = (
    "From now on, reports and receipts with this key count as by somebody you know, and so do those with a"
    " later key that this one hands over to."
)


@pytest.mark.parametrize("page", [scrolled, ScrollPage])
def test_words_that_wrap_leave_no_stretch_of_nothing_behind_them(
    theme: Theme, qtbot: QtBot, page: type[ScrollPage]
) -> None:
    content = QWidget()
    inside = QVBoxLayout(content)
    notes = [Note(theme, WORDS) for _ in range(3)]
    for note in notes:
        inside.addWidget(note)
    inside.addStretch(1)
    area = page(content)
    qtbot.addWidget(area)
    area.resize(520, 300)
    area.show()
    qtbot.waitUntil(lambda: notes[-1].geometry().bottom() > 0)
    assert area.verticalScrollBar().maximum() == 0, "three notes of two lines fit"
    area.resize(160, 120)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert all(note.height() >= note.heightForWidth(note.width()) for note in notes), "no line is cut"
    end = notes[-1].geometry().bottom() + inside.contentsMargins().bottom() + 1
    assert content.height() == end
