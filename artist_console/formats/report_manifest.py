"""manifest.json of a report: what it says of itself and the hash of every file; this is what is signed.

In every version of the format, `format` and `version` stand in a manifest.json that signature.jws signs:
so a reader of today can tell a report of tomorrow from a changed one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.ids import ArtistId

from .canonical import NotCanonical, canonical_bytes
from .deflated_package import PackedFile
from .encoding import as_plain
from .report_content import Part, ReportContent, ReportHeader
from .signatures import sha256_hex

FORMAT = "artist-console-report"
VERSION = 1
MANIFEST, SIGNATURE = "manifest.json", "signature.jws"
SIGNATURE_TYP = "artist-console-report+jws"
MAX_MANIFEST_BYTES = 1024 * 1024

MEDIA_TYPES = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


class MalformedManifest(ValueError):
    """A manifest that is not one of this version. `str()` says where."""


class NewerFormat(ValueError):
    """A manifest of a later version of the format."""


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: its content, and the bytes that stand for it in the zip."""

    name: str
    size: int
    sha256: str
    packed_sha256: str
    media_type: str
    rows: int | None  # of a file of rows


class ArtistEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An artist whose ledger is here, and where it ends: 0 and "" when nothing was recorded."""

    id: ArtistId
    name: str
    n: int
    head: str


class SignerEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kid: str
    name: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    title: str
    made_at: datetime
    made_by: str
    signer: SignerEntry
    artists: list[ArtistEntry]
    instant: datetime
    known_on: datetime | None
    period_from: date | None
    period_until: date | None
    parts: list[Part]
    files: list[FileEntry]

    @property
    def header(self) -> ReportHeader:
        return ReportHeader(
            self.title,
            self.made_at,
            self.made_by,
            tuple(artist.id for artist in self.artists),
            self.instant,
            self.known_on,
            self.period_from,
            self.period_until,
            tuple(self.parts),
        )


class _Version(msgspec.Struct, frozen=True):
    format: str
    version: int


_VERSION_DECODER = msgspec.json.Decoder(_Version)
_DECODER = msgspec.json.Decoder(Manifest)


def manifest_bytes(content: ReportContent, files: list[PackedFile], signer: SignerEntry) -> bytes:
    """The canonical manifest of a report with these files. Raises NotCanonical."""
    header = content.header
    manifest = Manifest(
        FORMAT,
        VERSION,
        header.title,
        header.made_at,
        header.made_by,
        signer,
        [_artist(artist, content) for artist in header.artists],
        header.instant,
        header.known_on,
        header.period_from,
        header.period_until,
        list(header.parts),
        [_file(file) for file in files],
    )
    return canonical_bytes(as_plain(manifest))


def _artist(artist: ArtistId, content: ReportContent) -> ArtistEntry:
    last: LedgerEntry | None = max(content.ledger(artist), key=lambda entry: entry.n, default=None)
    return ArtistEntry(artist, content.party_name(artist), last.n if last else 0, last.head if last else "")


def _file(file: PackedFile) -> FileEntry:
    ending = file.name.rpartition(".")[2]
    return FileEntry(
        file.name,
        len(file.content),
        sha256_hex(file.content),
        sha256_hex(file.packed),
        MEDIA_TYPES[ending],
        rows_in(file.name, file.content),
    )


def rows_in(name: str, content: bytes) -> int | None:
    """How many rows a file of JSON Lines holds; None of any other file."""
    return content.count(b"\n") if name.endswith(".jsonl") else None


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest without believing it. Raises MalformedManifest or NewerFormat."""
    if len(data) > MAX_MANIFEST_BYTES:
        raise MalformedManifest("it is larger than a manifest can be")
    said: _Version = _decoded(_VERSION_DECODER, data)
    if said.format != FORMAT:
        raise MalformedManifest("it is the manifest of something else")
    if said.version != VERSION:
        raise NewerFormat(f"version {said.version}")
    manifest: Manifest = _decoded(_DECODER, data)
    if any(
        t is not None and t.tzinfo is None for t in (manifest.made_at, manifest.instant, manifest.known_on)
    ):
        raise MalformedManifest("a time has no zone")
    try:
        spelled = canonical_bytes(as_plain(manifest))
    except NotCanonical as error:
        raise MalformedManifest(str(error)) from error
    if spelled != data:
        raise MalformedManifest("it is not in canonical spelling")
    return manifest


def _decoded(decoder: msgspec.json.Decoder[Any], data: bytes) -> Any:
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedManifest(str(error)) from error
