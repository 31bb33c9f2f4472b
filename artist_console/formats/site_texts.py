"""The sentences of the readable page and of every file of a site, in each language: data, read strictly.

`resources/site/page.json`. Days and names of uses are those of letters (`domain/letter_words.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from string import Formatter
from typing import Any

from artist_console.domain.letter_kinds import Language
from artist_console.domain.uses import Right

_HOLDS: Mapping[str, frozenset[str]] = {
    "title": frozenset({"artist"}),
    "who": frozenset({"artist", "rights"}),
    "writer": frozenset({"artist", "writer"}),
    "all_works": frozenset({"artist", "place"}),
    "some_works": frozenset({"place"}),
    "territory": frozenset({"places"}),
    "contact": frozenset({"contact"}),
    "dated": frozenset({"date"}),
}


@dataclass(frozen=True, slots=True)
class SiteText:
    """Of one language. What stands in braces is named in `_HOLDS`."""

    title: str
    who: str
    writer: str
    all_works: str
    some_works: str
    reserved: str
    mining: str
    silence: str
    not_a_licence: str
    not_streaming: str
    territory: str
    contact: str
    dated: str
    machines: str
    rights: Mapping[Right, str]


def site_texts(found: Mapping[str, Any]) -> Mapping[Language, SiteText]:
    """From the parsed resource. Raises ValueError or KeyError where a language is not whole."""
    return {language: _text(found[language.value]) for language in Language}


def _text(found: Mapping[str, Any]) -> SiteText:
    texts = {each.name: str(found[each.name]) for each in fields(SiteText) if each.name != "rights"}
    for name, text in texts.items():
        held = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
        if not text or held != _HOLDS.get(name, frozenset()):
            raise ValueError(f"{name}: {text}")
    rights = {Right(key): str(words) for key, words in found["rights"].items()}
    return SiteText(rights=rights, **texts)
