"""What each sentence of a trace leads to: a decision, an agreement, a contract, terms, a party.

A link names somebody, or leads to their answer, only where the sentence itself does: whom the permission rule
does not tell, no link tells either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from artist_console.commands.names import party_name, programme_name
from artist_console.domain.contract_rows import OriginKind, origin_of
from artist_console.domain.decisions import AnswerKind, Decision
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import PartyId, TermsId, WorkId
from artist_console.domain.parties import Party, Stakeholder
from artist_console.domain.permission import Permission
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.programmes import Agreement, Attestation, TermsVersion
from artist_console.domain.trace import FactKind, FactRef, TraceStep


class LinkKind(Enum):
    DECISION = "decision"  # its receipt
    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    CONTRACT = "contract"
    TERMS = "terms"
    NEW_TERMS = "new_terms"  # terms that wait for an answer
    PARTY = "party"
    RECORDED_ANSWER = "recorded_answer"
    ATTESTATION = "attestation"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a sentence leads, by kind and id, and the words that name it."""

    kind: LinkKind
    id: str
    words: Sentence


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a permission: per sentence of its trace, and what the whole of it rests on."""

    steps: tuple[tuple[Link, ...], ...]
    whole: tuple[Link, ...]


NO_LINKS = Links((), ())


def links_of(found: Permission, facts: FactBook) -> Links:
    """Where the sentences of a trace lead."""
    finder = _Finder(found, facts)
    steps = [finder.of_step(each) for each in found.trace]
    if steps:
        steps[0] = _once((*steps[0], *finder.agreed_terms()))
    return Links(tuple(steps), finder.of_whole())


class _Finder:
    def __init__(self, found: Permission, facts: FactBook) -> None:
        self._found, self._facts = found, facts
        question = found.question
        work = facts.works.get(WorkId(question.subject.id))
        carriers = (question.subject.id, *((work.id, *work.compositions) if work is not None else ()))
        self._holders: dict[str, Stakeholder] = {
            row.id: row for each in carriers for row in facts.stakeholders.get(each, ())
        }
        of_programme = facts.agreements.get(question.programme, ()) if question.programme else ()
        self._agreements: dict[str, Agreement] = {each.id: each for each in of_programme}
        attested = facts.attestations.get(question.programme, ()) if question.programme else ()
        self._attested: dict[str, Attestation] = {each.id: each for each in attested}
        self._recorded: dict[str, RecordedAnswer] = {
            each.id: each for said in facts.recorded_answers.values() for each in said
        }
        # A proposal can stand on the song that the recording holds: it is found among all open ones.
        self._proposals: dict[str, Decision] = {
            each.id: each for waiting in facts.proposals.values() for each in waiting
        }

    def of_step(self, step: TraceStep) -> tuple[Link, ...]:
        named = frozenset(value for _, value in step.fields)
        return _once(link for fact in step.facts for link in self._of_fact(fact, named))

    def agreed_terms(self) -> tuple[Link, ...]:
        """The terms that the yes agreed to and, where others hold by now, those that wait for an answer."""
        by = self._found.answer.by
        agreed = self._facts.terms.get(by.terms) if by is not None and by.terms is not None else None
        links = [_terms(agreed)] if agreed is not None else []
        if self._found.answer.kind is AnswerKind.TERMS_CHANGED:
            present = self._facts.terms_at(self._found.question.programme, self._found.question.instant)
            if present is not None:
                words = say("New terms, version {n}", n=str(present.number))
                links.append(Link(LinkKind.NEW_TERMS, present.id, words))
        return tuple(links)

    def of_whole(self) -> tuple[Link, ...]:
        """The terms in effect, and who runs the programme."""
        question, facts = self._found.question, self._facts
        links: list[Link] = []
        present = facts.terms_at(question.programme, question.instant)
        if present is not None:
            words = say("Terms in effect, version {n}", n=str(present.number))
            links.append(Link(LinkKind.TERMS, present.id, words))
        programme = facts.programmes.get(question.programme) if question.programme else None
        if programme is not None and programme.operator in facts.parties:
            name = party_name(facts, programme.operator)
            links.append(Link(LinkKind.PARTY, programme.operator, say("{operator}, operator", operator=name)))
        return tuple(links)

    def _of_fact(self, fact: FactRef, named: frozenset[str]) -> Iterator[Link]:
        match fact.kind:
            case FactKind.DECISION.value:
                yield from self._of_decision(fact.id, named)
            case FactKind.STAKEHOLDER.value:
                row = self._holders.get(fact.id)
                if row is not None:
                    yield from self._of_holder(row, named)
            case FactKind.AGREEMENT.value:
                agreement = self._agreements.get(fact.id)
                if agreement is not None:
                    yield _agreement(agreement, self._facts)
                    yield from self._party(agreement.licensor, named)
            case FactKind.ATTESTATION.value:
                attested = self._attested.get(fact.id)
                if attested is not None:
                    words = say("Statement of {date}", date=day_in_words(attested.as_of))
                    yield Link(LinkKind.ATTESTATION, fact.id, words)
                    yield from self._party(attested.stated_by, named)
            case FactKind.RECORDED_ANSWER.value:
                answer = self._recorded.get(fact.id)
                if answer is not None and party_name(self._facts, answer.party) in named:
                    words = say("Answer of {date}", date=day_in_words(answer.on))
                    yield Link(LinkKind.RECORDED_ANSWER, fact.id, words)
                    yield from self._party(answer.party, named)
            case FactKind.TERMS.value:
                terms = self._facts.terms.get(TermsId(fact.id))
                if terms is not None:
                    yield _terms(terms)
            case FactKind.PARTY.value:
                yield from self._party(PartyId(fact.id), named)

    def _of_decision(self, id: str, named: frozenset[str]) -> Iterator[Link]:
        proposal = self._proposals.get(id)
        if proposal is not None and self._tells(proposal, named):
            words = say("Proposal of {date}", date=day_in_words(proposal.made_at))
            yield Link(LinkKind.PROPOSAL, id, words)
            return
        made = self._decision(id)
        if made is not None and self._tells(made, named):
            words = say("Decision of {date}", date=day_in_words(made.made_at))
            yield Link(LinkKind.DECISION, id, words)
            yield from self._party(made.register.artist, named)

    def _decision(self, id: str) -> Decision | None:
        by = self._found.answer.by
        if by is not None and by.id == id:
            return by
        said = (each.decision for rows in self._facts.said.values() for each in rows)
        return next((decision for decision in said if decision.id == id), None)

    def _tells(self, decision: Decision, named: frozenset[str]) -> bool:
        artist = decision.register.artist
        return artist == self._found.question.artist or party_name(self._facts, artist) in named

    def _of_holder(self, row: Stakeholder, named: frozenset[str]) -> Iterator[Link]:
        origin = origin_of(row.id)
        party = self._facts.parties.get(row.party)
        if party is None or party.name not in named:
            return
        if origin is not None and origin.kind is OriginKind.CONTRACT:
            yield Link(LinkKind.CONTRACT, origin.id, say("The contract"))
        yield _party(party)

    def _party(self, id: PartyId, named: frozenset[str]) -> Iterator[Link]:
        party = self._facts.parties.get(id)
        if party is not None and party.name in named:
            yield _party(party)


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Each place once, decisions and papers before people."""
    kept = {(link.kind, link.id): link for link in reversed(tuple(links))}
    found = tuple(reversed(kept.values()))
    return tuple(sorted(found, key=lambda link: link.kind is LinkKind.PARTY))


def _party(party: Party) -> Link:
    return Link(LinkKind.PARTY, party.id, say("{party}", party=party.name))


def _terms(terms: TermsVersion) -> Link:
    return Link(LinkKind.TERMS, terms.id, say("Terms, version {n}", n=str(terms.number)))


def _agreement(agreement: Agreement, facts: FactBook) -> Link:
    """By the programme alone: the licensor has a link of its own where the sentence names it."""
    words = say("Agreement with {programme}", programme=programme_name(facts, agreement.programme))
    return Link(LinkKind.AGREEMENT, agreement.id, words)
