"""When Python looks for objects that only hold one another: seldom, and not while a person waits.

A catalogue of ten thousand works is some million objects that stay. Looking through all of them holds every
thread for up to a second, and would happen several times while they are read.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

# New objects before the youngest are looked through, how often that happens before the middle ones are, and
# how often those before all are: the last is left to `Collector`.
_THRESHOLDS = (20_000, 10, 1_000)


class Collector(QObject):
    """Looks through everything when the window is not the one in use."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        app.applicationStateChanged.connect(self._follow)

    def begin(self) -> None:
        """After a start without any: what the start has made stays, and is left alone."""
        gc.freeze()
        gc.set_threshold(*_THRESHOLDS)
        gc.enable()

    def _follow(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive and gc.isenabled():
            gc.collect()
