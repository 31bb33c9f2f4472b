"""First paint with the first local rows of 10,000 works, against a bare window of PySide6.

Both are processes of their own, timed from their start to the line they print. The backend is not started.
The profile is that of a person who left the window on the works page: it comes up there again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from artist_console.host.paths import ProfileFolder
from artist_console.host.settings import Settings, save_settings
from benchmarks.figures import Figure, median
from benchmarks.world import make_profile

WORKS = 10_000
ROUNDS = 9
AT_MOST = 2.5
_PROJECT = Path(__file__).resolve().parents[1]

_OURS = """
import sys
from pathlib import Path
from artist_console import app
sys.exit(app.time_first_rows(Path(sys.argv[1])))
"""
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        QTimer.singleShot(0, QApplication.quit)

app = QApplication(sys.argv[:1])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""


def measure(folder: Path) -> list[Figure]:
    root = folder / "ten thousand"
    make_profile(root, WORKS)
    save_settings(ProfileFolder(root).settings, Settings(page="works"))
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_PROJECT)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    ours, bare = [], []
    _seconds_to_line([_OURS, str(root)], environ)
    for _ in range(ROUNDS):
        ours.append(_seconds_to_line([_OURS, str(root)], environ))
        bare.append(_seconds_to_line([_BARE], environ))
    name = f"first paint with the first of {WORKS:,} works"
    return [Figure(name, median(ours), median(bare), AT_MOST, "a bare PySide6 window")]


def _seconds_to_line(script: list[str], environ: dict[str, str]) -> float:
    """From the start of a process to the first line that it prints."""
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", *script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        taken = perf_counter() - began
        running.communicate()
    if not line or running.returncode != 0:
        raise RuntimeError(f"a process ended with {running.returncode} before it painted")
    return taken
