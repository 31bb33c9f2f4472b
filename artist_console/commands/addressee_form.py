"""An addressee as a person writes it down, and what is missing or cannot be, field by field.

The window and the command line fill the same fields with text; each fault names its field, so that it can
stand beside it. A field of a contact is named by its place: "contacts/1/email".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, ContactPurpose
from artist_console.domain.ids import PartyId
from artist_console.domain.letter_kinds import Language
from artist_console.domain.territories import ISO_COUNTRIES

from .contract_form import Fault

MOST_LINE = 300  # characters of a name or an address
MOST_NOTE = 5_000
MOST_POSTAL_LINES = 8
MOST_CONTACTS = 20
MOST_MAIL = 254  # RFC 5321
# One @, something before it, a name with a dot behind it, and no sign that ends an address in a mail's head.
_MAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\".]+(\.[^\s@<>()\[\]\\,;:\".]+)+")
_UNPRINTABLE = "This holds a sign that cannot be printed. Type it instead of pasting it."

Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True, slots=True)
class ContactText:
    """What was written into the fields of one contact."""

    purpose: str = ContactPurpose.GENERAL.value
    email: str = ""
    form: str = ""
    postal: str = ""  # lines
    country: str = ""  # of the postal address, two letters
    says: str = ""
    source: str = ""
    checked_on: str = ""  # as 2026-11-29


@dataclass(frozen=True, slots=True)
class AddresseeText:
    """What was written into each field."""

    name: str = ""
    kind: str = AddresseeKind.LABEL.value
    country: str = ""
    language: str = ""
    contacts: tuple[ContactText, ...] = ()
    home: str = ""
    also_called: tuple[str, ...] = ()
    party: str = ""  # id of the party of the records that it is
    note: str = ""


FIELDS: tuple[str, ...] = tuple(AddresseeText.__dataclass_fields__)
CONTACT_FIELDS: tuple[str, ...] = tuple(ContactText.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Read:
    """The addressee, None where there are faults."""

    addressee: Addressee | None
    faults: tuple[Fault, ...]


def read_addressee(text: AddresseeText, id: str, former: Addressee | None = None) -> Read:
    """Make an addressee of what was written, or say of each field what is wrong with it.

    Where and when a contact was read is kept only while it is as it was read.
    """
    reader = _Reader(text)
    made = reader.addressee(id, former.contacts if former is not None else ())
    if former is not None and made.kind is former.kind:
        made = replace(made, repertoire=former.repertoire)
    faults = tuple(reader.faults)
    return Read(None if faults else made, faults)


def text_of(addressee: Addressee) -> AddresseeText:
    """An addressee as it is written into the fields, to be changed."""
    return AddresseeText(
        name=addressee.name,
        kind=addressee.kind.value,
        country=addressee.country,
        language=addressee.language.value if addressee.language else "",
        contacts=tuple(map(_contact_text, addressee.contacts)),
        home=addressee.home,
        also_called=addressee.also_called,
        party=addressee.party or "",
        note=addressee.note,
    )


def _contact_text(contact: Contact) -> ContactText:
    return ContactText(
        contact.purpose.value,
        contact.email,
        contact.form,
        "\n".join(contact.postal),
        contact.country,
        contact.says,
        contact.source,
        contact.checked_on.isoformat() if contact.checked_on else "",
    )


class _Reader:
    def __init__(self, text: AddresseeText) -> None:
        self._text = text
        self.faults: list[Fault] = []

    def addressee(self, id: str, former: Sequence[Contact]) -> Addressee:
        text = self._text
        name = self._line(text.name, "name")
        if not name:
            self._fault("name", "Say who it is.")
        language = self._choice(text.language, Language, "language") if text.language.strip() else None
        return Addressee(
            id=id,
            name=name,
            kind=self._choice(text.kind, AddresseeKind, "kind"),
            country=self._country(text.country, "country"),
            language=language,
            contacts=self._contacts(former),
            home=self._address(text.home, "home", "site"),
            also_called=tuple(
                dict.fromkeys(filter(None, (self._line(each, "also_called") for each in text.also_called)))
            ),
            party=PartyId(text.party.strip()) if text.party.strip() else None,
            own=True,
            note=self._note(text.note),
        )

    # Contacts

    def _contacts(self, former: Sequence[Contact]) -> tuple[Contact, ...]:
        if not self._text.contacts:
            self._fault("contacts", "Give one way to reach them: a mail address, a form or a postal address.")
        if len(self._text.contacts) > MOST_CONTACTS:
            self._fault("contacts", f"These are more than {MOST_CONTACTS} contacts. Keep those you need.")
        return tuple(
            self._contact(each, f"contacts/{place}", former)
            for place, each in enumerate(self._text.contacts[:MOST_CONTACTS], 1)
        )

    def _contact(self, text: ContactText, at: str, former: Sequence[Contact]) -> Contact:
        postal = self._postal(text.postal, f"{at}/postal")
        country = self._country(text.country, f"{at}/country")
        if postal and not text.country.strip():
            self._fault(f"{at}/country", "A postal address needs its country: two letters such as SE or GB.")
        made = Contact(
            purpose=self._choice(text.purpose, ContactPurpose, f"{at}/purpose"),
            email=self._mail(text.email, f"{at}/email"),
            form=self._address(text.form, f"{at}/form", "form"),
            postal=postal,
            country=country,
            says=self._line(text.says, f"{at}/says"),
            source=self._address(text.source, f"{at}/source", "page it was read on"),
            checked_on=self._day(text.checked_on, f"{at}/checked_on"),
        )
        if not (text.email.strip() or text.form.strip() or text.postal.strip()):
            self._fault(f"{at}/email", "Give a mail address, a form or a postal address.")
        return made if _as_it_was_read(made, former) else _without_source(made)

    def _mail(self, written: str, field: str) -> str:
        text = written.strip()
        if text and (len(text) > MOST_MAIL or not text.isprintable() or _MAIL.fullmatch(text) is None):
            self._fault(field, f"“{text[:60]}” is not a mail address. Write one such as name@example.org.")
            return ""
        return text

    def _postal(self, written: str, field: str) -> tuple[str, ...]:
        lines = tuple(" ".join(line.split()) for line in written.splitlines() if line.strip())
        if len(lines) > MOST_POSTAL_LINES:
            self._fault(field, f"These are more than {MOST_POSTAL_LINES} lines. Keep what a letter needs.")
        if any(len(line) > MOST_LINE for line in lines):
            self._fault(field, f"A line is longer than {MOST_LINE} characters. Break it into lines.")
        if not all(line.isprintable() for line in lines):
            self._fault(field, _UNPRINTABLE)
        return lines

    # Fields

    def _fault(self, field: str, words: str) -> None:
        if all(fault.field != field for fault in self.faults):
            self.faults.append(Fault(field, words))

    def _line(self, written: str, field: str) -> str:
        text = " ".join(written.split())
        if len(text) > MOST_LINE:
            self._fault(field, f"This is longer than {MOST_LINE} characters. Shorten it.")
        if not text.isprintable():
            self._fault(field, _UNPRINTABLE)
        return text

    def _note(self, written: str) -> str:
        text = written.strip()
        if len(text) > MOST_NOTE:
            self._fault("note", f"This is longer than {MOST_NOTE:,} characters. Shorten it.")
        return text

    def _choice(self, written: str, choices: type[Choice], field: str) -> Choice:
        key = written.strip().lower().replace("-", "_").replace(" ", "_")
        for choice in choices:
            if choice.value == key:
                return choice
        known = ", ".join(choice.value for choice in choices)
        self._fault(field, f"“{key[:60]}” is not one of: {known}." if key else f"Choose one of: {known}.")
        return next(iter(choices))

    def _country(self, written: str, field: str) -> str:
        code = written.strip().upper()
        if code and code not in ISO_COUNTRIES:
            self._fault(field, f"“{code[:20]}” is not a country code. Use two letters such as SE or GB.")
            return ""
        return code

    def _address(self, written: str, field: str, what: str) -> str:
        text = written.strip()
        if text and not _is_https(text):
            self._fault(field, f"The address of the {what} has to begin with https:// and name a site.")
            return ""
        return text

    def _day(self, written: str, field: str) -> date | None:
        text = written.strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._fault(field, f"“{text[:20]}” is not a day. Write it as 2026-03-31.")
            return None


def _is_https(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host.strip(".") and text.isprintable() and " " not in text


def _as_it_was_read(contact: Contact, former: Sequence[Contact]) -> bool:
    """Whether its source still says it: it is one of those that were read there, or the source is another."""
    read_there = [each for each in former if each.source == contact.source]
    return not read_there or any(_ways(each) == _ways(contact) for each in read_there)


def _ways(contact: Contact) -> tuple[str, str, tuple[str, ...], str]:
    return contact.email, contact.form, contact.postal, contact.country


def _without_source(contact: Contact) -> Contact:
    return Contact(contact.purpose, contact.email, contact.form, contact.postal, contact.country)
