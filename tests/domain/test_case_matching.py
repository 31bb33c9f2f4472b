"""To which case and letter a file belongs, and when only a person can tell."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.case_matching import FileRole, Incoming, MatchedBy, recognise
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.letters import letter_of_message, message_id

from .case_world import TEXT, a_case, a_letter, drafted, sent

OTHER = a_letter(
    "letter-9", subject="Another matter", text="Quite another text. " * 10, to_email="x@other.example"
)
CASES = (
    a_case(drafted(), sent(number="<kept-by-the-program@mail.example>")),
    a_case(id="case-9", letters=(OTHER,)),
)
FROM_THEM = "anna@harmonia.example"


def test_a_reply_that_names_our_message_is_found() -> None:
    found = recognise(
        CASES, Incoming("h", answers_to=("<x@y>", message_id("letter-1")), sender="a@else.example")
    )
    assert found.role is FileRole.REPLY
    assert [(m.case, m.letter, m.by) for m in found.matches] == [("case-1", "letter-1", MatchedBy.ANSWERS)]


def test_a_reply_to_the_message_that_the_mail_program_named_anew_is_found() -> None:
    found = recognise(CASES, Incoming("h", answers_to=("<kept-by-the-program@mail.example>",)))
    assert (found.role, found.matches[0].case) == (FileRole.REPLY, "case-1")


def test_a_reply_to_a_mail_with_several_letters_is_of_every_case() -> None:
    together = "<together@mail.example>"
    cases = [a_case(sent(number=together)), a_case(sent(number=together), id="case-2"), a_case(id="case-3")]
    found = recognise(cases, Incoming("h", answers_to=(together,)))
    assert [match.case for match in found.matches] == ["case-1", "case-2"]


def test_a_sent_mail_is_found_by_its_name_or_its_text() -> None:
    by_name = recognise(CASES, Incoming("h", message_id=message_id("letter-9")))
    assert (by_name.role, by_name.matches[0].letter) == (FileRole.PROOF_OF_SENDING, "letter-9")
    wrapped = "Covering words.\r\n\r\n" + TEXT.replace("recordings below", "recordings\r\nbelow")
    by_text = recognise(CASES, Incoming("h", (wrapped,), to=("rights@harmonia.example",)))
    assert [(m.letter, m.by) for m in by_text.matches] == [("letter-1", MatchedBy.TEXT)]


def test_a_mail_with_several_letters_is_proof_for_each() -> None:
    found = recognise(CASES, Incoming("h", (TEXT,), letters=("letter-9",)))
    assert {match.letter for match in found.matches} == {"letter-1", "letter-9"}
    assert found.role is FileRole.PROOF_OF_SENDING


def test_a_draft_or_a_copy_alone_is_no_proof_of_sending() -> None:
    draft = recognise(CASES, Incoming("h", (TEXT,), message_id=message_id("letter-1"), is_draft=True))
    copy = recognise(CASES, Incoming("h", letters=("letter-1",), is_mail=False))
    for found in (draft, copy):
        assert (found.role, found.matches[0].letter) == (FileRole.NOT_KNOWN, "letter-1")


def test_our_letter_in_a_mail_of_theirs_is_a_reply() -> None:
    quoted = "No.\n\n" + "\n".join(f"> {line}" for line in TEXT.splitlines())
    found = recognise(CASES, Incoming("h", (quoted,), sender=FROM_THEM))
    assert (found.role, found.matches[0].case) == (FileRole.REPLY, "case-1")


def test_a_file_that_went_along_with_one_letter_alone_tells_which() -> None:
    table = AttachedFile("cd" * 32, "works.csv", 3)
    one = a_case(letters=(a_letter(attachments=(table,)),))
    assert recognise([one], Incoming("h", hashes=frozenset({"cd" * 32}))).matches[0].by is MatchedBy.ATTACHED
    both = replace(OTHER, attachments=(table,))
    assert (
        recognise(
            [one, a_case(id="b", letters=(both,))], Incoming("h", hashes=frozenset({"cd" * 32}))
        ).matches
        == ()
    )


def test_sender_and_subject_give_candidates_only() -> None:
    found = recognise(
        CASES, Incoming("h", ("We thank you.",), sender=FROM_THEM, subject="AW: RE: our  recordings")
    )
    assert (found.role, found.matches) == (FileRole.NOT_KNOWN, ())
    assert [match.case for match in found.candidates] == ["case-1"]


def test_an_address_that_everybody_can_have_makes_nobody_alike() -> None:
    cases = [a_case(letters=(a_letter(to_email="anna@gmail.com"),))]
    assert recognise(cases, Incoming("h", sender="eve@gmail.com")).candidates == ()
    assert recognise(cases, Incoming("h", sender="Anna@gmail.com")).candidates


def test_a_short_text_is_found_nowhere() -> None:
    cases = [a_case(letters=(a_letter(text="Hello"),))]
    assert recognise(cases, Incoming("h", ("Hello there",))).matches == ()


@given(st.uuids())
def test_the_name_of_a_message_leads_back_to_its_letter(id: object) -> None:
    assert letter_of_message(message_id(str(id))) == str(id)
    assert letter_of_message(f"<{id}@other.example>") == ""
