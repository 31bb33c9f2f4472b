"""Until when a statement can be objected to, by the contract with whoever issued it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from artist_console.commands.console import Console
from artist_console.domain.contracts import Contract
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import StatementId
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import Statement
from artist_console.store import mirror, own_side
from artist_console.store import statements as stored

NOT_KNOWN = (
    "You can object until: Not known, look in your contract. Many contracts set a date after which a"
    " statement counts as accepted."
)
STILL = (
    "You can object until {until}: {days} days from {received}, when the statement was received, by your"
    " contract with {name}. After that it may count as accepted."
)
OVER = (
    "You could object until {until}: {days} days from {received}, when the statement was received, by your"
    " contract with {name}. It may count as accepted now; whether it does is for a lawyer."
)


@dataclass(frozen=True, slots=True)
class Objection:
    """What can be said of the last day. `until` None: no contract tells it, or several do."""

    until: date | None
    words: Sentence
    contract: str = ""  # id


def objection(console: Console, statement: StatementId) -> Objection:
    """Of one statement. Raises UnknownThing."""
    found = next((each for each in stored.all(console.store) if each.id == statement), None)
    if found is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    facts = mirror.facts(console.store, console.clock())
    fitting = [c for c in own_side.contracts(console.store) if _fits(c, found, facts)]
    if len(fitting) != 1 or fitting[0].objection_days is None:
        return Objection(None, say(NOT_KNOWN))
    contract, days = fitting[0], fitting[0].objection_days
    until = found.received_on + timedelta(days=days)
    words = say(
        STILL if console.today <= until else OVER,
        until=day_in_words(until),
        days=str(days),
        received=day_in_words(found.received_on),
        name=own_side.namer(facts)(contract),
    )
    return Objection(until, words, contract.id)


def _fits(contract: Contract, statement: Statement, facts: FactBook) -> bool:
    """Whether a contract of the payee with the issuer speaks of objecting.

    That rights have come back since does not matter: the statement is about what was.
    """
    if contract.artist != statement.payee or contract.objection_days is None:
        return False
    begins = contract.period.since or contract.signed_on
    if begins is not None and begins > statement.received_on:
        return False
    party = facts.parties.get(contract.other_side)
    names = (party.name, *party.aliases) if party is not None else (contract.counterparty_name,)
    return _folded(statement.issuer) in {_folded(name) for name in names}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
