"""What a file says of a work, kept beside it, and what of it the work then shows.

Each file has one note on a work. Reading it again replaces the note; a second row of the file adds to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from artist_console.domain.provenance import AS_OF, as_of, shares_text
from artist_console.domain.registrations import is_whole
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    LicensorGrant,
    RegisteredShare,
    Registration,
    SaidField,
    SourceNote,
    Work,
    WorkCredit,
)
from artist_console.formats.incoming import CatalogueRow, SongRow

from .holdings import name_key

Item = TypeVar("Item")
_MOST_SAID = 60  # of one file on one work: a song on a hundred compilations needs no hundred names of them

_FIELD_ORDER = {
    field: place
    for place, field in enumerate(
        (
            *(AS_OF, "title", "version", "identifier", "iswc", "artists", "writers", "shares", "duration_s"),
            *("year", "unreleased", "contains_ai", "alias", "label", "upc", "released_on", "release"),
        )
    )
}


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is being read."""

    name: str
    sha256: str
    sender: str
    created_on: date | None
    complete_deals: bool  # a release message: its grants are all that its sender grants

    def is_older(self, work: Work) -> bool:
        """Whether another file on the work is younger by its own date: then it goes on deciding."""
        if self.created_on is None:
            return False
        days = [as_of(note) for note in work.sources if note.source != self.name]
        return any(day is not None and day > self.created_on for day in days)

    def noted(
        self, work: Work, row: int, said: Iterable[SaidField], is_first: bool
    ) -> tuple[SourceNote, ...]:
        """The notes on a work with that of this file; `is_first`: this reading has said nothing of it yet."""
        before = next((note for note in work.sources if note.source == self.name), None)
        fields = [*said]
        if self.created_on is not None:
            fields.append(SaidField(AS_OF, self.created_on.isoformat()))
        rows = {(each.field, each.value): row for each in fields}
        if before is not None and not is_first:
            for each in before.said:
                key, place = (each.field, each.value), each.row or before.row or row
                rows[key] = min(rows.get(key, place), place)
        first = min(rows.values(), default=row)
        # In one order, whichever row came first: a row may have waited for what a later one told.
        told = sorted(rows.items(), key=lambda item: (_FIELD_ORDER.get(item[0][0], 0), item[0][1]))
        fields = [SaidField(*key, None if at == first else at) for key, at in told[:_MOST_SAID]]
        note = SourceNote(self.name, first, self.sha256, said=tuple(fields))
        if before is None:
            return (*work.sources, note)
        return tuple(note if each is before else each for each in work.sources)


def said_by_row(row: CatalogueRow) -> Iterator[SaidField]:
    """Every field of a work that a row names."""
    yield SaidField("title", row.title)
    yield from (SaidField("alias", alias) for alias in row.aliases[:10])
    texts = (
        ("version", row.version),
        ("identifier", row.identifier),
        ("artists", "; ".join(row.artists)),
        ("writers", "; ".join(row.names) if row.kind is WorkKind.COMPOSITION and not row.artists else ""),
        ("duration_s", "" if row.duration_s is None else str(row.duration_s)),
        ("year", "" if row.year is None else str(row.year)),
        ("release", row.release_title),
        ("label", row.label),
        ("upc", row.upc),
        ("released_on", "" if row.released_on is None else row.released_on.isoformat()),
        ("unreleased", "" if row.unreleased is None else "yes" if row.unreleased else "no"),
        ("contains_ai", "" if row.contains_ai is None else row.contains_ai.value),
        ("shares", shares_text(shares_of_row(row))),
    )
    yield from (SaidField(field, value) for field, value in texts if value)
    if row.kind is WorkKind.RECORDING:
        yield from (SaidField("iswc", song.iswc) for song in row.songs if song.iswc)


def said_of_song(song: SongRow) -> Iterator[SaidField]:
    """What the row of a recording says of the song in it."""
    yield SaidField("title", song.title)
    if song.iswc:
        yield SaidField("identifier", song.iswc)
    if song.writers:
        yield SaidField("writers", "; ".join(dict.fromkeys(writer.name for writer in song.writers)))
    shares = shares_of_writers(song)
    if shares:
        yield SaidField("shares", shares_text(shares))


def title_shown(before: str, said: str) -> str:
    """Registrations know capitals only; a title that has lost its case does not replace one that has it."""
    return before if _has_lost_case(said, before) else said


def title_mended(before: str, said: str) -> str:
    """The title that is there, with its case back where another source has it."""
    return said if _has_lost_case(before, said) else before


def _has_lost_case(text: str, other: str) -> bool:
    return text == text.upper() and other != other.upper() and name_key(text) == name_key(other)


def credits_shown(before: Iterable[WorkCredit], said: Iterable[WorkCredit]) -> tuple[WorkCredit, ...]:
    """One entry for each person and role; what is said later of party and AI completes it."""
    found: dict[tuple[str, str], WorkCredit] = {}
    for credit in (*before, *said):
        key = (name_key(credit.name) or credit.name, credit.role)
        there = found.get(key)
        if there is None:
            found[key] = credit
        else:
            ai = there.ai if credit.ai is None else credit.ai
            found[key] = replace(there, party=credit.party or there.party, ai=ai)
    return tuple(found.values())


def grants_shown(
    work: Work, said: Iterable[LicensorGrant], row: int, source: Source
) -> tuple[LicensorGrant, ...]:
    """The grants on a recording: the deals of a message replace whatever its sender granted before."""
    new = [replace(g, source=source.name, sha256=source.sha256, row=g.row or row) for g in said]
    if source.is_older(work):
        return work.grants
    senders = {grant.licensor for grant in new}
    if source.complete_deals and source.sender:
        senders.add(source.sender)
    kept = [g for g in work.grants if g.licensor not in senders and g.source != source.name]
    return joined(kept, new)


def shares_shown(
    work: Work, said: tuple[RegisteredShare, ...], is_older: bool, registered: bool
) -> tuple[RegisteredShare, ...]:
    """The split as registered last; part of a split, as some answers repeat it, replaces no whole one.

    What a catalogue lists for writers, not `registered`, replaces no registration.
    """
    if not said or (is_older and work.shares) or (work.registrations and not registered):
        return work.shares
    return work.shares if is_whole(work.shares) and not is_whole(said) else said


def shares_of_row(row: CatalogueRow) -> tuple[RegisteredShare, ...]:
    """The split of the song that a row is about: as registered, else as its writers are listed."""
    if row.shares or row.kind is WorkKind.RECORDING:
        return row.shares
    return tuple(share for song in row.songs for share in shares_of_writers(song))


def shares_of_writers(song: SongRow) -> tuple[RegisteredShare, ...]:
    """What a catalogue says that writers hold of a song, without telling the rights apart."""
    return tuple(
        RegisteredShare(w.name, w.role, w.ipi, w.share_bp, w.share_bp, w.share_bp)
        for w in song.writers
        if w.share_bp is not None
    )


def registrations_shown(
    work: Work, said: Iterable[Registration], source: Source, is_first: bool
) -> tuple[Registration, ...]:
    """Oldest first. An answer that came in two files is one; what this file said before is said anew."""
    kept = [r for r in work.registrations if not (is_first and r.source == source.name)]
    found: dict[object, Registration] = {}
    for each in (*kept, *(replace(r, source=source.name) for r in said)):
        key = (each.submitter, each.submitter_work, each.society, each.society_work, each.status, each.on)
        found.setdefault(key, each)
    return tuple(sorted(found.values(), key=_in_time))


def _in_time(registration: Registration) -> tuple[date, str, str, str]:
    return (
        registration.on or date.min,
        registration.submitter_work,
        registration.society,
        registration.status,
    )


def joined(one: Iterable[Item], other: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys([*one, *other]))
