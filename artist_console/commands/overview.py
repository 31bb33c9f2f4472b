"""The first page: what changed, what waits, and three figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

from artist_console.commands import attention
from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console, Result, Totals
from artist_console.commands.history import HistoryRow, history
from artist_console.commands.months import EarningsBy, MonthTotal, month_totals
from artist_console.commands.names import party_name, programme_name, use_words
from artist_console.domain import words, work_words
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Outcome
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, PartyId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, at_least
from artist_console.domain.phrases import day_in_words, period_in_words
from artist_console.domain.registers import SubjectKind
from artist_console.domain.statements import is_earned
from artist_console.domain.waiting import WaitingItem
from artist_console.domain.work_rows import WorkFilter, WorksQuery
from artist_console.formats.wire import UNNAMED_ACCOUNT
from artist_console.store import inclusions, mirror, profile, statements
from artist_console.store import works as stored
from artist_console.store.statements import LineTotal


class ChangeKind(Enum):
    DECISION = "decision"
    INCLUSION = "inclusion"
    STATEMENT = "statement"
    TERMS = "terms"
    MANDATE = "mandate"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that changed. `target` is a place of the interface: "work:<id>", "statement:<id>" ..."""

    day: date
    when: datetime
    kind: ChangeKind
    title: str
    detail: str
    target: str
    artist: ArtistId | None
    new: bool  # since the last visit
    count: int = 1  # answers that were recorded together and stand in one row


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of one artist, or of all of them."""

    name: str  # to greet; empty without an account
    since_words: str  # one sentence about what changed since the last visit
    earned: Totals  # AI income of the last twelve months
    earned_this_month: Totals
    trend: tuple[tuple[str, int], ...]  # per currency: last full month against the one before, in per cent
    works: int
    reported: int  # works reported in some programme
    operators: int  # known
    operators_reporting: int  # that have reported any work in reach
    waiting: tuple[WaitingItem, ...]  # oldest deadline first
    changed: tuple[ChangeRow, ...]  # newest first
    months: tuple[MonthTotal, ...]  # twelve months, by programme
    last_sync: datetime | None
    has_statements: bool


def overview(console: Console, artist: ArtistId | None = None) -> Overview:
    """One artist's overview, or that of all artists in reach."""
    store, now, today = console.store, console.clock(), console.today
    facts = mirror.facts(store, now)
    counts = stored.counts(store, WorksQuery(artist=artist))
    since = twelve_months_to(today)
    found = [
        total
        for total in statements.totals(store, payee=artist, since=since, until=today)
        if is_earned(total.kind)
    ]
    visited = last_visit(console)
    changed = _changed(console, facts, artist, visited)
    return Overview(
        name=_name_of_account(console),
        since_words=_since_words(changed, visited, counts[WorkFilter.ALL]),
        earned=_sums(found),
        earned_this_month=_sums(t for t in found if t.month == today.replace(day=1)),
        trend=_trend(found, today),
        works=counts[WorkFilter.ALL],
        reported=counts[WorkFilter.REPORTED],
        operators=len({programme.operator for programme in facts.programmes.values()}),
        operators_reporting=len(_reporting(console, facts, artist)),
        waiting=attention.waiting(console, artist),
        changed=changed,
        months=month_totals(found, facts, EarningsBy.PROGRAMME),
        last_sync=profile.last_sync(store),
        has_statements=bool(statements.all(store, artist)),
    )


def _name_of_account(console: Console) -> str:
    account = console.account
    return "" if account is None or account.name == UNNAMED_ACCOUNT else account.name


def _sums(totals: Iterable[LineTotal]) -> Totals:
    return statements.sum_by_currency((total.currency, total.amount) for total in totals)


def _trend(found: Sequence[LineTotal], today: date) -> tuple[tuple[str, int], ...]:
    """Per currency, the last full month against the one before, in whole per cent; only where both earned."""
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    former = (last - timedelta(days=1)).replace(day=1)
    newer = dict(_sums(t for t in found if t.month == last))
    older = dict(_sums(t for t in found if t.month == former))
    return tuple(
        (currency, int(((newer[currency] / older[currency] - 1) * 100).to_integral_value()))
        for currency in sorted(newer)
        if older.get(currency, Decimal(0)) > 0
    )


def _reporting(console: Console, facts: FactBook, artist: ArtistId | None) -> set[PartyId]:
    """Operators by whom some work in reach is reported with their own word or better."""
    found: set[PartyId] = set()
    models, datasets = inclusions.models(console.store), inclusions.datasets(console.store)
    for said in inclusions.find(console.store, artist=artist):
        if not at_least(said.grade, EvidenceGrade.OPERATOR_STATED):
            continue
        programme = facts.programmes.get(said.programme) if said.programme else None
        model = models.get(said.model) if said.model else None
        dataset = datasets.get(said.dataset) if said.dataset else None
        for operator in (
            programme.operator if programme else None,
            model.operator if model else None,
            dataset.operator if dataset else None,
        ):
            if operator is not None:
                found.add(operator)
    return found


def _changed(
    console: Console, facts: FactBook, artist: ArtistId | None, visited: datetime | None
) -> tuple[ChangeRow, ...]:
    """The latest changes, newest first."""
    earliest = console.clock() - _SHOWN_FOR
    rows = [
        *_decisions(console, artist),
        *_inclusions(console, facts, artist),
        *_statements(console, facts, artist),
        *_terms(facts),
        *_mandates(console, facts, artist),
    ]
    recent = sorted((row for row in rows if row.when >= earliest), key=lambda row: row.when, reverse=True)
    return tuple(replace(row, new=visited is None or row.when > visited) for row in recent[:_MOST_SHOWN])


_SHOWN_FOR = timedelta(days=60)
_MOST_SHOWN = 60


def _row(
    when: datetime, kind: ChangeKind, title: str, detail: str, target: str, artist: ArtistId | None
) -> ChangeRow:
    return ChangeRow(when.date(), when, kind, title, detail, target, artist, new=False)


def _decisions(console: Console, artist: ArtistId | None) -> Iterable[ChangeRow]:
    """Answers, those of one act in one row; a conflict by itself, until somebody has settled it."""
    acts: dict[tuple[object, ...], list[HistoryRow]] = {}
    for row in history(console, artist, limit=_LOOKED_AT):
        if row.outcome is Outcome.CONFLICT:
            if not row.settled:
                yield _decided([row], ChangeKind.CONFLICT)
            continue
        acts.setdefault((row.artist, row.act or row.decision, row.stance), []).append(row)
    for rows in acts.values():
        yield _decided(rows, ChangeKind.DECISION)


_LOOKED_AT = 100_000


def _decided(rows: Sequence[HistoryRow], kind: ChangeKind) -> ChangeRow:
    first = rows[0]
    by = f"{first.made_by}, for {first.on_behalf_of}" if first.on_behalf_of else first.made_by
    programmes = tuple(dict.fromkeys(row.programme or "Every programme" for row in rows))
    uses = tuple(dict.fromkeys(use_words(row.use) for row in rows))
    where = programmes[0] if len(programmes) == 1 else f"{len(programmes)} programmes"
    use = uses[0] if len(uses) == 1 else f"{len(uses)} uses"
    about = {row.about for row in rows}
    subject = first.subject
    if len(about) > 1:
        works = all(each is not None and each.kind is SubjectKind.WORK for each in about)
        subject = f"{len(about):,} works" if works else f"{len(rows):,} answers"
    shown = _row(
        first.when,
        kind,
        f"{words.STANCE[first.stance]}: {subject}",
        " · ".join(part for part in (where, use, by) if part),
        f"decision:{first.decision}",
        first.artist,
    )
    return replace(shown, count=len(rows))


def _inclusions(console: Console, facts: FactBook, artist: ArtistId | None) -> Iterable[ChangeRow]:
    """What was reported, told once per day, place and state however many works it concerns."""
    groups: dict[tuple[object, ...], list[InclusionStatement]] = {}
    for said in inclusions.find(console.store, artist=artist):
        key = (said.recorded.at.date(), said.dataset, said.model, said.state, said.stated_by)
        groups.setdefault(key, []).append(said)
    models, datasets = inclusions.models(console.store), inclusions.datasets(console.store)
    for held in groups.values():
        first = max(held, key=lambda said: said.recorded.at)
        place = models.get(first.model) if first.model else datasets.get(first.dataset or "")
        where = f"{place.name} {place.version}".strip() if place is not None else ""
        where = where or programme_name(facts, first.programme)
        works = len({said.work for said in held})
        work = facts.works.get(first.work)
        yield _row(
            first.recorded.at,
            ChangeKind.INCLUSION,
            work_words.stated_words(first.state, first.stated_by, first.of_a_title).text,
            " · ".join(
                part
                for part in (f"“{work.title}”" if works == 1 and work else f"{works} works", where)
                if part
            ),
            f"work:{first.work}" if works == 1 else "filter:reported",
            work.artists[0] if work is not None and work.artists else None,
        )


def _statements(console: Console, facts: FactBook, artist: ArtistId | None) -> Iterable[ChangeRow]:
    for statement in statements.all(console.store, artist):
        yield _row(
            datetime.combine(statement.received_on, time(12), tzinfo=UTC),
            ChangeKind.STATEMENT,
            f"Statement from {statement.issuer}",
            period_in_words(statement.period_from, statement.period_until),
            f"statement:{statement.id}",
            statement.payee,
        )


def _terms(facts: FactBook) -> Iterable[ChangeRow]:
    for terms in facts.terms.values():
        name = programme_name(facts, terms.programme)
        yield _row(
            datetime.combine(terms.announced_on, time(12), tzinfo=UTC),
            ChangeKind.TERMS,
            f"{name}: terms, version {terms.number}",
            f"In effect from {day_in_words(terms.effective_from)}",
            f"programme:{terms.programme}",
            None,
        )


def _mandates(console: Console, facts: FactBook, artist: ArtistId | None) -> Iterable[ChangeRow]:
    for mandate in mandates_known(console):
        if artist not in (None, mandate.artist):
            continue
        given = datetime.combine(mandate.given_on, time(12), tzinfo=UTC)
        yield _row(
            mandate.revoked_at or given,
            ChangeKind.MANDATE,
            "Mandate taken back" if mandate.revoked_at is not None else "Mandate given",
            f"{party_name(facts, mandate.artist)}, {mandate.holder_name}".strip(", "),
            f"mandate:{mandate.id}",
            mandate.artist,
        )


def _since_words(changed: Sequence[ChangeRow], visited: datetime | None, works: int) -> str:
    """One sentence about what is new."""
    new = [row for row in changed if row.new]
    if visited is None:
        if changed:
            return "This is what is known here so far."
        return "Nothing was reported or decided yet." if works else "Nothing is known here yet."
    if not new:
        return f"Nothing has changed since {day_in_words(visited)}."
    counts = {kind: sum(row.count for row in new if row.kind is kind) for kind in ChangeKind}
    parts = [f"{count:,} {_NOUN[kind][count != 1]}" for kind, count in counts.items() if count]
    return f"Since {day_in_words(visited)}: {', '.join(parts)}."


_NOUN: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.DECISION: ("answer", "answers"),
    ChangeKind.INCLUSION: ("report of use", "reports of use"),
    ChangeKind.STATEMENT: ("statement", "statements"),
    ChangeKind.TERMS: ("change of terms", "changes of terms"),
    ChangeKind.MANDATE: ("mandate", "mandates"),
    ChangeKind.CONFLICT: ("conflict", "conflicts"),
}


def last_visit(console: Console) -> datetime | None:
    """When somebody last looked at what changed here."""
    return profile.last_visit(console.store)


def mark_seen(console: Console) -> Result[None]:
    """What is shown as new now has been seen."""
    profile.note_visit(console.store, console.clock())
    return Result(None, Changes.NONE)
