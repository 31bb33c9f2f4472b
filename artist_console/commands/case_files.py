"""Files of cases: what is read of one that is dropped in, where it belongs, and the bytes given out again.

A mail is read under limits and its words are kept beside its bytes. PDF, PNG, JPEG and text are kept as
proof. Anything else is refused with a sentence, unless the person says that it is to be kept as it is: it is
never opened here, whatever it holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.domain.case_matching import FileRole, Incoming, Match, MatchedBy, Recognised, recognise
from artist_console.domain.cases import SeenFile
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.case_file_kinds import CaseFileKind, kind_of
from artist_console.formats.letter_mark import marked_letter
from artist_console.formats.mail_in import MOST_BYTES, ReadMail, read_mail
from artist_console.formats.mail_keys import Key, read_keys
from artist_console.formats.mail_signature import check
from artist_console.formats.mail_words import shown
from artist_console.host.files import read_bounded, write_atomic
from artist_console.store import cases as kept
from artist_console.store import private

__all__ = [
    "CaseFile",
    "CaseFileKind",
    "FileRole",
    "Match",
    "MatchedBy",
    "Recognised",
    "read_case_file",
    "recognise_file",
    "save_file",
    "texts_of",
]

MOST_SHOWN = 20_000  # signs of a text that are kept to be shown; the file holds the rest
_EARLIEST = date(1995, 1, 1)


class NotACaseFile(InputProblem):
    title_template = "{name} is no mail, PDF, picture (PNG, JPEG) or text"
    advice_template = "Save a mail as .eml, or say that the file is to be kept as it is"


class EmptyFile(InputProblem):
    title_template = "{name} is empty"
    advice_template = "Save it again where it came from"


class NoKeyRead(InputProblem):
    title_template = "No key was found in what was given for checking the signature"
    advice_template = "Give the text of the record as the name server has it: v=DKIM1; k=rsa; p=…"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file as it was read, before anything is kept."""

    body: bytes
    kind: CaseFileKind
    seen: SeenFile
    mail: ReadMail | None
    compared: Incoming

    def day(self, today: date) -> date | None:
        """The day that a mail names, where it can be one on which it was sent."""
        day = self.mail.sent_on if self.mail is not None else None
        return day if day is not None and _EARLIEST <= day <= today + timedelta(days=1) else None


def read_case_file(path: Path, dkim_key: str | None = None, *, as_other: bool = False) -> CaseFile:
    """Read a file for a case. `dkim_key`: a key record, or a text with several, for checking a mail.

    Raises FileProblem, NotACaseFile, EmptyFile, NoKeyRead.
    """
    body = read_bounded(path, MOST_BYTES)
    if not body:
        raise EmptyFile(name=path.name)
    kind = kind_of(body, path.name)
    if kind is CaseFileKind.OTHER and not as_other:
        raise NotACaseFile(name=path.name)
    keys = _keys(dkim_key)
    mail = read_mail(body) if kind is CaseFileKind.MAIL else None
    sha256 = hashlib.sha256(body).hexdigest()
    file = AttachedFile(sha256, path.name, len(body))
    seen = SeenFile(file, kind.value)
    if mail is not None:
        seen = _of_mail(seen, body, mail, keys)
    elif kind is CaseFileKind.TEXT:
        seen = _with_text(seen, shown(body.decode("utf-8-sig", "replace")))
    elif kind is CaseFileKind.PDF:
        seen = replace(seen, left_out=("It is kept as it is; its text was not read.",))
    elif kind is CaseFileKind.OTHER:
        seen = replace(seen, left_out=("It is kept as it is, and was not opened.",))
    compared = _compared(sha256, seen, mail)
    marked = marked_letter(body) if kind is CaseFileKind.PDF else ""
    return CaseFile(body, kind, seen, mail, replace(compared, letters=(marked,)) if marked else compared)


def recognise_file(console: Console, path: Path) -> Recognised:
    """To which case a file belongs and as what, or the cases it may belong to. Nothing is kept.

    Raises FileProblem, NotACaseFile, EmptyFile.
    """
    file = read_case_file(path)
    return recognise(kept.all(console.store), file.compared)


def attach(console: Console, file: CaseFile) -> None:
    """Keep the bytes; the same bytes are kept once, under their first name."""
    private.attach(console.store, file.seen.file.name, file.body, console.clock())


def save_file(console: Console, case: str, event: str, path: Path) -> Path:
    """Write a copy of the file of an event, byte for byte. It is not encrypted there. Raises UnknownThing."""
    known = kept.get(console.store, case)
    found = next((each for each in known.events if each.id == event), None) if known is not None else None
    body = (
        private.attached_bytes(console.store, found.file.file.sha256)
        if found is not None and found.file is not None
        else None
    )
    if body is None:
        raise UnknownThing("There is no file with that event of the case", "See: artist-console case show")
    write_atomic(path, body)
    return path


def texts_of(console: Console, seen: SeenFile) -> tuple[str, ...]:
    """The whole of what can be read of a kept file: its text, then the texts attached to a mail."""
    body = private.attached_bytes(console.store, seen.file.sha256)
    if body is None:
        return ()
    if seen.media_type == CaseFileKind.MAIL.value:
        mail = read_mail(body)
        return (mail.text, *mail.attached_texts)
    if seen.media_type == CaseFileKind.TEXT.value:
        return (shown(body.decode("utf-8-sig", "replace")),)
    return ()


def _keys(text: str | None) -> tuple[Key, ...]:
    if text is None or not text.strip():
        return ()
    keys = read_keys(text)
    if not keys:
        raise NoKeyRead
    return keys


def _of_mail(seen: SeenFile, body: bytes, mail: ReadMail, keys: tuple[Key, ...]) -> SeenFile:
    checked = check(body, keys, tuple(key for text in mail.key_texts for key in read_keys(text)))
    sender = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name and mail.sender else mail.sender
    draft = ("It says of itself that it was not sent: it is the draft.",) if mail.is_draft else ()
    found = replace(
        seen,
        sender=sender or mail.sender_name,
        subject=mail.subject,
        sent_on=mail.sent_on,
        dkim=checked.dkim,
        left_out=(*draft, *mail.left_out, *checked.told),
    )
    inside = "".join(f"\n\n{each.heading}\n\n{each.text}" for each in mail.forwarded)
    return _with_text(found, mail.text.rstrip() + inside if inside else mail.text)


def _with_text(seen: SeenFile, text: str) -> SeenFile:
    if len(text) <= MOST_SHOWN:
        return replace(seen, text=text)
    words = f"Only the first {MOST_SHOWN:,} signs of its text are shown; the file holds the rest."
    return replace(seen, text=text[:MOST_SHOWN], left_out=(*seen.left_out, words))


def _compared(sha256: str, seen: SeenFile, mail: ReadMail | None) -> Incoming:
    if mail is None:
        return Incoming(sha256, (seen.text,) if seen.text else (), is_mail=False)
    return Incoming(
        sha256,
        (mail.text, *mail.attached_texts),
        frozenset(part.sha256 for part in mail.attachments),
        mail.letters,
        mail.message_id,
        mail.answers_to,
        mail.sender,
        mail.to,
        mail.subject,
        is_draft=mail.is_draft,
        inside_answers_to=tuple(id for each in mail.forwarded for id in each.answers_to),
    )
