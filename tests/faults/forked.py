"""Processes that are there in no time, to be killed: forked from one that has loaded everything already.

Each is a process of its own that runs the real code from its first line on; only the loading of the modules,
which takes seconds, was done before. What it says goes line by line over a pipe, and outlives a kill there.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from io import TextIOBase
from multiprocessing.connection import Connection
from typing import Any

PATIENCE_S = 60.0
_forking: Any = multiprocessing.get_context("forkserver") if hasattr(os, "fork") else None
if _forking is not None:
    _forking.set_forkserver_preload(
        [
            "artist_console.app",
            "artist_console.cli.run",
            "artist_console.backend.serve",
            "tests.faults.client",
        ]
    )


class Child:
    """A process that runs `body(line, *arguments)`, where `line` carries words in both directions."""

    def __init__(self, environ: Mapping[str, str], body: Callable[..., None], *arguments: object) -> None:
        self.said: list[str] = []
        self._line, theirs = _forking.Pipe()
        self._process = _forking.Process(
            target=_run, args=(theirs, dict(environ), body, *arguments), daemon=True
        )
        self._process.start()
        theirs.close()

    def until(self, wanted: Callable[[str], bool]) -> str:
        """Listen until it says something."""
        ends = time.monotonic() + PATIENCE_S
        while self._line.poll(max(0.0, ends - time.monotonic())):
            try:
                self.said.append(self._line.recv())
            except EOFError:
                break
            if wanted(self.said[-1]):
                return self.said[-1]
        raise AssertionError(f"it ended, or took too long; the last it said: {self.said[-3:]}")

    @property
    def is_alive(self) -> bool:
        return bool(self._process.is_alive())

    @property
    def exit_code(self) -> int | None:
        """As it ended; None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def tell(self, words: str) -> None:
        self._line.send(words)

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is closed."""
        self._process.kill()
        self._rest()

    def terminate(self) -> None:
        """SIGTERM: it ends as it does at the end of a session."""
        self._process.terminate()
        self._rest()

    def wait(self) -> None:
        """Hear the rest of it, after it was told to end."""
        self._rest()

    def _rest(self) -> None:
        ends = time.monotonic() + PATIENCE_S
        try:
            while self._line.poll(max(0.0, ends - time.monotonic())):
                self.said.append(self._line.recv())
        except (EOFError, ConnectionResetError):
            pass
        self._process.join(PATIENCE_S)
        assert self.exit_code is not None, "it does not end"
        self._line.close()


class _Lines(TextIOBase):
    """Standard output that sends whole lines."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._part = ""

    def write(self, text: str) -> int:
        *whole, self._part = (self._part + text).split("\n")
        for each in whole:
            self._line.send(each)
        return len(text)


def _run(line: Connection, environ: Mapping[str, str], body: Callable[..., None], *arguments: object) -> None:
    os.environ.clear()
    os.environ.update(environ)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdout = sys.stderr = _Lines(line)
    body(line, *arguments)


def command_line(line: Connection, *arguments: str) -> None:
    """The program itself, as if it had been typed."""
    # Late: it is loaded before the fork, and whoever looks at this module alone does not need it.
    from artist_console.__main__ import main

    sys.exit(main(list(arguments)))
