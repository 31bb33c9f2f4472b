"""The world of the journeys through consent: one artist, 312 recordings, one programme, two devices.

The clock of everything is set by hand. New terms are put into the running service as an operator publishes
them; the second device is a profile of its own that signed in to the same service.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from artist_console.backend.authentication import issue_code
from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.seed import SeedAccount, fill, seed
from artist_console.commands.consent import decide
from artist_console.commands.console import Console
from artist_console.commands.history import HistoryRow, history
from artist_console.commands.profiles import Outside, open_profile
from artist_console.commands.signing_in import KeptIn, SignIns
from artist_console.commands.syncing import sync
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import (
    AccountId,
    AgreementId,
    FactId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    TermsId,
    WorkId,
)
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Agreement, ApprovalClause, Control, Programme, TermsVersion
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work
from artist_console.formats.kinds import Kind
from artist_console.host.paths import ProfileFolder
from artist_console.store import mirror
from artist_console.sync.api import Api
from tests.hosted import hosted
from tests.ui.sample_profile import OpenWindow

# Calendars open on the month of the computer.
BEGAN = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
SINGLES = 300
ARTIST, OPERATOR = PartyId("mara"), PartyId("harmonia")
ACCOUNT = AccountId("a-mara")
PROGRAMME, TERMS, NEXT_TERMS = ProgrammeId("harmonia-2"), TermsId("terms-1"), TermsId("terms-2")
USES = (
    Use.TRAIN_GENERATIVE,
    Use.TRAIN_FINETUNE,
    Use.RESEARCH_MIR,
    Use.GEN_REMIX,
    Use.GEN_VOICE,
    Use.OUTPUT_EXPORT,
)
_FIRST_TEXT = "Outputs stay inside the service. A yes ends by a letter."
_SECOND_TEXT = "Outputs may leave the service. A yes ends by a letter."
_RIGHTS = (Right.MASTER, Right.COMPOSITION)
_CLAUSE = ApprovalClause.ARTIST_OPT_IN
_RECORDED = Recorded(datetime(2026, 1, 1, tzinfo=UTC))


@dataclass
class Clock:
    """What everybody's clock shows; set by hand."""

    now: datetime = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def days_later(self, days: int) -> None:
        self.now += timedelta(days=days)


def outside(clock: Clock) -> Outside:
    def start(database: Path, data_key: bytes, signing_key: bytes) -> EmbeddedBackend:
        return start_embedded(database, data_key, signing_key, clock=clock)

    return Outside(start, Api, clock)


def single(number: int) -> WorkId:
    return WorkId(f"single-{number:03}")


def terms(id: TermsId, number: int, text: str, effective_from: date) -> TermsVersion:
    return TermsVersion(
        id, PROGRAMME, number, text, f"{number:02}" * 32, effective_from, effective_from - timedelta(days=30)
    )


def world_rows() -> list[tuple[Kind, Any]]:
    """One release of 12 tracks with their songs, and 300 singles that are on no release."""
    made: list[tuple[Kind, Any]] = [
        (Kind.PARTY, Party(ARTIST, "Mara Quist", PartyKind.PERSON, is_artist=True)),
        (
            Kind.PARTY,
            Party(OPERATOR, "Harmonia", PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,)),
        ),
        (Kind.PROGRAMME, Programme(PROGRAMME, OPERATOR, "Harmonia 2", uses=USES)),
        (Kind.TERMS, terms(TERMS, 1, _FIRST_TEXT, date(2026, 1, 1))),
        (
            Kind.AGREEMENT,
            Agreement(
                AgreementId("agreement"),
                ARTIST,
                PROGRAMME,
                USES,
                _RIGHTS,
                ApprovalClause.ARTIST_OPT_IN,
                _RECORDED,
            ),
        ),
    ]
    tracks = [WorkId(f"track-{number:02}") for number in range(1, 13)]
    named = [(id, f"Track {number:02}") for number, id in enumerate(tracks, 1)]
    named += [(single(n), f"Single {n:03}") for n in range(1, SINGLES + 1)]
    for id, title in named:
        song = Relation(RelationKind.EMBODIES, WorkId(f"song-{id}"))
        sung = (song,) if id in tracks else ()
        made.append((Kind.WORK, Work(id, WorkKind.RECORDING, title, (ARTIST,), relations=sung)))
        made += _own(id, Right.MASTER)
    for id, title in named[: len(tracks)]:
        song_id = WorkId(f"song-{id}")
        made.append((Kind.WORK, Work(song_id, WorkKind.COMPOSITION, title, (ARTIST,))))
        made += _own(song_id, Right.COMPOSITION)
    listed = tuple(ReleaseTrack(id, number) for number, id in enumerate(tracks, 1))
    made.append((Kind.RELEASE, Release(ReleaseId("album"), "Night Ferry", (ARTIST,), tracks=listed)))
    return made


def _own(work: WorkId, right: Right) -> Iterator[tuple[Kind, Any]]:
    """The artist owns it and licenses it herself."""
    held = Stakeholder(FactId(f"{work}-held"), ARTIST, work, right, Standing.CONTROLS, _RECORDED, 10_000)
    yield Kind.STAKEHOLDER, held
    yield Kind.CONTROL, Control(FactId(f"{work}-control"), ARTIST, work, right, 10_000, _RECORDED)


def make_world(folder: Path) -> None:
    """A profile that is its own service, filled and synced once."""
    place = ProfileFolder(folder)
    with open_profile(place, outside(Clock()), may_be_new=True) as profile:
        seed(
            place.backend,
            profile.keys.backend,
            profile.keys.receipt,
            rows=world_rows(),
            accounts=[SeedAccount(ACCOUNT, "Mara Quist", (ARTIST,))],
            owner=ACCOUNT,
        )
        profile.keep_here()
        console = profile.console()
        try:
            sync(console)
        finally:
            console.store.close()


@dataclass
class ConsentDesk:
    """The window on that world, with its clock."""

    window: OpenWindow
    clock: Clock
    elsewhere: Path

    @property
    def backend(self) -> EmbeddedBackend:
        self.window.profile.connect()  # as the first round of sync does
        running = self.window.profile.backend
        assert isinstance(running, EmbeddedBackend)
        return running

    def publish_new_terms(self) -> None:
        """The operator replaces the terms, from today."""
        changed = terms(NEXT_TERMS, 2, _SECOND_TEXT, self.clock().date())
        with self.backend.service.changing() as connection:
            fill(connection, self.backend.service, [(Kind.TERMS, changed)])

    def refuse_elsewhere(self, work: WorkId, use: Use) -> Decision:
        """The same person says no on another computer, and sends it."""
        there = ProfileFolder(self.elsewhere)
        with (
            hosted(self.backend.service) as address,
            open_profile(there, outside(self.clock), may_be_new=True) as profile,
        ):
            code = issue_code(self.backend.service, ACCOUNT)
            SignIns(profile).by_one_time_code(address, code, KeptIn.MEMORY)
            console = profile.console()
            try:
                sync(console)
                subject = Subject(SubjectKind.WORK, work)
                wish = Wish(ARTIST, subject, PROGRAMME, UseScope.of(use), Stance.REFUSE)
                (made,) = decide(console, [wish]).value
                sync(console)
            finally:
                console.store.close()
        return made

    def answers(self) -> Mapping[Register, Stance]:
        """Every register of the artist that says something, as the profile's own files have it."""
        with self._looking() as console:
            facts = mirror.facts(console.store, self.clock())
        held: dict[Register, Stance] = {}
        for recording in facts.said.get(ARTIST, ()):
            held[recording.decision.register] = recording.decision.stance
        return {register: stance for register, stance in held.items() if stance is not Stance.CLEAR}

    def history(self) -> tuple[HistoryRow, ...]:
        """What was decided, the newest first."""
        with self._looking() as console:
            return history(console, ARTIST)

    @contextmanager
    def _looking(self) -> Iterator[Console]:
        """A look at the files beside the window's own lanes."""
        console = self.window.profile.console()
        try:
            yield console
        finally:
            console.store.close()


@contextmanager
def consent_desk(app: QApplication, made: Path, here: Path) -> Iterator[ConsentDesk]:
    """The window on a copy of the world."""
    shutil.copytree(made, here / "profile")
    clock = Clock()
    window = OpenWindow(app, here / "profile", outside=outside(clock))
    try:
        yield ConsentDesk(window, clock, here / "elsewhere")
    finally:
        window.close()
