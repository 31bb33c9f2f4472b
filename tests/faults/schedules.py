"""Schedules: a seed makes a style and a list of steps, the steps make a story, and the oracle judges its end.

Every step has a chance of its own, drawn beforehand, so that the same seed tells the same story, and a story
without some of its steps is nearly the same one: that is how a long one is made short (`shortened`).
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from artist_console.store import journal
from artist_console.sync.engine import SyncReport

from . import oracle
from .counts import Counts, Tell
from .steps import OFTEN, SOMETIMES, Step, Style, syncs
from .world import World

STEPS = 40
TABLES_IN = 8  # one of so many schedules works out what tables show, which costs as much as all the rest
PASSES = 6  # rounds in which a world has to come to rest
NAME = "schedules of everything"
SHORT, LONG = 1_000, 20_000


@dataclass(frozen=True, slots=True)
class Planned:
    """A step and its chance."""

    step: Step
    chance: int


@dataclass(frozen=True, slots=True)
class Schedule:
    seed: int
    style: Style
    planned: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, and what was wrong in the end."""

    lines: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    met: Counter[str]


_CASTS = (
    ("a-mara-1", "a-mara-2"),
    ("a-mara-1", "a-manager-1"),
    ("a-mara-1", "a-mara-2", "a-manager-1"),
    ("a-ola-1", "a-manager-1", "a-agent-1"),
    ("a-ola-1", "a-ola-2", "a-manager-1"),
    ("a-mara-1", "a-ola-1", "a-manager-1"),
    ("a-mara-1", "a-manager-1", "a-manager-2", "a-agent-1"),
)


def schedule_of(seed: int, among: Collection[str] = ()) -> Schedule:
    """The schedule of a seed; `among` names the only steps, beside rounds, that come in it."""
    chance = Random(seed)
    style = Style(
        chance.choice(_CASTS),
        chance.choice((0.2, 0.5, 0.9)),
        chance.choice((3, 7, 1_000)),
        tables=seed % TABLES_IN == 0,
    )
    # Each leaves some kinds of steps out, so that others come more thickly than they would on the whole.
    weights = {step: weight * chance.choice((1, 1, 2)) for step, weight in OFTEN.items()}
    weights |= {step: weight * chance.choice((0, 1, 3)) for step, weight in SOMETIMES.items()}
    if among:
        weights = {step: 1.0 for step in weights if step.__name__ in among} | {syncs: 0.7 * len(among)}
    kinds = chance.choices(list(weights), list(weights.values()), k=STEPS)
    return Schedule(seed, style, tuple(Planned(step, chance.randrange(2**32)) for step in kinds))


def play(schedule: Schedule) -> Story:
    """Let it happen, come to rest, and judge. Whatever is raised that should not be is a fault, too."""
    world = World(schedule.style.page)
    lines: list[str] = []
    try:
        if not schedule.style.tables:
            world.leave_tables_alone()
        for planned in schedule.planned:
            words = planned.step(world, schedule.style, Random(planned.chance))
            world.met[f"step: {planned.step.__name__}"] += 1
            lines.append(words)
        come_to_rest(world, Random(schedule.seed), lines)
        wrong = oracle.check(world)
        _count_outcomes(world)
    except Exception:  # noqa: BLE001 - a fault of the product, told with its seed
        lines.append(traceback.format_exc())
        wrong = [*world.wrong, ("stuck", "an error that nobody foresaw")]
    finally:
        world.close()
    return Story(tuple(lines), tuple(wrong), world.met)


def come_to_rest(world: World, chance: Random, lines: list[str]) -> None:
    """The lines are mended, what was late has arrived, everybody syncs until nothing is new anywhere."""
    chance.shuffle(world.late)
    while world.late:
        world.deliver_late()
    for device in list(world.devices.values()):
        if device.away and chance.random() < 0.7:
            world.sign_in_again(device)
    _sync_until_quiet(world, lines)
    # Requests of the past come once more, and change nothing.
    old = [message for device in world.devices.values() for message in device.line.pushed]
    for message in chance.sample(old, min(8, len(old))):
        world.host.answer(message)
    _sync_until_quiet(world, lines)
    # Whoever stayed away until now signs in at last: what an older copy of the service lost meanwhile is in
    # no other journal than theirs, and comes back with them.
    away = [device for device in world.devices.values() if device.away]
    for device in away:
        world.sign_in_again(device)
    if away:
        _sync_until_quiet(world, lines)


def _sync_until_quiet(world: World, lines: list[str]) -> None:
    """Everybody syncs until they have seen the last change there is, and a round brought nothing."""
    reports: dict[str, object] = {}
    for _ in range(PASSES):
        waiting = [d for d in world.devices.values() if not d.away and d.quiet_at != world.host.position]
        if not waiting:
            return
        reports = {}
        for device in waiting:
            report = reports[device.name] = world.round(device)
            device.quiet_at = world.host.position if _is_quiet(report) else None
    words = ", ".join(f"{name}: {report}" for name, report in reports.items() if not _is_quiet(report))
    lines.append(f"no rest after {PASSES} rounds of everybody: {words}")
    world.wrong.append(("stuck", words))


def _is_quiet(report: object) -> bool:
    return isinstance(report, SyncReport) and not (report.sent or report.received or report.restored)


def _count_outcomes(world: World) -> None:
    for device in world.devices.values():
        for entry in journal.entries(device.store, limit=10_000):
            end = "parked" if entry.parked else entry.outcome.value if entry.outcome else "waiting"
            world.met[f"end: {end}"] += 1
    world.met["decisions"] += len(world.made)


def run(seeds: Iterable[int], tell: Tell) -> Counts:
    """The counts of the schedules of these seeds; stories that went wrong are told."""
    total = Counts(NAME)
    for seed in seeds:
        story = play(schedule_of(seed))
        if story.wrong:
            tell(told(seed, story))
        total += counts_of(seed, story)
    return total


def first_wrong(seeds: Iterable[int], among: Collection[str] = ()) -> int | None:
    """The first of these seeds whose schedule goes wrong."""
    return next((seed for seed in seeds if play(schedule_of(seed, among)).wrong), None)


def counts_of(seed: int, story: Story) -> Counts:
    figures = Counter(figure for figure, _ in story.wrong)
    seeds = (seed,) if figures else ()
    return Counts(NAME, runs=1, seeds=seeds, met=MappingProxyType(dict(story.met)), **figures)


def told(seed: int, story: Story) -> str:
    """The story with its numbers, and what was wrong."""
    lines = [f"schedule {seed}:"]
    lines += [f"{n:>4}  {line}" for n, line in enumerate(story.lines, 1)]
    lines += [f"  !!  {figure}: {words}" for figure, words in story.wrong]
    return "\n".join(lines)


def shortened(schedule: Schedule) -> Schedule:
    """The same schedule with as few steps as still go wrong in one of the same ways."""
    figures = {figure for figure, _ in play(schedule).wrong}
    planned = list(schedule.planned)
    size = len(planned) // 2
    while size:
        at = 0
        while at < len(planned):
            fewer = planned[:at] + planned[at + size :]
            if figures & {figure for figure, _ in _play_part(schedule, fewer).wrong}:
                planned = fewer
            else:
                at += size
        size //= 2
    return Schedule(schedule.seed, schedule.style, tuple(planned))


def _play_part(schedule: Schedule, planned: Sequence[Planned]) -> Story:
    return play(Schedule(schedule.seed, schedule.style, tuple(planned)))
