"""Whether the values of a decoded row are ones that the domain can reckon with.

A row from a stranger may be well-formed and still carry a time without its zone, an amount that is not a
number, or a use that nobody knows; the rules of the domain would stumble over it. What to look at is worked
out once for each type.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from artist_console.domain.registers import UseScope, UseScopeKind
from artist_console.domain.statements import Making
from artist_console.domain.uses import Family, Use

MAX_DIGITS = 60  # real statements have 18 decimals; sums and products of these stay exact
MAX_MAKING_DECIMALS = 30
_MOST_SIGNS = MAX_DIGITS + 10  # of a sound amount as text: sign, point, exponent

Look = Callable[[Any], str]  # gives what is wrong, or ""
_USES = {use.value for use in Use}
_FAMILIES = {family.value for family in Family}


def unsoundness(row: object) -> str:
    """What is wrong with a row of a dataclass, or "" where its values can be reckoned with."""
    kind: Any = type(row)
    look = _look_at(kind)
    return look(row) if look is not None else ""


def _datetime(value: datetime) -> str:
    return "" if value.tzinfo is not None else "a time has no zone"


def unsound_amount(value: Decimal) -> str:
    """What is wrong with an amount, or ""."""
    if not value.is_finite():
        return "an amount is not a number"
    text = str(value)
    # Nearly all of them: no text has more digits than signs. The parts take four times as long.
    if len(text) <= MAX_DIGITS and (
        "E" not in text or len(text) - MAX_DIGITS <= value.adjusted() <= MAX_DIGITS
    ):
        return ""
    if len(text) > _MOST_SIGNS:  # before a bomb of digits is taken apart
        return "an amount has more digits than any real one"
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int), "finite"
    if len(digits) > MAX_DIGITS or not -MAX_DIGITS <= exponent <= MAX_DIGITS:
        return "an amount has more digits than any real one"
    return ""


def _scope(value: UseScope) -> str:
    known = {UseScopeKind.KEY: _USES, UseScopeKind.FAMILY: _FAMILIES, UseScopeKind.ANY: {""}}[value.kind]
    return "" if value.name in known else "it names a use that is not known"


def _making(value: Making) -> str:
    if not 0 <= value.decimals <= MAX_MAKING_DECIMALS or not 0 <= value.share_bp <= 10_000:
        return "the way a line was made has values that no line has"
    return ""


_OWN: dict[type, Look] = {datetime: _datetime, Decimal: unsound_amount, UseScope: _scope}


@cache
def _look_at(kind: Any) -> Look | None:
    """How to look at values of a type; None where nothing in it can go wrong."""
    if kind in _OWN:
        return _OWN[kind]
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [look for look in map(_look_at, get_args(kind)) if look is not None]
        return _optional(inner[0]) if inner else None
    if origin is tuple:
        element = _look_at(get_args(kind)[0])
        return _each(element) if element is not None else None
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        looks = [(field.name, _look_at(hints[field.name])) for field in fields(kind)]
        inside = [(name, look) for name, look in looks if look is not None]
        return _inside(inside, _making if kind is Making else None) if inside else None
    return None


def _optional(look: Look) -> Look:
    return lambda value: "" if value is None else look(value)


def _each(look: Look) -> Look:
    return lambda values: next((wrong for wrong in map(look, values) if wrong), "")


def _inside(looks: list[tuple[str, Look]], also: Look | None) -> Look:
    def look(value: Any) -> str:
        for name, part in looks:
            inner = getattr(value, name)
            if inner is not None and inner != ():  # most of them; half a million lines are looked at
                wrong = part(inner)
                if wrong:
                    return wrong
        return also(value) if also is not None else ""

    return look
