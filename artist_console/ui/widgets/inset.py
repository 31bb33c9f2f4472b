"""What stands a little further in than what it belongs to. Margins of Qt do not mirror; this does."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from artist_console.ui.theme import Theme
from artist_console.ui.widgets.layout import row

_ICON = 16
_SCROLL_BAR = 12


def below_choice(theme: Theme, part: QWidget | QLayout) -> QHBoxLayout:
    """Where the words of a box or circle to tick begin."""
    return _inset(part, before=3 + theme.px(_ICON) + 8)


def below_fold(theme: Theme, part: QWidget | QLayout) -> QHBoxLayout:
    """Where the words of a line that unfolds begin."""
    return _inset(part, before=theme.px(_ICON) + 10)


def beside_scroll_bar(part: QWidget | QLayout) -> QHBoxLayout:
    """With room for the focus ring of what stands first, and for the bar at the other side."""
    return _inset(part, before=2, after=_SCROLL_BAR)


def _inset(part: QWidget | QLayout, *, before: int, after: int = 0) -> QHBoxLayout:
    line = row(gap=0)
    line.addSpacing(before)
    if isinstance(part, QLayout):
        line.addLayout(part, 1)
    else:
        line.addWidget(part, 1)
    line.addSpacing(after)
    return line
