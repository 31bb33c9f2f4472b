"""A desk with a case: a letter of Mara to Harmonia, an operator, kept today; and mails about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, ContactPurpose
from artist_console.domain.cases import Case, CaseEvent, EventKind, Outcome, OutcomeKind
from artist_console.domain.ids import WorkId
from artist_console.domain.letters import message_id
from artist_console.store import cases as kept
from artist_console.store import private, projection
from artist_console.store.private import PrivateKind
from tests.backend.world import MARA, SALT
from tests.commands.desks import Desk
from tests.domain.case_world import a_case, a_letter

HARMONIA = "known/harmonia"


def an_addressee(kind: AddresseeKind = AddresseeKind.OPERATOR, id: str = HARMONIA) -> Addressee:
    contact = Contact(ContactPurpose.COPYRIGHT, email="rights@harmonia.example")
    return Addressee(id, "Harmonia", kind, contacts=(contact,), own=True)


def kept_case(
    desk: Desk, id: str = "case-1", kind: AddresseeKind = AddresseeKind.OPERATOR, **more: Any
) -> Case:
    """A case as it stands when a letter has been drafted and kept."""
    now = desk.console.clock()
    private.put(desk.console.store, PrivateKind.ADDRESSEE, "", [an_addressee(kind)], now)
    letter = a_letter(f"{id}-letter", written_at=now, works=more.get("works", (SALT,)))
    drafted = CaseEvent(f"{id}-drafted", EventKind.DRAFTED, now.date(), now, "Mara", letter=letter.id)
    case = a_case(drafted, id=id, letters=(letter,), opened_at=now, artist=MARA, **more)
    kept.open_cases(desk.console.store, [case], now, now.date())
    return case


def later(desk: Desk, days: int) -> None:
    """Days pass, and the tables are looked at as they are on a new day."""
    desk.clock.now += timedelta(days=days)
    projection.refresh(desk.console.store, desk.console.today)


def a_mail(
    folder: Path,
    name: str = "reply.eml",
    *,
    text: str = "Salt Lines is in our dataset Nordic 3.",
    answers: str = "case-1-letter",
    more: str = "",
    sender: str = "Harmonia Rights <rights@harmonia.example>",
    day: str = "Wed, 4 Jun 2025 10:00:00 +0200",
    subject: str = "Re: Our recordings",
    to: str = "mara@example.org",
) -> Path:
    """A mail as a file; `answers`: id of the letter that it answers."""
    reply_to = f"In-Reply-To: {message_id(answers)}\r\n" if answers else ""
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {day}\r\n{reply_to}{more}"
    path = folder / name
    path.write_bytes(f"{head}\r\n{text}\r\n".encode())
    return path


def said(
    kind: OutcomeKind = OutcomeKind.SAYS_INCLUDED, works: tuple[WorkId, ...] = (SALT,), **more: Any
) -> Outcome:
    words = more.pop("words", "Salt Lines is in our dataset Nordic 3.")
    return Outcome(kind, more.pop("said_by", ""), words, works, **more)
