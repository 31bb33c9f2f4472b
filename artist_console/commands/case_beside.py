"""What stands beside a case: its works by name, what they show of it, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from artist_console.commands.case_weights import grades_by_name
from artist_console.commands.cases import OutcomeTold, outcomes_told, show_case, why_not_change
from artist_console.commands.console import Console
from artist_console.commands.names import work_title
from artist_console.domain.addressee_directory import name_key
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.phrases import Sentence
from artist_console.store import mirror


@dataclass(frozen=True, slots=True)
class BesideCase:
    works: tuple[tuple[WorkId, str], ...]  # in the order of the case; no title: not in the catalogue any more
    told: tuple[OutcomeTold, ...]
    why_not_change: Sentence | None  # None: the person may change it
    grades: Mapping[str, EvidenceGrade | None]  # what the word of each counts for, by `name_key`

    def grade_of(self, name: str) -> EvidenceGrade | None:
        """What the word of one of this name counts for; None: it stays on the case."""
        return self.grades.get(name_key(name))


def beside_case(console: Console, case: str) -> BesideCase:
    """Raises UnknownCase."""
    known = show_case(console, case).case
    facts = mirror.facts(console.store, console.clock())
    return BesideCase(
        tuple((work, work_title(facts, work)) for work in known.works),
        outcomes_told(console, case),
        why_not_change(console, known.artist),
        grades_by_name(console, known),
    )
