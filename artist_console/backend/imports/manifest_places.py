"""The datasets and models that a manifest tells of, as rows. Ids follow from operator, name and version.

What the operator says, or somebody in a position to know, is for everybody. What somebody brings in the
operator's name is theirs alone, under ids of its own: it can change nothing that others see.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from artist_console.backend.reach import Target, account_key, artist_key
from artist_console.backend.storage import rows
from artist_console.backend.storage.credentials import folded
from artist_console.domain.identifiers import read_dpid
from artist_console.domain.ids import DatasetVersionId, ModelVersionId, PartyId, ProgrammeId
from artist_console.domain.inclusion import DatasetVersion, ModelParent, ModelVersion, TrainingData
from artist_console.domain.parties import OrganisationRole, Party, PartyIdentifier, PartyKind
from artist_console.formats.kinds import Kind
from artist_console.formats.manifest import Dataset, Header, Model, Operator, Parent
from artist_console.formats.wire import Row

from .job import Order, stable_id
from .manifest_sender import Sender, bounded, is_named


@dataclass(frozen=True, slots=True)
class Places:
    """Ids by the keys that lines use, and the rows that come with them."""

    datasets: dict[str, DatasetVersionId]
    models: dict[str, ModelVersionId]
    names: dict[str, str]  # of both, by id
    programme: ProgrammeId | None
    rows: tuple[tuple[Kind, Row], ...]

    def id_of(self, dataset: str, model: str) -> DatasetVersionId | ModelVersionId:
        return self.datasets[dataset] if dataset else self.models[model]

    def keys(self, order: Order, artists: Collection[PartyId]) -> dict[Target, list[str]]:
        """Who sees what is brought in nobody's name: the account, and whose works are in it."""
        keys = [account_key(order.account), *(artist_key(artist) for artist in sorted(artists))]
        return {(kind, str(row.id)): keys for kind, row in self.rows}


def places_of(connection: Connection, header: Header, sender: Sender, order: Order) -> Places:
    making = _Making(connection, header, sender, order)
    return making.places()


class _Making:
    def __init__(self, connection: Connection, header: Header, sender: Sender, order: Order) -> None:
        self._connection = connection
        self._header = header
        self._sender = sender
        self._order = order
        self._operators: dict[str, Party] = {}
        self._operator = sender.operator or self._named(header.operator)

    def places(self) -> Places:
        header = self._header
        datasets = {each.key: self._dataset_id(each) for each in header.datasets}
        models = {each.key: self._model_id(self._operator, each.name, each.version) for each in header.models}
        made: dict[tuple[Kind, str], Row] = {}
        known_datasets = rows.some_of(self._connection, Kind.DATASET, set(datasets.values()))
        known_models = rows.some_of(self._connection, Kind.MODEL, set(models.values()))
        programme = self._programme()
        for dataset in header.datasets:
            id = datasets[dataset.key]
            made[(Kind.DATASET, id)] = self._dataset(dataset, id, programme, known_datasets.get(id))
        for model in header.models:
            parents = tuple(self._parent(each, models, made) for each in model.parents)
            trained_on = tuple(datasets[key] for key in model.trained_on)
            former = known_models.get(models[model.key])
            row = self._model(model, models[model.key], programme, parents, trained_on, former)
            made[(Kind.MODEL, row.id)] = row
        names = {str(row.id): _titled(row.name, row.version) for row in made.values()}
        people = [(Kind.PARTY, party) for party in self._operators.values()]
        return Places(
            datasets, models, names, programme, (*people, *((kind, row) for (kind, _), row in made.items()))
        )

    def _named(self, named: Operator) -> Party:
        """An operator whom nobody here knows yet."""
        dpid = read_dpid(named.dpid).value
        id = PartyId(stable_id("operator", self._scope, dpid or folded(named.name)))
        there: Party | None = rows.some_of(self._connection, Kind.PARTY, [id]).get(id)
        party = there or Party(
            id,
            bounded(named.name),
            PartyKind.ORGANISATION,
            identifiers=(PartyIdentifier("dpid", dpid),) if dpid else (),
            roles=(OrganisationRole.OPERATOR,),
            self_declared=not self._sender.vouched,
        )
        self._operators[id] = party
        return party

    @property
    def _scope(self) -> str:
        return self._sender.scope

    def _programme(self) -> ProgrammeId | None:
        """The operator's programme of this name or id, where it is known here."""
        wished = self._header.programme.strip()
        if not wished:
            return None
        for programme in rows.each_of(self._connection, Kind.PROGRAMME):
            named = programme.id == wished or folded(programme.name) == folded(wished)
            if named and self._runs(programme.operator):
                return ProgrammeId(programme.id)
        return None

    def _runs(self, operator: PartyId) -> bool:
        """Whether that party is the operator. A programme that was set up by hand may name one of its own."""
        if operator == self._operator.id:
            return True
        party: Party | None = rows.some_of(self._connection, Kind.PARTY, [operator]).get(operator)
        return party is not None and not party.self_declared and is_named(party, self._header.operator)

    def _dataset_id(self, dataset: Dataset) -> DatasetVersionId:
        parts = (self._operator.id, folded(dataset.name), folded(dataset.version))
        return DatasetVersionId(stable_id("manifest dataset", self._scope, *parts))

    def _model_id(self, operator: Party, name: str, version: str) -> ModelVersionId:
        parts = (operator.id, folded(name), folded(version))
        return ModelVersionId(stable_id("manifest model", self._scope, *parts))

    def _dataset(
        self,
        said: Dataset,
        id: DatasetVersionId,
        programme: ProgrammeId | None,
        former: DatasetVersion | None,
    ) -> DatasetVersion:
        vouched = self._sender.vouched
        new = DatasetVersion(
            id,
            bounded(said.name),
            bounded(said.version),
            publisher=bounded(said.publisher or ("" if vouched else self._header.operator.name)),
            operator=self._operator.id if vouched else None,
            programme=programme if vouched else None,
            licence=said.licence,
            rows=said.rows,
        )
        if former is None:
            return new
        return replace(
            former,
            publisher=new.publisher or former.publisher,
            programme=new.programme or former.programme,
            licence=new.licence or former.licence,
            rows=former.rows if new.rows is None else new.rows,
        )

    def _model(
        self,
        said: Model,
        id: ModelVersionId,
        programme: ProgrammeId | None,
        parents: tuple[ModelParent, ...],
        trained_on: tuple[DatasetVersionId, ...],
        former: ModelVersion | None,
    ) -> ModelVersion:
        """A later manifest adds to what is known of a model; it takes nothing away."""
        new = ModelVersion(
            id,
            bounded(said.name),
            bounded(said.version),
            self._operator.id,
            programme,
            trained_on,
            parents,
            said.released_on,
            said.training_data,
            claimed=not self._sender.vouched,
        )
        if former is None:
            return new
        silent = said.training_data is TrainingData.NOT_STATED
        return replace(
            former,
            programme=programme or former.programme,
            trained_on=tuple(dict.fromkeys((*former.trained_on, *trained_on))),
            parents=tuple(dict.fromkeys((*former.parents, *parents))),
            released_on=said.released_on or former.released_on,
            training_data=former.training_data if silent else said.training_data,
        )

    def _parent(
        self, said: Parent, models: dict[str, ModelVersionId], made: dict[tuple[Kind, str], Row]
    ) -> ModelParent:
        """A parent that stands elsewhere is known by name and version; one that is new gets a row."""
        if said.model:
            return ModelParent(models[said.model], said.relation)
        operator = self._operator
        if said.operator is not None and not is_named(operator, said.operator):
            operator = self._elsewhere(said.operator)
        id = self._model_id(operator, said.name, said.version)
        if (Kind.MODEL, id) not in made and id not in rows.ids_there(self._connection, Kind.MODEL, [id]):
            made[(Kind.MODEL, id)] = ModelVersion(
                id,
                bounded(said.name),
                bounded(said.version),
                operator.id,
                claimed=not self._sender.vouched,
            )
        return ModelParent(id, said.relation)

    def _elsewhere(self, named: Operator) -> Party:
        for party in rows.each_of(self._connection, Kind.PARTY):
            organisation = party.kind is PartyKind.ORGANISATION and not party.self_declared
            if organisation and is_named(party, named):
                found: Party = party
                return found
        return self._named(named)


def shortened(header: Header) -> bool:
    """Whether a name of the header is longer than is kept."""
    names = [header.operator.name]
    for dataset in header.datasets:
        names += [dataset.name, dataset.version, dataset.publisher]
    for model in header.models:
        names += [model.name, model.version]
        for parent in model.parents:
            names += [parent.name, parent.version, parent.operator.name if parent.operator else ""]
    return any(bounded(name) != name for name in names)


def _titled(name: str, version: str) -> str:
    return f"{name} {version}".strip()
