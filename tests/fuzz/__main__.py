"""Fuzz the parsers: `python -m tests.fuzz [TARGET …] [--runs N | --seconds N]`; see docs/fuzzing.md.

Each target runs in a process of its own, forked from one that has loaded and instrumented everything once:
libFuzzer ends the process in which it runs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

CORPUS = Path(__file__).parent / "corpus"
_SECONDS_EACH = 5  # a file of a few kilobytes that takes longer is a find
_AT_LEAST_TRIED = 4_096
_MEMORY_MB = 1_500  # of the whole process, with DuckDB and lxml in it


def main(arguments: Sequence[str]) -> int:
    given = _parsed(arguments)
    if given.files:
        return _run_files(given)
    atheris: Any = import_module("atheris")  # without types, and only there on Linux
    with atheris.instrument_imports(include=["artist_console"]):
        from tests.fuzz.targets import BY_NAME
    names = given.targets or list(BY_NAME)
    unknown = sorted(set(names) - set(BY_NAME))
    if unknown:
        print(f"No such target: {', '.join(unknown)}. There are: {', '.join(BY_NAME)}", file=sys.stderr)
        return 2
    given.finds.mkdir(parents=True, exist_ok=True)
    failed, total = [], 0
    for name in names:
        target = BY_NAME[name]
        runs = given.runs if given.runs is not None else -1 if given.seconds else target.runs
        began = time.monotonic()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _fuzz(atheris, target, runs, given)
        _, status = os.waitpid(child, 0)
        total += max(runs, 0)
        ended = os.waitstatus_to_exitcode(status)
        print(
            f"{name}: {'nothing found' if ended == 0 else f'FOUND (ended with {ended})'}"
            f" in {time.monotonic() - began:.1f} s, {runs if runs >= 0 else 'unlimited'} runs",
            flush=True,
        )
        if ended:
            failed.append(name)
    print(f"{total} runs, finds in: {', '.join(failed) or 'none'}", flush=True)
    return 1 if failed else 0


def _run_files(given: argparse.Namespace) -> int:
    """What a find does, without libFuzzer around it."""
    from tests.fuzz.targets import BY_NAME, run

    for file in given.files:
        run(BY_NAME[given.targets[0]], file.read_bytes())
    return 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--runs", type=int, help="for each target; else those of the short form")
    parser.add_argument("--seconds", type=int, default=0, help="for each target, instead of a number of runs")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="a folder in which the corpus goes on growing")
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"), help="where finds are written to")
    parser.add_argument("--file", dest="files", type=Path, action="append", help="only run this one file")
    return parser.parse_args(arguments)


def _fuzz(atheris: Any, target: Target, runs: int, given: argparse.Namespace) -> None:
    """Never comes back. What happens in here is told in a file, and shown where something was found."""
    from tests.fuzz.mutating import mutated
    from tests.fuzz.targets import run

    log = given.finds / f"{target.name}.log"
    _write_into(log)
    grown = given.keep / target.name if given.keep else Path(tempfile.mkdtemp(prefix="fuzz-"))
    grown.mkdir(parents=True, exist_ok=True)
    atheris.Setup(
        [
            target.name,
            str(grown),
            str(CORPUS / target.name),
            f"-runs={runs}",
            f"-seed={given.seed}",
            f"-timeout={_SECONDS_EACH}",
            f"-rss_limit_mb={_MEMORY_MB}",
            f"-max_len={_longest(target)}",
            f"-artifact_prefix={given.finds}/{target.name}-",
            "-detect_leaks=0",
            "-reload=0",
            "-print_final_stats=1",
            *([f"-max_total_time={given.seconds}"] if given.seconds else []),
        ],
        lambda data: run(target, data),
        custom_mutator=lambda data, longest, seed: mutated(data, longest, seed, atheris.Mutate),
    )
    if not given.keep:
        import atexit

        atexit.register(shutil.rmtree, grown, ignore_errors=True)
    atheris.Fuzz()


def _longest(target: Target) -> int:
    """Bytes that are tried: what stands in the corpus, and some more."""
    return max(_AT_LEAST_TRIED, *(file.stat().st_size * 5 // 4 for file in (CORPUS / target.name).iterdir()))


def _write_into(log: Path) -> None:
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    os.close(sink)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
