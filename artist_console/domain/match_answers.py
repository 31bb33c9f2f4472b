"""What a person said of hits in public lists, and what then counts (PRODUCT, "evidence grade").

An answer is about everything that one work and one key have in common: in one list, or in every list, those
that come later too. It is a private object: no service is sent it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from .ids import ArtistId, DatasetVersionId, WorkId
from .inclusion import DatasetVersion, Evidence, InclusionStatement, ListedRow, MatchBand
from .inclusion_states import EvidenceGrade, InclusionState
from .phrases import day_in_words


class Verdict(Enum):
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """One answer. Its id follows from what it is about, so that a new one takes the place of the former."""

    id: str
    artist: ArtistId
    work: WorkId
    key: str  # of `ListedRow`
    verdict: Verdict
    answered_at: datetime
    dataset: DatasetVersionId | None = None  # None: in every list
    note: str = ""


def answer_id(work: WorkId, key: str, dataset: DatasetVersionId | None) -> str:
    """The id of the answer about a work, a key and one list or every list."""
    # Lengths go along: no two different triples give the same bytes.
    parts = (work, key, dataset or "")
    named = "".join(f"{len(part)}:{part}" for part in parts)
    return f"match-{hashlib.sha256(named.encode()).hexdigest()[:32]}"


def is_hit(said: InclusionStatement) -> bool:
    """Whether a statement only says that a public list has a row like the work."""
    return said.evidence.listed is not None or (
        said.grade is EvidenceGrade.PUBLIC_DATASET
        and said.state is InclusionState.SUSPECTED
        and said.dataset is not None
    )


def row_of(said: InclusionStatement) -> ListedRow:
    """The row behind a hit. Of one that was kept before rows were told apart: its words, as a title."""
    if said.evidence.listed is not None:
        return said.evidence.listed
    return ListedRow(said.evidence.words, "", MatchBand.KEY, key=f"row {said.id}")


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by what they are about.

    `homes`: ids of works that were merged, with the one that stays. `editions`: ids of lists, with what all
    editions of a list have in common: an answer about one edition is about the others too.
    """

    given: Mapping[tuple[WorkId, str, str], MatchAnswer]
    homes: Mapping[WorkId, WorkId]
    editions: Mapping[DatasetVersionId, str]

    @classmethod
    def of(
        cls,
        answers: Iterable[MatchAnswer],
        homes: Mapping[WorkId, WorkId] | None = None,
        editions: Mapping[DatasetVersionId, str] | None = None,
    ) -> Answers:
        """Index them. Where a merge or an edition brought two together that differ, the later one counts."""
        found = cls({}, homes or {}, editions or {})
        given: dict[tuple[WorkId, str, str], MatchAnswer] = {}
        for each in sorted(answers, key=lambda a: (a.answered_at, a.id)):
            given[found.home(each.work), each.key, found.list_of(each.dataset)] = each
        return replace(found, given=given)

    def home(self, work: WorkId) -> WorkId:
        """The work itself, or the one that it was merged into."""
        return self.homes.get(work, work)

    def list_of(self, dataset: DatasetVersionId | None) -> str:
        """What the editions of a list have in common; empty for every list."""
        return self.editions.get(dataset, f"id {dataset}") if dataset is not None else ""

    def to(self, said: InclusionStatement) -> MatchAnswer | None:
        """The answer to a hit: of the one about this list and the one about every list the later."""
        if not self.given or not is_hit(said):
            return None
        work, key = self.home(said.work), row_of(said).key
        found = [
            each
            for where in (self.list_of(said.dataset), "")
            if (each := self.given.get((work, key, where))) is not None
        ]
        return max(found, key=lambda a: (a.answered_at, a.dataset is not None), default=None)


NO_ANSWERS = Answers({}, {}, {})


def edition_of(dataset: DatasetVersion) -> str:
    """What the editions of a list have in common: the list it was recognised as, else its name."""
    if dataset.known_as:
        return f"known {dataset.known_as}"
    return f"named {dataset.name.casefold()} by {dataset.publisher.casefold()}"


def what_counts(statements: Iterable[InclusionStatement], answers: Answers) -> Iterator[InclusionStatement]:
    """The statements with the answers laid over them, in the order given.

    Statements of others pass as they are. A hit that was refused counts for nothing, nor does one that a
    person has to look at first; one that was confirmed says that the work is in the dataset, on the grade of
    a public list as before.
    """
    for said in statements:
        if not is_hit(said):
            yield said
            continue
        answer = answers.to(said)
        counted = _counted(said, answer)
        if counted is not None:
            yield counted


def _counted(said: InclusionStatement, answer: MatchAnswer | None) -> InclusionStatement | None:
    row = row_of(said)
    if answer is None:
        return None if row.band is MatchBand.CHECK else replace(said, evidence=_with_row(said, row))
    if answer.verdict is Verdict.REFUSED:
        return None
    how = f"{said.evidence.checked_how} {confirmed_words(answer)}".strip()
    evidence = replace(_with_row(said, row), checked_how=how)
    return replace(said, state=InclusionState.IN_DATASET, evidence=evidence)


def _with_row(said: InclusionStatement, row: ListedRow) -> Evidence:
    return said.evidence if said.evidence.listed is row else replace(said.evidence, listed=row)


def confirmed_words(answer: MatchAnswer) -> str:
    return f"The artist's side confirmed on {day_in_words(answer.answered_at)} that this row means this work."
