"""Where works of one letter differ in standing, each group is told for itself, in every language."""

from __future__ import annotations

from datetime import date

import pytest

from artist_console.commands.letter_templates import letter_words, template_of
from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.letter_kinds import Capacity, Language, LetterKind
from artist_console.domain.letter_standings import MOST_TITLES
from artist_console.domain.letter_templates import Placeholder
from artist_console.domain.letter_text import Composed, LetterFacts, compose
from artist_console.domain.letter_works import ListedWork
from artist_console.domain.parties import Standing
from artist_console.domain.work_kinds import WorkKind


def recording(title: str, standing: Standing | None) -> ListedWork:
    return ListedWork(title, WorkKind.RECORDING, standing=standing)


def song(title: str, standing: Standing | None) -> ListedWork:
    return ListedWork(title, WorkKind.COMPOSITION, standing=standing)


def text(
    *works: ListedWork, language: Language = Language.EN, least: Standing = Standing.THROUGH_BODY
) -> str:
    facts = LetterFacts(
        language,
        Capacity.ARTIST,
        least,
        "Harmonia Lab",
        AddresseeKind.OPERATOR,
        "Lena Okoye",
        "Lena Okoye",
        date(2026, 11, 29),
        days={Placeholder.ANSWER_UNTIL: date(2026, 12, 20)},
        works=works,
    )
    made = compose(template_of(LetterKind.POSITION), facts, letter_words()[language])
    assert isinstance(made, Composed)
    return made.text


@pytest.mark.parametrize("language", Language)
def test_recordings_and_songs_that_differ_are_told_apart(language: Language) -> None:
    words = letter_words()[language]
    told = text(
        recording("Night Bus", Standing.CONTROLS), song("Night Bus", Standing.THROUGH_BODY), language=language
    )
    alone = text(recording("Night Bus", Standing.CONTROLS), language=language, least=Standing.CONTROLS)
    claim = next(p for p in template_of(LetterKind.POSITION).parts if p.id == "controls").text[language]
    of_body = next(p for p in template_of(LetterKind.POSITION).parts if p.id == "through_body").text[language]
    assert f"{words.of_recordings}\n{claim.filled({})}\n\n{words.of_songs}\n{of_body.filled({})}\n" in told
    # A letter about the recordings alone says the same of them.
    assert claim.filled({}) in alone
    assert words.of_recordings not in alone


def test_recordings_that_differ_are_told_by_title_or_by_number() -> None:
    told = text(
        recording("Night Bus", Standing.CONTROLS),
        recording("Harbour", Standing.WISH),
        song("Harbour", Standing.WISH),
        least=Standing.WISH,
    )
    assert "For “Night Bus”:\nI own or exclusively control the rights concerned." in told
    assert "For “Harbour” (recording):\nAs far as I know, others own the recordings;" in told
    assert "For the songs:\nAs far as I know, the rights concerned lie with others;" in told
    many = [recording(f"Track {n}", Standing.CONTROLS) for n in range(MOST_TITLES + 1)]
    assert f"For {len(many)} of the recordings:\nI own" in text(*many, recording("Harbour", Standing.WISH))


def test_works_of_one_standing_are_told_in_one_sentence() -> None:
    for standing in (Standing.SHARES, None):
        told = text(recording("A", standing), song("B", standing), least=Standing.SHARES)
        assert told.count("I hold a share of the rights concerned.") == 1
        assert "For the" not in told
