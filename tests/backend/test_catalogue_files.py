"""Whole files of every kind of catalogue, handed to the service: the project's own, and published ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.embedded import start_embedded

from .test_imports import catalogue, items
from .world import DATA_KEY, SIGNING_KEY, Clock, Device

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Device]:
    """A new embedded backend, and its owner."""
    with start_embedded(tmp_path / "backend.db", DATA_KEY, SIGNING_KEY, clock=Clock()) as backend:
        device = Device(backend.base_url, backend.token, "stream")
        yield device
        device.session.close()


def bring(service: Device, name: str, **more: Any) -> Any:
    return catalogue(service, (DATA / name).read_bytes(), name=name, **more)


def test_a_song_is_registered_answered_and_found_on_its_recording(service: Device) -> None:
    refused = bring(service, "registration.v22")
    assert refused["state"] == "failed"
    assert "none of them is an artist here" in refused["problem_title"]
    assert bring(service, "musicbrainz-recording.json")["state"] == "done"
    job = bring(service, "registration.v22")
    assert job["state"] == "done", job
    answered = bring(service, "acknowledgement.v21")
    assert any("PRS says of “QUAY”: in conflict" in note["what"] for note in answered["notes"])
    works = items(service, "works")
    song = next(w for w in works if w["kind"] == "composition" and w["title"] == "Low Tide")
    assert song["identifier"] == "T0345246801"
    assert [(r.get("status", ""), r["source"]) for r in song["registrations"]] == [
        ("", "registration.v22"),
        ("AS", "acknowledgement.v21"),
    ]
    assert {share["name"] for share in song["shares"]} == {"MIRA SAND", "FIELDNOTE PUBLISHING"}
    (recording,) = [w for w in works if w["kind"] == "recording" and w["identifier"] == "AA6Q72600001"]
    assert [relation["work"] for relation in recording["relations"]] == [song["id"]]
    sources = {note["source"]: {s["field"] for s in note["said"]} for note in song["sources"]}
    assert set(sources) == {"musicbrainz-recording.json", "registration.v22", "acknowledgement.v21"}
    assert {"title", "identifier", "shares", "writers"} <= sources["registration.v22"]
    mira = next(artist for artist in items(service, "artists") if artist["name"] == "Mira Sand")
    assert {code["kind"] for code in mira["identifiers"]} == {"mbid", "isni", "ipi"}


def test_a_file_that_comes_again_changes_nothing(service: Device) -> None:
    names = ("musicbrainz-release.json", "musicbrainz-recording.json", "registration.v22", "ern-432.xml")
    for name in names:
        assert bring(service, name)["state"] == "done"
    for name in names[-1:]:
        assert bring(service, name)["counts"].keys() <= {"rows_left_out", "rows_repeated"}
    count = len(items(service, "works"))
    for name in names:
        bring(service, name)
    assert len(items(service, "works")) == count


def test_published_files_are_taken_over(service: Device, shared_data: Path) -> None:
    paths = sorted((shared_data / "musicbrainz").glob("*.json"))
    for path in paths:
        job = catalogue(service, path.read_bytes(), name=path.name)
        assert job["state"] == "done", job
    recordings = [w for w in items(service, "works") if w["kind"] == "recording"]
    assert len(recordings) == 13
    (floyd,) = [r for r in items(service, "releases") if r["title"] == "The Dark Side of the Moon"]
    assert [track["position"] for track in floyd["tracks"]] == list(range(1, 11))
    cwr = shared_data / "cwr"
    for name, writer, songs in (
        ("CW220001DMP_000.V21", "Matija Kolaric", 1),
        ("demo_cwr_cleaned.v22", "John Smith", 9),
    ):
        job = catalogue(service, (cwr / name).read_bytes(), name=name, artist_name=writer)
        assert (job["state"], job["counts"]["songs_added"]) == ("done", songs), job
    published = next(w for w in items(service, "works") if w["title"] == "MUSIC PUB CARTOONS")
    assert [share["performing_bp"] for share in published["shares"]] == [2500, 2500, 3750, 1250]
