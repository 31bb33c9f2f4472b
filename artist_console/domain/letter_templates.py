"""Templates of letters as values: what each kind asks for, its parts, and the conditions of each part.

A template is data (`resources/letters/<kind>.json`); `letter_reading` makes these of it and refuses what is
not as it should be. No sentence about law stands in a template: a part names a topic of `law` instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .addressees import AddresseeKind, ContactPurpose
from .law import LawTopic
from .letter_kinds import Attach, Capacity, Language, LetterKind
from .letters import Source
from .parties import Standing


class Placeholder(Enum):
    """What a text may ask for; the value is the name in braces. The set is closed."""

    ADDRESSEE = "addressee"
    ARTIST = "artist"
    WRITER = "writer"
    DATE = "date"
    WORKS = "works"  # one line per work
    WORK_COUNT = "work_count"
    PROGRAMME = "programme"
    OPERATOR = "operator"
    USES = "uses"  # one line per use
    DEADLINE = "deadline"
    ANSWER_UNTIL = "answer_until"
    MANDATE = "mandate"
    STATEMENT = "statement"
    STATEMENT_PERIOD = "statement_period"
    ISSUER = "issuer"
    AMOUNT = "amount"
    QUESTION = "question"
    PLACE = "place"  # the dataset or model in which works are reported
    PLACE_SINCE = "place_since"
    EVIDENCE = "evidence"
    REFUSED_ON = "refused_on"
    PAYER = "payer"
    PAYEE = "payee"
    SHARE = "share"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    CATEGORY = "category"
    REPLY_TO = "reply_to"
    FIRST_LETTER_DATE = "first_letter_date"
    FIRST_LETTER_SUBJECT = "first_letter_subject"
    MODEL = "model"
    DATASET = "dataset"
    LAW = "law"  # one sentence about law; only in a part that names its topic
    TERRITORIES = "territories"
    CONTRACT = "contract"
    AUDIT_PERIOD = "audit_period"
    # Asked for under "if" alone: what a letter that says no has to know of a yes.
    YES_ONCE = "yes_once"  # a yes to what the letter speaks of is or was in the ledger
    YES_ELSEWHERE = "yes_elsewhere"  # and one of another programme stands
    ANSWERED_ON = "answered_on"  # the days of the replies that are kept with a case
    PLACE_ON_RECORD = "place_on_record"  # under "if" alone: the place is as the records have it
    DEADLINE_OVER = "deadline_over"  # under "if" alone: the deadline is before the day of the letter
    WITHDRAWN_ON = "withdrawn_on"  # the day since when no such yes stands any more


class AboutWhat(Enum):
    """A thing that a letter of some kinds is written about."""

    STATEMENT = "statement"
    FINDING = "finding"
    REMOVAL = "removal"
    PROGRAMME = "programme"
    PERSON = "person"
    CASE = "case"


class WorksWanted(Enum):
    """Whether a letter lists works."""

    NONE = "none"
    SOME = "some"  # all released ones, unless some are named
    NAMED = "named"  # only those that are named


class WorksKind(Enum):
    """Of which kind the works are that a letter lists."""

    RECORDINGS = "recordings"
    SONGS = "songs"
    MIXED = "mixed"


class SignedBy(Enum):
    WRITER = "writer"
    PERSON = "person"  # the artist, even where a manager writes


@dataclass(frozen=True, slots=True)
class Wording:
    """A text cut at its placeholders: what is put in is never read as a placeholder itself."""

    pieces: tuple[str | Placeholder, ...]

    @property
    def placeholders(self) -> frozenset[Placeholder]:
        return frozenset(piece for piece in self.pieces if isinstance(piece, Placeholder))

    def filled(self, values: Mapping[Placeholder, str]) -> str:
        """The text with its values. Raises KeyError for one that is missing: ask `placeholders` before."""
        return "".join(values[each] if isinstance(each, Placeholder) else each for each in self.pieces)


Text = Mapping[Language, Wording]
Plain = Mapping[Language, str]  # without placeholders


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What conditions are asked about, for one letter."""

    capacity: Capacity
    standing: Standing
    addressee: AddresseeKind
    works: WorksKind | None  # None: it lists none
    has: frozenset[Placeholder]  # those with a value
    countries: frozenset[str]  # of the letter: the country, and EU for its members; empty: none


@dataclass(frozen=True, slots=True)
class Condition:
    """All that is named has to hold; an empty set asks nothing."""

    capacity: frozenset[Capacity] = frozenset()
    standing: frozenset[Standing] = frozenset()
    addressee: frozenset[AddresseeKind] = frozenset()
    works: frozenset[WorksKind] = frozenset()
    has: frozenset[Placeholder] = frozenset()
    lacks: frozenset[Placeholder] = frozenset()
    country: frozenset[str] = frozenset()

    def holds(self, when: Circumstances) -> bool:
        return (
            (not self.capacity or when.capacity in self.capacity)
            and (not self.standing or when.standing in self.standing)
            and (not self.addressee or when.addressee in self.addressee)
            and (not self.works or when.works in self.works)
            and self.has <= when.has
            and not self.lacks & when.has
            and (not self.country or bool(self.country & when.countries))
        )


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph or several. With `law`, it is told once for each sentence on that topic."""

    id: str
    text: Text
    when: Condition = ALWAYS
    claims_ownership: bool = False
    law: LawTopic | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """What the writer is told before a letter is kept; never in the letter."""

    id: str
    text: Text
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of letter."""

    kind: LetterKind
    version: str
    checked_on: date
    name: Plain
    says: Plain  # when to write it
    capacities: tuple[Capacity, ...]
    addressees: tuple[AddresseeKind, ...]
    purposes: tuple[ContactPurpose, ...]  # which contact, the first that is there
    standing: frozenset[Standing]  # not empty: only with one of these
    needs: tuple[Placeholder, ...]
    about: tuple[AboutWhat, ...]
    works: WorksWanted
    signed_by: SignedBy
    reply_days: int | None
    attach: tuple[Attach, ...]
    law: tuple[LawTopic, ...]
    sources: tuple[Source, ...]
    warnings: tuple[Caution, ...]
    subject: Text
    parts: tuple[Part, ...]

    @property
    def claims_ownership(self) -> bool:
        return any(part.claims_ownership for part in self.parts)

    @property
    def names_places(self) -> bool:
        """Whether a letter of this kind says for which territories it speaks."""
        name = Placeholder.TERRITORIES
        return any(name in text.placeholders for part in self.parts for text in part.text.values())


# Every letter has these, so that a caution may always name them.
ALWAYS_THERE = frozenset({Placeholder.ADDRESSEE, Placeholder.ARTIST, Placeholder.WRITER, Placeholder.DATE})


def parts_that_stand(template: Template, when: Circumstances) -> tuple[Part, ...]:
    """The parts whose conditions hold, in order; none claims ownership where the standing is another."""
    controls = when.standing is Standing.CONTROLS
    return tuple(
        part for part in template.parts if part.when.holds(when) and (controls or not part.claims_ownership)
    )


def cautions_that_hold(template: Template, when: Circumstances) -> tuple[Caution, ...]:
    return tuple(caution for caution in template.warnings if caution.when.holds(when))
