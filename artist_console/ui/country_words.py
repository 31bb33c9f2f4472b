"""Names of countries in the reader's language, as Babel has them."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import QLocale

from artist_console.ui.figures import DEFAULT_LOCALE
from artist_console.ui.text import say


def country_words(code: str) -> str:
    """The name of a country by its code of two letters; the code itself where it has none."""
    if code == "EU":
        return say("country", "European Union")
    return _names(QLocale().name()).get(code, code)


@lru_cache(maxsize=4)
def _names(locale: str) -> dict[str, str]:
    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        found = Locale.parse(DEFAULT_LOCALE)
    return dict(found.territories)
