"""The consent of 5,000 works in 25 uses: the matrix, one trace, a review and an act of 10,000 decisions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from artist_console.commands.cells import explain_place
from artist_console.commands.consent import decide
from artist_console.commands.console import Console
from artist_console.commands.matrix import (
    MatrixFrame,
    MatrixRowKind,
    MatrixView,
    matrix_cells,
    matrix_frame,
    warm,
)
from artist_console.commands.review import review
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Use, family_of, is_sensitive
from artist_console.domain.work_rows import WorksQuery
from artist_console.formats import encoding, wire
from artist_console.store import mirror
from artist_console.store.opening import Part, Store
from artist_console.store.works import find
from benchmarks.consent_world import SECOND, WORKS, make_consent_profile, recording
from benchmarks.figures import Figure, Limit, Taken, median
from benchmarks.world import ARTIST, PROGRAMME, open_again

ROUNDS = 3
DECIDE_ROUNDS = 3
VISIBLE_ROWS = 24  # of a window of 900 pixels
VISIBLE_S, SHARED_S, APART_S, TRACE_S, REVIEW_S = 0.05, 1.0, 8.0, 0.005, 1.0
DECISIONS = 10_000
DECIDE_AT_MOST = 2.0
OPENED = frozenset({"all", *(f"family/{family_of(use).value}" for use in Use)})


def measure(folder: Path) -> Iterator[Figure | Limit]:
    """Every figure of consent, in a world of works that are alike and in one of works that are not."""
    for name, shared, all_s in (("alike", True, SHARED_S), ("all different", False, APART_S)):
        root = folder / name
        make_consent_profile(root, shared=shared)
        with _console(root) as console:
            yield from _matrix(console, name, all_s)
            yield from _traces(console, name)
            yield from _reviews(console, name)
        yield from _deciding(root, folder / f"beside {name}", name)


@contextmanager
def _console(root: Path) -> Iterator[Console]:
    with open_again(root) as profile:
        console = profile.console()
        try:
            mirror.facts(console.store, console.clock())  # read from the disk once, as at the start
            yield console
        finally:
            console.store.close()


def _matrix(console: Console, name: str, all_s: float) -> list[Figure | Limit]:
    frames: list[Taken] = []
    works: list[Taken] = []
    releases: list[Taken] = []
    five: list[Taken] = []
    all_works: list[Taken] = []
    pieces: list[Taken] = []
    for _ in range(ROUNDS):
        _forget(console)
        began = Taken.so_far()
        frame = matrix_frame(console, ARTIST, MatrixView.BY_USE, OPENED)
        frames.append(began.since)
        closed = [row.key for row in frame.rows if row.kind is MatrixRowKind.RELEASE]
        releases.append(_cells(console, frame, closed[:VISIBLE_ROWS]))
        _forget(console)
        frame = matrix_frame(console, ARTIST, MatrixView.BY_USE, OPENED | set(closed[:2]))
        shown = [row.key for row in frame.rows if row.kind is MatrixRowKind.WORK]
        works.append(_cells(console, frame, shown[:VISIBLE_ROWS]))
        _forget(console)
        half, whole, longest = _in_pieces(console, frame)
        five.append(half)
        all_works.append(whole)
        pieces.append(longest)
    began = Taken.so_far()
    cells = matrix_cells(console, frame, [row.key for row in frame.rows])
    every = began.since
    about = f"matrix, works {name}"
    return [
        Limit(f"{about}: columns and rows", frames, None),
        Limit(f"{about}: {VISIBLE_ROWS} visible rows of works in 25 uses", works, VISIBLE_S),
        Limit(f"{about}: {VISIBLE_ROWS} visible rows of releases, 12 works in each", releases, VISIBLE_S),
        Limit(f"{about}: all cells of {WORKS:,} works, half of them songs", five, all_s),
        Limit(f"{about}: all cells of {WORKS:,} recordings and their songs", all_works, None),
        Limit(
            f"{about}: {len(cells):,} cells of {len(frame.rows):,} rows put together after that",
            [every],
            None,
        ),
        Limit(f"{about}: the longest piece of that", pieces, None),
    ]


def _cells(console: Console, frame: MatrixFrame, rows: Sequence[str]) -> Taken:
    """Seconds for the cells of rows that have not been asked about since something changed."""
    matrix_cells(console, frame, ())  # what waits and what was answered is looked up once for all rows
    began = Taken.so_far()
    matrix_cells(console, frame, rows)
    return began.since


def _in_pieces(console: Console, frame: MatrixFrame) -> tuple[Taken, Taken, Taken]:
    """Seconds for half of the works, for all of them, and of the longest piece."""
    began = Taken.so_far()
    half = longest = Taken(0, 0)
    keys = [row.key for row in frame.rows]
    left, total = 1, 2 * WORKS
    while left:
        piece = Taken.so_far()
        left = warm(console, frame, keys[:1])
        longest = max(longest, piece.since)
        if not half.clock and left <= total - WORKS:
            half = began.since
    matrix_cells(console, frame, keys[:1])
    return half, began.since, longest


def _traces(console: Console, name: str) -> list[Figure | Limit]:
    taken: list[Taken] = []
    for number in range(0, WORKS, WORKS // 200):
        subject = Subject(SubjectKind.WORK, recording(number))
        register = Register(ARTIST, subject, PROGRAMME, UseScope.of(Use.TRAIN_GENERATIVE))
        began = Taken.so_far()
        explain_place(console, register)
        taken.append(began.since)
    return [Limit(f"the trace of one cell, works {name}", taken, TRACE_S)]


def _reviews(console: Console, name: str) -> list[Figure | Limit]:
    wishes = wishes_of(DECISIONS)
    taken: list[Taken] = []
    for _ in range(ROUNDS):
        began = Taken.so_far()
        review(console, wishes)
        taken.append(began.since)
    return [Limit(f"review of {DECISIONS:,} decisions, works {name}", taken, REVIEW_S)]


def wishes_of(count: int) -> tuple[Wish, ...]:
    """Refusals of single cells, spread over all works."""
    uses = [use for use in Use if not is_sensitive(use)]
    return tuple(
        Wish(
            ARTIST,
            Subject(SubjectKind.WORK, recording(number % WORKS)),
            PROGRAMME if number < WORKS * len(uses) else SECOND,
            UseScope.of(uses[number // WORKS]),
            Stance.REFUSE,
        )
        for number in range(count)
    )


def _deciding(root: Path, beside: Path, name: str) -> list[Figure | Limit]:
    """One durable act, against its digests and the insert of the same rows into a journal like it.

    Each time in a profile of its own, in which nothing waits yet.
    """
    ours: list[float] = []
    theirs: list[float] = []
    shown: list[Taken] = []
    wishes = wishes_of(DECISIONS)
    for number in range(DECIDE_ROUNDS):
        own, bare = beside / f"own-{number}", beside / f"bare-{number}"
        shutil.copytree(root, own)
        make_consent_profile(bare, shared=True, works=1)
        with _console(own) as console, _console(bare) as other:
            began = Taken.so_far()
            made = decide(console, wishes).value
            ours.append(began.since.clock)
            began = Taken.so_far()
            _bare(other.store, made)
            theirs.append(began.since.clock)
            began = Taken.so_far()
            find(console.store, WorksQuery())
            shown.append(began.since)
    about = f"{DECISIONS:,} decisions as one act, works {name}"
    return [
        Figure(f"recording {about}", median(ours), median(theirs), DECIDE_AT_MOST, "digests and bulk insert"),
        Limit(f"first page of works after {about}", shown, None),
    ]


def _bare(store: Store, decisions: Sequence[Decision]) -> None:
    """Digests, and the same rows in one durable transaction."""
    digests = [wire.digest_of(decision) for decision in decisions]
    with store.transaction(Part.JOURNAL):
        first: int = store.value("SELECT coalesce(max(place), 0) + 1 FROM main.decision")
        store.run("INSERT INTO main.stream (id, reason) VALUES (hex(randomblob(16)), 'bare')")
        stream = store.value("SELECT max(number) FROM main.stream")
        store.run_many(
            "INSERT INTO main.decision (place, id, artist, act, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (first + n, each.id, each.register.artist, each.act, digest, encoding.encode(each))
                for n, (each, digest) in enumerate(zip(decisions, digests, strict=True))
            ],
        )
        store.run_many(
            "INSERT INTO main.sending (stream, seq, place) VALUES (?, ?, ?)",
            [(stream, n + 1, first + n) for n in range(len(decisions))],
        )


def _forget(console: Console) -> None:
    """Nothing of the matrix is known any more; the facts are."""
    console.store.keep("matrix", None, None)
    console.store.keep("outcomes", None, None)
