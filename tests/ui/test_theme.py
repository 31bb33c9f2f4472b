"""Colours, contrast, type and the change of the look while it runs."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.charts.bars_drawing import UNMARKED, UNMARKED_SINGLE
from artist_console.ui.text import label
from artist_console.ui.theme import Appearance, Theme
from artist_console.ui.tokens import CHART_TOKENS, TextRole, Tint, Token, Tokens, read_tokens
from artist_console.ui.widgets.buttons import Button

UI = Path(__file__).resolve().parents[2] / "artist_console" / "ui"
GROUNDS = (Token.BG, Token.SURFACE, Token.SUNKEN, Token.HOVER, Token.SELECTED)
LOOKS = tuple(product((False, True), repeat=2))

every_look = pytest.mark.parametrize(("dark", "high_contrast"), LOOKS)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def mixed(first: str, second: str, part: float) -> str:
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * (1 - part) + b * part):02X}" for a, b in pairs)


def too_weak(tokens: Tokens, pairs: list[tuple[str, str, float]]) -> list[str]:
    return [f"{a} on {b}: {contrast(a, b):.2f} < {least}" for a, b, least in pairs if contrast(a, b) < least]


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@every_look
def test_words_can_be_read_on_every_ground(dark: bool, high_contrast: bool) -> None:
    tokens = read_tokens(dark, high_contrast)
    colours = tokens.colours
    least = {Token.TEXT: 7.0, Token.TEXT_2: 4.5, Token.TEXT_3: 4.5, Token.ACCENT_TEXT: 4.5}
    pairs = [(colours[w], colours[g], n) for w, n in least.items() for g in GROUNDS]
    pairs += [(tokens.tints[tint].text, colours[g], 4.5) for tint in Tint for g in GROUNDS]
    pairs += [(tokens.tints[tint].on_back, tokens.tints[tint].back, 4.5) for tint in Tint]
    pairs += [(colours[Token.ON_ACCENT], colours[g], 4.5) for g in (Token.ACCENT, Token.ACCENT_HOVER)]
    pairs += [(colours[Token.ACCENT_TEXT], colours[Token.ACCENT_SOFT], 4.5)]
    assert too_weak(tokens, pairs) == []


@every_look
def test_borders_rings_and_marks_can_be_seen(dark: bool, high_contrast: bool) -> None:
    tokens = read_tokens(dark, high_contrast)
    colours = tokens.colours
    surface = colours[Token.SURFACE]
    pairs = [(colours[Token.FOCUS], colours[g], 3.0) for g in GROUNDS]
    pairs += [(colours[Token.CONTROL_LINE], colours[g], 3.0) for g in (Token.SURFACE, Token.BG)]
    pairs += [(colours[Token.TEXT_3], colours[Token.SELECTED], 3.0)]  # boxes to tick in selected rows
    pairs += [(tokens.tints[tint].solid, surface, 3.0) for tint in Tint]
    pairs += [(colours[token], surface, 3.0) for token in CHART_TOKENS]
    if not high_contrast:
        pairs += [(tokens.tints[tint].solid, tokens.tints[tint].back, 3.0) for tint in Tint]
        pairs += [(mixed(colours[token], surface, UNMARKED), surface, 3.0) for token in CHART_TOKENS]
        pairs += [(mixed(colours[Token.CHART_1], surface, UNMARKED_SINGLE), surface, 3.0)]
    assert too_weak(tokens, pairs) == []


def test_high_contrast_has_no_tints_and_borders_in_the_colour_of_text() -> None:
    for dark in (False, True):
        tokens = read_tokens(dark, high_contrast=True)
        text = tokens.colours[Token.TEXT]
        assert tokens.colours[Token.LINE] == tokens.colours[Token.CONTROL_LINE] == text
        assert {tokens.tints[tint].solid for tint in Tint} == {text}
        assert tokens.border == 2


def test_no_colour_stands_in_the_code_of_the_interface() -> None:
    hexadecimal, number = r"""["'(:\s]#[0-9A-Fa-f]{6,8}\b""", r"QColor\(\s*\d|(?<![.\w])rgba?\("
    colour = re.compile(rf"{hexadecimal}|{number}|GlobalColor\.(?!transparent)")
    assert colour.search('x = "#5046C8"')
    found = [
        f"{path.relative_to(UI)}:{number}"
        for path in sorted(UI.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if colour.search(line)
    ]
    assert found == []


def test_inter_is_bundled_with_its_licence(theme: Theme) -> None:
    assert "Inter" in QFontDatabase.families()
    for weight in (400, 500, 600):
        assert QFontInfo(theme.font(TextRole.BODY, weight)).weight() == weight


def test_figures_have_one_width_in_tables(theme: Theme) -> None:
    tabular = QFontMetricsF(theme.font(tabular=True))
    plain = QFontMetricsF(theme.font())
    assert tabular.horizontalAdvance("1111") == pytest.approx(tabular.horizontalAdvance("0000"), abs=0.2)
    assert plain.horizontalAdvance("1111") < plain.horizontalAdvance("0000") - 2


def test_the_look_changes_without_a_restart(theme: Theme, qtbot: QtBot) -> None:
    shown = label("Words")
    qtbot.addWidget(shown)
    shown.show()
    light = shown.palette().color(QPalette.ColorRole.WindowText)
    with qtbot.waitSignal(theme.changed):
        theme.choose(Appearance(ThemeChoice.DARK))
    assert theme.is_dark
    assert shown.palette().color(QPalette.ColorRole.WindowText) != light
    assert shown.palette().color(QPalette.ColorRole.WindowText) == theme.colour(Token.TEXT)


def test_the_same_choice_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(theme.appearance)


def test_where_the_system_does_not_tell_it_is_light(theme: Theme, qapp: QApplication) -> None:
    theme.choose(Appearance(ThemeChoice.SYSTEM))
    if qapp.styleHints().colorScheme() is Qt.ColorScheme.Unknown:
        assert not theme.is_dark


def test_heights_follow_the_text_size(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Export")
    qtbot.addWidget(button)
    before = button.sizeHint()
    theme.choose(Appearance(ThemeChoice.LIGHT, text_size_percent=150))
    assert button.sizeHint().height() == before.height() * 3 // 2
    assert button.sizeHint().width() > before.width()
    assert theme.font(TextRole.TITLE).pixelSize() == 33
    assert theme.height("row") == 72


def test_reduced_motion_takes_the_fades_away(theme: Theme) -> None:
    assert theme.motion_ms == 0
    theme.choose(Appearance(ThemeChoice.LIGHT))
    assert 120 <= theme.motion_ms <= 160
