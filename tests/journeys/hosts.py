"""A service that somebody else hosts, and a person who signs in to it in the real window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from artist_console.backend.authentication import issue_code
from artist_console.backend.demo import sample
from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.storage import credentials
from artist_console.domain.ids import AccountId
from artist_console.ui.dialogs.sign_in import SignInDialog
from artist_console.ui.dialogs.sign_in_pages import AddressPage, CodePage, ServicePage
from tests.backend.sign_in.world import PASSWORD, QUICK, Browser
from tests.hosted import hosted
from tests.ui.sample_profile import OpenWindow, open_folder


class Host:
    """A service with the sample music, and the manager's account there."""

    def __init__(self, backend: EmbeddedBackend, address: str, manager: AccountId) -> None:
        self.backend, self.address, self.manager = backend, address, manager

    def code(self) -> str:
        return issue_code(self.backend.service, self.manager)

    def set_password(self) -> None:
        with self.backend.service.changing() as connection:
            credentials.set_password(connection, self.manager, "manager", QUICK.hash(PASSWORD))

    def answer_device(self, user_code: str) -> Browser:
        """Somebody types the code on a page that they are signed in to, and says yes."""
        self.set_password()
        browser = Browser(self.address).open("/oauth/device")
        browser.submit("/oauth/device", user_code=user_code)
        return browser.sign_in("manager", PASSWORD).answer()


@contextmanager
def a_host(sample_copy: Path) -> Iterator[Host]:
    with open_folder(sample_copy) as profile:
        backend = start_embedded(profile.folder.backend, profile.keys.backend, profile.keys.receipt)
        try:
            with hosted(backend.service) as address:
                yield Host(backend, address, sample(profile.outside.clock().date()).manager)
        finally:
            backend.stop()


def begin(window: OpenWindow, address: str) -> SignInDialog:
    """To the page that says who runs the service and offers the ways in."""
    dialog = window.panel(SignInDialog)
    if isinstance(dialog.page, AddressPage):
        QTest.keyClicks(dialog.page.edit, address)
        QTest.keyClick(dialog.page.edit, Qt.Key.Key_Return)
        window.settle()
    assert isinstance(dialog.page, ServicePage), dialog.problem.words.text()
    return dialog


def connect(window: OpenWindow, address: str, code: str) -> SignInDialog:
    """With a one-time code, from the choices of the first start."""
    window.main.first_steps.start.connect_choice.click()
    dialog = begin(window, address)
    give_code(window, dialog, code)
    return dialog


def give_code(window: OpenWindow, dialog: SignInDialog, code: str) -> None:
    assert isinstance(dialog.page, ServicePage)
    dialog.page.code.click()
    assert isinstance(dialog.page, CodePage)
    QTest.keyClicks(dialog.page.edit, code)
    QTest.keyClick(dialog.page.edit, Qt.Key.Key_Return)
    # Signing in and the first round, or a problem beside the code.
    until(window, lambda: window.desk.background.is_idle)


def until(window: OpenWindow, there: Callable[[], bool]) -> None:
    """Something that a person elsewhere brings about."""
    ends = time.monotonic() + 90
    while not there() and time.monotonic() < ends:
        QApplication.processEvents()
        time.sleep(0.005)  # not QTest.qWait, which keeps Python to itself meanwhile
    assert there()
    window.settle()


def picture(window: OpenWindow, widget: QWidget, name: str) -> None:
    """Kept where ARTIST_CONSOLE_PICTURES names a folder, to look at."""
    folder = os.environ.get("ARTIST_CONSOLE_PICTURES")
    if folder:
        window.settle()
        widget.grab().save(f"{folder}/{name}.png")
