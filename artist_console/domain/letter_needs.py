"""What a person gives for a letter, value by value: how each is called, how it is written, how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from unicodedata import category

from .letter_templates import Placeholder

# Written as 2026-11-29 and shown in the letter's language.
DAYS = frozenset(
    {
        Placeholder.DATE,
        Placeholder.DEADLINE,
        Placeholder.ANSWER_UNTIL,
        Placeholder.PLACE_SINCE,
        Placeholder.REFUSED_ON,
        Placeholder.FIRST_DAY,
        Placeholder.LAST_DAY,
        Placeholder.FIRST_LETTER_DATE,
    }
)
# May hold several lines; all others are one.
SEVERAL_LINES = frozenset({Placeholder.WORKS, Placeholder.USES, Placeholder.QUESTION, Placeholder.EVIDENCE})
# Never given by a person: they follow from who writes to whom about which works.
MADE_HERE = frozenset(
    {
        Placeholder.ADDRESSEE,
        Placeholder.ARTIST,
        Placeholder.WRITER,
        Placeholder.DATE,
        Placeholder.WORKS,
        Placeholder.WORK_COUNT,
        Placeholder.LAW,
        Placeholder.MANDATE,
        Placeholder.YES_ONCE,
        Placeholder.YES_ELSEWHERE,
        Placeholder.WITHDRAWN_ON,
        Placeholder.ANSWERED_ON,
        Placeholder.PLACE_ON_RECORD,
        Placeholder.DEADLINE_OVER,
    }
)
LONGEST_VALUE = 20_000  # characters

# What is missing, inside a sentence.
NAMES: Mapping[Placeholder, str] = {
    Placeholder.ADDRESSEE: "the addressee",
    Placeholder.ARTIST: "the artist",
    Placeholder.WRITER: "who writes",
    Placeholder.DATE: "the day of the letter",
    Placeholder.WORKS: "the works that it is about",
    Placeholder.WORK_COUNT: "the works that it is about",
    Placeholder.PROGRAMME: "the programme",
    Placeholder.OPERATOR: "the operator",
    Placeholder.USES: "the uses",
    Placeholder.DEADLINE: "the last day to answer or object",
    Placeholder.ANSWER_UNTIL: "the day until which an answer is asked for",
    Placeholder.MANDATE: "the mandate",
    Placeholder.STATEMENT: "the statement",
    Placeholder.STATEMENT_PERIOD: "the period of the statement",
    Placeholder.ISSUER: "who issued the statement",
    Placeholder.AMOUNT: "the amount",
    Placeholder.QUESTION: "the question",
    Placeholder.PLACE: "the dataset or model in which the works are reported",
    Placeholder.PLACE_SINCE: "since when the works are reported there",
    Placeholder.EVIDENCE: "the evidence",
    Placeholder.REFUSED_ON: "the day of the refusal",
    Placeholder.PAYER: "who pays",
    Placeholder.PAYEE: "who is to be paid",
    Placeholder.SHARE: "the share",
    Placeholder.FIRST_DAY: "the first day",
    Placeholder.LAST_DAY: "the last day",
    Placeholder.CATEGORY: "the category of rights or uses",
    Placeholder.REPLY_TO: "where the answer is to go",
    Placeholder.FIRST_LETTER_DATE: "the day of the first letter",
    Placeholder.FIRST_LETTER_SUBJECT: "the subject of the first letter",
    Placeholder.MODEL: "the model",
    Placeholder.DATASET: "the dataset",
    Placeholder.LAW: "a sentence about law",
    Placeholder.TERRITORIES: "the territories",
    Placeholder.CONTRACT: "the contract",
    Placeholder.AUDIT_PERIOD: "the period to be audited",
    Placeholder.YES_ONCE: "whether there was a yes",
    Placeholder.YES_ELSEWHERE: "whether a yes of another programme stands",
    Placeholder.WITHDRAWN_ON: "the day on which a yes was taken back",
    Placeholder.ANSWERED_ON: "the days of the replies",
    Placeholder.PLACE_ON_RECORD: "whether the place is on record",
    Placeholder.DEADLINE_OVER: "whether the deadline is over",
}


def placeholder_of(name: str) -> Placeholder | None:
    return next((each for each in Placeholder if each.value == name), None)


def read_value(name: str, text: str) -> tuple[Placeholder, str | date] | str:
    """A value that a person gives, cleaned; what is wrong with it, in a sentence.

    A day comes back as one. A text keeps its braces: it is never read as a template.
    """
    known = placeholder_of(name)
    if known is None or known in MADE_HERE:
        can = ", ".join(each.value for each in Placeholder if each not in MADE_HERE)
        return f"“{name}” cannot be given for a letter. These can: {can}."
    if len(text) > LONGEST_VALUE:
        return f"“{name}” is longer than {LONGEST_VALUE:,} characters. Attach it instead."
    if known in DAYS:
        try:
            return known, date.fromisoformat(text.strip())
        except ValueError:
            return f"“{name}” is a day. Write it as 2026-11-29, not “{one_line(text)[:40]}”."
    cleaned = several_lines(text) if known in SEVERAL_LINES else one_line(text)
    return (known, cleaned) if cleaned else f"“{name}” is empty."


def one_line(text: str) -> str:
    """On one line, without signs that steer a printer or turn the direction of writing."""
    return " ".join(_shown(text).split())


def several_lines(text: str) -> str:
    """Lines as they are, each cleaned; no blank ones at either end."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip("\n")


# Joiners inside words of several scripts: not printable by themselves, and needed.
_JOINERS = "\u200c\u200d"


def _shown(text: str) -> str:
    """Controls read as spaces; signs that only steer how others are shown (as U+202E) as nothing."""
    return "".join(
        sign if sign.isprintable() or sign in _JOINERS else "" if category(sign) == "Cf" else " "
        for sign in text
    )
