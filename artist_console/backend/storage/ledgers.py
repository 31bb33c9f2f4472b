"""Ledgers of artists: gapless, chained, append-only; each entry is written with its signed receipt.

What a ledger says is remembered between transactions as long as its head is still the one in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.backend.judging import Said
from artist_console.domain.decisions import (
    Decision,
    EntryKind,
    EntryReceipt,
    LedgerEntry,
    Pin,
    Recording,
)
from artist_console.domain.ids import AccountId, ArtistId, DecisionId
from artist_console.domain.mandates import Mandate
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import head_over, next_head
from artist_console.formats.merkle import CompactRange, leaf_hash
from artist_console.formats.wire import Row, decode_row, entry_bytes

from . import heads, rows
from .tables import ledger

Sign = Callable[[LedgerEntry, Mandate | None], str]  # a receipt for an entry that has its head


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What one ledger says at its present head."""

    pin: Pin
    said: Said
    proposals: dict[DecisionId, Decision]  # open ones
    co_signed: frozenset[DecisionId]

    def and_then(self, entries: Sequence[LedgerEntry]) -> LedgerState:
        """With entries that follow, as `recordings` and `open_proposals` of the domain read them."""
        more: list[Recording] = []
        proposals = dict(self.proposals)
        signed: set[DecisionId] = set()
        pin = self.pin
        for entry in entries:
            pin = Pin(entry.n, entry.head)
            match entry.kind:
                case EntryKind.DECISION if entry.decision is not None:
                    more.append(Recording(entry.n, entry.recorded_at, entry.decision))
                case EntryKind.PROPOSAL if entry.decision is not None:
                    proposals[entry.decision.id] = entry.decision
                case EntryKind.CO_SIGNATURE if entry.names in proposals:
                    assert entry.names is not None
                    more.append(Recording(entry.n, entry.recorded_at, proposals.pop(entry.names)))
                    signed.add(entry.names)
                case EntryKind.PROPOSAL_DECLINED if entry.names is not None:
                    proposals.pop(entry.names, None)
        return LedgerState(pin, self.said.and_then(more), proposals, self.co_signed | signed)


_NOTHING_YET = LedgerState(Pin(), Said(), {}, frozenset())


@dataclass(frozen=True, slots=True)
class Written:
    entry: LedgerEntry
    receipt: str
    leaf: bytes  # its hash in the Merkle tree


class Ledgers:
    """The ledgers of one backend. Appending belongs inside a writing transaction."""

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._known: dict[str, LedgerState] = {}
        self._trees: dict[str, tuple[str, CompactRange]] = {}  # with the head after it

    def forget(self) -> None:
        """Forget what is remembered: a transaction was rolled back."""
        self._known.clear()
        self._trees.clear()

    def state(self, connection: Connection, artist: str) -> LedgerState:
        """Inside a writing transaction: what the ledger says now."""
        pin = head_of(connection, artist)
        known = self._known.get(artist)
        if known is None or known.pin != pin:
            known = _NOTHING_YET.and_then(all_entries(connection, artist))
            self._known[artist] = known
        return known

    def chain(
        self, state: LedgerState, entries: Sequence[LedgerEntry], under: Sequence[Mandate | None]
    ) -> tuple[LedgerState, list[Written]]:
        """Give entries their places after `state`, their heads and receipts; nothing is written yet.

        `under` names for each the mandate that its receipt is to print.
        """
        written = []
        pin = state.pin
        for entry, mandate in zip(entries, under, strict=True):
            entry = replace(entry, n=pin.n + 1, head="")
            spelled = entry_bytes(entry)
            entry = replace(entry, head=head_over(pin.head, spelled))
            pin = Pin(entry.n, entry.head)
            written.append(Written(entry, self._sign(entry, mandate), leaf_hash(spelled)))
        return state.and_then([w.entry for w in written]), written

    def write(
        self, connection: Connection, written: Sequence[Written], states: Mapping[str, LedgerState]
    ) -> None:
        """Write entries that were chained, and remember the states that they lead to, by artist."""
        if not written:
            return
        connection.execute(
            ledger.insert(),
            [
                {
                    "artist": w.entry.artist,
                    "n": w.entry.n,
                    "row_id": f"{w.entry.artist}/{w.entry.n}",
                    "head": w.entry.head,
                    "kind": w.entry.kind.value,
                    "decision": w.entry.decision.id if w.entry.decision else None,
                    "body": encode(w.entry),
                    "receipt": w.receipt,
                }
                for w in written
            ],
        )
        of_artist: dict[ArtistId, list[Written]] = {}
        for w in written:
            of_artist.setdefault(w.entry.artist, []).append(w)
        for artist, new in of_artist.items():
            before = self._tree(connection, new[0].entry)
            grown = heads.grow(connection, artist, before, [w.leaf for w in new])
            self._trees[artist] = (new[-1].entry.head, grown)
        fed: list[tuple[Kind, Row]] = []
        for w in written:
            fed.append((Kind.ENTRY, w.entry))
            fed.append((Kind.RECEIPT, EntryReceipt(w.entry.artist, w.entry.n, w.receipt)))
        rows.put(connection, fed)
        self._known |= states

    def _tree(self, connection: Connection, entry: LedgerEntry) -> CompactRange:
        """The tree before an entry; what is remembered counts only where the entry follows from its head."""
        head, tree = self._trees.get(entry.artist, ("", CompactRange()))
        if tree.size == entry.n - 1 and next_head(head, entry) == entry.head:
            return tree
        return heads.range_at(connection, entry.artist, entry.n - 1)

    def append(self, connection: Connection, entry: LedgerEntry, under: Mandate | None = None) -> Written:
        """Chain and write one entry."""
        state, written = self.chain(self.state(connection, entry.artist), [entry], [under])
        self.write(connection, written, {entry.artist: state})
        return written[0]


def head_of(connection: Connection, artist: str) -> Pin:
    query = (
        sa.select(ledger.c.n, ledger.c.head)
        .where(ledger.c.artist == artist)
        .order_by(ledger.c.n.desc())
        .limit(1)
    )
    found = connection.execute(query).one_or_none()
    return Pin() if found is None else Pin(found.n, found.head)


def artists(connection: Connection, after: str = "") -> list[str]:
    """Those who have a ledger, by id, after one."""
    query = sa.select(ledger.c.artist).where(ledger.c.artist > after, ledger.c.n == 1)
    return sorted(connection.execute(query).scalars())


_MOST_ENTRIES = (1 << 31) - 1  # what the column holds


def holds_pin(connection: Connection, artist: str, pin: Pin) -> bool:
    """Whether the ledger has this head at this place: what was seen there is still so."""
    if pin.n == 0:
        return pin.head == ""
    if not 0 < pin.n <= _MOST_ENTRIES:
        return False  # no database could be asked for it
    query = sa.select(ledger.c.head).where(ledger.c.artist == artist, ledger.c.n == pin.n)
    return bool(connection.execute(query).scalar() == pin.head)


def all_entries(connection: Connection, artist: str) -> list[LedgerEntry]:
    query = sa.select(ledger.c.body).where(ledger.c.artist == artist).order_by(ledger.c.n)
    return [decode_row(Kind.ENTRY, body) for body in connection.execute(query).scalars()]


def entries_after(connection: Connection, artist: str, after: int, limit: int) -> list[tuple[int, bytes]]:
    """Places and bodies as they stand, in order."""
    query = (
        sa.select(ledger.c.n, ledger.c.body)
        .where(ledger.c.artist == artist, ledger.c.n > after)
        .order_by(ledger.c.n)
        .limit(limit)
    )
    return [(n, body) for n, body in connection.execute(query)]


def an_entry(
    kind: EntryKind,
    artist: ArtistId,
    at: datetime,
    by: AccountId,
    *,
    decision: Decision | None = None,
    mandate: Mandate | None = None,
    names: DecisionId | None = None,
    words: str = "",
) -> LedgerEntry:
    """An entry that has no place yet."""
    return LedgerEntry(artist, 0, "", kind, at, by, decision, mandate, names, words)


def holds_decision(connection: Connection, artist: str, decision: str) -> bool:
    """Whether a decision or proposal of this id stands in the ledger."""
    query = sa.select(ledger.c.n).where(ledger.c.artist == artist, ledger.c.decision == decision).limit(1)
    return connection.execute(query).scalar() is not None
