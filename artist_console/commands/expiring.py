"""A yes with a last day: give it again for longer, refuse, or let it run out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from artist_console.commands.console import Console, Result
from artist_console.commands.names import cell_words, condition_words, party_name, programme_name
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, DecisionId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import UNCONDITIONAL, Conditions, Stance
from artist_console.domain.uses import Use, is_sensitive
from artist_console.domain.waiting import ending_with
from artist_console.store import asked_no_more, mirror, projection
from artist_console.store.private import PrivateKind


@dataclass(frozen=True, slots=True)
class EndingAnswer:
    """One yes that ends, in words."""

    decision: Decision
    words: str  # what it is about
    conditions: tuple[str, ...]  # besides the last day


@dataclass(frozen=True, slots=True)
class EndingView:
    """The yeses that end together, or have ended."""

    artist: ArtistId
    artist_name: str
    programme: str
    until: date
    ended: bool
    answers: tuple[EndingAnswer, ...]
    sensitive: bool  # voice or likeness among several: those are given again one by one

    @property
    def refusals(self) -> tuple[Wish, ...]:
        return self._wishes(Stance.REFUSE)

    @property
    def clears(self) -> tuple[Wish, ...]:
        return self._wishes(Stance.CLEAR)

    def renewed(self, until: date | None, today: date) -> tuple[Wish, ...]:
        """The same answers on the same conditions, for longer. A first day that has come is not needed."""
        return tuple(
            replace(wish, conditions=_renewed(each.decision.conditions, until, today))
            for wish, each in zip(self._wishes(Stance.ALLOW), self.answers, strict=True)
        )

    def _wishes(self, stance: Stance) -> tuple[Wish, ...]:
        registers = (each.decision.register for each in self.answers)
        return tuple(Wish(r.artist, r.subject, r.programme, r.use, stance) for r in registers)


def _renewed(kept: Conditions, until: date | None, today: date) -> Conditions:
    since = kept.since if kept.since is not None and kept.since > today else None
    return replace(kept, since=since, until=until)


def ending(console: Console, decision: DecisionId) -> EndingView:
    """What ends together with a decision. Raises UnknownThing once it was answered."""
    facts = mirror.facts(console.store, console.clock())
    found = _together(facts, decision)
    if not found or found[0].conditions.until is None:
        raise UnknownThing("This was answered already", "Look at the history for what counts now")
    first, until = found[0], found[0].conditions.until
    answers = tuple(_answer(facts, each) for each in found)
    return EndingView(
        artist=first.register.artist,
        artist_name=party_name(facts, first.register.artist),
        programme=programme_name(facts, first.register.programme),
        until=until,
        ended=until < console.today,
        answers=answers,
        sensitive=len(answers) > 1 and any(is_sensitive(Use(each.register.use.name)) for each in found),
    )


def _together(facts: FactBook, decision: DecisionId) -> tuple[Decision, ...]:
    said = (each.decision for rows in facts.said.values() for each in rows)
    known = next((each for each in said if each.id == decision), None)
    found = ending_with(known, facts) if known is not None else ()
    return found if known in found else ()


def _answer(facts: FactBook, decision: Decision) -> EndingAnswer:
    about = cell_words(facts, decision.register)
    besides = replace(decision.conditions, until=None)
    return EndingAnswer(decision, about, condition_words(besides) if besides != UNCONDITIONAL else ())


def let_run_out(console: Console, artist: ArtistId, decisions: Sequence[DecisionId]) -> Result[int]:
    """Ask no more about answers that end. The answers stay as they are."""
    asked_no_more.note(console.store, PrivateKind.LET_END, artist, decisions, console.clock())
    projection.refresh(console.store, console.today)
    return Result(len(decisions), Changes.CONSENT | Changes.WORKS)
