"""A decision that reached the service without a mandate: it changes nothing, and the artist is told of it.

PROTOCOL, rule 6: authority is judged when a decision arrives. What a former holder decided offline before the
mandate ended is not lost: the artist can make it their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .decisions import Decision, Recording
from .ids import ArtistId, DecisionId

# Whoever had a mandate until then may have decided something offline; later it is nobody's business.
TOLD_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """One such decision, as the service tells the artist of it."""

    id: DecisionId
    artist: ArtistId
    decision: Decision
    sent_by: str  # name of the account
    received_at: datetime
    words: str  # why it was not applied


def still_open(told: Unauthorised, said: tuple[Recording, ...]) -> bool:
    """Whether nothing was recorded on the same register since: adopting it, too, is such a recording."""
    return not any(
        recording.at > told.received_at and recording.decision.register == told.decision.register
        for recording in said
    )
