"""Who may bring in what for whom."""

from __future__ import annotations

from artist_console.commands.authority import acting_for, mandates_known
from artist_console.commands.console import Console
from artist_console.commands.file_kinds import FileKind
from artist_console.commands.roster import reach
from artist_console.domain.ids import ArtistId
from artist_console.domain.mandates import Power
from artist_console.domain.problems import AuthorityProblem


def check_authority(console: Console, kind: FileKind, artist: ArtistId | None) -> None:
    """A mandate lets its holder bring in what it lets them see; works are added by the artist's own side.

    Raises AuthorityProblem.
    """
    if artist is None:
        return
    acting = acting_for(console, artist)
    if acting.mandate is None:
        return
    name = next((party.name for party in reach(console) if party.id == artist), "")
    if kind is FileKind.CATALOGUE:
        raise AuthorityProblem(
            "A catalogue of {artist} cannot be brought in here; your mandate does not let you add works",
            "Ask {artist} to bring it in, or choose an artist of your own above and import it for them",
            artist=name,
        )
    needed = Power.SEE_MONEY if kind is FileKind.STATEMENT else Power.SEE_WORKS
    now = console.clock()
    if any(m.may(needed, now) for m in (acting.mandate, *mandates_known(console)) if m.artist == artist):
        return
    if kind is FileKind.STATEMENT:
        raise AuthorityProblem(
            "Your mandate does not let you see the money of {artist}, so it takes no statement for them",
            "Ask {artist} to add it to the mandate, or to bring the statement in themselves",
            artist=name,
        )
    raise AuthorityProblem(
        "Your mandate does not let you see the works of {artist}, so no list can be compared with them",
        "Ask {artist} to add it to the mandate",
        artist=name,
    )
