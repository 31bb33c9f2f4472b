"""The effect preview of a review: what the answers would touch, in names. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from artist_console.commands.asking import works_under
from artist_console.commands.console import Console
from artist_console.commands.names import programme_name, use_words
from artist_console.commands.wishes import Wish
from artist_console.domain.effects import Effects, Included, Touched, effects, reported
from artist_console.domain.facts import FactBook
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ModelVersion
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.parties import PartyKind
from artist_console.domain.registers import Stance, SubjectKind, UseScope
from artist_console.store import inclusions, mirror


@dataclass(frozen=True, slots=True)
class PlaceTouched:
    """Works that are reported in one dataset or model version."""

    programme: str  # name; empty where no programme is known for it
    where: str  # name and version of the dataset or model
    state: InclusionState
    stated_by: str
    works: int


@dataclass(frozen=True, slots=True)
class PartyTouched:
    """Somebody who has a say, too. An empty name: people who do not share theirs."""

    name: str
    rights: tuple[str, ...]  # values of Right
    works: int
    is_organisation: bool


@dataclass(frozen=True, slots=True)
class EffectPreview:
    """What a set of answers is about, counted and named."""

    recordings: int
    songs: int
    persons: int
    uses: tuple[str, ...]  # in words
    programmes: tuple[str, ...]  # names; none: every programme
    covers_later: bool  # a wide no covers what comes later, too
    others: tuple[PartyTouched, ...]
    unclear_splits: int
    to_be_removed: tuple[PlaceTouched, ...]  # of the refusals
    stays: tuple[PlaceTouched, ...]  # of the refusals: trained models, which no answer changes


def preview(console: Console, wishes: Sequence[Wish]) -> EffectPreview:
    """Works, uses, people with a say, and inclusions that a no would have removed."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    under = [
        Touched(wish.artist, works_under(facts, wish.artist, wish.subject, now), wish.programme, wish.use)
        for wish in wishes
    ]
    found = effects(under, facts, now)
    refused = [each for each, wish in zip(under, wishes, strict=True) if wish.stance is Stance.REFUSE]
    there = reported(refused, facts, _statements(console, refused))
    persons = {wish.subject.id for wish in wishes if wish.subject.kind is SubjectKind.PERSON}
    return EffectPreview(
        recordings=found.recordings,
        songs=found.songs,
        persons=len(persons),
        uses=tuple(use_words(UseScope.of(use)) for use in found.uses),
        programmes=tuple(programme_name(facts, programme) for programme in found.programmes),
        covers_later=any(
            wish.stance is Stance.REFUSE
            and (wish.programme is None or wish.subject.kind in (SubjectKind.ALL, SubjectKind.RELEASE))
            for wish in wishes
        ),
        others=_others(found, facts),
        unclear_splits=found.unclear_splits,
        to_be_removed=_places(console, there.to_be_removed, facts),
        stays=_places(console, there.stays, facts),
    )


def _statements(console: Console, touched: Sequence[Touched]) -> list[InclusionStatement]:
    works = {id: None for each in touched for work in each.works for id in (work.id, *work.merged_ids)}
    found = inclusions.of_works(console.store, works)
    return [statement for said in found.values() for statement in said]


def _others(found: Effects, facts: FactBook) -> tuple[PartyTouched, ...]:
    parties = [(each, facts.parties.get(each.party) if each.party else None) for each in found.concerned]
    return tuple(
        PartyTouched(
            known.name if known else "",
            tuple(right.value for right in each.rights),
            each.works,
            known is not None and known.kind is PartyKind.ORGANISATION,
        )
        for each, known in parties
    )


def _places(console: Console, found: Sequence[Included], facts: FactBook) -> tuple[PlaceTouched, ...]:
    datasets, models = inclusions.datasets(console.store), inclusions.models(console.store)
    return tuple(
        PlaceTouched(
            programme_name(facts, each.programme),
            _named(models.get(each.model) if each.model else datasets.get(each.dataset))
            or (each.model or each.dataset),
            each.state,
            each.stated_by,
            each.works,
        )
        for each in found
    )


def _named(version: DatasetVersion | ModelVersion | None) -> str:
    if version is None:
        return ""
    return f"{version.name} {version.version}" if version.version else version.name
