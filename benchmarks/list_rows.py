"""One million rows of a list streamed and compared with 10,000 works, in a process of its own.

What is measured is the most memory that the process ever held. A process that reads ten rows and keeps the
same works says how much of it is Python, the libraries and the works.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from artist_console.domain.ids import WorkId
from artist_console.domain.matching import Matchable, MatchIndex, match_words
from artist_console.formats.dataset_list import open_dataset_list
from artist_console.formats.incoming import DatasetRow
from artist_console.host.resources import resource_bytes

ROWS, WORKS = 1_000_000, 10_000
AT_MOST_MB = 300
_PARTS = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "zo",
)


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes against what is promised."""

    name: str
    megabytes: float
    at_most: float | None
    about: str

    @property
    def holds(self) -> bool:
        return self.at_most is None or self.megabytes <= self.at_most

    @property
    def line(self) -> str:
        limit = (
            "" if self.at_most is None else f" (at most {self.at_most:g}){'' if self.holds else '  TOO MUCH'}"
        )
        return f"{self.name}: {self.megabytes:.0f} MB{limit}; {self.about}"


def song(chance: random.Random) -> tuple[str, str]:
    def word() -> str:
        return "".join(chance.choice(_PARTS) for _ in range(chance.randint(2, 3)))

    title = " ".join(word() for _ in range(chance.randint(1, 4))).title()
    return title, f"{word()} {word()}".title()


def write_list(path: Path, rows: int, layout: str) -> None:
    """Every thousandth row is one of the works."""
    chance, works = random.Random(5), random.Random(6)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        if layout == "csv":
            file.write("id,title,artist,duration,licence,url\n")
        elif layout == "json":
            file.write("[")
        for n in range(rows):
            title, artist = song(works if n % 1_000 == 0 else chance)
            url = f"https://example.org/{n}"
            if layout == "csv":
                file.write(f'{n},"{title}",{artist},{n % 300 + 60},cc0,{url}\n')
            else:
                each = {"id": n, "title": title, "artist": artist, "duration": n % 300 + 60, "url": url}
                file.write(("," if n else "") + json.dumps(each) + "\n")
        if layout == "json":
            file.write("]")


def the_works() -> Iterator[Matchable]:
    chance = random.Random(6)
    for n in range(WORKS):
        title, artist = song(chance)
        yield Matchable(WorkId(str(n)), title, (artist,))


def run(path: Path) -> None:
    """Read and compare one list, and print what it took as JSON."""
    began, worked = perf_counter(), process_time()
    index = MatchIndex(the_works(), match_words(json.loads(resource_bytes("data/match_words.json"))))
    hits = 0
    with path.open("rb") as file:
        reader = open_dataset_list(file, path.name)
        for each in reader:
            if isinstance(each, DatasetRow):
                hits += bool(index.find(each))
    took = {"clock": perf_counter() - began, "processor": process_time() - worked}
    print(json.dumps({"rows": reader.rows_read, "hits": hits, "mb": most_megabytes(), **took}))


def most_megabytes() -> float:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status")
    if (
        status.exists()
    ):  # what `getrusage` says begins, on Linux, with the size of whoever started the process
        told = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(told.split()[1]) / 1000
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1_000_000 if sys.platform == "darwin" else most / 1000


def measure(folder: Path) -> Iterator[Memory]:
    few = folder / "few.csv.gz"
    write_list(few, 10, "csv")
    bare = _alone(few)
    yield Memory(f"ten rows and {WORKS:,} works", bare["mb"], None, "what everything else takes")
    for layout in ("csv", "json"):
        path = folder / f"list.{layout}.gz"
        write_list(path, ROWS, layout)
        told = _alone(path)
        about = (
            f"{told['hits']:,.0f} hits; {told['rows'] / told['clock']:,.0f} rows a second by the clock,"
            f" {told['rows'] / told['processor']:,.0f} by the processor"
        )
        yield Memory(f"{ROWS:,} rows of {layout}.gz streamed and compared", told["mb"], AT_MOST_MB, about)


def _alone(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.list_rows", "--run", str(path)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.list_rows", description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    run(parser.parse_args().run)
