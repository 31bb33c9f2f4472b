"""Five thousand decisions that waited go out through a harmful line, and stand in the ledger in their order.

Single decisions and acts of many sizes, over a real socket; every round is cut, doubled or slowed down
somewhere among its requests until all of it is delivered.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

from artist_console.domain.decisions import Decision
from artist_console.domain.registers import Stance
from artist_console.store import journal, mirror
from tests.faults.counts import Counts, Tell
from tests.faults.over_sockets import SocketDevice
from tests.faults.proxy import Harm, Proxy
from tests.store.records import artist_id, decide, on_work
from tests.sync.devices import serving

NAME = "5,000 decisions in order"
SHORT, LONG = 1, 5

DECISIONS = 5_000
ARTIST = artist_id(0)
WORKS = 20
LARGEST_ACT = 400
MOST_ROUNDS = 200
EVERY = 4  # requests: harm falls somewhere within so many
SILENCE_S = 3.0  # the answer to a batch takes a while on a busy computer


def run(seeds: range, tell: Tell) -> Counts:
    """Deliver the queue once for each seed."""
    total = Counts(NAME)
    for seed in seeds:
        folder = Path(tempfile.mkdtemp(prefix="in-order-"))
        with ExitStack() as closing:
            closing.callback(shutil.rmtree, folder)
            counts, words = _delivered(seed, folder, closing)
        if words:
            tell("\n  ".join([f"{NAME}: seed {seed}", *words]))
        total += counts
    return total


def _delivered(seed: int, folder: Path, closing: ExitStack) -> tuple[Counts, list[str]]:
    chance = random.Random(seed)
    service = closing.enter_context(serving(folder, 1, WORKS))
    proxy = closing.enter_context(Proxy(service.backend.base_url))
    device = SocketDevice(folder / "device", service, proxy=proxy, silence_s=SILENCE_S)
    closing.callback(device.close)
    device.sync_through()
    made = _queue(device, chance)
    rounds = _deliver(device, chance)
    ledger = [e.decision.id for e in mirror.ledger(device.store, ARTIST) if e.decision is not None]
    figures, words = _compared([each.id for each in made], ledger)
    waiting = journal.count_pending(device.store)
    if waiting:
        figures["stuck"] += 1
        words.append(f"stuck: {waiting} still wait after {rounds} rounds")
    met = {harm.value: count for harm, count in proxy.done.items()} | {"rounds": rounds}
    seeds = (seed,) if words else ()
    return Counts(NAME, 1, **figures, seeds=seeds, met=MappingProxyType(met)), words


def _queue(device: SocketDevice, chance: random.Random) -> list[Decision]:
    made: list[Decision] = []
    while len(made) < DECISIONS:
        size = min(DECISIONS - len(made), chance.choice((1, 1, 1, 3, 50, chance.randrange(1, LARGEST_ACT))))
        act = f"act-{len(made)}"
        fresh = [decide(Stance.REFUSE, on_work(0, chance.randrange(WORKS)), act=act) for _ in range(size)]
        journal.append(device.store, fresh)
        made += fresh
    return made


def _deliver(device: SocketDevice, chance: random.Random) -> int:
    """Rounds with harm until nothing waits, then one in quiet; gives how many."""
    kinds = list(Harm)
    rounds = 0
    while journal.count_pending(device.store) and rounds < MOST_ROUNDS:
        chance.shuffle(kinds)
        device.proxy.harm({n * EVERY + chance.randrange(EVERY): kind for n, kind in enumerate(kinds)})
        device.sync_through()
        device.proxy.calm()
        rounds += 1
    device.sync_through()
    return rounds + 1


def _compared(made: Sequence[str], ledger: Sequence[str]) -> tuple[Counter[str], list[str]]:
    figures: Counter[str] = Counter()
    missing = len(set(made) - set(ledger))
    doubled = len(ledger) - len(set(ledger))
    if missing:
        figures["lost"] = missing
    if doubled:
        figures["doubled"] = doubled
    if not missing and not doubled and list(made) != list(ledger):
        figures["reordered"] = sum(one != other for one, other in zip(made, ledger, strict=True))
    return figures, [f"{name}: {count}" for name, count in figures.items()]
