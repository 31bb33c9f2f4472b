"""Comparing two reports tells what was changed between them, and nothing else, from either side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from artist_console.domain.ids import StatementId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.statements import Line, LineKind, exact_sum
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.data_package import (
    DESCRIPTOR,
    TableSeal,
    descriptor_bytes,
    hash_of,
    read_descriptor,
    table_path,
)
from artist_console.formats.report_compare import (
    Change,
    NotInOrder,
    RowDifference,
    count_differences,
    differences,
)
from artist_console.formats.report_compare_lines import LinesDifference, compare_lines
from artist_console.formats.report_content import ReportContent
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_rows import Report
from artist_console.formats.report_signatures import signature_bytes, signature_name
from artist_console.formats.row_digests import Roots
from artist_console.formats.signatures import sha256_hex
from tests.domain.world import MARA
from tests.formats.report_world import (
    SIGNER,
    all_rows,
    answered_world,
    files_in,
    header,
    package_of,
    report_of,
    statement,
    verified,
)

BASE = content_for(all_rows(answered_world()), header())
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
AMOUNTS = st.decimals(Decimal(-1000), Decimal(1000), places=6)


def read(content: ReportContent) -> Report:
    found = verified(report_of(content)).report
    assert found is not None
    return found


@dataclass(frozen=True)
class Drawn:
    """What is in the first report, in the second, in both and the same, or in both and changed."""

    first: dict[Any, Any]
    second: dict[Any, Any]

    @property
    def expected(self) -> dict[Any, Change]:
        found = {}
        for key in {*self.first, *self.second}:
            if key not in self.first:
                found[key] = Change.ADDED
            elif key not in self.second:
                found[key] = Change.GONE
            elif self.first[key] != self.second[key]:
                found[key] = Change.CHANGED
        return found


def two_sides(keys: st.SearchStrategy[Any], row: Callable[[Any], st.SearchStrategy[Any]]) -> Any:
    @st.composite
    def drawn(draw: st.DrawFn) -> Drawn:
        first, second = {}, {}
        for key in draw(st.sets(keys, max_size=6)):
            kept = draw(row(key))
            match draw(st.sampled_from(["same", "changed", "first", "second"])):
                case "same":
                    first[key] = second[key] = kept
                case "changed":
                    first[key], second[key] = kept, draw(row(key))
                case "first":
                    first[key] = kept
                case _:
                    second[key] = kept
        return Drawn(first, second)

    return drawn()


def a_work(id: str) -> st.SearchStrategy[Work]:
    return st.builds(
        Work,
        id=st.just(WorkId(id)),
        kind=st.sampled_from(WorkKind),
        title=TEXTS,
        artists=st.just((MARA,)),
        version=st.sampled_from(["", "=1+1", "Live, “1”", "a\nb"]),
    )


def a_line(key: tuple[str, int]) -> st.SearchStrategy[Line]:
    return st.builds(
        Line,
        statement=st.just(StatementId(key[0])),
        number=st.just(key[1]),
        kind=st.sampled_from(LineKind),
        amount=AMOUNTS,
        currency=st.sampled_from(["EUR", "USD"]),
        month=st.just(date(2025, 7, 1)),
        words=TEXTS,
    )


WORKS = two_sides(TEXTS.filter(bool), a_work)
# Numbers past nine: by their digits, ten stands before two.
LINES = two_sides(st.tuples(st.sampled_from(["q1", "'q2", "q,3"]), st.integers(1, 12)), a_line)


def key_of(difference: RowDifference) -> Any:
    row = difference.after if difference.after is not None else difference.before
    return row.id


def turned(difference: RowDifference) -> RowDifference:
    other = {Change.ADDED: Change.GONE, Change.GONE: Change.ADDED, Change.CHANGED: Change.CHANGED}
    return RowDifference(difference.table, other[difference.change], difference.after, difference.before)


@settings(max_examples=60, deadline=None)
@given(drawn=WORKS)
def test_what_was_changed_is_told_and_told_alike_from_the_other_side(drawn: Drawn) -> None:
    first = read(replace(BASE, works=tuple(drawn.first.values())))
    second = read(replace(BASE, works=tuple(drawn.second.values())))
    found = list(differences("works", first, second))
    assert {key_of(each): each.change for each in found} == drawn.expected
    assert len(found) == len(drawn.expected)
    for each in found:
        assert each.before == drawn.first.get(key_of(each))
        assert each.after == drawn.second.get(key_of(each))
    assert [turned(each) for each in differences("works", second, first)] == found
    counts = count_differences("works", first, second)
    assert counts == {change: list(drawn.expected.values()).count(change) for change in Change}


@settings(max_examples=60, deadline=None)
@given(drawn=LINES)
def test_lines_are_told_by_what_they_come_to(drawn: Drawn) -> None:
    first = read(replace(BASE, lines=tuple(drawn.first.values())))
    second = read(replace(BASE, lines=tuple(drawn.second.values())))
    found = compare_lines(first, second)
    assert {each.currency: each for each in found.by_currency} == {
        code: told for code in ("EUR", "USD") if (told := expected_of(drawn, code)) is not None
    }
    back = compare_lines(second, first)
    assert [each.difference for each in back.by_currency] == [-each.difference for each in found.by_currency]
    assert [(each.added, each.gone, each.changed) for each in back.by_currency] == [
        (each.gone, each.added, each.changed) for each in found.by_currency
    ]
    assert [(each.changed_from, each.changed_to) for each in back.by_currency] == [
        (each.changed_to, each.changed_from) for each in found.by_currency
    ]
    in_statements = dict.fromkeys(("EUR", "USD"), 0)
    for _, each in found.by_statement:
        in_statements[each.currency] += each.added + each.gone + each.changed
    assert in_statements == {
        code: sum(
            each.added + each.gone + each.changed for each in found.by_currency if each.currency == code
        )
        for code in ("EUR", "USD")
    }
    assert {id for id, _ in found.by_statement} == {key[0] for key in drawn.expected}


def expected_of(drawn: Drawn, code: str) -> LinesDifference | None:
    def of(side: dict[Any, Line], change: Change) -> list[Line]:
        return [
            side[key]
            for key, found in drawn.expected.items()
            if found is change and key in side and side[key].currency == code
        ]

    added, gone = of(drawn.second, Change.ADDED), of(drawn.first, Change.GONE)
    was, now = of(drawn.first, Change.CHANGED), of(drawn.second, Change.CHANGED)
    if not (added or gone or was or now):
        return None
    numbers = {(line.statement, line.number) for line in (*was, *now)}
    return LinesDifference(
        code, len(added), total(added), len(gone), total(gone), len(numbers), total(was), total(now)
    )


def total(lines: list[Line]) -> Decimal:
    return exact_sum(line.amount for line in lines)


def test_a_report_differs_in_nothing_from_itself_made_again() -> None:
    """Salts are new in every report."""
    first = read(BASE)
    again = verified(report_of(BASE, salts=lambda size: bytes([7]) * size)).report
    assert again is not None
    assert first.sha256 != again.sha256
    for table in first.tables:
        assert count_differences(table, first, again) == dict.fromkeys(Change, 0)
    assert compare_lines(first, again).is_empty


def test_a_permission_that_changed_is_told_with_both_outcomes() -> None:
    outcomes = list(BASE.outcomes)
    place = next(n for n, each in enumerate(outcomes) if each.use is Use.TRAIN_GENERATIVE)
    other = replace(outcomes[place], outcome=PermissionOutcome.EXPIRED)
    second = replace(BASE, outcomes=(*outcomes[:place], other, *outcomes[place + 1 :]))
    (found,) = differences("outcomes", read(BASE), read(second))
    assert (found.before, found.after) == (outcomes[place], other)


def out_of_order(content: ReportContent, table: str) -> Report:
    """A report whose signer wrote the rows of a table the other way round."""
    files = files_in(report_of(content))
    descriptor = read_descriptor(files[DESCRIPTOR])
    head, *records, _ = files[table_path(table)].split(b"\r\n")
    files[table_path(table)] = b"\r\n".join([head, *records[::-1], b""])
    roots = Roots()
    roots.extend(records[::-1])
    resources = [
        structs.replace(each, hash=hash_of(sha256_hex(files[each.path]))) for each in descriptor.resources
    ]
    own = descriptor.artist_console
    own = structs.replace(own, tables=own.tables | {table: TableSeal(roots.rows, roots.root)})
    sealed = descriptor_bytes(structs.replace(descriptor, resources=resources, artist_console=own))
    files |= {DESCRIPTOR: sealed, signature_name(1): signature_bytes(sealed, SIGNER, "F")}
    found = verified(package_of(files.items())).report
    assert found is not None
    return found


def test_rows_in_another_order_are_not_compared() -> None:
    """Whoever signs can write anything; nothing wrong is told of it."""
    works = tuple(Work(WorkId(id), WorkKind.RECORDING, id, (MARA,)) for id in "abc")
    content = replace(BASE, works=works)
    with pytest.raises(NotInOrder):
        list(differences("works", read(content), out_of_order(content, "works")))


def test_progress_may_end_a_comparison() -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    lines = tuple(
        Line(StatementId("q3"), n, LineKind.OTHER, Decimal(n), "EUR", date(2025, 7, 1))
        for n in range(1, 20_000)
    )
    first = read(replace(BASE, statements=(statement("q3", MARA),), lines=lines))
    with pytest.raises(Stopped):
        compare_lines(first, first, stop)
