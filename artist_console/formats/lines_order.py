"""The order in which the lines of a statement are read: a correction stands behind the line it corrects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


def roots(corrections: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """Number of each correction -> number of the line at the beginning of what it corrects.

    Corrections that lead round in a circle stand by themselves.
    """
    named = dict(corrections)
    found: dict[int, int] = {}
    for number in named:
        at, passed = number, set[int]()
        while at in named and at not in passed:
            passed.add(at)
            at = named[at]
        found[number] = at if at not in passed else number
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """A page: so many of the plain lines from a place on, and these corrections among them."""

    plain_from: int
    corrections: tuple[tuple[int, int], ...]  # (number at the beginning, own number), in order


def cut_at(
    offset: int, limit: int | None, corrections: Sequence[tuple[int, int]], plain_until: Callable[[int], int]
) -> Cut:
    """Where a page begins. `plain_until` counts the plain lines up to a number, that one included."""

    class _Places(Sequence[int]):
        """Of each correction, its place among all lines; asked only where it is needed."""

        def __len__(self) -> int:
            return len(corrections)

        def __getitem__(self, at: int) -> int:  # type: ignore[override]  # never asked for a slice
            return at + plain_until(corrections[at][0])

    before = bisect_left(_Places(), offset)
    until = None if limit is None else before + limit
    return Cut(offset - before, tuple(corrections[before:until]))
