"""PDFs for work that runs beside the interface: a document and its fonts belong to the interface thread.

The work hands over a paper and waits for its bytes; the interface draws one between two of its own events, so
that a hundred letters hold up nothing. A work that should stop does not wait on.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from threading import get_ident

from PySide6.QtCore import QObject, Qt, Signal, Slot

from artist_console.commands.paper import Paper
from artist_console.ui.background import Cancelled, Progress
from artist_console.ui.paper_lines import pdf

_LOOK_AGAIN_S = 0.1  # whether the work should stop meanwhile


class PaperDrawer(QObject):
    """Made in the interface thread, by whoever starts the work; lives as long as that does."""

    _wanted = Signal(object, object)  # Paper, Future

    def __init__(self, family: str, parent: QObject) -> None:
        super().__init__(parent)
        self._family = family
        self._thread = get_ident()
        self._wanted.connect(self._draw, Qt.ConnectionType.QueuedConnection)

    def for_work(self, progress: Progress) -> Callable[[Paper], bytes]:
        """What a command takes to draw with. Raises Cancelled where the work should stop."""

        def draw(paper: Paper) -> bytes:
            if get_ident() == self._thread:
                return pdf(paper, self._family)
            made: Future[bytes] = Future()
            self._wanted.emit(paper, made)
            while True:
                try:
                    return made.result(_LOOK_AGAIN_S)
                except NotYet:
                    if progress.should_stop:
                        raise Cancelled from None

        return draw

    @Slot(object, object)
    def _draw(self, paper: Paper, made: Future[bytes]) -> None:
        try:
            made.set_result(pdf(paper, self._family))
        except Exception as error:  # noqa: BLE001 - handed on to the work that asked
            made.set_exception(error)
