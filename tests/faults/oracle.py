"""What has to be true of a world once all is quiet. Says so with sentences; nothing found is nothing wrong.

Written from PROTOCOL and PRODUCT rather than from the product: it folds ledgers in its own few lines, hashes
chains itself, and believes what people saw and when decisions arrived (`world.Made`, `world.Judged`) before
any pin, base or outcome.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import rfc8785

from artist_console.backend.storage import accounts, ledgers, rows
from artist_console.domain import decisions
from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry, Outcome
from artist_console.domain.ids import DecisionId, PartyId
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.registers import (
    Register,
    Stance,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import is_sensitive
from artist_console.formats import encoding, receipts
from artist_console.formats.kinds import Kind
from artist_console.formats.signatures import SigningKey
from artist_console.store import journal, mirror
from artist_console.store.journal import Entry

from .cast import ARTISTS, OWNER_OF, SIGNING_KEY, cells_of
from .devices import Device
from .folding import fold, uses_in
from .standing import Event, events_of, wrong_yeses
from .world import Judged, World

_KEY = SigningKey(SIGNING_KEY).public
APPLIED = (Outcome.ACCEPTED, Outcome.ACCEPTED_OVER, Outcome.DUPLICATE)


Wrong = Iterator[tuple[str, str]]


def ledger_of(world: World, artist: str) -> list[LedgerEntry]:
    """What stands in the database of the host."""
    with world.host.service.database.reading() as connection:
        return ledgers.all_entries(connection, artist)


def check(world: World) -> list[tuple[str, str]]:
    """Every figure that is not what it should be, with what was found."""
    found = list(world.wrong)
    all_ledgers = {artist: ledger_of(world, artist) for artist in ARTISTS}
    for artist, entries in all_ledgers.items():
        found += _of_chain(world, artist, entries)
        found += _of_ledger(world, entries)
        found += _of_folding(artist, entries)
    if any("nobody made it" in words for _, words in found):
        return found
    places = {
        entry.decision.id: entry for entries in all_ledgers.values() for entry in entries if entry.decision
    }
    for device in world.devices.values():
        found += _of_journal(world, device, places)
        if not device.away:
            found += _of_screen(world, device, all_ledgers)
    return found


# -- the ledger


def _of_chain(world: World, artist: str, entries: Sequence[LedgerEntry]) -> Wrong:
    head = ""
    for place, entry in enumerate(entries, 1):
        plain = encoding.as_plain(entry)
        del plain["head"]
        head = hashlib.sha256(bytes.fromhex(head) + rfc8785.dumps(plain)).hexdigest()
        if (entry.n, entry.head, entry.artist) != (place, head, artist):
            yield "corrupt", f"the chain of {artist} breaks at {place}"
            return
    heads = {entry.n: entry.head for entry in entries}
    for (whose, n), written in world.truth.written.items():
        if whose == artist and heads.get(n) != written:
            yield "acknowledged_lost", f"entry {n} of {artist} was recorded and is not there"


def _of_ledger(world: World, entries: Sequence[LedgerEntry]) -> Wrong:
    ids = [entry.decision.id for entry in entries if entry.decision is not None]
    for id in {id for id in ids if ids.count(id) > 1}:
        yield "doubled", f"{_say(id)} stands {ids.count(id)} times in a ledger"
    for id in set(ids) - world.made.keys():
        yield "doubled", f"{_say(id)} stands in a ledger, and nobody made it"
        return
    names = [entry.names for entry in entries if entry.names is not None]
    for name in {name for name in names if names.count(name) > 1}:
        yield "doubled", f"the proposal {_say(name)} was answered {names.count(name)} times"
    yield from _no_wrong_yes(world, events_of(entries))


def _no_wrong_yes(world: World, events: Sequence[Event]) -> Wrong:
    """Nothing that loosens an answer counts against a no that whoever gave or signed it had not seen."""

    def known_to(event: Event) -> frozenset[DecisionId] | None:
        id = event.decision.id
        return world.truth.signed.get(id) if event.signed else world.made[id].known

    for decision, why in wrong_yeses(events, known_to):
        yield "stale_allow", f"{_say(decision.id)} counts, and {why}"


def _of_folding(artist: PartyId, entries: Sequence[LedgerEntry]) -> Wrong:
    """What the product reads from the ledger is what these few lines read."""
    said = decisions.recordings(entries)
    events = [event.decision for event in events_of(entries)]
    if [r.decision.id for r in said] != [d.id for d in events]:
        yield "diverged", f"what counts in the ledger of {artist} is read in another way"
        return
    for cell in cells_of(artist):
        register = Register(artist, cell.subject, cell.programme, UseScope.of(cell.use))
        mine = fold(register, events)
        theirs = decisions.fold_cell(cell, said, said[-1].at) if said else None
        allows = [r.decision.id for r in theirs.allows] if theirs else []
        refused = bool(theirs and theirs.refusals)
        if allows != mine.allows or refused != mine.refused:
            yield "diverged", f"the answer on {cell.subject.id}, {cell.use.value} is read in another way"


# -- a device


def _of_journal(world: World, device: Device, places: dict[DecisionId, LedgerEntry]) -> Wrong:
    """Every decision of a journal has come to its end, and to the one that is true."""
    if journal.count_pending(device.store) and not device.away:
        yield "stuck", f"{device.name} still has {journal.count_pending(device.store)} decisions to send"
    entries = journal.entries(device.store, limit=10_000)[::-1]
    order: dict[str, int] = {}
    acts: dict[str, set[object]] = {}
    for entry in entries:
        if device.away and entry.outcome is None and not entry.parked:
            continue  # kept, and exportable, until somebody signs in again
        yield from _of_entry(world, device, entry, places)
        if entry.settled is None:
            acts.setdefault(entry.decision.act, set()).add(_end_of(entry))
        there = places.get(entry.decision.id)
        if there is not None:
            artist = there.artist
            if there.n < order.get(artist, 0):
                yield "reordered", f"{_say(entry.decision.id)} of {device.name} overtook another"
            order[artist] = there.n
    for act, ends in acts.items():
        if len(ends) > 1:
            yield "diverged", f"the act {act} of {device.name} came to several ends: {ends}"
    needing = {entry.decision.id for entry in journal.needing_person(device.store)}
    for entry in entries:
        unsettled = entry.settled is None and (
            entry.parked or entry.outcome in (Outcome.CONFLICT, Outcome.NOT_AUTHORISED, Outcome.PROPOSED)
        )
        if unsettled and entry.decision.id not in needing:
            yield "lost", f"{_say(entry.decision.id)} did not come to pass, and nobody is told"


def _end_of(entry: Entry) -> object:
    """One end for one act: what had been applied before, and what is, are the same end."""
    if entry.parked:
        return "parked"
    return "applied" if entry.outcome in APPLIED else entry.outcome


def _of_entry(world: World, device: Device, entry: Entry, places: dict[DecisionId, LedgerEntry]) -> Wrong:
    decision, where = entry.decision, f"{_say(entry.decision.id)} of {device.name}"
    made = world.made.get(decision.id)
    if made is None or made.decision != decision:
        yield "acknowledged_lost", f"{where} is not what was decided"
        return
    there = places.get(decision.id)
    if entry.parked:
        if not _is_poisoned(world, decision):
            yield "lost", f"{where} was set aside although it can be read: {entry.parked}"
        return
    if entry.settled is not None and there is None:
        return  # given up by its person after a conflict
    if entry.outcome is None:
        yield "lost", f"{where} has no outcome"
        return
    if entry.outcome in APPLIED:
        if there is None or there.kind is not EntryKind.DECISION or there.decision != decision:
            yield "acknowledged_lost", f"{where} was told as {entry.outcome.value} and is not in the ledger"
            return
        yield from _of_receipt(device, entry, there)
    elif entry.outcome is Outcome.PROPOSED:
        if there is None or there.kind is not EntryKind.PROPOSAL:
            yield "acknowledged_lost", f"{where} was told as proposed and is not in the ledger"
    elif there is not None and there.kind is EntryKind.DECISION:
        yield "diverged", f"{where} was told as {entry.outcome.value} and counts"
    yield from _of_outcome(world, entry, where)


def _of_receipt(device: Device, entry: Entry, there: LedgerEntry) -> Wrong:
    given = journal.receipts(device.store, entry.decision.id)
    if not given:
        yield "lost", f"{_say(entry.decision.id)} of {device.name} has no receipt"
        return
    if not receipts.verify_receipt(given[-1].jws, {_KEY.kid: _KEY}, there).receipt:
        yield "corrupt", f"the receipt of {_say(entry.decision.id)} does not prove its entry"


def _of_outcome(world: World, entry: Entry, where: str) -> Wrong:
    """Whether the outcome is one that the rules can lead to, seen from when the decision arrived."""
    decision, outcome = entry.decision, entry.outcome
    judged = world.truth.judged.get(decision.id)
    refusing = decision.stance is Stance.REFUSE
    if outcome is Outcome.CONFLICT and refusing:
        yield "refusal_blocked", f"{where} is a no and was told as a conflict"
    if judged is None:
        if outcome in (*APPLIED, Outcome.PROPOSED):
            yield "acknowledged_lost", f"{where} never arrived and was told as {outcome}"
        return
    if judged.account != decision.made_by:
        yield "lost", f"{where} was sent by {judged.account}"
    act = [m.decision for m in world.made.values() if m.decision.act == decision.act]
    if outcome is Outcome.NOT_AUTHORISED and refusing and all(_may(world, d, judged) for d in act):
        yield "refusal_blocked", f"{where} is a no that was within its author's power"
    if outcome is Outcome.PROPOSED and refusing and not any(_only_proposes(d, judged) for d in act):
        yield "refusal_blocked", f"{where} is a no that needed nobody's signature"
    if outcome in APPLIED and not _may(world, decision, judged):
        yield "stale_allow", f"{where} counts without authority when it arrived"
    if outcome in APPLIED and _only_proposes(decision, judged):
        yield "stale_allow", f"{where} counts although its author may only propose"


def _may(world: World, decision: Decision, judged: Judged) -> bool:
    """Whether a decision was within its author's power when it arrived."""
    if decision.made_by != judged.account:
        return False
    if judged.account == OWNER_OF[PartyId(decision.register.artist)]:
        return True
    return any(_covers(m, decision, judged) for m in judged.mandates)


def _only_proposes(decision: Decision, judged: Judged) -> bool:
    if judged.account == OWNER_OF[PartyId(decision.register.artist)]:
        return False
    covering = [m for m in judged.mandates if _covers(m, decision, judged)]
    deciding = [m for m in covering if Power.DECIDE in m.powers]
    personal = decision.register.subject.kind is SubjectKind.PERSON or (
        decision.register.use.kind is not UseScopeKind.ANY
        and any(is_sensitive(use) for use in decision.register.use.uses)
    )
    return not any(m.voice_waived or not personal for m in deciding)


def _covers(mandate: Mandate, decision: Decision, judged: Judged) -> bool:
    register = decision.register
    if mandate.artist != register.artist or decision.mandate not in (None, mandate.id):
        return False
    day = judged.at.date()
    in_force = (
        mandate.given_on <= day
        and (mandate.until is None or day <= mandate.until)
        and (mandate.revoked_at is None or judged.at < mandate.revoked_at)
    )
    if not in_force or not {Power.DECIDE, Power.PROPOSE} & set(mandate.powers):
        return False
    if mandate.programmes and register.programme not in mandate.programmes:
        return False
    if not mandate.uses:
        return True
    return register.use.kind is not UseScopeKind.ANY and uses_in(register.use) <= set(mandate.uses)


def _is_poisoned(world: World, decision: Decision) -> bool:
    """Whether it, or one that was made with it, names a use that no service of today knows."""
    return any(
        m.decision.act == decision.act and not uses_in(m.decision.register.use) for m in world.made.values()
    )


# -- what a device shows


def _of_screen(world: World, device: Device, all_ledgers: dict[PartyId, list[LedgerEntry]]) -> Wrong:
    with world.host.service.database.reading() as connection:
        scope = accounts.scope_of(connection, device.account, world.now)
        top = rows.position(connection)
        there = {
            (row.kind, row.id): row.body for row in rows.standing(connection, scope.keys, 0, top, 100_000)
        }
    here = {
        (Kind(kind), id): body
        for kind, id, body in device.store.rows("SELECT kind, id, body FROM mirror.row")
    }
    if here != there:
        missing, over = sorted(k[1] for k in there.keys() - here), sorted(k[1] for k in here.keys() - there)
        other = sorted(k[1] for k in here.keys() & there.keys() if here[k] != there[k])
        yield "diverged", f"{device.name} lacks {missing}, has {over} too many, and others of {other}"
        return
    if mirror.own_decisions(device.store).laid_over:
        yield "diverged", f"{device.name} lays over what the service has told already"
    for artist, entries in all_ledgers.items():
        if not scope.sees_works_of(artist):
            continue
        said = mirror.facts(device.store, world.now).said.get(artist, ())
        if [r.decision.id for r in said] != [event.decision.id for event in events_of(entries)]:
            yield "diverged", f"{device.name} shows other answers of {artist} than the service"


def _say(id: str) -> str:
    """An id of this world as its number."""
    return f"decision {int(id, 16)}" if len(id) == 32 else id
