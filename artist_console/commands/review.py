"""What a set of wishes would do, before anything is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from artist_console.commands.consent import Wish
from artist_console.domain.decisions import Decision, Stance
from artist_console.domain.mandates import Mandate
from artist_console.domain.permission import PermissionOutcome
from artist_console.domain.programmes import TermsVersion


class ReviewResult(Enum):
    """What will come of a wish, in the order in which the review shows the groups."""

    TAKES_EFFECT = "takes_effect"
    WAITS_FOR_OTHERS = "waits_for_others"
    NO_EFFECT = "no_effect"
    CANNOT_BE_MADE = "cannot_be_made"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One decision that would be made, in words."""

    wish: Wish
    artist_name: str
    subject: str  # title, "All my music", a person
    programme: str  # name; empty: every programme
    use: str  # in words
    former: Stance | None  # what stands on the register now
    before: PermissionOutcome | None  # of the cell; None for a wide register
    after: PermissionOutcome | None


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """Wishes that come to the same, for the same reason."""

    result: ReviewResult
    reason: str  # one sentence
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A use that was asked for together with others and has to be answered by itself."""

    subject: str
    programme: str
    use: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the review shows. Nothing is recorded yet."""

    groups: tuple[ReviewGroup, ...]  # in the order of ReviewResult
    count: int  # decisions that "Confirm" would record
    narrower_allows: tuple[Decision, ...]  # own allows that a wider refusal meets; ask KeepChoice when any
    narrower_words: tuple[str, ...]  # the same, one line each
    terms: tuple[TermsVersion, ...]  # that the allows agree to
    cannot_be_taken_back: tuple[str, ...]  # sentences
    left_out: tuple[LeftOut, ...]
    on_behalf_of: str  # "You decide for Mara Lindqvist, by the mandate of 3 March 2025."; empty: for oneself
    mandate: Mandate | None
