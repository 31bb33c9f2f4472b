"""Marks in audio files: what an artist's answers let a mark state, what a mark was read to state, and runs.

A mark carries reservations only. It is never made to say yes, whatever was allowed to whom: a yes is about
one programme and its terms, and a file is read by everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .decisions import AnswerKind
from .ids import ArtistId, WorkId
from .parties import Standing
from .signal_terms import Signal, terms_of
from .uses import Use


class MarkUse(Enum):
    """What an entry of the assertion says. The first two can be written here, all are read."""

    NOT_ALLOWED = "notAllowed"
    CONSTRAINED = "constrained"  # not allowed unless more is known
    ALLOWED = "allowed"
    OTHER = "other"  # a word that the assertion does not know


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """One line of the assertion: a key such as `cawg.data_mining`, and what is said of it."""

    key: str
    use: MarkUse
    more: str = ""  # where to read or ask more, as it stands in the file


class MarkState(Enum):
    """What checking the mark of a file came to."""

    TRUSTED = "trusted"  # intact, by somebody whose root is among those that were given
    INTACT = "intact"  # intact; who signed is what the certificate says of itself
    EXPIRED = "expired"  # intact, but the certificate has ended since
    CHANGED = "changed"  # the file is another than the one that was marked
    BROKEN = "broken"  # the mark itself is damaged or was not made as it should be
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MarkRead:
    """What the mark of a file states, by whom, and whether it holds."""

    state: MarkState
    entries: tuple[MarkEntry, ...] = ()
    signer: str = ""  # as the certificate names it
    issuer: str = ""  # organisation that the certificate names
    made_with: str = ""  # the program
    label: str = ""  # of the manifest, unique
    own: Mapping[str, str] | None = None  # what this application wrote beside it
    parents: int = 0  # marks that were in the file before, kept underneath
    faults: tuple[str, ...] = ()  # codes of what does not hold


class AudioKind(Enum):
    """Kinds of audio files that can carry a mark."""

    WAV = "wav"
    MP3 = "mp3"
    FLAC = "flac"
    M4A = "m4a"


@dataclass(frozen=True, slots=True)
class Stating:
    """What would be stated of one file, and from which refusals that follows."""

    entries: tuple[MarkEntry, ...]
    refused: tuple[Use, ...]  # in the order of Use
    standing: Standing


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """One file that was marked, by hashes: its bytes before and after, and its audio, which is the same."""

    name: str  # within the folder that was chosen
    kind: AudioKind
    work: WorkId | None  # None: by what was said of all works
    entries: tuple[MarkEntry, ...]
    sha256_before: str
    sha256_after: str
    audio_sha256: str
    label: str  # of the manifest
    kept_parent: bool  # whether it had a mark already
    out: str  # where it was written


@dataclass(frozen=True, slots=True)
class NotMarked:
    """One file that was left as it was, and why."""

    name: str
    why: str  # whole sentences


@dataclass(frozen=True, slots=True)
class MarkRun:
    """What was marked at one time, with which certificate. Kept in the profile."""

    id: str
    artist: ArtistId
    at: datetime
    signer: str
    certificate_sha256: str
    marked: tuple[MarkedFile, ...]
    not_marked: tuple[NotMarked, ...]
    cancelled: bool


def stating(answers: Mapping[Use, AnswerKind], standing: Standing, more: str = "") -> Stating:
    """What a mark states of a work with these answers to everybody.

    A key is `notAllowed` where every use that it means is refused, `constrained` where some are, and left out
    where none is: silence and a yes are both not stated.
    """
    refused = tuple(use for use in Use if answers.get(use) is AnswerKind.REFUSED)
    entries = []
    for term in terms_of(Signal.CAWG):
        said = [use in refused for use in term.meant]
        if said and all(said):
            entries.append(MarkEntry(term.key, MarkUse.NOT_ALLOWED))
        elif any(said):
            entries.append(MarkEntry(term.key, MarkUse.CONSTRAINED, more))
    return Stating(tuple(entries), refused, standing)
