"""Where payment, inclusion and permission do not meet: one row of it, and the order of several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .phrases import Sentence
from .statements import LineKind
from .uses import Use


class ReconcileKind(Enum):
    """In the order in which they are shown."""

    PAID_AFTER_REFUSAL = "paid_after_refusal"
    RATE_BELOW_AGREEMENT = "rate_below_agreement"
    INCLUDED_NOT_PAID = "included_not_paid"
    PAID_NOT_INCLUDED = "paid_not_included"
    USE_WITHOUT_STATEMENT = "use_without_statement"


@dataclass(frozen=True, slots=True)
class PaidPart:
    """Lines of one statement added up that share everything here."""

    artist: ArtistId
    statement: StatementId
    kind: LineKind
    month: date  # first day of the month in which it was earned
    currency: str
    amount: Decimal
    lines: int
    work: WorkId | None
    programme: ProgrammeId | None
    use: Use | None


@dataclass(frozen=True, slots=True)
class Unmet:
    """One place where payment, inclusion and permission do not meet.

    `amount`: what was paid, in `currency`; None: nothing, or it is not about an amount. `asked`: the question
    to whoever issued the statement or runs the programme, as it may stand in a letter.
    """

    key: str  # the same for the same facts, every time
    kind: ReconcileKind
    artist: ArtistId
    work: WorkId | None
    programme: ProgrammeId | None
    since: date
    until: date
    words: tuple[Sentence, ...]
    asked: Sentence
    statement: StatementId | None = None
    issuer: str = ""
    currency: str = ""
    amount: Decimal | None = None
    expected: Decimal | None = None  # what it would have been, by what is agreed
    lines: tuple[int, ...] = ()  # numbers, the first few
    decision: str = ""  # the refusal


def in_order(found: Iterable[Unmet]) -> tuple[Unmet, ...]:
    order = {kind: place for place, kind in enumerate(ReconcileKind)}
    return tuple(sorted(found, key=lambda each: (order[each.kind], -each.until.toordinal(), each.key)))


def months_in_words(first: date, last: date) -> str:
    """July 2026; July to September 2026; December 2025 to February 2026. Both are first days of months."""
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"
