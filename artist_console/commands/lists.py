"""The card of each public list: what it is, where it came from, and what it says of the works here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.domain.ids import DatasetVersionId, WorkId
from artist_console.domain.inclusion import DatasetVersion, DocumentedModel
from artist_console.domain.match_answers import is_hit, what_counts
from artist_console.domain.problems import UnknownThing
from artist_console.store import inclusions, match_answers, mirror


@dataclass(frozen=True, slots=True)
class ListCard:
    dataset: DatasetVersion
    works: int  # that count as listed: no row refused, none that has to be looked at first
    hits: int  # rows that are like a work, whatever was said of them
    open: int  # rows that nobody has answered
    documented: tuple[DocumentedModel, ...]  # models that a public source says were trained on it


def list_cards(console: Console) -> tuple[ListCard, ...]:
    """All public lists, by name."""
    store = console.store
    answers, facts = match_answers.answers(store), mirror.facts(store, console.clock())
    works: defaultdict[str, set[WorkId]] = defaultdict(set)
    hits: defaultdict[str, int] = defaultdict(int)
    unanswered: defaultdict[str, int] = defaultdict(int)
    for said in inclusions.as_passed_on(store):
        if said.dataset is None or not is_hit(said):
            continue
        hits[said.dataset] += 1
        unanswered[said.dataset] += answers.to(said) is None
        if any(what_counts([said], answers)):
            known = facts.works.get(said.work)
            works[said.dataset].add(known.id if known is not None else said.work)
    cards = [
        ListCard(each, len(works[each.id]), hits[each.id], unanswered[each.id], each.documented)
        for each in inclusions.datasets(store).values()
        if each.public
    ]
    return tuple(sorted(cards, key=lambda c: (c.dataset.name.casefold(), c.dataset.version, c.dataset.id)))


def list_card(console: Console, dataset: DatasetVersionId) -> ListCard:
    """One of them. Raises UnknownThing."""
    for card in list_cards(console):
        if card.dataset.id == dataset:
            return card
    raise UnknownThing("There is no public list {id} here", "See: artist-console lists", id=dataset)
