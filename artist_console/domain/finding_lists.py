"""Findings about public lists: one per work, with every list and row that names it underneath."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .finding_kinds import FindingKind
from .finding_records import Records
from .ids import ArtistId
from .inclusion import DatasetVersion, InclusionStatement, MatchBand, Whereabouts
from .inclusion_states import EvidenceGrade, InclusionState
from .match_answers import edition_of
from .phrases import Sentence, day_in_words, say
from .trace import FactKind, ref
from .works import Work

LISTED_IS_NOT_USED = "Being listed is not the same as being used in a model."
_LISTED = frozenset({InclusionState.SUSPECTED, InclusionState.IN_DATASET})
_MOST_NAMED = 6


def findings_of_lists(records: Records) -> Iterator[Finding]:
    """By what counts alone: neither a refused row nor one that has to be looked at first makes a finding."""
    for artist in records.artists:
        for work in records.works[artist]:
            places = [p for p in records.places.get(work.id, ()) if _is_listed(p, records)]
            if places:
                yield _listed(artist, work, places, records)


def _is_listed(place: Whereabouts, records: Records) -> bool:
    said = place.current
    dataset = records.dataset_of(said)
    return (
        dataset is not None
        and dataset.public
        and said.grade is EvidenceGrade.PUBLIC_DATASET
        and said.state in _LISTED
    )


def _listed(artist: ArtistId, work: Work, places: list[Whereabouts], records: Records) -> Finding:
    places = sorted(places, key=lambda p: (p.current.as_of, records.place_name(p.current), p.current.id))
    datasets = [records.dataset_of(place.current) for place in places]
    lists = {edition_of(each) for each in datasets if each is not None}  # editions of a list are one list
    rows = [said.id for place in places for said in place.history]
    words = [sentence for place in places[:_MOST_NAMED] for sentence in _of_list(place, records)]
    if len(places) > _MOST_NAMED:
        words.append(say("{n} more lists name it.", n=str(len(places) - _MOST_NAMED)))
    words += _documented(places, records)
    words.append(say(LISTED_IS_NOT_USED))
    title = (
        "Listed in a public dataset: {work}" if len(lists) == 1 else "Listed in {n} public datasets: {work}"
    )
    programmes = {records.programme_of(place.current) for place in places}
    return Finding(
        id=f"{FindingKind.LISTED_PUBLICLY.value}/{artist}/{work.id}",
        kind=FindingKind.LISTED_PUBLICLY,
        artist=artist,
        work=work.id,
        programme=programmes.pop() if len(programmes) == 1 else None,
        since=min(place.current.as_of for place in places),
        deadline=None,
        silence=None,
        title=say(title, work=work.title, n=str(len(lists))),
        words=tuple(words),
        facts=(ref(FactKind.WORK, work.id), *(ref(FactKind.INCLUSION, id) for id in sorted(rows))),
        works=(work.id,),
    )


def _of_list(place: Whereabouts, records: Records) -> Iterator[Sentence]:
    said = place.current
    dataset = records.dataset_of(said)
    assert dataset is not None, "a place without a dataset is no listing"
    yield _who_lists(said, dataset, records.place_name(said))
    if len(place.history) > 1:
        yield say("{n} rows of it are like this work.", n=str(len(place.history)))
    row = said.evidence.listed
    if row is not None and row.band is MatchBand.LIKELY and said.state is InclusionState.SUSPECTED:
        yield say("Likely: title and artist are nearly the same. You can confirm or refuse it.")
    if said.evidence.checked_how:
        yield say("How it was found: {how}", how=said.evidence.checked_how)


def _who_lists(said: InclusionStatement, dataset: DatasetVersion, name: str) -> Sentence:
    """Nothing is said of a list beyond what was seen of it: nobody here checked where it stands today."""
    if dataset.operator is None and dataset.obtained_from:
        day = day_in_words(dataset.brought_on or said.as_of)
        template = "{list} names it (from: {file}). It was brought in on {date}."
        return say(template, list=name, date=day, file=dataset.obtained_from)
    return say("{list} names it; as of {date}.", list=name, date=day_in_words(said.as_of))


def _documented(places: list[Whereabouts], records: Records) -> Iterator[Sentence]:
    """Models that a public source names for the lists: documented, which is not a use of this work."""
    named: dict[str, None] = {}
    for place in places:
        dataset = records.dataset_of(place.current)
        for model in dataset.documented if dataset is not None else ():
            named.setdefault(model.name)
    if named:
        template = "Public sources say of these models that they were trained on such a list: {models}."
        yield say(template, models=", ".join(list(named)[:_MOST_NAMED]))
