"""Days around a training that the records tell: programmes that begin or end, models that are to come out.

No record holds a cut-off day as such. What is planned without a day is told as not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from .deadlines import DateNotKnown, Deadline, DeadlineKind, a_deadline, name_of
from .facts import FactBook
from .ids import ArtistId, ProgrammeId, WorkId
from .inclusion import DatasetVersion, InclusionStatement, ModelVersion, fold_statements
from .inclusion_states import InclusionState
from .periods import as_known_on
from .phrases import say
from .programmes import Programme
from .uses import Family, in_family

STAYS_LEARNED = "What is learned from a work before a no stays learned: withdrawing never un-trains a model."
BEGINS = "No answer permits nothing. What is learned from then on stays learned."
ENDS = "Nothing has to be done. What was learned by then stays learned."
# The work waits for a training, or has been handed over for one.
_WAITS_FOR_IT = frozenset(
    {
        InclusionState.SCHEDULED,
        InclusionState.CLEARED,
        InclusionState.DELIVERED,
        InclusionState.IN_DATASET,
    }
)


def of_programmes(programmes: Iterable[Programme], facts: FactBook, today: date) -> Iterator[Deadline]:
    """The day on which a programme that trains begins or ends, where that is to come."""
    for programme in programmes:
        if not any(in_family(use, Family.TRAINING) for use in programme.uses):
            continue
        since, until = programme.period.since, programme.period.until
        for on, what, title, silence in (
            (since, "begins", "{programme} begins to train", BEGINS),
            (until, "ends", "{programme} ends", ENDS),
        ):
            if on is not None and on >= today:
                yield a_deadline(
                    f"{programme.id}/{what}", DeadlineKind.TRAINING, on, None, facts,
                    say(title, programme=programme.name), say(silence), f"programme/{programme.id}", today,
                )  # fmt: skip


def of_models(
    said: Iterable[InclusionStatement],
    models: Iterable[ModelVersion],
    artists: frozenset[ArtistId],
    facts: FactBook,
    today: date,
) -> Iterator[Deadline]:
    """The day on which a model is to come out that an artist's works are handed over or planned for."""
    coming = [each for each in models if each.released_on is not None and each.released_on >= today]
    if not coming:
        return
    waiting = _waiting(said, artists, facts)
    for model in coming:
        for artist in sorted(artists):
            works = {
                work
                for work, place in waiting.get(artist, ())
                if place.model == model.id
                or (place.dataset is not None and place.dataset in model.trained_on)
            }
            if works:
                assert model.released_on is not None, "only such models are looked at"
                yield a_deadline(
                    f"{artist}/{model.id}", DeadlineKind.TRAINING, model.released_on, artist, facts,
                    say(
                        "{model} is to come out; works that wait for it: {n}",
                        model=f"{model.name} {model.version}".strip(), n=str(len(works)),
                    ),
                    say(STAYS_LEARNED), f"model/{model.id}", today,
                )  # fmt: skip


def not_known(
    said: Iterable[InclusionStatement],
    models: Mapping[str, ModelVersion],
    datasets: Mapping[str, DatasetVersion],
    artists: frozenset[ArtistId],
    facts: FactBook,
    today: date,
) -> Iterator[DateNotKnown]:
    """Trainings that are planned on a day that nobody has stated, one for each artist and place."""
    places: defaultdict[tuple[ArtistId, str, str], set[WorkId]] = defaultdict(set)
    for artist, waiting in _waiting(said, artists, facts).items():
        for work, place in waiting:
            if place.state is not InclusionState.SCHEDULED:
                continue
            model = models.get(place.model) if place.model else None
            if model is not None and model.released_on is not None and model.released_on >= today:
                continue
            where = model or (datasets.get(place.dataset) if place.dataset else None)
            name = f"{where.name} {where.version}".strip() if where is not None else ""
            places[artist, place.stated_by, name or _programme(place.programme, facts)].add(work)
    for (artist, who, place_name), works in sorted(places.items()):
        words = (
            "{who} says: 1 work is planned for {place}. On which day it trains is not stated."
            if len(works) == 1
            else "{who} says: {n} works are planned for {place}. On which day it trains is not stated."
        )
        yield DateNotKnown(
            artist, name_of(artist, facts),
            say(words, who=who, n=str(len(works)), place=place_name), f"work/{min(works)}",
        )  # fmt: skip


def _waiting(
    said: Iterable[InclusionStatement], artists: frozenset[ArtistId], facts: FactBook
) -> Mapping[ArtistId, list[tuple[WorkId, InclusionStatement]]]:
    found: defaultdict[ArtistId, list[tuple[WorkId, InclusionStatement]]] = defaultdict(list)
    for place in fold_statements(as_known_on(said)):
        work = facts.works.get(place.current.work)
        if work is None or place.is_listing or place.current.state not in _WAITS_FOR_IT:
            continue
        for artist in artists.intersection(work.artists):
            found[artist].append((work.id, place.current))
    return found


def _programme(programme: ProgrammeId | None, facts: FactBook) -> str:
    known = facts.programmes.get(programme) if programme else None
    return known.name if known else "a programme"
