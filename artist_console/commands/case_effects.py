"""What follows from events of a case elsewhere in the profile, kept and taken back together with them.

A removal letter that was sent, and its answer, are marks of that removal; a reservation that was sent is a
reservation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from artist_console.commands.console import Console
from artist_console.commands.letter_files import letter_text
from artist_console.commands.noted_reservations import NotedReservation, made_reservation
from artist_console.domain.case_removals import removal_marks
from artist_console.domain.case_standing import in_force
from artist_console.domain.cases import Case, CaseEvent, EventKind
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import Letter
from artist_console.domain.phrases import day_in_words
from artist_console.domain.reservations import Manner, Reservation
from artist_console.store import private
from artist_console.store.private import Change, PrivateKind


def effects(console: Console, case: Case, events: Sequence[CaseEvent]) -> tuple[Change, ...]:
    """What is to be kept and forgotten beside the case when these events are added to it."""
    after = replace(case, events=(*case.events, *events))
    changes = (_removals(case, after), _reservations(console, case, after))
    return tuple(change for change in changes if change.keep or change.forget)


def _removals(before: Case, after: Case) -> Change:
    had, has = ({mark.id: mark for mark in removal_marks(case)} for case in (before, after))
    # What is there already is left: a person may have taken it back on the removal itself.
    fresh = [mark for id, mark in has.items() if had.get(id) != mark]
    return Change(PrivateKind.REMOVAL_MARK, fresh, [id for id in had if id not in has])


def _reservations(console: Console, before: Case, after: Case) -> Change:
    had, has = (dict(_sent_reservations(case)) for case in (before, after))
    made = [
        _reservation(console, letter, event, after)
        for letter, event in has.values()
        if had.get(letter.id) != (letter, event)
    ]
    gone = [_id(before, letter) for letter, _ in had.values() if letter.id not in has]
    return Change(PrivateKind.RESERVATION, made, gone)


def _sent_reservations(case: Case) -> Iterator[tuple[str, tuple[Letter, CaseEvent]]]:
    """Letters that reserve, by their ids, each with its sending."""
    reserving = {letter.id: letter for letter in case.letters if letter.kind is LetterKind.RESERVATION}
    for event in in_force(case):
        if event.kind is EventKind.SENT and event.letter in reserving:
            yield event.letter, (reserving[event.letter], event)


def _reservation(console: Console, letter: Letter, sent: CaseEvent, case: Case) -> Reservation:
    """With the exact copy of the letter, what went along, and the proof of its sending."""
    body = letter_text(letter).encode()
    kept = private.attach(console.store, "letter.txt", body, console.clock())
    proof = (sent.file.file,) if sent.file is not None else ()
    copies = (AttachedFile(kept.sha256, "letter.txt", kept.size), *letter.attachments, *proof)
    note = f"Letter “{letter.subject}” of {day_in_words(sent.on)}, case {case.id}"
    noted = NotedReservation(Manner.LETTER, sent.on, letter.to_name, (), letter.works, note)
    return made_reservation(console, letter.artist, noted, id=_id(case, letter), copies=copies)


def _id(case: Case, letter: Letter) -> str:
    return f"case/{case.id}/{letter.id}"
