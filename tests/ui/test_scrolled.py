"""A page that scrolls is as high as the notes on it, and no word on it is cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label
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


def test_a_page_whose_cards_are_narrower_than_it_cuts_nothing(theme: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    inside = QVBoxLayout(content)
    card = QWidget()
    card.setMaximumWidth(420)
    lines = QVBoxLayout(card)
    words = label(WORDS, wrap=True)
    lines.addWidget(words)
    lines.addWidget(Note(theme, WORDS))
    below = label("brackish")
    lines.addWidget(below)
    inside.addWidget(card)
    area = ScrollPage(content)
    qtbot.addWidget(area)
    area.resize(900, 60)
    area.show()
    qtbot.waitUntil(lambda: below.height() > 0)
    assert below.height() >= below.sizeHint().height()
    assert words.height() >= words.heightForWidth(words.width())
