"""Mutations that keep a file's form, so that what lies behind the first look at it is reached, too.

JSON, alone or line by line, and compact JWS, also inside of JSON: a value is changed, taken out, doubled or
put elsewhere, and what was signed by the key of the corpus is signed again. All else is left to libFuzzer.
"""

from __future__ import annotations

import base64
import copy
import csv
import json
from collections.abc import Callable
from random import Random
from typing import Any

from artist_console.formats.row_cells import record_of
from artist_console.formats.signatures import SigningKey, base64url

_KEY = SigningKey(bytes(range(32)))  # tests.formats.report_world.SIGNER
_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**53, 2**63, -(2**63), 2**64, 10**40, 0.5, 1e308, -0.0),
    *("", " ", "0", "-1", "1e9", "NaN", "\x00", "\ud800", "\u202e", "<img src=x>", "=1+1", "{x}", "a" * 300),
    *("2026-02-30", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z", "2026-03-24T00:00:00+14:00"),
    *("P9999999999D", "ü", "😀", "../x", "https://example.org", "0" * 64, [], {}, [[]], [None], {"": None}),
)
_NESTED = 60


def mutated(data: bytes, longest: int, seed: int, otherwise: Callable[[bytes, int], bytes]) -> bytes:
    """What is tried next, of at most `longest` bytes."""
    chance = Random(seed)
    if chance.random() < 0.35:
        return otherwise(data, longest)
    made = _changed(data, chance)
    return otherwise(data, longest) if made is None or len(made) > longest else made


def _changed(data: bytes, chance: Random) -> bytes | None:
    text = data.decode("utf-8", "replace").strip()
    signed = _signed_again(text, chance)
    if signed is not None:
        return signed.encode()
    whole = _read(text)
    if whole is not None:
        return _written(_step(whole, chance))
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    one = _read(lines[place])
    if one is None and lines[place].count(",") > 2 and chance.random() < 0.7:
        lines[place] = _cell_changed(lines[place], chance)
        return "\n".join(lines).encode("utf-8", "replace")
    if one is None:
        return None
    if chance.random() < 0.2:  # a line doubled, gone, or elsewhere
        other = chance.randrange(len(lines))
        lines.insert(other, lines[place] if chance.random() < 0.5 else lines.pop(place))
        return "\n".join(lines).encode("utf-8", "replace")
    lines[place] = _written(_step(one, chance)).decode()
    return "\n".join(lines).encode("utf-8", "replace") + b"\n"


def _cell_changed(line: str, chance: Random) -> str:
    """A record with one cell changed, a nested value in its form; else as the tables of reports spell it."""
    end = "\r" if line.endswith("\r") else ""
    try:
        cells = next(csv.reader([line.removesuffix("\r")], strict=True))
    except (csv.Error, StopIteration):
        return line
    at = chance.randrange(len(cells))
    nested = _read(cells[at])
    if nested is not None:
        cells[at] = json.dumps(
            _step(nested, chance), separators=(",", ":"), sort_keys=True, ensure_ascii=False
        )
    elif chance.random() < 0.5:
        cells[at] = _word(cells[at], chance)
    else:
        cells[at] = str(chance.choice(_ODD))
    return record_of(cells) + end


def _read(text: str) -> Any:
    """None for what is no list and no object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _written(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _step(whole: Any, chance: Random) -> Any:
    """The same with a few values changed."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        places = list(_places(whole))
        if not places:
            return whole
        holder, key = chance.choice(places)
        match chance.randrange(7):
            case 0:
                del holder[key]
            case 1:
                other, elsewhere = chance.choice(places)
                holder[key] = copy.deepcopy(other.get(elsewhere) if isinstance(other, dict) else other[0])
            case 2 if isinstance(holder, dict):
                holder[f"{key}x"] = holder.pop(key)
            case 2:
                holder.insert(key, copy.deepcopy(holder[key]))
            case 3 if isinstance(holder[key], str):
                holder[key] = _word(holder[key], chance)
            case 4:
                holder[key] = [holder[key]]
            case 5 if chance.random() < 0.1:
                for _ in range(_NESTED):
                    holder[key] = [holder[key]] if chance.random() < 0.5 else {"a": holder[key]}
            case _:
                holder[key] = copy.deepcopy(chance.choice(_ODD))
    return whole


def _places(value: Any) -> Any:
    if isinstance(value, dict | list):
        keys: Any = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield value, key
            yield from _places(value[key])


def _word(text: str, chance: Random) -> str:
    """A text with a sign changed, or with what it bears signed again."""
    again = _signed_again(text, chance)
    if again is not None:
        return again
    at = chance.randrange(len(text) + 1)
    return (
        text[:at] + chance.choice(("", "0", "9", "-", "\x00", "\u202e", "é", '"', ",", "\n")) + text[at + 1 :]
    )


def _signed_again(text: str, chance: Random) -> str | None:
    """A compact JWS with its header or its payload changed; None for what is none."""
    parts = text.split(".")
    if len(parts) != 3 or len(text) > 20_000:
        return None
    opened = [_opened(part) for part in parts[:2]]
    header, payload = (None if body is None else _read(body) for body in opened)
    if header is None:
        return None
    if payload is None or chance.random() < 0.2:
        parts[0] = base64url(_written(_step(header, chance)))
    else:
        spelled = json.dumps(
            _step(payload, chance), separators=(",", ":"), sort_keys=True, ensure_ascii=False
        )
        parts[1] = base64url(spelled.encode("utf-8", "replace"))
    if chance.random() < 0.8:
        parts[2] = base64url(_KEY.sign(f"{parts[0]}.{parts[1]}".encode()))
    return ".".join(parts)


def _opened(part: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    except ValueError:
        return None
