"""Datasets, models and what is said of where works are: every state, grade and group of bases at least once.

Most reports agree with what was allowed or licensed on their day. A few do not, and become findings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from artist_console.backend.demo_catalogue import Catalogue
from artist_console.backend.demo_decisions import Script
from artist_console.backend.demo_identity import at, chance, days_before, ident
from artist_console.backend.demo_people import BY_SLUG, ROSTER, Act, party_id
from artist_console.backend.demo_programmes import HARMONIA, NORTHLIGHT, OPENSTEM, RESEARCH, VOICE
from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId, PartyId, ProgrammeId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    DocumentedModel,
    Evidence,
    InclusionStatement,
    ListedRow,
    MatchBand,
    ModelParent,
    ModelRelation,
    ModelVersion,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.periods import Recorded
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work

_S, _B, _G = InclusionState, Basis, EvidenceGrade
NOT_USED = "That a list names a work does not show that a model was trained on it."
NOT_COMPLETE = "It shows what the operator states. It cannot show what was not stated."


def _dataset(name: str) -> DatasetVersionId:
    return DatasetVersionId(ident("dataset", name))


def _model(name: str) -> ModelVersionId:
    return ModelVersionId(ident("model", name))


NS2, NS3, LISTEN = _dataset("nordic songs 2"), _dataset("nordic songs 3"), _dataset("listening set 1")
STEM10, STEM11, LIBRARY = _dataset("stem set 10"), _dataset("stem set 11"), _dataset("library 1")
OPENLISTEN, VILLAGE = _dataset("openlisten"), _dataset("village tunes")
H1, H2, H2_MINI, DESCRIBE = (
    _model(name) for name in ("harmonia 1", "harmonia 2", "harmonia 2 mini", "describe")
)
SPLIT4, SPLIT5 = _model("split 4"), _model("split 5")
BAND1, BAND2, VOICE1 = _model("band 1"), _model("band 2"), _model("voice 1")

# Days before today.
RELEASED = {
    H1: 760,
    H2: 160,
    H2_MINI: 90,
    DESCRIBE: 45,
    SPLIT4: 610,
    SPLIT5: 28,
    BAND1: 520,
    BAND2: 110,
    VOICE1: 300,
}


def datasets(today: date) -> tuple[DatasetVersion, ...]:
    harmonia, openstem, northlight = party_id("harmonia"), party_id("openstem"), party_id("northlight")
    lists = {"OpenListen": "openlisten", "Village Tunes": "village"}
    digest = {name: hashlib.sha256(f"sample list {key}".encode()).hexdigest() for name, key in lists.items()}
    return (
        DatasetVersion(NS2, "Nordic Songs", "2", "Harmonia Lab", harmonia, HARMONIA, rows=41_208),
        DatasetVersion(NS3, "Nordic Songs", "3", "Harmonia Lab", harmonia, HARMONIA, rows=58_730),
        DatasetVersion(LISTEN, "Listening Set", "1", "Harmonia Lab", harmonia, RESEARCH, rows=9_400),
        DatasetVersion(STEM10, "Stem Set", "10", "OpenStem", openstem, OPENSTEM, rows=22_015),
        DatasetVersion(STEM11, "Stem Set", "11", "OpenStem", openstem, OPENSTEM, rows=26_340),
        DatasetVersion(LIBRARY, "Northlight Library", "1", "Northlight", northlight, NORTHLIGHT, rows=71_002),
        DatasetVersion(
            OPENLISTEN,
            "OpenListen",
            str(days_before(today, 900).year),
            "Cadence Research",
            public=True,
            sha256=digest["OpenListen"],
            licence="Each file under its own licence, as the list says",
            obtained_from="The list's own page",
            rows=13_212,
            documented=(
                DocumentedModel(
                    "Sketchpad",
                    "Paper Moon Audio (invented)",
                    "The model card names the list as training data.",
                    "https://sketchpad.example/model-card",
                    days_before(today, 40),
                ),
                DocumentedModel(
                    "Hum to Song",
                    "Cadence Research",
                    "The paper says that it was trained on the whole list.",
                    "https://cadence.example/papers/hum-to-song",
                    days_before(today, 40),
                ),
            ),
            brought_on=days_before(today, 610),
        ),
        DatasetVersion(
            VILLAGE,
            "Village Tunes",
            "1.1",
            "Four universities",
            public=True,
            sha256=digest["Village Tunes"],
            licence="Stated for research only",
            obtained_from="The list's own page",
            rows=4_806,
            brought_on=days_before(today, 800),
        ),
    )


def models(today: date) -> tuple[ModelVersion, ...]:
    """Two families with their children: fine-tuned, distilled, and fed on synthetic data."""

    def model(
        id: ModelVersionId,
        name: str,
        version: str,
        operator: str,
        programme: ProgrammeId,
        trained_on: tuple[DatasetVersionId, ...] = (),
        parents: tuple[tuple[ModelVersionId, ModelRelation], ...] = (),
    ) -> ModelVersion:
        released = days_before(today, RELEASED[id])
        family = tuple(ModelParent(parent, relation) for parent, relation in parents)
        return ModelVersion(id, name, version, party_id(operator), programme, trained_on, family, released)

    tuned, distilled, fed = ModelRelation.FINE_TUNE, ModelRelation.DISTILLATION, ModelRelation.SYNTHETIC_DATA
    return (
        model(H1, "Harmonia", "1", "harmonia", HARMONIA, (NS2,)),
        model(H2, "Harmonia", "2", "harmonia", HARMONIA, (NS3,), ((H1, tuned),)),
        model(H2_MINI, "Harmonia Mini", "2", "harmonia", HARMONIA, (), ((H2, distilled),)),
        model(DESCRIBE, "Describe", "1", "harmonia", RESEARCH, (LISTEN,), ((H2, fed),)),
        model(SPLIT4, "Split", "4", "openstem", OPENSTEM, (STEM10,)),
        model(SPLIT5, "Split", "5", "openstem", OPENSTEM, (STEM11,), ((SPLIT4, tuned),)),
        model(BAND1, "Band", "1", "northlight", NORTHLIGHT, (LIBRARY,)),
        model(BAND2, "Band", "2", "northlight", NORTHLIGHT, (LIBRARY,), ((BAND1, tuned),)),
        model(VOICE1, "Voice", "1", "northlight", VOICE),
    )


# Place -> programme, use, operator, what stands for it in the evidence.
_PLACES: dict[str, tuple[ProgrammeId | None, Use | None, str, str]] = {
    NS2: (HARMONIA, Use.TRAIN_GENERATIVE, "Harmonia Lab", "Manifest of Nordic Songs 2"),
    NS3: (HARMONIA, Use.TRAIN_GENERATIVE, "Harmonia Lab", "Manifest of Nordic Songs 3"),
    H1: (HARMONIA, Use.TRAIN_GENERATIVE, "Harmonia Lab", "Training record of Harmonia 1"),
    H2: (HARMONIA, Use.TRAIN_GENERATIVE, "Harmonia Lab", "Training record of Harmonia 2"),
    H2_MINI: (HARMONIA, Use.TRAIN_FINETUNE, "Harmonia Lab", "Training record of Harmonia Mini 2"),
    LISTEN: (RESEARCH, Use.RESEARCH_MIR, "Harmonia Lab", "Manifest of Listening Set 1"),
    DESCRIBE: (RESEARCH, Use.RESEARCH_MIR, "Harmonia Lab", "Training record of Describe 1"),
    STEM10: (OPENSTEM, Use.GEN_STEMS, "OpenStem", "Inclusion list of Stem Set 10"),
    STEM11: (OPENSTEM, Use.GEN_STEMS, "OpenStem", "Inclusion list of Stem Set 11"),
    SPLIT4: (OPENSTEM, Use.TRAIN_NONGENERATIVE, "OpenStem", "Model card of Split 4"),
    SPLIT5: (OPENSTEM, Use.TRAIN_NONGENERATIVE, "OpenStem", "Model card of Split 5"),
    LIBRARY: (NORTHLIGHT, Use.GEN_COVER, "Northlight", "Catalogue of Northlight Library 1"),
    BAND1: (NORTHLIGHT, Use.GEN_COVER, "Northlight", "Model card of Band 1"),
    BAND2: (NORTHLIGHT, Use.GEN_COVER, "Northlight", "Model card of Band 2"),
    VOICE1: (VOICE, Use.TRAIN_VOICE, "Northlight", "Voice register"),
    OPENLISTEN: (None, None, "Cadence Research", "openlisten.csv.gz"),
    VILLAGE: (None, None, "Four universities", "village-tunes.csv"),
}
_DATASETS = frozenset({NS2, NS3, LISTEN, STEM10, STEM11, LIBRARY, OPENLISTEN, VILLAGE})


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement, short."""

    place: str
    state: InclusionState
    days: int
    basis: Basis = Basis.OPT_IN
    grade: EvidenceGrade = EvidenceGrade.OPERATOR_STATED
    asset: Asset = Asset.MASTER
    by: str = ""  # who states it, where not the operator
    use: Use | None = None
    row: _Row | None = None  # of a public list, where it is not written just as the work is


@dataclass(frozen=True, slots=True)
class _Row:
    """How a public list names a work, and how surely that was told."""

    band: MatchBand
    title: str = ""
    score: int | None = None
    other_version: bool = False


def _statement(today: date, work: Work, said: _Said) -> InclusionStatement:
    programme, use, operator, source = _PLACES[said.place]
    is_set = said.place in _DATASETS
    name: tuple[str, ...]
    name = (work.id, said.place, said.state.value, str(said.days), said.grade.value, said.asset.value)
    if said.row is not None:
        name = (*name, said.row.band.value, said.row.title)
    public = said.grade is _G.PUBLIC_DATASET
    row = 2 + chance("row", *name).randrange(13_000) if is_set else None
    digest = hashlib.sha256(f"sample document {source}".encode()).hexdigest()
    signer = hashlib.sha256(f"sample key of {operator}".encode()).hexdigest()
    as_of = days_before(today, said.days)
    listed = _listed(work, said.row) if public and said.state is _S.SUSPECTED else None
    title = listed.title if listed is not None else work.title
    return InclusionStatement(
        FactId(ident("inclusion", *name)),
        work.id,
        said.asset,
        said.state,
        as_of,
        said.basis,
        said.by or operator,
        said.grade,
        Evidence(
            source,
            digest,
            row,
            words=f"{row},{title},{work.credits[0].name}" if public and work.credits else "",
            signed_by=signer if said.grade is _G.OPERATOR_SIGNED else "",
            checked_how="Sample data: nothing was checked with anybody outside.",
            does_not_prove=NOT_USED if is_set else NOT_COMPLETE,
            listed=listed,
        ),
        Recorded(at(min(as_of + timedelta(days=2), today), 7)),
        dataset=DatasetVersionId(said.place) if is_set else None,
        model=None if is_set else ModelVersionId(said.place),
        programme=programme,
        use=said.use or use,
    )


def _listed(work: Work, row: _Row | None) -> ListedRow:
    """The row of a list; without more, one with the same title and artist."""
    found = row or _Row(MatchBand.KEY)
    title, artist = found.title or work.title, work.credits[0].name if work.credits else ""
    identifier = work.identifier if found.band is MatchBand.IDENTIFIER else ""
    key = f"{title}|{artist}|{identifier}".casefold()
    return ListedRow(
        title, artist, found.band, key, found.score, identifier, other_version=found.other_version
    )


def inclusions(today: date, catalogue: Catalogue, script: Script) -> tuple[InclusionStatement, ...]:
    """All statements, by the day they speak of."""
    made: dict[FactId, InclusionStatement] = {}
    for work, said in (*_stories(catalogue), *_many(catalogue, script)):
        statement = _statement(today, catalogue.works[work], said)
        made.setdefault(statement.id, statement)
    return tuple(sorted(made.values(), key=lambda s: (s.as_of, s.id)))


def _stories(catalogue: Catalogue) -> Iterator[tuple[WorkId, _Said]]:
    """Mara's works, where every state is; and the single cases of the others."""
    signed, licensor = _G.OPERATOR_SIGNED, _G.LICENSOR_STATED
    society, slipway = "Tonverein Nord", "Slipway Distribution"
    public, suspected = _G.PUBLIC_DATASET, _S.SUSPECTED
    opted, undeclared = _B.LICENSOR_WITH_APPROVAL, _B.UNDECLARED
    likely, check = MatchBand.LIKELY, MatchBand.CHECK
    mara: dict[str, tuple[_Said, ...]] = {
        "Salt Lines": (
            _Said(NS3, _S.IN_DATASET, 420, grade=signed),
            _Said(H2, _S.TRAINED, 155, grade=signed),
            _Said(H2_MINI, _S.TRAINED, 85),
            _Said(STEM11, _S.IN_DATASET, 33, opted),
            _Said(OPENLISTEN, suspected, 610, undeclared, public),
        ),
        "Harbour Lights": (_Said(NS3, _S.IN_DATASET, 1, grade=signed),),
        "Lantern Year": (
            _Said(OPENLISTEN, suspected, 610, undeclared, public, row=_Row(check, "Lantern Years", 82)),
            _Said(NS3, _S.IN_DATASET, 420, grade=signed),
            _Said(H2, _S.TRAINED, 155),
        ),
        "Ferryman's Daughter": (_Said(NS3, _S.IN_DATASET, 420, grade=signed), _Said(H2, _S.TRAINED, 155)),
        "Breakwater": (_Said(NS3, _S.SCHEDULED, 15, opted),),
        "Tidal Clock": (_Said(STEM11, _S.CLEARED, 25, opted, licensor, by="Kindred Independents"),),
        "North Quay": (_Said(STEM11, _S.DELIVERED, 22, opted, licensor, by="Kindred Independents"),),
        "Last Boat Home": (
            _Said(NS3, _S.IN_DATASET, 60),
            _Said(NS3, _S.REMOVED, 60),
        ),
        "Glasshouse": (
            _Said(STEM10, _S.DELIVERED, 700, opted, licensor, by="Kindred Independents"),
            _Said(STEM10, _S.REMOVAL_REQUESTED, 12, opted),
        ),
        "Paper Boats": (_Said(H1, _S.TRAINED_BEFORE_REFUSAL, 590, opted),),
        "Two Candles": (_Said(STEM10, _S.QUARANTINED, 200, undeclared),),
        "Window Seat": (_Said(STEM11, _S.ATTESTED_ABSENT, 62, _B.OPT_IN),),
        "Slow Radio": (
            _Said(OPENLISTEN, suspected, 610, undeclared, public, row=_Row(MatchBand.IDENTIFIER)),
            _Said(VILLAGE, suspected, 400, _B.RESEARCH_EXCEPTION, public),
        ),
        "Landlady": (_Said(H1, _S.RETRAINED_WITHOUT, 150, opted, _G.AUDITED, by="Tallis Audit"),),
        "Borrowed Kettle": (_Said(BAND1, _S.REMOVAL_REFUSED, 300, _B.FAIR_USE_CLAIM),),
        "The Spare Key": (_Said(NS3, _S.EXCLUDED_FROM_FUTURE, 140, opted),),
        "Ten Past Never": (_Said(STEM10, _S.REMOVED, 67, opted),),
        "Norrsken": (
            _Said(NS3, _S.IN_DATASET, 240, grade=signed),
            _Said(H2, _S.TRAINED, 155, grade=signed),
            _Said(H2_MINI, _S.TRAINED, 85),
            _Said(SPLIT5, _S.TRAINED, 26),
            _Said(BAND2, _S.TRAINED, 100),
        ),
        "First Thaw": (_Said(NS3, _S.IN_DATASET, 238, grade=signed),),
        "Moth": (
            _Said(VILLAGE, suspected, 400, _B.RESEARCH_EXCEPTION, public, row=_Row(likely, "The Moth", 94)),
            _Said(
                OPENLISTEN,
                suspected,
                610,
                undeclared,
                public,
                row=_Row(check, "Moth (Live)", 88, other_version=True),
            ),
        ),
    }
    for title, said in mara.items():
        for each in said:
            yield catalogue.named("mara", title), each
    instrumental = catalogue.named("mara", "Norrsken", "Instrumental")
    for each in (_Said(H2, _S.TRAINED, 155, grade=signed), _Said(H2_MINI, _S.TRAINED, 85),
                 _Said(SPLIT5, _S.TRAINED, 26), _Said(BAND2, _S.TRAINED, 100)):  # fmt: skip
        yield instrumental, each
    for title in ("Driftwood Hours", "Letters from the Pier"):
        for place, track in enumerate(catalogue.release(title).tracks[:8]):
            yield track.work, _Said(STEM10, _S.IN_DATASET, 400 + place, opted)
    others: tuple[tuple[str, str, _Said], ...] = (
        ("twin", "Afterglow Hotel", _Said(H2, _S.TRAINED, 155, _B.CONTRACT_BLANKET)),
        ("twin", "Static Parade", _Said(H2, _S.TRAINED, 155, _B.CONTRACT_BLANKET)),
        ("twin", "Two Lights", _Said(NS3, _S.IN_DATASET, 180, _B.CONTRACT_SINGLE_USE)),
        ("twin", "Room 212", _Said(LISTEN, _S.IN_DATASET, 700, _B.TDM_EXCEPTION)),
        ("solveig", "Hraunljóð", _Said(H2, _S.TRAINED, 155, grade=signed)),
        ("solveig", "Birkisteinn", _Said(STEM10, _S.REMOVAL_REQUESTED, 75)),
        ("solveig", "Þokunótt", _Said(VILLAGE, _S.IN_DATASET, 800, _B.PUBLIC_DOMAIN, public)),
        ("aleksi", "Raja", _Said(H2_MINI, _S.TRAINED, 84, use=Use.DISTILL)),
        ("aleksi", "Jäätie", _Said(NS3, _S.IN_DATASET, 300, asset=Asset.STEM)),
        ("hikari", "七月の灯台", _Said(H2, _S.TRAINED, 155)),
        ("hikari", "遠い電車", _Said(OPENLISTEN, suspected, 610, undeclared, public)),
        ("layla", "ليل المدينة", _Said(H2, _S.TRAINED, 155)),
        ("layla", "Jasmine Hour", _Said(BAND1, _S.TRAINED, 300, _B.COLLECTIVE, licensor, by=society)),
        ("paper", "Windfall", _Said(BAND2, _S.TRAINED, 100, _B.UNDECLARED)),
        ("paper", "Cider Ghost", _Said(H1, suspected, 350, undeclared, _G.INFERRED, by="Tallis Audit")),
        ("paper", "Hornet", _Said(H2, suspected, 100, undeclared, _G.SELF_REPORTED, by="Paper Orchard")),
        ("sana", "Paper Kites", _Said(NS3, _S.IN_DATASET, 330)),
        ("kofi", "Two Rivers", _Said(STEM10, _S.DELIVERED, 500, _B.COLLECTIVE, licensor, by=slipway)),
        ("zoe", "Zomerhuis", _Said(H2, _S.TRAINED, 155)),
        ("zoe", "Glasbrug", _Said(H1, _S.TRAINED, 590)),
    )  # fmt: skip
    for slug, title, each in others:
        yield catalogue.named(slug, title), each
    lyrics = next(iter(catalogue.works[catalogue.named("twin", "Neon Tides")].compositions))
    yield lyrics, _Said(BAND1, _S.TRAINED, 480, _B.SETTLEMENT, asset=Asset.LYRICS, use=Use.TRAIN_LYRICS)
    song = next(iter(catalogue.works[catalogue.named("kofi", "Osu Market")].compositions))
    yield (
        song,
        _Said(LIBRARY, _S.IN_DATASET, 520, _B.STATUTORY, licensor, Asset.COMPOSITION, society),
    )
    voice = catalogue.named("layla", "نافذة على البحر")
    yield voice, _Said(VOICE1, _S.TRAINED, 290, _B.OPT_IN, asset=Asset.VOICE)
    free = [w for w in catalogue.of(BY_SLUG["marisma"]) if w.kind is WorkKind.RECORDING and not w.unreleased]
    yield free[0].id, _Said(BAND2, _S.TRAINED, 99, _B.TDM_EXCEPTION)
    yield free[1].id, _Said(VILLAGE, suspected, 800, _B.OPEN_LICENCE, public)
    yield free[2].id, _Said(OPENLISTEN, suspected, 610, undeclared, public)


@dataclass(frozen=True, slots=True)
class _Many:
    """Works of one artist in the places of one programme: how many, from when, on what basis."""

    slug: str
    works: int
    places: tuple[tuple[str, InclusionState, int], ...]
    basis: Basis
    grade: EvidenceGrade = EvidenceGrade.OPERATOR_STATED
    by: str = ""


_OWN_YES = Basis.LICENSOR_WITH_APPROVAL
_SLIPWAY = "Slipway Distribution"
_MANY: tuple[_Many, ...] = (
    _Many("twin", 46, ((NS2, _S.IN_DATASET, 1075), (H1, _S.TRAINED, 750), (H2, _S.TRAINED, 150)),
          _B.CONTRACT_BLANKET, by="Meridian Music", grade=_G.LICENSOR_STATED),
    _Many("twin", 30, ((STEM10, _S.IN_DATASET, 820), (SPLIT4, _S.TRAINED, 600)), _B.CONTRACT_BLANKET),
    _Many("twin", 12, ((BAND1, _S.TRAINED, 510),), _B.DEFAULT_AFTER_NOTICE, _G.OPERATOR_SIGNED),
    _Many("kofi", 18, ((STEM10, _S.IN_DATASET, 780),), _B.COLLECTIVE),
    _Many("kofi", 10, ((LIBRARY, _S.IN_DATASET, 600),), _B.COLLECTIVE, _G.LICENSOR_STATED, "Tonverein Nord"),
    _Many("hikari", 26, ((STEM10, _S.DELIVERED, 760),), _OWN_YES, _G.LICENSOR_STATED, _SLIPWAY),
    _Many("hikari", 14, ((STEM11, _S.SCHEDULED, 20),), _OWN_YES),
    _Many("layla", 16, ((LIBRARY, _S.IN_DATASET, 560),), _B.COLLECTIVE),
    _Many("aleksi", 38, ((NS2, _S.IN_DATASET, 1066), (H1, _S.TRAINED, 750)), _OWN_YES),
    _Many("aleksi", 20, ((STEM11, _S.CLEARED, 18),), _OWN_YES, _G.LICENSOR_STATED, _SLIPWAY),
    _Many("zoe", 28, ((NS2, _S.IN_DATASET, 800), (H1, _S.TRAINED, 745)), _OWN_YES),
    _Many("solveig", 44, ((NS2, _S.IN_DATASET, 1070), (H1, _S.TRAINED, 755)), _B.OPT_IN, _G.OPERATOR_SIGNED),
    _Many("ines", 9, ((STEM10, _S.IN_DATASET, 640),), Basis.OPT_IN),
    _Many("ola", 11, ((H1, _S.TRAINED_BEFORE_REFUSAL, 560),), _OWN_YES),
    _Many("paper", 6, ((OPENLISTEN, _S.SUSPECTED, 610),), _B.UNDECLARED, _G.PUBLIC_DATASET),
    _Many("rune", 2, ((OPENLISTEN, _S.SUSPECTED, 610),), _B.UNDECLARED, _G.PUBLIC_DATASET),
)  # fmt: skip


def _many(catalogue: Catalogue, script: Script) -> Iterator[tuple[WorkId, _Said]]:
    """Ordinary reports about works that no refusal reaches, so that they contradict nobody."""
    taken: dict[PartyId, set[WorkId]] = {act.id: set() for act in ROSTER}
    for many in _MANY:
        act = BY_SLUG[many.slug]
        free = [id for id in _free(act, catalogue, script, many) if id not in taken[act.id]]
        for work in free[: many.works]:
            taken[act.id].add(work)
            for place, state, days in many.places:
                yield work, _Said(place, state, days, many.basis, many.grade, by=many.by)


def _free(act: Act, catalogue: Catalogue, script: Script, many: _Many) -> list[WorkId]:
    """Released recordings that are old enough for the first report; an own no matters only for uses."""
    first = script.today - timedelta(days=max(days for _, _, days in many.places))
    before_the_no = many.places[0][1] is _S.TRAINED_BEFORE_REFUSAL or many.grade is _G.PUBLIC_DATASET
    story = {id for key, id in catalogue.recording.items() if key[0] == act.slug and key[1] in _HAS_A_STORY}
    works = []
    for release in sorted(catalogue.releases, key=lambda r: (r.released_on or date.max, r.id)):
        if act.id not in release.artists or release.released_on is None or release.released_on > first:
            continue
        for track in release.tracks:
            if track.work not in story and (before_the_no or track.work not in script.refused):
                works.append(track.work)
    return list(dict.fromkeys(works))


_HAS_A_STORY = frozenset({"Paper Kites", "Windfall", "Cider Ghost", "Hornet", "Two Rivers", "Osu Market"})
