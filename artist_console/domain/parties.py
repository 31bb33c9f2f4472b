"""Persons and organisations; who holds which right of what, and what their answer can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .ids import FactId, PartyId
from .periods import ALWAYS, Period, Recorded
from .territories import WORLDWIDE, Territories
from .uses import Right


class PartyKind(Enum):
    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"


class OrganisationRole(Enum):
    """What an organisation does here. One may do several things."""

    OPERATOR = "operator"
    LICENSOR = "licensor"
    LICENSING_BODY = "licensing_body"
    DISTRIBUTOR = "distributor"
    LABEL = "label"
    PUBLISHER = "publisher"
    SOCIETY = "society"
    MANAGEMENT = "management"


class GroupRule(Enum):
    """How the members' answers make a group's answer."""

    ALL = "all"
    MAJORITY = "majority"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class PartyIdentifier:
    """`kind` is one of isni, ipi, ipi_base, dpid, mbid; `value` is in canonical form."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in a group, for a time."""

    member: PartyId
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Party:
    """A person, a group or an organisation. An artist is a party with `is_artist`."""

    id: PartyId
    name: str
    kind: PartyKind
    is_artist: bool = False
    identifiers: tuple[PartyIdentifier, ...] = ()
    aliases: tuple[str, ...] = ()
    roles: tuple[OrganisationRole, ...] = ()
    label: str = ""  # the line under an artist's name: label or management
    members: tuple[Membership, ...] = ()
    group_rule: GroupRule = GroupRule.ALL
    group_speaker: PartyId | None = None  # with GroupRule.NAMED
    shares_answers: bool = False  # lets others who need to agree see the own name and answer
    self_declared: bool = False  # made from an imported catalogue; nobody checked who this is


class Standing(Enum):
    """What a party's answer can do (PRODUCT, "standing")."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    CONTROLS = "controls"
    SHARES = "shares"
    APPROVES = "approves"
    PERSONAL = "personal"
    THROUGH_BODY = "through_body"
    WISH = "wish"
    UNKNOWN = "unknown"


NEEDED = frozenset({Standing.CONTROLS, Standing.SHARES, Standing.APPROVES, Standing.PERSONAL})

WHOLE_BP = 10_000
SPLIT_TOLERANCE_BP = 6  # the tolerance that CWR repeats everywhere


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A party's hold on one right of one work or person, in some places, for a time."""

    id: FactId
    party: PartyId
    subject: str  # WorkId, or the PartyId of a person for voice and likeness
    right: Right
    standing: Standing
    recorded: Recorded
    share_bp: int | None = None  # basis points of the right; None where no share is stated
    territories: Territories = WORLDWIDE
    period: Period = ALWAYS
    source: str = ""  # who or what says so: a contract clause, a registration, a person
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class RightStanding:
    """What the artist's answer can do on one right; the stakeholder row says from what source."""

    right: Right
    standing: Standing
    stakeholder: Stakeholder | None  # None where nothing is recorded


@dataclass(frozen=True, slots=True)
class SplitFault:
    """Why a split cannot be relied on. `total_bp` is None where it is disputed rather than wrong."""

    right: Right
    total_bp: int | None


def split_fault(right: Right, stakeholders: tuple[Stakeholder, ...]) -> SplitFault | None:
    """Check the shares of one right of one work at one date; None when they add up or none is stated."""
    if any(holder.disputed for holder in stakeholders):
        return SplitFault(right, None)
    shares = [holder.share_bp for holder in stakeholders if holder.share_bp is not None]
    if not shares or abs(sum(shares) - WHOLE_BP) <= SPLIT_TOLERANCE_BP:
        return None
    return SplitFault(right, sum(shares))
