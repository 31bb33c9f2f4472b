"""What every deed of a case rests on: the case, whether this account may change it, and keeping an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from artist_console.commands.authority import mandates_known
from artist_console.commands.case_effects import effects
from artist_console.commands.console import Console, Result
from artist_console.commands.letter_writers import Writer, writer_for
from artist_console.commands.names import party_name
from artist_console.domain.cases import Case, CaseEvent, EventKind
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import AuthorityProblem, UnknownThing
from artist_console.store import case_outcomes, mirror
from artist_console.store import cases as kept
from artist_console.store.private import PrivateKind

MOST_WORDS = 4_000
MOST_NAME = 200


class UnknownCase(UnknownThing):
    title_template = "There is no case {case} here"
    advice_template = "See: artist-console case list"


class MayOnlyLook(AuthorityProblem):
    title_template = "You can look at this case and not change it. {why}"
    advice_template = "Ask for a mandate that lets you write letters"


def why_not_change(console: Console, artist: ArtistId) -> Sentence | None:
    """Why this account may look at the artist's cases and not change them; None where it may."""
    facts = mirror.facts(console.store, console.clock())
    writer = writer_for(console, artist, party_name(facts, artist), mandates_known(console))
    return None if isinstance(writer, Writer) else writer


def known_case(console: Console, id: str) -> Case:
    known = kept.get(console.store, id)
    facts = mirror.facts(console.store, console.clock())
    if known is None or not facts.is_in_reach(known.artist):
        raise UnknownCase(case=id)
    return known


def changeable(console: Console, id: str) -> Case:
    known = known_case(console, id)
    why = why_not_change(console, known.artist)
    if why is not None:
        raise MayOnlyLook(why=why.text)
    return known


def an_event(console: Console, kind: EventKind, on: date, words: str = "") -> CaseEvent:
    account = console.account
    who = account.name if account is not None else ""
    return CaseEvent(console.new_id(), kind, on, console.clock(), who, words.strip()[:MOST_WORDS])


def with_event(console: Console, case: Case, event: CaseEvent, owner: str | None = None) -> Result[Case]:
    """Keep one event; the rows of works follow at once where an outcome changed what is said of them."""
    done = with_events(console, [(case, [event])], owner)
    return Result(done.value[0], done.changes)


def with_events(
    console: Console, added: Sequence[tuple[Case, Sequence[CaseEvent]]], owner: str | None = None
) -> Result[tuple[Case, ...]]:
    """Keep events of several cases with all that follows from them, all or none. Raises UnknownCase.

    Each case is named once. The rows of works follow at once.
    """
    beside = [(case.artist, change) for case, events in added for change in effects(console, case, events)]
    works = frozenset(work for case, events in added for work in _works_spoken_of(case, events))
    if any(change.kind is PrivateKind.REMOVAL_MARK for _, change in beside):
        works |= frozenset(work for case, _ in added for work in case.works)
    touched = case_outcomes.rows_touched(console.store, works) if works else frozenset()
    additions = [kept.Addition(case.id, events, owner=owner) for case, events in added]
    changed = kept.add_together(
        console.store, additions, console.clock(), console.today, works=touched, beside=beside
    )
    if changed is None:
        here = {case.id for case in kept.all(console.store)}
        raise UnknownCase(case=next(case.id for case, _ in added if case.id not in here))
    shown = Changes.INCLUSIONS | Changes.WORKS if works else Changes.NONE
    return Result(changed, Changes.CASES | shown)


def _works_spoken_of(case: Case, events: Sequence[CaseEvent]) -> frozenset[WorkId]:
    """The works of which something else is said once these events are kept."""
    spoken = [event.outcome for event in events]
    for event in events:
        spoken += [each.outcome for each in case.events if each.id == event.of]
        # A reply that is put right changes date and file of its outcomes; one taken back takes them with it.
        if event.kind is EventKind.REPLY and event.of:
            spoken += [each.outcome for each in case.events]
    return frozenset(work for outcome in spoken if outcome is not None for work in outcome.works)
