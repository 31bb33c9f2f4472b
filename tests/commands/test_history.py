"""The history says all there is to a decision, is narrowed down by each of it, and goes out as a table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.history import HistoryRow, history
from artist_console.commands.history_table import (
    NO_MANDATE,
    HistoryFilter,
    NoSuchTable,
    narrowed,
    save_table,
)
from artist_console.commands.undo import undo
from artist_console.domain.history_states import HistoryState
from artist_console.domain.mandates import Power
from artist_console.domain.registers import ALL_MY_WORKS, Stance, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use
from artist_console.store import journal
from tests.backend.world import (
    HARBOUR,
    MANAGER,
    MARA,
    PROGRAMME,
    SALT,
    TERMS,
    a_decision,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.desks import Desk, a_desk, a_wish, an_allow


@pytest.fixture
def told(manager: Desk) -> Desk:
    """A manager's answers: two refusals, a yes, one taken back; and one that waits."""
    decide(manager.console, [a_wish(subject=work_subject(SALT), use=Family.TRAINING)])
    decide(manager.console, [an_allow(HARBOUR)])
    manager.sync()
    undo(manager.console)
    manager.sync()
    decide(manager.console, [a_wish()], KeepChoice.KEEP_THEM)
    return manager


FILTERS: list[tuple[HistoryFilter, Callable[[HistoryRow], bool]]] = [
    (HistoryFilter(artist=MARA), lambda row: row.artist == MARA),
    (HistoryFilter(person="Manager"), lambda row: row.made_by == "Manager"),
    (HistoryFilter(mandate=a_mandate().id), lambda row: row.mandate == a_mandate().id),
    (HistoryFilter(mandate=NO_MANDATE), lambda row: row.mandate is None),
    (HistoryFilter(about=work_subject(HARBOUR)), lambda row: row.subject == "Harbour Lights"),
    (HistoryFilter(kind=SubjectKind.ALL), lambda row: row.about == ALL_MY_WORKS),
    (HistoryFilter(programme=PROGRAMME), lambda row: row.programme == "Harmonia 2"),
    (HistoryFilter(every_programme=True), lambda row: row.programme == ""),
    (HistoryFilter(use=UseScope.of(Family.TRAINING)), lambda row: row.use.name == "training"),
    (HistoryFilter(stance=Stance.CLEAR), lambda row: row.stance is Stance.CLEAR),
    (HistoryFilter(former=Stance.ALLOW), lambda row: row.former is Stance.ALLOW),
    (HistoryFilter(first=True), lambda row: row.former is None),
    (HistoryFilter(terms=TERMS), lambda row: row.terms.startswith("Version 1")),
    (HistoryFilter(receipt=False), lambda row: not row.receipt),
    (HistoryFilter(state=HistoryState.WAITS), lambda row: row.n is None),
    (HistoryFilter(text="harbour"), lambda row: "Harbour" in row.subject),
    (HistoryFilter(text="version 1", stance=Stance.ALLOW), lambda row: row.stance is Stance.ALLOW),
]


def test_each_filter_lets_exactly_what_it_names_pass(told: Desk) -> None:
    rows = history(told.console)
    assert len(rows) == 4
    for wanted, passes in FILTERS:
        found = narrowed(rows, wanted)
        assert found == tuple(row for row in rows if passes(row)), wanted
        assert len(found) < len(rows) or wanted in (FILTERS[0][0], FILTERS[1][0], FILTERS[2][0]), wanted
    assert narrowed(rows, HistoryFilter()) == rows


def test_a_period_has_its_first_and_its_last_day(told: Desk) -> None:
    rows = history(told.console)
    day = rows[0].when.date()
    assert narrowed(rows, HistoryFilter(since=day, until=day)) == rows
    assert narrowed(rows, HistoryFilter(until=day.replace(day=day.day - 1) if day.day > 1 else day)) == (
        () if day.day > 1 else rows
    )
    assert narrowed(rows, HistoryFilter(since=day.replace(year=day.year + 1))) == ()


def test_a_row_says_by_which_mandate_and_on_whose_behalf(told: Desk) -> None:
    row = history(told.console)[-1]
    assert (row.made_by, row.on_behalf_of, row.artist_name) == ("Manager", "Mara Quist", "Mara Quist")
    assert row.mandate_words.startswith("given on 1 January 2025")


def test_a_proposal_waits_for_the_artist_in_the_history(tmp_path: Path) -> None:
    proposes = a_mandate(powers=(Power.SEE_WORKS, Power.PROPOSE))
    with a_desk(tmp_path, mandate_step(proposes), owner=MANAGER) as desk:
        decide(desk.console, [a_wish()])
        assert [row.state for row in history(desk.console)] == [HistoryState.WAITS]
        desk.sync()
        assert [row.state for row in history(desk.console)] == [HistoryState.PROPOSED]


def test_both_tables_hold_every_row_that_is_shown(told: Desk, tmp_path: Path) -> None:
    rows = history(told.console)
    with save_table(tmp_path / "d.csv", rows).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    sheet = CalamineWorkbook.from_path(save_table(tmp_path / "d.xlsx", rows)).get_sheet_by_index(0)
    heading, *cells = sheet.to_python()
    assert [line["Decision"] for line in lines] == [row.decision for row in rows]
    assert [dict(zip(heading, line, strict=True))["Decision"] for line in cells] == [r.decision for r in rows]
    last = lines[-1]
    assert (last["From"], last["To"], last["Use"], last["State"]) == ("", "refuse", "training", "recorded")
    assert (last["By mandate"], last["Receipt here"]) == (rows[-1].mandate_words, "yes")
    with pytest.raises(NoSuchTable, match=r"d\.ods ends in neither"):
        save_table(tmp_path / "d.ods", rows)


def test_ten_thousand_decisions_take_no_more_questions_than_a_few(
    mara: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked of the store does not grow with the history, so that a long one opens as a short one."""
    asked = 0
    rows_of: Any = type(mara.console.store).rows

    def counting(store: Any, sql: str, bindings: Any = None) -> Any:
        nonlocal asked
        asked += 1
        return rows_of(store, sql, bindings)

    monkeypatch.setattr(type(mara.console.store), "rows", counting)

    def questions() -> int:
        nonlocal asked
        history(mara.console, limit=None)
        asked = 0
        assert history(mara.console, limit=None)
        return asked

    decide(mara.console, [a_wish()])
    few = questions()
    uses = [UseScope.of(use) for use in Use]
    made = [
        a_decision(subject=work_subject(SALT), use=uses[n % len(uses)], act=f"act {n}") for n in range(10_000)
    ]
    journal.append(mara.console.store, made)
    assert len(history(mara.console, limit=None)) == 10_001
    assert questions() <= few
