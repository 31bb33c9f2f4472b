"""Lines added up, as they were when their file came: what tables, charts and findings read in place of lines.

Three tables say the same sums, each cut another way: by work, by territory, by neither. Whoever narrows down
by work and by territory has the lines themselves read. Amounts are text in the database and are added here.

What a source means (whose programme's money, and of which kind) is laid over when it is read, so that another
mapping needs no new roll-up. Only statements of what payees are due count, and none that another replaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.line_figures import RollUp, SourceMeaning
from artist_console.domain.statements import LineKind, Statement, StatementLevel, exact_sum
from artist_console.domain.uses import Use
from artist_console.formats import encoding
from artist_console.formats.kinds import Kind

from . import private, source_names
from .heard import versions
from .opening import Store

Meanings = Mapping[str, SourceMeaning]  # by the source, as lines name it


def meanings(store: Store) -> Meanings:
    """What the sources of lines that name no programme are held to be; kept until something of it changes."""
    heard_of = versions(store)
    mark = (private.version(store), *(heard_of.get(name, 0) for name in _MEANING))
    kept = store.cached("meanings of sources", mark)
    if kept is not None:
        return cast("Meanings", kept)
    rows = store.rows(f"SELECT DISTINCT source FROM mirror.whole_roll_up r WHERE {_MAY_MEAN}")
    found = source_names.overlay(store, [source for (source,) in rows])
    return store.keep("meanings of sources", mark, found)


_MEANING = ("line", Kind.STATEMENT.value, Kind.PROGRAMME.value)
# Lines that name no programme and no kind of AI income: their source may say what they are.
_MAY_MEAN = "(r.kind = 'other' AND r.programme = '' AND r.source <> '')"


class Cut(Enum):
    """By what lines are told apart beside month, currency, kind, programme, use and source."""

    WORK = "roll_up"
    TERRITORY = "territory_roll_up"
    NEITHER = "whole_roll_up"


@dataclass(frozen=True, slots=True)
class LineTotal:
    """Lines of one statement added up that share all of this but `amount`, `lines` and `territories`."""

    statement: StatementId
    payee: ArtistId
    month: date
    currency: str
    kind: LineKind
    programme: ProgrammeId | None
    work: WorkId | None  # None too where the lines were not told apart by work
    amount: Decimal
    lines: int
    territories: tuple[str, ...]  # as the lines name them, sorted
    use: Use | None = None
    source: str = ""
    sales_type: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines. None and "" do not narrow down; months are included."""

    payee: ArtistId | None = None
    work: WorkId | None = None
    programme: ProgrammeId | None = None
    kind: LineKind | None = None
    use: Use | None = None
    territory: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None


_SQL_START = (
    "SELECT r.statement, s.payee, r.month, r.currency, r.kind, r.programme, {work}, r.amount, r.lines,"
    " {territories}, r.use, r.source, r.sales_type"
    " FROM mirror.{table} r JOIN mirror.statement s ON s.id = r.statement"
    " WHERE s.level = :level"
    " AND r.statement NOT IN (SELECT replaces FROM mirror.statement WHERE replaces IS NOT NULL)"
)
_SQL_END = (
    " ORDER BY r.month, r.statement, r.currency, r.kind, r.programme, {work}, r.use, r.source, r.sales_type"
)
_COLUMNS = {
    Cut.WORK: ("r.work", "r.territories"),
    Cut.TERRITORY: ("''", "r.territory"),
    Cut.NEITHER: ("''", "''"),
}


def totals(store: Store, wanted: Wanted, cut: Cut) -> tuple[LineTotal, ...]:
    """The roll-ups of all statements that count, by month.

    `wanted.work` is for Cut.WORK alone, `wanted.territory` for Cut.TERRITORY.
    """
    laid_over = meanings(store)
    work, territories = _COLUMNS[cut]
    sql = _SQL_START.format(work=work, territories=territories, table=cut.value)
    bound: dict[str, object] = {"level": StatementLevel.PAYEE_NET.value}
    for name, condition, value in (
        ("payee", "s.payee = :payee", wanted.payee),
        ("work", "r.work = :work", wanted.work),
        ("territory", "r.territory = :territory", wanted.territory or None),
        ("source", "r.source = :source", wanted.source or None),
        ("use", "r.use = :use", wanted.use.value if wanted.use else None),
        ("since", "r.month >= :since", wanted.since.isoformat() if wanted.since else None),
        ("until", "r.month <= :until", wanted.until.isoformat() if wanted.until else None),
        ("programme", f"(r.programme = :programme OR {_MAY_MEAN})", wanted.programme),
        ("kind", f"(r.kind = :kind OR {_MAY_MEAN})", wanted.kind.value if wanted.kind else None),
    ):
        if value is not None:
            sql += f" AND {condition}"
            bound[name] = value
    rows = store.rows(sql + _SQL_END.format(work=work), bound)
    found = map(_Reading(cut, laid_over).total, rows)
    return tuple(total for total in found if _is_wanted(total, wanted))


class _Reading:
    """Reads rows of one query. What many rows share is read once: there may be a hundred thousand of them."""

    def __init__(self, cut: Cut, laid_over: Meanings) -> None:
        self.cut, self.laid_over = cut, laid_over
        self.months: dict[str, date] = {}
        self.places: dict[str, tuple[str, ...]] = {"": (), "[]": ()}

    def total(self, row: Sequence[Any]) -> LineTotal:
        (statement, payee, month, currency, kind, programme, work) = row[:7]
        (amount, lines, places, use, source, sales_type) = row[7:]
        meant = self.laid_over.get(source) if kind == _OTHER and not programme else None
        return LineTotal(
            statement,
            payee,
            self.months.get(month) or self.month(month),
            currency,
            _KINDS[kind] if meant is None else meant.kind,
            (programme or None) if meant is None else meant.programme,
            work or None,
            Decimal(amount),
            lines,
            self.places[places] if places in self.places else self.territories(places),
            _USES[use] if use else None,
            source,
            sales_type,
        )

    def month(self, text: str) -> date:
        return self.months.setdefault(text, date.fromisoformat(text))

    def territories(self, text: str) -> tuple[str, ...]:
        found = tuple(encoding.decode(list, text.encode())) if self.cut is Cut.WORK else (text,)
        return self.places.setdefault(text, found)


_OTHER = LineKind.OTHER.value
_KINDS = {kind.value: kind for kind in LineKind}
_USES = {use.value: use for use in Use}


def _is_wanted(total: LineTotal, wanted: Wanted) -> bool:
    """By what was laid over; the rest the query looked at."""
    return wanted.programme in (None, total.programme) and wanted.kind in (None, total.kind)


def amounts(store: Store) -> Mapping[StatementId, tuple[tuple[str, Decimal], ...]]:
    """What the lines of each statement come to per currency, whether or not it counts in totals."""
    found: defaultdict[StatementId, defaultdict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for statement, currency, amount in store.rows(
        "SELECT statement, currency, amount FROM mirror.whole_roll_up"
    ):
        found[StatementId(statement)][currency].append(Decimal(amount))
    return {
        statement: tuple((currency, exact_sum(values)) for currency, values in sorted(by_currency.items()))
        for statement, by_currency in found.items()
    }


def put(
    store: Store, statement: Statement, by_work: Iterable[RollUp], by_territory: Iterable[RollUp]
) -> tuple[WorkId | None, ...]:
    """Keep what lines come to, inside a transaction; gives the works that they are about."""
    forget(store, statement.id)
    works: dict[WorkId | None, None] = {}
    whole: defaultdict[tuple[str, ...], list[RollUp]] = defaultdict(list)
    rows = []
    for made in by_work:
        works[made.work] = None
        rows.append({**_row(statement, made), "work": made.work or "", "territories": _listed(made)})
    store.run_many(_insert(Cut.WORK, "work", "territories"), rows)
    rows = []
    for made in by_territory:
        row = _row(statement, made)
        whole[tuple(str(row[name]) for name in _SHARED)].append(made)
        rows.append({**row, "territory": made.territory})
    store.run_many(_insert(Cut.TERRITORY, "territory"), rows)
    store.run_many(
        _insert(Cut.NEITHER),
        [
            {
                **dict(zip(_SHARED, key, strict=True)),
                "amount": str(exact_sum(made.amount for made in held)),
                "lines": sum(made.lines for made in held),
            }
            for key, held in whole.items()
        ],
    )
    return tuple(works)


def forget(store: Store, statement: StatementId) -> None:
    """Drop the roll-ups of a statement, inside a transaction."""
    for cut in Cut:
        store.run(f"DELETE FROM mirror.{cut.value} WHERE statement = :id", {"id": statement})


_SHARED = ("statement", "month", "currency", "kind", "programme", "use", "source", "sales_type")


def _insert(cut: Cut, *more: str) -> str:
    names = (*_SHARED, *more, "amount", "lines")
    return f"INSERT INTO mirror.{cut.value} ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"


def _row(statement: Statement, made: RollUp) -> dict[str, object]:
    return {
        "statement": statement.id,
        "month": made.month.isoformat(),
        "currency": made.currency,
        "kind": made.kind.value,
        "programme": made.programme or "",
        "use": made.use.value if made.use is not None else "",
        "source": made.source,
        "sales_type": made.sales_type,
        "amount": str(made.amount),
        "lines": made.lines,
    }


def _listed(made: RollUp) -> str:
    return encoding.encode(list(made.territories)).decode()
