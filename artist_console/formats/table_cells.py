"""Dates, durations and counts as files write them -> exact values, or a sentence why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

_MOST = 60  # characters of a date, duration or count
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_ISO = re.compile(r"(?P<y>\d{4})(?:[-/._](?P<m>\d{1,2})(?:[-/._](?P<d>\d{1,2})(?:[T ].*)?)?)?")
_QUARTER = re.compile(
    r"(?P<y>\d{4})[ _-]?q(?P<q>[1-4])|q(?P<q2>[1-4])[ _/-]?(?P<y2>\d{4})|(?P<q3>[1-4])q[ _-]?(?P<y3>\d{4})",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})?")
_WORDS = re.compile(
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?[ .-]+)?(?P<n>[a-z]+)\.?[ ,-]+(?P<y>\d{4})", re.IGNORECASE
)
_WORDS_US = re.compile(r"(?P<n>[a-z]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_PARTS = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4}|\d{2})(?:[T ].*)?")
_ISO_DURATION = re.compile(
    r"P(?!$)(?:(?P<d>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<h>\d{1,6})H)?(?:(?P<m>\d{1,6})M)?(?:(?P<s>\d{1,9}(?:\.\d{1,12})?)S)?)?",
    re.ASCII,
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>\d{2}(?:\.\d{1,6})?)", re.ASCII)
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,12})?", re.ASCII)


class DayOrder(Enum):
    """How a file writes 3/4/2026: declared by its layout, because the text does not tell."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    NOT_DECLARED = "not_declared"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day, or the first day of a stated month or year; `reason` where there is none."""

    value: date | None
    reason: str = ""


def read_date(text: str, order: DayOrder = DayOrder.NOT_DECLARED) -> ReadDate:
    """ISO dates with or without day and month, months by name, and 10/15/2026 in the declared order."""
    text = text.strip()
    if not text:
        return ReadDate(None, "There is no date.")
    wrong = ReadDate(None, f"“{text[:_MOST]}” is not a date that can be read (2026-03-31 can).")
    if len(text) > _MOST:
        return wrong
    try:
        for form in (_ISO, _COMPACT):
            found = form.fullmatch(text)
            if found:
                return ReadDate(date(int(found["y"]), int(found["m"] or 1), int(found["d"] or 1)))
        for form in (_WORDS, _WORDS_US):
            found = form.fullmatch(text)
            if found and found["n"].lower() in _MONTHS:
                return ReadDate(date(int(found["y"]), _MONTHS[found["n"].lower()], int(found["d"] or 1)))
        found = _MONTH_YEAR.fullmatch(text)
        if found:
            return ReadDate(date(int(found["y"]), int(found["m"]), 1))
        found = _PARTS.fullmatch(text)
        if found:
            return _in_order(found, order, text)
    except ValueError:
        return wrong
    return wrong


def read_quarter(text: str) -> date | None:
    """The first day of a quarter: 2026-Q1, 2026Q1, Q1 2026 or 1Q2026; None for anything else."""
    found = _QUARTER.fullmatch(text.strip()) if len(text) <= _MOST else None
    year = int(found["y"] or found["y2"] or found["y3"]) if found else 0
    if found is None or not date.min.year <= year:
        return None
    return date(year, int(found["q"] or found["q2"] or found["q3"]) * 3 - 2, 1)


def _in_order(found: re.Match[str], order: DayOrder, text: str) -> ReadDate:
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    year += 2000 if year < 100 else 0
    if order is DayOrder.NOT_DECLARED:
        if first <= 12 and second <= 12 and first != second:
            return ReadDate(None, f"“{text}” may be two different days; write it as 2026-03-31.")
        order = DayOrder.DAY_FIRST if first > 12 else DayOrder.MONTH_FIRST
    month, day = (first, second) if order is DayOrder.MONTH_FIRST else (second, first)
    return ReadDate(date(year, month, day))


@dataclass(frozen=True, slots=True)
class ReadDuration:
    """Seconds; None with a reason where the text is wrong, None without where it means "unknown"."""

    seconds: Decimal | None
    reason: str = ""


def read_iso_duration(text: str) -> ReadDuration:
    """PT3M26.2S. Years, months and signs have no place in a recording; zero means unknown."""
    found = _ISO_DURATION.fullmatch(text.strip()) if len(text) <= _MOST else None
    if found is None:
        return ReadDuration(None, f"“{text.strip()[:_MOST]}” is not a duration (PT3M26S is).")
    days, hours, minutes = (int(found[part] or 0) for part in "dhm")
    return _known(Decimal(((days * 24 + hours) * 60 + minutes) * 60) + Decimal(found["s"] or 0))


def read_duration(text: str) -> ReadDuration:
    """Seconds (206), a clock (3:26, 1:02:03) or an ISO duration (PT3M26S)."""
    text = text.strip()
    if not text:
        return ReadDuration(None)
    if text.startswith("P"):
        return read_iso_duration(text)
    if _SECONDS.fullmatch(text):
        return _known(Decimal(text))
    found = _CLOCK.fullmatch(text)
    if found is None or (Decimal(found["s"]) >= 60) or (found["h"] and int(found["m"]) >= 60):
        return ReadDuration(None, f"“{text[:_MOST]}” is not a duration (3:26, 206 or PT3M26S are).")
    return _known(Decimal(int(found["h"] or 0) * 3600 + int(found["m"]) * 60) + Decimal(found["s"]))


def _known(seconds: Decimal) -> ReadDuration:
    if seconds > 14 * 24 * 3600:
        return ReadDuration(None, "A recording does not last more than two weeks.")
    return ReadDuration(seconds if seconds else None)


def read_count(text: str) -> int | None:
    """A whole number with or without thousands ("1,200", "1 200", "-3", "12.0"); None for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 24:
        return int(text)
    text = text.strip().replace("\u2212", "-")
    if len(text) > 24 or not re.fullmatch(
        r"-?\d{1,3}(?:([,. \u00a0\u202f'’])\d{3}(?:\1\d{3})*)?|-?\d+", text, re.ASCII
    ):
        whole = re.fullmatch(r"(-?\d{1,20})[.,]0+", text, re.ASCII)
        return int(whole[1]) if whole else None
    return int(re.sub(r"[^\d-]", "", text))
