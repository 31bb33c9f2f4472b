"""What a report claims of a work, beside what follows from its own rows: outcome and reasons by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from artist_console.commands.cells import Explained
from artist_console.commands.report_inside import ReportInside, explain_in_words
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.registers import SubjectKind
from artist_console.domain.uses import Use
from artist_console.formats.report_outcomes import lacks_facts

Cell = tuple[ProgrammeId, Use]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the report states of a cell. Without a claim of its own nothing is said against it."""

    outcome: PermissionOutcome | None
    reasons: tuple[str, ...]  # the stated trace, sentence by sentence; empty: none is stated
    outcome_holds: bool
    reasons_hold: bool
    lacking: bool  # a fact that the rule needs was left out or is not shared: it cannot be recomputed


@dataclass(frozen=True, slots=True)
class ComparedWork:
    """The permissions of one work worked out again, and what the report claims of each."""

    explained: Mapping[Cell, Explained]
    claims: Mapping[Cell, Claim]

    @property
    def agree(self) -> int:
        """How many cells the report states as they follow, with the same reasons."""
        return sum(
            each.outcome is not None and each.outcome_holds and each.reasons_hold
            for each in self.claims.values()
        )


def compare_work(inside: ReportInside, artist: ArtistId, work: WorkId) -> ComparedWork:
    """Raises UnknownThing for a work that is not in the report, or where the report is not verified."""
    found = explain_in_words(inside, artist, work)
    content = inside.content
    assert content is not None, "what is explained has content"
    stated = {
        (each.programme, each.use): each.outcome
        for each in content.outcomes
        if (each.artist, each.kind, each.subject) == (artist, SubjectKind.WORK, work)
    }
    traces = {
        (each.programme, use): each
        for each in content.traces
        if (each.artist, each.kind, each.subject) == (artist, SubjectKind.WORK, work)
        for use in each.uses
    }
    lacks = lacks_facts(content, bool(inside.opened.gaps))
    claims = {}
    for cell, explained in found.items():
        outcome, trace = stated.get(cell), traces.get(cell)
        reasons = trace.words if trace is not None else ()
        own = tuple(step.text for step in explained.permission.trace)
        outcome_holds = outcome is None or outcome is explained.permission.outcome
        reasons_hold = trace is None or reasons == own
        lacking = not (outcome_holds and reasons_hold) and trace is not None and lacks(trace)
        claims[cell] = Claim(outcome, reasons, outcome_holds, reasons_hold, lacking)
    return ComparedWork(found, claims)
