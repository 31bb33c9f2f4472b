"""Cases over the small world: a letter that was sent with its proof, replies, and what follows from them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
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
from artist_console.domain.ids import WorkId
from artist_console.domain.letter_kinds import Capacity, Language, LetterKind
from artist_console.domain.letters import About, Letter
from artist_console.domain.parties import Standing
from artist_console.store import cases, private
from tests.backend.world import MARA, SALT, START
from tests.commands.desks import Desk

SENT_ON = date(2025, 5, 28)
PROOF = b"Received: by mail\r\nSubject: No consent\r\n\r\nThe letter.\r\n"
REPLY = b"From: rights@harmonia.example\r\nSubject: Re: No consent\r\n\r\nWe have it, and it is out.\r\n"


def a_letter(id: str = "l-1", works: tuple[WorkId, ...] = (SALT,), **more: Any) -> Letter:
    letter = Letter(
        id, MARA, LetterKind.POSITION, Capacity.ARTIST, Standing.WISH, Language.EN, "SE", "known/harmonia",
        "Harmonia", "rights@harmonia.example", ("Quay 1", "Sweden"), "No consent for “Salt Lines”",
        "Dear Harmonia,\n\nas far as I know you train on “Salt Lines” – 塩の線.\n\nMara Quist\n",
        "Mara Quist", "1", (), date(2025, 5, 1), START - timedelta(days=5), works,
    )  # fmt: skip
    return replace(letter, **more)


def seen(name: str, body: bytes, **more: Any) -> SeenFile:
    file = AttachedFile(hashlib.sha256(body).hexdigest(), name, len(body))
    return SeenFile(file, "message/rfc822" if name.endswith(".eml") else "application/octet-stream", **more)


def an_event(id: str, kind: EventKind, on: date = SENT_ON, **more: Any) -> CaseEvent:
    return CaseEvent(id, kind, on, START - timedelta(days=2), "a-mara", **more)


def a_case(
    id: str = "k-1",
    *events: CaseEvent,
    letters: tuple[Letter, ...] | None = None,
    works: tuple[WorkId, ...] = (SALT,),
    about: About | None = None,
) -> Case:
    """Drafted, and sent with a proof by mail; further events behind."""
    letters = (a_letter(f"l-{id}", works),) if letters is None else letters
    return Case(
        id, MARA, LetterKind.POSITION, "No consent for “Salt Lines”", "known/harmonia", "Harmonia", works,
        about or About(), letters,
        (
            an_event(f"{id}-1", EventKind.DRAFTED, letter=letters[0].id),
            an_event(
                f"{id}-2", EventKind.SENT, letter=letters[0].id, how=SentBy.MAIL, file=seen("sent.eml", PROOF)
            ),
            *events,
        ),
        START - timedelta(days=5),
    )  # fmt: skip


def a_reply(id: str = "e-3", body: bytes = REPLY, name: str = "Re: answer ü.eml", **more: Any) -> CaseEvent:
    file = seen(
        name, body, sender="rights@harmonia.example", subject="Re: No consent", sent_on=date(2025, 5, 30),
        text="We have it, and it is out.",
        dkim=Dkim(DkimResult.FITS_KEY_IN_FILE, "harmonia.example", "s1"),
    )  # fmt: skip
    return an_event(id, EventKind.REPLY, date(2025, 5, 30), file=file, **more)


def an_outcome(of: str = "e-3", id: str = "e-4") -> CaseEvent:
    said = Outcome(OutcomeKind.SAYS_REMOVED, "Harmonia", "it is out", (SALT,))
    return an_event(id, EventKind.OUTCOME, date(2025, 5, 31), of=of, outcome=said)


def keep_cases(desk: Desk, *kept: Case) -> None:
    """With the bytes of proofs and replies."""
    store = desk.console.store
    for name, body in (("sent.eml", PROOF), ("reply.eml", REPLY)):
        private.attach(store, name, body, START)
    cases.open_cases(store, kept, desk.console.clock(), desk.console.today)
