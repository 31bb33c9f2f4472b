"""Files read with a ceiling and written whole: temporary file, flush to the disk, then replace."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from artist_console.domain.problems import FileProblem

if sys.platform == "darwin":
    import fcntl

# What SQLite keeps beside a database; a database without them is another database.
_COMPANION_ENDINGS = ("-wal", "-shm", "-journal")

_COPIED_BYTES = 10_000_000


def read_bounded(path: Path, limit_bytes: int) -> bytes:
    """Read a whole regular file of at most `limit_bytes`.

    Raises FileProblem when the path is not a regular file, is larger, or cannot be read.
    """
    content = read_start(path, limit_bytes + 1)
    if len(content) > limit_bytes:
        raise FileProblem(
            "{name} is larger than the {limit} MB that are read at most",
            "Choose a smaller file, or split it",
            name=path.name,
            limit=max(1, limit_bytes // 1_000_000),
        )
    return content


def read_start(path: Path, size_bytes: int) -> bytes:
    """The first bytes of a regular file. Raises FileProblem when it is none, or cannot be read."""
    with open_file(path) as file:
        return file.read(size_bytes)


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """A regular file, to be read inside the block. Raises FileProblem when it is none, or cannot be read."""
    try:
        # Without O_NONBLOCK, opening a named pipe waits for its writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise FileProblem("{name} is not a file", "Choose a file", name=path.name)
            yield file
    except FileNotFoundError as error:
        raise FileProblem(
            "There is no file {name}", "Check the name and the folder", name=str(path)
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def write_atomic(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace the file by `data`, or leave it as it was. Durable when it returns.

    Raises FileProblem when it could not be written; then the former content stands. A device or a pipe is
    no file: putting one in its place would take it away from everybody.
    """
    with replacing(path, mode) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A file to be written in pieces: it takes the place of `path` when the block ends without trouble.

    Until then the former content stands, and after trouble too. Raises FileProblem as `write_atomic` does.
    """
    temporary: str | None = None
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise FileProblem("{name} is not a file", "Choose a file", name=str(path))
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with open(descriptor, "wb") as file:
            if sys.platform != "win32":
                os.fchmod(descriptor, mode)
            yield file
            file.flush()
            _flush_to_disk(descriptor)
        os.replace(temporary, path)
        temporary = None
        flush_folder(path.parent)
    except OSError as error:
        raise FileProblem(
            "{name} could not be written: {reason}",
            "Check that the folder exists, that you may write there, and that the disk has room",
            name=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def copy_aside(path: Path) -> Path:
    """Keep a copy of a small file that is about to be replaced; gives its path. Raises FileProblem."""
    aside = _free_name(path)
    write_atomic(aside, read_bounded(path, _COPIED_BYTES))
    return aside


def set_aside(path: Path) -> Path:
    """Rename an unreadable file, so that nothing is lost; gives its new path.

    What SQLite keeps beside a database moves with it. Raises FileProblem when it cannot be renamed.
    """
    aside = _free_name(path)
    try:
        path.rename(aside)
        for ending in _COMPANION_ENDINGS:
            companion = path.with_name(path.name + ending)
            if companion.exists():
                companion.rename(aside.with_name(aside.name + ending))
        flush_folder(path.parent)
    except OSError as error:
        raise FileProblem(
            "{name} could not be renamed: {reason}",
            "Check that you may write in its folder",
            name=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    return aside


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.set-aside-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _unreadable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        "{name} could not be read: {reason}",
        "Check that it is a file and that you may open it",
        name=str(path),
        reason=error.strerror or type(error).__name__,
    )


def _flush_to_disk(descriptor: int) -> None:
    if sys.platform == "darwin":
        # fsync on macOS stops at the drive's cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Make a rename in this folder durable. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
