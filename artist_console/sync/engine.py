"""One sync round: decisions out in order, outcomes and changes in, tables worked out anew.

Deciding is done by `plan`; each group of actions is carried out in one transaction, and none is open while
the network is asked. A round may stop at any line and start again.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from artist_console import __version__
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import LedgerEntry, Outcome, Pin
from artist_console.domain.problems import AuthorityProblem, Problem, StorageProblem
from artist_console.formats import encoding, kinds, wire
from artist_console.formats.accounts import is_older
from artist_console.formats.kinds import Kind
from artist_console.store import journal, mirror, profile, projection, restored, rows, statements, tries
from artist_console.store.journal import Entry
from artist_console.store.opening import Part, Store

from . import agreement, heads, plan, schedule
from .exchange import MAX_PAGES, Exchange
from .lines import Fetching, LinesNotGenuine, LinesUnreadable
from .problems import (
    ClientTooOld,
    CursorExpired,
    LedgerBroken,
    Nonsense,
    OtherVersion,
    RegistersDiffer,
    RequestRefused,
    ServiceBusy,
    StreamRefused,
)

T = TypeVar("T")

_PROBE = "pins"  # stream of a push that holds nothing, before there is any decision


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is. `total` None: not known."""

    stage: str  # "sending", "receiving", "statements", "working_out"
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a round did."""

    sent: int  # decisions that got an outcome
    accepted: int
    conflicts: int
    not_authorised: int
    proposed: int
    confirmed_again: int  # known to the service already: a reply had been lost, or the service was restored
    parked: int  # could not be read by the service
    received: int  # rows that are different now
    lines: int  # lines of statements fetched
    restored: bool  # the service was not what it was: everything was fetched and sent again
    changes: Changes


_CHANGES: Mapping[Kind, Changes] = {
    Kind.PARTY: Changes.ARTISTS | Changes.WORKS,
    Kind.WORK: Changes.WORKS,
    Kind.RELEASE: Changes.WORKS,
    Kind.STAKEHOLDER: Changes.WORKS | Changes.CONSENT,
    Kind.CONTROL: Changes.WORKS | Changes.CONSENT,
    Kind.PROGRAMME: Changes.PROGRAMMES | Changes.CONSENT,
    Kind.TERMS: Changes.PROGRAMMES | Changes.CONSENT,
    Kind.AGREEMENT: Changes.PROGRAMMES | Changes.CONSENT,
    Kind.OPT_IN: Changes.PROGRAMMES | Changes.CONSENT,
    Kind.ATTESTATION: Changes.PROGRAMMES | Changes.CONSENT,
    Kind.REQUEST: Changes.PROGRAMMES | Changes.WORKS,
    Kind.DATASET: Changes.INCLUSIONS,
    Kind.MODEL: Changes.INCLUSIONS,
    Kind.INCLUSION: Changes.INCLUSIONS | Changes.WORKS,
    Kind.RECORDED_ANSWER: Changes.CONSENT,
    Kind.OTHERS_ANSWER: Changes.CONSENT,
    Kind.MANDATE: Changes.ARTISTS,
    Kind.ENTRY: Changes.CONSENT | Changes.WORKS,
    Kind.RECEIPT: Changes.CONSENT,
    Kind.UNAUTHORISED: Changes.CONSENT,
    Kind.STATEMENT: Changes.STATEMENTS,
    Kind.PAY_TERMS: Changes.STATEMENTS,
    Kind.DIRECTION: Changes.STATEMENTS,
    Kind.PAID_SPLIT: Changes.STATEMENTS,
}


def run_round(
    store: Store,
    api: Exchange,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Exchange with the service until nothing waits on either side.

    Raises NetworkProblem, AuthorityProblem, StorageProblem or another Problem; what was done until then
    stands, what waits is kept, and `profile.last_round` tells when to try again.
    """
    try:
        report = _Round(store, api, clock, progress).run()
    except Problem as problem:
        # A disk that could not take what came may not take this either; the problem itself is what counts.
        with contextlib.suppress(StorageProblem):
            _note_failure(store, clock(), problem)
        raise
    profile.note_success(store, clock())
    tries.forget_delivered(store)
    return report


def _note_failure(store: Store, now: datetime, problem: Problem) -> None:
    asked = problem.retry_after_s if isinstance(problem, ServiceBusy) else None
    failures = profile.last_round(store).failures + 1
    # Signing in and a newer version are the person's to do: trying again by itself would not help.
    by_itself = not isinstance(problem, AuthorityProblem | ClientTooOld)
    # Spreads the attempts of many devices; nothing secret depends on it.
    chance = random.random()
    next_try = schedule.next_attempt(now, failures, chance, asked) if by_itself else None
    profile.note_failure(store, problem.sentence, type(problem).__name__, next_try)
    tries.note_failed_round(store, now, problem.sentence)


def _entries_in(received: Iterable[rows.Received]) -> list[LedgerEntry]:
    """The ledger entries among rows. Raises encoding.MalformedMessage."""
    return [
        wire.decode_row(Kind.ENTRY, body)
        for kind, _, body in received
        if kind is Kind.ENTRY and body is not None
    ]


class _Round:
    """The state of one round."""

    def __init__(
        self,
        store: Store,
        api: Exchange,
        clock: Callable[[], datetime],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.store, self.api, self.clock = store, api, clock
        self.progress = progress or (lambda _: None)
        self.outcomes: Counter[Outcome] = Counter()
        self.parked = self.received = self.lines = 0
        self.restored = False
        self.told_last: Problem | None = None
        self.changes = Changes.SYNC

    def run(self) -> SyncReport:
        self.greet()
        self.compare_pins()
        self.push_all()
        self.pull()
        if not self.restored and journal.is_contradicted(self.store):
            self.start_again("The service holds what it had not taken", profile.epoch(self.store))
        # A restored service was found on the way: the journal goes out again, and what comes of it comes in.
        if journal.count_pending(self.store):
            self.push_all()
            self.pull()
        self.compare_registers()
        self.fetch_lines()
        self.progress(Progress("working_out", 0, None))
        if projection.refresh(self.store, self.clock().date()):
            self.changes |= Changes.WORKS
        heads.check(self.store, self.api, self.clock())  # last: what it finds holds nothing else up
        if self.told_last is not None:
            raise self.told_last
        return self.report()

    def report(self) -> SyncReport:
        applied = self.outcomes[Outcome.ACCEPTED] + self.outcomes[Outcome.ACCEPTED_OVER]
        return SyncReport(
            sent=self.outcomes.total(),
            accepted=applied,
            conflicts=self.outcomes[Outcome.CONFLICT],
            not_authorised=self.outcomes[Outcome.NOT_AUTHORISED],
            proposed=self.outcomes[Outcome.PROPOSED],
            confirmed_again=self.outcomes[Outcome.DUPLICATE],
            parked=self.parked,
            received=self.received,
            lines=self.lines,
            restored=self.restored,
            changes=self.changes,
        )

    # -- who is there

    def greet(self) -> None:
        """Make sure that the queue goes to the account that it belongs to, and to nobody else."""
        account = self.api.account()
        self.note_clock()
        if account.minimum_client and is_older(__version__, account.minimum_client):
            raise ClientTooOld(host=self.api.host, needed=account.minimum_client[:20], found=__version__)
        if account.api_version != kinds.API_VERSION:
            raise OtherVersion(host=self.api.host, found=account.api_version[:20], known=kinds.API_VERSION)
        if profile.bind(self.store, account):
            self.changes |= Changes.ARTISTS | Changes.CONSENT

    def note_clock(self) -> None:
        """How far the clock of this computer is off. It orders nothing; a person is told when it is far."""
        heard = self.api.heard_at
        if heard is None:
            return
        offset = round((heard - self.clock()).total_seconds())
        if offset != profile.clock_offset_s(self.store):
            with self.store.transaction(Part.MIRROR):
                profile.put(self.store, "clock_offset_s", str(offset))

    def compare_pins(self) -> None:
        """Show the service every ledger position seen, before anything is sent: it may have been rewound."""
        pins = journal.pins(self.store)
        stream = journal.current_stream_id(self.store) or _PROBE
        self.carry_out_reply((), stream, pins, wire.PushBatch(stream_id=stream, items=[], pins=pins))

    def start_again(self, reason: str, epoch: str | None, *, was_restored: bool = True) -> None:
        """Trust nothing that was heard: snapshot, new stream, the whole journal once more."""
        if self.restored:
            raise Nonsense(host=self.api.host, what="it is not the same from one moment to the next")
        self.restored = True
        self.changes |= Changes.ALL
        with self.store.transaction(Part.BOTH):
            journal.open_stream(self.store, reason)
            if was_restored:
                restored.note(self.store, self.clock())
            profile.put(self.store, "epoch", epoch)
            profile.put(self.store, "cursor", None)
            profile.put(self.store, "snapshot_next", None)
            rows.drop_staged(self.store)

    # -- out

    def push_all(self) -> None:
        """Deliver everything that waits, in order."""
        total = journal.count_pending(self.store)
        for _ in range(MAX_PAGES):
            batches = plan.plan_push(journal.pending(self.store))
            if not batches:
                return
            before = self.outcomes.total() + self.parked
            self.progress(Progress("sending", before, max(total, before)))
            for batch in batches:
                if not self.push(batch):
                    break  # the stream is another one now

    def push(self, batch: Sequence[Entry]) -> bool:
        """Deliver one batch; gives whether the stream goes on as planned."""
        pins = journal.pins(self.store)
        message = plan.batch_of(batch, pins)
        try:
            return self.carry_out_reply(batch, message.stream_id, pins, message)
        except StreamRefused as refused:
            # A fork is a copy of this profile that sent first: the service is what it was.
            epoch = profile.epoch(self.store)
            self.start_again("The service knows another stream", epoch, was_restored=not refused.forked)
            return False
        except RequestRefused as refused:
            if not refused.malformed:
                raise
            return self.divide(batch, refused)

    def divide(self, batch: Sequence[Entry], refused: RequestRefused) -> bool:
        """Find the act that could not be read, park it visibly, and go on without it."""
        two = plan.halves(batch)
        if two is not None:
            return self.push(two[0]) and self.push(two[1])
        with self.store.transaction(Part.JOURNAL):
            places = [entry.place for entry in batch]
            journal.park(self.store, places, refused.sentence, self.clock())
            journal.continue_in_new_stream(self.store, "A decision could not be read by the service")
        self.parked += len(batch)
        self.changes |= Changes.JOURNAL | Changes.CONSENT
        return False

    def carry_out_reply(
        self, sent: Sequence[Entry], stream: str, pins: Mapping[str, Pin], message: wire.PushBatch
    ) -> bool:
        """Send, plan what follows, and apply it in one transaction; gives whether the stream goes on."""
        reply = self.api.push(message)
        epoch = profile.epoch(self.store)
        actions = plan.plan_reply(sent, stream, pins, epoch, reply)
        for action in actions:
            match action:
                case plan.Senseless(what):
                    raise Nonsense(host=self.api.host, what=what)
                case plan.StartAgain(reason, new_epoch):
                    self.start_again(reason, new_epoch)
                    return False
                case _:
                    pass
        now = self.clock()
        with self.store.transaction(Part.JOURNAL):
            if epoch is None:
                profile.put(self.store, "epoch", reply.epoch)
            for action in actions:
                self.apply(action, now)
        if sent:
            self.changes |= Changes.JOURNAL | Changes.CONSENT | Changes.WORKS
        return True

    def apply(self, action: plan.ReplyAction, now: datetime) -> None:
        match action:
            case plan.RecordOutcome():
                journal.record_outcome(
                    self.store,
                    action.entry,
                    action.outcome,
                    n=action.n,
                    head=action.head,
                    receipt=action.receipt,
                    words=action.words,
                    against=action.against,
                    at=now,
                )
                self.outcomes[action.outcome] += 1
            case plan.MovePins(seen):
                journal.note_pins(self.store, seen)
            case _:
                raise AssertionError(action)

    # -- in

    def pull(self) -> None:
        """Bring the mirror up to the service: by the feed, or by a snapshot where the feed cannot go on."""
        for _ in range(MAX_PAGES):
            cursor = profile.cursor(self.store)
            if cursor is None:
                self.take_snapshot()
                continue
            try:
                page = self.api.feed(cursor)
            except CursorExpired:
                self.need_snapshot()
                continue
            if not self.take_page(plan.plan_feed(profile.epoch(self.store), cursor, page)):
                continue
            if not page.more:
                return
        raise Nonsense(host=self.api.host, what="it never comes to an end")

    def need_snapshot(self) -> None:
        with self.store.transaction(Part.MIRROR):
            profile.put(self.store, "cursor", None)
            profile.put(self.store, "snapshot_next", None)
            rows.drop_staged(self.store)

    def take_page(self, action: plan.FeedAction) -> bool:
        """Take over a page of the feed; False when everything has to start again."""
        match action:
            case plan.Senseless(what):
                raise Nonsense(host=self.api.host, what=what)
            case plan.StartAgain(reason, epoch):
                self.start_again(reason, epoch)
                return False
            case plan.TakeOver(received, cursor, epoch):
                fresh = [
                    (kind, id, body)
                    for kind, id, body in received
                    if body is None or not mirror.holds(self.store, kind, id, body)
                ]
                fault = self.ledger_fault(fresh, mirror.tips(self.store), whole=False)
                if fault is not None:
                    self.distrust(fault, epoch)
                    return False
                self.put(fresh, cursor, epoch)
                self.progress(Progress("receiving", self.received, None))
                return True

    def put(self, received: Sequence[rows.Received], cursor: str, epoch: str) -> None:
        with self.store.transaction(Part.MIRROR):
            self.received += self.readable(lambda: rows.apply(self.store, received))
            profile.put(self.store, "cursor", cursor)
            profile.put(self.store, "mirror_epoch", epoch)
        self.note_ledgers(received)
        for kind, _, _ in received:
            self.changes |= _CHANGES[kind]

    def ledger_fault(
        self, received: Iterable[rows.Received], tips: Mapping[str, Pin], *, whole: bool
    ) -> plan.LedgerFault | None:
        entries = self.readable(lambda: _entries_in(received))
        return plan.check_ledgers(entries, tips, journal.pins(self.store), whole=whole)

    def distrust(self, fault: plan.LedgerFault, epoch: str) -> None:
        """A ledger that does not follow: once, everything starts again; twice, the service is at fault."""
        if self.restored:
            raise LedgerBroken(host=self.api.host, n=fault.n)
        self.start_again("A ledger does not follow from what was seen of it", epoch)

    def note_ledgers(self, received: Iterable[rows.Received]) -> None:
        seen: dict[str, Pin] = {
            entry.artist: Pin(entry.n, entry.head)
            for entry in sorted(_entries_in(received), key=lambda entry: entry.n)
        }
        if seen:
            with self.store.transaction(Part.JOURNAL):
                journal.note_pins(self.store, seen)

    def take_snapshot(self) -> None:
        """Fetch everything in reach, page by page; resumable; it becomes the mirror in one transaction."""
        for _ in range(MAX_PAGES):
            next = profile.snapshot_next(self.store)
            try:
                page = self.api.snapshot(next)
            except CursorExpired:
                if next is None:
                    raise
                self.need_snapshot()
                continue
            match plan.plan_snapshot(profile.epoch(self.store), next, page):
                case plan.Senseless(what):
                    raise Nonsense(host=self.api.host, what=what)
                case plan.StartAgain(reason, epoch):
                    self.start_again(reason, epoch)
                case plan.TakeOver(received, cursor, epoch):
                    with self.store.transaction(Part.MIRROR):
                        rows.stage(self.store, received)
                        profile.put(self.store, "snapshot_next", page.next)
                    self.progress(Progress("receiving", rows.count_staged(self.store), None))
                    if page.next is None:
                        self.swap(cursor, epoch)
                        return
        raise Nonsense(host=self.api.host, what="it never comes to an end")

    def swap(self, cursor: str, epoch: str) -> None:
        staged = rows.staged(self.store, Kind.ENTRY)
        entries: list[rows.Received] = [(Kind.ENTRY, id, body) for id, body in staged]
        fault = self.ledger_fault(entries, {}, whole=True)
        if fault is not None:
            self.distrust(fault, epoch)
            return
        with self.store.transaction(Part.BOTH):
            changed = self.readable(lambda: rows.swap_staged(self.store))
            profile.put(self.store, "cursor", cursor)
            profile.put(self.store, "mirror_epoch", epoch)
            profile.put(self.store, "snapshot_next", None)
            profile.put(self.store, "epoch", epoch)
        self.received += changed
        self.note_ledgers(entries)
        self.changes |= Changes.ALL

    def readable(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except encoding.MalformedMessage as error:
            raise Nonsense(host=self.api.host, what="it holds a row that cannot be read") from error

    # -- once a day

    def compare_registers(self) -> None:
        """Registers that come to something else here than there: everything is fetched anew, once."""
        now = self.clock()
        if not agreement.is_due(self.store, now):
            return
        apart = agreement.disagreements(self.store, self.api)
        if apart:
            agreement.tell_apart(apart)
            self.need_snapshot()
            self.pull()
            self.changes |= Changes.ALL
            if agreement.disagreements(self.store, self.api):
                raise RegistersDiffer(host=self.api.host)
        agreement.note_agreed(self.store, now)

    # -- lines of statements

    def fetch_lines(self) -> None:
        """Fetch the lines of statements that lack them; resumable.

        Lines that are not what their statement names hold nothing else up: they are told at the end.
        """
        fetching = Fetching(self.store, self.api, self.clock())
        fetching.sweep()
        lacking = statements.lacking(self.store)
        for done, lack in enumerate(lacking):
            self.progress(Progress("statements", done, len(lacking)))
            try:
                self.lines += fetching.fetch(lack)
            except (LinesNotGenuine, LinesUnreadable) as problem:
                self.told_last = self.told_last or problem
        if fetching.look_at_seals_again() or lacking:
            self.changes |= Changes.STATEMENTS | Changes.WORKS
