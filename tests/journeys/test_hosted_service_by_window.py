"""Connecting to a service that somebody else hosts, through the real window: address and one-time code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.service import service_address
from tests.journeys.hosts import Host, a_host, connect
from tests.ui.sample_profile import OpenWindow


@pytest.fixture
def host(sample_copy: Path) -> Iterator[Host]:
    with a_host(sample_copy) as running:
        yield running


def test_a_one_time_code_brings_the_roster_and_no_secret_reaches_a_file(
    host: Host, tmp_path: Path, open_window: Callable[[Path], OpenWindow]
) -> None:
    window = open_window(tmp_path / "device")
    bar = window.main.frame.top_bar
    assert not any(part.isVisibleTo(window.main) for part in (bar.artist, bar.sync, bar.bell))

    connect(window, host.address, host.code())

    assert len(window.desk.artists) == 14
    assert window.main.frame.current_page == "overview"
    assert all(part.isVisibleTo(window.main) for part in (bar.artist, bar.sync, bar.bell))
    assert service_address(window.profile.folder) == host.address
    place = window.profile.signed_in
    assert place is not None
    assert place.held is not None
    token = place.held.reveal()
    for file in (tmp_path / "device").rglob("*"):
        assert not file.is_file() or token.encode() not in file.read_bytes()


def test_a_code_that_was_used_is_told_in_place_and_nothing_is_kept(
    host: Host, tmp_path: Path, open_window: Callable[[Path], OpenWindow]
) -> None:
    code = host.code()
    connect(open_window(tmp_path / "first"), host.address, code)
    second = open_window(tmp_path / "second")

    dialog = connect(second, host.address, code)

    assert dialog.isVisible()
    assert "used already" in dialog.problem.words.text()
    assert not second.profile.folder.service.exists()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    second.settle()
    assert second.main.first_steps.start.isVisibleTo(second.main)


def test_without_a_keyring_the_next_start_shows_what_is_here_and_asks_to_sign_in_again(
    host: Host, tmp_path: Path, open_window: Callable[[Path], OpenWindow]
) -> None:
    first = open_window(tmp_path / "device")
    connect(first, host.address, host.code())
    first.close()

    again = open_window(tmp_path / "device")
    again.main.sync.sync()
    again.settle()

    assert len(again.desk.artists) == 14
    assert again.profile.signed_in is not None
    assert again.profile.signed_in.load() is None
    assert again.main.sync.corner()[0] == "Sign in again"
