"""A graph in layers: which column each node stands in, in which order, and where lines bend between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

_SWEEPS = 6

# A place where a line passes through a column that none of its ends stands in: source, target, column.
Bend = tuple[str, str, int]
Slot = str | Bend


@dataclass(frozen=True, slots=True)
class Layers:
    """Columns from the beginning to the end; each holds nodes and bends from top to bottom."""

    columns: tuple[tuple[Slot, ...], ...]
    column_of: Mapping[str, int]

    def way(self, source: str, target: str) -> tuple[Slot, ...]:
        """The stops of a line, both ends included."""
        between = range(self.column_of[source] + 1, self.column_of[target])
        return (source, *((source, target, column) for column in between), target)

    def nodes_in(self, column: int) -> tuple[str, ...]:
        return tuple(slot for slot in self.columns[column] if isinstance(slot, str))


def in_layers(nodes: Sequence[str], lines: Iterable[tuple[str, str]]) -> Layers:
    """Lay nodes out; a line that would lead back in a circle is left out of account.

    A node stands one column after the last of those that lead to it. Within a column the order is that in
    which lines cross least, tried a few times from both sides; of equals the one given.
    """
    known = set(nodes)
    forward = _without_circles(nodes, [(s, t) for s, t in lines if s in known and t in known and s != t])
    before: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in forward:
        before[target].append(source)
    column_of: dict[str, int] = {}
    for node in _sources_first(nodes, before):
        column_of[node] = max((column_of[source] + 1 for source in before[node]), default=0)
    columns: list[list[Slot]] = [[] for _ in range(max(column_of.values(), default=-1) + 1)]
    for node in nodes:
        columns[column_of[node]].append(node)
    ways: list[tuple[Slot, ...]] = []
    bare = Layers((), column_of)
    for source, target in forward:
        way = bare.way(source, target)
        for stop in way[1:-1]:
            columns[stop[2] if isinstance(stop, tuple) else 0].append(stop)
        ways.append(way)
    _untangle(columns, ways)
    return Layers(tuple(tuple(column) for column in columns), column_of)


def _without_circles(nodes: Sequence[str], lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines in the order given, without those that close a circle with the ones before."""
    after: dict[str, set[str]] = {node: set() for node in nodes}
    kept = []
    for source, target in dict.fromkeys(lines):
        if not _leads_to(target, source, after):
            after[source].add(target)
            kept.append((source, target))
    return kept


def _leads_to(start: str, end: str, after: Mapping[str, set[str]]) -> bool:
    reached, to_see = {start}, [start]
    while to_see:
        for each in after[to_see.pop()] - reached:
            reached.add(each)
            to_see.append(each)
    return end in reached


def _sources_first(nodes: Sequence[str], before: Mapping[str, Sequence[str]]) -> list[str]:
    placed: dict[str, None] = {}
    waiting = list(nodes)
    while waiting:
        ready = [node for node in waiting if all(source in placed for source in before[node])]
        placed.update(dict.fromkeys(ready))
        waiting = [node for node in waiting if node not in placed]
    return list(placed)


def _untangle(columns: list[list[Slot]], ways: Sequence[Sequence[Slot]]) -> None:
    """Put each slot near the middle of its neighbours, from the front and from the back in turn."""
    left: dict[Slot, list[Slot]] = {slot: [] for column in columns for slot in column}
    right: dict[Slot, list[Slot]] = {slot: [] for column in columns for slot in column}
    for way in ways:
        for one, other in pairwise(way):
            left[other].append(one)
            right[one].append(other)
    best = [list(column) for column in columns]
    fewest = _crossings(columns, ways)
    for sweep in range(_SWEEPS):
        back = sweep % 2
        order = range(len(columns) - 2, -1, -1) if back else range(1, len(columns))
        for place in order:
            neighbours = columns[place + 1] if back else columns[place - 1]
            at = {slot: float(row) for row, slot in enumerate(neighbours)}
            here = {slot: float(row) for row, slot in enumerate(columns[place])}
            columns[place].sort(key=partial(_middle, right if back else left, at, here))
        crossings = _crossings(columns, ways)
        if crossings < fewest:
            fewest, best = crossings, [list(column) for column in columns]
    columns[:] = best


def _middle(
    near: Mapping[Slot, Sequence[Slot]], at: Mapping[Slot, float], here: Mapping[Slot, float], slot: Slot
) -> float:
    """The mean place of a slot's neighbours on one side, or its own where it has none."""
    places = [at[each] for each in near[slot]]
    return sum(places) / len(places) if places else here[slot]


def _crossings(columns: Sequence[Sequence[Slot]], ways: Iterable[Sequence[Slot]]) -> int:
    row_of: dict[Hashable, int] = {slot: row for column in columns for row, slot in enumerate(column)}
    between: dict[int, list[tuple[int, int]]] = {}
    place_of = {slot: place for place, column in enumerate(columns) for slot in column}
    for way in ways:
        for one, other in pairwise(way):
            between.setdefault(place_of[one], []).append((row_of[one], row_of[other]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for lines in between.values()
        for n, a in enumerate(lines)
        for b in lines[n + 1 :]
    )
