"""An open profile over the small world of the backend's tests, as somebody who signs in uses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.seed import Step, seed
from artist_console.commands.console import Console
from artist_console.commands.profiles import Outside, Profile, open_profile
from artist_console.commands.syncing import sync
from artist_console.commands.wishes import Wish
from artist_console.domain.ids import AccountId, ProgrammeId, TermsId
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.statements import Line
from artist_console.domain.uses import Family, Use
from artist_console.formats.kinds import Kind
from artist_console.host.paths import ProfileFolder
from artist_console.sync.api import Api
from tests.backend.world import (
    ACCOUNTS,
    LINES,
    MARA,
    MARA_ACCOUNT,
    OPERATOR,
    PROGRAMME,
    ROWS,
    SALT,
    Clock,
    work_subject,
)

OTHER = ProgrammeId("northlight")  # has no terms in effect
MORE: list[tuple[Kind, Any]] = [
    (Kind.PROGRAMME, Programme(OTHER, OPERATOR, "Northlight", uses=(Use.GEN_COVER,))),
    (
        Kind.TERMS,
        TermsVersion(
            TermsId("coming"),
            OTHER,
            1,
            "Text to come.",
            "cd" * 32,
            effective_from=ROWS[9][1].effective_from.replace(year=2026),
            announced_on=ROWS[9][1].announced_on,
        ),
    ),
]


@dataclass
class Desk:
    """A profile with a console on this thread, and the clock that both sides go by."""

    profile: Profile
    console: Console
    clock: Clock

    def sync(self) -> None:
        sync(self.console)

    def reopen(self) -> None:
        """Close the files and open them again, as a restart does."""
        self.console.store.close()
        self.console = self.profile.console()


def outside(clock: Clock) -> Outside:
    def start(database: Path, data_key: bytes, signing_key: bytes) -> EmbeddedBackend:
        return start_embedded(database, data_key, signing_key, clock=clock)

    return Outside(start, Api, clock)


@contextmanager
def a_desk(
    root: Path,
    *steps: Step,
    owner: AccountId = MARA_ACCOUNT,
    rows: Sequence[tuple[Kind, Any]] = (),
    lines: Sequence[Line] = (),
) -> Iterator[Desk]:
    """A profile whose private service holds the small world, further rows and lines, synced once."""
    clock = Clock()
    folder = ProfileFolder(root)
    with open_profile(folder, outside(clock), may_be_new=True) as profile:
        seed(
            folder.backend,
            profile.keys.backend,
            profile.keys.receipt,
            rows=[*ROWS, *MORE, *rows],
            accounts=ACCOUNTS,
            lines=[*LINES, *lines],
            steps=steps,
            owner=owner,
        )
        profile.keep_here()
        desk = Desk(profile, profile.console(), clock)
        try:
            desk.sync()
            yield desk
        finally:
            desk.console.store.close()


def a_wish(
    stance: Stance = Stance.REFUSE,
    subject: Subject = ALL_MY_WORKS,
    use: Use | Family | None = None,
    programme: ProgrammeId | None = None,
    **more: Any,
) -> Wish:
    scope = UseScope.of(use) if use is not None else ANY_USE
    return Wish(MARA, subject, programme, scope, stance, **more)


def an_allow(work: str = SALT, use: Use = Use.TRAIN_GENERATIVE, **more: Any) -> Wish:
    return a_wish(Stance.ALLOW, work_subject(work), use, PROGRAMME, **more)


def a_voice(use: Use = Use.GEN_STYLE) -> Wish:
    return a_wish(Stance.ALLOW, Subject(SubjectKind.PERSON, MARA), use, PROGRAMME)
