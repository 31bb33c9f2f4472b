"""Until when a statement can be objected to, by the contract with whoever issued it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from artist_console.commands.console import Console
from artist_console.domain.case_objections import Written, written_about
from artist_console.domain.contracts import Contract
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import Statement
from artist_console.store import cases, mirror, own_side
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

OBJECTED = (
    "Objected on {on}, by letter. You could object until {until}: {days} days from {received}, when the"
    " statement was received, by your contract with {name}. Whether the objection is enough is for a lawyer."
)
OBJECTED_ON = "Objected on {on}, by letter. "
OBJECTED_LATE = "Objected on {on}, by letter, after the last day. "
ASKED = "Asked about on {on}, by letter, which is no objection. "


@dataclass(frozen=True, slots=True)
class Objection:
    """What can be said of the last day. `until` None: no contract tells it, or several do.

    `words` also say that it was objected to, or asked about, by a letter that was sent.
    """

    until: date | None
    words: Sentence
    contract: str = ""  # id


def objection(console: Console, statement: StatementId) -> Objection:
    """Of one statement. Raises UnknownThing."""
    found = next((each for each in stored.all(console.store) if each.id == statement), None)
    if found is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    facts = mirror.facts(console.store, console.clock())
    contract = _the_one(
        found, [c for c in own_side.contracts(console.store) if c.objection_days is not None], facts
    )
    letter = written_about(cases.all(console.store)).get((found.payee, found.id))
    if contract is None or contract.objection_days is None:
        return Objection(None, _with_letter(say(NOT_KNOWN), letter, None))
    days = contract.objection_days
    until = found.received_on + timedelta(days=days)
    words = say(
        STILL if console.today <= until else OVER,
        until=day_in_words(until),
        days=str(days),
        received=day_in_words(found.received_on),
        name=own_side.namer(facts)(contract),
    )
    return Objection(until, _with_letter(words, letter, until), contract.id)


def _with_letter(words: Sentence, letter: Written | None, until: date | None) -> Sentence:
    """In time, an objection stands in the place of the day; else it is told before it."""
    if letter is None:
        return words
    day, fields = day_in_words(letter.on), dict(words.fields)
    if not letter.is_objection:
        return say(ASKED + words.template, on=day, **fields)
    if until is not None and letter.on <= until:
        return say(OBJECTED, on=day, **fields)
    return say((OBJECTED_LATE if until is not None else OBJECTED_ON) + words.template, on=day, **fields)


def objection_days(
    console: Console, artist: ArtistId | None = None
) -> tuple[tuple[Statement, date | None], ...]:
    """The last day to object to every statement that no other replaces; None where it is not known."""
    found = []
    for statement, contract in _with_contracts(console, artist, lambda c: c.objection_days is not None):
        days = contract.objection_days if contract is not None else None
        found.append((statement, statement.received_on + timedelta(days=days) if days is not None else None))
    return tuple(found)


def audit_contracts(
    console: Console, artist: ArtistId | None = None
) -> tuple[tuple[Statement, Contract], ...]:
    """The statements with the one contract that says for how long the books can be looked into."""
    found = _with_contracts(console, artist, lambda c: c.audit_months is not None)
    return tuple((statement, contract) for statement, contract in found if contract is not None)


def _with_contracts(
    console: Console, artist: ArtistId | None, says: Callable[[Contract], bool]
) -> Iterator[tuple[Statement, Contract | None]]:
    facts = mirror.facts(console.store, console.clock())
    saying = [contract for contract in own_side.contracts(console.store) if says(contract)]
    replaced = stored.replaced(console.store)
    for statement in stored.all(console.store, artist):
        if statement.id not in replaced:
            yield statement, _the_one(statement, saying, facts)


def _the_one(statement: Statement, contracts: Iterable[Contract], facts: FactBook) -> Contract | None:
    """The contract that a statement is under; None where none fits, or several do."""
    fitting = [contract for contract in contracts if _fits(contract, statement, facts)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(contract: Contract, statement: Statement, facts: FactBook) -> bool:
    """Whether a contract is one of the payee with the issuer.

    That rights have come back since does not matter: the statement is about what was.
    """
    if contract.artist != statement.payee:
        return False
    begins = contract.period.since or contract.signed_on
    if begins is not None and begins > statement.received_on:
        return False
    party = facts.parties.get(contract.other_side)
    names = (party.name, *party.aliases) if party is not None else (contract.counterparty_name,)
    return _folded(statement.issuer) in {_folded(name) for name in names}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
