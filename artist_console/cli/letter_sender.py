"""`letter sender`: name and address as letters bear them."""

from __future__ import annotations

import argparse
from dataclasses import replace

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import pairs
from artist_console.commands.console import Console
from artist_console.commands.letter_sender import own_sender, save_sender, sender_of, text_of
from artist_console.domain.letter_sender import OF_ALL, Sender
from artist_console.domain.problems import InputProblem


class NothingToSet(InputProblem):
    title_template = "It is not said what is to be set"
    advice_template = "Give --name, --line, --country, --email or --phone; see: letter sender show"


class OnlyShown(InputProblem):
    title_template = "Showing the sender’s details changes none"
    advice_template = "Write “letter sender set” to change them"


def run_sender(console: Console, given: argparse.Namespace) -> Answer:
    """Show the details that hold, or change what is given. Raises BadSender, NothingToSet, OnlyShown."""
    artist = lookups.the_artist(console, given.artist).id if given.artist else None
    fields = {"name": given.name, "country": given.country, "email": given.email, "phone": given.phone}
    fields["postal"] = "\n".join(given.lines) if given.lines is not None else None
    changed = {name: text for name, text in fields.items() if text is not None}
    if given.action == "show":
        if changed:
            raise OnlyShown
        found = sender_of(console, artist)
    else:
        if not changed:
            raise NothingToSet
        found = save_sender(console, replace(text_of(own_sender(console, artist)), **changed), artist).value
    facts: dict[str, Plain] = {
        "artist": artist,
        "of": found.id if found is not None else None,
        "name": found.name if found is not None else "",
        "postal": list(found.postal) if found is not None else [],
        "country": found.country if found is not None else "",
        "email": found.email if found is not None else "",
        "phone": found.phone if found is not None else "",
    }
    return Answer(_words(found), facts)


def _words(found: Sender | None) -> str:
    if found is None:
        return "No sender’s details are kept here, so letters bear no address. See: letter sender set --help"
    lines = [
        ("Signs as", found.name or "the artist, or whoever writes"),
        ("Address", ", ".join((*found.postal, found.country)) if found.postal else "none"),
        ("E-mail", found.email or "none"),
        ("Telephone", found.phone or "none"),
        ("Holds for", "everything that is written here" if found.id == OF_ALL else "this artist alone"),
    ]
    return f"{pairs(lines)}\n\nKept in this profile; no service is sent them."
