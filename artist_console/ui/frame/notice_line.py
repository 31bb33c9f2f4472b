"""One line under the top bar: offline while something waits, a restored service, a clock that is off."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton, LinkButton
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.painting import painter_for


class NoticeLine(QWidget):
    """A sentence, where it leads, and a cross where it can be put away."""

    followed = Signal()
    put_away = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = IconMark(theme, Icon.CLOUD_OFF)
        self._words = elided("", TextRole.SMALL, Tint.NEUTRAL)
        self.link = LinkButton(theme, "")
        self.link.clicked.connect(self.followed)
        self.cross = IconButton(theme, Icon.CROSS, say("notice", "Close this line"))
        self.cross.clicked.connect(self.put_away)
        line = row(self._mark, self._words, self.link, self.cross, gap=9, margins=(24, 0, 24, 0))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_line(
        self,
        words: str,
        action_words: str = "",
        icon: Icon = Icon.CLOUD_OFF,
        *,
        can_be_put_away: bool = False,
    ) -> None:
        """Show the line; empty words hide it."""
        self._mark.show_icon(icon)
        self._words.setText(words)
        self.link.set_words(action_words)
        self.link.setVisible(bool(action_words))
        self.cross.setVisible(can_be_put_away)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, self._theme.colour(Token.SUNKEN))
        painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), self._theme.colour(Token.LINE))

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.update()
