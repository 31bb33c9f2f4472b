"""What is wrong with the JSON of a manifest, in words: what stands there, and what can."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from artist_console.domain.inclusion_states import InclusionState

NOT_STATES = frozenset({InclusionState.NOTHING_REPORTED, InclusionState.SUSPECTED})
STATES = tuple(state.value for state in InclusionState if state not in NOT_STATES)

_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_LACKS = re.compile(r"missing required field `(\w+)`")
_KINDS = {str: "a text", int: "a whole number", date: "a day such as 2026-03-31", list: "a list"}


def in_words(error: str, message: type, raw: bytes) -> str:
    """What the decoder of `message` found wrong with `raw`, for people."""
    found = _PATH.search(error)
    path = found[1] if found is not None else ""
    lacks = _LACKS.search(error)
    if lacks is not None:
        return f"it lacks “{lacks[1]}”" + (f" in {path}" if path else "")
    if not path:
        return "it is no JSON object"
    steps = [int(number) if number else name for number, name in _STEP.findall(path)]
    return f"as {short(path)} it says {_value_at(raw, steps)}; it can be {_allowed_at(message, steps)}"


def short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def listed(names: Iterable[str], most: int = 24) -> str:
    """Names in a sentence: the last after "or"."""
    every = [short(name) for name in names]
    if len(every) > most:
        return f"{', '.join(every[:most])} or one of {len(every) - most} more"
    return f"{', '.join(every[:-1])} or {every[-1]}" if len(every) > 1 else "".join(every)


def _value_at(raw: bytes, steps: Iterable[int | str]) -> str:
    value: Any = msgspec.json.decode(raw)  # whole JSON, or its faults would be others
    try:
        for step in steps:
            value = value[step]
    except (LookupError, TypeError):
        return "two things"  # a name stands there twice, and the last is what was looked into
    if isinstance(value, str):
        return f"“{short(value)}”" if value.strip() else "an empty text"
    return f"“{short(msgspec.json.encode(value).decode())}”"


def _allowed_at(message: Any, steps: Iterable[int | str]) -> str:
    kind = message
    for step in steps:
        kind = get_args(kind)[0] if isinstance(step, int) else get_type_hints(kind)[step]
        if get_origin(kind) in (Union, types.UnionType):
            kind = next(each for each in get_args(kind) if each is not type(None))
    if kind is InclusionState:
        return listed(STATES)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return listed(str(each.value) for each in kind)
    return _KINDS.get(get_origin(kind) or kind, "an object")
