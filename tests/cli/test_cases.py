"""Cases by the command line: proof of sending, a reply that finds its case, an outcome the work shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from artist_console.domain.problems import Problem
from tests.backend.world import HARBOUR
from tests.cli.test_documentation import assert_same_fields, documented
from tests.cli.test_where import asked, said
from tests.commands.case_desk import a_mail, kept_case, later
from tests.commands.desks import Desk, a_desk
from tests.commands.listed_world import LISTS, SET
from tests.domain.case_world import TEXT
from tests.formats.signed_mail import record, rsa_key, signed


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=LISTS) as found:
        kept_case(found, works=(HARBOUR,))
        later(found, 4)
        yield found


def test_the_json_of_the_page_has_the_fields_of_the_answers(desk: Desk, tmp_path: Path) -> None:
    def check(command: str, *words: str) -> None:
        told = documented(command if command == "case list" else "case show")
        assert_same_fields(told, asked(desk, *command.split(), *words), command)

    check("case list")
    check("case add-reply", str(a_mail(tmp_path)))
    check("case outcome", "case-1", "says-included", "--words", "It is there.", "--dataset", "Nordic")
    check("case show", "case-1")


def test_a_case_goes_from_draft_to_evidence(desk: Desk, tmp_path: Path) -> None:
    assert "drafted" in said(desk, "case", "list")
    sent = a_mail(
        tmp_path, "sent.eml", text=TEXT, answers="", sender="mara@example.org", to="rights@harmonia.example"
    )
    (row,) = asked(desk, "case", "sent", "--file", str(sent))["cases"]
    assert (row["state"], row["since"]) == ("sent", "2025-06-04")
    told = asked(desk, "case", "add-reply", str(a_mail(tmp_path, day="Thu, 5 Jun 2025 09:00:00 +0000")))
    assert told["state"] == "answered"
    told = asked(
        desk,
        "case",
        "outcome",
        "case-1",
        "says-included",
        "--words",
        "Salt Lines is in our dataset Nordic 3.",
        "--dataset",
        "Nordic 3",
    )
    assert told["told"][0]["applied"] is True
    assert told["events"][-1]["outcome"]["dataset"] == SET
    (place,) = asked(desk, "inclusions", "list", "--work", "Harbour Lights")["inclusions"]
    assert (place["state"], place["grade"]) == ("in_dataset", "operator_stated")
    shown = said(desk, "case", "show", "case-1")
    assert "Harmonia says so, and the work shows it." in shown
    assert "I have not agreed" in shown


def test_of_several_replies_the_one_that_says_it_is_named(desk: Desk, tmp_path: Path) -> None:
    for name, text in (("a.eml", "Who are you?"), ("b.eml", "It is in Nordic 3.")):
        asked(desk, "case", "add-reply", str(a_mail(tmp_path, name, text=text)), "--case", "case-1")
    outcome = ("case", "outcome", "case-1", "says-included", "--words", "It is in Nordic 3.")
    with pytest.raises(Problem, match="This case has 2 replies") as told:
        asked(desk, *outcome)
    first = str(told.value.fields["replies"]).split()[0]
    assert "These words are not in the reply; they are kept as your summary." in said(
        desk, *outcome, "--of", first
    )
    found = asked(desk, *outcome, "--without-file")
    assert found["events"][-1]["outcome"]["grade"] == "self_reported"


def test_what_was_noted_by_mistake_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    said(desk, "case", "add-reply", str(a_mail(tmp_path)))
    told = asked(desk, "case", "outcome", "case-1", "says-included", "--words", "It is there.")
    assert told["told"][0]["applied"] is True
    reply = next(event["id"] for event in told["events"] if event["kind"] == "reply")
    told = asked(desk, "case", "take-back", "case-1", reply[-8:], "--note", "another case")
    assert told["told"] == []
    assert [event["counts"] for event in told["events"]] == [True, False, False, False]
    assert "put right or taken back later" in said(desk, "case", "show", "case-1")


def test_a_signature_is_checked_with_a_key_from_a_file(desk: Desk, tmp_path: Path) -> None:
    key = rsa_key()
    mail, keys = tmp_path / "signed.eml", tmp_path / "key.txt"
    mail.write_bytes(signed(key))
    keys.write_text(f'sel1._domainkey.harmonia.example. 300 IN TXT "{record(key)}"\n')
    told = asked(desk, "case", "add-reply", str(mail), "--case", "case-1", "--dkim-key-file", str(keys))
    dkim = told["events"][-1]["file"]["dkim"]
    assert dkim == {"result": "fits_supplied_key", "domain": "harmonia.example", "selector": "sel1"}


def test_dates_notes_closing_and_files(desk: Desk, tmp_path: Path) -> None:
    (row,) = asked(desk, "case", "next", "case-1", "--on", "2025-06-20")["cases"]
    assert (row["next_on"], row["noted"]) == ("2025-06-20", True)
    assert asked(desk, "case", "next", "case-1", "--none")["cases"][0]["noted"] is False
    assert (
        asked(desk, "case", "note", "case-1", "call them", "--owner", "Ines")["cases"][0]["owner"] == "Ines"
    )
    assert asked(desk, "case", "close", "case-1", "--note", "done")["cases"][0]["state"] == "closed"
    assert asked(desk, "case", "list", "--state", "drafted")["cases"] == []
    assert asked(desk, "case", "reopen", "case-1")["cases"][0]["state"] == "drafted"
    mail = a_mail(tmp_path)
    said(desk, "case", "add-reply", str(mail))
    said(desk, "case", "show", "case-1", "--files", str(tmp_path / "out"))
    (copy,) = (tmp_path / "out").iterdir()
    assert copy.read_bytes() == mail.read_bytes()
    with pytest.raises(Problem):
        said(desk, "case", "show", "case-1", "--files", str(tmp_path / "out"))


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", "no-such-case"),
        ("case", "sent"),
        ("case", "sent", "case-1", "--letter", "nothing"),
        ("case", "sent", "case-1", "--on", "2031-01-01"),
        ("case", "add-reply", "nowhere.eml"),
        ("case", "outcome", "case-1", "says-included"),
        ("case", "outcome", "case-1", "says-included", "--words", "x", "--dataset", "No such"),
        ("case", "next", "case-1", "--on", "2001-01-01"),
        ("case", "note", "case-1"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(desk: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises(Problem) as told:
        said(desk, *words)
    assert told.value.sentence.endswith(".")
    assert len(asked(desk, "case", "show", "case-1")["events"]) == 1


def test_a_reply_of_which_the_case_cannot_be_told_names_the_likely_ones(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        said(desk, "case", "add-reply", str(a_mail(tmp_path, answers="")))
    assert "likely: case-1" in told.value.sentence


def test_nothing_of_a_mail_reaches_the_terminal_as_more_than_text(desk: Desk, tmp_path: Path) -> None:
    said(desk, "case", "add-reply", str(a_mail(tmp_path, subject="Re: \x1b[31mred\x1b]0;title\x07")))
    shown = said(desk, "case", "show", "case-1")
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_reply_to_a_mail_with_several_letters_goes_to_those_named_or_to_every_case(
    desk: Desk, tmp_path: Path
) -> None:
    kept_case(desk, "case-2")
    heading = "X-Artist-Console-Letters: case-1-letter case-2-letter\r\nMessage-ID: <new@program.example>\r\n"
    sent = a_mail(tmp_path, "sent.eml", answers="", more=heading, sender="mara@example.org")
    said(desk, "case", "sent", "--file", str(sent))
    reply = str(a_mail(tmp_path, answers="", more="In-Reply-To: <new@program.example>\r\n"))
    with pytest.raises(Problem) as told:
        said(desk, "case", "add-reply", reply)
    assert "case-1, case-2" in told.value.sentence
    assert "--case" in told.value.sentence
    assert "--every" in told.value.sentence
    answered = asked(desk, "case", "add-reply", reply, "--every")["cases"]
    assert [(case["id"], case["events"][-1]["kind"]) for case in answered] == [
        ("case-1", "reply"),
        ("case-2", "reply"),
    ]
    for case in answered:
        assert_same_fields(documented("case show"), case, "case add-reply --every")
    other = str(a_mail(tmp_path, "other.eml", answers="", text="By post."))
    named = asked(desk, "case", "add-reply", other, "--case", "case-1", "--case", "case-2")["cases"]
    assert [len(case["events"]) for case in named] == [4, 4]


def test_the_words_of_a_reply_are_shown_up_to_forty_lines_and_obeyed_by_no_terminal(
    desk: Desk, tmp_path: Path
) -> None:
    lines = [
        "Salt Lines is in Nordic 3.",
        "\x1b[31mred\x1b]0;title\x07",
        *(f"line {n}" for n in range(3, 46)),
    ]
    said(desk, "case", "add-reply", str(a_mail(tmp_path, text="\r\n".join(lines))))
    shown = said(desk, "case", "show", "case-1")
    assert "\n  Salt Lines is in Nordic 3.\n" in shown
    assert "  line 40\n  and 5 more lines" in shown
    assert "line 41" not in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_reply_without_words_says_how_to_get_at_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.7\n...")
    shown = said(desk, "case", "add-reply", str(tmp_path / "r.pdf"), "--case", "case-1")
    assert "holds no words that were read" in shown
    assert "--files" in shown


def test_forty_eight_cases_are_a_line_each_that_fits_the_terminal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for number in range(2, 49):
        kept_case(desk, f"case-{number}", title="No consent to anything, and what my position is: Harmonia")
    heading, *lines = said(desk, "case", "list").splitlines()
    assert heading.split() == ["Case", "State", "Due", "To", "Artist", "About"]
    assert len(lines) == 48
    assert max(len(line) for line in lines) <= 80
    sent_on = desk.console.today.isoformat()
    said(desk, "case", "sent", "case-7", "--on", sent_on, "--how", "post")
    later(desk, 20)
    first = said(desk, "case", "list").splitlines()[1]
    assert first.startswith("…case-7")
    assert "6 days over" in first
