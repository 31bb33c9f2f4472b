"""A profile with a chosen number of works, made without a backend: what a sync would have left."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

from artist_console.commands.profiles import Outside, Profile, open_profile
from artist_console.domain.ids import FactId, PartyId, ProgrammeId, ReleaseId, TermsId, WorkId
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Release, ReleaseTrack, Work
from artist_console.formats import encoding
from artist_console.formats.accounts import Account, RosterArtist
from artist_console.formats.kinds import Kind
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys
from artist_console.store import profile as whose
from artist_console.store import projection, rows
from artist_console.store.opening import Part, Store
from artist_console.sync.api import Api

ARTIST, OPERATOR = PartyId("artist"), PartyId("operator")
PROGRAMME = ProgrammeId("programme")
RECORDED = Recorded(datetime(2024, 1, 1, tzinfo=UTC))
TRACKS = 10
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
    "sta",
    "tre",
]


def no_backend(database: Path, data_key: bytes, signing_key: bytes) -> NoReturn:
    raise AssertionError("nothing here talks to a backend")


def outside() -> Outside:
    return Outside(start_backend=no_backend, connect_to=Api)


def make_profile(root: Path, works: int) -> None:
    """Fill a new profile; the same works every time."""
    with open_profile(ProfileFolder(root), outside(), may_be_new=True, new_keys=NewKeys.FILE) as profile:
        store = profile.open_store()
        try:
            _fill(store, works)
            projection.refresh(store, datetime.now(UTC).date())
        finally:
            store.close()


def open_again(root: Path) -> Profile:
    return open_profile(ProfileFolder(root), outside(), may_be_new=False)


def _fill(store: Store, works: int) -> None:
    account = Account("account", "Somebody", [RosterArtist(ARTIST, "Somebody")], "this computer")
    whose.bind(store, account)
    with store.transaction(Part.MIRROR):
        rows.apply(store, ((kind, row.id, encoding.encode(row)) for kind, row in _rows(works)))


def _rows(works: int) -> Iterator[tuple[Kind, Any]]:
    chance = random.Random(1)
    yield Kind.PARTY, Party(ARTIST, "Somebody", PartyKind.PERSON, is_artist=True)
    yield (
        Kind.PARTY,
        Party(OPERATOR, "Operator", PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,)),
    )
    uses = (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)
    yield Kind.PROGRAMME, Programme(PROGRAMME, OPERATOR, "Programme", uses=uses)
    day = date(2024, 1, 1)
    yield Kind.TERMS, TermsVersion(TermsId("terms"), PROGRAMME, 1, "Text.", "00" * 32, day, day)
    for number in range(works):
        id = WorkId(f"work-{number:06}")
        title = " ".join(_word(chance) for _ in range(chance.randint(1, 4)))
        isrc = f"AA6Q7{number // 100_000:02}{number % 100_000:05}"
        yield Kind.WORK, Work(id, WorkKind.RECORDING, title, (ARTIST,), identifier=isrc)
        yield (
            Kind.STAKEHOLDER,
            Stakeholder(
                FactId(f"hold-{number:06}"), ARTIST, id, Right.MASTER, Standing.CONTROLS, RECORDED, 10_000
            ),
        )
    for number in range(0, works, TRACKS):
        tracks = tuple(
            ReleaseTrack(WorkId(f"work-{number + place:06}"), place + 1)
            for place in range(min(TRACKS, works - number))
        )
        yield (
            Kind.RELEASE,
            Release(ReleaseId(f"release-{number:06}"), _word(chance), (ARTIST,), tracks=tracks),
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
