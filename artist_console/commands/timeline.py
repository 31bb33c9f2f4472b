"""The timeline of a work, and of a model: what was decided, stated, released, removed, listed and granted."""

from __future__ import annotations

from collections.abc import Iterator

from artist_console.commands.console import Console
from artist_console.commands.history import history
from artist_console.commands.lineage import models_trained_on
from artist_console.commands.names import party_name, use_words, work_title
from artist_console.domain import words
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ModelVersionId, PartyId, ProgrammeId, WorkId
from artist_console.domain.inclusion import InclusionStatement, ModelVersion
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.timeline import (
    EventKind,
    TimelineEvent,
    newest_first,
    of_grants,
    of_list,
    of_marks,
    of_models,
    of_releases,
    of_statements,
)
from artist_console.store import inclusions, mirror
from artist_console.store import lineage as families
from artist_console.store import removals as noted

__all__ = ["EventKind", "TimelineEvent", "timeline_of_model", "timeline_of_work"]


def timeline_of_work(
    console: Console, work: WorkId, artist: ArtistId | None = None
) -> tuple[TimelineEvent, ...]:
    """Everything about one work, newest first. Raises UnknownThing."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    known = facts.works.get(work)
    if known is None:
        raise UnknownThing("The work {work} is not known here", "Sync, then look again", work=work)
    names = _Names(console, facts)
    said = [
        each for rows in inclusions.of_works(store, (known.id, *known.merged_ids)).values() for each in rows
    ]
    releases = [facts.releases[m.release] for m in facts.memberships.get(known.id, ())]
    reached = set(models_trained_on(console, known.id))
    lists = {each.dataset for each in said if each.dataset is not None}
    datasets = inclusions.datasets(store)
    return newest_first(
        (
            *_decisions(console, known.id, artist),
            *of_statements(said, names.place),
            *of_releases(known.id, releases),
            *of_models(
                (m for id, m in sorted(names.models.items()) if id in reached),
                names.place,
                names.party,
                known.id,
            ),
            *of_grants(known),
            *(event for id in sorted(lists) if id in datasets for event in of_list(datasets[id])),
            *_marks(console, names, known.id, said, artist),
        )
    )


def timeline_of_model(console: Console, model: ModelVersionId) -> tuple[TimelineEvent, ...]:
    """What happened with one model version and the works in it, newest first. Raises UnknownThing."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    names = _Names(console, facts)
    said = [each for each in inclusions.find(store) if each.model == model]
    known = names.models.get(model)
    if known is None and not said:
        raise UnknownThing("The model {model} is not known here", "Sync, then look again", model=model)
    family = families.family(store)
    children = [child for child, _ in family.children.get(model, ())]
    about = [] if known is None else [known, *children]

    def title(work: str) -> str:
        return work_title(facts, WorkId(work)) or "A work that is not known here"

    events = [*of_statements(said, lambda _: "", title), *of_models(about, names.place, names.party)]
    for work in sorted({each.work for each in said}):
        home = facts.works[work].id if work in facts.works else work
        events += _marks(console, names, home, [each for each in said if each.work == work], None)
    return newest_first(events)


class _Names:
    def __init__(self, console: Console, facts: FactBook) -> None:
        self.models: dict[str, ModelVersion] = dict(inclusions.models(console.store))
        self._datasets = inclusions.datasets(console.store)
        self._facts = facts

    def place(self, id: str) -> str:
        if not id:
            return ""
        programme = self._facts.programmes.get(ProgrammeId(id))
        if programme is not None:
            return programme.name
        known = self.models.get(id) or self._datasets.get(id)
        return f"{known.name} {known.version}".strip() if known is not None else "a place not known here"

    def party(self, id: str) -> str:
        return party_name(self._facts, PartyId(id))


def _decisions(console: Console, work: WorkId, artist: ArtistId | None) -> Iterator[TimelineEvent]:
    subject = Subject(SubjectKind.WORK, work)
    facts = mirror.facts(console.store, console.clock())
    artists = (artist,) if artist is not None else facts.works[work].artists
    for each in artists:
        for row in history(console, each, subject=subject, with_wider=True, limit=None):
            where = f", {row.programme}" if row.programme else ""
            yield TimelineEvent(
                row.when.date(),
                EventKind.DECISION,
                f"{words.STANCE[row.stance]}: {row.subject}, {use_words(row.use)}{where}",
                f"{row.made_by}, for {row.on_behalf_of}" if row.on_behalf_of else row.made_by,
                None,
                work,
                f"decision/{row.decision}",
            )


def _marks(
    console: Console,
    names: _Names,
    work: WorkId,
    said: list[InclusionStatement],
    artist: ArtistId | None,
) -> Iterator[TimelineEvent]:
    places = {f"{each.asset.value}/{each.dataset or each.model}": each for each in said}
    for mark in noted.marks(console.store):
        start = f"removal/{mark.artist}/{work}/"
        place = places.get(mark.case.removeprefix(start)) if mark.case.startswith(start) else None
        if place is not None and artist in (None, mark.artist):
            yield from of_marks([mark], names.place(place.dataset or place.model or ""), work)
