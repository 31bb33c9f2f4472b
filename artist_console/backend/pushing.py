"""A batch of decisions in, their outcomes out: one transaction, PROTOCOL rules 3 to 8.

Either the whole batch is recorded, each item with its outcome, or (a gap, a fault of form, a rewound pin)
none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

from sqlalchemy.engine import Connection

from artist_console.domain.decisions import Decision, EntryKind, Outcome, Pin
from artist_console.domain.ids import AccountId, ArtistId, DecisionId, ProgrammeId
from artist_console.domain.parties import Stakeholder
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.unauthorised import Unauthorised
from artist_console.domain.works import Release, Work
from artist_console.formats.canonical import NotCanonical
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import (
    MAX_ACT_BYTES,
    MAX_ACT_ITEMS,
    MAX_BATCH_BYTES,
    MAX_BATCH_ITEMS,
    ItemOutcome,
    ProblemType,
    PushBatch,
    PushItem,
    PushReply,
    digest_of,
)

from .judging import APPLIED, Sight, Verdict, fault_of_act, judge_act
from .refusals import Refused
from .storage import accounts, ledgers, rows, streams
from .storage.ledgers import Ledgers, LedgerState, Written, an_entry
from .storage.streams import RecordedItem


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
    # Of a ledger out of reach, too: who decided under a mandate has to hear that an older copy knows of
    # neither. It tells nothing to anybody who does not hold the very head already.
    rewound = not all(ledgers.holds_pin(connection, artist, pin) for artist, pin in batch.pins.items())
    expected = streams.next_seq(connection, account, batch.stream_id)
    if rewound:
        return PushReply(desk.epoch, batch.stream_id, expected, [], _heads(connection, pins), rewound=True)
    known = _known_items(connection, account, batch, expected)
    fresh = [item for item in batch.items if item.seq >= expected]
    _check_form(batch.items, fresh)
    acts = {item.decision.act for item in fresh}
    if streams.known_acts(connection, account, batch.stream_id, acts):
        raise _malformed("The decisions of one act have to travel together.")
    reception = Reception(connection, desk, account, batch.stream_id, now)
    outcomes = [known[item.seq] for item in batch.items if item.seq < expected]
    outcomes += reception.take(fresh)
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


class Reception:
    """Takes the acts of a batch in, one after the other, each in sight of those before; then writes them."""

    def __init__(
        self, connection: Connection, desk: Desk, account: AccountId, stream: str, now: datetime
    ) -> None:
        self._connection = connection
        self._desk = desk
        self._account = account
        self._stream = stream
        self._now = now
        self._states: dict[str, LedgerState] = {}
        self._lookups: dict[str, _Lookup] = {}
        self._brought: dict[DecisionId, bool] = {}
        self._written: list[Written] = []
        self._untaken: list[tuple[ArtistId, Decision, str]] = []  # that the artist is to be told of

    def take(self, items: Sequence[PushItem]) -> list[ItemOutcome]:
        """Judge and record items that are new to the stream; each gets its outcome, in order."""
        before = streams.recorded(self._connection, [item.decision.id for item in items])
        known = dict(before)
        outcomes: list[ItemOutcome] = []
        for _, group in groupby(items, key=lambda item: item.decision.act):
            act = list(group)
            done = self._act(act, known)
            for item, outcome in zip(act, done, strict=True):
                known.setdefault(item.decision.id, RecordedItem(item.digest, outcome))
                self._brought[item.decision.id] = True
            outcomes += done
        self._desk.ledgers.write(self._connection, self._written, self._states)
        self._tell_artists()
        streams.record(
            self._connection,
            self._account,
            self._stream,
            [(i.digest, i.decision, outcome) for i, outcome in zip(items, outcomes, strict=True)],
            before,
        )
        return outcomes

    def _tell_artists(self) -> None:
        name = accounts.account_name(self._connection, self._account) or ""
        told = [
            Unauthorised(decision.id, artist, decision, name, self._now, words)
            for artist, decision, words in self._untaken
        ]
        rows.put(self._connection, [(Kind.UNAUTHORISED, each) for each in told])

    def sight(self, artist: ArtistId) -> Sight:
        """What the rules may know of this artist; rows are looked up only when they are asked for."""
        state = self._state(artist)
        facts = self._lookups.get(artist) or _Lookup(self._connection, self._account, artist)
        self._lookups[artist] = facts
        return Sight(
            account=self._account,
            is_artist=self._account in facts.accounts,
            mandates=facts.mandates,
            artist_accounts=facts.accounts,
            said=state.said,
            co_signed=state.co_signed,
            now=self._now,
            from_stream=self._from_stream,
            holds_pin=partial(self._holds_pin, artist),
            terms_of=facts.terms_of,
            answers_for=facts.answers_for,
            release=facts.release,
            home=facts.home,
        )

    def _act(self, items: Sequence[PushItem], known: Mapping[str, RecordedItem]) -> list[ItemOutcome]:
        for item in items:
            if item.decision.id in known and known[item.decision.id].digest != item.digest:
                raise _malformed(f"Decision {item.seq} bears the id of another decision.")
        new = [item for item in items if item.decision.id not in known]
        fresh = iter(self._decide(new))
        return [
            _again(item, known[item.decision.id].outcome) if item.decision.id in known else next(fresh)
            for item in items
        ]

    def _decide(self, items: Sequence[PushItem]) -> list[ItemOutcome]:
        """Judge what is left of an act and chain what is to be written."""
        if not items:
            return []
        artist = items[0].decision.register.artist
        verdicts = judge_act(self.sight(artist), [item.decision for item in items])
        if any(verdict.tells_artist for verdict in verdicts):
            self._untaken += [
                (artist, item.decision, v.words) for item, v in zip(items, verdicts, strict=True)
            ]
        if verdicts[0].outcome not in APPLIED | {Outcome.PROPOSED}:
            return [_outcome(item, verdict) for item, verdict in zip(items, verdicts, strict=True)]
        kind = EntryKind.PROPOSAL if verdicts[0].outcome is Outcome.PROPOSED else EntryKind.DECISION
        entries = [an_entry(kind, artist, self._now, self._account, decision=i.decision) for i in items]
        mandates = [verdict.mandate for verdict in verdicts]
        self._states[artist], written = self._desk.ledgers.chain(self._state(artist), entries, mandates)
        self._written += written
        return [_outcome(item, verdict, w) for item, verdict, w in zip(items, verdicts, written, strict=True)]

    def _state(self, artist: ArtistId) -> LedgerState:
        if artist not in self._states:
            self._states[artist] = self._desk.ledgers.state(self._connection, artist)
        return self._states[artist]

    def _from_stream(self, decision: DecisionId) -> bool:
        if decision not in self._brought:
            self._brought[decision] = streams.brought(self._connection, self._account, self._stream, decision)
        return self._brought[decision]

    def _holds_pin(self, artist: ArtistId, pin: Pin) -> bool:
        """Whether the ledger holds what was seen, with what this batch has added so far."""
        fresh = next((w.entry for w in self._written if (w.entry.artist, w.entry.n) == (artist, pin.n)), None)
        if fresh is not None:
            return fresh.head == pin.head
        lookup = self._lookups[artist]
        if pin not in lookup.pins:
            lookup.pins[pin] = ledgers.holds_pin(self._connection, artist, pin)
        return lookup.pins[pin]


def _again(item: PushItem, first: ItemOutcome) -> ItemOutcome:
    """The answer to a decision that another stream brought before: what was applied is a duplicate."""
    outcome = Outcome.DUPLICATE if first.outcome in APPLIED else first.outcome
    return ItemOutcome(
        item.seq, item.decision.id, outcome, first.receipt, first.n, first.head, first.words, first.against
    )


def _outcome(item: PushItem, verdict: Verdict, written: Written | None = None) -> ItemOutcome:
    return ItemOutcome(
        item.seq,
        item.decision.id,
        verdict.outcome,
        written.receipt if written else None,
        written.entry.n if written else None,
        written.entry.head if written else None,
        verdict.words,
        verdict.against,
    )


class _Lookup:
    """Rows that judgements of one artist ask for, each read once."""

    def __init__(self, connection: Connection, account: AccountId, artist: ArtistId) -> None:
        self.accounts = accounts.accounts_of(connection, artist)
        self.mandates = accounts.mandates_held(connection, account, artist)
        self.pins: dict[Pin, bool] = {}
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
