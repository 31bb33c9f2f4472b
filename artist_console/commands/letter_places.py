"""Whether the records say what a letter says of where works are reported.

Only then is it told as what the records show; a place that somebody typed is told as their own knowledge.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from artist_console.commands.console import Console
from artist_console.commands.inclusions import list_inclusions
from artist_console.commands.letter_about import AboutFacts
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion_states import NOT_THERE, InclusionState
from artist_console.domain.letter_templates import Placeholder

_SAYS_NOTHING = NOT_THERE | {InclusionState.NOTHING_REPORTED}


def is_on_record(
    console: Console,
    artist: ArtistId,
    about: AboutFacts,
    works: Collection[WorkId],
    place: str,
    since: date | None,
) -> bool:
    """Whether each of these works is reported in this dataset or model, since that day where one is named."""
    if not place or not works:
        return False
    named = _plain(place)
    is_about = _plain(about.texts.get(Placeholder.PLACE, "")) == named
    if (
        is_about
        and set(works) <= set(about.works)
        and since in (None, about.days.get(Placeholder.PLACE_SINCE))
    ):
        return True
    reported: dict[WorkId, date] = {}
    for row in list_inclusions(console, artist):
        if row.state not in _SAYS_NOTHING and named in (_plain(row.dataset), _plain(row.model)):
            reported[row.work] = min(row.as_of, reported.get(row.work, row.as_of))
    if not all(work in reported for work in works):
        return False
    return since is None or since == max(reported[work] for work in works)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
