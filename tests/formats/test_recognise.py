"""Telling files apart by what is in them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings

from artist_console.domain.problems import InputProblem
from artist_console.formats.recognise import read_catalogue, recognise
from tests.formats.damage import damaged, only_input_problems

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLES = {
    path.relative_to(DATA).as_posix(): path.read_bytes()
    for path in sorted(DATA.rglob("*"))
    if path.suffix in (".csv", ".tsv", ".txt", ".xml", ".v21", ".v22") or path.name.startswith("musicbrainz")
}
KINDS = {
    "catalogue.csv": "catalogue",
    "spotify-songs.csv": "spotify_songs",
    "ern-432.xml": "ern",
    "ern-41.xml": "ern",
    "ern-382.xml": "ern",
    "registration.v22": "cwr",
    "acknowledgement.v21": "cwr",
    "musicbrainz-recording.json": "musicbrainz",
    "musicbrainz-release.json": "musicbrainz",
}


@pytest.mark.parametrize(
    "name", sorted(name for name in SAMPLES if name in KINDS or name.startswith("statements/"))
)
def test_every_sample_is_known_whatever_its_name_and_packing(name: str) -> None:
    kind = KINDS.get(name) or f"statement:{Path(name).stem}"
    assert recognise(SAMPLES[name], "download") == kind
    assert recognise(gzip.compress(SAMPLES[name], mtime=0), "download") == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"title,artist\nA,B\n", "catalogue"),
        (b"title,artist,isrc,upc,url\nA,B,,,\n", "catalogue"),
        (b"id,title,author,license,url\n1,A,B,cc0,\n", "dataset_list"),
        (b"isrc\nAA6Q72600001\n", "dataset_list"),
        (b'[{"title": "A", "artist": "B"}]', "dataset_list"),
        (b"colour,size\nred,1\n", ""),
        (b"<html><body></body></html>", ""),
        (b"HEAD\tdsrf/30\tUGCProfile\n", "statement:dsr"),
        (b'{"title": "A", "artist": "B"}\n{"title": "C", "artist": "D"}\n', "dataset_list"),
        (b'{"id": "b8a7c51f-362c-4dcb-a259-bc6e0095f0a6", "title": "A", "isrcs": []}', "musicbrainz"),
    ],
)
def test_other_files_are_told_apart_by_their_columns(data: bytes, kind: str) -> None:
    assert recognise(data, "download") == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("datasets/stable-audio-open-fma/fma_dataset_attribution2.csv.gz", "dataset_list"),
        ("datasets/harmonix/metadata.csv.gz", "dataset_list"),
        ("datasets/salami/metadata.csv.gz", "dataset_list"),
        ("datasets/billboard-mcgill/billboard-2.0-index.csv.gz", "dataset_list"),
        ("statements/dmp/royaltystatement.csv", "statement:dmp"),
        ("ddex/ern43/1 Audio.xml", "ern"),
        ("cwr/CW220001DMP_000.V21", "cwr"),
        ("cwr/demo_cwr_cleaned.v22", "cwr"),
        ("musicbrainz/recording.json", "musicbrainz"),
        ("musicbrainz/recording_composer.json", "musicbrainz"),
        ("musicbrainz/recording_artist_aliases_locales.json", "musicbrainz"),
        ("musicbrainz/release.json", "musicbrainz"),
    ],
)
def test_published_files_are_known(shared_data: Path, path: str, kind: str) -> None:
    assert recognise((shared_data / path).read_bytes(), "download") == kind


@pytest.mark.parametrize(
    ("name", "layout", "count"),
    [
        ("ern-41.xml", "ern-41", 1),
        ("catalogue.csv", "catalogue-csv", 5),  # the row without an artist gets the one named
        ("spotify-songs.csv", "spotify-songs", 2),
        ("statements/believe.csv", "statement:believe", 2),
        ("statements/bandcamp.csv", "statement:bandcamp", 2),
    ],
)
def test_a_catalogue_is_read_from_whatever_holds_one(name: str, layout: str, count: int) -> None:
    read = read_catalogue(SAMPLES[name], name, "Mira Sand")
    assert (read.layout, len(read.rows)) == (layout, count)
    assert all(row.artists for row in read.rows)


def test_a_list_in_json_is_no_catalogue() -> None:
    with pytest.raises(InputProblem, match="list in JSON"):
        read_catalogue(b'[{"title": "A", "artist": "B"}]', "a.json")


def test_an_answer_of_musicbrainz_without_works_says_what_is_missing() -> None:
    with pytest.raises(InputProblem, match="no answer of MusicBrainz about recordings"):
        read_catalogue(b'{"error": "", "help": "https://musicbrainz.org/development/mmd"}', "a.json")
    with pytest.raises(InputProblem, match="“Not Found”"):
        read_catalogue(b'{"error": "Not Found", "help": "https://musicbrainz.org/development/mmd"}', "a.json")


def test_songs_registered_and_looked_up_are_catalogues_too() -> None:
    assert read_catalogue(SAMPLES["registration.v22"], "a").layout == "cwr-22"
    assert read_catalogue(SAMPLES["musicbrainz-recording.json"], "a").layout == "musicbrainz-recording"


@settings(max_examples=300)
@given(damaged(list(SAMPLES.values())))
def test_damaged_files_of_any_kind_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(recognise, data, "a.csv")
    only_input_problems(read_catalogue, data, "a.csv")
