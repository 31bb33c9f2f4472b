"""Long parts of the page of letters are made a little at a time: the window answers in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from artist_console.domain.ids import ArtistId
from artist_console.ui.pages.letters import PartName
from artist_console.ui.pages.letters_deadlines import DeadlinesPart
from artist_console.ui.pages.letters_elsewhere import ElsewherePart
from artist_console.ui.places import Place
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_letters_screen import letters_of, with_cases


def test_two_hundred_deadlines_are_made_row_by_row_and_end_complete(
    window: OpenWindow, tmp_path: Path
) -> None:
    with_cases(window, tmp_path)
    screen = letters_of(window)
    window.main.show_place(Place("letters", "deadlines/"))
    window.settle()
    part = screen.parts[PartName.DEADLINES]
    assert isinstance(part, DeadlinesPart)
    found = part._found
    assert found is not None
    few = found.dated
    many = tuple(
        replace(few[n % len(few)], on=few[n % len(few)].on + timedelta(days=n // len(few)))
        for n in range(200)
    )
    part._take(replace(found, dated=many))
    assert 0 < len(part.rows) < 5, "the first rows are there at once, the others follow"
    window.settle()
    assert len(part.rows) == 60
    part.rows[0].setFocus()
    part._fill(200)
    window.settle()
    assert len(part.rows) == 200
    days = [name.accessibleName() for name in part.rows]
    assert len(days) == 200
    kept = part.rows[0]
    part._take(replace(found, dated=many))
    assert part.rows[0] is kept, "where nothing is otherwise nothing is made anew"


def test_switches_are_made_one_by_one_and_each_shows_how_it_stands(window: OpenWindow) -> None:
    part = ElsewherePart(window.desk)
    try:
        assert len(part.views) == 1
        part.show_scope(ArtistId(window.desk.artists[0].id))
        part.reload()
        while part._making.is_running or part._found is None:
            window.settle()
            part._making._go_on()
        assert all(view.shown is not None for view in part.views.values())
    finally:
        part.deleteLater()
