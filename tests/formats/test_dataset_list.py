"""Lists of what a dataset holds: real ones, and every form they come in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from artist_console.domain.problems import InputProblem
from artist_console.formats.dataset_list import read_dataset_list
from artist_console.formats.incoming import DatasetRow, Severity
from tests.formats.damage import damaged, only_input_problems

CSV = b"id,title,author,license,url\n7,Low Tide,Mira Sand,cc0,https://example.org/7\n"
JSON = json.dumps(
    [{"id": 7, "title": "Low Tide", "artist": {"name": "Mira Sand"}, "license": "cc0"}]
).encode()
JSONL = b'{"id": 7, "title": "Low Tide", "artist": "Mira Sand"}\n{"id": 8, "title": "Ebb", "artist": "Jo"}\n'


def test_the_published_list_of_a_model_is_read_whole(shared_data: Path) -> None:
    path = shared_data / "datasets" / "stable-audio-open-fma" / "fma_dataset_attribution2.csv.gz"
    packed = path.read_bytes()
    for data, name in ((packed, path.name), (gzip.decompress(packed), path.stem)):
        read = read_dataset_list(data, name)
        assert (read.layout, read.row_count, len(read.rows), read.notes) == ("csv", 13_874, 13_874, ())
    second = read.rows[1]
    assert (second.row, second.title, second.artist, second.licence, second.list_id) == (
        3,
        "Preludes, Book 2 - La puerta del Vino",
        "Paul Pitman",
        "cc0",
        "4851",
    )
    assert second.url.startswith("https://freemusicarchive.org/")
    assert second.words.startswith("4851,")


@pytest.mark.parametrize(
    ("folder", "name", "count", "rejected"),
    [
        ("billboard-mcgill", "billboard-2.0-index.csv.gz", 1300, 410),
        ("harmonix", "metadata.csv.gz", 912, 0),
        ("salami", "metadata.csv.gz", 1446, 1),
    ],
)
def test_other_public_lists_are_read_by_their_columns(
    shared_data: Path, folder: str, name: str, count: int, rejected: int
) -> None:
    read = read_dataset_list((shared_data / "datasets" / folder / name).read_bytes(), name)
    assert read.row_count == count
    assert len(read.rows) == count - rejected
    assert [note.severity for note in read.notes] == [Severity.REJECTED] * rejected


def test_underscores_for_spaces_are_undone_where_a_list_writes_so(shared_data: Path) -> None:
    path = shared_data / "datasets" / "salami" / "metadata.csv.gz"
    first = read_dataset_list(path.read_bytes(), path.name).rows[0]
    assert (first.title, first.artist, first.url) == ("For God And Country", "The Smashing Pumpkins", "")
    assert "For_God_And_Country" in first.words


@pytest.mark.parametrize(
    ("data", "layout"),
    [
        (CSV, "csv"),
        (CSV.replace(b",", b"\t"), "tsv"),
        (gzip.compress(CSV, mtime=0), "csv"),
        (JSON, "json"),
        (b'{"tracks": ' + JSON + b"}", "json"),
        (b'{"7": {"title": "Low Tide", "artist": "Mira Sand"}}', "json"),
        (b'{"tracks": {"7": {"title": "Low Tide", "artist": "Mira Sand"}}}', "json"),
        (b'{"name": "x", "tracks": {"7": {"title": "Low Tide", "artist": "Mira Sand"}}, "n": 1}', "json"),
        (JSONL, "jsonl"),
        (gzip.compress(JSONL, mtime=0), "jsonl"),
        (b"ID;Track Title;Artist Name\n7;Low Tide;Mira Sand\n", "csv"),
        (b"artist - title,id\nMira Sand - Low Tide,7\n", "csv"),
    ],
)
def test_every_form_of_a_list_gives_the_same_row(data: bytes, layout: str) -> None:
    read = read_dataset_list(data, "list")
    assert read.layout == layout
    row = read.rows[0]
    assert (row.title, row.artist, row.list_id) == ("Low Tide", "Mira Sand", "7")


def test_an_isrc_is_made_canonical_and_a_wrong_one_is_noted() -> None:
    read = read_dataset_list(b"isrc,title,artist\naa-6q7-20-00047,A,B\nUSSM19803O37,C,D\n,,\n,E,\n", "l.csv")
    assert [row.identifier for row in read.rows] == ["AA6Q72000047", ""]
    assert [(note.row, note.field, note.severity) for note in read.notes] == [
        (3, "isrc", Severity.WARNING),
        (5, "", Severity.REJECTED),
    ]
    assert read.row_count == 3  # the row of empty cells is none


def test_a_list_of_isrcs_alone_is_enough() -> None:
    assert read_dataset_list(b"isrc\nAA6Q72000047\n", "l.csv").rows == (
        DatasetRow(2, "", "", "AA6Q72000047", words="AA6Q72000047"),
    )


def test_spotifys_table_of_playlists_is_no_list_of_recordings() -> None:
    with pytest.raises(InputProblem, match="which column holds the title"):
        read_dataset_list(b"title,author,listeners,streams,date_added\nCalm,Ann,1,2,2026-01-01\n", "p.csv")


@pytest.mark.parametrize(
    "data",
    [
        b"title,artist\n",
        b"title\tartist\r\n\r\n",
        b"title,artist\n,\n,,\n",
        b"isrc",
        gzip.compress(b"isrc\n", mtime=0),
    ],
)
def test_a_header_alone_is_no_list(data: bytes) -> None:
    with pytest.raises(InputProblem, match=r"“l\.csv” has no rows"):
        read_dataset_list(data, "l.csv")


def test_a_table_without_titles_says_which_columns_it_has() -> None:
    with pytest.raises(InputProblem, match="found: “colour”, “size”"):
        read_dataset_list(b"colour,size\nred,1\n", "l.csv")


@pytest.mark.parametrize("bad", ['"oops"', "null", "7", "[1, 2]", "[]"])
@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("count", [2, 150])
def test_one_entry_that_is_no_object_costs_itself(bad: str, inside: bool, place: int, count: int) -> None:
    entries = [f'"{n}": {{"title": "Tide {n}", "artist": "Jo"}}' for n in range(count)]
    entries.insert(len(entries) if place == 2 else place, f'"x": {bad}')
    text = "{" + ", ".join(entries) + "}"
    read = read_dataset_list((f'{{"songs": {text}}}' if inside else text).encode(), "l.json")
    assert [row.title for row in read.rows] == [f"Tide {n}" for n in range(count)]
    (note,) = read.notes
    assert (note.row, note.severity) == ([1, 2, count + 1][place], Severity.REJECTED)
    assert note.what == "The entry “x” is not a JSON object."
    assert read.row_count == count + 1


def test_many_damaged_entries_before_the_good_ones_cost_no_good_one() -> None:
    entries = {str(n): None for n in range(300)} | {
        f"t{n}": {"title": f"T{n}", "artist": "Jo"} for n in range(2_000)
    }
    read = read_dataset_list(json.dumps(entries).encode(), "l.json")
    assert (len(read.rows), len(read.notes), read.row_count) == (2_000, 300, 2_300)
    with pytest.raises(InputProblem, match="no list of titles"):
        read_dataset_list(
            json.dumps({str(n): n for n in range(3_000)} | {"t": entries["t1"]}).encode(), "l.json"
        )


def test_an_object_inside_that_is_no_list_leaves_the_recording_what_it_is() -> None:
    text = b'{"title": "Ebb", "artist": "Jo", "data": {"a": 1, "b": {"c": 2}}, "items": {}}'
    assert [row.title for row in read_dataset_list(text, "l.json").rows] == ["Ebb"]
    with pytest.raises(InputProblem, match="no list of titles"):
        read_dataset_list(b'{"data": {"a": 1}, "b": 2, "c": 3}', "l.json")


@pytest.mark.parametrize(
    "data", [b'{"title": "A"', b"[" * 100_000, b'{"a":' * 5_000, b"[1, 2, 3]", b"{}", b'{"a": NaN}', b'["x"]']
)
def test_broken_json_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InputProblem):
        read_dataset_list(data, "l.json")


def test_a_line_that_is_no_object_is_left_out_and_noted() -> None:
    read = read_dataset_list(JSONL + b"oops\n", "l.jsonl")
    assert len(read.rows) == 2
    assert [(note.row, note.severity) for note in read.notes] == [(3, Severity.REJECTED)]
    assert read.row_count == 3


def test_half_a_character_in_json_does_not_reach_the_rows() -> None:
    read = read_dataset_list(b'[{"title": "\\ud800 Tide", "artist": "Mira"}]', "l.json")
    assert read.rows[0].title.encode("utf-8") == b"? Tide"
    assert read.rows[0].words.encode("utf-8")


@settings(max_examples=300)
@given(damaged([CSV, JSON, JSONL, gzip.compress(CSV, mtime=0), CSV.decode().encode("utf-16")]))
def test_damaged_lists_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_dataset_list, data, "list.csv")
