"""Position sheets of several artists, written into a folder: all of them or none, and over no other file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.paper import Paper
from artist_console.commands.position_sheet import position_sheet
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import FileProblem
from artist_console.host.files import write_atomic

Draw = Callable[[Paper], bytes]
Told = Callable[[int, int, str], None]  # done, all, name of the artist that comes now


class SheetThere(FileProblem):
    title_template = "There is already a file {name} in {folder}"
    advice_template = "Choose another folder, or move it away first; nothing was written"


def _nobody(_done: int, _all: int, _name: str) -> None:
    """Nobody wants to know."""


def save_sheets(
    console: Console,
    artists: Sequence[ArtistId],
    folder: Path,
    draw: Draw,
    told: Told = _nobody,
    for_ourselves: bool = False,
) -> tuple[Path, ...]:
    """One PDF per artist, named after them and the day. Raises SheetThere, NotAnArtist or FileProblem."""
    drawn: dict[Path, bytes] = {}
    for number, artist in enumerate(artists):
        sheet = position_sheet(console, artist, for_ourselves)
        told(number, len(artists), sheet.title)
        drawn[_apart(folder, f"{sheet_name(sheet.title, console.today)}.pdf", drawn)] = draw(sheet)
    there = next((path for path in drawn if path.exists()), None)
    if there is not None:
        raise SheetThere(name=there.name, folder=str(folder))
    written: list[Path] = []
    try:
        for path, page in drawn.items():
            write_atomic(path, page, mode=0o644)
            written.append(path)
    except FileProblem:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return tuple(written)


def sheet_name(title: str, day: date) -> str:
    """A telling name without what a file name cannot hold: Mara Lindqvist - position - 2026-11-29."""
    artist = title.rpartition(":")[0] or title
    plain = "".join(
        " " if sign in '<>:"/\\|?*' or unicodedata.category(sign).startswith("C") else sign for sign in artist
    )
    return f"{' '.join(plain.split()).strip('.') or 'artist'} - position - {day.isoformat()}"


def save_page(path: Path, page: bytes) -> Path:
    """Write one sheet where the person said. Raises FileProblem."""
    write_atomic(path, page, mode=0o644)
    return path


def _apart(folder: Path, name: str, taken: dict[Path, bytes]) -> Path:
    path, number = folder / name, 2
    while path in taken:
        path, number = folder / f"{Path(name).stem} {number}.pdf", number + 1
    return path
