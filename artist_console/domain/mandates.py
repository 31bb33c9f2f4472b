"""Mandates: what an artist lets an account do, and whether a decision that arrives is within it.

Authority is judged when a decision arrives, by the backend (PRODUCT, rule 9; PROTOCOL, rule 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from .ids import AccountId, ArtistId, MandateId, ProgrammeId
from .uses import Use


class Power(Enum):
    SEE_WORKS = "see_works"
    SEE_MONEY = "see_money"
    SEE_CONTRACTS = "see_contracts"
    PROPOSE = "propose"
    DECIDE = "decide"
    WRITE_LETTERS = "write_letters"


class MandateEvidence(Enum):
    """How it is known that the artist gave the mandate. The receipt prints which."""

    CONFIRMED_BY_ARTIST = "confirmed_by_artist"
    DOCUMENT = "document"
    STATED_BY_HOLDER = "stated_by_holder"


@dataclass(frozen=True, slots=True)
class Mandate:
    """An artist's dated, revocable grant to an account. Empty limits mean no limit of that kind."""

    id: MandateId
    artist: ArtistId
    holder: AccountId
    powers: tuple[Power, ...]
    evidence: MandateEvidence
    given_on: date
    until: date | None = None  # last day
    revoked_at: datetime | None = None
    programmes: tuple[ProgrammeId, ...] = ()
    uses: tuple[Use, ...] = ()
    voice_waived: bool = False  # the artist lets the holder answer for voice and likeness too
    holder_name: str = ""

    def is_in_force(self, instant: datetime) -> bool:
        """Whether it was given, has not ended and was not taken back at `instant`."""
        day = instant.date()
        return (
            self.given_on <= day
            and (self.until is None or day <= self.until)
            and (self.revoked_at is None or instant < self.revoked_at)
        )

    @property
    def ended_at(self) -> datetime | None:
        """When it was taken back or its last day was over (in UTC); None where it has no end."""
        ends = [self.revoked_at] if self.revoked_at is not None else []
        if self.until is not None:
            ends.append(datetime.combine(self.until + timedelta(days=1), time(), UTC))
        return min(ends, default=None)

    def may(self, power: Power, instant: datetime) -> bool:
        return power in self.powers and self.is_in_force(instant)
