"""The entry of the program, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from artist_console import __version__

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
