"""What Qt does not take to the resolution of a printer or PDF by itself: what paragraphs are set in.

Each keeps its measure in pixels of 96 to the inch, so that one document can be drawn on several devices.
"""

from __future__ import annotations

from PySide6.QtGui import (
    QPagedPaintDevice,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

_SCREEN_DPI = 96
# What is set in, kept with a paragraph: its margin, and how much of that the first line does not take.
INSET = QTextFormat.Property.UserProperty.value + 1
HANGING = INSET + 1


def set_in(block: QTextBlockFormat, scale: float = 1.0) -> None:
    block.setLeftMargin(block.intProperty(INSET) * scale)
    block.setTextIndent(-block.intProperty(HANGING) * scale)


def fit_to(device: QPagedPaintDevice, document: QTextDocument) -> None:
    """Heights, tabs and tables are taken to the device by Qt."""
    scale = device.logicalDpiX() / _SCREEN_DPI
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        if block.blockFormat().hasProperty(INSET):
            form = block.blockFormat()
            set_in(form, scale)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
        block = block.next()
