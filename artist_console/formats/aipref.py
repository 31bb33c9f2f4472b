"""Preferences of the IETF's AIPREF drafts: the Content-Usage field and rule, read and written.

Which draft is followed stands in `domain/signal_terms.py`. What cannot be read is "unknown", never a yes.
Only "no" is ever written: what is not reserved is left out, so that nothing written is a permission.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from artist_console.domain.signal_terms import Signal, terms_of

from .structured_fields import NotADictionary, ValueKind, read_dictionary

FIELD = "Content-Usage"
CATEGORIES: tuple[str, ...] = tuple(term.key for term in terms_of(Signal.AIPREF))


class Preference(Enum):
    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    UNKNOWN = "unknown"


Preferences = Mapping[str, Preference]  # every category that is known here

_TOKENS = {"y": Preference.ALLOWED, "n": Preference.DISALLOWED}
NOTHING_KNOWN: Preferences = dict.fromkeys(CATEGORIES, Preference.UNKNOWN)


def read_preferences(text: str) -> Preferences:
    """The preference of every known category. Unknown keys and parameters are left aside."""
    try:
        found = read_dictionary(text)
    except NotADictionary:
        return NOTHING_KNOWN
    return {
        category: _TOKENS.get(value.text, Preference.UNKNOWN)
        if (value := found.get(category)) is not None and value.kind is ValueKind.TOKEN
        else Preference.UNKNOWN
        for category in CATEGORIES
    }


def why_unreadable(text: str) -> str:
    """What is wrong with the text of a field, in words; empty where it can be read."""
    try:
        read_dictionary(text)
    except NotADictionary as error:
        return str(error)
    return ""


def read_field(lines: Sequence[str]) -> Preferences:
    """The preferences of a header field that may stand several times: one list, as RFC 9651 joins them."""
    return read_preferences(", ".join(line for line in lines if line.strip()))


def combine(statements: Iterable[Preferences]) -> Preferences:
    """Several statements about one thing: any no wins, else any yes, else unknown."""
    given = list(statements)
    return {category: _combined(each[category] for each in given) for category in CATEGORIES}


def _combined(preferences: Iterable[Preference]) -> Preference:
    said = set(preferences)
    for counts in (Preference.DISALLOWED, Preference.ALLOWED):
        if counts in said:
            return counts
    return Preference.UNKNOWN


def write_reserved(categories: Iterable[str]) -> str:
    """The value of the field that says "no" to these categories and nothing of others."""
    wanted = set(categories)
    if not wanted <= set(CATEGORIES):
        raise ValueError(f"not categories: {sorted(wanted - set(CATEGORIES))}")
    return ", ".join(f"{category}=n" for category in CATEGORIES if category in wanted)


@dataclass(frozen=True, slots=True)
class UsageRule:
    """A Content-Usage rule of robots.txt. An empty path is all of the site."""

    path: str
    preferences: Preferences
    text: str = ""  # the statement as it was written


def read_rule(value: str) -> UsageRule:
    """The value of a rule: from the colon to the end of the line, which "#" ends too."""
    rest = value.partition("#")[0].strip(" \t")
    if not rest.startswith("/"):
        return UsageRule("", read_preferences(rest), rest)
    path, _, statement = rest.replace("\t", " ").partition(" ")
    statement = statement.strip(" ")
    return UsageRule(path, read_preferences(statement), statement)


def write_rule(path: str, categories: Iterable[str]) -> str:
    """A line of robots.txt; `path` is empty or percent-encoded and begins with a slash."""
    if path and (not path.startswith("/") or any(sign in path for sign in " \t\r\n#")):
        raise ValueError(f"not a path of robots.txt: {path!r}")
    return f"{FIELD}: {path + ' ' if path else ''}{write_reserved(categories)}"
