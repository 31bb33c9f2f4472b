"""A letter as it was drafted and, once it is kept, its exact copy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from .contracts import AttachedFile
from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .letter_kinds import Capacity, Language, LetterKind
from .parties import Standing


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence of a template comes from."""

    title: str
    address: str
    checked_on: date | None  # None: nobody has looked it up
    country: str = ""  # of a sentence about law


@dataclass(frozen=True, slots=True)
class About:
    """What a letter or a case is about, beside its works. None and empty: not about such a thing."""

    programme: ProgrammeId | None = None
    finding: str = ""
    statement: StatementId | None = None
    removal: str = ""  # id of a removal case
    person: bool = False  # the artist's voice, name and image


@dataclass(frozen=True, slots=True)
class Letter:
    """The exact copy. Its text is never changed: an edited letter is another one."""

    id: str
    artist: ArtistId
    kind: LetterKind
    capacity: Capacity
    standing: Standing  # of the artist on what the letter is about, the least of all works
    language: Language
    country: str  # whose law is cited; empty: none
    addressee: str  # id
    to_name: str
    to_email: str
    to_postal: tuple[str, ...]  # lines, the country with them
    subject: str
    text: str
    signed_by: str  # who has to sign
    template_version: str
    sources: tuple[Source, ...]
    checked_on: date  # the template
    written_at: datetime
    works: tuple[WorkId, ...]
    attachments: tuple[AttachedFile, ...] = ()
    reply_by: date | None = None
    from_lines: tuple[str, ...] = ()  # of the sender below the name: address with country, e-mail, telephone
    from_email: str = ""  # to which a mail program answers
    edited: bool = False  # the person changed the words of the template

    @property
    def sha256(self) -> str:
        """Of addressee, subject and text as UTF-8, each ended by a line feed."""
        to = "; ".join((self.to_name, self.to_email, *self.to_postal))
        return hashlib.sha256(f"{to}\n{self.subject}\n{self.text}\n".encode()).hexdigest()


# A mail with several letters bears the ids of all in this header, set apart by spaces; its Message-ID is of
# one.
LETTERS_HEADER = "X-Artist-Console-Letters"
_MESSAGE_DOMAIN = "letters.artist-console.example"  # RFC 2606: nobody can own it, no host is named by it


def message_id(letter: str) -> str:
    """The Message-ID of the mail that carries a letter, from the letter's id. Pure: no clock, no chance.

    A mail with several letters bears that of the first. A reply names it in In-Reply-To or References.
    """
    return f"<{letter}@{_MESSAGE_DOMAIN}>"


def letter_of_message(text: str) -> str:
    """The id of the letter that a Message-ID names; empty where it is of another program."""
    bare = text.strip().removeprefix("<").removesuffix(">")
    letter, _, domain = bare.rpartition("@")
    return letter if domain.casefold() == _MESSAGE_DOMAIN else ""
