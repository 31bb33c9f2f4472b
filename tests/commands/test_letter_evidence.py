"""What goes along about where works are reported is for the addressee alone, in the letter's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from artist_console.commands.letter_templates import letter_words
from artist_console.commands.letters import Draft
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.ids import DatasetVersionId, PartyId
from artist_console.domain.inclusion import DatasetVersion
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.letter_kinds import Attach, Language, LetterKind
from artist_console.domain.parties import Party, PartyKind
from artist_console.formats.kinds import Kind
from tests.backend.world import HARBOUR, PROGRAMME, SALT, inclusion
from tests.commands.desks import Desk, a_desk
from tests.commands.letter_world import GERMAN_LABEL, LABEL, OPERATOR_DESK, ROWS, drafted, put_addressees

THEIRS, OTHERS = DatasetVersionId("theirs"), DatasetVersionId("others")
ELSEWHERE = PartyId("elsewhere")
FIELDNOTE = Addressee(
    "to-fieldnote", "Fieldnote", AddresseeKind.LABEL, "DE", Language.DE, party=LABEL, own=True
)
REPORTED = [
    *ROWS,
    (Kind.PARTY, Party(ELSEWHERE, "Elsewhere Audio", PartyKind.ORGANISATION)),
    (Kind.DATASET, DatasetVersion(THEIRS, "Harmonia Set", "1", programme=PROGRAMME)),
    (Kind.DATASET, DatasetVersion(OTHERS, "Elsewhere Set", "9", operator=ELSEWHERE)),
    (
        Kind.INCLUSION,
        replace(inclusion(SALT, "a"), dataset=THEIRS, programme=PROGRAMME, as_of=date(2025, 5, 9)),
    ),
    (Kind.INCLUSION, replace(inclusion(SALT, "b"), dataset=OTHERS, stated_by="Elsewhere Audio")),
    (Kind.INCLUSION, replace(inclusion(HARBOUR, "c"), dataset=OTHERS, stated_by="Elsewhere Audio")),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=REPORTED) as desk:
        put_addressees(desk, FIELDNOTE)
        yield desk


def the_draft(desk: Desk, addressee: Addressee, **more: object) -> Draft:
    attach = frozenset({Attach.EVIDENCE})
    (draft,) = drafted(desk, LetterKind.POSITION, addressees=(addressee.id,), attach=attach, **more).drafts
    return draft


def evidence(draft: Draft) -> str:
    (file,) = draft.attachments
    return file.body.decode()


def test_an_operator_gets_what_is_reported_of_its_own_and_nothing_of_others(desk: Desk) -> None:
    told = evidence(the_draft(desk, OPERATOR_DESK))
    assert "Harmonia Set 1" in told
    assert "Stated by Harmonia: included in the dataset" in told
    assert "Grade: stated by the operator. As of 9 May 2025." in told
    assert "Source: manifest.json" in told
    assert "Elsewhere" not in told
    for to_the_artist in ("You can", "Known here", "default", "your", "Fieldnote"):
        assert to_the_artist not in told


def test_a_licensor_gets_what_it_licensed_in_the_language_of_the_letter(desk: Desk) -> None:
    told = evidence(the_draft(desk, FIELDNOTE))
    assert "wo Fieldnote als Lizenzgeber genannt ist" in told
    assert "Angabe von Harmonia: im Datensatz enthalten" in told
    assert "Stand: 9. Mai 2025." in told
    assert "Elsewhere" not in told
    for english in ("Stated", "Grade", "Source", "As of"):
        assert english not in told


def test_whoever_has_nothing_to_do_with_it_gets_nothing(desk: Desk) -> None:
    draft = the_draft(desk, GERMAN_LABEL)
    assert draft.attachments == ()
    assert any("Küstenklang, so no evidence is attached" in told for told in draft.warnings)
    other_work = the_draft(desk, OPERATOR_DESK, works=(HARBOUR,))
    assert other_work.attachments == ()


def test_every_state_and_grade_has_its_words_in_every_language() -> None:
    for words in letter_words().values():
        assert set(words.states) == set(InclusionState)
        assert set(words.grades) == set(EvidenceGrade)
        assert all([*words.states.values(), *words.grades.values()])
