"""Connecting to a service that somebody else hosts, through the real window: address and one-time code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from artist_console.backend.authentication import issue_code
from artist_console.backend.demo import sample
from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.commands.service import kept_token, service_address
from artist_console.domain.ids import AccountId
from artist_console.ui.widgets.buttons import Button
from tests.ui.sample_profile import OpenWindow, open_folder


@pytest.fixture
def hosted(sample_copy: Path) -> Iterator[tuple[EmbeddedBackend, AccountId]]:
    """A service with the sample music, and the manager's account there."""
    with open_folder(sample_copy) as profile:
        backend = start_embedded(profile.folder.backend, profile.keys.backend, profile.keys.receipt)
        try:
            yield backend, sample(profile.outside.clock().date()).manager
        finally:
            backend.stop()


def _connect(window: OpenWindow, address: str, code: str) -> None:
    first = window.main.first_steps.start
    first.connect_choice.click()
    QTest.keyClicks(first.address, address)
    QTest.keyClicks(first.code, code)
    _press(first.connect_button)
    window.settle()


def _press(button: Button) -> None:
    assert button.isEnabled()
    button.click()


def test_a_one_time_code_brings_the_roster_and_no_secret_reaches_a_file(
    hosted: tuple[EmbeddedBackend, AccountId], tmp_path: Path, open_window: Callable[[Path], OpenWindow]
) -> None:
    backend, manager = hosted
    window = open_window(tmp_path / "device")
    bar = window.main.frame.top_bar
    assert not any(part.isVisibleTo(window.main) for part in (bar.artist, bar.sync, bar.bell))

    _connect(window, backend.base_url, issue_code(backend.service, manager))

    assert len(window.desk.artists) == 14
    assert window.main.frame.current_page == "overview"
    assert all(part.isVisibleTo(window.main) for part in (bar.artist, bar.sync, bar.bell))
    assert service_address(window.profile.folder) == backend.base_url
    token = window.profile.api._auth._token if window.profile.api is not None else ""
    assert token
    for file in (tmp_path / "device").rglob("*"):
        assert not file.is_file() or token.encode() not in file.read_bytes()


def test_a_code_that_was_used_is_told_in_place_and_nothing_is_kept(
    hosted: tuple[EmbeddedBackend, AccountId], tmp_path: Path, open_window: Callable[[Path], OpenWindow]
) -> None:
    backend, manager = hosted
    code = issue_code(backend.service, manager)
    _connect(open_window(tmp_path / "first"), backend.base_url, code)
    second = open_window(tmp_path / "second")

    _connect(second, backend.base_url, code)

    note = second.main.first_steps.start.connection_note
    assert note.isVisibleTo(second.main)
    assert "used already" in note.words.text()
    assert not second.profile.folder.service.exists()


def test_without_a_keyring_the_next_start_shows_what_is_here_and_asks_to_sign_in_again(
    hosted: tuple[EmbeddedBackend, AccountId], tmp_path: Path, open_window: Callable[[Path], OpenWindow]
) -> None:
    backend, manager = hosted
    first = open_window(tmp_path / "device")
    _connect(first, backend.base_url, issue_code(backend.service, manager))
    first.close()

    again = open_window(tmp_path / "device")
    again.main.sync.sync()
    again.settle()

    assert len(again.desk.artists) == 14
    assert kept_token(again.profile.folder) == ""
    assert again.main.sync.corner()[0] == "Sign in again"
