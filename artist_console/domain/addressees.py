"""Whom one can write to: organisations as publicly stated, and whoever a person adds.

A public contact says where it was read and when. Nothing here says that anybody answers there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from .ids import PartyId
from .letter_kinds import Language


class AddresseeKind(Enum):
    OPERATOR = "operator"  # of AI programmes or models
    LABEL = "label"
    PUBLISHER = "publisher"
    DISTRIBUTOR = "distributor"
    SOCIETY = "society"
    LICENSING_BODY = "licensing_body"
    PERSON = "person"  # a co-writer, a payee
    OTHER = "other"


class Repertoire(Enum):
    """In which works an addressee has rights to license or exercise."""

    SONGS = "songs"
    RECORDINGS = "recordings"
    BOTH = "both"  # or not known


# Kinds of which it is plain.
_OF_KIND = {
    AddresseeKind.LABEL: Repertoire.RECORDINGS,
    AddresseeKind.DISTRIBUTOR: Repertoire.RECORDINGS,
    AddresseeKind.PUBLISHER: Repertoire.SONGS,
}


class ContactPurpose(Enum):
    """What a contact is for, as its owner states it."""

    COPYRIGHT = "copyright"  # notices and reservations
    PRIVACY = "privacy"  # personal data: access and objection
    LICENSING = "licensing"
    ROYALTIES = "royalties"  # statements
    MEMBERS = "members"  # own artists, members or customers
    GENERAL = "general"


# Whoever answers there answers nothing else.
NARROW = frozenset({ContactPurpose.PRIVACY, ContactPurpose.MEMBERS})


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach an addressee. At least one of email, form and postal is given."""

    purpose: ContactPurpose
    email: str = ""
    form: str = ""  # https address of a form
    postal: tuple[str, ...] = ()  # lines, without the country
    country: str = ""  # ISO 3166-1 alpha-2, of the postal address
    says: str = ""  # what its owner says it is for, in a sentence
    source: str = ""  # address of the page it was read on; empty: the person knows it
    checked_on: date | None = None  # None: nobody has looked it up


@dataclass(frozen=True, slots=True)
class Addressee:
    """`id` is "known/<key>" for one of the directory, else an id made here; own changes keep the id."""

    id: str
    name: str
    kind: AddresseeKind
    country: str = ""  # ISO 3166-1 alpha-2, where it sits; empty: not known
    language: Language | None = None  # in which it is best written to; None: not known
    contacts: tuple[Contact, ...] = ()
    home: str = ""  # address of its site
    also_called: tuple[str, ...] = ()
    party: PartyId | None = None  # the party of the records that it is
    own: bool = False  # added or changed in this profile
    note: str = ""
    repertoire: Repertoire | None = None  # of a society or licensing body, where it is plain

    @property
    def is_asked_about(self) -> Repertoire:
        """Which works a letter lists unless some are named."""
        return _OF_KIND.get(self.kind) or self.repertoire or Repertoire.BOTH

    def contact_for(self, *purposes: ContactPurpose) -> Contact | None:
        """The first contact for the first of these purposes that has one; else the general one, else any.

        One that is only for personal data or for members is no contact for anything else.
        """
        for purpose in (*purposes, ContactPurpose.GENERAL):
            for contact in self.contacts:
                if contact.purpose is purpose:
                    return contact
        return next((c for c in self.contacts if not purposes or c.purpose not in NARROW), None)

    def contact_of(self, purpose: ContactPurpose) -> Contact | None:
        """The first contact for exactly this."""
        return next((contact for contact in self.contacts if contact.purpose is purpose), None)
