"""Organisations and datasets that are publicly known, as data with a date and a source for each sentence.

Nothing in it is an agreement, a statement about a work, or an answer of anybody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .inclusion import DocumentedModel
from .parties import OrganisationRole


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that was made public. What was not published is not guessed."""

    title: str
    on: date
    with_: tuple[str, ...]  # other parties
    says: str
    source: str  # address
    checked_on: date


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str
    name: str
    roles: tuple[OrganisationRole, ...]
    home: str  # address
    announcements: tuple[Announcement, ...]  # oldest first
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListSign:
    """How a list is recognised: it has all these columns, and all these words in its name."""

    columns: frozenset[str]
    file_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownDataset:
    """A public list, and the models whose publishers or papers say that they were trained on it."""

    key: str
    name: str
    publisher: str
    page: str  # address
    licence: str  # empty: not known
    says: str
    checked_on: date | None  # None: nobody has looked the page up
    signs: tuple[ListSign, ...]
    documented: tuple[DocumentedModel, ...]


def organisations_of(table: Mapping[str, Any]) -> tuple[Organisation, ...]:
    """Read the resource. Raises KeyError, ValueError for one that is not as it should be."""
    return tuple(
        Organisation(
            each["key"],
            each["name"],
            tuple(OrganisationRole(role) for role in each["roles"]),
            each["home"],
            tuple(sorted(map(_announcement, each["announcements"]), key=lambda a: (a.on, a.title))),
            tuple(each["also"]),
        )
        for each in table["organisations"]
    )


def datasets_of(table: Mapping[str, Any]) -> tuple[KnownDataset, ...]:
    """The same of the datasets."""
    return tuple(
        KnownDataset(
            each["key"],
            each["name"],
            each["publisher"],
            each["page"],
            each["licence"],
            each["says"],
            _day(each["checked_on"]),
            tuple(
                ListSign(frozenset(map(_folded, sign["columns"])), frozenset(map(_folded, sign["file"])))
                for sign in each["signs"]
            ),
            tuple(_documented(model) for model in each["documented"]),
        )
        for each in table["datasets"]
    )


def find_organisations(known: Iterable[Organisation], text: str) -> tuple[Organisation, ...]:
    """Those whose name, other names or partners hold each word of `text`; all of them without one.

    Those whose own names hold them come first.
    """
    words = _words(text)
    found = [each for each in known if _hold([*_names(each), *_partners(each)], words)]
    return tuple(sorted(found, key=lambda each: not _hold(_names(each), words)))


def recognise_list(
    known: Iterable[KnownDataset], columns: Sequence[str], file_name: str
) -> KnownDataset | None:
    """The dataset whose sign fits best; None where none does. A likeness, told as such, and no proof."""
    has = frozenset(map(_folded, columns))
    named = frozenset(_words(file_name))
    best: tuple[int, KnownDataset] | None = None
    for dataset in known:
        for sign in dataset.signs:
            fits = sign.columns <= has and sign.file_words <= named
            weight = len(sign.columns) + 2 * len(sign.file_words)
            if fits and (best is None or weight > best[0]):
                best = (weight, dataset)
    return None if best is None else best[1]


def _hold(names: Iterable[str], words: Iterable[str]) -> bool:
    folded = [_folded(name) for name in names]
    return all(any(word in name for name in folded) for word in words)


def _names(organisation: Organisation) -> tuple[str, ...]:
    return (organisation.name, *organisation.also_called)


def _partners(organisation: Organisation) -> Iterable[str]:
    return (name for each in organisation.announcements for name in each.with_)


def _announcement(each: Mapping[str, Any]) -> Announcement:
    return Announcement(
        each["title"],
        date.fromisoformat(each["on"]),
        tuple(each["with"]),
        each["says"],
        each["source"],
        date.fromisoformat(each["checked_on"]),
    )


def _documented(each: Mapping[str, Any]) -> DocumentedModel:
    return DocumentedModel(
        each["name"], each["publisher"], each["says"], each["source"], _day(each["checked_on"])
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _words(text: str) -> list[str]:
    """Words of letters and digits; where letters meet digits a word ends too."""
    return re.findall(r"[^\W\d_]+|\d+[^\W\d_]?", _folded(text))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip()).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
