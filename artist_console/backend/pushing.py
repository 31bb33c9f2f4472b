"""A batch of decisions in, their outcomes out: one transaction, PROTOCOL rules 3 to 8.

Either the whole batch is recorded, each item with its outcome, or (a gap, a fault of form, a rewound pin)
none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.engine import Connection

from artist_console.domain.decisions import (
    EntryKind,
    Outcome,
    Pin,
    Stance,
    Subject,
    SubjectKind,
)
from artist_console.domain.ids import AccountId, ArtistId, ProgrammeId
from artist_console.domain.parties import Stakeholder
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.works import Release, Work
from artist_console.formats.canonical import NotCanonical
from artist_console.formats.wire import (
    MAX_ACT_BYTES,
    MAX_ACT_ITEMS,
    MAX_BATCH_BYTES,
    MAX_BATCH_ITEMS,
    ItemOutcome,
    Kind,
    ProblemType,
    PushBatch,
    PushItem,
    PushReply,
    digest_of,
)

from .judging import APPLIED, Sight, Verdict, fault_of_act, judge_act
from .refusals import Refused
from .storage import accounts, ledgers, rows, streams
from .storage.ledgers import Ledgers, an_entry


@dataclass(frozen=True, slots=True)
class Desk:
    """What receiving decisions needs: the ledgers, and the epoch of this backend."""

    ledgers: Ledgers
    epoch: str


def receive(
    connection: Connection,
    desk: Desk,
    account: AccountId,
    batch: PushBatch,
    size_bytes: int,
    now: datetime,
) -> PushReply:
    """Take a batch in.

    Raises Refused for a gap, a fork, a fault of form or of size: then nothing was recorded.
    """
    _check_size(batch, size_bytes)
    scope = accounts.scope_of(connection, account, now)
    pins = {a: p for a, p in batch.pins.items() if scope.sees_works_of(a)}
    expected = streams.next_seq(connection, account, batch.stream_id)
    if not all(ledgers.holds_pin(connection, artist, pin) for artist, pin in pins.items()):
        return PushReply(desk.epoch, batch.stream_id, expected, [], _heads(connection, pins), rewound=True)
    known = _known_items(connection, account, batch, expected)
    fresh = [item for item in batch.items if item.seq >= expected]
    _check_form(batch.items, fresh)
    outcomes = [known[item.seq] for item in batch.items if item.seq < expected]
    for act, group in groupby(fresh, key=lambda item: item.decision.act):
        items = list(group)
        if streams.knows_act(connection, account, batch.stream_id, act, items[0].seq):
            raise _malformed("The decisions of one act have to travel together.")
        done = _receive_act(connection, desk, account, batch.stream_id, items, now)
        streams.record(
            connection,
            account,
            batch.stream_id,
            [(item.digest, item.decision, outcome) for item, outcome in zip(items, done, strict=True)],
        )
        outcomes += done
    after = max([expected, *(item.seq + 1 for item in fresh)])
    if fresh:
        streams.advance(connection, account, batch.stream_id, after)
    reached = {item.decision.register.artist for item in batch.items} | set(pins)
    seen = [artist for artist in sorted(reached) if scope.sees_works_of(artist)]
    return PushReply(desk.epoch, batch.stream_id, after, outcomes, _heads(connection, seen))


def _heads(connection: Connection, artists: Sequence[str] | dict[str, Pin]) -> dict[str, Pin]:
    return {artist: ledgers.head_of(connection, artist) for artist in artists}


def _malformed(words: str) -> Refused:
    return Refused(ProblemType.MALFORMED, 400, words)


def _check_size(batch: PushBatch, size_bytes: int) -> None:
    """Batches are small; only an act is large, because it travels whole and by itself."""
    acts = {item.decision.act for item in batch.items}
    items, size = (MAX_ACT_ITEMS, MAX_ACT_BYTES) if len(acts) == 1 else (MAX_BATCH_ITEMS, MAX_BATCH_BYTES)
    if len(batch.items) > items or size_bytes > size:
        raise Refused(
            ProblemType.TOO_LARGE, 413, f"At most {items:,} decisions and {size // 1024:,} KiB at once."
        )
    if not batch.stream_id:
        raise _malformed("The stream has no id.")


def _known_items(
    connection: Connection, account: AccountId, batch: PushBatch, expected: int
) -> dict[int, ItemOutcome]:
    """Recorded outcomes of the items that were here before; checks that the places follow without a gap."""
    if not batch.items:
        return {}
    first = batch.items[0].seq
    if first < 1 or any(item.seq != first + place for place, item in enumerate(batch.items)):
        raise _malformed("The decisions of a batch follow each other without a gap.")
    if first > expected:
        words = f"The stream goes on with number {expected}."
        raise Refused(ProblemType.SEQUENCE_GAP, 409, words, expected_seq=expected)
    known = streams.items(connection, account, batch.stream_id, first, batch.items[-1].seq)
    for item in batch.items:
        if item.seq in known and known[item.seq].digest != item.digest:
            words = "Another decision stands at this place of the stream; send all of them in a new stream."
            raise Refused(ProblemType.STREAM_FORKED, 409, words)
    return {seq: item.outcome for seq, item in known.items()}


def _check_form(items: Sequence[PushItem], fresh: Sequence[PushItem]) -> None:
    for item in items:
        try:
            digest = digest_of(item.decision)
        except NotCanonical as error:
            raise _malformed(f"Decision {item.seq} cannot be recorded: {error}.") from error
        if digest != item.digest:
            raise _malformed(f"Decision {item.seq} is not the one that its digest is of.")
    finished: set[str] = set()
    for act, group in groupby(fresh, key=lambda item: item.decision.act):
        fault = fault_of_act([item.decision for item in group])
        if fault is not None:
            raise _malformed(fault)
        if act in finished:
            raise _malformed("The decisions of one act have to follow each other.")
        finished.add(act)


def _receive_act(
    connection: Connection,
    desk: Desk,
    account: AccountId,
    stream: str,
    items: Sequence[PushItem],
    now: datetime,
) -> list[ItemOutcome]:
    known = streams.recorded(connection, [item.decision.id for item in items])
    for item in items:
        if item.decision.id in known and known[item.decision.id].digest != item.digest:
            raise _malformed(f"Decision {item.seq} bears the id of another decision.")
    new = [item for item in items if item.decision.id not in known]
    fresh = iter(_decide(connection, desk, account, stream, new, now))
    return [
        _again(item, known[item.decision.id].outcome) if item.decision.id in known else next(fresh)
        for item in items
    ]


def _again(item: PushItem, first: ItemOutcome) -> ItemOutcome:
    """The answer to a decision that another stream brought before: what was applied is a duplicate."""
    outcome = Outcome.DUPLICATE if first.outcome in APPLIED else first.outcome
    return ItemOutcome(
        item.seq, item.decision.id, outcome, first.receipt, first.n, first.head, first.words, first.against
    )


def _decide(
    connection: Connection,
    desk: Desk,
    account: AccountId,
    stream: str,
    items: Sequence[PushItem],
    now: datetime,
) -> list[ItemOutcome]:
    """Judge what is left of an act, write the ledger, and give each item its outcome."""
    if not items:
        return []
    artist = items[0].decision.register.artist
    state = desk.ledgers.state(connection, artist)
    sight = sight_of(connection, desk, account, artist, stream, now)
    verdicts = judge_act(sight, [item.decision for item in items])
    if verdicts[0].outcome not in APPLIED | {Outcome.PROPOSED}:
        return [_outcome(item, verdict) for item, verdict in zip(items, verdicts, strict=True)]
    kind = EntryKind.PROPOSAL if verdicts[0].outcome is Outcome.PROPOSED else EntryKind.DECISION
    entries = [an_entry(kind, artist, now, account, decision=item.decision) for item in items]
    written = desk.ledgers.append(connection, entries, [verdict.mandate for verdict in verdicts])
    assert written[0].entry.n == state.pin.n + 1
    return [
        ItemOutcome(
            item.seq,
            item.decision.id,
            verdict.outcome,
            w.receipt,
            w.entry.n,
            w.entry.head,
            verdict.words,
            verdict.against,
        )
        for item, verdict, w in zip(items, verdicts, written, strict=True)
    ]


def _outcome(item: PushItem, verdict: Verdict) -> ItemOutcome:
    return ItemOutcome(
        item.seq, item.decision.id, verdict.outcome, words=verdict.words, against=verdict.against
    )


def sight_of(
    connection: Connection, desk: Desk, account: AccountId, artist: ArtistId, stream: str, now: datetime
) -> Sight:
    """What the rules may know of this artist; rows are looked up only when they are asked for."""
    state = desk.ledgers.state(connection, artist)
    facts = _Lookup(connection, artist)
    own = accounts.accounts_of(connection, artist)
    refusals = {r.decision.id for r in state.said if r.decision.stance is Stance.REFUSE}
    return Sight(
        account=account,
        is_artist=account in own,
        mandates=accounts.mandates_held(connection, account, artist),
        artist_accounts=own,
        said=state.said,
        co_signed=state.co_signed,
        now=now,
        from_stream=streams.brought_by(connection, account, stream, refusals),
        holds_pin=lambda pin: ledgers.holds_pin(connection, artist, pin),
        terms_of=facts.terms_of,
        answers_for=facts.answers_for,
        release=facts.release,
        home=facts.home,
    )


class _Lookup:
    """Rows that a judgement asks for, each read once."""

    def __init__(self, connection: Connection, artist: ArtistId) -> None:
        self._connection = connection
        self._artist = artist
        self._terms: dict[str, tuple[TermsVersion, ...]] | None = None
        self._stakes: frozenset[str] | None = None
        self._works: dict[str, Work | None] = {}
        self._releases: dict[str, Release | None] = {}

    def terms_of(self, programme: ProgrammeId) -> tuple[TermsVersion, ...]:
        if self._terms is None:
            self._terms = {}
            for version in rows.all_of(self._connection, Kind.TERMS):
                self._terms[version.programme] = (*self._terms.get(version.programme, ()), version)
        return self._terms.get(programme, ())

    def answers_for(self, subject: Subject) -> bool:
        """The artist's own voice and works, and whatever a recorded stake gives a say in."""
        if subject.kind is SubjectKind.PERSON:
            return subject.id == self._artist or subject.id in self._stakes_of_artist()
        work = self._work(subject.id)
        return work is not None and (self._artist in work.artists or work.id in self._stakes_of_artist())

    def release(self, id: str) -> Release | None:
        if id not in self._releases:
            self._releases[id] = rows.some_of(self._connection, Kind.RELEASE, [id]).get(id)
        return self._releases[id]

    def home(self, work: str) -> str:
        found = self._work(work)
        return work if found is None else found.id

    def _work(self, id: str) -> Work | None:
        if id not in self._works:
            self._works[id] = rows.some_of(self._connection, Kind.WORK, [id]).get(id) or self._merged(id)
        return self._works[id]

    def _merged(self, id: str) -> Work | None:
        present = rows.present_id(self._connection, id)
        return rows.some_of(self._connection, Kind.WORK, [present]).get(present) if present else None

    def _stakes_of_artist(self) -> frozenset[str]:
        if self._stakes is None:
            stakes: list[Stakeholder] = rows.all_of(self._connection, Kind.STAKEHOLDER)
            self._stakes = frozenset(s.subject for s in stakes if s.party == self._artist)
        return self._stakes
