"""What a letter that was sent and its answer set in motion: removals, findings, waiting, reservations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from artist_console.commands import attention, cases, removals
from artist_console.commands.consent import decide
from artist_console.commands.deadlines import DeadlineKind, list_deadlines
from artist_console.commands.letter_files import letter_text
from artist_console.commands.reservations import list_reservations, reservation_copy
from artist_console.domain.cases import CaseEvent, EventKind, OutcomeKind, SentBy
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import About
from artist_console.domain.removal_steps import RemovalStep
from artist_console.domain.removals import NEVER_UNTRAINS, RemovalCase
from artist_console.domain.reservations import Manner
from artist_console.domain.waiting import WaitingKind
from artist_console.formats.kinds import Kind
from artist_console.store import cases as kept
from artist_console.store import private
from artist_console.store.private import PrivateKind
from tests.backend.world import MARA, SALT, work_subject
from tests.commands.case_desk import a_mail, an_addressee, later, said
from tests.commands.desks import Desk, a_desk, a_wish
from tests.commands.listed_world import BIG, LISTS, SET, stated
from tests.domain.case_world import a_case, a_letter

ROWS = [
    *LISTS,
    (Kind.INCLUSION, stated("said", InclusionState.IN_DATASET, dataset=SET)),
    (Kind.INCLUSION, stated("trained", InclusionState.TRAINED, model=BIG)),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as found:
        yield found


def a_sent_letter(desk: Desk, kind: LetterKind, about: About | None = None) -> str:
    """A case with a letter of this kind, noted as sent today; gives the id of the sending."""
    now = desk.console.clock()
    private.put(desk.console.store, PrivateKind.ADDRESSEE, "", [an_addressee()], now)
    letter = a_letter("letter", written_at=now, kind=kind)
    drafted = CaseEvent("drafted", EventKind.DRAFTED, now.date(), now, "Mara", letter="letter")
    case = a_case(drafted, letters=(letter,), opened_at=now, about=about or About(), kind=kind)
    kept.open_cases(desk.console.store, [case], now, now.date())
    sent = cases.mark_sent(desk.console, "case-1", "letter", desk.console.today, SentBy.POST).value
    return sent.events[-1].id


def removal(desk: Desk) -> RemovalCase:
    (found,) = [case for case in removals.list_removals(desk.console, work=SALT) if case.dataset == SET]
    return found


def asked(desk: Desk) -> str:
    """A removal that was asked for by letter; gives the id of the sending."""
    decide(desk.console, [a_wish(subject=work_subject(SALT))])
    assert removal(desk).step is RemovalStep.OPEN
    return a_sent_letter(desk, LetterKind.REMOVAL, About(removal=removal(desk).id))


def overdue(desk: Desk) -> bool:
    return any(each.kind is FindingKind.REMOVAL_OVERDUE for each in attention.findings(desk.console))


def waits(desk: Desk) -> set[WaitingKind]:
    kinds = {WaitingKind.CASE, WaitingKind.REMOVAL_UNCONFIRMED}
    return {each.kind for each in attention.waiting(desk.console) if each.kind in kinds}


def test_a_removal_letter_that_was_sent_asks_for_the_removal_until_it_is_taken_back(desk: Desk) -> None:
    sending = asked(desk)
    found = removal(desk)
    assert (found.step, found.since) == (RemovalStep.REQUESTED, desk.console.today)
    assert "case-1" in found.history[-1].note
    assert waits(desk) == {WaitingKind.REMOVAL_UNCONFIRMED}
    cases.take_back(desk.console, "case-1", sending)
    assert removal(desk).step is RemovalStep.OPEN
    assert waits(desk) == set()


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (OutcomeKind.SAYS_REMOVED, RemovalStep.REMOVED),
        (OutcomeKind.SAYS_LEFT_OUT, RemovalStep.EXCLUDED_FROM_FUTURE),
        (OutcomeKind.REFUSES, RemovalStep.REFUSED_WITH_REASON),
    ],
)
def test_an_answer_is_seen_by_the_removal_finding_waiting_and_deadlines_at_once(
    desk: Desk, tmp_path: Path, kind: OutcomeKind, step: RemovalStep
) -> None:
    asked(desk)
    later(desk, 31)
    assert overdue(desk)
    assert waits(desk) == {WaitingKind.CASE, WaitingKind.REMOVAL_UNCONFIRMED}
    assert any(each.kind is DeadlineKind.REMOVAL for each in list_deadlines(desk.console))
    mail = a_mail(tmp_path, answers="letter", day="Tue, 1 Jul 2025 10:00:00 +0200")
    reply = cases.add_reply(desk.console, "case-1", mail).value.events[-1].id
    done = cases.record_outcome(desk.console, "case-1", reply, said(kind, words="That is how it is."))
    assert removal(desk).step is step
    assert "Harmonia" in removal(desk).words[0]
    assert [mark.step for mark in removal(desk).history].count(step) == 1
    assert not overdue(desk)
    assert waits(desk) == set()
    kinds = {DeadlineKind.REMOVAL, DeadlineKind.LETTER_ANSWER}
    assert not [each for each in list_deadlines(desk.console) if each.kind in kinds]
    cases.take_back(desk.console, "case-1", done.value.events[-1].id)
    assert removal(desk).step is RemovalStep.REQUESTED
    assert overdue(desk)


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (OutcomeKind.REFUSES, RemovalStep.REFUSED_WITH_REASON),
        (OutcomeKind.SAYS_REMOVED, RemovalStep.REMOVED),
    ],
)
def test_what_was_told_without_a_file_on_the_day_of_the_letter_is_what_the_person_noted(
    desk: Desk, kind: OutcomeKind, step: RemovalStep
) -> None:
    asked(desk)
    cases.record_outcome(desk.console, "case-1", "", said(kind, words="By telephone."))
    assert removal(desk).step is step
    assert [mark.said_by for mark in removal(desk).history if mark.step is step][-1] == ""


def test_a_reply_about_a_model_settles_its_removal_though_nothing_is_un_trained(
    desk: Desk, tmp_path: Path
) -> None:
    decide(desk.console, [a_wish(subject=work_subject(SALT))])

    def of_the_model() -> RemovalCase:
        (found,) = [case for case in removals.list_removals(desk.console, work=SALT) if case.model == BIG]
        return found

    a_sent_letter(desk, LetterKind.REMOVAL, About(removal=of_the_model().id))
    later(desk, 4)
    reply = cases.add_reply(desk.console, "case-1", a_mail(tmp_path, answers="letter")).value.events[-1].id
    cases.record_outcome(
        desk.console, "case-1", reply, said(OutcomeKind.SAYS_REMOVED, words="We removed it.")
    )
    assert of_the_model().step is RemovalStep.REMOVED
    assert NEVER_UNTRAINS in of_the_model().words


def test_a_mark_taken_back_on_the_removal_does_not_come_back_with_the_next_note(desk: Desk) -> None:
    asked(desk)
    found = removal(desk)
    removals.unmark_removal(desk.console, found.id, found.history[-1].id)
    cases.add_note(desk.console, "case-1", "call them")
    assert removal(desk).step is RemovalStep.OPEN


def test_a_reservation_that_was_sent_is_one_with_its_copy_and_is_taken_back_with_it(desk: Desk) -> None:
    sending = a_sent_letter(desk, LetterKind.RESERVATION)
    (made,) = list_reservations(desk.console, MARA)
    assert (made.manner, made.place, made.on) == (Manner.LETTER, "Harmonia", desk.console.today)
    assert made.works == (SALT,)
    assert made.sha256
    letter = cases.show_case(desk.console, "case-1").case.letters[0]
    assert reservation_copy(desk.console, made.id, "letter.txt") == letter_text(letter).encode()
    later(desk, 2)
    again = desk.console.today - timedelta(days=1)
    sent = cases.mark_sent(desk.console, "case-1", "letter", again, SentBy.FORM).value.events[-1]
    (put_right,) = list_reservations(desk.console, MARA)
    assert put_right == replace(made, on=again, note=put_right.note, recorded_at=put_right.recorded_at)
    assert sent.of == sending
    cases.take_back(desk.console, "case-1", sent.id)
    assert list_reservations(desk.console, MARA) == ()


def test_another_letter_that_was_sent_sets_nothing_else_in_motion(desk: Desk) -> None:
    a_sent_letter(desk, LetterKind.POSITION)
    assert list_reservations(desk.console) == ()
