"""A catalogue becomes artists, works, songs and releases of the account that brings it.

Identity is the identifier, else title, version and artists. A second import updates and never doubles; what a
file does not say stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from sqlalchemy.engine import Connection

from artist_console.backend.storage import accounts, rows
from artist_console.domain.ids import PartyId
from artist_console.domain.problems import InputProblem
from artist_console.formats.incoming import ReadCatalogue, Severity

from .catalogue_taking import Taking
from .holdings import Holdings, holdings_of
from .job import Order, Progress, Result


def import_catalogue(connection: Connection, order: Order, read: ReadCatalogue, progress: Progress) -> Result:
    """Take a catalogue over, inside a writing transaction. Raises InputProblem: then roll back.

    A file that names no artist holds works of the artist whom the order names.
    """
    held = holdings_of(connection, order.account)
    taking = take_over(held, order, read, progress)
    for artist in taking.artists.new:
        accounts.own_artist(connection, order.account, artist)
    rows.put(connection, taking.written())
    return taking.result


def take_over(held: Holdings, order: Order, read: ReadCatalogue, progress: Progress) -> Taking:
    """All rows put among what the account has, in memory. Raises InputProblem where none could be used."""
    only = _narrowed_to(held, order)
    taking = Taking(held, order, read, only)
    if order.artist_name and only is None:
        taking.artists.only = taking.artists.artist(order.artist_name).id
    taking.artists.welcome(order.take_artists, order.also_called)
    result = taking.result
    result.take_notes(read.notes, read.warnings)
    taking.take_all(read.rows, progress)
    for takedown in read.takedowns:
        taking.releases.withdraw(takedown)
    if read.rows and not taking.touched:
        _raise_nothing_taken(read, order, taking.artists.only, result)
    unread = {note.row for note in read.notes if note.severity is Severity.REJECTED}
    withdrawn = {takedown.row for takedown in read.takedowns}
    result.rows_read = len({row.row for row in read.rows} | withdrawn | unread)
    if unread:
        result.count("rows_left_out", len(unread))
    if taking.repeated:
        result.count("rows_repeated", taking.repeated)
    return taking


def _narrowed_to(held: Holdings, order: Order) -> PartyId | None:
    if order.artist is not None:
        if order.artist in held.parties:
            return order.artist
        raise InputProblem(
            "The artist of this import is not one of this account",
            "Choose one of your artists, or import without choosing one",
        )
    if order.artist_name:
        known = held.party(order.artist_name)
        return None if known is None else known.id
    return None


def _raise_nothing_taken(read: ReadCatalogue, order: Order, only: PartyId | None, result: Result) -> NoReturn:
    others = tuple(dict.fromkeys(name for row in read.rows for name in row.names))
    if only is None and others and not read.names_own:
        raise InputProblem(
            "“{file}” holds works by {others}, and none of them is an artist here",
            "Say which of them are artists of yours, or whose other name it is (by command: --artist NAME)",
            file=order.file_name,
            others=_listed(others),
        )
    if any(not row.names for row in read.rows) and only is None:
        raise InputProblem(
            "“{file}” does not say whose works these are",
            "Say which artist they belong to (by command: --artist NAME)",
            file=order.file_name,
        )
    if only is not None and others and order.artist_name:
        raise InputProblem(
            "“{file}” holds no work of the artist who was named{reason}",
            "Check the name, or import the file without naming an artist",
            file=order.file_name,
            reason=result.first_reason(),
        )
    if only is not None and others:
        raise InputProblem(
            "“{file}” holds works by {others} only, and nothing was said about them",
            "Say whether they are artists of yours, or whether it is another spelling of a name",
            file=order.file_name,
            others=_listed(others),
        )
    raise InputProblem(
        "“{file}” holds no work that could be taken over{reason}",
        "Look at its rows; each needs at least a title and an artist",
        file=order.file_name,
        reason=result.first_reason(),
    )


def _listed(names: Sequence[str], most: int = 3) -> str:
    listed = list(names[:most])
    if len(names) > most:
        listed.append(f"{len(names) - most} more")
    return " and ".join(part for part in (", ".join(listed[:-1]), listed[-1]) if part)
