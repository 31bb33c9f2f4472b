"""A document for paper as lines of text, each with its weight; the interface makes a PDF of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PaperStyle(Enum):
    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    TEXT = "text"
    SMALL = "small"
    POINT = "point"  # set in from the edge


@dataclass(frozen=True, slots=True)
class PaperLine:
    style: PaperStyle
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    foot: str  # on every sheet before its number
    lines: tuple[PaperLine, ...]
    page: str = ""  # {n} {all}: its number, in a language of its own; empty: in that of the window
