"""Taking the last answer back: new decisions that restore the former ones; both stay in the history.

An act that takes another one back names it in its own id, so that the next undo goes one act further back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from artist_console.commands.consent import KeepChoice, decide, standing_allows
from artist_console.commands.console import Console, Result
from artist_console.commands.names import decision_words
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision, Outcome, Recording, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import Register, Stance
from artist_console.domain.uses import Use, is_sensitive
from artist_console.store import journal, mirror

_MARK = ".takes-back."
# Acts further back than this are changed where they stand, not by undoing.
_LOOKED_AT = 20_000
_NOT_APPLIED = frozenset({Outcome.CONFLICT, Outcome.NOT_AUTHORISED})


@dataclass(frozen=True, slots=True)
class UndoView:
    """What the next undo would do, or what the last one did."""

    words: str  # "Refused Training for “Glass Harbour”"; empty when there is nothing
    possible: bool
    reason: str  # why not, with the next step; empty when possible


class CannotUndo(InputProblem):
    """The former answer cannot be restored."""

    title_template = "The last answer cannot be taken back"
    advice_template = "{reason}"


@dataclass(frozen=True, slots=True)
class _Way:
    """How an act is taken back."""

    view: UndoView
    act: ActId | None = None
    wishes: tuple[Wish, ...] = ()


_NOTHING = _Way(UndoView("", False, "Nothing has been decided on this computer that is not taken back."))


def undo_view(console: Console) -> UndoView:
    """What Undo would take back, and whether it still can."""
    return _way(console).view


def undo(console: Console) -> Result[UndoView]:
    """Take back the last act that was made here and is not taken back itself. Raises CannotUndo."""
    way = _way(console)
    if not way.view.possible or way.act is None:
        raise CannotUndo(reason=way.view.reason)
    act = way.act
    done = decide(console, way.wishes, KeepChoice.KEEP_THEM, name_act=lambda id: ActId(f"{id}{_MARK}{act}"))
    return Result(way.view, done.changes)


def _way(console: Console) -> _Way:
    entries = journal.entries(console.store, limit=_LOOKED_AT)
    taken_back = {entry.decision.act.partition(_MARK)[2] for entry in entries} - {""}
    left = [e for e in entries if _MARK not in e.decision.act and e.decision.act not in taken_back]
    last = next((e for e in left if e.outcome not in _NOT_APPLIED and not e.parked), None)
    if last is None:
        return _NOTHING
    act = last.decision.act
    made = [entry.decision for entry in reversed(left) if entry.decision.act == act]
    facts = mirror.facts(console.store, console.clock())
    more = f" and {len(made) - 1} more" if len(made) > 1 else ""
    words = decision_words(facts, made[0]) + more
    if last.outcome is Outcome.PROPOSED:
        return _Way(UndoView(words, False, "It waits for the artist, who can decline it."), act)
    wishes = _restoring(console, facts, made, taken_back)
    if isinstance(wishes, str):
        return _Way(UndoView(words, False, wishes), act)
    return _Way(UndoView(words, True, ""), act, wishes)


def _restoring(
    console: Console, facts: FactBook, made: Sequence[Decision], taken_back: set[str]
) -> tuple[Wish, ...] | str:
    """The wishes that bring back what stood before; or the reason why they cannot."""
    artist = made[0].register.artist
    said = facts.said.get(artist, ())
    # What was taken back, and what took it back, cancel each other out.
    counting = [r for r in said if _MARK not in r.decision.act and r.decision.act not in taken_back]
    before = [r for r in counting if r.decision.act != made[0].act]
    wishes: dict[Register, Wish] = {}
    for decision in made:
        register = decision.register
        if _differ(effective(register, counting), _shown_by(decision)) or _differ(
            effective(register, said), _shown_by(decision)
        ):
            return "A newer answer stands in its place. Change that one instead."
        former = effective(register, before)
        if former is None or former.stance is not decision.stance or decision.stance is Stance.ALLOW:
            wishes[register] = _wish(register, former)
    fallen = _fallen(facts, before, made)
    wishes |= {allow.register: _wish(allow.register, allow) for allow in fallen}
    return _if_possible(console, facts, tuple(wishes.values()))


def _shown_by(decision: Decision) -> Stance | None:
    return None if decision.stance is Stance.CLEAR else decision.stance


def _differ(found: Decision | None, stance: Stance | None) -> bool:
    return (found.stance if found is not None else None) is not stance


def _wish(register: Register, former: Decision | None) -> Wish:
    if former is None:
        return Wish(register.artist, register.subject, register.programme, register.use, Stance.CLEAR)
    return Wish(
        register.artist,
        register.subject,
        register.programme,
        register.use,
        former.stance,
        former.conditions,
        former.terms,
    )


def _fallen(facts: FactBook, before: Sequence[Recording], made: Sequence[Decision]) -> tuple[Decision, ...]:
    """Allows on other registers that stood before a refusal of the act and do not stand now."""
    if all(decision.stance is not Stance.REFUSE for decision in made):
        return ()
    own = {decision.register for decision in made}
    artist = made[0].register.artist
    earlier = facts.with_ledger(artist, before)
    found: list[Decision] = []
    for register in dict.fromkeys(r.decision.register for r in before if r.decision.stance is Stance.ALLOW):
        if register in own:
            continue
        stood = standing_allows(earlier, register)
        if stood and not standing_allows(facts, register):
            found.append(stood[-1].decision)
    return tuple(found)


def _if_possible(console: Console, facts: FactBook, wishes: tuple[Wish, ...]) -> tuple[Wish, ...] | str:
    now = console.clock()
    allows = [wish for wish in wishes if wish.stance is Stance.ALLOW]
    for wish in allows:
        current = facts.terms_at(wish.programme, now)
        agreed = facts.terms.get(wish.terms) if wish.terms is not None else None
        coming = agreed is not None and agreed.effective_from > now.date()
        if not coming and (current is None or wish.terms != current.id):
            return "The former yes was for terms that are no longer in effect. Answer the new terms instead."
    if len(allows) > 1 and any(is_sensitive(Use(wish.use.name)) for wish in allows):
        return "Voice, name and image are allowed one at a time. Allow each of them again."
    if not wishes:
        return "It changed nothing."
    return wishes
