"""A statement file becomes a statement of its payee and its lines, as it came: "imported as is".

Amounts keep every digit and their currency; one statement for each currency of the file. The ids follow from
the file and the payee, so that the same file a second time changes nothing. One that is about money above
payee level is allocated in the transaction that writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import PurePath

from sqlalchemy.engine import Connection

from artist_console.backend.allocating import allocate_statement, is_allocated, payees_of
from artist_console.backend.refusals import Refused
from artist_console.backend.statement_files import StatementFiles
from artist_console.backend.storage import rows
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.periods import last_day_of
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import Statement, StatementSource
from artist_console.formats.kinds import Kind
from artist_console.formats.statement_reading import StatementReader

from .holdings import Holdings, holdings_of
from .job import Order, Progress, Result
from .statement_lines import LinesRead, OneCurrency, read_lines, statement_hints, the_ai_income_words

Reading = Callable[[], AbstractContextManager[Connection]]


@contextmanager
def reading_statement(
    reading: Reading, files: StatementFiles, order: Order, progress: Progress
) -> Iterator[LinesRead]:
    """The lines of a file, read outside of every transaction; what was written of them is gone at the end.

    Raises InputProblem.
    """
    with reading() as connection:
        held = holdings_of(connection, order.account, order.within)
        programmes = rows.all_of(connection, Kind.PROGRAMME)
        models = rows.all_of(connection, Kind.MODEL)
    payee = _payee(held, order)
    if payee is None:
        raise _unusable(order) or _nobody(order)
    with read_lines(files, order, payee, held.index(), programmes, models, progress) as read:
        yield read


def import_statement(connection: Connection, files: StatementFiles, order: Order, read: LinesRead) -> Result:
    """Take a statement over, inside a writing transaction. Raises InputProblem: then roll back."""
    result = Result(read.count + read.reader.rejected_count)
    result.take_notes(read.reader.notes, read.reader.warnings)
    if read.reader.notes_left_out:
        result.count("notes_not_listed", read.reader.notes_left_out)
    if not read.count:
        raise _no_line(order, result)
    former = _former(connection, order, read)
    for currency, own in sorted(read.currencies.items()):
        _publish(connection, files, order, read, currency, own, former.get(currency), result)
    for currency in sorted(former.keys() - read.currencies.keys()):
        what = (
            f"The file has no line in {currency}: what is here in {currency} of the former file still counts."
        )
        result.take_notes((), (what,))
    result.count("rows_left_out", read.reader.rejected_count)
    result.count("lines_matched", read.matched)
    result.count("lines_without_work", read.count - read.matched)
    result.count("ai_lines", read.from_ai)
    return result


def _unusable(order: Order) -> InputProblem | None:
    """What is wrong with a file of which no row can be used: asked before whose it is."""
    with order.open() as file:
        reader = StatementReader(file, order.file_name, the_ai_income_words(), statement_hints(order))
        if next(reader.rows(), None) is not None:
            return None
        result = Result()
        result.take_notes(reader.notes, ())
    return _no_line(order, result)


def _no_line(order: Order, result: Result) -> InputProblem:
    return InputProblem(
        "“{file}” holds no line that could be read{reason}",
        "Look at its rows; each needs an amount and a currency",
        file=order.file_name,
        reason=result.first_reason(),
    )


def _nobody(order: Order) -> InputProblem:
    if order.artist is None and order.artist_name:
        return InputProblem(
            "“{name}” is no artist who is known here, so “{file}” was not brought in as theirs",
            "Give the name as it is written here, or import a catalogue of theirs first",
            name=order.artist_name,
            file=order.file_name,
        )
    return InputProblem(
        "It is not clear whose statement “{file}” is",
        "Choose the artist who is paid by it; import a catalogue first where none is there",
        file=order.file_name,
    )


def _payee(held: Holdings, order: Order) -> ArtistId | None:
    if order.artist is not None:
        return order.artist if order.artist in held.parties else None
    if order.artist_name:  # nobody else, though there be only one
        known = held.party(order.artist_name)
        return known.id if known is not None else None
    return next(iter(held.parties)) if len(held.parties) == 1 else None


def _former(connection: Connection, order: Order, read: LinesRead) -> dict[str, StatementId]:
    """The statements in whose place these come, by currency: the one that the person said, and its others.

    A file of two currencies made two statements. A corrected one takes the place of both: else what the
    person did not name would count twice.
    """
    if order.replaces is None:
        return {}
    found: Statement | None = rows.some_of(connection, Kind.STATEMENT, [order.replaces]).get(order.replaces)
    if found is None or found.payee != read.payee or found.source is not StatementSource.IMPORTED:
        raise InputProblem(
            "The statement in whose place “{file}” is to come is not here",
            "Choose one that was brought in for the same artist, or keep both",
            file=order.file_name,
        )
    if found.currency not in read.currencies:
        raise InputProblem(
            "“{file}” has no line in {currency}, so it cannot take the place of that statement",
            "Choose the statement that it corrects, or keep both",
            file=order.file_name,
            currency=found.currency,
        )
    return {each.currency: each.id for each in _of_same_file(connection, found)}


def _of_same_file(connection: Connection, statement: Statement) -> tuple[Statement, ...]:
    """The statement and, where they count yet, those of the other currencies of its file."""
    own: list[Statement] = []
    replaced: set[StatementId] = set()
    for each in rows.each_of(connection, Kind.STATEMENT):
        if each.replaces is not None:
            replaced.add(each.replaces)
        is_of_file = each.sha256 == statement.sha256 and each.payee == statement.payee
        if is_of_file and each.source is statement.source and each.allocated_from is None:
            own.append(each)
    return tuple(each for each in own if each.id == statement.id or each.id not in replaced)


def _publish(
    connection: Connection,
    files: StatementFiles,
    order: Order,
    read: LinesRead,
    currency: str,
    own: OneCurrency,
    replaces: StatementId | None,
    result: Result,
) -> None:
    id = own.written.statement
    if rows.some_of(connection, Kind.STATEMENT, [id]):
        result.count("lines_known", own.written.count)
        return
    if replaces is not None:
        _check_place(connection, order, replaces)
    reader = read.reader
    statement = Statement(
        id,
        reader.issuer or PurePath(order.file_name).stem,
        read.payee,
        own.since,
        last_day_of(own.until),
        currency,
        own.written.count,
        dict(reader.declared_totals).get(currency),
        StatementSource.IMPORTED,
        order.at.date(),
        order.sha256,
        layout=reader.layout,
        replaces=replaces,
        level=reader.level,
        file_name=order.file_name,
        rows_left_out=reader.rejected_count,
    )
    files.publish(connection, statement, own.written)
    result.count("statements_added")
    result.count("lines_added", own.written.count)
    if replaces is not None:
        result.count("statements_replaced")
    if is_allocated(statement):
        _allocate(connection, files, order, statement, result)


def _check_place(connection: Connection, order: Order, replaces: StatementId) -> None:
    other = next(
        (each for each in rows.each_of(connection, Kind.STATEMENT) if each.replaces == replaces), None
    )
    if other is not None:
        raise InputProblem(
            "Another statement came in the place of that one already",
            "Choose the newer one, or keep both",
            file=order.file_name,
        )


def _allocate(
    connection: Connection, files: StatementFiles, order: Order, statement: Statement, result: Result
) -> None:
    payees = payees_of(connection, order.account, order.at)
    try:
        done = allocate_statement(connection, files, statement.id, at=order.at, payees=payees)
    except Refused as refused:
        raise InputProblem(
            "“{file}” could not be divided among those it pays: {why}",
            "Correct it, or bring it in as what you are paid",
            file=order.file_name,
            why=str(refused),
        ) from refused
    for name, count in done.counts.items():
        if count:
            result.count(name, count)
