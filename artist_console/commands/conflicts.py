"""Answers that met another answer on their way: two cards side by side, nothing preselected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from artist_console.commands.authority import mandates_known
from artist_console.commands.consent import TOUCHED, decide
from artist_console.commands.console import Console, Result
from artist_console.commands.names import decider_name, party_name, programme_name, subject_words
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision, Outcome, Recording, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, DecisionId, ProgrammeId
from artist_console.domain.mandates import Mandate
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import Stance, UseScope
from artist_console.store import journal, mirror, projection
from artist_console.store.journal import Settled


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One answer that the backend did not apply, beside the one that stands."""

    decision: DecisionId
    artist: ArtistId
    artist_name: str
    subject: str  # title, "All my music", a person
    programme: ProgrammeId | None
    programme_name: str  # empty: every programme
    use: UseScope
    mine: Decision
    mine_by: str
    mine_at: datetime
    mine_device: str
    saved: Decision | None  # None: what stood was cleared meanwhile
    saved_by: str
    saved_at: datetime | None
    saved_device: str
    words: str  # what counts until then, one sentence


def conflicts(console: Console, artist: ArtistId | None = None) -> tuple[ConflictView, ...]:
    """Answers that met another one and were not applied, oldest first."""
    facts = mirror.facts(console.store, console.clock())
    mandates = mandates_known(console)
    return tuple(
        _view(console, facts, entry, mandates)
        for entry in journal.needing_person(console.store, artist)
        if entry.outcome is Outcome.CONFLICT
    )


def _view(
    console: Console, facts: FactBook, entry: journal.Entry, mandates: tuple[Mandate, ...]
) -> ConflictView:
    mine = entry.decision
    register = mine.register
    saved = _in_the_way(facts, entry)
    by = saved.decision if saved is not None else None
    return ConflictView(
        decision=mine.id,
        artist=register.artist,
        artist_name=party_name(facts, register.artist),
        subject=subject_words(facts, register.subject),
        programme=register.programme,
        programme_name=programme_name(facts, register.programme),
        use=register.use,
        mine=mine,
        mine_by=decider_name(console, facts, mine, mandates),
        mine_at=mine.made_at,
        mine_device="this computer",
        saved=by,
        saved_by=decider_name(console, facts, by, mandates) if by is not None else "",
        saved_at=saved.at if saved is not None else None,
        saved_device="" if by is None else "another device or person",
        words=(
            "Until you choose, the refusal counts."
            if by is not None and by.stance is Stance.REFUSE
            else "Until you choose, the saved answer counts."
        ),
    )


def _in_the_way(facts: FactBook, entry: journal.Entry) -> Recording | None:
    """What the decision met: what the backend named, else what its register shows now."""
    register = entry.decision.register
    said = facts.said.get(register.artist, ())
    shown = effective(register, said)
    named = entry.against or (shown.id if shown is not None else None)
    return next((recording for recording in said if recording.decision.id == named), None)


def resolve(console: Console, decision: DecisionId, keep_mine: bool) -> Result[tuple[Decision, ...]]:
    """Choose between the two answers: one's own is made again in sight of what is saved, or given up."""
    found = journal.entry(console.store, decision)
    if found is None or found.outcome is not Outcome.CONFLICT or found.settled is not None:
        raise UnknownThing("This conflict is settled already", "Look at the history for what counts now")
    made: tuple[Decision, ...] = ()
    if keep_mine:
        mine = found.decision
        wish = Wish(
            mine.register.artist,
            mine.register.subject,
            mine.register.programme,
            mine.register.use,
            mine.stance,
            mine.conditions,
        )
        made = decide(console, [wish]).value
    journal.settle(console.store, decision, Settled.KEPT_MINE if keep_mine else Settled.LEFT, console.clock())
    projection.refresh(console.store, console.today)
    return Result(made, TOUCHED)
