"""Paper where no window is open, as from the command line: the fonts of the program are loaded for it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QGuiApplication

from artist_console.commands.paper import Paper
from artist_console.host.resources import resource_bytes
from artist_console.ui.paper_lines import pdf
from artist_console.ui.paper_pieces import PIECE, pdf_in_pieces

_FONT_FILES = ("fonts/Inter-Regular.ttf", "fonts/Inter-SemiBold.ttf")


def pdf_without_a_window(paper: Paper) -> bytes:
    """The document as a PDF file; a long one is never held whole."""
    application = QGuiApplication.instance() or QGuiApplication(["artist-console"])
    families: list[str] = []
    for name in _FONT_FILES:
        number = QFontDatabase.addApplicationFontFromData(QByteArray(resource_bytes(name)))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    family = families[0] if families else "sans-serif"
    if len(paper.lines) <= PIECE:
        made = pdf(paper, family)
    else:
        made = pdf_in_pieces(paper, family, lambda step: step())
    del application
    return made
