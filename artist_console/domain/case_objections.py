"""Which statements were objected to, or asked about, by a letter that was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .case_standing import in_force
from .cases import Case, EventKind
from .ids import ArtistId, StatementId
from .letter_kinds import LetterKind

_KINDS = frozenset({LetterKind.STATEMENT_OBJECTION, LetterKind.STATEMENT_QUESTION})


@dataclass(frozen=True, slots=True)
class Written:
    """The first letter of its kind about a statement: a question is no objection."""

    on: date  # the day of sending, as it was noted
    is_objection: bool
    case: str  # id


def written_about(cases: Iterable[Case]) -> Mapping[tuple[ArtistId, StatementId], Written]:
    """By artist and statement; an objection counts before a question, and the first before later ones."""
    found: dict[tuple[ArtistId, StatementId], Written] = {}
    for case in cases:
        statement = case.about.statement
        kinds = {letter.id: letter.kind for letter in case.letters}
        if statement is None:
            continue
        for event in in_force(case):
            kind = kinds.get(event.letter)
            if event.kind is not EventKind.SENT or kind not in _KINDS:
                continue
            here = Written(event.on, kind is LetterKind.STATEMENT_OBJECTION, case.id)
            there = found.get((case.artist, statement))
            if there is None or (not here.is_objection, here.on) < (not there.is_objection, there.on):
                found[case.artist, statement] = here
    return found
