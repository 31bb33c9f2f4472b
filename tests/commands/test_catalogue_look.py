"""Whose works a catalogue holds, told before anything is taken over."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.imports import FileKind, Hints, import_file, look_into_catalogue
from artist_console.commands.works import find_every_work
from artist_console.domain.work_rows import WorksQuery
from tests.backend.world import MARA
from tests.commands.desks import Desk

DATA = Path(__file__).resolve().parents[1] / "data"


def test_a_registration_asks_which_writers_are_artists_here_and_of_known_ones_nothing(
    mara: Desk, tmp_path: Path
) -> None:
    path = DATA / "registration.v22"
    look = look_into_catalogue(mara.console, path)
    assert look.known == ()
    assert {name for name, _ in look.unknown} == {"MIRA SAND", "JO LOW"}
    assert look.unnamed == 0
    own = tmp_path / "registration.v22"
    own.write_bytes(path.read_bytes().replace(b"SAND ", b"QUIST").replace(b"MIRA", b"MARA"))
    look = look_into_catalogue(mara.console, own)
    assert [name for name, _ in look.known] == ["MARA QUIST"]
    assert (look.unknown, look.unnamed) == ((), 0)


def test_a_writers_name_that_is_another_of_an_artist_here_is_taken(mara: Desk) -> None:
    path = DATA / "registration.v22"
    hints = Hints(take_artists=("MIRA SAND",), also_called=("MIRA SAND",))
    result = import_file(mara.console, FileKind.CATALOGUE, path, MARA, hints=hints).value
    assert dict(result.counts)["songs_added"] == 2
    titles = {row.title for row in find_every_work(mara.console, WorksQuery(artist=MARA))}
    assert {"LOW TIDE", "QUAY"} <= titles
