"""Whether everything that the application needs works on this computer, part by part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartChecked:
    """One part and how it did."""

    part: str
    works: bool
    words: str  # what was found, or what is wrong and what to do
