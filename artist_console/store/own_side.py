"""What the artist's own side knows of who holds what: worked out from contracts, laid over a book of facts.

The contracts stay in the profile. What is derived from them are facts of this client's book: who holds which
right, and the name of the contract and the number of its clause as their source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from artist_console.domain.contract_rows import Doubt, own_holders
from artist_console.domain.contracts import Contract, ContractKind, Ownership, parties_known_only_here
from artist_console.domain.facts import FactBook
from artist_console.domain.parties import Party, PartyKind, Stakeholder

from . import private
from .opening import Store
from .private import PrivateKind

NameOf = Callable[[Contract], str]


def contracts(store: Store) -> tuple[Contract, ...]:
    return private.all(store, PrivateKind.CONTRACT, Contract)


def ownerships(store: Store) -> tuple[Ownership, ...]:
    return private.all(store, PrivateKind.OWNERSHIP, Ownership)


def parties(store: Store) -> tuple[Party, ...]:
    """The other sides of contracts that no service has told of."""
    return parties_known_only_here(contracts(store))


def namer(book: FactBook) -> NameOf:
    """The name of a contract's other side."""

    def name_of(contract: Contract) -> str:
        party = book.parties.get(contract.other_side)
        return party.name if party is not None else contract.counterparty_name

    return name_of


def laid_over(store: Store, book: FactBook) -> tuple[FactBook, tuple[Doubt, ...]]:
    """The book with what was signed and what is said to be owned, and where that does not fit together."""
    over, doubts = _over(store, book, namer(book))
    return over.with_parties(parties(store)), doubts


def shared_rows(store: Store, book: FactBook, told: Iterable[Stakeholder]) -> tuple[Stakeholder, ...]:
    """The rows that a report carries: `told` by a service, as far as they count, and those derived here.

    `book` is made of `told`, with nothing laid over it. A person who shares nothing is not named as the other
    side of a contract either. Corrected rows stay, for whoever asks what was known on an earlier day.
    """
    over, _ = _over(store, book, _sharing(book))
    before = {row.id for rows in book.stakeholders.values() for row in rows}
    after = {row.id: row for rows in over.stakeholders.values() for row in rows}
    gone = before - after.keys()
    return (
        *(row for row in told if row.id not in gone),
        *(row for id, row in after.items() if id not in before),
    )


def _over(store: Store, book: FactBook, name_of: NameOf) -> tuple[FactBook, tuple[Doubt, ...]]:
    signed, said = contracts(store), ownerships(store)
    doubts: list[Doubt] = []
    for artist in sorted({c.artist for c in signed} | {o.artist for o in said}):
        own = own_holders(artist, signed, said, book, name_of)
        book = book.with_own_holders(artist, own.rows)
        doubts += own.doubts
    return book, tuple(doubts)


def _sharing(book: FactBook) -> NameOf:
    """Names of organisations, and of persons who share theirs."""
    named = namer(book)

    def name_of(contract: Contract) -> str:
        party = book.parties.get(contract.other_side)
        if party is None:
            return "" if contract.kind is ContractKind.BAND else contract.counterparty_name
        shares = party.kind is PartyKind.ORGANISATION or party.shares_answers
        return named(contract) if shares else ""

    return name_of
