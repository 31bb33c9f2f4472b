"""A client to be killed: it decides and exchanges without end, and says what was acknowledged.

It opens the profile once it is told "go", and ends in order once it is told "end". It says "recorded ID" when
a decision is acknowledged, "receipt ID" when the service has given one, "round" after an exchange that came
through, and "unreachable" after one that did not.
"""

from __future__ import annotations

import random
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.console import Console
from artist_console.commands.profiles import open_profile
from artist_console.commands.syncing import sync
from artist_console.commands.wishes import Wish
from artist_console.domain.problems import AuthorityProblem, InputProblem, NetworkProblem, UnknownThing
from artist_console.domain.registers import Stance, UseScope
from artist_console.domain.uses import Use
from artist_console.host.paths import ProfileFolder
from artist_console.sync.api import Api
from tests.faults.hosting import OUTSIDE
from tests.store.records import PROGRAMME, artist_id, on_work

WORKS = 8
ACT = 30  # decisions in the largest act
_ends = threading.Event()


def use_profile(line: Connection, folder: str, address: str, token: str, seed: int) -> None:
    """What the process runs."""
    assert line.recv() == "go"
    threading.Thread(target=_wait_for_the_end, args=(line,), daemon=True).start()
    with (
        open_profile(ProfileFolder(Path(folder)), OUTSIDE, may_be_new=True) as profile,
        Api(address, token, silence_s=5.0) as api,
    ):
        console = profile.console()
        console.api = api
        try:
            _say("ready")
            _use(console, random.Random(seed))
        finally:
            console.store.close()
    _say("end")


def _use(console: Console, chance: random.Random) -> None:
    told: set[str] = set()
    while not _ends.is_set():
        for _ in range(chance.randrange(4)):
            _decide(console, chance)
        try:
            sync(console)
            _say("round")
        except NetworkProblem:
            _say("unreachable")
            _ends.wait(0.02)
        told |= _tell_receipts(console, told)


def _decide(console: Console, chance: random.Random) -> None:
    stance = chance.choice((Stance.REFUSE, Stance.REFUSE, Stance.ALLOW))
    subjects = [on_work(0, number) for number in range(WORKS)]
    most = ACT if stance is Stance.REFUSE and chance.random() < 0.2 else 1
    chosen = chance.sample(subjects, min(most, chance.randrange(1, WORKS)))
    use = UseScope.of(chance.choice((Use.TRAIN_GENERATIVE, Use.GEN_COVER, Use.GEN_STEMS)))
    wishes = [Wish(artist_id(0), each, PROGRAMME, use, stance) for each in chosen]
    with suppress(InputProblem, UnknownThing, AuthorityProblem):  # before the first round nothing is known
        for made in decide(console, wishes, KeepChoice.KEEP_THEM).value:
            _say(f"recorded {made.id}")


def _tell_receipts(console: Console, told: set[str]) -> set[str]:
    rows = console.store.rows("SELECT DISTINCT d.id FROM main.receipt r JOIN main.decision d USING (place)")
    fresh = {id for (id,) in rows} - told
    for id in sorted(fresh):
        _say(f"receipt {id}")
    return fresh


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


def _wait_for_the_end(line: Connection) -> None:
    with suppress(EOFError):
        line.recv()
    _ends.set()
