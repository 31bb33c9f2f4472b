"""What can happen in a world, one function each: a world and chance in, a line of the story out.

A step that the moment does not offer (nothing to take back, no copy to put back) does nothing and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from artist_console.commands.consent import KeepChoice, KeepsNotChosen
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision, Outcome
from artist_console.domain.ids import AccountId, ActId, DecisionId, PartyId
from artist_console.domain.mandates import Power
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Use, is_sensitive
from artist_console.store import journal, mirror, profile

from .cast import (
    A_AGENT,
    A_MANAGER,
    KEYS,
    OWNER_OF,
    PROGRAMMES,
    WORKS_OF,
    a_mandate,
    on_work,
    terms_of,
    wide_subjects,
    wide_uses,
)
from .devices import Device, Refusal
from .line import Harm
from .world import World

NOTHING = "nothing to do"


@dataclass(frozen=True, slots=True)
class Style:
    """What one schedule is mostly about: who takes part, and how rough it is."""

    names: tuple[str, ...]  # devices, by account and number
    harm: float  # how often a round meets trouble
    page: int
    tables: bool = True  # whether what tables show is worked out after every decision and round


Step = Callable[[World, Style, Random], str]


def _some_device(world: World, style: Style, chance: Random) -> Device:
    """One of the devices at the beginning, or a copy of one."""
    names = list(style.names) + [name for name in world.devices if name not in style.names]
    return world.device(chance.choice(names))


def _artists_of(device: Device) -> list[PartyId]:
    account = profile.account(device.store)
    return [PartyId(row.artist) for row in account.artists] if account is not None else []


# -- wishes


def _allow(artist: PartyId, chance: Random) -> Wish:
    use = chance.choice(KEYS)
    work = chance.choice(WORKS_OF[artist])
    subject = Subject(SubjectKind.PERSON, artist) if is_sensitive(use) else on_work(work)
    conditions = _conditions(chance) if chance.random() < 0.3 else UNCONDITIONAL
    return Wish(artist, subject, chance.choice(PROGRAMMES), UseScope.of(use), Stance.ALLOW, conditions)


def _conditions(chance: Random) -> Conditions:
    day = date(2025, 6, 1) + timedelta(days=chance.randrange(120))
    return chance.choice(
        (
            Conditions(until=day + timedelta(days=60)),
            Conditions(since=day),
            Conditions(territories=Territories(("DE", "SE"))),
            Conditions(walled_garden_only=True),
            Conditions(minimum_rate=Decimal("0.0100"), rate_currency="EUR"),
        )
    )


def _refusal(artist: PartyId, chance: Random, *, wide: bool) -> Wish:
    programme = chance.choice((None, *PROGRAMMES)) if wide else chance.choice(PROGRAMMES)
    if wide:
        subject = chance.choice([*wide_subjects(artist), on_work(chance.choice(WORKS_OF[artist]))])
        use = chance.choice([*wide_uses(), UseScope.of(chance.choice(KEYS))])
    else:
        subject, use = on_work(chance.choice(WORKS_OF[artist])), UseScope.of(chance.choice(KEYS))
    return Wish(artist, subject, programme, use, Stance.REFUSE)


def _taking_back(world: World, device: Device, artist: PartyId, chance: Random) -> Wish | None:
    """A clear of something that the device shows."""
    said = mirror.facts(device.store, device.clock()).said.get(artist, ())
    registers = {r.decision.register: r.decision for r in said}
    shown = [register for register, last in registers.items() if last.stance is not Stance.CLEAR]
    if not shown:
        return None
    register = chance.choice(shown)
    return Wish(artist, register.subject, register.programme, register.use, Stance.CLEAR)


def _decide(world: World, device: Device, wishes: list[Wish], chance: Random, *, disk: bool = False) -> str:
    refusal = chance.choice(list(Refusal)) if disk else None
    after = chance.randrange(3) if disk else 0
    try:
        made = world.decide(device, wishes, disk=refusal, after=after)
    except KeepsNotChosen:
        keeps = chance.choice(list(KeepChoice))
        made = world.decide(device, wishes, keeps, disk=refusal, after=after)
    words = "; ".join(tell(decision) for decision in made) or f"{NOTHING} ({len(wishes)} wishes)"
    return f"{device.name} decides{f' on a disk that is {refusal.value}' if refusal else ''}: {words}"


def tell(decision: Decision) -> str:
    register = decision.register
    where = [register.subject.id or "all", register.programme or "any", register.use.name or "any"]
    base = f" on {int(decision.base, 16)}" if decision.base and len(decision.base) == 32 else ""
    keeps = f" keeps {[int(id, 16) for id in decision.keeps]}" if decision.keeps else ""
    number = int(decision.id, 16) if len(decision.id) == 32 else decision.id
    return (
        f"{number} {decision.stance.value} {register.artist}/{'/'.join(where)}{base}{keeps}"
        f" seen {decision.seen.n}"
    )


# -- steps of people


def decides_yes(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    artists = _artists_of(device)
    return _decide(world, device, [_allow(chance.choice(artists), chance)], chance) if artists else NOTHING


def decides_no(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    artists = _artists_of(device)
    wide = chance.random() < 0.5
    wishes = [_refusal(chance.choice(artists), chance, wide=wide)] if artists else []
    return _decide(world, device, wishes, chance) if wishes else NOTHING


def takes_back(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    artists = _artists_of(device)
    wish = _taking_back(world, device, chance.choice(artists), chance) if artists else None
    return _decide(world, device, [wish], chance) if wish is not None else NOTHING


def reviews(world: World, style: Style, chance: Random) -> str:
    """Several answers confirmed together: up to two acts for each artist, refusals first."""
    device = _some_device(world, style, chance)
    wishes: list[Wish] = []
    for artist in _artists_of(device):
        for _ in range(chance.randrange(1, 4)):
            kind = chance.random()
            if kind < 0.45:
                wish: Wish | None = _allow(artist, chance)
                if wish is not None and is_sensitive(Use(wish.use.name)):
                    continue
            elif kind < 0.8:
                wish = _refusal(artist, chance, wide=chance.random() < 0.3)
            else:
                wish = _taking_back(world, device, artist, chance)
            if wish is not None:
                wishes.append(wish)
    registers = {(w.artist, w.subject, w.programme, w.use): w for w in wishes}
    return _decide(world, device, list(registers.values()), chance) if wishes else NOTHING


def decides_on_a_bad_disk(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    artists = _artists_of(device)
    if not artists:
        return NOTHING
    artist = chance.choice(artists)
    wish = _allow(artist, chance) if chance.random() < 0.5 else _refusal(artist, chance, wide=True)
    return _decide(world, device, [wish], chance, disk=True)


def records_poison(world: World, style: Style, chance: Random) -> str:
    """A decision of a use that no service knows yet, as a newer version of the application makes it."""
    device = _some_device(world, style, chance)
    artists = _artists_of(device)
    if not artists:
        return NOTHING
    artist = chance.choice(artists)
    act = ActId(f"act-{world.new_id()}")
    uses = [UseScope(UseScopeKind.KEY, "train.martian"), *(UseScope.of(k) for k in KEYS)]
    made = [
        Decision(
            DecisionId(world.new_id()),
            Register(artist, ALL_MY_WORKS, None, use),
            Stance.REFUSE,
            device.account,
            device.clock(),
            act,
        )
        for use in uses[: chance.choice((1, 1, 2, 3))]
    ]
    chance.shuffle(made)
    world.append(device, made, poison=True)
    return f"{device.name} records what cannot be read: {'; '.join(tell(d) for d in made)}"


def settles_a_conflict(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    waiting = [e for e in journal.needing_person(device.store) if e.outcome is Outcome.CONFLICT]
    if not waiting:
        return NOTHING
    entry, keep = chance.choice(waiting), chance.random() < 0.5
    made = world.resolve(device, entry.decision, keep_mine=keep)
    words = "; ".join(tell(decision) for decision in made) or "leaves it"
    return f"{device.name} settles the conflict of {int(entry.decision.id, 16)}: {words}"


def answers_a_proposal(world: World, style: Style, chance: Random) -> str:
    owners = [name for name in style.names if name.rsplit("-", 1)[0] in OWNER_OF.values()]
    if not owners:
        return NOTHING
    device = world.device(chance.choice(owners))
    open_ones = [
        (artist, proposal)
        for artist, proposals in mirror.facts(device.store, device.clock()).proposals.items()
        for proposal in proposals
    ]
    if not open_ones:
        return NOTHING
    artist, proposal = chance.choice(open_ones)
    signs = chance.random() < 0.6
    world.answer_proposal(device, proposal.id, artist, _harm(style, chance), signs=signs)
    return f"{device.name} {'signs' if signs else 'declines'} the proposal {int(proposal.id, 16)}"


def gives_a_mandate(world: World, style: Style, chance: Random) -> str:
    device = _owner(world, style, chance)
    artist = next(a for a, account in OWNER_OF.items() if account == device.account)
    limits: dict[str, object] = {}
    if chance.random() < 0.3:
        limits["programmes"] = (chance.choice(PROGRAMMES),)
    if chance.random() < 0.3:
        limits["uses"] = tuple(chance.sample(KEYS, 2))
    if chance.random() < 0.2:
        limits["until"] = world.now.date() + timedelta(days=chance.randrange(10))
    limits["voice_waived"] = chance.random() < 0.3
    holder = chance.choice((A_MANAGER, A_AGENT))
    power = chance.choice((Power.DECIDE, Power.DECIDE, Power.PROPOSE))
    id = f"m-{world.number()}"
    device.line.plan(_harm(style, chance))
    world.give(device, a_mandate(id, artist, holder, power, world.now.date(), **limits))
    device.line.calm()
    return f"{device.name} gives {holder} the mandate {id} to {power.value} {limits}"


def takes_a_mandate_back(world: World, style: Style, chance: Random) -> str:
    device = _owner(world, style, chance)
    own = [
        m.id
        for m in world.truth.mandates.values()
        if OWNER_OF[PartyId(m.artist)] == device.account and m.revoked_at is None
    ]
    if not own:
        return NOTHING
    id = chance.choice(own)
    device.line.plan(_harm(style, chance))
    world.take_back(device, id)
    device.line.calm()
    return f"{device.name} takes the mandate {id} back"


def _owner(world: World, style: Style, chance: Random) -> Device:
    owners = [name for name in style.names if name.rsplit("-", 1)[0] in OWNER_OF.values()]
    return world.device(chance.choice(owners or ["a-mara-1"]))


# -- steps of machines


def _harm(style: Style, chance: Random) -> dict[int, Harm]:
    if chance.random() >= style.harm:
        return {}
    harms = [h for h in Harm if h is not Harm.SIGNED_OUT or chance.random() < 0.3]
    return {chance.randrange(7): chance.choice(harms) for _ in range(chance.choice((1, 1, 1, 2, 3)))}


def syncs(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    harm = _harm(style, chance)
    report = world.round(device, harm)
    planned = {n: h.value for n, h in sorted(harm.items())}
    return f"{device.name} syncs {planned or ''}: {_told(report)}"


def syncs_on_a_bad_disk(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    refusal, after = chance.choice(list(Refusal)), chance.randrange(6)
    report = world.round(device, disk=refusal, after=after)
    return f"{device.name} syncs, and commit {after} is {refusal.value}: {_told(report)}"


def _told(report: object) -> str:
    if report is None:
        return "the process ends"
    if isinstance(report, Exception):
        return type(report).__name__
    names = ("sent", "accepted", "conflicts", "not_authorised", "proposed", "confirmed_again", "parked")
    told = {name: getattr(report, name) for name in names if getattr(report, name)}
    again = " (started again)" if getattr(report, "restored", False) else ""
    return f"{told or 'nothing sent'}, {getattr(report, 'received', 0)} rows{again}"


def syncs_as_somebody_else(world: World, style: Style, chance: Random) -> str:
    """Another account signs in over the same profile: its queue is not theirs to send."""
    device = _some_device(world, style, chance)
    strangers = [a for a in (*OWNER_OF.values(), A_MANAGER) if a != device.account]
    stranger = AccountId(chance.choice(strangers))
    world.host.tokens["stranger"] = stranger
    token, device.token = device.token, "stranger"
    report = world.round(device)
    device.token = token
    return f"{device.name} syncs as {stranger}: {_told(report)}"


def restarts(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    device.close()
    return f"{device.name} restarts"


def loses_its_mirror(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    if chance.random() < 0.5 and world.kept.get(device.name):
        world.put_mirror_back(device)
        return f"{device.name} has an old mirror"
    device.lose_mirror()
    return f"{device.name} loses its mirror"


def is_copied(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    world.keep_copy(device)
    return f"the folder of {device.name} is copied"


def is_put_back(world: World, style: Style, chance: Random) -> str:
    names = [name for name in world.kept if name in world.devices]
    if not names:
        return NOTHING
    device = world.device(chance.choice(names))
    world.put_back(device, chance.randrange(len(world.kept[device.name])))
    return f"the folder of {device.name} is put back as it was"


def is_cloned(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    if len(world.devices) > len(style.names) + 1:
        return NOTHING
    return f"{device.name} is cloned as {world.clone(device).name}"


def is_revoked(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    if device.away:
        world.sign_in_again(device)
        return f"{device.name} signs in again"
    world.revoke(device)
    return f"the sign-in of {device.name} ends"


def has_another_clock(world: World, style: Style, chance: Random) -> str:
    device = _some_device(world, style, chance)
    device.clock.skew = timedelta(
        seconds=chance.choice((-1, 1)) * chance.randrange(10 ** chance.randrange(1, 7))
    )
    return f"the clock of {device.name} is off by {device.clock.skew}"


# -- steps of the host


def time_passes(world: World, style: Style, chance: Random) -> str:
    span = timedelta(minutes=chance.choice((1, 10, 60, 60 * 24, 60 * 24 * 5)))
    world.pass_time(span)
    return f"{span} later"


def is_backed_up(world: World, style: Style, chance: Random) -> str:
    world.back_up()
    return "the service is backed up"


def is_restored(world: World, style: Style, chance: Random) -> str:
    if not world.backups:
        return NOTHING
    which, says_so = chance.randrange(len(world.backups)), chance.random() < 0.5
    world.restore(which, says_so=says_so)
    return f"the service is restored from backup {which}{' with a new epoch' if says_so else ''}"


def service_restarts(world: World, style: Style, chance: Random) -> str:
    world.host.stop()
    world.host.start()
    return "the service restarts"


def late_arrives(world: World, style: Style, chance: Random) -> str:
    if not world.late:
        return NOTHING
    world.deliver_late(chance.randrange(len(world.late)))
    return "a late request arrives"


def terms_change(world: World, style: Style, chance: Random) -> str:
    programme = chance.choice(PROGRAMMES)
    number = 1 + max(t.number for t in world.truth.terms if t.programme == programme)
    today = world.now.date()
    effective = today + timedelta(days=chance.choice((0, 0, 1, 5)))
    world.add_terms(terms_of(programme, number, effective, today))
    return f"terms {number} of {programme} hold from {effective}"


# How often each happens beside the others; a schedule may leave some of them out.
OFTEN: Mapping[Step, float] = {
    syncs: 10.0,
    decides_yes: 5.0,
    decides_no: 4.0,
    takes_back: 1.5,
    reviews: 1.5,
}
SOMETIMES: Mapping[Step, float] = {
    syncs_on_a_bad_disk: 1.5,
    decides_on_a_bad_disk: 0.7,
    records_poison: 0.5,
    settles_a_conflict: 1.5,
    answers_a_proposal: 2.0,
    gives_a_mandate: 0.7,
    takes_a_mandate_back: 0.7,
    syncs_as_somebody_else: 0.3,
    restarts: 0.5,
    loses_its_mirror: 0.6,
    is_copied: 0.8,
    is_put_back: 0.8,
    is_cloned: 0.6,
    is_revoked: 0.5,
    has_another_clock: 0.6,
    time_passes: 1.0,
    is_backed_up: 0.9,
    is_restored: 0.9,
    service_restarts: 0.3,
    late_arrives: 1.0,
    terms_change: 0.4,
}
