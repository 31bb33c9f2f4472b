"""Cases: what is being done about something, and what came back. Nothing here sends anything.

Every deed adds an event. Whoever holds a mandate that lets one see and not write letters can look at a case
and not change it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from artist_console.commands import case_files
from artist_console.commands.authority import mandates_known
from artist_console.commands.case_checks import checked_outcome, checked_sending
from artist_console.commands.case_files import read_case_file
from artist_console.commands.console import Console, Result
from artist_console.commands.letter_writers import Writer, writer_for
from artist_console.commands.names import party_name, work_title
from artist_console.domain.case_matching import copies_in, holds
from artist_console.domain.case_standing import in_force, standing
from artist_console.domain.cases import (
    Case,
    CaseEvent,
    CaseStanding,
    CaseState,
    EventKind,
    Outcome,
    SeenFile,
    SentBy,
)
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import AuthorityProblem, InputProblem, UnknownThing
from artist_console.store import case_outcomes, mirror
from artist_console.store import cases as kept

__all__ = [
    "CaseRow",
    "OutcomeTold",
    "add_note",
    "add_reply",
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

_MOST_WORDS = 4_000
_MOST_NAME = 200
_MOST_YEARS = 20


class UnknownCase(UnknownThing):
    title_template = "There is no case {case} here"
    advice_template = "See: artist-console case list"


class MayOnlyLook(AuthorityProblem):
    title_template = "You can look at this case and not change it. {why}"
    advice_template = "Ask for a mandate that lets you write letters"


class NothingWritten(InputProblem):
    title_template = "There is nothing written"
    advice_template = "Write what is to be noted"


class NotSentYet(InputProblem):
    title_template = "{name} is no mail that was sent"
    advice_template = "Save the mail from the folder of sent mails as .eml, and give that one"


class NoLetterInFile(InputProblem):
    title_template = "No letter of a case was found in {name}"
    advice_template = "Choose the case and the letter, and give the file as its proof of sending"


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
    known = _case(console, case)
    return _row(console, known, mirror.facts(console.store, console.clock()))


def outcomes_told(console: Console, case: str) -> tuple[OutcomeTold, ...]:
    """What each outcome in force says of each work, and what of it is shown with the work."""
    known = _case(console, case)
    facts = mirror.facts(console.store, console.clock())
    return tuple(
        OutcomeTold(
            each.event,
            each.work,
            work_title(facts, each.work),
            each.statement is not None,
            f"{each.statement.stated_by} says so, and the work shows it." if each.statement else each.why_not,
        )
        for each in case_outcomes.of_case(console.store, known)
    )


def why_not_change(console: Console, artist: ArtistId) -> Sentence | None:
    """Why this account may look at the artist's cases and not change them; None where it may."""
    facts = mirror.facts(console.store, console.clock())
    writer = writer_for(console, artist, party_name(facts, artist), mandates_known(console))
    return None if isinstance(writer, Writer) else writer


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


def mark_sent(
    console: Console,
    case: str,
    letter: str,
    on: date,
    how: SentBy,
    number: str = "",
    file: Path | None = None,
    *,
    as_other: bool = False,
) -> Result[Case]:
    """Note that a letter was sent, with its proof; said again of one letter, it puts the former right.

    Raises UnknownCase, MayOnlyLook, InputProblem, FileProblem.
    """
    known = _changeable(console, case)
    sent = checked_sending(known, letter, on, console.today)
    seen: SeenFile | None = None
    if file is not None:
        read = read_case_file(file, as_other=as_other)
        seen = _with_copy(read.seen, holds(sent, read.compared), letter)
        number = number.strip() or (read.compared.message_id if how is SentBy.MAIL else "")
        case_files.attach(console, read)
    former = [each.id for each in in_force(known) if each.kind is EventKind.SENT and each.letter == letter]
    event = replace(
        _event(console, EventKind.SENT, on), letter=letter, how=how, number=number.strip()[:_MOST_NAME],
        file=seen, of=former[-1] if former else "",
    )  # fmt: skip
    return _added(console, known, event)


def add_sent_mail(console: Console, path: Path) -> Result[tuple[Case, ...]]:
    """Note every letter that a sent mail holds as sent, with the mail as its proof.

    Raises NotSentYet, NoLetterInFile, MayOnlyLook, InputProblem, FileProblem; then nothing is noted.
    """
    read = read_case_file(path)
    if not read.compared.is_mail or read.compared.is_draft:
        raise NotSentYet(name=path.name)
    known = kept.all(console.store)
    copies = copies_in(known, read.compared)
    if not copies:
        raise NoLetterInFile(name=path.name)
    cases = {case.id: _changeable(console, case.id) for case in known if case.id in {m.case for m in copies}}
    day = min(read.day(console.today) or console.today, console.today)
    for match in copies:
        checked_sending(cases[match.case], match.letter, day, console.today)
    case_files.attach(console, read)
    for match in copies:
        former = [
            each
            for each in in_force(cases[match.case])
            if each.kind is EventKind.SENT and each.letter == match.letter
        ]
        if any(_is_file(each, read.seen.file.sha256) for each in former):
            continue
        event = replace(
            _event(console, EventKind.SENT, day), letter=match.letter, how=SentBy.MAIL,
            number=read.compared.message_id, file=_with_copy(read.seen, True, match.letter),
            of=former[-1].id if former else "",
        )  # fmt: skip
        cases[match.case] = _added(console, cases[match.case], event).value
    return Result(tuple(cases.values()), Changes.CASES)


def add_reply(
    console: Console,
    case: str,
    path: Path,
    *,
    dkim_key: str | None = None,
    on: date | None = None,
    as_other: bool = False,
) -> Result[Case]:
    """Keep a reply that came: a mail with what could be checked of its signature, a PDF, a picture, a text.

    `on`: the day it came; else the day that the mail names, else today. The same file again changes nothing,
    unless a key shows more of its signature. Raises UnknownCase, MayOnlyLook, InputProblem, FileProblem.
    """
    known = _changeable(console, case)
    read = read_case_file(path, dkim_key, as_other=as_other)
    day = on or min(read.day(console.today) or console.today, console.today)
    _check_day(console, day)
    held = copies_in([known], read.compared)
    seen = replace(read.seen, matches=held[0].letter if held else "")
    former = [
        each for each in in_force(known) if each.kind is EventKind.REPLY and _is_file(each, seen.file.sha256)
    ]
    if former and (dkim_key is None or former[-1].file is None or former[-1].file.dkim == seen.dkim):
        return Result(known, Changes.NONE)
    case_files.attach(console, read)
    event = replace(_event(console, EventKind.REPLY, day), file=seen, of=former[-1].id if former else "")
    return _added(console, known, event)


def record_outcome(console: Console, case: str, of: str, outcome: Outcome) -> Result[Case]:
    """Record what a reply says, or what came of it without one (`of` empty). An outcome named in `of` is put
    right by it. Where it says where works are, and whoever says it is no private person, the works show it.

    Raises UnknownCase, MayOnlyLook, InputProblem, UnknownThing.
    """
    known = _changeable(console, case)
    checked = checked_outcome(console, known, of, outcome)
    event = replace(_event(console, EventKind.OUTCOME, console.today), outcome=checked, of=of)
    return _added(console, known, event)


def take_back(console: Console, case: str, event: str, words: str = "") -> Result[Case]:
    """Say that a sending, a reply or an outcome was noted by mistake; it stays in the history, that is all.

    Raises UnknownCase, MayOnlyLook, UnknownThing.
    """
    known = _changeable(console, case)
    kinds = (EventKind.SENT, EventKind.REPLY, EventKind.OUTCOME)
    wrong = next((each for each in in_force(known) if each.id == event and each.kind in kinds), None)
    if wrong is None:
        raise UnknownThing(
            "There is no sending, reply or outcome {event} in that case", "See: artist-console case show",
            event=event,
        )  # fmt: skip
    made = _event(console, wrong.kind, console.today, words)
    return _added(console, known, replace(made, of=wrong.id, letter=wrong.letter))


def set_next(console: Console, case: str, until: date | None) -> Result[Case]:
    """Note until when something is due; None takes the date away.

    Raises UnknownCase, MayOnlyLook, InputProblem.
    """
    known = _changeable(console, case)
    if until is not None and not console.today <= until <= console.today + timedelta(days=366 * _MOST_YEARS):
        raise InputProblem(
            "The next date {day} has passed, or lies more than {years} years ahead",
            "Give a day from today on",
            day=until.isoformat(), years=_MOST_YEARS,
        )  # fmt: skip
    return _added(console, known, replace(_event(console, EventKind.NEXT_DATE, console.today), until=until))


def set_owner(console: Console, case: str, name: str) -> Result[Case]:
    """Note who takes care of it; an empty name: nobody in particular. Raises UnknownCase, MayOnlyLook."""
    known = _changeable(console, case)
    owner = " ".join(name.split())[:_MOST_NAME]
    if owner == known.owner:
        return Result(known, Changes.NONE)
    return _added(console, known, _event(console, EventKind.OWNER, console.today, owner), owner=owner)


def add_note(console: Console, case: str, words: str) -> Result[Case]:
    """Raises UnknownCase, MayOnlyLook, NothingWritten."""
    known = _changeable(console, case)
    if not words.strip():
        raise NothingWritten
    return _added(console, known, _event(console, EventKind.NOTE, console.today, words))


def close_case(console: Console, case: str, words: str = "") -> Result[Case]:
    """Close it; a reply or letter that comes later opens it again. Raises UnknownCase, MayOnlyLook."""
    known = _changeable(console, case)
    if standing(known, console.today).state is CaseState.CLOSED:
        return Result(known, Changes.NONE)
    return _added(console, known, _event(console, EventKind.CLOSED, console.today, words))


def reopen_case(console: Console, case: str) -> Result[Case]:
    """Raises UnknownCase, MayOnlyLook."""
    known = _changeable(console, case)
    if standing(known, console.today).state is not CaseState.CLOSED:
        return Result(known, Changes.NONE)
    return _added(console, known, _event(console, EventKind.REOPENED, console.today))


def _case(console: Console, id: str) -> Case:
    known = kept.get(console.store, id)
    facts = mirror.facts(console.store, console.clock())
    if known is None or not facts.is_in_reach(known.artist):
        raise UnknownCase(case=id)
    return known


def _changeable(console: Console, id: str) -> Case:
    known = _case(console, id)
    why = why_not_change(console, known.artist)
    if why is not None:
        raise MayOnlyLook(why=why.text)
    return known


def _event(console: Console, kind: EventKind, on: date, words: str = "") -> CaseEvent:
    account = console.account
    who = account.name if account is not None else ""
    return CaseEvent(console.new_id(), kind, on, console.clock(), who, words.strip()[:_MOST_WORDS])


def _added(console: Console, case: Case, event: CaseEvent, owner: str | None = None) -> Result[Case]:
    """Keep the event; the rows of works follow at once where an outcome changed what is said of them."""
    former = next((each for each in case.events if each.id == event.of), None)
    spoken = [each.outcome for each in (event, former) if each is not None and each.outcome is not None]
    # A reply that is put right changes date and file of its outcomes; one taken back takes them with it.
    if event.kind is EventKind.REPLY and event.of:
        spoken += [each.outcome for each in case.events if each.outcome is not None]
    works = frozenset(work for outcome in spoken for work in outcome.works)
    touched = case_outcomes.rows_touched(console.store, works) if works else frozenset()
    changed = kept.add(
        console.store, case.id, [event], console.clock(), console.today, works=touched, owner=owner
    )
    if changed is None:
        raise UnknownCase(case=case.id)
    shown = Changes.INCLUSIONS | Changes.WORKS if works else Changes.NONE
    return Result(changed, Changes.CASES | shown)


def _is_file(event: CaseEvent, sha256: str) -> bool:
    return event.file is not None and event.file.file.sha256 == sha256


def _with_copy(seen: SeenFile, is_there: bool, letter: str) -> SeenFile:
    if is_there:
        return replace(seen, matches=letter)
    words = "The letter itself was not found in it; it is kept as what you give as proof."
    return replace(seen, left_out=(*seen.left_out, words))


def _check_day(console: Console, day: date) -> None:
    if day > console.today:
        raise InputProblem(
            "A reply cannot have come on {day}", "Give the day on which it came", day=day.isoformat()
        )
