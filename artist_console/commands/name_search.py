"""What the one search field finds by name, next to artists and commands: works, cases, addressees."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.addressees import list_addressees
from artist_console.commands.cases import CaseRow, list_cases
from artist_console.commands.console import Console
from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.commands.works import find_works
from artist_console.domain.addressees import Addressee
from artist_console.domain.ids import ArtistId
from artist_console.domain.work_rows import WorksQuery, WorkSummary


@dataclass(frozen=True, slots=True)
class Named:
    """What carries the words, in the order of each list; programmes are few and given whole."""

    text: str = ""
    works: tuple[WorkSummary, ...] = ()
    programmes: tuple[ProgrammeRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    addressees: tuple[Addressee, ...] = ()


def find_named(console: Console, text: str, artist: ArtistId | None, most_works: int, most: int) -> Named:
    """Works and cases of the artist (of all in reach for None), and addressees; at most so many.

    A case is found by its title, its addressee, its artist, its works and the subjects of its letters.
    """
    wanted = text.strip()
    if not wanted:
        return Named()
    return Named(
        wanted,
        find_works(console, WorksQuery(artist=artist, text=wanted, limit=most_works)).rows,
        list_programmes(console),
        list_cases(console, artist, text=wanted)[:most],
        list_addressees(console, wanted)[:most],
    )
