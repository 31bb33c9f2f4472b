"""A permission as it travels: the answer, its standing, the licences known, the outcome, and the trace."""

from __future__ import annotations

from datetime import datetime

import msgspec

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing
from artist_console.domain.permission import Permission
from artist_console.domain.registers import SubjectKind
from artist_console.domain.trace import FactRef
from artist_console.domain.uses import Right, Use


class RightStandingWire(msgspec.Struct, frozen=True):
    """What the artist's answer can do about one right; `stakeholder` is the row that says so."""

    right: Right
    standing: Standing
    stakeholder: str | None


class LicenceWire(msgspec.Struct, frozen=True):
    """An agreement that covers a share of one right of one work."""

    agreement: str
    control: str
    right: Right
    carrier: str  # the work


class GapWire(msgspec.Struct, frozen=True):
    """A share of a right, in basis points, that no known agreement covers."""

    right: Right
    carrier: str
    missing_bp: int


class TraceStepWire(msgspec.Struct, frozen=True):
    """One sentence: in English, and as the template and fields that a client can translate."""

    rule: str
    text: str
    template: str
    fields: dict[str, str]
    facts: list[FactRef]


class PermissionAnswer(msgspec.Struct, frozen=True):
    """What follows for one cell. Only the outcome `allowed` permits anything."""

    kind: SubjectKind  # work or person
    subject: str
    programme: str
    use: Use
    artist: str | None
    territory: str | None
    at: datetime
    answer: AnswerKind
    standing: list[RightStandingWire]
    held: list[LicenceWire]
    gaps: list[GapWire]
    outcome: PermissionOutcome
    trace: list[TraceStepWire]
    facts: list[FactRef]
    recomputable: bool  # False: a needed party's answer is not shared with the reader


def answer_of(found: Permission) -> PermissionAnswer:
    asked = found.question
    return PermissionAnswer(
        kind=asked.subject.kind,
        subject=asked.subject.id,
        programme=asked.programme or "",
        use=asked.use,
        artist=asked.artist,
        territory=asked.territory,
        at=asked.instant,
        answer=found.answer.kind,
        standing=[
            RightStandingWire(row.right, row.standing, row.stakeholder.id if row.stakeholder else None)
            for row in found.standing
        ],
        held=[
            LicenceWire(licence.agreement.id, licence.control.id, licence.right, licence.carrier)
            for licence in found.licences.held
        ],
        gaps=[GapWire(gap.right, gap.carrier, gap.missing_bp) for gap in found.licences.gaps],
        outcome=found.outcome,
        trace=[
            TraceStepWire(step.rule, step.text, step.template, dict(step.fields), list(step.facts))
            for step in found.trace
        ],
        facts=list(found.facts),
        recomputable=found.recomputable,
    )
