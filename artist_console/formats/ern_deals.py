"""Deals of a DDEX message: which AI uses a sender grants on the recordings, and which releases it takes back.

A deal only grants: that none is there says nothing. DDEX limits the grant to rights in the recording, under
an agreement between sender and recipient; rights in the song are never part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from artist_console.domain.uses import Use
from artist_console.domain.works import LicensorGrant

from .ern_elements import Children, Notes, children, distinct, first, inner, is_true, line_of, text, value_of
from .ern_xml import Element, path
from .table_cells import read_date

# DDEX's value for a use (allowed value set of UseType), in small letters -> ours. Older versions carry the
# same words as a value of the sender's own, and people put spaces and hyphens into those.
AI_USES: Mapping[str, Use] = MappingProxyType(
    {
        "usefortraininggenerativeai": Use.TRAIN_GENERATIVE,
        "usefortrainingnongenerativeai": Use.TRAIN_NONGENERATIVE,
        "usefordatamining": Use.RESEARCH_MIR,
    }
)
_HINTS = ("train", "mining", "generative")  # in one of these, or in a use of the sender's own like them
_EVERYWHERE = "Worldwide"
_FLAGS = ("TakeDown", "AllDealsCancelled")


@dataclass(frozen=True, slots=True)
class Header:
    """Who sent a message to whom, and when."""

    sender: str = ""
    on_behalf_of: str = ""
    recipient: str = ""
    created: datetime | None = None
    is_test: bool = False

    @property
    def created_on(self) -> date | None:
        return self.created.date() if self.created is not None else None


def read_header(root: Element) -> Header:
    found = children(root.find("MessageHeader"))
    return Header(
        _name(found.get("MessageSender", ())),
        _name(found.get("SentOnBehalfOf", ())),
        _name(found.get("MessageRecipient", ())),
        _moment(first(found, "MessageCreatedDateTime"), time.min),
        first(found, "MessageControlType") == "TestMessage",
    )


def _name(parties: Iterable[Element]) -> str:
    """By name, else by the name it trades under, else by its DDEX number."""
    names = []
    for party in parties:
        found = children(party)
        full = [text(each.find("FullName")) for each in found.get("PartyName", ())]
        numbers = map(text, found.get("PartyId", ()))
        names.append(next(filter(None, (*full, first(found, "TradingName"), *numbers)), ""))
    return ", ".join(distinct(names))


@dataclass(slots=True)
class Deals:
    """The deals of one message. There may be thousands, which nobody looks at but for what is asked here."""

    deal_list: Element | None
    header: Header
    notes: Notes
    has_ends: bool = field(init=False)  # something in it may take a release back
    has_ai_uses: bool = field(init=False)
    _by_release: dict[str, list[Element]] | None = None

    def __post_init__(self) -> None:
        deals = self.deal_list
        self.has_ends = (
            deals is not None and next(deals.iter("EndDate", "EndDateTime", *_FLAGS), None) is not None
        )
        self.has_ai_uses = deals is not None and self._may_hold_ai(deals)

    def _may_hold_ai(self, deals: Element) -> bool:
        """From the values of all its uses, wherever they stand: most messages need no further look."""
        values = {use.text or "" for use in deals.iter("UseType")}
        if any("UserDefined" in value for value in values):
            values |= {use.get("UserDefinedValue") or "" for use in deals.iter("UseType")}
        return any(map(_may_be_ai, values))

    @property
    def by_release(self) -> dict[str, list[Element]]:
        """Lists of deals by the reference of the release that they are about."""
        if self._by_release is None:
            self._by_release = {}
            for element in self.deal_list if self.deal_list is not None else ():
                if element.tag == "ReleaseDeal":
                    for reference in path("DealReleaseReference/text()")(element):
                        self._by_release.setdefault(reference.strip(), []).append(element)
        return self._by_release

    def of(self, references: Iterable[str]) -> Iterator[Element]:
        for reference in references:
            for element in self.by_release.get(reference, ()):
                yield from element.iterfind("Deal")

    def started_on(self, references: Iterable[str]) -> date | None:
        """The first day on which a deal lets a release be used."""
        stated = {
            start
            for reference in references
            for element in self.by_release.get(reference, ())
            for name in ("StartDate", "StartDateTime")
            for start in path(f"Deal/DealTerms/ValidityPeriod/{name}/text()")(element)
        }
        days = [day for each in stated if (day := read_date(each).value) is not None]
        return min(days, default=None)

    # Grants

    def grants(
        self, holdings: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]
    ) -> dict[str, list[LicensorGrant]]:
        """Grants by reference of the recording; `holdings` are (references of a release, its recordings)."""
        found: dict[str, dict[LicensorGrant, None]] = {}
        if not self.has_ai_uses:
            return {}
        read: dict[Element, list[tuple[LicensorGrant, frozenset[str] | None]]] = {}
        for references, resources in holdings:
            for deal in self.of(references):
                if deal not in read:
                    read[deal] = list(self._granted(deal))
                for grant, alone in read[deal]:
                    for resource in resources:
                        if alone is None or resource in alone:
                            found.setdefault(resource, {})[grant] = None
        return {resource: list(grants) for resource, grants in found.items()}

    def _granted(self, deal: Element) -> Iterator[tuple[LicensorGrant, frozenset[str] | None]]:
        """Grants of a deal, and the recordings that they are limited to; None: all of the release."""
        found = children(deal)
        for terms in map(children, found.get("DealTerms", ())):
            if _cancels(terms):
                continue
            uses = self._uses(terms)
            if uses:
                yield from ((grant, None) for grant in self._in_terms(deal, terms, uses))
            for usage in map(children, found.get("ResourceUsage", ())):
                uses = self._uses(usage)
                alone = frozenset(map(text, usage.get("DealResourceReference", ())))
                if uses and alone:
                    yield from ((grant, alone) for grant in self._in_terms(deal, terms, uses))

    def _uses(self, holder: Children) -> tuple[Use, ...]:
        """4.x has the uses in the terms, 3.8 in composites of them."""
        elements = [*holder.get("UseType", ())]
        for usage in holder.get("Usage", ()):
            elements += [child for child in usage if child.tag == "UseType"]
        uses: dict[Use, None] = {}
        for element in elements:
            use = AI_USES.get(_letters(value_of(element)))
            if use is not None:
                uses[use] = None
            elif _may_be_ai(value_of(element)):
                what = f"“{value_of(element)[:60]}” is not one of DDEX's uses; it was not read as a grant."
                self.notes.warn(element, what)
        return tuple(uses)

    def _in_terms(self, deal: Element, terms: Children, uses: tuple[Use, ...]) -> Iterator[LicensorGrant]:
        """One grant for each period; one without end or start where the deal names none."""
        territories = [text(each) for each in terms.get("TerritoryCode", ())]
        excluded = [text(each) for each in terms.get("ExcludedTerritoryCode", ())]
        if _EVERYWHERE in excluded:  # "nowhere": how some write that there is no deal
            return
        periods = [_period(each) for each in terms.get("ValidityPeriod", ())]
        for starts_on, ends_on in dict.fromkeys(periods or [(None, None)]):
            yield LicensorGrant(
                uses=uses,
                licensor=self.header.on_behalf_of or self.header.sender,
                recipient=self.header.recipient,
                territories=() if _EVERYWHERE in territories else tuple(distinct(territories)),
                excluded_territories=tuple(distinct(excluded)),
                starts_on=starts_on,
                ends_on=ends_on,
                terms=", ".join(distinct(value_of(each) for each in terms.get("CommercialModelType", ()))),
                row=line_of(deal),
            )

    # Takedowns

    def taken_down_on(self, references: Iterable[str], title: str) -> date | None:
        """The day on which the message takes a release back everywhere; None where it does not say so.

        It says so with a flag (3.8), or by sending nothing but deals that had ended when it was made. No deal
        at all means that the recipient may not offer it, as before a release: nothing follows.
        """
        if not self.has_ends:
            return None
        ended: list[date] = []
        in_part: list[str] = []
        marked: Element | None = None
        for deal in self.of(references):
            state = self._ended_on(deal)
            if state is None:
                return None
            territories, day = state
            if territories:
                in_part += territories
                marked = deal
            elif day is not None:
                ended.append(day)
        if ended:
            return max(ended)
        if marked is not None:
            where = ", ".join(distinct(in_part)[:8])
            what = (
                f"“{title}” is taken down in {where}; it is kept as released, for elsewhere is not spoken of."
            )
            self.notes.warn(marked, what, "TakeDown")
        return None

    def _ended_on(self, deal: Element) -> tuple[list[str], date | None] | None:
        """The day on which a deal had ended, and where, if not everywhere; None where it goes on."""
        terms = children(deal.find("DealTerms"))
        if not terms:
            return None
        excluded = [text(each) for each in terms.get("ExcludedTerritoryCode", ())]
        if _EVERYWHERE in excluded:
            return [], self.header.created_on
        periods = [children(each) for each in terms.get("ValidityPeriod", ())]
        if _cancels(terms):
            where = [text(each) for each in terms.get("TerritoryCode", ())]
            elsewhere = (
                [] if _EVERYWHERE in where or not (where or excluded) else where or ["some territories"]
            )
            starts = [start for each in periods if (start := _day(each, "Start")) is not None]
            effective = read_date(inner(deal.getparent(), "EffectiveDate")).value
            return elsewhere, min(starts, default=effective or self.header.created_on)
        ends = [self._end_before_sending(each) for each in periods]
        days = [end for end in ends if end is not None]
        return ([], max(days)) if days and len(days) == len(ends) else None

    def _end_before_sending(self, period: Children) -> date | None:
        """The last day of a period that was over when the message was made."""
        created = self.header.created
        end = _moment(first(period, "EndDateTime"), time.max) or _moment(first(period, "EndDate"), time.max)
        return end.date() if created is not None and end is not None and end < created else None


def _cancels(terms: Children) -> bool:
    return any(is_true(first(terms, flag)) for flag in _FLAGS)


def _letters(value: str) -> str:
    return re.sub(r"[^a-z]", "", value.lower())


def _may_be_ai(value: str) -> bool:
    """Whether a use is one of AI, or one of the sender's own that sounds like it."""
    return any(hint in value.lower() for hint in _HINTS)


def _period(element: Element) -> tuple[date | None, date | None]:
    found = children(element)
    return _day(found, "Start"), _day(found, "End")


def _day(period: Children, which: str) -> date | None:
    stated = first(period, f"{which}Date") or first(period, f"{which}DateTime")
    return read_date(stated).value if stated else None


def _moment(stated: str, of_a_day: time) -> datetime | None:
    """A time as stated; of a day alone its first or last moment. Times without a zone are taken as UTC."""
    try:
        read = datetime.fromisoformat(stated)
    except ValueError:
        day = read_date(stated).value if stated else None
        return datetime.combine(day, of_a_day, UTC) if day is not None else None
    if len(stated) <= 10:
        read = datetime.combine(read.date(), of_a_day)
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
