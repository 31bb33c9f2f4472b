"""The answer of somebody without a ledger, as the person keeps it: the fact, and the file that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import RecordedAnswer


@dataclass(frozen=True, slots=True)
class KeptAnswer(RecordedAnswer):
    """A recorded answer with its evidence. The rule reads of it what a `RecordedAnswer` holds, and no more.

    The evidence is named here and nowhere else: a fact of a report or of the wire has no place for it.
    """

    evidence_sha256: str = ""  # of an attached file; empty where there is none
    evidence_name: str = ""
