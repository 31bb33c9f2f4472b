"""One window per profile, and how it ends: second starts, what is finished first, what is left to itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from artist_console.commands.imports import FileKind
from artist_console.ui.dialogs.import_questions import ArtistsDialog
from artist_console.ui.frame.finishing import FinishingCover
from artist_console.ui.single_window import WindowServer, hand_over
from tests.ui.sample_profile import OpenWindow


class Second:
    """A second start, in a process of its own as in life."""

    def __init__(self, folder: Path, file: Path | None = None) -> None:
        program = (
            "import sys; from pathlib import Path; from artist_console.ui.single_window import hand_over;"
            "print(hand_over(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None))"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, str(folder), str(file or "")], stdout=subprocess.PIPE, text=True
        )

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def answer(self) -> str:
        return self._process.communicate()[0].strip()


@pytest.fixture
def server(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowServer]:
    made = WindowServer(tmp_path)
    yield made
    made.close()


def test_a_second_start_raises_the_first_and_hands_its_file_over(
    qtbot: QtBot, server: WindowServer, tmp_path: Path
) -> None:
    with qtbot.waitSignal(server.raise_wished) as raised:
        second = Second(tmp_path, tmp_path / "a.acreport")
    qtbot.waitUntil(lambda: second.has_ended, timeout=20_000)
    assert second.answer == "True"
    assert raised.args == [str(tmp_path / "a.acreport")]


def test_a_window_that_is_ending_is_not_raised_and_says_so(
    qtbot: QtBot, server: WindowServer, tmp_path: Path
) -> None:
    raised: list[str] = []
    server.raise_wished.connect(raised.append)
    server.tell_ending()
    second = Second(tmp_path)
    qtbot.waitUntil(lambda: second.has_ended, timeout=20_000)
    assert second.answer == "False"
    assert raised == []


def test_nobody_answers_where_no_window_is(tmp_path: Path) -> None:
    assert hand_over(tmp_path, None) is None


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows have no file")
@pytest.mark.parametrize(
    "said", [b"nonsense\n", b"[]\n", b'{"file": 7}\n', b'{"file": "rel.acreport"}\n', b"x" * 40_000]
)
def test_what_is_no_word_of_a_second_start_is_dropped(
    qtbot: QtBot, server: WindowServer, tmp_path: Path, said: bytes
) -> None:
    raised: list[str] = []
    server.raise_wished.connect(raised.append)
    place = tmp_path / "window.sock"
    assert place.stat().st_mode & 0o077 == 0
    with socket.socket(socket.AF_UNIX) as other:
        other.connect(str(place))
        other.sendall(said)
        other.setblocking(False)

        def ended() -> bool:
            try:
                return other.recv(100) == b""
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True

        qtbot.waitUntil(ended)
    assert raised == []


def test_closing_during_an_import_finishes_it_in_sight(window: OpenWindow, tmp_path: Path) -> None:
    window.desk.choose_artist(None)
    path = tmp_path / "many.csv"
    path.write_text("title,artist\n" + "".join(f"Song {n},The Test Band\n" for n in range(3_000)))
    window.main.importer.start(FileKind.CATALOGUE, path)
    while not window.main.importer.is_running:
        asked = [d for d in window.main.findChildren(ArtistsDialog) if d.isVisible()]
        for dialog in asked:
            dialog.are_mine.emit(("The Test Band",))
            dialog.accept()
        QApplication.processEvents()
        time.sleep(0.01)
    window.main.close()
    cover = window.main.findChild(FinishingCover)
    assert cover is not None
    assert cover.isVisible()
    assert window.main.isVisible(), "the window stays until that is done"
    QTest.mouseClick(cover.end, Qt.MouseButton.LeftButton)
    assert not window.main.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_question_that_takes_long_does_not_keep_a_closed_program(tmp_path: Path) -> None:
    """The program ends soon after its window, whatever a lane still works out."""
    program = f"""
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from artist_console.app import _opening, _outside
from artist_console.commands.profiles import open_profile
from artist_console.host.paths import ProfileFolder
from artist_console.ui import start

class Slow(start.Session):
    def __init__(self, *given):
        super().__init__(*given)
        def slow(console):
            print("asked", flush=True)
            time.sleep(60)
        QTimer.singleShot(0, lambda: self.desk.ask(self, "slow", slow, print))
        QTimer.singleShot(1500, self.window.close)

start.Session = Slow
profile = open_profile(ProfileFolder(Path({str(tmp_path / "profile")!r})), _outside(), may_be_new=True)
sys.exit(start.run_window(_opening(profile)))
"""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    since = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert "asked" in ended.stdout, ended.stderr
    assert ended.returncode == 0
    assert time.monotonic() - since < 40
