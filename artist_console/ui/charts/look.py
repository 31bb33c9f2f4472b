"""What charts are drawn with: the look of the screen, or that of paper, which is white in either theme."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QColor, QFont, QPen

from artist_console.ui.charts.values import OTHER
from artist_console.ui.tokens import CHART_TOKENS, TextRole, Token, read_tokens

_ALTERNATES = QFont.Tag("calt")


class Look(Protocol):
    """Colours, fonts and sizes; the theme of the window is one."""

    @property
    def is_high_contrast(self) -> bool: ...
    def colour(self, token: Token) -> QColor: ...
    def pen(self, token: Token, width: float = 1.0) -> QPen: ...
    def font(self, role: TextRole = ..., weight: int = 0, *, tabular: bool = False) -> QFont: ...
    def px(self, at_100_percent: int) -> int: ...


class PaperLook:
    """The light colours at 100 %, whatever the window looks like. Sizes are pixels of 96 to the inch."""

    def __init__(self, family: str) -> None:
        self._family = family
        self._tokens = read_tokens(dark=False, high_contrast=False)
        # Kept, so that widths of words are measured once for each.
        self._fonts: dict[tuple[TextRole, int], QFont] = {}

    @property
    def is_high_contrast(self) -> bool:
        return False

    def colour(self, token: Token) -> QColor:
        return QColor(self._tokens.colours[token])

    def pen(self, token: Token, width: float = 1.0) -> QPen:
        return QPen(self.colour(token), width)

    def font(self, role: TextRole = TextRole.BODY, weight: int = 0, *, tabular: bool = False) -> QFont:
        key = (role, weight)
        if key not in self._fonts:
            values = self._tokens.types[role]
            made = QFont(self._family)
            made.setPixelSize(values.size)
            made.setWeight(QFont.Weight(weight or values.weight))
            # Figures of one width and contextual forms have no letters in a PDF of Qt: nothing could be
            # copied or searched.
            made.setFeature(_ALTERNATES, 0)
            self._fonts[key] = made
        return self._fonts[key]

    def px(self, at_100_percent: int) -> int:
        return at_100_percent


def series_colour(look: Look, place: int, key: str) -> QColor:
    """The colour of a series by its place; "Other" has the last."""
    return look.colour(CHART_TOKENS[-1] if key == OTHER else CHART_TOKENS[place % len(CHART_TOKENS)])
