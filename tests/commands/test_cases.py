"""Cases: proof of sending, replies, outcomes that become evidence, dates, and who may change them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from artist_console.commands import attention, cases, inclusions, works
from artist_console.commands.case_files import NoKeyRead, NotACaseFile, recognise_file, save_file
from artist_console.commands.case_put_back import put_back
from artist_console.commands.cases import MayOnlyLook, NoLetterInFile, NotSentYet, UnknownCase, WordsAlone
from artist_console.commands.consent import decide
from artist_console.commands.lineage import lineage
from artist_console.commands.report_inside import look_into
from artist_console.commands.report_making import create
from artist_console.commands.reports import open_report
from artist_console.commands.timeline import timeline_of_work
from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.case_matching import FileRole
from artist_console.domain.cases import CaseState, CopyFound, DkimResult, EventKind, OutcomeKind, SentBy
from artist_console.domain.changes import Changes
from artist_console.domain.ids import DatasetVersionId, ModelVersionId, WorkId
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.mandates import Power
from artist_console.domain.problems import InputProblem, Problem, UnknownThing
from artist_console.domain.waiting import WaitingKind
from artist_console.formats.letter_mark import with_mark
from artist_console.store import private
from artist_console.store.private import PrivateKind
from tests.backend.world import HARBOUR, MANAGER, MARA, PROGRAMME, a_mandate, mandate_step
from tests.commands.case_desk import a_mail, an_addressee, kept_case, later, said
from tests.commands.desks import Desk, a_desk, a_wish
from tests.commands.listed_world import LISTS, SET
from tests.domain.case_world import TEXT
from tests.formats.signed_mail import MAIL, record, rsa_key, signed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=LISTS) as found:
        yield found


def waiting(desk: Desk) -> list[str]:
    return [i.target for i in attention.waiting(desk.console) if i.kind is WaitingKind.CASE]


def where(desk: Desk, work: WorkId = HARBOUR) -> InclusionState:
    return works.summaries_of(desk.console, work)[0].where


def answered(desk: Desk, folder: Path, work: WorkId = HARBOUR) -> str:
    """A case about one work with a reply; gives the id of the reply."""
    kept_case(desk, works=(work,))
    later(desk, 4)
    case = cases.add_reply(desk.console, "case-1", a_mail(folder)).value
    return case.events[-1].id


# Sending


def test_a_letter_is_noted_as_sent_with_its_mail_and_stands_so(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    proof = a_mail(tmp_path, "sent.eml", text=TEXT, answers="", sender="mara@example.org")
    today = desk.console.today
    later(desk, 5)
    done = cases.mark_sent(desk.console, "case-1", "case-1-letter", today, SentBy.MAIL, file=proof)
    assert done.changes == Changes.CASES
    row = cases.show_case(desk.console, "case-1")
    assert (row.standing.state, row.standing.since, row.standing.unanswered_days) == (
        CaseState.SENT,
        today,
        5,
    )
    event = done.value.events[-1]
    assert event.file is not None
    assert event.file.matches == "case-1-letter"
    assert private.attached_bytes(desk.console.store, event.file.file.sha256) == proof.read_bytes()


def test_a_sending_by_post_is_noted_with_its_number_and_a_picture(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    picture = tmp_path / "slip.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    done = cases.mark_sent(
        desk.console, "case-1", "case-1-letter", desk.console.today, SentBy.POST, "RR 123 DE", picture
    )
    event = done.value.events[-1]
    assert event.number == "RR 123 DE"
    assert event.file is not None
    assert event.file.media_type == "image/png"
    assert "not found in it" in event.file.left_out[-1]


def test_a_sending_that_is_said_again_takes_the_place_of_the_former(desk: Desk) -> None:
    kept_case(desk)
    today = desk.console.today
    later(desk, 3)
    cases.mark_sent(desk.console, "case-1", "case-1-letter", today, SentBy.MAIL)
    next_day = today + timedelta(days=1)
    case = cases.mark_sent(desk.console, "case-1", "case-1-letter", next_day, SentBy.FORM).value
    assert len(case.events) == 3
    assert cases.show_case(desk.console, "case-1").standing.since == next_day


@pytest.mark.parametrize("days", [-3, 1])
def test_a_letter_is_not_sent_before_it_is_written_or_in_days_to_come(desk: Desk, days: int) -> None:
    kept_case(desk)
    with pytest.raises(InputProblem, match="cannot have been sent"):
        cases.mark_sent(
            desk.console, "case-1", "case-1-letter", desk.console.today + timedelta(days=days), SentBy.MAIL
        )
    assert len(cases.show_case(desk.console, "case-1").case.events) == 1


def test_one_sent_mail_with_two_letters_is_proof_for_both_cases(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    kept_case(desk, "case-2")
    later(desk, 4)
    mail = a_mail(
        tmp_path, answers="", text="See attached.",
        more="X-Artist-Console-Letters: case-1-letter case-2-letter\r\n"
        "Message-ID: <new@program.example>\r\n", sender="mara@example.org",
    )  # fmt: skip
    assert recognise_file(desk.console, mail).role is FileRole.PROOF_OF_SENDING
    done = cases.add_sent_mail(desk.console, mail)
    assert {case.id for case in done.value} == {"case-1", "case-2"}
    assert all(row.standing.state is CaseState.SENT for row in cases.list_cases(desk.console))
    # The same again adds nothing.
    assert [len(case.events) for case in cases.add_sent_mail(desk.console, mail).value] == [2, 2]
    # A reply to the Message-ID that the mail program gave is found.
    answer = a_mail(tmp_path, "r.eml", answers="", more="References: <new@program.example>\r\n")
    assert recognise_file(desk.console, answer).role is FileRole.REPLY


def test_attached_pdfs_tell_their_letters_whatever_a_mail_program_made_of_the_rest(
    desk: Desk, tmp_path: Path
) -> None:
    kept_case(desk)
    kept_case(desk, "case-2")
    made = EmailMessage()
    made["From"], made["To"] = "mara@example.org", "rights@harmonia.example"
    made["Message-ID"] = "<new@x.example>"
    made.set_content("Two letters.")
    for id in ("case-1-letter", "case-2-letter"):
        pdf = with_mark(b"%PDF-1.7\n%%EOF\n", id)
        made.add_attachment(pdf, maintype="application", subtype="pdf", filename="letter.pdf")
    path = tmp_path / "sent.eml"
    path.write_bytes(made.as_bytes())
    assert {case.id for case in cases.add_sent_mail(desk.console, path).value} == {"case-1", "case-2"}
    # One of them alone is a copy, and proves no sending.
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(with_mark(b"%PDF-1.7\n%%EOF\n", "case-1-letter"))
    assert recognise_file(desk.console, copy).matches[0].letter == "case-1-letter"
    with pytest.raises(NotSentYet):
        cases.add_sent_mail(desk.console, copy)


def test_a_mail_with_the_words_of_a_letter_to_another_is_proof_only_if_a_person_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    kept_case(desk)
    later(desk, 4)
    mail = a_mail(tmp_path, "sent.eml", answers="", text=TEXT, sender="mara@example.org")
    with pytest.raises(WordsAlone, match="does not show that it went to Harmonia"):
        cases.add_sent_mail(desk.console, mail)
    assert len(cases.show_case(desk.console, "case-1").case.events) == 1
    day = desk.console.today
    noted = cases.mark_sent(desk.console, "case-1", "case-1-letter", day, SentBy.MAIL, file=mail).value
    file = noted.events[-1].file
    assert file is not None
    assert (file.matches, file.copy) == ("case-1-letter", CopyFound.SAID)


def test_a_mail_to_the_addressee_is_proof_by_its_words_and_says_so(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    later(desk, 4)
    path = tmp_path / "sent.eml"
    head = b"From: mara@example.org\r\nTo: rights@harmonia.example\r\n\r\n"
    path.write_bytes(head + TEXT.replace("\n", "\r\n").encode())
    (case,) = cases.add_sent_mail(desk.console, path).value
    file = case.events[-1].file
    assert file is not None
    assert file.copy is CopyFound.TEXT


def test_the_draft_itself_is_no_proof_of_sending(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    draft = a_mail(tmp_path, "draft.eml", text=TEXT, answers="", more="X-Unsent: 1\r\n")
    assert recognise_file(desk.console, draft).role is FileRole.NOT_KNOWN
    with pytest.raises(NotSentYet):
        cases.add_sent_mail(desk.console, draft)


def test_a_mail_without_a_letter_of_ours_is_no_proof(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    with pytest.raises(NoLetterInFile):
        cases.add_sent_mail(desk.console, a_mail(tmp_path, answers="", text="Hello"))


# Replies


def test_a_reply_is_kept_with_its_bytes_and_waits_for_an_outcome(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    later(desk, 4)
    path = a_mail(tmp_path)
    assert recognise_file(desk.console, path).matches[0].case == "case-1"
    case = cases.add_reply(desk.console, "case-1", path).value
    file = case.events[-1].file
    assert file is not None
    assert file.sender == "Harmonia Rights <rights@harmonia.example>"
    assert file.text.strip() == "Salt Lines is in our dataset Nordic 3."
    assert case.events[-1].on.isoformat() == "2025-06-04"
    assert cases.show_case(desk.console, "case-1").standing.state is CaseState.ANSWERED
    assert waiting(desk) == ["case/case-1"]
    out = save_file(desk.console, "case-1", case.events[-1].id, tmp_path / "copy.eml")
    assert out.read_bytes() == path.read_bytes()


def test_the_same_reply_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    later(desk, 4)
    first = cases.add_reply(desk.console, "case-1", a_mail(tmp_path)).value
    again = cases.add_reply(desk.console, "case-1", a_mail(tmp_path, "other-name.eml"))
    assert (again.value, again.changes) == (first, Changes.NONE)


def two_cases_of_one_mail(desk: Desk, folder: Path) -> None:
    kept_case(desk)
    kept_case(desk, "case-2")
    later(desk, 4)
    heading = "X-Artist-Console-Letters: case-1-letter case-2-letter\r\nMessage-ID: <new@program.example>\r\n"
    mail = a_mail(folder, "sent.eml", answers="", more=heading, sender="mara@example.org")
    cases.add_sent_mail(desk.console, mail)


def test_one_reply_to_several_letters_is_kept_once_with_an_event_in_each_case(
    desk: Desk, tmp_path: Path
) -> None:
    two_cases_of_one_mail(desk, tmp_path)
    answer = a_mail(tmp_path, answers="", more="In-Reply-To: <new@program.example>\r\n")
    done = cases.add_reply_to_all(desk.console, ["case-1", "case-2"], answer)
    assert [case.id for case in done.value] == ["case-1", "case-2"]
    files = [case.events[-1].file for case in done.value]
    assert len({case.events[-1].id for case in done.value}) == 2
    assert {file.file.sha256 for file in files if file is not None} == {
        hashlib.sha256(answer.read_bytes()).hexdigest()
    }
    assert {row.standing.state for row in cases.list_cases(desk.console)} == {CaseState.ANSWERED}
    assert cases.add_reply_to_all(desk.console, ["case-1", "case-2"], answer).changes == Changes.NONE


def test_a_reply_is_kept_in_all_cases_that_are_named_or_in_none(desk: Desk, tmp_path: Path) -> None:
    two_cases_of_one_mail(desk, tmp_path)
    with pytest.raises(UnknownCase):
        cases.add_reply_to_all(desk.console, ["case-1", "gone"], a_mail(tmp_path))
    assert [len(row.case.events) for row in cases.list_cases(desk.console)] == [2, 2]


def test_a_key_that_is_supplied_later_is_noted_with_the_same_reply(desk: Desk, tmp_path: Path) -> None:
    key = rsa_key()
    path = tmp_path / "signed.eml"
    path.write_bytes(signed(key))
    kept_case(desk)
    first = cases.add_reply(desk.console, "case-1", path).value.events[-1]
    assert first.file is not None
    assert first.file.dkim is not None
    assert first.file.dkim.result is DkimResult.NO_KEY
    again = cases.add_reply(desk.console, "case-1", path, dkim_key=record(key)).value
    file = again.events[-1].file
    assert file is not None
    assert file.dkim is not None
    assert file.dkim.result is DkimResult.FITS_SUPPLIED_KEY
    assert again.events[-1].of == first.id
    with pytest.raises(NoKeyRead):
        cases.add_reply(desk.console, "case-1", path, dkim_key="no key at all")


def test_a_key_in_the_file_is_told_as_one(desk: Desk, tmp_path: Path) -> None:
    key = rsa_key()
    path = tmp_path / "signed.eml"
    path.write_bytes(b"X-DKIM-Key: " + record(key).encode() + b"\r\n" + signed(key, MAIL))
    kept_case(desk)
    file = cases.add_reply(desk.console, "case-1", path).value.events[-1].file
    assert file is not None
    assert file.dkim is not None
    assert file.dkim.result is DkimResult.FITS_KEY_IN_FILE


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("r.pdf", b"%PDF-1.7\n...", "application/pdf"),
        ("r.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        ("r.txt", "Salt Lines is licensed – yes.".encode(), "text/plain"),
    ],
)
def test_other_kinds_of_replies_are_kept_as_they_are(
    desk: Desk, tmp_path: Path, name: str, body: bytes, kind: str
) -> None:
    kept_case(desk)
    path = tmp_path / name
    path.write_bytes(body)
    file = cases.add_reply(desk.console, "case-1", path).value.events[-1].file
    assert file is not None
    assert (file.media_type, file.dkim) == (kind, None)


def test_any_other_file_is_refused_unless_the_person_says_so(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    path = tmp_path / "mail.msg"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 4)
    with pytest.raises(NotACaseFile) as told:
        cases.add_reply(desk.console, "case-1", path)
    assert "save a mail as .eml" in told.value.sentence.lower()
    file = cases.add_reply(desk.console, "case-1", path, as_other=True).value.events[-1].file
    assert file is not None
    assert file.left_out == ("It is kept as it is, and was not opened.",)


def test_an_empty_file_or_none_at_all_is_told(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk)
    (tmp_path / "empty.eml").write_bytes(b"")
    for name in ("empty.eml", "nowhere.eml"):
        with pytest.raises(Problem):
            cases.add_reply(desk.console, "case-1", tmp_path / name)
    assert len(cases.show_case(desk.console, "case-1").case.events) == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            "Fri, 1 Jan 1999 10:00:00 +0000",
            "1 January 1999, which is before your letter",
        ),
        ("Fri, 1 Jan 2049 10:00:00 +0000", "1 January 2049, which is to come"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_nothing_follows_it(
    desk: Desk, tmp_path: Path, day: str, words: str
) -> None:
    kept_case(desk)
    later(desk, 4)
    event = cases.add_reply(desk.console, "case-1", a_mail(tmp_path, day=day)).value.events[-1]
    assert event.on == desk.console.today
    assert event.file is not None
    assert event.file.left_out[-1] == f"The mail says {words}; the day is the one on which it was added."
    assert cases.show_case(desk.console, "case-1").standing.since == desk.console.today


# Outcomes


def test_an_operators_answer_changes_what_the_work_shows_at_once(desk: Desk, tmp_path: Path) -> None:
    reply = answered(desk, tmp_path)
    assert where(desk) is InclusionState.NOTHING_REPORTED
    done = cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,), dataset=SET))
    assert done.changes == Changes.CASES | Changes.INCLUSIONS | Changes.WORKS
    assert where(desk) is InclusionState.IN_DATASET
    (place,) = inclusions.list_inclusions(desk.console, work=HARBOUR)
    assert place.grade is EvidenceGrade.OPERATOR_STATED
    assert (place.dataset, place.stated_by, place.as_of.isoformat()) == ("Nordic 3", "Harmonia", "2025-06-04")
    assert place.evidence.words == "Salt Lines is in our dataset Nordic 3."
    assert place.evidence.sha256
    assert waiting(desk) == []
    found = lineage(desk.console, HARBOUR)
    assert any(node.id == SET for node in found.nodes)


def test_the_grade_is_of_whoever_speaks_and_not_of_whom_the_case_is_with(desk: Desk, tmp_path: Path) -> None:
    reply = answered(desk, tmp_path)

    def grade(said_by: str) -> EvidenceGrade | None:
        words = said(works=(HARBOUR,), said_by=said_by)
        made = cases.record_outcome(desk.console, "case-1", reply, words).value.events[-1].outcome
        assert made is not None
        return made.grade

    assert grade("My cousin") is None
    assert where(desk) is InclusionState.NOTHING_REPORTED
    assert "what a person says" in cases.outcomes_told(desk.console, "case-1")[0].words
    label = replace(
        an_addressee(AddresseeKind.LABEL, "own-label"), name="Slow Fold", also_called=("Slowfold",)
    )
    cousin = replace(an_addressee(AddresseeKind.PERSON, "own-cousin"), name="Cousin Ines")
    private.put(desk.console.store, PrivateKind.ADDRESSEE, "", [label, cousin], desk.console.clock())
    assert grade("slowfold") is EvidenceGrade.LICENSOR_STATED
    assert grade("Cousin Ines") is None
    assert grade(" HARMONIA ") is EvidenceGrade.OPERATOR_STATED


def test_words_that_are_not_in_the_reply_are_kept_as_a_summary(desk: Desk, tmp_path: Path) -> None:
    reply = answered(desk, tmp_path)
    words = said(works=(HARBOUR,), words="They admit everything.", dataset=SET)
    made = cases.record_outcome(desk.console, "case-1", reply, words).value.events[-1].outcome
    assert made is not None
    assert (made.quoted, made.words) == (False, "They admit everything.")
    (place,) = inclusions.list_inclusions(desk.console, work=HARBOUR)
    assert place.evidence.words == ""
    assert "They admit everything." in place.evidence.checked_how
    quoted = cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,))).value.events[-1]
    assert quoted.outcome is not None
    assert quoted.outcome.quoted


def test_what_was_told_without_a_file_is_self_reported(desk: Desk) -> None:
    kept_case(desk, works=(HARBOUR,))
    made = cases.record_outcome(desk.console, "case-1", "", said(works=(HARBOUR,))).value.events[-1].outcome
    assert made is not None
    assert (made.grade, made.quoted) == (EvidenceGrade.SELF_REPORTED, False)
    assert "told without a file" in made.grade_why


def test_a_labels_answer_is_a_licensors_and_a_persons_stays_on_the_case(desk: Desk, tmp_path: Path) -> None:
    kept_case(desk, kind=AddresseeKind.LABEL, works=(HARBOUR,))
    reply = cases.add_reply(desk.console, "case-1", a_mail(tmp_path)).value.events[-1].id
    cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,), programme=PROGRAMME))
    (place,) = inclusions.list_inclusions(desk.console, work=HARBOUR)
    assert place.grade is EvidenceGrade.LICENSOR_STATED
    kept_case(desk, "case-2", kind=AddresseeKind.PERSON, works=(HARBOUR,))
    cases.record_outcome(desk.console, "case-2", "", said(works=(HARBOUR,)))
    assert len(inclusions.list_inclusions(desk.console, work=HARBOUR)) == 1
    (told,) = cases.outcomes_told(desk.console, "case-2")
    assert not told.applied
    assert "what a person says" in told.words


def test_what_an_operator_says_of_somebody_elses_place_is_inferred_and_the_sentence_says_why(
    desk: Desk, tmp_path: Path
) -> None:
    kept_case(desk, works=(HARBOUR,), addressee_name="Sketch Lab")
    other = replace(an_addressee(), name="Sketch Lab")
    private.put(desk.console.store, PrivateKind.ADDRESSEE, "", [other], desk.console.clock())
    reply = cases.add_reply(desk.console, "case-1", a_mail(tmp_path)).value.events[-1].id
    cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,), programme=PROGRAMME))
    (place,) = inclusions.list_inclusions(desk.console, work=HARBOUR)
    assert place.grade is EvidenceGrade.INFERRED
    assert "By the records Harmonia 2 is of Harmonia, not of Sketch Lab" in place.evidence.does_not_prove
    (told,) = cases.outcomes_told(desk.console, "case-1")
    assert "it counts as inferred" in told.words


def test_says_not_included_is_never_shown_as_not_included_by_itself(desk: Desk) -> None:
    kept_case(desk, works=(HARBOUR,))
    cases.record_outcome(
        desk.console, "case-1", "", said(OutcomeKind.SAYS_NOT_INCLUDED, (HARBOUR,), words="It is not there.")
    )
    (place,) = inclusions.list_inclusions(desk.console, work=HARBOUR)
    assert place.state is InclusionState.ATTESTED_ABSENT
    assert place.said.text.startswith("Harmonia says:")


def test_an_answer_that_names_a_programme_alone_is_told_with_its_name(desk: Desk, tmp_path: Path) -> None:
    decide(desk.console, [a_wish()])
    kept_case(desk, works=(HARBOUR,))
    later(desk, 2)
    mail = a_mail(tmp_path, day="Tue, 3 Jun 2025 10:00:00 +0200")
    reply = cases.add_reply(desk.console, "case-1", mail).value.events[-1].id
    cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,), programme=PROGRAMME))
    found = [f for f in attention.findings(desk.console, work=HARBOUR) if f.programme == PROGRAMME]
    words = [sentence.text for finding in found for sentence in finding.words]
    assert "Harmonia states, as of 3 June 2025, that it is in Harmonia 2." in words
    events = [event.words for event in timeline_of_work(desk.console, HARBOUR)]
    assert "In a dataset: Harmonia 2" in events
    (place,) = inclusions.list_inclusions(desk.console, work=HARBOUR)
    assert (place.programme_name, place.dataset, place.model) == ("Harmonia 2", "", "")


def test_an_outcome_is_put_right_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    reply = answered(desk, tmp_path)
    first = cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,))).value.events[-1].id
    right = said(OutcomeKind.SAYS_NOT_INCLUDED, (HARBOUR,))
    second = cases.record_outcome(desk.console, "case-1", first, right).value.events[-1].id
    assert where(desk) is InclusionState.ATTESTED_ABSENT
    cases.take_back(desk.console, "case-1", second, "the wrong case")
    assert where(desk) is InclusionState.NOTHING_REPORTED
    row = cases.show_case(desk.console, "case-1")
    assert row.standing.state is CaseState.ANSWERED
    assert len(row.case.events) == 5
    cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,)))
    cases.take_back(desk.console, "case-1", reply)
    assert where(desk) is InclusionState.NOTHING_REPORTED, "an outcome goes with its reply"
    put_back(desk.console, "case-1", reply)
    assert where(desk) is InclusionState.IN_DATASET, "and comes back with it"
    with pytest.raises(UnknownThing):
        put_back(desk.console, "case-1", reply)


def test_a_reply_about_a_work_that_left_the_catalogue_is_told_and_kept(desk: Desk, tmp_path: Path) -> None:
    gone = WorkId("left-the-catalogue")
    kept_case(desk, works=(HARBOUR, gone))
    cases.record_outcome(desk.console, "case-1", "", said(works=(HARBOUR, gone)))
    assert where(desk) is InclusionState.IN_DATASET
    told = {each.work: each for each in cases.outcomes_told(desk.console, "case-1")}
    assert (told[HARBOUR].applied, told[gone].applied) == (True, False)
    assert "no longer in the catalogue" in told[gone].words
    assert cases.show_case(desk.console, "case-1").work_titles == ("Harbour Lights",)


@pytest.mark.parametrize(
    "wrong",
    [
        said(words=" "),
        said(dataset=DatasetVersionId("unknown")),
        said(model=ModelVersionId("big")),
        said(OutcomeKind.SAYS_TRAINED, dataset=SET),
        said(OutcomeKind.SAYS_TRAINED, dataset=SET, model=ModelVersionId("big")),
        said(works=(WorkId("nobody-knows"),)),
    ],
)
def test_an_outcome_that_cannot_be_so_is_refused_whole(desk: Desk, wrong: object) -> None:
    kept_case(desk)
    with pytest.raises((InputProblem, UnknownThing)):
        cases.record_outcome(desk.console, "case-1", "", wrong)  # type: ignore[arg-type]
    assert len(cases.show_case(desk.console, "case-1").case.events) == 1


def test_what_was_said_stays_after_a_restart_and_after_everything_was_fetched_anew(
    desk: Desk, tmp_path: Path
) -> None:
    reply = answered(desk, tmp_path)
    cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,), dataset=SET))
    desk.console.store.close()
    for path in desk.profile.folder.root.glob("mirror.db*"):
        path.unlink()
    desk.console = desk.profile.console()
    desk.sync()
    assert where(desk) is InclusionState.IN_DATASET


def test_a_report_holds_what_was_said_and_nothing_else_of_the_case(desk: Desk, tmp_path: Path) -> None:
    reply = answered(desk, tmp_path)
    cases.add_note(desk.console, "case-1", "a private thought")
    cases.record_outcome(desk.console, "case-1", reply, said(works=(HARBOUR,), dataset=SET))
    path = tmp_path / "r.acreport"
    create(desk.console, path, MARA)
    inside = look_into(open_report(path))
    report = str((inside.tables, inside.content))
    assert "Salt Lines is in our dataset Nordic 3." in report
    assert "a private thought" not in report
    assert "I have not agreed" not in report


# Dates, notes, the list


def test_no_reply_waits_after_two_weeks_and_a_noted_date_when_it_has_passed(desk: Desk) -> None:
    kept_case(desk)
    cases.mark_sent(desk.console, "case-1", "case-1-letter", desk.console.today, SentBy.MAIL)
    later(desk, 13)
    assert waiting(desk) == []
    later(desk, 1)
    assert waiting(desk) == ["case/case-1"]
    cases.set_next(desk.console, "case-1", desk.console.today + timedelta(days=7))
    assert waiting(desk) == []
    later(desk, 8)
    assert waiting(desk) == ["case/case-1"]
    (item,) = [i for i in attention.waiting(desk.console) if i.kind is WaitingKind.CASE]
    assert item.title.text == "Overdue with Harmonia: Position to Harmonia"
    cases.close_case(desk.console, "case-1", "settled by phone")
    assert waiting(desk) == []


def test_the_list_has_the_overdue_first_and_the_closed_last(desk: Desk) -> None:
    for id in ("closed", "later", "overdue", "drafted"):
        kept_case(desk, id, title=f"The {id} one")
    today = desk.console.today
    for id, days in (("later", 20), ("overdue", 1)):
        cases.mark_sent(desk.console, id, f"{id}-letter", today, SentBy.MAIL)
        cases.set_next(desk.console, id, today + timedelta(days=days))
    cases.close_case(desk.console, "closed")
    later(desk, 3)
    order = [row.case.id for row in cases.list_cases(desk.console)]
    assert order == ["overdue", "later", "drafted", "closed"]
    assert [row.case.id for row in cases.list_cases(desk.console, state=CaseState.CLOSED)] == ["closed"]
    assert [row.case.id for row in cases.list_cases(desk.console, text="DRAFTED")] == ["drafted"]
    assert cases.list_cases(desk.console, artist=MARA, text="no such") == ()


def test_owner_note_closing_and_taking_up_are_events(desk: Desk) -> None:
    kept_case(desk)
    cases.set_owner(desk.console, "case-1", "  Ines  Roth ")
    cases.add_note(desk.console, "case-1", "call on Monday")
    cases.close_case(desk.console, "case-1")
    cases.reopen_case(desk.console, "case-1")
    case = cases.show_case(desk.console, "case-1").case
    assert case.owner == "Ines Roth"
    kinds = [event.kind for event in case.events[1:]]
    assert kinds == [EventKind.OWNER, EventKind.NOTE, EventKind.CLOSED, EventKind.REOPENED]
    assert all(event.who == "Mara" for event in case.events)
    with pytest.raises(InputProblem):
        cases.add_note(desk.console, "case-1", "   ")
    with pytest.raises(InputProblem):
        cases.set_next(desk.console, "case-1", desk.console.today - timedelta(days=1))
    with pytest.raises(UnknownCase):
        cases.show_case(desk.console, "nothing")


# Who may


def test_a_mandate_that_lets_one_see_lets_one_look_and_not_change(tmp_path: Path) -> None:
    with a_desk(tmp_path / "m", mandate_step(a_mandate()), owner=MANAGER) as desk:
        kept_case(desk)
        assert cases.show_case(desk.console, "case-1").artist_name == "Mara Quist"
        assert cases.why_not_change(desk.console, MARA) is not None
        with pytest.raises(MayOnlyLook) as told:
            cases.add_note(desk.console, "case-1", "hello")
        assert "does not let you write letters" in told.value.sentence
        assert len(cases.show_case(desk.console, "case-1").case.events) == 1


def test_a_mandate_that_lets_one_write_lets_one_change(tmp_path: Path) -> None:
    mandate = a_mandate(powers=(Power.SEE_WORKS, Power.WRITE_LETTERS))
    with a_desk(tmp_path / "m", mandate_step(mandate), owner=MANAGER) as desk:
        kept_case(desk)
        assert cases.why_not_change(desk.console, MARA) is None
        assert cases.add_note(desk.console, "case-1", "hello").value.events[-1].who == "Manager"
