"""Answers of the MusicBrainz web service."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import WorkIdentifier
from artist_console.formats.incoming import Credit, ReadCatalogue, SongRow, Writer
from artist_console.formats.musicbrainz import read_musicbrainz
from artist_console.formats.musicbrainz_json import is_musicbrainz
from tests.formats.damage import damaged, only_input_problems

DATA = Path(__file__).resolve().parents[1] / "data"
RECORDING = (DATA / "musicbrainz-recording.json").read_bytes()
RELEASE = (DATA / "musicbrainz-release.json").read_bytes()
MIRA, OLA, JO = (f"0e4a1b5c-2222-4a4a-9b9b-00000000000{n}" for n in (1, 2, 4))


def read(value: object) -> ReadCatalogue:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_musicbrainz(data, "recording.json")


def mbid(id: str) -> WorkIdentifier:
    return WorkIdentifier("mbid", id, "MusicBrainz")


def test_a_recording_is_read_with_codes_song_writers_and_credits() -> None:
    catalogue = read(RECORDING)
    assert (catalogue.layout, catalogue.sender, catalogue.names_own) == (
        "musicbrainz-recording",
        "MusicBrainz",
        True,
    )
    (row,) = catalogue.rows
    assert (row.title, row.artists, row.featured) == ("Low Tide", ("Mira Sand",), ("Ola Brandt",))
    assert (row.identifier, row.version, row.year) == ("AA6Q72600001", "live, 2025-06-01: The Pier", 2026)
    assert (row.duration_s, row.aliases) == (Decimal("206.5"), ("引き潮",))
    assert row.other_identifiers == (
        mbid("0e4a1b5c-1111-4a4a-9b9b-000000000001"),
        WorkIdentifier("isrc", "AA6Q72600009"),
    )
    assert row.songs == (
        SongRow(
            "Low Tide",
            "T0345246801",
            (Writer("Mira Sand", "composer"), Writer("Jo Low", "lyricist", "00235492073")),
            (mbid("0e4a1b5c-3333-4a4a-9b9b-000000000001"),),
        ),
    )
    assert row.credits == (Credit("Ada Pier", "producer"), Credit("Ada Pier", "bass_guitar"))


def test_names_in_every_script_are_kept_and_neither_passports_nor_hints() -> None:
    (row,) = read(RECORDING).rows
    assert row.artist_aliases == (("Mira Sand", "ميرا ساند"),)
    assert set(row.artist_identifiers) == {
        ("Mira Sand", "mbid", MIRA),
        ("Mira Sand", "isni", "000000012281955X"),
        ("Mira Sand", "ipi", "00008715000"),
        ("Ola Brandt", "mbid", OLA),
        ("Jo Low", "mbid", JO),
        ("Jo Low", "ipi", "00235492073"),
    }


def test_only_the_artists_own_official_releases_count() -> None:
    (row,) = read(RECORDING).rows
    assert (row.release_title, row.upc, row.position) == ("Harbour Songs", "00094631432057", 3)
    assert row.released_on == date(2026, 3, 31)


def test_a_release_counts_its_tracks_through_all_discs() -> None:
    rows = read(RELEASE).rows
    assert [(row.title, row.position, row.identifier) for row in rows] == [
        ("Quay", 1, "AA6Q72600002"),
        ("Mole", 2, ""),
        ("Low Tide", 3, ""),
    ]
    assert rows[1].aliases == ("The Mole",)
    assert {(r.release_title, r.release_kind, r.label, r.upc, r.released_on) for r in rows} == {
        ("Harbour Songs", "album", "Fieldnote", "00094631432057", date(2026, 3, 1))
    }
    assert rows[2].artists == ("Mira Sand", "Ola Brandt")
    assert rows[0].version == ""  # "original stereo mix" is the one that everybody knows
    assert rows[0].other_identifiers == (mbid("0e4a1b5c-1111-4a4a-9b9b-000000000002"),)


def test_a_search_finds_anybodys_and_says_so() -> None:
    catalogue = read(
        {"created": "2026-01-01", "count": 1, "offset": 0, "recordings": [json.loads(RECORDING)]}
    )
    assert (catalogue.layout, catalogue.names_own) == ("musicbrainz-recordings", False)
    assert catalogue.rows == read(RECORDING).rows


def test_what_an_artists_look_up_holds_is_theirs() -> None:
    bare = {"id": "0e4a1b5c-1111-4a4a-9b9b-000000000005", "title": "Pier", "length": 1000}
    work = {"id": "0e4a1b5c-3333-4a4a-9b9b-000000000005", "title": "Pier", "iswcs": []}
    artist = {
        "id": MIRA,
        "name": "Mira Sand",
        "sort-name": "Sand, Mira",
        "recordings": [bare],
        "works": [work],
    }
    recording, song = read(artist).rows
    assert (recording.artists, recording.duration_s) == (("Mira Sand",), Decimal(1))
    assert (song.kind, song.title, song.artists) == (WorkKind.COMPOSITION, "Pier", ())
    with pytest.raises(InputProblem, match="no recording and no work"):
        read({"id": MIRA, "name": "Mira Sand", "sort-name": "Sand, Mira"})


def test_a_work_is_a_song_with_its_writers_and_the_recordings_of_it() -> None:
    work: dict[str, Any] = json.loads(RECORDING)["relations"][2]["work"]
    of_it = {"type": "performance", "target-type": "recording", "recording": json.loads(RECORDING)}
    song, recording = read({**work, "relations": [*work["relations"], of_it]}).rows
    assert (song.kind, song.identifier, song.names) == (
        WorkKind.COMPOSITION,
        "T0345246801",
        ("Mira Sand", "Jo Low"),
    )
    assert recording.songs[0].iswc == song.identifier


def test_a_wrong_code_is_told() -> None:
    catalogue = read(RECORDING.replace(b"T-034.524.680-1", b"T-034.524.680-2"))
    assert catalogue.rows[0].songs[0].iswc == "T0345246802"
    assert [note.field for note in catalogue.notes] == ["iswcs"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"error": "Not Found", "help": "x"}', "“Not Found”"),
        (
            b'{"id": "0e4a1b5c-2222-4a4a-9b9b-000000000001", "name": "Oslo", "type": "City"}',
            "no answer of Music",
        ),
        (b'{"title": "A"}', "no answer of MusicBrainz"),
        (b"[1, 2]", "no answer of MusicBrainz"),
        (b'{"recordings": []}', "no answer of MusicBrainz"),
        (b"[" * 200_000, "not whole JSON"),
        (RECORDING[:900], "not whole JSON"),
    ],
)
def test_json_of_another_kind_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InputProblem, match=words):
        read(data)


def test_an_answer_is_known_by_what_is_in_it() -> None:
    assert is_musicbrainz(RECORDING)
    assert is_musicbrainz(RELEASE)
    assert not is_musicbrainz(b'{"title": "A", "sort-name": "A"}')
    assert not is_musicbrainz(RECORDING[:900])


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200)
@given(st.sampled_from(sorted(json.loads(RECORDING))), ODD)
def test_any_field_may_hold_anything(name: str, odd: object) -> None:
    data = json.dumps({**json.loads(RECORDING), name: odd}).encode()
    only_input_problems(read_musicbrainz, data, "a.json")


@settings(max_examples=200)
@given(damaged([RECORDING, RELEASE]))
def test_damaged_answers_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_musicbrainz, data, "a.json")


def test_published_answers(shared_data: Path) -> None:
    folder = shared_data / "musicbrainz"
    (thinking,) = read((folder / "recording.json").read_bytes()).rows
    assert (thinking.title, thinking.artists, thinking.identifier) == (
        "Thinking Out Loud",
        ("Ed Sheeran",),
        "GBAHS1400099",
    )
    assert [writer.name for writer in thinking.songs[0].writers] == ["Ed Sheeran", "Amy Wadge"]
    (japanese,) = read((folder / "recording_artist_aliases_locales.json").read_bytes()).rows
    assert ("後ろから這いより隊C", "Ushirokara Haiyoritai C") in japanese.artist_aliases
    (swan,) = read((folder / "recording_composer.json").read_bytes()).rows
    names = {other for _, other in swan.artist_aliases}
    assert {"Пётр Ильич Чайковский", "بيتر إليتش تشايكوفسكي", "チャイコフスキー"} <= names
    assert swan.songs[0].writers == (Writer("Пётр Ильич Чайковский", "composer"),)
    dark_side = read((folder / "release.json").read_bytes())
    assert [(row.position, row.title) for row in dark_side.rows][::9] == [(1, "Speak to Me"), (10, "Eclipse")]
    assert {row.label for row in dark_side.rows} == {"Harvest"}
    assert [note.field for note in dark_side.notes] == ["barcode"]
