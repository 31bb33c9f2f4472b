"""One rotating local log file per profile; nothing is ever sent anywhere.

Of an error only its type and the places in the code are written, never its message: a message may carry a
name, an amount or a path that a person gave.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import os
import traceback
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from types import TracebackType

# Enough for some weeks of use, small enough to attach to a message.
_FILE_SIZE_BYTES = 1_000_000
_OLDER_FILES = 3

_LOGGER = "artist_console"


class PrivateFormatter(logging.Formatter):
    """Writes the types of an error and its causes and where they came through, without their messages."""

    def format(self, record: logging.LogRecord) -> str:
        # A record remembers the text that another handler made of its error, message included.
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            places = traceback.extract_tb(error.__traceback__)
            lines += [f"  {Path(place.filename).name}:{place.lineno} in {place.name}" for place in places]
            lines.append(type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


class _PrivateFile(logging.FileHandler):
    """A file that only this user can read; a full one becomes the first of the older ones.

    The standard library has such a handler among its handlers for networks and mail, which take long to load.
    """

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_open_private)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() >= _FILE_SIZE_BYTES:
                self._rotate()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def _rotate(self) -> None:
        """Each file gets the name of the next older one, the oldest goes; the next record opens a new one."""
        names = [self.baseFilename, *(f"{self.baseFilename}.{age}" for age in range(1, _OLDER_FILES + 1))]
        self.close()
        for younger, older in reversed(list(pairwise(names))):
            with contextlib.suppress(FileNotFoundError):
                os.replace(younger, older)

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: on a full or read-only disk the person hears of the work that fails, not of its log."""


def start_log(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Write what this program logs to `folder`/artist-console.log; give the result to `stop_log`."""
    handler = _PrivateFile(folder / "artist-console.log", encoding="utf-8", delay=True)
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger(_LOGGER)
    logger.addHandler(handler)
    logger.setLevel(level)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Close the file and leave the logger as it was before `start_log`."""
    logger = logging.getLogger(_LOGGER)
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)
    with contextlib.suppress(OSError):  # what a full disk did not take is lost
        handler.close()


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
