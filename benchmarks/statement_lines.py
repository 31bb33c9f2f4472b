"""Ten million lines of a statement: kept, totalled from roll-ups and by the full scan, and the memory for it.

The peer is pandas over as many lines as CSV, with floats, each in a process of its own. The comparison needs
`pip install pandas`; without it that figure is told as not taken.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from artist_console.domain.ids import ProgrammeId, WorkId
from artist_console.domain.line_figures import LineFilter, RollUp
from artist_console.domain.statements import LineKind, exact_sum
from artist_console.formats.lines_file import LinesFile, LinesWriter
from benchmarks.figures import Figure, Share, in_turns, median
from benchmarks.list_rows import Memory, most_megabytes
from benchmarks.statement_world import STATEMENT, made_lines, write_long_csv

LINES = 10_000_000
FASTER, OF_PANDAS = 20, 15

Dashboard = dict[tuple[str, ...], Decimal]


def dashboard(rows: Iterable[RollUp]) -> Dashboard:
    """Month x programme, by kind, and by work: what the screen draws."""
    found: defaultdict[tuple[str, ...], list[Decimal]] = defaultdict(list)
    for row in rows:
        found["month", row.currency, row.month.isoformat(), row.programme or ""].append(row.amount)
        found["kind", row.currency, row.kind.value].append(row.amount)
        found["work", row.currency, row.work or ""].append(row.amount)
    return {key: exact_sum(amounts) for key, amounts in found.items()}


def _beside_the_scan(lines: LinesFile, shown: Dashboard) -> Iterator[bool]:
    """Each sum against a scan of its own over all lines; of works the first twenty."""
    of_works = sorted(key for key in shown if key[0] == "work")[:20]
    for key in [*(key for key in shown if key[0] != "work"), *of_works]:
        where = LineFilter()
        if key[0] == "month":
            month = date.fromisoformat(key[2])
            where = LineFilter(programme=ProgrammeId(key[3]), since=month, until=month)
        elif key[0] == "kind":
            where = LineFilter(kind=LineKind(key[2]))
        else:
            where = LineFilter(work=WorkId(key[2]))
        yield dict(lines.total(where)) == {key[1]: shown[key]}


def write(path: Path, lines: int) -> None:
    with path.open("wb") as file, LinesWriter(file, STATEMENT) as writer:
        writer.add(made_lines(lines))
        writer.finish()


def read(path: Path) -> None:
    """Open, make the roll-ups, total everything by the scan, and read 200 lines of the middle."""
    with path.open("rb") as file, LinesFile.open(file) as lines:
        rows = lines.roll_ups()
        total = lines.total(LineFilter())
        lines.lines(offset=lines.count // 2, limit=200)
    assert exact_sum(row.amount for row in rows) == exact_sum(amount for _, amount in total)


def pandas(path: Path) -> None:
    import pandas

    table = pandas.read_csv(path)
    table.groupby(["Sale Month", "Store"])["Earnings (USD)"].sum()
    table.groupby(["Title"])["Earnings (USD)"].sum()


RUNS = {"write": write, "read": read, "pandas": pandas}


def measure(folder: Path, count: int = LINES) -> Iterator[Figure | Memory | Share]:
    kept = folder / "lines.parquet"
    written = _alone("write", kept, count)
    size = kept.stat().st_size / 1_000_000
    took = f"{written['s']:.0f} s, of which most is making the lines up; the file has {size:.0f} MB"
    yield Memory(f"{count:,} lines written", written["mb"], None, took)
    opened = _alone("read", kept)
    limit, against = None, "pandas is not installed: no comparison"
    if importlib.util.find_spec("pandas") is not None:
        table = folder / "lines.csv"
        write_long_csv(table, count, min(count, 1_000_000))
        peer = _alone("pandas", table)
        table.unlink()
        limit = peer["mb"] / OF_PANDAS
        against = (
            f"a fifteenth of pandas' {peer['mb']:.0f} MB ({peer['s']:.0f} s); ours took {opened['s']:.1f} s"
        )
    yield Memory(f"{count:,} lines opened, rolled up and totalled", opened["mb"], limit, against)
    with kept.open("rb") as file, LinesFile.open(file) as lines:
        rows = lines.roll_ups()
        checked = list(_beside_the_scan(lines, dashboard(rows)))
        name = "sums of the dashboard that are the full scan's, to the last digit"
        yield Share(name, sum(checked), len(checked), 1.0)
        ours, theirs = in_turns(lambda: dashboard(rows), lambda: dashboard(lines.roll_ups()), 5)
    name = f"dashboard of {count:,} lines from {len(rows):,} roll-ups"
    yield Figure(name, median(ours), median(theirs), 1 / FASTER, "the full scan")


def _alone(what: str, path: Path, count: int = 0) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.statement_lines", what, str(path), str(count)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statement_lines", description=__doc__)
    parser.add_argument("what", choices=[*RUNS])
    parser.add_argument("path", type=Path)
    parser.add_argument("count", type=int)
    given = parser.parse_args()
    began = perf_counter()
    if given.what == "write":
        write(given.path, given.count)
    else:
        (read if given.what == "read" else pandas)(given.path)
    print(json.dumps({"mb": most_megabytes(), "s": perf_counter() - began}))
