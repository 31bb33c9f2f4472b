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
from typing import Any

from .html_text import text_of_html
from .letter_mark import marked_letter
from .mail_alternatives import DIFFERENT, both, say_the_same
from .mail_head import MOST_HEADER, TROUBLE, BoundedPolicy, read_head
from .mail_words import decoded, shown, shown_line, turns_direction

MOST_BYTES = 25_000_000
MOST_LINES = 450_000  # a mail of that size in base64 has 330,000
MOST_PARTS = 100
MOST_DEPTH = 10
MOST_TEXT = 1_000_000  # signs of text, before it is cut for showing

_MOST_NAMES = 10
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
class ForwardedMail:
    """A mail inside of a mail: what it says of itself, which nobody vouches for."""

    sender: str
    subject: str
    sent_on: date | None
    answers_to: tuple[str, ...]
    text: str

    @property
    def heading(self) -> str:
        of = self.sent_on.isoformat() if self.sent_on is not None else "no day that can be read"
        return f"— A mail inside, as it says from {self.sender or 'nobody'}, of {of}: {self.subject} —"


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
    letters: tuple[str, ...] = ()  # ids of our letters that the mail names, or attached PDFs bear
    key_texts: tuple[str, ...] = ()  # key records of signatures that came with it
    is_draft: bool = False  # it says that it was not sent (X-Unsent)
    forwarded: tuple[ForwardedMail, ...] = ()  # mails inside of it, as they lie there


@dataclass
class _Count:
    """What was met while parsing one mail."""

    parts: int = 0
    told: dict[str, None] = field(default_factory=dict)  # sentences, once each, in order

    def tell(self, sentence: str) -> None:
        self.told.setdefault(sentence)


class _Beyond(Exception):
    """A limit was met; what was parsed so far stands."""


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
    keys: list[str] = []
    letters: list[str] = []
    inside: dict[int, _Inside] = {}  # by where the mail inside lies in memory, in order
    for part, within in _leaves(root):
        if within is None:
            _read_part(part, False, count, texts, pages, attached, parts, keys, letters)
            continue
        held = inside.setdefault(id(within), _Inside(within))
        _read_part(part, True, count, held.texts, held.pages, attached, parts, keys, letters)
    text = _text(texts, pages, count)
    forwarded = tuple(_forwarded(held, count) for held in inside.values())
    attached += [each.text for each in forwarded if each.text.strip()]
    _tell_not_shown(parts, count)
    _tell_defects(root, count, bool(text or parts))
    head = read_head(root, count.tell)
    return ReadMail(
        message_id=head.message_id,
        answers_to=head.answers_to,
        sender_name=head.sender_name,
        sender=head.sender,
        to=head.to,
        subject=head.subject,
        sent_on=head.sent_on,
        text=shown(text),
        attachments=tuple(parts),
        attached_texts=tuple(attached),
        left_out=tuple(count.told),
        letters=tuple(dict.fromkeys((*head.letters, *letters))),
        key_texts=(*keys, *head.keys),
        is_draft=head.is_draft,
        forwarded=forwarded,
    )


def _parsed(body: bytes, count: _Count) -> Message:
    if body.count(b"\n") > MOST_LINES:
        count.tell(f"It has more than {MOST_LINES:,} lines; only its head was read.")
        head = re.split(rb"\r?\n\r?\n", body[: MOST_HEADER * 10], maxsplit=1)[0]
        return BytesHeaderParser(policy=BoundedPolicy()).parsebytes(head)
    made: list[_Part] = []

    def make(policy: Any = None) -> _Part:
        count.parts += 1
        if count.parts > MOST_PARTS:
            count.tell(f"It has more than {MOST_PARTS} parts; the first ones were read.")
            raise _Beyond
        made.append(_Part(policy))
        made[-1].count = count
        return made[-1]

    parser = BytesFeedParser(make, policy=BoundedPolicy())
    # The library tries the maker once before it begins.
    made.clear()
    count.parts = 0
    try:
        parser.feed(body)
        return parser.close()
    except _Beyond:
        return made[0]
    except TROUBLE:
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


@dataclass
class _Inside:
    """What was met of a mail inside of the mail."""

    root: Message
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


def _leaves(part: Message, within: Message | None = None) -> Iterator[tuple[Message, Message | None]]:
    """The parts without parts, each with the mail inside of this one that it is of. The depth is bounded."""
    if not part.is_multipart():
        yield part, within
        return
    is_mail = _kind_of(part)[0].startswith("message/")
    held = part.get_payload()
    assert isinstance(held, list), "that is what a part with parts holds"
    for each in held:
        if isinstance(each, Message):
            yield from _leaves(each, each if is_mail else within)


def _forwarded(held: _Inside, count: _Count) -> ForwardedMail:
    head = read_head(held.root, lambda _words: None)
    text = shown(_text(held.texts, held.pages, count))
    who = head.sender or head.sender_name or "nobody"
    if text.strip():
        count.tell(f"A mail is inside of it, as it says from {who}; its words stand below those of the mail.")
    else:
        count.tell(f"A mail is inside of it, as it says from {who}; no words of it could be read.")
    return ForwardedMail(head.sender, head.subject, head.sent_on, head.answers_to, text)


def _tell_not_shown(parts: list[MailPart], count: _Count) -> None:
    """Files that no sentence speaks of yet."""
    told = (*_ARCHIVES, *_PROGRAMS)
    names = [
        each.name or f"a part without a name ({each.media_type})"
        for each in parts
        if each.name.rpartition(".")[2].lower() not in told
    ]
    if names:
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        count.tell(f"Files in it that are not shown here: {', '.join(names[:_MOST_NAMES])}{more}.")


def _read_part(
    part: Message,
    forwarded: bool,
    count: _Count,
    texts: list[str],
    pages: list[str],
    attached: list[str],
    parts: list[MailPart],
    keys: list[str],
    letters: list[str],
) -> None:
    media_type, name, is_attached = _kind_of(part)
    try:
        body = part.get_payload(decode=True)
    except TROUBLE:
        count.tell("The coding of a part is broken; it was not read.")
        return
    if not isinstance(body, bytes):
        body = b""
    is_text = media_type in ("text/plain", "text/html")
    if is_text and not is_attached:
        text, said = decoded(body[: MOST_TEXT * 4], _charset(part))
        if said and body:
            count.tell(said)
        (texts if media_type == "text/plain" else pages).append(text)
        return
    if media_type == "text/plain":
        attached.append(shown(decoded(body[: MOST_TEXT * 4], _charset(part))[0]))
        if "domainkey" in name.lower():
            keys.append(attached[-1])
    ending = name.rpartition(".")[2].lower()
    if ending in _ARCHIVES:
        count.tell(f"The archive {name} in it was not opened.")
    elif ending in _PROGRAMS:
        count.tell(f"{name} in it may be a program; it was not opened.")
    marked = marked_letter(body)
    if marked:
        letters.append(marked)
    if name or body:
        parts.append(MailPart(name, media_type, len(body), hashlib.sha256(body).hexdigest()))


def _kind_of(part: Message) -> tuple[str, str, bool]:
    """Media type, name of the file, and whether the part is an attachment."""
    try:
        media_type = shown_line(part.get_content_type(), 100)
        name = shown_line(str(part.get_filename() or ""), 200).replace("/", "_").replace("\\", "_")
        is_attached = part.get_content_disposition() == "attachment" or bool(name)
    except TROUBLE:
        return "application/octet-stream", "", True
    return media_type, name, is_attached


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except TROUBLE:
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
        else:
            html = "\n\n".join(each.text for each in read)
            if html.strip() and not say_the_same(text, html):
                count.tell(DIFFERENT)
                text = both(text, html)
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
