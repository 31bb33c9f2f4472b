"""What every import is given and gives back."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from artist_console.domain.ids import AccountId, ArtistId, StatementId
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import StatementLevel
from artist_console.formats.encoding import decode, encode
from artist_console.formats.incoming import RowNote
from artist_console.formats.wire import RowNoteWire

Progress = Callable[[int, int | None], None]  # rows read, rows in all; raises where the job is to stop

MAX_NOTES = 1_000  # more are counted, not listed


# Of readers that take a file whole.
WHOLE_FILE_BYTES = 256 * 1024 * 1024


class Content(Protocol):
    """A file that was brought in."""

    @property
    def size(self) -> int: ...
    def open(self) -> BinaryIO:
        """From its beginning, to be read anywhere. Close it."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """A small file."""

    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be taken over. `currency`, `month` and `issuer` are for statements that do not say."""

    account: AccountId
    file_name: str
    content: Content
    at: datetime
    new_id: Callable[[], str]
    artist: ArtistId | None = None
    artist_name: str = ""
    currency: str = ""
    issuer: str = ""
    month: str = ""
    name: str = ""  # of a list, where the file's own name says too little
    within: frozenset[ArtistId] = frozenset()  # artists by whose mandate the account may bring in such a file
    take_artists: tuple[str, ...] = ()  # names in a catalogue that are artists of this account, new or not
    also_called: tuple[str, ...] = ()  # names in a catalogue that are other spellings of `artist`
    columns: tuple[tuple[str, str], ...] = ()  # field of a table and its column, where said
    publisher: str = ""  # of a list, where the person says
    version: str = ""  # of a list
    obtained_from: str = ""  # of a list: address or words
    level: StatementLevel | None = None  # of a statement, where the person says: whose money it is
    numbers: str = ""  # the same: "point" or "comma"
    days: str = ""  # the same: "day_first" or "month_first"
    delimiter: str = ""  # the same: one sign between the cells
    encoding: str = ""  # the same: name of the encoding
    header_row: int | None = None  # the same: counted from 1
    replaces: StatementId | None = None  # the statement in whose place this one comes, where the person says
    sha256: str = ""  # of the file as it came; known when its job begins

    @property
    def size(self) -> int:
        return self.content.size

    def open(self) -> BinaryIO:
        """The file as it came, from its beginning, to be read anywhere. Close it."""
        return self.content.open()

    def read(self, limit: int = WHOLE_FILE_BYTES) -> bytes:
        """The whole file. Raises InputProblem where it has more than `limit` bytes."""
        if self.size > limit:
            raise InputProblem(
                "“{file}” is larger than the {limit} MB that are read of such a file at most",
                "Split it, and bring in one part after the other",
                file=self.file_name,
                limit=max(1, limit // 1_000_000),
            )
        with self.open() as file:
            return file.read()


@dataclass(frozen=True, slots=True)
class OrderKept:
    """An order as it is written down, for a job that goes on after a restart: all but the file."""

    account: AccountId
    file_name: str
    at: datetime
    artist: ArtistId | None = None
    artist_name: str = ""
    currency: str = ""
    issuer: str = ""
    month: str = ""
    name: str = ""
    within: tuple[ArtistId, ...] = ()
    take_artists: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    publisher: str = ""
    version: str = ""
    obtained_from: str = ""
    level: StatementLevel | None = None
    numbers: str = ""
    days: str = ""
    delimiter: str = ""
    encoding: str = ""
    header_row: int | None = None
    replaces: StatementId | None = None


def kept_order(order: Order) -> bytes:
    given: dict[str, Any] = {each.name: getattr(order, each.name) for each in fields(OrderKept)}
    return encode(OrderKept(**{**given, "within": tuple(sorted(order.within))}))


def order_again(kept: bytes, content: Content, new_id: Callable[[], str]) -> Order:
    """The order that was written down. Raises MalformedMessage."""
    read = decode(OrderKept, kept)
    given: dict[str, Any] = {each.name: getattr(read, each.name) for each in fields(OrderKept)}
    return Order(content=content, new_id=new_id, **{**given, "within": frozenset(read.within)})


@dataclass(slots=True)
class Result:
    """What came of it."""

    rows_read: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[RowNoteWire] = field(default_factory=list)

    def count(self, name: str, by: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + by

    def note(self, row: int, field: str, what: str, severity: str) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append(RowNoteWire(row, field, what, severity))
        else:
            self.count("notes_not_listed")

    def first_reason(self) -> str:
        """Why the first row that was left out was, in brackets; empty where none was."""
        found = next((note for note in self.notes if note.severity == "rejected"), None)
        if found is None:
            return ""
        place = f"row {found.row}" + (f", {found.field}" if found.field else "")
        return f" ({place}: {found.what.removeprefix('Left out: ').rstrip('.')})"

    def take_notes(self, notes: Iterable[RowNote], warnings: Iterable[str]) -> None:
        """Notes of a reader; a warning about the whole file has row 0."""
        for warning in warnings:
            self.note(0, "", warning, "warning")
        for note in notes:
            self.note(note.row, note.field, note.what, note.severity.value)


def stable_id(*parts: object) -> str:
    """The same id for the same thing: what is brought in twice finds itself."""
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()[:32]
