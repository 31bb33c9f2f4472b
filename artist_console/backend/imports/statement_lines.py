"""The lines of a statement file, streamed from its reader into one file of lines for each currency.

A row that does not say its month is of the month that the person said, else of the first month of the file:
only where there are such rows is the file read twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from artist_console.backend.statement_files import StatementFiles, WrittenLines
from artist_console.domain.ids import ArtistId, ModelVersionId, ProgrammeId, StatementId, WorkId
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.inclusion import ModelVersion as Model
from artist_console.domain.matching import MatchIndex, SameVersion
from artist_console.domain.money import COMMA, POINT
from artist_console.domain.problems import InputProblem
from artist_console.domain.programmes import Programme
from artist_console.domain.statements import Line, is_earned
from artist_console.formats.income_words import AiIncomeWords, ai_income_words
from artist_console.formats.incoming import StatementRow
from artist_console.formats.statement_reading import StatementHints, StatementReader
from artist_console.formats.table_cells import DayOrder
from artist_console.host.resources import resource_bytes

from .job import Order, Progress, stable_id

_EVERY = 2_000
_MOST_REMEMBERED = 100_000  # works by what rows say of them
_FORMS = {"point": POINT, "comma": COMMA}

_Said = tuple[str, str, str, str, str]


@cache
def the_ai_income_words() -> AiIncomeWords:
    return ai_income_words(json.loads(resource_bytes("data/ai_income_words.json")))


class _MonthOpen(Exception):
    """A row says no month, and nobody else has."""


@dataclass(slots=True)
class OneCurrency:
    """The lines in one currency, and the months that they are of."""

    written: WrittenLines
    since: date = date.max
    until: date = date.min
    last: int = -1  # number of the last line


@dataclass(slots=True)
class LinesRead:
    """A file that was read to its end."""

    payee: ArtistId
    reader: StatementReader
    currencies: dict[str, OneCurrency] = field(default_factory=dict)
    count: int = 0
    matched: int = 0  # lines that are about a work that is here
    from_ai: int = 0


@contextmanager
def read_lines(
    files: StatementFiles,
    order: Order,
    payee: ArtistId,
    index: MatchIndex,
    programmes: Sequence[Programme],
    models: Sequence[Model],
    progress: Progress,
) -> Iterator[LinesRead]:
    """Read a file to its end. Raises InputProblem, LineHasNoRoom, FileProblem."""
    named = _Named(index, programmes, models)
    said = _month(order)
    with ExitStack() as held:
        try:
            read = _read(files, order, payee, named, said, progress, held)
        except _MonthOpen:
            held.close()  # what was written of it so far
            read = _read(files, order, payee, named, _first_month(order, progress), progress, held)
        yield read


def _read(
    files: StatementFiles,
    order: Order,
    payee: ArtistId,
    named: _Named,
    month: date | None,
    progress: Progress,
    held: ExitStack,
) -> LinesRead:
    file = held.enter_context(order.open())
    reader = StatementReader(file, order.file_name, the_ai_income_words(), statement_hints(order))
    read = LinesRead(payee, reader)
    for row in reader.rows():
        earned = row.month or month
        if earned is None:
            raise _MonthOpen
        own = read.currencies.get(row.currency)
        if own is None:
            id = StatementId(stable_id("statement", order.sha256, payee, row.currency))
            own = read.currencies[row.currency] = OneCurrency(held.enter_context(files.writing(id)))
        work = named.work(row)
        own.last = max(row.row, own.last + 1)  # a row of two lines makes two numbers
        own.written.add((_line(own.written.statement, own.last, row, earned, work, named),))
        own.since, own.until = min(own.since, earned), max(own.until, earned)
        read.count += 1
        read.matched += work is not None
        read.from_ai += is_earned(row.kind)
        if read.count % _EVERY == 0:
            progress(read.count, None)
    for own in read.currencies.values():
        own.written.finish()
    return read


def _first_month(order: Order, progress: Progress) -> date:
    """The first month that a row of the file is of. Raises InputProblem where none says one."""
    first: date | None = None
    with order.open() as file:
        reader = StatementReader(file, order.file_name, the_ai_income_words(), statement_hints(order))
        for place, row in enumerate(reader.rows()):
            if row.month is not None and (first is None or row.month < first):
                first = row.month
            if place % _EVERY == 0:
                progress(0, None)
    if first is None:
        raise InputProblem(
            "“{file}” does not say for which month it is",
            "Say the month (by command: --month 2025-04)",
            file=order.file_name,
        )
    return first


def statement_hints(order: Order) -> StatementHints:
    """What the person says, as the reader takes it. Raises InputProblem."""
    return StatementHints(
        currency=order.currency,
        month=_month(order),
        issuer=order.issuer,
        columns=order.columns,
        numbers=_FORMS.get(order.numbers),
        days=DayOrder(order.days) if order.days else None,
        level=order.level,
        delimiter=order.delimiter,
        encoding=order.encoding,
        header_row=order.header_row,
    )


def _month(order: Order) -> date | None:
    if not order.month:
        return None
    try:
        return date.fromisoformat(f"{order.month[:7]}-01")
    except ValueError as error:
        raise InputProblem("“{month}” is not a month", "Write it as 2025-04", month=order.month) from error


class _Named:
    """What rows name: works, programmes and model versions that are here."""

    def __init__(self, index: MatchIndex, programmes: Sequence[Programme], models: Sequence[Model]) -> None:
        self._index = index
        self._works: dict[_Said, WorkId | None] = {}
        self._programmes = _by_name([(each.id, each.name) for each in programmes])
        self._models = _by_name([(each.id, f"{each.name} {each.version}") for each in models])

    def work(self, row: StatementRow) -> WorkId | None:
        """The one work a row can only mean; none where it could be several, or another recording."""
        said = (row.isrc, row.iswc, row.title, row.artist, row.release)
        if said not in self._works:
            if len(self._works) >= _MOST_REMEMBERED:
                self._works.clear()
            self._works[said] = self._match(row)
        return self._works[said]

    def _match(self, row: StatementRow) -> WorkId | None:
        found = self._index.match(row)
        certain = [m for m in found if m.band is MatchBand.IDENTIFIER]
        if not certain:
            certain = [m for m in found if m.version is not SameVersion.NO and not m.other_identifier]
        return certain[0].work if len(certain) == 1 else None

    def programme(self, text: str) -> ProgrammeId | None:
        found = self._programmes.get(_key(text)) if text else None
        return ProgrammeId(found) if found else None

    def model(self, text: str) -> ModelVersionId | None:
        found = self._models.get(_key(text)) if text else None
        return ModelVersionId(found) if found else None


def _by_name(things: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    """By id, and by a name that one alone bears."""
    found: dict[str, str | None] = {}
    for id, name in things:
        key = _key(name)
        found[key] = None if key in found else id
    return {**found, **{_key(id): id for id, _ in things}}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _line(
    statement: StatementId, number: int, row: StatementRow, month: date, work: WorkId | None, named: _Named
) -> Line:
    return Line(
        statement,
        number,
        row.kind,
        row.amount,
        row.currency,
        month,
        work=work,
        programme=named.programme(row.programme),
        use=row.use,
        model=named.model(row.model),
        territory=row.territory,
        quantity=row.quantity,
        method=row.method,
        method_version=row.method_version,
        confidence_low=row.confidence_low,
        confidence_high=row.confidence_high,
        making=row.making,
        corrects=row.corrects,
        words=row.words or " · ".join(part for part in (row.title, row.artist, row.store) if part),
        title=row.title,
        artist=row.artist,
        identifier=row.identifier,
        upc=row.upc,
        release=row.release,
        source=row.store or row.programme,
        sales_type=row.sales_type,
        right=row.right,
        precision=row.precision,
        original_amount=row.original_amount,
        original_currency=row.original_currency,
        exchange_rate=row.rate,
    )
