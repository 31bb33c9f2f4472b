"""Deliberate faults of the protocol: each is a rule that somebody might get wrong, put into the real code.

A suite that lets one of them live proves nothing about the rule it breaks. `patched` puts a mutant into
place; `directed` has the shortest story that shows it, and `test_mutants` plays both that and random ones.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from artist_console.backend import deciding, feeding, judging, pushing
from artist_console.backend.storage import accounts, settings, streams
from artist_console.backend.storage.database import NotDurable
from artist_console.commands import consent
from artist_console.domain import decisions as domain_decisions
from artist_console.domain import facts
from artist_console.domain.decisions import Outcome
from artist_console.domain.problems import NetworkProblem, StorageProblem
from artist_console.domain.registers import Stance
from artist_console.formats import wire
from artist_console.store import journal, mirror, profile, rows
from artist_console.store.opening import Part
from artist_console.sync import engine, plan
from artist_console.sync.api import Api


class Patches:
    """Changes of modules and classes that are all taken back."""

    def __init__(self, closing: ExitStack) -> None:
        self._closing = closing

    def put(self, where: Any, name: str, new: Any) -> Any:
        """Set one name and give what stood there."""
        old = where.__dict__[name]
        self._closing.callback(setattr, where, name, old)
        setattr(where, name, new)
        return old


Change = Callable[[Patches], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken rule."""

    name: str
    change: Change
    within: int  # random schedules among which one at least shows it; 0: too rare for these
    among: tuple[str, ...]  # the only steps of these; none named: all


MUTANTS: dict[str, Mutant] = {}


def _mutant(*among: str, within: int = 60) -> Callable[[Change], Change]:
    def note(change: Change) -> Change:
        name = change.__name__
        MUTANTS[name] = Mutant(name, change, within, among)
        return change

    return note


@contextmanager
def patched(mutant: Mutant) -> Iterator[None]:
    """The product with one rule broken."""
    with ExitStack() as closing:
        mutant.change(Patches(closing))
        yield


# -- the service: what it knows, and what stands against what


@_mutant("decides_yes", "decides_no", "is_backed_up", "is_restored")
def no_dedup_by_decision_id(put: Patches) -> None:
    """A decision that comes in another stream is taken for a new one."""
    real: Any = put.put(pushing.Reception, "_act", lambda self, items, known: real(self, items, {}))


@_mutant("decides_yes", "decides_no")
def last_write_wins(put: Patches) -> None:
    """What arrives last counts, whatever its author had seen."""
    put.put(judging, "_conflict", lambda sight, decision, shown: None)


@_mutant("decides_yes", "decides_no", "has_another_clock")
def conflicts_by_clock(put: Patches) -> None:
    """A no that was made earlier by its device's clock stands against nothing."""

    def conflict(sight: Any, decision: Any, shown: Any) -> Any:
        earlier = [r for r in sight.said.refusals if r.decision.made_at > decision.made_at]
        said = judging.Said()
        said.refusals = earlier
        found = real(replace(sight, said=said), decision, {})
        return found if found is not None and found.against is not None else None

    real: Any = put.put(judging, "_conflict", conflict)


@_mutant("decides_yes", "decides_no")
def seen_is_ignored(put: Patches) -> None:
    """Only the answer of the very register can have changed; wider and narrower ones do not count."""

    def conflict(sight: Any, decision: Any, shown: Any) -> Any:
        blind = judging.Said()
        return real(replace(sight, said=blind), decision, shown)

    real: Any = put.put(judging, "_conflict", conflict)


@_mutant("decides_yes", "decides_no")
def base_is_ignored(put: Patches) -> None:
    """A yes replaces whatever its register shows by now."""
    put.put(judging, "_is_stale", lambda decision, shown: False)


@_mutant(within=0)
def seen_by_number_alone(put: Patches) -> None:
    """A place of the ledger is believed without its head."""
    real: Any = put.put(
        judging,
        "_conflict",
        lambda sight, decision, shown: real(replace(sight, holds_pin=lambda pin: True), decision, shown),
    )


@_mutant("decides_yes", "decides_no")
def a_stale_no_is_a_conflict(put: Patches) -> None:
    """A refusal that meets a changed answer is blocked as a yes would be."""

    def judge(sight: Any, decision: Any, shown: Any, of: int) -> Any:
        found = real(sight, decision, shown, of)
        if found.outcome is Outcome.ACCEPTED_OVER:
            return judging.Verdict(Outcome.CONFLICT, "It had changed.")
        return found

    real: Any = put.put(judging, "_judge", judge)


@_mutant("reviews", "decides_no")
def an_act_is_split(put: Patches) -> None:
    """Each decision of an act comes to its own end."""

    def judge(sight: Any, decisions: Any) -> Any:
        return tuple(verdict for decision in decisions for verdict in real(sight, [decision]))

    real: Any = put.put(judging, "judge_act", judge)
    put.put(pushing, "judge_act", judge)


@_mutant("decides_yes", "decides_no", "takes_back")
def taking_back_is_judged_as_a_no(put: Patches) -> None:
    """A clear applies whatever its author had seen."""
    put.put(judging, "is_allow_like", lambda stance: stance is Stance.ALLOW)


@_mutant("decides_yes", "decides_no")
def keeps_are_forgotten(put: Patches) -> None:
    """A wider refusal fells the allows that its author chose to keep."""

    def decision(*args: Any) -> Any:
        return replace(real(*args), keeps=())

    real: Any = put.put(consent, "_decision", decision)


@_mutant("decides_yes", "decides_no")
def a_no_fells_what_it_keeps(put: Patches) -> None:
    """The fold does not read what a refusal keeps."""

    def fold(cell: Any, said: Any, instant: Any) -> Any:
        bare = [replace(each, decision=replace(each.decision, keeps=())) for each in said]
        return real(cell, bare, instant)

    real: Any = put.put(domain_decisions, "fold_cell", fold)


# -- authority


@_mutant("decides_yes", "decides_no", "takes_a_mandate_back", "gives_a_mandate", "time_passes")
def authority_of_the_time_of_the_decision(put: Patches) -> None:
    """A mandate that held when a decision was made is good for ever."""
    real: Any = put.put(
        judging,
        "_authority",
        lambda sight, decision: real(replace(sight, now=decision.made_at), decision),
    )


@_mutant("decides_yes", "decides_no")
def a_holder_overrules_the_artists_no(put: Patches) -> None:
    """A mandate holder's yes counts on a cell that the artist's own no decides."""
    put.put(judging, "_touches_own_refusal", lambda sight, decision: False)


@_mutant("decides_yes", "decides_no")
def a_proposal_counts_at_once(put: Patches) -> None:
    """A mandate to propose is taken for one to decide."""
    put.put(judging, "_needs_artist", lambda sight, decision, mandate: None)


@_mutant(within=0)
def a_signature_is_not_judged(put: Patches) -> None:
    """A proposal is signed whatever came between."""
    put.put(deciding, "_check_nothing_came_between", lambda *args: None)


@_mutant("decides_yes", "decides_no", "syncs_as_somebody_else")
def another_account_sends_the_queue(put: Patches) -> None:
    """Whoever signs in sends what waits."""

    def bind(store: Any, found: Any) -> bool:
        try:
            return bool(real(store, found))
        except StorageProblem:
            return False

    real: Any = put.put(profile, "bind", bind)


# -- outcomes, receipts, streams


@_mutant("decides_yes", "decides_no")
def outcomes_in_a_transaction_of_their_own(put: Patches) -> None:
    """The ledger is committed first; what became of the stream comes after, when it comes."""
    calls = iter(range(10**9))

    def record(connection: Any, account: Any, stream: Any, done: Any, known: Any) -> None:
        if done and next(calls) % 3 == 2:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            raise NotDurable(name="backend.db", reason="the power went")
        real(connection, account, stream, done, known)

    real: Any = put.put(streams, "record", record)


@_mutant("decides_yes", "decides_no", "is_backed_up", "is_restored")
def known_decisions_get_another_receipt(put: Patches) -> None:
    """A decision that comes again is answered with the receipt of something else."""

    def again(item: Any, first: Any) -> Any:
        answer = real(item, first)
        return _without_its_receipt(answer)

    real: Any = put.put(pushing, "_again", again)


def _without_its_receipt(answer: Any) -> Any:
    head, payload, signature = answer.receipt.split(".") if answer.receipt else ("", "", "")
    return msgspec.structs.replace(answer, receipt=f"{head}.{payload}.{signature[::-1]}" if head else None)


@_mutant("decides_yes", "decides_no", "is_cloned", "is_copied", "is_put_back")
def a_fork_is_not_noticed(put: Patches) -> None:
    """Another decision at a place of the stream gets the answer of the first."""

    def known(connection: Any, account: Any, batch: Any, expected: int) -> Any:
        found = streams.items(connection, account, batch.stream_id, 1, 10**6)
        digests = {item.seq: item.digest for item in batch.items}
        return {
            seq: msgspec.structs.replace(
                item.outcome,
                decision_id=next(i.decision.id for i in batch.items if i.seq == seq),
            )
            for seq, item in found.items()
            if seq in digests
        }

    put.put(pushing, "_known_items", known)


@_mutant("decides_yes", "decides_no", "is_backed_up", "is_restored")
def nobody_keeps_pins(put: Patches) -> None:
    """What was seen of a ledger is compared with nothing."""
    put.put(journal, "pins", lambda store: {})


@_mutant(within=0)
def pins_of_the_own_reach_alone(put: Patches) -> None:
    """A ledger that is out of reach by now is not compared with what was seen of it."""

    def receive(connection: Any, desk: Any, account: Any, batch: Any, size: int, now: Any) -> Any:
        scope = accounts.scope_of(connection, account, now)
        pins = {artist: pin for artist, pin in batch.pins.items() if scope.sees_works_of(artist)}
        return real(connection, desk, account, msgspec.structs.replace(batch, pins=pins), size, now)

    real: Any = put.put(deciding, "receive", receive)


@_mutant("decides_yes", "decides_no", "is_backed_up", "is_restored")
def only_what_waits_is_sent_again(put: Patches) -> None:
    """After a restore the new stream holds what has no outcome yet, not the whole journal."""
    put.put(journal, "open_stream", journal.continue_in_new_stream)


@_mutant("is_backed_up", "is_restored", "terms_change")
def the_epoch_is_ignored(put: Patches) -> None:
    """A restored service is taken for the one it was, and so are the places in its feed."""

    def without(plan_it: Any, at: int) -> Any:
        def planned(*args: Any) -> Any:
            given = list(args)
            given[at] = None
            return plan_it(*given)

        return planned

    keep = settings.keep
    put.put(settings, "begin_epoch", lambda connection: keep(connection, "epoch", str(uuid.uuid4())))
    put.put(feeding, "_holds_anchor", lambda connection, place: True)
    put.put(feeding, "_mac", lambda identity, body: hashlib.sha256(identity.cursor_key + body).digest()[:16])
    for name, at in (("plan_reply", 3), ("plan_feed", 0), ("plan_snapshot", 0)):
        put.put(plan, name, without(getattr(plan, name), at))


# -- the client's queue


@_mutant("decides_yes", "decides_no")
def dropped_on_an_error_status(put: Patches) -> None:
    """What the service fails on is taken off the queue."""

    def push(self: Any, batch: Any) -> bool:
        try:
            return bool(real(self, batch))
        except NetworkProblem:
            with self.store.transaction(Part.JOURNAL):
                for entry in batch:
                    journal.record_outcome(
                        self.store,
                        entry,
                        Outcome.ACCEPTED,
                        n=None,
                        head=None,
                        receipt=None,
                        words="",
                        at=self.clock(),
                    )
            return True

    real: Any = put.put(engine._Round, "push", push)


@_mutant("decides_on_a_bad_disk")
def acknowledged_before_it_is_durable(put: Patches) -> None:
    """ "Recorded" is said before the commit is through."""

    def append(store: Any, decisions: Any, **more: Any) -> None:
        try:
            real(store, decisions, **more)
        except StorageProblem:
            return

    real: Any = put.put(journal, "append", append)


@_mutant("decides_yes", "decides_no")
def a_failed_batch_gets_new_ids(put: Patches) -> None:
    """Each attempt is a new decision: nothing tells the service that it has had it already."""
    attempts = iter(range(10**9))

    def item_of(entry: Any) -> Any:
        fresh = replace(entry.decision, id=f"{next(attempts) + 10**6:032x}")
        return wire.PushItem(seq=entry.seq, digest=wire.digest_of(fresh), decision=fresh)

    def planned(sent: Any, stream: Any, pins: Any, epoch: Any, reply: Any, *more: Any) -> Any:
        ids = {entry.seq: entry.decision.id for entry in sent}
        outcomes = [
            msgspec.structs.replace(o, decision_id=ids.get(o.seq, o.decision_id)) for o in reply.outcomes
        ]
        return real(sent, stream, pins, epoch, msgspec.structs.replace(reply, outcomes=outcomes), *more)

    put.put(plan, "item_of", item_of)
    real: Any = put.put(plan, "plan_reply", planned)


@_mutant("records_poison", "decides_no")
def a_bad_item_blocks_the_queue(put: Patches) -> None:
    """What the service cannot read is sent again and again, and nothing behind it goes."""

    def divide(self: Any, batch: Any, refused: Any) -> bool:
        raise refused

    put.put(engine._Round, "divide", divide)


@_mutant("records_poison", "decides_no")
def the_successor_stream_drops_items(put: Patches) -> None:
    """What stood behind a bad item is not taken along."""

    def go_on(store: Any, reason: str) -> None:
        journal._insert_stream(store, reason)

    put.put(journal, "continue_in_new_stream", go_on)


@_mutant(within=0)
def seen_is_what_a_reply_told_of(put: Patches) -> None:
    """A yes claims to have seen the ledger up to a head of which nothing has come yet."""
    put.put(mirror, "tip", lambda store, artist: journal.pins(store).get(artist, domain_decisions.Pin()))


# -- the client's mirror


@_mutant("decides_yes", "decides_no", "has_another_clock")
def sorted_by_clock(put: Patches) -> None:
    """What counts last is what was made last by the clocks of the devices."""

    def by_clock(entries: Any) -> Any:
        return tuple(sorted(real(entries), key=lambda r: r.decision.made_at))

    real: Any = put.put(facts, "recordings", by_clock)


@_mutant("syncs_on_a_bad_disk", "decides_no", "terms_change")
def the_cursor_moves_first(put: Patches) -> None:
    """The place in the feed is noted before what came is kept."""

    def put_rows(self: Any, received: Any, cursor: str, epoch: str) -> None:
        with self.store.transaction(Part.MIRROR):
            profile.put(self.store, "cursor", cursor)
        real(self, received, cursor, epoch)

    real: Any = put.put(engine._Round, "put", put_rows)


@_mutant("decides_no", "loses_its_mirror")
def a_snapshot_is_swapped_early(put: Patches) -> None:
    """The first page is taken for all of it."""

    def snapshot(self: Any, next: Any) -> Any:
        return msgspec.structs.replace(real(self, next), next=None)

    real: Any = put.put(Api, "snapshot", snapshot)


@_mutant("takes_a_mandate_back", "gives_a_mandate")
def tombstones_are_ignored(put: Patches) -> None:
    """What left the reach, or is gone, stays here."""
    put.put(rows, "_remove", lambda store, kind, id: False)


@_mutant("takes_a_mandate_back", "gives_a_mandate")
def a_change_of_reach_is_not_told(put: Patches) -> None:
    """The feed goes on as if the reader had held its mandates all along."""

    def feed(connection: Any, identity: Any, scope: Any, cursor: Any, limit: int) -> Any:
        blind = put_hash(scope.keys)
        page = real(connection, identity, scope, cursor, limit)
        assert blind
        return page

    put_hash = put.put(feeding, "_hash", lambda keys: "same")
    real: Any = put.put(feeding, "feed_page", feed)
    put.put(feeding, "_recall", lambda connection, sha256: frozenset())


@_mutant("is_backed_up", "is_restored", "terms_change", within=200)
def a_place_in_the_feed_is_a_bare_number(put: Patches) -> None:
    """A cursor is believed by an older copy that has come to the same number by other changes."""
    put.put(feeding, "_holds_anchor", lambda connection, place: True)


@_mutant("decides_yes", "decides_no")
def own_answers_are_laid_over_twice(put: Patches) -> None:
    """What the service has told already is laid over it once more."""

    def over(store: Any, *_: Any) -> Any:
        return tuple(entry.decision for entry in journal.entries(store, limit=10_000)[::-1])

    put.put(mirror, "_laid_over", over)
