"""DDEX messages: the published samples, made-up ones in three versions, and harmful ones."""

from __future__ import annotations

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from artist_console.domain.problems import InputProblem
from artist_console.formats.ern import is_ern, read_ern
from artist_console.formats.incoming import Credit, ReadCatalogue, Severity, SongRow, Writer
from tests.formats.damage import damaged, only_input_problems

DATA = Path(__file__).resolve().parents[1] / "data"
ERN_432 = (DATA / "ern-432.xml").read_bytes()
ERN_41 = (DATA / "ern-41.xml").read_bytes()
ERN_382 = (DATA / "ern-382.xml").read_bytes()


@pytest.fixture
def latest() -> ReadCatalogue:
    return read_ern(ERN_432, "ern-432.xml")


def test_a_recording_is_read_with_its_release_artists_and_song(latest: ReadCatalogue) -> None:
    assert (latest.layout, latest.sender) == ("ern-432", "Harbour Label Services")
    row = latest.rows[0]
    assert (row.title, row.artists, row.featured) == ("Low Tide", ("Mira Sand",), ("Jo Low",))
    assert (row.identifier, row.duration_s, row.year) == ("AA6Q72600001", Decimal("206.2"), 2025)
    assert (row.release_title, row.release_kind, row.label) == ("Harbour Songs", "ep", "Harbour")
    assert row.released_on == date(2026, 3, 31)
    assert row.aliases == ("引き潮",)
    assert row.artist_aliases == (("Mira Sand", "ミラ・サンド"),)
    assert row.credits == (
        Credit("Mira Sand", "composer_lyricist"),
        Credit("Jo Low", "studio_producer"),
        Credit("Jo Low", "composer"),
    )
    assert row.songs == (
        SongRow(
            "Low Tide",
            "T0345246801",
            (
                Writer("Mira Sand", "composer_lyricist", "00008715000"),
                Writer("Jo Low", "composer", "00008715001"),
            ),
        ),
    )


def test_each_edition_with_a_code_of_its_own_is_a_recording_of_its_own(latest: ReadCatalogue) -> None:
    assert [(row.identifier, row.version) for row in latest.rows if row.title == "Low Tide"] == [
        ("AA6Q72600001", ""),
        ("AA6Q72600009", "immersive_edition"),
    ]


def test_positions_follow_the_sequence_numbers_of_discs_and_tracks(latest: ReadCatalogue) -> None:
    assert {row.title: row.position for row in latest.rows} == {"Pier": 1, "Low Tide": 2}


def test_wrong_check_digits_are_told_with_their_line_and_kept(latest: ReadCatalogue) -> None:
    pier = latest.rows[-1]
    assert (pier.title, pier.version, pier.upc) == ("Pier", "Live", "05099907138457")
    assert pier.identifier == ""
    assert pier.songs[0].iswc == "T0345246802"
    assert pier.duration_s is None
    assert {note.field for note in latest.notes} == {"ISRC", "ISWC", "ICPN", "IpiNameNumber"}
    assert {note.severity for note in latest.notes} == {Severity.WARNING}
    lines = ERN_432.decode().splitlines()
    assert all(f"<{note.field}>" in lines[note.row - 1] for note in latest.notes)


def test_what_is_left_out_is_said(latest: ReadCatalogue) -> None:
    assert latest.warnings == (
        "The sender marked this as a test message.",
        "Videos are not read: 1 left out.",
    )


def test_the_identifier_is_found_on_the_recording_itself_in_4_1() -> None:
    read = read_ern(ERN_41, "a.xml")
    row = read.rows[0]
    assert (row.identifier, row.release_kind, row.upc) == ("AA6Q72600001", "single", "00094631432057")
    assert (row.position, row.year, row.released_on) == (1, 2025, date(2026, 3, 1))
    assert (read.notes, read.warnings) == ((), ())


def test_the_older_version_with_details_by_territory_reads_the_same_release() -> None:
    read = read_ern(ERN_382, "a.xml")
    assert len(read.rows) == 1
    row = read.rows[0]
    assert (row.title, row.aliases, row.artists, row.featured) == (
        "Low Tide",
        ("引き潮",),
        ("Mira Sand",),
        ("Jo Low",),
    )
    assert (row.release_title, row.upc, row.position) == ("Harbour Songs", "00094631432057", 1)
    assert (row.label, row.released_on, row.year) == ("Harbour", date(2026, 3, 31), 2025)
    assert row.songs == (SongRow("Low Tide", "T0345246801", (Writer("Mira Sand", "composer"),)),)
    assert Credit("Ada Pier", "producer") in row.credits


@pytest.mark.parametrize(
    ("name", "count", "first", "artist", "release"),
    [
        ("1 Audio.xml", 21, "JPTO09404900", "Saeko Shu", "Yume no Hajmari"),
        ("4 SimpleAudioSingle.xml", 1, "GBAYC1700598", "RIOPY", "I Love You"),
        (
            "Variant Classical.xml",
            12,
            "DE0000311111",
            "The English Concert",
            "Antonio Vivaldi: The Four Seasons",
        ),
    ],
)
def test_the_published_samples_are_read(
    shared_data: Path, name: str, count: int, first: str, artist: str, release: str
) -> None:
    read = read_ern((shared_data / "ddex" / "ern43" / name).read_bytes(), name)
    assert (read.layout, len(read.rows), read.notes) == ("ern-43", count, ())
    assert (read.rows[0].identifier, read.rows[0].artists[0], read.rows[0].release_title) == (
        first,
        artist,
        release,
    )
    assert [row.position for row in read.rows] == list(range(1, count + 1))


def test_titles_in_other_scripts_become_aliases(shared_data: Path) -> None:
    read = read_ern((shared_data / "ddex" / "ern43" / "1 Audio.xml").read_bytes(), "a.xml")
    assert "夢のララバイ" in read.rows[0].aliases
    assert ("Saeko Shu", "しゅうさえこ") in read.rows[0].artist_aliases


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_message_in_another_encoding_reads_the_same(encoding: str) -> None:
    text = ERN_41.decode().replace(
        'encoding="UTF-8"', 'encoding="UTF-16"' if encoding == "utf-16" else 'encoding="UTF-8"'
    )
    data = text.encode(encoding)
    assert is_ern(data)
    assert read_ern(data, "a.xml").rows == read_ern(ERN_41, "a.xml").rows


def test_a_packed_message_reads_the_same() -> None:
    assert read_ern(gzip.compress(ERN_41, mtime=0), "a.xml.gz").rows == read_ern(ERN_41, "a.xml").rows


def test_a_message_in_a_namespace_of_its_own_for_every_element_is_read() -> None:
    data = ERN_41.replace(b"xmlns:ern=", b'xmlns="http://ddex.net/xml/ern/41" xmlns:ern=')
    assert read_ern(data, "a.xml").rows == read_ern(ERN_41, "a.xml").rows


def test_an_unknown_version_is_read_with_a_warning() -> None:
    read = read_ern(ERN_41.replace(b"/ern/41", b"/ern/51"), "a.xml")
    assert "ERN 51" in read.warnings[0]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_message_that_ends_early_is_refused_whole(part: float) -> None:
    with pytest.raises(InputProblem, match="not valid XML"):
        read_ern(ERN_432[: int(len(ERN_432) * part)], "a.xml")


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 50
    + b'"><!ENTITY c "'
    + b"&b;" * 50
    + b'">]><x>&c;</x>'
)
FILE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'


@pytest.mark.parametrize(
    "data", [LAUGHS, FILE, LAUGHS.decode().encode("utf-16"), FILE.decode().encode("utf-16-le")]
)
def test_a_document_type_is_refused(data: bytes) -> None:
    with pytest.raises(InputProblem, match=r"document type|not valid XML"):
        read_ern(data, "a.xml")


def test_elements_nested_without_end_are_refused() -> None:
    deep = b"<ResourceGroup>" * 5_000 + b"</ResourceGroup>" * 5_000
    with pytest.raises(InputProblem, match="not valid XML"):
        read_ern(ERN_41.replace(b"<ResourceList>", b"<ResourceList>" + deep), "a.xml")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body/></html>", "is a html"),
        (ERN_41.replace(b"NewReleaseMessage", b"PurgeReleaseMessage"), "is a PurgeReleaseMessage"),
        (ERN_41.replace(b"ddex.net/xml/ern/41", b"example.org/41"), "but not of DDEX"),
        (ERN_41.replace(b"SoundRecording>", b"Image>"), "names no sound recording"),
    ],
)
def test_other_documents_are_named_for_what_they_are(data: bytes, says: str) -> None:
    with pytest.raises(InputProblem, match=says):
        read_ern(data, "a.xml")


@settings(max_examples=300)
@given(damaged([ERN_432, ERN_41, ERN_382]))
def test_damaged_messages_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_ern, data, "a.xml")
