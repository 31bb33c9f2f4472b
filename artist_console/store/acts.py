"""What was recorded together, act by act in the order made: what taking back and doing again go through.

The decisions themselves are read only of the acts that are asked about: a long journal has thousands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from artist_console.domain.decisions import Decision
from artist_console.domain.ids import ActId

from . import journal
from .opening import Store


class Fate(Enum):
    """What became of an act as a whole."""

    COUNTS = "counts"  # recorded, or on its way
    PROPOSED = "proposed"  # all of it was proposed to the artist
    NOT_APPLIED = "not_applied"  # nothing of it counts


@dataclass(frozen=True, slots=True)
class Act:
    """Decisions that were recorded together, from one place of the journal to another."""

    id: ActId
    first: int
    last: int
    fate: Fate


_ACTS = """
  SELECT d.act, min(d.place), max(d.place), count(*),
    sum(p.place IS NOT NULL OR coalesce(o.outcome IN ('conflict', 'not_authorised'), false)),
    sum(p.place IS NULL AND coalesce(o.outcome = 'proposed', false))
  FROM main.decision d
  JOIN main.sending s ON s.place = d.place
    AND s.stream = (SELECT max(stream) FROM main.sending WHERE place = d.place)
  LEFT JOIN main.outcome o ON o.stream = s.stream AND o.seq = s.seq
  LEFT JOIN main.parked p ON p.place = d.place
  GROUP BY d.act ORDER BY min(d.place)
"""


def acts(store: Store) -> tuple[Act, ...]:
    """Every act of the journal, oldest first; kept until something changes."""
    mark = journal.marks(store)
    kept = store.cached("acts", mark)
    if isinstance(kept, tuple):
        return kept
    return store.keep("acts", mark, tuple(_act(row) for row in store.rows(_ACTS)))


def _act(row: tuple[str, int, int, int, int, int]) -> Act:
    id, first, last, decisions, not_applied, proposed = row
    fate = Fate.COUNTS
    if not_applied == decisions:
        fate = Fate.NOT_APPLIED
    elif proposed and not_applied + proposed == decisions:
        fate = Fate.PROPOSED
    return Act(ActId(id), first, last, fate)


def decisions_of(store: Store, wanted: Iterable[Act]) -> tuple[Decision, ...]:
    """The decisions of some acts, in the order made; those that were not applied are left out."""
    found: list[journal.Entry] = []
    for act in wanted:
        found += journal.between(store, act.first, act.last)
    return tuple(
        entry.decision
        for entry in found
        if not entry.parked and (entry.outcome is None or entry.outcome not in journal.NOT_APPLIED)
    )
