"""What a person wants recorded, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.domain.ids import (
    ArtistId,
    ProgrammeId,
    TermsId,
)
from artist_console.domain.registers import (
    UNCONDITIONAL,
    Conditions,
    Stance,
    Subject,
    UseScope,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants recorded. An allow names one work or person, one programme and one use."""

    artist: ArtistId
    subject: Subject
    programme: ProgrammeId | None  # None: any programme, also later ones; never with an allow
    use: UseScope
    stance: Stance
    conditions: Conditions = UNCONDITIONAL
    terms: TermsId | None = None  # the terms an allow agrees to; None: those in effect today
