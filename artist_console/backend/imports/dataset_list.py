"""A public list of what a dataset holds becomes a dataset version, and a statement for each hit.

A hit says "suspected", with the row as delivered as its evidence and what it does not prove. The ids follow
from the list and the row, so that the same list a second time changes nothing.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from sqlalchemy.engine import Connection

from artist_console.backend.reach import account_key
from artist_console.backend.storage import rows
from artist_console.domain.ids import DatasetVersionId, FactId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    Evidence,
    InclusionStatement,
    MatchBand,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.matching import Match, SameVersion
from artist_console.domain.periods import Recorded
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.incoming import DatasetRow, ReadDatasetList
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row

from .holdings import holdings_of
from .job import Order, Progress, Result, stable_id

_EVERY = 2_000
_PUBLIC_DOMAIN = re.compile(r"public\s*domain\s*mark|publicdomain/mark|^public\s*domain$", re.IGNORECASE)
_OPEN = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)|\bcc[\s-]?(?:0|by|zero|sampling)|creative\s+commons|attribution"
    r"|free\s+art\s+license|art\s+libre|\bodc-?by\b|\bmit\b",
    re.IGNORECASE,
)
DOES_NOT_PROVE = (
    "A public list shows that somebody listed the work. It does not show that a model was trained on it, "
    "nor that the list is still in use."
)


def basis_of(licence: str) -> Basis:
    """On what the list itself says that the use rests."""
    if _PUBLIC_DOMAIN.search(licence.strip()):
        return Basis.PUBLIC_DOMAIN
    return Basis.OPEN_LICENCE if _OPEN.search(licence) else Basis.UNDECLARED


def import_dataset_list(
    connection: Connection, order: Order, read: ReadDatasetList, progress: Progress
) -> Result:
    """Take a list over, inside a writing transaction."""
    held = holdings_of(connection, order.account, order.within)
    index = held.index()
    dataset = DatasetVersion(
        DatasetVersionId(stable_id("dataset", order.account, order.sha256)),
        order.name or PurePath(order.file_name).stem,
        public=True,
        sha256=order.sha256,
        licence=_common_licence(read.rows),
        obtained_from=order.file_name,
        rows=read.row_count,
    )
    result = Result(read.row_count)
    result.take_notes(read.notes, read.warnings)
    found: dict[str, InclusionStatement] = {}
    listed: set[str] = set()
    for place, row in enumerate(read.rows, 1):
        for match in _telling(index.match(row)):
            hit = _statement(order, dataset, row, match, held.works[match.work])
            found[hit.id] = hit
            listed.add(match.work)
        if place % _EVERY == 0:
            progress(place, read.row_count)
    there = rows.some_of(connection, Kind.INCLUSION, list(found))
    new: list[tuple[Kind, Row]] = [(Kind.INCLUSION, hit) for id, hit in found.items() if id not in there]
    known = rows.some_of(connection, Kind.DATASET, [dataset.id])
    kept = known.get(dataset.id, dataset)
    keys = {(Kind.DATASET, str(dataset.id)): [account_key(order.account)]}
    rows.put(connection, [(Kind.DATASET, kept), *new], keys)
    result.count("rows_compared", len(read.rows))
    result.count("works_listed", len(listed))
    result.count("statements_added", len(new))
    result.count("statements_known", len(there))
    return result


def _telling(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Of what a row may speak of, the strongest group alone: identifier, this version, another version."""
    for group in (
        [m for m in matches if m.band is MatchBand.IDENTIFIER],
        [m for m in matches if m.version is not SameVersion.NO],
        [m for m in matches if m.version is SameVersion.NO],
    ):
        if group:
            return tuple(group)
    return ()


def _statement(
    order: Order, dataset: DatasetVersion, row: DatasetRow, match: Match, work: Work
) -> InclusionStatement:
    by_identifier = match.band is MatchBand.IDENTIFIER
    how = "Compared by identifier" if by_identifier else "Compared by title and artist"
    evidence = Evidence(
        source=order.file_name,
        sha256=order.sha256,
        row=row.row,
        words=row.words,
        checked_how=f"{how}; {match.words}.",
        does_not_prove=DOES_NOT_PROVE,
    )
    return InclusionStatement(
        FactId(stable_id("listed", dataset.id, row.row, work.id)),
        work.id,
        Asset.COMPOSITION if work.kind is WorkKind.COMPOSITION else Asset.MASTER,
        InclusionState.SUSPECTED,
        order.at.date(),
        basis_of(row.licence),
        dataset.name,
        EvidenceGrade.PUBLIC_DATASET,
        evidence,
        Recorded(order.at),
        dataset=dataset.id,
    )


def _common_licence(rows: tuple[DatasetRow, ...]) -> str:
    """The licence of the whole list where all rows name the same one."""
    licences = {row.licence for row in rows}
    return licences.pop() if len(licences) == 1 else ""
