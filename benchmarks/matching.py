"""Matching 10,000 works with 57,000 rows: seconds in one worker, precision and recall.

The rules and words were tuned on one half of the real rows with one seed; what is told of the test comes from
the other half with another seed. `--misses` shows what was wrong and what was missed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.matching import Match, Matchable, MatchIndex, MatchWords, match_words
from artist_console.domain.matching_titles import split_title, title_key
from artist_console.host.resources import resource_bytes
from benchmarks.figures import Figure, Limit, Share, Taken
from benchmarks.truth import Same, Song, Truth, TruthWork, make_truth, real_songs

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "datasets"
ROWS, WORKS = 57_000, 10_000
TUNING_SEED, TEST_SEED = 11, 2_027
AT_MOST_S = 5.0
PRECISION_FROM, RECALL_FROM = 0.97, 0.98
_BANDS = (MatchBand.IDENTIFIER, MatchBand.KEY, MatchBand.LIKELY, MatchBand.CHECK)


@cache
def the_words() -> MatchWords:
    return match_words(json.loads(resource_bytes("data/match_words.json")))


def for_tuning(song: Song) -> bool:
    return hashlib.sha256("\n".join(song).encode()).digest()[0] % 2 == 0


def for_the_test(song: Song) -> bool:
    return not for_tuning(song)


@dataclass(slots=True)
class Outcome:
    """What was found in a truth set, judged."""

    right: Counter[MatchBand] = field(default_factory=Counter)  # works, by their best band
    wrong: Counter[MatchBand] = field(default_factory=Counter)
    right_pairs: int = 0
    wrong_pairs: int = 0
    listed: Counter[str] = field(
        default_factory=Counter
    )  # works that are listed, by the way they are written
    found: Counter[str] = field(default_factory=Counter)
    false: list[tuple[TruthWork, str, Match]] = field(default_factory=list)
    missed: list[TruthWork] = field(default_factory=list)


def matched(truth: Truth) -> list[tuple[int, Match]]:
    """(number of the row, match): what is timed, from texts to matches."""
    index = MatchIndex(
        (
            Matchable(WorkId(str(n)), work.title, (work.artist,), work.version)
            for n, work in enumerate(truth.works)
        ),
        the_words(),
    )
    return [(n, match) for n, row in enumerate(truth.rows) for match in index.find(row)]


def judge(truth: Truth, pairs: Iterable[tuple[int, Match]]) -> Outcome:
    outcome = Outcome()
    songs = [Same.of(*work.song) for work in truth.works]
    rows = [Same.of(row.title, row.artist) for row in truth.rows]
    by_title: dict[str, list[Same]] = {}
    for row in rows:
        by_title.setdefault(row.title, []).append(row)
    found: dict[int, list[tuple[bool, int, Match]]] = {}
    for number, match in pairs:
        work = int(match.work)
        right = rows[number] == songs[work]
        outcome.right_pairs += right
        outcome.wrong_pairs += not right
        found.setdefault(work, []).append((right, number, match))
    for place, (each, song) in enumerate(zip(truth.works, songs, strict=True)):
        hits = found.get(place, [])
        if any(row == song for row in by_title.get(song.title, ())):
            outcome.listed[each.way] += 1
            if any(right for right, _, _ in hits):
                outcome.found[each.way] += 1
            else:
                outcome.missed.append(each)
        if hits:
            best = min((match.band for _, _, match in hits), key=_BANDS.index)
            right = any(true for true, _, _ in hits)
            (outcome.right if right else outcome.wrong)[best] += 1
            if not right:
                _, number, match = hits[0]
                listed = truth.rows[number]
                outcome.false.append((each, f"{listed.title} / {listed.artist}", match))
    return outcome


def shares(name: str, outcome: Outcome, promised: bool) -> Iterator[Share]:
    right, wrong = outcome.right.total(), outcome.wrong.total()
    pairs = outcome.right_pairs + outcome.wrong_pairs
    precision, recall = (PRECISION_FROM, RECALL_FROM) if promised else (None, None)
    yield Share(f"{name}: precision, works", right, right + wrong, precision)
    yield Share(f"{name}: recall, works", outcome.found.total(), outcome.listed.total(), recall)
    yield Share(f"{name}: precision, rows", outcome.right_pairs, pairs, None)
    for band in _BANDS[1:]:
        told = outcome.right[band] + outcome.wrong[band]
        yield Share(f"{name}: precision of {band.value}", outcome.right[band], told, None)
    for way, listed in sorted(outcome.listed.items()):
        yield Share(f"{name}: recall, {way}", outcome.found[way], listed, None)


def measure(_: Path) -> Iterator[Figure | Limit | Share]:
    if not SHARED.is_dir():
        print(f"matching: {SHARED} is not there, so nothing was measured")
        return
    songs = real_songs(SHARED)
    tuning = make_truth(songs, for_tuning, TUNING_SEED, ROWS, WORKS)
    yield from shares("matching, tuning", judge(tuning, matched(tuning)), promised=False)
    truth = make_truth(songs, for_the_test, TEST_SEED, ROWS, WORKS)
    runs: list[Taken] = []
    bare: list[Taken] = []
    pairs: list[tuple[int, Match]] = []
    for _round in range(3):
        began, worked = perf_counter(), process_time()
        pairs = matched(truth)
        runs.append(Taken(perf_counter() - began, process_time() - worked))
        began, worked = perf_counter(), process_time()
        _read_and_fold(truth)
        bare.append(Taken(perf_counter() - began, process_time() - worked))
    yield from shares("matching, test", judge(truth, pairs), promised=True)
    what = f"matching {len(truth.works):,} works with {len(truth.rows):,} rows"
    yield Limit(what, runs, AT_MOST_S)
    ours, theirs = (min(each.processor for each in taken) for taken in (runs, bare))
    yield Figure(what, ours, theirs, None, "reading the rows as CSV and their title keys alone")


def _read_and_fold(truth: Truth) -> None:
    table = io.StringIO()
    csv.writer(table).writerows((row.title, row.artist) for row in truth.rows)
    table.seek(0)
    words = the_words()
    for title, _ in csv.reader(table):
        title_key(split_title(title, words).title, words)


def _show_misses() -> None:
    songs = real_songs(SHARED)
    truth = make_truth(songs, for_tuning, TUNING_SEED, ROWS, WORKS)
    outcome = judge(truth, matched(truth))
    for work, row, match in outcome.false:
        print(f"WRONG {match.band.value} {match.score}: {work.title} / {work.artist} ({work.way}) <- {row}")
    for work in outcome.missed:
        print(f"MISSED {work.way}: {work.title} / {work.artist} <- {' / '.join(work.song)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="of the half for tuning")
    if parser.parse_args().misses:
        _show_misses()
    else:
        lines = list(measure(Path()))
        print("\n".join(each.line for each in lines))
        sys.exit(0 if all(each.holds for each in lines) else 1)
