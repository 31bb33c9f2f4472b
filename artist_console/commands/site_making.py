"""The files of a reservation, made from what was shown before: written, and their copy kept."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.reservations import (
    Reservation,
    Site,
    SitePlan,
    keep_reservation,
    plan_site,
    write_site,
)
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import InputProblem


class OthersNow(InputProblem):
    """What is shown is not what would be written."""

    title_template = "Answers, standing or works have changed since this was shown"
    advice_template = "Look again at what the site would say, then make the files; nothing was written"


def make_site(
    console: Console, artist: ArtistId, site: Site, shown: SitePlan, folder: Path
) -> Result[Reservation]:
    """Write the files and keep the copy. Raises OthersNow, NothingToWrite or FileProblem."""
    plan = plan_site(console, artist, site)
    if [(file.name, file.body) for file in plan.files] != [(file.name, file.body) for file in shown.files]:
        raise OthersNow
    write_site(plan, folder)
    return keep_reservation(console, plan)
