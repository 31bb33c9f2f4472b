"""The look at run time: palette, fonts, heights and style sheet made from the tokens.

Every widget that paints takes the `Theme` first and repaints on `changed`. The theme follows the system where
the person chose so, and changes without a restart; where the system does not tell, it is light.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyleFactory

from artist_console.host import settings
from artist_console.host.resources import resource_bytes
from artist_console.ui.icons import Icons
from artist_console.ui.style_sheet import style_sheet
from artist_console.ui.tokens import TextRole, Tint, Token, Tokens, read_tokens

TABULAR = QFont.Tag("tnum")


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a person chose about the look."""

    theme: settings.Theme = settings.Theme.SYSTEM
    high_contrast: bool = False
    reduced_motion: bool = False
    text_size_percent: int = 100

    @classmethod
    def of(cls, chosen: settings.Settings) -> Appearance:
        return cls(chosen.theme, chosen.high_contrast, chosen.reduced_motion, chosen.text_size_percent)


@dataclass(frozen=True, slots=True)
class TintColours:
    """A family ready to paint with: words on a surface, background, solid mark, words on the background."""

    text: QColor
    back: QColor
    solid: QColor
    on_back: QColor


class Theme(QObject):
    """The one source of colours, fonts, icons and heights."""

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance | None = None) -> None:
        """Dress the application; the fonts are loaded once per process."""
        super().__init__(app)
        self._app = app
        self._appearance = appearance or Appearance()
        self._icons = Icons()
        self._tokens = read_tokens(dark=False, high_contrast=False)
        # Made once per look: a table asks for them thousands of times a second.
        self._colours: dict[Token, QColor] = {}
        self._tints: dict[Tint, TintColours] = {}
        self._fonts: dict[tuple[TextRole, int, bool], QFont] = {}
        _load_fonts(tuple(self._tokens.fonts))
        app.setStyle(QStyleFactory.create("Fusion"))
        # Kept: PySide takes what hangs on a wrapper for gone once the wrapper is.
        self._style_hints = hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        # Qt tells about contrast from 6.10 on.
        accessibility = getattr(hints, "accessibility", None)
        self._hints = accessibility() if accessibility is not None else None
        if self._hints is not None:
            self._hints.contrastPreferenceChanged.connect(self._follow_system)
        self._choose_scheme()
        self._dress()

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Change the look at once."""
        if appearance == self._appearance:
            return
        self._appearance = appearance
        self._choose_scheme()
        self._dress()

    # What it looks like now

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def icons(self) -> Icons:
        return self._icons

    @property
    def is_dark(self) -> bool:
        match self._appearance.theme:
            case settings.Theme.DARK:
                return True
            case settings.Theme.LIGHT:
                return False
            case settings.Theme.SYSTEM:
                return self._style_hints.colorScheme() is Qt.ColorScheme.Dark

    @property
    def is_high_contrast(self) -> bool:
        if self._appearance.high_contrast:
            return True
        return self._hints is not None and self._hints.contrastPreference().name == "HighContrast"

    @property
    def motion_ms(self) -> int:
        """Length of a fade; 0 where the person wants none."""
        return 0 if self._appearance.reduced_motion else self._tokens.motion_ms

    def colour(self, token: Token) -> QColor:
        """Shared: copy it before changing it. So are tints and fonts."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self._tokens.colours[token])
        return found

    def tint(self, tint: Tint) -> TintColours:
        found = self._tints.get(tint)
        if found is None:
            values = self._tokens.tints[tint]
            colours = (values.text, values.back, values.solid, values.on_back)
            found = self._tints[tint] = TintColours(*map(QColor, colours))
        return found

    def pen(self, token: Token, width: float = 1.0) -> QPen:
        return QPen(self.colour(token), width)

    def border(self) -> int:
        """Width of the border of a control."""
        return self._tokens.border

    def font(self, role: TextRole = TextRole.BODY, weight: int = 0, *, tabular: bool = False) -> QFont:
        """A font of the scale; `weight` 0 takes the role's own, `tabular` gives figures of one width."""
        key = (role, weight, tabular)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._make_font(role, weight, tabular)
        return found

    def _make_font(self, role: TextRole, weight: int, tabular: bool) -> QFont:
        values = self._tokens.types[role]
        font = QFont(self._tokens.font_family)
        font.setPixelSize(self.px(values.size))
        font.setWeight(QFont.Weight(weight or values.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if role in (TextRole.TITLE, TextRole.METRIC):
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
        if tabular:
            font.setFeature(TABULAR, 1)
        return font

    def px(self, at_100_percent: int) -> int:
        """A height or size that follows the text size setting."""
        return round(at_100_percent * self._appearance.text_size_percent / 100)

    def height(self, name: str) -> int:
        """A named height ("control", "row", "chip" …) at the chosen text size."""
        return self.px(self._tokens.height[name])

    def width(self, name: str) -> int:
        """A named width; widths of the frame do not follow the text size."""
        return self._tokens.width[name]

    def radius(self, name: str) -> int:
        return self._tokens.radius[name]

    # Changing

    def _choose_scheme(self) -> None:
        # Told to Qt, too, so that the title bars and file dialogs of the system agree.
        hints = self._style_hints
        match self._appearance.theme:
            case settings.Theme.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case settings.Theme.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case settings.Theme.SYSTEM:
                hints.unsetColorScheme()

    def _follow_system(self) -> None:
        if read_tokens(self.is_dark, self.is_high_contrast) is not self._tokens:
            self._dress()

    def _dress(self) -> None:
        self._tokens = read_tokens(self.is_dark, self.is_high_contrast)
        self._icons.forget()
        for kept in (self._colours, self._tints, self._fonts):
            kept.clear()
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(style_sheet(self._tokens, self._appearance.text_size_percent))
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        disabled = QPalette.ColorGroup.Disabled
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(disabled, role, self.colour(Token.DISABLED))
        return palette


_PALETTE = {
    QPalette.ColorRole.Window: Token.SURFACE,
    QPalette.ColorRole.WindowText: Token.TEXT,
    QPalette.ColorRole.Base: Token.SURFACE,
    QPalette.ColorRole.AlternateBase: Token.SUNKEN,
    QPalette.ColorRole.Text: Token.TEXT,
    QPalette.ColorRole.PlaceholderText: Token.TEXT_3,
    QPalette.ColorRole.Button: Token.SURFACE,
    QPalette.ColorRole.ButtonText: Token.TEXT,
    QPalette.ColorRole.Highlight: Token.ACCENT,
    QPalette.ColorRole.HighlightedText: Token.ON_ACCENT,
    QPalette.ColorRole.ToolTipBase: Token.SURFACE,
    QPalette.ColorRole.ToolTipText: Token.TEXT,
    QPalette.ColorRole.Link: Token.ACCENT_TEXT,
    QPalette.ColorRole.LinkVisited: Token.ACCENT_TEXT,
    QPalette.ColorRole.Accent: Token.ACCENT,
    QPalette.ColorRole.Mid: Token.CONTROL_LINE,
    QPalette.ColorRole.Dark: Token.CONTROL_LINE,
    QPalette.ColorRole.Light: Token.SURFACE,
    QPalette.ColorRole.Midlight: Token.HOVER,
    QPalette.ColorRole.Shadow: Token.LINE,
}


@cache
def _load_fonts(names: tuple[str, ...]) -> None:
    """Once per process, to which fonts belong: a second Theme (a second window in tests) finds them there."""
    for name in names:
        QFontDatabase.addApplicationFontFromData(resource_bytes(f"fonts/{name}"))
