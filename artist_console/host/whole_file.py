"""A file written through a stream and put in its place only when it is whole: temporary, flush, replace."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from artist_console.domain.problems import FileProblem


@contextmanager
def replacing(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A stream to write and read back; at the end of the block it stands at `path`, else nothing is changed.

    Whatever the block raises goes on, and the temporary file is gone. Raises FileProblem where it cannot be
    written.
    """
    temporary: str | None = None
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        with open(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if sys.platform != "win32":
            os.chmod(temporary, mode)
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise FileProblem(
            "{name} could not be written: {reason}",
            "Check that the folder exists, that you may write there, and that the disk has room",
            name=path.name,
            reason=error.strerror or type(error).__name__,
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
