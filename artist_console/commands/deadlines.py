"""Every deadline in one list, and as a calendar that other programs take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from artist_console.commands import attention, objections
from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console
from artist_console.commands.names import party_name
from artist_console.commands.removals import list_removals
from artist_console.domain import deadline_papers, deadline_training, deadlines
from artist_console.domain.case_objections import written_about
from artist_console.domain.case_standing import standing
from artist_console.domain.cases import Case
from artist_console.domain.contracts import Contract
from artist_console.domain.deadlines import KIND_WORDS, DateNotKnown, Deadline, DeadlineKind
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.phrases import Sentence
from artist_console.domain.waiting import WaitingKind
from artist_console.formats.calendar_out import CalendarDay, write_calendar
from artist_console.formats.kinds import Kind
from artist_console.host.files import write_atomic
from artist_console.store import asked_no_more, cases, inclusions, mirror, own_side
from artist_console.store.private import PrivateKind

__all__ = [
    "KIND_WORDS",
    "DateNotKnown",
    "Deadline",
    "DeadlineKind",
    "calendar",
    "dates_not_known",
    "list_deadlines",
    "save_calendar",
]

_CALENDAR = "Artist Console"
_SEE_THERE = "What it is about stands in Artist Console, under Deadlines."


def list_deadlines(
    console: Console, artist: ArtistId | None = None, until: date | None = None
) -> tuple[Deadline, ...]:
    """What has passed and still waits comes first, then by day; `until`: none after that day."""
    found = deadlines.in_order(_all(console, artist))
    return tuple(each for each in found if until is None or each.on <= until)


def _all(console: Console, artist: ArtistId | None) -> Iterator[Deadline]:
    store, today = console.store, console.today
    waiting = attention.waiting(console, artist)
    facts = mirror.facts(store, console.clock())
    kept, contracts = cases.all(store), own_side.contracts(store)
    artists = _artists(facts, artist, (*kept, *contracts))
    yield from deadlines.of_waiting(waiting, facts, today)
    let_end = asked_no_more.noted(store, PrivateKind.LET_END)
    yield from deadlines.later_yeses(sorted(artists), facts, today, let_end)
    yield from deadlines.of_mandates(mandates_known(console), artists, facts, today)
    yield from deadlines.of_removals(list_removals(console, artist), facts, today)
    open_cases = [(case, standing(case, today)) for case in kept if case.artist in artists]
    yield from deadlines.of_cases(open_cases, facts, today)
    dated = [
        (statement, until)
        for statement, until in objections.objection_days(console, artist)
        if until is not None
    ]
    still_wait = frozenset(each.target for each in waiting if each.kind is WaitingKind.STATEMENT_CHECK)
    yield from deadline_papers.objections(dated, still_wait, written_about(kept), facts, today)
    yield from deadline_papers.audits(objections.audit_contracts(console, artist), facts, today)
    signed = [each for each in contracts if each.artist in artists]
    yield from deadline_papers.of_contracts(signed, own_side.namer(facts), facts, today)
    yield from deadline_training.of_programmes(facts.programmes.values(), facts, today)
    said = inclusions.find(store, artist=artist)
    yield from deadline_training.of_models(said, mirror.all(store, Kind.MODEL), artists, facts, today)


def _artists(
    facts: FactBook, artist: ArtistId | None, own: Iterable[Case | Contract] = ()
) -> frozenset[ArtistId]:
    """Also those who have a case or a contract here and nothing that came with a sync."""
    if artist is not None:
        return frozenset([artist])
    return frozenset([*facts.said, *(each.artist for each in own)])


def dates_not_known(console: Console, artist: ArtistId | None = None) -> tuple[DateNotKnown, ...]:
    """What may have a day that nothing here tells: it stands in no list of days, and is not kept quiet."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    undated = [s for s, until in objections.objection_days(console, artist) if until is None]
    said = inclusions.find(store, artist=artist)
    found = [
        *deadline_papers.objections_not_known(undated, facts),
        *deadline_training.not_known(
            said,
            inclusions.models(store),
            inclusions.datasets(store),
            _artists(facts, artist),
            facts,
            console.today,
        ),
    ]
    return tuple(sorted(found, key=lambda each: (each.artist_name.casefold(), each.words.text)))


def calendar(console: Console, artist: ArtistId | None = None, *, without_titles: bool = False) -> bytes:
    """The deadlines as an iCalendar file. `without_titles`: for a calendar that others see too."""
    facts = mirror.facts(console.store, console.clock())
    name = f"{_CALENDAR}: {party_name(facts, artist)}" if artist is not None else _CALENDAR
    days = (_day(each, without_titles=without_titles) for each in list_deadlines(console, artist))
    return write_calendar(_CALENDAR if without_titles else name, days, console.clock())


def _day(found: Deadline, *, without_titles: bool) -> CalendarDay:
    kind = KIND_WORDS[found.kind]
    remind = found.overdue_days is None
    if without_titles:
        return CalendarDay(found.id, found.on, kind, _SEE_THERE, kind, remind)
    title = f"{found.artist_name}: {found.title.text}" if found.artist_name else found.title.text
    return CalendarDay(found.id, found.on, title, _words(found.silence, kind), kind, remind)


def _words(silence: Sentence, kind: str) -> str:
    return f"{silence.text}\n\n{kind}. From the records in Artist Console; no legal advice."


def save_calendar(
    console: Console, path: Path, artist: ArtistId | None = None, *, without_titles: bool = False
) -> Path:
    """Write the calendar to a file, whole or not at all. Raises FileProblem."""
    write_atomic(path, calendar(console, artist, without_titles=without_titles))
    return path
