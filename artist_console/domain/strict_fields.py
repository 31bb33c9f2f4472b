"""Reads the fields of a JSON file that ships with the program, and collects what is wrong with them.

A value that could not be read is stood in for, so that one pass finds every fault; with any fault, what was
read is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

Choice = TypeVar("Choice", bound=Enum)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing that is wrong: where in the file, and what, in a sentence."""

    where: str  # path of keys, such as parts/who/text/de; empty: the whole file
    words: str


class StrictFields:
    """Each method reads one value and notes what is wrong with it; `faults` are in the order of reading."""

    def __init__(self) -> None:
        self.faults: list[FieldFault] = []

    def fault(self, where: str, words: str) -> None:
        self.faults.append(FieldFault(where, words))

    def words(self, found: object, where: str) -> str:
        if isinstance(found, str) and found.strip():
            return found
        self.fault(where, "A text was expected.")
        return ""

    def line(self, found: object, where: str) -> str:
        text = self.words(found, where)
        if len(text.splitlines()) > 1:
            self.fault(where, "One line was expected.")
        return text

    def table(
        self, found: object, where: str, needed: Collection[str], also: Collection[str] = ()
    ) -> Mapping[str, object] | None:
        if not isinstance(found, dict):
            self.fault(where, "Fields in braces were expected.")
            return None
        for key in sorted(set(needed) - found.keys()):
            self.fault(where, f"“{key}” is missing.")
        for key in sorted(found.keys() - set(needed) - set(also)):
            self.fault(where, f"“{key}” is not a field that is known here.")
        return found

    def list(self, found: object, where: str) -> Sequence[object]:
        if isinstance(found, list):
            return found
        self.fault(where, "A list was expected.")
        return ()

    def each(self, found: object, where: str, read: Callable[[object, str], Made | None]) -> tuple[Made, ...]:
        made = [read(item, f"{where}/{n}") for n, item in enumerate(self.list(found, where), 1)]
        return tuple(item for item in made if item is not None)

    def choices(self, found: object, where: str, kind: type[Choice]) -> tuple[Choice, ...]:
        return tuple(dict.fromkeys(self.choice(item, where, kind) for item in self.list(found, where)))

    def some(self, found: object, where: str, kind: type[Choice]) -> tuple[Choice, ...]:
        chosen = self.choices(found, where, kind)
        if not chosen:
            self.fault(where, "At least one was expected.")
        return chosen

    def choice(self, found: object, where: str, kind: type[Choice]) -> Choice:
        for each in kind:
            if each.value == found:
                return each
        self.fault(where, f"“{found}” is not one of: {', '.join(each.value for each in kind)}.")
        return next(iter(kind))

    def day(self, found: object, where: str) -> date | None:
        try:
            if isinstance(found, str):
                return date.fromisoformat(found)
        except ValueError:
            pass
        self.fault(where, "A day such as 2026-11-29 was expected.")
        return None

    def count(self, found: object, where: str, most: int) -> int | None:
        if found is None:
            return None
        if isinstance(found, int) and not isinstance(found, bool) and 0 < found <= most:
            return found
        self.fault(where, f"A whole number from 1 to {most} was expected, or null.")
        return None
