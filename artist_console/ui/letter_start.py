"""What a letter starts from: a finding, a removal, a statement, a programme, some works, several artists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import About

NOTHING_YET = About()


@dataclass(frozen=True, slots=True)
class LetterStart:
    """Everything that need not be chosen again; whatever is empty is asked for."""

    kind: LetterKind | None = None
    artists: tuple[ArtistId, ...] = ()
    addressees: tuple[str, ...] = ()
    works: tuple[WorkId, ...] = ()
    about: About = NOTHING_YET
    values: Mapping[str, str] = field(default_factory=dict)  # by the name of the placeholder
    case: str = ""  # id of the case that a follow-up belongs to
