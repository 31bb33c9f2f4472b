"""What an artist is paid by an issuer, as the service keeps it: rates, advance, reserve, commission, tax.

On the network lane; the lists read the mirror alone. A change counts for what is allocated from then on;
`allocate_statement` corrects what was allocated before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, MandateId, PartyId, StatementId
from artist_console.domain.mandates import Mandate
from artist_console.domain.pay_terms import PayRate, PayTerms, RightPart
from artist_console.domain.problems import UnknownThing
from artist_console.formats.kinds import Kind
from artist_console.formats.pay_setup import Allocated, SetPayTerms
from artist_console.store import mirror

_ALL = Decimal(1)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PayTermsRow:
    """Terms with the names that a person reads. `payee_name` "": for everybody whom the issuer pays."""

    terms: PayTerms
    payee_name: str
    commission_to_name: str  # of the party, else of the holder of the mandate; "" where there is none


@dataclass(frozen=True, slots=True)
class PayTermsWish:
    """Terms to keep, or to put in the place of those that `id` names. Rates are parts of 1, never per cent.

    `payee` None and `payee_name` "": what the issuer's agreement says for everybody. A name is looked up,
    and somebody who is not known is added.
    """

    issuer: str
    payee: PartyId | None = None
    payee_name: str = ""
    id: str = ""
    rates: tuple[PayRate, ...] = ()
    right_parts: tuple[RightPart, ...] = ()
    recoupable: Decimal = _NOTHING
    currency: str = ""
    recouped_share: Decimal = _ALL
    reserve_rate: Decimal = _NOTHING
    reserve_periods: int = 0
    commission_rate: Decimal = _NOTHING
    commission_mandate: MandateId | None = None
    commission_to: PartyId | None = None
    commission_to_name: str = ""
    tax_rate: Decimal = _NOTHING
    since: date | None = None
    until: date | None = None
    source: str = ""


def list_pay_terms(console: Console, artist: ArtistId | None = None) -> tuple[PayTermsRow, ...]:
    """All that are known here, by issuer, payee and first day; with an artist, theirs and everybody's."""
    mandates = {mandate.id: mandate for mandate in mirror.all(console.store, Kind.MANDATE)}
    facts = mirror.facts(console.store, console.clock())
    found = [
        _row(facts, terms, mandates)
        for terms in mirror.all(console.store, Kind.PAY_TERMS)
        if artist is None or terms.payee in (None, artist)
    ]
    return tuple(sorted(found, key=_order))


def show_pay_terms(console: Console, id: str) -> PayTermsRow:
    """Raises UnknownThing."""
    for row in list_pay_terms(console):
        if row.terms.id == id:
            return row
    raise UnknownThing("There are no pay terms {id} here", "See those that are kept", id=id)


def parties(console: Console) -> dict[PartyId, str]:
    """Everybody who is known here and can be paid, with their names."""
    facts = mirror.facts(console.store, console.clock())
    return {id: party.name for id, party in facts.parties.items()}


def set_pay_terms(console: Console, wished: PayTermsWish) -> Result[PayTermsRow]:
    """Have the service keep terms. Raises RequestRefused for what cannot be paid by, NotAllowed, NotFound."""
    new = SetPayTerms(**{name: getattr(wished, name) for name in SetPayTerms.__struct_fields__})
    kept = api_of(console).set_pay_terms(new)
    done = sync(console)
    return Result(show_pay_terms(console, kept.terms.id), done.changes | Changes.STATEMENTS)


def remove_pay_terms(console: Console, id: str) -> Result[None]:
    """Raises NotFound, NotAllowed."""
    api_of(console).remove_pay_terms(id)
    return Result(None, sync(console).changes | Changes.STATEMENTS)


def allocate_statement(console: Console, id: StatementId) -> Result[Allocated]:
    """Divide a statement among its payees, or correct what was allocated before.

    `counts` of the answer: statements_added, lines_allocated, lines_reversed, lines_unattributed, lines_held,
    lines_of_others. Raises NotFound, NotAllowed; RequestRefused for a statement of a payee, which is never
    allocated.
    """
    found = api_of(console).allocate_statement(id)
    return Result(found, sync(console).changes | Changes.STATEMENTS)


def as_wish(row: PayTermsRow) -> PayTermsWish:
    """What is kept, to be changed in parts."""
    terms = row.terms
    own = {name: getattr(terms, name) for name in PayTermsWish.__slots__ if hasattr(terms, name)}
    return PayTermsWish(**{**own, "since": terms.period.since, "until": terms.period.until})


def _row(facts: FactBook, terms: PayTerms, mandates: dict[MandateId, Mandate]) -> PayTermsRow:
    receiver = ""
    if terms.commission_to is not None:
        receiver = party_name(facts, terms.commission_to)
    elif terms.commission_mandate in mandates:
        receiver = mandates[terms.commission_mandate].holder_name
    payee = party_name(facts, terms.payee) if terms.payee is not None else ""
    return PayTermsRow(terms, payee, receiver)


def _order(row: PayTermsRow) -> tuple[str, str, date, str]:
    return (row.terms.issuer.casefold(), row.payee_name, row.terms.period.since or date.min, row.terms.id)
