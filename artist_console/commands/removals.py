"""Removal cases of the profile, and what a person notes of asking and being answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from artist_console.commands.console import Console, Result
from artist_console.domain.changes import Changes
from artist_console.domain.contract_rows import covered_works
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_records import Records
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.removal_steps import SETTLED, WAITS, RemovalMark, RemovalStep
from artist_console.domain.removals import RemovalCase, cases
from artist_console.formats.kinds import Kind
from artist_console.store import inclusions, mirror, own_side, private, projection
from artist_console.store import removals as noted
from artist_console.store.private import Change, PrivateKind

__all__ = ["RemovalCase", "RemovalMark", "RemovalStep", "list_removals", "mark_removal", "unmark_removal"]

_MOST_YEARS = 10


class UnknownCase(UnknownThing):
    title_template = "There is no removal case {case} here"
    advice_template = "See: artist-console removals list"


class NotADay(InputProblem):
    title_template = "A step of a removal cannot be on {day}"
    advice_template = "Give the day on which it happened; a day to come can be a deadline"


class NotADeadline(InputProblem):
    title_template = "An answer cannot be due on {day}: the step is of {on}"
    advice_template = "Give a day that is not before the step, and at most {years} years after it"


class NotAStep(InputProblem):
    title_template = "That nothing was asked yet is where a case begins, and needs no note"
    advice_template = "Name what happened: {steps}"


def list_removals(
    console: Console, artist: ArtistId | None = None, work: WorkId | None = None, *, overlay: bool = True
) -> tuple[RemovalCase, ...]:
    """Cases by what is to be done: overdue, waiting for an answer, not asked for, answered, settled.

    `overlay`: with own undelivered decisions laid over what is recorded.
    """
    store = console.store
    facts = mirror.facts(store, console.clock(), overlay=overlay)
    records = Records(
        facts,
        inclusions.of_work(store, work) if work is not None else inclusions.find(store, artist=artist),
        mirror.all(store, Kind.MODEL),
        mirror.all(store, Kind.DATASET),
        statements=(),
        paid=(),
        mandates=(),
        today=console.today,
        artists=[artist] if artist is not None else None,
        marks=noted.marks(store),
    )
    found = [case for case in cases(records) if work is None or case.work == facts.works[work].id]
    return tuple(sorted((_with_contracts(console, facts, case) for case in found), key=_order))


def _with_contracts(console: Console, facts: FactBook, case: RemovalCase) -> RemovalCase:
    """The case with what the artist's own contracts on the work say of taking a yes back."""
    name_of = own_side.namer(facts)
    own = [facts.works[case.work]]
    said = tuple(
        f"Your contract with {name_of(contract)} says of taking a yes back:"
        f" “{contract.how_a_yes_is_withdrawn}”"
        for contract in own_side.contracts(console.store)
        if contract.artist == case.artist
        and contract.how_a_yes_is_withdrawn
        and contract.holds.contains(console.clock())
        and covered_works(own, contract.works, contract.releases, facts)
    )
    return replace(case, words=(*case.words, *said)) if said else case


def _order(case: RemovalCase) -> tuple[object, ...]:
    if case.step in WAITS:
        place = 0 if case.overdue_days is not None else 1
    elif case.step is RemovalStep.OPEN:
        place = 2
    else:
        place = 4 if case.step in SETTLED else 3
    return (place, case.deadline or date.max, case.since, case.work_title.casefold(), case.id)


def mark_removal(
    console: Console,
    case_id: str,
    step: RemovalStep,
    on: date,
    note: str = "",
    deadline: date | None = None,
) -> Result[RemovalCase]:
    """Note what the person did or was told. It is kept here alone and is no statement of anybody.

    Raises UnknownCase, NotADay, NotAStep.
    """
    case = _case(console, case_id)
    if step is RemovalStep.OPEN:
        raise NotAStep(steps=", ".join(each.value for each in RemovalStep if each is not RemovalStep.OPEN))
    if on > console.today or on < console.today - timedelta(days=366 * _MOST_YEARS):
        raise NotADay(day=day_in_words(on))
    if deadline is not None and not on <= deadline <= on + timedelta(days=366 * _MOST_YEARS):
        raise NotADeadline(day=day_in_words(deadline), on=day_in_words(on), years=_MOST_YEARS)
    mark = RemovalMark(console.new_id(), case.id, case.artist, step, on, note.strip(), deadline)
    return _kept(console, case, Change(PrivateKind.REMOVAL_MARK, [mark]))


def unmark_removal(console: Console, case_id: str, mark: str) -> Result[RemovalCase]:
    """Forget a note that was a mistake. Raises UnknownCase, UnknownThing."""
    case = _case(console, case_id)
    if all(each.id != mark or each.said_by for each in case.history):
        raise UnknownThing(
            "There is no note {mark} in that case", "See: artist-console removals list", mark=mark
        )
    return _kept(console, case, Change(PrivateKind.REMOVAL_MARK, forget=[mark]))


def _kept(console: Console, case: RemovalCase, change: Change) -> Result[RemovalCase]:
    store = console.store
    version = private.version(store)
    private.exchange(store, case.artist, [change], console.clock())
    changed = projection.PrivateChange(version, frozenset([case.work]), frozenset([case.artist]))
    projection.refresh_rows_after(store, console.today, changed)
    return Result(_case(console, case.id, case.work), Changes.INCLUSIONS | Changes.WORKS)


def _case(console: Console, id: str, work: WorkId | None = None) -> RemovalCase:
    for case in list_removals(console, work=work):
        if case.id == id:
            return case
    raise UnknownCase(case=id)
