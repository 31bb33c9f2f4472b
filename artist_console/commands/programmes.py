"""Programmes of operators, with the terms in effect and what they ask."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.uses import Use


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
