"""What is wished for when letters are drafted, and what comes of it. Nothing here is kept or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, ContactPurpose
from artist_console.domain.ids import ArtistId, PartyId, WorkId
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.domain.letter_templates import AboutWhat, Placeholder, WorksWanted
from artist_console.domain.letters import About, Letter, Source
from artist_console.domain.phrases import Sentence

NOT_ADVICE = "A draft, not legal advice."
ABOUT_NOTHING_ELSE = About()


@dataclass(frozen=True, slots=True)
class LetterWish:
    """One kind of letter, from some artists to some addressees."""

    kind: LetterKind
    artists: tuple[ArtistId, ...]
    addressees: tuple[str, ...]  # ids
    works: tuple[WorkId, ...] = ()  # empty: as the kind says
    language: Language | None = None  # None: the addressee's, else English
    country: str = ""  # whose law is cited; empty: the addressee's
    capacity: Capacity | None = None  # None: what fits
    values: Mapping[str, str] = field(default_factory=dict)  # by the name of the placeholder
    attach: frozenset[Attach] = frozenset()
    about: About = ABOUT_NOTHING_ELSE
    case: str = ""  # a follow-up: the case that it adds to
    signer: PartyId | None = None  # of a group, the member that signs in person; None: the first
    list_in_letter: bool = False  # however many works: without a list of its own
    contact: ContactPurpose | None = None  # the addressee's contact for this; None: as the kind says


@dataclass(frozen=True, slots=True)
class KindOffer:
    """One kind as it is offered. `why_not` says for whom or why it cannot be written."""

    kind: LetterKind
    name: str
    says: str
    possible: bool
    why_not: str
    capacities: tuple[Capacity, ...] = ()
    addressees: tuple[AddresseeKind, ...] = ()
    needs: tuple[Placeholder, ...] = ()
    about: tuple[AboutWhat, ...] = ()
    works: WorksWanted = WorksWanted.NONE
    attach: tuple[Attach, ...] = ()
    in_person: bool = False  # the artist signs, even where a manager writes
    reply_days: int | None = None
    version: str = ""
    checked_on: date | None = None
    sources: tuple[Source, ...] = ()


class LeftOut(NamedTuple):
    """A work that a letter does not name, and why."""

    work: WorkId
    title: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file that goes along."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter before it is kept."""

    letter: Letter  # its id is that of the letter that is kept
    artist_name: str
    addressee: Addressee
    contact: Contact | None  # None: no way to reach the addressee is known
    about: About
    warnings: tuple[str, ...]  # for the writer
    left_out: tuple[LeftOut, ...]
    attachments: tuple[DraftFile, ...]
    title: str  # of the case that it opens
    case: str = ""  # a follow-up: the case that it adds to
    notes: frozenset[str] = frozenset()  # those of the warnings that ask for nothing

    @property
    def cautions(self) -> tuple[str, ...]:
        """The warnings that ask for another look or a deed."""
        return tuple(each for each in self.warnings if each not in self.notes)


@dataclass(frozen=True, slots=True)
class Group:
    """All drafts to one addressee, in the order of the artists."""

    addressee: Addressee
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class NoDraft:
    """A letter that cannot be written, and why."""

    artist: ArtistId
    artist_name: str
    addressee: Addressee
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Drafted:
    groups: tuple[Group, ...]  # in the order of the addressees, without those to whom nothing is written
    not_possible: tuple[NoDraft, ...]

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return tuple(draft for group in self.groups for draft in group.drafts)
