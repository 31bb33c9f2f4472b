"""Lines of large files, read one by one, so that no file has to fit into memory at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from artist_console.domain.problems import FileProblem


def bounded_lines(path: Path, line_bytes: int, file_bytes: int) -> Iterator[bytes]:
    """The lines of a regular file without their ends.

    Of a line longer than `line_bytes` the first bytes are given, a little more than that, and it is the last:
    whoever reads on is meant to refuse it. Raises FileProblem where the path is not a regular file, is larger
    than `file_bytes`, or cannot be read.
    """
    try:
        # Without O_NONBLOCK, opening a named pipe waits for its writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise FileProblem("{name} is not a file", "Choose a file", name=path.name)
            if state.st_size > file_bytes:
                raise FileProblem(
                    "{name} is larger than the {limit} MB that are read at most",
                    "Ask for a smaller file, of one artist for instance",
                    name=path.name,
                    limit=max(1, file_bytes // 1_000_000),
                )
            while line := file.readline(line_bytes + 2):
                bare = line.removesuffix(b"\n").removesuffix(b"\r")
                yield bare
                if len(bare) > line_bytes:
                    return
    except FileNotFoundError as error:
        raise FileProblem(
            "There is no file {name}", "Check the name and the folder", name=str(path)
        ) from error
    except OSError as error:
        raise FileProblem(
            "{name} could not be read: {reason}",
            "Check that it is a file and that you may open it",
            name=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
