"""Who is paid what as it is typed: a line for each, and what is wrong with one is said beside the field."""

from __future__ import annotations

from datetime import date

import pytest

from artist_console.commands.pay_terms_form import FormFaults
from artist_console.commands.splits_form import SplitText, split_wish
from artist_console.domain.ids import WorkId
from artist_console.domain.uses import Right


def typed(shares: str, **more: object) -> SplitText:
    return SplitText(WorkId("w"), Right.MASTER, shares, **more)  # type: ignore[arg-type]


def test_a_line_is_a_name_and_per_cent_with_whatever_mark_between() -> None:
    wish = split_wish(typed("Mara Quist: 50\n\n Studio: Nord = 33,33 %\nOla Berg\t16.67"))
    assert [(share.name, share.share_bp) for share in wish.shares] == [
        ("Mara Quist", 5_000),
        ("Studio: Nord", 3_333),
        ("Ola Berg", 1_667),
    ]


@pytest.mark.parametrize(
    ("text", "field", "word"),
    [
        (typed(""), "shares", "which share"),
        (typed("Mara Quist"), "shares", "a colon"),
        (typed(": 50"), "shares", "a colon"),
        (typed("Mara Quist: much"), "shares", "a colon"),
        (typed("Mara Quist: 0"), "shares", "a colon"),
        (typed("Mara Quist: 100.01"), "shares", "a colon"),
        (typed("Mara Quist: 33.333"), "shares", "finer"),
        (typed("Mara Quist: 50", since=date(2025, 2, 1), until=date(2025, 1, 1)), "until", "last day"),
        (SplitText(None, Right.MASTER, "Mara Quist: 50"), "work", "which recording"),
        (SplitText(WorkId("w"), None, "Mara Quist: 50"), "right", "which right"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(text: SplitText, field: str, word: str) -> None:
    with pytest.raises(FormFaults) as told:
        split_wish(text)
    [fault] = told.value.faults
    assert fault.field == field
    assert word in fault.words.text
