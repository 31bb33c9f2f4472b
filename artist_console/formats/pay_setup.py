"""What a person says of how money is paid on: terms of a payee, letters of direction, who is paid what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from artist_console.domain.directions import Direction
from artist_console.domain.ids import MandateId, PartyId, WorkId
from artist_console.domain.paid_splits import PaidSplit
from artist_console.domain.pay_terms import PayRate, PayTerms, RightPart
from artist_console.domain.uses import Right


class SetPayTerms(msgspec.Struct, frozen=True):
    """Terms to keep, or to put in the place of those that `id` names.

    `payee` and `payee_name` empty: what the issuer's agreement says for everybody it pays.
    """

    issuer: str
    payee: PartyId | None = None
    payee_name: str = ""  # in place of `payee`: of somebody who may not be known yet
    id: str = ""
    rates: tuple[PayRate, ...] = ()
    right_parts: tuple[RightPart, ...] = ()
    recoupable: Decimal = Decimal(0)
    currency: str = ""
    recouped_share: Decimal = Decimal(1)
    reserve_rate: Decimal = Decimal(0)
    reserve_periods: int = 0
    commission_rate: Decimal = Decimal(0)
    commission_mandate: MandateId | None = None
    commission_to: PartyId | None = None
    commission_to_name: str = ""
    tax_rate: Decimal = Decimal(0)
    since: date | None = None
    until: date | None = None
    source: str = ""


class SetDirection(msgspec.Struct, frozen=True):
    """A letter of direction to keep, or to put in the place of the one that `id` names."""

    directed_by: PartyId
    share_bp: int
    payee: PartyId | None = None
    payee_name: str = ""  # in place of `payee`: of somebody who may not be known yet
    id: str = ""
    payer: str = ""
    work: WorkId | None = None
    right: Right | None = None
    since: date | None = None
    until: date | None = None
    source: str = ""


class SetShare(msgspec.Struct, frozen=True):
    """A share of a split, of a party or of somebody who may not be known yet."""

    share_bp: int
    party: PartyId | None = None
    name: str = ""  # in place of `party`


class SetSplit(msgspec.Struct, frozen=True):
    """Who is paid what of a right of a work, to keep or to put in the place of what `id` names.

    Without an `id`, one that began on the same day is replaced, and one that it follows ends the day before.
    """

    work: WorkId
    right: Right
    shares: tuple[SetShare, ...]
    id: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


class SplitKept(msgspec.Struct, frozen=True):
    split: PaidSplit
    ended: tuple[PaidSplit, ...] = ()  # those that it follows, as they stand now


class PayTermsKept(msgspec.Struct, frozen=True):
    terms: PayTerms


class DirectionKept(msgspec.Struct, frozen=True):
    direction: Direction


class PayRowRemoved(msgspec.Struct, frozen=True):
    id: str


class Allocated(msgspec.Struct, frozen=True):
    """What came of allocating a statement: counts by name, and the statements that were written."""

    statement: str
    counts: dict[str, int]
    written: tuple[str, ...] = ()
