"""Recordings, compositions and releases: what answers are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from .ids import PartyId, ReleaseId, WorkId
from .periods import ALWAYS, Period
from .work_kinds import WorkKind


class RelationKind(Enum):
    """How one work stands to another; read as "this work <relation> that work"."""

    EMBODIES = "embodies"  # recording -> composition
    VERSION_OF = "version_of"
    REMIX_OF = "remix_of"
    RERECORDING_OF = "rerecording_of"
    SAMPLES = "samples"
    INTERPOLATES = "interpolates"
    COVERS = "covers"


@dataclass(frozen=True, slots=True)
class Relation:
    kind: RelationKind
    work: WorkId


@dataclass(frozen=True, slots=True)
class WorkCredit:
    """A contributor as printed; `party` where it is known who that is."""

    name: str
    role: str  # main_artist, featured_artist, composer, lyricist, producer ...
    party: PartyId | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Which file and row a work came from. Disagreement between sources stays visible."""

    source: str  # file name or service
    row: int | None = None
    sha256: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A recording or a composition. One row per work and backend; ids are never reused."""

    id: WorkId
    kind: WorkKind
    title: str
    artists: tuple[PartyId, ...]  # the artists of this backend whose work it is, first one first
    version: str = ""
    identifier: str = ""  # ISRC or ISWC in canonical form; empty when missing
    credits: tuple[WorkCredit, ...] = ()
    relations: tuple[Relation, ...] = ()
    aliases: tuple[str, ...] = ()  # titles in other scripts and spellings
    merged_ids: tuple[WorkId, ...] = ()  # works that turned out to be this one
    duration_s: Decimal | None = None
    year: int | None = None
    unreleased: bool = False
    sources: tuple[SourceNote, ...] = ()

    @property
    def compositions(self) -> tuple[WorkId, ...]:
        """The songs that this recording embodies, in order."""
        return tuple(relation.work for relation in self.relations if relation.kind is RelationKind.EMBODIES)


@dataclass(frozen=True, slots=True)
class ReleaseTrack:
    work: WorkId
    position: int
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Release:
    """A product with tracks. It contains its recordings, not the songs in them."""

    id: ReleaseId
    title: str
    artists: tuple[PartyId, ...]
    kind: str = "album"  # album, ep, single, collection
    upc: str = ""  # 14 digits; empty when missing
    label: str = ""
    released_on: date | None = None
    tracks: tuple[ReleaseTrack, ...] = ()
