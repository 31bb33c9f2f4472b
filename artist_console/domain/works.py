"""Recordings, compositions and releases: what answers are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from .ids import PartyId, ReleaseId, WorkId
from .periods import ALWAYS, Period
from .uses import Use
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


class AiPart(Enum):
    """How much of a recording or of a contribution was made by generative AI, as the sender discloses it."""

    NONE = "none"
    PARTLY = "partly"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class WorkCredit:
    """A contributor as printed; `party` where it is known who that is."""

    name: str
    role: str  # main_artist, featured_artist, composer, lyricist, producer ...
    party: PartyId | None = None
    ai: AiPart | None = None  # None: not disclosed


@dataclass(frozen=True, slots=True)
class SaidField:
    """What one source says of one field, as text in canonical form."""

    field: str  # title, version, identifier, duration_s, year, artists, label ...
    value: str
    row: int | None = None  # where it is another than the source's first


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Which file and row a work came from, and what it said. Disagreement between sources stays visible."""

    source: str  # file name or service
    row: int | None = None
    sha256: str = ""
    warning: str = ""
    said: tuple[SaidField, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkIdentifier:
    """Another identifier of a work. `kind` is mbid, grid, submitter, society ...; `issuer` gave it out."""

    kind: str
    value: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class LicensorGrant:
    """An AI use that a release message grants on the recording (DDEX ERN, a deal's UseType).

    It is the sender's statement about rights in the recording alone, and only a grant: that a message holds
    none says nothing.
    """

    uses: tuple[Use, ...]
    licensor: str  # name of the message's sender, or of whom it was sent on behalf of
    recipient: str
    territories: tuple[str, ...] = ()  # ISO 3166 codes as written; empty: worldwide
    excluded_territories: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    terms: str = ""  # commercial models as written
    source: str = ""  # file
    sha256: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class RegisteredShare:
    """What a registration says one party holds of a song, in basis points per right (CISAC CWR)."""

    name: str
    role: str  # writer, composer, lyricist, arranger, publisher, sub_publisher ...
    ipi: str = ""  # IPI name number
    performing_bp: int | None = None
    mechanical_bp: int | None = None
    synchronisation_bp: int | None = None
    controlled: bool = False  # by whoever sent the registration
    publisher: str = ""  # of a writer: who publishes them


@dataclass(frozen=True, slots=True)
class Registration:
    """That a song was registered, and what a society answered (CISAC CWR, NWR, REV and ACK)."""

    submitter: str
    submitter_work: str = ""
    society: str = ""  # name or number of who acknowledged
    society_work: str = ""
    status: str = ""  # AC, AS, CO, DU, NP, RA, RC, RJ; empty: sent, no answer known
    on: date | None = None
    messages: tuple[str, ...] = ()
    source: str = ""
    row: int | None = None


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
    contains_ai: AiPart | None = None  # None: not disclosed
    grants: tuple[LicensorGrant, ...] = ()  # of a recording
    other_identifiers: tuple[WorkIdentifier, ...] = ()
    shares: tuple[RegisteredShare, ...] = ()  # of a song
    registrations: tuple[Registration, ...] = ()  # of a song

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
    grid: str = ""  # GRid, 18 characters; empty when missing
    taken_down_on: date | None = None  # a message withdrew it
