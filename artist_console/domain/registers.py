"""What a person says and where: stances, subjects, uses and the registers they are written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache

from .ids import ArtistId, ProgrammeId
from .territories import Territories
from .uses import Family, Use, in_family


class SubjectKind(Enum):
    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    WORK = "work"
    RELEASE = "release"
    ALL = "all"  # all my works; `id` is empty
    PERSON = "person"  # voice, name and image


@dataclass(frozen=True, slots=True)
class Subject:
    kind: SubjectKind
    id: str = ""


ALL_MY_WORKS = Subject(SubjectKind.ALL)


class UseScopeKind(Enum):
    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    KEY = "key"
    FAMILY = "family"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class UseScope:
    """One use, a family, or any use. `name` is the key of the use or family, empty for any."""

    kind: UseScopeKind
    name: str = ""

    @classmethod
    def of(cls, what: Use | Family | None) -> UseScope:
        match what:
            case Use():
                return cls(UseScopeKind.KEY, what.value)
            case Family():
                return cls(UseScopeKind.FAMILY, what.value)
            case None:
                return ANY_USE

    def covers(self, use: Use) -> bool:
        return use in self.uses

    @property
    def uses(self) -> frozenset[Use]:
        """The uses known today that are covered."""
        return _uses_in(self.kind, self.name)


@cache
def _uses_in(kind: UseScopeKind, name: str) -> frozenset[Use]:
    match kind:
        case UseScopeKind.ANY:
            return frozenset(Use)
        case UseScopeKind.FAMILY:
            return frozenset(use for use in Use if in_family(use, Family(name)))
        case UseScopeKind.KEY:
            return frozenset(use for use in Use if use.value == name)


ANY_USE = UseScope(UseScopeKind.ANY)


@dataclass(frozen=True, slots=True)
class Register:
    """The place a decision is written to. `programme` None means any programme."""

    artist: ArtistId
    subject: Subject
    programme: ProgrammeId | None
    use: UseScope


class Stance(Enum):
    ALLOW = "allow"
    REFUSE = "refuse"
    CLEAR = "clear"


class PartyStance(Enum):
    """What somebody without a ledger here has said, as recorded with evidence."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a yes depends on. Only an allow has any."""

    since: date | None = None
    until: date | None = None  # last day on which the yes holds
    territories: Territories | None = None
    walled_garden_only: bool = False
    no_style_prompts: bool = False
    minimum_rate: Decimal | None = None
    rate_currency: str = ""


UNCONDITIONAL = Conditions()
_ABOVE_ANY_RATE = 10**15
_DECIMALS = 18  # as many as real statements carry


def is_possible_rate(rate: Decimal) -> bool:
    """Above zero, and of a size that can be written out: "1E+999999999" would fill the memory of readers."""
    if not rate.is_finite():
        return False
    exponent = rate.as_tuple().exponent
    return 0 < rate < _ABOVE_ANY_RATE and isinstance(exponent, int) and exponent >= -_DECIMALS


def is_allow_like(stance: Stance) -> bool:
    """Taking back a refusal is judged like an allow wherever authority or conflict is judged."""
    return stance is not Stance.REFUSE
