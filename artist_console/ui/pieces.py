"""Much to make, a little at a time: between two pieces the window paints and answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal


class Pieces(QObject):
    """Does what it is given in order, so many steps at each turn of the event loop. Ends with its parent."""

    done = Signal()  # nothing is left; also where nothing was to be done

    def __init__(self, parent: QObject, at_once: int = 1) -> None:
        super().__init__(parent)
        self._at_once = at_once
        self._left: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        return bool(self._left)

    def start(self, steps: Iterable[Callable[[], object]], first: int = 0) -> None:
        """Begin anew, what was left is dropped; `first` of the steps are done before it returns."""
        self._left = deque(steps)
        self._do(first)
        self._follow()

    def add(self, steps: Iterable[Callable[[], object]]) -> None:
        """More, after what is left."""
        self._left.extend(steps)
        self._follow()

    def stop(self) -> None:
        self._left.clear()
        self._timer.stop()

    def _go_on(self) -> None:
        self._do(self._at_once)
        self._follow()

    def _do(self, steps: int) -> None:
        for _ in range(min(steps, len(self._left))):
            self._left.popleft()()

    def _follow(self) -> None:
        if self._left:
            self._timer.start()
        else:
            self._timer.stop()
            self.done.emit()
