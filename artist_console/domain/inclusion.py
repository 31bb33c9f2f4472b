"""Datasets, models and their lineage, and statements that a work is (or is not) in them.

Statements are only ever added. What holds now is a fold over them; where two contradict each other, both
are kept and shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .ids import DatasetVersionId, FactId, ModelVersionId, PartyId, ProgrammeId, WorkId
from .inclusion_states import (
    GRADE_ORDER,
    NOT_THERE,
    STRENGTH,
    EvidenceGrade,
    InclusionState,
)
from .periods import Recorded
from .uses import Use


@dataclass(frozen=True, slots=True)
class DocumentedModel:
    """A model that a public source says was trained on a dataset."""

    name: str
    publisher: str
    says: str  # what the source says, in a sentence
    source: str  # address
    checked_on: date | None  # None: the source was named, and nobody has looked it up since


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """One version of a dataset. A public list that anyone can download is one too."""

    id: DatasetVersionId
    name: str
    version: str = ""
    publisher: str = ""
    operator: PartyId | None = None
    programme: ProgrammeId | None = None
    public: bool = False
    sha256: str = ""  # of the list file, where there is one
    licence: str = ""
    obtained_from: str = ""
    rows: int | None = None
    documented: tuple[DocumentedModel, ...] = ()
    brought_on: date | None = None  # of a list that somebody brought in
    known_as: str = ""  # key of resources/directory/datasets.json, where the list was recognised


class ModelRelation(Enum):
    """How a model version descends from another."""

    FINE_TUNE = "fine_tune"
    DISTILLATION = "distillation"
    SYNTHETIC_DATA = "synthetic_data"  # trained on synthetic data of the parent


@dataclass(frozen=True, slots=True)
class ModelParent:
    model: ModelVersionId
    relation: ModelRelation


class TrainingData(Enum):
    """What class of data a model version was trained on, as its operator states it."""

    LICENSED = "licensed"
    PUBLIC = "public"  # openly available, on whatever basis
    USER_PROVIDED = "user_provided"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class ModelVersion:
    id: ModelVersionId
    name: str
    version: str
    operator: PartyId
    programme: ProgrammeId | None = None
    trained_on: tuple[DatasetVersionId, ...] = ()
    parents: tuple[ModelParent, ...] = ()
    released_on: date | None = None
    training_data: TrainingData = TrainingData.NOT_STATED
    claimed: bool = False  # somebody brought it in the operator's name, and nothing shows that it is theirs


class Basis(Enum):
    """On what a use is said to rest."""

    OPT_IN = "opt_in"
    LICENSOR_WITH_APPROVAL = "licensor_with_approval"
    OPEN_LICENCE = "open_licence"
    CONTRACT_SINGLE_USE = "contract_single_use"
    CONTRACT_BLANKET = "contract_blanket"
    DEFAULT_AFTER_NOTICE = "default_after_notice"
    COLLECTIVE = "collective"
    SETTLEMENT = "settlement"
    STATUTORY = "statutory"
    TDM_EXCEPTION = "tdm_exception"
    RESEARCH_EXCEPTION = "research_exception"
    FAIR_USE_CLAIM = "fair_use_claim"
    PUBLIC_DOMAIN = "public_domain"
    UNDECLARED = "undeclared"


class BasisGroup(Enum):
    YOUR_YES = "your_yes"
    LICENSED_BY_OTHERS = "licensed_by_others"
    CLAIMED_UNDER_THE_LAW = "claimed_under_the_law"
    NO_BASIS_STATED = "no_basis_stated"


_GROUPS: dict[Basis, BasisGroup] = {
    Basis.OPT_IN: BasisGroup.YOUR_YES,
    Basis.LICENSOR_WITH_APPROVAL: BasisGroup.YOUR_YES,
    Basis.CONTRACT_SINGLE_USE: BasisGroup.LICENSED_BY_OTHERS,
    Basis.CONTRACT_BLANKET: BasisGroup.LICENSED_BY_OTHERS,
    Basis.DEFAULT_AFTER_NOTICE: BasisGroup.LICENSED_BY_OTHERS,
    Basis.COLLECTIVE: BasisGroup.LICENSED_BY_OTHERS,
    Basis.SETTLEMENT: BasisGroup.LICENSED_BY_OTHERS,
    Basis.STATUTORY: BasisGroup.CLAIMED_UNDER_THE_LAW,
    Basis.TDM_EXCEPTION: BasisGroup.CLAIMED_UNDER_THE_LAW,
    Basis.RESEARCH_EXCEPTION: BasisGroup.CLAIMED_UNDER_THE_LAW,
    Basis.FAIR_USE_CLAIM: BasisGroup.CLAIMED_UNDER_THE_LAW,
    Basis.PUBLIC_DOMAIN: BasisGroup.CLAIMED_UNDER_THE_LAW,
    Basis.UNDECLARED: BasisGroup.NO_BASIS_STATED,
}


def group_of(basis: Basis, *, own_licence: bool = False) -> BasisGroup:
    """The group the interface names. An open licence is the artist's yes only if the artist gave it."""
    if basis is Basis.OPEN_LICENCE:
        return BasisGroup.YOUR_YES if own_licence else BasisGroup.LICENSED_BY_OTHERS
    return _GROUPS[basis]


class Asset(Enum):
    MASTER = "master"
    STEM = "stem"
    LYRICS = "lyrics"
    COMPOSITION = "composition"
    VOICE = "voice"


class MatchBand(Enum):
    """How surely a row of a list speaks of a work, strongest first."""

    IDENTIFIER = "identifier"  # names the recording
    KEY = "key"  # the same title and artist: listed, which recording is not known
    LIKELY = "likely"
    CHECK = "check"  # for a person to look at; counts for nothing before that


@dataclass(frozen=True, slots=True)
class ListedRow:
    """The row of a public list behind a statement, and how it was matched."""

    title: str
    artist: str
    band: MatchBand
    key: str  # what rows that say the same have in common, in any list: answers are remembered by it
    score: int | None = None  # of a fuzzy match: the lower of title and artist, 0 to 100
    identifier: str = ""  # ISRC, where the list has one
    url: str = ""
    list_id: str = ""  # the list's own number for the row
    other_version: bool = False  # the row names another version of the song


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a statement: enough to find it again and to check it."""

    source: str  # document, file or service
    sha256: str = ""
    row: int | None = None
    words: str = ""  # the row or sentence itself, as delivered
    signed_by: str = ""  # key thumbprint; empty when nothing was signed
    checked_how: str = ""
    does_not_prove: str = ""
    listed: ListedRow | None = None  # of a hit in a public list


@dataclass(frozen=True, slots=True)
class InclusionStatement:
    """Somebody states where one asset of one work stands. Exactly one of dataset and model is named."""

    id: FactId
    work: WorkId
    asset: Asset
    state: InclusionState
    as_of: date
    basis: Basis
    stated_by: str  # party name or list publisher, as it names itself
    grade: EvidenceGrade
    evidence: Evidence
    recorded: Recorded
    dataset: DatasetVersionId | None = None
    model: ModelVersionId | None = None
    programme: ProgrammeId | None = None
    use: Use | None = None
    # Set: it is said of a title and an artist alone, and which recording is meant is not known. `state` then
    # says no more than that: a suspicion, or nothing where the title is said not to be there.
    of_a_title: InclusionState | None = None


def of_a_title(said: InclusionState) -> InclusionState:
    """What follows for a recording from a state that is stated of its title and artist alone."""
    return InclusionState.NOTHING_REPORTED if said in NOT_THERE else InclusionState.SUSPECTED


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What holds now for one work and one dataset or model version, as stated or as a public list has it."""

    current: InclusionStatement
    # Of the same date another state: any of the same grade; of another grade one that cannot be so too.
    contradicted_by: tuple[InclusionStatement, ...]
    history: tuple[InclusionStatement, ...]  # oldest first, all of them; of a list its rows

    @property
    def is_listing(self) -> bool:
        """Whether it is rows of a public list that were matched, and not what somebody states of the work."""
        return self.current.evidence.listed is not None


# What cannot both be so on one day: the work is (or was used) there, and it is not.
_IS_THERE = frozenset(
    {
        InclusionState.DELIVERED,
        InclusionState.IN_DATASET,
        InclusionState.TRAINED,
        InclusionState.TRAINED_BEFORE_REFUSAL,
        InclusionState.REMOVAL_REFUSED,
    }
)


def contradict(one: InclusionState, other: InclusionState) -> bool:
    """Whether two states cannot both hold on one day, whoever states them."""
    return (one in _IS_THERE and other in NOT_THERE) or (one in NOT_THERE and other in _IS_THERE)


def fold_statements(statements: Iterable[InclusionStatement]) -> tuple[Whereabouts, ...]:
    """Current state per work, asset and dataset or model version, or programme where neither is named.

    The latest `as_of` counts; on the same day the stronger evidence; of equals the graver state, whichever
    came first, and the others that say something else are named as contradictions. What is said of a title
    alone counts only where nothing is said of the recording. Rows of a public list that were matched stand
    apart from what is stated of the same place: the surest of them speaks for all.
    """
    places: dict[tuple[str, ...], list[InclusionStatement]] = {}
    for statement in statements:
        places.setdefault(_place(statement), []).append(statement)
    folded = []
    for _, said in sorted(places.items()):
        stated = [s for s in said if s.evidence.listed is None]
        rows = [s for s in said if s.evidence.listed is not None]
        for own, others in ((stated, rows), (rows, stated)):
            if own:
                folded.append(_folded(sorted(own, key=_weight), others))
    return tuple(folded)


def _place(said: InclusionStatement) -> tuple[str, ...]:
    """What makes two statements speak of one place. Without a dataset or model it is the programme, and
    without that whatever the one who states it has: two operators do not contradict each other."""
    named = (said.dataset or "", said.model or "")
    vague = said.programme or f"of {said.stated_by}" if not any(named) else ""
    return (said.work, said.asset.value, *named, vague)


_BANDS = tuple(MatchBand)


def _weight(said: InclusionStatement) -> tuple[object, ...]:
    """What comes last counts."""
    row = said.evidence.listed
    if row is not None:
        sure = (said.state is InclusionState.IN_DATASET, -_BANDS.index(row.band), row.score or 0)
        return (*sure, said.as_of, said.recorded.at, said.id)
    graver = -STRENGTH.index(said.state)
    return (said.as_of, -GRADE_ORDER.index(said.grade), graver, said.recorded.at, said.id)


def _folded(own: list[InclusionStatement], others: Iterable[InclusionStatement]) -> Whereabouts:
    current = next((s for s in reversed(own) if s.of_a_title is None), own[-1])
    against = [] if current.evidence.listed is not None else [s for s in own if _is_against(s, current)]
    # A row of a list and a statement speak on different grades: only what cannot both be so is told.
    against += [s for s in others if s.as_of == current.as_of and contradict(s.state, current.state)]
    return Whereabouts(current, tuple(against), tuple(own))


def _is_against(said: InclusionStatement, current: InclusionStatement) -> bool:
    if said.as_of != current.as_of or said.state is current.state or said.of_a_title is not None:
        return False
    return said.grade is current.grade or contradict(said.state, current.state)


def strongest(places: Iterable[Whereabouts]) -> InclusionState:
    """The state that the works table shows; "nothing reported" when nobody has said anything."""
    states = {place.current.state for place in places}
    return next((state for state in STRENGTH if state in states), InclusionState.NOTHING_REPORTED)
