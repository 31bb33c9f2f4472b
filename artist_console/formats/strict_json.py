"""JSON that comes from strangers: every name once, and nothing but text, whole numbers, lists and objects."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import msgspec


class MalformedJson(ValueError):
    """Text that is not JSON of this kind. `str()` says what and where."""


def read_json(text: str) -> Any:
    """Raises MalformedJson. The caller limits the size before."""
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_float=_no_fraction, parse_constant=_no_fraction
        )
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise MalformedJson(
            f"line {error.lineno}, column {error.colno} is not JSON: {error.msg.lower()}"
        ) from error
    except RecursionError as error:
        raise MalformedJson("it is nested too deeply") from error
    except UnicodeEncodeError as error:
        raise MalformedJson("a text in it holds half of a character, which nothing can keep") from error
    except ValueError as error:
        if "set_int_max_str_digits" in str(error):  # Python's own words are for whoever writes programs
            raise MalformedJson("a number in it has thousands of digits") from error
        raise MalformedJson(str(error)) from error
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the name “{name[:60]}” stands twice in one place")
        found[name] = value
    return found


def _no_fraction(text: str) -> NoReturn:
    raise ValueError(f"“{text[:60]}” is no whole number; a proof holds no others")


def placed(error: msgspec.ValidationError) -> str:
    """What msgspec says, with the place as a person would name it."""
    what, _, where = str(error).partition(" - at `$.")
    place = f"at “{where.rstrip('`')}”: " if where else ""
    return f"{place}{what[:1].lower()}{what[1:]}"
