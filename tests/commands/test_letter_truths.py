"""A letter says no more than the records do: of a reply, of a place, of a day that is over, of a payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from artist_console.commands.addressees import addressee_text, save_addressee
from artist_console.commands.letters import Draft, keep_letters
from artist_console.domain.cases import CaseEvent, EventKind, Outcome, OutcomeKind, SentBy
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.inclusion import DatasetVersion
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.formats.kinds import Kind
from artist_console.store import cases
from tests.backend.world import HARBOUR, SALT, START, inclusion
from tests.commands.desks import Desk, a_desk
from tests.commands.letter_world import NORDIC, ROWS, SONG, drafted, put_addressees

SET = DatasetVersionId("set")
REPORTED = [
    *ROWS,
    (Kind.DATASET, DatasetVersion(SET, "Hum", "4")),
    (Kind.INCLUSION, replace(inclusion(SALT, "in-hum"), dataset=SET)),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=REPORTED) as desk:
        put_addressees(desk)
        yield desk


def the_draft(desk: Desk, kind: LetterKind, **more: object) -> Draft:
    (draft,) = drafted(desk, kind, **more).drafts
    return draft


def why_not(desk: Desk, kind: LetterKind, **more: object) -> str:
    found = drafted(desk, kind, **more)
    assert found.drafts == ()
    return found.not_possible[0].reason.text


# A follow-up

THANKS = {
    Language.EN: "Thank you for your answer of 10 June 2025",
    Language.DE: "Vielen Dank für Ihre Antwort vom 10. Juni 2025",
    Language.FR: "Je vous remercie de votre réponse du 10 juin 2025",
    Language.ES: "Gracias por la respuesta del 10 de junio de 2025",
}
NO_ANSWER = {
    Language.EN: "no answer has reached me",
    Language.DE: "noch keine Antwort",
    Language.FR: "pas encore reçu de réponse",
    Language.ES: "aún no he recibido",
}


@pytest.mark.parametrize("language", Language)
def test_a_follow_up_to_an_answer_does_not_say_that_there_was_none(desk: Desk, language: Language) -> None:
    (case,) = keep_letters(desk.console, [the_draft(desk, LetterKind.POSITION)]).value
    sent = CaseEvent(
        "sent", EventKind.SENT, date(2025, 6, 3), START, "a", letter=case.letters[0].id, how=SentBy.MAIL
    )
    cases.add(desk.console.store, case.id, [sent], START, START.date())
    about = {"artists": (), "addressees": (), "case": case.id, "language": language}
    assert NO_ANSWER[language] in the_draft(desk, LetterKind.FOLLOW_UP, **about).letter.text
    reply = CaseEvent("reply", EventKind.REPLY, date(2025, 6, 10), START, "a")
    settled = CaseEvent(
        "outcome",
        EventKind.OUTCOME,
        date(2025, 6, 11),
        START,
        "a",
        of="reply",
        outcome=Outcome(OutcomeKind.SAYS_NOT_LICENSED, "Harmonia", "We have not licensed them."),
    )
    cases.add(desk.console.store, case.id, [reply, settled], START, START.date())
    asked = the_draft(desk, LetterKind.FOLLOW_UP, **about, values={"question": "2. on what basis?"})
    assert NO_ANSWER[language] not in asked.letter.text
    assert THANKS[language] in asked.letter.text
    assert ":\n2. on what basis?" in asked.letter.text
    assert any("“We have not licensed them.”" in told for told in asked.warnings)
    unnamed = the_draft(desk, LetterKind.FOLLOW_UP, **about)
    assert NO_ANSWER[language] not in unnamed.letter.text
    assert any("Say which points are still open" in told for told in unnamed.warnings)


# A removal


def test_only_a_place_that_the_records_have_is_told_as_theirs(desk: Desk) -> None:
    typed = the_draft(desk, LetterKind.REMOVAL, works=(SALT,), values={"place": "Whatever 99"})
    assert "To my knowledge, they are part of the following: Whatever 99." in typed.letter.text
    assert "records" not in typed.letter.text
    known = the_draft(desk, LetterKind.REMOVAL, works=(SALT,), values={"place": "hum 4"})
    assert "The records I hold show them as reported in the following: hum 4." in known.letter.text
    # Of another work, or since another day, the records say nothing.
    both = the_draft(desk, LetterKind.REMOVAL, works=(SALT, HARBOUR), values={"place": "Hum 4"})
    assert "records I hold show them as reported" not in both.letter.text
    since = {"place": "Hum 4", "place_since": "2019-01-01"}
    earlier = the_draft(desk, LetterKind.REMOVAL, works=(SALT,), values=since)
    assert "To my knowledge, they have been part of the following since 1 January 2019" in earlier.letter.text


# A day that is over

LATE = {
    Language.EN: "The day you named, 30 May 2025, has passed; I object nevertheless.",
    Language.DE: "der 30. Mai 2025, ist verstrichen; ich widerspreche dem dennoch.",
    Language.FR: "est passé\u00a0; je m’y oppose néanmoins.",
    Language.ES: "ha pasado; me opongo a ello no obstante.",
}
WITHIN = {
    Language.EN: "within this period",
    Language.DE: "innerhalb dieser Frist",
    Language.FR: "dans ce délai",
    Language.ES: "dentro de ese plazo",
}


@pytest.mark.parametrize("language", Language)
def test_an_objection_after_the_day_says_so(desk: Desk, language: Language) -> None:
    def objection(day: str) -> Draft:
        return the_draft(
            desk, LetterKind.OBJECTION_TO_DEFAULT, language=language, works=(SALT,), values={"deadline": day}
        )

    in_time = objection("2025-06-01")  # the last day itself
    assert WITHIN[language] in in_time.letter.text
    late = objection("2025-05-30")
    assert LATE[language] in late.letter.text
    assert WITHIN[language] not in late.letter.text
    assert any(told.startswith("The day is over, and the letter says so.") for told in late.warnings)


# A letter of direction

DIRECTION = {
    "payer": "Fieldnote",
    "payee": "Sam Reyes",
    "share": "25 %",
    "first_day": "2025-07-01",
    "last_day": "2026-07-01",
}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"share": "0 %"}, "above 0 % and at most 100 %"),
        ({"share": "-5 %"}, "above 0 % and at most 100 %"),
        ({"share": "150 %"}, "above 0 % and at most 100 %"),
        ({"share": "10,001 basis points"}, "above 0 % and at most 100 %"),
        ({"share": "some"}, "Write it as 25 %"),
        ({"last_day": "2025-07-01"}, "is not after the first"),
        ({"last_day": "2025-06-30"}, "is not after the first"),
        ({"payee": " FIELDNOTE "}, "Payer and payee are both"),
    ],
)
def test_a_direction_that_cannot_be_paid_by_is_not_written(
    desk: Desk, value: dict[str, str], why: str
) -> None:
    assert why in why_not(desk, LetterKind.LETTER_OF_DIRECTION, values={**DIRECTION, **value})


@pytest.mark.parametrize(
    "share", ["100 %", "12,5 %", "12.5% of the net", "2,500 bp", "2 500 Basispunkte", "33 per cent"]
)
def test_a_share_is_written_as_people_write_it(desk: Desk, share: str) -> None:
    values = {**DIRECTION, "share": share}
    assert share in the_draft(desk, LetterKind.LETTER_OF_DIRECTION, values=values).letter.text


# Whom it is to


def test_a_society_gets_the_works_that_it_has_to_do_with(desk: Desk) -> None:
    def works(addressee: str, **more: object) -> set[str]:
        (draft,) = drafted(desk, LetterKind.SOCIETY_LICENCES, addressees=(addressee,), **more).drafts
        return set(draft.letter.works)

    assert works("known/gema") == {SONG}
    assert works("known/gvl") == {SALT, HARBOUR, NORDIC}
    assert works("known/vg-wort") == {SALT, HARBOUR, NORDIC, SONG}
    assert works("known/gema", works=(SALT,)) == {SALT}  # whoever names it means it
    kept = save_addressee(desk.console, addressee_text(desk.console, "known/gvl"), "known/gvl").value
    assert kept.own
    assert works("known/gvl") == {SALT, HARBOUR, NORDIC}
