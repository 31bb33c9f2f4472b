"""Lines in files of their own, and what they come to: bit by bit what the lines say, whatever is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.domain.ids import ProgrammeId, StatementId, WorkId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.statements import (
    CheckResult,
    Line,
    LineKind,
    Statement,
    StatementLevel,
    exact_sum,
)
from artist_console.domain.uses import Use
from artist_console.formats.kinds import Kind
from artist_console.store import statements
from artist_console.store.migrations import migrate, migrations_of
from artist_console.store.open_lines import LinesDamaged
from artist_console.store.opening import Store, open_store
from artist_console.store.statements import LineTotal
from tests.store.conftest import JOURNAL_KEY, MIRROR_KEY
from tests.store.records import PROGRAMME, artist_id, hear, work_id
from tests.store.statement_files import a_line, a_statement, bring, files_in, take, with_file

MONTHS = (date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1))


@contextmanager
def a_store(folder: Path) -> Iterator[Store]:
    with open_store(
        folder / "journal.db", folder / "mirror.db", JOURNAL_KEY, MIRROR_KEY, files=files_in(folder)
    ) as store:
        yield store


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path) as store:
        yield store


@contextmanager
def only(store: Store, lines: Sequence[Line]) -> Iterator[Statement]:
    """These lines are here, and no others; afterwards none."""
    statement = bring(store, a_statement(lines), lines)
    try:
        yield statement
    finally:
        hear(store, [], [(Kind.STATEMENT, statement.id)])


AMOUNTS = st.decimals(
    min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=18, allow_nan=False
) | st.sampled_from([Decimal("0.1"), Decimal("1e-30"), Decimal("12345678901234567890.5"), Decimal("-0.10")])
LINES = st.lists(
    st.builds(
        lambda amount, month, kind, work, programme, use, territory, source, sales, currency: a_line(
            0,
            amount=amount,
            month=month,
            kind=kind,
            work=work,
            programme=programme,
            use=use,
            territory=territory,
            source=source,
            sales_type=sales,
            currency=currency,
        ),
        AMOUNTS,
        st.sampled_from(MONTHS),
        st.sampled_from([LineKind.POOL_SUBSCRIPTION, LineKind.FEE_TRAINING, LineKind.COST, LineKind.OTHER]),
        st.sampled_from([None, work_id(0, 1), work_id(0, 2)]),
        st.sampled_from([None, ProgrammeId(PROGRAMME), ProgrammeId("another")]),
        st.sampled_from([None, Use.TRAIN_GENERATIVE, Use.GEN_COVER]),
        st.sampled_from(["", "DE", "United States", "FR"]),
        st.sampled_from(["", "Harmonia", 'A "store"; with, marks']),
        st.sampled_from(["", "stream"]),
        st.sampled_from(["EUR", "USD"]),
    ),
    max_size=40,
).map(lambda lines: [replace(line, number=number) for number, line in enumerate(lines, 1)])
FILTERS = st.builds(
    LineFilter,
    st.sampled_from([None, work_id(0, 1)]),
    st.sampled_from([None, ProgrammeId(PROGRAMME)]),
    st.sampled_from([None, LineKind.COST, LineKind.OTHER]),
    st.sampled_from([None, Use.GEN_COVER]),
    st.sampled_from(["", "DE", "United States"]),
    st.sampled_from(["", "Harmonia"]),
    st.sampled_from([None, MONTHS[1]]),
    st.sampled_from([None, MONTHS[1]]),
)


def is_in(line: Line, where: LineFilter) -> bool:
    return (
        where.work in (None, line.work)
        and where.programme in (None, line.programme)
        and where.kind in (None, line.kind)
        and where.use in (None, line.use)
        and where.territory in ("", line.territory)
        and where.source in ("", line.source)
        and (where.since is None or line.month >= where.since)
        and (where.until is None or line.month <= where.until)
    )


Sums = dict[tuple[object, ...], tuple[Decimal, int]]


def added_up(lines: Sequence[Line], *, works: bool) -> Sums:
    """By everything that totals tell apart, line for line."""
    held: defaultdict[tuple[object, ...], list[Decimal]] = defaultdict(list)
    for line in lines:
        work = line.work if works else None
        key = (
            line.month,
            line.currency,
            line.kind,
            line.programme,
            work,
            line.use,
            line.source,
            line.sales_type,
        )
        held[key].append(line.amount)
    return {key: (exact_sum(amounts), len(amounts)) for key, amounts in held.items()}


def said(totals: Sequence[LineTotal]) -> Sums:
    held: defaultdict[tuple[object, ...], list[LineTotal]] = defaultdict(list)
    for t in totals:
        held[t.month, t.currency, t.kind, t.programme, t.work, t.use, t.source, t.sales_type].append(t)
    return {
        key: (exact_sum(t.amount for t in found), sum(t.lines for t in found)) for key, found in held.items()
    }


def asked(store: Store, where: LineFilter, *, works: bool = True) -> tuple[LineTotal, ...]:
    return statements.totals(
        store,
        work=where.work,
        programme=where.programme,
        kind=where.kind,
        use=where.use,
        territory=where.territory,
        source=where.source,
        since=where.since,
        until=where.until,
        works=works,
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, FILTERS)
def test_roll_ups_come_to_what_the_lines_come_to_whatever_is_asked(
    held: Store, lines: list[Line], where: LineFilter
) -> None:
    store = held
    with only(store, lines) as statement:
        wanted = [line for line in lines if is_in(line, where)]
        by_work = where.work is not None or not where.territory
        assert said(asked(store, where)) == added_up(wanted, works=by_work)
        assert said(asked(store, where, works=False)) == added_up(wanted, works=where.work is not None)
        # The same again from the file: nothing that was added up here has anything to do with it.
        sums = statements.sum_by_currency((line.currency, line.amount) for line in wanted)
        assert statements.line_total(store, statement.id, where) == sums
        assert statements.line_count(store, statement.id, where) == len(wanted)
        assert statements.lines(store, statement.id, where) == tuple(wanted)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_a_roll_up_names_the_places_of_its_lines(held: Store, lines: list[Line]) -> None:
    with only(held, lines):
        for total in statements.totals(held):
            key = (total.month, total.currency, total.kind, total.programme, total.work)
            more = (total.use, total.source, total.sales_type)
            places = {
                line.territory
                for line in lines
                if (line.month, line.currency, line.kind, line.programme, line.work) == key
                and (line.use, line.source, line.sales_type) == more
            }
            assert total.territories == tuple(sorted(places - {""}))


def test_only_what_payees_are_due_counts_and_nothing_that_was_replaced(held: Store) -> None:
    def brought(id: str, **more: object) -> Statement:
        lines = [a_line(1, id)]
        return bring(held, a_statement(lines, id, **more), lines)

    brought("gross", level=StatementLevel.LICENSOR_GROSS)
    brought("pool", level=StatementLevel.POOL)
    first = brought("first")
    second = brought("second", replaces=first.id)
    assert {total.statement for total in statements.totals(held)} == {second.id}
    assert {total.statement for total in statements.totals(held, works=False)} == {second.id}
    assert set(statements.amounts(held)) == {"gross", "pool", "first", "second"}
    assert statements.amounts(held)[first.id] == (("EUR", Decimal("0.100000000000000001")),)


def test_lines_are_read_page_by_page_and_corrections_can_stand_behind_what_they_correct(held: Store) -> None:
    lines = [a_line(number) for number in range(1, 8)]
    lines[4] = replace(lines[4], kind=LineKind.ADJUSTMENT, corrects=2)
    statement = bring(held, a_statement(lines), lines)
    assert [each.number for each in statements.lines(held, statement.id, after=3, limit=2)] == [4, 5]
    assert [each.number for each in statements.lines(held, statement.id, offset=5)] == [6, 7]
    placed = statements.lines(held, statement.id, limit=4, statement_order=True)
    assert [each.number for each in placed] == [1, 2, 5, 3]
    assert tuple(statements.each_line(held, statement.id)) == tuple(lines)
    assert statements.line(held, statement.id, 5) == lines[4]
    assert statements.line(held, statement.id, 9) is None


def test_the_checks_of_a_statement_are_made_of_its_file(held: Store) -> None:
    lines = [a_line(1), a_line(2)]
    short = a_statement(lines, declared_total=Decimal(1))
    statement = bring(held, short, lines)
    assert statements.check_result(held, statement.id) is CheckResult.DOES_NOT_ADD_UP
    assert [(s.id, result) for s, result in statements.checks(held)] == [
        (statement.id, CheckResult.DOES_NOT_ADD_UP)
    ]
    found = statements.figures(held, statement.id)
    assert found is not None
    assert (found.count, found.totals) == (2, (("EUR", Decimal("0.200000000000000002")),))


# What is here, and what is not


def test_a_statement_whose_file_is_not_here_is_lacking_and_has_no_lines(held: Store) -> None:
    named, _ = with_file(a_statement([a_line(1)]), [a_line(1)])
    hear(held, [(Kind.STATEMENT, named)])
    assert [lack.statement for lack in statements.lacking(held)] == [named.id]
    assert statements.lines(held, named.id) == ()
    assert statements.figures(held, named.id) is None
    assert not statements.is_complete(held, named.id)
    assert statements.check_result(held, named.id) is CheckResult.NOT_CHECKED


def test_a_file_that_went_is_lacking_again_and_its_totals_stay(held: Store, tmp_path: Path) -> None:
    statement = bring(held, a_statement([a_line(1)]), [a_line(1)])
    assert statements.lacking(held) == ()
    (tmp_path / "statements" / f"{statement.lines_sha256}.sealed").unlink()
    assert [lack.statement for lack in statements.lacking(held)] == [statement.id]
    assert len(statements.totals(held)) == 1
    assert statements.lines(held, statement.id) == ()


def test_a_damaged_file_is_told_once_set_aside_and_lacking(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        statement = bring(store, a_statement([a_line(1)]), [a_line(1)])
    path = tmp_path / "statements" / f"{statement.lines_sha256}.sealed"
    damaged = bytearray(path.read_bytes())
    damaged[200] ^= 1
    path.write_bytes(damaged)
    with a_store(tmp_path) as store:
        with pytest.raises(LinesDamaged):
            statements.lines(store, statement.id)
        assert not path.exists()
        assert (tmp_path / "statements" / f"{statement.lines_sha256}.set-aside").read_bytes() == damaged
        assert [lack.statement for lack in statements.lacking(store)] == [statement.id]
        assert statements.lines(store, statement.id) == ()
        again, data = with_file(a_statement([a_line(1)]), [a_line(1)])
        assert again.lines_sha256 == statement.lines_sha256
        arriving = files_in(tmp_path).arriving(statement.lines_sha256)
        arriving.append(data)
        assert arriving.keep()
        take(store, statement)
        assert statements.lines(store, statement.id) == (a_line(1),)
        files_in(tmp_path).sweep(statements.named_files(store))
        assert [each.name for each in (tmp_path / "statements").iterdir()] == [path.name]


def test_a_statement_that_leaves_takes_its_sums_and_its_file_with_it(held: Store, tmp_path: Path) -> None:
    stays = bring(held, a_statement([a_line(1)]), [a_line(1)])
    lines = [a_line(1, "other")]
    goes = bring(held, a_statement(lines, "other"), lines)
    hear(held, [], [(Kind.STATEMENT, goes.id)])
    assert {total.statement for total in statements.totals(held)} == {stays.id}
    for table in ("roll_up", "territory_roll_up", "whole_roll_up", "fetched"):
        assert held.rows(f"SELECT DISTINCT statement FROM mirror.{table}") == [(stays.id,)]
    assert files_in(tmp_path).sweep(statements.named_files(held)) == 1
    assert [each.name for each in (tmp_path / "statements").iterdir()] == [f"{stays.lines_sha256}.sealed"]


def test_another_file_of_a_statement_is_added_up_in_place_of_the_former(held: Store) -> None:
    bring(held, a_statement([a_line(1)]), [a_line(1)])
    lines = [a_line(1, work=None), a_line(2, work=WorkId("elsewhere"))]
    bring(held, a_statement(lines), lines)
    assert {total.work for total in statements.totals(held)} == {None, "elsewhere"}
    assert sum(total.lines for total in statements.totals(held, works=False)) == 2


def test_what_was_added_up_before_lines_were_files_still_counts() -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("ATTACH ':memory:' AS mirror")
    migrate(connection, "mirror", migrations_of("mirror")[:2], "mirror.db")
    connection.execute(
        "INSERT INTO mirror.line_total"
        " VALUES ('s', 'p', '2025-09-01', 'EUR', 'mg', 'h', 'w', '0.10', 3, '[\"DE\"]');"
        "INSERT INTO mirror.line VALUES ('s', 1, 'w', 'h', x'00');"
        "INSERT INTO mirror.fetched VALUES ('s', 'a', NULL, 1, 'adds_up');"
        "INSERT INTO mirror.meta VALUES ('cursor', 'c'), ('projected', 'p')"
    )
    migrate(connection, "mirror", migrations_of("mirror"), "mirror.db")
    rows = connection.execute("SELECT work, amount, lines, territories FROM mirror.roll_up").fetchall()
    assert rows == [("w", "0.10", 3, '["DE"]')]
    assert connection.execute("SELECT amount FROM mirror.whole_roll_up").fetchall() == [("0.10",)]
    assert connection.execute("SELECT name FROM mirror.meta").fetchall() == [("projected",)]
    assert connection.execute("SELECT count(*) FROM mirror.fetched").get == 0


def test_statements_of_others_are_not_among_those_of_a_payee(held: Store) -> None:
    bring(held, a_statement([a_line(1)]), [a_line(1)])
    lines = [a_line(1, "theirs")]
    bring(held, a_statement(lines, "theirs", payee=artist_id(1)), lines)
    assert {t.statement for t in statements.totals(held, payee=artist_id(1))} == {StatementId("theirs")}
