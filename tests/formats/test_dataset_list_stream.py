"""Lists as a stream: in pieces, in every encoding, damaged, huge, without a header, with columns said."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import ColumnsUnknown, InputProblem
from artist_console.formats import dataset_list_json, text_stream, unpacking
from artist_console.formats.dataset_list import open_dataset_list, read_dataset_list
from artist_console.formats.dataset_list_columns import is_audio_list_header
from artist_console.formats.incoming import DatasetRow, Severity
from tests.formats.damage import damaged

CSV = "id,title,artist,licence\n" + "".join(f"{n},Tide {n},Möra Sand,cc0\n" for n in range(1, 40))
JSON = json.dumps([{"id": str(n), "title": f"Tide {n}", "artist": "Möra Sand"} for n in range(1, 40)])
JSONL = "".join(
    json.dumps({"id": n, "title": f"Tide {n}", "artist": "Möra Sand"}) + "\n" for n in range(1, 40)
)
OBJECTS = json.dumps({str(n): {"title": f"Tide {n}", "artist": "Möra Sand"} for n in range(1, 300)})


class Dripping(io.BytesIO):
    """A file that gives a few bytes at a time, as a sealed one may."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self._most if size is None or size < 0 else min(size, self._most))


class Endless(io.RawIOBase):
    """A list of which more comes for ever, so that only what streams can read its beginning."""

    def __init__(self, head: bytes, row: bytes) -> None:
        self._head, self._row, self.at = head, row, 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.at = offset
        return 1 << 40 if whence else offset

    def read(self, size: int = -1, /) -> bytes:
        assert size > 0
        start = self.at
        self.at += size
        into = max(0, start - len(self._head)) % len(self._row)
        rows = self._row * (size // len(self._row) + 2)
        return (self._head[start:] + rows[into:])[:size]


def titles(data: bytes, name: str = "list.csv", **said: str) -> list[str]:
    return [row.title for row in read_dataset_list(data, name, said).rows]


def gz(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def zipped(text: str, name: str = "list.csv") -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        archive.writestr(f"__MACOSX/{name}", "x")
    return into.getvalue()


def test_rows_come_before_the_file_is_read_to_its_end() -> None:
    endless = Endless(b"title,artist\nEbb,Jo Low\n", b"Tide,Mira Sand\n")
    rows = iter(open_dataset_list(endless, "list.csv"))  # type: ignore[arg-type]
    assert [next(rows).row for _ in range(1000)] == list(range(2, 1002))
    assert endless.at < 8_000_000


def test_progress_is_told_in_rows_and_bytes_and_ends_with_the_whole() -> None:
    data = gzip.compress(("title,artist\n" + "Tide,Mira Sand\n" * 100_000).encode(), mtime=0)
    reader = open_dataset_list(io.BytesIO(data), "list.csv.gz")
    seen = [(reader.rows_read, reader.bytes_read) for _ in reader]
    assert seen == sorted(seen)
    assert (reader.rows_read, reader.bytes_read, reader.size) == (100_000, len(data), len(data))


@pytest.mark.parametrize(
    "data",
    [CSV.encode(), gz(CSV), zipped(CSV), CSV.encode("utf-16"), JSON.encode(), JSONL.encode(), gz(OBJECTS)],
)
def test_the_hash_is_that_of_the_file_as_it_came(data: bytes) -> None:
    with io.BytesIO(data) as file:
        reader = open_dataset_list(file, "list")
        rows = [row for row in reader if isinstance(row, DatasetRow)]
    assert rows[0].title == "Tide 1"
    assert rows[0].artist == "Möra Sand"
    assert reader.sha256() == hashlib.sha256(data).hexdigest()


@given(st.sampled_from([CSV, JSON, JSONL, OBJECTS]), st.integers(1, 5_000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_however_the_bytes_come_the_rows_are_the_same(text: str, most: int, packed: bool) -> None:
    data = gz(text) if packed else text.encode()
    whole = read_dataset_list(data, "list")
    dripping = open_dataset_list(Dripping(data, most), "list")
    assert tuple(dripping) == whole.rows
    assert dripping.sha256() == whole.sha256


@pytest.mark.parametrize("text", [CSV, JSON, JSONL, OBJECTS])
def test_pieces_of_any_size_give_the_same_rows(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_dataset_list(text.encode(), "list")
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr(text_stream, "_CHUNK", size)
        assert read_dataset_list(text.encode(), "list") == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_end_of_line_gives_the_same_rows(encoding: str, end: str) -> None:
    read = read_dataset_list(CSV.replace("\n", end).encode(encoding), "list.csv")
    assert [(row.row, row.title, row.artist) for row in read.rows] == [
        (n + 1, f"Tide {n}", "Möra Sand") for n in range(1, 40)
    ]


def test_other_bytes_far_down_are_read_as_windows_latin_and_said() -> None:
    rows = "".join(f"Tide {n},Mira Sänd\n" for n in range(100_000))
    data = ("title,artist\n" + rows).encode() + "Ebb,Señor\n".encode("cp1252") + "Flood,Mira Sänd\n".encode()
    read = read_dataset_list(data, "list.csv")
    assert [row.artist for row in read.rows[-3:]] == ["Mira Sänd", "Señor", "Mira Sänd"]
    assert any("not in UTF-8 throughout" in warning for warning in read.warnings)


def test_a_file_cut_in_a_character_says_so() -> None:
    data = b"title,artist\nEbb,Se\xc3"
    read = read_dataset_list(data, "list.csv")
    assert read.rows[0].artist == "Se"
    assert read.warnings == ("The file ends in the middle of a character.",)


def test_quoted_line_ends_stay_in_their_row_and_rows_keep_their_numbers() -> None:
    read = read_dataset_list(b'title,artist,note\n"Low\nTide",Mira,"a\r\nb"\nEbb,Jo,\n', "list.csv")
    assert [(row.row, row.title) for row in read.rows] == [(2, "Low\nTide"), (3, "Ebb")]


def test_ragged_rows_and_nul_bytes_do_no_harm() -> None:
    data = b"title,artist,licence\nEbb,Jo\nTide,Mira,cc0,more,cells\n,\nNul\x00Tide,Mira\n"
    read = read_dataset_list(data, "list.csv")
    assert [(row.title, row.artist, row.licence) for row in read.rows] == [
        ("Ebb", "Jo", ""),
        ("Tide", "Mira", "cc0"),
        ("Nul Tide", "Mira", ""),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_row_of_ten_megabytes_is_left_out_and_the_others_count(delimiter: str) -> None:
    rows = ["title,artist", "Ebb,Jo", f"Tide,{'x' * 10_000_000}", "Flood,Mira"]
    read = read_dataset_list("\n".join(rows).replace(",", delimiter).encode(), "list.csv")
    assert [row.title for row in read.rows] == ["Ebb", "Flood"]
    assert [(note.row, note.severity) for note in read.notes] == [(3, Severity.REJECTED)]


def test_an_object_of_ten_megabytes_is_read_and_kept_short() -> None:
    big = json.dumps({"lyrics": "x" * 10_000_000, "title": "Tide", "artist": "Mira"})
    for text in (f"[{big}, {big}]", f"{big}\n{big}\n"):
        read = read_dataset_list(text.encode(), "list.json")
        assert [row.title for row in read.rows] == ["Tide", "Tide"]
        assert len(read.rows[0].words) <= 4_000


def test_a_line_without_end_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_stream, "MOST_LINE", 1_000)
    monkeypatch.setattr(text_stream, "_CHUNK", 64)
    long = "x" * 5_000
    assert titles(f"title,artist\nEbb,Jo\n{long},{long}\nTide,Mira\n".encode()) == ["Ebb", "Tide"]
    read = read_dataset_list((JSONL + '{"a": "' + long + '"}\n' + JSONL).encode(), "list.jsonl")
    assert len(read.rows) == 78
    assert [note.what for note in read.notes] == ["The line is too long."]
    assert titles(f"title,artist\nEbb,Jo\nTide,Mira\n{long}".encode()) == ["Ebb", "Tide"]


def test_an_element_without_end_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset_list_json, "MOST_LINE", 1_000)
    with pytest.raises(InputProblem, match="longer than 1,000 characters"):
        read_dataset_list(b'[{"title": "Ebb", "artist": "Jo"}, {"a": "' + b"x" * 2_000_000, "list.json")


def test_a_quotation_mark_that_is_never_closed_costs_the_file() -> None:
    for rows in ('Ebb,"Jo\nTide,Mira\n', 'Ebb,"' + "Jo\n" * 100_000):
        with pytest.raises(InputProblem, match="never closed"):
            read_dataset_list(b"title,artist\n" + rows.encode(), "list.csv")


@pytest.mark.parametrize("packed", [gz, zipped])
def test_a_bomb_is_refused(packed: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(packed)
    bomb = packed("title,artist,words\n" + f"Tide,Mira,{'x' * 1_000}\n" * 30_000)
    with pytest.raises(InputProblem, match="grows far beyond"):
        read_dataset_list(bomb, "list.csv")
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1_000_000)
    grown = packed("title,artist\n" + "".join(f"Tide {n * n},Mira,{n * 7919}\n" for n in range(50_000)))
    with pytest.raises(InputProblem, match="grows far beyond"):
        read_dataset_list(grown, "list.csv")


def test_what_is_packed_is_refused_when_it_ends_early_or_is_damaged() -> None:
    # Large enough that rows come before the damage.
    text = "title,artist\n" + "".join(
        f"Tide {n * 7919 % 10007},Mira {n * n % 10007}\n" for n in range(60_000)
    )
    for whole in (gz(text), zipped(text)):
        half = bytearray(whole)
        half[len(half) // 2] ^= 0xFF
        for bad in (whole[: len(whole) // 2], bytes(half)):
            with pytest.raises(InputProblem, match="damaged"):
                read_dataset_list(bad, "list.csv")


def test_a_zip_of_several_tables_or_of_none_is_refused() -> None:
    for names in ((), ("a.csv", "b.csv"), ("readme.md",)):
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w") as archive:
            for name in names:
                archive.writestr(name, CSV)
        with pytest.raises(InputProblem, match="tables" if names else "damaged|tables|not a table"):
            read_dataset_list(into.getvalue(), "list.zip")


# Columns


def test_a_table_without_known_columns_asks_and_shows_its_first_rows() -> None:
    with pytest.raises(ColumnsUnknown) as caught:
        read_dataset_list(b"Werk;Wer;ISWC\nEbbe;Jo Low;T1\nFlut;Mira;T2\n", "liste.csv")
    assert caught.value.columns == ("Werk", "Wer", "ISWC")
    assert caught.value.rows[0] == ("Ebbe", "Jo Low", "T1")


def test_a_column_of_hashes_does_not_stand_for_titles() -> None:
    with pytest.raises(ColumnsUnknown):
        read_dataset_list(b"md5;Werk;Wer\n" + b"0" * 32 + b";Ebbe;Jo\n", "liste.csv")
    reader = open_dataset_list(io.BytesIO(b"md5\n" + b"0" * 32), "l.csv", {}, is_audio_list_header)
    assert [row.audio for row in reader if isinstance(row, DatasetRow)] == [(("md5", "0" * 32),)]
    assert reader.fields == {"md5"}


def test_columns_said_by_hand_are_used() -> None:
    data = b"a line before\nWerk;Wer;Seite\nEbbe;Jo Low;https://example.org/1\n"
    (row,) = read_dataset_list(data, "liste.csv", {"title": "Werk", "artist": "Wer", "url": "Seite"}).rows
    assert (row.row, row.title, row.artist, row.url) == (3, "Ebbe", "Jo Low", "https://example.org/1")


def test_said_columns_come_before_those_that_are_recognised() -> None:
    data = b"title,artist,name\nx,y,Ebb\n"
    assert titles(data, title="name") == ["Ebb"]


def test_the_first_row_of_a_table_without_header_is_a_recording() -> None:
    data = b"1,Ebb,Jo Low,3:20\n2,Tide,Mira Sand,2:10\n"
    with pytest.raises(ColumnsUnknown) as caught:
        read_dataset_list(data, "list.csv")
    assert caught.value.columns == ("1", "Ebb", "Jo Low", "3:20")
    assert titles(data, title="Ebb", artist="Jo Low") == ["Ebb", "Tide"]


@pytest.mark.parametrize("between", [b",", b"\t"])
def test_what_stands_again_below_is_no_name_of_a_column(between: bytes) -> None:
    said = {"title": "Low Tide", "artist": "Mira Sand"}
    data = b"Low Tide,Mira Sand\nHigh Tide,MIRA SAND\nEbb,Jo Low\n".replace(b",", between)
    read = read_dataset_list(data, "l.csv", said)
    assert [(row.row, row.title) for row in read.rows] == [(1, "Low Tide"), (2, "High Tide"), (3, "Ebb")]
    assert read.warnings == ()


@pytest.mark.parametrize(
    "data", [b"was,wer\nLow Tide,Mira Sand\n", b"was,wer\nLow Tide,Mira Sand\nwas,wer\n"]
)
def test_a_header_that_nothing_tells_is_said_to_be_taken_for_one(data: bytes) -> None:
    read = read_dataset_list(data, "l.csv", {"title": "was", "artist": "wer"})
    assert read.rows[0].title == "Low Tide"
    (warning,) = read.warnings
    assert warning.startswith("Row 1 was taken for the names of the columns (“was”, “wer”).")


def test_a_known_header_is_none_though_one_of_its_columns_is_said() -> None:
    read = read_dataset_list(b"title,wer\nLow Tide,wer\n", "l.csv", {"artist": "wer"})
    assert [row.artist for row in read.rows] == ["wer"]
    assert read.warnings == ()


def test_names_of_json_may_be_said_by_hand() -> None:
    text = '[{"werk": "Ebbe", "wer": {"name": "Jo"}}, {"werk": "Flut", "wer": "Mira"}]'
    with pytest.raises(ColumnsUnknown) as caught:
        read_dataset_list(text.encode(), "l.json")
    assert caught.value.columns == ("werk", "wer")
    assert caught.value.rows[0] == ("Ebbe", "Jo")
    assert titles(text.encode(), title="werk", artist="wer") == ["Ebbe", "Flut"]


def test_ids_lengths_and_publisher_are_read() -> None:
    data = (
        "title,artist,YouTube ID,Spotify URI,MusicBrainz Id,Acoustid Id,Duration,Publisher,url\n"
        "Ebb,Jo,dQw4w9WgXcQ,spotify:track:4uLU6hMCjMI75M1A2tKUQC,0408655F-189F-371B-9C41-EC861E1A7810,"
        "4708e4ae-a3eb-4b7a-b701-ff3a142b2bcb,3:20,Pier,somewhere\n"
    )
    (row,) = read_dataset_list(data.encode(), "list.csv").rows
    assert row.other_identifiers == (
        ("mbid", "0408655f-189f-371b-9c41-ec861e1a7810"),
        ("youtube", "dQw4w9WgXcQ"),
        ("spotify", "4uLU6hMCjMI75M1A2tKUQC"),
        ("acoustid", "4708e4ae-a3eb-4b7a-b701-ff3a142b2bcb"),
    )
    assert (row.duration_s, row.publisher, row.url) == (Decimal(200), "Pier", "")


@pytest.mark.parametrize(
    ("column", "text", "seconds"),
    [
        ("duration", "200", Decimal(200)),
        ("duration", "200123", Decimal("200.123")),
        ("duration_ms", "200123", Decimal("200.123")),
        ("length", "PT3M20S", Decimal(200)),
        ("duration", "long", None),
        ("duration", "0", None),
    ],
)
def test_lengths_are_seconds_whatever_the_column_counts(
    column: str, text: str, seconds: Decimal | None
) -> None:
    (row,) = read_dataset_list(f"title,artist,{column}\nEbb,Jo,{text}\n".encode(), "list.csv").rows
    assert row.duration_s == seconds


def test_a_list_of_platform_ids_alone_is_enough() -> None:
    read = read_dataset_list(b"ytid,start_s\ndQw4w9WgXcQ,30\nnone,30\n", "list.csv")
    assert [row.other_identifiers for row in read.rows] == [(("youtube", "dQw4w9WgXcQ"),)]
    assert read.rows[0].list_id == "dQw4w9WgXcQ"
    assert len(read.notes) == 1


# JSON


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"version": "1.2", "my recordings": [{"title": "Ebb", "artist": "Jo"}], "n": 1}', ["Ebb"]),
        ('{"about": {"x": [1]}, "tags": ["a"], "tracks": [{"title": "Ebb", "artist": "Jo"}]}', ["Ebb"]),
        ('{"title": "Ebb", "artist": ["Jo", "Mira"]}', ["Ebb"]),
        ('{"title": "Ebb", "artist": {"name": "Jo"}}', ["Ebb"]),
        ('[{"title": "Ebb", "artist": "Jo"}, 7, null, {"title": "Tide", "artist": "Jo"}]', ["Ebb", "Tide"]),
        (
            '{"a": {"title": "Ebb", "artist": "Jo"},\n "b": {"title": "Tide", "artist": "Jo"}}',
            ["Ebb", "Tide"],
        ),
        (json.dumps(json.loads(JSON), indent=2), [f"Tide {n}" for n in range(1, 40)]),
        (json.dumps(json.loads(OBJECTS), indent=1), [f"Tide {n}" for n in range(1, 300)]),
        ('oops\n{"title": "x"}', None),
        ('[{"title": "Ebb", "artist": "Jo"}] x', None),
        ('[{"title": "Ebb", "artist": "Jo"}', None),
        ('[{"title": "Ebb", "artist": "Jo"},', None),
        ('{"tracks": [{"title": "Ebb", "artist": "Jo"}]', None),
        ('{"tracks": []}', None),
        ('{"a": [1, 2]}', None),
    ],
)
def test_json_of_every_shape(text: str, found: list[str] | None) -> None:
    if found is not None:
        assert titles(text.encode(), "list.json") == found
    else:
        with pytest.raises(InputProblem):
            read_dataset_list(text.encode(), "list.json")


def test_a_long_json_list_is_never_held_whole() -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"tracks": ['
        for n in range(6_000):
            yield (
                json.dumps({"id": n, "title": f"Tide {n}", "artist": "Mira", "x": "y" * 2_000}).encode()
                + b","
            )
        yield b'{"title": "last", "artist": "Jo"}]}'

    data = b"".join(pieces())
    tracemalloc.start()
    (last,) = deque(open_dataset_list(io.BytesIO(data), "list.json"), maxlen=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(last, DatasetRow)
    assert last.title == "last"
    assert peak < len(data) / 2 < 10_000_000


# Damage

_SAMPLES = [
    CSV.encode(),
    JSON.encode(),
    JSONL.encode(),
    gz(CSV),
    zipped(JSON, "l.json"),
    CSV.encode("utf-16"),
]


@given(damaged(_SAMPLES))
@settings(max_examples=400, deadline=None)
def test_damage_gives_rows_or_a_sentence_and_the_same_in_pieces(data: bytes) -> None:
    def outcome(file: io.BytesIO) -> tuple[object, ...]:
        try:
            reader = open_dataset_list(file, "list.csv")
            return (*reader, reader.sha256())
        except InputProblem as problem:
            return ("refused", problem.sentence)

    whole = outcome(io.BytesIO(data))
    assert whole[0] != "refused" or "list.csv" in str(whole[1])
    if data[:2] != b"PK":  # of a zip the standard library reads its directory, which must come at once
        assert whole == outcome(Dripping(data, 7))


def test_every_real_list_gives_the_same_rows_packed_and_unpacked(shared_data: Path) -> None:
    for path in sorted((shared_data / "datasets").glob("*/*.csv.gz")):
        packed = path.read_bytes()
        one, other = (
            read_dataset_list(packed, path.name),
            read_dataset_list(gzip.decompress(packed), path.name),
        )
        assert (one.rows, one.notes, one.columns) == (other.rows, other.notes, other.columns)
        assert one.sha256 == hashlib.sha256(packed).hexdigest()


def test_ids_and_lengths_of_a_real_list(shared_data: Path) -> None:
    path = shared_data / "datasets" / "harmonix" / "metadata.csv.gz"
    rows = read_dataset_list(path.read_bytes(), path.name).rows
    assert sum(any(kind == "mbid" for kind, _ in row.other_identifiers) for row in rows) > 800
    assert all(row.duration_s is not None for row in rows)


def test_a_workbook_gives_the_same_rows() -> None:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    sheet = book.add_worksheet()
    for number, row in enumerate(CSV.splitlines()):
        sheet.write_row(number, 0, row.split(","))
    book.close()
    data = into.getvalue()
    with io.BytesIO(data) as file:
        reader = open_dataset_list(file, "list.xlsx")
        rows = [row for row in reader if isinstance(row, DatasetRow)]
    assert (reader.layout, reader.sha256()) == ("xlsx", hashlib.sha256(data).hexdigest())
    whole = read_dataset_list(CSV.encode(), "list.csv").rows
    assert [(row.row, row.title, row.artist, row.list_id) for row in rows] == [
        (row.row, row.title, row.artist, row.list_id) for row in whole
    ]
    for length in (len(data) // 2, len(data) - 5, 30):
        with pytest.raises(InputProblem):
            read_dataset_list(data[:length], "list.xlsx")
