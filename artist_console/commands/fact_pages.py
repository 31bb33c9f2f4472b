"""One page about one fact behind a permission: an agreement, a party, an answer, a statement of completeness.

Names of lines are English templates, and so are the sentences; nothing about anybody's money stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from artist_console.commands.console import Console
from artist_console.commands.fact_links import Link, LinkKind
from artist_console.commands.names import operator_name, party_name, programme_name, use_words, work_title
from artist_console.domain import words
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.identifiers import show_dpid, show_isni
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.parties import OrganisationRole, Party, PartyKind
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.programmes import Agreement, Attestation, ListOf, ScopeKind
from artist_console.domain.registers import PartyStance
from artist_console.domain.territories import WORLD, Territories
from artist_console.domain.uses import Right
from artist_console.store import mirror

_NAMED_WORKS = 12

KIND: dict[PartyKind, str] = {
    PartyKind.PERSON: "A person",
    PartyKind.GROUP: "A group",
    PartyKind.ORGANISATION: "An organisation",
}
ARTIST_KIND: dict[PartyKind, str] = {
    PartyKind.PERSON: "A person, and an artist here",
    PartyKind.GROUP: "A group, and an artist here",
    PartyKind.ORGANISATION: "An organisation, and an artist here",
}
COMPLETE: dict[ListOf, str] = {
    ListOf.AGREEMENTS: "List of agreements of {programme}, stated to be complete",
    ListOf.INCLUSIONS: "List of inclusions of {programme}, stated to be complete",
}
ROLE: dict[OrganisationRole, str] = {
    OrganisationRole.OPERATOR: "operator",
    OrganisationRole.LICENSOR: "licensor",
    OrganisationRole.LICENSING_BODY: "licensing body",
    OrganisationRole.DISTRIBUTOR: "distributor",
    OrganisationRole.LABEL: "label",
    OrganisationRole.PUBLISHER: "publisher",
    OrganisationRole.SOCIETY: "society",
    OrganisationRole.MANAGEMENT: "management",
}
IDENTIFIER: dict[str, str] = {
    "isni": "ISNI",
    "ipi": "IPI name number",
    "ipi_base": "IPI base number",
    "dpid": "DDEX party id",
    "mbid": "MusicBrainz id",
}
STANCE: dict[PartyStance, str] = {
    PartyStance.ALLOWED: "Yes",
    PartyStance.REFUSED: "No",
    PartyStance.UNREACHABLE: "Could not be reached",
}


@dataclass(frozen=True, slots=True)
class FactPage:
    """What is known of one fact; a line without a value is left out."""

    title: Sentence
    lead: Sentence
    lines: tuple[tuple[str, str], ...]  # template of the name, value
    notes: tuple[Sentence, ...] = ()
    copied: frozenset[str] = frozenset()  # names of lines whose value one wants to take along


def fact_page(console: Console, link: Link) -> FactPage:
    """The page that a link leads to, for a link without a page elsewhere. Raises UnknownThing."""
    facts = mirror.facts(console.store, console.clock())
    page = _page(facts, link)
    if page is None:
        raise UnknownThing("This is not known here any more", "Sync, then look again")
    return page


def _page(facts: FactBook, link: Link) -> FactPage | None:
    match link.kind:
        case LinkKind.PARTY:
            party = facts.parties.get(PartyId(link.id))
            return _party(facts, party) if party is not None else None
        case LinkKind.AGREEMENT:
            found = (each for rows in facts.agreements.values() for each in rows)
            agreement = next((each for each in found if each.id == link.id), None)
            return _agreement(facts, agreement) if agreement is not None else None
        case LinkKind.ATTESTATION:
            stated = (each for rows in facts.attestations.values() for each in rows)
            attested = next((each for each in stated if each.id == link.id), None)
            return _attestation(facts, attested) if attested is not None else None
        case LinkKind.RECORDED_ANSWER:
            said = (each for rows in facts.recorded_answers.values() for each in rows)
            answer = next((each for each in said if each.id == link.id), None)
            return _answer(facts, answer) if answer is not None else None
        case _:
            return None


def _lines(*lines: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(line for line in lines if line[1])


def _agreement(facts: FactBook, agreement: Agreement) -> FactPage:
    licensor, programme = (
        party_name(facts, agreement.licensor),
        programme_name(facts, agreement.programme),
    )
    return FactPage(
        say("Agreement of {licensor} with {programme}", licensor=licensor, programme=programme),
        say("What is known here of a licence. It is what its sides say, not your yes."),
        agreement_lines(facts, agreement),
        (say("The text of the agreement is not here. Whoever signed it has it."),),
    )


def agreement_lines(facts: FactBook, agreement: Agreement) -> tuple[tuple[str, str], ...]:
    """What an agreement says, by names of lines."""
    return _lines(
        ("Licensor", party_name(facts, agreement.licensor)),
        ("Programme", programme_name(facts, agreement.programme)),
        ("Operator", operator_name(facts, agreement.programme)),
        ("Asking the artist", words.CLAUSE[agreement.clause]),
        ("Uses", _uses(agreement)),
        ("Rights", _rights(agreement.rights)),
        ("What it covers", _scope(facts, agreement)),
        ("Where", places_in_words(agreement.territories)),
        ("From", _day(agreement.period.since) or "Not stated"),
        ("Until", _day(agreement.period.until) or "No last day stated"),
        ("Notice was given on", _day(agreement.notice_given_on)),
        ("You can object until", _day(agreement.object_until)),
        ("How money is shared out", agreement.allocation),
        ("Members' answers", _opt_ins(facts, agreement)),
        ("Source", agreement.source or "Not stated"),
        ("Known here since", day_in_words(agreement.recorded.at)),
    )


def _day(day: date | None) -> str:
    return day_in_words(day) if day is not None else ""


def _uses(agreement: Agreement) -> str:
    return ", ".join(words.USE[use][0] for use in agreement.uses)


def _rights(rights: Iterable[Right]) -> str:
    return ", ".join(words.RIGHT[right] for right in rights)


def _scope(facts: FactBook, agreement: Agreement) -> str:
    match agreement.scope:
        case ScopeKind.ALL_CONTROLLED:
            return "Everything that the licensor controls"
        case ScopeKind.LABEL:
            return f"What the label {agreement.label} released"
        case ScopeKind.NAMED_WORKS:
            return _named_works(facts, agreement.works)


def _named_works(facts: FactBook, works: tuple[WorkId, ...]) -> str:
    """Titles that are known here, and how many there are besides."""
    titles = [title for title in (work_title(facts, work) for work in works) if title][:_NAMED_WORKS]
    more = len(works) - len(titles)
    if not titles:
        return "1 named work" if more == 1 else f"{more} named works"
    return ", ".join(titles) + (f" and {more} more" if more else "")


def _opt_ins(facts: FactBook, agreement: Agreement) -> str:
    """What the members of a licensing body last said about its agreement."""
    last = {row.member: row for row in sorted(facts.opt_ins.get(agreement.id, ()), key=lambda r: r.on)}
    return "; ".join(
        f"{party_name(facts, row.member) or 'A member'}: {'yes' if row.accepted else 'no'},"
        f" {day_in_words(row.on)}"
        for row in last.values()
    )


def places_in_words(places: Territories) -> str:
    if places.codes == (WORLD,):
        return "Everywhere"
    listed = ", ".join(sorted(places.named))
    return f"Everywhere but {listed}" if WORLD in places.codes else listed


def _party(facts: FactBook, party: Party) -> FactPage:
    identifiers = _identifiers(party)
    notes = () if identifiers else (say("No identifier is known here: another one can have this name."),)
    if party.self_declared:
        notes = (*notes, say("This comes from an imported file. Nobody checked who this is."))
    return FactPage(
        say("{party}", party=party.name),
        say(ARTIST_KIND[party.kind] if party.is_artist else KIND[party.kind]),
        party_lines(facts, party),
        notes,
        frozenset(name for name, _ in identifiers),
    )


def party_lines(facts: FactBook, party: Party) -> tuple[tuple[str, str], ...]:
    """What is known of a party, by names of lines."""
    runs = sorted(each.name for each in facts.programmes.values() if each.operator == party.id)
    return _lines(
        ("What they do", ", ".join(ROLE[role] for role in party.roles)),
        ("Programmes", ", ".join(runs)),
        ("Label or management", party.label),
        ("Also called", ", ".join(party.aliases)),
        *_identifiers(party),
    )


def _identifiers(party: Party) -> tuple[tuple[str, str], ...]:
    shown = {"isni": show_isni, "dpid": show_dpid}
    return tuple(
        (IDENTIFIER.get(each.kind, each.kind), shown.get(each.kind, str)(each.value))
        for each in party.identifiers
    )


def _attestation(facts: FactBook, stated: Attestation) -> FactPage:
    return FactPage(
        say(COMPLETE[stated.of], programme=programme_name(facts, stated.programme)),
        say("Somebody vouches that nothing is missing from the list."),
        _lines(
            ("Stated by", party_name(facts, stated.stated_by)),
            ("Complete as of", day_in_words(stated.as_of)),
            ("Known here since", day_in_words(stated.recorded.at)),
        ),
        (say("What came later, and what was left out, it cannot show."),),
    )


def _answer(facts: FactBook, said: RecordedAnswer) -> FactPage:
    where = programme_name(facts, said.programme) or "Every programme"
    subject = work_title(facts, WorkId(said.subject)) or party_name(facts, PartyId(said.subject))
    return FactPage(
        say("Answer of {party}", party=party_name(facts, said.party)),
        say("They have no account here: this is what was recorded of what they said."),
        _lines(
            ("Answer", STANCE[said.stance]),
            ("Given on", day_in_words(said.on)),
            ("About", subject or "Everything"),
            ("Programme", where),
            ("Use", use_words(said.use)),
            ("In their words", said.words),
            ("Evidence", said.source or "Not stated"),
            ("Recorded here on", day_in_words(said.recorded.at)),
        ),
    )
