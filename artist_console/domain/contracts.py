"""What the artist's side signed and says it owns. Private objects: they stay in the profile.

A contract sets standing (`contract_rows`): what the artist's answer can do on each right of each work. It
never makes a yes: whatever it says, nothing becomes allowed by it that the artist has not allowed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from .ids import ArtistId, FactId, PartyId, ReleaseId, WorkId
from .parties import OrganisationRole, Party, PartyKind, Standing
from .periods import ALWAYS, Period, Recorded
from .phrases import day_in_words
from .territories import WORLDWIDE, Territories
from .uses import PERSONAL_RIGHTS, Right


class ContractKind(Enum):
    """With whom it was signed."""

    LABEL = "label"
    PUBLISHER = "publisher"
    DISTRIBUTOR = "distributor"
    SOCIETY = "society"
    BAND = "band"  # among the people who made it together
    OTHER = "other"


class Hold(Enum):
    """What the other side got."""

    OWNS = "owns"  # the rights were transferred
    SHARES = "shares"  # both own a part
    EXCLUSIVE = "exclusive"  # the artist owns; only the other side may use and license
    NON_EXCLUSIVE = "non_exclusive"  # both may use and license
    EXERCISES = "exercises"  # the other side only acts for the artist


class AiClause(Enum):
    """What a contract says about AI."""

    NONE = "none"
    APPROVAL = "approval"
    CONSULT = "consult"
    BLANKET = "blanket"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """The signed paper itself, kept beside the contract and found by the hash of its bytes."""

    sha256: str
    name: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Contract:
    """What the artist's side signed. The other side is a party known here, or a name known only here."""

    id: FactId
    artist: ArtistId
    kind: ContractKind
    hold: Hold
    rights: tuple[Right, ...]
    ai_clause: AiClause
    recorded: Recorded
    counterparty: PartyId | None = None
    counterparty_name: str = ""  # where `counterparty` is None
    signed_on: date | None = None
    ai_words: str = ""  # exact words of the clause; leave only in a report for which they were chosen
    clause_number: str = ""
    works: tuple[WorkId, ...] = ()  # with `releases` empty too: all works of the artist
    releases: tuple[ReleaseId, ...] = ()
    territories: Territories = WORLDWIDE
    period: Period = ALWAYS  # the term
    share_bp: int | None = None  # what the other side owns, with Hold.SHARES
    objection_days: int | None = None  # to object to a statement, from its date
    audit_months: int | None = None
    notice_address: str = ""
    rerecording_until: date | None = None
    reversion_on: date | None = None  # the day on which the rights come back
    how_a_yes_is_withdrawn: str = ""
    writing_clause: str = ""  # what it says of writing to others directly; empty: nothing
    file: AttachedFile | None = None
    note: str = ""

    @property
    def other_side(self) -> PartyId:
        """The party: known here, or made up for a name that is known only here.

        One name is one party. A person's name cannot be guessed from the id, which leaves in reports.
        """
        if self.counterparty is not None:
            return self.counterparty
        if self.kind is ContractKind.BAND:
            return PartyId(f"contract:{self.id}:party")
        folded = " ".join(self.counterparty_name.casefold().split())
        return PartyId(f"named:{hashlib.sha256(folded.encode()).hexdigest()[:32]}")

    @property
    def holds(self) -> Period:
        """The days on which the other side holds the rights.

        Rights that were transferred do not come back when the term ends, only on a day that is named.
        """
        until = self.period.until
        if self.reversion_on is not None:
            until = self.reversion_on - timedelta(days=1)
        elif self.hold in (Hold.OWNS, Hold.SHARES):
            until = None
        return Period(self.period.since or self.signed_on, until)

    @property
    def standing(self) -> Standing | None:
        """What is left to the artist while it holds; None where it takes and gives nothing."""
        match self.ai_clause:
            case AiClause.APPROVAL:
                return Standing.SHARES if self.hold is Hold.SHARES else Standing.APPROVES
            case AiClause.NONE if self.hold is Hold.SHARES:
                return Standing.SHARES
            case AiClause.NONE if self.hold is Hold.NON_EXCLUSIVE:
                return None
        if self.hold is Hold.EXERCISES:
            return Standing.THROUGH_BODY
        return Standing.WISH

    @property
    def granted(self) -> tuple[Right, ...]:
        """The rights on which it can change anything: voice, name and image stay the person's."""
        return tuple(right for right in self.rights if right not in PERSONAL_RIGHTS)


class Owned(Enum):
    """What a statement of ownership is about."""

    RECORDINGS = "recordings"
    SONGS = "songs"
    VOICE = "voice"  # heard on the recordings; with it go name and image


OWNED_RIGHTS: dict[Owned, tuple[Right, ...]] = {
    Owned.RECORDINGS: (Right.MASTER,),
    Owned.SONGS: (Right.COMPOSITION, Right.LYRICS),
    Owned.VOICE: (Right.VOICE, Right.LIKENESS),
}


class Owner(Enum):
    MINE = "mine"
    SHARED = "shared"
    SOMEBODY_ELSE = "somebody_else"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Ownership:
    """What the artist's side says it owns. Nobody has checked it; a contract outweighs it."""

    id: FactId
    artist: ArtistId
    of: Owned
    owner: Owner
    recorded: Recorded
    share_bp: int | None = None  # the artist's own, with Owner.SHARED
    works: tuple[WorkId, ...] = ()  # with `releases` empty too: all works of the artist
    releases: tuple[ReleaseId, ...] = ()
    since: date | None = None

    @property
    def standing(self) -> Standing | None:
        """What it gives the artist; None where nothing is said."""
        match self.owner:
            case Owner.MINE:
                return Standing.PERSONAL if self.of is Owned.VOICE else Standing.CONTROLS
            case Owner.SHARED:
                return Standing.PERSONAL if self.of is Owned.VOICE else Standing.SHARES
            case Owner.SOMEBODY_ELSE:
                return Standing.WISH
            case Owner.NOT_KNOWN:
                return None


_ROLE: dict[ContractKind, OrganisationRole] = {
    ContractKind.LABEL: OrganisationRole.LABEL,
    ContractKind.PUBLISHER: OrganisationRole.PUBLISHER,
    ContractKind.DISTRIBUTOR: OrganisationRole.DISTRIBUTOR,
    ContractKind.SOCIETY: OrganisationRole.SOCIETY,
}


def parties_known_only_here(contracts: Iterable[Contract]) -> tuple[Party, ...]:
    """The other sides that no service has told of. Somebody in a band is a person, and shares nothing."""
    found: dict[PartyId, Party] = {}
    for contract in sorted(contracts, key=lambda each: each.id):
        if contract.counterparty is None:
            kind = PartyKind.PERSON if contract.kind is ContractKind.BAND else PartyKind.ORGANISATION
            roles = (_ROLE[contract.kind],) if contract.kind in _ROLE else ()
            id = contract.other_side
            found.setdefault(id, Party(id, contract.counterparty_name, kind, roles=roles))
    return tuple(found.values())


def contract_in_words(contract: Contract, name: str) -> str:
    """Which contract, so that a person finds it: "Contract with Fieldnote of 3 March 2019"."""
    words = f"Contract with {name}" if name else "Contract"
    return f"{words} of {day_in_words(contract.signed_on)}" if contract.signed_on else words


def clause_in_words(contract: Contract, name: str) -> str:
    """Contract and clause, and what the clause leaves; never its own words."""
    words = contract_in_words(contract, name)
    if contract.ai_clause is AiClause.NONE:
        return f"{words}, which says nothing about AI"
    if contract.clause_number:
        words = f"{words}, clause {contract.clause_number}"
    if contract.ai_clause is AiClause.CONSULT:
        return f"{words}; being consulted is not a veto"
    return words
