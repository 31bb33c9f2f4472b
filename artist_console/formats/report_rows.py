"""The tables of a report as rows: read when they are asked for, in steps, and checked against their hash.

A table is read as a stream; `rows` keeps what it has read. `Report` is of a report that passed its
verification and raises where the file has changed since; `UnverifiedContent` gives what can be read of any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from artist_console.domain.facts import FactBook
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import Line, Statement

from .data_package import Descriptor, table_path
from .package import STEP_BYTES, Entry, Package, PackageDamaged, open_entry, read_entry
from .records import MalformedTable, head_and_records
from .report_content import ROW_TYPES, ReportContent, ReportHeader, RowFault, content_from
from .report_tables import LINES, TABLES, codec_of
from .row_cells import MalformedRow, guarded, record_of
from .row_digests import Roots
from .signatures import sha256_hex


class ReportChanged(InputProblem):
    title_template = "The file has changed since it was opened"
    advice_template = "Open it again"


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A table that is here: its rows, how many of the original's were taken out, and its file."""

    rows: int
    removed: int
    bytes: int
    sha256: str


class Report:
    """A report that is unchanged since it was signed, and the open file that its rows are read from.

    Made by `report.verify` alone. Methods may be called from several threads.
    """

    def __init__(
        self,
        source: BinaryIO,
        package: Package,
        descriptor: Descriptor,
        sha256: str,
        removed: Mapping[str, int],
    ) -> None:
        self._source = source
        self._package = package
        self._kept: dict[str, tuple[Any, ...]] = {}
        self.header: ReportHeader = descriptor.header  # of a redacted copy: the original's
        self.descriptor = descriptor  # of the file itself, also of a redacted copy
        self.sha256 = sha256  # of the descriptor: the hash of the report
        self.tables: Mapping[
            str, TableInfo
        ] = {  # by kind, `overview` among them, in the order of the package
            each.name: TableInfo(
                descriptor.artist_console.tables[each.name].rows,
                removed.get(each.name, 0),
                each.bytes,
                each.sha256,
            )
            for each in descriptor.resources
        }

    def rows(self, kind: str) -> tuple[Any, ...]:
        """All rows of one kind, kept once read; none where there is no such table. Not for `lines`.

        Raises ReportChanged; MalformedRow or MalformedTable where the signer wrote what this version cannot
        read.
        """
        assert kind != LINES, "there can be more lines than memory: see `each`"
        if kind not in self._kept:
            self._kept[kind] = tuple(self.each(kind))
        return self._kept[kind]

    def each(self, kind: str) -> Iterator[Any]:
        """The same as a stream, of any kind. ReportChanged may be raised at its end, the others before."""
        codec = codec_of(kind)
        return map(codec.row, self.records(kind))

    def records(self, kind: str, limit: int | None = None) -> Iterator[bytes]:
        """The raw records of a table without its head, in order.

        Raises MalformedTable, and at the end ReportChanged. With `limit` only the first ones, of which the
        hash is not looked at.
        """
        found = self.descriptor.resource(kind)
        if found is None:
            return
        hashed = _Hashed(open_entry(self._source, self._entry(found.path)))
        try:
            head, records = head_and_records(cast(BinaryIO, hashed))
            if head != codec_of(kind).head():
                raise MalformedTable(1, "the columns are not those of this table")
            for number, record in enumerate(records):
                if number == limit:
                    return
                yield record
        except MalformedTable:
            if hashed.rest() != found.sha256:
                raise ReportChanged() from None
            raise
        if hashed.rest() != found.sha256:
            raise ReportChanged()

    def has_its_digests(self, kind: str) -> bool:
        """Whether a table has the number of rows, and the root of their digests, that its description names.

        A redacted copy would else show rows that the report never held. Raises as `records` does.
        """
        seal = self.descriptor.artist_console.tables[kind]
        roots = Roots()
        roots.extend(self.records(kind))
        return (roots.rows, roots.root) == (seal.rows, seal.root)

    def lines_of(self, statement: Statement) -> Iterator[Line]:
        """The lines of one statement, as a stream over the whole table. Raises as `each` does."""
        codec = codec_of(LINES)
        begin = f"{record_of([guarded(statement.id)])},".encode()
        return (codec.row(record) for record in self.records(LINES) if record.startswith(begin))

    def content(self) -> ReportContent:
        """All rows but `lines`, as whoever wrote the report had them. Raises as `rows` does."""
        return content_from(self.header, {kind: self.rows(kind) for kind in ROW_TYPES if kind != LINES})

    def facts(self) -> FactBook:
        """The report's own rows, for the permission rule. Raises as `rows` does."""
        return self.content().facts()

    def file(self, name: str, limit: int) -> bytes | None:
        """A file beside the tables of at most `limit` bytes, or None. Raises ReportChanged."""
        seal = self.descriptor.file(name)
        if seal is None:
            return None
        try:
            body = read_entry(self._source, self._entry(name), limit)
        except PackageDamaged:
            body = b""
        if sha256_hex(body) != seal.sha256:
            raise ReportChanged()
        return body

    def window(self, name: str) -> BinaryIO | None:
        """A file beside the tables to be read in steps, which its reader checks against its hash."""
        return open_entry(self._source, self._entry(name)) if self.descriptor.file(name) else None

    def _entry(self, name: str) -> Entry:
        entry = self._package.entry(name)
        assert entry is not None, "a verified report holds every file that it lists"
        return entry


class _Hashed:
    """A table that is hashed while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._sha256 = hashlib.sha256()

    def read(self, size: int) -> bytes:
        step = self._source.read(size)
        self._sha256.update(step)
        return step

    def rest(self) -> str:
        """SHA-256 (hex) of the whole, what was not asked for included."""
        while self.read(STEP_BYTES):
            pass
        return self._sha256.hexdigest()


class UnverifiedContent:
    """What can safely be read of a file that is not verified: to be shown under a heading that says so."""

    def __init__(self, source: BinaryIO, package: Package, descriptor: Descriptor | None) -> None:
        self._source = source
        self._package = package
        self.header = descriptor.header if descriptor is not None else None
        claimed = descriptor.artist_console.tables if descriptor is not None else {}
        self.tables: Mapping[str, TableInfo] = {  # sizes as they are found, rows as the file claims
            name: TableInfo(claimed[name].rows if name in claimed else 0, 0, entry.size, "")
            for name in TABLES
            if (entry := package.entry(table_path(name))) is not None
        }

    def each(self, kind: str) -> Iterator[Any]:
        """The rows that can be read, as a stream; what cannot is left out. Never raises for content."""
        return (row for row in self._rows(kind) if not isinstance(row, RowFault))

    def rows(self, kind: str, limit: int) -> tuple[tuple[Any, ...], tuple[RowFault, ...]]:
        """At most `limit` rows that can be read, and what is wrong with the others met on the way.

        No more than as many faults.
        """
        rows: list[Any] = []
        faults: list[RowFault] = []
        for found in self._rows(kind):
            (faults if isinstance(found, RowFault) else rows).append(found)
            if limit in (len(rows), len(faults)):
                break
        return tuple(rows), tuple(faults)

    def _rows(self, kind: str) -> Iterator[Any]:
        path = table_path(kind)
        entry = self._package.entry(path)
        if kind not in self.tables or entry is None:
            return
        codec = codec_of(kind)
        line = 1
        try:
            head, records = head_and_records(open_entry(self._source, entry))
            if head != codec.head():
                raise MalformedTable(1, "the columns are not those of this table")
            for line, record in enumerate(records, start=2):
                try:
                    yield codec.row(record)
                except MalformedRow as error:
                    yield RowFault(path, line, str(error))
        except MalformedTable as error:
            yield RowFault(path, error.line, error.why)
