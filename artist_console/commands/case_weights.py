"""What the word of a case's addressee counts for, by what the records say of whose a place is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from artist_console.commands.addressees import list_addressees, show_addressee
from artist_console.commands.console import Console
from artist_console.domain.addressee_directory import bears_name, is_party, name_key
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.case_grades import Relation, Weight, grade_of, weighed
from artist_console.domain.cases import Case, Outcome
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import PartyId
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.problems import UnknownThing
from artist_console.store import inclusions, mirror


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    operator: PartyId | None  # None: nothing says who runs it
    publisher: str = ""  # of a public list that nobody runs as a programme


def weight_of(console: Console, case: Case, outcome: Outcome) -> Weight:
    """By whoever says it and what the records are now; the outcome keeps it, whatever they say later."""
    addressee = _speaker(console, case, outcome.said_by)
    if addressee is None:
        return Weight(grade_of(AddresseeKind.OTHER))
    facts = mirror.facts(console.store, console.clock())
    place = _place(console, outcome, facts)
    if place is None:
        return Weight(grade_of(addressee.kind))
    known = facts.parties.get(place.operator) if place.operator is not None else None
    whose = known.name if known is not None else place.publisher or "somebody else"
    relation = _relation(addressee, place, facts)
    return weighed(addressee.kind, relation, addressee.name, place.name, whose)


def grades_by_name(console: Console, case: Case) -> Mapping[str, EvidenceGrade | None]:
    """What the word of each who is known here counts for, by `name_key` of every name that they have.

    The name by which the case has its addressee is among them.
    """
    found: dict[str, EvidenceGrade | None] = {}
    for each in list_addressees(console):
        if each.kind is not AddresseeKind.PERSON:
            for name in (each.name, *each.also_called):
                found.setdefault(name_key(name), grade_of(each.kind))
    own = _speaker(console, case, "")
    if own is not None:
        names = (case.addressee_name, own.name, *own.also_called)
        found |= {name_key(name): grade_of(own.kind) for name in names}
    return found


def _speaker(console: Console, case: Case, said_by: str) -> Addressee | None:
    """Whose word it is: the addressee's where no other is named, else of whoever is known by that name."""
    try:
        addressee = show_addressee(console, case.addressee)
    except UnknownThing:
        addressee = None
    named = name_key(said_by)
    if not named or named == name_key(case.addressee_name):
        return addressee
    if addressee is not None and bears_name(addressee, said_by):
        return addressee
    return next((each for each in list_addressees(console) if bears_name(each, said_by)), None)


def _place(console: Console, outcome: Outcome, facts: FactBook) -> _Place | None:
    """The narrowest place that is named."""
    datasets, models = inclusions.datasets(console.store), inclusions.models(console.store)
    if outcome.model is not None:
        model = models[outcome.model]
        return _Place(f"{model.name} {model.version}".strip(), model.operator)
    programme = facts.programmes.get(outcome.programme) if outcome.programme is not None else None
    if outcome.dataset is None:
        return _Place(programme.name, programme.operator) if programme is not None else None
    dataset = datasets[outcome.dataset]
    of = facts.programmes.get(dataset.programme) if dataset.programme is not None else programme
    operator = dataset.operator or (of.operator if of is not None and not dataset.publisher else None)
    return _Place(f"{dataset.name} {dataset.version}".strip(), operator, dataset.publisher)


def _relation(addressee: Addressee, place: _Place, facts: FactBook) -> Relation:
    if place.operator is None:
        if not place.publisher:
            return Relation.NOT_KNOWN
        return Relation.NOT_KNOWN if bears_name(addressee, place.publisher) else Relation.ANOTHERS
    operator = facts.parties.get(place.operator)
    if operator is None and addressee.party is None:
        return Relation.NOT_KNOWN  # its name is not known here, to compare with
    if addressee.party == place.operator or (operator is not None and is_party(addressee, operator)):
        return Relation.OPERATES
    licensors = {
        agreement.licensor
        for programme in facts.programmes.values()
        if programme.operator == place.operator
        for agreement in facts.agreements.get(programme.id, ())
    }
    known = (facts.parties.get(licensor) for licensor in licensors)
    licenses = any(party is not None and is_party(addressee, party) for party in known)
    return Relation.LICENSES if licenses else Relation.ANOTHERS
