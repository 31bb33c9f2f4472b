"""A day as people write it: 2027-03-31, 31 March 2027, or in the short form of the reader's region."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_ENGLISH = "en_GB"
_AMERICAN = "en_US"  # shortens September to three letters, as this application does
_CENTURY = 2000
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")


def read_day(text: str, locale: str) -> date | None:
    """The day that a text names; None where it names none, or more than one could be meant."""
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _date(*(int(part) for part in iso.groups()))
    numbers = [int(part) for part in _NUMBER.findall(text)]
    words = [word.casefold() for word in _WORD.findall(text)]
    named = [month for word in words if (month := _months(locale).get(word)) is not None]
    if len(named) == 1 and len(numbers) == 2:
        return _with_month(named[0], *numbers)
    if len(numbers) == 3 and not named:
        return _by_order(numbers, _order(locale))
    return None


def _with_month(month: int, first: int, second: int) -> date | None:
    """A month by its name: of the two numbers the one that can be no day is the year."""
    if first > 31:
        return _date(first, month, second)
    return _date(second, month, first) if second > 31 else None


def _by_order(numbers: list[int], order: str) -> date | None:
    if numbers[0] > 31:
        order = "ymd"  # whatever the region: no day is that large
    parts = dict(zip(order, numbers, strict=True))
    year = parts["y"]
    return _date(year if year > 99 else _CENTURY + year, parts["m"], parts["d"])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _months(locale: str) -> dict[str, int]:
    """Names of months, whole and short, of the region and in English."""
    found: dict[str, int] = {}
    for name in (_ENGLISH, _AMERICAN, locale):
        forms = _locale(name).months
        for place in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                _add(found, forms[place][width].items())
    return found


def _add(found: dict[str, int], named: Iterable[tuple[int, str]]) -> None:
    for month, words in named:
        word = _WORD.search(words)
        if word is not None and word.group() == words.rstrip("."):
            found[word.group().casefold()] = month


@lru_cache(maxsize=8)
def _order(locale: str) -> str:
    """Day, month and year in the order of the region's short form."""
    pattern = str(_locale(locale).date_formats["short"].pattern).casefold()
    places = {letter: pattern.find(letter) for letter in "dmy"}
    return "".join(sorted(places, key=lambda letter: places[letter]))


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name or _ENGLISH)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_ENGLISH)
