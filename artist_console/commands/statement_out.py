"""A statement as a file for others: CSV, XLSX and DSR with every line, or PDF for reading.

Lines are read and written as a stream, so that millions of them need no more memory than a few thousand.
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from artist_console.commands.console import Console
from artist_console.commands.names import party_name, programme_name, work_title
from artist_console.commands.paper import Paper
from artist_console.commands.statement_paper import period_paper, statement_facts, statement_paper
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.parties import Party
from artist_console.domain.phrases import period_in_words
from artist_console.domain.problems import FileProblem, InputProblem, UnknownThing
from artist_console.domain.statements import Line, Statement
from artist_console.formats import dsr_out, table_streams_out
from artist_console.formats.statement_table_out import COLUMNS, FACT_COLUMNS, NamedLine, fact_rows, rows
from artist_console.formats.table_out import MOST_ROWS, check_rows
from artist_console.formats.table_streams_out import SheetRows
from artist_console.host.files import replacing, write_atomic
from artist_console.store import inclusions, mirror
from artist_console.store import statements as stored

_TOLD_EACH = 2_000  # lines after which it is told how far the work is

Draw = Callable[[Paper], bytes]
Told = Callable[[int, int], None]  # lines done, of all; raises what stops the work


class OutFormat(Enum):
    """What a statement is written as; the value is the ending of the file."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    DSR = "tsv"


class NoSuchFormat(InputProblem):
    title_template = "A statement is written as .xlsx, .csv, .pdf or .tsv (DSR), and {name} ends in none"
    advice_template = "Give the file one of these endings"


class LinesNotHere(InputProblem):
    title_template = "Not all lines of this statement are here"
    advice_template = "Sync first. Nothing was written: a file with a part of them would look whole"


class FileThere(FileProblem):
    title_template = "There is already a file {name}"
    advice_template = "Choose another name, or say that it may be replaced"


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """What was written, and how many lines it holds; a PDF adds them up."""

    path: Path
    format: OutFormat
    lines: int


def format_of(name: str) -> OutFormat | None:
    """By the ending of a file's name; None for any other."""
    ending = name.rpartition(".")[2].casefold()
    return next((each for each in OutFormat if each.value == ending), None)


def _nobody(_done: int, _of: int) -> None:
    """Nobody wants to know."""


def export_statement(
    console: Console,
    id: StatementId,
    path: Path,
    draw: Draw,
    *,
    format: OutFormat | None = None,
    may_replace: bool = True,
    told: Told = _nobody,
) -> WrittenStatement:
    """Write a statement; the format is that of the file's ending unless it is named.

    A file that is there is replaced whole, or stays as it was. Raises UnknownThing, NoSuchFormat,
    LinesNotHere, TableTooLong, FileThere and FileProblem.
    """
    chosen = format or format_of(path.name)
    if chosen is None:
        raise NoSuchFormat(name=path.name)
    statement = the_statement(console, id)
    if not may_replace and path.exists():
        raise FileThere(name=path.name)
    if chosen is OutFormat.PDF:
        write_atomic(path, draw(statement_paper(console, id)), mode=0o644)
        return WrittenStatement(path, chosen, statement.line_count)
    if not stored.is_complete(console.store, id):
        raise LinesNotHere
    if chosen is OutFormat.XLSX:
        check_rows(statement.line_count)
    source = _Lines(console, statement, told)
    with replacing(path, mode=0o644) as out:
        match chosen:
            case OutFormat.CSV:
                table_streams_out.write_csv(out, _sheet(source))
            case OutFormat.XLSX:
                _write_xlsx(console, out, statement, source, path.parent)
            case _:
                dsr_out.write_dsr(out, _dsr_head(console, statement, source), source.named)
    return WrittenStatement(path, chosen, source.done)


def export_period(
    console: Console,
    artist: ArtistId,
    since: date,
    until: date,
    path: Path,
    draw: Draw,
    *,
    may_replace: bool = True,
) -> WrittenStatement:
    """Write one PDF of all statements of an artist in the months that hold these days.

    Raises UnknownThing, FileThere and FileProblem.
    """
    if not may_replace and path.exists():
        raise FileThere(name=path.name)
    paper = period_paper(console, artist, since, until)
    write_atomic(path, draw(paper), mode=0o644)
    first, last = since.replace(day=1), until.replace(day=1)
    found = stored.totals(console.store, payee=artist, since=first, until=last)
    return WrittenStatement(path, OutFormat.PDF, sum(total.lines for total in found))


def the_statement(console: Console, id: StatementId) -> Statement:
    """Raises UnknownThing."""
    found = next((each for each in stored.all(console.store) if each.id == id), None)
    if found is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    return found


def fits_a_sheet(line_count: int) -> bool:
    """Whether XLSX can hold so many lines."""
    return line_count < MOST_ROWS


def proposed_name(console: Console, id: StatementId, format: OutFormat) -> str:
    """A telling name: "Mara Lindqvist - Fieldnote - August 2026.pdf"; of a DSR, the one DDEX wants."""
    statement = the_statement(console, id)
    facts = mirror.facts(console.store, console.clock())
    if format is OutFormat.DSR:
        source = _Lines(console, statement, _nobody)
        territories = {
            place
            for total in stored.totals(console.store, payee=statement.payee)
            if total.statement == id
            for place in total.territories
        }
        return dsr_out.file_name(_dsr_head(console, statement, source), territories)
    period = period_in_words(statement.period_from, statement.period_until)
    return file_name((party_name(facts, statement.payee), statement.issuer, period), format)


def file_name(parts: Iterable[str], format: OutFormat) -> str:
    """Parts as one name, without what a file cannot have in its name."""
    plain = (
        "".join(
            " " if sign in '<>:"/\\|?*' or unicodedata.category(sign).startswith("C") else sign
            for sign in part
        )
        for part in parts
    )
    kept = [" ".join(part.split()).strip(".") for part in plain]
    return f"{' - '.join(filter(None, kept)) or 'statement'}.{format.value}"


class _Lines:
    """The lines of one statement with their names, read anew as often as they are asked for."""

    def __init__(self, console: Console, statement: Statement, told: Told) -> None:
        self._console, self._statement, self._told = console, statement, told
        self.done = 0  # of those that were asked for last
        self._facts = mirror.facts(console.store, console.clock())
        self._models = inclusions.models(console.store)

    def named(self) -> Iterator[NamedLine]:
        self.done = 0
        for line in stored.each_line(self._console.store, self._statement.id):
            if self.done % _TOLD_EACH == 0:
                self._told(self.done, self._statement.line_count)
            yield self._named(line)
            self.done += 1

    def _named(self, line: Line) -> NamedLine:
        model = self._models.get(line.model) if line.model is not None else None
        return NamedLine(
            line,
            self._statement.level,
            work_title(self._facts, line.work) if line.work is not None and not line.title else "",
            programme_name(self._facts, line.programme),
            f"{model.name} {model.version}".strip() if model is not None else "",
        )

    @property
    def facts(self) -> FactBook:
        return self._facts


def _sheet(source: _Lines) -> SheetRows:
    return SheetRows("Lines", COLUMNS, rows(source.named()))


def _within_a_sheet(source: _Lines) -> Iterator[NamedLine]:
    """A statement may hold more lines than it says."""
    for number, named in enumerate(source.named(), 1):
        check_rows(number)
        yield named


def _write_xlsx(console: Console, out: BinaryIO, statement: Statement, source: _Lines, folder: Path) -> None:
    """The lines first, as readers of spreadsheets look at the first sheet; then what they are of."""
    facts = SheetRows("Statement", FACT_COLUMNS, fact_rows(statement_facts(console, statement)))
    # Beside the file, and gone with the block: lines are written out in pieces before they are packed.
    with tempfile.TemporaryDirectory(prefix=".statement.", dir=folder) as pieces:
        lines = SheetRows("Lines", COLUMNS, rows(_within_a_sheet(source)))
        table_streams_out.write_xlsx(out, statement.issuer, (lines, facts), pieces)


def _dsr_head(console: Console, statement: Statement, source: _Lines) -> dsr_out.DsrHead:
    facts = source.facts
    issuer = next((party for party in facts.parties.values() if party.name == statement.issuer), None)
    payee = facts.parties.get(statement.payee)
    return dsr_out.DsrHead(
        statement.id,
        console.clock(),
        statement.issuer,
        payee.name if payee is not None else "",
        statement.period_from,
        statement.period_until,
        statement.level,
        statement.issuer,
        _dpid(issuer),
        _dpid(payee),
    )


def _dpid(party: Party | None) -> str:
    """A party's id at DDEX; empty where none is known."""
    identifiers = party.identifiers if party is not None else ()
    return next((each.value for each in identifiers if each.kind == "dpid"), "")


__all__ = [
    "Draw",
    "FileThere",
    "LinesNotHere",
    "NoSuchFormat",
    "OutFormat",
    "Told",
    "WrittenStatement",
    "export_period",
    "export_statement",
    "file_name",
    "fits_a_sheet",
    "format_of",
    "proposed_name",
    "the_statement",
]
