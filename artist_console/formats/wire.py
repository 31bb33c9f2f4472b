"""What travels between client and backend: rows of the domain as they are, and the messages around them.

Rows are the frozen dataclasses of `domain`, encoded by msgspec (enums by value, decimals as text, dates as
ISO 8601); messages are msgspec structs. Both sides read this one module, so shapes cannot drift. Problem
types (RFC 9457) are named here once.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import msgspec

from artist_console.domain.decisions import Decision, EntryReceipt, LedgerEntry, Outcome, Pin
from artist_console.domain.directions import Direction
from artist_console.domain.facts import OthersAnswer, RecordedAnswer
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ModelVersion
from artist_console.domain.mandates import Mandate
from artist_console.domain.paid_splits import PaidSplit
from artist_console.domain.parties import Party, Stakeholder
from artist_console.domain.pay_terms import PayTerms
from artist_console.domain.programmes import (
    Agreement,
    Attestation,
    Control,
    MemberOptIn,
    Programme,
    Request,
    TermsVersion,
)
from artist_console.domain.statements import Line, Statement
from artist_console.domain.unauthorised import Unauthorised
from artist_console.domain.works import Release, Work

from .canonical import canonical_bytes, canonical_sha256
from .encoding import MalformedMessage, as_plain
from .kinds import Kind

EPOCH_HEADER = "Artist-Console-Epoch"
CLIENT_HEADER = "Artist-Console-Client"  # the version of the application that asks
CLOCK_HEADER = "Artist-Console-Clock"  # its clock, ISO 8601: orders nothing; how far it is off is recorded
MAX_BATCH_ITEMS = 100
MAX_BATCH_BYTES = 256 * 1024
MAX_ACT_ITEMS = 10_000
MAX_ACT_BYTES = 8 * 1024 * 1024
PAGE_ROWS = 1_000


ROW_TYPES: dict[Kind, type[Any]] = {
    Kind.PARTY: Party,
    Kind.WORK: Work,
    Kind.RELEASE: Release,
    Kind.STAKEHOLDER: Stakeholder,
    Kind.CONTROL: Control,
    Kind.PROGRAMME: Programme,
    Kind.TERMS: TermsVersion,
    Kind.AGREEMENT: Agreement,
    Kind.OPT_IN: MemberOptIn,
    Kind.ATTESTATION: Attestation,
    Kind.REQUEST: Request,
    Kind.DATASET: DatasetVersion,
    Kind.MODEL: ModelVersion,
    Kind.INCLUSION: InclusionStatement,
    Kind.RECORDED_ANSWER: RecordedAnswer,
    Kind.OTHERS_ANSWER: OthersAnswer,
    Kind.MANDATE: Mandate,
    Kind.ENTRY: LedgerEntry,
    Kind.RECEIPT: EntryReceipt,
    Kind.UNAUTHORISED: Unauthorised,
    Kind.STATEMENT: Statement,
    Kind.PAY_TERMS: PayTerms,
    Kind.DIRECTION: Direction,
    Kind.PAID_SPLIT: PaidSplit,
}

Row = Any  # one of ROW_TYPES
_DECODERS = {kind: msgspec.json.Decoder(row_type) for kind, row_type in ROW_TYPES.items()}


def decode_row(kind: Kind, body: bytes | msgspec.Raw) -> Row:
    """Read one row. Raises MalformedMessage."""
    try:
        return _DECODERS[kind].decode(bytes(body))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedMessage(str(error)) from error


def digest_of(decision: Decision) -> str:
    """SHA-256 (hex) over the canonical JSON of a decision: its identity through resends (PROTOCOL)."""
    return canonical_sha256(as_plain(decision))


def entry_bytes(entry: LedgerEntry) -> bytes:
    """The canonical bytes of a ledger entry without its head: what the chain hashes."""
    plain = as_plain(entry)
    del plain["head"]
    return canonical_bytes(plain)


GONE = msgspec.Raw(b"null")


class FeedItem(msgspec.Struct, frozen=True):
    """One changed row. A body of null: the row is gone, or has left the reader's reach."""

    position: int
    kind: Kind
    id: str
    # msgspec reads no optional Raw: an object would be refused. A factory, because Raw cannot be hashed.
    body: msgspec.Raw = msgspec.field(default_factory=lambda: GONE)

    @property
    def row(self) -> bytes | None:
        """The row as JSON; None where it is gone."""
        body = bytes(self.body)
        return None if body == b"null" else body


class FeedPage(msgspec.Struct, frozen=True):
    """Changes after a cursor. `more`: ask again at once. The cursor is opaque and authenticated."""

    epoch: str
    cursor: str
    items: list[FeedItem]
    more: bool
    scope_added: list[str] = []  # artists who came into the reader's reach since the cursor
    scope_removed: list[str] = []  # artists who left it: what is cached of them is to be deleted


class SnapshotPage(msgspec.Struct, frozen=True):
    """Part of everything in reach, taken at one fixed position; `next` is None on the last page.

    `cursor` is where to go on with the feed once the last page is in.
    """

    epoch: str
    items: list[FeedItem]
    next: str | None
    cursor: str


class PushItem(msgspec.Struct, frozen=True):
    seq: int
    digest: str
    decision: Decision


class PushBatch(msgspec.Struct, frozen=True):
    """Decisions of one stream, in order without gaps. Items of one act follow each other."""

    stream_id: str
    items: list[PushItem]
    pins: dict[str, Pin] = {}  # artist -> highest ledger position and head the client has seen


class ItemOutcome(msgspec.Struct, frozen=True):
    """What became of one item. The receipt is a compact JWS over the ledger entry and head."""

    seq: int
    decision_id: str
    outcome: Outcome
    receipt: str | None = None
    n: int | None = None
    head: str | None = None
    words: str = ""  # why it was not applied, as a sentence
    against: str | None = None  # the decision that stands against it; None where only its act held it back


class PushReply(msgspec.Struct, frozen=True):
    epoch: str
    stream_id: str
    next_seq: int
    outcomes: list[ItemOutcome]
    heads: dict[str, Pin] = {}
    rewound: bool = False  # a pin did not match: the backend is older than what the client has seen


class RowsPage(msgspec.Struct, frozen=True):
    """Rows of one kind in reach; `next` is None on the last page, else what to give as `after`."""

    items: list[msgspec.Raw]
    next: str | None


class CoSign(msgspec.Struct, frozen=True):
    """The artist signs or declines a proposal. With `seen`, a refusal after it is a conflict."""

    seen: Pin | None = None
    words: str = ""


class Recorded(msgspec.Struct, frozen=True):
    """What was written to the ledger, with its receipt."""

    entry: LedgerEntry
    receipt: str


class GiveMandate(msgspec.Struct, frozen=True):
    """An artist lets an account act. The backend sets the id where it is empty, and the evidence."""

    mandate: Mandate


class SignerKey(msgspec.Struct, frozen=True):
    """A key of receipts as an RFC 8037 JWK, with who signs and in what role."""

    kty: str
    crv: str
    x: str
    kid: str
    name: str
    role: str
    alg: str = "EdDSA"
    use: str = "sig"


class SignerKeys(msgspec.Struct, frozen=True):
    keys: list[SignerKey]


# The account of a private service before its person has a name: nobody is to be greeted by it.
UNNAMED_ACCOUNT = "This profile"


class LinesPage(msgspec.Struct, frozen=True):
    """Lines of one statement after a number."""

    statement: str
    lines: list[Line]
    next: int | None


UPLOAD_PART_BYTES = 4 * 1024 * 1024


class NewUpload(msgspec.Struct, frozen=True):
    """A file that is to come part by part."""

    file_name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    size: Annotated[int, msgspec.Meta(ge=1, le=1 << 53)]
    sha256: Annotated[str, msgspec.Meta(max_length=64)] = ""  # of the whole, hex: compared when it is here


class Upload(msgspec.Struct, frozen=True):
    """A file on its way: `offset` is how far it has come, where the next part begins."""

    id: str
    file_name: str
    size: int
    offset: int


class ImportKind(Enum):
    CATALOGUE = "catalogue"
    DATASET_LIST = "dataset_list"
    STATEMENT = "statement"
    MANIFEST = "manifest"


class ImportState(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # nothing was taken over


class RowNoteWire(msgspec.Struct, frozen=True):
    """A row that was left out, or kept with a warning."""

    row: int
    field: str
    what: str
    severity: str  # "warning" or "rejected"


class ImportJob(msgspec.Struct, frozen=True):
    """An import's progress, and its result once done."""

    id: str
    kind: ImportKind
    file_name: str
    state: ImportState
    rows_read: int = 0
    rows_total: int | None = None
    counts: dict[str, int] = {}  # what came of it: recordings_added, works_listed, lines ...
    notes: list[RowNoteWire] = []
    problem_title: str = ""
    problem_advice: str = ""


class ProblemType(Enum):
    """RFC 9457 types: `urn:artist-console:problem:<value>`."""

    MALFORMED = "malformed"
    NOT_SIGNED_IN = "not-signed-in"
    DEVICE_REVOKED = "device-revoked"  # the device was signed out from elsewhere: stop, keep the queue
    NOT_FOUND = "not-found"
    NOT_ALLOWED = "not-allowed"
    CURSOR_EXPIRED = "cursor-expired"
    SEQUENCE_GAP = "sequence-gap"
    STREAM_FORKED = "stream-forked"  # another decision stands at that place: open a new stream
    CONFLICT = "conflict"
    TOO_LARGE = "too-large"
    UNREADABLE_FILE = "unreadable-file"
    CLIENT_TOO_OLD = "client-too-old"  # install a newer version; what waits is sent by that
    NO_ROOM = "no-room"  # the disk of the service has no room for a file
    STORAGE = "storage"  # nothing could be saved; what was saved before is safe
    BROKEN = "broken"


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str = ""
    expected_seq: int | None = None


def problem_uri(kind: ProblemType) -> str:
    return f"urn:artist-console:problem:{kind.value}"
