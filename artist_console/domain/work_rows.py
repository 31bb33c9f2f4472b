"""One row of the works table, and what it can be asked for by (DESIGN, Works)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from .finding_kinds import FindingKind
from .ids import ArtistId, ModelVersionId, ProgrammeId, ReleaseId, WorkId
from .inclusion_states import InclusionState
from .outcomes import PermissionOutcome
from .work_kinds import WorkKind


class OwnStance(Enum):
    """What the three-state control of a whole work shows."""

    ALLOW = "allow"
    REFUSE = "refuse"
    FOLLOW = "follow"
    MIXED = "mixed"


class WorkFilter(Enum):
    ALL = "all"
    REPORTED = "reported"
    NEEDS_YOU = "needs_you"
    REFUSED = "refused"
    FINDINGS = "findings"


class WorkSort(Enum):
    TITLE = "title"
    WHERE = "where"
    PERMISSION = "permission"
    EARNED = "earned"
    CHANGED = "changed"
    RELEASE = "release"
    ARTIST = "artist"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """What the works table shows of one work of one artist."""

    work: WorkId
    artist: ArtistId
    artist_name: str
    kind: WorkKind
    title: str
    version: str
    identifier: str
    release: ReleaseId | None
    release_title: str
    label: str
    year: int | None
    where: InclusionState
    models: int  # model versions that it is stated to be trained into
    stated_by: str  # who says the state shown
    finding: FindingKind | None
    own: OwnStance
    outcome: PermissionOutcome | None  # over the programmes that ask and their uses; None: no programme known
    follows: str  # title of the release that the answer comes from; "" where it is the work's own
    follows_default: bool  # the answer comes from "all my music"
    decider: str  # who decides where the artist's no has no power
    waiting: bool  # rests on a decision that is not confirmed yet
    needs_you: bool
    reported: bool
    refused: bool
    earned: tuple[tuple[str, Decimal], ...]  # per currency, 12 months, AI income only
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorksQuery:
    """What the works table asks the store for. `artist` None: all in reach."""

    artist: ArtistId | None = None
    text: str = ""
    filter: WorkFilter = WorkFilter.ALL
    programme: ProgrammeId | None = None
    label: str = ""
    release: ReleaseId | None = None
    only: tuple[WorkId, ...] | None = None  # these alone
    missing_identifier: bool = False
    state: InclusionState | None = None
    model: ModelVersionId | None = None  # only works that are stated, or follow, to be used in it
    sort: WorkSort = WorkSort.TITLE
    descending: bool = False
    offset: int = 0
    limit: int = 200
