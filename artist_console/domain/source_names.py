"""What the name of a store or service in a statement means: money from AI, certain, likely or said to be.

A name that is not known stays what it was: other income. A likely name is proposed and counts for nothing
until a person has said what it is; what a person said always counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from .ids import ProgrammeId
from .line_figures import SourceMeaning
from .statements import LineKind, is_earned


class SourceCertainty(Enum):
    """How it is known what a name means."""

    SAID = "said"  # a person said so
    CERTAIN = "certain"  # documented, and what it pays for too
    LIKELY = "likely"  # documented as an AI company, or called like a programme here; proposed only
    UNKNOWN = "unknown"  # other income


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A name that is documented. `kind` None: what it pays for is not."""

    names: tuple[str, ...]
    operator: str
    programme: str  # empty: not named
    certainty: SourceCertainty
    kind: LineKind | None
    says: str
    source: str  # address of the page that was read
    checked_on: date


@dataclass(frozen=True, slots=True)
class SourceName:
    """What a person said of a name. `kind` None: it is no AI income."""

    id: str  # the name, folded
    source: str  # as it was delivered
    kind: LineKind | None
    programme: ProgrammeId | None
    said_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeName:
    """A programme that is known here, by the names under which money may come from it."""

    id: ProgrammeId
    name: str
    operator: str
    operator_names: tuple[str, ...] = ()  # other names of the operator


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name is held to be, how that is known, and what would be proposed."""

    source: str
    certainty: SourceCertainty
    kind: LineKind | None  # None: no AI income, or not known which
    programme: ProgrammeId | None
    known: KnownSource | None  # the documentation, where there is one
    said: SourceName | None

    @property
    def meaning(self) -> SourceMeaning | None:
        """What is laid over lines of this source; None: nothing is."""
        counts = self.certainty in (SourceCertainty.SAID, SourceCertainty.CERTAIN)
        if not counts or self.kind is None:
            return None
        return SourceMeaning(self.source, self.programme, self.kind)


# What a person can say that a source pays: AI income, and not what becomes of it.
POSSIBLE_KINDS = tuple(kind for kind in LineKind if is_earned(kind))


def fold_source(name: str) -> str:
    """A name without case, marks and punctuation: "Eleven Labs, Inc." is "eleven labs inc"."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join(kept.split())


def known_sources_of(table: Mapping[str, Any]) -> tuple[KnownSource, ...]:
    """Read the resource. Raises KeyError, ValueError for one that is not as it should be."""
    found = tuple(
        KnownSource(
            tuple(each["names"]),
            each["operator"],
            each["programme"],
            SourceCertainty(each["certainty"]),
            LineKind(each["kind"]) if each["kind"] else None,
            each["says"],
            each["source"],
            date.fromisoformat(each["checked_on"]),
        )
        for each in table["sources"]
    )
    for each in found:
        if each.certainty is SourceCertainty.CERTAIN and each.kind is None:
            raise ValueError(f"{each.operator}: certain, and yet what it pays for is not documented")
        if each.certainty not in (SourceCertainty.CERTAIN, SourceCertainty.LIKELY) or not each.names:
            raise ValueError(f"{each.operator}: neither certain nor likely, or without a name")
        if each.kind is not None and each.kind not in POSSIBLE_KINDS:
            raise ValueError(f"{each.operator}: {each.kind.value} is no income")
    return found


class SourceTable:
    """Reads names: what a person said first, then what is documented, then programmes that are known here."""

    def __init__(
        self,
        said: Iterable[SourceName] = (),
        known: Iterable[KnownSource] = (),
        programmes: Iterable[ProgrammeName] = (),
    ) -> None:
        self._said = {each.id: each for each in said}
        self._known = {fold_source(name): each for each in known for name in each.names}
        self._programmes: dict[str, set[ProgrammeId]] = {}
        self._by_operator: dict[str, list[ProgrammeName]] = {}
        for programme in programmes:
            operators = {fold_source(name) for name in (programme.operator, *programme.operator_names)}
            for operator in operators - {""}:
                self._by_operator.setdefault(operator, []).append(programme)
            for name in {fold_source(programme.name), *operators} - {""}:
                self._programmes.setdefault(name, set()).add(programme.id)

    def read(self, source: str) -> Reading:
        """What a name is held to be."""
        folded = fold_source(source)
        known = self._known.get(folded)
        said = self._said.get(folded)
        if said is not None:
            return Reading(source, SourceCertainty.SAID, said.kind, said.programme, known, said)
        if known is not None:
            return Reading(source, known.certainty, known.kind, self._programme_of(known), known, None)
        here = self._programmes.get(folded, set())
        if here:
            only = next(iter(here)) if len(here) == 1 else None
            return Reading(source, SourceCertainty.LIKELY, None, only, None, None)
        return Reading(source, SourceCertainty.UNKNOWN, None, None, None, None)

    def _programme_of(self, known: KnownSource) -> ProgrammeId | None:
        """The programme here that a documented one is: by its name with that operator, else the only one."""
        theirs = self._by_operator.get(fold_source(known.operator), [])
        if known.programme:
            named = fold_source(known.programme)
            theirs = [each for each in theirs if fold_source(each.name) == named]
        return theirs[0].id if len(theirs) == 1 else None
