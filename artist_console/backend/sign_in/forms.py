"""Parameters of a request, read strictly: each once, in UTF-8, of a bounded size (RFC 6749, 3.1 and 3.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from artist_console.formats.sign_in_wire import MAX_DEVICE_NAME

MAX_FORM_BYTES = 16 * 1024
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 40
_LONGEST_VALUE = 2_000
# Where people wrote; everything else is written by programs, in ASCII.
_OF_PEOPLE = frozenset({"device_name", "name", "password", "new_password", "again", "user_code", "code"})
# What Authlib repeats in the words of an error may not hold what RFC 6749, 5.2 forbids there.
_REPEATED = frozenset({"client_id", "response_type", "grant_type", "redirect_uri", "scope"})
_FORBIDDEN = frozenset('"\\')


class BadForm(Exception):
    """The parameters cannot be read. `str()` says why, in ASCII, and repeats no value."""


@dataclass(frozen=True)
class Form:
    """Parameters by name. One without a value was left out."""

    values: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def __repr__(self) -> str:
        return f"Form({sorted(self.values)})"


def read_form(content_type: str, body: bytes) -> Form:
    """The body of a POST. Raises BadForm."""
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise BadForm(f"The body has to be {_FORM}.")
    return read_query(body)


def read_query(query: bytes) -> Form:
    """The query of a GET. Raises BadForm."""
    if len(query) > MAX_FORM_BYTES:
        raise BadForm("There is too much of it.")
    try:
        pairs = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise BadForm("The parameters cannot be read.") from error
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values:
            raise BadForm("A parameter stands there twice.")
        values[name] = value
    for name, value in values.items():
        _check(name, value)
    return Form({name: value for name, value in values.items() if value})


def _check(name: str, value: str) -> None:
    if len(value) > _LONGEST_VALUE:
        raise BadForm("A parameter is too long.")
    if name in _OF_PEOPLE:
        if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value):
            raise BadForm("A parameter holds control characters.")
    elif not all(" " <= sign <= "~" for sign in value):
        raise BadForm("A parameter holds characters that it cannot have.")
    if name in _REPEATED and _FORBIDDEN & set(value):
        raise BadForm("A parameter holds characters that it cannot have.")
    if name == "device_name" and len(value) > MAX_DEVICE_NAME:
        raise BadForm("The name of the device is too long.")
