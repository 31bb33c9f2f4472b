"""To which case and letter a file belongs, and when only a person can tell."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.case_matching import FileRole, Incoming, MatchedBy, recognise
from artist_console.domain.cases import Case
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
    found = recognise(CASES, Incoming("h", (TEXT,), letters=("letter-1", "letter-9")))
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
    file = Incoming("h", hashes=frozenset({"cd" * 32}), to=("rights@harmonia.example",))
    assert recognise([one], file).matches[0].by is MatchedBy.ATTACHED
    assert recognise([one], replace(file, to=("x@other.example",))).matches == ()
    both = replace(OTHER, attachments=(table,))
    assert recognise([one, a_case(id="b", letters=(both,))], file).matches == ()


def three_of_the_same_words() -> list[Case]:
    at = ("rights@harmonia.example", "legal@sketch.example", "ai@third.example")
    return [a_case(id=f"c-{n}", letters=(a_letter(f"l-{n}", to_email=to),)) for n, to in enumerate(at)]


def test_a_mail_that_names_its_letter_is_no_proof_for_others_with_the_same_words() -> None:
    cases, to = three_of_the_same_words(), ("rights@harmonia.example", "ai@third.example")
    for named in (Incoming("h", (TEXT,), letters=("l-0",), to=to),
                  Incoming("h", (TEXT,), message_id=message_id("l-0"), to=to)):  # fmt: skip
        found = recognise(cases, named)
        assert [(m.letter, m.by) for m in found.matches] == [("l-0", MatchedBy.MESSAGE_ID)]


def test_the_same_words_to_several_are_proof_only_for_whom_the_mail_is_to() -> None:
    cases = three_of_the_same_words()
    found = recognise(cases, Incoming("h", (TEXT,), to=("Legal@sketch.example",)))
    assert [(m.letter, m.by) for m in found.matches] == [("l-1", MatchedBy.TEXT)]
    nobody = recognise(cases, Incoming("h", (TEXT,), to=("friend@else.example",)))
    assert (nobody.role, nobody.matches) == (FileRole.NOT_KNOWN, ())
    assert {(m.letter, m.by) for m in nobody.candidates} == {
        (f"l-{n}", MatchedBy.WORDS_ALONE) for n in range(3)
    }


def test_of_two_letters_to_one_organisation_the_very_address_tells_and_else_nobody_can() -> None:
    at = ("rights@harmonia.example", "legal@harmonia.example")
    cases = [a_case(id=f"c-{n}", letters=(a_letter(f"l-{n}", to_email=to),)) for n, to in enumerate(at)]
    found = recognise(cases, Incoming("h", (TEXT,), to=("legal@harmonia.example",)))
    assert [m.letter for m in found.matches] == ["l-1"]
    assert recognise(cases, Incoming("h", (TEXT,), to=("info@harmonia.example",))).matches == ()
    twice = [a_case(id=id, letters=(a_letter(id),)) for id in ("a", "b")]
    assert recognise(twice, Incoming("h", (TEXT,), to=("rights@harmonia.example",))).matches == ()


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


def test_what_a_mail_inside_answers_gives_a_candidate_only() -> None:
    found = recognise(CASES, Incoming("h", inside_answers_to=(message_id("letter-1"),)))
    assert (found.role, found.matches) == (FileRole.NOT_KNOWN, ())
    assert [(m.case, m.by) for m in found.candidates] == [("case-1", MatchedBy.INSIDE)]


def test_a_short_text_is_found_nowhere() -> None:
    cases = [a_case(letters=(a_letter(text="Hello"),))]
    assert recognise(cases, Incoming("h", ("Hello there",))).matches == ()


@given(st.uuids())
def test_the_name_of_a_message_leads_back_to_its_letter(id: object) -> None:
    assert letter_of_message(message_id(str(id))) == str(id)
    assert letter_of_message(f"<{id}@other.example>") == ""
