"""Answers that somebody gave for the artist without a mandate: they apply nowhere until they are adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from artist_console.commands.console import Console, Result
from artist_console.commands.names import condition_words, decision_words, party_name
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, DecisionId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import Stance
from artist_console.domain.unauthorised import Unauthorised, still_open
from artist_console.formats.kinds import Kind
from artist_console.store import asked_no_more, mirror, projection
from artist_console.store.private import PrivateKind


class AnsweredAlready(UnknownThing):
    title_template = "This was answered already, or is not known here any more"
    advice_template = "Look at the history for what counts now"


@dataclass(frozen=True, slots=True)
class UntakenAnswer:
    """One answer that was not taken."""

    decision: Decision
    words: str  # "Refuse AI covers for “Glass Harbour” in Harbour Studio"
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnauthorisedView:
    """What was sent in one act, by whom, when it came, and why it was not taken."""

    artist: ArtistId
    artist_name: str
    sent_by: str
    received_at: datetime
    why: str
    answers: tuple[UntakenAnswer, ...]

    @property
    def ids(self) -> tuple[DecisionId, ...]:
        return tuple(each.decision.id for each in self.answers)

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """The same answers as the artist's own, to the terms of today."""
        return tuple(_wish(each.decision) for each in self.answers)


def _wish(decision: Decision) -> Wish:
    register = decision.register
    return Wish(
        register.artist,
        register.subject,
        register.programme,
        register.use,
        decision.stance,
        decision.conditions,
    )


def unauthorised(console: Console, artist: ArtistId | None = None) -> tuple[UnauthorisedView, ...]:
    """What waits for the artist to adopt or leave, one per act, the oldest first."""
    facts = mirror.facts(console.store, console.clock())
    left = asked_no_more.noted(console.store, PrivateKind.LEFT)
    acts: dict[tuple[ArtistId, str], list[Unauthorised]] = {}
    for told in mirror.all(console.store, Kind.UNAUTHORISED):
        wanted = artist in (None, told.artist) and told.id not in left
        if wanted and still_open(told, facts.said.get(told.artist, ())):
            acts.setdefault((told.artist, told.decision.act), []).append(told)
    return tuple(sorted((_view(facts, told) for told in acts.values()), key=lambda view: view.received_at))


def one(console: Console, decision: DecisionId) -> UnauthorisedView:
    """That of which a decision is part. Raises AnsweredAlready."""
    found = (view for view in unauthorised(console) if decision in view.ids)
    view = next(found, None)
    if view is None:
        raise AnsweredAlready
    return view


def leave(console: Console, view: UnauthorisedView) -> Result[int]:
    """Ask no more about it. It goes on applying nowhere; its sender keeps it in their own journal."""
    asked_no_more.note(console.store, PrivateKind.LEFT, view.artist, view.ids, console.clock())
    projection.refresh(console.store, console.today)
    return Result(len(view.ids), Changes.CONSENT | Changes.WORKS)


def _view(facts: FactBook, told: Sequence[Unauthorised]) -> UnauthorisedView:
    first = told[0]
    return UnauthorisedView(
        artist=first.artist,
        artist_name=party_name(facts, first.artist),
        sent_by=first.sent_by,
        received_at=first.received_at,
        why=first.words,
        answers=tuple(
            UntakenAnswer(
                each.decision,
                decision_words(facts, each.decision, to_do=True),
                condition_words(each.decision.conditions) if each.decision.stance is Stance.ALLOW else (),
            )
            for each in told
        ),
    )
