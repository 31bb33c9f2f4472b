"""A finding that a person has put aside: it stays away until the facts behind it are others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .finding import Finding
from .ids import ArtistId


@dataclass(frozen=True, slots=True)
class Dismissal:
    """`id` is that of the finding. `facts`: what it rested on when it was put aside."""

    id: str
    artist: ArtistId
    facts: str
    at: datetime
    note: str = ""


def facts_mark(finding: Finding) -> str:
    """What a finding rests on, in short. Words and first days are left out: they can change by themselves."""
    parts = [
        finding.id,
        finding.deadline.isoformat() if finding.deadline is not None else "",
        *sorted(f"work {work}" for work in finding.works),
        *sorted(f"{fact.kind} {fact.id}" for fact in finding.facts),
    ]
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def holds(dismissal: Dismissal | None, finding: Finding) -> bool:
    """Whether a dismissal is about the finding as it stands now."""
    return dismissal is not None and dismissal.facts == facts_mark(finding)


def open_ones(found: Iterable[Finding], dismissed: Mapping[str, Dismissal]) -> tuple[Finding, ...]:
    """The findings that nobody has put aside, in the order given."""
    if not dismissed:
        return tuple(found)
    return tuple(each for each in found if not holds(dismissed.get(each.id), each))
