"""Switches elsewhere in the window: noted with day and picture, YouTube asked on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.switches import SwitchRow, list_switches
from artist_console.domain.ids import ArtistId
from artist_console.domain.switches import YOUTUBE_TRAINING, SwitchState, Turns
from artist_console.ui.dialogs.findings import FindingsDialog
from artist_console.ui.dialogs.switch_note import SwitchNoteDialog
from artist_console.ui.pages.letters import LettersScreen, PartName
from artist_console.ui.pages.letters_elsewhere import ElsewherePart
from artist_console.ui.pages.switch_view import SwitchView
from artist_console.ui.places import read_link
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import LinkButton
from tests.sync.servers import Answering
from tests.ui.sample_profile import OpenWindow

VIDEO = "jNQXAC9IVRw"
TODAY = datetime.now().astimezone().date()
PNG = b"\x89PNG\r\n\x1a\n a picture of the page"


@pytest.fixture
def part(window: OpenWindow) -> ElsewherePart:
    """Mara's, who refuses training."""
    window.choose_artist("Mara")
    return shown(window)


def shown(window: OpenWindow) -> ElsewherePart:
    place = read_link("artist-console://elsewhere/all")
    assert place is not None
    window.main.show_place(place)
    window.settle()
    screen = window.main.screen_of("letters")
    assert isinstance(screen, LettersScreen)
    assert screen.part is PartName.ELSEWHERE
    found = screen.parts[PartName.ELSEWHERE]
    assert isinstance(found, ElsewherePart)
    return found


def rows(window: OpenWindow) -> dict[str, SwitchRow]:
    found: list[tuple[SwitchRow, ...]] = []
    artist = window.desk.artist
    assert artist is not None
    window.desk.ask(window.desk, "rows", lambda console: list_switches(console, artist), found.append)
    window.settle()
    return {row.known.key: row for row in found[0]}


def words_in(view: SwitchView) -> str:
    return "\n".join(each.text() for each in view.findChildren(PlainLabel) if not each.isHidden())


def answer(permitted: list[str]) -> bytes:
    said = {"kind": "youtube#videoTrainability", "etag": "x", "videoId": VIDEO, "permitted": permitted}
    body = json.dumps(said).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@pytest.fixture
def youtube(request: pytest.FixtureRequest) -> Iterator[Answering]:
    server = Answering(answer(request.param))
    yield server
    server.stop()


def test_every_known_switch_says_what_it_controls_and_by_which_source(part: ElsewherePart) -> None:
    for view in part.views.values():
        said = words_in(view)
        assert view.known.controls in said
        assert view.known.source in said
        read = view.known.checked_on
        assert ("Read on" in said) is (read is not None)
        assert ("Not looked up" in said) is (read is None)
        assert view.states.isHidden() is (view.known.turns is Turns.NOTHING)
    assert part.count.text() == f"0 of {len(part.views)} switches were looked at."


def test_a_state_is_noted_by_the_keyboard_and_the_keyboard_stays_there(
    window: OpenWindow, part: ElsewherePart
) -> None:
    view = part.views["audius-ai-friendly"]
    view.focus_states()
    start = window.main.focusWidget()
    assert start is view.states.pill(SwitchState.NOT_LOOKED)
    QTest.keyClick(start, Qt.Key.Key_Right)  # round to the first
    QTest.keyClick(start, Qt.Key.Key_Right) if window.main.focusWidget() is start else None
    focused = window.main.focusWidget()
    assert focused is view.states.pill(SwitchState.ON)
    QTest.keyClick(focused, Qt.Key.Key_Right)
    off = window.main.focusWidget()
    assert off is view.states.pill(SwitchState.OFF)
    assert rows(window)["audius-ai-friendly"].state is SwitchState.NOT_LOOKED, "arrows only move"
    QTest.keyClick(off, Qt.Key.Key_Space)
    window.settle()
    assert rows(window)["audius-ai-friendly"].state is SwitchState.OFF
    assert "Noted: Off, as of" in words_in(view)
    assert window.main.focusWidget() is off
    assert part.count.text().startswith("1 of ")


def test_what_stands_open_against_the_own_refusal_is_told_with_the_way_to_the_finding(
    window: OpenWindow, part: ElsewherePart
) -> None:
    view = part.views[YOUTUBE_TRAINING]
    part.set_state(view.known, SwitchState.ON)
    window.settle()
    assert "permits what you refuse" in words_in(view)
    assert "does not show that anybody used a work" in words_in(view)
    link = next(each for each in view.findChildren(LinkButton) if each.words == "See the finding…")
    link.click()
    window.panel(FindingsDialog).close()
    window.settle()
    part.set_state(view.known, SwitchState.OFF)
    window.settle()
    assert "permits what you refuse" not in words_in(view)
    assert "Earlier notes that are kept: 1" in words_in(view)


def test_day_note_and_picture_are_kept_and_the_picture_comes_back_byte_for_byte(
    window: OpenWindow, part: ElsewherePart, tmp_path: Path
) -> None:
    picture = tmp_path / "page.png"
    picture.write_bytes(PNG)
    view = part.views["audius-ai-friendly"]
    view.details.click()
    dialog = window.panel(SwitchNoteDialog)
    assert dialog.focusWidget() in dialog.states.values(), "it begins at its first choice"
    assert not dialog.save.isEnabled(), "nothing is chosen for the person"
    dialog.states[SwitchState.NOT_THERE].click()
    yesterday = TODAY - timedelta(days=1)
    dialog.day.edit.setText(yesterday.isoformat())
    dialog.words.setPlainText("Asked their support")
    dialog.picture.take(str(picture))
    dialog.save.click()
    window.settle()
    note = rows(window)["audius-ai-friendly"].note
    assert note is not None
    assert (note.state, note.on, note.note) == (SwitchState.NOT_THERE, yesterday, "Asked their support")
    assert view.picture.isVisible()
    part.save_picture(note.id, str(tmp_path / "out.png"))
    window.settle()
    assert (tmp_path / "out.png").read_bytes() == PNG


def test_a_day_that_has_not_come_is_not_noted(window: OpenWindow, part: ElsewherePart) -> None:
    part.views["audius-ai-friendly"].details.click()
    dialog = window.panel(SwitchNoteDialog)
    dialog.states[SwitchState.ON].click()
    dialog.day.edit.setText("tomorrow, perhaps")
    dialog.save.click()
    assert "the day on which you looked" in dialog.day_field.editor.accessibleDescription()
    dialog.day.edit.setText((TODAY + timedelta(days=3)).isoformat())
    dialog.save.click()
    window.settle()
    assert "cannot have been looked at on" in dialog.problem.words.text()
    assert rows(window)["audius-ai-friendly"].note is None


@pytest.mark.parametrize("youtube", [["all"]], indirect=True)
def test_youtube_is_asked_only_on_request_and_what_differs_is_a_finding(
    window: OpenWindow, part: ElsewherePart, youtube: Answering
) -> None:
    assert youtube.asked == []
    part.readout.address = youtube.base_url
    part.readout.videos.setText(f"https://www.youtube.com/watch?v={VIDEO}")
    part.readout.ask_button.click()
    window.settle()
    assert len(youtube.asked) == 1
    (note,) = rows(window)[YOUTUBE_TRAINING].readouts
    assert note.video == VIDEO
    assert "may be used for training by anybody" in words_in(part.views[YOUTUBE_TRAINING])
    assert not part.readout.videos.text()


@pytest.mark.parametrize("youtube", [["none"]], indirect=True)
def test_a_video_that_nobody_may_train_with_is_no_finding(
    window: OpenWindow, part: ElsewherePart, youtube: Answering
) -> None:
    part.readout.address = youtube.base_url
    part.readout.videos.setText(VIDEO)
    part.readout.ask()
    window.settle()
    assert "You refuse" not in words_in(part.views[YOUTUBE_TRAINING])


def test_what_is_no_video_and_a_service_that_cannot_be_reached_are_told(
    window: OpenWindow, part: ElsewherePart
) -> None:
    part.readout.ask_button.click()
    assert "Give the address of a video" in part.readout.videos.accessibleDescription()
    part.readout.videos.setText("my song")
    part.readout.ask()
    window.settle()
    assert "is no YouTube video" in part.readout.problem.words.text()
    part.readout.address = "http://127.0.0.1:9"
    part.readout.videos.setText(VIDEO)
    part.readout.ask()
    window.settle()
    assert part.readout.problem.words.text()
    assert part.readout.ask_button.isVisible()
    assert rows(window)[YOUTUBE_TRAINING].readouts == ()


def test_with_all_artists_shown_it_is_asked_for_whom(window: OpenWindow) -> None:
    part = shown(window)
    assert window.desk.artist is None
    assert part.artist_choice.isVisible()
    other = window.desk.artists[1]
    part.artist_choice.select.setCurrentIndex(1)
    window.settle()
    assert part.artist_choice.artist == ArtistId(other.id)
    window.choose_artist("Mara")
    assert part.artist_choice.isHidden()
    assert part.artist_choice.artist == window.desk.artist
