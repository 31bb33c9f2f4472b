"""The directory of addressees: as it ships, own ones laid over, and the organisations of the records beside.

Nobody stands in it twice: an organisation of the records is the entry that has its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .addressees import Addressee, AddresseeKind, Contact, ContactPurpose, Repertoire
from .letter_kinds import Language
from .parties import OrganisationRole, Party, PartyKind

KNOWN, OF_PARTY = "known/", "party/"  # how ids begin that are not made here

# An organisation that does several things is written to as the first of these.
_KIND_OF_ROLE = {
    OrganisationRole.OPERATOR: AddresseeKind.OPERATOR,
    OrganisationRole.LICENSING_BODY: AddresseeKind.LICENSING_BODY,
    OrganisationRole.SOCIETY: AddresseeKind.SOCIETY,
    OrganisationRole.DISTRIBUTOR: AddresseeKind.DISTRIBUTOR,
    OrganisationRole.LABEL: AddresseeKind.LABEL,
    OrganisationRole.PUBLISHER: AddresseeKind.PUBLISHER,
    OrganisationRole.LICENSOR: AddresseeKind.LABEL,
    OrganisationRole.MANAGEMENT: AddresseeKind.OTHER,
}


def addressees_of(table: Mapping[str, Any]) -> tuple[Addressee, ...]:
    """Read the resource. Raises KeyError, ValueError for one that is not as it should be."""
    return tuple(
        Addressee(
            id=KNOWN + each["key"],
            name=each["name"],
            kind=AddresseeKind(each["kind"]),
            country=each["country"],
            language=Language(each["language"]) if each["language"] else None,
            contacts=tuple(map(_contact, each["contacts"])),
            home=each["home"],
            also_called=tuple(each["also"]),
            repertoire=Repertoire(each["repertoire"]) if "repertoire" in each else None,
        )
        for each in table["addressees"]
    )


def with_own(shipped: Sequence[Addressee], own: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Own changes in place of what has their id, own additions behind; a new directory changes neither."""
    laid_over = {each.id: each for each in shipped}
    for each in own:
        former = laid_over.get(each.id)
        # A change that was kept before this was known of the entry takes it over.
        if former is not None and each.repertoire is None and former.kind is each.kind:
            each = replace(each, repertoire=former.repertoire)
        laid_over[each.id] = each
    return tuple(laid_over.values())


def with_parties(known: Sequence[Addressee], parties: Iterable[Party]) -> tuple[Addressee, ...]:
    """Organisations of the records beside those that are known, which take over whose party they are.

    One without an entry has the id "party/<id>" and no contact until somebody adds one.
    """
    found = {each.id: each for each in known}
    index = _Index(known)
    organisations = (e for e in parties if e.kind is PartyKind.ORGANISATION and not e.is_artist)
    for party in sorted(organisations, key=lambda each: each.id):
        if OF_PARTY + party.id in found:
            continue
        entry = index.entry_of(party)
        if entry is None:
            found[OF_PARTY + party.id] = _of_party(party)
        elif found[entry.id].party is None:
            found[entry.id] = replace(found[entry.id], party=party.id)
    return tuple(found.values())


def addressee_of(known: Sequence[Addressee], party: Party) -> Addressee | None:
    """Where one writes to this party: the entry that names it, else the one that has its name."""
    for each in known:
        if each.party == party.id or each.id == OF_PARTY + party.id:
            return each
    return _Index(known).entry_of(party)


def find_addressees(
    known: Iterable[Addressee], text: str = "", kind: AddresseeKind | None = None
) -> tuple[Addressee, ...]:
    """Those of a kind whose names hold each word of `text`, by name."""
    words = _folded(text).split()
    found = [
        each
        for each in known
        if (kind is None or each.kind is kind)
        and all(any(word in name for name in map(_folded, _names(each))) for word in words)
    ]
    return tuple(sorted(found, key=lambda each: (_folded(each.name), each.id)))


def is_party(addressee: Addressee, party: Party) -> bool:
    """Whether an addressee is a party of the records: by its id, else by a name that both bear."""
    if addressee.party is not None:
        return addressee.party == party.id
    if addressee.id == OF_PARTY + party.id:
        return True
    return any(bears_name(addressee, name) for name in (party.name, *party.aliases))


def bears_name(addressee: Addressee, name: str) -> bool:
    """A person who bears the name of a company is not the company."""
    return addressee.kind is not AddresseeKind.PERSON and _folded(name) in map(_folded, _names(addressee))


def name_key(name: str) -> str:
    """The same for all spellings of one name."""
    return _folded(name)


class _Index:
    """Entries by party and by name; the first that has a name keeps it."""

    def __init__(self, known: Iterable[Addressee]) -> None:
        self._by_party: dict[str, Addressee] = {}
        self._by_name: dict[str, Addressee] = {}
        for each in known:
            if each.party is not None:
                self._by_party.setdefault(each.party, each)
        for names in (lambda each: (each.name,), _names):
            for each in known:
                # A person who bears the name of a company is not the company.
                if each.kind is not AddresseeKind.PERSON:
                    for name in names(each):
                        self._by_name.setdefault(_folded(name), each)

    def entry_of(self, party: Party) -> Addressee | None:
        if party.id in self._by_party:
            return self._by_party[party.id]
        named = (self._by_name.get(_folded(name)) for name in (party.name, *party.aliases))
        return next((each for each in named if each is not None), None)


def _of_party(party: Party) -> Addressee:
    kind = next((kind for role, kind in _KIND_OF_ROLE.items() if role in party.roles), AddresseeKind.OTHER)
    return Addressee(OF_PARTY + party.id, party.name, kind, also_called=party.aliases, party=party.id)


def _contact(each: Mapping[str, Any]) -> Contact:
    return Contact(
        purpose=ContactPurpose(each["purpose"]),
        email=each.get("email", ""),
        form=each.get("form", ""),
        postal=tuple(each.get("postal", ())),
        country=each.get("country", ""),
        says=each["says"],
        source=each["source"],
        checked_on=date.fromisoformat(each["checked_on"]),
    )


def _names(each: Addressee) -> tuple[str, ...]:
    return (each.name, *each.also_called)


def _folded(text: str) -> str:
    """Without capitals, accents and signs, so that spellings of one name are one."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))
