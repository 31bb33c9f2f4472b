"""Any row of any dataclass of the domain, hostile texts and long amounts included, for tests of formats."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from artist_console.domain.registers import UseScope
from artist_console.domain.statements import Making
from artist_console.domain.uses import Family, Use

# What a spreadsheet, a terminal, a browser or a CSV reader would take for something else.
ODD_TEXTS = (
    "", "'", "''", "'=1", "=1+1", " =1", "\u00a0@x", "+1", "-1", "-", "\t=", "\r", "\n", "\r\n", "a\r\nb",
    "a\nb", ",", '"', '""', '"a"', 'a,"b"', " ", " a ", "\uff1d1", "\u202egpj.exe", "\u2066x\u2069", "\x00",
    "\x1b[2J", "\ufeff", "\x85", "\u2028", "塩の線", "אבג", "é", "e\u0301", "\U0001f3b5", "true", "null",
    "[]", "{}", "0", "1E5", "NaN", "<img src='file:///x'>",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(st.sampled_from("ab ,\"'=+-@\r\n\t\u00a0"), max_size=8),
)
AMOUNTS = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**38),
    st.integers(-30, 10),
)
_ZONES = st.one_of(
    st.just(UTC), st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
_TIMES = st.builds(
    lambda offset, zone: (datetime(2000, 1, 1, tzinfo=UTC) + offset).astimezone(zone),
    st.timedeltas(timedelta(days=-700_000), timedelta(days=2_900_000)),
    _ZONES,
)
_MAKINGS = st.builds(Making, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.integers(0, 10_000), st.integers(0, 30))
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    bool: st.booleans(),
    Decimal: AMOUNTS,
    date: st.dates(),
    datetime: _TIMES,
    UseScope: st.sampled_from([UseScope.of(each) for each in (*Use, *Family, None)]),
    Making: _MAKINGS,
}


@cache
def any_value(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type, each as the domain could hold it."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(*(any_value(each) for each in get_args(hint)))
    if hint is type(None):
        return st.none()
    if origin is tuple:
        return st.lists(any_value(get_args(hint)[0]), max_size=2).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), hint
    hints = get_type_hints(hint)
    made: Any = hint
    return st.builds(made, **{field.name: any_value(hints[field.name]) for field in fields(hint)})
