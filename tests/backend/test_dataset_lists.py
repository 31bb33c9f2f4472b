"""Public lists brought in: bands of hits, several rows of a work, cards, editions, what is left out."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.embedded import start_embedded
from artist_console.backend.imports import dataset_list
from artist_console.formats.dataset_list import ListReader
from artist_console.formats.wire import ImportKind

from .test_imports import bring, items
from .world import DATA_KEY, SIGNING_KEY, Clock, Device

CATALOGUE = """title,artist,version,isrc,duration
Salt Lines,Mara Quist,,SEXXX2500001,3:20
Salt Lines,Mara Quist,Live,SEXXX2500002,4:05
Lantern over the Harbour,Mara Quist,,,3:00
Intro,Mara Quist,,,
"""


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Device]:
    """A new embedded backend with a small catalogue, and its owner."""
    with start_embedded(tmp_path / "backend.db", DATA_KEY, SIGNING_KEY, clock=Clock()) as backend:
        device = Device(backend.base_url, backend.token, "stream")
        assert bring(device, ImportKind.CATALOGUE, CATALOGUE)["state"] == "done"
        yield device
        device.session.close()


def a_list(device: Device, content: str | bytes, name: str = "list.csv", **more: Any) -> Any:
    job = bring(device, ImportKind.DATASET_LIST, content, name, **more)
    assert job["state"] == "done", job
    return job


def listed(device: Device) -> list[dict[str, Any]]:
    """What the evidence of each hit says of its row, with the title of the work."""
    titles = {w["id"]: f"{w['title']} {w.get('version', '')}".strip() for w in items(device, "works")}
    return [i["evidence"]["listed"] | {"work": titles[i["work"]]} for i in items(device, "inclusions")]


def datasets(device: Device) -> list[dict[str, Any]]:
    return [i["body"] for i in device.get("snapshot")["items"] if i["kind"] == "dataset"]


@pytest.mark.parametrize(
    ("row", "work", "band", "score"),
    [
        ("x,y,SEXXX2500002,,,", "Salt Lines Live", "identifier", None),
        ("Lantern over the HARBOUR,mara quist,,,,", "Lantern over the Harbour", "key", None),
        ("Lantern over the Harbor,Mara Quist,,,,", "Lantern over the Harbour", "likely", 97),
        ("Lanterns over Harbour,Mara Quist,,,,", "Lantern over the Harbour", "check", 88),
        ("Lanterns over Harbour,Mara Quist,,3:01,,", "Lantern over the Harbour", "likely", 88),
        ("Lantern over the Harbour,Mara Quist,,5:00,,", "Lantern over the Harbour", "likely", 100),
    ],
)
def test_a_hit_says_how_surely_its_row_speaks_of_the_work(
    profile: Device, row: str, work: str, band: str, score: int | None
) -> None:
    a_list(profile, f"title,artist,isrc,duration,id,url\n{row}\n")
    (hit,) = listed(profile)
    assert (hit["work"], hit["band"], hit.get("score")) == (work, band, score)


def test_an_identifier_beside_another_title_is_told(profile: Device) -> None:
    a_list(profile, "title,artist,isrc\nEbb,Jo Low,SEXXX2500001\nSalt Lines,Jo Low,SEXXX2500002\n")
    how = {i["evidence"]["row"]: i["evidence"]["checked_how"] for i in items(profile, "inclusions")}
    assert "though the row gives another title" in how[2]
    assert "another title" not in how[3]


def test_a_hit_keeps_the_row_as_delivered_and_its_key(profile: Device) -> None:
    row = '77,"Lantern over the Harbour (Live)","The Mara Quist & Jo",https://example.org/77,cc0'
    a_list(profile, f"id,title,artist,url,licence\n{row}\n", publisher="Open Tides", obtained_from="the web")
    (statement,) = items(profile, "inclusions")
    hit = statement["evidence"]["listed"]
    assert (hit["title"], hit["artist"]) == ("Lantern over the Harbour (Live)", "The Mara Quist & Jo")
    assert (hit["list_id"], hit["url"], hit["other_version"]) == ("77", "https://example.org/77", True)
    assert hit["key"] == "lantern over the harbour ~live|jo,mara quist|"
    assert statement["evidence"]["words"].startswith("77,Lantern")
    assert statement["stated_by"] == "Open Tides"
    assert (statement["state"], statement["basis"]) == ("suspected", "open_licence")
    assert "another version" in statement["evidence"]["checked_how"]


def test_two_recordings_of_a_song_are_told_apart_as_far_as_the_row_goes(profile: Device) -> None:
    a_list(profile, "title,artist\nSalt Lines,Mara Quist\nSalt Lines (Live),Mara Quist\n")
    assert {(hit["work"], hit["title"]) for hit in listed(profile)} == {
        ("Salt Lines", "Salt Lines"),
        ("Salt Lines Live", "Salt Lines (Live)"),
    }


def test_the_card_holds_what_was_said_and_what_the_list_says(profile: Device) -> None:
    more = {
        "publisher": "Open Tides",
        "version": "2.1",
        "obtained_from": "https://example.org",
        "name": "Tides",
    }
    a_list(profile, "title,artist,licence\nA,B,cc0\nC,D,cc0\n", **more)
    (card,) = datasets(profile)
    assert (card["name"], card["version"], card["publisher"]) == ("Tides", "2.1", "Open Tides")
    assert (card["licence"], card["obtained_from"], card["rows"]) == ("cc0", "https://example.org", 2)
    assert len(card["sha256"]) == 64
    assert card["public"] is True
    assert card["brought_on"]


def test_a_card_is_filled_in_later_and_not_changed(profile: Device) -> None:
    a_list(profile, "title,artist\nA,B\n")
    a_list(profile, "title,artist\nA,B\n", publisher="Open Tides", version="2")
    a_list(profile, "title,artist\nA,B\n", publisher="Somebody Else", name="Other")
    (card,) = datasets(profile)
    assert (card["name"], card["publisher"], card["version"]) == ("list", "Open Tides", "2")


def test_the_same_list_adds_nothing_and_a_new_edition_is_another_version(profile: Device) -> None:
    text = "title,artist\nLantern over the Harbour,Mara Quist\n"
    a_list(profile, text)
    cursor = profile.get("feed")["cursor"]
    again = a_list(profile, text, "renamed.csv")
    assert again["counts"]["statements_known"] == 1
    assert profile.get("feed", cursor=cursor)["items"] == []
    a_list(profile, text + "Ebb,Nobody\n")
    assert len(datasets(profile)) == 2
    hits = listed(profile)
    assert len(hits) == 2
    assert hits[0]["key"] == hits[1]["key"]


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.csv", content)
    return packed.getvalue()


def test_a_list_is_the_same_packed_or_not(profile: Device) -> None:
    text = b"title,artist\nLantern over the Harbour,Mara Quist\n"
    a_list(profile, gzip.compress(text), "list.csv.gz")
    cursor = profile.get("feed")["cursor"]
    for content, name in ((text, "list.csv"), (zipped(text), "list.zip"), (gzip.compress(text, 1), "b.gz")):
        assert a_list(profile, content, name)["counts"]["statements_known"] == 1
    assert profile.get("feed", cursor=cursor)["items"] == []
    (card,) = datasets(profile)
    assert (card["name"], len(listed(profile))) == ("list", 1)


def test_a_packed_list_that_was_kept_by_the_hash_of_its_file_stays_what_it_is(
    profile: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = gzip.compress(b"title,artist\nLantern over the Harbour,Mara Quist\n")
    with monkeypatch.context() as before:
        before.setattr(ListReader, "content_sha256", ListReader.sha256)
        a_list(profile, packed, "list.csv.gz")
    assert a_list(profile, packed, "list.csv.gz")["counts"]["statements_known"] == 1
    assert len(datasets(profile)) == 1


def test_an_artist_who_is_not_here_is_told_and_not_added(profile: Device) -> None:
    text = "title,artist\nLantern over the Harbour,Mara Quist\n"
    job = a_list(profile, text, artist_name="Jo Low")
    (note,) = job["notes"]
    assert note["what"].startswith("No artist “Jo Low” is here; the list was compared with all works")
    assert [a["name"] for a in items(profile, "artists")] == ["Mara Quist"]
    assert a_list(profile, text, artist_name="mara quist")["notes"] == []


def test_another_name_for_a_list_that_is_here_is_told(profile: Device) -> None:
    text = "title,artist\nLantern over the Harbour,Mara Quist\n"
    assert a_list(profile, text)["notes"] == []
    params = {"kind": "dataset_list", "file_name": "list.csv", "name": "Tides"}
    again = profile.ask("POST", "imports", params=params, data=text.encode()).json()
    while again["state"] in ("waiting", "running"):
        again = profile.get(f"imports/{again['id']}")
    assert [n["what"] for n in again["notes"]] == ["The list is here already as “list” and keeps that name."]


def test_many_rows_of_one_work_are_counted_and_the_first_are_kept(
    profile: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_list, "MOST_ROWS_OF_A_WORK", 3)
    job = a_list(profile, "title,artist\n" + "Lantern over the Harbour,Mara Quist\n" * 10)
    assert len(items(profile, "inclusions")) == 3
    assert job["counts"]["hits_not_kept"] == 7
    assert "is listed in 10 rows" in job["notes"][-1]["what"]
    monkeypatch.setattr(dataset_list, "MOST_HITS", 1)
    more = a_list(
        profile, "title,artist\nSalt Lines,Mara Quist\nLantern over the Harbour,Mara Quist\n", "b.csv"
    )
    assert more["counts"]["hits_not_kept"] == 1


def test_columns_said_by_hand_reach_the_reader(profile: Device) -> None:
    said = "title=werk\nartist=wer"
    a_list(profile, "werk;wer\nLantern over the Harbour;Mara Quist\n", columns=said)
    assert [hit["band"] for hit in listed(profile)] == ["key"]


def test_a_damaged_list_leaves_nothing_though_its_first_rows_were_good(profile: Device) -> None:
    rows = "".join(f"Lantern over the Harbour,Mara Quist {n * n % 9973}\n" for n in range(40_000))
    packed = gzip.compress(f"title,artist\nLantern over the Harbour,Mara Quist\n{rows}".encode())
    job = bring(profile, ImportKind.DATASET_LIST, packed[: len(packed) // 2], "list.csv.gz")
    assert job["state"] == "failed"
    assert "damaged or ends early" in job["problem_title"]
    assert items(profile, "inclusions") == []
    assert datasets(profile) == []


def test_a_work_is_in_the_list_where_a_row_names_it_and_not_where_one_is_only_like_it(
    profile: Device,
) -> None:
    rows = [
        "title,artist,isrc",
        "x,y,SEXXX2500002",  # names Salt Lines (Live)
        "Salt Lines (Live),Mara Quist,",
        "Lantern over the Harbor,Mara Quist,",  # likely
        "Lanterns over Harbour,Mara Quist,",  # of the same work, to be looked at
    ]
    counts = a_list(profile, "\n".join(rows))["counts"]
    assert counts["works_listed"] == 1
    assert counts["works_listed_likely"] == 1
    assert counts["works_rows_to_check"] == 1
    only_alike = a_list(profile, "title,artist\nLanterns over Harbour,Mara Quist\n", "b.csv")["counts"]
    assert (only_alike["works_listed"], only_alike["works_listed_likely"]) == (0, 0)
    assert only_alike["works_rows_to_check"] == 1


def test_what_is_likely_is_no_more_where_another_row_of_the_list_names_the_work(profile: Device) -> None:
    rows = "Lantern over the Harbor,Mara Quist\nLantern over the Harbour,Mara Quist\n"
    counts = a_list(profile, "title,artist\n" + rows)["counts"]
    assert (counts["works_listed"], counts["works_listed_likely"]) == (1, 0)


def test_rows_that_name_nothing_are_noted_and_the_others_count(profile: Device) -> None:
    job = a_list(profile, "title,artist\nLantern over the Harbour,Mara Quist\n,\nEbb,\n")
    assert (job["rows_read"], job["counts"]["rows_compared"]) == (2, 1)
    assert job["counts"]["rows_left_out"] == 1
    assert [note["row"] for note in job["notes"]] == [4]


def test_a_list_that_is_known_brings_what_is_publicly_known_of_it(profile: Device) -> None:
    header = "id,title,author,license,url"
    row = "1,Lantern over the Harbour,Mara Quist,cc0,https://example.org/1"
    job = a_list(profile, f"{header}\n{row}\n", "fma_dataset_attribution2.csv")
    (card,) = datasets(profile)
    assert card["known_as"] == "stable-audio-open-fma"
    assert card["name"] == "Free Music Archive tracks of Stable Audio Open"
    assert {model["name"] for model in card["documented"]} >= {"Stable Audio Open 1.0"}
    assert all(model["source"].startswith("https://") for model in card["documented"])
    assert any("it looks like" in note["what"] for note in job["notes"])
    (statement,) = items(profile, "inclusions")
    assert (statement["state"], statement.get("model")) == ("suspected", None)  # documented is not "used"


def test_real_lists_meet_a_catalogue_drawn_from_them(profile: Device, shared_data: Path) -> None:
    path = shared_data / "datasets" / "harmonix" / "metadata.csv.gz"
    catalogue = "title,artist\n12Step,Ciara\nABC,Jackson 5\nAbout You Noww,Miranda Cosgrove\n"
    assert bring(profile, ImportKind.CATALOGUE, catalogue)["state"] == "done"
    job = a_list(profile, path.read_bytes(), path.name)
    assert job["rows_read"] == 912
    assert {(hit["work"], hit["band"]) for hit in listed(profile)} == {
        ("ABC", "key"),
        ("About You Noww", "likely"),
    }
