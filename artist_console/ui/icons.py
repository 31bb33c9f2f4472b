"""The set of line drawings, coloured when they are painted.

The drawings are SVG with `currentColor`; a pixmap is made per name, colour, size, device pixel ratio and
direction, and kept. Arrows that mean a direction mirror from right to left; signs do not.
"""

from __future__ import annotations

import re
from enum import StrEnum

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from artist_console.host.resources import resource_bytes


class Icon(StrEnum):
    """A drawing by its purpose; the value is the name of its file below resources/icons."""

    OVERVIEW = "overview"
    WORKS = "works"
    CONSENT = "consent"
    EARNINGS = "earnings"
    ROSTER = "roster"
    REPORTS = "reports"
    SETTINGS = "settings"
    CHECK = "check"
    CROSS = "cross"
    QUESTION = "question"
    FOLLOW = "follow"
    CLOCK = "clock"
    PEOPLE = "people"
    DOCUMENT = "document"
    RING = "ring"
    FORK = "fork"
    TRIANGLE = "triangle"
    LAYERS = "layers"
    DOT = "dot"
    LOCK = "lock"
    SHIELD = "shield"
    PAUSE = "pause"
    TWO_ARROWS = "two-arrows"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_UP = "chevron-up"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_LEFT = "chevron-left"
    ARROW_RIGHT = "arrow-right"
    ARROW_LEFT = "arrow-left"
    ARROW_UP = "arrow-up"
    ARROW_DOWN = "arrow-down"
    SEARCH = "search"
    BELL = "bell"
    CLOUD_CHECK = "cloud-check"
    CLOUD_OFF = "cloud-off"
    CLOUD_PROBLEM = "cloud-problem"
    SYNC = "sync"
    EXPORT = "export"
    IMPORT = "import"
    FILTER = "filter"
    UNDO = "undo"
    REDO = "redo"
    HISTORY = "history"
    CLOSE = "close"
    COPY = "copy"
    LINK = "link"
    PLUS = "plus"
    MINUS = "minus"
    FOLDER = "folder"
    COMPUTER = "computer"
    EYE = "eye"
    SUN = "sun"
    MOON = "moon"
    CONTRAST = "contrast"
    KEY = "key"
    TRASH = "trash"
    PLAY = "play"
    MORE = "more"
    DOWNLOAD = "download"
    UPLOAD = "upload"
    CALENDAR = "calendar"
    PEN = "pen"
    LETTER = "letter"
    SEND = "send"
    INFO = "info"
    HELP = "help"
    PROGRAMME = "programme"
    RELEASE = "release"
    SONG = "song"
    VOICE = "voice"
    PERSON = "person"
    SIGN_OUT = "sign-out"
    OPEN_OUTSIDE = "open-outside"
    PRINT = "print"
    SAVE = "save"
    TABLE = "table"
    COMPARE = "compare"
    GLOBE = "globe"
    TAG = "tag"
    ROWS = "rows"
    MARK = "mark"


MIRRORED = frozenset(
    {
        Icon.FOLLOW,
        Icon.CHEVRON_RIGHT,
        Icon.CHEVRON_LEFT,
        Icon.ARROW_RIGHT,
        Icon.ARROW_LEFT,
        Icon.UNDO,
        Icon.REDO,
        Icon.PLAY,
        Icon.SEND,
        Icon.SIGN_OUT,
        Icon.OPEN_OUTSIDE,
    }
)

# Most icons of a window in one theme; painting the same ones again costs a look-up.
_KEPT = 600


class Icons:
    """Painted drawings, kept until the theme changes."""

    def __init__(self) -> None:
        self._renderers: dict[tuple[Icon, str, bool], QSvgRenderer] = {}
        self._pixmaps: dict[tuple[Icon, int, int, float, bool, bool], QPixmap] = {}

    def forget(self) -> None:
        """Drop what was painted: the colours are others now."""
        self._renderers.clear()
        self._pixmaps.clear()

    def pixmap(
        self,
        icon: Icon,
        colour: QColor,
        size: int,
        ratio: float = 1.0,
        *,
        right_to_left: bool = False,
        heavy: bool = False,
    ) -> QPixmap:
        """A square picture of `size` logical pixels. `heavy` draws the lines stronger, for what is chosen."""
        mirrored = right_to_left and icon in MIRRORED
        key = (icon, colour.rgba(), size, ratio, mirrored, heavy)
        found = self._pixmaps.get(key)
        if found is None:
            if len(self._pixmaps) >= _KEPT:
                self._pixmaps.clear()
            found = self._pixmaps[key] = self._paint(icon, colour, size, ratio, mirrored, heavy)
        return found

    def paint(
        self,
        painter: QPainter,
        rect: QRectF,
        icon: Icon,
        colour: QColor,
        *,
        right_to_left: bool = False,
        heavy: bool = False,
    ) -> None:
        """Paint an icon centred in `rect`, as large as its shorter side."""
        size = round(min(rect.width(), rect.height()))
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.pixmap(icon, colour, size, ratio, right_to_left=right_to_left, heavy=heavy)
        left = rect.x() + (rect.width() - size) / 2
        top = rect.y() + (rect.height() - size) / 2
        # On whole device pixels: between them the lines blur.
        left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
        painter.drawPixmap(QRectF(left, top, size, size), pixmap, QRectF(pixmap.rect()))

    def icon(
        self, icon: Icon, colour: QColor, disabled: QColor, size: int = 16, *, right_to_left: bool = False
    ) -> QIcon:
        """A QIcon for menus and Qt's own controls; made anew when the theme changes."""
        made = QIcon()
        for ratio in (1.0, 2.0, 3.0):
            plain = self.pixmap(icon, colour, size, ratio, right_to_left=right_to_left)
            made.addPixmap(plain, QIcon.Mode.Normal)
            grey = self.pixmap(icon, disabled, size, ratio, right_to_left=right_to_left)
            made.addPixmap(grey, QIcon.Mode.Disabled)
        return made

    def _paint(
        self, icon: Icon, colour: QColor, size: int, ratio: float, mirrored: bool, heavy: bool
    ) -> QPixmap:
        pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mirrored:
            painter.translate(pixmap.width(), 0)
            painter.scale(-1, 1)
        self._renderer(icon, colour, heavy).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _renderer(self, icon: Icon, colour: QColor, heavy: bool) -> QSvgRenderer:
        key = (icon, colour.name(), heavy)
        found = self._renderers.get(key)
        if found is None:
            drawing = resource_bytes(f"icons/{icon.value}.svg").decode("utf-8")
            drawing = drawing.replace("currentColor", colour.name())
            if heavy:
                drawing = re.sub(r'stroke-width="[\d.]+"', 'stroke-width="2.4"', drawing)
            found = self._renderers[key] = QSvgRenderer(QByteArray(drawing.encode("utf-8")))
        return found
