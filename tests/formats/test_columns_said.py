"""Columns that a person names: one that the file has not, or a field that is none, is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from artist_console.domain.problems import ColumnsUnknown, InputProblem
from artist_console.formats.catalogue_table import read_catalogue_table
from artist_console.formats.dataset_list import read_dataset_list

TABLE = b"tune,who,\xc2\xbf{x}\nLow Tide,Mira Sand,1\n"
KNOWN = b"title,artist\nLow Tide,Mira Sand\n"
LINES = b'{"tune": "Low Tide", "who": "Mira Sand"}\n{"tune": "Ebb", "who": "Mira Sand"}\n'
SAID = {"title": "tune", "artist": "who"}


def as_catalogue(data: bytes, said: Mapping[str, str]) -> list[str]:
    return [row.title for row in read_catalogue_table(data, "{0}.csv", columns=said).rows]


def as_list(data: bytes, said: Mapping[str, str]) -> list[str]:
    return [row.title for row in read_dataset_list(data, "{0}.csv", said).rows]


READERS = pytest.mark.parametrize("read", [as_catalogue, as_list])


@READERS
def test_columns_that_are_there_are_taken(read: Callable[[bytes, Mapping[str, str]], list[str]]) -> None:
    assert read(TABLE, SAID) == ["Low Tide"]
    assert read(b"My songs\n\n" + TABLE, SAID) == ["Low Tide"]
    assert as_list(LINES, SAID) == ["Low Tide", "Ebb"]


@READERS
@pytest.mark.parametrize("data", [TABLE, KNOWN])
def test_a_column_that_is_not_there_is_told_with_those_that_are(
    read: Callable[[bytes, Mapping[str, str]], list[str]], data: bytes
) -> None:
    with pytest.raises(InputProblem) as told:
        read(data, {"title": "no{pe}"})
    first = data.split(b",")[0].decode()
    assert told.value.title.startswith(f"“{{0}}.csv” has no column “no{{pe}}”. Its columns: “{first}”")
    assert "--column title=NAME" in told.value.advice


@READERS
def test_a_field_that_is_none_is_told_with_those_that_are(
    read: Callable[[bytes, Mapping[str, str]], list[str]],
) -> None:
    for data in (TABLE, KNOWN):
        with pytest.raises(InputProblem, match=r"“foo” is no field of such a file\. .*: title, artist,"):
            read(data, {"foo": "tune"})


def test_a_column_that_no_object_of_a_list_names_is_told() -> None:
    with pytest.raises(InputProblem, match=r"has no column “nope”\. Its columns: “tune”, “who”"):
        as_list(LINES, {"title": "nope"})


@READERS
def test_a_table_that_does_not_say_names_the_option(
    read: Callable[[bytes, Mapping[str, str]], list[str]],
) -> None:
    with pytest.raises(ColumnsUnknown, match="by command: --column title=NAME --column artist=NAME"):
        read(TABLE, {})
