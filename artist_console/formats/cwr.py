"""CISAC Common Works Registration 2.1 and 2.2 -> rows of a catalogue: songs, and the recordings they name.

Here: the header, the groups and their counts, and the lines put together as transactions. What a transaction
says of a song is read by `cwr_works`, where fields stand is in `cwr_records`. A fault is told and what can be
kept is kept; a file without its last line is refused as a whole. Version 3 is recognised and not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from artist_console.domain.problems import InputProblem

from .cwr_records import KNOWN, NATIONAL, NATIONAL_TITLES, OPENING, SHORTEST, Record
from .cwr_works import Sender, rows_of
from .incoming import ReadCatalogue, RowNote, Severity
from .tables import decode, unpack

_HEADER_2 = re.compile(r"HDR[A-Z0-9 ]{11}.{45}\d\d\.\d\d")
_HEADER_3 = re.compile(r"HDR.{40,80}\d{22}.{15}3\.\d")
_VERSIONS = {"02.00": "2.0", "02.10": "2.1", "02.20": "2.2"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")


def is_cwr(start: str) -> bool:
    """Whether a text begins as a CWR file of version 2 or 3 does."""
    return bool(_HEADER_2.match(start) or _HEADER_3.match(start))


def read_cwr(data: bytes, file_name: str) -> ReadCatalogue:
    """Read a registration (NWR, REV), a notification (ISW) or an acknowledgement (ACK), zipped or not.

    Raises InputProblem when the file is no CWR 2.1 or 2.2, ends early, or names no song.
    """
    unpacked = unpack(data, file_name)
    decoded = decode(unpacked.data, file_name)
    records = [
        Record.of(number, line.rstrip(" \x1a"))
        for number, line in enumerate(re.split(r"\r\n|\r|\n", decoded.text), 1)
        if line.strip(" \t\x1a")
    ]
    _check_header(records, file_name)
    file = _File()
    for record in records:
        file.take(record)
    _check_whole(file, file_name)
    sender = Sender.of(records[0])
    rows = [row for transaction in file.transactions for row in rows_of(transaction, sender, file.notes)]
    if not rows:
        raise InputProblem(
            "“{file}” is a CWR file that names no song",
            "Ask for the file with the registrations (NWR, REV) or their acknowledgements (ACK).",
            file=file_name,
        )
    version = max(file.versions, default="2.1")
    return ReadCatalogue(
        f"cwr-{version.replace('.', '')}",
        tuple(rows),
        _each_once(file.notes),
        unpacked.sha256,
        (*decoded.warnings, *file.warnings(records[0])),
        sender.name,
        names_own=False,
        created_on=records[0].date("created_on"),
    )


def _each_once(notes: list[RowNote]) -> tuple[RowNote, ...]:
    """In the order of the lines. A number that is wrong in every registration is told of the first."""
    told: dict[object, RowNote] = {}
    for note in sorted(notes, key=lambda note: note.row):
        told.setdefault((note.what, None if note.field == "ipi" else note.row), note)
    return tuple(told.values())


def _check_header(records: list[Record], file_name: str) -> None:
    first = records[0].line if records else ""
    later = next((r for r in records if r.type == "GRH" and r.get("version").startswith("03.")), None)
    if _HEADER_3.match(first) or later is not None:
        raise InputProblem(
            "“{file}” is a CWR file of version 3, which is not read here",
            "Ask for it in CWR 2.1 or 2.2 (a file that ends in .V21 or .V22).",
            file=file_name,
        )
    if not _HEADER_2.match(first.ljust(64)):
        raise InputProblem(
            "“{file}” is not a CWR file: its first line is no header (HDR)",
            "Ask for the registration as CWR 2.1 or 2.2, a file that ends in .V21 or .V22.",
            file=file_name,
        )


def _check_whole(file: _File, file_name: str) -> None:
    if not file.is_closed:
        raise InputProblem(
            "“{file}” ends early: its closing line (TRL) is missing, so nothing of it was used",
            "Download it again, or ask the sender for a new copy.",
            file=file_name,
        )


@dataclass(slots=True)
class _Group:
    opened: Record
    transactions: int = 0
    records: int = 1
    kinds: dict[str, None] = field(default_factory=dict)
    next_transaction: int = 0


@dataclass(slots=True)
class _File:
    """A file line by line: its groups, its transactions, and what does not fit."""

    transactions: list[list[Record]] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)
    is_closed: bool = False
    _group: _Group | None = None
    _groups: int = 0
    _records: int = 0
    _counted: int = 0
    _after: int = 0  # lines behind the last one
    _next: int = 0  # number that the next record of the transaction has
    _out_of_order: bool = False  # told once in each transaction
    _unknown: dict[str, list[int]] = field(default_factory=dict)
    _foreign: list[int] = field(default_factory=list)

    def take(self, record: Record) -> None:
        if self.is_closed:
            self._after += 1
            return
        self._records += 1
        if record.type not in ("GRH", "GRT", "TRL", "HDR") and self._group is not None:
            self._group.records += 1
        match record.type:
            case "HDR":
                if self._records > 1:
                    self._note(record, "A second header (HDR) stands inside the file.")
            case "GRH":
                self._open_group(record)
            case "GRT":
                self._close_group(record)
            case "TRL":
                self._close(record)
            case _:
                self._detail(record)

    def warnings(self, header: Record) -> tuple[str, ...]:
        """About the file as a whole."""
        told = []
        for type, lines in self._unknown.items():
            count = f"{len(lines)} lines are" if len(lines) > 1 else "1 line is"
            told.append(
                f"{count} of a kind that CWR 2 does not have (“{type}”, first in line {lines[0]}); not read."
            )
        if self._foreign and not header.get("character_set"):
            count = f"{len(self._foreign)} lines hold" if len(self._foreign) > 1 else "1 line holds"
            told.append(
                f"{count} letters that CWR keeps for national titles and names (first in line"
                f" {self._foreign[0]}); kept as they are."
            )
        if self._after:
            count = f"{self._after:,} lines" if self._after > 1 else "1 line"
            were = "were" if self._after > 1 else "was"
            told.append(f"{count} after the closing line (TRL) {were} not read.")
        return tuple(told)

    def _note(self, record: Record, what: str, field: str = "") -> None:
        self.notes.append(RowNote(record.number, field or record.type, what, Severity.WARNING))

    # -- the envelope

    def _open_group(self, record: Record) -> None:
        if self._group is not None:
            self._note(record, "The group before has no closing line (GRT).")
        self._groups += 1
        self._group = _Group(record)
        version = record.get("version")
        if version in _VERSIONS:
            self.versions.add(_VERSIONS[version])
        else:
            self._note(record, f"“{version}” is no version of CWR that was tried here; check what was read.")

    def _close_group(self, record: Record) -> None:
        group, self._group = self._group, None
        if group is None:
            self._note(record, "A group is closed here (GRT) that was never opened.")
            return
        self._compare(record, "transactions", group.transactions, "transactions", "group")
        self._compare(record, "records", group.records + 1, "lines", "group")
        announced = group.opened.get("transaction")
        others = [kind for kind in group.kinds if kind != announced]
        if others:
            what = f"The group is announced as {announced} and holds {' and '.join(others)}."
            self._note(group.opened, what)

    def _close(self, record: Record) -> None:
        if self._group is not None:
            self._note(record, "The group before has no closing line (GRT).")
        self.is_closed = True
        self._compare(record, "groups", self._groups, "groups", "file")
        self._compare(record, "transactions", self._counted, "transactions", "file")
        self._compare(record, "records", self._records, "lines", "file")

    def _compare(self, record: Record, field: str, found: int, what: str, of: str) -> None:
        """Counts that the file states must be those that are there; else lines were lost or added."""
        said = record.count(field)
        if said is None:
            self._note(record, f"The closing line of the {of} has no count of its {what}; {found} are here.")
        elif said != found:
            self._note(record, f"The closing line of the {of} counts {said} {what}; {found} are here.")

    # -- transactions

    def _detail(self, record: Record) -> None:
        if record.type not in KNOWN:
            self._unknown.setdefault(record.type[:3], []).append(record.number)
            return
        record = self._cleaned(record)
        if record.type in OPENING and not self._belongs(record):
            self._open(record)
        elif not self.transactions:
            self._note(record, "The line stands before any registration; not read.")
            return
        else:
            self.transactions[-1].append(record)
        self._check_place(record)
        shortest = SHORTEST.get(record.type, 0)
        if len(record.line) < shortest:
            what = (
                f"The line ends after {len(record.line)} characters, before what a {record.type} has to say."
            )
            self._note(record, what)

    def _belongs(self, record: Record) -> bool:
        """Whether a record that can begin a transaction is the copy of a registration inside an answer."""
        if not self.transactions or record.type == "ACK":
            return False
        first = self.transactions[-1][0]
        return first.type == "ACK" and first.transaction == record.transaction and record.place != 0

    def _open(self, record: Record) -> None:
        self.transactions.append([record])
        self._counted += 1
        self._next, self._out_of_order = 0, False
        group = self._group
        if group is None:
            self._note(record, "The transaction stands outside any group.")
            return
        group.transactions += 1
        group.kinds[record.type] = None
        if record.transaction != group.next_transaction:
            said = "none" if record.transaction is None else record.transaction
            self._note(record, f"The transaction has number {said}; {group.next_transaction} would be next.")
        if record.transaction is None or record.transaction >= group.next_transaction:
            group.next_transaction = (record.transaction or group.next_transaction) + 1

    def _check_place(self, record: Record) -> None:
        if record.place != self._next and not self._out_of_order:
            self._out_of_order = True
            said = "none" if record.place is None else record.place
            self._note(record, f"The line has number {said} in its transaction; {self._next} would be next.")
        self._next += 1

    def _cleaned(self, record: Record) -> Record:
        if record.line.isascii() and not _CONTROL.search(record.line):
            return record
        national = record.type in NATIONAL or (record.type == "ALT" and record.get("type") in NATIONAL_TITLES)
        if not record.line.isascii() and not national:
            self._foreign.append(record.number)
        if _CONTROL.search(record.line):
            self._note(record, "The line holds characters that no text has; they are read as spaces.")
            return Record.of(record.number, _CONTROL.sub(" ", record.line))
        return record
