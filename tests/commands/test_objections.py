"""Until when a statement can be objected to: counted where one contract fits, not known otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from artist_console.commands import cases, contracts
from artist_console.commands.contract_form import ContractText
from artist_console.commands.deadlines import DeadlineKind, list_deadlines
from artist_console.commands.objections import NOT_KNOWN, objection
from artist_console.domain.cases import CaseEvent, EventKind, SentBy
from artist_console.domain.ids import StatementId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import About
from artist_console.domain.problems import UnknownThing
from artist_console.store import cases as kept
from tests.backend.world import MARA, MARAS_STATEMENT
from tests.commands.desks import Desk
from tests.domain.case_world import a_case, a_letter

TEXT = ContractText(
    other_side="harmonia",
    kind="distributor",
    hold="exercises",
    rights=("master",),
    signed_on="2019-03-03",
    objection_days="60",
)


def test_the_days_are_counted_from_when_the_statement_was_received(mara: Desk) -> None:
    kept = contracts.save_contract(mara.console, MARA, TEXT).value
    found = objection(mara.console, MARAS_STATEMENT)
    assert found.until == date(2025, 7, 1)
    assert found.contract == kept.id
    assert found.words.text == (
        "You can object until 1 July 2025: 60 days from 2 May 2025, when the statement was received, by your"
        " contract with Harmonia. After that it may count as accepted."
    )
    mara.clock.now += timedelta(days=31)
    over = objection(mara.console, MARAS_STATEMENT)
    assert over.until == date(2025, 7, 1)
    assert over.words.text.startswith("You could object until 1 July 2025")


@pytest.mark.parametrize(
    "texts",
    [
        (),
        (replace(TEXT, other_side="Somebody else"),),
        (replace(TEXT, objection_days=""),),
        (replace(TEXT, signed_on="2025-05-03"),),
        (TEXT, replace(TEXT, objection_days="90")),
    ],
)
def test_it_is_not_known_without_one_contract_that_fits(mara: Desk, texts: tuple[ContractText, ...]) -> None:
    for text in texts:
        contracts.save_contract(mara.console, MARA, text)
    found = objection(mara.console, MARAS_STATEMENT)
    assert (found.until, found.words.text, found.contract) == (None, NOT_KNOWN, "")


def a_letter_sent(desk: Desk, kind: LetterKind, days: int = 0) -> str:
    """A letter about Mara's statement, noted as sent in so many days; gives the id of the sending."""
    now = desk.console.clock()
    letter = a_letter("letter", written_at=now, kind=kind, works=())
    drafted = CaseEvent("drafted", EventKind.DRAFTED, now.date(), now, "Mara", letter="letter")
    about = About(statement=MARAS_STATEMENT)
    case = a_case(drafted, letters=(letter,), opened_at=now, about=about, kind=kind, works=())
    kept.open_cases(desk.console.store, [case], now, now.date())
    desk.clock.now += timedelta(days=days)
    sent = cases.mark_sent(desk.console, "case-1", "letter", desk.console.today, SentBy.POST).value
    return sent.events[-1].id


def told(desk: Desk) -> list[str]:
    kind = DeadlineKind.STATEMENT_OBJECTION
    return [each.title.text for each in list_deadlines(desk.console) if each.kind is kind]


def test_a_statement_that_was_objected_to_by_letter_in_time_stands_open_no_more(mara: Desk) -> None:
    contracts.save_contract(mara.console, MARA, TEXT)
    assert told(mara)[0].startswith("Object to the statement of Harmonia")
    sending = a_letter_sent(mara, LetterKind.STATEMENT_OBJECTION)
    assert told(mara)[0].startswith("Objected on 1 June 2025, by letter: statement of Harmonia")
    found = objection(mara.console, MARAS_STATEMENT)
    assert found.words.text.startswith("Objected on 1 June 2025, by letter. You could object until 1 July")
    assert found.until == date(2025, 7, 1)
    cases.take_back(mara.console, "case-1", sending)
    assert told(mara)[0].startswith("Object to the statement of Harmonia")


def test_a_question_about_a_statement_is_no_objection(mara: Desk) -> None:
    contracts.save_contract(mara.console, MARA, TEXT)
    a_letter_sent(mara, LetterKind.STATEMENT_QUESTION)
    assert told(mara)[0].startswith("Object to the statement of Harmonia")
    assert told(mara)[0].endswith("asked about it on 1 June 2025, which is no objection")
    words = objection(mara.console, MARAS_STATEMENT).words.text
    assert "no objection. You can object until 1 July 2025" in words


def test_an_objection_that_was_sent_too_late_is_told_as_that(mara: Desk) -> None:
    contracts.save_contract(mara.console, MARA, TEXT)
    a_letter_sent(mara, LetterKind.STATEMENT_OBJECTION, days=31)
    words = objection(mara.console, MARAS_STATEMENT).words.text
    assert words.startswith("Objected on 2 July 2025, by letter, after the last day. You could object until")
    assert not any(title.startswith("Objected") for title in told(mara))


def test_a_statement_that_is_not_here_is_told(mara: Desk) -> None:
    with pytest.raises(UnknownThing):
        objection(mara.console, StatementId("nowhere"))
