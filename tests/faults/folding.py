"""What an artist's answers come to on one cell, in a few lines of its own: PRODUCT, rules 2 and 3.

Beside the product's fold, to be compared with it. It knows the releases of this world, of which no track
ever changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from artist_console.domain.decisions import Decision
from artist_console.domain.ids import DecisionId
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope, UseScopeKind
from artist_console.domain.uses import FAMILY_TABLE, Family, Use

from .cast import TRACKS


class Shown(Enum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Folded:
    allows: list[DecisionId]  # standing, in ledger order
    refused: bool  # whether a refusal covers the cell

    @property
    def shown(self) -> Shown:
        if self.allows:
            return Shown.ALLOWED
        return Shown.REFUSED if self.refused else Shown.UNDECIDED


def fold(cell: Register, said: Sequence[Decision]) -> Folded:
    """The answer on a narrow register after these decisions."""
    allows: list[Decision] = []
    refusals: dict[Register, Decision] = {}
    for decision in said:
        if decision.stance is Stance.CLEAR:
            refusals.pop(decision.register, None)
            allows = [allow for allow in allows if allow.register != decision.register]
        elif decision.stance is Stance.REFUSE:
            refusals[decision.register] = decision
            if contains(decision.register, cell):
                allows = [allow for allow in allows if allow.id in decision.keeps]
        elif decision.register == cell:
            allows.append(decision)
    return Folded([a.id for a in allows], any(contains(register, cell) for register in refusals))


def contains(wide: Register, cell: Register) -> bool:
    """Whether a register's scope holds a cell."""
    if wide.programme not in (None, cell.programme) or not uses_in(cell.use) <= uses_in(wide.use):
        return False
    if wide.subject.kind is SubjectKind.ALL:
        return cell.subject.kind is SubjectKind.WORK
    if wide.subject.kind is SubjectKind.RELEASE:
        return cell.subject.id in TRACKS[wide.subject.id]  # type: ignore[index]
    return wide.subject == cell.subject


def meets(one: Register, other: Register) -> bool:
    """Whether two registers have a cell in common: wider, narrower or equal."""
    if one.artist != other.artist or not uses_in(one.use) & uses_in(other.use):
        return False
    if one.programme is not None and other.programme is not None and one.programme != other.programme:
        return False
    return _subjects_meet(one.subject, other.subject)


def _subjects_meet(one: Subject, other: Subject) -> bool:
    if SubjectKind.PERSON in (one.kind, other.kind):
        return one == other
    if SubjectKind.ALL in (one.kind, other.kind):
        return True
    return bool(_works(one) & _works(other))


def _works(subject: Subject) -> set[str]:
    if subject.kind is SubjectKind.RELEASE:
        return set(TRACKS[subject.id])  # type: ignore[index]
    return {subject.id}


@cache
def uses_in(scope: UseScope) -> frozenset[Use]:
    """The uses that a scope covers, as far as any version of the families goes."""
    if scope.kind is UseScopeKind.ANY:
        return frozenset(Use)
    if scope.kind is UseScopeKind.FAMILY:
        return frozenset(use for table in FAMILY_TABLE.values() for use in table[Family(scope.name)])
    return frozenset(use for use in Use if use.value == scope.name)
