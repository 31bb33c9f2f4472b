"""`directory`: organisations and their publicly announced AI agreements, each with its source."""

from __future__ import annotations

import argparse

from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands import directory
from artist_console.commands.directory import Announcement, Organisation
from artist_console.domain.phrases import day_in_words

_WHAT_IT_IS = (
    "These are public announcements. They are no agreements known here, and they say nothing of any artist"
    " or work."
)


def run_directory(given: argparse.Namespace) -> Answer:
    found = directory.organisations(given.text)
    parts = [_text(each) for each in found] or [f"Nothing is known here of {plain(given.text)}."]
    facts: dict[str, Plain] = {"organisations": [_facts(each) for each in found], "says": _WHAT_IT_IS}
    return Answer("\n\n".join([*parts, _WHAT_IT_IS] if found else parts), facts)


def _text(organisation: Organisation) -> str:
    roles = ", ".join(role.value.replace("_", " ") for role in organisation.roles)
    lines = (_line(each) for each in organisation.announcements)
    return "\n".join((f"{plain(organisation.name)} ({roles})", bullets(lines)))


def _line(each: Announcement) -> str:
    checked = day_in_words(each.checked_on)
    return f"{day_in_words(each.on)}: {each.title}. {each.says} Source: {each.source} (checked {checked})"


def _facts(organisation: Organisation) -> Plain:
    return {
        "key": organisation.key,
        "name": organisation.name,
        "roles": [role.value for role in organisation.roles],
        "home": organisation.home,
        "also_called": list(organisation.also_called),
        "announcements": [
            {
                "title": each.title,
                "on": each.on,
                "with": list(each.with_),
                "says": each.says,
                "source": each.source,
                "checked_on": each.checked_on,
            }
            for each in organisation.announcements
        ],
    }
