"""DDEX's own sample messages, where they stand beside the project: what each says, in detail."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.domain.works import WorkIdentifier
from artist_console.formats.ern import read_ern
from artist_console.formats.incoming import Credit, ReadCatalogue, SongRow, Writer


@pytest.fixture
def audio(shared_data: Path) -> ReadCatalogue:
    return sample(shared_data, "1 Audio.xml")


@pytest.fixture
def single(shared_data: Path) -> ReadCatalogue:
    return sample(shared_data, "4 SimpleAudioSingle.xml")


@pytest.fixture
def classical(shared_data: Path) -> ReadCatalogue:
    return sample(shared_data, "Variant Classical.xml")


def sample(shared_data: Path, name: str) -> ReadCatalogue:
    return read_ern((shared_data / "ddex" / "ern43" / name).read_bytes(), name)


def test_an_album_in_two_scripts(audio: ReadCatalogue) -> None:
    assert (audio.layout, audio.sender, audio.created_on) == (
        "ern-43",
        "UniversalMusicGroup",
        date(2014, 9, 24),
    )
    assert (audio.notes, audio.warnings, audio.takedowns) == ((), (), ())
    assert [row.position for row in audio.rows] == list(range(1, 22))
    assert len({row.identifier for row in audio.rows}) == 21
    assert sum(row.duration_s or 0 for row in audio.rows) == 2190
    first = audio.rows[0]
    assert (first.title, first.aliases, first.version) == ("Yume no Lullaby", ("夢のララバイ",), "")
    assert (first.identifier, first.duration_s, first.year) == ("JPTO09404900", Decimal(148), 1994)
    assert (first.artists, first.featured) == (("Saeko Shu",), ())
    assert first.artist_aliases == (("Saeko Shu", "しゅうさえこ"),)
    assert first.credits == (Credit("Saeko Shu", "artist"),)
    assert (first.release_title, first.release_kind, first.upc) == (
        "Yume no Hajmari",
        "album",
        "00094631432057",
    )
    assert (first.label, first.released_on) == ("EMI MUSIC JAPAN INC.", date(2004, 4, 1))
    assert first.other_identifiers == (
        WorkIdentifier("proprietary", "00094631432057_JPTO09404900_R1", "PADPIDA2013042401U"),
    )


def test_its_instrumental_says_so_as_its_version(audio: ReadCatalogue) -> None:
    (summer,) = (row for row in audio.rows if row.version)
    assert (summer.title, summer.version, summer.position) == ("Natsu no Omoide", "Instrumental", 9)
    assert summer.aliases == ("～夏の思い出 (インストゥルメンタル)", "Natsu no Omoide (Instrumental)")


def test_every_title_of_it_has_its_kana(audio: ReadCatalogue) -> None:
    assert all(any(not alias.isascii() for alias in row.aliases) for row in audio.rows)
    assert {row.artist_aliases for row in audio.rows} == {(("Saeko Shu", "しゅうさえこ"),)}


def test_a_single_with_a_deal_for_every_country(single: ReadCatalogue) -> None:
    (row,) = single.rows
    assert (row.title, row.aliases) == ("I Love You", ("RIOPY: I Love You",))
    assert (row.artists, row.identifier, row.duration_s) == (("RIOPY",), "GBAYC1700598", Decimal("263.583"))
    assert (row.release_title, row.release_kind, row.grid) == ("I Love You", "single", "A10302B0003989564F")
    assert (row.label, row.year, row.released_on) == ("Warner Classics", 2015, date(2017, 4, 25))
    assert (row.grants, row.taken_down_on) == ((), None)
    # The sender's own number for it is its ISRC once more.
    assert row.other_identifiers == ()
    assert (single.sender, single.notes) == ("Warner Music Group", ())


def test_a_classical_album_with_its_soloists(classical: ReadCatalogue) -> None:
    assert [row.position for row in classical.rows] == list(range(1, 13))
    assert classical.notes == ()
    row = classical.rows[0]
    assert row.title.startswith("Vivaldi: Concerto For Violin And Strings In E Major")
    assert row.aliases == (row.title.removeprefix("Vivaldi: "),)
    assert row.artists == ("The English Concert", "Simon Standage", "Trevor Pinnock")
    assert row.credits == (
        Credit("Antonio Vivaldi", "composer"),
        Credit("The English Concert", "orchestra"),
        Credit("Trevor Pinnock", "soloist"),
        Credit("Simon Standage", "soloist"),
    )
    assert row.songs == (SongRow(row.title, "", (Writer("Antonio Vivaldi", "composer"),)),)
    assert (row.identifier, row.duration_s, row.year) == ("DE0000311111", Decimal(201), 2003)
    assert (row.release_title, row.label) == ("Antonio Vivaldi: The Four Seasons", "Deutsche Grammophon")
    assert (row.upc, row.grid) == ("", "A10302B0003989564F")
