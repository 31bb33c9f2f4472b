"""What a kind of line means for totals."""

from __future__ import annotations

import pytest

from artist_console.domain.statements import (
    SETTLING,
    LineKind,
    MoneyNature,
    is_ai_income,
    is_earned,
    nature_of,
)


def test_other_money_is_counted_and_never_ai_earnings() -> None:
    assert nature_of(LineKind.OTHER) is MoneyNature.COUNTED
    assert not is_ai_income(LineKind.OTHER)
    assert not is_earned(LineKind.OTHER)


@pytest.mark.parametrize("kind", [kind for kind in LineKind if kind is not LineKind.OTHER])
def test_every_kind_of_an_ai_programme_is_ai_income_and_earned_unless_it_settles(kind: LineKind) -> None:
    assert is_ai_income(kind)
    assert is_earned(kind) is (kind not in SETTLING)
