"""Where the fields of a work come from, and where its sources do not agree.

What a work shows of a field is what the file read last says of it, as long as that file is not older than one
before it by its own date; an identifier that is there stays. What every source said is kept beside the work
(`SourceNote.said`), so that a disagreement stays visible whichever of them is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from .works import RegisteredShare, SourceNote, Work

AS_OF = "as_of"  # not a field of the work: the day on which the source says that it was made
# Fields of which a work has one value. It may stand on many releases, of many labels: those are not compared.
_COMPARED = (
    "title",
    "version",
    "identifier",
    "iswc",
    "artists",
    "writers",
    "duration_s",
    "year",
    "unreleased",
    "contains_ai",
    "shares",
)
_SAME_DURATION_S = Decimal(2)  # stores and labels cut silence differently


@dataclass(frozen=True, slots=True)
class Saying:
    """A value, and the sources that give it."""

    value: str
    sources: tuple[str, ...]
    shown: bool  # whether it is what the work shows
    rows: tuple[int | None, ...] = ()  # of each of the sources: where it says so


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which sources differ; the value that is shown first, the others as they came."""

    field: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A field as the work shows it, and the file and row that say it."""

    field: str
    name: str  # in words
    value: str
    source: str
    row: int | None

    @property
    def place(self) -> str:
        return f"{self.source}, row {self.row}" if self.row is not None else self.source


_NAMES = {
    "title": "Title",
    "version": "Version",
    "identifier": "Identifier",
    "duration_s": "Seconds",
    "year": "Year",
    "contains_ai": "Made by AI",
    "shares": "Shares",
    "unreleased": "Unreleased",
}


def origins(work: Work) -> tuple[Origin, ...]:
    """Where each field that the work shows comes from; fields that no file says are left out."""
    found = []
    for field, value in _shown(work).items():
        note = source_of(work, field) if value else None
        if note is not None:
            found.append(Origin(field, _NAMES[field], value, note.source, note.row))
    return tuple(found)


def source_of(work: Work, field: str) -> SourceNote | None:
    """The latest source that says what the work shows of a field, with the row that says it.

    None where no source says it.
    """
    shown = _shown(work).get(field)
    for note in reversed(work.sources):
        for said in note.said:
            if said.field == field and (shown is None or _same(field, said.value, shown)):
                return replace(note, row=said.row or note.row)
    return None


def disagreements(work: Work) -> tuple[Disagreement, ...]:
    """Fields on which two sources of a work differ, in the order in which a person reads them."""
    if len(work.sources) < 2:
        return ()
    shown = _shown(work)
    found = []
    for field in _COMPARED:
        groups = _groups(work, field)
        if len(groups) < 2:
            continue
        mine = shown.get(field)
        sayings = [
            Saying(value, tuple(at), mine is not None and _same(field, value, mine), tuple(at.values()))
            for value, at in groups
        ]
        found.append(Disagreement(field, tuple(sorted(sayings, key=lambda saying: not saying.shown))))
    return tuple(found)


def as_of(note: SourceNote) -> date | None:
    """The day on which a source says that it was made."""
    text = next((said.value for said in note.said if said.field == AS_OF), "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _groups(work: Work, field: str) -> list[tuple[str, dict[str, int | None]]]:
    """Values that differ, with their sources and the rows there.

    A source that says several takes part with all of them.
    """
    groups: list[tuple[str, list[str], dict[str, int | None]]] = []  # shown, all that means the same, places
    for note in work.sources:
        said = [each for each in note.said if each.field == field]
        if not said:
            continue
        also = [each.value for each in note.said if field == "title" and each.field == "alias"]
        values = [*(each.value for each in said), *also]
        row = said[0].row or note.row
        for _, meant, places in groups:
            if any(_same(field, one, other) for one in values for other in meant):
                meant += values
                places.setdefault(note.source, row)
                break
        else:
            groups.append((values[0], values, {note.source: row}))
    return [(value, places) for value, _, places in groups]


def _shown(work: Work) -> Mapping[str, str]:
    """What the work shows, in the words of `SaidField`; fields that it does not hold are missing."""
    shown = {"title": work.title, "version": work.version, "identifier": work.identifier}
    if work.duration_s is not None:
        shown["duration_s"] = str(work.duration_s)
    if work.year is not None:
        shown["year"] = str(work.year)
    if work.contains_ai is not None:
        shown["contains_ai"] = work.contains_ai.value
    if work.shares:
        shown["shares"] = shares_text(work.shares)
    shown["unreleased"] = "yes" if work.unreleased else "no"
    return shown


def shares_text(shares: Iterable[RegisteredShare]) -> str:
    """Who holds what: "MIRA SAND 25/0/0; FIELDNOTE 75/100/100" (performing, mechanical, synchronisation)."""
    parts = []
    for share in shares:
        rights = (share.performing_bp, share.mechanical_bp, share.synchronisation_bp)
        parts.append(f"{share.name} {'/'.join('-' if bp is None else _percent(bp) for bp in rights)}")
    return "; ".join(parts)


def _percent(bp: int) -> str:
    return f"{bp / 100:.2f}".rstrip("0").rstrip(".")


def _same(field: str, one: str, other: str) -> bool:
    if one == other:
        return True
    match field:
        case "duration_s":
            return _near(one, other)
        case "artists" | "shares":
            return _keys(one) == _keys(other)
        case "writers":  # an answer may repeat those alone whom it concerns
            return _keys(one) <= _keys(other) or _keys(other) <= _keys(one)
        case "title" | "version":
            return _key(one) == _key(other) != ""
        case _:
            return False


def _keys(names: str) -> set[str]:
    return {_key(name) for name in names.split(";")}


def _near(one: str, other: str) -> bool:
    try:
        return abs(Decimal(one) - Decimal(other)) <= _SAME_DURATION_S
    except InvalidOperation:
        return False


def _key(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if char.isalnum())
