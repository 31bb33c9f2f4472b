"""Statements, their lines, and exact totals.

Lines lie in files of their own (`line_files`), found by the hash that their statement names, and are read in
pieces; what they come to stands in the mirror (`roll_ups`). A statement that another one replaces keeps its
lines and counts in no total; so does one about what a label or an operator received.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from artist_console.domain.finding import PaidUse
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.line_figures import LineFigures, LineFilter
from artist_console.domain.statement_checks import SealState
from artist_console.domain.statements import (
    CheckResult,
    Line,
    LineKind,
    Statement,
    exact_sum,
    is_earned,
)
from artist_console.domain.uses import Use
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from . import open_lines, roll_ups
from .opening import Store
from .roll_ups import Cut, LineTotal, Meanings, Wanted

__all__ = [
    "Lacking",
    "LineTotal",
    "all",
    "amounts",
    "check_result",
    "checks",
    "each_line",
    "earned_by_work",
    "figures",
    "is_complete",
    "lacking",
    "line",
    "line_count",
    "line_total",
    "lines",
    "named_files",
    "one",
    "paid_uses",
    "paid_uses_in",
    "replaced",
    "seal_state",
    "sum_by_currency",
    "totals",
    "with_unknown_key",
]

_FEW = 20
_AT_ONCE = 5_000  # lines that are held together where all of them are looked at


def all(store: Store, payee: ArtistId | None = None) -> tuple[Statement, ...]:
    """Statements, the latest period first."""
    rows = store.rows(
        "SELECT r.body FROM mirror.statement s JOIN mirror.row r USING (key)"
        " WHERE :payee IS NULL OR s.payee = :payee ORDER BY s.period_until DESC, s.id",
        {"payee": payee},
    )
    return tuple(decode_row(Kind.STATEMENT, body) for (body,) in rows)


def one(store: Store, id: StatementId) -> Statement | None:
    """One statement, where it is here."""
    row = store.row(
        "SELECT r.body FROM mirror.statement s JOIN mirror.row r USING (key) WHERE s.id = :id", {"id": id}
    )
    found: Statement | None = decode_row(Kind.STATEMENT, row[0]) if row is not None else None
    return found


def replaced(store: Store) -> frozenset[StatementId]:
    """Statements in whose place another one has come."""
    rows = store.rows("SELECT replaces FROM mirror.statement WHERE replaces IS NOT NULL")
    return frozenset(StatementId(id) for (id,) in rows)


# Lines


def lines(
    store: Store,
    statement: StatementId,
    where: LineFilter = LineFilter(),  # noqa: B008 - frozen
    *,
    after: int = -1,
    offset: int = 0,
    limit: int | None = None,
    work: WorkId | None = None,
    statement_order: bool = False,
) -> tuple[Line, ...]:
    """Lines of a statement in the order of their numbers; none while its file is not here.

    `statement_order`: a correction stands behind the line that it corrects. A statement may have millions of
    lines: whoever does not know better gives a `limit`, or goes through them with `each_line`. What a source
    means is laid over; the source stays as delivered. Raises LinesDamaged, LinesFileProblem, FileProblem.
    """
    sha256 = _file_of(store, statement)
    opened = open_lines.of(store)
    if sha256 is None or opened is None:
        return ()
    meanings = roll_ups.meanings(store)
    where = _narrowed(where, work, meanings)
    found = opened.read(
        sha256,
        lambda file: file.lines(
            where, after=after, offset=offset, limit=limit, statement_order=statement_order
        ),
    )
    return tuple(_meant(line, meanings) for line in found)


def each_line(
    store: Store,
    statement: StatementId,
    where: LineFilter = LineFilter(),  # noqa: B008 - frozen
) -> Iterator[Line]:
    """All lines of a statement by their numbers, a few held at a time. Raises as `lines`."""
    sha256 = _file_of(store, statement)
    opened = open_lines.of(store)
    if sha256 is None or opened is None:
        return
    meanings = roll_ups.meanings(store)
    for found in opened.each(sha256, _narrowed(where, None, meanings)):
        yield _meant(found, meanings)


def line(store: Store, statement: StatementId, number: int) -> Line | None:
    """One line; None where it is not here. Raises as `lines`."""
    sha256 = _file_of(store, statement)
    opened = open_lines.of(store)
    if sha256 is None or opened is None:
        return None
    found = opened.read(sha256, lambda file: file.line(number))
    return _meant(found, roll_ups.meanings(store)) if found is not None else None


def line_count(store: Store, statement: StatementId, where: LineFilter = LineFilter()) -> int:  # noqa: B008
    """How many lines of a statement there are of this kind. Raises as `lines`."""
    sha256 = _file_of(store, statement)
    opened = open_lines.of(store)
    if sha256 is None or opened is None:
        return 0
    wanted = _narrowed(where, None, roll_ups.meanings(store))
    return opened.read(sha256, lambda file: file.count_of(wanted))


def line_total(
    store: Store,
    statement: StatementId,
    where: LineFilter = LineFilter(),  # noqa: B008 - frozen
) -> tuple[tuple[str, Decimal], ...]:
    """What these lines come to per currency, added up from the lines themselves. Raises as `lines`."""
    sha256 = _file_of(store, statement)
    opened = open_lines.of(store)
    if sha256 is None or opened is None:
        return ()
    wanted = _narrowed(where, None, roll_ups.meanings(store))
    return opened.read(sha256, lambda file: file.total(wanted))


def figures(store: Store, statement: StatementId) -> LineFigures | None:
    """What the checks need of the lines; None while the file is not here. Raises as `lines`."""
    known = one(store, statement)
    sha256 = _file_of(store, statement)
    opened = open_lines.of(store)
    if known is None or sha256 is None or opened is None:
        return None
    return opened.read(sha256, lambda file: file.figures(known))


def has_lines(store: Store, statement: StatementId) -> bool:
    """Whether the lines of a statement are here to be read."""
    return _file_of(store, statement) is not None


def _file_of(store: Store, statement: StatementId) -> str | None:
    """The hash of a statement's file of lines, where it is here."""
    found: str | None = store.value(
        "SELECT sha256 FROM mirror.fetched WHERE statement = :id", {"id": statement}
    )
    here = found and store.files is not None and store.files.has(found)
    return found if here else None


def _narrowed(where: LineFilter, work: WorkId | None, meanings: Meanings) -> LineFilter:
    if where.programme is not None or where.kind is not None:
        where = replace(where, meanings=tuple(meanings.values()))
    return replace(where, work=work) if work is not None else where


def _meant(line: Line, meanings: Meanings) -> Line:
    if line.kind is not LineKind.OTHER or line.programme is not None or line.source not in meanings:
        return line
    meant = meanings[line.source]
    return replace(line, kind=meant.kind, programme=meant.programme)


def is_complete(store: Store, statement: StatementId) -> bool:
    """Whether all lines of a statement are here."""
    return _file_of(store, statement) is not None


# Totals


def totals(
    store: Store,
    *,
    payee: ArtistId | None = None,
    work: WorkId | None = None,
    programme: ProgrammeId | None = None,
    kind: LineKind | None = None,
    use: Use | None = None,
    territory: str = "",
    source: str = "",
    since: date | None = None,
    until: date | None = None,
    works: bool = True,
) -> tuple[LineTotal, ...]:
    """The added-up lines of all statements that count, by month; `since` and `until` are months, included.

    Told apart by work unless `works` is False, which is far less to read where there are millions of lines,
    or a territory is given without a work. A work in a territory is added up from the lines: raises as
    `lines` then.
    """
    wanted = Wanted(payee, work, programme, kind, use, territory, source, since, until)
    if work is not None and territory:
        return _from_lines(store, wanted)
    if territory:
        return roll_ups.totals(store, wanted, Cut.TERRITORY)
    return roll_ups.totals(store, wanted, Cut.WORK if works or work is not None else Cut.NEITHER)


def _from_lines(store: Store, wanted: Wanted) -> tuple[LineTotal, ...]:
    """A work in a territory: which statements have it is known, the sums are made from their lines."""
    found = roll_ups.totals(store, replace(wanted, territory=""), Cut.WORK)
    where = LineFilter(
        wanted.work,
        wanted.programme,
        wanted.kind,
        wanted.use,
        wanted.territory,
        wanted.source,
        wanted.since,
        wanted.until,
    )
    groups: dict[LineTotal, tuple[list[Decimal], list[int]]] = {}
    for statement, payee in dict.fromkeys((t.statement, t.payee) for t in found):
        for each in _paged(store, statement, where):
            key = _group_of(each, payee)
            amounts, count = groups.setdefault(key, ([], [0]))
            amounts.append(each.amount)
            count[0] += 1
            if len(amounts) == _AT_ONCE:
                amounts[:] = [exact_sum(amounts)]
    made = (
        replace(key, amount=exact_sum(amounts), lines=count[0]) for key, (amounts, count) in groups.items()
    )
    return tuple(sorted(made, key=_order))


def _paged(store: Store, statement: StatementId, where: LineFilter) -> Iterator[Line]:
    """Few lines of many, from the file as it is open: opening it once more would take longer."""
    after = -1
    while found := lines(store, statement, where, after=after, limit=_AT_ONCE):
        yield from found
        after = found[-1].number


def _group_of(line: Line, payee: ArtistId) -> LineTotal:
    return LineTotal(
        line.statement,
        payee,
        line.month,
        line.currency,
        line.kind,
        line.programme,
        line.work,
        Decimal(0),
        0,
        (line.territory,) if line.territory else (),
        line.use,
        line.source,
        line.sales_type,
    )


def _order(total: LineTotal) -> tuple[object, ...]:
    use = total.use.value if total.use is not None else ""
    names = (total.currency, total.kind.value, total.programme or "", total.work or "")
    return (total.month, total.statement, *names, use, total.source, total.sales_type)


def amounts(store: Store) -> Mapping[StatementId, tuple[tuple[str, Decimal], ...]]:
    """What the lines of each statement come to per currency, whether or not it counts in totals."""
    return roll_ups.amounts(store)


def paid_uses(store: Store, payee: ArtistId | None = None) -> tuple[PaidUse, ...]:
    """As `domain.earnings.paid_uses`, read from the added-up lines of the statements that count."""
    return paid_uses_in(totals(store, payee=payee))


def paid_uses_in(found: Iterable[LineTotal]) -> tuple[PaidUse, ...]:
    """The same of totals that are at hand, told apart by work."""
    groups: defaultdict[tuple[ArtistId, str, str], list[LineTotal]] = defaultdict(list)
    for total in found:
        if is_earned(total.kind):
            groups[total.payee, total.work or "", total.programme or ""].append(total)
    return tuple(
        PaidUse(
            artist,
            WorkId(work) if work else None,
            ProgrammeId(programme) if programme else None,
            min(total.month for total in held),
            max(total.month for total in held),
            max((total.month, total.statement) for total in held)[1],
            tuple(sorted({territory for total in held for territory in total.territories})),
        )
        for (artist, work, programme), held in sorted(groups.items())
    )


def earned_by_work(
    store: Store, payee: ArtistId, since: date, until: date, works: Sequence[WorkId] | None = None
) -> Mapping[WorkId, tuple[tuple[str, Decimal], ...]]:
    """What each work of a payee earned from AI, per currency, in the months from `since` to `until`."""
    amounts: defaultdict[WorkId, defaultdict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    # Singly while they are few: the index on works is quicker than all of a payee's totals.
    few = works if works is not None and len(works) <= _FEW else (None,)
    for total in (t for w in few for t in totals(store, payee=payee, since=since, until=until, work=w)):
        if total.work is not None and is_earned(total.kind):
            amounts[total.work][total.currency].append(total.amount)
    return {
        work: tuple((currency, exact_sum(found)) for currency, found in sorted(by_currency.items()))
        for work, by_currency in amounts.items()
    }


def sum_by_currency(amounts: Iterable[tuple[str, Decimal]]) -> tuple[tuple[str, Decimal], ...]:
    """Exact sums per currency, sorted by its code."""
    found: defaultdict[str, list[Decimal]] = defaultdict(list)
    for currency, amount in amounts:
        found[currency].append(amount)
    return tuple((currency, exact_sum(values)) for currency, values in sorted(found.items()))


# Checks


def checks(store: Store) -> tuple[tuple[Statement, CheckResult], ...]:
    """Every statement whose lines are here, with the result of its checks."""
    results = dict(store.rows("SELECT statement, result FROM mirror.fetched"))
    return tuple(
        (statement, CheckResult(results[statement.id])) for statement in all(store) if statement.id in results
    )


def check_result(store: Store, statement: StatementId) -> CheckResult:
    """What the checks of one statement came to; not checked while its lines are not here."""
    found = store.value("SELECT result FROM mirror.fetched WHERE statement = :id", {"id": statement})
    return CheckResult(found) if found is not None else CheckResult.NOT_CHECKED


def seal_state(store: Store, statement: StatementId) -> SealState:
    """What became of the seal of the service, looked at when the lines came."""
    found = store.value("SELECT seal FROM mirror.fetched WHERE statement = :id", {"id": statement})
    return SealState(found) if found is not None else SealState.NOT_LOOKED_AT


def with_unknown_key(store: Store) -> tuple[Statement, ...]:
    """Statements whose seal was made with a key that was not known when their lines came."""
    rows = store.rows(
        "SELECT statement FROM mirror.fetched WHERE seal = :seal", {"seal": SealState.KEY_UNKNOWN.value}
    )
    found = (one(store, StatementId(id)) for (id,) in rows)
    return tuple(statement for statement in found if statement is not None)


# What is to be fetched


@dataclass(frozen=True, slots=True)
class Lacking:
    """A statement whose file of lines is not here, or not added up yet."""

    statement: StatementId
    sha256: str


def lacking(store: Store) -> tuple[Lacking, ...]:
    """Statements whose lines are to be fetched or added up, the latest period first."""
    if store.files is None:
        return ()
    rows = store.rows(
        "SELECT s.id, s.lines_sha256, f.statement IS NOT NULL"
        " FROM mirror.statement s LEFT JOIN mirror.fetched f"
        " ON f.statement = s.id AND f.sha256 = s.lines_sha256 WHERE s.lines_sha256 <> ''"
        " ORDER BY s.period_until DESC, s.id"
    )
    return tuple(
        Lacking(StatementId(id), sha256)
        for id, sha256, added_up in rows
        if not added_up or not store.files.has(sha256)
    )


def named_files(store: Store) -> frozenset[str]:
    """The hashes of all files of lines that statements name."""
    return frozenset(sha256 for (sha256,) in store.rows("SELECT lines_sha256 FROM mirror.statement"))
