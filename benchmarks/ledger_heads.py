"""How long a service and a client take for the proofs of a long ledger: `python -m benchmarks.ledger_heads`.

Asked over HTTP of a real service; the account stands beside it, which is the way there and back.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import requests

from artist_console.backend.embedded import start_embedded
from artist_console.backend.seed import SeedAccount, seed
from artist_console.backend.storage.ledgers import Ledgers, an_entry
from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import AccountId, ActId, ArtistId, DecisionId, PartyId
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Register, Stance
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import check_chain
from artist_console.formats.merkle import CompactRange, leaf_hash, verify_consistency, verify_inclusion
from artist_console.formats.signed_head import read_head, read_path
from artist_console.formats.wire import entry_bytes

ARTIST, ACCOUNT = ArtistId("artist"), AccountId("account")
AT = datetime(2025, 11, 18, 12, tzinfo=UTC)
KEY, SIGNING = bytes(range(32)), bytes(range(32, 64))
ASKED = 200
AT_ONCE = 1_000


def entry(n: int) -> LedgerEntry:
    register = Register(ARTIST, ALL_MY_WORKS, None, ANY_USE)
    made = Decision(DecisionId(f"{n:032x}"), register, Stance.REFUSE, ACCOUNT, AT, ActId(f"{n:032x}"))
    return an_entry(EntryKind.DECISION, ARTIST, AT, ACCOUNT, decision=made)


def timed(what: str, ask: Callable[[int], object], times: int = ASKED) -> None:
    """By the clock, and what the processor did for it, service and client together."""
    taken = []
    worked = time.process_time()
    for n in range(times):
        began = time.perf_counter()
        ask(n)
        taken.append((time.perf_counter() - began) * 1000)
    worked = (time.process_time() - worked) / times * 1000
    print(f"{what}: median {statistics.median(taken):.1f} ms, of the processor {worked:.1f} ms", flush=True)


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--entries", type=int, default=100_000)
    size: int = given.parse_args().entries
    with tempfile.TemporaryDirectory(prefix="artist-console-") as folder:
        path = Path(folder) / "backend.db"
        party = Party(PartyId(ARTIST), "Artist", PartyKind.PERSON, is_artist=True)
        seed(
            path,
            KEY,
            SIGNING,
            rows=[(Kind.PARTY, party)],
            accounts=[SeedAccount(ACCOUNT, "Artist", (PartyId(ARTIST),))],
            owner=ACCOUNT,
        )
        running = start_embedded(path, KEY, SIGNING)
        try:
            told = _fill(running.service.ledgers, running.service.database.writing, size)
            _ask(running.base_url, running.token, told)
        finally:
            running.stop()


def _fill(ledgers: Ledgers, writing: Callable[[], object], size: int) -> list[LedgerEntry]:
    told: list[LedgerEntry] = []
    began = time.process_time()
    for at in range(0, size, AT_ONCE):
        with writing() as connection:  # type: ignore[attr-defined]
            state = ledgers.state(connection, ARTIST)
            fresh = [entry(n) for n in range(at, min(at + AT_ONCE, size))]
            state, written = ledgers.chain(state, fresh, [None] * len(fresh))
            ledgers.write(connection, written, {ARTIST: state})
            told += [each.entry for each in written]
    each = (time.process_time() - began) / size * 1e6
    print(f"{size:,} entries written with receipts, feed and hashes: {each:.0f} µs of the processor each")
    return told


def _ask(base_url: str, token: str, told: list[LedgerEntry]) -> None:
    size, chance = len(told), random.Random(7)
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {token}"

    def get(path: str, **query: int) -> dict[str, object]:
        answer = session.get(f"{base_url}/v1/{path}", params=query, timeout=60)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    timed("the account, for comparison", lambda _: get("account"))
    timed("signed head, signed now", lambda _: get(f"ledger/{ARTIST}/head"), 1)
    timed("signed head, kept", lambda _: get(f"ledger/{ARTIST}/head"))
    timed("inclusion", lambda _: get(f"ledger/{ARTIST}/inclusion", n=chance.randint(1, size)))
    timed("consistency", lambda _: get(f"ledger/{ARTIST}/consistency", first=chance.randint(1, size)))

    claims = read_head(str(get(f"ledger/{ARTIST}/head")["head"])).claims
    root = bytes.fromhex(claims.root)
    leaves = [leaf_hash(entry_bytes(each)) for each in told]
    n, first = chance.randint(1, size), chance.randint(1, size)
    path = read_path(get(f"ledger/{ARTIST}/inclusion", n=n)["path"])  # type: ignore[arg-type]
    assert verify_inclusion(leaves[n - 1], n - 1, size, path, root)
    path = read_path(get(f"ledger/{ARTIST}/consistency", first=first)["path"])  # type: ignore[arg-type]
    assert verify_consistency(first, size, path, CompactRange().extend(leaves[:first]).root(), root)

    began = time.process_time()
    tree = CompactRange().extend(leaf_hash(entry_bytes(each)) for each in told)
    print(f"a client works the whole tree out, once: {time.process_time() - began:.1f} s of the processor")
    assert tree.root() == root
    began = time.process_time()
    assert check_chain(told).holds
    print(f"and checks the chain, for comparison: {time.process_time() - began:.1f} s of the processor")
    timed("a client with one entry more", lambda n: tree.append(leaf_hash(entry_bytes(told[n]))))


if __name__ == "__main__":
    main()
