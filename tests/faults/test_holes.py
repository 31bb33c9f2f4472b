"""What the schedules found in the product, each as the shortest story that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Outcome
from artist_console.domain.mandates import Power
from artist_console.domain.registers import Stance, UseScope
from artist_console.store import journal, mirror
from artist_console.sync.problems import Unreachable

from . import oracle
from .cast import A_AGENT, KEYS, MARA, PROGRAMMES, SALT, a_mandate, on_work, terms_of
from .devices import Refusal
from .line import Harm
from .world import World


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


def a_yes(**more: object) -> Wish:
    return replace(
        Wish(MARA, on_work(SALT), PROGRAMMES[0], UseScope.of(KEYS[0]), Stance.ALLOW),
        **more,  # type: ignore[arg-type]
    )


def a_no() -> Wish:
    return Wish(MARA, on_work(SALT), None, UseScope.of(None), Stance.REFUSE)


def test_a_yes_after_a_round_that_ended_before_the_changes_came_has_not_seen_them(world: World) -> None:
    one, other = world.device("a-mara-1"), world.device("a-mara-2")
    world.decide(one, [a_no()])
    world.round(one)
    # Account, pins: the reply tells how far the ledger is. The feed does not come through.
    world.decide(other, [replace(a_no(), subject=on_work("harbour-lights"))])
    assert isinstance(world.round(other, {3: Harm.LOST_REQUEST}), Unreachable)
    (made,) = world.decide(other, [a_yes()])
    world.round(other)
    entry = journal.entry(other.store, made.id)
    assert entry is not None
    assert entry.outcome is Outcome.CONFLICT


def test_what_is_recorded_is_told_as_recorded_whatever_becomes_of_the_tables(world: World) -> None:
    device = world.device("a-mara-1")
    made = world.decide(device, [a_no()], disk=Refusal.FULL, after=1)
    assert [decision.stance for decision in made] == [Stance.REFUSE]
    assert world.wrong == []


def test_what_was_accepted_is_not_laid_over_an_artist_who_is_out_of_reach(world: World) -> None:
    artist, manager = world.device("a-mara-1"), world.device("a-manager-1")
    world.decide(manager, [a_yes()])
    # Delivered, and the mandate ends before the entry comes back; the artist's name stays known by a duet.
    assert isinstance(world.round(manager, {3: Harm.LOST_REQUEST}), Unreachable)
    world.take_back(artist, "m-decides")
    world.round(manager)
    assert mirror.own_decisions(manager.store).laid_over == ()


def test_an_older_copy_that_comes_to_the_same_place_by_other_changes_is_noticed(world: World) -> None:
    device, today = world.device("a-mara-1"), world.now.date()
    world.back_up()
    world.add_terms(terms_of(PROGRAMMES[0], 2, today, today))
    world.round(device)
    # Put back by hand, without a new epoch: no ledger tells of it.
    world.restore(says_so=False)
    world.add_terms(terms_of(PROGRAMMES[1], 2, today, today))
    world.round(device)
    assert oracle.check(world) == []


def test_a_stream_that_the_service_has_forgotten_is_sent_again_also_without_a_pin(world: World) -> None:
    artist, agent = world.device("a-mara-1"), world.device("a-agent-1")
    world.back_up()
    world.give(artist, a_mandate("m-late", MARA, A_AGENT, Power.DECIDE, world.now.date()))
    world.round(agent)
    (made,) = world.decide(agent, [a_no()])
    world.round(agent)
    # The copy knows neither mandate nor answer, keeps its epoch, and shows the agent nothing of the artist.
    world.restore(says_so=False)
    world.round(agent)
    entry = journal.entry(agent.store, made.id)
    assert entry is not None
    assert entry.outcome is Outcome.NOT_AUTHORISED


def test_after_two_restores_the_receipt_that_is_shown_proves_what_stands_in_the_ledger(world: World) -> None:
    one, other = world.device("a-mara-1"), world.device("a-mara-2")
    world.back_up()
    world.decide(other, [replace(a_no(), subject=on_work("harbour-lights"))])
    world.round(other)
    (made,) = world.decide(one, [a_no()])
    world.round(one)
    world.back_up()
    # The first copy knows neither: what this device sends again comes first there, with another receipt.
    world.restore(0, says_so=False)
    world.round(one)
    # The second knows both, and gives the first receipt again.
    world.restore(1, says_so=True)
    world.round(one)
    stands = mirror.entry_of(one.store, made.id)
    given = journal.receipts(one.store, made.id)
    assert stands is not None
    assert len(given) == 2
    assert (given[-1].n, given[-1].head) == (stands.n, stands.head)


def test_an_answer_that_an_older_copy_takes_after_all_is_told_as_taken(world: World) -> None:
    artist, holder = world.device("a-mara-1"), world.device("a-manager-1")
    world.back_up()
    (made,) = world.decide(holder, [a_no()])
    world.take_back(artist, "m-decides")
    world.round(holder)
    entry = journal.entry(holder.store, made.id)
    assert entry is not None
    assert entry.outcome is Outcome.NOT_AUTHORISED
    # In the copy the mandate is in force again, and the network delivers the old request once more.
    world.restore(says_so=False)
    for message in holder.line.pushed:
        world.host.answer(message)
    world.round(holder)
    world.round(holder)
    entry = journal.entry(holder.store, made.id)
    assert entry is not None
    assert entry.outcome is Outcome.DUPLICATE
    assert journal.receipts(holder.store, made.id)
