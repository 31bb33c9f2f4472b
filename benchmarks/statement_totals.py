"""The total of a file of a million lines before it is brought in, and the first look at one of ten million.

Peers: reading the file and counting its newlines; pandas with floats (`pip install pandas`); LibreOffice with
100,000 lines (package libreoffice-calc); DuckDB's own sniffer. What is not installed is not compared.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from artist_console.formats.statement_reading import look_at_statement
from artist_console.formats.statement_totals import total_of_file
from benchmarks.figures import Figure, Limit, Taken, in_turns, median
from benchmarks.statement_world import write_csv, write_long_csv

ROWS, FEW, MANY = 1_000_000, 100_000, 10_000_000
_START = 256 * 1024
_FRAME_S = 1 / 60


def newlines(path: Path) -> int:
    found = 0
    with path.open("rb", buffering=0) as file:
        while part := file.read(1024 * 1024):
            found += part.count(b"\n")
    return found


def total(path: Path) -> object:
    return total_of_file(path, look(path))


def look(path: Path) -> object:
    with path.open("rb") as file:
        return look_at_statement(file.read(_START), path.name)


def of_pandas(path: Path) -> object:
    import pandas

    return pandas.read_csv(path)["Earnings (USD)"].sum()


def of_libre_office(path: Path) -> object:
    """Opened and written as a sheet: what a person waits for before a sum can be formed."""
    command = ["soffice", "--headless", "--convert-to", "ods", "--outdir", str(path.parent), str(path)]
    return subprocess.run(command, check=True, capture_output=True)


def sniffed(path: Path) -> object:
    import duckdb

    return duckdb.connect().execute("SELECT * FROM read_csv(?) LIMIT 200", [str(path)]).fetchall()


def measure(folder: Path) -> Iterator[Figure | Limit]:
    table = folder / "statement.csv"
    write_csv(table, ROWS)
    total(table)
    ours, theirs = in_turns(lambda: total(table), lambda: newlines(table), 5)
    yield Figure(
        f"totals of {ROWS:,} lines", median(ours), median(theirs), 4, "reading and counting newlines"
    )
    if importlib.util.find_spec("pandas") is not None:
        ours, theirs = in_turns(lambda: total(table), lambda: of_pandas(table), 3)
        yield Figure(f"totals of {ROWS:,} lines", median(ours), median(theirs), 1 / 1.5, "pandas with floats")
    few = folder / "few.csv"
    write_csv(few, FEW)
    if shutil.which("soffice"):
        ours, theirs = in_turns(lambda: total(few), lambda: of_libre_office(few), 3)
        yield Figure(f"totals of {FEW:,} lines", median(ours), median(theirs), 1 / 20, "LibreOffice")
    table.unlink()
    many = folder / "many.csv"
    write_long_csv(many, MANY, ROWS)
    taken = []
    for _ in range(9):
        began = Taken.so_far()
        look(many)
        taken.append(began.since)
    yield Limit(f"first 200 rows of {MANY:,}", taken, _FRAME_S)
    ours, theirs = in_turns(lambda: look(many), lambda: sniffed(many), 5)
    yield Figure(f"first 200 rows of {MANY:,}", median(ours), median(theirs), 1 / 50, "DuckDB's own sniffer")
