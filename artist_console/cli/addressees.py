"""`addressee`: whom letters can be written to."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace

from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, pairs, plain, table
from artist_console.commands import addressees
from artist_console.commands.addressees import AddresseeFaults, AddresseeText, ContactText
from artist_console.commands.console import Console
from artist_console.domain.addressees import Addressee, AddresseeKind, Contact
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing

_FIELDS = ("name", "kind", "country", "language", "home", "party", "note")
_OF_CONTACT = ("purpose", "email", "form", "says", "source", "checked_on")
_SHOWN = 5


class NotRemoved(InputProblem):
    title_template = "Nothing was removed: {what}"
    advice_template = "Give the same command with --yes to remove it"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    kind = AddresseeKind(given.kind) if given.kind else None
    found = addressees.list_addressees(console, given.text, kind)
    facts: Plain = {"addressees": [_facts(each) for each in found]}
    if not found:
        return Answer("Nobody so called is known here. Add one: artist-console addressee add --help", facts)
    columns = (
        Column("Addressee", shrinks=True),
        Column("Kind"),
        Column("Country"),
        Column("Contacts", shrinks=True),
        Column("From"),
    )
    rows = [
        (each.name, _words(each.kind.value), each.country, _purposes(each), _origin(each)) for each in found
    ]
    return Answer(table(columns, rows), facts)


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    return _answer(_named(console, given.addressee))


def run_add(console: Console, given: argparse.Namespace) -> Answer:
    text = _laid_over(AddresseeText(), given)
    return _saved(console, replace(text, contacts=_with_contact(text.contacts, given, None)), None)


def run_change(console: Console, given: argparse.Namespace) -> Answer:
    found = _named(console, given.addressee)
    text = _laid_over(addressees.addressee_text(console, found.id), given)
    dropped = {int(place) for place in given.drop_contact}
    changed = int(given.contact) if given.contact is not None else None
    for place in sorted(dropped | ({changed} if changed is not None else set())):
        if place > len(found.contacts):
            raise InputProblem(
                "{name} has no contact {place}; it has {n}",
                "See them with: artist-console addressee show",
                name=found.name,
                place=place,
                n=len(found.contacts),
            )
    contacts = _with_contact(text.contacts, given, changed)
    kept = (each for place, each in enumerate(contacts, 1) if place not in dropped)
    return _saved(console, replace(text, contacts=tuple(kept)), found.id)


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    found = _named(console, given.addressee)
    if found.own and not given.yes:
        raise NotRemoved(what=f"what you noted of {found.name} would go; letters to it stay as they are")
    left = addressees.remove_addressee(console, found.id).value
    told = f"Removed: what you noted of {found.name}."
    told += " It is again as it ships." if left is not None else ""
    return Answer(plain(told), {"removed": found.id, "left": _facts(left) if left is not None else None})


# What was typed


def _laid_over(start: AddresseeText, given: argparse.Namespace) -> AddresseeText:
    typed = {name: getattr(given, name) for name in _FIELDS if getattr(given, name) is not None}
    if given.also_called is not None:
        typed["also_called"] = tuple(given.also_called)
    return replace(start, **typed)


def _with_contact(
    contacts: tuple[ContactText, ...], given: argparse.Namespace, place: int | None
) -> tuple[ContactText, ...]:
    """The contacts with what was typed of one: laid over the one at `place`, or behind them."""
    typed = {name: getattr(given, name) for name in _OF_CONTACT if getattr(given, name) is not None}
    if given.postal is not None:
        typed["postal"] = "\n".join(given.postal)
    if given.postal_country is not None:
        typed["country"] = given.postal_country
    if not typed:
        return contacts
    if place is None:
        return (*contacts, ContactText(**typed))
    return (*contacts[: place - 1], replace(contacts[place - 1], **typed), *contacts[place:])


def _saved(console: Console, text: AddresseeText, id: str | None) -> Answer:
    try:
        return _answer(addressees.save_addressee(console, text, id).value)
    except AddresseeFaults as problem:
        told = " ".join(f"{_option(fault.field)}: {fault.words}" for fault in problem.faults)
        raise InputProblem(
            "The addressee was not kept. {told}", "Mend it and give the command again", told=told
        ) from problem


def _option(field: str) -> str:
    """The option that a field is typed with; of a contact, with its number."""
    of_contact = re.fullmatch(r"contacts/(\d+)/(\w+)", field)
    if of_contact is None:
        return {"also_called": "--also", "contacts": "--email"}.get(field, f"--{field}")
    place, name = of_contact.groups()
    option = "--postal-country" if name == "country" else "--" + name.replace("_", "-")
    return f"contact {place}, {option}"


def _named(console: Console, text: str) -> Addressee:
    """An addressee by id or name, whole before in part."""
    every = addressees.list_addressees(console)
    wanted = " ".join(text.split()).casefold()
    found = (
        [each for each in every if each.id == text]
        or [e for e in every if wanted in (name.casefold() for name in (e.name, *e.also_called))]
        or list(addressees.list_addressees(console, text) if wanted else ())
    )
    if not found:
        raise UnknownThing(
            "No addressee “{text}” is known here", "See them with: artist-console addressee list", text=text
        )
    if len(found) > 1:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise InputProblem(
            "“{text}” fits several addressees: {which}",
            "Name one by its id: artist-console addressee list --json",
            text=text,
            which="; ".join(each.name for each in found[:_SHOWN]) + more,
        )
    return found[0]


# What is shown


def _answer(found: Addressee) -> Answer:
    lines = [
        ("Addressee", found.id),
        ("Name", found.name),
        ("Also called", ", ".join(found.also_called)),
        ("Kind", _words(found.kind.value)),
        ("Country", found.country),
        ("Written to in", found.language.value if found.language else ""),
        ("Site", found.home),
        ("Note", found.note),
        ("From", _origin(found)),
    ]
    told = pairs([(label, value) for label, value in lines if value])
    for place, contact in enumerate(found.contacts, 1):
        told += "\n\n" + pairs([(label, value) for label, value in _contact_lines(place, contact) if value])
    if not found.contacts:
        told += "\n\nNo contact is known. Add one: artist-console addressee change --help"
    return Answer(told, _facts(found))


def _contact_lines(place: int, contact: Contact) -> list[tuple[str, str]]:
    checked = f" (read {day_in_words(contact.checked_on)})" if contact.checked_on else " (not looked up)"
    return [
        (f"Contact {place}", _words(contact.purpose.value)),
        ("Mail", contact.email),
        ("Form", contact.form),
        ("Post", ", ".join((*contact.postal, contact.country)) if contact.postal else ""),
        ("Says", contact.says),
        ("Source", contact.source + checked if contact.source else "noted here"),
    ]


def _purposes(found: Addressee) -> str:
    names = dict.fromkeys(_words(contact.purpose.value) for contact in found.contacts)
    return ", ".join(names) or "none known"


def _origin(found: Addressee) -> str:
    if found.own:
        return "you"
    return "records" if found.id.startswith("party/") else "directory"


def _words(key: str) -> str:
    return key.replace("_", " ")


def _facts(found: Addressee) -> Plain:
    return {
        "id": found.id,
        "name": found.name,
        "also_called": found.also_called,
        "kind": found.kind,
        "country": found.country,
        "language": found.language,
        "home": found.home,
        "party": found.party,
        "own": found.own,
        "note": found.note,
        "contacts": [
            {
                "purpose": each.purpose,
                "email": each.email,
                "form": each.form,
                "postal": each.postal,
                "country": each.country,
                "says": each.says,
                "source": each.source,
                "checked_on": each.checked_on,
            }
            for each in found.contacts
        ],
    }
