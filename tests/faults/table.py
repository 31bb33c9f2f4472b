"""The counts of the whole suite as one table: at the end of pytest and of `python -m tests.faults`."""

from __future__ import annotations

from collections.abc import Sequence

from .counts import ZEROES, Counts

HEADS = {
    "lost": "lost",
    "doubled": "doubled",
    "reordered": "reordered",
    "stale_allow": "stale yes",
    "refusal_blocked": "no blocked",
    "diverged": "diverged",
    "stuck": "stuck",
    "acknowledged_lost": "told, lost",
    "corrupt": "corrupt",
    "leaked": "leaked",
}
assert tuple(HEADS) == ZEROES


def summed(counts: Sequence[Counts]) -> tuple[Counts, ...]:
    """One line for each part, in the order in which they came."""
    parts: dict[str, Counts] = {}
    for each in counts:
        parts[each.name] = parts[each.name] + each if each.name in parts else each
    return tuple(parts.values())


def table(counts: Sequence[Counts]) -> list[str]:
    """The lines of the table, and the seeds of what went wrong."""
    parts = summed(counts)
    width = max([len(part.name) for part in parts], default=4)
    lines = [" ".join([" " * width, "    runs", *(f"{head:>10}" for head in HEADS.values())])]
    for part in parts:
        figures = [f"{getattr(part, name):>10}" for name in ZEROES]
        lines.append(" ".join([f"{part.name:<{width}}", f"{part.runs:>8,}", *figures]))
    for part in parts:
        if part.seeds:
            lines.append(f"{part.name}: seeds {', '.join(map(str, part.seeds[:20]))}")
    return lines


def met(counts: Counts) -> list[str]:
    """How often each thing happened, the most frequent first."""
    found = sorted(counts.met.items(), key=lambda pair: (-pair[1], pair[0]))
    return [f"{number:>10,}  {what}" for what, number in found]
