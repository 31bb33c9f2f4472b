"""Dictionaries of Structured Field Values for HTTP (RFC 9651, section 4.2.2), read by the letter.

Only what a reader of preferences needs is kept: of each key its last value, and parameters only as having
been there. A field that breaks the grammar anywhere is no dictionary at all, as the RFC wants it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

MAX_CHARACTERS = 8_192  # beyond what servers send in one field


class ValueKind(Enum):
    TOKEN = "token"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    BYTES = "bytes"
    DATE = "date"
    DISPLAY = "display"  # a string of any script
    LIST = "list"  # an inner list; its members are checked and left


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a dictionary. `text` is how it was written, a string without its quotation marks."""

    kind: ValueKind
    text: str
    parameters: tuple[str, ...] = ()  # their keys


class NotADictionary(ValueError):
    """The field breaks the grammar; `str()` says where."""


_KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
# What a bare item may look like, told by its first sign. Numbers: sections 3.3.1 and 3.3.2 limit the digits.
_ITEMS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (ValueKind.NUMBER, re.compile(r"-?(?:\d{1,12}\.\d{1,3}|\d{1,15})(?![\d.])")),
    (ValueKind.STRING, re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')),
    (ValueKind.TOKEN, re.compile(r"[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*")),
    (ValueKind.BYTES, re.compile(r":[A-Za-z0-9+/=]*:")),
    (ValueKind.BOOLEAN, re.compile(r"\?[01]")),
    (ValueKind.DATE, re.compile(r"@-?\d{1,15}(?![\d.])")),
    (ValueKind.DISPLAY, re.compile(r'%"(?:[ !#$&-~]|%[0-9a-f]{2})*"')),
)


def read_dictionary(text: str) -> dict[str, Value]:
    """The last value of each key, in the order of first mention. Raises NotADictionary."""
    if len(text) > MAX_CHARACTERS:
        raise NotADictionary(f"it is longer than {MAX_CHARACTERS} characters")
    return _Reader(text.strip(" ")).dictionary()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def dictionary(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not self._ended():
            key = self._key()
            if self._took("="):
                value = self._list() if self._next == "(" else self._item()
            else:
                value = Value(ValueKind.BOOLEAN, "?1", self._parameters())
            found[key] = value
            self._skip(" \t")
            if self._ended():
                return found
            if not self._took(","):
                raise self._wrong("a comma")
            self._skip(" \t")
            if self._ended():
                raise self._wrong("another key after the comma")
        return found

    def _ended(self) -> bool:
        return self._at >= len(self._text)

    @property
    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _wrong(self, expected: str) -> NotADictionary:
        return NotADictionary(f"at character {self._at + 1}, {expected} was expected")

    def _took(self, sign: str) -> bool:
        if self._next != sign:
            return False
        self._at += 1
        return True

    def _skip(self, signs: str) -> None:
        while self._next and self._next in signs:
            self._at += 1

    def _key(self) -> str:
        match = _KEY.match(self._text, self._at)
        if match is None:
            raise self._wrong("a key in small letters")
        self._at = match.end()
        return match[0]

    def _parameters(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        while self._took(";"):
            self._skip(" ")
            found[self._key()] = None
            if self._took("="):
                self._bare()
        return tuple(found)

    def _bare(self) -> tuple[ValueKind, str]:
        for kind, pattern in _ITEMS:
            match = pattern.match(self._text, self._at)
            if match is not None:
                self._at = match.end()
                return kind, match[1] if kind is ValueKind.STRING else match[0]
        raise self._wrong("a value")

    def _item(self) -> Value:
        kind, text = self._bare()
        return Value(kind, text, self._parameters())

    def _list(self) -> Value:
        begins = self._at
        self._at += 1
        while True:
            self._skip(" ")
            if self._took(")"):
                return Value(ValueKind.LIST, self._text[begins : self._at], self._parameters())
            self._item()
            if self._next not in (" ", ")") or self._ended():
                raise self._wrong("a space or the end of the list")
