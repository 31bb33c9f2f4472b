"""What answers would touch, before they are given: works and uses, people who have a say, inclusions.

Counted from facts alone and told in the same way for a yes and a no. Nobody's money is part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from .facts import FactBook
from .ids import ArtistId, PartyId, ProgrammeId, WorkId
from .inclusion import InclusionStatement, fold_statements
from .inclusion_states import InclusionState
from .parties import NEEDED, split_fault
from .registers import UseScope
from .uses import SONG_RIGHTS, Right, Use, rights_touched
from .work_kinds import WorkKind
from .works import Work

# What a no asks the other side to undo. A model that was trained is not un-trained by it.
TO_BE_REMOVED = frozenset(
    {
        InclusionState.CLEARED,
        InclusionState.DELIVERED,
        InclusionState.IN_DATASET,
        InclusionState.SCHEDULED,
        InclusionState.QUARANTINED,
    }
)
STAYS = frozenset(
    {InclusionState.TRAINED, InclusionState.TRAINED_BEFORE_REFUSAL, InclusionState.REMOVAL_REFUSED}
)


@dataclass(frozen=True, slots=True)
class Touched:
    """One answer with the works under it: what effects are counted over."""

    artist: ArtistId
    works: tuple[Work, ...]
    programme: ProgrammeId | None
    use: UseScope


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody whose agreement is needed beside the artist's, and for how many of the works."""

    party: PartyId | None  # None: people who do not share their names, counted as one
    rights: tuple[Right, ...]
    works: int


@dataclass(frozen=True, slots=True)
class Included:
    """Works that somebody states are in one place: a dataset version or a model version."""

    programme: ProgrammeId | None
    dataset: str  # id; empty where a model is named
    model: str
    state: InclusionState
    stated_by: str
    works: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What the answers are about, counted."""

    recordings: int
    songs: int
    uses: tuple[Use, ...]  # in the order of the vocabulary
    programmes: tuple[ProgrammeId, ...]  # none: every programme
    concerned: tuple[Concerned, ...]  # most works first
    unclear_splits: int  # works whose shares are disputed or do not add up


@dataclass(frozen=True, slots=True)
class Reported:
    """Where the works are today, by what a no can do about it."""

    to_be_removed: tuple[Included, ...]
    stays: tuple[Included, ...]  # trained models that no answer changes


def effects(touched: Iterable[Touched], facts: FactBook, instant: datetime) -> Effects:
    """Count what these answers touch."""
    answers = tuple(touched)
    works = {work.id: work for each in answers for work in each.works}
    programmes = {each.programme for each in answers}
    uses = {use for each in answers for use in each.use.uses}
    concerned, unclear = _concerned(answers, facts, instant)
    return Effects(
        recordings=sum(work.kind is WorkKind.RECORDING for work in works.values()),
        songs=sum(work.kind is WorkKind.COMPOSITION for work in works.values()),
        uses=tuple(use for use in Use if use in uses),
        programmes=() if None in programmes else tuple(sorted(p for p in programmes if p is not None)),
        concerned=concerned,
        unclear_splits=unclear,
    )


def reported(refused: Iterable[Touched], facts: FactBook, said: Iterable[InclusionStatement]) -> Reported:
    """Where the works of these refusals are, as `said`: the inclusion statements about them."""
    asked = _asked_of(refused)
    places = tuple(
        place.current
        for place in fold_statements(_at_home(statement, facts) for statement in said)
        if not place.is_listing  # nobody who has a list is told of an answer
        and any(_is_about(place.current, *about) for about in asked.get(place.current.work, ()))
    )
    return Reported(
        to_be_removed=_counted(place for place in places if place.state in TO_BE_REMOVED),
        stays=_counted(place for place in places if place.state in STAYS),
    )


def _concerned(
    answers: tuple[Touched, ...], facts: FactBook, instant: datetime
) -> tuple[tuple[Concerned, ...], int]:
    rights_of = {use: rights_touched(use) for use in Use}
    found: dict[PartyId | None, tuple[set[Right], set[WorkId]]] = {}
    unclear: set[WorkId] = set()
    asked: dict[tuple[ArtistId, WorkId], tuple[Work, set[Right]]] = {}
    for answer in answers:
        rights = {right for use in answer.use.uses for right in rights_of[use]}
        for work in answer.works:
            asked.setdefault((answer.artist, work.id), (work, set()))[1].update(rights)
    for (artist, id), (work, rights) in asked.items():
        for carrier in (id, *work.compositions):
            for right in rights:
                if carrier != id and right not in SONG_RIGHTS:
                    continue
                rows = tuple(
                    row
                    for row in facts.stakeholders.get(carrier, ())
                    if row.right is right and row.period.contains(instant)
                )
                if split_fault(right, rows) is not None:
                    unclear.add(id)
                for row in rows:
                    if row.party != artist and row.standing in NEEDED:
                        party = row.party if _tells(row.party, facts) else None
                        held, under = found.setdefault(party, (set(), set()))
                        held.add(right)
                        under.add(id)
    listed = [
        Concerned(party, tuple(right for right in Right if right in held), len(under))
        for party, (held, under) in found.items()
    ]
    return (
        tuple(sorted(listed, key=lambda each: (each.party is None, -each.works, each.party or ""))),
        len(unclear),
    )


def _tells(party: PartyId, facts: FactBook) -> bool:
    """Whether the name may stand here: organisations, and persons who share theirs or are in reach."""
    known = facts.parties.get(party)
    if known is None:
        return False
    return known.shares_answers or not known.is_artist or facts.is_in_reach(party)


_About = tuple[ProgrammeId | None, UseScope]


def _asked_of(answers: Iterable[Touched]) -> Mapping[WorkId, set[_About]]:
    """For each work, the programmes and uses that the answers are about."""
    found: dict[WorkId, set[_About]] = {}
    for each in answers:
        for work in each.works:
            found.setdefault(work.id, set()).add((each.programme, each.use))
    return found


def _at_home(statement: InclusionStatement, facts: FactBook) -> InclusionStatement:
    """What was said of a work that is merged by now is said of the work it was merged into."""
    known = facts.works.get(statement.work)
    return replace(statement, work=known.id) if known and known.id != statement.work else statement


def _is_about(place: InclusionStatement, programme: ProgrammeId | None, use: UseScope) -> bool:
    return programme in (None, place.programme) and (place.use is None or use.covers(place.use))


def _counted(places: Iterable[InclusionStatement]) -> tuple[Included, ...]:
    groups: dict[tuple[str, str, str, str, str], set[WorkId]] = {}
    kept: Mapping[str, InclusionState] = {state.value: state for state in InclusionState}
    for place in places:
        key = (
            place.programme or "",
            place.dataset or "",
            place.model or "",
            place.state.value,
            place.stated_by,
        )
        groups.setdefault(key, set()).add(place.work)
    listed = [
        Included(
            ProgrammeId(programme) if programme else None, dataset, model, kept[state], stated_by, len(works)
        )
        for (programme, dataset, model, state, stated_by), works in groups.items()
    ]
    return tuple(
        sorted(listed, key=lambda each: (-each.works, each.programme or "", each.model, each.dataset))
    )
