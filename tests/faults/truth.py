"""What has to be true once everything is quiet, asked of ledger and devices, and counted where it is not.

The oracle of the parts with real sockets. It knows what each person saw when they decided, because it looked
at the device at that moment; nothing of the protocol's own bookkeeping (pins, bases, outcomes) is believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from artist_console.domain.decisions import Decision, LedgerEntry, scopes_meet
from artist_console.domain.ids import ArtistId, DecisionId
from artist_console.domain.registers import Register, Stance, is_allow_like
from artist_console.formats import ledger_proof
from artist_console.store import journal, mirror
from artist_console.store.opening import Store


@dataclass
class Made:
    """One decision as its person made it: what that device showed of the ledger at that moment."""

    decision: Decision
    device: int
    on_screen: frozenset[DecisionId]  # the decisions in the ledger that the device showed
    shown: DecisionId | None  # what its register showed there, own undelivered decisions over it


@dataclass
class Found:
    """Figures that are not 0, with a sentence for each case."""

    figures: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def note(self, figure: str, words: str) -> None:
        self.figures[figure] += 1
        self.words.append(f"{figure}: {words}")


def of_ledger(ledger: Sequence[Decision], made: Sequence[Made], found: Found) -> None:
    """One artist's ledger against everything that was decided."""
    by_id = {each.decision.id: each for each in made}
    for id, times in Counter(decision.id for decision in ledger).items():
        if times > 1:
            found.note("doubled", f"{id} stands {times} times")
    for device in {each.device for each in made}:
        own = [each.decision.id for each in made if each.device == device]
        there = [decision.id for decision in ledger if decision.id in set(own)]
        if there != [id for id in own if id in set(there)]:
            found.note("reordered", f"device {device}: {there}")
    _no_stale_yes(ledger, by_id, found)


def _no_stale_yes(ledger: Sequence[Decision], by_id: Mapping[DecisionId, Made], found: Found) -> None:
    """Whatever loosens an answer was given in sight of every refusal before it, and of what it replaced."""
    shown: dict[Register, Decision] = {}
    refusals: list[Made] = []
    for decision in ledger:
        made = by_id[decision.id]
        if is_allow_like(decision.stance):
            unseen = [
                r.decision.id
                for r in refusals
                if r.device != made.device
                and r.decision.id not in made.on_screen
                and scopes_meet(decision.register, r.decision.register)
            ]
            if unseen:
                found.note("stale_allow", f"{decision.id} was given without sight of {unseen}")
            stands = shown.get(decision.register)
            if made.shown != (stands.id if stands is not None else None):
                found.note("stale_allow", f"{decision.id} replaced {stands and stands.id}, saw {made.shown}")
        elif decision.stance is Stance.REFUSE:
            refusals.append(made)
        if decision.stance is Stance.CLEAR:
            shown.pop(decision.register, None)
        else:
            shown[decision.register] = decision


def of_device(
    store: Store, made: Sequence[Made], ledger: Sequence[LedgerEntry], artist: ArtistId, found: Found
) -> None:
    """One device after its last round: its journal, what became of it, and what it shows of the ledger."""
    there = {entry.decision.id for entry in ledger if entry.decision is not None}
    kept = {each.decision.id: each for each in journal.entries(store, artist, limit=1_000_000)}
    in_order = [each.decision.id for each in journal.entries(store, artist, limit=1_000_000)][::-1]
    if in_order != [each.decision.id for each in made]:
        found.note("acknowledged_lost", f"the journal holds {len(in_order)} of {len(made)} decisions")
    asks = {each.decision.id for each in journal.needing_person(store, artist)}
    for each in made:
        entry = kept.get(each.decision.id)
        if entry is None:
            continue
        _end_of(entry, there, asks, found)
    _same_view(store, ledger, artist, found)


def _end_of(entry: journal.Entry, there: set[DecisionId], asks: set[DecisionId], found: Found) -> None:
    id, refuses = entry.decision.id, entry.decision.stance is Stance.REFUSE
    if entry.outcome is None:
        found.note("stuck", f"{id} has no outcome")
    elif entry.outcome in journal.APPLIED:
        if id not in there:
            found.note("acknowledged_lost", f"{id} has a receipt and is not in the ledger")
    elif refuses:
        found.note("refusal_blocked", f"{id} is {entry.outcome.value}")
    elif id in there:
        found.note("diverged", f"{id} is in the ledger and was told as {entry.outcome.value}")
    elif id not in asks and entry.settled is None:
        found.note("lost", f"{id} is {entry.outcome.value}, and nobody is asked")


def _same_view(store: Store, ledger: Sequence[LedgerEntry], artist: ArtistId, found: Found) -> None:
    held = mirror.ledger(store, artist)
    if list(held) != list(ledger):
        found.note("diverged", f"the device shows {len(held)} entries, the service holds {len(ledger)}")
    if not ledger_proof.check_chain(held).holds:
        found.note("diverged", "the chain that the device holds is broken")
    if mirror.own_decisions(store).laid_over:
        found.note("diverged", "something is still laid over what the service said")


def of_files(store: Store, found: Found) -> None:
    for part in ("main", "mirror"):
        said = store.value(f"PRAGMA {part}.integrity_check")
        if said != "ok":
            found.note("corrupt", f"{part}: {said}")
