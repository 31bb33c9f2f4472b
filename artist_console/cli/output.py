"""What a command prints: the same facts as a readable text and as JSON.

Every command makes one `Answer`; which half is printed is decided in one place.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from artist_console.cli.tables import plain
from artist_console.domain.problems import Problem

Plain = None | bool | int | str | Decimal | date | Enum | Sequence["Plain"] | Mapping[str, "Plain"]

DONE, TROUBLE, USAGE, NOT_GENUINE, SIGNER_UNKNOWN = range(5)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found out. `facts` has the shape that docs/cli.md describes."""

    text: str
    facts: Plain
    code: int = DONE


def as_json(facts: Plain) -> str:
    return json.dumps(facts, default=_spelled, ensure_ascii=False, indent=2)


def _spelled(value: object) -> object:
    """Amounts as text, so that no reader rounds them; days and times as ISO 8601; closed sets by value."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no spelling in JSON")


def show(answer: Answer, *, json: bool) -> None:
    sys.stdout.write((as_json(answer.facts) if json else answer.text).rstrip("\n") + "\n")


def complain(problem: Problem) -> None:
    """One sentence on standard error. The texts in it may come from a file."""
    sys.stderr.write(f"artist-console: {plain(problem.sentence)}\n")


def note(text: str) -> None:
    """Progress and asides, apart from what a program reads on standard output; of one line or several."""
    sys.stderr.write("\n".join(plain(line) for line in text.split("\n")) + "\n")
    sys.stderr.flush()
