"""The history narrowed down, and as a table that goes out: what each column holds, and the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from artist_console.commands.history import HistoryRow
from artist_console.commands.names import EVERY_PROGRAMME, condition_words, use_words
from artist_console.domain.history_states import HistoryState
from artist_console.domain.ids import ArtistId, MandateId, ProgrammeId, TermsId
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import Stance, Subject, SubjectKind, UseScope
from artist_console.formats.table_out import Table, TableColumn, kind_of, table_file
from artist_console.host.files import write_atomic

NO_MANDATE = MandateId("")  # decided without one: by the artist


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What a row has to be. None and empty let everything pass; a row passes where all parts do."""

    artist: ArtistId | None = None
    text: str = ""  # in title, person, artist, programme, terms
    person: str = ""
    mandate: MandateId | None = None
    about: Subject | None = None
    kind: SubjectKind | None = None
    programme: ProgrammeId | None = None
    every_programme: bool = False  # only answers that name none
    use: UseScope | None = None
    stance: Stance | None = None
    former: Stance | None = None
    first: bool = False  # only answers before which nothing was said
    terms: TermsId | None = None
    since: date | None = None
    until: date | None = None
    receipt: bool | None = None
    state: HistoryState | None = None

    def passes(self, row: HistoryRow) -> bool:
        day = row.when.date()
        return (
            (self.artist is None or row.artist == self.artist)
            and (not self.person or row.made_by == self.person)
            and (self.mandate is None or (row.mandate or NO_MANDATE) == self.mandate)
            and (self.about is None or row.about == self.about)
            and (self.kind is None or (row.about is not None and row.about.kind is self.kind))
            and (self.programme is None or row.programme_id == self.programme)
            and (not self.every_programme or row.programme_id is None)
            and (self.use is None or row.use == self.use)
            and (self.stance is None or row.stance is self.stance)
            and (self.former is None or row.former is self.former)
            and (not self.first or row.former is None)
            and (self.terms is None or row.terms_id == self.terms)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (self.receipt is None or row.receipt is self.receipt)
            and (self.state is None or row.state is self.state)
            and (not self.text or self.text.casefold() in searched(row))
        )


def searched(row: HistoryRow) -> str:
    """What a search looks in."""
    parts = (row.subject, row.made_by, row.artist_name, row.programme, use_words(row.use), row.terms)
    return " ".join(parts).casefold()


def narrowed(rows: Iterable[HistoryRow], wanted: HistoryFilter) -> tuple[HistoryRow, ...]:
    """The rows that pass, in their order."""
    return tuple(row for row in rows if wanted.passes(row))


class NoSuchTable(InputProblem):
    title_template = "A table is written as .csv or .xlsx, and {name} ends in neither"
    advice_template = "Give the file one of the two endings"


def save_table(path: Path, rows: Sequence[HistoryRow]) -> Path:
    """Write decisions as CSV or XLSX, by the ending of the name. Raises NoSuchTable, FileProblem."""
    kind = kind_of(path.name)
    if kind is None:
        raise NoSuchTable(name=path.name)
    write_atomic(path, table_file(history_table(rows), kind), mode=0o644)
    return path


_COLUMNS = (
    TableColumn("Recorded (UTC)", 20),
    TableColumn("Artist", 22),
    TableColumn("Decided by", 22),
    TableColumn("On behalf of", 22),
    TableColumn("By mandate", 34),
    TableColumn("About", 32),
    TableColumn("Programme", 20),
    TableColumn("Use", 28),
    TableColumn("From", 10),
    TableColumn("To", 10),
    TableColumn("Terms", 28),
    TableColumn("Conditions", 28),
    TableColumn("State", 16),
    TableColumn("Place in ledger", 14),
    TableColumn("Receipt here", 12),
    TableColumn("Decision", 38),
    TableColumn("Act", 38),
)


def history_table(rows: Sequence[HistoryRow]) -> Table:
    """One line per decision; uses and answers by their keys, which do not change with the language."""
    return Table(
        "Decisions",
        _COLUMNS,
        [
            (
                row.when,
                row.artist_name,
                row.made_by,
                row.on_behalf_of,
                row.mandate_words,
                row.subject,
                row.programme or EVERY_PROGRAMME,
                row.use.name or "any",
                row.former.value if row.former is not None else "",
                row.stance.value,
                row.terms,
                ", ".join(condition_words(row.conditions)),
                row.state.value,
                row.n,
                row.receipt,
                row.decision,
                row.act or "",
            )
            for row in rows
        ],
    )
