"""Names for files that are made here: telling, and fit for every system."""

from __future__ import annotations

import unicodedata

_FORBIDDEN = frozenset('<>:"/\\|?*')
# Names that a system keeps for its devices, whatever their ending.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}
)
LONGEST_NAME_BYTES = 120  # of UTF-8: folders and endings want room in the 255 that file systems take


def file_name(*parts: str, ending: str) -> str:
    """Parts joined by " - ", without signs that a system refuses; `ending` with its dot.

    Never empty, hidden or a way to another folder.
    """
    plain = " - ".join(part for part in (_plain(each) for each in parts) if part)
    plain = _cut(plain, LONGEST_NAME_BYTES).strip(" .") or "letter"
    return f"_{plain}{ending}" if plain.casefold().partition(".")[0] in _DEVICES else f"{plain}{ending}"


def apart(name: str, taken: set[str]) -> str:
    """The name, or with a number before its ending where another file has it; it is then taken too."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    found, n = name, 1
    while found.casefold() in taken:
        n += 1
        found = f"{stem} ({n}){dot}{ending}"
    taken.add(found.casefold())
    return found


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if sign in _FORBIDDEN or not sign.isprintable() else sign for sign in composed)
    return " ".join("".join(kept).split()).strip(" .")


def _cut(text: str, most_bytes: int) -> str:
    return text.encode("utf-8", "ignore")[:most_bytes].decode("utf-8", "ignore")
