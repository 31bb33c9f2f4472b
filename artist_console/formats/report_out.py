"""Writes a report: tables, what stands beside them, the descriptor over all of it, and the signatures.

Tables are written to a scratch file each while they are hashed, so that no table is in memory as a whole.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO

from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.ids import ArtistId
from artist_console.domain.statements import Line

from .canonical import NotCanonical
from .data_package import (
    DESCRIPTOR,
    MAX_DESCRIPTOR_BYTES,
    OVERVIEW,
    ArtistSeal,
    descriptor_bytes,
    descriptor_of,
    table_path,
)
from .handovers import chain_text
from .ledger_proof import check_chain
from .package import MAX_FILES, MAX_PACKAGE_BYTES, Member, Package, read_entry, write_package
from .report import HANDOVERS, read_report, verify
from .report_content import ReportContent, ReportHeader, in_order
from .report_members import (
    BesideFile,
    FileOut,
    ReportProblem,
    ReportTooLarge,
    Scratch,
    TableOut,
    copy_of,
    file_of,
)
from .report_parts import Known
from .report_signatures import signature_bytes, signature_name, signature_names
from .report_table import overview_rows
from .report_tables import LINES, TABLE_WORDS, TABLES, codec_of
from .report_words import readme
from .signatures import SigningKey, sha256_hex
from .table_copy import MANY_ROWS, copy_name

FILE_ENDING = ".acreport"
MEDIA_TYPE = "application/vnd.artist-console.report+zip"
README = "README.txt"
SALT_BYTES = 16
_MOST_TOLD = 2_000  # rows between two words to whoever watches

Salts = Callable[[int], bytes]
# Hears how many rows are written, and of how many where that is known; may end the work by raising.
RowProgress = Callable[[int, int], None]


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
    scratch: Scratch = io.BytesIO,
    many_rows: int = MANY_ROWS,
    progress: RowProgress = _unwatched,
) -> Written:
    """Write the signed package of this content; the same content and salts give the same bytes.

    `lines`, by statement and number, take the place of `content.lines` where they are too many to be held.
    `handovers` lead from former keys of the signer to `key`. A table of more than `many_rows` has a copy as
    Parquet. Leaves nothing out by itself:
    `report_privacy.content_for` makes content that may leave. Raises ReportProblem when a ledger does not
    hold, and ReportTooLarge; what was written to `out` until then is no report.
    """
    header = content.header
    assert None not in (header.instant.tzinfo, header.made_at.tzinfo), "times of a report carry their zone"
    content = in_order(content)
    _check_ledgers(content)
    with ExitStack() as kept:

        def keep() -> BinaryIO:
            return kept.enter_context(scratch())

        try:
            tables = tuple(_tables(content, lines, salts, keep, progress))
            beside = list(_beside(tables, header, key, signer_name, handovers, files, many_rows, keep))
            descriptor = descriptor_of(
                header,
                [_artist(artist, content) for artist in header.artists],
                [table.resource() for table in tables],
                {table.name: table.seal() for table in tables},
                [file.seal() for file in beside],
            )
            sealed = descriptor_bytes(descriptor)
            signature = signature_bytes(sealed, key, signer_name)
        except (NotCanonical, UnicodeEncodeError) as error:
            raise ReportProblem(
                "A text of the report holds a sign that cannot be written down",
                "Look at the title of the report and the names and titles in it",
            ) from error
        members = [*(table.member() for table in tables), *(file.member() for file in beside)]
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


def _beside(
    tables: Sequence[TableOut],
    header: ReportHeader,
    key: SigningKey,
    signer_name: str,
    handovers: Sequence[str],
    files: Sequence[BesideFile],
    many_rows: int,
    keep: Scratch,
) -> Iterator[FileOut]:
    """The files beside the tables, in the order of the package."""
    long = [table for table in tables if table.roots.rows > many_rows]
    told = [(table_path(table.name), TABLE_WORDS[table.name].title) for table in tables]
    told += [(copy_name(table.name), f"{TABLE_WORDS[table.name].title}, as Parquet") for table in long]
    body = readme(header, signer_name, key.public.fingerprint, told)
    yield file_of(BesideFile(README, body, "text/plain"), keep())
    if handovers:
        yield file_of(BesideFile(HANDOVERS, chain_text(handovers), "application/jsonl"), keep())
    for table in long:
        yield copy_of(table, keep())
    for file in files:
        yield file_of(file, keep())


def _tables(
    content: ReportContent,
    lines: Callable[[], Iterable[Line]] | None,
    salts: Salts,
    keep: Scratch,
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
        table = TableOut(name, keep())
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
