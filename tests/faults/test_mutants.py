"""Every rule of the protocol broken on purpose, and each found out: by a story of its own, and by chance."""

from __future__ import annotations

import pytest

from . import directed, schedules
from .mutants import MUTANTS, Mutant, patched

mutants = pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)


def test_there_is_a_story_for_each_and_there_are_enough() -> None:
    assert MUTANTS.keys() == directed.STORIES.keys()
    assert len(MUTANTS) >= 20


@mutants
def test_a_story_of_its_own_shows_it_and_is_sound_without_it(mutant: Mutant) -> None:
    told = directed.STORIES[mutant.name]
    assert directed.ending_of(told) == []
    with patched(mutant):
        assert directed.ending_of(told)


@pytest.mark.parametrize("mutant", [m for m in MUTANTS.values() if m.within], ids=lambda mutant: mutant.name)
def test_random_schedules_show_it(mutant: Mutant) -> None:
    with patched(mutant):
        found = schedules.first_wrong(range(mutant.within), mutant.among)
    assert found is not None, f"no schedule of {mutant.within} shows it"
