"""What a line means, in words: money of different sorts is never called the same."""

from __future__ import annotations

import pytest

from artist_console.domain.line_meanings import nature_words
from artist_console.domain.statements import LineKind, MoneyNature, nature_of
from artist_console.domain.words import NATURE

FIXED_SUMS = {
    LineKind.FEE_TRAINING,
    LineKind.FEE_VERSION,
    LineKind.MINIMUM_GUARANTEE,
    LineKind.VOICE_MODEL,
    LineKind.SETTLEMENT,
    LineKind.EQUITY,
    LineKind.BACKPAY,
}


@pytest.mark.parametrize("kind", LineKind)
def test_only_a_fixed_sum_is_called_fixed_and_only_a_count_counted(kind: LineKind) -> None:
    assert (nature_words(kind) == NATURE[MoneyNature.FIXED]) == (kind in FIXED_SUMS)
    if nature_words(kind) == NATURE[MoneyNature.COUNTED]:
        assert nature_of(kind) is MoneyNature.COUNTED
        assert kind is not LineKind.OTHER
