"""The songs in the recordings that answers are about: offered beside them, and never answered with them.

A recording and its song are two works. A release holds recordings only: whoever answers an album has said
nothing about the songs (PRODUCT, "release").
"""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.commands.asking import works_under
from artist_console.commands.consent import register_of, standing_allows, standing_on
from artist_console.commands.console import Console
from artist_console.commands.wishes import Wish
from artist_console.domain.facts import FactBook
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind
from artist_console.domain.uses import is_sensitive
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.store import mirror


def songs_beside(console: Console, wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """The same answers for the songs in the recordings concerned, each register once.

    Songs of other artists are left out, and so is what is among the wishes or answered so already. The
    artist's default covers songs by itself.
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    given = {register_of(wish) for wish in wishes}
    found: dict[Register, Wish] = {}
    for wish in wishes:
        if wish.subject.kind not in (SubjectKind.WORK, SubjectKind.RELEASE) or _is_personal_yes(wish):
            continue
        for work in works_under(facts, wish.artist, wish.subject, now):
            for song in _own_songs(work, wish, facts):
                beside = Wish(
                    wish.artist,
                    Subject(SubjectKind.WORK, song.id),
                    wish.programme,
                    wish.use,
                    wish.stance,
                    wish.conditions,
                    wish.terms,
                )
                register = register_of(beside)
                if register not in given and not _is_said(beside, facts):
                    found[register] = beside
    return tuple(found.values())


def _is_personal_yes(wish: Wish) -> bool:
    """Voice and likeness are allowed one at a time."""
    return wish.stance is Stance.ALLOW and any(is_sensitive(use) for use in wish.use.uses)


def _own_songs(work: Work, wish: Wish, facts: FactBook) -> list[Work]:
    """The songs in a recording that the artist has something to do with."""
    if work.kind is not WorkKind.RECORDING:
        return []
    songs = [facts.works[id] for id in work.compositions if id in facts.works]
    return [
        song
        for song in songs
        if wish.artist in song.artists
        or any(row.party == wish.artist for row in facts.stakeholders.get(song.id, ()))
    ]


def _is_said(wish: Wish, facts: FactBook) -> bool:
    """Whether the song has this very answer; a yes that stands is given again only with its recording."""
    if wish.stance is Stance.ALLOW:
        return bool(standing_allows(facts, register_of(wish)))
    standing = standing_on(facts, register_of(wish))
    if wish.stance is Stance.CLEAR:
        return standing is None
    return standing is not None and standing.stance is wish.stance
