"""`programmes add`, `change` and `remove`: programmes that a person sets up from what was announced."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import plain
from artist_console.commands.console import Console
from artist_console.commands.programme_setup import (
    ProgrammeWish,
    as_set_up,
    remove_programme,
    set_up_programme,
)
from artist_console.commands.programmes import ProgrammeRow
from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Family, Use, uses_of
from artist_console.formats.programme_setup import MOST_TERMS_CHARACTERS
from artist_console.host.files import read_bounded


def run_add(console: Console, given: argparse.Namespace) -> Answer:
    return _kept(console, _with(given, ProgrammeWish(given.operator, given.name, ())), "is set up")


def run_change(console: Console, given: argparse.Namespace) -> Answer:
    row = lookups.programme(console, given.programme)
    before = as_set_up(row)
    wished = _with(given, before)
    if wished == before:
        raise InputProblem(
            "Nothing was said to change about {name}",
            "Give what is new, such as --name or --source",
            name=row.programme.name,
        )
    return _kept(console, wished, "is changed")


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    row = lookups.programme(console, given.programme)
    remove_programme(console, row.programme.id)
    return Answer(f"{plain(row.programme.name)} is removed.", {"removed": row.programme.id})


def _with(given: argparse.Namespace, before: ProgrammeWish) -> ProgrammeWish:
    said = {
        "operator": given.operator,
        "name": given.name,
        "summary": given.summary,
        "source": given.source,
        "announced_on": given.announced,
        "terms": _text_of(given.terms) if given.terms is not None else None,
        "effective_from": given.terms_from,
        "how_a_yes_is_withdrawn": given.withdrawal,
        "uses": _uses(given.uses) if given.uses else None,
    }
    return replace(before, **{name: value for name, value in said.items() if value is not None})


def _uses(keys: list[str]) -> tuple[Use, ...]:
    families = {family.value: family for family in Family}
    found: dict[Use, None] = {}
    for key in keys:
        if key in families:
            found.update(dict.fromkeys(uses_of(families[key])))
        else:
            found[lookups.use(key)] = None
    return tuple(found)


def _text_of(path: Path) -> str:
    content = read_bounded(path, MOST_TERMS_CHARACTERS * 4)
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise InputProblem(
            "“{file}” is no text in UTF-8", "Save the terms as plain text, then try again", file=path.name
        ) from error
    if not text:
        raise InputProblem("“{file}” is empty", "Give the text of the terms", file=path.name)
    return text


def _kept(console: Console, wished: ProgrammeWish, done: str) -> Answer:
    row = set_up_programme(console, wished).value
    text = (
        f"{plain(row.programme.name)} of {plain(row.operator_name)} {done}. It can be answered by name."
        " Nothing is known here of agreements with it, nor of what it uses."
    )
    return Answer(text, _facts(row))


def _facts(row: ProgrammeRow) -> Plain:
    programme = row.programme
    return {
        "id": programme.id,
        "name": programme.name,
        "operator": row.operator_name,
        "uses": list(programme.uses),
        "source": programme.source,
        "announced_on": programme.announced_on,
        "terms": row.terms.text_sha256 if row.terms is not None else None,
    }
