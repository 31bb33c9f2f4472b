"""The first answers of a new profile: refusing everything generative, for whoever wants to begin so."""

from __future__ import annotations

from collections.abc import Iterable

from artist_console.commands.wishes import Wish
from artist_console.domain.ids import ArtistId
from artist_console.domain.registers import ALL_MY_WORKS, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use

# Models that make new sound or words, what is made with them, and what is built on that. Research, search and
# recommendation are left to be answered by themselves.
_OF_WORKS: tuple[Use | Family, ...] = (
    Use.TRAIN_GENERATIVE,
    Use.TRAIN_FINETUNE,
    Use.TRAIN_LYRICS,
    Family.GENERATION,
    Family.FURTHER,
)


def refuse_all_generative(artists: Iterable[ArtistId]) -> tuple[Wish, ...]:
    """Wishes to refuse all generative uses of all works, and of voice, name and image, for any programme."""
    return tuple(
        Wish(artist, subject, None, UseScope.of(use), Stance.REFUSE)
        for artist in artists
        for subject, uses in (
            (ALL_MY_WORKS, _OF_WORKS),
            (Subject(SubjectKind.PERSON, artist), (Family.VOICE_LIKENESS,)),
        )
        for use in uses
    )
