"""What a report holds: its header, and rows of the domain in tables, one for each kind.

Receipts, lines of statements, keys and what the report states of its own (`report_kinds`) are kinds as well.
How rows are spelled and signed is the business of `report_out`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from artist_console.domain.decisions import AnswerKind, EntryReceipt, LedgerEntry
from artist_console.domain.facts import FactBook, OthersAnswer, RecordedAnswer
from artist_console.domain.ids import ArtistId, PartyId, ProgrammeId
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ModelVersion
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Party, Stakeholder
from artist_console.domain.programmes import (
    Agreement,
    Attestation,
    Control,
    MemberOptIn,
    Programme,
    TermsVersion,
)
from artist_console.domain.registers import SubjectKind
from artist_console.domain.statements import Line, Statement
from artist_console.domain.uses import Use
from artist_console.domain.works import Release, Work

from .encoding import encode
from .report_kinds import (
    ReportedCase,
    ReportedContract,
    ReportedFinding,
    StatedTrace,
)
from .signatures import MalformedSignature, NotAKey, PublicKey, read_base64url

# Of all statements together. A statement travels with all of its lines or with none: then they are named by
# the hash of their file, which whoever has the report can ask for.
MOST_STATEMENT_LINES = 2_000_000


class Part(Enum):
    """What a person can choose to put into a report. Works are in each: the other parts are about them."""

    WORKS = "works"
    INCLUSIONS = "inclusions"  # where the works are, with the evidence
    DECISIONS = "decisions"  # the ledgers of the report's artists, whole, with their receipts
    PERMISSIONS = "permissions"  # what follows at an instant, why, and the facts that the rule needs
    FINDINGS = "findings"
    CASES = "cases"
    STATEMENTS = "statements"  # of earnings, with their lines


ALL_PARTS = tuple(Part)


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """What the report says of itself. Permission is computed for `instant`, as known on `known_on`."""

    title: str
    made_at: datetime
    made_by: str  # the person or organisation, as it names itself
    artists: tuple[ArtistId, ...]  # whose answers these are; their ledgers are here whole
    instant: datetime
    known_on: datetime | None = None  # None: everything that is in the report
    period_from: date | None = None  # of statements, and of cases by what happened in them
    period_until: date | None = None
    parts: tuple[Part, ...] = ALL_PARTS
    series: str = ""  # 32 hex digits: the same for reports of one maker about the same artists
    rates_left_out: bool = False  # what rests on a rate cannot be worked out again from this report

    def holds(self, part: Part) -> bool:
        return part in self.parts


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """A public key that receipts of this report are signed with: x of its JWK, and the name it goes by."""

    name: str
    x: str

    @property
    def public(self) -> PublicKey | None:
        """The key, where x is one."""
        try:
            return PublicKey(read_base64url(self.x))
        except (NotAKey, MalformedSignature):
            return None


@dataclass(frozen=True, slots=True)
class StatedOutcome:
    """What the report says follows for one use of one work or person, at the header's instant."""

    artist: ArtistId
    kind: SubjectKind
    subject: str
    programme: ProgrammeId
    use: Use
    answer: AnswerKind
    outcome: PermissionOutcome


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The rows of a report. The order within a kind is kept; ledgers go by artist, then by place."""

    header: ReportHeader
    parties: tuple[Party, ...] = ()
    works: tuple[Work, ...] = ()
    releases: tuple[Release, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    controls: tuple[Control, ...] = ()
    programmes: tuple[Programme, ...] = ()
    terms: tuple[TermsVersion, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    opt_ins: tuple[MemberOptIn, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    recorded_answers: tuple[RecordedAnswer, ...] = ()
    others_answers: tuple[OthersAnswer, ...] = ()
    datasets: tuple[DatasetVersion, ...] = ()
    models: tuple[ModelVersion, ...] = ()
    inclusions: tuple[InclusionStatement, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()
    receipts: tuple[EntryReceipt, ...] = ()
    receipt_keys: tuple[ReceiptKey, ...] = ()
    statements: tuple[Statement, ...] = ()
    lines: tuple[Line, ...] = ()
    outcomes: tuple[StatedOutcome, ...] = ()
    traces: tuple[StatedTrace, ...] = ()
    findings: tuple[ReportedFinding, ...] = ()
    cases: tuple[ReportedCase, ...] = ()
    contracts: tuple[ReportedContract, ...] = ()

    def rows(self, kind: str) -> tuple[Any, ...]:
        """The rows of one kind, by the name of its field."""
        found: tuple[Any, ...] = getattr(self, kind)
        return found

    def ledger(self, artist: ArtistId) -> tuple[LedgerEntry, ...]:
        return tuple(entry for entry in self.entries if entry.artist == artist)

    def facts(self, also: Iterable[ArtistId] = ()) -> FactBook:
        """The rows as the permission rule reads them: the same rule as everywhere else, nothing added.

        The ledgers in reach are those of the header's artists, where the report holds decisions; whoever
        makes a report may name others.
        """
        own = self.header.artists if self.header.holds(Part.DECISIONS) else ()
        artists = dict.fromkeys((*own, *also))
        return FactBook.of(
            parties=self.parties,
            works=self.works,
            releases=self.releases,
            programmes=self.programmes,
            terms=self.terms,
            stakeholders=self.stakeholders,
            controls=self.controls,
            agreements=self.agreements,
            opt_ins=self.opt_ins,
            attestations=self.attestations,
            recorded_answers=self.recorded_answers,
            others=self.others_answers,
            ledgers={artist: self.ledger(artist) for artist in artists},
            known_on=self.header.known_on,
        )

    def lines_of(self, statement: Statement) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.statement == statement.id)

    def party_name(self, party: PartyId) -> str:
        return next((known.name for known in self.parties if known.id == party), party)


# Field of ReportContent -> type of its rows. The order is that of the files in the package.
ROW_TYPES: Mapping[str, type[Any]] = {
    "parties": Party,
    "works": Work,
    "releases": Release,
    "stakeholders": Stakeholder,
    "controls": Control,
    "programmes": Programme,
    "terms": TermsVersion,
    "agreements": Agreement,
    "opt_ins": MemberOptIn,
    "attestations": Attestation,
    "recorded_answers": RecordedAnswer,
    "others_answers": OthersAnswer,
    "datasets": DatasetVersion,
    "models": ModelVersion,
    "inclusions": InclusionStatement,
    "entries": LedgerEntry,
    "receipts": EntryReceipt,
    "receipt_keys": ReceiptKey,
    "statements": Statement,
    "lines": Line,
    "outcomes": StatedOutcome,
    "traces": StatedTrace,
    "findings": ReportedFinding,
    "cases": ReportedCase,
    "contracts": ReportedContract,
}
# Kind -> columns that tell its rows apart.
ROW_KEYS: Mapping[str, tuple[str, ...]] = dict.fromkeys(ROW_TYPES, ("id",)) | {
    "entries": ("artist", "n"),
    "receipts": ("artist", "n", "receipt"),
    "receipt_keys": ("name", "x"),
    "lines": ("statement", "number"),
    "outcomes": ("artist", "kind", "subject", "programme", "use"),
    "traces": ("artist", "kind", "subject", "programme", "uses"),
}
assert list(ROW_TYPES) == [field.name for field in fields(ReportContent)][1:]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A line that could not be read as a row of its kind, or says more than this version shows."""

    file: str
    line: int  # from 1
    why: str


def in_order(content: ReportContent) -> ReportContent:
    """The same content in the order of a written report: what comes from a set or a query may vary."""
    by_id: Callable[[Any], Any] = lambda row: row.id  # noqa: E731 - one key for many kinds

    def place(row: Any) -> tuple[Any, ...]:
        return (row.artist, row.kind.value, row.subject, row.programme)

    uses = {use: number for number, use in enumerate(Use)}
    keys: dict[str, Callable[[Any], Any]] = {
        "entries": lambda row: (row.artist, row.n),
        "receipts": lambda row: (row.artist, row.n, row.receipt),
        "receipt_keys": lambda row: (row.name, row.x),
        "lines": lambda row: (row.statement, row.number),
        "outcomes": lambda row: (*place(row), uses[row.use]),
        # As the cell is spelled: rows stand in the order of their keys.
        "traces": lambda row: (*place(row), encode([use.value for use in row.uses])),
    }
    rows = {kind: tuple(sorted(content.rows(kind), key=keys.get(kind, by_id))) for kind in ROW_TYPES}
    return ReportContent(content.header, **rows)


def content_from(header: ReportHeader, rows: Mapping[str, Iterable[Any]]) -> ReportContent:
    return ReportContent(header, **{kind: tuple(rows.get(kind, ())) for kind in ROW_TYPES})
