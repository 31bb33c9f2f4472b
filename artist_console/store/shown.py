"""Whether the rows of works know of every decision made here; who reads rows brings them up to date first.

An act of thousands of decisions is recorded at once, and its rows are worked out when they are first read: a
decision is never recorded and not shown. Findings, a new day and what a sync brings are not looked at here.
"""

from __future__ import annotations

from datetime import date

from .opening import Store

# As `affected.Mark` is kept: the rules that make rows are not loaded to see that nothing is to be done.
_BEHIND = """
  SELECT value ->> 'day' FROM mirror.meta WHERE name = 'projected'
  AND (value ->> 'decisions' < (SELECT coalesce(max(place), 0) FROM main.decision)
    OR value ->> 'outcomes' < (SELECT coalesce(max(number), 0) FROM main.outcome))
"""


def catch_up(store: Store) -> bool:
    """Work out the rows of decisions that they do not know of yet, as of the day that they show."""
    day: str | None = store.value(_BEHIND)
    if day is None or store.connection.in_transaction:
        return False
    # The first rows of a window are read without the rules that make them.
    from . import projection

    return projection.refresh_rows(store, date.fromisoformat(day))
