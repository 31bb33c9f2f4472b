"""Signing in, out and again, devices, and hints of changes, through the real window and a real service."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from artist_console.backend.storage import rows
from artist_console.commands.consent import decide
from artist_console.commands.wishes import Wish
from artist_console.domain.registers import ANY_USE, Stance, Subject, SubjectKind
from artist_console.formats.kinds import Kind
from artist_console.ui.dialogs.devices import DevicesDialog
from artist_console.ui.dialogs.sign_in import SignInDialog
from artist_console.ui.dialogs.sign_in_pages import ServicePage, WaitingPage
from artist_console.ui.dialogs.sign_out import SignOutDialog
from artist_console.ui.pages.settings import SettingsScreen
from artist_console.ui.widgets.buttons import Button
from tests.backend.sign_in.world import PASSWORD, Browser
from tests.journeys.hosts import Host, a_host, begin, connect, give_code, picture, until
from tests.ui.sample_profile import OpenWindow

Open = Callable[[Path], OpenWindow]


@pytest.fixture
def host(sample_copy: Path) -> Iterator[Host]:
    with a_host(sample_copy) as running:
        yield running


def begin_new(window: OpenWindow, host: Host) -> tuple[SignInDialog, ServicePage]:
    window.main.first_steps.start.connect_choice.click()
    dialog = begin(window, host.address)
    assert isinstance(dialog.page, ServicePage)
    return dialog, dialog.page


def code_of(dialog: SignInDialog) -> str:
    """What the service gave to be typed elsewhere; before that something that no page shows."""
    return dialog._asked.code if dialog._asked is not None else "no code has come yet"


def refuse_something(window: OpenWindow) -> None:
    window.show("works")
    work = window.undecided()
    wish = Wish(work.artist, Subject(SubjectKind.WORK, work.work), None, ANY_USE, Stance.REFUSE)
    window.desk.act(window.main, lambda console: decide(console, [wish]))
    window.settle()


def test_in_the_browser_a_person_signs_in_and_the_window_goes_on_by_itself(
    host: Host, tmp_path: Path, open_window: Open
) -> None:
    host.set_password()
    window = open_window(tmp_path / "device")
    dialog, page = begin_new(window, host)
    picture(window, dialog, "sign-in-service")
    opened: list[str] = []

    def open_browser(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    dialog._open_browser = open_browser
    QTest.keyClick(page.browser, Qt.Key.Key_Space)
    until(window, lambda: bool(opened))
    picture(window, dialog, "sign-in-browser")
    browser = Browser(host.address).open(opened[0]).sign_in("manager", PASSWORD).answer()
    requests.get(browser.left_for, timeout=30)
    until(window, lambda: len(window.desk.artists) == 14)
    assert window.main.frame.current_page == "overview"


def test_another_device_signs_this_one_in_with_a_code(host: Host, tmp_path: Path, open_window: Open) -> None:
    window = open_window(tmp_path / "device")
    dialog, page = begin_new(window, host)
    QTest.keyClick(page.device, Qt.Key.Key_Space)
    until(window, lambda: any(code_of(dialog) in each.text() for each in dialog.findChildren(QLabel)))
    picture(window, dialog, "sign-in-device")
    host.answer_device(code_of(dialog))
    until(window, lambda: len(window.desk.artists) == 14)


def test_what_waits_for_somebody_holds_up_neither_going_back_nor_closing(
    host: Host, tmp_path: Path, open_window: Open
) -> None:
    window = open_window(tmp_path / "device")
    dialog, page = begin_new(window, host)
    dialog._open_browser = lambda _url: False
    page.browser.click()
    until(window, lambda: isinstance(dialog.page, WaitingPage) and not dialog.page.copy.isHidden())
    assert isinstance(dialog.page, WaitingPage)
    assert "No browser came up" in dialog.page.words.text()
    dialog.back.click()
    assert isinstance(dialog.page, ServicePage)
    dialog.page.device.click()
    until(window, lambda: dialog._asked is not None)
    since = time.monotonic()
    window.close()
    assert time.monotonic() - since < 60, "somebody elsewhere is waited for ten minutes"
    assert not window.profile.folder.service.exists()


def test_a_change_elsewhere_comes_in_without_a_round_by_the_clock(
    host: Host, tmp_path: Path, open_window: Open
) -> None:
    window = open_window(tmp_path / "device")
    connect(window, host.address, host.code())
    window.desk.change_settings(sync_enabled=True)
    window.main.sync.sync()
    window.settle()
    artist, before = window.desk.artists[0].id, window.desk.artists[0].name
    with host.backend.service.changing() as connection:
        party = rows.some_of(connection, Kind.PARTY, [artist])[artist]
        rows.put(connection, [(Kind.PARTY, replace(party, name=f"{before} II"))])
    until(window, lambda: window.desk.name_of(artist) == f"{before} II")


def test_signing_out_with_decisions_that_were_not_sent_asks_and_keeps_them(
    host: Host, tmp_path: Path, open_window: Open
) -> None:
    window = open_window(tmp_path / "device")
    connect(window, host.address, host.code())
    refuse_something(window)
    window.show("settings")
    settings = window.main.screen_of("settings")
    assert isinstance(settings, SettingsScreen)
    picture(window, window.main, "settings-account")
    settings.sign_out.click()
    dialog = window.panel(SignOutDialog)
    dialog.leave.click()
    window.settle()
    assert "1 decision was not sent yet" in dialog.waiting.words.text()
    picture(window, dialog, "sign-out")
    dialog.leave.click()
    window.settle()
    assert window.main.sync.corner()[0] == "Sign in again"
    assert window.main.sync.waiting == 1
    picture(window, window.main, "signed-out")
    # The line under the top bar leads back in, and what waited is sent.
    window.main.frame.notice.link.click()
    again = begin(window, "")
    give_code(window, again, host.code())
    until(window, lambda: window.main.sync.waiting == 0)
    assert not window.main.sync.wants_sign_in


def test_a_device_is_taken_off_and_its_queue_stays(host: Host, tmp_path: Path, open_window: Open) -> None:
    lost, window = open_window(tmp_path / "lost"), open_window(tmp_path / "device")
    connect(lost, host.address, host.code())
    connect(window, host.address, host.code())
    window.desk.account_wished.emit("devices")
    dialog = window.panel(DevicesDialog)
    picture(window, dialog, "devices")

    def offs() -> list[Button]:
        return [b for b in dialog.findChildren(Button) if b.accessibleName().startswith("Take off")]

    (off,) = offs()
    off.click()
    off.click()
    window.settle()
    assert offs() == []
    dialog.reject()
    refuse_something(lost)
    lost.main.sync.sync()
    lost.settle()
    assert lost.main.sync.waiting == 1
    assert lost.main.sync.wants_sign_in
