"""Mails that came as files: what is read of good ones, and that no bad one harms, hangs or hides anything."""

from __future__ import annotations

import base64
import io
import tracemalloc
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.letters import LETTERS_HEADER, message_id
from artist_console.formats.case_file_kinds import CaseFileKind, kind_of
from artist_console.formats.html_text import text_of_html
from artist_console.formats.mail_head import MOST_HEADER
from artist_console.formats.mail_in import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_LINES,
    MOST_PARTS,
    MOST_TEXT,
    ReadMail,
    TooLargeMail,
    read_mail,
)

HEAD = (
    b"From: Harmonia Rights <rights@harmonia.example>\r\n"
    b"To: Mara <mara@example.org>, Ines <ines@example.org>\r\n"
    b"Subject: Re: Our recordings\r\n"
    b"Date: Mon, 26 May 2025 23:30:00 -0700\r\n"
    b"Message-ID: <answer@harmonia.example>\r\n"
)


def mail(body: bytes = b"\r\nHello.\r\n", head: bytes = HEAD) -> ReadMail:
    return read_mail(head + body)


def left_out(found: ReadMail) -> str:
    return " ".join(found.left_out)


# Good mails


def test_a_plain_mail_gives_who_when_what_and_its_words() -> None:
    found = mail()
    assert (found.sender_name, found.sender) == ("Harmonia Rights", "rights@harmonia.example")
    assert found.to == ("mara@example.org", "ines@example.org")
    assert (found.subject, found.sent_on) == ("Re: Our recordings", date(2025, 5, 26))
    assert found.message_id == "<answer@harmonia.example>"
    assert found.text.strip() == "Hello."
    assert found.left_out == ()


def test_a_mail_of_the_library_with_files_is_read_and_the_files_are_hashed() -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "Ä <a@b.example>", "Größe ✓"
    made["In-Reply-To"] = message_id("letter-1")
    made["References"] = f"<first@x.example> {message_id('letter-1')}"
    made[LETTERS_HEADER] = "letter-1 letter-2"
    made.set_content("Wörter\n")
    made.add_alternative("<p>W&ouml;rter</p>", subtype="html")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a/b.pdf")
    found = read_mail(made.as_bytes())
    assert (found.sender_name, found.subject, found.text.strip()) == ("Ä", "Größe ✓", "Wörter")
    assert found.answers_to == (message_id("letter-1"), "<first@x.example>")
    assert found.letters == ("letter-1", "letter-2")
    (part,) = found.attachments
    assert (part.name, part.media_type, part.size) == ("a_b.pdf", "application/pdf", 8)


def test_a_mail_that_is_forwarded_inside_is_not_taken_for_the_mail_itself() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "liar@evil.example", "inner"
    inner.set_content("The words inside.\n")
    outer["From"] = "a@b.example"
    outer.set_content("See below.\n")
    outer.add_attachment(inner)
    found = read_mail(outer.as_bytes())
    assert (found.sender, found.text.strip()) == ("a@b.example", "See below.")
    assert any("The words inside." in text for text in found.attached_texts)


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_mail_inside_is_read_too_with_whose_it_is_and_what_it_answers(subtype: str) -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "Rights <rights@harmonia.example>", "Re: ours"
    inner["Date"], inner["In-Reply-To"] = "Mon, 26 May 2025 10:00:00 +0000", message_id("letter-1")
    inner.set_content("It is in our dataset.", subtype=subtype)
    outer["From"] = "a@b.example"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    found = read_mail(outer.as_bytes())
    (inside,) = found.forwarded
    assert inside.text.strip() == "It is in our dataset."
    assert inside.heading == (
        "— A mail inside, as it says from rights@harmonia.example, of 2025-05-26: Re: ours —"
    )
    assert (inside.answers_to, found.answers_to) == ((message_id("letter-1"),), ())
    assert "as it says from rights@harmonia.example" in left_out(found)


def test_files_in_it_that_are_not_read_are_named() -> None:
    made = EmailMessage()
    made.set_content("See the files.")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="answer.pdf")
    made.add_attachment("We have it.", filename="answer.txt")
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    said = left_out(read_mail(made.as_bytes()))
    assert "Files in it that are not shown here: answer.pdf, answer.txt." in said
    assert "The archive all.zip in it was not opened." in said


def test_plain_text_and_html_that_say_different_things_are_both_shown() -> None:
    made = EmailMessage()
    made.set_content("We do not hold it.")
    made.add_alternative("<p>We do <b>hold</b> it.</p>", subtype="html")
    found = read_mail(made.as_bytes())
    assert "We do not hold it." in found.text
    assert "We do hold it." in found.text
    assert "say different things; both are shown" in left_out(found)


def test_what_differs_only_by_looks_is_shown_once() -> None:
    made = EmailMessage()
    made.set_content("*We* hold it, see terms <https://harmonia.example/t>\n[image: Logo]\n")
    made.add_alternative(
        '<p><b>We</b> hold&nbsp;it, see <a href="https://harmonia.example/t">terms</a></p>', subtype="html"
    )
    found = read_mail(made.as_bytes())
    assert found.text.count("hold it") == 1
    assert "different things" not in left_out(found)


def test_keys_that_came_with_it_are_handed_on() -> None:
    made = EmailMessage()
    made["X-DKIM-Key"] = "v=DKIM1; p=AAAA"
    made.set_content("x")
    made.add_attachment("v=DKIM1; p=BBBB", filename="s1._domainkey.txt")
    assert [text.strip() for text in read_mail(made.as_bytes()).key_texts] == [
        "v=DKIM1; p=BBBB",
        "v=DKIM1; p=AAAA",
    ]


# Hostile mails


def test_more_bytes_than_are_read_are_refused_before_anything_is_parsed() -> None:
    with pytest.raises(TooLargeMail):
        read_mail(HEAD + b"x" * MOST_BYTES)


def test_thousands_of_parts_are_cut_and_the_first_are_read() -> None:
    body = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nhi\r\n" * 20_000
    found = mail(body)
    assert found.text.count("hi") <= MOST_PARTS
    assert f"more than {MOST_PARTS} parts" in left_out(found)
    assert found.subject == "Re: Our recordings"


def test_mails_nested_in_mails_end_at_a_depth() -> None:
    found = mail(b"Content-Type: message/rfc822\r\n\r\n" * 5_000 + b"deep")
    assert f"more than {MOST_DEPTH} levels" in left_out(found)


def test_multiparts_nested_in_multiparts_end_at_a_depth() -> None:
    body = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2_000)
    )
    assert f"more than {MOST_DEPTH} levels" in left_out(mail(body + b"\r\ndeep"))


def test_millions_of_lines_give_the_head_alone() -> None:
    found = mail(b"\r\n" + b"\n" * (MOST_LINES + 10))
    assert (found.sender, found.text) == ("rights@harmonia.example", "")
    assert "only its head was read" in left_out(found)


def test_base64_that_decodes_to_much_is_cut_for_reading() -> None:
    packed = base64.encodebytes(b"A" * 9_000_000)
    found = mail(b"Content-Transfer-Encoding: base64\r\n\r\n" + packed)
    assert len(found.text) == MOST_TEXT
    assert "only the first" in left_out(found)


def test_a_large_mail_takes_a_few_times_its_size_of_memory() -> None:
    body = HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"A" * 3_000_000)
    tracemalloc.start()
    read_mail(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 15 * len(body)


def test_an_archive_is_never_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(50_000_000))
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content("See the archive.")
    made.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="works.zip")
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="reply.pdf.exe")
    found = read_mail(made.as_bytes())
    assert [part.size for part in found.attachments] == [len(packed.getvalue()), 2]
    assert "works.zip in it was not opened" in left_out(found)
    assert "may be a program" in left_out(found)


def test_a_script_is_dropped_and_nothing_is_loaded_from_elsewhere() -> None:
    page = (
        b'<html><head><title>T</title><link rel="stylesheet" href="https://evil.example/x.css"></head>'
        b'<body onload="steal()"><p>Salt Lines is&nbsp;<b>not</b> included.</p><script>alert("no")</script>'
        b'<img src="https://evil.example/pixel.gif" alt="x"><style>p{}</style></body></html>'
    )
    found = mail(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page)
    assert found.text == "Salt Lines is not included."
    assert "it was not run" in left_out(found)
    assert "they were not loaded" in left_out(found)
    assert "its words are shown" in left_out(found)


def test_an_entity_that_names_a_file_gives_nothing_of_it() -> None:
    page = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
    found = mail(b"Content-Type: text/html\r\n\r\n" + page)
    assert "root:" not in found.text


def test_html_of_endless_depth_is_survived() -> None:
    assert text_of_html("<div>" * 300_000 + "deep").text in ("", "deep")


def test_plain_text_comes_before_html_and_what_html_says_more_is_told() -> None:
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content("Short.")
    made.add_alternative(f"<p>{'Quite other words. ' * 100}</p>", subtype="html")
    found = read_mail(made.as_bytes())
    assert found.text.startswith("Short.")
    assert "Quite other words." in found.text
    assert "both are shown" in left_out(found)


def test_signs_that_turn_the_writing_or_steer_a_terminal_are_taken_out() -> None:
    name = "=?utf-8?q?Harm=E2=80=AEonia?="
    head = f"From: {name} <a@b.example>\r\nSubject: =?utf-8?q?=1B[31mred=07?=\r\n".encode()
    found = read_mail(head + "\r\nYes\u202e!oN\u2066\x00\x1b[2J\u200b.\r\n".encode())
    assert found.sender_name == "Harmonia"
    assert not set(found.subject + found.text) & set("\x1b\x07\x00\u202e\u2066\u200b")
    assert "turn the direction" in left_out(found)


@pytest.mark.parametrize(
    "charset", ["x-none", "punycode", "idna", "zip", "unicode_escape", "utf-8", "\xff", ""]
)
def test_a_broken_character_set_is_read_as_well_as_can_be(charset: str) -> None:
    body = (
        f'Content-Type: text/plain; charset="{charset}"\r\n\r\n'.encode("latin-1")
        + b"Gr\xfc\xdfe \\u0041\r\n"
    )
    found = mail(body)
    assert "Gr" in found.text
    assert "\\u0041" in found.text
    assert found.left_out


def test_missing_headers_are_told() -> None:
    found = read_mail(b"\r\nwords\r\n")
    assert found.text.strip() == "words"
    assert "It names no sender." in found.left_out
    assert "It bears no date that can be read." in found.left_out
    assert read_mail(b"").text == ""


def test_a_mail_that_ends_early_gives_what_is_there() -> None:
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content("The first part.")
    made.add_attachment(bytes(5_000), maintype="application", subtype="pdf", filename="a.pdf")
    whole = made.as_bytes()
    found = read_mail(whole[: len(whole) - 2_000])
    assert found.text.strip() == "The first part."
    assert "ends early" in left_out(found)


def test_several_senders_are_told() -> None:
    found = read_mail(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\nx")
    assert found.sender == "a@b.example"
    assert "several senders" in left_out(found)


@pytest.mark.parametrize(
    "value",
    [
        b"(" * 20_000,
        b'"\\' * 10_000,
        b"a@b," * 8_000,
        b"=?utf-8?q?=41?= " * 2_000,
        b"=?punycode?b?QUFBQUFBQUFBQUFB?= " * 1_000,
        b"<" * 20_000,
        b"a:" * 10_000,
        b"a." * 10_000,
        b"[" * 20_000,
        b"\xff\xfe" * 9_000,
        b"a@[" * 6_000,
    ],
)
@pytest.mark.parametrize("name", [b"From", b"To", b"Subject", b"Message-ID", b"Content-Type", b"Date"])
def test_a_header_made_to_stumble_over_is_cut_and_the_rest_is_read(name: bytes, value: bytes) -> None:
    found = read_mail(name + b": " + value + b"\r\nX-A: b\r\n\r\nstill here\r\n")
    assert len(found.subject) <= MOST_HEADER
    if name != b"Content-Type":
        assert "still here" in found.text


def test_hundreds_of_thousands_of_headers_are_survived() -> None:
    found = mail(b"X-A: b\r\n" * 300_000 + b"\r\nx")
    assert found.text == "x"
    assert "more than 500 headers" in left_out(found)


def test_parameters_of_a_part_made_to_stumble_over_are_survived() -> None:
    found = mail(b"Content-Type: text/plain; " + b"a*0*=x; " * 5_000 + b"\r\n\r\nx")
    assert found.sender == "rights@harmonia.example"


@given(st.binary(max_size=3_000))
def test_any_bytes_give_something_that_can_be_shown(body: bytes) -> None:
    found = read_mail(body)
    shown = f"{found.subject}{found.sender}{found.sender_name}{found.text}{left_out(found)}"
    shown.encode()
    assert not set(shown) & set("\x00\x1b\u202e")


@given(st.data())
def test_any_byte_of_a_mail_may_be_another(data: st.DataObject) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "A <a@b.example>", "s"
    made.set_content("words\n")
    made.add_alternative("<p>words</p>", subtype="html")
    made.add_attachment(b"1,2", maintype="text", subtype="csv", filename="w.csv")
    body = bytearray(made.as_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    read_mail(bytes(body)).text.encode()


# Other kinds of files


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        (HEAD + b"\r\nx", "reply.eml", CaseFileKind.MAIL),
        (HEAD + b"\r\nx", "reply", CaseFileKind.MAIL),
        (b"From nobody Mon May 26\n" + HEAD + b"\r\nx", "box", CaseFileKind.MAIL),
        (b"%PDF-1.7\n", "a.txt", CaseFileKind.PDF),
        (b"\x89PNG\r\n\x1a\n....", "a.pdf", CaseFileKind.PNG),
        (b"\xff\xd8\xff\xe0....", "a", CaseFileKind.JPEG),
        ("Grüße".encode(), "a.txt", CaseFileKind.TEXT),
        (b"Subject: a note of my own\n\ntext", "note.txt", CaseFileKind.TEXT),
        (b"PK\x03\x04" + bytes(100), "reply.eml", CaseFileKind.OTHER),
        (b"\xd0\xcf\x11\xe0" + bytes(range(256)), "reply.msg", CaseFileKind.OTHER),
        (b"   \n", "a.txt", CaseFileKind.OTHER),
    ],
)
def test_the_kind_of_a_file_is_told_by_what_is_in_it(body: bytes, name: str, kind: CaseFileKind) -> None:
    assert kind_of(body, name) is kind
