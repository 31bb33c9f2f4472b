"""What an evidence bundle holds, as rows that are signed: cases with letters, replies and outcomes.

The rows name the files beside them by name and SHA-256. docs/formats/evidence-bundle.md describes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from artist_console.domain.cases import CaseState, CopyFound, Dkim, EventKind, Outcome, SentBy
from artist_console.domain.decisions import Decision
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letter_kinds import Capacity, Language, LetterKind
from artist_console.domain.letters import About, Source
from artist_console.domain.parties import Standing
from artist_console.domain.removal_steps import RemovalStep
from artist_console.domain.work_kinds import WorkKind

from .report_content import ReceiptKey

RECEIPTS_FILE = "receipts.jsonl"


@dataclass(frozen=True, slots=True)
class BundleAttachment:
    """A file that went along with a letter. `file` empty: it is not in the bundle."""

    name: str
    size: int  # bytes
    sha256: str
    file: str


@dataclass(frozen=True, slots=True)
class BundleLetter:
    """A letter as it was kept; its words stand in `text_file`, whose SHA-256 is the letter's."""

    id: str
    kind: LetterKind
    capacity: Capacity
    standing: Standing
    language: Language
    country: str
    to_name: str
    to_email: str
    to_postal: tuple[str, ...]
    subject: str
    signed_by: str
    template_version: str
    checked_on: date
    written_at: datetime
    edited: bool
    reply_by: date | None
    works: tuple[WorkId, ...]
    sources: tuple[Source, ...]
    sha256: str
    text_file: str
    pdf_file: str
    attachments: tuple[BundleAttachment, ...]

    @property
    def head(self) -> str:
        """What stands before the words in the text file: to whom, and the subject."""
        return "; ".join((self.to_name, self.to_email, *self.to_postal)) + f"\n{self.subject}\n"


@dataclass(frozen=True, slots=True)
class BundleSeen:
    """A proof or a reply, byte for byte in `file`; empty: it is not in the bundle."""

    name: str
    size: int  # bytes
    sha256: str
    file: str
    media_type: str
    sender: str
    subject: str
    sent_on: date | None
    dkim: Dkim | None  # what whoever made the bundle saw
    matches: str  # id of the letter whose copy is in it
    copy: CopyFound | None  # how that shows, as whoever made the bundle has it


@dataclass(frozen=True, slots=True)
class BundleEvent:
    """One thing that happened, as it was recorded; a later event may correct an earlier one by `of`."""

    id: str
    kind: EventKind
    on: date
    at: datetime
    who: str
    words: str  # empty unless notes were chosen
    letter: str
    how: SentBy | None
    number: str
    file: BundleSeen | None
    outcome: Outcome | None
    of: str


@dataclass(frozen=True, slots=True)
class BundleCase:
    id: str
    artist: ArtistId
    artist_name: str
    kind: LetterKind
    title: str
    addressee_name: str
    opened_at: datetime
    state: CaseState
    since: date
    about: About
    programme_name: str
    works: tuple[WorkId, ...]
    letters: tuple[BundleLetter, ...]
    events: tuple[BundleEvent, ...]


@dataclass(frozen=True, slots=True)
class BundleWork:
    id: WorkId
    kind: WorkKind
    title: str
    version: str
    identifier: str  # ISRC or ISWC; empty when missing
    artists: tuple[str, ...]  # names


@dataclass(frozen=True, slots=True)
class BundleFinding:
    id: str
    kind: FindingKind
    title: str
    since: date
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundleStep:
    """One step of a removal. `said_by` empty: noted by whoever made the bundle."""

    step: RemovalStep
    on: date
    said_by: str


@dataclass(frozen=True, slots=True)
class BundleRemoval:
    id: str
    work: WorkId
    work_title: str
    place: str
    operator: str
    refused_on: date
    step: RemovalStep
    since: date
    deadline: date | None
    steps: tuple[BundleStep, ...]


@dataclass(frozen=True, slots=True)
class BundleReceipt:
    """A decision with its signed receipt: one line of receipts.jsonl."""

    artist: ArtistId
    n: int
    words: str
    decision: Decision
    receipt: str  # compact JWS


@dataclass(frozen=True, slots=True)
class EvidenceContent:
    """Everything that is signed but the list of files."""

    title: str
    made_at: datetime
    made_by: str
    period_from: date
    period_until: date
    cases: tuple[BundleCase, ...]
    works: tuple[BundleWork, ...]
    findings: tuple[BundleFinding, ...]
    removals: tuple[BundleRemoval, ...]
    receipt_keys: tuple[ReceiptKey, ...]
    receipts_sha256: str  # of receipts.jsonl; empty where there is none
    left_out: tuple[str, ...]  # sentences


def named_files(content: EvidenceContent) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file that a row names; of a PDF of a letter no hash is known: empty."""
    for case in content.cases:
        for letter in case.letters:
            yield letter.text_file, letter.sha256
            yield letter.pdf_file, ""
            yield from ((each.file, each.sha256) for each in letter.attachments if each.file)
        for event in case.events:
            if event.file is not None and event.file.file:
                yield event.file.file, event.file.sha256
    if content.receipts_sha256:
        yield RECEIPTS_FILE, content.receipts_sha256
