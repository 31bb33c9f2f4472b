"""One allocation of one statement: through its lines, once for every few payees; then what is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

from sqlalchemy.engine import Connection

from artist_console.domain.allocated_lines import (
    KEPT,
    ROUNDING,
    commission_line,
    deduction_line,
    left_line,
    part_line,
    whole_line,
)
from artist_console.domain.allocation import DECIMALS, Allocator, Facts, LineAllocation, standing_of
from artist_console.domain.ids import PartyId, StatementId
from artist_console.domain.mandates import Mandate
from artist_console.domain.pay_terms import PayTerms, terms_on
from artist_console.domain.settlement import settle
from artist_console.domain.statements import Line, LineKind, Statement, StatementLevel, exact_sum
from artist_console.formats.kinds import Kind
from artist_console.formats.lines_file import LinesFile

from .allocation_facts import Earlier, names_of
from .allocation_sheets import FormerLines, Name, Opened, Sheet
from .allocation_state import carried_of
from .imports.job import stable_id
from .reach import Target, account_key
from .statement_files import StatementFiles
from .storage import rows

LAYOUT = "allocation"
COMMISSIONS = "allocation-commission"
_AT_ONCE = 4  # payees whose files are written at the same time


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a line above corrects, and the month in which that was earned, where it is known."""

    name: Name
    month: date | None


@dataclass
class Run:
    """`allocate` writes statements, and fills `statements` and `counts`."""

    connection: Connection
    files: StatementFiles
    above: Statement
    earlier: Earlier
    facts: Facts
    corrected: dict[int, Corrected]
    file: LinesFile
    at: datetime
    statements: list[Statement] = field(default_factory=list)
    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _commissions: defaultdict[PartyId, list[tuple[PartyId, Decimal]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _holders: defaultdict[PartyId, set[str]] = field(default_factory=lambda: defaultdict(set))
    _paid: Decimal = Decimal(0)

    def allocate(self) -> None:
        done: set[PartyId] = set()
        former = sorted({each.payee for each in self.earlier.nets if each.layout == LAYOUT})
        first = True
        while first or former:
            beginning, former = former[:_AT_ONCE], former[_AT_ONCE:]
            missed = self._pass(beginning, done, with_left=first)
            former = sorted({*former, *missed})
            first = False
        self._write_commissions()
        self.counts["statements_added"] = len(self.statements)

    # -- through the lines

    def _pass(self, beginning: Sequence[PartyId], done: set[PartyId], *, with_left: bool) -> set[PartyId]:
        """Write the statements of a few payees; gives those who are still to come."""
        allocator = Allocator(self.facts)
        sheets = {payee: self._sheet(payee, LAYOUT) for payee in beginning}
        left = self._left_sheet() if with_left else None
        missed: set[PartyId] = set()
        waiting: list[tuple[Line, LineAllocation]] = []
        kept, rounding, whole = Decimal(0), Decimal(0), Decimal(0)
        try:
            for line in self.file.each():
                correction = self.corrected.get(line.number)
                found = allocator.allocate(line, correction.month if correction is not None else None)
                for payee in {part.payee for part in found.parts} - done - set(sheets):
                    if len(sheets) < _AT_ONCE:
                        sheets[payee] = self._sheet(payee, LAYOUT)
                    else:
                        missed.add(payee)
                if left is not None:
                    kept, rounding = exact_sum((kept, found.kept)), exact_sum((rounding, found.rounding))
                    whole = exact_sum((whole, line.amount))
                    self._count(found)
                if correction is not None:
                    waiting.append((line, found))
                    continue
                self._put(line, found, sheets, left)
            for line, found in waiting:
                self._put_correction(line, found, sheets, left)
            for payee, sheet in sheets.items():
                _end_lines(sheet, self.corrected)
                self._settle(payee, sheet)
                self._close(sheet, payee, StatementLevel.PAYEE_NET, LAYOUT)
                self._paid = exact_sum((self._paid, sheet.wanted))
            if left is not None:
                _end_lines(left, self.corrected)
                left.settle(
                    [
                        whole_line(self.above, left.id, amount, words)
                        for amount, words in ((kept, KEPT), (rounding, ROUNDING))
                        if amount
                    ],
                    left.stands.whole if left.stands is not None else (),
                )
                self._close(left, self.above.payee, self.above.level, LAYOUT)
                self._paid = exact_sum((self._paid, left.wanted, kept, rounding, -whole))
        finally:
            for sheet in (*sheets.values(), *([left] if left is not None else [])):
                sheet.close()
        done |= set(sheets)
        missed -= done
        if not missed and self._paid != 0 and not self._more(done):
            # Money lost or invented: a fault of this program, which nothing may be written by.
            raise ArithmeticError(f"allocating {self.above.id} is off by {self._paid}")
        return missed

    def _more(self, done: set[PartyId]) -> bool:
        return bool({each.payee for each in self.earlier.nets if each.layout == LAYOUT} - done)

    def _put(
        self, line: Line, found: LineAllocation, sheets: dict[PartyId, Sheet], left: Sheet | None
    ) -> None:
        for payee, sheet in sheets.items():
            wanted = self._lines_of(line, found, payee, sheet)
            if sheet.stands is None:
                if wanted:
                    sheet.take(line.number, wanted)
                continue
            _go_past(sheet, line.number, self.corrected)
            sheet.take(line.number, wanted, sheet.stands.at(line.number))
        if left is not None:
            rest = [left_line(line, each, left.id) for each in found.left if each.amount]
            if left.stands is not None:
                _go_past(left, line.number, self.corrected)
                left.take(line.number, rest, left.stands.at(line.number))
            elif rest:
                left.take(line.number, rest)

    def _put_correction(
        self, line: Line, found: LineAllocation, sheets: dict[PartyId, Sheet], left: Sheet | None
    ) -> None:
        """A line that corrects another: on each sheet it names the line that came of that one."""
        name = self.corrected[line.number].name
        for payee, sheet in sheets.items():
            wanted = self._lines_of(line, found, payee, sheet)
            former = _standing_at(sheet, line.number, self.corrected)
            place = self._place(payee, sheet, name) if wanted else None
            if place is not None:
                statement, number = place
                own = None if statement == sheet.id else statement
                wanted = [replace(each, corrects=number, corrects_statement=own) for each in wanted]
            if wanted or former:
                sheet.take(line.number, wanted, former)
        if left is not None:
            rest = [left_line(line, each, left.id) for each in found.left if each.amount]
            former = _standing_at(left, line.number, self.corrected)
            if rest or former:
                left.take(line.number, rest, former)

    @staticmethod
    def _lines_of(line: Line, found: LineAllocation, payee: PartyId, sheet: Sheet) -> list[Line]:
        return [
            part_line(line, part, sheet.id, DECIMALS)
            for part in found.parts
            if part.payee == payee and (part.amount or not line.amount)
        ]

    def _place(self, payee: PartyId, sheet: Sheet, name: Name) -> Name | None:
        """The payee's line that came of a line above; None where there is none."""
        statement, number = name
        if statement == self.above.id:
            return sheet.places.get(number)
        nets = [*self.earlier.nets, *self.earlier.others]
        for net in nets:
            if net.allocated_from != statement or net.payee != payee or net.layout != LAYOUT:
                continue
            with self._opened(net.id) as file:
                for line in file.each() if file is not None else ():
                    if line.allocated_from == number and line.kind is not LineKind.REVERSAL:
                        return (net.id, line.number)
        return None

    def _count(self, found: LineAllocation) -> None:
        self.counts["lines_allocated"] += bool(found.parts)
        for standing in {standing_of(each.reason) for each in found.left}:
            self.counts[f"lines_{'of_' if standing.value == 'others' else ''}{standing.value}"] += 1

    # -- what is taken

    def _settle(self, payee: PartyId, sheet: Sheet) -> None:
        terms = terms_on(self.facts.terms, self.above.issuer, payee, self.above.period_until)
        carried = carried_of(self.above, payee, self.earlier, self.facts.terms, self._opened)
        mandate = self._mandate(terms)
        taken = settle(
            sheet.wanted,
            self.above.currency,
            terms,
            carried,
            commission_due=terms is not None and (terms.commission_mandate is None or mandate is not None),
        )
        for each in taken:
            if each.kind is LineKind.COMMISSION and terms is not None and terms.commission_to is not None:
                self._commissions[terms.commission_to].append((payee, -each.amount))
                if mandate is not None:
                    self._holders[terms.commission_to].add(account_key(mandate.holder))
        lines = [deduction_line(self.above, sheet.id, each) for each in taken]
        sheet.settle(lines, sheet.stands.whole if sheet.stands is not None else ())

    def _mandate(self, terms: PayTerms | None) -> Mandate | None:
        """The mandate that a commission is for, where it was in force at the end of the period."""
        if terms is None or terms.commission_mandate is None:
            return None
        found: dict[str, Mandate] = rows.some_of(self.connection, Kind.MANDATE, [terms.commission_mandate])
        mandate = found.get(terms.commission_mandate)
        end = datetime.combine(self.above.period_until, time(12), UTC)
        return mandate if mandate is not None and mandate.is_in_force(end) else None

    def _write_commissions(self) -> None:
        former = {each.payee for each in self.earlier.nets if each.layout == COMMISSIONS}
        receivers = sorted(former | set(self._commissions))
        names = names_of(self.connection, {payer for got in self._commissions.values() for payer, _ in got})
        for receiver in receivers:
            sheet = self._sheet(receiver, COMMISSIONS)
            try:
                lines = [
                    commission_line(self.above, sheet.id, amount, names.get(payer, payer))
                    for payer, amount in self._commissions.get(receiver, ())
                ]
                sheet.settle(lines, sheet.stands.whole if sheet.stands is not None else ())
                also = frozenset(self._holders[receiver])
                self._close(sheet, receiver, StatementLevel.PAYEE_NET, COMMISSIONS, also)
            finally:
                sheet.close()

    # -- sheets

    @property
    def _opened(self) -> Opened:
        return partial(self.files.reading, self.connection)

    def _sheet(self, payee: PartyId, layout: str) -> Sheet:
        former = [each for each in self.earlier.nets if each.payee == payee and each.layout == layout]
        return self._new_sheet((layout, payee), former)

    def _left_sheet(self) -> Sheet:
        return self._new_sheet(("left", ""), self.earlier.left)

    def _new_sheet(self, about: tuple[str, str], former: Iterable[Statement]) -> Sheet:
        standing = tuple(sorted(former, key=lambda each: each.id))
        id = StatementId(stable_id("allocated", self.above.id, *about, len(standing)))
        stands = FormerLines(standing, self._opened, self.corrected) if standing else None
        tracked = frozenset(each.name[1] for each in self.corrected.values())
        return Sheet(id, tracked, stands=stands)

    def _close(
        self,
        sheet: Sheet,
        payee: PartyId,
        level: StatementLevel,
        layout: str,
        also: frozenset[str] = frozenset(),
    ) -> None:
        """Publish what was written; `also` are further keys by which the statement is seen."""
        self.counts["lines_reversed"] += sheet.reversed
        if sheet.file is None:
            return
        above = self.above
        sheet.file.finish()
        statement = Statement(
            sheet.id,
            above.issuer,
            payee,
            above.period_from,
            above.period_until,
            above.currency,
            sheet.count,
            sheet.amount,
            above.source,
            self.at.date(),
            sheet.file.staging.sha256,
            layout=layout,
            level=level,
            allocated_from=above.id,
        )
        kept = self.files.publish(self.connection, statement, sheet.file)
        self.statements.append(kept)
        if also:
            target: Target = (Kind.STATEMENT, kept.id)
            rows.put(self.connection, [(Kind.STATEMENT, kept)], {target: also})


def _go_past(sheet: Sheet, number: int | None, corrected: dict[int, Corrected]) -> None:
    """Lines that stand for lines above that are no longer there are taken back."""
    assert sheet.stands is not None
    for former, lines in sheet.stands.until(number):
        if former in corrected:
            sheet.stands.loose.setdefault(former, []).extend(lines)
        else:
            sheet.take(former, [], lines)


def _standing_at(sheet: Sheet, number: int, corrected: dict[int, Corrected]) -> list[Line]:
    if sheet.stands is None:
        return []
    _go_past(sheet, None, corrected)
    return sheet.stands.loose.pop(number, [])


def _end_lines(sheet: Sheet, corrected: dict[int, Corrected]) -> None:
    if sheet.stands is None:
        return
    _go_past(sheet, None, corrected)
    for number in sorted(sheet.stands.loose):
        sheet.take(number, [], sheet.stands.loose.pop(number))
