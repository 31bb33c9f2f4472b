"""The program itself as a child with limits, for parsing what could take this process with it.

The child gets one file as its input and gives one short answer. It may use so much memory, so much processor
time and so long by the clock; it can open nothing, reach no network and write nothing, and knows none of the
environment of its parent. On Windows only the clock and the limits of the library inside hold.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from artist_console.domain.problems import Problem

SWITCH = "--read-apart"  # hidden: the first argument of a child; the second names the job

_STEP = 1 << 20
_REFUSED, _NO_MEMORY = 3, 4  # exit codes of a child; Python's own for a bug is 1
_MOST_ANSWER = 1 << 20
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_STANDARD_FILES = 3


@dataclass(frozen=True, slots=True)
class Limits:
    memory_mb: int = 700  # beyond what the program itself takes up
    processor_s: int = 120
    clock_s: int = 240
    file_bytes: int = 1 << 30


_USUAL = Limits()


class Refused(Exception):
    """The child read the file and says what is wrong with it; `str()` is its reason."""


class ReadingApartFailed(Problem):
    """A child that gave no answer; `reason` is a part of a sentence."""

    title_template = "The file could not be read apart: {reason}"
    advice_template = "Nothing of it was used. Ask whoever made it for a new copy"


def ask(job: str, source: BinaryIO, limits: Limits = _USUAL) -> bytes:
    """The answer of a child to the whole of `source`, from its beginning.

    Raises Refused, ReadingApartFailed, and what reading the source raises.
    """
    # Late: every start looks at the name of the switch, and few read a file apart.
    import tempfile

    with tempfile.TemporaryFile(prefix="artist-console-") as file, tempfile.TemporaryFile() as answer:
        source.seek(0)
        while data := source.read(_STEP):
            if file.tell() + len(data) > limits.file_bytes:
                raise ReadingApartFailed(reason="it is larger than files that are read this way")
            file.write(data)
        file.flush()
        file.seek(0)
        code = _ended(job, file, answer, limits)
        answer.seek(0)
        said = answer.read(_MOST_ANSWER + 1)
    if code == 0 and len(said) <= _MOST_ANSWER:
        return said
    if code == _REFUSED:
        raise Refused(said.decode("utf-8", "replace")[:300])
    raise ReadingApartFailed(reason=_reason(code))


def _ended(job: str, file: IO[bytes], answer: IO[bytes], limits: Limits) -> int:
    """The exit code; of a child that a signal ended, the signal below zero."""
    # Late, as above.
    import subprocess

    given = (limits.memory_mb, limits.processor_s)
    try:
        return subprocess.run(
            [*_program(), SWITCH, job, *map(str, given)],
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=Path(sys.executable).parent,
            timeout=limits.clock_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).returncode
    except subprocess.TimeoutExpired:
        raise ReadingApartFailed(reason=f"it takes more than {limits.clock_s} seconds") from None
    except OSError as error:
        raise ReadingApartFailed(reason=f"no process could be started for it ({error.strerror})") from error


def _reason(code: int) -> str:
    if code == _NO_MEMORY:
        return "it needs more memory than such a file may use"
    if sys.platform != "win32":
        # Late and only here: Windows has neither.
        import signal

        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return "it takes more time than such a file may use"
    return "reading it ended without an answer"


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        # Of the two programs on Windows, the one with a console has an output that can be led elsewhere.
        beside = Path(sys.executable).with_name("artist-console.exe")
        return [str(beside) if sys.platform == "win32" and beside.exists() else sys.executable]
    return [sys.executable, "-P", "-m", "artist_console"]  # -P: no module of the folder we happen to be in


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if not getattr(sys, "frozen", False):
        kept["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    return kept


# Inside of the child


def answer(work: Callable[[BinaryIO], bytes], memory_mb: int, processor_s: int) -> int:
    """Limit this process, give `work` the input, and write its answer; gives the exit code.

    `work` raises Refused for a file that is not as it should be.
    """
    source = os.fdopen(0, "rb", closefd=False)
    limit(memory_mb, processor_s)
    try:
        said = work(source)
    except Refused as error:
        os.write(1, str(error).encode("utf-8", "replace")[:_MOST_ANSWER])
        return _REFUSED
    except MemoryError:
        return _NO_MEMORY
    while said:
        said = said[os.write(1, said) :]
    return 0


def limit(memory_mb: int, processor_s: int) -> None:
    """From now on: so much more memory, so much processor time, no other file, no process, nothing in files
    beyond a short answer.
    """
    if sys.platform == "win32":
        return
    # Late and only here: Windows has neither.
    import resource

    used = _address_space()
    most = used + memory_mb * 2**20
    for what, value in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_CPU, processor_s),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MOST_ANSWER + 1),
        (resource.RLIMIT_NPROC, 0),
        # A new file, a socket and a pipe each need a number that is free below this.
        (resource.RLIMIT_NOFILE, _STANDARD_FILES),
    ):
        _, hard = resource.getrlimit(what)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(what, (value, value))
        except (ValueError, OSError):
            continue  # macOS takes no limit of the address space; the clock and the library's own hold


def _address_space() -> int:
    """Bytes of it in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
