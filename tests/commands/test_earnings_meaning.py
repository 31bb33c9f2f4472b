"""What earnings mean, over a real profile: lines in words, checks, waterfalls, differences and sources."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.commands import earnings, reconcile, sources, waterfall
from artist_console.commands.earnings import EarningsQuery
from artist_console.commands.history_table import NoSuchTable
from artist_console.commands.sources import NoSourceNamed, NotAKindOfIncome, SourceCertainty
from artist_console.commands.statement_lines import NoSuchLine
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import LineKind, exact_sum, is_earned
from tests.backend.world import LINES, MARA, PROGRAMME, SALT
from tests.commands.desks import Desk


def test_lines_come_page_by_page_and_each_says_what_it_means(mara: Desk) -> None:
    (statement,) = earnings.statements(mara.console, MARA)
    id = statement.statement.id
    whole = earnings.lines(mara.console, id)
    assert len(whole) == earnings.line_count(mara.console, id) == statement.statement.line_count
    pages = [earnings.lines(mara.console, id, offset, 1)[0] for offset in range(len(whole))]
    assert tuple(pages) == whole
    for view in whole:
        assert view.meaning.kind.text
        assert view.meaning.nature.text
        assert earnings.line(mara.console, id, view.line.number) == view
    with pytest.raises(NoSuchLine):
        earnings.line(mara.console, id, 99_999)


def test_lines_and_totals_are_narrowed_alike(mara: Desk) -> None:
    (statement,) = earnings.statements(mara.console, MARA)
    id = statement.statement.id
    for kind in {line.kind for line in LINES}:
        lines = earnings.lines(mara.console, id, where=LineFilter(kind=kind))
        view = earnings.earnings(mara.console, EarningsQuery(MARA, kind=kind))
        assert lines
        assert all(each.line.kind is kind for each in lines)
        expected = exact_sum(each.line.amount for each in lines) if is_earned(kind) else Decimal(0)
        assert exact_sum(month.amount for month in view.months) == expected
        assert view.kinds == ((kind, lines[0].kind_words),)


def test_works_and_artists_come_to_what_was_earned(mara: Desk) -> None:
    view = earnings.earnings(mara.console, EarningsQuery(MARA))
    for flow in view.flow:
        works = [total.amount for total in view.top_works if total.currency == flow.currency]
        artists = [total.amount for total in view.by_artist if total.currency == flow.currency]
        assert exact_sum(works) == exact_sum(artists) == flow.earned
    for total in (*view.top_works, *view.by_artist):
        assert exact_sum(amount for _, amount in total.natures) == total.amount


def test_a_statement_and_each_of_its_lines_can_be_followed(mara: Desk) -> None:
    (statement,) = earnings.statements(mara.console, MARA)
    id = statement.statement.id
    whole = waterfall.waterfall_of_statement(mara.console, id)
    assert exact_sum(each.net for each in whole) == statement.amount
    for view in earnings.lines(mara.console, id):
        (one,) = waterfall.waterfall_of_line(mara.console, id, view.line.number)
        assert one.net == view.line.amount
    with pytest.raises(NoSuchLine):
        waterfall.waterfall_of_line(mara.console, id, 99_999)
    with pytest.raises(UnknownThing):
        waterfall.waterfall_of_statement(mara.console, type(id)("nowhere"))


def test_a_work_is_followed_over_its_statements(mara: Desk) -> None:
    found = waterfall.waterfall_of_work(mara.console, SALT, EarningsQuery(MARA))
    expected = [line.amount for line in LINES if line.work == SALT and line.kind is not LineKind.OTHER]
    assert exact_sum(each.net for each in found) == exact_sum(expected)


def test_every_check_is_told_with_its_result(mara: Desk) -> None:
    (statement,) = earnings.statements(mara.console, MARA)
    found = earnings.check_statement(mara.console, statement.statement.id)
    names = [check.name for check in found.checks]
    assert len(names) == len(set(names))
    assert {"count", "total", "balance", "chain", "making", "shares", "duplicates", "again", "seal"} <= set(
        names
    )
    assert found.result is statement.check


def test_what_does_not_meet_is_a_table_that_keeps_every_digit(mara: Desk, tmp_path: Path) -> None:
    view = reconcile.reconcile(mara.console, MARA)
    path = reconcile.save_reconcile(tmp_path / "rows.csv", view.rows)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row["Key"] for row in rows] == [row.key for row in view.rows]
    for written, row in zip(rows, view.rows, strict=True):
        assert written["Paid"] == ("" if row.unmet.amount is None else f"{row.unmet.amount:f}")
    reconcile.save_reconcile(tmp_path / "rows.xlsx", view.rows)
    with pytest.raises(NoSuchTable):
        reconcile.save_reconcile(tmp_path / "rows.txt", view.rows)


def test_a_name_means_what_was_said_of_it_until_it_is_taken_back(mara: Desk) -> None:
    done = sources.name_source(
        mara.console, "Harmonia  Tunes", LineKind.USAGE_GENERATION, PROGRAMME, "by mail"
    )
    assert done.value is not None
    assert (done.value.kind, done.value.programme) == (LineKind.USAGE_GENERATION, PROGRAMME)
    (row,) = [row for row in sources.list_sources(mara.console) if row.source == "Harmonia Tunes"]
    assert (row.certainty, row.counts, row.note, row.lines) == (SourceCertainty.SAID, True, "by mail", 0)
    mara.reopen()
    assert sources.name_source(mara.console, "harmonia tunes", None).value is None
    assert sources.forget_source(mara.console, "HARMONIA TUNES").value is None
    with pytest.raises(UnknownThing):
        sources.forget_source(mara.console, "Harmonia Tunes")


def test_a_name_cannot_mean_what_is_no_income_or_a_programme_that_is_not_here(mara: Desk) -> None:
    with pytest.raises(NotAKindOfIncome):
        sources.name_source(mara.console, "X", LineKind.TAX_WITHHELD)
    with pytest.raises(NoSourceNamed):
        sources.name_source(mara.console, " - ", None)
    with pytest.raises(UnknownThing):
        sources.name_source(mara.console, "X", LineKind.FEE_TRAINING, ProgrammeId("nowhere"))
    assert sources.list_sources(mara.console) == ()


def test_what_is_documented_is_read_with_the_page_and_the_day(mara: Desk) -> None:
    sources.name_source(mara.console, "Udio", LineKind.FEE_TRAINING)
    (row,) = sources.list_sources(mara.console)
    assert row.page.startswith("https://")
    assert row.checked_on is not None
