"""What a report is to be about and what may leave in it: the wish, and its header."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from artist_console.commands.console import Console
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, FactId, PartyId, WorkId
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.report_content import Part, ReportHeader
from artist_console.formats.report_privacy import Chosen

ReportPart = Part
CHOSEN_FREELY = tuple(part for part in Part if part is not Part.WORKS)  # works are in every report


class NothingToReport(UnknownThing):
    title_template = "There is nothing here yet that a report could be about"
    advice_template = "Import a catalogue first, or sync"


class NotYetADay(InputProblem):
    title_template = "{day} has not come yet"
    advice_template = "Choose a day up to today: a report says what was so"


class PeriodEndsFirst(InputProblem):
    title_template = "The period ends on {until}, before it begins on {since}"
    advice_template = "Choose a last day that comes after the first"


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What a person chose. What is private is left out as long as it is not named here."""

    artists: tuple[ArtistId, ...] = ()  # none: all in reach
    parts: frozenset[Part] = frozenset(Part)
    period: tuple[date | None, date | None] = (None, None)  # of statements, and of cases
    as_of: datetime | None = None  # permissions at this instant; None: now
    as_known_then: bool = False  # permissions by what had been recorded at that instant
    title: str = ""  # empty: made of the artists' names
    named_works: frozenset[WorkId] = frozenset()  # unreleased works that may be named
    money_of_others: frozenset[PartyId] = frozenset()  # whose statements go in beside the artists' own
    answer_words: bool = False  # what was said in answers recorded by hand, and in replies
    contact_data: bool = False  # names and addresses of private persons, and where letters went
    rates: bool = False  # what programmes and agreements pay
    contracts: frozenset[FactId] = frozenset()
    contract_words: bool = False  # what these contracts say, in their own words

    def chosen(self, artists: Iterable[ArtistId]) -> Chosen:
        """The same for the rules of what leaves, for a report about `artists`."""
        money = frozenset({*artists, *self.money_of_others}) if self.money_of_others else None
        return Chosen(
            named_works=self.named_works,
            money_of=money,
            answer_words=self.answer_words,
            contact_data=self.contact_data,
            rates=self.rates,
            contracts=self.contracts,
            contract_words=self.contract_words,
        )


def header_of(console: Console, wish: ReportWish, facts: FactBook) -> tuple[ReportHeader, tuple[str, ...]]:
    """The header, and the artists' names. Raises NothingToReport, NotYetADay, PeriodEndsFirst."""
    now = console.clock()
    artists = artists_of(facts, wish)
    if not artists or any(each not in facts.parties for each in artists):
        raise NothingToReport()
    instant = wish.as_of if wish.as_of is not None else now
    if instant > now and instant.date() > now.date():
        raise NotYetADay(day=instant.date().isoformat())
    since, until = wish.period
    if since is not None and until is not None and until < since:
        raise PeriodEndsFirst(since=since.isoformat(), until=until.isoformat())
    names = tuple(facts.parties[each].name for each in artists)
    about = names[0] if len(names) == 1 else f"{len(names)} artists"
    header = ReportHeader(
        title=wish.title.strip() or f"Works in AI programmes: {about}",
        made_at=now,
        made_by=signer_name(console),
        artists=artists,
        instant=min(instant, now),
        known_on=min(instant, now) if wish.as_known_then else None,
        period_from=since,
        period_until=until,
        parts=tuple(part for part in Part if part is Part.WORKS or part in wish.parts),
        series=series_of(console, artists),
    )
    return header, names


def artists_of(facts: FactBook, wish: ReportWish) -> tuple[ArtistId, ...]:
    """The artists of a report, in the order of their ids."""
    return tuple(sorted(set(wish.artists) or facts.said))


def series_of(console: Console, artists: Iterable[ArtistId]) -> str:
    """The same for every report of this account about the same artists, whichever key signs it."""
    account = console.account
    maker = account.id if account is not None else console.signing_key.public.kid
    text = "\n".join(("artist-console report series", maker, *sorted(artists)))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def signer_name(console: Console) -> str:
    return console.account.name if console.account is not None else "this computer"
