"""Whether Qt works on this computer: loads it, makes an application and draws an icon and a text."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from artist_console.host.resources import resource_bytes

_SIDE = 64


def draw_something() -> str:
    """Draw on an image in memory; gives what was found. Raises RuntimeError where nothing appears."""
    application = QGuiApplication.instance() or QGuiApplication(["artist-console"])
    font = resource_bytes("fonts/Inter-Regular.ttf")
    if QFontDatabase.addApplicationFontFromData(QByteArray(font)) < 0:
        raise RuntimeError("the font of the program could not be loaded")
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(resource_bytes("icons/artist-console.svg"))).render(
        painter, QRectF(0, 0, _SIDE, _SIDE)
    )
    painter.end()
    if not any(image.pixel(x, _SIDE // 2) for x in range(_SIDE)):
        raise RuntimeError("nothing was drawn")
    name = QGuiApplication.platformName()
    del application
    return f"Qt {qVersion()} draws on {name}"
