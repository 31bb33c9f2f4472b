"""Mail drafts as files (.eml), by RFC 5322 and 2045 with the standard library: a mail program sends them.

A draft names nobody as its sender and says by `X-Unsent: 1` that it was not sent. Its Message-ID is made by
whoever drafts, so that a reply leads back to the letter. The same values give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from artist_console.domain.letters import LETTERS_HEADER
from artist_console.domain.problems import InputProblem

LONGEST_ADDRESS = 254
# The library breaks before an identifier that makes a line of more than 78 signs, which is allowed; some mail
# programs take such a field for an empty one.
_FOLDED_ID = re.compile(rb"^(Message-ID|In-Reply-To|References):\r\n ", re.MULTILINE)
_LONGEST_NAME = 200
# A line of a header is folded by the library; without an end it would still make a mail that none opens.
_LONGEST_SUBJECT = 500


class NotAnAddress(InputProblem):
    title_template = "“{address}” is not one mail address"
    advice_template = (
        "Correct the contact of the addressee or the sender’s details, or save the letter as PDF"
    )


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that goes along. `media_type` as RFC 6838 writes it: text/csv."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class MailDraft:
    """One mail. `to_email` empty: the person fills in to whom."""

    message_id: str  # with its angle brackets
    to_name: str
    to_email: str
    subject: str
    text: str
    at: datetime
    files: tuple[MailFile, ...] = ()
    references: tuple[str, ...] = ()  # Message-IDs of what it follows up, oldest first
    reply_to: tuple[str, str] = ("", "")  # name and address to answer to; no address: whoever sends it
    letters: tuple[str, ...] = ()  # ids of all letters in it, where they are several


def mail_file(draft: MailDraft) -> bytes:
    """The file. Raises NotAnAddress."""
    plain = f"{draft.to_email}{draft.reply_to[1]}".isascii()
    made = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    made["Subject"] = _one_line(draft.subject)[:_LONGEST_SUBJECT]
    if draft.to_email:
        made["To"] = _address(draft.to_name, draft.to_email)
    if draft.reply_to[1]:
        made["Reply-To"] = _address(*draft.reply_to)
    made["Date"] = format_datetime(draft.at)
    made["Message-ID"] = _one_line(draft.message_id)
    if draft.references:
        made["In-Reply-To"] = _one_line(draft.references[-1])
        made["References"] = " ".join(map(_one_line, draft.references))
    made["X-Unsent"] = "1"
    if draft.letters:
        made[LETTERS_HEADER] = " ".join(map(_one_line, draft.letters))
    made.set_content(_encodable(draft.text), charset="utf-8", cte="quoted-printable")
    for file in draft.files:
        main, _, sub = file.media_type.partition("/")
        made.add_attachment(file.body, maintype=main, subtype=sub, filename=_one_line(file.name))
    if made.is_multipart():
        # The library would draw one by lot. None can know this one before the letter has its id.
        made.set_boundary(f"=_{hashlib.sha256(draft.message_id.encode()).hexdigest()[:40]}")
    head, end, body = made.as_bytes().partition(b"\r\n\r\n")
    return _FOLDED_ID.sub(rb"\1: ", head) + end + body


def _address(name: str, email: str) -> Address:
    """Raises NotAnAddress for anything that would add another addressee or field."""
    address = email.strip()
    local, at, domain = address.rpartition("@")
    plain = address.isprintable() and not set(address) & set(" \t,;<>\"'()[]\\:")
    if not (local and at and domain and plain and "@" not in local) or len(address) > LONGEST_ADDRESS:
        raise NotAnAddress(address=_one_line(address)[:LONGEST_ADDRESS])
    try:
        return Address(display_name=_one_line(name)[:_LONGEST_NAME], addr_spec=address)
    except (ValueError, HeaderParseError) as error:
        raise NotAnAddress(address=_one_line(address)[:LONGEST_ADDRESS]) from error


def _one_line(text: str) -> str:
    """Without line ends, by which a name could become a field of its own, and other signs that steer."""
    kept = "".join(sign if sign.isprintable() else " " for sign in _encodable(text))
    return " ".join(kept.split())


def _encodable(text: str) -> str:
    """Without halves of surrogate pairs, which no encoding takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
