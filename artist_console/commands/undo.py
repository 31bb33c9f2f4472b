"""Taking the last answer back: new decisions that restore the former ones; both stay in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from artist_console.commands.console import Console, Result
from artist_console.commands.deeds import (
    NOT_HERE,
    NOTHING_TO_RESTORE,
    WAITS_FOR_ARTIST,
    Deed,
    Hindrance,
    Ledger,
    Restoring,
    carry_out,
    deeds_of,
    fitted,
    not_now,
    takes_back,
    wish_for,
)
from artist_console.commands.names import decision_words
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import Register, Stance
from artist_console.store import mirror
from artist_console.store.acts import Act, acts, decisions_of


@dataclass(frozen=True, slots=True)
class UndoView:
    """What the next undo or redo would do, or what the last one did."""

    # "Refused Training for “Glass Harbour”", of a redo "Refuse Training …"; empty when there is nothing.
    words: str
    possible: bool
    reason: str  # why not, with the next step; empty when possible
    target: str = ""  # where the next step is made: "terms/…", "decision/…"; empty where nowhere


class CannotRestore(InputProblem):
    """An earlier state cannot be brought back. `target` is where the next step is made, as in the view."""

    advice_template = "{reason}"

    def __init__(self, view: UndoView) -> None:
        super().__init__(reason=view.reason)
        self.target = view.target


class CannotUndo(CannotRestore):
    """The former answer cannot be restored."""

    title_template = "The last answer cannot be taken back"


@dataclass(frozen=True, slots=True)
class Way:
    """How a deed is taken back or done again."""

    view: UndoView
    root: ActId | None = None
    found: Restoring = NOTHING_TO_RESTORE


# Acts that changed nothing are passed over; so many in a row are no slip of the hand, and each takes time.
_LOOKED_AT = 10
_TAKEN_BACK = Way(UndoView("", False, "It was taken back already, or it changed nothing."))
_NOTHING = Way(UndoView("", False, "Nothing has been decided on this computer that is not taken back."))


def undo_view(console: Console) -> UndoView:
    """What Undo would take back, and whether it still can."""
    return _way(console).view


def undo(console: Console) -> Result[UndoView]:
    """Take back the last act that was made here and is not taken back itself. Raises CannotUndo."""
    way = _way(console)
    if not way.view.possible or way.root is None:
        raise CannotUndo(way.view)
    done = carry_out(console, way.found, takes_back(way.root))
    return Result(way.view, done.changes)


def take_back(console: Console, act: ActId) -> Result[UndoView]:
    """Take back one act that was made here, whatever was done since. Raises CannotUndo."""
    made_here = acts(console.store)
    deed = next((d for d in deeds_of(made_here).done if any(each.id == act for each in d.acts)), None)
    if deed is None:
        raise CannotUndo(_TAKEN_BACK.view)
    way = _way_of(console, mirror.facts(console.store, console.clock()), made_here, deed) or _TAKEN_BACK
    if not way.view.possible:
        raise CannotUndo(way.view)
    done = carry_out(console, way.found, takes_back(deed.root))
    return Result(way.view, done.changes)


def _way(console: Console) -> Way:
    made_here = acts(console.store)
    facts = mirror.facts(console.store, console.clock())
    for deed in deeds_of(made_here).done[:_LOOKED_AT]:
        way = _way_of(console, facts, made_here, deed)
        if way is not None:
            return way
    return _NOTHING


def _way_of(console: Console, facts: FactBook, made_here: Sequence[Act], deed: Deed) -> Way | None:
    """How a deed is taken back; None where it changed nothing, so that nothing in it is to be taken back."""
    made = decisions_of(console.store, deed.acts)
    if deed.is_proposed:
        if all(each.id in _open_proposals(facts, each) for each in made):
            return Way(impossible(counted(facts, made), WAITS_FOR_ARTIST), deed.root)
        if not any(_is_said(facts, each) for each in made):
            return None  # the artist declined it
    found = _restoring(console, facts, made, frozenset(act.id for act in made_here))
    if found.why_not is not None:
        return Way(impossible(counted(facts, made), found.why_not), deed.root)
    return Way(UndoView(counted(facts, made), True, ""), deed.root, found) if found.wishes else None


def impossible(words: str, why_not: Hindrance) -> UndoView:
    return UndoView(words, False, why_not.words, why_not.target)


def _open_proposals(facts: FactBook, decision: Decision) -> set[str]:
    return {each.id for each in facts.proposals.get(decision.register.artist, ())}


def _is_said(facts: FactBook, decision: Decision) -> bool:
    said = facts.registers_of(decision.register.artist).get(decision.register, ())
    return any(recording.decision.id == decision.id for recording in said)


def counted(facts: FactBook, made: Sequence[Decision], *, to_do: bool = False) -> str:
    """The first of several decisions in words, and how many more there are."""
    more = f" and {len(made) - 1} more" if len(made) > 1 else ""
    return decision_words(facts, made[0], to_do=to_do) + more


def _restoring(
    console: Console, facts: FactBook, made: Sequence[Decision], own: frozenset[ActId]
) -> Restoring:
    """The wishes that bring back what stood before; none where nothing was changed."""
    ledger = Ledger(facts, made, own)
    if not ledger.is_here:
        return Restoring(why_not=NOT_HERE)
    wishes: dict[Register, Wish] = {}
    for register in dict.fromkeys(decision.register for decision in made):
        former, now = ledger.stood(register), ledger.stands(register)
        if not _same(former, now):
            wishes[register] = wish_for(register, former)
    wishes |= {allow.register: wish_for(allow.register, allow) for allow in ledger.fell(made)}
    touched = {*(decision.register for decision in made), *wishes}
    why_not = ledger.in_the_way(touched, wishes.values()) or not_now(console, facts, wishes.values())
    if why_not is not None:
        return Restoring(why_not=why_not)
    return Restoring(*fitted(ledger, wishes))


def _same(one: Decision | None, other: Decision | None) -> bool:
    """Whether two answers say the same. Of refusals it does not matter which it is."""
    if one is None or other is None:
        return one is other
    if one.stance is not other.stance:
        return False
    return one.stance is not Stance.ALLOW or (one.terms, one.conditions) == (other.terms, other.conditions)
