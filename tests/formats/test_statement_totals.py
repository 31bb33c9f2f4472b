"""The total of a whole file is the one that its reader adds up, whatever stands in the file."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import exact_sum
from artist_console.formats.income_words import AiIncomeWords
from artist_console.formats.statement_reading import StatementHints, StatementReader, look_into
from artist_console.formats.statement_totals import FileTotals, total_of_file
from tests.formats.dsr_files import zipped

FOLDER = Path(__file__).resolve().parents[1] / "data" / "statements"
HINTS = StatementHints(currency="EUR")
HEADER = "Title,Artist,Month,Amount,Currency\n"
# What is plain, and what looks like it and is not.
AMOUNTS = (
    *("1.5", "-0.69", "0.012863765233", "+2", ".5", "5.", " 3 ", "1e3", "NaN", "inf", "(3.50)", "1_000"),
    *("", "1,234.56", "0.1234567890123456789", "12345678901234567890", "0.000000000000000001", "1 200"),
    *("−4", "2 EUR"),
)
FIRST = (
    *("Low Tide", "Total", "Totals of it", "Subtotal", "  Total", "", "Gesamt", "Song, long", "Tide"),
    "“Quoted”",
)


def by_reader(data: bytes, name: str) -> FileTotals:
    reader = StatementReader(io.BytesIO(data), name, AiIncomeWords(()), HINTS)
    amounts: dict[str, list[Decimal]] = {}
    for row in reader.rows():
        amounts.setdefault(row.currency, []).append(row.amount)
    totals = tuple((code, exact_sum(amounts[code])) for code in sorted(amounts))
    return FileTotals(sum(map(len, amounts.values())), totals, reader.rejected_count)


def of_file(data: bytes, path: Path | None = None) -> FileTotals:
    name = path.name if path is not None else "s.csv"
    look = look_into(io.BytesIO(data), name, HINTS)
    if path is None:
        return total_of_file(io.BytesIO(data), look, HINTS, name)
    path.write_bytes(data)
    return total_of_file(path, look, HINTS)


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n') else text


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_every_layout_gives_the_same_total_as_its_reader(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    expected = by_reader(data, path.name)
    assert of_file(data, tmp_path / path.name) == expected
    assert of_file(data) == expected


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(FIRST),
            st.sampled_from(["Mira Sand", ""]),
            st.sampled_from(["2025-12", "2026-01", "whenever"]),
            st.sampled_from(AMOUNTS),
            st.sampled_from(["EUR", "usd", "BGN", "Really", ""]),
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
@example([("A", "", "2026-01", "1.5", "EUR"), ("Total", "", "", "1.5", "")], ",", "\n")
def test_the_total_is_the_readers_whatever_stands_in_the_rows(
    tmp_path: Path, rows: list[tuple[str, ...]], delimiter: str, ending: str
) -> None:
    quoted = cell if delimiter == "," else lambda text: text.replace(",", " ") if delimiter == ";" else text
    lines = [("Title", "Artist", "Month", "Amount", "Currency"), *rows]
    data = (ending.join(delimiter.join(map(quoted, line)) for line in lines) + ending).encode()
    try:
        expected = by_reader(data, "s.csv")
    except InputProblem as problem:
        with pytest.raises(InputProblem, match=problem.title[:20].replace("(", r"\(")):
            of_file(data, tmp_path / "s.csv")
        return
    assert of_file(data, tmp_path / "s.csv") == expected
    assert of_file(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + 'A,"x\ny",2026-01,1,EUR\nB,,2026-01,2,EUR\n').encode(),
        (HEADER + "A,,2026-01,1,EUR\r\nB,,2026-01,2,EUR\n").encode(),
        (HEADER + "A,,2026-01,1\nB,,2026-01,2,EUR,more\n\n").encode(),
        (HEADER + "A,Bjö,2026-01,1,EUR\n").encode("cp1252"),
        (HEADER + "A,,2026-01,1,EUR\n").encode("utf-16"),
        ("Account,1\n\n" + HEADER + "A,,2026-01,1,EUR\n").encode(),
        zipped({"a.csv": (HEADER + "A,,2026-01,1,EUR\n").encode()}),
        b"\xef\xbb\xbf" + (HEADER + "A,,2026-01,1,EUR\n").encode(),
    ],
)
def test_what_the_engine_does_not_read_alike_is_left_to_the_reader(data: bytes, tmp_path: Path) -> None:
    assert of_file(data, tmp_path / "odd.csv") == by_reader(data, "odd.csv")


def test_a_name_that_looks_like_a_pattern_or_ends_a_text_is_one_file(tmp_path: Path) -> None:
    data = (HEADER + "A,,2026-01,1.25,EUR\n").encode()
    (tmp_path / "sb.csv").write_bytes(data)
    for name in ("s[ab]*.csv", "it's; DROP.csv"):
        assert of_file(data, tmp_path / name) == FileTotals(1, (("EUR", Decimal("1.25")),), 0)


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="not a statement"):
        of_file(b"colour,size\nred,1\n", tmp_path / "s.csv")
