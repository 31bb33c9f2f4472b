"""The head of a mail: who wrote when to whom about what, each header cut and looked at by itself.

A header that makes the library stumble gives what stands in it, or nothing; the mail goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import Message
from email.policy import EmailPolicy
from email.utils import getaddresses, parsedate_to_datetime

from artist_console.domain.letters import LETTERS_HEADER

from .mail_words import shown, shown_line, turns_direction

MOST_HEADER = 16_000  # signs of one header; References of a long talk have some thousand
MOST_HEADERS = 500  # of one part
MOST_ADDRESSEES = 50
_MOST_IDS = 200

# What Python's parser of headers is known to raise on hostile ones, beside what it promises.
TROUBLE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)
_ID = re.compile(r"<[^<>\s@]{1,300}@[^<>\s@]{1,300}>")


@dataclass(frozen=True, slots=True)
class MailHead:
    message_id: str
    answers_to: tuple[str, ...]
    sender_name: str
    sender: str
    to: tuple[str, ...]
    subject: str
    sent_on: date | None
    letters: tuple[str, ...]
    keys: tuple[str, ...]
    is_draft: bool


class BoundedPolicy(EmailPolicy):
    """The default policy, with headers cut before anything looks into them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:200], value[:MOST_HEADER]


def read_head(root: Message, tell: Callable[[str], None]) -> MailHead:
    """What the headers say; `tell` takes sentences on what is missing or odd."""
    if len(root.keys()) > MOST_HEADERS:
        tell(f"It has more than {MOST_HEADERS} headers; some were not looked at.")
    sender_name, sender = next(iter(_addresses(root, "from")), ("", ""))
    if not sender:
        tell("It names no sender.")
    elif len(_raw_all(root, "from")) > 1:
        tell("It names several senders (From); the first is shown.")
    day = _day(root)
    if day is None:
        tell("It bears no date that can be read.")
    subject = _header(root, "subject")
    if turns_direction(f"{subject}{sender_name}"):
        tell("Subject or sender hold signs that turn the direction of writing; they were taken out.")
    answered = [*_ids(root, "in-reply-to"), *reversed(_ids(root, "references"))]
    return MailHead(
        message_id=next(iter(_ids(root, "message-id")), ""),
        answers_to=tuple(dict.fromkeys(answered))[:_MOST_IDS],
        sender_name=shown_line(sender_name, 200),
        sender=shown_line(sender, 320),
        to=tuple(shown_line(a, 320) for key in ("to", "cc") for _, a in _addresses(root, key)),
        subject=shown_line(subject, 500),
        sent_on=day,
        letters=tuple(_header(root, LETTERS_HEADER).split())[:_MOST_IDS],
        is_draft="1" in (value.strip() for value in _raw_all(root, "x-unsent")),
        keys=tuple(shown(value) for value in _raw_all(root, "x-dkim-key"))[:5],
    )


def _raw_all(root: Message, name: str) -> list[str]:
    """The values as they came, without the parser of headers."""
    items = list(root.raw_items())[:MOST_HEADERS]
    return [_as_text(str(value)) for key, value in items if key.lower() == name]


def _as_text(value: str) -> str:
    """The library has bytes that are no ASCII as halves of surrogate pairs, which nothing can keep."""
    try:
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # other halves
        return value.encode("utf-8", "replace").decode()


def _header(root: Message, name: str) -> str:
    """One header with its encoded words read; as it came where that fails."""
    try:
        return _as_text(str(root.get(name) or ""))
    except TROUBLE:
        return next(iter(_raw_all(root, name)), "")


def _addresses(root: Message, name: str) -> list[tuple[str, str]]:
    text = _header(root, name)
    try:
        found = getaddresses([text[:MOST_HEADER]])
    except TROUBLE:
        return []
    return [(said, address) for said, address in found if "@" in address][:MOST_ADDRESSEES]


def _ids(root: Message, name: str) -> list[str]:
    return [found for value in _raw_all(root, name) for found in _ID.findall(value)][:_MOST_IDS]


def _day(root: Message) -> date | None:
    for value in _raw_all(root, "date"):
        try:
            return parsedate_to_datetime(value[:200]).date()
        except TROUBLE:
            continue
    return None
