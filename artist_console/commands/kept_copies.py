"""Copies that were kept with a reservation or with a check of a site, written out into a folder."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.reservations import (
    check_copy,
    list_checks,
    list_reservations,
    reservation_copy,
)
from artist_console.commands.site_folder import write_folder
from artist_console.domain.problems import UnknownThing


class NothingKept(UnknownThing):
    title_template = "No copy was kept with this"
    advice_template = "A site that answered nothing leaves nothing to keep"


def save_copies(console: Console, id: str, folder: Path) -> tuple[Path, ...]:
    """Write the copies into an empty folder, all or none. Raises NothingKept or FileProblem."""
    files: dict[str, bytes] = {}
    for kept in list_reservations(console):
        if kept.id == id:
            files |= {
                _apart(file.name, files): reservation_copy(console, id, file.name) for file in kept.copies
            }
    for row in list_checks(console):
        if row.check.id == id:
            for answer in row.check.answers:
                if answer.file is not None:
                    files[_apart(answer.file.name, files)] = check_copy(console, id, answer.path)
    if not files:
        raise NothingKept
    return write_folder(folder, files)


def _apart(name: str, taken: dict[str, bytes]) -> str:
    """A name inside the folder that nothing else has."""
    plain = "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    free, number = plain or "copy", 2
    while free in taken:
        free, number = f"{number}-{plain}", number + 1
    return free
