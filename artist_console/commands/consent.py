"""Deciding: refuse, allow, clear, and taking the last answer back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from artist_console.domain.decisions import (
    UNCONDITIONAL,
    Conditions,
    Decision,
    Stance,
    Subject,
    UseScope,
)
from artist_console.domain.ids import ArtistId, ProgrammeId, TermsId
from artist_console.domain.problems import InputProblem


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


class KeepChoice(Enum):
    """What a wider refusal does to the narrower allows it meets. There is no default."""

    KEEP_THEM = "keep"
    REFUSE_THEM = "refuse"


class KeepsNotChosen(InputProblem):
    """A wider refusal meets narrower allows, and nobody has said what becomes of them."""

    title_template = "{count} works or uses inside this refusal have their own Allow"
    advice_template = "Say whether to refuse those too or to keep them"

    def __init__(self, allows: tuple[Decision, ...]) -> None:
        super().__init__(count=len(allows))
        self.allows = allows


class AllowTooWide(InputProblem):
    """A yes is narrow: one work or person, one programme, one use."""

    title_template = "A yes is given for one work, one programme and one use at a time"
    advice_template = "Name all three, or let the programmes that ask today be listed first"


class SensitiveInBulk(InputProblem):
    """Voice, name and image are allowed one by one only."""

    title_template = "Voice, name and image are allowed one at a time"
    advice_template = "Answer each of them by itself"


class NoTerms(InputProblem):
    """There is nothing to agree to."""

    title_template = "{programme} has no terms in effect, so there is nothing to agree to"
    advice_template = "Wait until its terms are published; a refusal needs none"


@dataclass(frozen=True, slots=True)
class UndoView:
    """What the next undo would do, or what the last one did."""

    words: str  # "Take back: refused Training for “Glass Harbour”"; empty when there is nothing
    possible: bool
    reason: str  # why not, with the next step; empty when possible
