"""The files of an evidence bundle, each once, under plain names; and what stays out, in sentences."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from artist_console.commands.console import Console
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import WorkId
from artist_console.formats.evidence_files import PlainFile
from artist_console.store import own_side, private

# Endings under which a file is stored; a program that is started by its ending is none of them.
_ENDINGS: dict[str, str] = {
    "eml": "message/rfc822",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "msg": "application/vnd.ms-outlook",
    "p7m": "application/pkcs7-mime",
    "p7s": "application/pkcs7-signature",
    "jws": "application/jose",
    "asc": "application/pgp-signature",
}
_ANY_BYTES = "application/octet-stream"
CONTRACT_FILE = "“{name}”: it is the file of a contract."
NOT_HERE = "“{name}”: its bytes are not here any more."


@dataclass
class Gathering:
    """Files by the hash of their bytes, numbered by what they are, and sentences about what stays out."""

    console: Console
    facts: FactBook
    named: frozenset[WorkId]
    notes: bool
    attachments: bool
    files: dict[str, PlainFile] = field(default_factory=dict)  # by name
    left_out: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)  # SHA-256 -> name
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._contracts = frozenset(
            each.file.sha256 for each in own_side.contracts(self.console.store) if each.file is not None
        )

    def number(self, what: str) -> str:
        self._numbers[what] = self._numbers.get(what, 0) + 1
        return f"{what}-{self._numbers[what]:02}"

    def add(self, name: str, body: bytes, media_type: str) -> str:
        self.files[name] = PlainFile.of(name, body, media_type)
        return name

    def take(self, what: str, file: AttachedFile) -> str:
        """The name under which a kept file goes in; empty where it stays out."""
        if file.sha256 in self._names:
            return self._names[file.sha256]
        if file.sha256 in self._contracts:
            self.leave_out(CONTRACT_FILE.format(name=file.name))
            return ""
        body = private.attached_bytes(self.console.store, file.sha256)
        if body is None:
            self.leave_out(NOT_HERE.format(name=file.name))
            return ""
        ending = file.name.rpartition(".")[2].lower()
        if ending not in _ENDINGS:
            ending = "bin"
        name = f"{self.number(what)}.{ending}"
        kept = PlainFile.of(name, body, _ENDINGS.get(ending, _ANY_BYTES), self._again(file.sha256))
        self.files[name] = kept
        self._names[file.sha256] = name
        return name

    def _again(self, sha256: str) -> Callable[[], BinaryIO]:
        """Reads the bytes of a kept file once more, so that those of all files are never here together."""
        return lambda: io.BytesIO(private.attached_bytes(self.console.store, sha256) or b"")

    def leave_out(self, words: str) -> None:
        if words not in self.left_out:
            self.left_out.append(words)

    def is_hidden(self, work: WorkId) -> bool:
        """Whether a work is unreleased and was not chosen to be named."""
        known = self.facts.works.get(work)
        return known is not None and known.unreleased and not self.named & {work, known.id}
