"""A manifest becomes datasets, models and statements about the works that are known here.

Works that nobody here has are counted and forgotten. The ids follow from what is said, so that the same
manifest a second time adds nothing, and two that contradict each other both stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from artist_console.backend.storage import rows
from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId, PartyId, WorkId
from artist_console.domain.inclusion import Asset, Basis, Evidence, InclusionStatement, of_a_title
from artist_console.domain.inclusion_states import NOT_THERE, EvidenceGrade, InclusionState
from artist_console.domain.periods import Recorded
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.incoming import RowNote
from artist_console.formats.kinds import Kind
from artist_console.formats.manifest import (
    Complete,
    Inclusion,
    ManifestLine,
    ManifestSeen,
    look_over,
    manifest_lines,
)
from artist_console.formats.wire import Row

from .job import Order, Progress, Result, stable_id
from .manifest_places import Places, places_of, shortened
from .manifest_sender import MOST_SIGNS, Sender, bounded, who_sent
from .manifest_works import Found, KnownWorks, known_works

_AT_ONCE = 1_000
_OPERATORS = frozenset({EvidenceGrade.OPERATOR_SIGNED, EvidenceGrade.OPERATOR_STATED})
# A clock that is ahead somewhere, and the other side of the date line.
_AHEAD = timedelta(days=2)
_ABOUT_A_DATASET = (
    "It shows what {by} says of a dataset. It does not show which models were trained on it, nor for how long"
    " the work was in it."
)
_ABOUT_A_MODEL = (
    "It shows what {by} says of a model. It does not show what the model kept of the work, and nobody else"
    " has checked it."
)


def look_at_manifest(order: Order, progress: Progress) -> ManifestSeen:
    """Read it once, before others have to wait. Raises InputProblem."""
    with order.open() as file:
        return look_over(file, order.file_name, lambda row: progress(row, None))


def import_manifest(connection: Connection, order: Order, seen: ManifestSeen, progress: Progress) -> Result:
    """Take a manifest over, inside a writing transaction. Raises InputProblem: then roll back."""
    sender = who_sent(connection, order, seen)
    taking = _Taking(connection, order, seen, sender)
    with order.open() as file:
        for place, line in enumerate(manifest_lines(file, order.file_name, seen), 1):
            taking.take(line)
            if place % _AT_ONCE == 0:
                taking.write()
                progress(place, seen.lines)
    taking.say_what_is_absent(progress)
    return taking.done()


@dataclass(slots=True)
class _Named:
    """What a manifest names of one place, for saying what it does not name."""

    certain: set[WorkId]
    perhaps: set[WorkId]


class _Taking:
    """Statements on their way, a batch at a time."""

    def __init__(self, connection: Connection, order: Order, seen: ManifestSeen, sender: Sender) -> None:
        self.result = Result(seen.lines)
        self._connection = connection
        self._order = order
        self._seen = seen
        self._sender = sender
        self._places: Places = places_of(connection, seen.header, sender, order)
        self._known: KnownWorks = known_works(connection, order, everywhere=sender.everywhere)
        self._waiting: dict[str, InclusionStatement] = {}
        self._named: dict[str, _Named] = {}
        self._works: set[WorkId] = set()
        self._touched: set[PartyId] = set()
        self._rejected = 0
        self._put_places()
        named = seen.header.programme.strip()
        if named and self._places.programme is None:
            self._warn(
                f"It names the programme “{bounded(named)}”, which is not known here: set it up with"
                " artist-console programmes add, then bring the file in again"
            )
        if shortened(seen.header):
            self._warn(f"Names of more than {MOST_SIGNS} characters stand in it; they were shortened")

    def take(self, line: ManifestLine | RowNote) -> None:
        if isinstance(line, RowNote):
            self._reject(line.row, line.what)
        elif isinstance(line.said, Complete):
            self.result.count("complete_lists")
        else:
            self._take(line, line.said)

    def write(self) -> None:
        """Put by what has been taken. What stands already is left alone."""
        there = rows.ids_there(self._connection, Kind.INCLUSION, list(self._waiting))
        new: list[tuple[Kind, Row]] = [
            (Kind.INCLUSION, row) for id, row in self._waiting.items() if id not in there
        ]
        rows.put(self._connection, new)
        self.result.count("statements_added", len(new))
        self.result.count("statements_known", len(there))
        self._waiting.clear()

    def done(self) -> Result:
        self.write()
        self._put_places()
        self.result.count("works_named", len(self._works))
        self.result.count("datasets_told", len(self._places.datasets))
        self.result.count("models_told", len(self._places.models))
        if self._rejected:
            self.result.count("rows_left_out", self._rejected)
        if not self._sender.vouched:
            self._warn(f"{self._sender.checked_how}. What it says counts as your own report")
        return self.result

    def _put_places(self) -> None:
        keys = None if self._sender.vouched else self._places.keys(self._order, self._touched)
        rows.put(self._connection, self._places.rows, keys)

    def _reject(self, row: int, what: str) -> None:
        self._rejected += 1
        self.result.note(row, "", what, "rejected")

    def _take(self, line: ManifestLine, said: Inclusion) -> None:
        as_of = said.as_of or self._seen.header.as_of
        if as_of > (self._order.at + _AHEAD).date():
            self._reject(line.row, f"Left out: its date, {as_of.isoformat()}, is still to come")
            return
        found = self._known.find(said.work)
        if not found.works:
            self.result.count("works_unknown")
            if not self._sender.everywhere:  # who is here is for nobody else to know
                self.result.note(line.row, "work", f"Not one of your works: {said.work.words}", "warning")
            return
        id = self._places.id_of(said.dataset, said.model)
        named = self._named.setdefault(id, _Named(set(), set()))
        (named.certain if found.certain else named.perhaps).update(found.works)
        self._works.update(found.works)
        for work in found.works:
            self._touched.update(self._known.artists[work])
            statement = self._statement(line, said, work, found, as_of)
            self._waiting[statement.id] = statement
        if not found.certain:
            self.result.count("works_by_name", len(found.works))

    def _statement(
        self, line: ManifestLine, said: Inclusion, work: WorkId, found: Found, as_of: date
    ) -> InclusionStatement:
        state = said.state
        how = f"{self._sender.checked_how}. Compared by identifier"
        if not found.certain:
            state = of_a_title(said.state)
            how = (
                f"{self._sender.checked_how}. It says “{said.state.value.replace('_', ' ')}” of a title and"
                " an artist alone: which recording is meant is not known"
            )
        return self._made(
            work,
            said.asset or self._asset_of(work),
            state,
            as_of,
            said.basis,
            said.dataset,
            said.model,
            use=said.use,
            words=said.words or line.words,
            row=line.row,
            how=how,
            of_a_title=None if found.certain else said.state,
        )

    def _asset_of(self, work: WorkId) -> Asset:
        return Asset.COMPOSITION if self._known.kinds[work] is WorkKind.COMPOSITION else Asset.MASTER

    def _made(
        self,
        work: WorkId,
        asset: Asset,
        state: InclusionState,
        as_of: date,
        basis: Basis,
        dataset: str,
        model: str,
        *,
        use: Use | None,
        words: str,
        row: int | None,
        how: str,
        of_a_title: InclusionState | None = None,
    ) -> InclusionStatement:
        sender, place = self._sender, self._places.id_of(dataset, model)
        said = (
            sender.grade.value,
            place,
            work,
            asset.value,
            state.value,
            basis.value,
            use.value if use else "",
            *((of_a_title.value,) if of_a_title in NOT_THERE else ()),
        )
        return InclusionStatement(
            FactId(stable_id("manifest", sender.scope, *said, as_of.isoformat())),
            work,
            asset,
            state,
            as_of,
            basis,
            sender.stated_by,
            sender.grade,
            Evidence(
                self._order.file_name,
                self._order.sha256,
                row,
                words,
                sender.kid,
                f"{how}.",
                (_ABOUT_A_MODEL if model else _ABOUT_A_DATASET).format(by=sender.in_a_sentence),
            ),
            Recorded(self._order.at),
            dataset=DatasetVersionId(place) if dataset else None,
            model=ModelVersionId(place) if model else None,
            programme=self._places.programme,
            use=use,
            of_a_title=of_a_title,
        )

    def say_what_is_absent(self, progress: Progress) -> None:
        """Works that a complete list does not name. Only the operator can know that its list is complete.

        Nothing is said of a work without an identifier: the list may well name it by one.
        """
        if not self._seen.complete:
            return
        if self._rejected:
            self._warn(
                "It says that its list is complete. Some of its lines could not be used, so nothing follows"
                " for works that it does not name"
            )
            return
        without = sum(work not in self._known.coded for work in self._known.kinds)
        if without:
            self.result.count("works_not_comparable", without)
        how = f"{self._sender.checked_how}. It says that it is complete, and does not name the work"
        for complete in self._seen.complete:
            if not self._is_for_us(complete):
                continue
            for place, work in enumerate(self._unnamed(complete), 1):
                words = complete.words or "The list is complete, and it does not name the work."
                statement = self._made(
                    work,
                    self._asset_of(work),
                    InclusionState.ATTESTED_ABSENT,
                    complete.as_of,
                    Basis.UNDECLARED,
                    complete.dataset,
                    complete.model,
                    use=None,
                    words=words,
                    row=None,
                    how=how,
                )
                self._waiting[statement.id] = statement
                self.result.count("works_absent")
                if place % _AT_ONCE == 0:
                    self.write()
                    progress(self._seen.lines, self._seen.lines)

    def _is_for_us(self, complete: Complete) -> bool:
        if complete.dataset not in self._places.datasets and complete.model not in self._places.models:
            return False  # told where the line was read
        if self._sender.grade in _OPERATORS and complete.as_of <= (self._order.at + _AHEAD).date():
            return True
        self._warn(
            "It says that its list is complete. That counts only from the operator itself and not ahead of"
            " its day, so nothing follows from it for works that it does not name"
        )
        return False

    def _warn(self, what: str) -> None:
        self.result.note(0, "", what, "warning")

    def _unnamed(self, complete: Complete) -> Iterator[WorkId]:
        named = self._named.get(self._places.id_of(complete.dataset, complete.model), _Named(set(), set()))
        for work in self._known.kinds:
            if work in self._known.coded and work not in named.certain and work not in named.perhaps:
                yield work
