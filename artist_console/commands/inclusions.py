"""Where works are reported: dataset and model versions, by whom, on what basis, with what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from artist_console.domain.ids import ArtistId, FactId, ProgrammeId, WorkId
from artist_console.domain.inclusion import Asset, Basis, BasisGroup, Evidence, EvidenceGrade, InclusionState
from artist_console.domain.uses import Use


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What holds now for one work and one dataset or model version."""

    statement: FactId  # the inclusion statement that counts
    work: WorkId
    work_title: str
    artist: ArtistId | None
    programme: ProgrammeId | None
    programme_name: str  # empty for a public list that no programme is known for
    operator_name: str
    dataset: str  # name and version; empty where a model is named
    model: str  # name and version; empty where a dataset is named
    parents: tuple[str, ...]  # of the model, "Harbour 2 (fine-tune)"
    state: InclusionState
    as_of: date
    grade: EvidenceGrade
    basis: Basis
    basis_group: BasisGroup
    asset: Asset
    stated_by: str
    agreement: str  # licensor and clause in words; empty where none is known
    evidence: Evidence
    contradicted: bool  # somebody else states another state of the same day and grade
    against: tuple[str, ...]  # who says what instead, "Fieldnote says: removed"
    use: Use | None
