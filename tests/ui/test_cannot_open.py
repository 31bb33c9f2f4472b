"""A profile that does not open is opened together with the person, with the keyboard alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from artist_console import app
from artist_console.commands.cannot_open import Opener
from artist_console.commands.keys import make_recovery_code, move_keys
from artist_console.commands.profiles import Profile, open_profile
from artist_console.domain.problems import Problem
from artist_console.host.keyring_troubles import KeyringHangs
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys
from artist_console.store import journal
from artist_console.ui.background import Background
from artist_console.ui.dialogs.cannot_open import CannotOpenDialog
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import Button, RadioButton
from tests.backend.world import Clock
from tests.commands.desks import outside
from tests.host.keyrings import HangingKeyring, MemoryKeyring
from tests.store.records import decide

WORDS = "four words of my own"
ANSWERS_WITHIN_MS = 60_000


class Met:
    """A profile of one decision, and the dialog that is met where it does not open."""

    def __init__(self, bot: QtBot, theme: Theme, folder: ProfileFolder) -> None:
        self.bot, self.theme, self.folder = bot, theme, folder
        self.background = Background()
        self.made = decide()
        self.opener = Opener(folder, outside(Clock()))
        self.dialog: CannotOpenDialog | None = None

    def make(self, then: Callable[[Profile], object] = lambda profile: None) -> None:
        with open_profile(self.folder, outside(Clock()), may_be_new=True) as profile:
            with profile.open_store() as store:
                journal.append(store, [self.made])
            then(profile)

    def meet(self) -> CannotOpenDialog:
        try:
            self.opener.open().close()
        except Problem as problem:
            wrong = self.opener.what_is_wrong(problem)
        else:
            pytest.fail("it opens")
        assert wrong is not None
        self.dialog = dialog = CannotOpenDialog(self.theme, self.background, self.opener, wrong)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.bot.addWidget(dialog)
        dialog.show()
        self.bot.waitExposed(dialog)
        return dialog

    def answered(self, go: Button) -> None:
        """Wait until what was begun has ended."""
        self.bot.waitUntil(lambda: self.background.is_idle and go.isEnabled(), timeout=ANSWERS_WITHIN_MS)

    def decisions(self, dialog: CannotOpenDialog) -> list[str]:
        """What is in the profile that the dialog opened; closes it."""
        assert dialog.profile is not None
        with dialog.profile as profile, profile.open_store() as store:
            return [entry.decision.id for entry in journal.pending(store)]


@pytest.fixture
def met(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Met]:
    made = Met(qtbot, theme, ProfileFolder(tmp_path / "profile"))
    yield made
    made.background.shut_down()


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer without a keyring, on which nothing was chosen yet."""
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "")
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


def fields(dialog: CannotOpenDialog) -> list[QLineEdit]:
    QApplication.processEvents()  # what was just put on the page is shown with the next layout
    return [edit for edit in dialog.findChildren(QLineEdit) if edit.isVisible()]


def said(dialog: CannotOpenDialog) -> str:
    QApplication.processEvents()
    labels = (each for each in dialog.findChildren(QWidget) if each.isVisible() and hasattr(each, "text"))
    return "\n".join(str(each.text()) for each in labels)


def press(button: Button) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def write(edit: QLineEdit, words: str) -> None:
    edit.clear()
    QTest.keyClicks(edit, words)


def test_a_passphrase_is_typed_and_a_wrong_one_is_said_beside_its_field(
    met: Met, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "words"
    file.write_text(WORDS)
    monkeypatch.setenv("ARTIST_CONSOLE_NEW_PASSPHRASE_FILE", str(file))
    met.make(lambda profile: move_keys(profile, NewKeys.PASSPHRASE))
    dialog = met.meet()
    (edit,) = fields(dialog)
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    write(edit, "not this one")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    met.answered(dialog.go)
    assert dialog.profile is None
    assert "This passphrase does not open" in said(dialog)
    write(edit, WORDS)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    met.answered(dialog.go)
    assert met.decisions(dialog) == [met.made.id]


def test_lost_keys_are_recovered_by_the_code_and_a_typing_error_names_its_group(met: Met) -> None:
    codes: list[str] = []
    met.make(lambda profile: codes.append(make_recovery_code(profile, replaces=False)))
    met.folder.keys.unlink()
    dialog = met.meet()
    assert "is missing from the file keys.json" in said(dialog)
    press(dialog.code)
    (edit,) = fields(dialog)
    groups = codes[0].split("-")
    wrong = "-".join([*groups[:6], groups[6][::-1] if groups[6] != groups[6][::-1] else "AAAAB", groups[7]])
    write(edit, wrong)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    met.answered(dialog.go)
    assert "Group 7 of the recovery code is not right" in said(dialog)
    write(edit, codes[0].lower())
    QTest.keyClick(edit, Qt.Key.Key_Return)
    met.answered(dialog.go)
    assert met.decisions(dialog) == [met.made.id]


def test_without_a_code_ever_made_none_is_asked_for(met: Met) -> None:
    met.make()
    met.folder.keys.unlink()
    dialog = met.meet()
    assert not dialog.code.isVisible()
    assert dialog.anew.isVisible()
    assert dialog.focusWidget() is dialog.quit


def test_once_the_file_is_back_trying_again_opens_it(met: Met) -> None:
    met.make()
    keys = met.folder.keys.read_bytes()
    met.folder.keys.unlink()
    dialog = met.meet()
    press(dialog.go)
    met.answered(dialog.go)
    assert dialog.profile is None
    met.folder.keys.write_bytes(keys)
    press(dialog.go)
    met.answered(dialog.go)
    assert met.decisions(dialog) == [met.made.id]


def test_a_damaged_journal_is_set_aside_after_a_second_question_and_nothing_is_deleted(met: Met) -> None:
    met.make()
    met.folder.journal.write_bytes(b"\x5a" * 40_000)
    keys = met.folder.keys.read_bytes()
    dialog = met.meet()
    press(dialog.anew)
    assert "journal.db" in said(dialog)
    press(dialog.back)
    press(dialog.anew)
    press(dialog.go)
    met.answered(dialog.go)
    assert met.decisions(dialog) == []
    assert (met.folder.root / "journal.set-aside-1.db").read_bytes() == b"\x5a" * 40_000
    names = {path.name for path in met.folder.root.iterdir()}
    assert met.folder.keys.read_bytes() == keys or "keys.set-aside-1.json" in names


@pytest.mark.usefixtures("no_keyring")
def test_a_new_profile_without_a_keyring_asks_where_its_keys_go(met: Met) -> None:
    dialog = met.meet()
    assert "No keyring works on this computer" in said(dialog)
    assert not met.folder.keys.exists()
    first, second = fields(dialog)
    write(first, "short")
    write(second, "short")
    press(dialog.go)
    met.answered(dialog.go)
    assert "at least 10 characters" in said(dialog)
    write(first, WORDS)
    write(second, WORDS)
    press(dialog.go)
    met.answered(dialog.go)
    assert dialog.profile is not None
    assert dialog.profile.keys.kept_in == "passphrase"
    dialog.profile.close()


@pytest.mark.usefixtures("no_keyring")
def test_the_file_is_chosen_by_its_own_words(met: Met) -> None:
    dialog = met.meet()
    (plain,) = (each for each in dialog.findChildren(RadioButton) if "file" in each.text())
    QTest.keyClick(plain, Qt.Key.Key_Space)
    assert fields(dialog) == []
    assert "Whoever can read your files can read your decisions." in said(dialog)
    press(dialog.go)
    met.answered(dialog.go)
    assert dialog.profile is not None
    assert dialog.profile.keys.kept_in == "file"
    dialog.profile.close()


@pytest.mark.usefixtures("no_keyring")
def test_recovered_keys_without_a_keyring_are_asked_for_a_place(
    met: Met, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[str] = []
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    met.make(lambda profile: codes.append(make_recovery_code(profile, replaces=False)))
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "")
    met.folder.keys.unlink()
    dialog = met.meet()
    press(dialog.code)
    (edit,) = fields(dialog)
    write(edit, codes[0])
    QTest.keyClick(edit, Qt.Key.Key_Return)
    met.answered(dialog.go)
    assert "Where are your keys to be kept?" in said(dialog)
    first, second = fields(dialog)
    write(first, WORDS)
    write(second, WORDS)
    press(dialog.go)
    met.answered(dialog.go)
    assert dialog.profile is not None
    assert dialog.profile.keys.kept_in == "passphrase"
    assert met.decisions(dialog) == [met.made.id]


@pytest.mark.usefixtures("no_keyring")
def test_a_keyring_that_works_meanwhile_can_be_chosen_and_one_that_does_not_is_told(met: Met) -> None:
    dialog = met.meet()
    for _ in range(2):
        (ring,) = (each for each in dialog.findChildren(RadioButton) if "keyring" in each.text())
        QTest.keyClick(ring, Qt.Key.Key_Space)
        press(dialog.go)
        met.answered(dialog.go)
        if dialog.profile is None:
            assert dialog.problem.isVisible()
            assert not met.folder.keys.exists()
            keyring.set_keyring(MemoryKeyring())
            QApplication.processEvents()
    assert dialog.profile is not None
    assert dialog.profile.keys.kept_in == "keyring"
    dialog.profile.close()


def test_a_keyring_that_waits_for_its_password_is_waited_for_in_sight(
    met: Met, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "")
    before, ring = keyring.get_keyring(), HangingKeyring()
    ring.release.set()
    keyring.set_keyring(ring)
    try:
        met.make()
        ring.release.clear()
        with pytest.raises(KeyringHangs) as told:
            open_profile(met.folder, outside(Clock()), may_be_new=True, keyring_deadline_s=0.2)
        wrong = met.opener.what_is_wrong(told.value)
        assert wrong is not None
        dialog = CannotOpenDialog(met.theme, met.background, met.opener, wrong)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        met.bot.addWidget(dialog)
        dialog.show()
        assert "Type its password where your computer asks for it" in said(dialog)
        assert not dialog.go.isEnabled()
        assert dialog.quit.isEnabled()
        ring.release.set()  # somebody has typed it
        met.bot.waitUntil(lambda: dialog.profile is not None, timeout=ANSWERS_WITHIN_MS)
        assert met.decisions(dialog) == [met.made.id]
    finally:
        ring.release.set()
        keyring.set_keyring(before)


def test_the_program_asks_before_its_window_and_ends_where_the_person_quits(
    met: Met, monkeypatch: pytest.MonkeyPatch
) -> None:
    met.make()
    met.folder.keys.unlink()
    seen: list[str] = []

    def quit_it() -> None:
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, CannotOpenDialog)]
        if not shown or not shown[-1].isVisible():
            QTimer.singleShot(20, quit_it)
            return
        seen.append(said(shown[-1]))
        press(shown[-1].quit)

    QTimer.singleShot(0, quit_it)
    assert app._open_or_ask(met.folder) is None
    assert "is missing from the file keys.json" in seen[0]


THROUGH = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from artist_console.app import main
from artist_console.ui import unopened
from artist_console.ui.dialogs.cannot_open import CannotOpenDialog
from artist_console.ui.main_window import MainWindow

def look():
    for each in QApplication.topLevelWidgets():
        if isinstance(each, CannotOpenDialog) and each.isVisible() and each.go.isEnabled():
            edit = each.findChild(QLineEdit)
            if not edit.text():
                edit.setText(sys.argv[2])
                edit.returnPressed.emit()
        if isinstance(each, MainWindow) and each.isVisible():
            each.settled.connect(lambda window=each: (print("window", flush=True), window.close()))
            return
    QTimer.singleShot(20, look)

class Looking(unopened.CannotOpenDialog):
    def exec(self):
        QTimer.singleShot(0, look)
        return super().exec()

unopened.CannotOpenDialog = Looking
sys.exit(main(["--data", sys.argv[1]]))
"""


def test_after_the_passphrase_the_window_comes_and_stays(
    met: Met, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "words"
    file.write_text(WORDS)
    monkeypatch.setenv("ARTIST_CONSOLE_NEW_PASSPHRASE_FILE", str(file))
    met.make(lambda profile: move_keys(profile, NewKeys.PASSPHRASE))
    ended = subprocess.run(
        [sys.executable, "-c", THROUGH, str(met.folder.root), WORDS],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ended.returncode, ended.stdout) == (0, "window\n"), ended.stderr
