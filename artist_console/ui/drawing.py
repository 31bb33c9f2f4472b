"""PDFs for work that runs beside the interface: a document and its fonts belong to the interface thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from artist_console.commands.paper import Paper
from artist_console.ui.background import InterfaceThread, Progress
from artist_console.ui.paper_lines import pdf
from artist_console.ui.paper_pieces import PIECE, pdf_in_pieces


class PaperDrawer:
    """Made in the interface thread by whoever starts the work; `owner` outlives it, as the desk does."""

    def __init__(self, family: str, owner: QObject) -> None:
        self._family = family
        self._interface = InterfaceThread(owner)

    def for_work(self, progress: Progress) -> Callable[[Paper], bytes]:
        """What a command takes to draw with. Raises Cancelled where the work should stop."""

        def draw(paper: Paper) -> bytes:
            if len(paper.lines) <= PIECE:
                return self._interface.have_done(partial(pdf, paper, self._family), progress)
            return pdf_in_pieces(paper, self._family, lambda step: self._interface.have_done(step, progress))

        return draw
