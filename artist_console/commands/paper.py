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
    ROW = "row"  # what it is about, a tab, what is said of it: beside each other as in a table


@dataclass(frozen=True, slots=True)
class PaperLine:
    style: PaperStyle
    text: str

    @property
    def plain(self) -> str:
        """As one line of text, without the tab of a row."""
        name, tab, said = self.text.partition("\t")
        return f"{name}: {said}" if tab and name else said if tab else name


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    foot: str  # on every sheet before its number
    lines: tuple[PaperLine, ...]
    page: str = ""  # {n} {all}: its number, in a language of its own; empty: in that of the window
