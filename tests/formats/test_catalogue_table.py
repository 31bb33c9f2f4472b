"""Our own catalogue table and Spotify's song list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from artist_console.domain.problems import ColumnsUnknown, InputProblem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import AiPart, WorkIdentifier
from artist_console.formats.catalogue_table import FIELDS, read_catalogue_table
from artist_console.formats.incoming import ReadCatalogue, Severity, SongRow, Writer
from tests.formats.damage import damaged, only_input_problems

ROOT = Path(__file__).resolve().parents[2]
OWN = (ROOT / "tests/data/catalogue.csv").read_bytes()
SPOTIFY = (ROOT / "tests/data/spotify-songs.csv").read_bytes()


@pytest.fixture
def own() -> ReadCatalogue:
    return read_catalogue_table(OWN, "catalogue.csv")


def test_a_full_row_is_read_with_its_song_and_its_writers(own: ReadCatalogue) -> None:
    row = own.rows[0]
    assert (row.row, row.kind, row.title, row.artists) == (2, WorkKind.RECORDING, "Low Tide", ("Mira Sand",))
    assert (row.identifier, row.release_title, row.upc, row.position) == (
        "AA6Q72600001",
        "Harbour Songs",
        "00094631432057",
        1,
    )
    assert (row.duration_s, row.year, row.released_on) == (Decimal(206), 2025, date(2026, 3, 31))
    assert row.aliases == ("引き潮",)
    assert row.songs == (
        SongRow(
            "Low Tide",
            "T0345246801",
            (Writer("Mira Sand", "composer", "00008715000", 5000), Writer("Jo Low", "lyricist", "", 4999)),
        ),
    )


def test_a_song_is_a_row_of_its_own_kind(own: ReadCatalogue) -> None:
    row = own.rows[2]
    assert (row.kind, row.identifier) == (WorkKind.COMPOSITION, "T9110536293")
    assert row.songs[0].writers == (Writer("Jo Low, Esq.", "writer"),)


def test_every_fault_of_a_row_is_named_with_row_and_column(own: ReadCatalogue) -> None:
    notes = {(note.row, note.field): note for note in own.notes}
    assert set(notes) == {
        (3, "ISRC"),
        (3, "UPC"),
        (3, "ISWC"),
        (3, "Release Date"),
        (3, "Year"),
        (3, "Track Number"),
        (5, "Unreleased"),
        (6, "Title"),
        (7, "Artist"),
        (8, "Kind"),
    }
    assert "AA-6Q7-26-00000" in notes[3, "ISRC"].what
    rejected = {key for key, note in notes.items() if note.severity is Severity.REJECTED}
    assert rejected == {(6, "Title"), (7, "Artist"), (8, "Kind")}
    assert [row.row for row in own.rows] == [2, 3, 4, 5]


def test_a_wrong_check_digit_is_told_and_kept_and_a_wrong_isrc_is_left_out(own: ReadCatalogue) -> None:
    pier = own.rows[1]
    assert (pier.identifier, pier.upc, pier.songs[0].iswc) == ("", "05099907138457", "T0345246802")
    assert (pier.released_on, pier.year, pier.position) == (None, None, None)
    assert pier.duration_s == Decimal(242)
    assert pier.artists == ("Mira Sand", "Jo Low")


def test_doubt_about_unreleased_is_read_as_unreleased(own: ReadCatalogue) -> None:
    assert [row.unreleased for row in own.rows] == [None, False, None, True]  # None: not said


def test_unknown_columns_are_named_once(own: ReadCatalogue) -> None:
    assert own.warnings == ("Columns that are not used: “Mood”.",)


@pytest.mark.parametrize("change", [(",", ";"), (",", "\t")])
def test_other_delimiters_read_the_same(change: tuple[str, str]) -> None:
    text = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n"
    assert (
        read_catalogue_table(text.replace(*change).encode(), "c.csv").rows
        == read_catalogue_table(text.encode(), "c.csv").rows
    )


def test_spotifys_list_takes_its_artist_from_the_caller() -> None:
    read = read_catalogue_table(SPOTIFY, "songs.csv", "Mira Sand")
    assert read.layout == "spotify-songs"
    assert [(row.title, row.artists, row.released_on) for row in read.rows] == [
        ("Low Tide", ("Mira Sand",), date(2026, 3, 31)),
        ("Pier - Live", ("Mira Sand",), date(2026, 4, 2)),
    ]
    assert [(note.row, note.severity) for note in read.notes] == [(4, Severity.REJECTED)]
    assert read.warnings == ()


def test_a_column_that_spotify_adds_does_no_harm() -> None:
    data = b"song,listeners,streams,views,saves,release_date\nLow Tide,1,2,3,4,2026-03-31\n"
    assert read_catalogue_table(data, "songs.csv", "Mira Sand").layout == "spotify-songs"


def test_spotifys_list_without_an_artist_says_so_and_leaves_artists_empty() -> None:
    read = read_catalogue_table(SPOTIFY, "songs.csv")
    assert {row.artists for row in read.rows} == {()}
    assert "names no artist" in read.warnings[0]


def test_a_table_without_title_or_artist_says_what_it_found() -> None:
    with pytest.raises(InputProblem, match=r"titles and which the artists\. Its columns: “colour”, “size”"):
        read_catalogue_table(b"colour,size\nred,1\n", "c.csv")


def test_the_documented_header_is_understood() -> None:
    page = (ROOT / "docs/formats/catalogue-csv.md").read_text(encoding="utf-8")
    for names in FIELDS.values():
        assert f"`{names[0]}`" in page, names[0]
    example = page.split("```csv\n")[1].split("```")[0]
    read = read_catalogue_table(example.encode(), "example.csv")
    assert read.notes == ()
    assert [row.identifier for row in read.rows] == ["AA6Q72600001", "AA6Q72600002"]
    assert [writer.share_bp for writer in read.rows[0].songs[0].writers] == [5000, 5000]


@settings(max_examples=300)
@given(damaged([OWN, SPOTIFY]))
def test_damaged_catalogues_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_catalogue_table, data, "catalogue.csv")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Track URI,Track Name,Album Name,Artist Name(s),Duration (ms),ISRC", "x,{t},{r},{a},206000,{i}"),
        ("trackName;artistName;albumName;ISRC Code", "{t};{a};{r};{i}"),
        ("Titel;Künstler;Album;ISRC", "{t};{a};{r};{i}"),
        ("Titre,Artiste,Titre de l’album,Code ISRC", "{t},{a},{r},{i}"),
        ("Título,Artista,Álbum,ISRC", "{t},{a},{r},{i}"),
        ("Título da faixa,Nome do artista,Título do álbum,ISRC", "{t},{a},{r},{i}"),
        ("TITLE\tARTIST\tALBUM\tALBUMARTIST\tTRACKNUMBER\tDATE\tISRC", "{t}\t{a}\t{r}\t{a}\t1\t2024\t{i}"),
        ("Song Name,Artist,Release Title,ISRC,UPC", "{t},{a},{r},{i},"),
        ("Track Title,Primary Artist(s),Release Name,Track ISRC", "{t},{a},{r},{i}"),
    ],
)
def test_headers_of_usual_exports_and_other_languages_are_understood(header: str, row: str) -> None:
    filled = row.format(t="Low Tide", a="Mira Sand", r="Harbour", i="AA6Q72600001")
    read = read_catalogue_table(f"{header}\n{filled}\n".encode(), "export.csv")
    assert [(r.title, r.artists, r.release_title, r.identifier) for r in read.rows] == [
        ("Low Tide", ("Mira Sand",), "Harbour", "AA6Q72600001")
    ]


def test_of_several_names_in_a_cell_of_a_store_the_first_is_the_artist() -> None:
    table = b'Track Name,Artist Name(s),Duration (ms)\nLow Tide,"Mira Sand, Jo Low",206500\n'
    row = read_catalogue_table(table, "songs.csv").rows[0]
    assert (row.artists, row.featured, row.duration_s) == (("Mira Sand",), ("Jo Low",), Decimal("206.5"))
    own = read_catalogue_table(b'title,artist\nLow Tide,"Sand, Mira"\n', "own.csv").rows[0]
    assert own.artists == ("Sand, Mira",)


def test_a_list_of_titles_without_artists_is_that_of_the_artist_who_is_named() -> None:
    table = b"Title,ISRC\nLow Tide,AA6Q72600001\n"
    assert read_catalogue_table(table, "own.csv", "Mira Sand").rows[0].artists == ("Mira Sand",)
    unsaid = read_catalogue_table(table, "own.csv")
    assert unsaid.rows[0].artists == ()
    assert any("say whose" in warning for warning in unsaid.warnings)


def test_columns_that_a_person_names_count_before_their_own_names() -> None:
    table = b"No.,Was,Wer,Title\n1,Low Tide,Mira Sand,Dr\n"
    with pytest.raises(ColumnsUnknown) as unknown:
        read_catalogue_table(table, "list.csv")
    assert unknown.value.columns == ("No.", "Was", "Wer", "Title")
    assert unknown.value.rows == (("1", "Low Tide", "Mira Sand", "Dr"),)
    assert unknown.value.recognised["title"] == "Title"
    row = read_catalogue_table(table, "list.csv", columns={"title": "Was", "artist": "Wer"}).rows[0]
    assert (row.title, row.artists) == ("Low Tide", ("Mira Sand",))


def test_identifiers_of_people_products_and_databases_are_read() -> None:
    table = (
        "title,artist,isni,ipi,grid,mbid,ai,writers\n"
        "Quay,Mira Sand,0000 0001 2281 955X,8715000,A1-0302B-0003989564-F,"
        "https://musicbrainz.org/recording/0E4A1B5C-1111-4a4a-9b9b-000000000001,partly,"
        "Jo Low (composer; IPI 00235492073)\n"
    ).replace("composer; IPI", "IPI")
    catalogue = read_catalogue_table(table.encode(), "a.csv")
    (row,) = catalogue.rows
    assert catalogue.notes == ()
    assert row.artist_identifiers == (
        ("Mira Sand", "isni", "000000012281955X"),
        ("Mira Sand", "ipi", "00008715000"),
        ("Jo Low", "ipi", "00235492073"),
    )
    assert (row.grid, row.contains_ai) == ("A10302B0003989564F", AiPart.PARTLY)
    assert row.other_identifiers == (
        WorkIdentifier("mbid", "0e4a1b5c-1111-4a4a-9b9b-000000000001", "MusicBrainz"),
    )


def test_what_is_no_identifier_or_disclosure_is_told_and_left_out() -> None:
    table = "title,artist,isni,mbid,ai\nQuay,Mira Sand; Jo Low,000000012281955X,12,perhaps\n"
    (row,) = read_catalogue_table(table.encode(), "a.csv").rows
    assert (row.artist_identifiers, row.other_identifiers, row.contains_ai) == ((), (), None)
    notes = read_catalogue_table(table.encode(), "a.csv").notes
    assert {note.field for note in notes} == {"isni", "mbid", "ai"}


@pytest.mark.parametrize(
    ("text", "part"),
    [("none", AiPart.NONE), ("No", AiPart.NONE), ("yes", AiPart.PARTLY), ("ALL", AiPart.ALL), ("", None)],
)
def test_what_a_catalogue_discloses_about_ai(text: str, part: AiPart | None) -> None:
    (row,) = read_catalogue_table(f"title,artist,contains ai\nA,B,{text}\n".encode(), "a.csv").rows
    assert row.contains_ai is part


NO_HEADER = "Low Tide,Mira Sand\nHigh Tide,Mira Sand\nEbb,Jo Low\n"
BY_ITS_FIRST = {"title": "Low Tide", "artist": "Mira Sand"}


def test_a_table_without_a_header_keeps_its_first_recording() -> None:
    read = read_catalogue_table(NO_HEADER.encode(), "l.csv", columns=BY_ITS_FIRST)
    assert [(row.row, row.title, row.artists) for row in read.rows] == [
        (1, "Low Tide", ("Mira Sand",)),
        (2, "High Tide", ("Mira Sand",)),
        (3, "Ebb", ("Jo Low",)),
    ]
    assert read.warnings == ()


def test_where_nothing_tells_a_header_from_a_recording_it_is_said_what_was_taken_for_one() -> None:
    read = read_catalogue_table(b"Low Tide,Mira Sand\nEbb,Jo Low\n", "l.csv", columns=BY_ITS_FIRST)
    assert [row.title for row in read.rows] == ["Ebb"]
    assert any("Row 1 was taken for the names" in each and "Low Tide" in each for each in read.warnings)
    known = read_catalogue_table(b"Titel,Wer\nEbb,Jo Low\n", "l.csv", columns={"artist": "Wer"})
    assert not any("was taken for" in each for each in known.warnings)
