"""A report of more than 100 MB opened, looked into and compared, each in a process of its own.

The peer of opening is `sha256sum` of the same file. What is timed begins after start-up: with everything
imported that the work needs. Comparing is held to one core.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

from artist_console.commands.report_compare import compare
from artist_console.commands.report_inside import look_into
from artist_console.commands.reports import ReportVerdict, open_report
from benchmarks.figures import Figure, Limit, Taken, median
from benchmarks.list_rows import Memory, most_megabytes

TIMES_OF_SHA256SUM, COMPARED_S, MOST_MB = 3, 5, 300
LEAST_BYTES = 100_000_000
_ROUNDS = 5


def opened(paths: list[Path]) -> None:
    report = open_report(paths[0])
    assert report.verdict is ReportVerdict.SIGNER_UNKNOWN, report.headline
    assert report.first, "there is a first screen"


def looked_into(paths: list[Path]) -> None:
    inside = look_into(open_report(paths[0]))
    assert inside.consistent, inside.checks


def compared(paths: list[Path]) -> None:
    first, second = map(open_report, paths)
    assert not compare(first, second).is_empty, "they differ"


RUNS: dict[str, Callable[[list[Path]], None]] = {
    "open": opened,
    "inside": looked_into,
    "compare": compared,
}


def measure(folder: Path) -> Iterator[Figure | Limit | Memory]:
    earlier, later, other = (folder / f"{name}.acreport" for name in ("earlier", "later", "other"))
    for path, more in ((earlier, ()), (later, ("--later",)), (other, ("--period", "f"))):
        _run("benchmarks.report_world", str(path), *more)
    size = earlier.stat().st_size
    assert size >= LEAST_BYTES, "it is as long as the figure says"
    about = f"a report of {size / 1_000_000:.0f} MB"
    theirs, ours = [], []
    for _ in range(_ROUNDS):
        began = perf_counter()
        subprocess.run(["sha256sum", str(earlier)], check=True, capture_output=True)
        theirs.append(perf_counter() - began)
        ours.append(_alone("open", earlier))
    yield Figure(
        f"{about} verified, with its first screen",
        median([each["clock"] for each in ours]),
        median(theirs),
        TIMES_OF_SHA256SUM,
        "sha256sum",
    )
    yield Memory("the most memory for it", max(each["mb"] for each in ours), MOST_MB, "one process")
    for second, words in ((later, "of one quarter and the next"), (other, "without a line in common")):
        both = [_alone("compare", earlier, second) for _ in range(_ROUNDS)]
        taken = [Taken(each["clock"], each["processor"]) for each in both]
        yield Limit(f"two such reports, {words}, opened and compared on one core", taken, COMPARED_S)
        yield Memory("the most memory for it", max(each["mb"] for each in both), MOST_MB, "one process")
    inside = _alone("inside", earlier)
    yield Limit(
        "one opened, all of its rows read and everything that they say checked",
        [Taken(inside["clock"], inside["processor"])],
        None,
    )
    yield Memory("the most memory for it", inside["mb"], MOST_MB, "one process")


def _alone(what: str, *paths: Path) -> dict[str, float]:
    told: dict[str, float] = json.loads(_run("benchmarks.reports", what, *map(str, paths)))
    return told


def _run(module: str, *given: str) -> bytes:
    return subprocess.run([sys.executable, "-m", module, *given], check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("what", choices=[*RUNS])
    parser.add_argument("paths", type=Path, nargs="+")
    given = parser.parse_args()
    if given.what == "compare" and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    began, worked = perf_counter(), process_time()
    RUNS[given.what](given.paths)
    took = {"clock": perf_counter() - began, "processor": process_time() - worked}
    print(json.dumps({"mb": most_megabytes(), **took}))
