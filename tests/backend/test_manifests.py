"""Manifests taken over by a service on a socket: who is believed how far, who sees it, what never follows."""

from __future__ import annotations

import gzip
import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from artist_console.backend.embedded import start_embedded
from artist_console.backend.storage import organisations, rows
from artist_console.domain.ids import AccountId, PartyId, ProgrammeId, WorkId
from artist_console.domain.inclusion import InclusionStatement, ModelVersion, fold_statements
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.parties import OrganisationRole, Party, PartyIdentifier, PartyKind
from artist_console.domain.programmes import Programme
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.manifest import Complete, Inclusion, NamedWork, Operator, written
from artist_console.formats.wire import decode_row
from tests.formats.manifests import (
    AS_OF,
    HEADER,
    KEY,
    OTHER_KEY,
    in_model,
    inclusion,
    manifest,
)

from .test_uploads import held_up
from .world import (
    DATA_KEY,
    MARA,
    MARA_ACCOUNT,
    OLA,
    OLA_ACCOUNT,
    OPERATOR,
    PROGRAMME,
    ROWS,
    SIGNING_KEY,
    Backend,
    Clock,
    Device,
    a_backend,
)

HARMONIA, FIELDNOTE = AccountId("a-harmonia"), AccountId("a-fieldnote")
LABEL = PartyId("fieldnote")
SONG, TIDE, HERS, PLAIN = WorkId("song"), WorkId("tide"), WorkId("hers"), WorkId("plain")
WORKS = [
    (Kind.WORK, Work(SONG, WorkKind.RECORDING, "Salt Song", (MARA,), identifier="SEXXX2500001")),
    (Kind.WORK, Work(TIDE, WorkKind.RECORDING, "Low Tide", (MARA,), identifier="SEXXX2500002")),
    (Kind.WORK, Work(PLAIN, WorkKind.RECORDING, "Plain", (MARA,))),
    (Kind.WORK, Work(HERS, WorkKind.RECORDING, "Olas Own", (OLA,), identifier="SEXXX2500009")),
    (
        Kind.PARTY,
        Party(
            LABEL,
            "Fieldnote",
            PartyKind.ORGANISATION,
            identifiers=(PartyIdentifier("dpid", "PADPIDA2014052101K"),),
            roles=(OrganisationRole.LICENSOR,),
        ),
    ),
]


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    with a_backend(tmp_path, rows=[*ROWS, *WORKS]) as running:
        with running.running.service.database.writing() as connection:
            organisations.bind(connection, HARMONIA, OPERATOR)
            organisations.bind(connection, FIELDNOTE, LABEL)
        yield running


def trust(backend: Backend, party: PartyId = OPERATOR) -> None:
    with backend.running.service.database.writing() as connection:
        organisations.add_key(connection, party, KEY.public, backend.clock())


def ended(device: Device, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    while job["state"] in ("waiting", "running"):
        job = device.get(f"imports/{job['id']}")
    return job


def bring(device: Device, data: bytes, **more: Any) -> dict[str, Any]:
    params = {"kind": "manifest", "file_name": "m.jsonl", **more}
    return ended(device, device.ask("POST", "imports", params=params, data=data))


def post(device: Device, data: bytes) -> dict[str, Any]:
    return ended(device, device.ask("POST", "manifests", params={"file_name": "m.jsonl"}, data=data))


def everything(device: Device, kind: Kind) -> list[Any]:
    items: list[dict[str, Any]] = []
    page = device.get("snapshot")
    items += page["items"]
    while page["next"] is not None:
        page = device.get("snapshot", next=page["next"])
        items += page["items"]
    return [decode_row(kind, encode(item["body"])) for item in items if item["kind"] == kind.value]


def statements(device: Device) -> list[InclusionStatement]:
    return [each for each in everything(device, Kind.INCLUSION) if each.evidence.source == "m.jsonl"]


MINE = manifest(inclusion("SEXXX2500001"), in_model("SEXXX2500001"), inclusion("SEXXX2599999"))
SIGNED = manifest(inclusion("SEXXX2500001"), in_model("SEXXX2500001"), inclusion("SEXXX2599999"), key=KEY)


def test_what_an_operator_posts_is_its_word_and_reaches_the_artists_concerned(backend: Backend) -> None:
    mara, ola = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    cursor = mara.get("feed")["cursor"]
    both = manifest(inclusion("SEXXX2500001"), in_model("SEXXX2500009"), inclusion("SEXXX2599999"))
    job = post(backend.sign_in(HARMONIA), both)
    assert job["counts"] == {
        "statements_added": 2,
        "statements_known": 0,
        "works_named": 2,
        "works_unknown": 1,
        "datasets_told": 1,
        "models_told": 1,
    }
    assert job["notes"] == []  # which works are here is not for an operator to learn line by line
    (mine,), (hers,) = statements(mara), statements(ola)
    assert (mine.work, mine.state, mine.grade) == (
        SONG,
        InclusionState.IN_DATASET,
        EvidenceGrade.OPERATOR_STATED,
    )
    assert (mine.stated_by, mine.programme, mine.as_of) == ("Harmonia", PROGRAMME, AS_OF)
    assert mine.evidence.row == 2
    assert "posted it with an account of its own" in mine.evidence.checked_how
    assert "does not show which models" in mine.evidence.does_not_prove
    assert (hers.work, hers.state) == (HERS, InclusionState.TRAINED)
    kinds = {item["kind"] for item in mara.get("feed", cursor=cursor)["items"]}
    assert kinds == {"inclusion", "dataset", "model"}
    for device in (mara, ola):
        (dataset,) = everything(device, Kind.DATASET)
        new, former = sorted(everything(device, Kind.MODEL), key=lambda m: m.version, reverse=True)
        assert (dataset.operator, dataset.rows, dataset.version) == (OPERATOR, 4, "3")
        assert (new.operator, new.trained_on, new.parents[0].model) == (OPERATOR, (dataset.id,), former.id)
        assert (new.version, former.version, new.training_data.value) == ("2.1", "2.0", "licensed")


def test_a_signature_by_a_known_key_is_the_strongest_word_whoever_brings_the_file(backend: Backend) -> None:
    trust(backend)
    mara = backend.sign_in(MARA_ACCOUNT)
    job = bring(mara, gzip.compress(SIGNED))
    assert job["state"] == "done", job
    found = statements(mara)
    assert {s.grade for s in found} == {EvidenceGrade.OPERATOR_SIGNED}
    assert {s.evidence.signed_by for s in found} == {KEY.public.kid}
    assert {s.state for s in found} == {InclusionState.IN_DATASET, InclusionState.TRAINED}
    assert "known as Harmonia's" in found[0].evidence.checked_how
    assert [note["what"] for note in job["notes"]] == ["Not one of your works: SEXXX2599999"]


def test_a_file_of_nobody_known_is_ones_own_report_and_nobody_else_sees_it(backend: Backend) -> None:
    mara, ola = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    before = {kind: everything(ola, kind) for kind in (Kind.PARTY, Kind.MODEL, Kind.DATASET)}
    for data, why in ((MINE, "it is not signed"), (SIGNED, "a key that nobody here knows")):
        job = bring(mara, data)
        assert why in job["notes"][-1]["what"]
        assert "nothing shows that" in job["notes"][-1]["what"]
    found = statements(mara)
    assert len(found) == 2
    assert {s.grade for s in found} == {EvidenceGrade.SELF_REPORTED}
    assert all("nothing shows that" in s.evidence.checked_how for s in found)
    assert {s.evidence.signed_by for s in found} == {""}
    assert all("what a file in the name of Harmonia says" in s.evidence.does_not_prove for s in found)
    assert all(model.claimed for model in everything(mara, Kind.MODEL))
    assert [d.publisher for d in everything(mara, Kind.DATASET)] == ["Harmonia"]
    assert {kind: everything(ola, kind) for kind in before} == before
    # The operator's own word stands beside it, under ids of its own, and for everybody.
    post(backend.sign_in(HARMONIA), MINE)
    models = everything(mara, Kind.MODEL)
    assert sorted(m.claimed for m in models) == [False, False, True, True]
    assert {m.claimed for m in everything(ola, Kind.MODEL)} == {False}
    assert len(statements(mara)) == 4


def test_a_file_that_claims_an_operator_nobody_knows_makes_no_party_for_others(backend: Backend) -> None:
    mara, ola = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    invented = replace(HEADER, operator=Operator("Inventa"))
    bring(mara, manifest(in_model("SEXXX2500001"), header=invented))
    (model,) = [m for m in everything(mara, Kind.MODEL) if m.parents]
    names = {p.id: p for p in everything(mara, Kind.PARTY)}
    assert (names[model.operator].name, names[model.operator].self_declared) == ("Inventa", True)
    assert "Inventa" not in {p.name for p in everything(ola, Kind.PARTY)}
    assert {s.stated_by for s in statements(mara)} == {"A file in the name of Inventa"}


def test_a_licensor_says_what_it_says_and_an_operator_does_not_speak_for_another(backend: Backend) -> None:
    job = post(backend.sign_in(FIELDNOTE), MINE)
    assert job["state"] == "done", job
    mara = backend.sign_in(MARA_ACCOUNT)
    found = statements(mara)
    assert {(s.grade, s.stated_by) for s in found} == {(EvidenceGrade.LICENSOR_STATED, "Fieldnote")}
    assert all("it is about Harmonia" in s.evidence.checked_how for s in found)
    other = replace(HEADER, operator=Operator("Another Lab"))
    job = post(backend.sign_in(HARMONIA), manifest(inclusion("SEXXX2500001"), header=other))
    assert (
        job["state"],
        "is a manifest of Another Lab, and it comes from Harmonia" in job["problem_title"],
    ) == (
        "failed",
        True,
    )
    # The same name with the DDEX party id of somebody else is somebody else.
    masked = replace(HEADER, operator=Operator("Fieldnote", dpid="PADPIDA2007061301U"))
    job = post(backend.sign_in(FIELDNOTE), manifest(inclusion("SEXXX2500002"), header=masked))
    assert [s.grade for s in statements(mara) if s.work == TIDE] == [EvidenceGrade.LICENSOR_STATED]


def test_an_account_of_nobody_posts_no_manifest(backend: Backend) -> None:
    mara = backend.sign_in(MARA_ACCOUNT)
    answer = mara.ask("POST", "manifests", data=MINE)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:artist-console:problem:not-allowed")


def test_a_file_that_was_changed_after_it_was_signed_leaves_nothing(backend: Backend) -> None:
    trust(backend)
    mara = backend.sign_in(MARA_ACCOUNT)
    cursor = mara.get("feed")["cursor"]
    for data, words in (
        (SIGNED.replace(b"SEXXX2500001", b"SEXXX2500002"), "was changed after it was signed"),
        (SIGNED.replace(b'"lines":3', b'"lines":2'), "says 2 lines, and there are 3"),
        (b"\n".join(SIGNED.split(b"\n")[:-2]) + b"\n", "no closing line"),
    ):
        job = bring(mara, data)
        assert (job["state"], words in job["problem_title"]) == ("failed", True), job
    assert mara.get("feed", cursor=cursor)["items"] == []


def test_a_key_that_is_the_operators_no_more_shows_nothing(backend: Backend) -> None:
    trust(backend)
    with backend.running.service.database.writing() as connection:
        assert organisations.end_key(connection, OPERATOR, KEY.public.kid, backend.clock())
        assert not organisations.end_key(connection, OPERATOR, OTHER_KEY.public.kid, backend.clock())
    mara = backend.sign_in(MARA_ACCOUNT)
    bring(mara, SIGNED)
    assert {s.grade for s in statements(mara)} == {EvidenceGrade.SELF_REPORTED}


def test_the_same_manifest_twice_adds_nothing_and_two_that_contradict_each_other_both_stand(
    backend: Backend,
) -> None:
    operator, mara = backend.sign_in(HARMONIA), backend.sign_in(MARA_ACCOUNT)
    post(operator, MINE)
    cursor = mara.get("feed")["cursor"]
    job = post(operator, MINE)
    assert (job["counts"]["statements_added"], job["counts"]["statements_known"]) == (0, 2)
    assert mara.get("feed", cursor=cursor)["items"] == []
    post(operator, manifest(inclusion("SEXXX2500001", state=InclusionState.REMOVED)))
    places = [p for p in fold_statements(statements(mara)) if p.current.dataset is not None]
    (place,) = places
    said = {place.current.state, *(s.state for s in place.contradicted_by)}
    assert said == {InclusionState.IN_DATASET, InclusionState.REMOVED}
    assert len(place.history) == 2


COMPLETE = Complete(AS_OF, dataset="d", words="All of version 3.")


def test_a_complete_list_says_of_the_others_that_they_are_not_in_it(backend: Backend) -> None:
    trust(backend)
    mara, ola = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    job = post(backend.sign_in(HARMONIA), manifest(inclusion("SEXXX2500001"), COMPLETE, key=KEY))
    assert job["counts"]["works_absent"] == 2
    assert job["counts"]["works_not_comparable"] == 4  # those without an identifier: nothing follows for them
    absent = {s.work: s for s in statements(mara) if s.state is InclusionState.ATTESTED_ABSENT}
    assert set(absent) == {TIDE}
    assert (absent[TIDE].grade, absent[TIDE].evidence.words) == (
        EvidenceGrade.OPERATOR_SIGNED,
        "All of version 3.",
    )
    assert [s.work for s in statements(ola)] == [HERS]


@pytest.mark.parametrize("account", [MARA_ACCOUNT, FIELDNOTE])
def test_nobody_but_the_operator_says_what_is_not_in_it(backend: Backend, account: AccountId) -> None:
    job = bring(backend.sign_in(account), manifest(inclusion("SEXXX2500001"), COMPLETE))
    assert any("counts only from the operator itself" in note["what"] for note in job["notes"])
    found = statements(backend.sign_in(MARA_ACCOUNT))
    assert {s.state for s in found} == {InclusionState.IN_DATASET}


def test_a_complete_list_of_which_a_line_could_not_be_read_says_nothing_of_the_others(
    backend: Backend,
) -> None:
    odd = inclusion("SEXXX2500001", dataset="unknown")
    job = post(backend.sign_in(HARMONIA), manifest(odd, COMPLETE))
    assert "works_absent" not in job["counts"]
    assert any("could not be used" in note["what"] for note in job["notes"])
    assert statements(backend.sign_in(MARA_ACCOUNT)) == []


def test_title_and_artist_name_no_recording_for_certain(backend: Backend) -> None:
    mara = backend.sign_in(MARA_ACCOUNT)
    by_name = inclusion(
        work=NamedWork(title="SALT  song", artist="mara quist"), state=InclusionState.IN_DATASET
    )
    coded = inclusion(work=NamedWork(isrc="SEXXX2511111", title="Low Tide", artist="Mara Quist"))
    plain = inclusion(work=NamedWork(isrc="SEXXX2522222", title="Plain", artist="Mara Quist"))
    job = post(backend.sign_in(HARMONIA), manifest(by_name, coded, plain, COMPLETE))
    found = {s.work: s for s in statements(mara) if s.state is not InclusionState.ATTESTED_ABSENT}
    assert set(found) == {SONG, PLAIN}
    assert {s.state for s in found.values()} == {InclusionState.SUSPECTED}
    assert "which recording is meant is not known" in found[SONG].evidence.checked_how
    assert job["counts"]["works_by_name"] == 2
    absent = {s.work for s in statements(mara)} - set(found)
    assert absent == {TIDE}  # another recording of that name is in it; this one is not


def test_a_title_that_is_said_to_be_removed_is_not_said_to_be_there(backend: Backend) -> None:
    mara = backend.sign_in(MARA_ACCOUNT)
    named = NamedWork(title="Salt Song", artist="Mara Quist")
    gone = inclusion(work=named, state=InclusionState.REMOVED)
    post(backend.sign_in(HARMONIA), manifest(gone, in_model("", work=named)))
    found = {s.of_a_title: s.state for s in statements(mara)}
    assert found == {
        InclusionState.REMOVED: InclusionState.NOTHING_REPORTED,
        InclusionState.TRAINED: InclusionState.SUSPECTED,
    }


def test_works_of_other_artists_are_counted_and_become_nothing(backend: Backend) -> None:
    mara, ola = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    before = {kind: everything(ola, kind) for kind in Kind}
    theirs = [inclusion(f"SEXXX26{n:05}", words="secret") for n in range(1_500)]
    job = bring(mara, manifest(inclusion("SEXXX2500009"), *theirs))
    assert job["counts"]["works_unknown"] == 1_501
    assert len(job["notes"]) == 1_000
    assert statements(mara) == []
    assert {kind: everything(ola, kind) for kind in Kind} == before
    assert {p.name for p in everything(mara, Kind.PARTY)} <= {"Mara Quist", "Harmonia", "Fieldnote"}


def test_a_date_that_is_still_to_come_is_left_out(backend: Backend) -> None:
    ahead = inclusion("SEXXX2500001", as_of=AS_OF.replace(year=2031))
    later = Complete(AS_OF.replace(year=2031), dataset="d")
    job = post(backend.sign_in(HARMONIA), manifest(ahead, inclusion("SEXXX2500002"), later))
    assert job["counts"]["rows_left_out"] == 1
    assert "still to come" in job["notes"][0]["what"]
    assert {s.work for s in statements(backend.sign_in(MARA_ACCOUNT))} == {TIDE}


def many(count: int) -> bytes:
    def lines() -> Iterator[Inclusion]:
        yield in_model("SEXXX2500001")
        yield from (inclusion(f"SEXXX27{n % 100_000:05}") for n in range(count - 2))
        yield inclusion("SEXXX2500002")

    return b"".join(written(HEADER, lines(), KEY))


def test_a_hundred_thousand_lines_take_little_memory(backend: Backend) -> None:
    operator, data = backend.sign_in(HARMONIA), many(100_000)
    tracemalloc.start()
    try:
        job = post(operator, data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert job["counts"]["works_unknown"] == 99_998
    assert job["counts"]["statements_added"] == 2
    assert job["rows_read"] == 100_000
    assert most < 32_000_000  # the file has 8 MB; the client of this test in the same process holds it


def test_a_large_manifest_is_stopped_and_leaves_nothing(backend: Backend) -> None:
    operator, mara = backend.sign_in(HARMONIA), backend.sign_in(MARA_ACCOUNT)
    cursor = mara.get("feed")["cursor"]
    job = operator.ask("POST", "manifests", data=many(30_000)).json()
    assert operator.ask("DELETE", f"imports/{job['id']}").status_code == 202
    while (job := operator.get(f"imports/{job['id']}"))["state"] in ("waiting", "running"):
        pass
    assert (job["state"], "stopped" in job["problem_title"]) == ("failed", True), job
    assert mara.get("feed", cursor=cursor)["items"] == []


def test_a_manifest_that_a_restart_interrupts_is_taken_over_once(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()

    def start(folder: Path) -> Any:
        return start_embedded(
            folder / "b.db", DATA_KEY, SIGNING_KEY, clock=Clock(), keep_files_in=folder / "imports"
        )

    with start(before) as running:
        device = Device(running.base_url, running.token, "s")
        catalogue = b"title,artist,isrc\nSalt Song,Mara Quist,SEXXX2500001\n"
        params = {"kind": "catalogue", "file_name": "c.csv"}
        ended(device, device.ask("POST", "imports", params=params, data=catalogue))
        with held_up(running):
            params = {"kind": "manifest", "file_name": "m.jsonl"}
            id = device.ask("POST", "imports", params=params, data=MINE).json()["id"]
            shutil.copytree(before, after)
        device.session.close()
    with start(after) as running:
        device = Device(running.base_url, running.token, "s")
        while (job := device.get(f"imports/{id}"))["state"] in ("waiting", "running"):
            pass
        assert job["counts"]["statements_added"] == 2
        assert bring(device, MINE)["counts"]["statements_known"] == 2
        assert len(statements(device)) == 2
        device.session.close()


def test_a_later_manifest_adds_to_a_model_and_takes_nothing_away(backend: Backend) -> None:
    operator, mara = backend.sign_in(HARMONIA), backend.sign_in(MARA_ACCOUNT)
    post(operator, MINE)
    bare = HEADER.models[0].__class__("m", "Harmonia", "2.1")
    later = replace(HEADER, models=[bare])
    post(operator, manifest(in_model("SEXXX2500002"), header=later))
    model = next(m for m in everything(mara, Kind.MODEL) if m.version == "2.1")
    assert isinstance(model, ModelVersion)
    assert (len(model.trained_on), len(model.parents), model.released_on is not None) == (1, 1, True)
    assert model.training_data.value == "licensed"


def test_a_programme_that_becomes_known_later_is_named_by_the_same_file(backend: Backend) -> None:
    trust(backend)
    mara = backend.sign_in(MARA_ACCOUNT)
    header = replace(HEADER, programme="Harmonia Later")
    data = manifest(inclusion("SEXXX2500001"), in_model("SEXXX2500001"), key=KEY, header=header)
    first = bring(mara, data)
    (note,) = first["notes"]
    assert "names the programme “Harmonia Later”, which is not known here" in note["what"]
    own = PartyId("harmonia-by-hand")  # of one name with the operator, as a person set it up
    stranger = PartyId("someone-else")
    with backend.running.service.database.writing() as connection:
        rows.put(
            connection,
            [
                (Kind.PARTY, Party(stranger, "Cadence", PartyKind.ORGANISATION)),
                (Kind.PROGRAMME, Programme(ProgrammeId("not-this"), stranger, "Harmonia Later")),
                (Kind.PARTY, Party(own, "Harmonia", PartyKind.ORGANISATION)),
                (Kind.PROGRAMME, Programme(ProgrammeId("later"), own, "Harmonia Later")),
            ],
        )
    again = bring(mara, data)
    assert again["notes"] == []
    assert (again["counts"]["statements_added"], again["counts"]["statements_known"]) == (0, 2)
    assert {m.programme for m in everything(mara, Kind.MODEL) if m.version == "2.1"} == {"later"}
    assert {d.programme for d in everything(mara, Kind.DATASET) if d.name == "Harmonia Set"} == {"later"}


def test_names_without_an_end_are_shortened_and_stay_apart(backend: Backend) -> None:
    mara = backend.sign_in(MARA_ACCOUNT)
    long = "Loop" * 2_500
    models = [replace(HEADER.models[0], key=key, name=long + key) for key in ("m", "n")]
    header = replace(HEADER, operator=Operator(long), models=models)
    lines = [in_model("SEXXX2500001"), replace(in_model("SEXXX2500001"), model="n")]
    job = bring(mara, manifest(*lines, header=header))
    assert any("more than 300 characters" in note["what"] for note in job["notes"])
    assert all(len(note["what"]) < 1_000 for note in job["notes"])
    made = [m for m in everything(mara, Kind.MODEL) if m.name.startswith("LoopLoop")]
    assert len({m.id for m in made}) == 2
    assert {len(m.name) for m in made} == {300}
    assert all(len(s.stated_by) < 350 for s in statements(mara))
    assert all(len(party.name) <= 300 for party in everything(mara, Kind.PARTY))
