"""The shortest story of each rule: what happens when one thing goes wrong in one way.

Each is played on the product as it is, where nothing may be wrong in the end, and on the mutant that breaks
its rule (`mutants`), where something has to be. The names are those of the mutants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from artist_console.commands.consent import KeepChoice
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import ActId, DecisionId
from artist_console.domain.mandates import Power
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    Conditions,
    Register,
    Stance,
    UseScope,
    UseScopeKind,
)
from artist_console.store import mirror

from . import oracle, schedules
from .cast import (
    A_AGENT,
    DECIDES,
    HARBOUR,
    KEYS,
    MARA,
    OLA,
    OLAS,
    PROGRAMMES,
    SALT,
    a_mandate,
    on_work,
    terms_of,
)
from .devices import Device, Refusal
from .line import Harm
from .world import World

Story = Callable[[World], None]


@dataclass(frozen=True, slots=True)
class Told:
    """A story and the size of pages in its world."""

    story: Story
    page: int


STORIES: dict[str, Told] = {}
PUSH = 2  # the number of the call that delivers, after account and pins


def _story(*names: str, page: int = 1_000) -> Callable[[Story], Story]:
    def note(story: Story) -> Story:
        for name in names or (story.__name__,):
            STORIES[name] = Told(story, page)
        return story

    return note


def ending_of(told: Told) -> list[tuple[str, str]]:
    """What is wrong when a story is over and everybody has come to rest."""
    world = World(told.page)
    try:
        told.story(world)
        schedules.come_to_rest(world, Random(1), [])
        return oracle.check(world)
    except (AttributeError, NameError, TypeError):
        raise  # the mutant itself no longer fits the code
    except Exception as error:  # noqa: BLE001 - a mutant may break whatever it likes
        return [("stuck", f"an error that nobody foresaw: {error!r}")]
    finally:
        world.close()


# -- what people want


def yes(work: str = SALT, artist: Any = MARA, use: int = 0, **more: Any) -> Wish:
    return Wish(artist, on_work(work), PROGRAMMES[0], UseScope.of(KEYS[use]), Stance.ALLOW, **more)


def no(work: str | None = SALT, artist: Any = MARA) -> Wish:
    """To any use by anybody, of one work or all."""
    subject = ALL_MY_WORKS if work is None else on_work(work)
    return Wish(artist, subject, None, UseScope.of(None), Stance.REFUSE)


def narrow_no(work: str = SALT) -> Wish:
    return replace(yes(work), stance=Stance.REFUSE)


def taken_back(wish: Wish) -> Wish:
    return replace(wish, stance=Stance.CLEAR)


def poison(world: World, device: Device) -> None:
    decision = Decision(
        DecisionId(world.new_id()),
        Register(MARA, ALL_MY_WORKS, None, UseScope(UseScopeKind.KEY, "train.martian")),
        Stance.REFUSE,
        device.account,
        world.now,
        ActId(f"act-{world.new_id()}"),
    )
    world.append(device, [decision], poison=True)


def _two(world: World) -> tuple[Device, Device]:
    return world.device("a-mara-1"), world.device("a-mara-2")


# -- what stands against what


@_story("last_write_wins", "seen_is_ignored")
def a_yes_meets_a_wider_no(world: World) -> None:
    one, other = _two(world)
    world.decide(other, [no(None)])
    world.round(other)
    world.decide(one, [yes()])
    world.round(one)


@_story("conflicts_by_clock")
def a_yes_meets_a_no_of_a_slow_clock(world: World) -> None:
    one, other = _two(world)
    other.clock.skew = -timedelta(days=1)
    world.decide(other, [no(None)])
    world.round(other)
    world.decide(one, [yes()])
    world.round(one)


@_story("base_is_ignored")
def two_give_the_same_yes(world: World) -> None:
    one, other = _two(world)
    world.decide(other, [yes(conditions=Conditions(walled_garden_only=True))])
    world.round(other)
    world.decide(one, [yes()])
    world.round(one)


@_story("seen_by_number_alone")
def a_yes_saw_another_ledger_of_the_same_length(world: World) -> None:
    one, other = _two(world)
    third = world.device("a-mara-3")
    world.back_up()
    world.decide(one, [no(HARBOUR)])
    world.round(one)
    world.round(other)
    world.restore(says_so=False)
    world.pass_time(timedelta(minutes=1))
    world.decide(third, [no(None)])
    world.round(third)
    world.decide(other, [yes()])
    world.round(other)


@_story("a_stale_no_is_a_conflict")
def a_no_meets_a_yes(world: World) -> None:
    one, other = _two(world)
    world.decide(other, [yes()])
    world.round(other)
    world.decide(one, [narrow_no()])
    world.round(one)


@_story("an_act_is_split")
def part_of_a_review_meets_a_no(world: World) -> None:
    one, other = _two(world)
    world.decide(other, [no()])
    world.round(other)
    world.decide(one, [yes(), yes(HARBOUR)])
    world.round(one)


@_story("taking_back_is_judged_as_a_no")
def a_no_is_taken_back_that_was_given_anew(world: World) -> None:
    one, other = _two(world)
    world.decide(one, [no()])
    world.round(one)
    world.round(other)
    world.decide(other, [no()])
    world.round(other)
    world.decide(one, [taken_back(no())])
    world.round(one)


@_story("keeps_are_forgotten", "a_no_fells_what_it_keeps")
def a_wider_no_keeps_a_yes(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [yes()])
    world.round(one)
    world.decide(one, [no(None)], KeepChoice.KEEP_THEM)
    world.round(one)


# -- authority


@_story("authority_of_the_time_of_the_decision")
def a_mandate_is_taken_back_on_the_way(world: World) -> None:
    artist, manager = world.device("a-mara-1"), world.device("a-manager-1")
    world.decide(manager, [yes()])
    world.pass_time(timedelta(hours=1))
    world.take_back(artist, DECIDES)
    world.pass_time(timedelta(hours=1))
    world.round(manager)


@_story("a_holder_overrules_the_artists_no")
def a_holder_answers_where_the_artist_refused(world: World) -> None:
    artist, manager = world.device("a-mara-1"), world.device("a-manager-1")
    world.decide(artist, [no()])
    world.round(artist)
    world.round(manager)
    world.decide(manager, [yes()])
    world.round(manager)


@_story("a_proposal_counts_at_once")
def somebody_proposes(world: World) -> None:
    manager = world.device("a-manager-1")
    world.decide(manager, [yes(OLAS, OLA)])
    world.round(manager)


@_story("a_signature_is_not_judged")
def a_proposal_is_signed_across_a_no(world: World) -> None:
    manager, one, other = world.device("a-manager-1"), world.device("a-ola-1"), world.device("a-ola-2")
    world.decide(manager, [yes(OLAS, OLA)])
    world.round(manager)
    world.round(one)
    world.decide(other, [no(None, OLA)])
    world.round(other)
    (proposal,) = mirror.facts(one.store, world.now).proposals[OLA]
    world.answer_proposal(one, proposal.id, OLA, {}, signs=True)


@_story("another_account_sends_the_queue")
def somebody_else_signs_in(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()])
    world.host.tokens["stranger"] = world.device("a-ola-1").account
    token, one.token = one.token, "stranger"
    world.round(one)
    one.token = token


# -- outcomes, receipts, streams


@_story("no_dedup_by_decision_id", "known_decisions_get_another_receipt")
def all_is_sent_again(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()])
    world.round(one)
    world.back_up()
    world.restore(says_so=True)


@_story("outcomes_in_a_transaction_of_their_own")
def the_service_loses_power(world: World) -> None:
    one, _ = _two(world)
    for wish in (no(), no(HARBOUR), no(None)):
        world.decide(one, [wish])
        world.round(one)


@_story("a_fork_is_not_noticed")
def a_copy_of_a_profile_is_run_beside_it(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()])
    world.round(one)
    twin = world.clone(one)
    world.decide(one, [no(HARBOUR)])
    world.decide(twin, [yes(HARBOUR)])
    world.round(one)
    world.round(twin)


@_story("nobody_keeps_pins", "only_what_waits_is_sent_again")
def an_old_copy_of_the_service_says_nothing(world: World) -> None:
    one, _ = _two(world)
    world.back_up()
    world.decide(one, [no()])
    world.round(one)
    world.restore(says_so=False)


@_story("the_epoch_is_ignored")
def a_restore_takes_terms_with_it(world: World) -> None:
    one, _ = _two(world)
    today = world.now.date()
    world.back_up()
    world.add_terms(terms_of(PROGRAMMES[0], 2, today, today))
    world.round(one)
    world.restore(says_so=True)
    world.add_terms(terms_of(PROGRAMMES[1], 2, today, today))
    world.round(one)


@_story("a_place_in_the_feed_is_a_bare_number")
def an_older_copy_comes_to_the_same_place(world: World) -> None:
    one, _ = _two(world)
    today = world.now.date()
    world.back_up()
    world.add_terms(terms_of(PROGRAMMES[0], 2, today, today))
    world.round(one)
    world.restore(says_so=False)
    world.add_terms(terms_of(PROGRAMMES[1], 2, today, today))
    world.round(one)


@_story("pins_of_the_own_reach_alone")
def a_copy_of_the_service_knows_neither_mandate_nor_answer(world: World) -> None:
    artist, agent = world.device("a-mara-1"), world.device("a-agent-1")
    world.back_up()
    world.give(artist, a_mandate("m-late", MARA, A_AGENT, Power.DECIDE, world.now.date()))
    world.round(agent)
    world.decide(agent, [no()])
    world.round(agent)
    world.restore(says_so=False)


# -- the client's queue


@_story("dropped_on_an_error_status")
def the_service_fails(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()])
    world.round(one, {PUSH: Harm.FAILED_BEFORE})


@_story("acknowledged_before_it_is_durable")
def the_disk_is_full(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()], disk=Refusal.FULL)


@_story("a_failed_batch_gets_new_ids")
def a_reply_is_lost(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()])
    world.round(one, {PUSH: Harm.LOST_REPLY})


@_story("a_bad_item_blocks_the_queue", "the_successor_stream_drops_items")
def one_of_three_cannot_be_read(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no(HARBOUR)])
    poison(world, one)
    world.decide(one, [no()])
    world.round(one)


@_story("seen_is_what_a_reply_told_of")
def a_round_ends_before_the_changes_come(world: World) -> None:
    one, other = _two(world)
    world.decide(other, [no(None)])
    world.round(other)
    world.decide(one, [no(HARBOUR)])
    world.round(one, {PUSH + 1: Harm.LOST_REQUEST})
    world.decide(one, [yes()])
    world.round(one)


# -- the client's mirror


@_story("sorted_by_clock")
def a_later_answer_bears_an_earlier_time(world: World) -> None:
    one, other = _two(world)
    world.decide(one, [no()])
    world.round(one)
    world.round(other)
    other.clock.skew = -timedelta(days=2)
    world.decide(other, [yes()])
    world.round(other)


@_story("the_cursor_moves_first")
def the_process_ends_while_changes_come(world: World) -> None:
    one, _ = _two(world)
    world.add_terms(terms_of(PROGRAMMES[0], 2, world.now.date(), world.now.date()))
    for after in range(6):
        world.round(one, disk=Refusal.CRASH_BEFORE, after=after)


@_story("a_snapshot_is_swapped_early", page=3)
def a_snapshot_has_several_pages(world: World) -> None:
    one, _ = _two(world)
    one.lose_mirror()
    world.round(one)


@_story("tombstones_are_ignored", "a_change_of_reach_is_not_told")
def a_mandate_comes_and_goes(world: World) -> None:
    artist, agent = world.device("a-mara-1"), world.device("a-agent-1")
    world.round(agent)
    world.give(artist, a_mandate("m-short", MARA, A_AGENT, Power.DECIDE, world.now.date()))
    world.round(agent)
    world.pass_time(timedelta(hours=1))
    world.take_back(artist, "m-short")
    world.round(agent)


@_story("own_answers_are_laid_over_twice")
def a_no_comes_back_from_the_service(world: World) -> None:
    one, _ = _two(world)
    world.decide(one, [no()])
    world.round(one)
