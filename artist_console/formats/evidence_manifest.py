"""bundle.json of an evidence bundle: its content and the hash of every file; this is what is signed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .canonical import NotCanonical, canonical_bytes, canonical_sha256
from .encoding import as_plain
from .evidence_content import EvidenceContent
from .evidence_files import PlainFile

FORMAT = "artist-console-evidence"
VERSION = 2
BUNDLE, SIGNATURE = "bundle.json", "signature.jws"
README, INDEX = "README.txt", "index.pdf"
SIGNATURE_TYP = "artist-console-evidence+jws"
MAX_BUNDLE_BYTES = 8 * 1024 * 1024


class MalformedBundle(ValueError):
    """A bundle.json that is not one of this version. `str()` says where."""


class NewerFormat(ValueError):
    """A bundle.json of a later version of the format."""


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file as it stands in the zip."""

    name: str
    size: int
    sha256: str
    media_type: str


class Bundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    content: EvidenceContent
    content_sha256: str
    files: tuple[FileEntry, ...]  # in the order of the zip


class _Version(msgspec.Struct, frozen=True):
    format: str
    version: int


def bundle_bytes(content: EvidenceContent, files: Sequence[PlainFile]) -> bytes:
    """The canonical bundle.json over these files. Raises NotCanonical."""
    entries = tuple(FileEntry(each.name, each.size, each.sha256, each.media_type) for each in files)
    digest = canonical_sha256(as_plain(content))
    return canonical_bytes(as_plain(Bundle(FORMAT, VERSION, content, digest, entries)))


def read_bundle(data: bytes) -> Bundle:
    """Read without believing it. Raises MalformedBundle or NewerFormat."""
    if len(data) > MAX_BUNDLE_BYTES:
        raise MalformedBundle("it is larger than such a file can be")
    try:
        said = msgspec.json.decode(data, type=_Version)
        if said.format != FORMAT:
            raise MalformedBundle("it describes something else")
        if said.version != VERSION:
            raise NewerFormat(f"version {said.version}")
        bundle = msgspec.json.decode(data, type=Bundle)
        spelled = canonical_bytes(as_plain(bundle))
        digest = canonical_sha256(as_plain(bundle.content))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotCanonical) as error:
        raise MalformedBundle(str(error)) from error
    if spelled != data:
        raise MalformedBundle("it is not in canonical spelling")
    if digest != bundle.content_sha256:
        raise MalformedBundle("the hash of its content is not that of its content")
    return bundle
