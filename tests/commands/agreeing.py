"""Rows for a song of Mara's and Petra's, who has no account, beside a recording that Mara controls.

Ola, an artist with an account elsewhere, holds a part of another recording. Fieldnote licensed a third as a
whole, and would take silence as a yes for a fourth.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from artist_console.domain.ids import AgreementId, DatasetVersionId, FactId, ModelVersionId, PartyId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    Evidence,
    InclusionStatement,
    ModelVersion,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Agreement, ApprovalClause, Control, ScopeKind
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Work
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, HARBOUR, MARA, OLA, OPERATOR, PROGRAMME, START

PETRA, FIELDNOTE = PartyId("petra"), PartyId("fieldnote")
SONG, TIDE, LATE = WorkId("low-tide-song"), WorkId("low-tide"), WorkId("late-ferry")
BLANKET, NOTICE = AgreementId("blanket"), AgreementId("notice")
OBJECT_UNTIL = date(2025, 7, 1)
MODEL, LIST = ModelVersionId("harmonia-2-model"), DatasetVersionId("open-list")
SINCE = Recorded(START - DAY)
LICENSED = (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)


def stake(
    who: PartyId, subject: str, right: Right, standing: Standing, share: int | None = None
) -> tuple[Kind, Any]:
    id = FactId(f"stake-{who}-{subject}-{right.value}")
    return Kind.STAKEHOLDER, Stakeholder(
        id, who, subject, right, standing, SINCE, share, source="Split sheet"
    )


def control(who: PartyId, work: WorkId, right: Right) -> tuple[Kind, Any]:
    id = FactId(f"control-{who}-{work}-{right.value}")
    return Kind.CONTROL, Control(id, who, work, right, 10_000, SINCE)


def agreement(
    id: AgreementId, who: PartyId, work: WorkId, clause: ApprovalClause, **more: Any
) -> tuple[Kind, Any]:
    rights = (Right.MASTER, Right.COMPOSITION, Right.LYRICS)
    return Kind.AGREEMENT, Agreement(
        id, who, PROGRAMME, LICENSED, rights, clause, SINCE, ScopeKind.NAMED_WORKS, (work,), **more
    )


def statement(id: str, work: WorkId, basis: Basis, state: InclusionState, **more: Any) -> tuple[Kind, Any]:
    given: dict[str, Any] = {"stated_by": "Harmonia", "grade": EvidenceGrade.OPERATOR_STATED} | more
    return Kind.INCLUSION, InclusionStatement(
        id=FactId(id),
        work=work,
        asset=Asset.MASTER,
        state=state,
        as_of=date(2025, 5, 1),
        basis=basis,
        evidence=Evidence("manifest.json"),
        recorded=SINCE,
        **given,
    )


def recording(id: WorkId, title: str, *songs: WorkId) -> tuple[Kind, Any]:
    relations = tuple(Relation(RelationKind.EMBODIES, song) for song in songs)
    return Kind.WORK, Work(id, WorkKind.RECORDING, title, (MARA,), relations=relations)


ROWS: list[tuple[Kind, Any]] = [
    (Kind.PARTY, Party(PETRA, "Petra Nyholm", PartyKind.PERSON)),
    (
        Kind.PARTY,
        Party(
            FIELDNOTE,
            "Fieldnote",
            PartyKind.ORGANISATION,
            roles=(OrganisationRole.LABEL, OrganisationRole.LICENSOR),
        ),
    ),
    (Kind.WORK, Work(SONG, WorkKind.COMPOSITION, "Low Tide", (MARA,), identifier="T9990000011")),
    recording(TIDE, "Low Tide", SONG),
    recording(LATE, "Late Ferry"),
    # Low Tide: Mara controls the recording; the song is half Petra's.
    stake(MARA, TIDE, Right.MASTER, Standing.CONTROLS, 10_000),
    *[stake(MARA, SONG, right, Standing.SHARES, 5_000) for right in (Right.COMPOSITION, Right.LYRICS)],
    *[stake(PETRA, SONG, right, Standing.SHARES, 5_000) for right in (Right.COMPOSITION, Right.LYRICS)],
    control(MARA, TIDE, Right.MASTER),
    *[control(MARA, SONG, right) for right in (Right.COMPOSITION, Right.LYRICS)],
    agreement(AgreementId("own-recording"), MARA, TIDE, ApprovalClause.ARTIST_OPT_IN),
    agreement(AgreementId("own-song"), MARA, SONG, ApprovalClause.ARTIST_OPT_IN),
    # Harbour Lights: Ola, who has an account elsewhere, owns half of it; Fieldnote licensed it as a whole.
    stake(MARA, HARBOUR, Right.MASTER, Standing.WISH),
    stake(OLA, HARBOUR, Right.MASTER, Standing.SHARES, 5_000),
    stake(FIELDNOTE, HARBOUR, Right.MASTER, Standing.SHARES, 5_000),
    control(FIELDNOTE, HARBOUR, Right.MASTER),
    agreement(BLANKET, FIELDNOTE, HARBOUR, ApprovalClause.BLANKET),
    # Late Ferry: Fieldnote will take silence as a yes.
    stake(MARA, LATE, Right.MASTER, Standing.WISH),
    control(FIELDNOTE, LATE, Right.MASTER),
    agreement(
        NOTICE,
        FIELDNOTE,
        LATE,
        ApprovalClause.DEFAULT_AFTER_NOTICE,
        notice_given_on=date(2025, 5, 1),
        object_until=OBJECT_UNTIL,
    ),
    # Where they are reported.
    (Kind.MODEL, ModelVersion(MODEL, "Harmonia", "2", OPERATOR, PROGRAMME)),
    (Kind.DATASET, DatasetVersion(LIST, "Open list", "1", "Nobody", public=True)),
    statement(
        "inc-blanket",
        HARBOUR,
        Basis.CONTRACT_BLANKET,
        InclusionState.TRAINED,
        model=MODEL,
        programme=PROGRAMME,
        use=Use.TRAIN_GENERATIVE,
    ),
    statement(
        "inc-law",
        TIDE,
        Basis.TDM_EXCEPTION,
        InclusionState.IN_DATASET,
        dataset=DatasetVersionId("crawl"),
        programme=PROGRAMME,
    ),
    (Kind.DATASET, DatasetVersion(DatasetVersionId("crawl"), "Crawl", "2025", operator=OPERATOR)),
    statement(
        "inc-list",
        LATE,
        Basis.UNDECLARED,
        InclusionState.SUSPECTED,
        dataset=LIST,
        stated_by="Nobody",
        grade=EvidenceGrade.PUBLIC_DATASET,
    ),
]
