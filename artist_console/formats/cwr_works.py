"""One transaction of a CWR file -> the song, what was registered of it, and the recordings that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from artist_console.domain.identifiers import Read, read_ipi_name, read_isrc, read_iswc, read_upc
from artist_console.domain.parties import SPLIT_TOLERANCE_BP, WHOLE_BP
from artist_console.domain.registrations import NEEDS_A_LOOK, STATUS_WORDS
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import RegisteredShare, Registration, WorkIdentifier

from .cwr_records import (
    COLLECTING,
    MESSAGE_KINDS,
    PUBLISHER_ROLES,
    SOCIETIES,
    WORK_RECORDS,
    WRITER_ROLES,
    Record,
    society_name,
)
from .incoming import CatalogueRow, Credit, RowNote, Severity, SongRow, Writer

_RIGHTS = ("performing", "mechanical", "synchronisation")
_DURATION = re.compile(r"(\d\d)([0-5]\d)([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who made the file."""

    name: str
    society: str  # as CISAC's codes name it; empty where it is none
    header: Record

    @classmethod
    def of(cls, header: Record) -> Sender:
        name = header.get("sender_name")
        code = header.get("sender_id")[-3:]
        is_society = header.get("sender_type") == "SO"
        return cls(name, SOCIETIES.get(code, name) if is_society else "", header)


def rows_of(records: Sequence[Record], sender: Sender, notes: list[RowNote]) -> list[CatalogueRow]:
    """The song of a transaction and its recordings; empty for what is no song of the sender's.

    What is wrong with a line is added to `notes`.
    """
    first = records[0]
    if first.type == "AGR":
        return []
    if first.type == "EXC":
        what = (
            f"“{first.get('title')}” is somebody else's song that yours is in conflict with; not taken over."
        )
        notes.append(RowNote(first.number, "EXC", what, Severity.REJECTED))
        return []
    return _Song(records, sender, notes).rows()


@dataclass(slots=True)
class _Party:
    """A writer or publisher of the song, with the record that names them."""

    record: Record
    name: str
    role: str
    ipi: str
    controlled: bool
    shares: tuple[int | None, ...]  # of each of the rights
    publishers: list[str] = field(default_factory=list)


class _Song:
    """One transaction being read."""

    def __init__(self, records: Sequence[Record], sender: Sender, notes: list[RowNote]) -> None:
        self._sender = sender
        self._notes = notes
        self._ack = records[0] if records[0].type == "ACK" else None
        conflict = next((n for n, r in enumerate(records) if n and r.type == "EXC"), len(records))
        self._records = records[:conflict]
        self._conflict = records[conflict:]
        self._head = next((r for r in self._records if r.type in WORK_RECORDS), None)
        self._writers: list[_Party] = []
        self._publishers: list[_Party] = []
        for record in self._records:
            if record.type in ("SPU", "OPU"):
                self._publishers.append(self._publisher(record))
            elif record.type in ("SWR", "OWR"):
                self._writers.append(self._writer(record))
            elif record.type == "PWR":
                self._published(record)
            elif record.type in COLLECTING:
                self._check_collecting(record)

    def rows(self) -> list[CatalogueRow]:
        opening = self._records[0]
        title = self._said("title")
        if not title:
            what = "The registration names no title, so nothing of it was used."
            self._notes.append(RowNote(opening.number, "title", what, Severity.REJECTED))
            return []
        iswc = self._iswc()
        song = SongRow(title, iswc, self._named_writers(), self._identifiers())
        performers = self._performers()
        self._check_totals(title)
        self._tell_parts(title)
        row = CatalogueRow(
            row=opening.number,
            kind=WorkKind.COMPOSITION,
            title=title,
            artists=(),
            identifier=iswc,
            duration_s=_duration(self._head.raw("duration")) if self._head else None,
            aliases=self._aliases(title),
            songs=(song,),
            credits=tuple(Credit(name, "performer") for name in performers),
            other_identifiers=song.other_identifiers,
            shares=self._shares(),
            registrations=self._registrations(title),
            artist_identifiers=tuple((p.name, "ipi", p.ipi) for p in self._writers if p.name and p.ipi),
        )
        found = [self._recording(r, song, performers) for r in self._records if r.type == "REC"]
        return [row, *(each for each in found if each is not None), *self._referred(song)]

    def _said(self, name: str) -> str:
        """A field of the registration, else of the answer to it."""
        told = self._head.get(name) if self._head is not None else ""
        return told or (self._ack.get(name) if self._ack is not None else "")

    def _note(self, record: Record, name: str, what: str) -> None:
        self._notes.append(RowNote(record.number, name, what, Severity.WARNING))

    def _value(self, record: Record, name: str, read: Read) -> str:
        if read.reason or read.warning:
            self._note(record, name, read.reason or read.warning)
        return read.value

    # -- people

    def _publisher(self, record: Record) -> _Party:
        type = record.get("type")
        role = PUBLISHER_ROLES.get(type, "publisher")
        if type and type not in PUBLISHER_ROLES:
            self._note(record, "type", f"“{type}” is no kind of publisher in CWR; read as publisher.")
        ipi = self._value(record, "ipi", read_ipi_name(record.get("ipi")))
        return _Party(record, record.get("name"), role, ipi, record.type == "SPU", self._shares_in(record))

    def _writer(self, record: Record) -> _Party:
        code = record.get("role")
        if code and code not in WRITER_ROLES:
            self._note(record, "role", f"“{code}” is no role of a writer in CWR; read as writer.")
        name = _person(record.get("last_name"), record.get("first_name"))
        ipi = self._value(record, "ipi", read_ipi_name(record.get("ipi")))
        role = WRITER_ROLES.get(code, "writer")
        return _Party(record, name, role, ipi, record.type == "SWR", self._shares_in(record))

    def _published(self, record: Record) -> None:
        """Who publishes the writer that the line names, else the one before it."""
        there = {p.record.get("party"): p for p in self._writers if p.record.get("party")}
        writer = there.get(record.get("writer")) or (self._writers[-1] if self._writers else None)
        known = {p.record.get("party"): p.name for p in self._publishers}
        name = record.get("name") or known.get(record.get("publisher"), "")
        if writer is None:
            self._note(
                record, "PWR", "The line names the publisher of a writer, and no writer stands before."
            )
        elif name and name not in writer.publishers:
            writer.publishers.append(name)

    def _named_writers(self) -> tuple[Writer, ...]:
        return tuple(dict.fromkeys(Writer(p.name, p.role, p.ipi) for p in self._writers if p.name))

    def _performers(self) -> tuple[str, ...]:
        names = [
            _person(record.get("last_name"), record.get("first_name"))
            for record in self._records
            if record.type == "PER"
        ]
        return tuple(dict.fromkeys(filter(None, names)))

    # -- shares

    def _check_collecting(self, record: Record) -> None:
        """Who collects where is not kept; what makes no sense in it is told all the same."""
        shares = self._shares_in(record)
        if record.get("included") == "E" and any(shares):
            what = f"Territory {record.get('territory')} is left out and has a share at once."
            self._note(record, "included", what)

    def _shares(self) -> tuple[RegisteredShare, ...]:
        shares = []
        without: set[tuple[str, str]] = set()
        for party in (*self._writers, *self._publishers):
            performing, mechanical, synchronisation = party.shares
            if not any(party.shares):
                if not party.name or (party.name, party.role) in without:
                    continue  # somebody unknown with nothing, or a sub-publisher of several others
                without.add((party.name, party.role))
            of_writer = party.record.type in ("SWR", "OWR")
            shares.append(
                RegisteredShare(
                    party.name or ("Unknown writer" if of_writer else "Unknown publisher"),
                    party.role,
                    party.ipi,
                    performing,
                    mechanical,
                    synchronisation,
                    party.controlled,
                    ", ".join(party.publishers),
                )
            )
        return tuple(shares)

    def _shares_in(self, record: Record) -> tuple[int | None, ...]:
        """In basis points; None where the line states none, or none that can be read, which is told."""
        return tuple(self._share(record, right) for right in _RIGHTS)

    def _share(self, record: Record, right: str) -> int | None:
        text = record.raw(right)
        if len(text) == 5 and text.isascii() and text.isdigit() and (bp := int(text)) <= WHOLE_BP:
            return bp
        if text.strip():
            self._note(record, right, f"“{text.strip()}” is no share; 05000 stands for 50 %.")
        return None

    def _check_totals(self, title: str) -> None:
        parties = (*self._writers, *self._publishers)
        for place, right in enumerate(_RIGHTS):
            total = sum(party.shares[place] or 0 for party in parties)
            if total and abs(total - WHOLE_BP) > SPLIT_TOLERANCE_BP:
                percent = f"{Decimal(total) / 100:f}".rstrip("0").rstrip(".") if total % 100 else total // 100
                what = f"The {right} shares of “{title}” add up to {percent} %, not to 100 %."
                self._note(self._head or self._records[0], right, what)

    # -- numbers and answers

    def _iswc(self) -> str:
        record = self._head
        if record is not None and record.get("iswc"):
            return self._value(record, "iswc", read_iswc(record.get("iswc")))
        for record in self._records:
            if record.type == "XRF" and record.get("organisation") == "ISW":
                return self._value(record, "identifier", read_iswc(record.get("identifier")))
        return ""

    def _submitter(self) -> str:
        """Who registered: the sender, or in a society's answer the publisher whose song it is."""
        if not self._sender.society:
            return self._sender.name
        return next((p.name for p in self._publishers if p.controlled and p.role == "publisher"), "")

    def _identifiers(self) -> tuple[WorkIdentifier, ...]:
        found = []
        number = self._said("submitter_work")
        if number:
            found.append(WorkIdentifier("submitter", number, self._submitter()))
        if self._ack is not None and self._ack.get("recipient_work"):
            found.append(WorkIdentifier("society", self._ack.get("recipient_work"), self._sender.society))
        for record in self._records:
            if record.type == "XRF" and record.get("type") in ("W", ""):
                identifier = self._referring(record)
                if identifier is not None:
                    found.append(identifier)
        return tuple(dict.fromkeys(found))

    def _referring(self, record: Record) -> WorkIdentifier | None:
        organisation, number = record.get("organisation"), record.get("identifier")
        if not number or organisation in ("ISW", "ISR"):
            return None
        if record.get("validity") in ("N", "U"):
            what = f"{society_name(organisation)} says that its number {number} is not this song's; not kept."
            self._note(record, "identifier", what)
            return None
        return WorkIdentifier("society", number, society_name(organisation))

    def _registrations(self, title: str) -> tuple[Registration, ...]:
        number = self._said("submitter_work")
        if self._ack is None:
            if self._head is None or self._head.type == "ISW":
                return ()
            return (
                Registration(
                    self._submitter(),
                    number,
                    on=self._sender.header.date("created_on"),
                    row=self._head.number,
                ),
            )
        status = self._ack.get("status")
        if status in NEEDS_A_LOOK:
            who = self._sender.society or "The society"
            self._note(self._ack, "status", f"{who} says of “{title}”: {STATUS_WORDS[status]}.")
        elif status not in STATUS_WORDS:
            self._note(self._ack, "status", f"“{status}” is no answer that CWR has; kept as it is.")
        return (
            Registration(
                self._submitter(),
                number,
                self._sender.society,
                self._ack.get("recipient_work"),
                status,
                self._ack.date("on"),
                self._messages(),
                row=self._ack.number,
            ),
        )

    def _messages(self) -> tuple[str, ...]:
        told = []
        for record in self._records:
            if record.type == "MSG" and record.get("text"):
                kind = MESSAGE_KINDS.get(record.get("type"), "message")
                told.append(f"{kind.capitalize()} ({record.get('record')}): {record.get('text')}")
        for record in self._conflict:
            if record.type == "EXC":
                told.append(f"In conflict with “{record.get('title')}” ({record.get('submitter_work')})")
        return tuple(dict.fromkeys(told))

    # -- titles, parts and recordings

    def _aliases(self, title: str) -> tuple[str, ...]:
        titles = [r.get("title") for r in self._records if r.type in ("ALT", "NAT")]
        return tuple(each for each in dict.fromkeys(titles) if each and each != title)

    def _tell_parts(self, title: str) -> None:
        parts = [r for r in self._records if r.type == "COM" and r.get("title")]
        if parts:
            named = ", ".join(f"“{r.get('title')}”" for r in parts)
            what = f"“{title}” is put together from {named}; these are not taken as songs of their own."
            self._note(parts[0], "COM", what)
        for record in self._records:
            if record.type in ("VER", "EWT") and record.get("title") not in ("", title):
                relation = "a version" if record.type == "VER" else "a part"
                self._note(record, record.type, f"“{title}” is {relation} of “{record.get('title')}”.")

    def _recording(self, record: Record, song: SongRow, performers: tuple[str, ...]) -> CatalogueRow | None:
        """A recording that can be told apart: by its ISRC, or by title and artist of its own (2.2)."""
        validity = record.get("validity")
        isrc = self._value(record, "isrc", read_isrc(record.get("isrc"))) if validity != "N" else ""
        if not isrc and not (record.get("title") and record.get("artist")):
            return None
        if validity == "U":
            what = (
                f"The recording {isrc or record.get('title')} is said not to be of this song; not taken over."
            )
            self._note(record, "validity", what)
            return None
        number = record.get("submitter_recording")
        issuer = self._submitter()
        return CatalogueRow(
            row=record.number,
            kind=WorkKind.RECORDING,
            title=record.get("title") or song.title,
            artists=(record.get("artist"),) if record.get("artist") else performers,
            version=record.get("version"),
            identifier=isrc,
            release_title=record.get("album"),
            upc=self._value(record, "ean", read_upc(record.get("ean"))),
            label=record.get("label") or record.get("album_label"),
            duration_s=_duration(record.raw("duration")),
            released_on=record.date("released_on"),
            songs=(song,),
            other_identifiers=(WorkIdentifier("submitter", number, issuer),) if number else (),
        )

    def _referred(self, song: SongRow) -> list[CatalogueRow]:
        """Recordings that a cross reference names by ISRC alone."""
        found = []
        for record in self._records:
            if record.type == "XRF" and record.get("organisation") == "ISR" and record.get("validity") == "Y":
                isrc = self._value(record, "identifier", read_isrc(record.get("identifier")))
                if isrc:
                    found.append(
                        CatalogueRow(
                            record.number, WorkKind.RECORDING, song.title, (), identifier=isrc, songs=(song,)
                        )
                    )
        return found


def _person(last: str, first: str) -> str:
    """ "LOW", "JO" and "LOW, JO" are both "JO LOW"."""
    if not first and last.count(",") == 1:
        last, first = (part.strip() for part in last.split(","))
    return f"{first} {last}".strip()


def _duration(text: str) -> Decimal | None:
    """HHMMSS; None for zeros and for what is no duration."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = map(int, found.groups())
    return Decimal(hours * 3600 + minutes * 60 + seconds) or None
