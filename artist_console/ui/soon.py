"""What is done once the present event is over: after a layout, after the first paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

# What is to be painted is painted within one or two pictures of the screen; a hidden window paints nothing.
_PAINTED_BY_MS = 250
_AFTER_PAINT_MS = 10


def soon(owner: QObject, do: Callable[[], None], wait_ms: int = 0) -> None:
    """Do it when the event loop comes round; not at all where the owner is gone by then."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(do)
    timer.timeout.connect(timer.deleteLater)
    timer.start(wait_ms)


def after_paint(window: QWidget, do: Callable[[], None]) -> None:
    """Do it once a window has painted what it knows now, or in a moment where it has nothing to paint."""
    _AfterPaint(window, do)


class _AfterPaint(QObject):
    def __init__(self, window: QWidget, do: Callable[[], None]) -> None:
        super().__init__(window)
        self._do = do
        self._latest = QTimer(self)
        self._latest.setSingleShot(True)
        self._latest.timeout.connect(self._end)
        self._latest.start(_PAINTED_BY_MS)
        self._handle = window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            self._latest.start(_AFTER_PAINT_MS)  # this event is about to paint
        return False

    def _end(self) -> None:
        self.deleteLater()
        self._do()
