"""Mara's works in several standings, a group, whom one can write to, and what letters are about."""

from __future__ import annotations

from datetime import date
from typing import Any

from artist_console.commands.letters import Drafted, LetterWish, draft_letters
from artist_console.commands.paper import Paper
from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, ContactPurpose
from artist_console.domain.ids import AgreementId, FactId, PartyId, WorkId
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.domain.parties import Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Agreement, ApprovalClause, Control, Request, Silence
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.store import private
from artist_console.store.private import PrivateKind
from tests.backend.world import HARBOUR, MARA, OPERATOR, PROGRAMME, SALT, START, TERMS
from tests.commands.desks import Desk

SONG, DEMO, NORDIC = WorkId("salt-song"), WorkId("demo"), WorkId("nordic")
RECORDED = Recorded(START)
LABEL = PartyId("fieldnote")


def holds(work: str, right: Right, standing: Standing, **more: Any) -> tuple[Kind, Stakeholder]:
    id = FactId(f"{work}-{right.value}-{more.get('party', MARA)}")
    return Kind.STAKEHOLDER, Stakeholder(id, more.pop("party", MARA), work, right, standing, RECORDED, **more)


ROWS: list[tuple[Kind, Any]] = [
    (Kind.WORK, Work(SONG, WorkKind.COMPOSITION, "Salt Lines", (MARA,), identifier="T0345246801")),
    (Kind.WORK, Work(DEMO, WorkKind.RECORDING, "Demo", (MARA,), unreleased=True)),
    (Kind.WORK, Work(NORDIC, WorkKind.RECORDING, "Nordic", (MARA,), identifier="SEA1B2500001")),
    holds(SALT, Right.MASTER, Standing.CONTROLS),
    holds(HARBOUR, Right.MASTER, Standing.WISH),
    holds(DEMO, Right.MASTER, Standing.CONTROLS),
    holds(NORDIC, Right.MASTER, Standing.CONTROLS, territories=Territories(("NO", "SE"))),
    holds(SONG, Right.COMPOSITION, Standing.SHARES),
    (
        Kind.AGREEMENT,
        Agreement(
            AgreementId("default"),
            LABEL,
            PROGRAMME,
            (Use.TRAIN_GENERATIVE,),
            (Right.MASTER,),
            ApprovalClause.DEFAULT_AFTER_NOTICE,
            RECORDED,
            object_until=date(2025, 7, 1),
        ),
    ),
    (Kind.CONTROL, Control(FactId("licenses"), LABEL, SALT, Right.MASTER, 10_000, RECORDED)),
    (
        Kind.AGREEMENT,
        Agreement(
            AgreementId("of-others"),
            PartyId("another-label"),
            PROGRAMME,
            (Use.TRAIN_GENERATIVE,),
            (Right.MASTER,),
            ApprovalClause.DEFAULT_AFTER_NOTICE,
            RECORDED,
            object_until=date(2025, 6, 5),
        ),
    ),
    (
        Kind.REQUEST,
        Request(
            FactId("asks"),
            OPERATOR,
            PROGRAMME,
            TERMS,
            MARA,
            (SALT,),
            (Use.TRAIN_GENERATIVE,),
            START,
            Silence.NOTHING_ALLOWED,
            answer_by=date(2025, 8, 1),
        ),
    ),
]

OPERATOR_DESK = Addressee(
    "to-harmonia",
    "Harmonia",
    AddresseeKind.OPERATOR,
    "SE",
    contacts=(
        Contact(ContactPurpose.GENERAL, email="hello@example.org"),
        Contact(
            ContactPurpose.COPYRIGHT,
            email="rights@example.org",
            postal=("1 Quay", "111 22 Stockholm"),
            country="SE",
        ),
    ),
    own=True,
)
GERMAN_LABEL = Addressee("to-label", "Küstenklang", AddresseeKind.LABEL, "DE", Language.DE, own=True)
PUBLISHER = Addressee("to-publisher", "Versverlag", AddresseeKind.PUBLISHER, "CH", own=True)


def put_addressees(desk: Desk, *more: Addressee) -> None:
    items = [OPERATOR_DESK, GERMAN_LABEL, PUBLISHER, *more]
    private.put(desk.console.store, PrivateKind.ADDRESSEE, "", items, desk.console.clock())


def drafted(desk: Desk, kind: LetterKind = LetterKind.POSITION, **more: Any) -> Drafted:
    values: dict[str, Any] = {"artists": (MARA,), "addressees": (OPERATOR_DESK.id,), **more}
    return draft_letters(desk.console, LetterWish(kind, **values), draw)


def draw(paper: Paper) -> bytes:
    """In place of a PDF: the lines, so that a test can read them."""
    return "\n".join((paper.title, *(line.text for line in paper.lines))).encode()
