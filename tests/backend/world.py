"""A small world for tests of the backend: two artists, a manager, one programme; a client over HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import requests

from artist_console.backend.authentication import new_token
from artist_console.backend.embedded import EmbeddedBackend, embed
from artist_console.backend.seed import GivenMandate, SeedAccount, Step, seed_open
from artist_console.backend.storage.hashes import sha256_of
from artist_console.domain.decisions import Decision, Pin
from artist_console.domain.ids import (
    AccountId,
    ActId,
    DecisionId,
    FactId,
    MandateId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    StatementId,
    TermsId,
    WorkId,
)
from artist_console.domain.inclusion import Asset, Basis, Evidence, InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.parties import OrganisationRole, Party, PartyKind
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    ANY_USE,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.statements import Line, LineKind, Statement, StatementSource
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Release, ReleaseTrack, Work
from artist_console.formats.encoding import decode, encode
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import PushBatch, PushItem, PushReply, digest_of

from .places import InFile, Place

DATA_KEY = bytes(range(32))
SIGNING_KEY = bytes(range(32, 64))
START = datetime(2025, 6, 1, 12, tzinfo=UTC)
NOTHING_SEEN = Pin()
DAY = timedelta(days=1)

MARA, OLA = PartyId("mara"), PartyId("ola")
OPERATOR = PartyId("harmonia")
MARA_ACCOUNT, OLA_ACCOUNT, MANAGER = AccountId("a-mara"), AccountId("a-ola"), AccountId("a-manager")
SALT, HARBOUR, OLAS = WorkId("salt-lines"), WorkId("harbour-lights"), WorkId("olas-song")
FERRY, OLAS_RELEASE = ReleaseId("night-ferry"), ReleaseId("olas-release")
PROGRAMME = ProgrammeId("harmonia-2")
TERMS = TermsId("terms-1")
TERMS_SHA256 = "ab" * 32
MARAS_STATEMENT, OLAS_STATEMENT = StatementId("st-mara"), StatementId("st-ola")
DECIDES, PROPOSES = MandateId("m-decides"), MandateId("m-proposes")


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


def inclusion(work: WorkId, id: str) -> InclusionStatement:
    return InclusionStatement(
        FactId(id),
        work,
        Asset.MASTER,
        InclusionState.IN_DATASET,
        date(2025, 5, 1),
        Basis.UNDECLARED,
        "Harmonia",
        EvidenceGrade.OPERATOR_STATED,
        Evidence("manifest.json"),
        Recorded(START - DAY),
    )


def statement(id: StatementId, payee: PartyId) -> Statement:
    return Statement(
        id,
        "Harmonia",
        payee,
        date(2025, 4, 1),
        date(2025, 4, 30),
        "EUR",
        2,
        None,
        StatementSource.API,
        date(2025, 5, 2),
        "cd" * 32,
    )


def line(statement: StatementId, number: int, work: WorkId) -> Line:
    return Line(
        statement, number, LineKind.FEE_TRAINING, Decimal("1.230000000001"), "EUR", date(2025, 4, 1), work
    )


ROWS: list[tuple[Kind, Any]] = [
    (Kind.PARTY, Party(MARA, "Mara Quist", PartyKind.PERSON, is_artist=True)),
    (Kind.PARTY, Party(OLA, "Ola Brandt", PartyKind.PERSON, is_artist=True)),
    (
        Kind.PARTY,
        Party(OPERATOR, "Harmonia", PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,)),
    ),
    (Kind.WORK, Work(SALT, WorkKind.RECORDING, "Salt Lines", (MARA,))),
    (Kind.WORK, Work(HARBOUR, WorkKind.RECORDING, "Harbour Lights", (MARA,))),
    (Kind.WORK, Work(OLAS, WorkKind.RECORDING, "Ola's Song", (OLA,))),
    (Kind.RELEASE, Release(FERRY, "Night Ferry", (MARA,), tracks=(ReleaseTrack(SALT, 1),))),
    (Kind.RELEASE, Release(OLAS_RELEASE, "Alone", (OLA,), tracks=(ReleaseTrack(OLAS, 1),))),
    (Kind.PROGRAMME, Programme(PROGRAMME, OPERATOR, "Harmonia 2", uses=tuple(Use))),
    (
        Kind.TERMS,
        TermsVersion(TERMS, PROGRAMME, 1, "Text.", TERMS_SHA256, date(2025, 1, 1), date(2024, 12, 1)),
    ),
    (Kind.INCLUSION, inclusion(SALT, "inc-mara")),
    (Kind.INCLUSION, inclusion(OLAS, "inc-ola")),
    (Kind.STATEMENT, statement(MARAS_STATEMENT, MARA)),
    (Kind.STATEMENT, statement(OLAS_STATEMENT, OLA)),
]
LINES = [
    line(id, number, work)
    for id, work in ((MARAS_STATEMENT, SALT), (OLAS_STATEMENT, OLAS))
    for number in (1, 2)
]
ACCOUNTS = (
    SeedAccount(MARA_ACCOUNT, "Mara", (MARA,)),
    SeedAccount(OLA_ACCOUNT, "Ola", (OLA,)),
    SeedAccount(MANAGER, "Manager"),
)


def a_mandate(
    id: MandateId = DECIDES,
    powers: tuple[Power, ...] = (Power.SEE_WORKS, Power.DECIDE),
    **more: Any,
) -> Mandate:
    return Mandate(id, MARA, MANAGER, powers, MandateEvidence.CONFIRMED_BY_ARTIST, date(2025, 1, 1), **more)


def mandate_step(mandate: Mandate) -> GivenMandate:
    return GivenMandate(MARA_ACCOUNT, START - DAY, mandate)


def work_subject(work: str) -> Subject:
    return Subject(SubjectKind.WORK, work)


_numbers = itertools.count(1)


def a_decision(
    stance: Stance = Stance.REFUSE,
    subject: Subject = ALL_MY_WORKS,
    use: UseScope = ANY_USE,
    programme: ProgrammeId | None = None,
    *,
    by: AccountId = MARA_ACCOUNT,
    artist: PartyId = MARA,
    act: str = "",
    base: DecisionId | None = None,
    seen: Pin = NOTHING_SEEN,
    id: str = "",
    **more: Any,
) -> Decision:
    number = next(_numbers)
    id = id or f"d-{number}"
    return Decision(
        DecisionId(id),
        Register(artist, subject, programme, use),
        stance,
        by,
        START,
        ActId(act or f"act-{number}"),
        base=base,
        seen=seen,
        **more,
    )


def an_allow(work: str = SALT, use: Use = Use.TRAIN_GENERATIVE, **more: Any) -> Decision:
    return a_decision(
        Stance.ALLOW,
        work_subject(work),
        UseScope.of(use),
        PROGRAMME,
        terms=more.pop("terms", TERMS),
        terms_sha256=more.pop("terms_sha256", TERMS_SHA256),
        **more,
    )


@dataclass
class Device:
    """A signed-in client: it speaks HTTP and keeps one stream."""

    base_url: str
    token: str
    stream: str
    session: requests.Session = field(default_factory=requests.Session)
    next_seq: int = 1

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return self.session.request(method, f"{self.base_url}/v1/{path}", headers=headers, timeout=60, **more)

    def get(self, path: str, **params: Any) -> Any:
        answer = self.ask("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, batch: PushBatch) -> requests.Response:
        return self.ask("POST", "push", data=encode(batch), headers={"Content-Type": "application/json"})

    def batch(self, *decisions: Decision, first: int | None = None, **more: Any) -> PushBatch:
        start = self.next_seq if first is None else first
        items = [PushItem(seq, digest_of(d), d) for seq, d in enumerate(decisions, start)]
        return PushBatch(self.stream, items, **more)

    def push(self, *decisions: Decision, **more: Any) -> PushReply:
        answer = self.send(self.batch(*decisions, **more))
        assert answer.status_code == 200, answer.text
        reply = decode(PushReply, answer.content)
        self.next_seq = reply.next_seq
        return reply

    def pin(self, artist: str = MARA) -> Pin:
        entries = self.get(f"ledger/{artist}")["items"]
        return Pin(entries[-1]["n"], entries[-1]["head"]) if entries else Pin()


@dataclass
class Backend:
    """A running embedded backend over the small world."""

    running: EmbeddedBackend
    clock: Clock
    place: Place
    devices: list[Device] = field(default_factory=list)
    known: dict[str, AccountId] = field(default_factory=dict)  # tokens by their hash, as the service has them

    def sign_in(self, account: AccountId, stream: str = "") -> Device:
        token = new_token()
        self.known[sha256_of(token)] = account
        self.running.service.fixed_tokens.update(self.known)
        stream = stream or f"stream-{account}-{len(self.devices)}"
        device = Device(self.running.base_url, token, stream)
        self.devices.append(device)
        return device

    def restart(self) -> None:
        self.running.stop()
        self.running = embed(self.place.open(), SIGNING_KEY, clock=self.clock)
        self.running.service.fixed_tokens.update(self.known)
        for device in self.devices:
            device.base_url = self.running.base_url


@contextmanager
def a_backend(place: Path | Place, *steps: Step, rows: list[tuple[Kind, Any]] = ROWS) -> Iterator[Backend]:
    """In a place of `places.py`, or in SQLite in a folder."""
    if isinstance(place, Path):
        place = InFile(place / "backend.db", DATA_KEY)
    seed_open(
        place.open(),
        SIGNING_KEY,
        rows=rows,
        accounts=ACCOUNTS,
        lines=LINES,
        steps=steps,
        owner=MARA_ACCOUNT,
    )
    clock = Clock()
    running = embed(place.open(), SIGNING_KEY, clock=clock)
    backend = Backend(running, clock, place)
    try:
        yield backend
    finally:
        backend.running.stop()
        for device in backend.devices:
            device.session.close()
