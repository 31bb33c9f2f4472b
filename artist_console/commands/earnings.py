"""Money: totals, flow, months, statements and how each line was made. Exact decimals, per currency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from artist_console.commands import attention, earners
from artist_console.commands.console import Console, Totals
from artist_console.commands.earners import ArtistTotal, WorkTotal
from artist_console.commands.months import EarningsBy, MonthTotal, heading, month_totals
from artist_console.commands.names import party_name, programme_name
from artist_console.commands.roster import totals_of
from artist_console.commands.statement_lines import LineView, StepView, line, line_count, line_view, lines
from artist_console.domain import words
from artist_console.domain.earnings import Flow, flows
from artist_console.domain.facts import FactBook
from artist_console.domain.findings import Finding, FindingKind
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.known_shares import known_shares
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.phrases import period_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statement_checks import Beside, check, check_figures
from artist_console.domain.statements import (
    CheckResult,
    Line,
    LineKind,
    MoneyNature,
    Statement,
    StatementCheck,
    exact_sum,
    is_ai_income,
    is_earned,
    nature_of,
)
from artist_console.domain.uses import Use
from artist_console.store import mirror
from artist_console.store import statements as stored
from artist_console.store.statements import LineTotal

__all__ = [
    "NOTHING_RECOGNISED",
    "ArtistTotal",
    "EarningsBy",
    "EarningsLevel",
    "EarningsQuery",
    "EarningsRow",
    "EarningsView",
    "EstimateRange",
    "Flow",
    "LineView",
    "MonthTotal",
    "StatementRow",
    "StepView",
    "WorkTotal",
    "check_statement",
    "earnings",
    "estimate_ranges",
    "line",
    "line_count",
    "line_view",
    "lines",
    "statement",
    "statements",
    "totals",
    "totals_for",
]


@dataclass(frozen=True, slots=True)
class EarningsQuery:
    """Which money. `since` and `until` are days; the months that hold them are included."""

    artist: ArtistId | None = None
    work: WorkId | None = None
    programme: ProgrammeId | None = None
    since: date | None = None
    until: date | None = None
    by: EarningsBy = EarningsBy.PROGRAMME
    kind: LineKind | None = None
    use: Use | None = None
    territory: str = ""  # as the lines name it
    source: str = ""  # store or service, as the lines name it


NOTHING_RECOGNISED = "No line was recognised as AI income."


class EarningsLevel(Enum):
    PERIOD = "period"
    PROGRAMME = "programme"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class EarningsRow:
    """A row of the table that drills down; `parent` is the key of the row above, empty at the top."""

    key: str
    parent: str
    level: EarningsLevel
    title: str
    subtitle: str
    currency: str
    amount: Decimal  # AI income only
    lines: int
    statement: StatementId | None
    check: CheckResult | None  # of a statement
    natures: tuple[MoneyNature, ...]
    period: tuple[date, date] | None = None  # of a statement, both days included


@dataclass(frozen=True, slots=True)
class EarningsView:
    flow: tuple[Flow, ...]  # per currency
    months: tuple[MonthTotal, ...]  # AI income only
    rows: tuple[EarningsRow, ...]  # parents before children, newest period first
    programmes: tuple[tuple[ProgrammeId, str], ...]  # that money came from, to filter by
    first_month: date | None
    last_month: date | None
    included_not_paid: tuple[Finding, ...]  # what the records show
    paid_not_included: tuple[Finding, ...]
    unrecognised: int  # lines not recognised as AI income: said so, never shown as zero
    recognised: int  # lines that are; 0 with `unrecognised` above 0: NOTHING_RECOGNISED is said
    top_works: tuple[WorkTotal, ...]  # most first, per currency
    by_artist: tuple[ArtistTotal, ...]  # by name, per currency
    kinds: tuple[tuple[LineKind, str], ...]  # that there are here, to filter by
    uses: tuple[tuple[Use, str], ...]
    territories: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement of the list."""

    statement: Statement
    payee_name: str
    amount: Decimal  # sum of its own lines
    check: CheckResult


def totals(
    console: Console,
    artist: ArtistId | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Totals:
    """AI income per currency, exactly; of the last twelve months where no day is given."""
    if since is None and until is None:
        return totals_of(console, artist)
    found = stored.totals(console.store, payee=artist, since=_month(since), until=_month(until))
    return stored.sum_by_currency((t.currency, t.amount) for t in found if is_earned(t.kind))


def earnings(console: Console, query: EarningsQuery) -> EarningsView:
    """What a query comes to: the flow, the months, and the rows that drill down to statements."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    by_work = totals_for(console, query)
    # The same sums, not told apart by work: a small part of the rows, and all but one figure needs no more.
    found = by_work if query.work or query.territory else totals_for(console, query, works=False)
    known = {statement.id: statement for statement in stored.all(store, query.artist)}
    named = {total.statement for total in found}
    paying = [known[id] for id in known if id in named] if _whole_statements(query) else []
    earned = [total for total in found if is_earned(total.kind)]
    months = [total.month for total in earned]
    missing = attention.findings(console, query.artist, query.work)
    return EarningsView(
        flow=flows(paying, found),
        months=month_totals(earned, facts, query.by),
        rows=_rows(earned, known, dict(_checks(console)), facts, query.by),
        programmes=_programmes(earned, facts),
        first_month=min(months, default=None),
        last_month=max(months, default=None),
        included_not_paid=tuple(f for f in missing if f.kind is FindingKind.REPORTED_NOT_PAID),
        paid_not_included=tuple(f for f in missing if f.kind is FindingKind.PAID_NOT_REPORTED),
        unrecognised=sum(t.lines for t in found if not is_ai_income(t.kind)),
        recognised=sum(t.lines for t in found if is_ai_income(t.kind)),
        top_works=earners.top_works(by_work, facts),
        by_artist=earners.by_artist(earned, facts),
        kinds=_kinds(found),
        uses=_uses(found),
        territories=tuple(sorted({place for t in by_work for place in t.territories})),
        sources=tuple(sorted({t.source for t in found if t.source}, key=str.casefold)),
    )


def totals_for(console: Console, query: EarningsQuery, *, works: bool = True) -> tuple[LineTotal, ...]:
    """The added-up lines that a query is about; `works` False: not told apart by work, which is quicker."""
    return stored.totals(
        console.store,
        payee=query.artist,
        work=query.work,
        programme=query.programme,
        kind=query.kind,
        use=query.use,
        territory=query.territory,
        source=query.source,
        since=_month(query.since),
        until=_month(query.until),
        works=works,
    )


def _uses(found: Iterable[LineTotal]) -> tuple[tuple[Use, str], ...]:
    here = {total.use for total in found}
    return tuple((use, words.USE[use][0]) for use in Use if use in here)


def _kinds(found: Iterable[LineTotal]) -> tuple[tuple[LineKind, str], ...]:
    here = {total.kind for total in found}
    return tuple((kind, words.LINE_KIND[kind][0]) for kind in LineKind if kind in here)


@dataclass(frozen=True, slots=True)
class EstimateRange:
    """The lowest and highest that the estimates of a month can come to, as their lines state it."""

    month: date
    currency: str
    key: str  # as in MonthTotal
    low: Decimal
    high: Decimal


def estimate_ranges(console: Console, query: EarningsQuery) -> tuple[EstimateRange, ...]:
    """Ranges of the estimated money of a query, where every line of a month and heading states its own.

    Lowest values are added to lowest, highest to highest: the widest range, which claims the least.
    """
    found = totals_for(console, query)
    estimates = [t for t in found if is_earned(t.kind) and nature_of(t.kind) is MoneyNature.ESTIMATED]
    wanted = {t.statement: None for t in estimates}
    months = {total.month for total in found}
    groups: defaultdict[tuple[date, str, str], list[Line]] = defaultdict(list)
    for statement in sorted(wanted):
        for kind in sorted({t.kind for t in estimates if t.statement == statement}, key=lambda k: k.value):
            where = LineFilter(query.work, query.programme, kind, query.use, query.territory, query.source)
            for each in stored.each_line(console.store, statement, where):
                if each.month in months:
                    key = each.kind.value if query.by is EarningsBy.KIND else (each.programme or "")
                    groups[each.month, each.currency, key].append(each)
    return tuple(
        EstimateRange(
            *group,
            exact_sum(line.confidence_low for line in held if line.confidence_low is not None),
            exact_sum(line.confidence_high for line in held if line.confidence_high is not None),
        )
        for group, held in sorted(groups.items())
        if all(line.confidence_low is not None and line.confidence_high is not None for line in held)
    )


def statement(console: Console, id: StatementId) -> StatementRow:
    """One statement of the list. Raises UnknownThing."""
    found = stored.one(console.store, id)
    if found is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    facts = mirror.facts(console.store, console.clock())
    return StatementRow(
        found,
        party_name(facts, found.payee),
        _amount(found, stored.amounts(console.store)),
        stored.check_result(console.store, id),
    )


def _amount(statement: Statement, amounts: Mapping[StatementId, tuple[tuple[str, Decimal], ...]]) -> Decimal:
    """What its lines come to, in whatever currency each says it is: a check tells where they are several."""
    return exact_sum(amount for _, amount in amounts.get(statement.id, ()))


def _month(day: date | None) -> date | None:
    return day.replace(day=1) if day is not None else None


def _whole_statements(query: EarningsQuery) -> bool:
    """Whether payments can be told: they are of whole statements, not of a part of their lines."""
    parts = (query.work, query.programme, query.kind, query.use, query.territory, query.source)
    return not any(parts)


def _checks(console: Console) -> Iterable[tuple[StatementId, CheckResult]]:
    return ((statement.id, result) for statement, result in stored.checks(console.store))


def _programmes(found: Iterable[LineTotal], facts: FactBook) -> tuple[tuple[ProgrammeId, str], ...]:
    ids = {total.programme for total in found if total.programme is not None}
    return tuple(sorted(((id, programme_name(facts, id)) for id in ids), key=lambda pair: pair[1].casefold()))


def _rows(
    found: Sequence[LineTotal],
    known: dict[StatementId, Statement],
    checks: dict[StatementId, CheckResult],
    facts: FactBook,
    by: EarningsBy,
) -> tuple[EarningsRow, ...]:
    """Period > programme (or kind) > statement, per currency; a period is a year."""
    tree: dict[tuple[str, ...], _Branch] = {}
    for total in found:
        head = total.kind.value if by is EarningsBy.KIND else (total.programme or "")
        leaf = (str(total.month.year), total.currency, head, total.statement)
        branch = tree.get(leaf)
        if branch is None:
            branch = tree[leaf] = _Branch()
        branch.amounts.append(total.amount)
        branch.lines += total.lines
        branch.kinds.add(total.kind)
    # What is above is added up from what is below: each amount is looked at once.
    for length in (3, 2):
        for path in [path for path in tree if len(path) == length + 1]:
            below = tree[path]
            above = tree.setdefault(path[:length], _Branch())
            above.amounts.append(below.total)
            above.lines += below.lines
            above.kinds |= below.kinds
    return tuple(
        _row(path, tree[path], known, checks, facts, by)
        for path in sorted(tree, key=lambda path: (-int(path[0]), path[1:]))
    )


class _Branch:
    """What a row of the table comes to."""

    def __init__(self) -> None:
        self.amounts: list[Decimal] = []
        self.lines = 0
        self.kinds: set[LineKind] = set()

    @property
    def total(self) -> Decimal:
        return exact_sum(self.amounts)


def _row(
    path: tuple[str, ...],
    held: _Branch,
    known: dict[StatementId, Statement],
    checks: dict[StatementId, CheckResult],
    facts: FactBook,
    by: EarningsBy,
) -> EarningsRow:
    level = (EarningsLevel.PERIOD, EarningsLevel.PROGRAMME, EarningsLevel.STATEMENT)[len(path) - 2]
    statement = known.get(StatementId(path[3])) if level is EarningsLevel.STATEMENT else None
    title, subtitle = path[0], ""
    if level is EarningsLevel.PROGRAMME:
        title = heading(facts, by, path[2])
    elif statement is not None:
        title = statement.issuer
        subtitle = period_in_words(statement.period_from, statement.period_until)
    natures = {nature_of(kind) for kind in held.kinds}
    return EarningsRow(
        key="/".join(path),
        parent="/".join(path[:-1]) if level is not EarningsLevel.PERIOD else "",
        level=level,
        title=title,
        subtitle=subtitle,
        currency=path[1],
        amount=held.total,
        lines=held.lines,
        statement=statement.id if statement is not None else None,
        check=checks.get(statement.id) if statement is not None else None,
        natures=tuple(nature for nature in MoneyNature if nature in natures),
        period=(statement.period_from, statement.period_until) if statement is not None else None,
    )


def statements(console: Console, artist: ArtistId | None = None) -> tuple[StatementRow, ...]:
    """Statements, the latest period first."""
    facts = mirror.facts(console.store, console.clock())
    checks, amounts = dict(_checks(console)), stored.amounts(console.store)
    return tuple(
        StatementRow(
            statement,
            party_name(facts, statement.payee),
            _amount(statement, amounts),
            checks.get(statement.id, CheckResult.NOT_CHECKED),
        )
        for statement in stored.all(console.store, artist)
    )


def check_statement(console: Console, statement: StatementId) -> StatementCheck:
    """Every check of a statement, against its lines and what stands beside it. Raises UnknownThing."""
    found = stored.one(console.store, statement)
    if found is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    figures = stored.figures(console.store, statement)
    if figures is None:
        return check(found, ())
    return check_figures(found, figures, beside(console, found))


def beside(console: Console, statement: Statement) -> Beside:
    """What the checks of a statement look at beside its own lines."""
    gone = stored.replaced(console.store)
    return Beside(
        others=tuple(each for each in stored.all(console.store, statement.payee) if each.id not in gone),
        share_of=known_shares(mirror.facts(console.store, console.clock()), statement.payee),
        seal=stored.seal_state(console.store, statement.id),
        today=console.today,
    )
