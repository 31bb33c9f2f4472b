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
from logging.handlers import RotatingFileHandler
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


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only this user can read."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_open_private)

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: on a full or read-only disk the person hears of the work that fails, not of its log."""


def start_log(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Write what this program logs to `folder`/artist-console.log; give the result to `stop_log`."""
    handler = _PrivateFile(
        folder / "artist-console.log",
        maxBytes=_FILE_SIZE_BYTES,
        backupCount=_OLDER_FILES,
        encoding="utf-8",
        delay=True,
    )
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
