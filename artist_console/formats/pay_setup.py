"""What a person says of how money is paid on: terms of a payee with an issuer, and letters of direction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from artist_console.domain.directions import Direction
from artist_console.domain.ids import MandateId, PartyId, WorkId
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
