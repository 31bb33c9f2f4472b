"""The tables of a report as rows: read when they are asked for, in steps, and checked against their hash.

A table is read as a stream; `rows` keeps what it has read. `Report` is of a report that passed its
verification and raises where the file has changed since; `UnverifiedContent` gives what can be read of any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from artist_console.domain.facts import FactBook
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import Line, Statement

from .data_package import Descriptor
from .report_content import ReportContent, ReportHeader, RowFault


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
    """A report that is unchanged since it was signed, and the open file that its rows are read from."""

    @property
    def header(self) -> ReportHeader:
        """Of a redacted copy: the original's."""
        raise NotImplementedError

    @property
    def descriptor(self) -> Descriptor:
        """Of the file itself, also of a redacted copy."""
        raise NotImplementedError

    @property
    def sha256(self) -> str:
        """Of the descriptor: the hash of the report."""
        raise NotImplementedError

    @property
    def tables(self) -> Mapping[str, TableInfo]:
        """By kind, `overview` among them, in the order of the package."""
        raise NotImplementedError

    def rows(self, kind: str) -> tuple[Any, ...]:
        """All rows of one kind, kept once read; none where there is no such table. Not for `lines`.

        Raises ReportChanged; MalformedRow where the signer wrote what this version cannot read.
        """
        raise NotImplementedError

    def each(self, kind: str) -> Iterator[Any]:
        """The same as a stream, of any kind. ReportChanged may be raised at its end, MalformedRow before."""
        raise NotImplementedError

    def records(self, kind: str, limit: int | None = None) -> Iterator[bytes]:
        """The raw records of a table without its head, in order: see `records.head_and_records`."""
        raise NotImplementedError

    def lines_of(self, statement: Statement) -> Iterator[Line]:
        """The lines of one statement as a stream; one pass over the table until they end."""
        raise NotImplementedError

    def content(self) -> ReportContent:
        """All rows but `lines`, as whoever wrote the report had them."""
        raise NotImplementedError

    def facts(self) -> FactBook:
        """The report's own rows, for the permission rule."""
        return self.content().facts()

    def file(self, name: str, limit: int) -> bytes | None:
        """A file beside the tables of at most `limit` bytes, checked. Raises ReportChanged."""
        raise NotImplementedError


class UnverifiedContent:
    """What can safely be read of a file that is not verified: to be shown under a heading that says so."""

    @property
    def header(self) -> ReportHeader | None:
        raise NotImplementedError

    @property
    def tables(self) -> Mapping[str, TableInfo]:
        """The tables that are in the file; sizes as they are found, rows as the file claims."""
        raise NotImplementedError

    def each(self, kind: str) -> Iterator[Any]:
        """The rows that can be read, as a stream; what cannot is left out. Never raises for content."""
        raise NotImplementedError

    def rows(self, kind: str, limit: int) -> tuple[tuple[Any, ...], tuple[RowFault, ...]]:
        """At most `limit` rows that can be read, and what is wrong with the others met on the way."""
        raise NotImplementedError
