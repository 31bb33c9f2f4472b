"""What was done here and can be taken back, and what was taken back and can be done again.

Nothing is kept for it but the journal: an act that takes another one back, or does it again, names it in its
own id. So the order survives restarts, and each step goes one act further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from artist_console.commands.consent import (
    KeepChoice,
    cell_of,
    decide,
    met_allows,
    register_of,
    standing_allows,
)
from artist_console.commands.console import Console, Result
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision, Recording, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId
from artist_console.domain.registers import Register, Stance, UseScopeKind
from artist_console.domain.uses import Use, is_sensitive
from artist_console.store.acts import Act, Fate

_UNDOES, _REDOES = ".takes-back.", ".does-again."

NEWER_REFUSAL = "A newer refusal stands in its place. Take that one back first, if you want to."
NEWER_ANSWER = "A newer answer stands in its place. Change that one instead."
NEWER_ALLOW = "A newer Allow stands inside it. Refuse anew, and say what becomes of that one."
OTHER_TERMS = "The former yes was for terms that are no longer in effect. Answer the new terms instead."
ONE_AT_A_TIME = "Voice, name and image are allowed one at a time. Allow each of them again."


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a person did, as it was done last. `root` is the act that did it first."""

    root: ActId
    acts: tuple[Act, ...]  # what did it, or did it again
    undone_by: tuple[Act, ...] = ()  # what took it back; empty while it stands

    @property
    def is_proposed(self) -> bool:
        return all(act.fate is Fate.PROPOSED for act in self.acts)


@dataclass(frozen=True, slots=True)
class Deeds:
    """Both in the order in which they are gone through: the next one first."""

    done: tuple[Deed, ...]
    undone: tuple[Deed, ...]


def deeds_of(acts: Iterable[Act]) -> Deeds:
    """Sort the acts of a journal, oldest first. A new answer ends what can be done again."""
    done: dict[ActId, Deed] = {}
    undone: dict[ActId, Deed] = {}
    for act in acts:
        root, mark = _named_by(act.id)
        if not mark:
            undone.clear()
            if act.fate is not Fate.NOT_APPLIED:
                done[root] = Deed(root, (act,))
        elif act.fate is Fate.NOT_APPLIED:
            continue  # it did not happen
        elif mark == _UNDOES and root in done:
            # What was done after it had changed nothing and was passed over: it has nothing to give back.
            while (last := next(reversed(done))) != root:
                del done[last]
            undone[root] = Deed(root, done.pop(root).acts, (act,))
        elif mark == _UNDOES and root in undone:
            former = undone[root]
            undone[root] = Deed(root, former.acts, (*former.undone_by, act))
        elif mark == _REDOES and root in undone:
            del undone[root]
            done[root] = Deed(root, (act,))
        elif mark == _REDOES and root in done:
            done[root] = Deed(root, (*done[root].acts, act))
    return Deeds(tuple(reversed(done.values())), tuple(reversed(undone.values())))


def _named_by(act: ActId) -> tuple[ActId, str]:
    """The act that another one takes back or does again; itself and nothing for an act of its own."""
    for mark in (_UNDOES, _REDOES):
        _, found, root = act.partition(mark)
        if found:
            return ActId(root), mark
    return act, ""


def takes_back(root: ActId) -> Callable[[str], ActId]:
    return lambda id: ActId(f"{id}{_UNDOES}{root}")


def does_again(root: ActId) -> Callable[[str], ActId]:
    return lambda id: ActId(f"{id}{_REDOES}{root}")


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an earlier state cannot be brought back, and what to look at instead: "terms/…", "decision/…"."""

    words: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Restoring:
    """Wishes that bring an earlier state back, and what becomes of narrower allows; or why they cannot."""

    wishes: tuple[Wish, ...] = ()
    choice: KeepChoice = KeepChoice.KEEP_THEM
    why_not: Hindrance | None = None


NOTHING_TO_RESTORE = Restoring()
NOT_HERE = Hindrance("These answers are no longer on this computer. Sync, then try again.")
WAITS_FOR_ARTIST = Hindrance("It waits for the artist, who can decline it.")


class Ledger:
    """An artist's answers as they stand, and as they stood before some decisions of this journal."""

    def __init__(self, facts: FactBook, made: Sequence[Decision], own: frozenset[ActId]) -> None:
        """`own` are the acts of this journal: only what came from elsewhere can stand in the way."""
        self.facts = facts
        artist = made[0].register.artist
        ids = {decision.id for decision in made}
        said = facts.said.get(artist, ())
        self._start = min((r.n for r in said if r.decision.id in ids), default=None)
        self._artist = artist
        self._newer = [
            r for r in said if self._start is not None and r.n > self._start and r.decision.act not in own
        ]
        self._before = tuple(r for r in said if self._start is not None and r.n < self._start)

    @property
    def is_here(self) -> bool:
        return self._start is not None

    @cached_property
    def earlier(self) -> FactBook:
        """The facts as they stood before. Worked out where an allow is in question: it takes a while."""
        return self.facts.with_ledger(self._artist, self._before)

    def stood(self, register: Register) -> Decision | None:
        """What stood on a register before."""
        return _standing(lambda: self.earlier, register, self._on(register))

    def showed(self, register: Register) -> Decision | None:
        """What the register showed before: its last answer, though that may have fallen."""
        return effective(register, self._on(register))

    def stands(self, register: Register) -> Decision | None:
        said = self.facts.registers_of(register.artist).get(register, ())
        return _standing(lambda: self.facts, register, said)

    def _on(self, register: Register) -> list[Recording]:
        """What had been said on a register before."""
        said = self.facts.registers_of(register.artist).get(register, ())
        return [r for r in said if self._start is not None and r.n < self._start]

    def fell(self, made: Sequence[Decision]) -> tuple[Decision, ...]:
        """Allows on other registers that stood before a refusal among `made` and do not stand now."""
        if all(decision.stance is not Stance.REFUSE for decision in made):
            return ()
        own = {decision.register for decision in made}
        found: list[Decision] = []
        for register in dict.fromkeys(
            r.decision.register for r in self._before if r.decision.stance is Stance.ALLOW
        ):
            if register in own:
                continue
            stood = standing_allows(self.earlier, register)
            if stood and not standing_allows(self.facts, register):
                found.append(stood[-1].decision)
        return tuple(found)

    def in_the_way(self, registers: Iterable[Register], wishes: Iterable[Wish]) -> Hindrance | None:
        """Something newer from elsewhere that forbids to restore these registers."""
        wanted = set(registers)
        for newer in self._newer:
            if newer.decision.register in wanted:
                refused = newer.decision.stance is Stance.REFUSE
                return _by(NEWER_REFUSAL if refused else NEWER_ANSWER, newer.decision)
        ids = {r.decision.id for r in self._newer}
        for wish in wishes:
            register = register_of(wish)
            if wish.stance is Stance.ALLOW and (refusal := self._newer_refusal_of(register)) is not None:
                return _by(NEWER_REFUSAL, refusal)
            if wish.stance is Stance.REFUSE:
                for allow in met_allows(self.facts, register):
                    if allow.id in ids:
                        return _by(NEWER_ALLOW, allow)
        return None

    def _newer_refusal_of(self, narrow: Register) -> Decision | None:
        cell = cell_of(self.facts, narrow)
        return next(
            (
                r.decision
                for r in self._newer
                if r.decision.stance is Stance.REFUSE and cell.lies_in(r.decision.register, r.at)
            ),
            None,
        )


def _by(words: str, decision: Decision) -> Hindrance:
    return Hindrance(words, f"decision/{decision.id}")


def _standing(
    facts: Callable[[], FactBook], register: Register, said: Sequence[Recording]
) -> Decision | None:
    """The answer of a register that counts: an allow that fell does not. `said` is on the register."""
    shown = effective(register, said)
    if shown is None or shown.stance is not Stance.ALLOW or register.use.kind is not UseScopeKind.KEY:
        return shown
    allows = standing_allows(facts(), register)
    if allows:
        return allows[-1].decision
    own = [r.decision for r in said]
    since = max((n for n, each in enumerate(own) if each.stance is Stance.CLEAR), default=-1)
    refusals = [each for each in own[since + 1 :] if each.stance is Stance.REFUSE]
    return refusals[-1] if refusals else None


def wish_for(register: Register, answer: Decision | None) -> Wish:
    """What brings an answer onto a register; None empties it."""
    if answer is None:
        return Wish(register.artist, register.subject, register.programme, register.use, Stance.CLEAR)
    return Wish(
        register.artist,
        register.subject,
        register.programme,
        register.use,
        answer.stance,
        answer.conditions,
        answer.terms,
    )


def fitted(ledger: Ledger, wishes: dict[Register, Wish]) -> tuple[tuple[Wish, ...], KeepChoice]:
    """The wishes with what is to become of the narrower allows that their refusals meet.

    Those that stood before stand afterwards, and no others. Where none stood the refusals let all of them
    fall; else they keep all, and what did not stand is emptied by itself.
    """
    refusals = [wish for wish in wishes.values() if wish.stance is Stance.REFUSE]
    met = {
        allow.register: allow
        for wish in refusals
        for allow in met_allows(ledger.facts, register_of(wish))
        if register_of(wish) != allow.register
    }
    kept = {register for register in met if standing_allows(ledger.earlier, register)}
    if met and not kept:
        # An allow that had fallen before falls again by itself; a register that was empty is emptied.
        shown = {
            register: wish
            for register, wish in wishes.items()
            if not (register in met and wish.stance is Stance.CLEAR and ledger.showed(register) is not None)
        }
        return tuple(shown.values()), KeepChoice.REFUSE_THEM
    emptied = {
        register: wish_for(register, None)
        for register in met
        if register not in kept and register not in wishes
    }
    return tuple((wishes | emptied).values()), KeepChoice.KEEP_THEM


def not_now(console: Console, facts: FactBook, wishes: Iterable[Wish]) -> Hindrance | None:
    """Why the allows among the wishes cannot be given today."""
    now = console.clock()
    allows = [wish for wish in wishes if wish.stance is Stance.ALLOW]
    for wish in allows:
        current = facts.terms_at(wish.programme, now)
        agreed = facts.terms.get(wish.terms) if wish.terms is not None else None
        coming = agreed is not None and agreed.effective_from > now.date()
        if not coming and (current is None or wish.terms != current.id):
            return Hindrance(OTHER_TERMS, f"terms/{current.id}" if current is not None else "")
    if len(allows) > 1 and any(is_sensitive(Use(wish.use.name)) for wish in allows):
        return Hindrance(ONE_AT_A_TIME)
    return None


def carry_out(
    console: Console, found: Restoring, name_act: Callable[[str], ActId]
) -> Result[tuple[Decision, ...]]:
    """Record what restores; one act for what refuses, one for the rest."""
    return decide(console, found.wishes, found.choice, name_act=name_act)
