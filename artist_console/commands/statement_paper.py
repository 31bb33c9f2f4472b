"""A statement on paper, per artist and period: who pays whom for what, from earned to paid, what was checked.

It is for a musician and whoever keeps their books. Amounts stand with every digit of the lines; what is
payable is rounded once, and what the rounding left is told. Lines themselves go out as a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from artist_console.commands import earnings
from artist_console.commands.console import Console
from artist_console.commands.names import party_name, programme_name, work_title
from artist_console.commands.paper import Paper, PaperColumn, PaperLine, PaperStyle, table_lines
from artist_console.commands.paper_width import cut
from artist_console.domain import words
from artist_console.domain.currencies import is_currency
from artist_console.domain.earnings import Flow, flows
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.money import money_in_words, payable
from artist_console.domain.phrases import day_in_words, period_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import (
    CheckResult,
    Line,
    LineKind,
    MoneyNature,
    Statement,
    StatementLevel,
    StatementSource,
    exact_sum,
    is_ai_income,
    is_earned,
    nature_of,
)
from artist_console.formats.table_out import Value
from artist_console.store import mirror
from artist_console.store import statements as stored
from artist_console.store.statements import LineTotal

_MOST_WORKS = 200
_MOST_CORRECTIONS = 100
_LINES_LOOKED_THROUGH = (
    200_000  # for corrections of any kind; beyond it only those that are one by their kind
)

_LEVELS = {
    StatementLevel.POOL: "What an operator pays out for everybody: no money of the payee's own",
    StatementLevel.LICENSOR_GROSS: "What the payee received for others, before it is shared out",
    StatementLevel.PAYEE_NET: "What is due to the payee",
}
_RESULTS = {
    CheckResult.ADDS_UP: "Adds up",
    CheckResult.DOES_NOT_ADD_UP: "Does not add up",
    CheckResult.PART_CANNOT_BE_CHECKED: "Cannot be checked",
    CheckResult.NOT_CHECKED: "Not checked",
}
_NATURES = {
    MoneyNature.FIXED: "fixed",
    MoneyNature.COUNTED: "counted",
    MoneyNature.ESTIMATED: "estimated",
    MoneyNature.DEDUCTION: "deducted",
}
_IDENTIFIERS = {"isni": "ISNI", "ipi": "IPI", "dpid": "DPID"}


def statement_paper(console: Console, id: StatementId) -> Paper:
    """One statement. Raises UnknownThing."""
    known = {each.id: each for each in stored.all(console.store)}
    statement = known.get(id)
    if statement is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    facts = mirror.facts(console.store, console.clock())
    totals = [
        each for each in stored.totals(console.store, payee=statement.payee) if each.statement == id
    ] or _added_up(console, statement)
    period = period_in_words(statement.period_from, statement.period_until)
    name = party_name(facts, statement.payee) or "a payee who is not known here"
    page = _Page(console, facts, (statement,), totals, whole=True)
    lines = (
        PaperLine(PaperStyle.TITLE, cut(f"Statement of {statement.issuer}, {period}", 110)),
        *(PaperLine(PaperStyle.ROW, f"{what}\t{said}") for what, said in page.about(statement)),
        PaperLine(PaperStyle.SMALL, f"SHA-256 of {_hashed_words(statement)}: {_hash_of(statement)}"),
        *page.body(),
    )
    mark = _hash_of(statement)[:16]
    foot = f"{cut(statement.issuer, 24)} to {cut(name, 24)} · {period} · SHA-256 {mark}…"
    return Paper(f"{name}: statement of {statement.issuer}, {period}", foot, lines)


def period_paper(console: Console, artist: ArtistId, since: date, until: date) -> Paper:
    """All that was stated for an artist in the months that hold these days. Raises UnknownThing."""
    facts = mirror.facts(console.store, console.clock())
    name = party_name(facts, artist)
    if not name:
        raise UnknownThing("This artist is not known here", "Sync, then look again")
    first, last = since.replace(day=1), until.replace(day=1)
    totals = stored.totals(console.store, payee=artist, since=first, until=last)
    named = {total.statement for total in totals}
    statements = tuple(each for each in stored.all(console.store, artist) if each.id in named)
    whole = all(first <= each.period_from and each.period_until <= _end_of(last) for each in statements)
    page = _Page(console, facts, statements, totals, whole=whole)
    period = period_in_words(first, _end_of(last))
    lines = (
        PaperLine(PaperStyle.TITLE, cut(f"{name}: earnings, {period}", 110)),
        *(
            PaperLine(PaperStyle.ROW, f"{what}\t{said}")
            for what, said in page.about_period(name, artist, period)
        ),
        *page.statements_table(),
        *page.body(),
    )
    return Paper(f"{name}: earnings, {period}", f"{cut(name, 40)} · earnings · {period}", lines)


def statement_facts(console: Console, statement: Statement) -> Iterator[tuple[str, Value]]:
    """What is said of a statement as a whole, for the second sheet of a table. Amounts are exact text."""
    facts = mirror.facts(console.store, console.clock())
    yield "Issuer", statement.issuer
    yield "Payee", party_name(facts, statement.payee)
    yield "Period from", statement.period_from
    yield "Period until", statement.period_until
    yield "Currency", statement.currency
    yield "Level", statement.level.value
    yield "Lines", statement.line_count
    for what, amount in (
        ("Declared total (exact)", statement.declared_total),
        ("Opening balance (exact)", statement.opening_balance),
        ("Paid (exact)", statement.paid),
        ("Closing balance (exact)", statement.closing_balance),
    ):
        if amount is not None:
            yield what, amount
    for check in earnings.check_statement(console, statement.id).checks:
        yield f"Check: {check.name}", f"{_RESULTS[check.result]}. {check.words}"
    if statement.rows_left_out:
        yield "Rows of the file left out", statement.rows_left_out
    yield "Received", statement.received_on
    yield "How it came", _source_words(statement)
    yield "File", statement.file_name
    yield "SHA-256", _hash_of(statement)
    yield "Statement", statement.id


@dataclass(frozen=True, slots=True)
class _Correction:
    statement: StatementId
    line: Line


class _Page:
    """What all parts of one paper have in common."""

    def __init__(
        self,
        console: Console,
        facts: FactBook,
        statements: Sequence[Statement],
        totals: Sequence[LineTotal],
        *,
        whole: bool,
    ) -> None:
        self.console, self.facts, self.statements, self.totals = console, facts, statements, totals
        self.whole = whole  # the statements are here with all their months: balances and payments are theirs

    # Who and what

    def about(self, statement: Statement) -> Iterator[tuple[str, str]]:
        yield "From", statement.issuer
        yield "To", self._payee(statement.payee)
        yield "Period", f"{day_in_words(statement.period_from)} to {day_in_words(statement.period_until)}"
        yield "Currency", ", ".join(self._currencies()) or statement.currency
        if statement.level is not StatementLevel.PAYEE_NET:
            yield "What it is", f"{_LEVELS[statement.level]}."
        yield "Received", f"{day_in_words(statement.received_on)}. {_source_words(statement)}"
        if statement.file_name:
            yield "File", statement.file_name
        if statement.rows_left_out:
            rows = "1 row was" if statement.rows_left_out == 1 else f"{statement.rows_left_out:,} rows were"
            yield "Partial", f"{rows} left out when the file was read. The totals here are without them."
        if statement.replaces is not None:
            yield "Replaces", f"an earlier statement, {statement.replaces}"
        if statement.id in stored.replaced(self.console.store):
            yield "Replaced", "A corrected statement has come in its place; this one counts in no total."
        yield "Statement", statement.id

    def about_period(self, name: str, artist: ArtistId, period: str) -> Iterator[tuple[str, str]]:
        yield "For", self._payee(artist) or name
        yield "Months", period
        yield "Currency", ", ".join(self._currencies()) or "none"
        issuers = sorted({statement.issuer for statement in self.statements}, key=str.casefold)
        yield "From", ", ".join(issuers) or "No statement is here for these months."
        partial = sum(statement.rows_left_out for statement in self.statements)
        if partial:
            yield "Partial", f"{partial:,} rows of files were left out. The totals here are without them."

    def statements_table(self) -> Iterator[PaperLine]:
        if not self.statements:
            return
        yield _heading("Statements")
        columns = (
            PaperColumn("From", 24),
            PaperColumn("Period", 22),
            PaperColumn("Check", 16),
            PaperColumn("In these months", 38, is_number=True),
        )
        rows = []
        for statement in sorted(self.statements, key=lambda each: (each.period_from, each.issuer)):
            result = stored.check_result(self.console.store, statement.id)
            for currency in self._currencies():
                held = [
                    total.amount
                    for total in self.totals
                    if total.statement == statement.id and total.currency == currency
                ]
                if held:
                    period = period_in_words(statement.period_from, statement.period_until)
                    amount = f"{_exact(currency, exact_sum(held))} {currency}"
                    rows.append((statement.issuer, period, _RESULTS[result], amount))
        yield from table_lines(columns, rows)
        for statement in self.statements:
            yield PaperLine(PaperStyle.SMALL, f"{cut(statement.issuer, 40)}: SHA-256 {_hash_of(statement)}")

    def _payee(self, payee: ArtistId) -> str:
        known = self.facts.parties.get(payee)
        if known is None:
            return "A payee who is not known here"
        numbers = [
            f"{_IDENTIFIERS[each.kind]} {each.value}"
            for each in known.identifiers
            if each.kind in _IDENTIFIERS
        ]
        return " · ".join((known.name, *numbers))

    def _currencies(self) -> tuple[str, ...]:
        return tuple(sorted({total.currency for total in self.totals}))

    # Money

    def body(self) -> Iterator[PaperLine]:
        for flow in flows(self.statements if self.whole else (), self.totals):
            held = [total for total in self.totals if total.currency == flow.currency]
            yield from self._flow(flow, held)
            yield from self._tables(flow.currency, held)
        if not self.totals:
            yield PaperLine(PaperStyle.TEXT, "No line is here.")
        yield from self._corrections()
        yield from self._checks()
        yield PaperLine(PaperStyle.SMALL, "")
        yield PaperLine(
            PaperStyle.SMALL,
            f"Made on {day_in_words(self.console.today)} from the records kept here. Amounts are exact: they "
            "stand as they were stated, and nothing was converted. That a statement adds up is arithmetic; "
            "it does not show that every use was reported.",
        )

    def _flow(self, flow: Flow, held: Sequence[LineTotal]) -> Iterator[PaperLine]:
        code = flow.currency
        yield _heading(f"From earned to paid, {code}")
        if not any(is_ai_income(total.kind) for total in held):
            yield PaperLine(PaperStyle.TEXT, "No line was recognised as income from AI programmes.")
        steps: list[tuple[str, Decimal]] = []
        if any(is_earned(total.kind) for total in held):
            steps.append(("Earned from AI programmes", flow.earned))
        for what, amount in (
            ("Other income", flow.other),
            ("Advances", flow.advanced),
            ("Could not be attributed to anybody", flow.unattributed),
            ("Set against your advance", flow.set_against.copy_negate()),
            ("Held as reserve", flow.held.copy_negate()),
            ("Costs, tax, commission, passed on", flow.deducted.copy_negate()),
        ):
            if amount:
                steps.append((what, amount))
        rounded = payable(flow.payable, code) if is_currency(code) else None
        sums = [("Payable", flow.payable)]
        if rounded is not None and rounded.left_over:
            sums.append(("Payable, rounded once", rounded.amount))
            sums.append(("What the rounding left", rounded.left_over))
        if self.whole:
            sums += self._settled(flow)
        columns = (PaperColumn("Step", 64), PaperColumn(code, 36, is_number=True))
        rows, settled = ([(what, _exact(code, amount)) for what, amount in part] for part in (steps, sums))
        yield from table_lines(columns, rows, settled)

    def _settled(self, flow: Flow) -> list[tuple[str, Decimal]]:
        """Payments and balances, which are of whole statements."""
        sums = []
        of = [each for each in self.statements if each.currency == flow.currency]
        only = of[0] if len(of) == 1 else None
        if only is not None and only.opening_balance is not None:
            sums.append(("Balance before", only.opening_balance))
        if any(each.paid is not None for each in of):
            sums.append(("Paid", flow.paid))
            sums.append(("Still to come", flow.still_to_come))
        if only is not None and only.closing_balance is not None:
            sums.append(("Balance after, as stated", only.closing_balance))
        return sums

    def _tables(self, currency: str, held: Sequence[LineTotal]) -> Iterator[PaperLine]:
        yield from self._by(
            "By programme",
            currency,
            held,
            lambda total: (
                programme_name(self.facts, total.programme)
                or ("No programme named" if is_ai_income(total.kind) else "Other income")
            ),
            lambda total: (total.programme, is_ai_income(total.kind)),
        )
        yield from self._by("By kind", currency, held, _kind_words, lambda total: total.kind)
        if any(nature_of(total.kind) is MoneyNature.ESTIMATED for total in held):
            estimated = (
                "What is estimated rests on a model's estimate of its own output; the range of each such "
                "amount stands with its line in the table (CSV, XLSX)."
            )
            yield PaperLine(PaperStyle.SMALL, estimated)
        works = [total for total in held if total.work is not None]
        if works:
            rest = [total for total in held if total.work is None]
            yield from self._by("By work", currency, works, self._work, lambda total: total.work, rest)

    def _work(self, total: LineTotal) -> str:
        title = work_title(self.facts, total.work) if total.work is not None else ""
        return title or "A work that is not known here"

    def _by(
        self,
        heading: str,
        currency: str,
        held: Sequence[LineTotal],
        name: Callable[[LineTotal], str],
        key: Callable[[LineTotal], Hashable],
        rest: Sequence[LineTotal] = (),
    ) -> Iterator[PaperLine]:
        """What lines come to by a name, the largest first, and their sum."""
        groups: defaultdict[Hashable, list[LineTotal]] = defaultdict(list)
        for total in held:
            groups[key(total)].append(total)
        found = [(name(each[0]), _sum(each), sum(total.lines for total in each)) for each in groups.values()]
        found.sort(key=lambda row: (-row[1], row[0].casefold()))
        shown = found if len(found) <= _MOST_WORKS + 1 else found[:_MOST_WORKS]
        more = found[len(shown) :]
        if more:
            left = exact_sum(amount for _, amount, _ in more)
            shown = [*shown, (f"and {len(more):,} more", left, sum(lines for _, _, lines in more))]
        if rest:
            shown = [*shown, ("About no work", _sum(rest), sum(total.lines for total in rest))]
        everything = _sum((*held, *rest))
        count = sum(total.lines for total in (*held, *rest))
        yield _heading(f"{heading}, {currency}")
        columns = (
            PaperColumn(heading.removeprefix("By ").capitalize(), 58),
            PaperColumn("Lines", 12, is_number=True),
            PaperColumn(currency, 30, is_number=True),
        )
        rows = [(what, f"{lines:,}", _exact(currency, amount)) for what, amount, lines in shown]
        yield from table_lines(columns, rows, [("Together", f"{count:,}", _exact(currency, everything))])

    # Corrections and checks

    def _corrections(self) -> Iterator[PaperLine]:
        every = self._corrected()
        found = list(islice(every, _MOST_CORRECTIONS))
        if not found:
            return
        more = sum(1 for _ in every)
        yield _heading("Corrections")
        columns = (
            PaperColumn("Line", 9, is_number=True),
            PaperColumn("What", 50),
            PaperColumn("Corrects", 15),
            PaperColumn("Amount", 26, is_number=True),
        )
        rows = []
        for each in found:
            line = each.line
            elsewhere = line.corrects_statement not in (None, each.statement)
            corrects = "" if line.corrects is None else f"line {line.corrects}"
            where = f"{corrects} elsewhere" if elsewhere else corrects
            title = (work_title(self.facts, line.work) if line.work is not None else "") or line.title
            what = ": ".join(filter(None, (words.LINE_KIND[line.kind][0], title or line.words)))
            amount = f"{_exact(line.currency, line.amount)} {line.currency}"
            rows.append((str(line.number), cut(what, 120), where, amount))
        yield from table_lines(columns, rows)
        if more:
            yield PaperLine(PaperStyle.SMALL, f"and {more:,} more; all lines stand in the table (CSV, XLSX).")

    def _corrected(self) -> Iterator[_Correction]:
        by_kind = (LineKind.ADJUSTMENT, LineKind.REVERSAL)
        for statement in self.statements:
            kinds = {total.kind for total in self.totals if total.statement == statement.id}
            if statement.line_count > _LINES_LOOKED_THROUGH and kinds.isdisjoint(by_kind):
                continue
            filters = [LineFilter()]
            if statement.line_count > _LINES_LOOKED_THROUGH:
                filters = [LineFilter(kind=kind) for kind in by_kind if kind in kinds]
            for where in filters:
                for line in stored.each_line(self.console.store, statement.id, where):
                    if line.corrects is not None or line.kind in by_kind:
                        yield _Correction(statement.id, line)

    def _checks(self) -> Iterator[PaperLine]:
        for statement in self.statements:
            checked = earnings.check_statement(self.console, statement.id)
            about = "" if len(self.statements) == 1 else f": {cut(statement.issuer, 40)}"
            yield _heading(f"What was checked{about}")
            for check in checked.checks:
                yield PaperLine(PaperStyle.ROW, f"{_RESULTS[check.result]}\t{check.words}")


def _kind_words(total: LineTotal) -> str:
    nature = nature_of(total.kind)
    said = words.LINE_KIND[total.kind][0]
    return f"{said} ({_NATURES[nature]})"


def _added_up(console: Console, statement: Statement) -> list[LineTotal]:
    """For a statement that counts in no total: one that was replaced, or of money that is not a payee's."""
    groups: defaultdict[tuple[date, str, LineKind, str, str], tuple[Decimal, int]] = defaultdict(
        lambda: (Decimal(0), 0)
    )
    firsts: dict[tuple[date, str, LineKind, str, str], Line] = {}
    for line in stored.each_line(console.store, statement.id):
        key = (line.month, line.currency, line.kind, line.programme or "", line.work or "")
        amount, count = groups[key]
        groups[key] = (exact_sum((amount, line.amount)), count + 1)
        firsts.setdefault(key, line)
    return [
        LineTotal(
            statement=statement.id,
            payee=statement.payee,
            month=key[0],
            currency=key[1],
            kind=key[2],
            programme=firsts[key].programme,
            work=firsts[key].work,
            amount=amount,
            lines=count,
            territories=(),
        )
        for key, (amount, count) in sorted(groups.items(), key=lambda each: str(each[0]))
    ]


def _sum(totals: Iterable[LineTotal]) -> Decimal:
    return exact_sum(total.amount for total in totals)


def _exact(currency: str, amount: Decimal) -> str:
    """Every digit that says something, and at least the decimals of the currency; without its code."""
    written = money_in_words(amount, currency).removesuffix(f" {currency}")
    return written.replace("-", "\N{MINUS SIGN}")


def _heading(text: str) -> PaperLine:
    return PaperLine(PaperStyle.HEADING, text)


def _end_of(month: date) -> date:
    """The last day of a month."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _hash_of(statement: Statement) -> str:
    """Of the lines where they are a file of their own, else of the file it was read from."""
    return statement.lines_sha256 or statement.sha256


def _hashed_words(statement: Statement) -> str:
    return "its lines" if statement.lines_sha256 else "the file"


def _source_words(statement: Statement) -> str:
    if statement.source is StatementSource.IMPORTED:
        return "Imported as is from a file; the issuer has not signed it."
    who = f" by {statement.signed_by}" if statement.signed_by else ""
    return f"Delivered by the issuer and sealed{who}." if statement.seal else "Delivered by the issuer."
