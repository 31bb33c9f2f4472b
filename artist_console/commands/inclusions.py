"""Where works are reported: dataset and model versions, by whom, on what basis, with what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from artist_console.commands.console import Console
from artist_console.commands.names import operator_name, party_name, programme_name, work_title
from artist_console.domain import words, work_words
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import (
    ArtistId,
    DatasetVersionId,
    FactId,
    ModelVersionId,
    ProgrammeId,
    WorkId,
)
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    BasisGroup,
    DatasetVersion,
    Evidence,
    InclusionStatement,
    MatchBand,
    ModelVersion,
    Whereabouts,
    fold_statements,
    group_of,
)
from artist_console.domain.inclusion_states import STRENGTH, EvidenceGrade, InclusionState
from artist_console.domain.periods import as_known_on
from artist_console.domain.phrases import Sentence
from artist_console.domain.programmes import Agreement, ScopeKind
from artist_console.domain.uses import Use
from artist_console.store import inclusions as statements_of
from artist_console.store import mirror


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
    is_listing: bool = False  # rows of a public list that were matched, not what somebody states of the work
    listed: tuple[Evidence, ...] = ()  # of a listing: the rows, surest first
    statements: tuple[FactId, ...] = ()  # everything that was said of the place, oldest first
    dataset_id: DatasetVersionId | None = None
    model_id: ModelVersionId | None = None
    of_a_title: InclusionState | None = (
        None  # stated of title and artist alone: of which recording is not known
    )

    @property
    def said(self) -> Sentence:
        """What is stated of the place, and by whom."""
        return work_words.stated_words(self.state, self.stated_by, self.of_a_title)

    @property
    def case(self) -> str:
        """Id of the case whose reply is what counts here; empty where it was not told in a letter."""
        kind, _, rest = self.statement.partition("/")
        return rest.partition("/")[0] if kind == "case" else ""

    @property
    def is_likely_only(self) -> bool:
        """Whether it is a listing of which the surest row is only likely, and nobody has confirmed it."""
        row = self.evidence.listed
        return row is not None and row.band is MatchBand.LIKELY and self.state is InclusionState.SUSPECTED


def list_inclusions(
    console: Console, artist: ArtistId | None = None, work: WorkId | None = None, public_only: bool = False
) -> tuple[PlaceRow, ...]:
    """What holds now, strongest state first, then by title. `public_only`: hits in public lists."""
    store = console.store
    said = (
        statements_of.of_work(store, work) if work is not None else statements_of.find(store, artist=artist)
    )
    facts = mirror.facts(store, console.clock())
    datasets, models = statements_of.datasets(store), statements_of.models(store)
    rows = place_rows(said, facts, datasets, models)
    if work is not None and artist is not None:
        rows = tuple(row for row in rows if artist in facts.works[row.work].artists)
    if public_only:
        rows = tuple(row for row in rows if row.grade is EvidenceGrade.PUBLIC_DATASET)
    return rows


def place_rows(
    said: Iterable[InclusionStatement],
    facts: FactBook,
    datasets: Mapping[str, DatasetVersion],
    models: Mapping[str, ModelVersion],
) -> tuple[PlaceRow, ...]:
    """The current state of every place that statements name, from plain values: also those of a report."""
    rows = [_row(place, facts, datasets, models) for place in fold_statements(as_known_on(said))]
    order = {state: number for number, state in enumerate(STRENGTH)}
    return tuple(
        sorted(rows, key=lambda row: (order[row.state], row.work_title.casefold(), row.dataset, row.model))
    )


def _row(
    place: Whereabouts,
    facts: FactBook,
    datasets: Mapping[str, DatasetVersion],
    models: Mapping[str, ModelVersion],
) -> PlaceRow:
    now = place.current
    work = facts.works.get(now.work)
    dataset = datasets.get(now.dataset) if now.dataset else None
    model = models.get(now.model) if now.model else None
    programme = (
        now.programme or (dataset.programme if dataset else None) or (model.programme if model else None)
    )
    operator = (model.operator if model else None) or (dataset.operator if dataset else None)
    return PlaceRow(
        statement=now.id,
        work=now.work,
        work_title=work_title(facts, now.work),
        artist=work.artists[0] if work is not None and work.artists else None,
        programme=programme,
        programme_name=programme_name(facts, programme),
        operator_name=operator_name(facts, programme) or party_name(facts, operator),
        dataset=_name(dataset.name, dataset.version) if dataset is not None else (now.dataset or ""),
        model=_name(model.name, model.version) if model is not None else (now.model or ""),
        parents=_parents(model, models),
        state=now.state,
        as_of=now.as_of,
        grade=now.grade,
        basis=now.basis,
        basis_group=group_of(now.basis),
        asset=now.asset,
        stated_by=now.stated_by,
        agreement=_agreement(programme, now.work, now.use, facts),
        evidence=now.evidence,
        contradicted=bool(place.contradicted_by),
        against=tuple(
            work_words.stated_words(other.state, other.stated_by, other.of_a_title).text
            for other in place.contradicted_by
        ),
        use=now.use,
        is_listing=place.is_listing,
        listed=tuple(each.evidence for each in reversed(place.history)) if place.is_listing else (),
        statements=tuple(each.id for each in place.history),
        dataset_id=now.dataset,
        model_id=now.model,
        of_a_title=now.of_a_title,
    )


def _name(name: str, version: str) -> str:
    return f"{name} {version}" if version else name


def _parents(model: ModelVersion | None, models: Mapping[str, ModelVersion]) -> tuple[str, ...]:
    if model is None:
        return ()
    named: list[str] = []
    for parent in model.parents:
        known = models.get(ModelVersionId(parent.model))
        name = _name(known.name, known.version) if known else "a model that is not known here"
        named.append(words.MODEL_RELATION[parent.relation].format(parent=name))
    return tuple(named)


def _agreement(programme: ProgrammeId | None, work: WorkId, use: Use | None, facts: FactBook) -> str:
    """Licensor and clause of the first known agreement with the programme that reaches the work."""
    if programme is None:
        return ""
    for agreement in facts.agreements.get(programme, ()):
        if (use is None or use in agreement.uses) and _reaches(agreement, work, facts):
            return f"{party_name(facts, agreement.licensor)}: {words.CLAUSE[agreement.clause].lower()}"
    return ""


def _reaches(agreement: Agreement, work: WorkId, facts: FactBook) -> bool:
    if agreement.scope is ScopeKind.NAMED_WORKS:
        return work in agreement.works
    return any(
        control.licensor == agreement.licensor
        and (agreement.scope is not ScopeKind.LABEL or control.label == agreement.label)
        for control in facts.controls.get(work, ())
    )
