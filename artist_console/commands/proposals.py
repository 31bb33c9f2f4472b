"""Proposals that wait for the artist's signature: who proposed what, sign, decline.

A signature is an act with the service: it is judged there, at that moment, in sight of the artist's ledger.
It is not queued; without the service the proposal stays as it is and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from artist_console.commands import syncing
from artist_console.commands.authority import RosterPower, acting_for, mandates_known
from artist_console.commands.console import Console, Result
from artist_console.commands.names import (
    cell_words,
    condition_words,
    decider_name,
    party_name,
    programme_name,
    terms_words,
)
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Decision, Pin
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId, ArtistId, DecisionId
from artist_console.domain.problems import AuthorityProblem, NetworkProblem, Problem, UnknownThing
from artist_console.domain.registers import Stance
from artist_console.formats.wire import CoSign
from artist_console.store import mirror
from artist_console.sync.problems import Unreachable

TOUCHED = Changes.CONSENT | Changes.JOURNAL | Changes.WORKS | Changes.SYNC


class SigningNeedsTheService(NetworkProblem):
    """A signature cannot wait in the queue: it would count for a ledger that nobody has seen."""

    title_template = "A proposal is answered with the service, and it cannot be reached now"
    advice_template = "The proposal stays as it is and changes nothing; answer it when you are back online"


class OnlyTheArtistSigns(AuthorityProblem):
    title_template = "Only {artist} can sign or decline this proposal"
    advice_template = "It stays in Waiting until they do"


class ProposalSettled(UnknownThing):
    title_template = "This proposal was answered already, or is not known here any more"
    advice_template = "Look at the history for what counts now"


class PartlyAnswered(NetworkProblem):
    """Some of an act were answered before something went wrong."""

    title_template = "{done} of {count} answers of this proposal were recorded, then: {why}"
    advice_template = "Sync, and answer the rest again"


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """One answer of a proposal."""

    decision: Decision
    words: str  # "Glass Harbour · AI covers"
    programme: str  # empty for every programme
    terms: str  # the version that a yes would agree to; empty for any other answer
    terms_are_old: bool  # others are in effect by now
    conditions: tuple[str, ...]
    withdrawn: str  # how a yes can be withdrawn by those terms


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What was proposed in one act, by whom and when."""

    artist: ArtistId
    artist_name: str
    proposed_by: str
    proposed_at: datetime
    answers: tuple[ProposedAnswer, ...]
    is_mine: bool  # this account is the artist, who signs
    seen: Pin  # the artist's ledger as it is shown: a refusal after it stands against a proposed yes

    @property
    def act(self) -> ActId:
        return self.answers[0].decision.act

    @property
    def allows(self) -> bool:
        return any(each.decision.stance is Stance.ALLOW for each in self.answers)


def proposals(console: Console, artist: ArtistId | None = None) -> tuple[ProposalView, ...]:
    """The open proposals of one artist or all, one per act, oldest first."""
    facts = mirror.facts(console.store, console.clock())
    acts: dict[tuple[ArtistId, ActId], list[Decision]] = {}
    for whose, waiting in facts.proposals.items():
        for decision in waiting if artist in (None, whose) else ():
            acts.setdefault((whose, decision.act), []).append(decision)
    found = [_view(console, facts, decisions) for decisions in acts.values()]
    return tuple(sorted(found, key=lambda view: (view.proposed_at, view.act)))


def proposal(console: Console, decision: DecisionId) -> ProposalView:
    """The open proposal that a decision is part of. Raises ProposalSettled."""
    for view in proposals(console):
        if any(each.decision.id == decision for each in view.answers):
            return view
    raise ProposalSettled


def sign(console: Console, decision: DecisionId, seen: Pin | None = None) -> Result[int]:
    """Make a proposal, all of its act, the artist's own; gives how many answers count from now on.

    `seen` is the ledger as the proposal was shown; without it, as it is here now.
    Raises SigningNeedsTheService, OnlyTheArtistSigns, ProposalSettled, and what the service refuses: a
    refusal that was recorded since stands against a proposed yes.
    """
    return _answer(console, decision, seen, lambda id, body: syncing.api_of(console).co_sign(id, body))


def decline(console: Console, decision: DecisionId, seen: Pin | None = None) -> Result[int]:
    """Have a proposal, all of its act, count for nothing. Raises as `sign` does."""
    return _answer(console, decision, seen, lambda id, body: syncing.api_of(console).decline(id, body))


def _answer(
    console: Console,
    decision: DecisionId,
    seen: Pin | None,
    tell: Callable[[DecisionId, CoSign], object],
) -> Result[int]:
    view = proposal(console, decision)
    if not view.is_mine:
        raise OnlyTheArtistSigns(artist=view.artist_name)
    body = CoSign(seen=seen if seen is not None else view.seen)
    done = 0
    try:
        # A no first: should the rest fail, what stands is the more careful part.
        for each in sorted(view.answers, key=lambda a: a.decision.stance is not Stance.REFUSE):
            tell(each.decision.id, body)
            done += 1
    except Problem as problem:
        if done:
            _catch_up(console)
            raise PartlyAnswered(done=done, count=len(view.answers), why=problem.title) from problem
        if isinstance(problem, (syncing.NotConnected, Unreachable)):
            raise SigningNeedsTheService from problem
        raise
    _catch_up(console)
    return Result(done, TOUCHED)


def _catch_up(console: Console) -> None:
    """Fetch what the signature wrote. What was signed is recorded, whether or not this comes through."""
    try:
        syncing.sync(console)
    except (NetworkProblem, AuthorityProblem):
        return


def _view(console: Console, facts: FactBook, decisions: list[Decision]) -> ProposalView:
    first = decisions[0]
    artist = first.register.artist
    return ProposalView(
        artist=artist,
        artist_name=party_name(facts, artist),
        proposed_by=decider_name(console, facts, first, mandates_known(console)),
        proposed_at=first.made_at,
        answers=tuple(_proposed(console, facts, each) for each in decisions),
        is_mine=acting_for(console, artist).power is RosterPower.OWN,
        seen=mirror.tip(console.store, artist),
    )


def _proposed(console: Console, facts: FactBook, decision: Decision) -> ProposedAnswer:
    agreed = facts.terms.get(decision.terms) if decision.terms is not None else None
    present = facts.terms_at(decision.register.programme, console.clock())
    return ProposedAnswer(
        decision=decision,
        words=cell_words(facts, decision.register),
        programme=programme_name(facts, decision.register.programme),
        terms=terms_words(facts, decision.terms),
        terms_are_old=agreed is not None and present is not None and present.number > agreed.number,
        conditions=condition_words(decision.conditions),
        withdrawn=agreed.how_a_yes_is_withdrawn if agreed is not None else "",
    )
