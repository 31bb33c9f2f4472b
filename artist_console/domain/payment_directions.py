"""Whether a letter of direction says something that can be paid by: a share, two days, two parties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from .letter_templates import Placeholder
from .phrases import Sentence, day_in_words, say

NOT_A_SHARE = "The share “{text}” is not one that can be paid by. Write it as 25 % or as 2,500 basis points."
OUT_OF_RANGE = "The share “{text}” has to be above 0 % and at most 100 %."
TURNED_ROUND = "The last day, {last}, is not after the first, {first}. Correct one of them."
SAME_PARTY = "Payer and payee are both {name}. Name whoever is to be paid instead of you."

_WHOLE_BP = 10_000
_SHARE = re.compile(
    r"(?P<number>[-−–]?\s*\d[\d.,\u00a0\u202f ]*)\s*"
    r"(?P<unit>%|per ?cent\b|prozent\b|pour cent\b|por ciento\b"
    r"|bps?\b|basis points?\b|basispunkte?n?\b|points? de base\b|puntos? básicos?\b)",
    re.IGNORECASE,
)


def direction_fault(texts: Mapping[Placeholder, str], days: Mapping[Placeholder, date]) -> Sentence | None:
    """What is wrong with the values of a letter of direction; what is missing is told elsewhere."""
    share = texts.get(Placeholder.SHARE, "")
    if share:
        found = [_basis_points(each["number"], each["unit"]) for each in _SHARE.finditer(share)]
        if not found or any(each is None for each in found):
            return say(NOT_A_SHARE, text=share)
        if any(each is not None and not 0 < each <= _WHOLE_BP for each in found):
            return say(OUT_OF_RANGE, text=share)
    first, last = days.get(Placeholder.FIRST_DAY), days.get(Placeholder.LAST_DAY)
    if first is not None and last is not None and last <= first:
        return say(TURNED_ROUND, last=day_in_words(last), first=day_in_words(first))
    payer, payee = texts.get(Placeholder.PAYER, ""), texts.get(Placeholder.PAYEE, "")
    if payer and " ".join(payer.casefold().split()) == " ".join(payee.casefold().split()):
        return say(SAME_PARTY, name=payee)
    return None


def _basis_points(number: str, unit: str) -> Decimal | None:
    """A share in basis points; in percent a comma is a decimal sign, in basis points it groups."""
    bare = re.sub(r"[\u00a0\u202f ]", "", number).replace("−", "-").replace("–", "-").rstrip(".,")
    is_percent = unit == "%" or unit.casefold().startswith(("per", "prozent", "pour", "por"))
    try:
        value = Decimal(bare.replace(",", ".") if is_percent else bare.replace(",", "").replace(".", ""))
    except InvalidOperation:
        return None
    return value * 100 if is_percent else value
