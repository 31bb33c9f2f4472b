"""DDEX messages: the published samples, made-up ones in three versions, and harmful ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Use
from artist_console.formats.ern import read_ern
from artist_console.formats.incoming import Credit, ReadCatalogue, Severity, SongRow, Writer

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
        ("AA6Q72600009", "Immersive Edition"),
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


def test_an_ai_use_among_its_deals_is_a_grant_on_the_recordings(latest: ReadCatalogue) -> None:
    for row in latest.rows:
        (grant,) = row.grants
        assert grant.uses == (Use.TRAIN_GENERATIVE,)
        assert (grant.licensor, grant.recipient) == ("Harbour Label Services", "")
        assert (grant.territories, grant.starts_on, grant.ends_on) == ((), date(2026, 3, 31), None)
        assert (grant.terms, grant.source, grant.sha256) == ("", "", "")
        assert "<Deal>" in ERN_432.decode().splitlines()[(grant.row or 0) - 1]


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


def test_a_message_in_a_namespace_of_its_own_for_every_element_is_read() -> None:
    data = ERN_41.replace(b"xmlns:ern=", b'xmlns="http://ddex.net/xml/ern/41" xmlns:ern=')
    assert read_ern(data, "a.xml").rows == read_ern(ERN_41, "a.xml").rows


def test_an_unknown_version_is_read_with_a_warning() -> None:
    read = read_ern(ERN_41.replace(b"/ern/41", b"/ern/51"), "a.xml")
    assert "ERN 51" in read.warnings[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body/></html>", "is a html"),
        (ERN_41.replace(b"NewReleaseMessage", b"CatalogListMessage"), "is a CatalogListMessage"),
        (ERN_41.replace(b"ddex.net/xml/ern/41", b"example.org/41"), "but not of DDEX"),
        (ERN_41.replace(b"SoundRecording>", b"Image>"), "names no sound recording"),
    ],
)
def test_other_documents_are_named_for_what_they_are(data: bytes, says: str) -> None:
    with pytest.raises(InputProblem, match=says):
        read_ern(data, "a.xml")
