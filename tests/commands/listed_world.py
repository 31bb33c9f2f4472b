"""Public lists, datasets and models over the small world: hits, a family, a documented model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    DocumentedModel,
    Evidence,
    InclusionStatement,
    ListedRow,
    MatchBand,
    ModelParent,
    ModelRelation,
    ModelVersion,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.periods import Recorded
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, HARBOUR, OPERATOR, PROGRAMME, SALT, START

OPEN, OTHER = DatasetVersionId("list-open"), DatasetVersionId("list-other")
SET = DatasetVersionId("set-1")
BIG, TUNED, SMALL, FED = (ModelVersionId(name) for name in ("big", "tuned", "small", "fed"))
DOCUMENTED = DocumentedModel(
    "Sketch", "Paper Lab", "It was trained on it.", "https://example.org/sketch", date(2025, 4, 2)
)


def hit(
    name: str,
    band: MatchBand = MatchBand.KEY,
    *,
    work: WorkId = SALT,
    dataset: DatasetVersionId = OPEN,
    key: str = "salt lines|mara quist|",
    score: int | None = None,
) -> InclusionStatement:
    row = ListedRow("Salt Lines", "Mara Quist", band, key, score)
    return InclusionStatement(
        FactId(name),
        work,
        Asset.MASTER,
        InclusionState.SUSPECTED,
        date(2025, 5, 3),
        Basis.UNDECLARED,
        "Open Songs",
        EvidenceGrade.PUBLIC_DATASET,
        Evidence("open.csv", "ab" * 32, 7, "Salt Lines,Mara Quist", checked_how="Compared.", listed=row),
        Recorded(START - DAY),
        dataset=dataset,
    )


def stated(
    name: str,
    state: InclusionState,
    *,
    work: WorkId = SALT,
    dataset: DatasetVersionId | None = None,
    model: ModelVersionId | None = None,
    on: date = date(2025, 5, 1),
    grade: EvidenceGrade = EvidenceGrade.OPERATOR_STATED,
) -> InclusionStatement:
    return InclusionStatement(
        FactId(name),
        work,
        Asset.MASTER,
        state,
        on,
        Basis.UNDECLARED,
        "Harmonia",
        grade,
        Evidence("manifest.json", does_not_prove="It cannot show what was not stated."),
        Recorded(START - DAY),
        dataset=dataset,
        model=model,
        programme=PROGRAMME,
    )


LISTS: list[tuple[Kind, Any]] = [
    (Kind.DATASET, DatasetVersion(OPEN, "Open Songs", "1", "Cadence", public=True, documented=(DOCUMENTED,))),
    (Kind.DATASET, DatasetVersion(OTHER, "Other Songs", public=True)),
    (Kind.DATASET, DatasetVersion(SET, "Nordic", "3", "Harmonia", OPERATOR, PROGRAMME)),
    (Kind.MODEL, ModelVersion(BIG, "Big", "1", OPERATOR, PROGRAMME, (SET,), released_on=date(2025, 3, 1))),
    (
        Kind.MODEL,
        ModelVersion(
            TUNED, "Tuned", "1", OPERATOR, PROGRAMME, (), (ModelParent(BIG, ModelRelation.FINE_TUNE),)
        ),
    ),
    (
        Kind.MODEL,
        ModelVersion(
            SMALL, "Small", "1", OPERATOR, PROGRAMME, (), (ModelParent(TUNED, ModelRelation.DISTILLATION),)
        ),
    ),
    (
        Kind.MODEL,
        ModelVersion(
            FED, "Fed", "1", OPERATOR, PROGRAMME, (), (ModelParent(SMALL, ModelRelation.SYNTHETIC_DATA),)
        ),
    ),
]
HITS: list[tuple[Kind, Any]] = [
    (Kind.INCLUSION, hit("hit-key")),
    (Kind.INCLUSION, hit("hit-elsewhere", dataset=OTHER)),
    (Kind.INCLUSION, replace(hit("hit-likely", MatchBand.LIKELY, work=HARBOUR, key="harbour", score=93))),
    (Kind.INCLUSION, hit("hit-check", MatchBand.CHECK, work=HARBOUR, dataset=OTHER, key="harbor", score=84)),
]
