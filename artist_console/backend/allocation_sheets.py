"""One statement while it is written from another: lines come in order, those written before are looked at.

A sheet writes nothing until a line differs from what stands already, so allocating twice writes no statement.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from artist_console.domain.allocated_lines import COMMISSION_METHOD, reversal_of
from artist_console.domain.ids import StatementId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.reallocation import correction, standing
from artist_console.domain.statements import Line, LineKind, Statement, exact_sum
from artist_console.formats.lines_file import LinesFile

from .statement_files import WrittenLines

Name = tuple[StatementId, int]  # of a line: its statement and number
Opened = Callable[[StatementId], AbstractContextManager[LinesFile | None]]


@dataclass
class Sheet:
    """The lines of one new statement, and what earlier ones of the same reader hold."""

    id: StatementId
    tracked: frozenset[int] = frozenset()  # lines above that others correct
    file: WrittenLines | None = None
    count: int = 0
    amount: Decimal = Decimal(0)  # of the lines that are written
    wanted: Decimal = Decimal(0)  # of all that lines above lead to, written now or before
    reversed: int = 0
    places: dict[int, Name] = field(default_factory=dict)  # where the lines that came of those are
    stands: FormerLines | None = None  # what earlier statements hold; None where there are none

    def write(self, line: Line) -> Name:
        """Number a line and write it."""
        if self.file is None:
            self.file = WrittenLines(self.id)
        self.count += 1
        numbered = replace(line, statement=self.id, number=self.count)
        self.file.add((numbered,))
        self.amount = exact_sum((self.amount, line.amount))
        return (self.id, self.count)

    def take(self, number: int, wanted: Sequence[Line], former: Sequence[Line] = ()) -> None:
        """What one line above leads to now, beside what it led to before."""
        self.wanted = exact_sum((self.wanted, *(line.amount for line in wanted)))
        found = correction(former, wanted)
        for line in found.reversed:
            self.write(reversal_of(line, self.id))
            self.reversed += 1
        at: Name | None = None
        for line, place in found.added:
            new = line
            if place is not None and line.corrects is None:
                new = replace(line, corrects=place.number, corrects_statement=place.statement)
            at = self.write(new)
        stays = standing(former) if at is None and wanted else ()
        if stays:
            at = (stays[0].statement, stays[0].number)
        if at is not None and number in self.tracked:
            self.places[number] = at

    def close(self) -> None:
        """Let go of all files; what was not published is gone."""
        if self.stands is not None:
            self.stands.close()
        if self.file is not None:
            self.file.close()

    def settle(self, wanted: Sequence[Line], former: Sequence[Line]) -> None:
        """Lines about the whole: for each that comes to something else than before, the difference."""
        keys = {_about(line): None for line in (*former, *wanted)}
        for key in keys:
            new = [line for line in wanted if _about(line) == key]
            old = [line for line in former if _about(line) == key]
            before = exact_sum(line.amount for line in old)
            difference = exact_sum((*(line.amount for line in new), -before))
            if difference == 0:
                continue
            line = new[0] if new else old[0]
            if old:
                line = replace(
                    line,
                    amount=difference,
                    steps=(Step(StepKind.LINE, difference, source="Less what was taken before"),),
                )
                if line.kind is not LineKind.RESERVE_RELEASED:
                    line = replace(line, corrects=old[0].number, corrects_statement=old[0].statement)
            elif len(new) > 1:
                line = replace(line, amount=difference)
            self.write(line)


def _about(line: Line) -> tuple[object, ...]:
    """What it is about; reserves that come back each by what held them, commissions each by who pays."""
    if line.kind is LineKind.RESERVE_RELEASED:
        return (line.kind, line.corrects_statement, line.corrects)
    return (line.kind, line.words if line.method == COMMISSION_METHOD else "")


class FormerLines:
    """Lines of earlier statements by the line above that they are parts of, in its order.

    `loose` holds those that are not in order, `whole` those about the whole.
    """

    def __init__(self, statements: Sequence[Statement], opened: Opened, apart: Collection[int]) -> None:
        self._apart = frozenset(apart)
        self.loose: dict[int, list[Line]] = {}
        self.whole: list[Line] = []
        self._files = ExitStack()
        try:
            given = [self._files.enter_context(opened(statement.id)) for statement in statements]
            files = [file for file in given if file is not None]
            loose = [self._look_through(file) for file in files]
            streams = [self._ordered(file, left_out) for file, left_out in zip(files, loose, strict=True)]
        except BaseException:
            self._files.close()
            raise
        merged = heapq.merge(*streams, key=_from)
        self._groups = groupby(merged, key=_from)
        self._next: tuple[int, list[Line]] | None = None
        self._step()

    def close(self) -> None:
        self._files.close()

    def until(self, number: int | None) -> Iterator[tuple[int, list[Line]]]:
        """The groups before a line above, in order; None: all that are left."""
        while self._next is not None and (number is None or self._next[0] < number):
            yield self._next
            self._step()

    def at(self, number: int) -> list[Line]:
        """What stands of one line above; those before it have to be gone through first."""
        found = self.loose.pop(number, [])
        if self._next is not None and self._next[0] == number:
            found = [*self._next[1], *found]
            self._step()
        return found

    def _step(self) -> None:
        group = next(self._groups, None)
        self._next = None if group is None else (group[0], list(group[1]))

    def _look_through(self, file: LinesFile) -> frozenset[int]:
        """Find what is not in order; gives the numbers of those lines."""
        found: set[int] = set()
        last = -1
        for line in file.each():
            place = line.allocated_from
            if place is None:
                self.whole.append(line)
            elif place < last or place in self._apart:
                self.loose.setdefault(place, []).append(line)
            else:
                last = place
                continue
            found.add(line.number)
        return frozenset(found)

    @staticmethod
    def _ordered(file: LinesFile, left_out: frozenset[int]) -> Iterator[Line]:
        return (line for line in file.each() if line.number not in left_out)


def _from(line: Line) -> int:
    return line.allocated_from if line.allocated_from is not None else -1
