"""What a command prints: the same facts as a readable text and as JSON.

Every command makes one `Answer`; which half is printed is decided in one place.
"""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TextIO

from artist_console.cli.tables import plain
from artist_console.domain.problems import FileProblem, Problem

Plain = None | bool | int | str | Decimal | date | Enum | Sequence["Plain"] | Mapping[str, "Plain"]

DONE, TROUBLE, USAGE, NOT_GENUINE, SIGNER_UNKNOWN = range(5)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found out. `facts` has the shape that docs/cli.md describes."""

    text: str
    facts: Plain
    code: int = DONE


# What terminals that know few signs still show.
_SIMPLER = str.maketrans({"“": '"', "”": '"', "’": "'", "…": "...", "–": "-", "·": "-", "×": "x"})


def as_json(facts: Plain, *, ascii_only: bool = False) -> str:
    return json.dumps(facts, default=_spelled, ensure_ascii=ascii_only, indent=2)


def sayable(text: str, stream: TextIO | None) -> str:
    """The text in the signs that a stream can take: plain quotation marks, and "?" for what it lacks."""
    encoding = _encoding_of(stream)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_SIMPLER).encode(encoding, "replace").decode(encoding)
    return text


def _spelled(value: object) -> object:
    """Amounts as text, so that no reader rounds them; days and times as ISO 8601; closed sets by value."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no spelling in JSON")


class NotPrinted(FileProblem):
    """Standard output takes nothing: closed, or a full disk behind a redirection."""

    title_template = "The answer could not be printed: {reason}"
    advice_template = "What was recorded is kept. Check where the output goes"


def write(text: str) -> None:
    """Print text as it stands, at once. Raises NotPrinted, and BrokenPipeError where the reader has gone."""
    # Closed from the start it is None, whatever the type says.
    if not sys.stdout:
        raise NotPrinted(reason="there is no standard output")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go_of_output()
        raise NotPrinted(reason=error.strerror or type(error).__name__) from error


def let_go_of_output() -> None:
    """Python would fail once more when it flushes what is left at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def show(answer: Answer, *, json: bool) -> None:
    if json:
        # Escapes lose nothing where the stream takes few signs.
        text = as_json(answer.facts, ascii_only=_encoding_of(sys.stdout) != "utf-8")
    else:
        text = sayable(answer.text, sys.stdout)
    write(text.rstrip("\n") + "\n")


def say(line: str) -> None:
    """A line of an answer that has no JSON. It may name files and folders."""
    write(sayable(plain(line), sys.stdout) + "\n")


def _encoding_of(stream: TextIO | None) -> str:
    """The name of a stream's encoding as Python's library spells it; a stream that is closed has none."""
    return codecs.lookup((stream.encoding if stream is not None else "") or "utf-8").name


def complain(problem: Problem) -> None:
    """One sentence on standard error. The texts in it may come from a file."""
    _write_aside(f"artist-console: {plain(problem.sentence)}\n")


def note(text: str) -> None:
    """Progress and asides, apart from what a program reads on standard output; of one line or several."""
    _write_aside("\n".join(plain(line) for line in text.split("\n")) + "\n")


def _write_aside(text: str) -> None:
    if sys.stderr:  # None where it was closed from the start
        sys.stderr.write(sayable(text, sys.stderr))
        sys.stderr.flush()
