"""What our own profile puts into free cells of a DDEX sales report for uses by AI; see docs/formats/dsr.md.

A category "ai:usage.generation;use=gen.cover;method=..." names the kind of line, the use, and more.
Values are percent-encoded. Unknown keys are skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import unquote

from artist_console.domain.money import read_amount
from artist_console.domain.statements import LineKind, Making, StatementLevel
from artist_console.domain.uses import Right, Use

_PREFIX = "ai:"
_KINDS = {kind.value: kind for kind in LineKind}
_USES = {use.value: use for use in Use}
_RIGHTS = {right.value: right for right in Right}
_LEVELS = {level.value: level for level in StatementLevel}
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class AiCategory:
    """A category of our profile. `kind` is None where it names none that is known here."""

    kind: LineKind | None
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return self.values.get(key, "")

    def number(self, key: str) -> Decimal | None:
        return read_amount(self.text(key)).value if self.text(key) else None

    def count(self, key: str) -> int | None:
        text = self.text(key)
        return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None

    @property
    def use(self) -> Use | None:
        return _USES.get(self.text("use"))

    @property
    def right(self) -> Right | None:
        return _RIGHTS.get(self.text("right"))

    @property
    def level(self) -> StatementLevel | None:
        return _LEVELS.get(self.text("level"))

    @property
    def making(self) -> Making | None:
        pool, weight, total = (self.number(key) for key in ("pool", "weight", "total"))
        rate, share, decimals = self.number("rate"), self.count("share"), self.count("decimals")
        if pool is None or weight is None or total is None or rate is None:
            return None
        if share is None or decimals is None or decimals > _MOST_DIGITS:
            return None
        return Making(pool, weight, total, rate, share, decimals)


NO_CATEGORY = AiCategory(None)


def category_of(cell: str) -> AiCategory:
    """Read a category; what is none of ours gives none of it."""
    if not cell.startswith(_PREFIX):
        return NO_CATEGORY
    kind, *parts = cell.removeprefix(_PREFIX).split(";")
    values = dict(part.split("=", 1) for part in parts if "=" in part)
    return AiCategory(_KINDS.get(kind), {key: unquote(value) for key, value in values.items()})
