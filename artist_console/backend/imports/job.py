"""What every import is given and gives back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from artist_console.domain.ids import AccountId, ArtistId
from artist_console.formats.incoming import RowNote
from artist_console.formats.wire import RowNoteWire

Progress = Callable[[int, int | None], None]  # rows read, rows in all; raises where the job is to stop

MAX_NOTES = 1_000  # more are counted, not listed


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be taken over. `currency`, `month` and `issuer` are for statements that do not say."""

    account: AccountId
    file_name: str
    data: bytes
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
    columns: tuple[tuple[str, str], ...] = ()  # field of a catalogue table and its column, where said
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


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
