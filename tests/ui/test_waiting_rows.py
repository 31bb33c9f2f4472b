"""What waits, as rows: one for each question, not for each artist."""

from __future__ import annotations

from datetime import timedelta

from artist_console.domain.case_waiting import waits
from artist_console.domain.cases import Case
from artist_console.domain.ids import PartyId, ProgrammeId
from artist_console.domain.letters import About
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.ui.waiting_rows import place_of_question, questions
from tests.domain.case_world import WRITTEN, a_case, drafted, sent

TODAY = WRITTEN.date() + timedelta(days=20)


def item(case: Case) -> WaitingItem:
    found = waits(case, TODAY)
    assert found is not None
    title, detail, stands = found
    return WaitingItem(
        WaitingKind.CASE, case.artist, None, case.about.programme, title, detail,
        stands.since, stands.next_on, None, f"case/{case.id}",
    )  # fmt: skip


def unanswered(number: int, to: str = "Harmonia", day: int = 0, kind: str = "No consent") -> Case:
    events = (drafted(), sent(day=day))
    about = About(programme=ProgrammeId("lab"))
    return a_case(
        *events, id=f"case-{number}-{to}", artist=PartyId(f"artist-{number}"), addressee_name=to,
        title=f"{kind}: {to}", about=about,
    )  # fmt: skip


def test_a_bulk_mail_that_nobody_answered_is_one_row_for_each_addressee() -> None:
    cases = [unanswered(n, to, day=n % 3) for n in range(12) for to in ("Harmonia", "Sketch Lab")]
    asked = questions(map(item, cases))
    assert [(question.first.title.text, question.artists) for question in asked] == [
        ("Harmonia has not replied: No consent", 12),
        ("Sketch Lab has not replied: No consent", 12),
    ]


def test_letters_of_another_kind_are_a_row_of_their_own_and_one_artist_has_one() -> None:
    cases = [unanswered(1), unanswered(1, kind="Removal of works")]
    assert [question.artists for question in questions(map(item, cases))] == [1, 1]
    (alone,) = questions([item(unanswered(1))])
    assert len(alone.items) == 1


def test_a_row_of_several_cases_leads_to_the_list_of_those() -> None:
    (several,) = questions(item(unanswered(n)) for n in range(3))
    assert place_of_question(several).item == "cases/case-0-Harmonia,case-1-Harmonia,case-2-Harmonia"
    (alone,) = questions([item(unanswered(1))])
    assert place_of_question(alone).item == "case/case-1-Harmonia"
