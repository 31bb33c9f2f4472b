"""Columns that a person named once are known the next time."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands import layouts
from artist_console.commands.imports import FileKind, look_into_catalogue
from artist_console.domain.problems import ColumnsUnknown, FileProblem, InputProblem
from artist_console.formats.table_start import START_BYTES, header_of
from artist_console.formats.tables import sha256_of
from tests.commands.desks import Desk
from tests.formats.damage import damaged

FILE = "Wer,Was,Nr\nMara Quist,Quay,1\n"
MAPPING = {"title": "Was", "artist": "Wer"}


def test_what_was_said_of_a_header_is_remembered_in_any_order_and_spelling(mara: Desk) -> None:
    layouts.remember(mara.console, FileKind.CATALOGUE, ("Wer", "Was", "Nr"), MAPPING)
    found = layouts.remembered(mara.console, FileKind.CATALOGUE, ("NR", "was ", "WER"))
    assert found == {"title": "was ", "artist": "WER"}
    assert layouts.remembered(mara.console, FileKind.DATASET_LIST, ("Wer", "Was", "Nr")) is None
    assert layouts.remembered(mara.console, FileKind.CATALOGUE, ("Wer", "Was")) is None


def test_it_outlives_a_restart_is_replaced_and_forgotten(mara: Desk) -> None:
    header = ("Wer", "Was")
    layouts.remember(mara.console, FileKind.CATALOGUE, header, MAPPING)
    mara.reopen()
    assert layouts.remembered(mara.console, FileKind.CATALOGUE, header) == MAPPING
    layouts.remember(mara.console, FileKind.CATALOGUE, header, {"title": "Wer"})
    assert layouts.remembered(mara.console, FileKind.CATALOGUE, header) == {"title": "Wer"}
    layouts.remember(mara.console, FileKind.CATALOGUE, header, {})
    assert layouts.remembered(mara.console, FileKind.CATALOGUE, header) is None


@pytest.mark.parametrize("column", ["Other", "Was"])
def test_a_column_that_is_not_there_once_is_refused(mara: Desk, column: str) -> None:
    with pytest.raises(InputProblem, match=f"columns named “{column}”"):
        layouts.remember(mara.console, FileKind.CATALOGUE, ("Was", "was"), {"title": column})


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_a_file_with_a_known_header_is_read_without_asking(mara: Desk, tmp_path: Path, pack: object) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(pack(FILE.encode()))  # type: ignore[operator]
    assert layouts.columns_for(mara.console, FileKind.CATALOGUE, path) == ()
    with pytest.raises(InputProblem, match="has no column “No such column”"):
        look_into_catalogue(mara.console, path, columns=(("title", "Was"), ("artist", "No such column")))
    with pytest.raises(ColumnsUnknown) as asked:
        look_into_catalogue(mara.console, path)
    assert asked.value.rows == (("Mara Quist", "Quay", "1"),)
    layouts.remember(mara.console, FileKind.CATALOGUE, asked.value.columns, MAPPING)
    columns = layouts.columns_for(mara.console, FileKind.CATALOGUE, path)
    assert dict(columns) == MAPPING
    assert look_into_catalogue(mara.console, path, columns).known == (("Mara Quist", 1),)
    with pytest.raises(FileProblem):
        layouts.columns_for(mara.console, FileKind.CATALOGUE, tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("start", "names"),
    [
        (b"title;artist\nA;B\n", ("title", "artist")),
        (b"\n\ntitle,artist,\nA,B,\n", ("title", "artist")),
        (b"title\tartist", ("title", "artist")),
        (b'title,"the\nartist"\nA,B\nC,D\nE,"F', ("title", "the\nartist")),
        (b'[{"title": "A"}]', ()),
        (b"<html><body>", ()),
        (b"", ()),
        (b"\x1f\x8bbroken", ()),
        (b"PK\x03\x04broken", ()),
        (gzip.compress(b"title,artist\n" + b"A,B\n" * 400_000, mtime=0)[:START_BYTES], ("title", "artist")),
    ],
)
def test_the_header_is_told_from_the_beginning_of_a_file(start: bytes, names: tuple[str, ...]) -> None:
    assert header_of(start, "a.csv") == names


@given(damaged([FILE.encode(), gzip.compress(FILE.encode(), mtime=0)]))
def test_any_beginning_has_a_header_or_none(start: bytes) -> None:
    assert all(name.strip() for name in header_of(start, sha256_of(start)))


NAMES = st.lists(st.text(alphabet="abc XY", min_size=1, max_size=4), min_size=2, max_size=5)


@given(NAMES.filter(lambda names: any(name.strip() for name in names)))
def test_a_header_of_plain_names_is_told_as_it_stands(names: list[str]) -> None:
    text = "\n".join([",".join(names), ",".join("1" for _ in names)]) + "\n"
    assert header_of(text.encode(), "a.csv") == tuple(name for name in names if name.strip())
