"""Pay terms and letters as written: per cent become exact parts, and what cannot be is said by its field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.pay_terms_form import (
    DirectionText,
    FormFaults,
    PartText,
    PayTermsText,
    direction_wish,
    in_percent,
    terms_wish,
)
from artist_console.domain.ids import PartyId
from artist_console.domain.uses import Right

MARA = PartyId("mara")


def faults_of(text: PayTermsText | DirectionText) -> set[str]:
    with pytest.raises(FormFaults) as told:
        terms_wish(text) if isinstance(text, PayTermsText) else direction_wish(text)
    return {fault.field for fault in told.value.faults}


@given(st.decimals(min_value=0, max_value=1, places=18, allow_nan=False))
def test_a_part_written_in_per_cent_comes_back_as_the_same_part(part: Decimal) -> None:
    made = terms_wish(PayTermsText("Northlight", MARA, rates=(PartText(in_percent(part)),)))
    assert [rate.rate for rate in made.rates] == [part]


def test_terms_are_read_with_comma_or_point_and_what_is_empty_is_not_said() -> None:
    made = terms_wish(
        PayTermsText(
            " Northlight ",
            MARA,
            rates=(PartText("17,5 %"), PartText("")),
            recoupable="1250,50",
            currency="eur",
            reserve_rate="10",
            reserve_periods="2",
            commission_rate="15",
            commission_to="Anna",
        )
    )
    assert made.issuer == "Northlight"
    assert [rate.rate for rate in made.rates] == [Decimal("0.175")]
    assert (made.recoupable, made.currency) == (Decimal("1250.50"), "EUR")
    assert (made.reserve_rate, made.reserve_periods) == (Decimal("0.1"), 2)
    assert (made.commission_rate, made.commission_to_name) == (Decimal("0.15"), "Anna")
    assert (made.tax_rate, made.recouped_share) == (Decimal(0), Decimal(1))


def test_an_amount_that_may_be_two_is_not_guessed() -> None:
    assert faults_of(PayTermsText("N", MARA, recoupable="1,250", currency="EUR")) == {"recoupable"}


def test_what_cannot_be_paid_by_is_said_beside_its_field() -> None:
    wrong = PayTermsText(
        "",
        MARA,
        rates=(PartText("120"),),
        recoupable="100",
        currency="EURO",
        reserve_rate="5",
        reserve_periods="0",
        commission_rate="10",
        tax_rate="a tenth",
        since=date(2025, 2, 1),
        until=date(2025, 1, 1),
    )
    assert faults_of(wrong) == {
        "issuer",
        "rates",
        "currency",
        "reserve_periods",
        "commission_to",
        "tax_rate",
        "until",
    }


def test_parts_of_rights_are_kept_with_their_rights() -> None:
    parts = (PartText("60", right=Right.MASTER), PartText("40", right=Right.COMPOSITION))
    made = terms_wish(PayTermsText("Northlight", None, right_parts=parts))
    assert [(part.right, part.part) for part in made.right_parts] == [
        (Right.MASTER, Decimal("0.6")),
        (Right.COMPOSITION, Decimal("0.4")),
    ]


def test_a_letter_is_kept_in_basis_points_and_no_finer() -> None:
    made = direction_wish(DirectionText(MARA, "Aunt Ida", "12.5"))
    assert (made.share_bp, made.payee_name, made.payer) == (1250, "Aunt Ida", "")
    assert faults_of(DirectionText(MARA, "Aunt Ida", "12.505")) == {"share"}
    assert faults_of(DirectionText(MARA, "Aunt Ida", "0")) == {"share"}
    assert faults_of(DirectionText(None, "", "")) == {"directed_by", "payee", "share"}
