"""Letters of direction as the service keeps them: who has which part of their money paid to whom.

On the network lane; the list reads the mirror alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name, work_title
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.changes import Changes
from artist_console.domain.directions import Direction
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, PartyId, WorkId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.uses import Right
from artist_console.formats.kinds import Kind
from artist_console.formats.pay_setup import SetDirection
from artist_console.store import mirror


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """A letter with the names that a person reads. `work_title` "": for all works."""

    direction: Direction
    directed_by_name: str
    payee_name: str
    work_title: str


@dataclass(frozen=True, slots=True)
class DirectionWish:
    """A letter to keep, or to put in the place of the one that `id` names.

    `share_bp` is of the share of `directed_by`, in basis points. `payee_name` in place of `payee` is looked
    up, and somebody who is not known is added.
    """

    directed_by: PartyId
    share_bp: int
    payee: PartyId | None = None
    payee_name: str = ""
    id: str = ""
    payer: str = ""  # name of the issuer; "": all
    work: WorkId | None = None
    right: Right | None = None
    since: date | None = None
    until: date | None = None
    source: str = ""


def list_directions(console: Console, artist: ArtistId | None = None) -> tuple[DirectionRow, ...]:
    """All letters that are known here; with an artist, those by which they pay or are paid."""
    facts = mirror.facts(console.store, console.clock())
    found = [
        _row(facts, direction)
        for direction in mirror.all(console.store, Kind.DIRECTION)
        if artist is None or artist in (direction.directed_by, direction.payee)
    ]
    return tuple(sorted(found, key=_order))


def show_direction(console: Console, id: str) -> DirectionRow:
    """Raises UnknownThing."""
    for row in list_directions(console):
        if row.direction.id == id:
            return row
    raise UnknownThing("There is no letter of direction {id} here", "See those that are kept", id=id)


def set_direction(console: Console, wished: DirectionWish) -> Result[DirectionRow]:
    """Have the service keep a letter.

    Raises RequestRefused for what cannot be paid by, as where letters pass on more than all; NotAllowed,
    NotFound.
    """
    new = SetDirection(**{name: getattr(wished, name) for name in SetDirection.__struct_fields__})
    kept = api_of(console).set_direction(new)
    done = sync(console)
    return Result(show_direction(console, kept.direction.id), done.changes | Changes.STATEMENTS)


def remove_direction(console: Console, id: str) -> Result[None]:
    """Raises NotFound, NotAllowed."""
    api_of(console).remove_direction(id)
    return Result(None, sync(console).changes | Changes.STATEMENTS)


def as_wish(row: DirectionRow) -> DirectionWish:
    """What is kept, to be changed in parts."""
    letter = row.direction
    own = {name: getattr(letter, name) for name in DirectionWish.__slots__ if hasattr(letter, name)}
    return DirectionWish(**{**own, "since": letter.period.since, "until": letter.period.until})


def _row(facts: FactBook, direction: Direction) -> DirectionRow:
    return DirectionRow(
        direction,
        party_name(facts, direction.directed_by),
        party_name(facts, direction.payee),
        work_title(facts, direction.work) if direction.work is not None else "",
    )


def _order(row: DirectionRow) -> tuple[str, str, date, str]:
    since = row.direction.period.since or date.min
    return (row.directed_by_name.casefold(), row.payee_name.casefold(), since, row.direction.id)
