"""Rows and decisions for tests of the store: a roster of invented artists with works on releases."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import (
    AccountId,
    ActId,
    ArtistId,
    DecisionId,
    FactId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    TermsId,
    WorkId,
)
from artist_console.domain.inclusion import Asset, Basis, DatasetVersion, Evidence, InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
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
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work
from artist_console.formats import accounts, encoding, ledger_proof
from artist_console.formats.kinds import Kind
from artist_console.store import profile, rows
from artist_console.store.opening import Part, Store

TODAY = date(2025, 11, 18)
NOW = datetime(2025, 11, 18, 12, tzinfo=UTC)
KNOWN = Recorded(datetime(2024, 1, 1, tzinfo=UTC))
ACCOUNT = AccountId("account-1")
OPERATOR = PartyId("harmonia")
PROGRAMME = ProgrammeId("harmonia-2")
TERMS = TermsId("terms-1")
DATASET = "lists-1"

Pair = tuple[Kind, Any]


def row_id(kind: Kind, row: Any) -> str:
    return f"{row.artist}/{row.n}" if kind in (Kind.ENTRY, Kind.RECEIPT) else str(row.id)


def hear(store: Store, pairs: Iterable[Pair], gone: Iterable[tuple[Kind, str]] = ()) -> None:
    """Put rows into the mirror as a sync round does."""
    received: list[rows.Received] = [(kind, row_id(kind, row), encoding.encode(row)) for kind, row in pairs]
    received += [(kind, id, None) for kind, id in gone]
    with store.transaction(Part.MIRROR):
        rows.apply(store, received)


def sign_in(store: Store, artists: Iterable[ArtistId], account: str = ACCOUNT) -> None:
    profile.bind(
        store,
        accounts.Account(
            id=account,
            name="Ines Vale",
            artists=[accounts.RosterArtist(artist=artist, name=artist.title()) for artist in artists],
            host="this computer",
        ),
    )


def artist_id(number: int) -> ArtistId:
    return ArtistId(f"artist-{number:02}")


def work_id(artist: int, number: int) -> WorkId:
    return WorkId(f"work-{artist:02}-{number:05}")


def release_id(artist: int, number: int) -> ReleaseId:
    return ReleaseId(f"release-{artist:02}-{number:03}")


NAMES = ("Mara Lindqvist", "Óscar Ferré", "Die Nachtfähre", "Tove Öst", "Anjali Rao", "Jun Kōda", "Nia Bell")
TITLES = (
    "Salt Lines",
    "Harbour Lights",
    "Überfahrt",
    "Glass Weather",
    "Ōkami",
    "Slow Engine",
    "Low Tide",
    "Café",
)


def programme_rows() -> list[Pair]:
    uses = (Use.TRAIN_GENERATIVE, Use.GEN_COVER, Use.GEN_STEMS)
    terms = TermsVersion(TERMS, PROGRAMME, 1, "Terms", "0" * 64, date(2025, 1, 1), date(2024, 12, 1))
    operator = Party(OPERATOR, "Harmonia Lab", PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,))
    return [
        (Kind.PARTY, operator),
        (Kind.PROGRAMME, Programme(PROGRAMME, OPERATOR, "Harmonia 2", uses=uses)),
        (Kind.TERMS, terms),
        (Kind.DATASET, DatasetVersion(id=DATASET, name="Open Songs", public=True)),  # type: ignore[arg-type]
    ]


def artist_rows(artist: int, works: int, first: int = 0) -> list[Pair]:
    """An artist, recordings that the artist controls, one song of each tenth, and a release of every ten."""
    id = artist_id(artist)
    pairs: list[Pair] = [
        (Kind.PARTY, Party(id, NAMES[artist % len(NAMES)], PartyKind.PERSON, is_artist=True))
    ]
    for number in range(first, first + works):
        pairs += work_rows(artist, number)
    for start in range(first, first + works, 10):
        tracks = tuple(
            ReleaseTrack(work_id(artist, number), number - start + 1)
            for number in range(start, min(start + 10, first + works))
        )
        release = Release(
            release_id(artist, start // 10),
            f"Night Ferry {start // 10}",
            (id,),
            label="Fieldnote" if start % 20 else "Own label",
            released_on=date(2001 + start // 10 % 24, 3, 1),
            tracks=tracks,
        )
        pairs.append((Kind.RELEASE, release))
    return pairs


def work_rows(artist: int, number: int) -> list[Pair]:
    id, owner = work_id(artist, number), artist_id(artist)
    recording = Work(
        id,
        WorkKind.RECORDING,
        f"{TITLES[number % len(TITLES)]} {number}",
        (owner,),
        identifier="" if number % 7 == 3 else f"SEABC25{number % 100_000:05}",
    )
    pairs: list[Pair] = []
    if number % 10 == 0:
        song = WorkId(f"song-{artist:02}-{number:05}")
        pairs.append((Kind.WORK, Work(song, WorkKind.COMPOSITION, recording.title, (owner,))))
        recording = replace(recording, relations=(Relation(RelationKind.EMBODIES, song),))
    pairs.append((Kind.WORK, recording))
    for right in (Right.MASTER, Right.COMPOSITION):
        fact = FactId(f"stake-{id}-{right.value}")
        pairs.append(
            (Kind.STAKEHOLDER, Stakeholder(fact, owner, id, right, Standing.CONTROLS, KNOWN, 10_000))
        )
    return pairs


def listed(work: WorkId, number: int = 1) -> InclusionStatement:
    return InclusionStatement(
        FactId(f"listed-{work}-{number}"),
        work,
        Asset.MASTER,
        InclusionState.SUSPECTED,
        date(2025, 6, 1),
        Basis.UNDECLARED,
        "Open Songs",
        EvidenceGrade.PUBLIC_DATASET,
        Evidence("open-songs.csv", row=7),
        Recorded(datetime(2025, 6, 2, tzinfo=UTC)),
        dataset=DATASET,  # type: ignore[arg-type]
        programme=PROGRAMME,
    )


def fill(store: Store, artists: int = 2, works: int = 20) -> None:
    sign_in(store, [artist_id(number) for number in range(artists)])
    hear(store, programme_rows() + [p for number in range(artists) for p in artist_rows(number, works)])


def decide(
    stance: Stance = Stance.REFUSE,
    subject: Subject = ALL_MY_WORKS,
    artist: ArtistId | None = None,
    *,
    use: Use | None = None,
    programme: ProgrammeId | None = None,
    act: str = "",
    minute: int = 0,
    base: str | None = None,
) -> Decision:
    """One decision; an allow is about one cell of the programme."""
    if stance is Stance.ALLOW:
        use, programme = use or Use.TRAIN_GENERATIVE, PROGRAMME
    scope = ANY_USE if use is None else UseScope.of(use)
    id = uuid.uuid4().hex
    return Decision(
        DecisionId(id),
        Register(artist or artist_id(0), subject, programme, scope),
        stance,
        ACCOUNT,
        NOW + timedelta(minutes=minute),
        ActId(act or f"act-{id}"),
        terms=TERMS if stance is Stance.ALLOW else None,
        terms_sha256="0" * 64 if stance is Stance.ALLOW else "",
        base=DecisionId(base) if base else None,
    )


def on_work(artist: int, number: int) -> Subject:
    return Subject(SubjectKind.WORK, work_id(artist, number))


def entries(decisions: Iterable[Decision], after: LedgerEntry | None = None) -> list[LedgerEntry]:
    """The ledger entries that record decisions of one artist, with their heads."""
    made = []
    n, head = (after.n, after.head) if after else (0, "")
    for decision in decisions:
        n += 1
        entry = LedgerEntry(
            decision.register.artist, n, "", EntryKind.DECISION, NOW, decision.made_by, decision
        )
        head = ledger_proof.next_head(head, entry)
        made.append(replace(entry, head=head))
    return made
