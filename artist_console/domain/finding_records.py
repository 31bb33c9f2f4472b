"""The records that findings are sought in, indexed once: who said what of which work, and what then held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from .decisions import AnswerKind
from .facts import FactBook
from .finding import PaidUse
from .ids import ArtistId, DatasetVersionId, ModelVersionId, PartyId, ProgrammeId, WorkId
from .inclusion import DatasetVersion, InclusionStatement, ModelVersion, Whereabouts, fold_statements
from .inclusion_states import InclusionState
from .mandates import Mandate
from .outcomes import PermissionOutcome
from .periods import as_known_on
from .permission_classes import OutcomeTable
from .programmes import Agreement, ApprovalClause, Control, ScopeKind
from .removal_steps import RemovalMark, by_case
from .statements import Statement
from .switches import SwitchNote
from .uses import Use, is_sensitive
from .works import Work

NOON = time(12, tzinfo=UTC)
DAY_BEGINS = time(0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """One place of one work of one artist."""

    artist: ArtistId
    work: Work
    place: Whereabouts


class Records:
    """What `findings.find` was given, by what it is about."""

    def __init__(
        self,
        facts: FactBook,
        inclusions: Iterable[InclusionStatement],
        models: Iterable[ModelVersion],
        datasets: Iterable[DatasetVersion],
        statements: Iterable[Statement],
        paid: Iterable[PaidUse],
        mandates: Iterable[Mandate],
        today: date,
        artists: Iterable[ArtistId] | None = None,
        marks: Iterable[RemovalMark] = (),
        switches: Iterable[SwitchNote] = (),
    ) -> None:
        self.facts, self.today = facts, today
        self.marks = by_case(marks)
        self.switches = tuple(switches)
        self.models: Mapping[ModelVersionId, ModelVersion] = {model.id: model for model in models}
        self.datasets: Mapping[DatasetVersionId, DatasetVersion] = {each.id: each for each in datasets}
        self.statements = tuple(statements)
        self.paid = tuple(paid)
        self.paid_for = {(row.artist, row.work, row.programme): row for row in self.paid}
        self.mandates = tuple(mandates)
        wanted = None if artists is None else frozenset(artists)
        self.artists = tuple(
            sorted(
                a
                for a in facts.said
                if a in facts.parties and facts.parties[a].is_artist and (wanted is None or a in wanted)
            )
        )
        self.works: dict[ArtistId, list[Work]] = {artist: [] for artist in self.artists}
        for id, work in sorted(facts.works.items()):
            for artist in work.artists:
                if id == work.id and artist in self.works:
                    self.works[artist].append(work)
        self.places: defaultdict[WorkId, list[Whereabouts]] = defaultdict(list)
        for place in fold_statements(as_known_on(inclusions)):
            work_id = place.current.work
            known = facts.works.get(work_id)
            self.places[known.id if known else work_id].append(place)
        self.licensable: defaultdict[tuple[ArtistId, PartyId], list[tuple[Work, Control]]] = defaultdict(list)
        for artist, works in self.works.items():
            for work in works:
                for carrier in (work.id, *work.compositions):
                    for control in facts.controls.get(carrier, ()):
                        self.licensable[artist, control.licensor].append((work, control))
        self._table = OutcomeTable(facts, datetime.combine(today, NOON))
        self._tables: dict[datetime, OutcomeTable] = {}

    def seen(self) -> Iterator[Seen]:
        """Every place of every work, artist by artist."""
        for artist in self.artists:
            for work in self.works[artist]:
                for place in self.places.get(work.id, ()):
                    yield Seen(artist, work, place)

    def programme_of(self, statement: InclusionStatement) -> ProgrammeId | None:
        """The programme a statement is about, named by itself or by its model or dataset."""
        if statement.programme is not None:
            return statement.programme
        place = self.model_of(statement) or self.dataset_of(statement)
        return place.programme if place else None

    def model_of(self, statement: InclusionStatement) -> ModelVersion | None:
        return self.models.get(statement.model) if statement.model else None

    def dataset_of(self, statement: InclusionStatement) -> DatasetVersion | None:
        return self.datasets.get(statement.dataset) if statement.dataset else None

    def place_name(self, statement: InclusionStatement) -> str:
        """The dataset or model version by name; the programme where nobody named one."""
        place = self.model_of(statement) or self.dataset_of(statement)
        if place is not None:
            return f"{place.name} {place.version}".strip()
        return self.programme_name(statement.programme)

    def programme_name(self, programme: ProgrammeId | None) -> str:
        known = self.facts.programmes.get(programme) if programme else None
        return known.name if known else ""

    def party_name(self, party: str) -> str:
        known = next((p for id, p in self.facts.parties.items() if id == party), None)
        return known.name if known else ""

    def uses_meant(self, statement: InclusionStatement) -> tuple[Use, ...]:
        """The use that a statement names, or all that its programme declares."""
        if statement.use is not None:
            return (statement.use,)
        programme = self.programme_of(statement)
        known = self.facts.programmes.get(programme) if programme else None
        return known.uses if known else ()

    def uses_against(self, statement: InclusionStatement) -> tuple[Use, ...]:
        """The uses that a no must cover to speak against a statement.

        Where nothing says which uses are meant, any of them can be: only a no to all of them is surely one.
        """
        return self.uses_meant(statement) or tuple(use for use in Use if not is_sensitive(use))

    def operator_of(self, statement: InclusionStatement) -> PartyId | None:
        """Who runs the place that a statement is about, as far as that is known here."""
        place = self.model_of(statement) or self.dataset_of(statement)
        if place is not None and place.operator is not None:
            return place.operator
        programme = self.programme_of(statement)
        known = self.facts.programmes.get(programme) if programme else None
        return known.operator if known is not None else None

    def outcome(
        self, artist: ArtistId, work: WorkId, programme: ProgrammeId | None, use: Use, at: datetime
    ) -> tuple[AnswerKind, PermissionOutcome]:
        if at not in self._tables:
            self._tables[at] = self._table.at(at)
        return self._tables[at].outcome(artist, work, programme, use)

    def used_on(self, statement: InclusionStatement) -> date:
        """The day a use is counted from: as stated, but for a model not after its release."""
        model = self.model_of(statement)
        if statement.state is InclusionState.TRAINED and model is not None and model.released_on is not None:
            return min(statement.as_of, model.released_on)
        return statement.as_of

    def reaching(
        self, work: Work, programme: ProgrammeId, day: date
    ) -> tuple[tuple[Agreement, Control], ...]:
        """Known agreements in force on the day that reach the work or a song in it, whatever they allow."""
        instant = datetime.combine(day, NOON)
        carriers = (work.id, *work.compositions)
        return tuple(
            (agreement, control)
            for agreement in self.facts.agreements.get(programme, ())
            if agreement.period.contains(instant) and is_past_notice(agreement, day)
            for carrier in carriers
            for control in self.facts.controls.get(carrier, ())
            if in_scope(agreement, control)
            and control.period.contains(instant)
            and self._member_agreed(agreement, control, day)
        )

    def _member_agreed(self, agreement: Agreement, control: Control, day: date) -> bool:
        if control.through_member is None:
            return True
        said = [
            row
            for row in self.facts.opt_ins.get(agreement.id, ())
            if row.member == control.through_member and row.on <= day
        ]
        latest = max(said, key=lambda row: (row.on, row.recorded.at, row.id), default=None)
        return latest is not None and latest.accepted


def in_scope(agreement: Agreement, control: Control) -> bool:
    """Whether what is controlled lies in an agreement's scope."""
    if agreement.licensor != control.licensor:
        return False
    match agreement.scope:
        case ScopeKind.NAMED_WORKS:
            return control.work in agreement.works
        case ScopeKind.LABEL:
            return control.label == agreement.label
        case ScopeKind.ALL_CONTROLLED:
            return True


def is_past_notice(agreement: Agreement, day: date) -> bool:
    """Whether an agreement that takes silence as a yes has begun to do so."""
    if agreement.clause is not ApprovalClause.DEFAULT_AFTER_NOTICE:
        return True
    return agreement.object_until is not None and day > agreement.object_until
