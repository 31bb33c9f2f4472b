"""Whom one can write to: the directory that ships, what was changed or added here, and whom the records name.

Own changes to an entry of the directory keep its id and are never overwritten by a newer directory.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from artist_console.commands.addressee_form import (
    AddresseeText,
    ContactText,
    read_addressee,
    text_of,
)
from artist_console.commands.console import Console, Result
from artist_console.commands.contract_form import Fault
from artist_console.domain.addressee_directory import (
    OF_PARTY,
    addressee_of,
    addressees_of,
    find_addressees,
    with_own,
    with_parties,
)
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.changes import Changes
from artist_console.domain.ids import PartyId
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.host.resources import resource_bytes
from artist_console.store import mirror, private
from artist_console.store.private import PrivateKind

__all__ = [
    "AddresseeFaults",
    "AddresseeText",
    "ContactText",
    "addressee_for",
    "addressee_text",
    "check_addressee",
    "directory_addressees",
    "list_addressees",
    "remove_addressee",
    "save_addressee",
    "show_addressee",
]


class AddresseeFaults(InputProblem):
    """An addressee that cannot be kept as it was written; `faults` name the fields."""

    title_template = "The addressee was not kept: {first}"
    advice_template = "Mend what is named and save it again"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(first=" ".join(fault.words for fault in faults))
        self.faults = tuple(faults)


def list_addressees(
    console: Console, text: str = "", kind: AddresseeKind | None = None
) -> tuple[Addressee, ...]:
    """Those of a kind whose names hold the words of `text`, by name; all of them without either."""
    return find_addressees(_every(console), text, kind)


def show_addressee(console: Console, id: str) -> Addressee:
    """One addressee. Raises UnknownThing."""
    found = next((each for each in _every(console) if each.id == id), None)
    if found is None:
        raise UnknownThing("There is no addressee {id} here", "See those that are known, or add one", id=id)
    return found


def addressee_text(console: Console, id: str) -> AddresseeText:
    """An addressee as it is written into the fields of the form. Raises UnknownThing."""
    return text_of(show_addressee(console, id))


def addressee_for(console: Console, party: PartyId) -> Addressee | None:
    """Where one writes to a party of the records; None where the records do not know it."""
    found = mirror.facts(console.store, console.clock()).parties.get(party)
    return addressee_of(_every(console), found) if found is not None else None


def check_addressee(console: Console, text: AddresseeText) -> tuple[Fault, ...]:
    """What is wrong with what was written so far."""
    return read_addressee(text, "new").faults


def save_addressee(console: Console, text: AddresseeText, id: str | None = None) -> Result[Addressee]:
    """Keep an addressee, new or in place of the one with this id. Raises AddresseeFaults, UnknownThing."""
    former = show_addressee(console, id) if id is not None else None
    read = read_addressee(text, id or console.new_id(), former)
    if read.addressee is None:
        raise AddresseeFaults(read.faults)
    private.put(console.store, PrivateKind.ADDRESSEE, "", [read.addressee], console.clock())
    return Result(read.addressee, Changes.CASES)


def remove_addressee(console: Console, id: str) -> Result[Addressee | None]:
    """Forget what was added or changed here; gives what stands in its place, None where nothing does.

    An entry of the directory comes back as it ships, an organisation of the records without contacts.
    Letters that were written to it keep its name and address. Raises UnknownThing, InputProblem for one
    that is as it ships.
    """
    found = show_addressee(console, id)
    if not found.own:
        where = "in the records" if id.startswith(OF_PARTY) else "in the directory"
        raise InputProblem(
            "{name} stands {where} and was not changed here",
            "There is nothing of your own to remove",
            name=found.name,
            where=where,
        )
    private.exchange(console.store, "", [private.Change(PrivateKind.ADDRESSEE, forget=[id])], console.clock())
    left = next((each for each in _every(console) if each.id == id), None)
    return Result(left, Changes.CASES)


@cache
def directory_addressees() -> tuple[Addressee, ...]:
    """Those that ship with the program, each contact with where and when it was read."""
    return addressees_of(json.loads(resource_bytes("directory/addressees.json")))


def _every(console: Console) -> tuple[Addressee, ...]:
    own = private.all(console.store, PrivateKind.ADDRESSEE, Addressee)
    parties = mirror.facts(console.store, console.clock()).parties.values()
    return with_parties(with_own(directory_addressees(), own), parties)
