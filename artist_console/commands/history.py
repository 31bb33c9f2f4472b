"""What was decided, by whom, and the proof of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from artist_console.domain.decisions import Outcome, Stance, UseScope
from artist_console.domain.ids import ArtistId, DecisionId, MandateId


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One decision, own or from the ledger; the newest first in every list."""

    decision: DecisionId
    artist: ArtistId
    when: datetime  # recorded by the backend; the person's own clock while it waits
    made_by: str
    on_behalf_of: str  # the artist's name where somebody else decided, else empty
    mandate: MandateId | None
    subject: str  # "All my music", a title, a person
    programme: str  # name; empty: every programme
    use: UseScope
    stance: Stance
    former: Stance | None  # what stood on the same register before
    terms: str  # "version 2 of 1 March 2025"; empty for a refusal
    outcome: Outcome | None  # None: not delivered yet, or made elsewhere and in the ledger
    receipt: bool
    n: int | None  # place in the artist's ledger


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check and its result, as a sentence."""

    passed: bool
    words: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt: one page to read, print, save or check."""

    decision: DecisionId
    artist_name: str
    jws: str  # as it came from the signer; what "Save" writes
    genuine: bool
    checks: tuple[CheckLine, ...]
    lines: tuple[tuple[str, str], ...]  # label and text, top to bottom
    signer: str  # who signed, in words: "this computer", a host's name
    signer_known: bool
    fingerprint: str  # of the signer's key
    n: int  # place in the ledger
    head: str  # hex
