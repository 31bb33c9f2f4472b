"""Mail drafts as files, read back by the standard library's parser and by our own reader of mails."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.letters import letter_of_message, message_id
from artist_console.formats.mail_out import MailDraft, MailFile, NotAnAddress, mail_file

AT = datetime(2026, 11, 29, 10, tzinfo=UTC)
ID = message_id("0199-letter")
FIELDS = {
    "subject", "to", "date", "message-id", "x-unsent", "mime-version", "content-type",
    "content-transfer-encoding", "in-reply-to", "references",
}  # fmt: skip


def a_draft(**changed: object) -> MailDraft:
    values = {
        "message_id": ID,
        "to_name": "Harmonia",
        "to_email": "rights@example.org",
        "subject": "Mara Quist: position",
        "text": "Dear Sir or Madam,\n\nNo.\n",
        "at": AT,
    }
    return MailDraft(**{**values, **changed})  # type: ignore[arg-type]


def parsed(draft: MailDraft) -> EmailMessage:
    found = message_from_bytes(mail_file(draft), policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def test_a_draft_says_that_it_was_not_sent_and_names_no_sender() -> None:
    mail = parsed(a_draft())
    assert mail["X-Unsent"] == "1"
    assert mail["From"] is None
    assert mail["To"] == "Harmonia <rights@example.org>"
    assert letter_of_message(mail["Message-ID"]) == "0199-letter"
    assert mail["Date"].datetime == AT


def test_without_an_address_the_person_fills_in_to_whom() -> None:
    assert parsed(a_draft(to_email=""))["To"] is None


def test_a_follow_up_names_what_it_follows() -> None:
    mail = parsed(a_draft(references=(message_id("one"), message_id("two"))))
    assert mail["In-Reply-To"] == message_id("two")
    assert mail["References"].split() == [message_id("one"), message_id("two")]


def test_identifiers_stand_on_the_line_of_their_field() -> None:
    long = message_id("01a22612-94f3-7586-8255-9fa6853a331a")
    head = mail_file(a_draft(message_id=long, references=(long, long))).partition(b"\r\n\r\n")[0]
    for field in (b"Message-ID", b"In-Reply-To", b"References"):
        assert b"\r\n" + field + b": " + long.encode() in head


def test_files_go_along_with_their_names_and_types() -> None:
    files = (
        MailFile("Œuvres – Zoë “X”.csv", "text/csv", b"\xef\xbb\xbfTitle\r\n"),
        MailFile("森川.pdf", "application/pdf", b"%PDF-1.7"),
        MailFile("Receipt.jws", "application/jose", b"a.b.c"),
    )
    mail = parsed(a_draft(files=files))
    found = [
        (each.get_filename(), each.get_content_type(), each.get_payload(decode=True))
        for each in mail.iter_attachments()
    ]
    assert found == [(file.name, file.media_type, file.body) for file in files]
    assert b"filename*=" in mail_file(a_draft(files=files)), "RFC 2231 for names that are not ASCII"


def test_the_same_draft_gives_the_same_bytes() -> None:
    draft = a_draft(files=(MailFile("a.csv", "text/csv", b"1"),))
    assert mail_file(draft) == mail_file(draft)


@given(text=st.text())
def test_the_text_comes_back_as_it_was_written(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    body = mail_file(a_draft(text=whole))
    assert all(len(line) <= 998 for line in body.split(b"\r\n")), "RFC 5322, 2.1.1"
    read = parsed(a_draft(text=whole)).get_content()
    assert read.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") == lines.rstrip("\n")


@given(
    name=st.text(max_size=60), subject=st.text(max_size=60), file=st.text(min_size=1, max_size=60),
    line=st.sampled_from(["\r\nBcc: a@example.net", "\nX-Evil: 1\n\nbody", "\r", "\x00", "\u2028To: b@x.y"]),
)  # fmt: skip
def test_no_name_becomes_a_field_of_its_own(name: str, subject: str, file: str, line: str) -> None:
    draft = a_draft(
        to_name=name + line, subject=subject + line, files=(MailFile(file + line, "text/csv", b"1"),)
    )
    mail = parsed(draft)
    assert {field.lower() for field in mail.keys()} <= FIELDS  # noqa: SIM118
    assert [each.addr_spec for each in mail["To"].addresses] == ["rights@example.org"]
    assert len(list(mail.iter_attachments())) == 1
    assert mail.get_body().get_content().startswith("Dear Sir or Madam,")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "address",
    [
        "rights@example.org, other@example.net",
        "rights@example.org\r\nBcc: a@example.net",
        "rights",
        "@x.org",
        "a@",
        "a b@example.org",
        "<a@example.org>",
        '"a"@example.org',
        "a@b@example.org",
        "a@" + "x" * 260 + ".org",
    ],
)
def test_what_is_not_one_address_is_told(address: str) -> None:
    with pytest.raises(NotAnAddress):
        mail_file(a_draft(to_email=address))


def test_an_address_in_another_script_makes_a_mail_of_rfc_6532() -> None:
    body = mail_file(a_draft(to_email="droits@musée.example", to_name="Musée"))
    assert "droits@musée.example".encode() in body
