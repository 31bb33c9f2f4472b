"""A public list of what a dataset holds becomes a dataset version, and a statement for each hit.

The list is streamed and compared before anything is written, so that nobody waits for it; kept are only hits.
A hit says "suspected", with the row as delivered as its evidence and what it does not prove. The ids follow
from the list and the row, so that the same list a second time, packed or not, changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from artist_console.backend.reach import account_key
from artist_console.backend.storage import rows
from artist_console.domain.ids import DatasetVersionId, FactId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    DatasetVersion,
    Evidence,
    InclusionStatement,
    ListedRow,
    MatchBand,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.match_answers import row_of
from artist_console.domain.matching import Match, SameVersion, row_key
from artist_console.domain.periods import Recorded
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.dataset_list import open_dataset_list
from artist_console.formats.incoming import DatasetRow, RowNote, Severity
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row

from .dataset_card import RowsInCommon, basis_of, card_of, dataset_id, filled_in, list_name, recognised
from .holdings import Holdings, holdings_of, the_match_words
from .job import Order, Progress, Result, stable_id

MOST_ROWS_OF_A_WORK = 200  # in one list; more tell a person nothing that these do not
MOST_HITS = 100_000
_EVERY = 2_000
_BANDS = tuple(MatchBand)
DOES_NOT_PROVE = (
    "A public list shows that somebody listed the work. It does not show that a model was trained on it, "
    "nor that the list is still in use."
)

Reading = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class ComparedList:
    """A list after it was compared with the catalogue."""

    dataset: DatasetVersion
    hits: tuple[InclusionStatement, ...]
    result: Result


def compare_list(reading: Reading, order: Order, progress: Progress) -> ComparedList:
    """Compare a list with what the account has; writes nothing. Raises InputProblem."""
    with reading() as connection:
        held = holdings_of(connection, order.account, order.within)
        # A packed list that was brought in before lists were told by what is in them keeps its id.
        as_it_came = dataset_id(order, order.sha256)
        is_known = bool(rows.ids_there(connection, Kind.DATASET, [as_it_came]))
    index = held.index()
    common = RowsInCommon()
    result = Result()
    compared = 0
    with order.open() as file:
        reader = open_dataset_list(file, order.file_name, dict(order.columns))
        known = recognised(reader.columns, order)
        hits = _Hits(order, held, order.publisher or list_name(order, known))
        progress(0, None)
        for each in reader:
            if isinstance(each, RowNote):
                result.take_notes((each,), ())
                if each.severity is Severity.REJECTED:
                    result.count("rows_left_out")
            else:
                compared += 1
                common.add(each)
                for match in _telling(index.find(each)):
                    hits.add(each, match)
            if reader.rows_read % _EVERY == 0:
                progress(reader.rows_read, None)
        result.rows_read = reader.rows_read
        result.take_notes((), reader.warnings)
        dataset = as_it_came if is_known else dataset_id(order, reader.content_sha256())
    result.count("rows_compared", compared)
    hits.tell_what_is_left_out(result)
    if order.artist_name and held.party(order.artist_name) is None:
        what = f"No artist “{order.artist_name}” is here; the list was compared with all works that are here."
        result.note(0, "", what, "warning")
    if known is not None:
        what = f"By its columns and name it looks like “{known.name}”; its card says what is known of it."
        result.note(0, "", what, "warning")
    card = card_of(dataset, order, common, result.rows_read, known)
    return ComparedList(card, hits.statements(dataset), result)


def import_dataset_list(connection: Connection, order: Order, compared: ComparedList) -> Result:
    """Take a compared list over, inside a writing transaction."""
    result = compared.result
    works = rows.ids_there(connection, Kind.WORK, {hit.work for hit in compared.hits})
    found = {hit.id: hit for hit in compared.hits if hit.work in works}
    there = rows.ids_there(connection, Kind.INCLUSION, list(found))
    new: list[tuple[Kind, Row]] = [(Kind.INCLUSION, hit) for id, hit in found.items() if id not in there]
    dataset = compared.dataset
    known = rows.some_of(connection, Kind.DATASET, [dataset.id]).get(dataset.id)
    kept = dataset if known is None else filled_in(known, dataset)
    if order.name and kept.name != order.name:
        result.note(0, "", f"The list is here already as “{kept.name}” and keeps that name.", "warning")
    keys = {(Kind.DATASET, str(dataset.id)): [account_key(order.account)]}
    rows.put(connection, [(Kind.DATASET, kept), *new], keys)
    _count_works(result, found.values())
    result.count("statements_added", len(new))
    result.count("statements_known", len(there))
    return result


def _count_works(result: Result, hits: Collection[InclusionStatement]) -> None:
    """What counts as listed, what is likely besides, and rows that somebody has to look at first."""

    def works(*bands: MatchBand) -> set[WorkId]:
        return {hit.work for hit in hits if row_of(hit).band in bands}

    listed = works(MatchBand.IDENTIFIER, MatchBand.KEY)
    result.count("works_listed", len(listed))
    result.count("works_listed_likely", len(works(MatchBand.LIKELY) - listed))
    result.count("works_rows_to_check", sum(row_of(hit).band is MatchBand.CHECK for hit in hits))


class _Hits:
    """The hits of one list so far, of each work a bounded number."""

    def __init__(self, order: Order, held: Holdings, stated_by: str) -> None:
        self._found: dict[tuple[int, WorkId], tuple[DatasetRow, Match]] = {}
        self._order = order
        self._held = held
        self._stated_by = stated_by
        self._rows: Counter[WorkId] = Counter()
        self._left_out = 0

    def add(self, row: DatasetRow, match: Match) -> None:
        self._rows[match.work] += 1
        if self._rows[match.work] > MOST_ROWS_OF_A_WORK:
            return
        if len(self._found) >= MOST_HITS:
            self._left_out += 1
            return
        self._found[row.row, match.work] = row, match

    def statements(self, dataset: DatasetVersionId) -> tuple[InclusionStatement, ...]:
        works = self._held.works
        return tuple(
            _statement(self._order, dataset, self._stated_by, row, match, works[match.work])
            for row, match in self._found.values()
        )

    def tell_what_is_left_out(self, result: Result) -> None:
        for work, count in self._rows.items():
            if count > MOST_ROWS_OF_A_WORK:
                title = self._held.works[work].title
                what = f"“{title}” is listed in {count:,} rows; the first {MOST_ROWS_OF_A_WORK} are kept."
                result.note(0, "", what, "warning")
                result.count("hits_not_kept", count - MOST_ROWS_OF_A_WORK)
        if self._left_out:
            what = f"The list has {self._left_out:,} hits more than the {MOST_HITS:,} that are kept."
            result.note(0, "", what, "warning")
            result.count("hits_not_kept", self._left_out)


def _telling(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Of what a row may speak of, the strongest group alone: identifier, then this version, then another."""

    def strength(match: Match) -> tuple[bool, bool, int]:
        named = match.band is MatchBand.IDENTIFIER
        return not named, not named and match.version is SameVersion.NO, _BANDS.index(match.band)

    best = min(map(strength, matches), default=None)
    return tuple(match for match in matches if strength(match) == best)


def _statement(
    order: Order, dataset: DatasetVersionId, stated_by: str, row: DatasetRow, match: Match, work: Work
) -> InclusionStatement:
    listed = ListedRow(
        row.title,
        row.artist,
        match.band,
        row_key(row.title, row.artist, row.identifier, the_match_words()),
        match.score,
        row.identifier,
        row.url,
        row.list_id,
        match.version is SameVersion.NO,
    )
    evidence = Evidence(
        source=order.file_name,
        sha256=order.sha256,
        row=row.row,
        words=row.words,
        checked_how=f"{_how(match)}; {match.words}.",
        does_not_prove=DOES_NOT_PROVE,
        listed=listed,
    )
    return InclusionStatement(
        FactId(stable_id("listed", dataset, row.row, work.id)),
        work.id,
        Asset.COMPOSITION if work.kind is WorkKind.COMPOSITION else Asset.MASTER,
        InclusionState.SUSPECTED,
        order.at.date(),
        basis_of(row.licence),
        stated_by,
        EvidenceGrade.PUBLIC_DATASET,
        evidence,
        Recorded(order.at),
        dataset=dataset,
    )


def _how(match: Match) -> str:
    if match.band is MatchBand.IDENTIFIER:
        return "Compared by identifier"
    if match.score is None:
        return "Compared by title and artist"
    if match.by:
        return "Compared by the title, which names the artist"
    if match.score == 100:
        return "Compared by title, artist and length, which differs"
    return f"Compared by likeness of title and artist ({match.score} of 100)"
