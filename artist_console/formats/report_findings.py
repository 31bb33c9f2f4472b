"""Findings of a report: sought again in the rows that leave, so that their words tell nothing beside these.

What rests on a private note (how a switch stands, whose mandate ends) is none of them, and neither is what
somebody has put aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from artist_console.domain.facts import FactBook
from artist_console.domain.finding import Finding, PaidUse
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.findings import find
from artist_console.domain.removal_steps import RemovalMark

from .report_content import Part, ReportContent, ReportHeader
from .report_kinds import ReportedFinding

# They are about money that came or did not: true only beside all statements, which tell it themselves.
_OF_MONEY = frozenset({FindingKind.REPORTED_NOT_PAID, FindingKind.PAID_NOT_REPORTED})
_PRIVATE = frozenset({FindingKind.MANDATE_ENDS, FindingKind.SET_OTHERWISE})


@dataclass(frozen=True, slots=True)
class FindingSources:
    """What findings rest on beside the rows of a report."""

    today: date
    paid: tuple[PaidUse, ...] = ()
    marks: tuple[RemovalMark, ...] = ()
    put_aside: frozenset[str] = frozenset()  # ids of findings


def tells_kind(header: ReportHeader, kind: FindingKind) -> bool:
    """Whether a report with this header tells findings of a kind."""
    return kind not in _PRIVATE and (kind not in _OF_MONEY or _tells_of_money(header))


def state_findings(
    content: ReportContent, facts: FactBook, sources: FindingSources
) -> tuple[ReportedFinding, ...]:
    """The findings of the report's artists in its own rows. `facts`: with their ledgers."""
    header = content.header
    paid = sources.paid if _tells_of_money(header) else ()
    found = find(
        facts,
        content.inclusions,
        content.models,
        content.datasets,
        content.statements,
        paid,
        (),
        sources.today,
        header.artists,
        sources.marks,
    )
    return tuple(_row(each) for each in _told(found, header, sources))


def _told(found: Iterable[Finding], header: ReportHeader, sources: FindingSources) -> Iterable[Finding]:
    return (each for each in found if tells_kind(header, each.kind) and each.id not in sources.put_aside)


def _tells_of_money(header: ReportHeader) -> bool:
    return header.holds(Part.STATEMENTS) and header.period_from is None and header.period_until is None


def _row(finding: Finding) -> ReportedFinding:
    return ReportedFinding(
        id=finding.id,
        kind=finding.kind,
        artist=finding.artist,
        work=finding.work,
        programme=finding.programme,
        since=finding.since,
        deadline=finding.deadline,
        silence=finding.silence,
        title=finding.title.text,
        words=tuple(sentence.text for sentence in finding.words),
        evidence=finding.facts,
        works=finding.works,
    )
