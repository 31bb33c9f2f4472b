"""A contract as a person writes it down, and what is missing or cannot be, field by field.

The window, the command line and the JSON form of a contract all fill the same fields with text; each fault
names its field, so that it can stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from artist_console.domain.contracts import AiClause, AttachedFile, Contract, ContractKind, Hold
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, FactId, PartyId, ReleaseId, WorkId
from artist_console.domain.parties import WHOLE_BP
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.territories import Territories, read_territories
from artist_console.domain.uses import Right

MOST_DAYS, MOST_MONTHS = 3_650, 600
MOST_TEXT = 20_000  # characters of a clause, an address or a note


@dataclass(frozen=True, slots=True)
class ContractText:
    """What was written into each field. Days as 2019-03-03; rights and kinds by their keys."""

    other_side: str = ""  # a name, or the id of a party that is known
    kind: str = ContractKind.LABEL.value
    hold: str = Hold.OWNS.value
    rights: tuple[str, ...] = ()
    signed_on: str = ""
    since: str = ""
    until: str = ""
    territories: str = ""  # empty: everywhere
    works: tuple[str, ...] = ()  # ids, identifiers or titles; with `releases` empty too: all
    releases: tuple[str, ...] = ()
    share: str = ""  # per cent of the other side, with "shares"
    ai_clause: str = AiClause.NONE.value
    ai_words: str = ""
    clause_number: str = ""
    objection_days: str = ""
    audit_months: str = ""
    notice_address: str = ""
    rerecording_until: str = ""
    reversion_on: str = ""
    how_a_yes_is_withdrawn: str = ""
    writing_clause: str = ""  # of writing to others directly
    note: str = ""


FIELDS: tuple[str, ...] = tuple(ContractText.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field, in one sentence."""

    field: str  # a field of ContractText, or "file"
    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """The contract, None where there are faults."""

    contract: Contract | None
    faults: tuple[Fault, ...]


T = TypeVar("T")
Choice = TypeVar("Choice", bound=Enum)


def read_contract(
    text: ContractText,
    artist: ArtistId,
    id: FactId,
    recorded: Recorded,
    facts: FactBook,
    file: AttachedFile | None = None,
) -> Read:
    """Make a contract of what was written, or say of each field what is wrong with it."""
    reader = _Reader(text, artist, facts)
    contract = reader.contract(id, recorded, file)
    faults = tuple(reader.faults)
    return Read(None if faults else contract, faults)


def text_of(contract: Contract, name: str) -> ContractText:
    """A contract as it is written into the fields, to be changed."""
    share = Decimal(contract.share_bp) / 100 if contract.share_bp is not None else None
    return ContractText(
        other_side=name,
        kind=contract.kind.value,
        hold=contract.hold.value,
        rights=tuple(right.value for right in contract.rights),
        signed_on=_day_text(contract.signed_on),
        since=_day_text(contract.period.since),
        until=_day_text(contract.period.until),
        territories=" ".join(contract.territories.codes),
        works=contract.works,
        releases=contract.releases,
        share=f"{share.normalize():f}" if share is not None else "",
        ai_clause=contract.ai_clause.value,
        ai_words=contract.ai_words,
        clause_number=contract.clause_number,
        objection_days=str(contract.objection_days or ""),
        audit_months=str(contract.audit_months or ""),
        notice_address=contract.notice_address,
        rerecording_until=_day_text(contract.rerecording_until),
        reversion_on=_day_text(contract.reversion_on),
        how_a_yes_is_withdrawn=contract.how_a_yes_is_withdrawn,
        writing_clause=contract.writing_clause,
        note=contract.note,
    )


def _day_text(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


class _Reader:
    def __init__(self, text: ContractText, artist: ArtistId, facts: FactBook) -> None:
        self._text, self._artist, self._facts = text, artist, facts
        self.faults: list[Fault] = []

    def contract(self, id: FactId, recorded: Recorded, file: AttachedFile | None) -> Contract:
        text = self._text
        hold = self._choice("hold", Hold)
        clause = self._choice("ai_clause", AiClause)
        party, name = self._other_side()
        made = Contract(
            id=id,
            artist=self._artist,
            kind=self._choice("kind", ContractKind),
            hold=hold,
            rights=self._rights(),
            ai_clause=clause,
            recorded=recorded,
            counterparty=party,
            counterparty_name=name,
            signed_on=self._day("signed_on"),
            ai_words=self._words("ai_words"),
            clause_number=self._words("clause_number"),
            works=self._each(text.works, self._work, "works", WorkId),
            releases=self._each(text.releases, self._release, "releases", ReleaseId),
            territories=self._territories(),
            period=Period(self._day("since"), self._day("until")),
            share_bp=self._share(hold),
            objection_days=self._count("objection_days", MOST_DAYS, "days"),
            audit_months=self._count("audit_months", MOST_MONTHS, "months"),
            notice_address=self._words("notice_address"),
            rerecording_until=self._day("rerecording_until"),
            reversion_on=self._day("reversion_on"),
            how_a_yes_is_withdrawn=self._words("how_a_yes_is_withdrawn"),
            writing_clause=self._words("writing_clause"),
            file=file,
            note=self._words("note"),
        )
        self._look_at_days(made)
        self._look_at_clause(made)
        return made

    def _fault(self, field: str, words: str) -> None:
        if all(fault.field != field for fault in self.faults):
            self.faults.append(Fault(field, words))

    # Fields

    def _choice(self, field: str, choices: type[Choice]) -> Choice:
        key = getattr(self._text, field).strip().lower().replace("-", "_")
        for choice in choices:
            if choice.value == key:
                return choice
        known = ", ".join(choice.value for choice in choices)
        self._fault(field, f"“{key}” is not one of: {known}." if key else f"Choose one of: {known}.")
        return next(iter(choices))

    def _other_side(self) -> tuple[PartyId | None, str]:
        name = " ".join(self._text.other_side.split())
        if not name:
            self._fault("other_side", "Say with whom it was signed.")
            return None, ""
        parties = self._facts.parties
        if PartyId(name) in parties:
            found = [PartyId(name)]
        else:
            wanted = name.casefold()
            found = [p.id for p in parties.values() if wanted in (n.casefold() for n in (p.name, *p.aliases))]
        if self._artist in found:
            self._fault("other_side", "A contract is with somebody else. Name the other side.")
        # A name that several parties bear names none of them for certain.
        return (found[0], "") if len(found) == 1 else (None, name)

    def _rights(self) -> tuple[Right, ...]:
        keys = {key.strip().lower() for key in self._text.rights if key.strip()}
        unknown = sorted(keys - {right.value for right in Right})
        if unknown:
            self._fault(
                "rights", f"“{unknown[0]}” is not a right. Known: {', '.join(r.value for r in Right)}."
            )
        elif not keys:
            self._fault("rights", "Choose at least one right that it is about.")
        return tuple(right for right in Right if right.value in keys)

    def _day(self, field: str) -> date | None:
        text = getattr(self._text, field).strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._fault(field, f"“{text}” is not a day. Write it as 2019-03-31.")
            return None

    def _count(self, field: str, most: int, unit: str) -> int | None:
        text = getattr(self._text, field).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= most:
            self._fault(field, f"Write a number of {unit} from 1 to {most}.")
            return None
        return int(text)

    def _territories(self) -> Territories:
        found = read_territories(self._text.territories)
        if isinstance(found, Territories):
            return found
        self._fault("territories", f"{found}.")
        return Territories()

    def _share(self, hold: Hold) -> int | None:
        text = self._text.share.replace("%", "").strip().replace(",", ".")
        if not text:
            return None
        if hold is not Hold.SHARES:
            self._fault("share", "A share is stated only where both own a part.")
            return None
        try:
            points = Decimal(text) * 100
        except InvalidOperation:
            points = Decimal(-1)
        if not (points.is_finite() and points == points.to_integral_value() and 0 < points < WHOLE_BP):
            self._fault("share", "Write a share between 0 and 100 per cent, with at most two decimals.")
            return None
        return int(points)

    def _words(self, field: str) -> str:
        words: str = getattr(self._text, field).strip()
        if len(words) > MOST_TEXT:
            self._fault(field, f"This is longer than {MOST_TEXT:,} characters. Attach the file instead.")
        return words

    # What it covers

    def _each(
        self,
        written: Iterable[str],
        find: Callable[[str], Sequence[str]],
        field: str,
        kind: Callable[[str], T],
    ) -> tuple[T, ...]:
        found: dict[str, None] = {}
        for text in written:
            fitting = find(text.strip())
            if len(fitting) == 1:
                found[fitting[0]] = None
            elif fitting:
                self._fault(field, f"“{text}” fits {len(fitting)} of them. Name one by its id or identifier.")
            else:
                thing = "work" if field == "works" else "release"
                self._fault(field, f"No {thing} “{text}” of this artist is known here.")
        return tuple(kind(id) for id in found)

    def _work(self, text: str) -> Sequence[str]:
        own = {w.id: w for w in self._facts.works.values() if self._artist in w.artists}
        known = self._facts.works.get(WorkId(text))
        if known is not None:
            return [known.id] if known.id in own else []
        code, title = _bare(text), text.casefold()
        by_code = [id for id, work in own.items() if work.identifier and work.identifier == code]
        return by_code or [id for id, w in own.items() if title and title == w.title.casefold()]

    def _release(self, text: str) -> Sequence[str]:
        own = {w.id for w in self._facts.works.values() if self._artist in w.artists}
        here = {
            r.id: r
            for r in self._facts.releases.values()
            if self._artist in r.artists or any(track.work in own for track in r.tracks)
        }
        if ReleaseId(text) in here:
            return [text]
        code, title = _bare(text).zfill(14), text.casefold()
        by_code = [id for id, release in here.items() if release.upc and release.upc == code]
        return by_code or [id for id, r in here.items() if title and title == r.title.casefold()]

    # What does not fit together

    def _look_at_days(self, made: Contract) -> None:
        begins = made.period.since or made.signed_on
        if made.period.since and made.period.until and made.period.until < made.period.since:
            self._fault("until", "The term ends before it begins.")
        if made.signed_on and made.period.until and made.period.until < made.signed_on:
            self._fault("until", "The term ends before the contract was signed.")
        if begins and made.reversion_on and made.reversion_on <= begins:
            self._fault("reversion_on", "Rights cannot come back before they were given.")
        if made.signed_on and made.rerecording_until and made.rerecording_until < made.signed_on:
            self._fault("rerecording_until", "This day lies before the contract was signed.")

    def _look_at_clause(self, made: Contract) -> None:
        if made.ai_clause is AiClause.NONE and made.ai_words:
            self._fault("ai_clause", "There are words about AI below. Say what they mean for you.")
        if made.ai_clause is not AiClause.NONE and not made.ai_words:
            self._fault("ai_words", "Copy the exact words of the clause, so that they can be looked up.")


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).upper()
