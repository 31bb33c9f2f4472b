"""Programmes of operators, with the terms in effect and what they ask."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.asking import asks_now
from artist_console.commands.console import Console
from artist_console.commands.names import party_name
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.uses import Use
from artist_console.store import mirror


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    programme: Programme
    operator_name: str
    terms: TermsVersion | None  # in effect today
    coming_terms: TermsVersion | None  # announced, in effect later
    former_terms: TermsVersion | None  # before the ones in effect
    uses: tuple[Use, ...]  # declared
    asks: bool  # asks for answers today
    agreements: int  # known here


def list_programmes(console: Console) -> tuple[ProgrammeRow, ...]:
    """All programmes known here; those that ask today first, then by name."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    rows = []
    for programme in facts.programmes.values():
        versions = facts.versions.get(programme.id, ())
        begun = [terms for terms in versions if terms.effective_from <= now.date()]
        coming = [terms for terms in versions if terms.effective_from > now.date()]
        rows.append(
            ProgrammeRow(
                programme=programme,
                operator_name=party_name(facts, programme.operator),
                terms=begun[-1] if begun else None,
                coming_terms=coming[0] if coming else None,
                former_terms=begun[-2] if len(begun) > 1 else None,
                uses=tuple(use for use in Use if use in programme.uses),
                asks=asks_now(programme, now),
                agreements=len(facts.agreements.get(programme.id, ())),
            )
        )
    return tuple(sorted(rows, key=lambda r: (not r.asks, r.programme.name.casefold(), r.programme.id)))
