"""What makes a yes impossible to give, whoever gives it: told in the review, and refused when recording."""

from __future__ import annotations

from datetime import datetime

from artist_console.commands.names import party_name, programme_name, subject_words
from artist_console.commands.wishes import Wish
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import WorkId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import (
    UNCONDITIONAL,
    Conditions,
    Stance,
    Subject,
    SubjectKind,
    is_possible_rate,
)
from artist_console.domain.territories import ISO_COUNTRIES


class NoTerms(InputProblem):
    """There is nothing to agree to."""

    title_template = "{programme} has no terms in effect, so there is nothing to agree to"
    advice_template = "Wait until its terms are published; a refusal needs none"


class TermsWithdrawn(InputProblem):
    """The version that a yes names is over, or was never the programme's."""

    title_template = "These terms of {programme} are no longer in effect"
    advice_template = "Read the present terms, and answer those"


class EndBeforeStart(InputProblem):
    title_template = "The last day, {until}, comes before the first, {since}"
    advice_template = "Choose a last day on or after the first"


class EndPassed(InputProblem):
    title_template = "The last day, {until}, has passed already"
    advice_template = "Choose a day to come, or none"


class NoSuchCountry(InputProblem):
    title_template = "{code} is not a country code"
    advice_template = "Use two letters such as SE or GB"


class RateNotPossible(InputProblem):
    title_template = "A minimum rate needs an amount above zero and its currency"
    advice_template = "Write both, such as 0.02 EUR, or leave the condition out"


class NotAmongTheWorks(InputProblem):
    """The work left the roster, or was never on it."""

    title_template = "“{work}” is not among the works of {artist} here"
    advice_template = "Sync, then look it up again; its former answers stay in the history"


class OnlyAYes(InputProblem):
    title_template = "Only a yes has conditions"
    advice_template = "A refusal holds without any, and has no end"


def agreed_terms(wish: Wish, facts: FactBook, now: datetime) -> TermsVersion | None:
    """The terms that an allow agrees to: those it names, else those in effect; None for any other answer."""
    if wish.stance is not Stance.ALLOW:
        return None
    return facts.terms.get(wish.terms) if wish.terms is not None else facts.terms_at(wish.programme, now)


def fault_of(wish: Wish, facts: FactBook, now: datetime) -> InputProblem | None:
    """Why this answer cannot be given at all; None when it can. Its scope is judged elsewhere."""
    if wish.subject.kind is SubjectKind.WORK and not _is_held(wish, facts):
        work, artist = _title(facts, wish.subject), party_name(facts, wish.artist)
        return NotAmongTheWorks(work=work, artist=artist)
    if wish.stance is not Stance.ALLOW:
        return OnlyAYes() if wish.conditions != UNCONDITIONAL else None
    return _fault_of_terms(wish, facts, now) or _fault_of_conditions(wish.conditions, now)


def _title(facts: FactBook, subject: Subject) -> str:
    return subject_words(facts, subject)


def _is_held(wish: Wish, facts: FactBook) -> bool:
    """Whether the artist has anything to do with the work: it is theirs, or they hold a right in it."""
    work = facts.works.get(WorkId(wish.subject.id))
    if work is None:
        return True  # told as unknown, which is another matter
    return (
        wish.artist in work.artists
        or any(party.id in work.artists for party in facts.groups_of.get(wish.artist, ()))
        or any(row.party == wish.artist for row in facts.stakeholders.get(work.id, ()))
        or any(
            wish.artist in held.artists
            for membership in facts.memberships.get(work.id, ())
            if (held := facts.releases.get(membership.release)) is not None
        )
    )


def _fault_of_terms(wish: Wish, facts: FactBook, now: datetime) -> InputProblem | None:
    programme = programme_name(facts, wish.programme)
    agreed = agreed_terms(wish, facts, now)
    if agreed is None or agreed.programme != wish.programme:
        return NoTerms(programme=programme) if wish.terms is None else TermsWithdrawn(programme=programme)
    current = facts.terms_at(wish.programme, now)
    coming = agreed.effective_from > now.date()
    if not coming and (current is None or agreed.id != current.id):
        return TermsWithdrawn(programme=programme)
    return None


def _fault_of_conditions(asked: Conditions, now: datetime) -> InputProblem | None:
    since, until = asked.since, asked.until
    if since is not None and until is not None and until < since:
        return EndBeforeStart(since=day_in_words(since), until=day_in_words(until))
    if until is not None and until < now.date():
        return EndPassed(until=day_in_words(until))
    if asked.territories is not None:
        for code in sorted(asked.territories.named - ISO_COUNTRIES):
            return NoSuchCountry(code=code)
    rate = asked.minimum_rate
    if rate is not None and not (is_possible_rate(rate) and asked.rate_currency):
        return RateNotPossible()
    return None
