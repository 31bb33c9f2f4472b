"""Whether the records say what a letter says: where the no is recorded, and where it is only proposed.

What a manager may only propose is no decision of the artist's before the artist agrees to it, so no letter
tells it as one (PRODUCT, the permission rule, 9).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from artist_console.commands.authority import RosterPower, acting_for
from artist_console.commands.console import Console
from artist_console.commands.letter_works import HeldWork
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.mandates import Mandate
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.registers import Register, Stance, SubjectKind
from artist_console.store import mirror

_RECORD_IT = "Record the refusal too, so that your records say the same."
UNDECIDED = f"Here these works are undecided; the letter says no. {_RECORD_IT}"
ONE_UNDECIDED = f"Here “{{title}}” is undecided; the letter says no. {_RECORD_IT}"
SOME_UNDECIDED = f"Here {{count}} of these works are undecided; the letter says no. {_RECORD_IT}"
REST_UNDECIDED = f"The uses that the letter lists are undecided here; the letter says no. {_RECORD_IT}"
PROPOSED = (
    "The refusal of these works is only proposed here: {artist} has still to agree to it. The letter says no."
)


def facts_as_decided(
    console: Console, artist: ArtistId, now: datetime, mandates: Iterable[Mandate] | None = None
) -> FactBook:
    """The facts as the artist decided: own undelivered decisions only where this account may decide."""
    power = acting_for(console, artist, mandates).power
    return mirror.facts(console.store, now, overlay=power in (RosterPower.OWN, RosterPower.DECIDE))


@dataclass(frozen=True, slots=True)
class Refused:
    """Which works refusals reach: all, or those and whatever stands on those releases."""

    all: bool
    works: frozenset[str]
    releases: frozenset[str]

    def reaches(self, work: WorkId, facts: FactBook) -> bool:
        if self.all or work in self.works:
            return True
        return bool(self.releases) and any(
            held.release in self.releases for held in facts.memberships.get(work, ())
        )


def refused(facts: FactBook, artist: ArtistId, programme: ProgrammeId | None) -> Refused:
    """What the artist's refusals reach, of any use: those of every programme, and of this one."""
    standing = (
        register
        for register, said in facts.registers_of(artist).items()
        if said and said[-1].decision.stance is Stance.REFUSE
    )
    return _reach(standing, programme)


def proposed(console: Console, artist: ArtistId, programme: ProgrammeId | None, now: datetime) -> Refused:
    """What refusals reach that wait for the artist: those that are on their way, and those that arrived."""
    facts = mirror.facts(console.store, now)
    arrived = (d.register for d in facts.proposals.get(artist, ()) if d.stance is Stance.REFUSE)
    on_their_way = (
        register
        for register, said in facts.registers_of(artist).items()
        if said and said[-1].decision.stance is Stance.REFUSE
    )
    return _reach((*arrived, *on_their_way), programme)


def _reach(registers: Iterable[Register], programme: ProgrammeId | None) -> Refused:
    found: dict[SubjectKind, set[str]] = {kind: set() for kind in SubjectKind}
    for register in registers:
        if register.programme is None or register.programme == programme:
            found[register.subject.kind].add(register.subject.id)
    return Refused(
        bool(found[SubjectKind.ALL]),
        frozenset(found[SubjectKind.WORK]),
        frozenset(found[SubjectKind.RELEASE]),
    )


def against_the_record(
    works: Sequence[HeldWork],
    facts: FactBook,
    decided: Refused,
    waiting: Refused,
    artist_name: str,
    partly_allowed: Container[WorkId] = (),
) -> Iterator[Sentence]:
    """What the writer of a letter that says no is told of works for which no refusal is recorded.

    `partly_allowed`: works with a yes to other uses than those that the letter lists.
    """
    open_here = [held for held in works if not decided.reaches(held.work.id, facts)]
    undecided = [held for held in open_here if not waiting.reaches(held.work.id, facts)]
    if len(undecided) < len(open_here):
        yield say(PROPOSED, artist=artist_name)
    if not undecided:
        return
    if any(held.work.id in partly_allowed for held in undecided):
        yield say(REST_UNDECIDED)
        undecided = [held for held in undecided if held.work.id not in partly_allowed]
    if not undecided:
        return
    if len(undecided) == len(works):
        yield say(UNDECIDED)
    elif len(undecided) == 1:
        yield say(ONE_UNDECIDED, title=undecided[0].title)
    else:
        yield say(SOME_UNDECIDED, count=f"{len(undecided):,}")
