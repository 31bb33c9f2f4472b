"""The top bar: for whom one acts, search, sync, notifications."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.shortcuts import Action, shortcut_words
from artist_console.ui.text import isolate, say, set_tooltip, visible_line
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, IconButton
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.painting import (
    draw_words,
    fill_round,
    focus_ring,
    mirrored,
    painter_for,
    shows_focus,
    text_width,
)
from artist_console.ui.widgets.pictures import paint_cover
from artist_console.ui.widgets.press import PressButton

_PICTURE = 30
_ICON = 16


class _BarButton(PressButton):
    """What the parts of the bar share: no frame, a quiet hover, a ring."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @property
    def _mirrors(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def _start(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if self._mirrors else Qt.AlignmentFlag.AlignLeft

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        radius = theme.radius("field")
        if self.underMouse() and self.isEnabled():
            fill_round(painter, rect, radius, theme.colour(Token.SELECTED if theme.is_dark else Token.LINE))
        if shows_focus(self):
            focus_ring(painter, theme, rect, radius)


class _ArtistButton(_BarButton):
    """Picture, name and label of whom one acts for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._key = self._name = self._second = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_artist(self, key: str, name: str, second: str) -> None:
        self._key, self._name, self._second = key, visible_line(name), visible_line(second)
        keys = shortcut_words(Action.SWITCH_ARTIST)
        spoken = say("top-bar", "Artist: {name}", name=isolate(self._name))
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(self._second)
        set_tooltip(self, say("top-bar", "Switch artist ({keys})", keys=keys))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(226), self._theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        self._paint_ground(painter, rect)
        size = _PICTURE
        box = mirrored(QRectF(6, (rect.height() - size) / 2, size, size), rect, self._mirrors)
        paint_cover(painter, theme, box, self._key, round=True)
        left = 6 + size + 10
        right = rect.width() - 26
        half = theme.px(16)
        middle = rect.center().y()
        top = middle - half if self._second else middle - half / 2
        first = mirrored(QRectF(left, top, right - left, half), rect, self._mirrors)
        strong = theme.font(TextRole.BODY, 600)
        draw_words(painter, first, self._name, strong, theme.colour(Token.TEXT), self._start)
        if self._second:
            second = mirrored(QRectF(left, middle, right - left, half), rect, self._mirrors)
            quiet = theme.font(TextRole.CAPTION)
            draw_words(painter, second, self._second, quiet, theme.colour(Token.TEXT_2), self._start)
        arrow = mirrored(QRectF(rect.width() - 22, middle - 8, 16, 16), rect, self._mirrors)
        theme.icons.paint(painter, arrow, Icon.CHEVRON_DOWN, theme.colour(Token.TEXT_2))


class _SearchButton(_BarButton):
    """Looks like a field; opens search and commands."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = say("top-bar", "Search works, programmes, statements…")
        self.setAccessibleName(say("top-bar", "Search and commands"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.width("search_most"))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.width("search_most"), self._theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.width("search_least"), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        radius = theme.radius("field")
        line = theme.colour(Token.CONTROL_LINE)
        fill_round(painter, rect, radius, theme.colour(Token.SURFACE), line, theme.border())
        if shows_focus(self):
            focus_ring(painter, theme, rect, radius)
        size = theme.px(_ICON)
        glass = mirrored(QRectF(11, (rect.height() - size) / 2, size, size), rect, self._mirrors)
        theme.icons.paint(painter, glass, Icon.SEARCH, theme.colour(Token.TEXT_2))
        hint = shortcut_words(Action.SEARCH).replace("+", " ")
        font = theme.font(TextRole.CAPTION)
        width, height = text_width(font, hint) + 14, theme.px(20)
        box = QRectF(rect.right() - width - 7, (rect.height() - height) / 2, width, height)
        box = mirrored(box, rect, self._mirrors)
        fill_round(painter, box, 4, theme.colour(Token.SUNKEN), theme.colour(Token.LINE))
        painter.setFont(font)
        painter.setPen(theme.colour(Token.TEXT_2))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), hint)
        left = 11 + size + 10
        words = mirrored(
            QRectF(left, 0, rect.width() - left - width - 14, rect.height()), rect, self._mirrors
        )
        draw_words(
            painter,
            words,
            self.words_in(words.width()),
            theme.font(),
            theme.colour(Token.TEXT_3),
            self._start,
        )

    def words_in(self, room: float) -> str:
        """What the field says in so much room: whole words, not half of them."""
        fits = text_width(self._theme.font(), self._words) <= room
        return self._words if fits else say("top-bar", "Search…")


class _SyncButton(_BarButton):
    """Text and icon of the sync status."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = ""
        self._icon = Icon.CLOUD_CHECK
        self._tint: Tint | None = None
        self._icon_only = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_status(self, words: str, icon: Icon, tint: Tint | None) -> None:
        self._words, self._icon, self._tint = words, icon, tint
        self.setAccessibleName(say("top-bar", "Sync: {status}", status=words))
        set_tooltip(self, words)
        self.updateGeometry()
        self.update()

    def set_icon_only(self, icon_only: bool) -> None:
        self._icon_only = icon_only
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = 0.0 if self._icon_only else text_width(self._theme.font(TextRole.SMALL, 500), self._words) + 8
        return QSize(round(self._theme.px(_ICON) + words + 20), self._theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_ICON) + 20, self._theme.height("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        self._paint_ground(painter, rect)
        ink = theme.tint(self._tint).text if self._tint is not None else theme.colour(Token.TEXT_2)
        size = theme.px(_ICON)
        box = mirrored(QRectF(10, (rect.height() - size) / 2, size, size), rect, self._mirrors)
        theme.icons.paint(painter, box, self._icon, ink)
        if self._icon_only:
            return
        left = 10 + size + 8
        words = mirrored(QRectF(left, 0, rect.width() - left - 6, rect.height()), rect, self._mirrors)
        font = theme.font(TextRole.SMALL, 500)
        tone = ink if self._tint is not None else theme.colour(Token.TEXT)
        draw_words(painter, words, self._words, font, tone, self._start)


class _BellButton(IconButton):
    """The bell, with a dot while something is unread."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Icon.BELL, say("top-bar", "Notifications"), parent)
        self._unread = 0

    def set_unread(self, n: int, spoken: str) -> None:
        self._unread = n
        self.set_name(spoken or say("top-bar", "Notifications"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unread:
            painter = painter_for(self)
            centre = QRectF(self.rect()).center()
            dot = QRectF(centre.x() + 2, centre.y() - 9, 7, 7)
            fill_round(painter, dot, 3.5, self._theme.colour(Token.ACCENT), self._theme.colour(Token.BG), 1)


class TopBar(QWidget):
    """Five buttons that tell what was wished."""

    artist_requested = Signal()
    search_requested = Signal()
    sync_requested = Signal()
    notifications_requested = Signal()
    menu_requested = Signal()
    sample_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.artist = _ArtistButton(theme)
        self.search = _SearchButton(theme)
        self.sync = _SyncButton(theme)
        self.bell = _BellButton(theme)
        self.menu_button = IconButton(theme, Icon.MORE, say("top-bar", "All menus (F10)"))
        self.sample = Button(theme, "", ButtonKind.QUIET, Icon.INFO)
        self.sample.hide()
        line = row(gap=8, margins=(14, 0, 20, 0))
        line.addWidget(self.artist)
        line.addStretch(1)
        line.addWidget(self.search, 4)
        line.addStretch(1)
        line.addWidget(self.sample)
        line.addWidget(self.sync)
        line.addWidget(self.bell)
        line.addWidget(self.menu_button)
        self.setLayout(line)
        self.artist.clicked.connect(self.artist_requested)
        self.search.clicked.connect(self.search_requested)
        self.sync.clicked.connect(self.sync_requested)
        self.bell.clicked.connect(self.notifications_requested)
        self.menu_button.clicked.connect(self.menu_requested)
        self.sample.clicked.connect(self.sample_requested)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Its buttons in the order of Tab."""
        return (self.artist, self.search, self.sample, self.sync, self.bell, self.menu_button)

    def main_stop(self) -> QWidget:
        return self.artist

    def set_artist(self, key: str, name: str, second: str = "") -> None:
        """Whom one acts for; without a name the switcher is hidden."""
        self.artist.setVisible(bool(name))
        self.artist.show_artist(key, name, second)

    def set_sync(self, words: str, icon: Icon = Icon.CLOUD_CHECK, tint: Tint | None = None) -> None:
        self.sync.show_status(words, icon, tint)
        self._fit()

    def set_unread(self, n: int, spoken: str = "") -> None:
        self.bell.set_unread(n, spoken)

    def set_sample(self, words: str) -> None:
        """The word that says that this is sample music; empty hides it."""
        self.sample.set_words(words)
        self.sample.setVisible(bool(words))

    def set_account(self, has_account: bool) -> None:
        """Without an account there is nobody to act for and nothing to sync."""
        for part in (self.artist, self.sync, self.bell):
            part.setVisible(has_account)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, self._theme.colour(Token.BG))
        painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), self._theme.colour(Token.LINE))

    def _fit(self) -> None:
        """Where it is narrow the words of the status go before the search field does."""
        self.sync.set_icon_only(False)
        needed = self.artist.sizeHint().width() + self.search.minimumSizeHint().width() + 40
        needed += self.sync.sizeHint().width() + self.bell.sizeHint().width() + 40
        if not self.sample.isHidden():
            needed += self.sample.sizeHint().width() + 8
        self.sync.set_icon_only(needed > self.width())

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.height("top_bar"))
        self.update()
