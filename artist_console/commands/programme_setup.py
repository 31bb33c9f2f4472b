"""Setting a programme up by hand, from what was announced, so that it can be answered by name.

On the network lane.
"""

from __future__ import annotations

from artist_console.commands.console import Console, Result
from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.changes import Changes
from artist_console.domain.problems import UnknownThing
from artist_console.formats.programme_setup import SetUpProgramme

_TOUCHED = Changes.WORKS | Changes.CONSENT


def set_up_programme(console: Console, wished: SetUpProgramme) -> Result[ProgrammeRow]:
    """Have the service keep a programme that nobody reports, or what is known of it by now.

    Nothing in it is a report or an agreement: it can be answered, and that is all. Raises RequestRefused for
    what is missing, NotAllowed on a service that somebody else runs.
    """
    made = api_of(console).set_up_programme(wished)
    done = sync(console)
    return Result(show_programme(console, made.programme.id), done.changes | _TOUCHED)


def remove_programme(console: Console, id: str) -> Result[None]:
    """Take one back that was set up by hand. Raises RequestRefused where a decision or a report names it."""
    api_of(console).remove_programme(id)
    done = sync(console)
    return Result(None, done.changes | _TOUCHED)


def show_programme(console: Console, id: str) -> ProgrammeRow:
    """Raises UnknownThing."""
    for row in list_programmes(console):
        if row.programme.id == id:
            return row
    raise UnknownThing("There is no programme {id} here", "See the programmes that are known", id=id)


def as_set_up(row: ProgrammeRow) -> SetUpProgramme:
    """What is kept of one, to be changed in parts."""
    programme = row.programme
    return SetUpProgramme(
        row.operator_name,
        programme.name,
        list(programme.uses),
        programme.id,
        programme.summary,
        programme.source,
        programme.announced_on,
    )
