"""What of a report goes where its part was not chosen, or where rates or contracts were not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from artist_console.domain.contract_rows import OTHERWISE, STATED_HERE, OriginKind, origin_of
from artist_console.domain.contracts import Contract
from artist_console.domain.ids import FactId
from artist_console.domain.parties import Stakeholder

from .report_content import Part, ReportContent

A_CONTRACT = "a contract, not shown in this report"
# What the permission rule reads, beside works, parties, releases, programmes and terms.
_OF_THE_RULE = (
    *("stakeholders", "controls", "agreements", "opt_ins", "attestations"),
    *("recorded_answers", "others_answers"),
)


def only_parts(content: ReportContent) -> ReportContent:
    """Works, their releases and the programmes stay: a report is always about works and explains itself.

    Facts of the permission rule are there for permissions, and for the findings that name them.
    """
    header = content.header
    gone: list[str] = []
    if not header.holds(Part.DECISIONS):
        gone += ["entries", "receipts", "receipt_keys"]
    if not header.holds(Part.PERMISSIONS):
        gone += ["outcomes", "traces"]
        if not header.holds(Part.FINDINGS):
            gone += _OF_THE_RULE
            gone += [] if header.holds(Part.DECISIONS) else ["terms"]
    if not header.holds(Part.FINDINGS):
        gone += ["findings"]
    if not header.holds(Part.INCLUSIONS):
        gone += ["inclusions", "datasets", "models"]
    if not header.holds(Part.CASES):
        gone += ["cases"]
    if not header.holds(Part.STATEMENTS):
        gone += ["statements", "lines"]
    empty: dict[str, Any] = dict.fromkeys(gone, ())
    return replace(content, **empty)


def without_rates(content: ReportContent) -> ReportContent:
    """Without what programmes and agreements pay; the header says so where there was any."""
    had = any(terms.rates for terms in content.terms) or any(each.allocation for each in content.agreements)
    if not had:
        return content
    return replace(
        content,
        header=replace(content.header, rates_left_out=True),
        terms=tuple(replace(terms, rates=()) for terms in content.terms),
        agreements=tuple(replace(each, allocation="") for each in content.agreements),
    )


def without_contracts(
    rows: Iterable[Stakeholder], contracts: Iterable[Contract], chosen: frozenset[FactId]
) -> tuple[Stakeholder, ...]:
    """Rows that follow from contracts name only contracts that were chosen: the rest of the row is a fact."""
    all_chosen = all(contract.id in chosen for contract in contracts)
    return tuple(row if _may_name(row, chosen, all_chosen) else _unnamed(row) for row in rows)


def _may_name(row: Stakeholder, chosen: frozenset[FactId], all_chosen: bool) -> bool:
    origin = origin_of(row.id)
    if origin is None or all_chosen or row.source.startswith(STATED_HERE):
        return True
    # A row of what is owned can name the contract by which the rights came back.
    return origin.kind is OriginKind.CONTRACT and origin.id in chosen and OTHERWISE not in row.source


def _unnamed(row: Stakeholder) -> Stakeholder:
    return replace(row, source=A_CONTRACT)
