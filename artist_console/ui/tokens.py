"""Colours, sizes and type of the interface, as read from resources/theme/tokens.json.

Pure values: no Qt. The names of colours are closed sets, so a misspelt one is found by the type checker.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from artist_console.host.resources import resource_bytes

_FILE = "theme/tokens.json"


class Token(StrEnum):
    """A colour by its purpose."""

    BG = "bg"
    SURFACE = "surface"
    SUNKEN = "sunken"
    HOVER = "hover"
    SELECTED = "selected"
    LINE = "line"
    CONTROL_LINE = "control_line"
    TEXT = "text"
    TEXT_2 = "text_2"
    TEXT_3 = "text_3"
    DISABLED = "disabled"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_SOFT = "accent_soft"
    ACCENT_TEXT = "accent_text"
    ON_ACCENT = "on_accent"
    FOCUS = "focus"
    CHART_1 = "chart_1"
    CHART_2 = "chart_2"
    CHART_3 = "chart_3"
    CHART_4 = "chart_4"
    CHART_5 = "chart_5"
    CHART_6 = "chart_6"
    SCRIM = "scrim"
    SHADOW = "shadow"


CHART_TOKENS = (Token.CHART_1, Token.CHART_2, Token.CHART_3, Token.CHART_4, Token.CHART_5, Token.CHART_6)


class Tint(StrEnum):
    """A family of three colours that repeats what an icon and words say."""

    ALLOW = "allow"
    REFUSE = "refuse"
    DENY = "deny"
    ASK = "ask"
    INFO = "info"
    CONFLICT = "conflict"
    NEUTRAL = "neutral"


class TextRole(StrEnum):
    """A size of type."""

    CAPTION = "caption"
    SMALL = "small"
    BODY = "body"
    LEAD = "lead"
    SECTION = "section"
    TITLE = "title"
    METRIC = "metric"


@dataclass(frozen=True, slots=True)
class TintValues:
    """Colours of a family: words on a surface, background, solid mark, words on the background."""

    text: str
    back: str
    solid: str
    on_back: str


@dataclass(frozen=True, slots=True)
class TypeValues:
    """Pixels at 100 % and a weight from 100 to 900."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme in full."""

    colours: Mapping[Token, str]
    tints: Mapping[Tint, TintValues]
    types: Mapping[TextRole, TypeValues]
    covers: tuple[tuple[str, str], ...]  # first and last colour of a made-up cover picture
    cover_rings: str
    space: Mapping[str, int]
    radius: Mapping[str, int]
    height: Mapping[str, int]
    width: Mapping[str, int]
    fonts: tuple[str, ...]
    font_family: str
    motion_ms: int
    border: int  # width of control borders


@cache
def read_tokens(dark: bool, high_contrast: bool) -> Tokens:
    """The tokens of one theme. A file that lacks one is a fault of the program: KeyError."""
    content: dict[str, Any] = json.loads(resource_bytes(_FILE))
    theme = "dark" if dark else "light"
    colours = dict(content["colours"][theme])
    if high_contrast:
        colours |= content["high_contrast"][theme]
    named = {token: str(colours[token]) for token in Token}
    return Tokens(
        colours=named,
        tints={tint: _tint(content["tints"][theme][tint], named, high_contrast) for tint in Tint},
        types={role: TypeValues(**content["type"][role]) for role in TextRole},
        covers=tuple((first, last) for first, last in content["covers"]),
        cover_rings=content["cover_rings"],
        space=content["space"],
        radius=content["radius"],
        height=content["height"],
        width=content["width"],
        fonts=tuple(content["fonts"]),
        font_family=content["font_family"],
        motion_ms=content["motion_ms"],
        border=2 if high_contrast else 1,
    )


def _tint(values: Mapping[str, str], colours: Mapping[Token, str], high_contrast: bool) -> TintValues:
    if high_contrast:
        # No tints: a filled mark is the text colour with words in the colour of the surface.
        text, surface = colours[Token.TEXT], colours[Token.SURFACE]
        return TintValues(text=text, back=text, solid=text, on_back=surface)
    return TintValues(values["text"], values["back"], values["solid"], values["text"])
