"""The sender's details: kept once in the profile, at the head of letters, and where answers go."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.letter_files import OutForm, export_letters, letter_paper, letter_text
from artist_console.commands.letter_sender import (
    BadSender,
    SenderText,
    check_sender,
    own_sender,
    save_sender,
    sender_of,
    text_of,
)
from artist_console.commands.letters import keep_letters
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.domain.mandates import Power
from tests.backend.world import MANAGER, MARA, a_mandate, mandate_step
from tests.commands.desks import Desk, a_desk
from tests.commands.letter_world import GERMAN_LABEL, ROWS, drafted, draw, put_addressees

AT_HOME = SenderText(
    "Mara Quistgaard", "Kajen 4\n111 29 Stockholm", "se", "mara@example.org", "+46 8 123 456"
)
NO_ADDRESS = "The letter has no address of yours"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        put_addressees(desk)
        yield desk


def test_without_details_the_writer_is_told_and_the_letter_can_be_written(desk: Desk) -> None:
    (draft,) = drafted(desk).drafts
    assert any(words.startswith(NO_ADDRESS) for words in draft.warnings)
    assert draft.letter.from_lines == ()
    assert "I ask for your answer in writing by 22 June 2025.\n" in draft.letter.text


def test_the_details_stand_at_the_head_and_say_where_to_answer(desk: Desk, tmp_path: Path) -> None:
    save_sender(desk.console, AT_HOME)
    (draft,) = drafted(desk).drafts
    letter = draft.letter
    assert not any(words.startswith(NO_ADDRESS) for words in draft.warnings)
    assert letter.from_lines == (
        "Kajen 4", "111 29 Stockholm", "Sweden", "mara@example.org", "+46 8 123 456",
    )  # fmt: skip
    assert "by 22 June 2025, to mara@example.org." in letter.text
    assert letter.text.endswith("\n\nMara Quistgaard\nMara Quist\n")
    assert letter.signed_by == "Mara Quistgaard"
    head = ["Mara Quistgaard", *letter.from_lines]
    assert letter_text(letter).split("\n")[:6] == head
    assert [line.text for line in letter_paper(letter).lines[:2]] == [head[0], " · ".join(head[1:])]
    cases = keep_letters(desk.console, [draft]).value
    assert cases[0].letters[0] == letter
    (path,) = export_letters(desk.console, cases, tmp_path / "out", OutForm.EML, draw)
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["Reply-To"].addresses[0].addr_spec == "mara@example.org"
    assert mail["From"] is None


def test_the_country_is_told_in_the_language_of_the_letter(desk: Desk) -> None:
    save_sender(desk.console, SenderText("", AT_HOME.postal, "SE"))
    (draft,) = drafted(desk, addressees=(GERMAN_LABEL.id,)).drafts
    assert draft.letter.language is Language.DE
    assert draft.letter.from_lines[-1] == "Schweden"
    assert "an Kajen 4, 111 29 Stockholm, Schweden." in draft.letter.text


def test_what_the_person_gives_for_one_letter_goes_before(desk: Desk) -> None:
    save_sender(desk.console, AT_HOME)
    (draft,) = drafted(desk, values={"reply_to": "c/o Ola"}).drafts
    assert "to c/o Ola." in draft.letter.text


def test_an_artist_with_details_of_their_own_does_not_bear_those_of_all(desk: Desk) -> None:
    save_sender(desk.console, AT_HOME)
    assert sender_of(desk.console, MARA) == own_sender(desk.console)
    save_sender(desk.console, SenderText(email="own@example.org"), MARA)
    (draft,) = drafted(desk).drafts
    assert draft.letter.from_lines == ("own@example.org",)
    save_sender(desk.console, SenderText(), MARA)
    assert sender_of(desk.console, MARA) == own_sender(desk.console)


def test_what_the_artist_signs_never_bears_the_address_of_the_manager(tmp_path: Path) -> None:
    step = mandate_step(a_mandate(powers=(Power.SEE_WORKS, Power.WRITE_LETTERS)))
    with a_desk(tmp_path / "manager", step, owner=MANAGER, rows=ROWS) as desk:
        put_addressees(desk)
        save_sender(desk.console, SenderText("Jo Brandt", "1 Pier", "GB", "jo@example.org"))
        (draft,) = drafted(desk).drafts
        assert draft.letter.text.endswith("\n\nJo Brandt\nfor Mara Quist\n")
        (personal,) = drafted(desk, LetterKind.DATA_ACCESS).drafts
        assert personal.letter.from_lines == ()
        assert any(words.startswith("The letter has no address of Mara Quist") for words in personal.warnings)
        save_sender(desk.console, AT_HOME, MARA)
        (personal,) = drafted(desk, LetterKind.DATA_ACCESS).drafts
        assert personal.letter.from_email == "mara@example.org"
        (of_manager,) = drafted(desk).drafts
        assert of_manager.letter.from_email == "jo@example.org"


def test_they_come_back_as_they_were_given(desk: Desk) -> None:
    save_sender(desk.console, AT_HOME)
    assert text_of(own_sender(desk.console)) == SenderText(
        AT_HOME.name, AT_HOME.postal, "SE", AT_HOME.email, AT_HOME.phone
    )
    desk.reopen()
    assert own_sender(desk.console) is not None


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        (SenderText(postal="Kajen 4"), "country", "An address needs its country"),
        (SenderText(postal="Kajen 4", country="Sweden"), "country", "“SWEDEN” is not a country code"),
        (SenderText(email="a@b\r\nBcc: c@example.org"), "email", "is not one mail address"),
        (SenderText(phone="call me"), "phone", "“call me” is not a telephone number"),
        (SenderText(postal="x\n" * 9, country="SE"), "postal", "at most 8 lines"),
    ],
)
def test_what_cannot_be_is_told_with_its_field_and_nothing_is_kept(
    desk: Desk, text: SenderText, field: str, words: str
) -> None:
    with pytest.raises(BadSender) as told:
        save_sender(desk.console, text)
    assert [fault.field for fault in told.value.faults] == [field]
    assert words in told.value.title
    assert own_sender(desk.console) is None


@given(st.builds(SenderText, *(st.text(max_size=30) for _ in range(5))))
def test_whatever_is_written_is_told_or_can_stand_at_the_head(text: SenderText) -> None:
    for fault in check_sender(text):
        assert fault.words.endswith((".", "lines."))
