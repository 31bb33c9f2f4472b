"""The words for marks in audio files: one table for window, command line and documents."""

from __future__ import annotations

from .marks import MarkEntry, MarkRead, MarkState, MarkUse
from .parties import Standing
from .phrases import Sentence, say
from .signal_terms import Signal, terms_of

STRIPPED = (
    "Platforms may strip this mark. In a file that still carries it, it shows what was stated and by whom; it"
    " stops nobody by itself."
)
RESERVATION = "This is a reservation. It is not a licence, and what it does not name is not permitted by it."
POSITION = (
    "This states the artist's position; who controls the recording may say otherwise. It is not a licence,"
    " and what it does not name is not permitted by it."
)

STATE: dict[MarkState, str] = {
    MarkState.TRUSTED: "Intact, and signed under a root that you named as known",
    MarkState.INTACT: "Intact; whether {signer} signed it is what the certificate says of itself",
    MarkState.EXPIRED: (
        "Intact, but the certificate of {signer} has ended, and nothing shows that it was marked before that"
    ),
    MarkState.CHANGED: "The file was changed after it was marked",
    MarkState.BROKEN: "The mark is damaged, or was not made as it should be",
    MarkState.NONE: "There is no mark in this file",
}
USE: dict[MarkUse, str] = {
    MarkUse.NOT_ALLOWED: "Not allowed",
    MarkUse.CONSTRAINED: "Not allowed unless more is known",
    MarkUse.ALLOWED: "Allowed",
    MarkUse.OTHER: "Something that this application does not know",
}
_NAMES = {term.key: term.name for term in terms_of(Signal.CAWG)}


def says_of(standing: Standing) -> str:
    """What a mark says of itself: only whoever controls a recording reserves anything by it."""
    return RESERVATION if standing is Standing.CONTROLS else POSITION


def state_words(found: MarkRead) -> Sentence:
    """What checking a mark came to. `{signer}` is as the certificate has it."""
    return say(STATE[found.state], signer=found.signer or "somebody without a name")


def entry_words(entry: MarkEntry) -> Sentence:
    """One line of a mark: Training of generative AI: Not allowed."""
    name = _NAMES.get(entry.key, entry.key)
    if entry.more:
        return say("{what}: {said}. More: {more}", what=name, said=USE[entry.use], more=entry.more)
    return say("{what}: {said}", what=name, said=USE[entry.use])
