"""What to do, as values: from the journal and the answers of a service to actions. Pure.

`engine` carries the actions out, each group in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from artist_console.domain.decisions import LedgerEntry, Outcome, Pin
from artist_console.formats import encoding, kinds, ledger_proof, wire
from artist_console.store.journal import Entry

# Frame of a batch around its items: stream, pins, brackets. Generous, as pins of a large roster may be in it.
_FRAME_BYTES = 32 * 1024


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Note what became of one decision."""

    entry: Entry
    outcome: Outcome
    n: int | None
    head: str | None
    receipt: str | None
    words: str
    against: str | None


@dataclass(frozen=True, slots=True)
class MovePins:
    """Note how far ledgers have come."""

    seen: Mapping[str, Pin]


@dataclass(frozen=True, slots=True)
class StartAgain:
    """The service is not what it was: snapshot, a new stream, the whole journal once more."""

    reason: str
    epoch: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Put rows into the mirror, forget what left the reach, and go on from the cursor."""

    rows: tuple[tuple[kinds.Kind, str, bytes | None], ...]
    cursor: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Senseless:
    """The answer is not about what was asked; `what` ends a sentence."""

    what: str


ReplyAction = RecordOutcome | MovePins | StartAgain | Senseless
FeedAction = TakeOver | StartAgain | Senseless


def plan_push(pending: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Batches in the order of the stream. Acts travel whole; a larger one than a batch goes by itself."""
    batches: list[tuple[Entry, ...]] = []
    current: list[Entry] = []
    size = 0
    for _, group in groupby(pending, key=lambda entry: entry.decision.act):
        act = list(group)
        act_size = sum(_size_of(entry) for entry in act)
        if current and (
            len(current) + len(act) > wire.MAX_BATCH_ITEMS
            or size + act_size > wire.MAX_BATCH_BYTES - _FRAME_BYTES
        ):
            batches.append(tuple(current))
            current, size = [], 0
        current += act
        size += act_size
    if current:
        batches.append(tuple(current))
    return tuple(batches)


def _size_of(entry: Entry) -> int:
    return len(encoding.encode(item_of(entry))) + 1


def item_of(entry: Entry) -> wire.PushItem:
    return wire.PushItem(seq=entry.seq, digest=entry.digest, decision=entry.decision)


def batch_of(entries: Sequence[Entry], pins: Mapping[str, Pin]) -> wire.PushBatch:
    """A batch with the pins of the artists in it."""
    artists = {entry.decision.register.artist for entry in entries}
    return wire.PushBatch(
        stream_id=entries[0].stream,
        items=[item_of(entry) for entry in entries],
        pins={artist: pin for artist, pin in pins.items() if artist in artists},
    )


def halves(batch: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]] | None:
    """A batch that could not be read in two, between acts; None where it is one act."""
    acts = [tuple(group) for _, group in groupby(batch, key=lambda entry: entry.decision.act)]
    if len(acts) < 2:
        return None
    middle = len(acts) // 2
    return (
        tuple(entry for act in acts[:middle] for entry in act),
        tuple(entry for act in acts[middle:] for entry in act),
    )


def plan_reply(
    sent: Sequence[Entry],
    stream: str,
    pins: Mapping[str, Pin],
    epoch: str | None,
    reply: wire.PushReply,
) -> tuple[ReplyAction, ...]:
    """What follows from the answer to a push: all of its outcomes, or none and the reason."""
    if epoch is not None and reply.epoch != epoch:
        return (StartAgain("The service was restored", reply.epoch),)
    if reply.rewound or _rewound(pins, reply.heads):
        return (StartAgain("The service is older than what was seen of it", reply.epoch),)
    if reply.stream_id != stream:
        return (Senseless("it is about another stream"),)
    by_seq = {entry.seq: entry for entry in sent}
    actions: list[ReplyAction] = []
    for given in reply.outcomes:
        entry = by_seq.pop(given.seq, None)
        if entry is None or entry.decision.id != given.decision_id:
            return (Senseless("it is about other decisions"),)
        actions.append(
            RecordOutcome(
                entry, given.outcome, given.n, given.head, given.receipt, given.words, given.against
            )
        )
    if by_seq:
        return (Senseless("it leaves out decisions"),)
    return (*actions, MovePins(_seen(reply.heads, actions)))


def _seen(heads: Mapping[str, Pin], actions: Sequence[ReplyAction]) -> dict[str, Pin]:
    """How far ledgers have come: by their heads and, out of reach, by where one's own decisions stand."""
    seen: dict[str, Pin] = {}
    for action in actions:
        if isinstance(action, RecordOutcome) and action.n is not None and action.head is not None:
            artist = action.entry.decision.register.artist
            if action.n > seen.get(artist, Pin()).n:
                seen[artist] = Pin(action.n, action.head)
    return {**seen, **heads}


def _rewound(pins: Mapping[str, Pin], heads: Mapping[str, Pin]) -> bool:
    """Whether a ledger is shorter than it was, or another one of the same length."""
    return any(
        head.n < pins[artist].n or (head.n == pins[artist].n and head.head != pins[artist].head)
        for artist, head in heads.items()
        if artist in pins
    )


def plan_feed(epoch: str | None, cursor: str | None, page: wire.FeedPage) -> FeedAction:
    """What follows from a page of the feed."""
    if epoch is not None and page.epoch != epoch:
        return StartAgain("The service was restored", page.epoch)
    if page.more and page.cursor == cursor:
        return Senseless("it goes round in a circle")
    return TakeOver(_rows(page.items), page.cursor, page.epoch)


def plan_snapshot(epoch: str | None, next: str | None, page: wire.SnapshotPage) -> FeedAction:
    """What follows from a page of a snapshot; its rows are staged."""
    if epoch is not None and page.epoch != epoch:
        return StartAgain("The service was restored", page.epoch)
    if page.next is not None and page.next == next:
        return Senseless("it goes round in a circle")
    return TakeOver(_rows(page.items), page.cursor, page.epoch)


def _rows(items: Iterable[wire.FeedItem]) -> tuple[tuple[kinds.Kind, str, bytes | None], ...]:
    return tuple((item.kind, item.id, item.row) for item in items)


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """A ledger that does not follow from what was seen of it."""

    artist: str
    n: int


def check_ledgers(
    entries: Iterable[LedgerEntry], tips: Mapping[str, Pin], pins: Mapping[str, Pin], *, whole: bool = False
) -> LedgerFault | None:
    """Check that new entries follow the tips that are held, and pass through the pins that were seen.

    An entry at or before the tip is a change of what was recorded: a fault. `whole`: the entries are all
    there are, so that a ledger that ends before its pin is one too.
    """
    ordered = sorted(entries, key=lambda entry: (entry.artist, entry.n))
    for artist, group in groupby(ordered, key=lambda entry: entry.artist):
        held = list(group)
        chain = ledger_proof.check_chain(held, tips.get(artist, Pin()))
        if not chain.holds:
            return LedgerFault(artist, chain.bad_at or 0)
        pin = pins.get(artist)
        if pin is None:
            continue
        ends_early = whole and held[-1].n < pin.n
        if ends_early or any(entry.n == pin.n and entry.head != pin.head for entry in held):
            return LedgerFault(artist, pin.n)
    return None
