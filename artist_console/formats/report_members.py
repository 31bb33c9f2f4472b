"""The tables and files of a report while it is written: hashed as they grow, each in a scratch file.

A scratch file is closed by whoever gave it; what is in it is written into the package once.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from artist_console.domain.problems import InputProblem

from .data_package import FileSeal, Resource, TableSeal, hash_of, resource_of, table_path
from .package import MAX_PACKAGE_BYTES, STEP_BYTES, Member
from .records import BYTE_ORDER_MARK, LINE_END, MAX_RECORD_BYTES
from .report_tables import TABLE_WORDS, codec_of
from .row_digests import Roots
from .table_copy import MEDIA_TYPE as COPY_TYPE
from .table_copy import copy_name, write_copy

_HELD_BYTES = STEP_BYTES  # of a table, before it goes to its scratch file


class ReportProblem(InputProblem):
    """A report cannot be made of this content."""

    title_template = "The report could not be made"


class ReportTooLarge(ReportProblem):
    title_template = "The report grows too large"
    advice_template = "Choose fewer artists or a shorter period"


class Scratch(Protocol):
    """Gives an empty file for a table, which is gone once it is closed."""

    def __call__(self) -> BinaryIO: ...


@dataclass(frozen=True, slots=True)
class BesideFile:
    """A file that stands beside the tables; its name is plain (`package.is_plain_name`)."""

    name: str
    body: bytes
    media_type: str


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

    def resource(self) -> Resource:
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

    def written(self) -> BinaryIO:
        """The table as it stands, to be read before it goes into a package."""
        self._flush()
        return self._sink

    def _opened(self) -> BinaryIO:
        self._sink.seek(0)
        return self._sink


class FileOut:
    """A file beside the tables that is written to its scratch file; what is written is hashed."""

    def __init__(self, name: str, media_type: str, sink: BinaryIO) -> None:
        self._name, self._media_type = name, media_type
        self._sink = sink
        self._size = self._crc = 0
        self._sha256 = hashlib.sha256()

    def write(self, part: bytes) -> int:
        self._size += len(part)
        self._crc = zlib.crc32(part, self._crc)
        self._sha256.update(part)
        return self._sink.write(part)

    def seal(self) -> FileSeal:
        return FileSeal(self._name, self._size, hash_of(self._sha256.hexdigest()), self._media_type)

    def member(self) -> Member:
        return Member(self._name, self._size, self._crc, self._opened)

    def _opened(self) -> BinaryIO:
        self._sink.seek(0)
        return self._sink


def file_of(file: BesideFile, scratch: BinaryIO) -> FileOut:
    out = FileOut(file.name, file.media_type, scratch)
    out.write(file.body)
    return out


def copy_of(table: TableOut, scratch: BinaryIO) -> FileOut:
    """A table once more, as Parquet. Raises LinesFileProblem where the library fails."""
    out = FileOut(copy_name(table.name), COPY_TYPE, scratch)
    fields = [(field.name, field.type) for field in table.resource().schema.fields]
    write_copy(table.written(), fields, cast(BinaryIO, out))
    return out
