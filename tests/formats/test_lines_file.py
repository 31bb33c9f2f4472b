"""Files of lines: whatever is written is read again exactly, added up exactly, and paged in order."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.ids import PartyId, ProgrammeId, StatementId, WorkId
from artist_console.domain.line_figures import LineFilter, RollUp, SourceMeaning
from artist_console.domain.statement_checks import figures_of
from artist_console.domain.statements import Line, LineKind, Making, Statement, StatementSource, exact_sum
from artist_console.domain.uses import Use
from artist_console.formats.lines_file import LinesFile, LinesWriter, write_lines
from artist_console.formats.lines_problems import LinesFileProblem, LinesNeedMemory
from artist_console.formats.lines_schema import LineHasNoRoom

from .line_worlds import STATEMENT, few_months, lines, numbered, plain_line

many = settings(max_examples=20, deadline=None)
any_lines = st.lists(lines(), max_size=8).map(numbered)
some_lines = st.lists(lines(month=few_months), max_size=12).map(numbered)


def opened(given: tuple[Line, ...]) -> LinesFile:
    return LinesFile.open(io.BytesIO(write_lines(STATEMENT, given)))


@many
@given(any_lines)
def test_any_line_is_read_as_it_was_written(written: tuple[Line, ...]) -> None:
    with opened(written) as file:
        assert (file.statement, file.count) == (STATEMENT, len(written))
        assert file.lines(statement_order=False) == written
        assert tuple(file.each()) == written
        assert [file.line(line.number) for line in written] == list(written)
        assert file.line(999) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**11), max_value=10**11))
@many
def test_an_amount_keeps_the_decimals_it_was_delivered_with(amount: Decimal) -> None:
    with opened((plain_line(1, str(amount)),)) as file:
        (line,) = file.lines()
        assert str(line.amount) == str(amount + 0)  # zero has no sign


@many
@given(some_lines)
def test_totals_are_exact_per_currency(written: tuple[Line, ...]) -> None:
    expected: defaultdict[str, list[Decimal]] = defaultdict(list)
    for line in written:
        expected[line.currency].append(line.amount)
    with opened(written) as file:
        assert file.total(LineFilter()) == tuple((c, exact_sum(a)) for c, a in sorted(expected.items()))


def rolled_up(written: tuple[Line, ...], territories: bool) -> set[RollUp]:
    groups: defaultdict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in written:
        subject = (None, line.territory) if territories else (line.work, "")
        key = (line.month, line.currency, line.kind, line.programme, line.use, line.source, line.sales_type)
        groups[(*key, *subject)].append(line)
    return {
        RollUp(
            held[0].month,
            held[0].currency,
            held[0].kind,
            held[0].programme,
            None if territories else held[0].work,
            held[0].use,
            held[0].source,
            exact_sum(line.amount for line in held),
            len(held),
            held[0].territory if territories else "",
            held[0].sales_type,
            () if territories else tuple(sorted({line.territory for line in held} - {""})),
        )
        for held in groups.values()
    }


@many
@given(some_lines)
def test_roll_ups_are_the_lines_added_up_exactly(written: tuple[Line, ...]) -> None:
    with opened(written) as file:
        assert set(file.roll_ups()) == rolled_up(written, territories=False)
        assert set(file.territory_roll_ups()) == rolled_up(written, territories=True)
        assert len(file.roll_ups()) == len(set(file.roll_ups()))


def test_more_territories_than_one_number_can_mark_are_all_told() -> None:
    written = tuple(plain_line(number, territory=f"T{number:03}") for number in range(200))
    with opened(written) as file:
        (roll_up,) = file.roll_ups()
        assert roll_up.territories == tuple(f"T{number:03}" for number in range(200))


MEANINGS = (
    SourceMeaning("Suno", ProgrammeId("a"), LineKind.USAGE_GENERATION),
    SourceMeaning("it's", None, LineKind.FEE_TRAINING),
)
filters = st.builds(
    LineFilter,
    st.none() | st.sampled_from(["a", "b"]).map(WorkId),
    st.none() | st.sampled_from(["a", "b"]).map(ProgrammeId),
    st.none() | st.sampled_from([LineKind.OTHER, LineKind.USAGE_GENERATION, LineKind.FEE_TRAINING]),
    st.none() | st.sampled_from(Use),
    st.sampled_from(["", "DE"]),
    st.sampled_from(["", "Spotify", "Suno", "it's"]),
    st.none() | few_months,
    st.none() | few_months,
    st.sampled_from([(), MEANINGS]),
)


def passes(line: Line, where: LineFilter) -> bool:
    kind, programme = line.kind, line.programme
    meaning = {each.source: each for each in where.meanings}.get(line.source)
    if kind is LineKind.OTHER and programme is None and meaning is not None:
        kind, programme = meaning.kind, meaning.programme
    return (
        where.work in (None, line.work)
        and where.programme in (None, programme)
        and where.kind in (None, kind)
        and where.use in (None, line.use)
        and where.territory in ("", line.territory)
        and where.source in ("", line.source)
        and (where.since is None or line.month >= where.since)
        and (where.until is None or line.month <= where.until)
    )


# Few fields and values, so that a filter meets something.
few_said = st.builds(
    lambda line, kind, work, programme, corrects: replace(
        line, kind=kind, work=work, programme=programme, corrects=corrects, corrects_statement=None
    ),
    lines(month=few_months),
    st.sampled_from([LineKind.OTHER, LineKind.USAGE_GENERATION]),
    st.sampled_from([None, WorkId("a")]),
    st.sampled_from([None, ProgrammeId("a")]),
    st.none() | st.integers(0, 12),
)


@many
@given(st.lists(few_said, max_size=10).map(numbered), filters)
def test_a_filter_gives_the_lines_it_describes(written: tuple[Line, ...], where: LineFilter) -> None:
    expected = tuple(line for line in written if passes(line, where))
    with opened(written) as file:
        assert file.lines(where, statement_order=False) == expected
        assert tuple(file.each(where)) == expected
        assert file.count_of(where) == len(expected)
        sums: defaultdict[str, list[Decimal]] = defaultdict(list)
        for line in expected:
            sums[line.currency].append(line.amount)
        assert file.total(where) == tuple((c, exact_sum(a)) for c, a in sorted(sums.items()))


STATEMENT_ROW = Statement(
    STATEMENT,
    "Issuer",
    PartyId("payee"),
    date(2025, 1, 1),
    date(2025, 12, 31),
    "EUR",
    3,
    None,
    StatementSource.API,
    date(2026, 1, 1),
    "",
)
# Lines that say the same come up, numbers that stand twice, and lines that say how they were made.
repeating = st.lists(lines(month=few_months), min_size=1, max_size=3).flatmap(
    lambda few: st.lists(st.sampled_from(few), max_size=9)
)
with_doubles = st.tuples(repeating, st.lists(st.integers(0, 20), min_size=9, max_size=9)).map(
    lambda both: numbered(both[0], both[1][: len(both[0])])
)


@many
@given(with_doubles)
def test_figures_are_those_of_the_lines(written: tuple[Line, ...]) -> None:
    with opened(written) as file:
        found, expected = file.figures(STATEMENT_ROW), figures_of(STATEMENT_ROW, written)
        assert tuple(found.made) == tuple(expected.made)
        # Two lines of one number have no order among themselves.
        assert found.repeated == tuple(sorted(expected.repeated))
        assert replace(found, made=(), repeated=()) == replace(expected, made=(), repeated=())


def test_many_lines_that_say_how_they_were_made_are_gone_through_while_the_file_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("artist_console.formats.lines_file._MOST_MADE", 3)
    making = Making(Decimal(3), Decimal(1), Decimal(2), Decimal(1), 10_000, 2)
    written = tuple(plain_line(number, making=making if number % 2 else None) for number in range(12))
    with opened(written) as file:
        made = file.figures(STATEMENT_ROW).made
        assert (len(made), tuple(made), tuple(made)) == (6, written[1::2], written[1::2])
        assert (made[0], made[-1], made[1:3]) == (written[1], written[11], written[3:6:2])


def in_statement_order(written: tuple[Line, ...]) -> tuple[Line, ...]:
    """By the number of the line at the beginning of what each corrects; circles stand by themselves."""
    own = {line.number: line.corrects for line in written if line.corrects_statement in (None, STATEMENT)}

    def key(line: Line) -> tuple[int, bool, int]:
        at, passed = line.number, set[int]()
        if own.get(at) is None:
            return (at, False, at)
        while (above := own.get(at)) is not None and at not in passed:
            passed.add(at)
            at = above
        return (line.number if at in passed else at, True, line.number)

    return tuple(sorted(written, key=key))


@many
@given(
    st.lists(few_said, max_size=12).map(numbered), filters, st.integers(0, 6), st.none() | st.integers(1, 6)
)
def test_pages_of_the_order_of_a_statement_are_cuts_of_the_whole(
    written: tuple[Line, ...], where: LineFilter, offset: int, limit: int | None
) -> None:
    for chosen in (LineFilter(), where):
        whole = in_statement_order(tuple(line for line in written if passes(line, chosen)))
        with opened(written) as file:
            assert file.lines(chosen) == whole
            until = None if limit is None else offset + limit
            assert file.lines(chosen, offset=offset, limit=limit) == whole[offset:until]


def test_a_correction_stands_behind_the_line_that_it_corrects() -> None:
    written = (*(plain_line(number) for number in range(1, 6)), plain_line(6, "-1.50", corrects=2))
    with opened(written) as file:
        assert [line.number for line in file.lines()] == [1, 2, 6, 3, 4, 5]
        assert [line.number for line in file.lines(offset=2, limit=2)] == [6, 3]
        assert [line.number for line in file.lines(after=3)] == [6, 4, 5]


@given(st.integers(0, 30), st.integers(1, 30), st.integers(-1, 30))
@many
def test_pages_by_number_go_on_after_a_number(offset: int, limit: int, after: int) -> None:
    written = tuple(plain_line(number) for number in range(0, 30, 2))
    with opened(written) as file:
        left = [line for line in written if line.number > after]
        found = file.lines(after=after, offset=offset, limit=limit, statement_order=False)
        assert list(found) == left[offset : offset + limit]


@pytest.mark.parametrize("rows", [0, 1, 1_999, 2_000, 2_001, 12_000])
def test_lines_that_come_in_parts_are_one_file(rows: int) -> None:
    sink = io.BytesIO()
    with LinesWriter(sink, STATEMENT) as writer:
        for start in range(0, rows, 7_000):
            writer.add(
                plain_line(n, f"{n}.25", title="x" * 900) for n in range(start, min(rows, start + 7_000))
            )
        assert writer.finish() == rows
    with LinesFile.open(sink) as file:
        assert file.count == rows
        assert file.total() == (
            (("EUR", Decimal(rows * (rows - 1) // 2) + rows * Decimal("0.25")),) if rows else ()
        )
        assert [line.number for line in file.lines(offset=rows - 3 if rows > 3 else 0, limit=3)] == list(
            range(max(0, rows - 3), rows)
        )


class Full(io.BytesIO):
    """A disk with no room."""

    def write(self, data: object, /) -> int:
        raise OSError(28, "No space left on device")


def write_into(sink: BinaryIO, told: Iterator[Line]) -> None:
    with LinesWriter(sink, STATEMENT) as writer:
        writer.add(told)
        writer.finish()


@pytest.mark.parametrize("rows", [1, 9_000])
def test_a_sink_that_fails_is_told_with_its_own_trouble(rows: int) -> None:
    told = (plain_line(number, words=f"{number * 7919:1000}") for number in range(rows))
    with pytest.raises(OSError, match="No space left"):
        write_into(Full(), told)


def test_writing_that_is_left_ends_and_leaves_no_file() -> None:
    def lines_that_end_badly() -> Iterator[Line]:
        yield from (plain_line(number, title="x" * 900) for number in range(10_000))
        raise ZeroDivisionError

    sink = io.BytesIO()
    with pytest.raises(ZeroDivisionError):
        write_into(sink, lines_that_end_badly())
    with pytest.raises(LinesFileProblem):
        LinesFile.open(sink)


def test_lines_out_of_order_or_of_another_statement_are_a_mistake_of_the_caller() -> None:
    with LinesWriter(io.BytesIO(), STATEMENT) as writer:
        writer.add([plain_line(2), plain_line(2)])
        for wrong in (plain_line(1), replace(plain_line(3), statement=StatementId("another"))):
            with pytest.raises(ValueError, match="comes after line 2"):
                writer.add([wrong])


@pytest.mark.parametrize(
    "wrong",
    [
        plain_line(1, "NaN"),
        plain_line(1, "Infinity"),
        plain_line(1, quantity=2**63),
        plain_line(1, confidence_low=Decimal("sNaN")),
    ],
)
def test_a_number_that_is_none_is_told_with_its_line(wrong: Line) -> None:
    with pytest.raises(LineHasNoRoom, match="Line 1 has"):
        write_lines(STATEMENT, [wrong])


def test_the_same_lines_make_the_same_file() -> None:
    written = tuple(plain_line(number, title=f"Song {number}") for number in range(3_000))
    assert write_lines(STATEMENT, written) == write_lines(STATEMENT, reversed(written))


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("harm", [cut, lambda data: b"", lambda data: b"PAR1" * 50, lambda data: data[:-4]])
def test_a_damaged_file_is_told(harm: Callable[[bytes], bytes]) -> None:
    data = write_lines(STATEMENT, [plain_line(number) for number in range(100)])
    with pytest.raises(LinesFileProblem):
        LinesFile.open(io.BytesIO(harm(data)))


class Failing(io.BytesIO):
    """A file whose owner finds it damaged after a while."""

    sound = True

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.sound:
            raise PermissionError("sealed with other keys")
        return super().read(size)


def test_trouble_of_the_source_comes_through_as_it_is() -> None:
    source = Failing(write_lines(STATEMENT, [plain_line(1)]))
    with LinesFile.open(source) as file:
        source.sound = False
        with pytest.raises(PermissionError, match="sealed with other keys"):
            file.lines()


def test_two_files_are_read_at_the_same_time() -> None:
    first, second = opened((plain_line(1),)), opened((plain_line(2, month=date(2020, 1, 1)),))
    with first, second:
        reading = first.each()
        assert second.lines() == (plain_line(2, month=date(2020, 1, 1)),)
        assert next(reading) == plain_line(1)


def test_too_little_memory_is_told_as_that_and_not_as_damage() -> None:
    data = write_lines(
        STATEMENT, [plain_line(number, title=f"{number * 7919:900}") for number in range(5_000)]
    )
    with pytest.raises(LinesNeedMemory) as told, LinesFile.open(io.BytesIO(data), memory_mb=1) as file:
        file.figures(STATEMENT_ROW)
    assert "fetched" not in told.value.sentence
    with LinesFile.open(io.BytesIO(data)) as file:
        assert file.count == 5_000
