"""The facts of one refresh, with own undelivered decisions over them, and the instant they are looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.formats.kinds import Kind

from . import mirror
from .opening import Store


class Sight:
    """What is known of everything, as of the end of a day."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        own = mirror.own_decisions(store)
        day_ends = datetime.combine(today, time.max, tzinfo=UTC)
        made = max((decision.made_at for decision in own.laid_over), default=day_ends)
        self.instant = max(day_ends, made)
        self.facts: FactBook = mirror.facts(store, made)
        self.outcomes = OutcomeTable(self.facts, self.instant)
        self.pending: tuple[Decision, ...] = own.undelivered
        self.requests = mirror.all(store, Kind.REQUEST)
