"""The program as somebody runs it in a terminal: a process of its own for every command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "artist_console")


@dataclass(frozen=True)
class Terminal:
    """One profile folder, named with --data, and nothing of the person's own environment."""

    data: Path
    home: Path

    def run(
        self, *arguments: str | Path, data: bool = True, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        command = [*PROGRAM, *map(str, arguments)]
        if data:
            command += ["--data", str(self.data)]
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment() | environ,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )

    def done(self, *arguments: str | Path) -> str:
        """Run a command that has to succeed; gives what it printed."""
        result = self.run(*arguments)
        assert result.returncode == 0, result.stderr
        assert result.stderr == ""
        return result.stdout

    def asked(self, *arguments: str | Path) -> Any:
        """The same with --json, read back."""
        return json.loads(self.done(*arguments, "--json"))

    def refused(self, *arguments: str | Path, code: int = 1, **environ: str) -> str:
        """Run a command that has to end with a problem; gives the sentence."""
        result = self.run(*arguments, data=True, **environ)
        assert (result.returncode, result.stdout) == (code, "")
        assert "Traceback" not in result.stderr
        return result.stderr

    def environment(self) -> dict[str, str]:
        kept = {
            name: os.environ[name]
            for name in ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START")
            if name in os.environ
        }
        here = str(Path(__file__).resolve().parents[2])
        return kept | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "share"),
            "PYTHONPATH": here,
            "PYTHONUTF8": "1",
            "PYTHONWARNINGS": "error::ResourceWarning",
            "ARTIST_CONSOLE_KEYRING": "off",
        }
