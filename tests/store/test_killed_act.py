"""A bulk act whose process is killed is wholly recorded or not at all, and the journal says which."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from artist_console.domain.decisions import Decision
from artist_console.domain.ids import DecisionId
from artist_console.domain.registers import Stance
from artist_console.store import drafts, journal
from artist_console.store.opening import Store
from tests.store.conftest import Place
from tests.store.records import decide, on_work

DECISIONS = 10_000
PROJECT = Path(__file__).resolve().parents[2]
RECORD = """
import sys
from pathlib import Path
from artist_console.domain.registers import Stance
from artist_console.store import drafts, journal
from tests.store.conftest import Place
from tests.store.test_killed_act import the_act

act = the_act()
with Place(Path(sys.argv[1])).open() as store:
    print("ready", flush=True)
    sys.stdin.readline()
    journal.append(store, act)
    print("recorded", flush=True)
    sys.stdin.readline()
"""


def the_act() -> list[Decision]:
    """The same refusals in every process."""
    made = decide(subject=on_work(0, 0), act="bulk")
    return [replace(made, id=DecisionId(f"decision-{number:05}")) for number in range(DECISIONS)]


def recorded(store: Store) -> int:
    count: int = store.value("SELECT count(*) FROM main.decision")
    return count


class Recorder:
    """A process that records the act when it is told to, and can be killed."""

    def __init__(self, place: Place) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", RECORD, str(place.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
        )
        self._log = place.journal.with_name(place.journal.name + "-wal")
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def begin(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def kill_when_written(self, size: int) -> None:
        """Kill it as soon as the log of the journal has grown by so much."""
        before = self._log.stat().st_size if self._log.exists() else 0
        self.begin()
        while self._process.poll() is None:
            if self._log.exists() and self._log.stat().st_size - before >= size:
                break
        self.kill()

    def wait_until_recorded(self) -> None:
        self.begin()
        assert self._line() == "recorded"

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.mark.parametrize("written", [1, 100_000, 1_000_000, 4_000_000])
def test_an_act_that_is_killed_half_way_is_recorded_whole_or_not_at_all(place: Place, written: int) -> None:
    draft = drafts.Draft(the_act()[0].register, Stance.REFUSE)
    with place.open() as store:
        drafts.replace_drafts(store, [draft])
    Recorder(place).kill_when_written(written)

    with place.open() as store:
        assert store.value("PRAGMA main.quick_check") == "ok"
        found = recorded(store)
        assert found in (0, DECISIONS)
        assert len(journal.pending(store)) == found, "what is recorded waits to be sent, and nothing else"
        waits = drafts.drafts(store)
        assert waits == (() if found else (draft,)), "what is not recorded still waits for the review"

        journal.append(store, the_act())  # made again after the restart, it is there once
        assert recorded(store) == DECISIONS
        assert [entry.seq for entry in journal.pending(store)] == list(range(1, DECISIONS + 1))


def test_an_act_that_was_said_to_be_recorded_outlives_a_kill(place: Place) -> None:
    place.open().close()
    recorder = Recorder(place)
    recorder.wait_until_recorded()
    recorder.kill()

    with place.open() as store:
        assert recorded(store) == DECISIONS
