"""What the signs in the matrix mean, at the end of the filter line. Where it is narrow, chips go first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.painting import draw_words, mirrored, painter_for, text_width

_ICON = 14
_GAP = 5
_MEANINGS = (
    ChipMeaning.ALLOWED,
    ChipMeaning.REFUSED,
    ChipMeaning.UNDECIDED,
    ChipMeaning.LICENSED_BY_OTHERS,
)


class _Sign(QWidget):
    """An icon and what it stands for."""

    def __init__(self, theme: Theme, icon: Icon, words: str, tint: Tint | Token = Token.TEXT_3) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._words = words
        self._tint = tint
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = text_width(self._theme.font(TextRole.SMALL), self._words)
        return QSize(round(words) + self._theme.px(_ICON) + _GAP + 2, self._theme.height("chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size = theme.px(_ICON)
        strong = self._tint is not Token.TEXT_3
        ink = theme.tint(self._tint).text if isinstance(self._tint, Tint) else theme.colour(self._tint)
        place = mirrored(QRectF(0, rect.center().y() - size / 2, size, size), rect, mirrors)
        theme.icons.paint(painter, place, self._icon, ink, right_to_left=mirrors, heavy=strong)
        words = mirrored(QRectF(size + _GAP, 0, rect.width() - size - _GAP, rect.height()), rect, mirrors)
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        font = theme.font(TextRole.SMALL)
        draw_words(painter, words, self._words, font, theme.colour(Token.TEXT_2), alignment)


class ConsentLegend(QWidget):
    """Chips and signs with their words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = [Chip(theme, ChipValue(meaning)) for meaning in _MEANINGS]
        follows = _Sign(theme, Icon.FOLLOW, say("consent", "follows the level above"))
        waits = _Sign(theme, Icon.CLOCK, say("consent", "not confirmed yet"), Tint.ASK)
        drafted = _Sign(theme, Icon.PEN, say("consent", "to review, not recorded"), Token.ACCENT_TEXT)
        self.signs = (follows, waits, drafted)
        self.setLayout(row(*self._chips, *self.signs, gap=8))
        self.setAccessibleName(say("consent", "What the signs mean"))
        self._whole = 0

    def fit(self, room: int) -> None:
        """Keep to this width: the chips say their meaning themselves and can go."""
        whole = sum(chip.sizeHint().width() + 8 for chip in self._chips)
        signs = self.sizeHint().width() - (whole if not self._chips[0].isHidden() else 0)
        for chip in self._chips:
            chip.setVisible(whole + signs <= room)
        self.setVisible(signs <= room)
