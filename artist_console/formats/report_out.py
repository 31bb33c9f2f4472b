"""Writes a report: tables, what stands beside them, the descriptor over all of it, and the signatures.

Tables are written to a scratch file each while they are hashed, so that no table is in memory as a whole.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, Protocol

from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import Line

from .canonical import NotCanonical
from .data_package import (
    DESCRIPTOR,
    MAX_DESCRIPTOR_BYTES,
    OVERVIEW,
    ArtistSeal,
    FileSeal,
    TableSeal,
    descriptor_bytes,
    descriptor_of,
    hash_of,
    resource_of,
    table_path,
)
from .handovers import chain_text
from .ledger_proof import check_chain
from .package import MAX_FILES, MAX_PACKAGE_BYTES, STEP_BYTES, Member, Package, read_entry, write_package
from .records import BYTE_ORDER_MARK, LINE_END, MAX_RECORD_BYTES
from .report import HANDOVERS, read_report, verify
from .report_content import ReportContent, in_order
from .report_parts import Known
from .report_signatures import signature_bytes, signature_name, signature_names
from .report_table import overview_rows
from .report_tables import LINES, TABLE_WORDS, TABLES, codec_of
from .report_words import readme
from .row_digests import Roots
from .signatures import SigningKey, sha256_hex

FILE_ENDING = ".acreport"
MEDIA_TYPE = "application/vnd.artist-console.report+zip"
README = "README.txt"
SALT_BYTES = 16
_HELD_BYTES = STEP_BYTES  # of a table, before it goes to its scratch file
_MOST_TOLD = 2_000  # rows between two words to whoever watches

Salts = Callable[[int], bytes]
# Hears how many rows are written, and of how many where that is known; may end the work by raising.
RowProgress = Callable[[int, int], None]


class ReportProblem(InputProblem):
    """A report cannot be made of this content."""

    title_template = "The report could not be made"


class ReportTooLarge(ReportProblem):
    title_template = "The report grows too large"
    advice_template = "Choose fewer artists or a shorter period"


class _Scratch(Protocol):
    """Gives an empty file for a table, which is gone once it is closed."""

    def __call__(self) -> BinaryIO: ...


@dataclass(frozen=True, slots=True)
class BesideFile:
    """A file that stands beside the tables; its name is plain (`package.is_plain_name`)."""

    name: str
    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written. `sha256` is the hash of the report: of its descriptor."""

    sha256: str
    size: int
    counts: Mapping[str, int]  # rows by table


def _unwatched(_done: int, _total: int) -> None:
    """For callers that do not watch."""


def write_report(
    out: BinaryIO,
    content: ReportContent,
    key: SigningKey,
    signer_name: str,
    *,
    lines: Callable[[], Iterable[Line]] | None = None,
    salts: Salts = secrets.token_bytes,
    handovers: Sequence[str] = (),
    files: Sequence[BesideFile] = (),
    scratch: _Scratch = io.BytesIO,
    progress: RowProgress = _unwatched,
) -> Written:
    """Write the signed package of this content; the same content and salts give the same bytes.

    `lines`, by statement and number, take the place of `content.lines` where they are too many to be held.
    `handovers` lead from former keys of the signer to `key`. Leaves nothing out by itself:
    `report_privacy.content_for` makes content that may leave. Raises ReportProblem when a ledger does not
    hold, and ReportTooLarge; what was written to `out` until then is no report.
    """
    header = content.header
    assert None not in (header.instant.tzinfo, header.made_at.tzinfo), "times of a report carry their zone"
    content = in_order(content)
    _check_ledgers(content)
    with ExitStack() as kept:
        try:
            tables = tuple(_tables(content, lines, salts, scratch, kept, progress))
            beside = [
                BesideFile(
                    README,
                    readme(header, signer_name, key.public.fingerprint, _told(tables)),
                    "text/plain",
                ),
                *([BesideFile(HANDOVERS, chain_text(handovers), "application/jsonl")] if handovers else ()),
                *files,
            ]
            descriptor = descriptor_of(
                header,
                [_artist(artist, content) for artist in header.artists],
                [table.resource() for table in tables],
                {table.name: table.seal() for table in tables},
                [FileSeal(f.name, len(f.body), hash_of(sha256_hex(f.body)), f.media_type) for f in beside],
            )
            sealed = descriptor_bytes(descriptor)
            signature = signature_bytes(sealed, key, signer_name)
        except (NotCanonical, UnicodeEncodeError) as error:
            raise ReportProblem(
                "A text of the report holds a sign that cannot be written down",
                "Look at the title of the report and the names and titles in it",
            ) from error
        members = [
            *(table.member() for table in tables),
            *(Member.of(file.name, file.body) for file in beside),
        ]
        size = write_sealed(out, sealed, [signature], members)
    return Written(sha256_hex(sealed), size, {table.name: table.roots.rows for table in tables})


def write_sealed(
    out: BinaryIO, descriptor: bytes, signatures: Sequence[bytes], members: Sequence[Member]
) -> int:
    """Write the package of a descriptor with its signatures, tables and files; gives its size.

    Raises ReportTooLarge.
    """
    first = [
        Member.of(DESCRIPTOR, descriptor),
        *(Member.of(signature_name(number), each) for number, each in enumerate(signatures, start=1)),
    ]
    listed = [*first, *members]
    # Each file has a header before it and one in the directory: 76 bytes, and its name twice.
    size = sum(each.size + 76 + 2 * len(each.name) for each in listed) + 22
    if len(descriptor) > MAX_DESCRIPTOR_BYTES or size > MAX_PACKAGE_BYTES or len(listed) > MAX_FILES:
        raise ReportTooLarge()
    write_package(out, listed)
    return size


class TableOut:
    """One table that is written to its scratch file, hashed as it grows."""

    def __init__(self, name: str, sink: BinaryIO) -> None:
        self.name = name
        self.roots = Roots()
        self.size = 0
        self._sink = sink
        self._sha256 = hashlib.sha256()
        self._crc = 0
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._put(BYTE_ORDER_MARK + codec_of(name).head() + LINE_END)

    def append(self, record: bytes) -> None:
        """A record without its line end. Raises ReportProblem where it is longer than any that is read."""
        if len(record) > MAX_RECORD_BYTES - len(LINE_END):
            raise ReportProblem(
                "A text in {table} is longer than 4 MB",
                "Shorten it, or leave it out of the report",
                table=self.name,
            )
        self.roots.append(record)
        self._put(record + LINE_END)

    def _put(self, part: bytes) -> None:
        self._held.append(part)
        self._held_bytes += len(part)
        if self._held_bytes >= _HELD_BYTES:
            self._flush()

    def _flush(self) -> None:
        step = b"".join(self._held)
        self._sha256.update(step)
        self._crc = zlib.crc32(step, self._crc)
        self._sink.write(step)
        self.size += len(step)
        self._held, self._held_bytes = [], 0
        if self.size > MAX_PACKAGE_BYTES:
            raise ReportTooLarge()

    @property
    def sha256(self) -> str:
        self._flush()
        return self._sha256.hexdigest()

    def resource(self) -> Any:
        words = TABLE_WORDS[self.name]
        sha256 = self.sha256
        return resource_of(
            self.name, words.title, words.description, codec_of(self.name).schema(), self.size, sha256
        )

    def seal(self) -> TableSeal:
        return TableSeal(self.roots.rows, self.roots.root)

    def member(self) -> Member:
        self._flush()
        return Member(table_path(self.name), self.size, self._crc, self._opened)

    def _opened(self) -> BinaryIO:
        self._sink.seek(0)
        return self._sink  # written into a package once, and closed then


def _check_ledgers(content: ReportContent) -> None:
    for artist in content.header.artists:
        found = check_chain(content.ledger(artist))
        if not found.holds:
            raise ReportProblem(
                "The ledger of {artist} does not hold at entry {n}",
                "Sync, or keep the profile as it is and ask whoever runs the service",
                artist=content.party_name(artist),
                n=found.bad_at,
            )


def _artist(artist: ArtistId, content: ReportContent) -> ArtistSeal:
    last: LedgerEntry | None = max(content.ledger(artist), key=lambda entry: entry.n, default=None)
    return ArtistSeal(artist, content.party_name(artist), last.n if last else 0, last.head if last else "")


def _told(tables: Iterable[TableOut]) -> list[tuple[str, str]]:
    return [(table_path(table.name), TABLE_WORDS[table.name].title) for table in tables]


def _tables(
    content: ReportContent,
    lines: Callable[[], Iterable[Line]] | None,
    salts: Salts,
    scratch: _Scratch,
    kept: ExitStack,
    progress: RowProgress,
) -> Iterator[TableOut]:
    """The tables that have rows, in the order of the package."""
    total = sum(len(content.rows(name)) for name in TABLES if name != OVERVIEW)
    done = 0
    for name in TABLES:
        rows = iter(_rows(content, name, lines))
        first = next(rows, None)
        if first is None:
            continue
        table = TableOut(name, kept.enter_context(scratch()))
        codec = codec_of(name)
        for row in chain((first,), rows):
            table.append(codec.record(row, salts(SALT_BYTES).hex()))
            if table.roots.rows % _MOST_TOLD == 0:
                progress(done + table.roots.rows, max(total, done + table.roots.rows))
        done += table.roots.rows if name != OVERVIEW else 0
        yield table


def _rows(content: ReportContent, name: str, lines: Callable[[], Iterable[Line]] | None) -> Iterable[Any]:
    if name == OVERVIEW:
        return overview_rows(content)
    if name == LINES and lines is not None:
        assert not content.lines, "lines come from one place"
        return _in_their_order(lines())
    return content.rows(name)


def _in_their_order(lines: Iterable[Line]) -> Iterator[Line]:
    former: tuple[str, int] | None = None
    for line in lines:
        place = (line.statement, line.number)
        assert former is None or former < place, "lines come by statement and number"
        former = place
        yield line


def sign_again(source: BinaryIO, out: BinaryIO, key: SigningKey, name: str) -> None:
    """Write the same report with one signature more; nothing else in it changes, its hash neither.

    Raises ReportProblem where the report is not unchanged, or where this key has signed it already; then
    nothing was written.
    """
    report = read_report(source)
    found = verify(report, Known())
    if found.report is None:
        raise ReportProblem(
            "Only an unchanged report can be signed: {why}",
            "Ask the sender for a new copy",
            why=found.headline.text,
        )
    own = found.redacted_by if found.report.descriptor.redaction is not None else found.signatures
    if any(signer.key == key.public for signer in own):
        raise ReportProblem("This key has signed the report already", "It does not need to sign again")
    descriptor = _copied(source, report.package, DESCRIPTOR)
    names = signature_names(report.package)
    signature = signature_bytes(descriptor, key, name)
    write_sealed(
        out,
        descriptor,
        [*(_copied(source, report.package, each) for each in names), signature],
        [
            Member.copied(source, entry)
            for entry in report.package.entries
            if entry.name not in (DESCRIPTOR, *names)
        ],
    )


def _copied(source: BinaryIO, package: Package, name: str) -> bytes:
    entry = package.entry(name)
    assert entry is not None, "it was verified"
    return read_entry(source, entry, MAX_DESCRIPTOR_BYTES)
