"""Bytes to rows: encodings, delimiters, packing and limits."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.formats import tables
from artist_console.formats.tables import read_table, unpack
from tests.formats.damage import damaged, only_input_problems

ROWS = (("title", "artist"), ("Señal, baja", 'Mira "Sand"'), ("", ""), ("Two\nlines", "Jo"))
TEXT = 'title,artist\r\n"Señal, baja","Mira ""Sand"""\r\n,\r\n"Two\nlines",Jo\r\n'


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(y, x, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                else:
                    sheet.write(y, x, cell)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        gzip.compress(TEXT.encode("utf-8"), mtime=0),
        zipped(list_csv=TEXT.encode("utf-8")),
        TEXT.replace(",", ";").replace("Señal;", "Señal,").encode("utf-8"),
    ],
)
def test_one_table_reads_the_same_in_every_wrapping(data: bytes) -> None:
    table = read_table(data, "list.csv")
    assert table.rows == ROWS
    assert table.warnings == ()


def test_windows_latin_is_read_with_a_warning() -> None:
    table = read_table("title,artist\nSeñal – “baja”,Zoë\n".encode("cp1252"), "a.csv")
    assert table.rows[1] == ("Señal – “baja”", "Zoë")
    assert "Windows Latin" in table.warnings[0]


def test_windows_cyrillic_is_told_from_windows_latin() -> None:
    table = read_table("название;исполнитель\nПрилив;Мира\n".encode("cp1251"), "a.csv")
    assert table.rows[1] == ("Прилив", "Мира")
    assert "Windows Cyrillic" in table.warnings[0]


def test_a_file_cut_inside_a_character_keeps_its_encoding() -> None:
    table = read_table("title,artist\nLow Tide,Zoë".encode()[:-1], "a.csv")
    assert table.rows[1] == ("Low Tide", "Zo")
    assert "middle of a character" in table.warnings[0]


def test_empty_rows_keep_their_place() -> None:
    assert read_table(b"a,b\n\n1,2\n", "a.csv").rows == (("a", "b"), (), ("1", "2"))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", ""])
def test_every_line_ending_is_known(ending: str) -> None:
    assert read_table(f"a,b{ending or chr(10)}1,2{ending}".encode(), "a.csv").rows == (("a", "b"), ("1", "2"))


def test_a_quotation_mark_in_a_tab_separated_title_harms_nothing() -> None:
    table = read_table(b'Title\tStore\n"Heroes\tA\n12" mix\tB\n"Low ""Tide"""\tC\n', "a.tsv")
    assert table.rows[1:] == (('"Heroes', "A"), ('12" mix', "B"), ('Low "Tide"', "C"))


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row() -> None:
    with pytest.raises(InputProblem, match=r"quotation mark that opens in or near row 3"):
        read_table(b'a,b\n1,2\n"3,4\n5,6\n', "a.csv")


@pytest.mark.parametrize("keep", [5, 20, -9, -5, -1])
def test_a_truncated_gzip_is_refused_whole(keep: int) -> None:
    packed = gzip.compress(TEXT.encode() * 50)
    with pytest.raises(InputProblem, match=r"“list\.csv\.gz” is damaged or ends early"):
        unpack(packed[:keep], "list.csv.gz")


def test_a_gzip_with_a_wrong_checksum_is_refused() -> None:
    packed = bytearray(gzip.compress(TEXT.encode() * 50))
    packed[-6] ^= 1
    with pytest.raises(InputProblem, match="damaged"):
        unpack(bytes(packed), "a.gz")


def test_gzip_members_in_a_row_are_one_file() -> None:
    both = gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n")
    assert unpack(both, "a.csv.gz").data == b"a,b\n1,2\n"


def test_bytes_after_the_end_of_a_gzip_are_a_fault() -> None:
    with pytest.raises(InputProblem, match="damaged"):
        unpack(gzip.compress(b"a,b\n") + b"more", "a.gz")
    assert unpack(gzip.compress(b"a,b\n") + bytes(512), "a.gz").data == b"a,b\n"


def test_very_many_tiny_gzip_members_do_not_take_ever_longer() -> None:
    packed = gzip.compress(b"a\n") * 20_000
    assert len(unpack(packed, "a.gz").data) == 40_000


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_early() -> None:
    with pytest.raises(InputProblem, match="larger than"):
        unpack(gzip.compress(b"0" * 40_000_000), "bomb.csv.gz")
    with pytest.raises(InputProblem, match="larger than"):
        unpack(zipped(a_csv=b"0" * 40_000_000), "bomb.zip")


def test_a_zip_with_several_tables_asks_for_one() -> None:
    with pytest.raises(InputProblem, match="holds 2 tables"):
        unpack(zipped(a_csv=b"a", b_csv=b"b"), "both.zip")


def test_nothing_and_pictures_are_no_tables() -> None:
    with pytest.raises(InputProblem, match="is empty"):
        read_table(b"", "a.csv")
    with pytest.raises(InputProblem, match="not a table of text"):
        read_table(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "a.png")


def test_a_spreadsheet_gives_exact_texts() -> None:
    book = workbook(
        [["title", "n"], ["Low Tide", 1200], ["x", 0.1], [date(2026, 3, 31), 1e-07], [True, 94631432057]]
    )
    table = read_table(book, "a.xlsx")
    assert table.rows == (
        ("title", "n"),
        ("Low Tide", "1200"),
        ("x", "0.1"),
        ("2026-03-31", "0.0000001"),
        ("TRUE", "94631432057"),
    )


def test_a_broken_spreadsheet_is_one_sentence() -> None:
    book = workbook([["title"], ["Low Tide"]])
    broken = book.replace(b"xl/workbook.xml", b"xl/workbook.xml")[:-200]
    with pytest.raises(InputProblem):
        read_table(broken, "a.xlsx")


def test_more_rows_than_the_limit_are_refused() -> None:
    data = b"a\n" * (tables.MAX_ROWS + 1)
    with pytest.raises(InputProblem, match="more than 2,000,000 rows"):
        read_table(data, "a.csv")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["title", "artist", "isrc"], *rows])
    assert read_table(out.getvalue().encode(), "a.csv").rows[1:] == tuple(map(tuple, rows))


SAMPLES = [
    TEXT.encode(),
    TEXT.encode("utf-16"),
    gzip.compress(TEXT.encode(), mtime=0),
    zipped(a_csv=TEXT.encode()),
    workbook([["title", "artist"], ["Low Tide", "Mira Sand"]]),
]


@settings(max_examples=300)
@given(damaged(SAMPLES))
def test_damaged_files_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_table, data, "a.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
        (b"\n<HTML><table></table></HTML>", "is a web page"),
        (b'[{"title": "A", "artist": "B"}]', "is JSON"),
        (b'{"genres": []}', "is JSON"),
        (b"<list/>", "is XML, but no DDEX"),
        (b"title,artist\n" + b"A" * 200_000 + b",B\n", "a cell in row 2 is longer than 131,072"),
        (b"title\tartist\n" + b"A" * 200_000 + b"\tB\n", "a cell in row 2 is longer than 131,072"),
        (b'title,artist\n"' + b"A" * 200_000 + b",B\n", "is never closed"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(InputProblem, match=said):
        read_table(data, "a.csv")


def test_a_heading_in_square_brackets_is_still_a_table() -> None:
    assert read_table(b"[title],artist\nA,B\n", "a.csv").rows[0] == ("[title]", "artist")
