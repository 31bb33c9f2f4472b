"""A document of lines as PDF where no window is open, as from the command line."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QGuiApplication

from artist_console.commands.paper import Paper
from artist_console.host.resources import resource_bytes
from artist_console.ui.findings_paper import pdf_of

_FONT_FILES = ("fonts/Inter-Regular.ttf", "fonts/Inter-SemiBold.ttf")


def pdf_without_a_window(paper: Paper) -> bytes:
    """The document in the fonts of the program, which are loaded for it."""
    application = QGuiApplication.instance() or QGuiApplication(["artist-console"])
    families: list[str] = []
    for name in _FONT_FILES:
        number = QFontDatabase.addApplicationFontFromData(QByteArray(resource_bytes(name)))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    made = pdf_of(paper, families[0] if families else "sans-serif")
    del application
    return made
