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
    checked_on: date


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


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What holds now for one work and one dataset or model version."""

    current: InclusionStatement
    contradicted_by: tuple[InclusionStatement, ...]  # of the same date and grade, another state
    history: tuple[InclusionStatement, ...]  # oldest first, all of them


def fold_statements(statements: Iterable[InclusionStatement]) -> tuple[Whereabouts, ...]:
    """Current state per work, asset and dataset or model version.

    The latest `as_of` counts; on the same day the stronger evidence; of equals the one recorded last, and
    the others that say something else are named as contradictions.
    """
    places: dict[tuple[str, ...], list[InclusionStatement]] = {}
    for statement in statements:
        key = (statement.work, statement.asset.value, statement.dataset or "", statement.model or "")
        places.setdefault(key, []).append(statement)
    folded = []
    for _, said in sorted(places.items()):
        history = sorted(said, key=lambda s: (s.as_of, -GRADE_ORDER.index(s.grade), s.recorded.at, s.id))
        current = history[-1]
        against = tuple(
            s
            for s in history[:-1]
            if s.as_of == current.as_of and s.grade is current.grade and s.state is not current.state
        )
        folded.append(Whereabouts(current, against, tuple(history)))
    return tuple(folded)


def strongest(places: Iterable[Whereabouts]) -> InclusionState:
    """The state that the works table shows; "nothing reported" when nobody has said anything."""
    states = {place.current.state for place in places}
    return next((state for state in STRENGTH if state in states), InclusionState.NOTHING_REPORTED)
