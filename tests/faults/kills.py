"""`kill -9` of a client and of a service at work, at seeded moments; each starts again on what is left.

The client is a process with a real profile that decides and exchanges without end (`client`), the
service is `artist-console backend serve`. Even seeds kill the client, odd ones the service. After each: what
was said to be recorded is in the journal, what got a receipt is in the ledger, both databases are sound, and
the queue goes on.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

from artist_console.backend.embedded import system_clock as _now
from artist_console.commands.profiles import open_profile
from artist_console.domain.ids import DecisionId
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal, mirror
from artist_console.store.opening import Store, open_store
from artist_console.sync.api import Api
from artist_console.sync.engine import run_round
from tests.faults.client import WORKS, use_profile
from tests.faults.counts import Counts, Tell
from tests.faults.forked import Child, command_line
from tests.faults.hosting import OUTSIDE, HostedService, environment, make_hosted
from tests.store.records import artist_id
from tests.sync.devices import DATA_KEY, SIGNING_KEY

NAME = "kills"
SHORT, LONG = 40, 400  # half of them of each side

LATEST_S = 0.4  # of work before the kill


class KilledService(HostedService):
    """The service as a process that is forked, which is there at once."""

    child: Child | None = None

    def start(self) -> None:
        arguments = ("backend", "serve", "--data", str(self.data), "--port", str(self.port))
        self.child = Child(environment(self.home), command_line, *arguments)
        self.take_greeting(self.child.until(lambda line: "Serving on" in line))

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()

    def stop(self) -> None:
        assert self.child is not None
        self.child.terminate()


class World:
    """One service, one profile, and a reader that only looks at the ledger."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        made = make_hosted(folder, WORKS)
        self.service = KilledService(made.data, made.home, made.port)
        self.service.start()
        closing.callback(self.service.stop)
        self.token = self.service.sign_in()
        self.profile = folder / "profile"
        self.reader = open_store(folder / "reader.db", folder / "reader-mirror.db", DATA_KEY, SIGNING_KEY)
        closing.callback(self.reader.close)
        self.recorded: list[str] = []
        self.receipts: set[str] = set()
        self.figures: Counter[str] = Counter()
        self.words: list[str] = []

    def note(self, figure: str, words: str) -> None:
        self.figures[figure] += 1
        self.words.append(f"{figure}: {words}")

    def client(self, seed: int) -> Child:
        """A client at work."""
        place = (str(self.profile), self.service.base_url, self.token)
        client = Child(environment(self.service.home), use_profile, *place, seed)
        client.tell("go")
        client.until(lambda line: line == "ready")
        return client

    def kill_client(self, seed: int) -> None:
        client = self.client(seed)
        time.sleep(random.Random(seed).uniform(0.0, LATEST_S))
        client.kill()
        self._hear(client)
        self._look_at_journal()
        self._look_at_ledger()

    def kill_service(self, seed: int) -> None:
        client = self.client(seed)
        time.sleep(random.Random(seed).uniform(0.0, LATEST_S))
        self.service.kill()
        self._note_unsound("backend.db", self.service.unsound())
        client.until(lambda line: line == "unreachable")
        self.service.start()
        client.until(lambda line: line == "round")
        client.tell("end")
        client.wait()
        assert client.said[-1] == "end", client.said[-3:]
        self._hear(client)
        self._look_at_journal()
        self._look_at_ledger()

    def _hear(self, client: Child) -> None:
        words = [line.split() for line in client.said]
        self.recorded += [word[1] for word in words if word[0] == "recorded"]
        self.receipts |= {word[1] for word in words if word[0] == "receipt"}

    # -- what is there now

    def _look_at_journal(self) -> None:
        """As the person finds it at the next start; whoever starts next goes on with the queue."""
        with (
            patch.dict(os.environ, {"ARTIST_CONSOLE_KEYRING": "off"}),
            open_profile(ProfileFolder(self.profile), OUTSIDE, may_be_new=True) as profile,
            profile.open_store() as store,
        ):
            for part in ("main", "mirror"):
                said = [row[0] for row in store.rows(f"PRAGMA {part}.integrity_check")]
                self._note_unsound(part, [words for words in said if words != "ok"])
            self._complete(store)
            self._exchange(store)
            if journal.count_pending(store):
                self.note("stuck", f"{journal.count_pending(store)} still wait after a round")

    def _complete(self, store: Store) -> None:
        kept = [entry.decision.id for entry in journal.entries(store, limit=1_000_000)][::-1]
        missing = set(self.recorded) - set(kept)
        if missing:
            self.note("acknowledged_lost", f"recorded, and gone: {sorted(missing)}")
        if [id for id in kept if id in set(self.recorded)] != self.recorded:
            self.note("reordered", "the journal has another order than the person")

    def _exchange(self, store: Store) -> None:
        with Api(self.service.base_url, self.token) as api:
            run_round(store, api, _now)

    def _look_at_ledger(self) -> None:
        self._exchange(self.reader)
        there = [e.decision.id for e in mirror.ledger(self.reader, artist_id(0)) if e.decision is not None]
        if len(there) != len(set(there)):
            self.note("doubled", f"{len(there) - len(set(there))} stand twice")
        missing = {DecisionId(id) for id in self.receipts} - set(there)
        if missing:
            self.note("acknowledged_lost", f"with a receipt, and not in the ledger: {sorted(missing)}")
        places = {id: place for place, id in enumerate(self.recorded)}
        own = [places[id] for id in there if id in places]
        if own != sorted(own):
            self.note("reordered", "the ledger has another order than the person")

    def _note_unsound(self, name: str, found: list[str]) -> None:
        if found:
            self.note("corrupt", f"{name}: {found}")


def run(seeds: range, tell: Tell) -> Counts:
    """Kill once for each seed, in one world that goes on from kill to kill."""
    total = Counts(NAME)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    with ExitStack() as closing:
        closing.callback(shutil.rmtree, folder)
        world = World(folder, closing)
        for seed in seeds:
            world.figures, world.words = Counter(), []
            side, kill = ("client", world.kill_client) if seed % 2 == 0 else ("service", world.kill_service)
            kill(seed)
            if world.words:
                tell("\n  ".join([f"{NAME}: seed {seed}, of the {side}", *world.words]))
            bad = (seed,) if world.words else ()
            total += Counts(NAME, 1, **world.figures, seeds=bad, met=MappingProxyType({side: 1}))
    return total
