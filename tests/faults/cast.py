"""Who and what there is in the world without sockets: two artists, two managers, four works, two programmes.

Small on purpose: what is decided on few registers meets often.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from artist_console.backend.seed import SeedAccount
from artist_console.domain.decisions import Cell, ReleaseMembership
from artist_console.domain.ids import (
    AccountId,
    FactId,
    MandateId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    TermsId,
    WorkId,
)
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    ANY_USE,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Release, ReleaseTrack, Work
from artist_console.formats.kinds import Kind

START = datetime(2025, 6, 1, 12, tzinfo=UTC)
DATA_KEY, SIGNING_KEY, MIRROR_KEY = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))

MARA, OLA, OPERATOR = PartyId("mara"), PartyId("ola"), PartyId("harmonia")
ARTISTS = (MARA, OLA)
A_MARA, A_OLA = AccountId("a-mara"), AccountId("a-ola")
A_MANAGER, A_AGENT = AccountId("a-manager"), AccountId("a-agent")
ACCOUNTS = (A_MARA, A_OLA, A_MANAGER, A_AGENT)
OWNER_OF = {MARA: A_MARA, OLA: A_OLA}

SALT, HARBOUR = WorkId("salt-lines"), WorkId("harbour-lights")
OLAS, DUET = WorkId("olas-song"), WorkId("duet")
WORKS_OF = {MARA: (SALT, HARBOUR, DUET), OLA: (OLAS, DUET)}
FERRY, ALONE = ReleaseId("night-ferry"), ReleaseId("alone")
TRACKS = {FERRY: (SALT, DUET), ALONE: (OLAS,)}
RELEASES_OF = {MARA: (FERRY,), OLA: (ALONE,)}

PROGRAMMES = (ProgrammeId("harmonia-1"), ProgrammeId("harmonia-2"))
KEYS = (Use.TRAIN_GENERATIVE, Use.TRAIN_FINETUNE, Use.GEN_COVER, Use.GEN_VOICE)
PLAIN_KEYS = KEYS[:3]  # GEN_VOICE is sensitive
FAMILIES = (Family.TRAINING, Family.GENERATION, Family.VOICE_LIKENESS)

DECIDES, PROPOSES = MandateId("m-decides"), MandateId("m-proposes")
_KNOWN = Recorded(datetime(2024, 1, 1, tzinfo=UTC))


def terms_of(programme: ProgrammeId, number: int, effective: date, announced: date) -> TermsVersion:
    return TermsVersion(
        TermsId(f"terms-{programme}-{number}"),
        programme,
        number,
        f"Terms {number}.",
        f"{number:02x}" * 32,
        effective,
        announced,
    )


def a_mandate(
    id: str, artist: PartyId, holder: AccountId, power: Power, given_on: date, **limits: Any
) -> Mandate:
    return Mandate(
        MandateId(id),
        artist,
        holder,
        (Power.SEE_WORKS, power),
        MandateEvidence.CONFIRMED_BY_ARTIST,
        given_on,
        **limits,
    )


def _stakes(work: WorkId, artist: PartyId) -> list[tuple[Kind, Any]]:
    return [
        (
            Kind.STAKEHOLDER,
            Stakeholder(
                FactId(f"stake-{work}-{artist}-{right.value}"),
                artist,
                work,
                right,
                Standing.CONTROLS,
                _KNOWN,
                10_000,
            ),
        )
        for right in (Right.MASTER, Right.COMPOSITION)
    ]


def _rows() -> list[tuple[Kind, Any]]:
    operator = Party(OPERATOR, "Harmonia Lab", PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,))
    found: list[tuple[Kind, Any]] = [
        (Kind.PARTY, Party(MARA, "Mara Quist", PartyKind.PERSON, is_artist=True)),
        (Kind.PARTY, Party(OLA, "Ola Brandt", PartyKind.PERSON, is_artist=True)),
        (Kind.PARTY, operator),
        (Kind.WORK, Work(SALT, WorkKind.RECORDING, "Salt Lines", (MARA,))),
        (Kind.WORK, Work(HARBOUR, WorkKind.RECORDING, "Harbour Lights", (MARA,))),
        (Kind.WORK, Work(OLAS, WorkKind.RECORDING, "Ola's Song", (OLA,))),
        (Kind.WORK, Work(DUET, WorkKind.RECORDING, "Two Voices", (MARA, OLA))),
    ]
    for artist, releases in RELEASES_OF.items():
        for id in releases:
            tracks = tuple(ReleaseTrack(work, n) for n, work in enumerate(TRACKS[id], 1))
            found.append((Kind.RELEASE, Release(id, id.title(), (artist,), tracks=tracks)))
    for artist, works in WORKS_OF.items():
        for work in works:
            found += _stakes(work, artist)
    for programme in PROGRAMMES:
        found.append((Kind.PROGRAMME, Programme(programme, OPERATOR, programme.title(), uses=KEYS)))
        found.append((Kind.TERMS, terms_of(programme, 1, date(2025, 1, 1), date(2024, 12, 1))))
    return found


ROWS = tuple(_rows())
SEEDED = (
    SeedAccount(A_MARA, "Mara", (MARA,)),
    SeedAccount(A_OLA, "Ola", (OLA,)),
    SeedAccount(A_MANAGER, "Manager"),
    SeedAccount(A_AGENT, "Agent"),
)
# In force when a schedule begins; others are given and taken back on the way.
FIRST_MANDATES = tuple(
    replace(mandate, holder_name="Manager")
    for mandate in (
        a_mandate(DECIDES, MARA, A_MANAGER, Power.DECIDE, date(2025, 1, 1)),
        a_mandate(PROPOSES, OLA, A_MANAGER, Power.PROPOSE, date(2025, 1, 1)),
    )
)


def on_work(work: str) -> Subject:
    return Subject(SubjectKind.WORK, work)


def on_release(release: str) -> Subject:
    return Subject(SubjectKind.RELEASE, release)


def cells_of(artist: PartyId) -> list[Cell]:
    """Every cell that anything said here can be about."""
    works = [
        (
            on_work(work),
            tuple(
                ReleaseMembership(release, ReleaseTrack(work, TRACKS[release].index(work) + 1))
                for release in TRACKS
                if work in TRACKS[release]
            ),
        )
        for work in WORKS_OF[artist]
    ]
    people = [(Subject(SubjectKind.PERSON, artist), ())]
    return [
        Cell(subject, programme, use, held)
        for subject, held in (*works, *people)
        for programme in PROGRAMMES
        for use in KEYS
    ]


def wide_subjects(artist: PartyId) -> list[Subject]:
    return [ALL_MY_WORKS, *(on_release(release) for release in RELEASES_OF[artist])]


def wide_uses() -> list[UseScope]:
    return [ANY_USE, *(UseScope.of(family) for family in FAMILIES)]
