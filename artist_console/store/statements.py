"""Statements, their lines, and exact totals. Amounts are text in the database and are added in Python.

A statement that another one replaces keeps its lines and counts in no total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from artist_console.domain.finding import PaidUse
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import (
    CheckResult,
    Line,
    LineKind,
    Statement,
    exact_sum,
    is_earned,
)
from artist_console.formats import encoding
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from . import rows as writing
from .opening import Store

_FEW = 20


@dataclass(frozen=True, slots=True)
class LineTotal:
    """Lines of one statement added up that share month, currency, kind, programme and work."""

    statement: StatementId
    payee: ArtistId
    month: date
    currency: str
    kind: LineKind
    programme: ProgrammeId | None
    work: WorkId | None
    amount: Decimal
    lines: int
    territories: tuple[str, ...]  # as the lines name them, sorted


def all(store: Store, payee: ArtistId | None = None) -> tuple[Statement, ...]:
    """Statements, the latest period first."""
    rows = store.rows(
        "SELECT r.body FROM mirror.statement s JOIN mirror.row r USING (key)"
        " WHERE :payee IS NULL OR s.payee = :payee ORDER BY s.period_until DESC, s.id",
        {"payee": payee},
    )
    return tuple(decode_row(Kind.STATEMENT, body) for (body,) in rows)


def replaced(store: Store) -> frozenset[StatementId]:
    """Statements in whose place another one has come."""
    rows = store.rows("SELECT replaces FROM mirror.statement WHERE replaces IS NOT NULL")
    return frozenset(StatementId(id) for (id,) in rows)


def lines(
    store: Store,
    statement: StatementId,
    *,
    after: int = -1,
    limit: int | None = None,
    work: WorkId | None = None,
) -> tuple[Line, ...]:
    """Lines of a statement in the order of their numbers."""
    rows = store.rows(
        "SELECT body FROM mirror.line WHERE statement = :statement AND number > :after"
        " AND (:work IS NULL OR work = :work) ORDER BY number LIMIT :limit",
        {"statement": statement, "after": after, "limit": limit if limit is not None else -1, "work": work},
    )
    return tuple(encoding.decode(Line, body) for (body,) in rows)


def is_complete(store: Store, statement: StatementId) -> bool:
    """Whether all lines of a statement are here."""
    return bool(store.value("SELECT complete FROM mirror.fetched WHERE statement = :id", {"id": statement}))


def totals(
    store: Store,
    *,
    payee: ArtistId | None = None,
    work: WorkId | None = None,
    programme: ProgrammeId | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[LineTotal, ...]:
    """The added-up lines of all statements that count, by month; `since` and `until` are months, included."""
    rows = store.rows(
        "SELECT statement, payee, month, currency, kind, programme, work, amount, lines, territories"
        " FROM mirror.line_total"
        " WHERE (:payee IS NULL OR payee = :payee) AND (:work IS NULL OR work = :work)"
        " AND (:programme IS NULL OR programme = :programme)"
        " AND (:since IS NULL OR month >= :since) AND (:until IS NULL OR month <= :until)"
        " AND statement NOT IN (SELECT replaces FROM mirror.statement WHERE replaces IS NOT NULL)"
        " ORDER BY month, statement, currency, kind, programme, work",
        {
            "payee": payee,
            "work": work,
            "programme": programme,
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
        },
    )
    return tuple(
        LineTotal(
            StatementId(statement),
            ArtistId(owner),
            date.fromisoformat(month),
            currency,
            LineKind(kind),
            ProgrammeId(named) if named else None,
            WorkId(about) if about else None,
            Decimal(amount),
            count,
            tuple(encoding.decode(list, territories.encode())),
        )
        for statement, owner, month, currency, kind, named, about, amount, count, territories in rows
    )


def checks(store: Store) -> tuple[tuple[Statement, CheckResult], ...]:
    """Every statement whose lines are here, with the result of its checks."""
    results = dict(store.rows("SELECT statement, result FROM mirror.fetched WHERE complete = 1"))
    return tuple(
        (statement, CheckResult(results[statement.id])) for statement in all(store) if statement.id in results
    )


def check_result(store: Store, statement: StatementId) -> CheckResult:
    """What the checks of one statement came to; not checked while its lines are not all here."""
    found = store.value("SELECT result FROM mirror.fetched WHERE statement = :id", {"id": statement})
    return CheckResult(found) if found is not None else CheckResult.NOT_CHECKED


def paid_uses(store: Store, payee: ArtistId | None = None) -> tuple[PaidUse, ...]:
    """As `domain.earnings.paid_uses`, read from the added-up lines of the statements that count."""
    groups: defaultdict[tuple[ArtistId, str, str], list[LineTotal]] = defaultdict(list)
    for total in totals(store, payee=payee):
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


@dataclass(frozen=True, slots=True)
class Lacking:
    """A statement whose lines are not all here, and the number after which to ask."""

    statement: StatementId
    after: int | None


def lacking(store: Store) -> tuple[Lacking, ...]:
    """Statements whose lines are to be fetched."""
    rows = store.rows(
        "SELECT s.id, f.next FROM mirror.statement s LEFT JOIN mirror.fetched f"
        " ON f.statement = s.id AND f.sha256 = s.sha256 WHERE f.statement IS NULL OR f.complete = 0"
        " ORDER BY s.period_until DESC, s.id"
    )
    return tuple(Lacking(StatementId(id), after) for id, after in rows)


def put_lines(
    store: Store, statement: Statement, received: Sequence[Line], next_after: int | None, *, first: bool
) -> None:
    """Keep a page of lines, inside a transaction; the last page adds them up."""
    if first:
        for table in ("line", "line_total"):
            store.run(f"DELETE FROM mirror.{table} WHERE statement = :id", {"id": statement.id})
    store.run_many(
        "INSERT INTO mirror.line (statement, number, work, programme, body)"
        " VALUES (:statement, :number, :work, :programme, :body) ON CONFLICT (statement, number)"
        " DO UPDATE SET work = excluded.work, programme = excluded.programme, body = excluded.body",
        [
            {
                "statement": statement.id,
                "number": line.number,
                "work": line.work or "",
                "programme": line.programme or "",
                "body": encoding.encode(line),
            }
            for line in received
        ],
    )
    store.run(
        "INSERT INTO mirror.fetched (statement, sha256, next, complete, result)"
        " VALUES (:id, :sha256, :next, :complete, 'not_checked')"
        " ON CONFLICT (statement) DO UPDATE SET sha256 = excluded.sha256, next = excluded.next,"
        " complete = excluded.complete",
        {
            "id": statement.id,
            "sha256": statement.sha256,
            "next": next_after,
            "complete": int(next_after is None),
        },
    )
    if next_after is None:
        _add_up(store, statement)


def _add_up(store: Store, statement: Statement) -> None:
    groups: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    works: dict[str, None] = {}
    all_lines = lines(store, statement.id)
    store.run(
        "UPDATE mirror.fetched SET result = :result WHERE statement = :id",
        {"id": statement.id, "result": check(statement, all_lines).result.value},
    )
    for line in all_lines:
        key = (
            line.month.isoformat(),
            line.currency,
            line.kind.value,
            line.programme or "",
            line.work or "",
        )
        groups[key].append(line)
        works[line.work or ""] = None
    store.run_many(
        "INSERT INTO mirror.line_total"
        " (statement, payee, month, currency, kind, programme, work, amount, lines, territories)"
        " VALUES (:statement, :payee, :month, :currency, :kind, :programme, :work, :amount, :lines,"
        " :territories)",
        [
            {
                "statement": statement.id,
                "payee": statement.payee,
                "month": month,
                "currency": currency,
                "kind": kind,
                "programme": programme,
                "work": work,
                "amount": str(exact_sum(line.amount for line in held)),
                "lines": len(held),
                "territories": encoding.encode(sorted({e.territory for e in held if e.territory})).decode(),
            }
            for (month, currency, kind, programme, work), held in groups.items()
        ],
    )
    store.run_many(
        "INSERT INTO mirror.changed (kind, id, subject) VALUES ('line', :id, :subject)",
        [{"id": statement.id, "subject": work} for work in works],
    )
    writing.bump(store, "line")


def sum_by_currency(amounts: Iterable[tuple[str, Decimal]]) -> tuple[tuple[str, Decimal], ...]:
    """Exact sums per currency, sorted by its code."""
    found: defaultdict[str, list[Decimal]] = defaultdict(list)
    for currency, amount in amounts:
        found[currency].append(amount)
    return tuple((currency, exact_sum(values)) for currency, values in sorted(found.items()))
