"""`python -m tests.faults`: every part of the suite, short or long, and one table at the end.

python -m tests.faults                       the short form, as pytest plays it
python -m tests.faults --long                the long one
python -m tests.faults --part schedules --schedules 5000 --from 20000
python -m tests.faults --replay 107          one schedule as a story; --shorten: with the steps it needs
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from types import ModuleType

from .counts import Counts
from .table import met, summed, table

# Module of each part; each has NAME, SHORT, LONG and run(seeds, tell).
PARTS = {
    "schedules": "schedules",
    "model": "model",
    "sockets": "over_sockets",
    "kills": "kills",
    "power": "power",
    "disk": "failing_disk",
    "order": "in_order",
    "canaries": "canary",
}
# These are spread over processes; the others time themselves, or start processes of their own.
_CHUNKS = {"schedules": 25, "model": 500}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be played."""

    parts: tuple[str, ...]
    long: bool
    schedules: int | None
    first: int
    processes: int
    tells_met: bool


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.partition("\n")[0])
    parser.add_argument("--long", action="store_true", help="the long form")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--schedules", type=int, help="so many of each part, in place of its own number")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--met", action="store_true", help="also tell how often each thing happened")
    parser.add_argument("--replay", type=int, metavar="SEED", help="tell the story of one schedule")
    parser.add_argument(
        "--shorten", action="store_true", help="with --replay: leave out what it can do without"
    )
    given = parser.parse_args(arguments)
    if given.replay is not None:
        return _replay(given.replay, shorten=given.shorten)
    asked = Asked(
        tuple(given.part or PARTS),
        given.long,
        given.schedules,
        given.first,
        max(1, given.processes),
        given.met,
    )
    return _play(asked)


def _replay(seed: int, *, shorten: bool) -> int:
    from . import schedules  # it opens databases

    schedule = schedules.schedule_of(seed)
    if shorten:
        schedule = schedules.shortened(schedule)
    story = schedules.play(schedule)
    print(schedules.told(seed, story))
    return 1 if story.wrong else 0


def _play(asked: Asked) -> int:
    found: list[Counts] = []
    for part in asked.parts:
        module = _module(part)
        number = asked.schedules or (module.LONG if asked.long else module.SHORT)
        seeds = range(asked.first, asked.first + number)
        started = time.monotonic()
        print(f"{module.NAME}: seeds {seeds.start} to {seeds.stop - 1}", flush=True)
        counts = _of_part(part, seeds, asked.processes)
        print(f"  {time.monotonic() - started:,.0f} s", flush=True)
        if asked.tells_met:
            print("\n".join(met(counts)))
        found.append(counts)
    print("\n".join(table(found)))
    return 0 if all(counts.holds for counts in summed(found)) else 1


def _module(part: str) -> ModuleType:
    return importlib.import_module(f"tests.faults.{PARTS[part]}")


def _of_part(part: str, seeds: range, processes: int) -> Counts:
    size = _CHUNKS.get(part)
    if size is None or processes == 1:
        counts: Counts = _module(part).run(seeds, _tell)
        return counts
    chunks = [seeds[at : at + size] for at in range(0, len(seeds), size)]
    with ProcessPoolExecutor(processes) as pool:
        return _added(pool.map(_of_chunk, [(part, chunk) for chunk in chunks]), len(chunks))


def _of_chunk(asked: tuple[str, range]) -> tuple[Counts, list[str]]:
    part, seeds = asked
    gc.freeze()
    told: list[str] = []
    return _module(part).run(seeds, told.append), told


def _added(parts: Iterator[tuple[Counts, list[str]]], chunks: int) -> Counts:
    counts, told = next(parts)
    for line in told:
        _tell(line)
    for number, (more, lines) in enumerate(parts, 2):
        counts += more
        for line in lines:
            _tell(line)
        if number % 20 == 0:
            print(
                f"  {number} of {chunks}: {counts.runs:,} runs, {counts.wrong or 'nothing wrong'}", flush=True
            )
    return counts


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
