"""A letter that says no says nothing that a signed yes in the ledger belies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.letter_templates import letter_words
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.domain.letters import About
from artist_console.domain.registers import Stance
from artist_console.domain.uses import Use
from artist_console.store import mirror
from tests.backend.world import HARBOUR, PROGRAMME, SALT, work_subject
from tests.commands.desks import Desk, a_desk, a_voice, a_wish, an_allow
from tests.commands.letter_world import ROWS, drafted, put_addressees

NEVER = {
    Language.EN: "have not consented",
    Language.DE: "nicht zugestimmt",
    Language.FR: "n’ai pas donné mon accord",
    Language.ES: "No he dado",
}
NO_LONGER = {
    Language.EN: "Where I consented to any of this before, I no longer consent, since 1 June 2025.",
    Language.DE: "stimme ich ihr seit dem 1. Juni 2025 nicht mehr zu.",
    Language.FR: "je ne le donne plus depuis le 1er juin 2025.",
    Language.ES: "ya no lo doy desde el 1 de junio de 2025.",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        put_addressees(desk)
        yield desk


def facts_of(desk: Desk) -> FactBook:
    return mirror.facts(desk.console.store, desk.console.clock())


def said(desk: Desk, **more: Any) -> str:
    (draft,) = drafted(desk, **more).drafts
    return draft.letter.text


def why_not(desk: Desk, **more: Any) -> str:
    found = drafted(desk, **more)
    assert found.drafts == ()
    return found.not_possible[0].reason.text


def allowed(desk: Desk, work: str = SALT) -> None:
    declared = facts_of(desk).programmes[PROGRAMME].uses
    for use in declared:
        decide(desk.console, [an_allow(work, use)])


@pytest.mark.parametrize("language", Language)
def test_a_yes_that_was_taken_back_is_told_as_one(desk: Desk, language: Language) -> None:
    assert NEVER[language] in said(desk, works=(SALT,), language=language)
    decide(desk.console, [an_allow(SALT)])
    decide(desk.console, [a_wish(subject=work_subject(SALT))], KeepChoice.REFUSE_THEM)
    text = said(desk, works=(SALT,), language=language)
    assert NEVER[language] not in text
    assert NO_LONGER[language] in text
    # Of a work that never had a yes nothing changes.
    assert NEVER[language] in said(desk, works=(HARBOUR,), language=language)


def test_the_day_of_an_older_refusal_is_not_told_where_a_yes_came_after_it(desk: Desk) -> None:
    decide(desk.console, [a_wish()])
    decide(desk.console, [an_allow(SALT)])
    decide(desk.console, [a_wish(subject=work_subject(SALT))], KeepChoice.REFUSE_THEM)
    text = said(desk, works=(SALT,))
    assert "This decision has been on record" not in text
    assert NO_LONGER[Language.EN] in text


def test_a_yes_that_was_cleared_is_no_longer_one(desk: Desk) -> None:
    decide(desk.console, [an_allow(SALT)])
    decide(desk.console, [a_wish(Stance.CLEAR, work_subject(SALT), Use.TRAIN_GENERATIVE, PROGRAMME)])
    text = said(desk, works=(SALT,))
    assert NEVER[Language.EN] not in text
    assert NO_LONGER[Language.EN] in text


def test_a_work_of_which_every_use_is_allowed_gets_no_letter_that_says_no(desk: Desk) -> None:
    allowed(desk)
    told = why_not(desk, works=(SALT,))
    assert "Every use that this letter would speak of is allowed for it." in told
    assert "take the yes back first" in told
    assert "name that programme" in told
    about = why_not(desk, works=(SALT,), about=About(programme=PROGRAMME))
    assert "name that programme" not in about
    objection = drafted(
        desk, LetterKind.OBJECTION_TO_DEFAULT, works=(SALT,), values={"deadline": "2025-07-01"}
    )
    assert objection.drafts == ()


def test_where_some_uses_are_allowed_the_letter_lists_the_others(desk: Desk) -> None:
    words = letter_words()[Language.EN].uses
    first, *rest = facts_of(desk).programmes[PROGRAMME].uses
    assert rest
    decide(desk.console, [an_allow(SALT, first)])
    (draft,) = drafted(desk, works=(SALT,)).drafts
    text = draft.letter.text
    assert "I do not consent to the following uses of them:" in text
    assert words[first] not in text
    assert all(words[use] in text for use in rest)
    told = [w for w in draft.warnings if "recorded" in w or "undecided" in w]
    assert told[-1].startswith(
        f"A yes to this is recorded, so the letter does not speak of it: {words[first]}."
    )
    assert not any("these works are undecided" in w or "“" in w for w in told)
    # Another work has none of it.
    assert why_not(desk, works=(SALT,), values={"uses": first.value}).startswith("No work")


def test_uses_in_own_words_are_not_guessed_where_a_yes_stands(desk: Desk) -> None:
    decide(desk.console, [an_allow(SALT)])
    assert "by their keys" in why_not(desk, works=(SALT,), values={"uses": "everything with machines"})
    assert said(desk, works=(HARBOUR,), values={"uses": "everything with machines"})


def test_a_yes_elsewhere_is_neither_denied_nor_called_taken_back(desk: Desk) -> None:
    decide(desk.console, [an_allow(SALT, Use.GEN_COVER)])
    facts = facts_of(desk)
    other = next((id for id in facts.programmes if id != PROGRAMME), None)
    if other is None:
        pytest.skip("one programme only")
    text = said(desk, works=(SALT,), about=About(programme=ProgrammeId(other)))
    assert NEVER[Language.EN] not in text


def test_a_letter_about_a_person_keeps_to_what_the_person_allowed(desk: Desk) -> None:
    words = letter_words()[Language.EN].uses
    decide(desk.console, [a_voice(Use.GEN_STYLE)])
    (draft,) = drafted(desk, LetterKind.DATA_OBJECTION).drafts
    assert words[Use.GEN_STYLE] not in draft.letter.text
    assert words[Use.TRAIN_VOICE] in draft.letter.text


def test_a_removal_names_no_refusal_where_a_yes_stands(desk: Desk) -> None:
    told = "A refusal of their use has been on record since"
    decide(desk.console, [a_wish()])
    place = {"place": "Hum 4"}
    assert told in said(desk, kind=LetterKind.REMOVAL, works=(SALT,), values=place)
    decide(desk.console, [an_allow(SALT)])
    assert told not in said(desk, kind=LetterKind.REMOVAL, works=(SALT,), values=place)
