"""What the terms in effect offer for the conditions of a yes, at the places that it would be about.

A yes whose condition the terms do not meet counts for nothing until they do: that is told while the condition
is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from artist_console.commands.asking import asked_cells, works_under
from artist_console.commands.console import Console
from artist_console.commands.names import programme_name, use_words
from artist_console.domain.decisions import effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ProgrammeId, WorkId
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import (
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.uses import Use, is_sensitive
from artist_console.store import mirror


@dataclass(frozen=True, slots=True)
class RateOffer:
    """What the terms of a programme offer for one use."""

    programme: str
    use: str  # in words
    amount: Decimal
    currency: str
    unit: str

    @property
    def words(self) -> Sentence:
        """ "Harmonia offers EUR 0.02 per generation for AI covers"."""
        return say(
            "{programme} offers {currency} {amount} {unit}: {use}",
            programme=self.programme,
            currency=self.currency,
            amount=str(self.amount),
            unit=self.unit,
            use=self.use,
        )


@dataclass(frozen=True, slots=True)
class AskedUse:
    """A programme and a use that a yes would be about, with what the terms in effect say there."""

    programme: str
    use: str  # in words
    walled_garden: bool
    no_style_prompts: bool
    rates: tuple[RateOffer, ...]


@dataclass(frozen=True, slots=True)
class ConditionOffers:
    """What stands against each condition, and the conditions of the yes that stands at the places now."""

    asked: tuple[AskedUse, ...]
    standing: Conditions

    @property
    def rates(self) -> tuple[RateOffer, ...]:
        """The rates that are offered; a minimum makes sense only where there are any."""
        return tuple(dict.fromkeys(rate for each in self.asked for rate in each.rates))

    def against_garden(self) -> Sentence | None:
        """Why "only inside the operator's own service" is not met."""
        return _not_promised(each.programme for each in self.asked if not each.walled_garden)

    def against_no_style_prompts(self) -> Sentence | None:
        return _not_promised(each.programme for each in self.asked if not each.no_style_prompts)

    def against_rate(self, at_least: Decimal, currency: str) -> Sentence | None:
        """Where nobody offers as much, in the same currency."""
        missed = [
            each
            for each in self.asked
            if not any(rate.currency == currency and rate.amount >= at_least for rate in each.rates)
        ]
        if not missed:
            return None
        listed = ", ".join(dict.fromkeys(f"{each.programme} ({each.use})" for each in missed))
        return say(
            "Not offered by {programmes}: the yes would count for nothing there until it is.",
            programmes=listed,
        )


def _not_promised(programmes: Iterable[str]) -> Sentence | None:
    names = tuple(dict.fromkeys(programmes))
    if not names:
        return None
    return say(
        "Not promised by the terms of {programmes}: the yes would count for nothing there until they do.",
        programmes=", ".join(names),
    )


def condition_offers(console: Console, places: Sequence[Register]) -> ConditionOffers:
    """What the terms in effect offer for everything that a yes at these places would be about."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    asked: dict[tuple[ProgrammeId, Use], None] = {}
    for place in places:
        asked |= dict.fromkeys(
            pair for pair in asked_cells(facts, now, place.programme, place.use) if _is_meant(place, pair[1])
        )
    offers = tuple(_asked(facts, programme, use, facts.terms_at(programme, now)) for programme, use in asked)
    return ConditionOffers(offers, _standing(console, facts, places))


def _is_meant(place: Register, use: Use) -> bool:
    """Voice and likeness are allowed by themselves: a wider place stands for all the others."""
    alone = place.use == UseScope.of(use)
    return alone or (not is_sensitive(use) and place.subject.kind is not SubjectKind.PERSON)


def _asked(facts: FactBook, programme: ProgrammeId, use: Use, terms: TermsVersion | None) -> AskedUse:
    name, words = programme_name(facts, programme), use_words(UseScope.of(use))
    offered = terms.rates if terms is not None else ()
    return AskedUse(
        name,
        words,
        walled_garden=terms is not None and terms.walled_garden,
        no_style_prompts=terms is not None and terms.no_style_prompts,
        rates=tuple(
            RateOffer(name, words, rate.amount, rate.currency, rate.unit)
            for rate in offered
            if rate.use is use
        ),
    )


def _standing(console: Console, facts: FactBook, places: Sequence[Register]) -> Conditions:
    """The conditions of the yes that stands at the places; none where there is none, or where they differ."""
    now = console.clock()
    found: set[Conditions] = set()
    for place in places:
        subjects = {place.subject}
        if place.subject.kind in (SubjectKind.RELEASE, SubjectKind.ALL):
            works = works_under(facts, place.artist, place.subject, now)
            subjects |= {Subject(SubjectKind.WORK, WorkId(work.id)) for work in works}
        for register, said in facts.registers_of(place.artist).items():
            if register.subject not in subjects or place.programme not in (None, register.programme):
                continue
            last = effective(register, said)
            if last is not None and last.stance is Stance.ALLOW and place.use.uses >= register.use.uses:
                found.add(last.conditions)
    return found.pop() if len(found) == 1 else UNCONDITIONAL
