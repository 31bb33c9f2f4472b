"""Files brought in: what becomes of catalogues, dataset lists and statements; bad ones leave nothing."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.embedded import start_embedded
from artist_console.backend.imports.dataset_card import basis_of
from artist_console.domain.inclusion import Basis
from artist_console.formats.wire import ImportKind
from artist_console.host.kept_files import KeptFiles
from artist_console.host.subkeys import subkey

from .world import DATA_KEY, SIGNING_KEY, Clock, Device

CATALOGUE = """title,artist,version,isrc,release,upc,label,year,iswc,writers,position
Salt Lines,Mara Quist,,SEXXX2500001,Night Ferry,,Fieldnote,2025,,Mara Quist,1
Salt Lines,Mara Quist,Live,SEXXX2500002,Night Ferry,,Fieldnote,2025,,Mara Quist,2
Harbour Lights,Ola Brandt,,,Alone,,Fieldnote,2024,,,1
"""
LIST = """title,artist,isrc,licence
Salt Lines,mara quist,SEXXX2500001,https://creativecommons.org/licenses/by/4.0/
HARBOUR LIGHTS,Ola Brandt,,
Something Else,Nobody Known,,
"""
STATEMENT = """ISRC,Title,Artist,Amount,Currency,Month,Type
SEXXX2500001,Salt Lines,Mara Quist,1.000000000001,EUR,2025-04,AI training fee
,Unknown Song,Mara Quist,2.50,EUR,2025-04,stream
"""


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Device]:
    """A new embedded backend that keeps imported files, and its owner."""
    with start_embedded(
        tmp_path / "backend.db", DATA_KEY, SIGNING_KEY, clock=Clock(), keep_files_in=tmp_path / "imports"
    ) as backend:
        device = Device(backend.base_url, backend.token, "stream")
        yield device
        device.session.close()


def bring(device: Device, kind: ImportKind, content: str | bytes, name: str = "file.csv", **more: Any) -> Any:
    """Import a file and wait for the end of its job."""
    data = content.encode() if isinstance(content, str) else content
    answer = device.ask("POST", "imports", params={"kind": kind.value, "file_name": name, **more}, data=data)
    assert answer.status_code == 202, answer.text
    job = answer.json()
    while job["state"] in ("waiting", "running"):
        job = device.get(f"imports/{job['id']}")
    return job


def catalogue(device: Device, content: str | bytes = CATALOGUE, **more: Any) -> Any:
    return bring(device, ImportKind.CATALOGUE, content, **more)


def items(device: Device, path: str) -> list[dict[str, Any]]:
    return list(device.get(path)["items"])


def test_a_catalogue_becomes_artists_works_songs_and_releases(profile: Device) -> None:
    job = catalogue(profile)
    assert (job["state"], job["rows_read"]) == ("done", 3), job
    assert job["counts"]["recordings_added"] == 3
    artists = {a["name"]: a for a in items(profile, "artists")}
    assert set(artists) == {"Mara Quist", "Ola Brandt"}
    assert all(a["self_declared"] and a["is_artist"] for a in artists.values())
    assert {a["name"] for a in profile.get("account")["artists"]} == set(artists)
    works = items(profile, "works")
    live = next(w for w in works if w.get("version") == "Live")
    assert live["identifier"] == "SEXXX2500002"
    assert live["sources"][0]["row"] == 3
    releases = {r["title"]: r for r in items(profile, "releases")}
    assert [t["position"] for t in releases["Night Ferry"]["tracks"]] == [1, 2]


def test_a_second_import_changes_nothing_and_a_changed_one_updates(profile: Device) -> None:
    catalogue(profile)
    before = profile.get("feed")["cursor"]
    works = items(profile, "works")
    again = catalogue(profile)
    assert again["counts"] == {}
    assert profile.get("feed", cursor=before)["items"] == []
    assert items(profile, "works") == works
    changed = CATALOGUE.replace(",Ola Brandt,,,Alone", ",Ola Brandt,,SEXXX2500009,Alone")
    job = catalogue(profile, changed, name="newer.csv")
    assert job["counts"].get("recordings_added") is None
    harbour = next(w for w in items(profile, "works") if w["title"] == "Harbour Lights")
    assert harbour["identifier"] == "SEXXX2500009"
    assert {s["source"] for s in harbour["sources"]} == {"file.csv", "newer.csv"}
    assert len(items(profile, "works")) == len(works)


def test_an_import_for_one_artist_leaves_others_out_and_says_so(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    assert [a["name"] for a in items(profile, "artists")] == ["Mara Quist"]
    mara = items(profile, "artists")[0]["id"]
    job = catalogue(profile, artist=mara, name="again.csv")
    assert job["counts"]["rows_left_out"] == 1
    assert any("not by Mara Quist" in note["what"] for note in job["notes"])
    assert all(work["artists"] == [mara] for work in items(profile, "works"))


def test_an_artist_of_nobody_is_not_found(profile: Device) -> None:
    params = {"kind": "catalogue", "file_name": "a.csv", "artist": "somebody"}
    assert profile.ask("POST", "imports", params=params, data=b"x").status_code == 404


def test_a_list_says_suspected_with_the_row_as_evidence_and_what_it_does_not_prove(profile: Device) -> None:
    catalogue(profile)
    job = bring(profile, ImportKind.DATASET_LIST, LIST, "list.csv")
    assert job["counts"]["works_listed"] == 2, job
    found = items(profile, "inclusions")
    assert {i["state"] for i in found} == {"suspected"}
    assert {i["grade"] for i in found} == {"public_dataset"}
    assert {i["basis"] for i in found} == {"open_licence", "undeclared"}
    by_row = {i["evidence"]["row"]: i["evidence"] for i in found}
    assert "HARBOUR LIGHTS" in by_row[3]["words"]
    assert "which recording is not known" in by_row[3]["checked_how"]
    assert by_row[2]["does_not_prove"]
    kinds = {i["kind"] for i in profile.get("snapshot")["items"]}
    assert "dataset" in kinds


def test_the_same_list_twice_changes_nothing_and_finds_works_that_came_later(profile: Device) -> None:
    catalogue(profile, CATALOGUE.rsplit("Harbour", 1)[0])
    bring(profile, ImportKind.DATASET_LIST, LIST, "list.csv")
    cursor = profile.get("feed")["cursor"]
    bring(profile, ImportKind.DATASET_LIST, LIST, "list.csv")
    assert profile.get("feed", cursor=cursor)["items"] == []
    catalogue(profile)
    bring(profile, ImportKind.DATASET_LIST, LIST, "list.csv")
    assert len(items(profile, "inclusions")) == 2


def test_a_statement_keeps_every_digit_and_finds_its_works(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    job = bring(profile, ImportKind.STATEMENT, STATEMENT, "april.csv")
    assert job["state"] == "done", job
    assert job["counts"]["lines_matched"] == 1
    statement = items(profile, "statements")[0]
    assert (statement["source"], statement["signed_by"]) == ("imported", "")
    lines = profile.get(f"statements/{statement['id']}/lines")["lines"]
    assert [line["amount"] for line in lines] == ["1.000000000001", "2.50"]
    assert sum(Decimal(line["amount"]) for line in lines) == Decimal("3.500000000001")
    salt = next(w["id"] for w in items(profile, "works") if w["identifier"] == "SEXXX2500001")
    assert [line["work"] for line in lines] == [salt, None]
    again = bring(profile, ImportKind.STATEMENT, STATEMENT, "april.csv")
    assert again["counts"]["lines_known"] == 2
    assert len(items(profile, "statements")) == 1


def test_a_statement_of_nobody_known_is_refused_with_a_sentence(profile: Device) -> None:
    job = bring(profile, ImportKind.STATEMENT, STATEMENT, "april.csv")
    assert job["state"] == "failed"
    assert "april.csv" in job["problem_title"]
    assert job["problem_advice"]


@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize("content", [b"\x00\x01\x02 nonsense", b"a;b;c\n1;2;3\n", b"<x><y/></x>"])
def test_a_file_that_makes_no_sense_leaves_no_trace_but_its_sentence(
    profile: Device, tmp_path: Path, kind: ImportKind, content: bytes
) -> None:
    cursor = profile.get("feed")["cursor"]
    job = bring(profile, kind, content, "odd.bin")
    assert job["state"] == "failed"
    assert job["problem_title"]
    assert profile.get("feed", cursor=cursor)["items"] == []
    assert list((tmp_path / "imports").glob("*")) == []


def test_the_file_is_kept_as_it_came_under_its_hash_and_sealed(profile: Device, tmp_path: Path) -> None:
    catalogue(profile)
    sha256 = hashlib.sha256(CATALOGUE.encode()).hexdigest()
    (kept,) = (tmp_path / "imports").iterdir()
    assert kept.name == f"{sha256}.sealed"
    assert CATALOGUE.encode()[:20] not in kept.read_bytes()
    there = KeptFiles(tmp_path / "imports", subkey(SIGNING_KEY, "imports"))
    assert there.read(sha256) == CATALOGUE.encode()


def test_a_job_of_somebody_else_is_like_one_that_is_not_there(profile: Device) -> None:
    assert profile.ask("GET", "imports/none").status_code == 404


def test_a_work_of_the_catalogue_can_be_refused_at_once(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    page = profile.get("feed")
    assert {i["kind"] for i in page["items"]} >= {"party", "work", "release"}


@pytest.mark.parametrize(
    ("licence", "basis"),
    [
        ("https://creativecommons.org/licenses/by-nc/4.0/", Basis.OPEN_LICENCE),
        ("CC0 1.0", Basis.OPEN_LICENCE),
        ("Public Domain Mark 1.0", Basis.PUBLIC_DOMAIN),
        ("All rights reserved", Basis.UNDECLARED),
        ("", Basis.UNDECLARED),
    ],
)
def test_the_basis_is_what_the_list_says_of_the_licence(licence: str, basis: Basis) -> None:
    assert basis_of(licence) is basis


def test_real_messages_and_lists_are_taken_over(profile: Device, shared_data: Path) -> None:
    for path in sorted((shared_data / "ddex" / "ern43").glob("*.xml")):
        job = catalogue(profile, path.read_bytes(), name=path.name)
        assert job["state"] == "done", job
    works = len(items(profile, "works"))
    assert works
    lists = shared_data / "datasets"
    packed = lists / "billboard-mcgill" / "billboard-2.0-index.csv.gz"
    job = bring(profile, ImportKind.DATASET_LIST, packed.read_bytes(), packed.name)
    assert job["state"] == "done", job
    table = gzip.decompress(packed.read_bytes()).decode()
    assert job["rows_read"] <= table.count("\n")


def test_one_code_for_two_titles_is_told(profile: Device) -> None:
    job = catalogue(
        profile, "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\nHigh,Mira Sand,AA6Q72600001\n"
    )
    (note,) = job["notes"]
    assert (note["row"], note["severity"]) == (3, "warning")
    assert "AA6Q72600001 stands for “Low Tide” already; “High”" in note["what"]
    respelled = "title,artist,isrc\nLOW  TIDE,Mira Sand,AA6Q72600001\n"
    assert catalogue(profile, respelled, name="b.csv").get("notes", []) == []


def test_an_unreleased_work_stays_so_until_a_file_says_otherwise(profile: Device) -> None:
    secret = "title,artist,isrc,song,writers,unreleased\nSecret,Mira Sand,AA6Q72600001,Secret,Mira Sand,{}\n"

    def unreleased() -> set[bool]:
        return {bool(work.get("unreleased")) for work in items(profile, "works")}

    catalogue(profile, secret.format("yes"))
    assert len(items(profile, "works")) == 2  # the song in it is as secret
    assert unreleased() == {True}
    catalogue(profile, "title,artist,isrc\nSecret,Mira Sand,AA6Q72600001\n", name="silent.csv")
    assert unreleased() == {True}
    catalogue(profile, secret.format("no"), name="out.csv")
    assert unreleased() == {False}


def test_a_file_of_which_no_row_can_be_used_says_what_was_wrong_with_the_first(profile: Device) -> None:
    catalogue(profile)
    job = bring(profile, ImportKind.STATEMENT, "Work Title,ISRC,Amount,Currency\nA,,1.5,Gold\n", "s.csv")
    assert job["state"] == "failed"
    assert "row 2, Currency: “GOLD” is not the code of a currency" in job["problem_title"]
    job = catalogue(profile, artist_name="Mara Qvist")
    assert "it is by Mara Quist, not by Mara Qvist" in job["problem_title"]
    assert "Check the name" in job["problem_advice"]


def test_a_file_of_two_currencies_is_two_statements_each_of_its_own_months(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    both = (
        "ISRC,Title,Amount,Currency,Month\n"
        "SEXXX2500001,Salt Lines,1.5,EUR,2025-04\n"
        "SEXXX2500001,Salt Lines,2.5,GBP,2025-06\n"
    )
    assert bring(profile, ImportKind.STATEMENT, both, "both.csv")["counts"]["statements_added"] == 2
    periods = {s["currency"]: (s["period_from"], s["period_until"]) for s in items(profile, "statements")}
    assert periods == {"EUR": ("2025-04-01", "2025-04-30"), "GBP": ("2025-06-01", "2025-06-30")}


def test_names_that_are_said_to_be_artists_of_mine_are_taken_and_the_others_left_out(profile: Device) -> None:
    catalogue(profile, "title,artist\nOwn Song,The Test Band\n")
    band = items(profile, "artists")[0]["id"]
    said = catalogue(profile, name="more.csv", artist=band, take_artists="The Test Band\nMara Quist")
    assert (said["state"], said["counts"]["recordings_added"], said["counts"]["rows_left_out"]) == (
        "done",
        2,
        1,
    )
    assert {a["name"] for a in items(profile, "artists")} == {"The Test Band", "Mara Quist"}
    mara = next(a["id"] for a in items(profile, "artists") if a["name"] == "Mara Quist")
    assert {w["title"] for w in items(profile, "works") if w["artists"] == [mara]} == {"Salt Lines"}


def test_another_spelling_is_kept_as_a_name_of_the_artist_and_found_the_next_time(profile: Device) -> None:
    catalogue(profile, "title,artist\nOwn Song,The Test Band\n")
    band = items(profile, "artists")[0]["id"]
    file = "title,artist\nNew Song,Testband\n"
    refused = catalogue(profile, file, name="a.csv", artist=band)
    assert refused["state"] == "failed"
    assert "by Testband" in refused["problem_title"]
    job = catalogue(profile, file, name="a.csv", artist=band, also_called="Testband", take_artists="Testband")
    assert job["counts"]["recordings_added"] == 1
    (artist,) = items(profile, "artists")
    assert artist["aliases"] == ["Testband"]
    assert {tuple(w["artists"]) for w in items(profile, "works")} == {(band,)}
    again = catalogue(profile, "title,artist\nThird Song,Testband\n", name="b.csv", artist=band)
    assert again["counts"]["recordings_added"] == 1


def test_columns_that_a_person_named_are_used(profile: Device) -> None:
    job = catalogue(profile, "Was,Wer\nSalt Lines,Mara Quist\n", columns="title=Was\nartist=Wer")
    assert job["counts"]["recordings_added"] == 1, job


def test_an_import_that_is_stopped_leaves_nothing_and_says_so(profile: Device) -> None:
    many = "title,artist\n" + "".join(f"Song {n},Mara Quist\n" for n in range(4_000))
    params = {"kind": "catalogue", "file_name": "many.csv"}
    id = profile.ask("POST", "imports", params=params, data=many.encode()).json()["id"]
    assert profile.ask("DELETE", f"imports/{id}").status_code == 202
    while (job := profile.get(f"imports/{id}"))["state"] in ("waiting", "running"):
        pass
    assert job["state"] == "failed"
    assert "stopped" in job["problem_title"]
    assert items(profile, "works") == []
    assert profile.ask("DELETE", "imports/nothing").status_code == 404


def test_a_corrected_file_takes_the_place_of_all_statements_of_the_former_one(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    rows = "title,month,amount,currency\nLow Tide,2026-01,{},EUR\nLow Tide,2026-01,7,JPY\n"
    bring(profile, ImportKind.STATEMENT, rows.format("1.25"), "both.csv")
    first = {s["currency"]: s["id"] for s in items(profile, "statements")}
    bring(profile, ImportKind.STATEMENT, rows.format("1.75"), "both2.csv", replaces=first["EUR"])
    newer = {s["currency"]: s["replaces"] for s in items(profile, "statements") if s["replaces"]}
    assert newer == first, "the yen of the former file would count twice"


def test_what_a_corrected_file_lacks_of_the_former_one_still_counts_and_is_told(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    rows = "title,month,amount,currency\nLow Tide,2026-01,1,EUR\nLow Tide,2026-01,7,JPY\n"
    bring(profile, ImportKind.STATEMENT, rows, "both.csv")
    first = {s["currency"]: s["id"] for s in items(profile, "statements")}
    job = bring(profile, ImportKind.STATEMENT, rows.replace("7,JPY", "2,EUR"), "b.csv", replaces=first["EUR"])
    assert any("no line in JPY" in note["what"] for note in job["notes"])
    assert len(items(profile, "statements")) == 3


def test_a_statement_of_somebody_who_is_named_is_nobody_else_s(profile: Device) -> None:
    catalogue(profile, artist_name="Mara Quist")
    rows = "title,month,amount,currency\nLow Tide,2026-01,1,EUR\n"
    job = bring(profile, ImportKind.STATEMENT, rows, "s.csv", artist_name="Somebody Else")
    assert job["state"] == "failed"
    assert "Somebody Else" in job["problem_title"]
    assert items(profile, "statements") == []
