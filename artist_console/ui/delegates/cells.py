"""What a table cell shows, as values: a model returns one for `CELL_ROLE` and the delegate paints it.

Every cell can say itself in words, for assistive technology and for copying.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from artist_console.domain.registers import Stance
from artist_console.ui.icons import Icon
from artist_console.ui.text import Weight, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.chips import ChipValue
from artist_console.ui.widgets.three_state import stance_words

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # a cell of this module
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 2  # the whole row object of the model
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 3  # the native value


@dataclass(frozen=True, slots=True)
class TextCell:
    """Words, with a quieter second line where there is one. `end` puts them at the end of the column."""

    words: str
    second: str = ""
    tone: Token | Tint = Token.TEXT
    weight: Weight = ""
    end: bool = False
    figures: bool = False  # figures of one width

    def spoken(self) -> str:
        return _joined(self.words, self.second)


@dataclass(frozen=True, slots=True)
class WorkCell:
    """A picture with a name and what it belongs to; `round` for people."""

    key: str
    title: str
    second: str = ""
    round: bool = False

    def spoken(self) -> str:
        return _joined(self.title, self.second)


@dataclass(frozen=True, slots=True)
class ChipCell:
    """A chip, words beside it, and a clock where it is not confirmed yet."""

    chip: ChipValue | None
    beside: str = ""
    waiting: bool = False

    def spoken(self) -> str:
        return _joined(self.chip.shown if self.chip else "", self.beside, _waits(self.waiting))


@dataclass(frozen=True, slots=True)
class PermissionCell:
    """The small three-state control and beside it what follows."""

    value: Stance | None
    words: str
    second: str = ""
    tint: Tint | None = None
    waiting: bool = False
    follow_words: str = ""
    enabled: bool = True

    def spoken(self) -> str:
        answer = say("cell", "mixed or nothing decided")
        if self.value is not None:
            answer = stance_words(self.value, self.follow_words)
        result = _joined(self.words, self.second)
        return _joined(
            say("cell", "{answer}. Result: {result}", answer=answer, result=result), _waits(self.waiting)
        )


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """An amount at the end of its column, figures below each other."""

    words: str
    second: str = ""
    quiet: bool = False

    def spoken(self) -> str:
        return _joined(self.words, self.second)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A decision of its own is a chip; what follows the level above is an arrow, a sign and grey words."""

    chip: ChipValue
    own: bool
    waiting: bool = False
    asked: bool = False
    draft: bool = False  # chosen, not yet reviewed
    short: str = ""  # what the chip says where its words do not fit; a tooltip has them whole

    def spoken(self) -> str:
        follows = "" if self.own else say("cell", "follows the level above")
        draft = say("cell", "not yet reviewed") if self.draft else ""
        asked = say("cell", "somebody asks") if self.asked else ""
        return _joined(self.chip.shown, follows, asked, draft, _waits(self.waiting))


@dataclass(frozen=True, slots=True)
class TreeCell:
    """A row of a tree that stands in a table: its depth, and whether it is open."""

    title: str
    second: str = ""
    depth: int = 0
    expandable: bool = False
    expanded: bool = False
    icon: Icon | None = None

    def spoken(self) -> str:
        state = ""
        if self.expandable:
            state = say("cell", "open") if self.expanded else say("cell", "closed")
        return _joined(self.title, self.second, state)


Cell = TextCell | WorkCell | ChipCell | PermissionCell | MoneyCell | MatrixCell | TreeCell


def spoken(header: str, cell: Cell | str) -> str:
    """Header and value in one sentence, for `AccessibleTextRole`."""
    value = cell if isinstance(cell, str) else cell.spoken()
    return say("cell", "{header}: {value}", header=header, value=value) if header else value


def _waits(waiting: bool) -> str:
    return say("cell", "not confirmed yet") if waiting else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
