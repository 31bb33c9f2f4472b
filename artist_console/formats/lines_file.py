"""The lines of one statement as one immutable file: Parquet, written once, queried where it lies.

What is hashed, signed and sent is the file as it is described in docs/formats/lines-file.md. Sums are exact:
amounts that their column has room for are added by the library, whose sum of decimals loses nothing; all
others here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Self, overload

from artist_console.domain.ids import ProgrammeId, StatementId, WorkId
from artist_console.domain.line_figures import LineFigures, LineFilter, RollUp
from artist_console.domain.statements import Line, LineKind, Statement, exact_sum
from artist_console.domain.uses import Use

from .encoding import MalformedMessage
from .lines_order import cut_at, roots
from .lines_problems import LinesFileProblem
from .lines_schema import COLUMNS, FORMAT, MOST_DECIMALS, SELECTED, condition, exact_amount, line_of, quoted
from .lines_writer import LinesWriter, write_lines

if TYPE_CHECKING:
    from .lines_duck import Room

__all__ = ["LinesFile", "LinesWriter", "write_lines"]

_ALL = LineFilter()
_FETCHED = 5_000
_AT_ONCE = 2_000_000  # numbers or hashes that are held at a time
_FEW = 20
# So many corrections are put behind what they correct; where there are more, numbers give the order.
_MOST_CORRECTIONS = 100_000
_MOST_MADE = 20_000  # that are given at once
_MADE = "(making_pool IS NOT NULL OR steps IS NOT NULL)"
_KEYS = '"month", currency, kind, programme, "use", source, sales_type'
_BITS = 62  # territories that one number marks
# A line but for its number; how an amount is written makes no difference.
_SAID = "hash({})".format(
    ", ".join(f'"{column.name}"' for column in COLUMNS if column.name not in ("number", "amount_decimals"))
)
_CORRECTS = "corrects IS NOT NULL AND (corrects_statement IS NULL OR corrects_statement = ?)"


class LinesFile:
    """Reads a file of lines; not for two threads. A context manager; the source stays open and its owner's.

    Every method raises LinesFileProblem for a damaged file, and whatever reading the source raises.
    """

    def __init__(self, room: Room, address: str, statement: StatementId, count: int) -> None:
        self._room = room
        self._table = f"read_parquet({address})"
        self._numbered = f"read_parquet({address}, file_row_number = true)"
        self.statement = statement
        self.count = count
        self._roots: Mapping[int, int] | None = None
        self._open = True
        self._sound = True

    @classmethod
    def open(cls, source: BinaryIO, memory_mb: int = 200) -> LinesFile:
        """Of a source that can be read anywhere. Raises LinesFileProblem for what is no file of lines."""
        # Late: DuckDB takes a quarter of a second to load.
        from .lines_duck import OneFile, room

        held = room(memory_mb)
        try:
            address = held.hand(OneFile(source))
            statement, count = _looked_at(held, address)
        except BaseException:
            held.leave(sound=False)
            raise
        return cls(held, address, statement, count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Twice is harmless."""
        if self._open:
            self._open = False
            self._room.leave(sound=self._sound)

    def lines(
        self,
        where: LineFilter = _ALL,
        *,
        after: int = -1,
        offset: int = 0,
        limit: int | None = None,
        statement_order: bool = True,
    ) -> tuple[Line, ...]:
        """Lines in the order of their numbers, or with corrections behind what they correct.

        `after` leaves out numbers up to that one; offset and limit count what is left.
        """
        words, values = condition(where)
        words, values = f"{words} AND number > ?", [*values, after]
        if not (statement_order and self._corrections()):
            return tuple(self._page(words, values, offset, limit))
        placed = self._placed(words, values)
        plain, plain_values = f"{words} AND NOT ({_CORRECTS})", [*values, self.statement]
        counted: dict[int, int] = {}

        def plain_until(number: int) -> int:
            if number not in counted:
                counted[number] = self._number_of(f"{plain} AND number <= ?", [*plain_values, number])
            return counted[number]

        cut = cut_at(offset, limit, placed, plain_until)
        found = list(self._page(plain, plain_values, cut.plain_from, limit))
        return self._woven(found, cut.corrections, words, values)[:limit]

    def each(self, where: LineFilter = _ALL) -> Iterator[Line]:
        """All lines in the order of their numbers, a few at a time: for those that are too many to hold."""
        return self._by_parts(*condition(where))

    def line(self, number: int) -> Line | None:
        """The first of this number."""
        query = f"SELECT {SELECTED} FROM {self._table} WHERE number = ? LIMIT 1"
        return next(iter(self._read(query, [number])), None)

    def count_of(self, where: LineFilter) -> int:
        return self.count if where == _ALL else self._number_of(*condition(where))

    def total(self, where: LineFilter = _ALL) -> tuple[tuple[str, Decimal], ...]:
        """Per currency, exact, by reading every line."""
        return tuple((each.key[0] or "", each.amount) for each in self._sums("currency", where))

    def roll_ups(self) -> tuple[RollUp, ...]:
        """With works, without territories of their own; those of the lines are told together."""
        named = self._some(
            f"SELECT DISTINCT territory FROM {self._table} WHERE territory IS NOT NULL ORDER BY 1"
        )
        places = tuple(territory for (territory,) in named)
        return tuple(_roll_ups(self._sums(f"{_KEYS}, work, NULL AS place", _ALL, places)))

    def territory_roll_ups(self) -> tuple[RollUp, ...]:
        """With territories, without works."""
        return tuple(_roll_ups(self._sums(f"{_KEYS}, NULL AS work, territory", _ALL)))

    def figures(self, statement: Statement) -> LineFigures:
        """What the checks of its statement need."""
        ((first, last),) = self._some(f"SELECT min(month), max(month) FROM {self._table}")
        odd = self._some(
            f"SELECT number, currency FROM {self._table} WHERE coalesce(currency, '') <> ? LIMIT 1",
            [statement.currency],
        )
        repeated, repeated_count = self._repeated()
        made = self._number_of(_MADE, [])
        return LineFigures(
            self.count,
            self.total(),
            first,
            last,
            (odd[0][0], odd[0][1] or "") if odd else None,
            self._twice_numbered(),
            repeated,
            repeated_count,
            tuple(self.made()) if made <= _MOST_MADE else _Made(self, made),
        )

    def made(self) -> Iterator[Line]:
        """Lines that say how they were made, in the order of their numbers, a few at a time."""
        return self._by_parts(_MADE, [])

    def _by_parts(self, words: str, values: list[object]) -> Iterator[Line]:
        for start in range(0, self.count, _FETCHED):
            place = f"file_row_number >= {start} AND file_row_number < {start + _FETCHED}"
            yield from self._read(
                f"SELECT {SELECTED} FROM {self._numbered} WHERE {words} AND {place}", values
            )

    def _page(self, words: str, values: list[object], offset: int, limit: int | None) -> Iterator[Line]:
        """In the order of the file, which is that of the numbers."""
        if limit is None and not offset:
            yield from self._read(f"SELECT {SELECTED} FROM {self._table} WHERE {words}", values)
            return
        # Where they stand first, of which a few columns tell: then what is said there.
        until = "" if limit is None else f"LIMIT {limit}"
        places = self._some(
            f"SELECT min(file_row_number), max(file_row_number) FROM"
            f" (SELECT file_row_number FROM {self._numbered} WHERE {words} {until} OFFSET {offset})",
            values,
        )
        first, last = places[0]
        if first is not None:
            place = f"file_row_number >= {first} AND file_row_number <= {last}"
            yield from self._read(
                f"SELECT {SELECTED} FROM {self._numbered} WHERE {words} AND {place}", values
            )

    def _corrections(self) -> Mapping[int, int]:
        """Lines that correct others of this statement, with the line that each belongs behind."""
        if self._roots is None:
            values: list[object] = [self.statement]
            few = 0 < self._number_of(_CORRECTS, values) <= _MOST_CORRECTIONS
            query = f"SELECT number, corrects FROM {self._table} WHERE {_CORRECTS}"
            self._roots = roots(self._some(query, values)) if few else {}
        return self._roots

    def _placed(self, words: str, values: list[object]) -> list[tuple[int, int]]:
        known = self._corrections()
        query = f"SELECT number FROM {self._table} WHERE {words} AND {_CORRECTS}"
        return sorted((known[number], number) for (number,) in self._some(query, [*values, self.statement]))

    def _woven(
        self, plain: list[Line], corrections: tuple[tuple[int, int], ...], words: str, values: list[object]
    ) -> tuple[Line, ...]:
        """Both together, in order."""
        if not corrections:
            return tuple(plain)
        own = sorted({number for _, number in corrections})
        marks = ", ".join("?" for _ in own)
        query = f"SELECT {SELECTED} FROM {self._table} WHERE {words} AND {_CORRECTS} AND number IN ({marks})"
        waiting: defaultdict[int, list[Line]] = defaultdict(list)
        for line in self._read(query, [*values, self.statement, *own]):
            waiting[line.number].append(line)
        keyed = [((line.number, 0, 0), line) for line in plain]
        keyed += [((root, 1, number), waiting[number].pop(0)) for root, number in corrections]
        return tuple(line for _, line in sorted(keyed, key=lambda pair: pair[0]))

    def _sums(self, keys: str, where: LineFilter, places: Sequence[str] = ()) -> Iterator[_Sum]:
        """Exact sums, sorted by key; `places` are the territories that are told with them."""
        words, values = condition(where)
        odd = self._odd_amounts(keys, words, values)
        marks = [
            f"bit_or(CASE WHEN place // {_BITS} = {group} THEN 1::BIGINT << (place % {_BITS}) ELSE 0 END)"
            for group in range(-(-len(places) // _BITS))
        ]
        table = f"{self._table} AS line"
        if places:
            listed = ", ".join(f"({quoted(name)}, {place})" for place, name in enumerate(places))
            table += f" LEFT JOIN (VALUES {listed}) AS held(territory, place) USING (territory)"
        added = ("sum(amount)", "max(amount_decimals)", "count(*)")
        told = ", ".join([keys, *added, *marks])
        width = len(keys.split(", "))
        order = ", ".join(f"{number} NULLS FIRST" for number in range(1, width + 1))
        query = f"SELECT {told} FROM {table} WHERE {words} GROUP BY ALL ORDER BY {order}"
        known: dict[tuple[int | None, ...], tuple[str, ...]] = {}
        for row in self._each_row(query, values):
            key, (amount, decimals, count), bits = row[:width], row[width : width + 3], row[width + 3 :]
            if amount is not None:
                amount = exact_amount(amount, min(decimals, MOST_DECIMALS))
            if key in odd:
                amount = exact_sum([*([] if amount is None else [amount]), *odd[key]])
            if bits not in known:
                known[bits] = _marked(bits, places)
            yield _Sum(key, amount, count, known[bits])

    def _odd_amounts(
        self, keys: str, words: str, values: list[object]
    ) -> Mapping[tuple[Any, ...], list[Decimal]]:
        """Amounts that their column has no room for, by key."""
        odd: defaultdict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
        query = f"SELECT {keys}, amount_text FROM {self._table} WHERE {words} AND amount_text IS NOT NULL"
        for *key, text in self._each_row(query, values):
            held = odd[tuple(key)]
            held.append(Decimal(text))
            if len(held) > _FETCHED:
                held[:] = [exact_sum(held)]
        return odd

    def _twice_numbered(self) -> int | None:
        found = []
        for part in self._parts("hash(number)"):
            found += self._some(
                f"SELECT number FROM {self._table} WHERE {part} GROUP BY number HAVING count(*) > 1"
                " ORDER BY number LIMIT 1"
            )
        return min((number for (number,) in found), default=None)

    def _repeated(self) -> tuple[tuple[tuple[int, int], ...], int]:
        """Lines that say the same as an earlier one in all but the number: the first few, and how many."""
        count, found = 0, list[tuple[int, int]]()
        for part in self._parts(_SAID):
            same = (
                f"SELECT {_SAID} AS said, min(number) AS first FROM {self._table} WHERE {part}"
                " GROUP BY said HAVING max(number) > first"
            )
            later = (
                f"FROM ({same}) JOIN (SELECT {_SAID} AS said, number FROM {self._table} WHERE {part})"
                " USING (said) WHERE number > first"
            )
            ((more,),) = self._some(f"SELECT count(*) {later}")
            count += int(more)
            if more:
                found += self._some(f"SELECT number, first {later} ORDER BY number, first LIMIT {_FEW}")
        return tuple(sorted(found)[:_FEW]), count

    def _parts(self, hashed: str) -> Iterator[str]:
        """Conditions that part the lines, so that those of one can be held."""
        parts = max(1, -(-self.count // _AT_ONCE))
        yield from (f"{hashed} % {parts} = {part}" for part in range(parts))

    def _number_of(self, words: str, values: list[object]) -> int:
        ((count,),) = self._some(f"SELECT count(*) FROM {self._table} WHERE {words}", values)
        return int(count)

    def _read(self, query: str, values: Sequence[object] | None = None) -> Iterator[Line]:
        for row in self._each_row(query, values):
            try:
                yield line_of(self.statement, row)
            except (ValueError, MalformedMessage) as error:
                raise LinesFileProblem(reason=f"line {row[0]} is none") from error

    def _some(self, query: str, values: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        return list(self._each_row(query, values))

    def _each_row(self, query: str, values: Sequence[object] | None = None) -> Iterator[tuple[Any, ...]]:
        if not self._open:
            raise ValueError("the file of lines is closed")
        try:
            yield from self._room.each_row(query, values or ())
        except Exception:
            self._sound = False
            raise


def _looked_at(room: Room, address: str) -> tuple[StatementId, int]:
    """Whose lines a file holds, and how many. Raises LinesFileProblem."""
    said = dict(room.each_row(f"SELECT decode(key), value FROM parquet_kv_metadata({address})"))
    if said.get("format") != FORMAT.encode():
        raise LinesFileProblem(reason="it is no file of lines, or of a newer version")
    columns = room.each_row(f"DESCRIBE SELECT * FROM read_parquet({address})")
    if [(name, type) for name, type, *_ in columns] != [(column.name, column.type) for column in COLUMNS]:
        raise LinesFileProblem(reason="its columns are not those of a file of lines")
    ((count,),) = room.each_row(f"SELECT num_rows FROM parquet_file_metadata({address})")
    try:
        return StatementId(said.get("statement", b"").decode()), count
    except UnicodeDecodeError as error:
        raise LinesFileProblem(reason="it does not say whose lines it holds") from error


@dataclass(frozen=True, slots=True)
class _Sum:
    """Lines of one key added up."""

    key: tuple[Any, ...]
    amount: Decimal
    lines: int
    places: tuple[str, ...]


def _marked(bits: tuple[int | None, ...], places: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for at, name in enumerate(places) if (bits[at // _BITS] or 0) >> (at % _BITS) & 1)


def _roll_ups(sums: Iterable[_Sum]) -> Iterator[RollUp]:
    for each in sums:
        month, currency, kind, programme, use, source, sales_type, work, territory = each.key
        yield RollUp(
            month,
            currency or "",
            LineKind(kind),
            ProgrammeId(programme) if programme else None,
            WorkId(work) if work else None,
            Use(use) if use else None,
            source or "",
            each.amount,
            each.lines,
            territory or "",
            sales_type or "",
            each.places,
        )


class _Made(Sequence[Line]):
    """Lines that say how they were made, read from the open file each time they are gone through."""

    def __init__(self, file: LinesFile, count: int) -> None:
        self._file = file
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Line]:
        return self._file.made()

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(at, slice):
            return tuple(islice(self, *at.indices(self._count)))
        places = range(self._count)[at]
        return next(islice(self, places, None))
