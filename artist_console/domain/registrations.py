"""What registrations say: whether a split is whole, and what a society's answer means (CISAC CWR)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .parties import SPLIT_TOLERANCE_BP, WHOLE_BP
from .works import RegisteredShare, Registration

STATUS_WORDS: Mapping[str, str] = {
    "AS": "accepted",
    "AC": "accepted with changes",
    "SR": "accepted and ready to be paid",
    "CR": "accepted with changes and ready to be paid",
    "RA": "received without an error; whether it is accepted is still open",
    "CO": "in conflict: another registration claims what this one claims",
    "DU": "a duplicate: it was registered before",
    "NP": "not taken up, because nobody in it is theirs",
    "RC": "refused as a claim",
    "RJ": "refused",
    "NA": "refused, because it names no agreement",
    "WA": "refused, because it names another agreement",
}
# Answers after which somebody has to do something.
NEEDS_A_LOOK = frozenset({"CO", "DU", "RC", "RJ", "NA", "WA"})


def registration_words(registration: Registration) -> str:
    """One sentence: who registered the song where, and what the answer was."""
    number = f" as {registration.submitter_work}" if registration.submitter_work else ""
    day = f" on {registration.on.isoformat()}" if registration.on else ""
    by = f" by {registration.submitter}" if registration.submitter else ""
    if not registration.status:
        return f"Sent for registration{number}{by}{day}; no answer is known here."
    society = registration.society or "The society"
    meaning = STATUS_WORDS.get(registration.status, f"answered with “{registration.status}”")
    known = f"; its number there is {registration.society_work}" if registration.society_work else ""
    return f"{society} says of the registration{number}{by}: {meaning}{day}{known}."


def share_totals(shares: Iterable[RegisteredShare]) -> tuple[tuple[str, int], ...]:
    """What the shares of each right that is stated add up to, in basis points."""
    performing = mechanical = synchronisation = 0
    for share in shares:
        performing += share.performing_bp or 0
        mechanical += share.mechanical_bp or 0
        synchronisation += share.synchronisation_bp or 0
    totals = (("performing", performing), ("mechanical", mechanical), ("synchronisation", synchronisation))
    return tuple((right, total) for right, total in totals if total)


def is_whole(shares: Iterable[RegisteredShare]) -> bool:
    """Whether each right of which shares are stated adds up, and one of them is."""
    totals = share_totals(shares)
    return bool(totals) and all(abs(total - WHOLE_BP) <= SPLIT_TOLERANCE_BP for _, total in totals)
