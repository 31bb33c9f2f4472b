"""What the readers of foreign files give: rows, notes on single rows, and what the file says of itself.

Shared by catalogue_table, ern, dataset_list and statement_table. A file of no use at all is an
`InputProblem`; a row that cannot be used, or only with a doubt, gets a `RowNote`, and the rest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from artist_console.domain.statements import AmountPrecision, LineKind, Making, StatementLevel
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    AiPart,
    LicensorGrant,
    RegisteredShare,
    Registration,
    WorkIdentifier,
)


class Severity(Enum):
    WARNING = "warning"  # the row is used, something in it deserves a look
    REJECTED = "rejected"  # the row is left out


@dataclass(frozen=True, slots=True)
class RowNote:
    """About one row. `what` is a whole sentence; `field` is the column as the file names it, or empty."""

    row: int  # counted from 1 with the header, as a spreadsheet shows it; in XML the line of the element
    field: str
    what: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote a song, as the file credits them."""

    name: str
    role: str = "writer"  # composer, lyricist, composer_lyricist, arranger, publisher, writer
    ipi: str = ""  # IPI name number, eleven digits
    share_bp: int | None = None
    ai: AiPart | None = None


@dataclass(frozen=True, slots=True)
class SongRow:
    """A song that a recording embodies, as far as the file tells."""

    title: str
    iswc: str = ""
    writers: tuple[Writer, ...] = ()
    other_identifiers: tuple[WorkIdentifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """A contributor as printed; roles are snake_case: producer, mixer, composer, featured_artist ..."""

    name: str
    role: str
    ai: AiPart | None = None  # None: not disclosed


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One work of a catalogue, with the product it was found on."""

    row: int
    kind: WorkKind
    title: str
    artists: tuple[str, ...]  # main display artists; empty where the file names none
    version: str = ""
    featured: tuple[str, ...] = ()
    identifier: str = ""  # ISRC or ISWC in canonical form; empty when missing
    release_title: str = ""
    release_artists: tuple[str, ...] = ()
    release_kind: str = ""  # album, ep, single, collection
    upc: str = ""  # 14 digits
    label: str = ""
    duration_s: Decimal | None = None
    year: int | None = None  # of the recording: P-line or as stated
    released_on: date | None = None
    position: int | None = None  # on the release, from 1 through all its discs
    aliases: tuple[str, ...] = ()  # the title in other scripts and spellings
    artist_aliases: tuple[tuple[str, str], ...] = ()  # (main or featured artist, another spelling)
    songs: tuple[SongRow, ...] = ()  # of a recording: those in it; of a song: at most one, itself
    credits: tuple[Credit, ...] = ()
    unreleased: bool | None = None  # None where the file does not say
    contains_ai: AiPart | None = None
    grants: tuple[LicensorGrant, ...] = ()  # `source` and `sha256` are filled in when they are taken over
    other_identifiers: tuple[WorkIdentifier, ...] = ()
    shares: tuple[RegisteredShare, ...] = ()  # of a song
    registrations: tuple[Registration, ...] = ()  # of a song
    grid: str = ""  # of the release
    taken_down_on: date | None = None  # of the release: the message withdraws it
    artist_identifiers: tuple[tuple[str, str, str], ...] = ()  # (artist, kind of PartyIdentifier, value)

    @property
    def names(self) -> tuple[str, ...]:
        """Whose it may be: the artists, or the writers of a song that names none."""
        if self.artists or self.kind is not WorkKind.COMPOSITION:
            return self.artists
        return tuple(dict.fromkeys(writer.name for song in self.songs[:1] for writer in song.writers))


@dataclass(frozen=True, slots=True)
class Takedown:
    """A release that a message withdraws and no row carries: purged, without recordings, or a single track.

    At least one identifier is there. With `isrc` it is about that recording offered alone, not about the
    releases that hold it.
    """

    row: int
    upc: str = ""  # 14 digits
    grid: str = ""
    isrc: str = ""
    title: str = ""
    on: date | None = None  # None: the message has no date
    identifiers: tuple[WorkIdentifier, ...] = ()  # of the sender's own: proprietary, catalogue_number


@dataclass(frozen=True, slots=True)
class ReadCatalogue:
    layout: str  # catalogue-csv, spotify-songs, ern-432, statement:distrokid ...
    rows: tuple[CatalogueRow, ...]
    notes: tuple[RowNote, ...]
    sha256: str  # of the file as it came
    warnings: tuple[str, ...] = ()  # about the file as a whole
    sender: str = ""  # who made it, where the file says
    # Artists named here become artists of whoever brings the file in, unless that person says otherwise. A
    # registration names everybody's: there only those count who are known already.
    names_own: bool = True
    takedowns: tuple[Takedown, ...] = ()  # what no row carries; there may be no rows beside it
    created_on: date | None = (
        None  # the message says so of itself; a later one replaces what an earlier one said
    )


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One row of a dataset list. `words` is the row as delivered, kept as evidence."""

    row: int
    title: str
    artist: str
    identifier: str = ""  # ISRC in canonical form; empty when the list has none
    url: str = ""
    licence: str = ""
    words: str = ""
    list_id: str = ""  # the list's own number for the row
    release: str = ""
    other_identifiers: tuple[tuple[str, str], ...] = ()  # (kind, value): mbid, youtube, spotify, acoustid ...
    duration_s: Decimal | None = None
    publisher: str = ""
    audio: tuple[tuple[str, str], ...] = ()  # (kind, text as delivered): chromaprint, iscc, sha256, md5


@dataclass(frozen=True, slots=True)
class ReadDatasetList:
    """A list read whole. What streams is `formats.dataset_list.ListReader`."""

    layout: str  # csv, tsv, json, jsonl, xlsx
    rows: tuple[DatasetRow, ...]
    notes: tuple[RowNote, ...]
    sha256: str
    row_count: int  # of the list, with the rows that are left out
    columns: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of a statement file; (sha256 of the file, row) identifies it for ever."""

    row: int
    title: str
    artist: str
    isrc: str
    upc: str
    store: str
    month: date | None  # first day of the month in which it was earned; None where the file does not say
    territory: str
    quantity: int | None
    amount: Decimal  # with every digit delivered, in `currency`
    currency: str
    kind: LineKind
    words: str = ""  # what the file says of the line, column by column, without personal data
    iswc: str = ""
    release: str = ""
    label: str = ""
    sales_type: str = ""
    original_amount: Decimal | None = None  # before conversion, where the file converts ...
    original_currency: str = ""
    rate: Decimal | None = None  # ... with the rate it names
    precision: AmountPrecision = AmountPrecision.EXACT
    use: Use | None = None
    right: Right | None = None
    method: str = ""
    method_version: str = ""
    confidence_low: Decimal | None = None  # of an estimated amount, in `currency`
    confidence_high: Decimal | None = None
    making: Making | None = None
    corrects: int | None = None  # the row of the same file that this one corrects
    model: str = ""  # as delivered: the name or id of a model version
    programme: str = ""  # as delivered, where a column of its own says so

    @property
    def identifier(self) -> str:
        """What matching compares: the ISRC, else the ISWC."""
        return self.isrc or self.iswc


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of a statement that was left out, as it came but for buyers' data, and why."""

    row: int
    cells: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """One file. It may hold several currencies: totals are per currency, see `domain.money.totals`."""

    layout: str
    issuer: str
    rows: tuple[StatementRow, ...]
    notes: tuple[RowNote, ...]
    sha256: str
    period_from: date | None
    period_until: date | None
    currencies: tuple[str, ...]  # sorted
    declared_total: Decimal | None = None  # where the file has one currency
    warnings: tuple[str, ...] = ()
    declared_totals: tuple[tuple[str, Decimal], ...] = ()  # per currency, sorted by code
    level: StatementLevel = StatementLevel.PAYEE_NET
    rejected: tuple[RejectedRow, ...] = ()  # the first ones
    rows_left_out: int = 0
    notes_left_out: int = 0  # said of further rows
