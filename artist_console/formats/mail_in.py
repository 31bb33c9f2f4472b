"""A mail that came as a file (.eml, RFC 5322 and MIME), read without trusting it.

The size is looked at first; then parts, nesting, lines and headers are counted while they are parsed, and
what is beyond a limit is left out with a sentence. Attachments are hashed and never opened; HTML gives its
words only; nothing is loaded from anywhere. A damaged mail gives what could be read of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage, Message
from email.parser import BytesFeedParser, BytesHeaderParser
from email.policy import EmailPolicy
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from .html_text import text_of_html
from .mail_words import decoded, shown, shown_line, turns_direction

MOST_BYTES = 25_000_000
MOST_LINES = 450_000  # a mail of that size in base64 has 330,000
MOST_PARTS = 100
MOST_DEPTH = 10
MOST_HEADER = 16_000  # signs of one header; References of a long talk have some thousand
MOST_HEADERS = 500  # of one part
MOST_TEXT = 1_000_000  # signs of text, before it is cut for showing
MOST_ADDRESSEES = 50
_MOST_IDS = 200

# What Python's parser of headers is known to raise on hostile ones, beside what it promises.
_TROUBLE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)
_ID = re.compile(r"<[^<>\s@]{1,300}@[^<>\s@]{1,300}>")
_ARCHIVES = frozenset({"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "iso", "cab", "jar"})
_PROGRAMS = frozenset(
    {"exe", "scr", "bat", "cmd", "com", "js", "vbs", "lnk", "msi", "ps1", "hta", "docm", "xlsm"}
)


class TooLargeMail(ValueError):
    """More bytes than are read of a mail."""


@dataclass(frozen=True, slots=True)
class MailPart:
    """An attachment, by name and hash; its bytes stay in the mail."""

    name: str
    media_type: str
    size: int  # bytes, decoded
    sha256: str


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What could be read. Everything in it is made fit to be shown as plain text."""

    message_id: str  # with its angle brackets; empty: none
    answers_to: tuple[str, ...]  # Message-IDs of In-Reply-To, then of References from the last
    sender_name: str
    sender: str  # address; empty: none
    to: tuple[str, ...]  # addresses of To and Cc
    subject: str
    sent_on: date | None  # as the mail says
    text: str
    attachments: tuple[MailPart, ...]
    attached_texts: tuple[str, ...]  # of attached text files and mails, for comparing
    left_out: tuple[str, ...]  # what was not read or is damaged, in sentences
    letters: tuple[str, ...] = ()  # ids of our letters that the mail itself names


@dataclass
class _Count:
    """What was met while parsing one mail."""

    parts: int = 0
    told: dict[str, None] = field(default_factory=dict)  # sentences, once each, in order

    def tell(self, sentence: str) -> None:
        self.told.setdefault(sentence)


class _Beyond(Exception):
    """A limit was met; what was parsed so far stands."""


class _Policy(EmailPolicy):
    """The default policy, with headers cut before anything looks into them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:200], value[:MOST_HEADER]


def read_mail(body: bytes) -> ReadMail:
    """Raises TooLargeMail; of anything else gives what could be read."""
    if len(body) > MOST_BYTES:
        raise TooLargeMail
    count = _Count()
    root = _parsed(body, count)
    texts: list[str] = []
    pages: list[str] = []
    attached: list[str] = []
    parts: list[MailPart] = []
    for part, forwarded in _leaves(root):
        _read_part(part, forwarded, count, texts, pages, attached, parts)
    text = _text(texts, pages, count)
    _tell_defects(root, count, bool(text or parts))
    return _with_headers(root, count, shown(text), parts, attached)


def _parsed(body: bytes, count: _Count) -> Message:
    if body.count(b"\n") > MOST_LINES:
        count.tell(f"It has more than {MOST_LINES:,} lines; only its head was read.")
        head = re.split(rb"\r?\n\r?\n", body[: MOST_HEADER * 10], maxsplit=1)[0]
        return BytesHeaderParser(policy=_Policy()).parsebytes(head)
    made: list[_Part] = []

    def make(policy: Any = None) -> _Part:
        count.parts += 1
        if count.parts > MOST_PARTS:
            count.tell(f"It has more than {MOST_PARTS} parts; the first ones were read.")
            raise _Beyond
        made.append(_Part(policy))
        made[-1].count = count
        return made[-1]

    parser = BytesFeedParser(make, policy=_Policy())
    # The library tries the maker once before it begins.
    made.clear()
    count.parts = 0
    try:
        parser.feed(body)
        return parser.close()
    except _Beyond:
        return made[0]
    except _TROUBLE:
        count.tell("It is damaged; only a part of it could be read.")
        return made[0] if made else EmailMessage()


class _Part(EmailMessage):
    """A part that knows how deep it lies."""

    depth = 0
    count: _Count

    def attach(self, payload: Any) -> None:
        payload.depth = self.depth + 1
        if payload.depth > MOST_DEPTH:
            self.count.tell(f"It nests more than {MOST_DEPTH} levels deep; what lies deeper was not read.")
            raise _Beyond
        super().attach(payload)


def _leaves(part: Message, forwarded: bool = False) -> Iterator[tuple[Message, bool]]:
    """The parts without parts, and whether each is of a mail inside of this one. The depth is bounded."""
    held = part.get_payload()
    if not isinstance(held, list):
        yield part, forwarded
        return
    inside = forwarded or part.get_content_maintype() == "message"
    for each in held:
        yield from _leaves(each, inside)


def _read_part(
    part: Message,
    forwarded: bool,
    count: _Count,
    texts: list[str],
    pages: list[str],
    attached: list[str],
    parts: list[MailPart],
) -> None:
    media_type, name, is_attached = _kind_of(part)
    try:
        body = part.get_payload(decode=True)
    except _TROUBLE:
        count.tell("The coding of a part is broken; it was not read.")
        return
    if not isinstance(body, bytes):
        body = b""
    is_text = media_type in ("text/plain", "text/html")
    if is_text and not (is_attached or forwarded):
        text, said = decoded(body[: MOST_TEXT * 4], _charset(part))
        if said and body:
            count.tell(said)
        (texts if media_type == "text/plain" else pages).append(text)
        return
    if media_type == "text/plain":
        attached.append(shown(decoded(body[: MOST_TEXT * 4], _charset(part))[0]))
    ending = name.rpartition(".")[2].lower()
    if ending in _ARCHIVES:
        count.tell(f"The archive {name} in it was not opened.")
    elif ending in _PROGRAMS:
        count.tell(f"{name} in it may be a program; it was not opened.")
    if name or (body and not (is_text and forwarded)):
        parts.append(MailPart(name, media_type, len(body), hashlib.sha256(body).hexdigest()))


def _kind_of(part: Message) -> tuple[str, str, bool]:
    """Media type, name of the file, and whether the part is an attachment."""
    try:
        media_type = shown_line(part.get_content_type(), 100)
        name = shown_line(str(part.get_filename() or ""), 200).replace("/", "_").replace("\\", "_")
        is_attached = part.get_content_disposition() == "attachment" or bool(name)
    except _TROUBLE:
        return "application/octet-stream", "", True
    return media_type, name, is_attached


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except _TROUBLE:
        return ""


def _text(texts: list[str], pages: list[str], count: _Count) -> str:
    """Plain text where there is some; else the words of the HTML."""
    text = "\n\n".join(each for each in texts if each.strip())
    if pages:
        read = [text_of_html(page) for page in pages]
        for sentence in dict.fromkeys(said for each in read for said in each.left_out):
            count.tell(sentence)
        if not text.strip():
            text = "\n\n".join(each.text for each in read)
            if text:
                count.tell("It came as HTML; its words are shown, without its looks.")
        elif sum(len(each.text) for each in read) > 2 * len(text) + 500:
            count.tell("It came as HTML too, with more words than are shown; see the mail itself.")
    if turns_direction(text):
        count.tell("It holds signs that turn the direction of writing; they were taken out.")
    if len(text) > MOST_TEXT:
        count.tell(f"Of its text only the first {MOST_TEXT:,} signs were read.")
    return text[:MOST_TEXT]


def _tell_defects(root: Message, count: _Count, has_body: bool) -> None:
    names = {type(defect).__name__ for part in root.walk() for defect in part.defects}
    if names & {
        "StartBoundaryNotFoundDefect",
        "CloseBoundaryNotFoundDefect",
        "MultipartInvariantViolationDefect",
    }:
        count.tell("It ends early or its parts are broken; there may be more than is shown.")
    if not has_body:
        count.tell("No text could be read in it.")


def _with_headers(
    root: Message, count: _Count, text: str, parts: list[MailPart], attached: list[str]
) -> ReadMail:
    if len(root.keys()) > MOST_HEADERS:
        count.tell(f"It has more than {MOST_HEADERS} headers; some were not looked at.")
    sender_name, sender = next(iter(_addresses(root, "from")), ("", ""))
    if not sender:
        count.tell("It names no sender.")
    elif len(_raw_all(root, "from")) > 1:
        count.tell("It names several senders (From); the first is shown.")
    day = _day(root)
    if day is None:
        count.tell("It bears no date that can be read.")
    subject = _header(root, "subject")
    if turns_direction(f"{subject}{sender_name}"):
        count.tell("Subject or sender hold signs that turn the direction of writing; they were taken out.")
    answered = [*_ids(root, "in-reply-to"), *reversed(_ids(root, "references"))]
    return ReadMail(
        message_id=next(iter(_ids(root, "message-id")), ""),
        answers_to=tuple(dict.fromkeys(answered))[:_MOST_IDS],
        sender_name=shown_line(sender_name, 200),
        sender=shown_line(sender, 320),
        to=tuple(shown_line(a, 320) for key in ("to", "cc") for _, a in _addresses(root, key)),
        subject=shown_line(subject, 500),
        sent_on=day,
        text=text,
        attachments=tuple(parts),
        attached_texts=tuple(attached),
        left_out=tuple(count.told),
        letters=tuple(_header(root, LETTERS_HEADER).split())[:_MOST_IDS],
    )


# A draft with several letters names them all, since its Message-ID can name one only.
LETTERS_HEADER = "x-artist-console-letters"


def _raw_all(root: Message, name: str) -> list[str]:
    """The values as they came, without the parser of headers."""
    return [str(value) for key, value in list(root.raw_items())[:MOST_HEADERS] if key.lower() == name]


def _header(root: Message, name: str) -> str:
    """One header with its encoded words read; as it came where that fails."""
    try:
        return str(root.get(name) or "")
    except _TROUBLE:
        return next(iter(_raw_all(root, name)), "")


def _addresses(root: Message, name: str) -> list[tuple[str, str]]:
    text = _header(root, name)
    try:
        found = getaddresses([text[:MOST_HEADER]])
    except _TROUBLE:
        return []
    return [(said, address) for said, address in found if "@" in address][:MOST_ADDRESSEES]


def _ids(root: Message, name: str) -> list[str]:
    return [found for value in _raw_all(root, name) for found in _ID.findall(value)][:_MOST_IDS]


def _day(root: Message) -> date | None:
    for value in _raw_all(root, "date"):
        try:
            return parsedate_to_datetime(value[:200]).date()
        except _TROUBLE:
            continue
    return None
