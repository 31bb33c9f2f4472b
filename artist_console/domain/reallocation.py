"""What corrects lines that were allocated before, when splits, letters or the statement above were corrected.

Lines are never written anew: a line that no longer holds is reversed by one that names it, and what holds
in its place names it, too. Lines that stay as they are are left alone, so allocating twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .statements import Line, LineKind

_Content = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """`reversed` stand no longer; `added` holds each new line with the one it takes the place of."""

    reversed: tuple[Line, ...]
    added: tuple[tuple[Line, Line | None], ...]


def correction(former: Sequence[Line], wanted: Sequence[Line]) -> Correction:
    """From the lines that one line above led to before, reversals among them, to those it leads to now."""
    open_: defaultdict[_Content, list[Line]] = defaultdict(list)
    for line in standing(former):
        open_[_content(line)].append(line)
    new: list[Line] = []
    for line in wanted:
        same = open_[_content(line)]
        if same:
            same.pop(0)
        else:
            new.append(line)
    gone = sorted(
        (line for lines in open_.values() for line in lines), key=lambda line: (line.statement, line.number)
    )
    places: list[Line | None] = [*gone, *([None] * len(new))]
    return Correction(tuple(gone), tuple(zip(new, places, strict=False)))


def standing(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those that no reversal beside them takes back; reversals that do so are left out with them."""
    rest = sorted(lines, key=lambda line: (line.statement, line.number))
    by_name = {(line.statement, line.number): line for line in rest}
    taken: set[tuple[str, int]] = set()
    for line in rest:
        if line.kind is not LineKind.REVERSAL or line.corrects is None:
            continue
        name = (line.corrects_statement or line.statement, line.corrects)
        named = by_name.get(name)
        if named is not None and named.amount == -line.amount:
            taken |= {name, (line.statement, line.number)}
    return tuple(line for line in rest if (line.statement, line.number) not in taken)


def _content(line: Line) -> _Content:
    """What makes a line the same money for the same thing; how it is told may differ."""
    return (
        line.kind, line.amount, line.currency, line.month, line.work, line.programme, line.use, line.model,
        line.territory, line.right, line.method if line.kind is LineKind.UNATTRIBUTED else "",
    )  # fmt: skip
