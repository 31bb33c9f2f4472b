"""The first step of a letter for many artists: what holds for every kind is told once."""

from __future__ import annotations

from artist_console.commands.letters import may_not_write
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.text import PlainLabel
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_new_letter import open_letter


def test_for_whom_one_may_not_write_is_told_once_below_the_kinds(window: OpenWindow) -> None:
    artists = tuple(each.id for each in window.desk.artists)
    console = window.profile.console()
    try:
        told = may_not_write(console, artists)
    finally:
        console.store.close()
    assert told
    dialog = open_letter(window, LetterStart(artists=artists))
    shown = [each.text() for each in dialog.what.findChildren(PlainLabel)]
    for sentence in told:
        assert shown.count(sentence) == 1
        assert not any(sentence in offer.why_not for offer in dialog.what.offers)
