"""Cases: what is being done about something, and what came back. Nothing here sends anything.

Every deed adds an event. Whoever holds a mandate that lets one see and not write letters can look at a case
and not change it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from artist_console.commands.case_checks import checked_outcome
from artist_console.commands.case_exchange import (
    NoLetterInFile,
    NotSentYet,
    WordsAlone,
    add_reply,
    add_reply_to_all,
    add_sent_mail,
    mark_sent,
)
from artist_console.commands.case_ground import (
    MOST_NAME,
    MayOnlyLook,
    UnknownCase,
    an_event,
    changeable,
    known_case,
    why_not_change,
    with_event,
)
from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name, work_title
from artist_console.domain.case_evidence import Told
from artist_console.domain.case_standing import in_force, standing
from artist_console.domain.cases import (
    Case,
    CaseStanding,
    CaseState,
    EventKind,
    Outcome,
)
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.store import case_outcomes, mirror
from artist_console.store import cases as kept

__all__ = [
    "CaseRow",
    "MayOnlyLook",
    "NoLetterInFile",
    "NotSentYet",
    "OutcomeTold",
    "UnknownCase",
    "WordsAlone",
    "add_note",
    "add_reply",
    "add_reply_to_all",
    "add_sent_mail",
    "close_case",
    "list_cases",
    "mark_sent",
    "outcomes_told",
    "record_outcome",
    "reopen_case",
    "set_next",
    "set_owner",
    "show_case",
    "take_back",
    "why_not_change",
]

_MOST_YEARS = 20


class NothingWritten(InputProblem):
    title_template = "There is nothing written"
    advice_template = "Write what is to be noted"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case of the list, and where it stands today."""

    case: Case
    standing: CaseStanding
    artist_name: str
    work_titles: tuple[str, ...]  # those of works that left the catalogue are missing


@dataclass(frozen=True, slots=True)
class OutcomeTold:
    """What follows for one work from an outcome that is in force."""

    event: str
    work: WorkId
    work_title: str  # empty: no longer in the catalogue
    applied: bool  # whether the work shows it
    words: str  # what it shows, or why it shows nothing


# Looking


def list_cases(
    console: Console, artist: ArtistId | None = None, state: CaseState | None = None, text: str = ""
) -> tuple[CaseRow, ...]:
    """Overdue first, longest before others; then by the next date; then those without one; closed last."""
    facts = mirror.facts(console.store, console.clock())
    rows = (
        _row(console, case, facts)
        for case in kept.all(console.store)
        if artist in (None, case.artist) and facts.is_in_reach(case.artist)
    )
    wanted = text.strip().casefold()
    found = [row for row in rows if state in (None, row.standing.state) and wanted in _searched(row)]
    return tuple(sorted(found, key=_order))


def show_case(console: Console, case: str) -> CaseRow:
    """Raises UnknownCase."""
    known = known_case(console, case)
    return _row(console, known, mirror.facts(console.store, console.clock()))


def outcomes_told(console: Console, case: str) -> tuple[OutcomeTold, ...]:
    """What each outcome in force says of each work, and what of it is shown with the work."""
    known = known_case(console, case)
    facts = mirror.facts(console.store, console.clock())
    return tuple(
        OutcomeTold(
            each.event,
            each.work,
            work_title(facts, each.work),
            each.statement is not None,
            _told_words(each),
        )
        for each in case_outcomes.of_case(console.store, known)
    )


def _told_words(told: Told) -> str:
    if told.statement is None:
        return told.why_not
    said = f"{told.statement.stated_by} says so, and the work shows it."
    return f"{said} {told.grade_why}" if told.grade_why else said


def _row(console: Console, case: Case, facts: FactBook) -> CaseRow:
    titles = (work_title(facts, work) for work in case.works)
    return CaseRow(
        case,
        standing(case, console.today),
        party_name(facts, case.artist),
        tuple(title for title in titles if title),
    )


def _searched(row: CaseRow) -> str:
    case = row.case
    subjects = (letter.subject for letter in case.letters)
    words = (case.title, case.addressee_name, row.artist_name, case.owner, *row.work_titles, *subjects)
    return "\n".join(words).casefold()


def _order(row: CaseRow) -> tuple[object, ...]:
    stands = row.standing
    due = stands.next_on or date.max
    return (stands.state is CaseState.CLOSED, -(stands.overdue_days or 0), due, stands.since, row.case.id)


# Changing


def record_outcome(console: Console, case: str, of: str, outcome: Outcome) -> Result[Case]:
    """Record what a reply says, or what came of it without one (`of` empty). An outcome named in `of` is put
    right by it. Where it says where works are, and whoever says it is no private person, the works show it.

    Raises UnknownCase, MayOnlyLook, InputProblem, UnknownThing.
    """
    known = changeable(console, case)
    checked = checked_outcome(console, known, of, outcome)
    event = replace(an_event(console, EventKind.OUTCOME, console.today), outcome=checked, of=of)
    return with_event(console, known, event)


def take_back(console: Console, case: str, event: str, words: str = "") -> Result[Case]:
    """Say that a sending, a reply or an outcome was noted by mistake; it stays in the history, that is all.

    Raises UnknownCase, MayOnlyLook, UnknownThing.
    """
    known = changeable(console, case)
    kinds = (EventKind.SENT, EventKind.REPLY, EventKind.OUTCOME)
    wrong = next((each for each in in_force(known) if each.id == event and each.kind in kinds), None)
    if wrong is None:
        raise UnknownThing(
            "There is no sending, reply or outcome {event} in that case", "See: artist-console case show",
            event=event,
        )  # fmt: skip
    made = an_event(console, wrong.kind, console.today, words)
    return with_event(console, known, replace(made, of=wrong.id, letter=wrong.letter))


def set_next(console: Console, case: str, until: date | None) -> Result[Case]:
    """Note until when something is due; None takes the date away.

    Raises UnknownCase, MayOnlyLook, InputProblem.
    """
    known = changeable(console, case)
    if until is not None and not console.today <= until <= console.today + timedelta(days=366 * _MOST_YEARS):
        raise InputProblem(
            "The next date {day} has passed, or lies more than {years} years ahead",
            "Give a day from today on",
            day=until.isoformat(), years=_MOST_YEARS,
        )  # fmt: skip
    return with_event(
        console, known, replace(an_event(console, EventKind.NEXT_DATE, console.today), until=until)
    )


def set_owner(console: Console, case: str, name: str) -> Result[Case]:
    """Note who takes care of it; an empty name: nobody in particular. Raises UnknownCase, MayOnlyLook."""
    known = changeable(console, case)
    owner = " ".join(name.split())[:MOST_NAME]
    if owner == known.owner:
        return Result(known, Changes.NONE)
    return with_event(console, known, an_event(console, EventKind.OWNER, console.today, owner), owner=owner)


def add_note(console: Console, case: str, words: str) -> Result[Case]:
    """Raises UnknownCase, MayOnlyLook, NothingWritten."""
    known = changeable(console, case)
    if not words.strip():
        raise NothingWritten
    return with_event(console, known, an_event(console, EventKind.NOTE, console.today, words))


def close_case(console: Console, case: str, words: str = "") -> Result[Case]:
    """Close it; a reply or letter that comes later opens it again. Raises UnknownCase, MayOnlyLook."""
    known = changeable(console, case)
    if standing(known, console.today).state is CaseState.CLOSED:
        return Result(known, Changes.NONE)
    return with_event(console, known, an_event(console, EventKind.CLOSED, console.today, words))


def reopen_case(console: Console, case: str) -> Result[Case]:
    """Raises UnknownCase, MayOnlyLook."""
    known = changeable(console, case)
    if standing(known, console.today).state is not CaseState.CLOSED:
        return Result(known, Changes.NONE)
    return with_event(console, known, an_event(console, EventKind.REOPENED, console.today))
