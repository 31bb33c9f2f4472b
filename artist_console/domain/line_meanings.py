"""What one line means, in plain words: its kind, by which method, how sure it is, and how exactly it came."""

from __future__ import annotations

from dataclasses import dataclass

from .money import money_in_words
from .phrases import Sentence, say
from .statements import AmountPrecision, Line, LineKind, MoneyNature, nature_of
from .words import LINE_KIND, NATURE

_NATURE: dict[MoneyNature, str] = {
    MoneyNature.FIXED: "A fixed sum: it says nothing about how much your work was used.",
    MoneyNature.COUNTED: "Counted: it follows from a number of times that something happened.",
    MoneyNature.ESTIMATED: "An estimate of a model, not a count: another method would give another amount.",
    MoneyNature.DEDUCTION: "Taken off what was earned.",
}
# Kinds whose nature, as a look, does not say what they are.
_INSTEAD: dict[LineKind, str] = {
    LineKind.ADVANCE: "Paid ahead: no earnings yet, later ones are set against it.",
    LineKind.ADJUSTMENT: "Puts an earlier line right; it stands with the line that it corrects.",
    LineKind.REVERSAL: "Takes an earlier line back; it stands with the line that it corrects.",
    LineKind.RESERVE_RELEASED: "Was held back before: it was earned earlier and comes now.",
    LineKind.SPLIT_TRANSFER: "Somebody else's share, passed on: never your income.",
    LineKind.UNATTRIBUTED: "Nobody could tell for which work it is. It may still be assigned.",
    LineKind.OTHER: "Not recognised as income from AI. That can be wrong: the name of the source decides.",
}
# The same in a word or two.
_INSTEAD_SHORT: dict[LineKind, str] = {
    LineKind.ADVANCE: "Paid ahead",
    LineKind.ADJUSTMENT: "Correction",
    LineKind.REVERSAL: "Correction",
    LineKind.RESERVE_RELEASED: "Held before",
    LineKind.SPLIT_TRANSFER: "Passed on",
    LineKind.UNATTRIBUTED: "Not assigned",
    LineKind.OTHER: "Not AI income",
}


def nature_words(kind: LineKind) -> str:
    """What sort of money a line is, in a word or two: a look alone does not tell an advance from a fee."""
    return _INSTEAD_SHORT.get(kind) or NATURE[nature_of(kind)]


@dataclass(frozen=True, slots=True)
class LineMeaning:
    """What to say of a line. Empty sentences are None."""

    kind: Sentence  # what such a line is
    nature: Sentence  # fixed, counted, estimated or taken off, and what that does not say
    method: Sentence | None  # by which method and version, as the line names it
    confidence: Sentence | None  # the range that the line states
    precision: Sentence | None  # where the amount did not come as exact text
    converted: Sentence | None  # where the issuer converted it


def meaning_of(line: Line) -> LineMeaning:
    """The meaning of a line, from the line alone."""
    nature = _INSTEAD.get(line.kind, _NATURE[nature_of(line.kind)])
    return LineMeaning(
        kind=say(LINE_KIND[line.kind][1]),
        nature=say(nature),
        method=_method(line),
        confidence=_confidence(line),
        precision=_precision(line),
        converted=_converted(line),
    )


def _method(line: Line) -> Sentence | None:
    if not line.method:
        if nature_of(line.kind) is MoneyNature.ESTIMATED:
            return say("By which method it was estimated is not stated.")
        return None
    if line.method_version:
        return say("Method: {method}, version {version}.", method=line.method, version=line.method_version)
    return say("Method: {method}. Its version is not stated.", method=line.method)


def _confidence(line: Line) -> Sentence | None:
    low, high = line.confidence_low, line.confidence_high
    if low is not None and high is not None:
        return say(
            "Between {low} and {high}, as the statement says.",
            low=money_in_words(low, line.currency),
            high=money_in_words(high, line.currency),
        )
    if low is not None:
        return say("At least {low}, as the statement says.", low=money_in_words(low, line.currency))
    if high is not None:
        return say("At most {high}, as the statement says.", high=money_in_words(high, line.currency))
    if nature_of(line.kind) is MoneyNature.ESTIMATED:
        return say("How sure the estimate is, is not stated.")
    return None


def _precision(line: Line) -> Sentence | None:
    if line.precision is not AmountPrecision.SPREADSHEET:
        return None
    return say("Spreadsheet precision: it came as a spreadsheet's number, which may have lost digits.")


def _converted(line: Line) -> Sentence | None:
    if line.original_amount is None or not line.original_currency:
        return None
    original = money_in_words(line.original_amount, line.original_currency)
    if line.exchange_rate is None:
        return say("Converted by the issuer from {original}; the rate is not stated.", original=original)
    return say(
        "Converted by the issuer from {original}, at {rate}.",
        original=original,
        rate=f"{line.exchange_rate:f}",
    )
