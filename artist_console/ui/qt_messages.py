"""Where Qt's own remarks go: into the local log, not onto the terminal of somebody who cannot help it.

A desktop without a font setting, a session without a bus: Qt says so at every start. What ends the program is
still printed.
"""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LOGGER = logging.getLogger("artist_console.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep_qt_messages() -> None:
    """From now on; before the application object is made, which is when most of them come."""
    qInstallMessageHandler(_take)


def _take(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = _LEVELS.get(kind, logging.WARNING)
    # Up to the first colon Qt names its own function; what follows may be a person's file or font.
    _LOGGER.log(level, "%s %s", context.category or "default", message.partition(": ")[0])
    if level >= logging.ERROR:
        print(message, file=sys.stderr)
