"""Exact money: amounts as files write them, currencies with their smallest units, totals per currency.

Decimal from text to total; nothing passes through a binary fraction. Single lines keep every digit that was
delivered. Only a payable total is rounded, once, half-even, and what the rounding left is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache

from artist_console.domain.currencies import (
    decimals_of,
    is_currency,
)

# Real files carry up to 18 decimals; sums of millions of them stay exact with room to spare.
_PRECISION = 100
_MOST_CHARACTERS = 60  # a longer cell is no amount


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a file writes numbers; each layout declares it, because "1,234" alone says nothing."""

    decimal: str = "."
    thousands: str = ""  # each character of it separates groups of three digits
    bracket_negatives: bool = False  # accountants' (3.50) for -3.50


# Every kind of space that programs put between thousands.
_SPACES = " \u00a0\u202f\u2009'’"
PLAIN = NumberForm()
POINT = NumberForm(".", "," + _SPACES)
COMMA = NumberForm(",", "." + _SPACES)


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """The exact value of a cell, or in one sentence why there is none."""

    value: Decimal | None
    reason: str = ""


@lru_cache(maxsize=16)
def _pattern(form: NumberForm) -> re.Pattern[str]:
    whole = "[0-9]+"
    if form.thousands:
        # One and the same separator all through a number, always before three digits.
        whole = rf"[0-9]{{1,3}}(?P<gap>[{re.escape(form.thousands)}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*|[0-9]+"
    return re.compile(rf"(?P<sign>[+-]?)(?P<whole>{whole})?(?:{re.escape(form.decimal)}(?P<part>[0-9]*))?")


def read_amount(cell: str, form: NumberForm = PLAIN) -> ReadAmount:
    """Read one delivered number with all its digits.

    Refused: an empty cell, NaN and infinities, exponents, signs of currencies, and separators that the form
    does not declare or that do not stand between groups of three.
    """
    text = cell.strip().replace("\u2212", "-")
    if not text:
        return ReadAmount(None, "There is no amount.")
    if len(text) > _MOST_CHARACTERS:
        return ReadAmount(None, f"“{text[:20]}…” is too long to be an amount.")
    bracketed = form.bracket_negatives and text.startswith("(") and text.endswith(")")
    match = _pattern(form).fullmatch(text[1:-1] if bracketed else text)
    if match is None or not (match["whole"] or match["part"]) or (bracketed and match["sign"]):
        expected = f"1234{form.decimal}56"
        return ReadAmount(None, f"“{text}” is not an amount as this file writes them ({expected}).")
    whole = "".join(char for char in match["whole"] or "0" if char.isdigit())
    value = Decimal(f"{whole}.{match['part']}" if match["part"] else whole)
    # Not unary minus, which rounds to 28 digits.
    return ReadAmount(value.copy_negate() if bracketed or match["sign"] == "-" else value)


def read_payment(cell: str, currency: str, form: NumberForm = PLAIN) -> ReadAmount:
    """Read an amount that is paid as such, so it cannot be finer than the currency's smallest unit."""
    if not is_currency(currency):
        return ReadAmount(None, f"“{currency}” is not the code of a currency.")
    read = read_amount(cell, form)
    if read.value is None or is_payable(read.value, currency):
        return read
    places = decimals_of(currency)
    return ReadAmount(None, f"{read.value} {currency} cannot be paid: {currency} has {places} decimals.")


def money_in_words(amount: Decimal, currency: str) -> str:
    """ "1,284.50 EUR": every digit that says something, and at least the decimals of the currency."""
    places = decimals_of(currency) if is_currency(currency) else 0
    return f"{_grouped(amount, places)} {currency}"


def _grouped(amount: Decimal, least_places: int) -> str:
    with localcontext() as context:
        context.prec = _PRECISION
        places = max(-int(amount.normalize().as_tuple().exponent), least_places)
        return f"{amount.quantize(Decimal(1).scaleb(-places)):,f}"


def is_payable(amount: Decimal, currency: str) -> bool:
    """Whether an amount is a whole number of the currency's smallest unit."""
    return payable(amount, currency).left_over == 0


@dataclass(frozen=True, slots=True)
class Payable:
    """A total rounded once to the currency, and what the rounding left: `amount + left_over` is exact."""

    amount: Decimal
    left_over: Decimal
    currency: str


def payable(total: Decimal, currency: str) -> Payable:
    """Round a payable total half-even to the currency's smallest unit. Never for single lines."""
    with localcontext() as context:
        context.prec = _PRECISION
        amount = total.quantize(Decimal(1).scaleb(-decimals_of(currency)), rounding=ROUND_HALF_EVEN)
        return Payable(amount, total - amount, currency)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency in which it was stated."""

    amount: Decimal
    currency: str


def totals(parts: Iterable[Money]) -> tuple[Money, ...]:
    """One exact total per currency, in the order of their codes. Different currencies are never added."""
    sums: dict[str, Decimal] = {}
    with localcontext() as context:
        context.prec = _PRECISION
        for part in parts:
            sums[part.currency] = sums.get(part.currency, Decimal(0)) + part.amount
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))
