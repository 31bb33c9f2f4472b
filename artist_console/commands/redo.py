"""Doing again what was taken back last, by new decisions like those; all of them stay in the history."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.commands.console import Console, Result
from artist_console.commands.deeds import (
    NOT_HERE,
    Deed,
    Ledger,
    Restoring,
    carry_out,
    deeds_of,
    does_again,
    fitted,
    not_now,
    wish_for,
)
from artist_console.commands.undo import CannotRestore, UndoView, Way, counted, impossible
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId
from artist_console.domain.registers import Stance
from artist_console.store import mirror
from artist_console.store.acts import acts, decisions_of


class CannotRedo(CannotRestore):
    """What was taken back cannot be done again as it was."""

    title_template = "What was taken back cannot be done again"


_NOTHING = Way(UndoView("", False, "Nothing was taken back since your last answer."))


def redo_view(console: Console) -> UndoView:
    """What Redo would do again, and whether it still can."""
    return _way(console).view


def redo(console: Console) -> Result[UndoView]:
    """Do again what was taken back last; a new answer since then has ended that. Raises CannotRedo."""
    way = _way(console)
    if not way.view.possible or way.root is None:
        raise CannotRedo(way.view)
    done = carry_out(console, way.found, does_again(way.root))
    return Result(way.view, done.changes)


def _way(console: Console) -> Way:
    made_here = acts(console.store)
    deed = next(iter(deeds_of(made_here).undone), None)
    if deed is None:
        return _NOTHING
    facts = mirror.facts(console.store, console.clock())
    made = decisions_of(console.store, deed.acts)
    found = _again(console, facts, made, deed, frozenset(act.id for act in made_here))
    words = counted(facts, made, to_do=True)
    if found.why_not is not None:
        return Way(impossible(words, found.why_not), deed.root)
    return Way(UndoView(words, True, ""), deed.root, found)


def _again(
    console: Console, facts: FactBook, made: Sequence[Decision], deed: Deed, own: frozenset[ActId]
) -> Restoring:
    """The same answers anew, as long as nothing but their undoing came after them."""
    undoing = decisions_of(console.store, deed.undone_by)
    ledger = Ledger(facts, undoing, own)
    if not ledger.is_here:
        return Restoring(why_not=NOT_HERE)
    last = {decision.register: decision for decision in made}
    wishes = {
        register: wish_for(register, None if decision.stance is Stance.CLEAR else decision)
        for register, decision in last.items()
    }
    touched = {*last, *(decision.register for decision in undoing)}
    why_not = ledger.in_the_way(touched, wishes.values()) or not_now(console, facts, wishes.values())
    if why_not is not None:
        return Restoring(why_not=why_not)
    return Restoring(*fitted(ledger, wishes))
