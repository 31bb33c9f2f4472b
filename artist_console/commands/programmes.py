"""Programmes of operators, with the terms in effect and what they ask."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.asking import asks_now
from artist_console.commands.console import Console
from artist_console.domain.periods import as_known_on
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.uses import Use
from artist_console.formats.kinds import Kind
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
    """All programmes known here; those that ask today first, then by name.

    The works table asks for them before its first paint, so only the rows that are needed are read.
    """
    now, store = console.clock(), console.store
    names = {party.id: party.name for party in mirror.all(store, Kind.PARTY)}
    versions = sorted(mirror.all(store, Kind.TERMS), key=lambda terms: (terms.effective_from, terms.number))
    agreements = as_known_on(mirror.all(store, Kind.AGREEMENT))
    rows = []
    for programme in mirror.all(store, Kind.PROGRAMME):
        own = [terms for terms in versions if terms.programme == programme.id]
        begun = [terms for terms in own if terms.effective_from <= now.date()]
        coming = [terms for terms in own if terms.effective_from > now.date()]
        rows.append(
            ProgrammeRow(
                programme=programme,
                operator_name=names.get(programme.operator, ""),
                terms=begun[-1] if begun else None,
                coming_terms=coming[0] if coming else None,
                former_terms=begun[-2] if len(begun) > 1 else None,
                uses=tuple(use for use in Use if use in programme.uses),
                asks=asks_now(programme, now),
                agreements=sum(agreement.programme == programme.id for agreement in agreements),
            )
        )
    return tuple(sorted(rows, key=lambda r: (not r.asks, r.programme.name.casefold(), r.programme.id)))
