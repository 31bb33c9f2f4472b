"""Operators' programmes and their terms; who licensed what to them, and how far that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from .ids import AgreementId, FactId, PartyId, ProgrammeId, TermsId, WorkId
from .periods import ALWAYS, Period, Recorded
from .territories import WORLDWIDE, Territories
from .uses import Right, Use


@dataclass(frozen=True, slots=True)
class Programme:
    """An operator's offer."""

    id: ProgrammeId
    operator: PartyId
    name: str
    summary: str = ""
    uses: tuple[Use, ...] = ()  # declared uses
    period: Period = ALWAYS
    asks_artists: bool = True  # whether it asks for answers today
    set_up_here: bool = False  # by a person, from what was announced; no operator reports it
    source: str = ""  # of one that was set up: where it was announced
    announced_on: date | None = None


@dataclass(frozen=True, slots=True)
class AddedRight:
    """A right that a programme's terms add to those a use touches anyway."""

    use: Use
    right: Right


@dataclass(frozen=True, slots=True)
class Rate:
    """What the terms offer for a use. `unit` in words: per work, per generation, share of pool."""

    use: Use
    amount: Decimal
    currency: str
    unit: str


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """One version of a programme's terms. The hash of the text is what is agreed to."""

    id: TermsId
    programme: ProgrammeId
    number: int
    text: str
    text_sha256: str
    effective_from: date
    announced_on: date
    honours_every_refusal: bool = False
    walled_garden: bool = False  # outputs stay inside the operator's service
    no_style_prompts: bool = False  # prompts that name an artist are refused
    adds_rights: tuple[AddedRight, ...] = ()
    rates: tuple[Rate, ...] = ()
    how_a_yes_is_withdrawn: str = ""
    summary: str = ""  # in plain words; labelled as a summary


class ScopeKind(Enum):
    NAMED_WORKS = "named_works"
    LABEL = "label"
    ALL_CONTROLLED = "all_controlled"


class ApprovalClause(Enum):
    """What an agreement says about the artist's approval."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    ARTIST_OPT_IN = "artist_opt_in"
    SINGLE_USE_APPROVAL = "single_use_approval"
    BLANKET = "blanket"
    DEFAULT_AFTER_NOTICE = "default_after_notice"
    COLLECTIVE = "collective"
    STATUTORY = "statutory"


# The licensor promised to ask the artist: the artist's no binds by that promise, a yes is needed.
ASKS_THE_ARTIST = frozenset({ApprovalClause.ARTIST_OPT_IN, ApprovalClause.SINGLE_USE_APPROVAL})


@dataclass(frozen=True, slots=True)
class Agreement:
    """Licensor x programme, as far as it is known."""

    id: AgreementId
    licensor: PartyId
    programme: ProgrammeId
    uses: tuple[Use, ...]
    rights: tuple[Right, ...]
    clause: ApprovalClause
    recorded: Recorded
    scope: ScopeKind = ScopeKind.ALL_CONTROLLED
    works: tuple[WorkId, ...] = ()  # with NAMED_WORKS
    label: str = ""  # with LABEL: the label named on the control row
    territories: Territories = WORLDWIDE
    period: Period = ALWAYS
    allocation: str = ""  # rule in words
    notice_given_on: date | None = None  # with DEFAULT_AFTER_NOTICE
    object_until: date | None = None  # with DEFAULT_AFTER_NOTICE: silence after this day is taken as yes
    source: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """What a licensor can license: a share of one right of one work, somewhere, for a time."""

    id: FactId
    licensor: PartyId
    work: WorkId
    right: Right
    share_bp: int
    recorded: Recorded
    label: str = ""
    territories: Territories = WORLDWIDE
    period: Period = ALWAYS
    through_member: PartyId | None = None  # a licensing body licenses this only if the member opted in


@dataclass(frozen=True, slots=True)
class MemberOptIn:
    """A member of a licensing body said yes or no to one agreement."""

    id: FactId
    member: PartyId
    agreement: AgreementId
    accepted: bool
    on: date
    recorded: Recorded


class ListOf(Enum):
    AGREEMENTS = "agreements"
    INCLUSIONS = "inclusions"


@dataclass(frozen=True, slots=True)
class Attestation:
    """Somebody states that a list about a programme is complete as of a date."""

    id: FactId
    programme: ProgrammeId
    of: ListOf
    stated_by: PartyId
    as_of: date
    recorded: Recorded


class Silence(Enum):
    """What the asking side says no answer means."""

    NOTHING_ALLOWED = "nothing_allowed"
    TAKEN_AS_YES = "taken_as_yes"


@dataclass(frozen=True, slots=True)
class Request:
    """An operator's or licensor's ask."""

    id: FactId
    asked_by: PartyId
    programme: ProgrammeId
    terms: TermsId
    artist: PartyId
    works: tuple[WorkId, ...]
    uses: tuple[Use, ...]
    asked_at: datetime
    silence_means: Silence
    answer_by: date | None = None
    words: str = ""
