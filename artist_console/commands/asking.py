"""Which programmes ask for which uses today, and which cells a wide subject stands for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from artist_console.commands.console import Console
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId, ReleaseId, WorkId
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import Programme
from artist_console.domain.registers import Subject, SubjectKind, UseScope
from artist_console.domain.uses import Use
from artist_console.domain.works import Work
from artist_console.store import heard, private


def asks_now(programme: Programme, instant: datetime) -> bool:
    return programme.asks_artists and programme.period.contains(instant)


def asking_programmes(facts: FactBook, instant: datetime) -> tuple[Programme, ...]:
    """Programmes that ask artists today, by name."""
    found = [p for p in facts.programmes.values() if asks_now(p, instant)]
    return tuple(sorted(found, key=lambda programme: (programme.name.casefold(), programme.id)))


def asked_cells(
    facts: FactBook, instant: datetime, programme: ProgrammeId | None = None, scope: UseScope | None = None
) -> tuple[tuple[ProgrammeId, Use], ...]:
    """(programme, use) pairs that are asked for today, inside a programme and a scope of uses where given."""
    return tuple(
        (asking.id, use)
        for asking in asking_programmes(facts, instant)
        if programme is None or asking.id == programme
        for use in Use
        if use in asking.uses and (scope is None or scope.covers(use))
    )


def works_of(facts: FactBook, artist: ArtistId) -> tuple[Work, ...]:
    """The artist's works, each once, by title."""
    found = {work.id: work for work in facts.works.values() if artist in work.artists}
    return tuple(sorted(found.values(), key=lambda work: (work.title.casefold(), work.version, work.id)))


def works_under(facts: FactBook, artist: ArtistId, subject: Subject, instant: datetime) -> tuple[Work, ...]:
    """The artist's works that a subject stands for today. A release holds its recordings, not their songs."""
    match subject.kind:
        case SubjectKind.ALL:
            return works_of(facts, artist)
        case SubjectKind.RELEASE:
            release = facts.releases.get(ReleaseId(subject.id))
            tracks = release.tracks if release else ()
            present = sorted((t for t in tracks if t.period.contains(instant)), key=lambda t: t.position)
            return _known(facts, (track.work for track in present))
        case SubjectKind.WORK:
            return _known(facts, (WorkId(subject.id),))
        case SubjectKind.PERSON:
            return ()


def _known(facts: FactBook, ids: Iterable[WorkId]) -> tuple[Work, ...]:
    return tuple({facts.works[id].id: facts.works[id] for id in ids if id in facts.works}.values())


def outcomes_over(console: Console, facts: FactBook, instant: datetime) -> OutcomeTable:
    """A table of outcomes; which works are alike in their rights is found out once and kept.

    Decisions change nothing of it: it is kept until something else is heard or noted.
    """
    store = console.store
    mark = (tuple(sorted(heard.versions(store).items())), private.version(store))
    kept = store.cached("outcomes", mark)
    table = OutcomeTable(facts, instant, kept if isinstance(kept, OutcomeTable) else None)
    if kept is None:
        store.keep("outcomes", mark, table)
    return table
