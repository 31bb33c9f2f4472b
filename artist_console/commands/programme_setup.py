"""Setting a programme up by hand, from what was announced, so that it can be answered by name.

On the network lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from artist_console.commands.console import Console, Result
from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.uses import Use
from artist_console.formats.programme_setup import SetUpProgramme
from artist_console.store import journal

_TOUCHED = Changes.WORKS | Changes.CONSENT


class StillNamed(InputProblem):
    title_template = "{name} stays: a decision that names it has not been delivered"
    advice_template = "Look at what waits in the panel of sync, then try again"


@dataclass(frozen=True, slots=True)
class ProgrammeWish:
    """A programme to set up, or to put in the place of the one that `id` names."""

    operator: str  # name
    name: str
    uses: tuple[Use, ...]
    id: str = ""
    summary: str = ""
    source: str = ""  # where it was announced
    announced_on: date | None = None
    terms: str = ""  # the whole text; empty: none, or those that are there
    effective_from: date | None = None  # of the terms
    how_a_yes_is_withdrawn: str = ""


def set_up_programme(console: Console, wished: ProgrammeWish) -> Result[ProgrammeRow]:
    """Have the service keep a programme that nobody reports, or what is known of it by now.

    Nothing in it is a report or an agreement: it can be answered, and that is all. Raises RequestRefused for
    what is missing, NotAllowed on a service that somebody else runs.
    """
    new = SetUpProgramme(**{name: getattr(wished, name) for name in SetUpProgramme.__struct_fields__})
    made = api_of(console).set_up_programme(new)
    done = sync(console)
    return Result(show_programme(console, made.programme.id), done.changes | _TOUCHED)


def remove_programme(console: Console, id: str) -> Result[None]:
    """Take one back that was set up by hand.

    What waits is sent first, so that the service knows of every decision. Raises StillNamed where
    one stays undelivered, RequestRefused where a decision or a report names it.
    """
    sync(console)
    if any(decision.register.programme == id for decision in journal.undelivered(console.store)):
        raise StillNamed(name=show_programme(console, id).programme.name)
    api_of(console).remove_programme(id)
    done = sync(console)
    return Result(None, done.changes | _TOUCHED)


def show_programme(console: Console, id: str) -> ProgrammeRow:
    """Raises UnknownThing."""
    for row in list_programmes(console):
        if row.programme.id == id:
            return row
    raise UnknownThing("There is no programme {id} here", "See the programmes that are known", id=id)


def as_set_up(row: ProgrammeRow) -> ProgrammeWish:
    """What is kept of one, to be changed in parts."""
    programme = row.programme
    return ProgrammeWish(
        row.operator_name,
        programme.name,
        programme.uses,
        programme.id,
        programme.summary,
        programme.source,
        programme.announced_on,
    )
