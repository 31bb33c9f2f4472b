"""What was paid, beside where works are included and what was allowed: rows to ask about, and a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.history_table import NoSuchTable
from artist_console.commands.names import operator_name, party_name, programme_name, work_title
from artist_console.commands.paid_parts import paid_parts
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_records import Records
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.pay_terms import PayTerms
from artist_console.domain.phrases import Sentence, period_in_words
from artist_console.domain.reconcile import unmet
from artist_console.domain.statements import Statement, StatementLevel, exact_sum
from artist_console.domain.unmet import ReconcileKind, Unmet
from artist_console.domain.unmet_rates import RatedLine
from artist_console.formats.kinds import Kind
from artist_console.formats.table_out import Table, TableColumn, kind_of, table_file
from artist_console.host.files import write_atomic
from artist_console.store import inclusions, mirror
from artist_console.store import statements as stored

__all__ = [
    "RECONCILE_WORDS",
    "ReconcileKind",
    "ReconcileRow",
    "ReconcileView",
    "reconcile",
    "reconcile_table",
    "save_reconcile",
]

RECONCILE_WORDS: dict[ReconcileKind, tuple[str, str]] = {
    ReconcileKind.PAID_AFTER_REFUSAL: (
        "Paid after your refusal",
        "Money for a month that began when your answer was no, by what was recorded then.",
    ),
    ReconcileKind.RATE_BELOW_AGREEMENT: (
        "Rate below the agreement",
        "Lines that pay by a lower rate than is noted as agreed.",
    ),
    ReconcileKind.INCLUDED_NOT_PAID: (
        "Included but not paid",
        "Reported as trained at least half a year ago, and no statement here names income for it.",
    ),
    ReconcileKind.PAID_NOT_INCLUDED: (
        "Paid but not included",
        "Statements name income from a programme that has reported nothing of the work.",
    ),
    ReconcileKind.USE_WITHOUT_STATEMENT: (
        "Use without a statement",
        "Use is reported, and no statement names the programme, or none covers the time.",
    ),
}


@dataclass(frozen=True, slots=True)
class ReconcileRow:
    """One place where payment, inclusion and permission do not meet, with its names in words."""

    unmet: Unmet
    kind_words: str
    artist_name: str
    work_title: str  # empty where it is about several works or none
    programme_name: str
    operator_name: str  # whom one can ask where there is no statement
    statement_words: str  # issuer and period; empty where it names no statement

    @property
    def key(self) -> str:
        return self.unmet.key

    @property
    def kind(self) -> ReconcileKind:
        return self.unmet.kind


@dataclass(frozen=True, slots=True)
class ReconcileView:
    """Rows by kind, the latest first, and per kind and currency what they come to."""

    rows: tuple[ReconcileRow, ...]
    amounts: tuple[tuple[ReconcileKind, str, Decimal], ...]

    def of(self, kind: ReconcileKind) -> tuple[ReconcileRow, ...]:
        return tuple(row for row in self.rows if row.kind is kind)


def reconcile(
    console: Console,
    artist: ArtistId | None = None,
    work: WorkId | None = None,
    programme: ProgrammeId | None = None,
    kind: ReconcileKind | None = None,
    since: date | None = None,
    until: date | None = None,
) -> ReconcileView:
    """Where payment, inclusion and permission do not meet; `since` and `until` are days that rows touch."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    statements = _counting(console, artist)
    agreed: tuple[PayTerms, ...] = mirror.all(store, Kind.PAY_TERMS)
    totals = stored.totals(store, payee=artist)  # there may be many: read once
    records = Records(
        facts,
        inclusions.find(store, artist=artist),
        mirror.all(store, Kind.MODEL),
        mirror.all(store, Kind.DATASET),
        statements=statements,
        paid=stored.paid_uses_in(totals),
        mandates=(),
        today=console.today,
        artists=[artist] if artist is not None else None,
    )
    home = facts.works[work].id if work is not None and work in facts.works else work
    found = [
        each
        for each in unmet(
            records,
            paid_parts(totals),
            statements,
            _rated(console, records, statements, agreed),
            agreed,
        )
        if home in (None, each.work)
        and programme in (None, each.programme)
        and kind in (None, each.kind)
        and (since is None or each.until >= since.replace(day=1))
        and (until is None or each.since <= until)
    ]
    by_id = {each.id: each for each in statements}
    return ReconcileView(tuple(_row(each, facts, by_id) for each in found), _amounts(found))


def _counting(console: Console, artist: ArtistId | None) -> tuple[Statement, ...]:
    """Statements of payees in whose place none has come."""
    gone = stored.replaced(console.store)
    return tuple(
        each
        for each in stored.all(console.store, artist)
        if each.id not in gone and each.level is StatementLevel.PAYEE_NET
    )


def _rated(
    console: Console, records: Records, statements: Iterable[Statement], agreed: Sequence[PayTerms]
) -> Iterator[RatedLine]:
    """Lines of the statements for which something is agreed, few held at a time."""
    noted = {_folded(terms.issuer) for terms in agreed}
    operators = {programme.operator for programme in records.facts.programmes.values()}
    direct = {
        _folded(name)
        for id, party in records.facts.parties.items()
        if id in operators
        for name in (party.name, *party.aliases)
    }
    for statement in statements:
        if _folded(statement.issuer) not in noted | direct:
            continue
        for line in stored.each_line(console.store, statement.id):
            yield RatedLine(statement, line)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _amounts(found: Iterable[Unmet]) -> tuple[tuple[ReconcileKind, str, Decimal], ...]:
    sums: defaultdict[tuple[ReconcileKind, str], list[Decimal]] = defaultdict(list)
    for each in found:
        if each.amount is not None:
            sums[each.kind, each.currency].append(each.amount)
    order = tuple(ReconcileKind)
    return tuple(
        (kind, currency, exact_sum(sums[kind, currency]))
        for kind, currency in sorted(sums, key=lambda pair: (order.index(pair[0]), pair[1]))
    )


def _row(each: Unmet, facts: FactBook, statements: dict[StatementId, Statement]) -> ReconcileRow:
    statement = statements.get(each.statement) if each.statement is not None else None
    return ReconcileRow(
        unmet=each,
        kind_words=RECONCILE_WORDS[each.kind][0],
        artist_name=party_name(facts, each.artist),
        work_title=work_title(facts, each.work) if each.work is not None else "",
        programme_name=programme_name(facts, each.programme),
        operator_name=operator_name(facts, each.programme),
        statement_words=""
        if statement is None
        else f"{statement.issuer}, {period_in_words(statement.period_from, statement.period_until)}",
    )


# As a table that goes out

_COLUMNS = (
    TableColumn("What", 26),
    TableColumn("Artist", 22),
    TableColumn("Work", 30),
    TableColumn("Programme", 22),
    TableColumn("From", 12),
    TableColumn("Until", 12),
    TableColumn("Statement", 36),
    TableColumn("Currency", 10),
    TableColumn("Paid", 20),
    TableColumn("By the agreement", 20),
    TableColumn("Lines", 16),
    TableColumn("What the records show", 80),
    TableColumn("Question", 80),
    TableColumn("Key", 20),
)


def reconcile_table(rows: Sequence[ReconcileRow]) -> Table:
    """One line per row; amounts as exact text, kinds by their keys."""
    return Table("Reconcile", _COLUMNS, [_cells(row) for row in rows])


def _cells(row: ReconcileRow) -> tuple[str | date | Decimal | None, ...]:
    each = row.unmet
    return (
        row.kind.value,
        row.artist_name,
        row.work_title,
        row.programme_name,
        each.since,
        each.until,
        row.statement_words,
        each.currency,
        each.amount,
        each.expected,
        ", ".join(str(number) for number in each.lines),
        _text(each.words),
        each.asked.text,
        row.key,
    )


def _text(sentences: Iterable[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def save_reconcile(path: Path, rows: Sequence[ReconcileRow]) -> Path:
    """Write rows as CSV or XLSX, by the ending of the name. Raises NoSuchTable, FileProblem."""
    kind = kind_of(path.name)
    if kind is None:
        raise NoSuchTable(name=path.name)
    write_atomic(path, table_file(reconcile_table(rows), kind), mode=0o644)
    return path
