"""How alike titles and artists are: 0 to 100 by the letters to insert and delete (rapidfuzz's ratio).

Pairs are looked for among works of the same title, works of the same artist, and works whose title and
artist begin alike. Numbers, musical keys and bare letters must be equal: "No. 9 II" is never "No. 9 III".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from .inclusion import MatchBand
from .matching_artists import Artists
from .matching_titles import numbers_in, tells_apart

LIKELY_FROM = 92
CHECK_FROM = 85
# The ratio is harsh on short words: one slip in five letters gives 80.
_SLIP_LETTERS, _SLIP_FROM = 5, 80
_Take = Callable[[int, int, int], None]  # place, score of the title, score of the artist
_BEGINNING = 3  # letters of title and artist that a pair of the third kind shares


def likeness(one: str, other: str) -> int:
    """0 to 100; one slip in a short word is alike enough to be looked at, and 0 is said of what is not."""
    score = int(fuzz.ratio(one, other, score_cutoff=_SLIP_FROM))
    if CHECK_FROM > score >= _SLIP_FROM:
        return CHECK_FROM if _is_slip(one, other) else 0
    return score


def _is_slip(one: str, other: str) -> bool:
    """One letter too many, too few, wrong, or two that changed places."""
    return min(len(one), len(other)) >= _SLIP_LETTERS and OSA.distance(one, other, score_cutoff=1) <= 1


@dataclass(frozen=True, slots=True)
class Likeness:
    """One work that a row may mean, by its place in the index."""

    place: int
    title: int  # both of 100; equal is 100
    artist: int

    @property
    def score(self) -> int:
        return min(self.title, self.artist)

    @property
    def band(self) -> MatchBand:
        return MatchBand.LIKELY if self.score >= LIKELY_FROM else MatchBand.CHECK


@dataclass(slots=True)
class _Block:
    """Texts to compare with, and the work that each stands for."""

    texts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def add(self, text: str, place: int) -> None:
        self.texts.append(text)
        self.places.append(place)

    def alike(self, text: str) -> list[tuple[str, int, int]]:
        """Text, score and place of all that are alike enough."""
        found = process.extract(
            text, self.texts, scorer=fuzz.ratio, processor=None, limit=None, score_cutoff=_SLIP_FROM
        )
        return [
            (choice, max(int(score), CHECK_FROM), self.places[at])
            for choice, score, at in found
            if score >= CHECK_FROM or _is_slip(text, choice)
        ]


class Alikes:
    """Works prepared for being found by likeness."""

    def __init__(self, works: Iterable[tuple[Sequence[str], Artists]], generic: frozenset[str]) -> None:
        self._generic = generic
        self._artists: list[Artists] = []
        self._by_title: dict[str, _Block] = {}
        self._by_artist: dict[str, _Block] = {}
        self._by_beginning: dict[tuple[str, str], _Block] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        for place, (keys, artists) in enumerate(works):
            self._artists.append(artists)
            # A generic title ("Intro") is never found by likeness: it needs its artist exactly.
            for key in (key for key in keys if key not in generic):
                self._told[key] = tells_apart(key)
                self._add(place, key, artists)

    def _add(self, place: int, key: str, artists: Artists) -> None:
        by_title = self._by_title.setdefault(key, _Block())
        for name in artists.each:
            by_title.add(name, place)
            self._by_artist.setdefault(name, _Block()).add(key, place)
            beginning = key[:_BEGINNING], name[:_BEGINNING]
            self._by_beginning.setdefault(beginning, _Block()).add(key, place)

    def find(self, keys: Sequence[str], artists: Artists) -> list[Likeness]:
        """The works whose title and artist are both alike, each once with its best scores."""
        best: dict[int, Likeness] = {}

        def take(place: int, title: int, artist: int) -> None:
            found = Likeness(place, title, artist)
            before = best.get(place)
            if before is None or (found.score, title) > (before.score, before.title):
                best[place] = found

        for key in keys:
            if key in self._generic:
                continue
            told: tuple[str, ...] | None = None
            same_title = self._by_title.get(key)
            for name in artists.each:
                if same_title is not None:
                    for other, score, place in same_title.alike(name):
                        if numbers_in(other) == numbers_in(name):
                            take(place, 100, score)
                same_artist = self._by_artist.get(name)
                beginning = self._by_beginning.get((key[:_BEGINNING], name[:_BEGINNING]))
                if same_artist is None and beginning is None:
                    continue
                if told is None:
                    told = tells_apart(key)
                if same_artist is not None:
                    for other, score, place in same_artist.alike(key):
                        if self._told[other] == told:
                            take(place, score, 100)
                if beginning is not None:
                    for other, score, place in beginning.alike(key):
                        if self._told[other] == told:
                            self._take_alike_artist(take, place, score, name)
        return list(best.values())

    def _take_alike_artist(self, take: _Take, place: int, title: int, name: str) -> None:
        for ours in self._artists[place].each:
            score = likeness(name, ours)
            if score and numbers_in(ours) == numbers_in(name):
                take(place, title, score)
