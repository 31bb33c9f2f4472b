"""Answers that met another answer on their way: two cards side by side, nothing preselected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from artist_console.domain.decisions import Decision, UseScope
from artist_console.domain.ids import ArtistId, DecisionId, ProgrammeId


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One answer that the backend did not apply, beside the one that stands."""

    decision: DecisionId
    artist: ArtistId
    artist_name: str
    subject: str  # title, "All my music", a person
    programme: ProgrammeId | None
    programme_name: str  # empty: every programme
    use: UseScope
    mine: Decision
    mine_by: str
    mine_at: datetime
    mine_device: str
    saved: Decision | None  # None: what stood was cleared meanwhile
    saved_by: str
    saved_at: datetime | None
    saved_device: str
    words: str  # what counts until then, one sentence
