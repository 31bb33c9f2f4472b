"""Cases for tests: a letter to an operator, and the events that follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from artist_console.domain.cases import (
    Case,
    CaseEvent,
    Dkim,
    DkimResult,
    EventKind,
    Outcome,
    OutcomeKind,
    SeenFile,
    SentBy,
)
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.letter_kinds import Capacity, Language, LetterKind
from artist_console.domain.letters import About, Letter
from artist_console.domain.parties import Standing

WRITTEN = datetime(2025, 5, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MARA, SALT = PartyId("mara"), WorkId("salt-lines")
TEXT = (
    "Dear Sir or Madam,\n\nI perform on the recordings below. I have not agreed to any use of them for"
    " training."
    "\n\n– Salt Lines\n\nYours faithfully,\nMara Quist\n"
)


def a_letter(id: str = "letter-1", **more: Any) -> Letter:
    given: dict[str, Any] = {
        "artist": MARA, "kind": LetterKind.POSITION, "capacity": Capacity.ARTIST, "standing": Standing.WISH,
        "language": Language.EN, "country": "EU", "addressee": "known/harmonia", "to_name": "Harmonia",
        "to_email": "rights@harmonia.example", "to_postal": (), "subject": "Our recordings", "text": TEXT,
        "signed_by": "Mara Quist", "template_version": "1", "sources": (), "checked_on": date(2025, 4, 1),
        "written_at": WRITTEN, "works": (SALT,),
    }  # fmt: skip
    return Letter(id, **{**given, **more})


def a_case(
    *events: CaseEvent, id: str = "case-1", letters: tuple[Letter, ...] | None = None, **more: Any
) -> Case:
    given: dict[str, Any] = {
        "artist": MARA, "kind": LetterKind.POSITION, "title": "Position to Harmonia",
        "addressee": "known/harmonia", "addressee_name": "Harmonia", "works": (SALT,), "about": About(),
        "opened_at": WRITTEN,
    }  # fmt: skip
    return Case(id, letters=(a_letter(),) if letters is None else letters, events=events, **{**given, **more})


def an_event(
    id: str, kind: EventKind, day: int = 0, *, recorded: int | None = None, **more: Any
) -> CaseEvent:
    """`day`, `recorded`: days after the letter was written; recorded on the day itself where not said."""
    at = WRITTEN + (day if recorded is None else recorded) * DAY
    return CaseEvent(id, kind, (WRITTEN + day * DAY).date(), at, "Mara", **more)


def drafted(id: str = "e-drafted", day: int = 0, **more: Any) -> CaseEvent:
    return an_event(id, EventKind.DRAFTED, day, letter="letter-1", **more)


def sent(id: str = "e-sent", day: int = 1, **more: Any) -> CaseEvent:
    return an_event(id, EventKind.SENT, day, **{"letter": "letter-1", "how": SentBy.MAIL, **more})


def a_file(name: str = "reply.eml", dkim: DkimResult = DkimResult.NONE) -> SeenFile:
    return SeenFile(AttachedFile("ab" * 32, name, 12), "message/rfc822", dkim=Dkim(dkim, "harmonia.example"))


def reply(id: str = "e-reply", day: int = 10, **more: Any) -> CaseEvent:
    return an_event(id, EventKind.REPLY, day, **{"file": a_file(), **more})


def says(kind: OutcomeKind = OutcomeKind.SAYS_INCLUDED, **more: Any) -> Outcome:
    given: dict[str, Any] = {
        "words": "Salt Lines is in our dataset.", "works": (SALT,), "grade": EvidenceGrade.OPERATOR_STATED,
        "quoted": True,
    }  # fmt: skip
    return Outcome(kind, "Harmonia", **{**given, **more})


def outcome(id: str = "e-outcome", day: int = 11, of: str = "e-reply", **more: Any) -> CaseEvent:
    return an_event(id, EventKind.OUTCOME, day, of=of, **{"outcome": says(), **more})
