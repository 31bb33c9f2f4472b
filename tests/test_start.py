"""The entry of the program, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from artist_console import __version__
from artist_console.host.paths import ProfileFolder
from artist_console.host.settings import Settings, save_settings
from artist_console.ui.screen_names import SCREENS
from benchmarks.world import make_profile

# Says which of the heavy libraries the process has loaded after answering --version.
ASK_VERSION = """
import sys
from artist_console.__main__ import main
code = main(["--version"])
heavy = {"PySide6", "duckdb", "litestar", "sqlalchemy", "apsw", "requests", "cryptography", "lxml"}
print(code, sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""


def test_version_is_answered_without_loading_anything_heavy() -> None:
    answer = subprocess.run([sys.executable, "-c", ASK_VERSION], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == [f"artist-console {__version__}", "0 []"]
    assert answer.stderr == ""


def test_an_interrupt_while_the_program_loads_is_no_traceback() -> None:
    program = (
        "import sys\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'artist_console.app': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "from artist_console.__main__ import main\n"
        "sys.exit(main(['works', 'list']))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (130, "")


# Both leave the names of the modules that are loaded: at the moment when the first rows are painted, and once
# the window has come to rest.
FIRST_ROWS = """
import io, sys
from pathlib import Path
from artist_console import app
class Told(io.StringIO):
    def write(self, text):
        self.loaded = getattr(self, "loaded", None) or sorted(sys.modules)
        return len(text)
told = sys.stdout = Told()
code = app.time_first_rows(Path(sys.argv[1]))
print(code, *told.loaded, file=sys.__stdout__)
"""
AT_REST = """
import sys
from pathlib import Path
from dataclasses import replace
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from artist_console import app
from artist_console.commands.profiles import open_profile
from artist_console.host.paths import ProfileFolder
from artist_console.ui.start import run_window
class Watch(QObject):
    def __init__(self, session):
        super().__init__(session)
        self.timer = QTimer(self, interval=10)
        self.timer.timeout.connect(self.look)
        session.window.settled.connect(self.timer.start)
    def look(self):
        if "artist_console.ui.pages.settings" in sys.modules:
            QCoreApplication.quit()
profile = open_profile(ProfileFolder(Path(sys.argv[1])), app._outside(), may_be_new=False)
code = run_window(replace(app._opening(profile), connect=lambda: None), watch=Watch)
print(code, *sorted(sys.modules))
"""

# What nobody sees in the first picture: the rules, the exchange, other screens, panels, signatures, amounts.
AFTER_THE_FIRST_ROWS = (
    "artist_console.backend",
    "artist_console.sync",
    "artist_console.domain.permission",
    "artist_console.domain.facts",
    "artist_console.domain.decisions",
    "artist_console.domain.statements",
    "artist_console.domain.summaries",
    "artist_console.formats.wire",
    "artist_console.formats.signatures",
    "artist_console.store.mirror",
    "artist_console.store.journal",
    "artist_console.store.projection",
    "artist_console.commands.consent",
    "artist_console.commands.overview",
    "artist_console.commands.work_details",
    "artist_console.ui.charts",
    "artist_console.ui.dialogs",
    "artist_console.ui.pages.overview",
    "artist_console.ui.pages.work_details",
    "artist_console.ui.regional",
    "babel",
    "cryptography",
    "lxml",
    "requests",
    "sqlalchemy",
)


@pytest.fixture(scope="module")
def profile_on_works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of a few works, whose window was left on the works page."""
    root = tmp_path_factory.mktemp("start") / "profile"
    make_profile(root, 30)
    save_settings(ProfileFolder(root).settings, Settings(page="works"))
    return root


def loaded_by(script: str, root: Path) -> set[str]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script, str(root)]
    code, *names = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environ
    ).stdout.split()
    assert code == "0"
    return set(names)


def test_the_first_rows_are_painted_before_what_nobody_sees_yet_is_loaded(profile_on_works: Path) -> None:
    loaded = loaded_by(FIRST_ROWS, profile_on_works)
    assert "artist_console.ui.pages.works" in loaded
    early = {
        name
        for name in loaded
        for part in AFTER_THE_FIRST_ROWS
        if name == part or name.startswith(f"{part}.")
    }
    assert sorted(early) == []


def test_the_rest_is_loaded_while_nobody_waits_for_it(profile_on_works: Path) -> None:
    loaded = loaded_by(AT_REST, profile_on_works)
    assert {f"artist_console.ui.pages.{screen.key}" for screen in SCREENS} <= loaded
    assert {"artist_console.ui.dialogs.palette", "artist_console.ui.pages.work_details"} <= loaded
    assert "babel" in loaded
