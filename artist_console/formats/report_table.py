"""The table `overview` of a report: works as people read them in a spreadsheet, a row per work and programme.

Made from the rows of the report alone, so that a reader can make it again and compare. The words are those
of format version 2: to change them is a new version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from artist_console.domain.ids import PartyId
from artist_console.domain.inclusion import InclusionStatement, fold_statements, strongest
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import combine
from artist_console.domain.programmes import Programme
from artist_console.domain.registers import SubjectKind
from artist_console.domain.work_words import OUTCOME
from artist_console.domain.works import Work

from .report_content import ReportContent, StatedOutcome

# Read by somebody else than the artist.
OUTCOME_WORDS: dict[PermissionOutcome, str] = OUTCOME | {
    PermissionOutcome.LICENSED_AGAINST_WISH: "Licensed by others, against the artist's wish",
}
STATE_WORDS: dict[InclusionState, str] = {
    InclusionState.NOTHING_REPORTED: "Nothing reported",
    InclusionState.ATTESTED_ABSENT: "{who} says: not included",
    InclusionState.SUSPECTED: "Listed publicly",
    InclusionState.CLEARED: "{who} says: cleared",
    InclusionState.DELIVERED: "{who} says: delivered",
    InclusionState.IN_DATASET: "{who} says: in a dataset",
    InclusionState.SCHEDULED: "{who} says: scheduled",
    InclusionState.TRAINED: "{who} says: trained",
    InclusionState.EXCLUDED_FROM_FUTURE: "{who} says: not in the next one",
    InclusionState.REMOVAL_REQUESTED: "Removal asked",
    InclusionState.REMOVED: "{who} says: removed",
    InclusionState.REMOVAL_REFUSED: "{who} says: removal refused",
    InclusionState.TRAINED_BEFORE_REFUSAL: "{who} says: trained before the refusal",
    InclusionState.RETRAINED_WITHOUT: "{who} says: retrained without",
    InclusionState.QUARANTINED: "{who} says: quarantined",
}
KIND_WORDS = {"recording": "recording", "composition": "song"}

OVERVIEW_KEY = ("work", "programme_id")


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """What a report says of one work in one programme; without a programme, what is said of it elsewhere."""

    title: str
    version: str
    kind: str  # "recording" or "song"
    identifier: str
    artists: str
    programme: str  # by its name; "" for what is outside every programme
    where_it_is: str
    permission: str  # over all uses
    permission_by_use: str
    work: str  # WorkId
    programme_id: str  # ProgrammeId, or ""


def overview_rows(content: ReportContent) -> Iterator[OverviewRow]:
    """The rows in the order of works, then programmes. Lines of statements are not needed for it."""
    names = {party.id: party.name for party in content.parties}
    stated: defaultdict[tuple[str, str], list[StatedOutcome]] = defaultdict(list)
    for outcome in content.outcomes:
        if outcome.kind is SubjectKind.WORK:
            stated[(outcome.subject, outcome.programme)].append(outcome)
    reported: defaultdict[str, list[InclusionStatement]] = defaultdict(list)
    for statement in content.inclusions:
        reported[statement.work].append(statement)
    for work in content.works:
        said = reported.get(work.id, [])
        is_told = False
        for programme in content.programmes:
            cells = stated.get((work.id, programme.id), [])
            here = [s for s in said if s.programme == programme.id]
            if cells or here:
                is_told = True
                yield _overview_row(work, programme, here, cells, names)
        elsewhere = [s for s in said if s.programme is None]
        if elsewhere or not is_told:
            yield _overview_row(work, None, elsewhere, [], names)


def _overview_row(
    work: Work,
    programme: Programme | None,
    said: list[InclusionStatement],
    stated: list[StatedOutcome],
    names: dict[PartyId, str],
) -> OverviewRow:
    together = combine(frozenset(cell.outcome for cell in stated))
    return OverviewRow(
        title=work.title,
        version=work.version,
        kind=KIND_WORDS[work.kind.value],
        identifier=work.identifier,
        artists="; ".join(names.get(artist, artist) for artist in work.artists),
        programme=programme.name if programme is not None else "",
        where_it_is=_where(said),
        permission=OUTCOME_WORDS[together] if together else "",
        permission_by_use="; ".join(f"{cell.use.value}: {OUTCOME_WORDS[cell.outcome]}" for cell in stated),
        work=work.id,
        programme_id=programme.id if programme is not None else "",
    )


def _where(said: list[InclusionStatement]) -> str:
    places = fold_statements(said)
    state = strongest(places)
    who = dict.fromkeys(p.current.stated_by for p in places if p.current.state is state)
    return STATE_WORDS[state].format(who=", ".join(who) or "Somebody")
