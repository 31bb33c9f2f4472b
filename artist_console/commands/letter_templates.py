"""The templates and words that ship with the program, read once. A bad one is told, and the others stay."""

from __future__ import annotations

import json
from functools import cache

from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letter_reading import read_template
from artist_console.domain.letter_templates import Template
from artist_console.domain.letter_words import AllWords, read_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.host.resources import resource_bytes

_FOLDER = "letters"


class NoTemplate(UnknownThing):
    title_template = "No template of the kind {kind} ships with this program"
    advice_template = "See: artist-console letter kinds"


@cache
def template_of(kind: LetterKind) -> Template:
    """Raises NoTemplate, BadTemplate."""
    name = f"{_FOLDER}/{kind.value}.json"
    try:
        body = resource_bytes(name)
    except FileNotFoundError as error:
        raise NoTemplate(kind=kind.value) from error
    return read_template(name, _json(name, body))


@cache
def letter_words() -> AllWords:
    """Raises BadWords."""
    name = f"{_FOLDER}/words.json"
    return read_words(name, _json(name, resource_bytes(name)))


def _json(name: str, body: bytes) -> object:
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputProblem("{file} is not JSON in UTF-8", "Install the program again", file=name) from error
    return found
