"""Search as you type: how texts are folded, what of a work can be found, how the index is asked.

Words of three characters and more are found anywhere in a text by its trigrams; shorter ones by postings of
single characters and pairs. Both indexes are contentless; `mirror.text` keeps what they were made from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .opening import Store

# Marks from here on carry meaning of their own (vowels of Indic scripts, marks of kana, Hangul parts).
_MARKS_BELOW = "\u0900"
_NOT_PART_OF_AN_IDENTIFIER = re.compile(r"[\s.\-‐‑–/]+")
_IDENTIFIER_LIKE = re.compile(r"[a-z0-9]*[0-9][a-z0-9]*")


def fold(text: str) -> str:
    """The form in which texts are compared: no case, no accents, composed."""
    # The same after lowering as before, so that a query and a title meet whatever their case.
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in apart if not (unicodedata.combining(c) and c < _MARKS_BELOW))
    return unicodedata.normalize("NFC", kept.casefold())


def folded_text(titles: Iterable[str], identifiers: Iterable[str]) -> str:
    """What of a work can be found: titles and names on lines of their own, identifiers without signs."""
    lines = [" ".join(fold(title).split()) for title in titles]
    lines += [_compact(fold(identifier)) for identifier in identifiers]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _compact(text: str) -> str:
    return _NOT_PART_OF_AN_IDENTIFIER.sub("", text)


def _grams(words: Iterable[str]) -> str:
    """Every character and pair of characters, spelled for the index."""
    found: dict[str, None] = {}
    for word in words:
        for at in range(len(word)):
            found[_spell(word[at])] = None
            if at + 1 < len(word):
                found[_spell(word[at : at + 2])] = None
    return " ".join(found)


def _spell(gram: str) -> str:
    return "g".join(f"{ord(character):x}" for character in gram)


def index(store: Store, texts: Sequence[tuple[int, str]]) -> int:
    """Index texts by the key of their work, inside a transaction; what is unchanged is left alone."""
    known = dict(
        store.rows(
            "SELECT work_key, folded FROM mirror.text WHERE work_key IN (SELECT value FROM json_each(:keys))",
            {"keys": "[" + ",".join(str(key) for key, _ in texts) + "]"},
        )
    )
    fresh = [(key, text) for key, text in texts if known.get(key) != text]
    old = [{"key": key} for key, _ in fresh if key in known]
    store.run_many("DELETE FROM mirror.trigram WHERE rowid = :key", old)
    store.run_many("DELETE FROM mirror.gram WHERE rowid = :key", old)
    store.run_many(
        "INSERT INTO mirror.text (work_key, folded) VALUES (:key, :text)"
        " ON CONFLICT (work_key) DO UPDATE SET folded = excluded.folded",
        [{"key": key, "text": text} for key, text in fresh],
    )
    store.run_many(
        "INSERT INTO mirror.trigram (rowid, folded) VALUES (:key, :text)",
        [{"key": key, "text": text} for key, text in fresh],
    )
    store.run_many(
        "INSERT INTO mirror.gram (rowid, grams) VALUES (:key, :grams)",
        [{"key": key, "grams": _grams(text.split())} for key, text in fresh],
    )
    return len(fresh)


@dataclass(frozen=True, slots=True)
class Match:
    """A condition on `work_key` with its bindings; without text it is empty and matches everything."""

    sql: str
    bindings: dict[str, object]


EVERYTHING = Match("", {})


def match(text: str) -> Match:
    """What a typed text asks for: every word somewhere, or all of it as one identifier in any spelling."""
    words = fold(text).split()
    if not words:
        return EVERYTHING
    bindings: dict[str, object] = {}
    by_words = " AND ".join(_word(word, f"word{at}", bindings) for at, word in enumerate(words))
    whole = _compact("".join(words))
    if len(whole) >= 3 and [whole] != words and _IDENTIFIER_LIKE.fullmatch(whole):
        return Match(f"(({by_words}) OR {_word(whole, 'whole', bindings)})", bindings)
    return Match(f"({by_words})", bindings)


def _word(word: str, name: str, bindings: dict[str, object]) -> str:
    if len(word) >= 3:
        bindings[name] = '"' + word.replace('"', '""') + '"'
        return f"work_key IN (SELECT rowid FROM mirror.trigram WHERE trigram MATCH :{name})"
    bindings[name] = f'"{_spell(word)}"'
    return f"work_key IN (SELECT rowid FROM mirror.gram WHERE gram MATCH :{name})"


def warm(store: Store) -> None:
    """Read the index once, after the first paint, so that the first search does not wait for the disk."""
    store.run("SELECT count(*), sum(length(block)) FROM mirror.trigram_data")
