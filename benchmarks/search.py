"""Search over 100,000 works, against LIKE over the same folded texts in the same database."""

from __future__ import annotations

from pathlib import Path

from artist_console.domain.work_rows import WorksQuery
from artist_console.store import search as index
from artist_console.store import works
from artist_console.store.opening import Store
from benchmarks.figures import Figure, in_turns, median
from benchmarks.world import make_profile, open_again

WORKS = 100_000
ROUNDS = 5
# Common and rare parts of words, two words, an identifier, one short word, and nothing that is found.
QUERIES = ("brak", "stafloce", "gru tre", "AA6Q7-00-12345", "yo", "nowhere")


def measure(folder: Path) -> list[Figure]:
    root = folder / "a hundred thousand"
    make_profile(root, WORKS)
    ours: list[float] = []
    like: list[float] = []
    with open_again(root) as profile:
        store = profile.open_store()
        try:
            index.warm(store)
            for text in QUERIES:
                _must_agree(store, text)
                taken = in_turns(
                    lambda text=text: works.find(store, WorksQuery(text=text)),  # type: ignore[misc]
                    lambda text=text: _by_like(store, text),  # type: ignore[misc]
                    ROUNDS,
                )
                ours += taken[0]
                like += taken[1]
        finally:
            store.close()
    name = f"search over {WORKS:,} works, count and first 200 rows"
    return [Figure(name, median(ours), median(like), 1.0, "SQL LIKE")]


def _by_like(store: Store, text: str) -> tuple[int, list[object]]:
    """The same answer by LIKE: how many, and the first 200 by title."""
    words = index.fold(text).split() if "-" not in text else [index.fold(text).replace("-", "")]
    where = " AND ".join(f"t.folded LIKE :word{n}" for n in range(len(words)))
    bound: dict[str, object] = {f"word{n}": f"%{word}%" for n, word in enumerate(words)}
    joined = f"FROM mirror.work_summary s JOIN mirror.text t ON t.work_key = s.work_key WHERE {where}"
    total: int = store.value(f"SELECT count(*) {joined}", bound)
    rows = store.rows(f"SELECT s.body {joined} ORDER BY s.title, s.key LIMIT 200", bound)
    return total, rows


def _must_agree(store: Store, text: str) -> None:
    """A figure about two different answers would say nothing."""
    found, expected = works.find(store, WorksQuery(text=text)).total, _by_like(store, text)[0]
    if found != expected:
        raise RuntimeError(f"search finds {found} works for {text!r} and LIKE {expected}")
