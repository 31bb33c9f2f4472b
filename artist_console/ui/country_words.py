"""Names of countries in the reader's language, as Babel has them."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import QLocale

from artist_console.ui.figures import DEFAULT_LOCALE
from artist_console.ui.text import say

_CODE = 2  # letters; Babel names regions of several countries, too, by three digits


def country_words(code: str) -> str:
    """The name of a country by its code of two letters; the code itself where it has none."""
    if code == "EU":
        return say("country", "European Union")
    return _names(QLocale().name()).get(code, code)


def country_code(words: str) -> str:
    """The code of a country by its name in the reader's language, or by the code; empty: it is neither."""
    names = _names(QLocale().name())
    typed = words.strip()
    if len(typed) == _CODE and typed.upper() in names:
        return typed.upper()
    sought = typed.casefold()
    return next(
        (code for code, name in names.items() if len(code) == _CODE and name.casefold() == sought), ""
    )


@lru_cache(maxsize=4)
def _names(locale: str) -> dict[str, str]:
    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        found = Locale.parse(DEFAULT_LOCALE)
    return dict(found.territories)
