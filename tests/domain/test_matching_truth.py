"""Precision and recall on invented songs: the figures that `benchmarks.matching` takes on real ones."""

from __future__ import annotations

import random

import pytest

from benchmarks.matching import PRECISION_FROM, RECALL_FROM, judge, matched
from benchmarks.truth import WAYS, Same, Song, make_truth

_TITLE_WORDS = """
amber anchor autumn barley beacon border bridge candle canyon cedar cinder copper coral corner delta
distance dusk ember evening feather fever field flood forest garden glass gravel harbour hollow
island ivory juniper kettle lantern ledger lemon letter marble meadow mirror morning mountain needle
ocean orchard paper pepper pilot planet pocket quarry quiet ribbon river rust saddle salt shadow
signal silver sparrow station stone summer thunder tide timber tunnel valley velvet village violet
walnut water willow window winter
"""

_FIRST_NAMES = """
Ada Bo Cleo Dario Edda Finn Greta Hugo Ines Jonas Kaja Lars Mira Nils Oda Pelle Runa Sten Tilda Una
Viggo Wanda Ymir Zora
"""

_FAMILY_NAMES = """
Ahlgren Brandt Castel Dorn Eklund Falk Grahn Holm Isaksen Juhl Kvist Lindqvist Moen Nygaard Oster
Palm Rask Sandmann Thorsen Ulv Vang Wester
"""


_WORDS, _NAMES, _FAMILIES = _TITLE_WORDS.split(), _FIRST_NAMES.split(), _FAMILY_NAMES.split()


def invented_songs(seed: int, count: int) -> list[Song]:
    chance = random.Random(seed)
    names = [f"{chance.choice(_NAMES)} {chance.choice(_FAMILIES)}" for _ in range(count // 4)]
    made = []
    for _ in range(count):
        title = " ".join(chance.choice(_WORDS).title() for _ in range(chance.randint(1, 4)))
        made.append((title, chance.choice(names)))
    return made


@pytest.mark.parametrize("seed", [3, 4])
def test_precision_and_recall_hold_on_invented_songs(seed: int) -> None:
    songs = invented_songs(seed, 1_500)
    truth = make_truth(songs, lambda _: True, seed, rows=4_000, works=1_200)
    outcome = judge(truth, matched(truth))
    right, wrong = outcome.right.total(), outcome.wrong.total()
    assert outcome.listed.total() > 500
    assert right / (right + wrong) >= PRECISION_FROM, outcome.false
    assert outcome.found.total() / outcome.listed.total() >= RECALL_FROM, outcome.missed


def test_every_way_of_writing_is_in_the_truth_set() -> None:
    truth = make_truth(invented_songs(5, 300), lambda _: True, 5, rows=300, works=200)
    assert {work.way for work in truth.works} == {*WAYS, "decoy"}
    assert len(WAYS) == 13


def test_the_judge_counts_what_is_not_the_song_as_wrong() -> None:
    assert Same.of("Low Tide (Live)", "The Mira Sand") == Same.of("LOW TIDE", "mira sand & Jo")
    assert Same.of("Low Tide", "Mira Sand") != Same.of("Low Tides", "Mira Sand")
    assert Same.of("Low Tide", "Mira Sand") != Same.of("Low Tide", "Jo Low")
