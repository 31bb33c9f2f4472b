"""Files sent part by part to a service on a socket: they arrive whole, go on after a restart, or are told."""

from __future__ import annotations

import gzip
import hashlib
import random
import shutil
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.imports import jobs as jobs_module
from artist_console.backend.storage.hashes import sha256_of
from artist_console.backend.storage.troubles import NotDurable
from artist_console.backend.uploading import desk_of
from artist_console.domain.ids import AccountId
from artist_console.formats.wire import UPLOAD_PART_BYTES
from artist_console.host.kept_files import KeptFiles
from artist_console.host.sealed_files import Closing, SealedFile
from artist_console.host.sealed_files import sha256_of as sha256_of_file
from artist_console.host.subkeys import subkey

from .world import DATA_KEY, SIGNING_KEY, Clock, Device

CATALOGUE = b"title,artist,isrc\nSalt Lines,Mara Quist,SEXXX2500001\nLow Tide,Mara Quist,\n"


@contextmanager
def running(folder: Path, clock: Clock | None = None) -> Iterator[tuple[EmbeddedBackend, Device]]:
    with start_embedded(
        folder / "backend.db",
        DATA_KEY,
        SIGNING_KEY,
        clock=clock or Clock(),
        keep_files_in=folder / "imports",
    ) as backend:
        device = Device(backend.base_url, backend.token, "stream")
        yield backend, device
        device.session.close()


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    with running(tmp_path) as (_, device):
        yield device


def begin(device: Device, data: bytes, name: str = "songs.csv", **more: Any) -> str:
    given = {"file_name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **more}
    answer = device.ask("POST", "uploads", json=given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def part(device: Device, id: str, offset: int, data: bytes) -> Any:
    return device.ask("PUT", f"uploads/{id}", params={"offset": offset}, data=data)


def send(device: Device, data: bytes, step: int = UPLOAD_PART_BYTES, **more: Any) -> str:
    id = begin(device, data, **more)
    for at in range(0, len(data), step):
        answer = part(device, id, at, data[at : at + step])
        assert answer.json()["offset"] == min(len(data), at + step), answer.text
    return id


def start(device: Device, id: str, kind: str = "catalogue") -> Any:
    return device.ask("POST", "imports", params={"kind": kind, "upload": id})


def ended(device: Device, job: dict[str, Any]) -> dict[str, Any]:
    while job["state"] in ("waiting", "running"):
        job = device.get(f"imports/{job['id']}")
    return job


def test_a_file_sent_part_by_part_is_taken_over_and_kept_under_its_hash(
    device: Device, tmp_path: Path
) -> None:
    id = send(device, CATALOGUE, step=7)
    spool = next((tmp_path / "imports" / "arriving").iterdir())
    assert b"Salt" not in spool.read_bytes()
    job = ended(device, start(device, id).json())
    assert (job["state"], job["file_name"], job["counts"]["recordings_added"]) == ("done", "songs.csv", 2)
    (kept,) = (tmp_path / "imports").iterdir()
    there = KeptFiles(tmp_path / "imports", subkey(SIGNING_KEY, "imports"))
    assert there.read(kept.name.removesuffix(".sealed")) == CATALOGUE
    assert device.ask("GET", f"uploads/{id}").status_code == 404
    # A reply that was lost: the same request again is answered with the same job.
    assert start(device, id).json()["id"] == job["id"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, len(CATALOGUE)), max_size=8), lost=st.sets(st.integers(0, 8)))
def test_any_cut_with_any_replies_lost_gives_the_same_file(
    device: Device, cuts: list[int], lost: set[int]
) -> None:
    data = CATALOGUE + f"Song {cuts},Mara Quist,\n".encode().replace(b",", b";", 1)
    id = begin(device, data)
    offset, n = 0, 0
    for end in (*sorted(set(cuts)), len(data)):
        while offset < end:
            answer = part(device, id, offset, data[offset:end])
            if n in lost:  # the sender never heard, and sends the same again
                assert part(device, id, offset, data[offset:end]).status_code == 409
                offset = device.get(f"uploads/{id}")["offset"]
            else:
                offset = answer.json()["offset"]
            n += 1
    job = ended(device, start(device, id).json())
    assert job["state"] == "done", job
    assert job["rows_read"] == 3


def test_a_part_that_leaves_a_gap_or_goes_too_far_is_not_taken(device: Device) -> None:
    id = begin(device, CATALOGUE)
    assert part(device, id, 5, b"x").status_code == 409
    assert part(device, id, 0, CATALOGUE + b"x").status_code == 422
    assert part(device, id, 0, bytes(UPLOAD_PART_BYTES + 1)).status_code == 413
    assert start(device, id).status_code == 409  # it is not here as a whole
    assert device.get(f"uploads/{id}")["offset"] == 0
    assert device.ask("DELETE", f"uploads/{id}").json()["offset"] == 0
    assert part(device, id, 0, b"x").status_code == 404
    assert device.ask("DELETE", f"uploads/{id}").status_code == 404


def test_a_file_that_is_another_than_was_said_is_not_taken_over(device: Device, tmp_path: Path) -> None:
    id = send(device, CATALOGUE, sha256="0" * 64)
    job = ended(device, start(device, id).json())
    assert job["state"] == "failed"
    assert "did not arrive as it was sent" in job["problem_title"]
    assert device.get("works")["items"] == []
    assert list((tmp_path / "imports").iterdir()) == []


@pytest.mark.parametrize(
    "given",
    [
        {"file_name": "", "size": 5},
        {"file_name": "a", "size": 0},
        {"file_name": "a", "size": -1},
        {"file_name": "a", "size": 5, "sha256": "x"},
        {"file_name": "a", "size": 17_000_000_000},
        {"file_name": "a" * 300, "size": 5},
        {},
    ],
)
def test_what_cannot_be_a_file_is_refused_before_anything_is_sent(
    device: Device, given: dict[str, Any]
) -> None:
    assert device.ask("POST", "uploads", json=given).status_code in (400, 422)


def test_an_account_has_a_few_files_on_their_way_at_most(device: Device) -> None:
    ids = [begin(device, CATALOGUE, name=f"{n}.csv") for n in range(16)]
    assert begin(device, CATALOGUE, name="3.csv") == ids[3]  # the same once more goes on
    answer = device.ask("POST", "uploads", json={"file_name": "more.csv", "size": 5})
    assert (answer.status_code, "16 files" in answer.json()["detail"]) == (422, True)
    assert device.ask("DELETE", f"uploads/{ids[0]}").status_code == 200
    assert device.ask("POST", "uploads", json={"file_name": "more.csv", "size": 5}).status_code == 201


def test_a_disk_without_room_is_told_before_anything_is_sent(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: real._replace(free=100_000_000))
    answer = device.ask("POST", "uploads", json={"file_name": "big.csv", "size": 50_000_000})
    assert answer.status_code == 507
    assert "127 MB are" in answer.json()["detail"] or "130 MB are" in answer.json()["detail"]
    assert "100 MB are free" in answer.json()["detail"]
    id = begin(device, bytes(10_000_000))  # this one fits ...
    again = device.ask("POST", "uploads", json={"file_name": "b.csv", "size": 25_000_000})
    assert again.status_code == 507  # ... and what it was promised is not promised to another
    assert device.ask("DELETE", f"uploads/{id}").status_code == 200
    assert device.ask("POST", "uploads", json={"file_name": "b.csv", "size": 25_000_000}).status_code == 201


def test_a_disk_that_fills_up_on_the_way_is_told_and_the_file_goes_on_later(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = begin(device, CATALOGUE)
    assert part(device, id, 0, CATALOGUE[:10]).status_code == 200

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(SealedFile, "_closed", full)
        answer = part(device, id, 10, CATALOGUE[10:])
        assert answer.status_code == 507
        assert "No space left" in answer.json()["detail"]
    offset = device.get(f"uploads/{id}")["offset"]
    assert part(device, id, offset, CATALOGUE[offset:]).status_code == 200
    assert ended(device, start(device, id).json())["state"] == "done"


def test_a_file_of_somebody_else_is_like_one_that_is_not_there(tmp_path: Path) -> None:
    with running(tmp_path) as (backend, device):
        id = send(device, CATALOGUE)
        backend.service.fixed_tokens[sha256_of("theirs")] = AccountId("somebody-else")
        other = Device(backend.base_url, "theirs", "other")
        for answer in (
            other.ask("GET", f"uploads/{id}"),
            other.ask("DELETE", f"uploads/{id}"),
            part(other, id, 0, b"x"),
            start(other, id),
        ):
            assert answer.status_code == 404
        other.session.close()


def test_a_half_sent_file_goes_on_after_a_restart_and_is_dropped_after_a_day(tmp_path: Path) -> None:
    clock = Clock()
    with running(tmp_path, clock) as (_, device):
        id = begin(device, CATALOGUE)
        assert part(device, id, 0, CATALOGUE[:20]).status_code == 200
        lost = begin(device, CATALOGUE, name="other.csv")
    clock.now += timedelta(hours=23)
    with running(tmp_path, clock) as (_, device):
        assert device.get(f"uploads/{id}")["offset"] == 20
        assert part(device, id, 20, CATALOGUE[20:]).status_code == 200
        assert ended(device, start(device, id).json())["state"] == "done"
        assert device.get(f"uploads/{lost}")["offset"] == 0
    clock.now += timedelta(hours=2)
    with running(tmp_path, clock) as (_, device):
        assert device.ask("GET", f"uploads/{lost}").status_code == 404
    assert not (tmp_path / "imports" / "arriving").exists()


@contextmanager
def held_up(backend: EmbeddedBackend) -> Iterator[threading.Event]:
    """Jobs wait until the event is set, or the block ends."""
    go = threading.Event()
    backend.service.jobs._worker.submit(go.wait)
    try:
        yield go
    finally:
        go.set()


@pytest.mark.parametrize("in_parts", [True, False])
def test_a_job_that_a_power_cut_interrupts_is_done_after_the_next_start(
    tmp_path: Path, in_parts: bool
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    with running(before) as (backend, device), held_up(backend):
        if in_parts:
            answer = start(device, send(device, CATALOGUE))
        else:
            params = {"kind": "catalogue", "file_name": "songs.csv"}
            answer = device.ask("POST", "imports", params=params, data=CATALOGUE)
        id = answer.json()["id"]
        shutil.copytree(before, after)  # what the disk holds at this moment
    with running(after) as (_, device):
        job = ended(device, device.get(f"imports/{id}"))
        assert (job["state"], job["file_name"]) == ("done", "songs.csv"), job
        assert len(device.get("works")["items"]) == 2
    assert not (after / "imports" / "arriving").exists()


def test_a_job_that_is_interrupted_again_and_again_is_given_up_and_told(tmp_path: Path) -> None:
    with running(tmp_path) as (backend, device), held_up(backend):
        id = start(device, send(device, CATALOGUE)).json()["id"]
        backend.service.jobs._stopping.set()
    with running(tmp_path) as (backend, device):
        assert ended(device, device.get(f"imports/{id}"))["state"] == "done"  # a proper end costs nothing
    with running(tmp_path) as (backend, device), held_up(backend):
        id = start(device, send(device, CATALOGUE + b"More,Mara Quist,\n")).json()["id"]
        backend.service.jobs._count(id, 3)
        cut = tmp_path / "cut"
        shutil.copytree(tmp_path, cut, ignore=shutil.ignore_patterns("cut"))
    with running(cut) as (_, device):
        job = device.get(f"imports/{id}")
        assert (job["state"], job["problem_title"]) == (
            "failed",
            "The import was interrupted; nothing was taken over",
        )
    assert not (cut / "imports" / "arriving").exists()


def test_a_job_whose_file_was_kept_just_before_the_end_is_done_once_more(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    with running(before) as (backend, device), held_up(backend):
        id = start(device, send(device, CATALOGUE)).json()["id"]
        shutil.copytree(before, after)
        # The file was moved to where it is kept, and then the power went before the transaction ended.
        key = subkey(SIGNING_KEY, "imports")
        (spool,) = (after / "imports" / "arriving").iterdir()
        sha256 = hashlib.sha256(CATALOGUE).hexdigest()
        KeptFiles(after / "imports", key).take_in(SealedFile(spool, key), Closing(len(CATALOGUE), sha256))
    with running(after) as (_, device):
        assert ended(device, device.get(f"imports/{id}"))["state"] == "done"


def test_a_job_whose_end_cannot_be_written_down_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotDurable(name="backend.db", reason="database or disk is full")

    with running(tmp_path) as (_, device):
        with monkeypatch.context() as patch:
            patch.setattr(jobs_module, "_store", full)
            id = send(device, CATALOGUE)
            job = ended(device, start(device, id).json())
            assert (job["state"], "disk is full" in job["problem_title"]) == ("failed", True)
        assert device.get("works")["items"] == []
    with running(tmp_path) as (_, device):
        job = device.get(f"imports/{job['id']}")
        assert (job["state"], job["problem_title"]) == (
            "failed",
            "The import was interrupted; nothing was taken over",
        )
        again = ended(device, start(device, send(device, CATALOGUE)).json())
        assert again["counts"]["recordings_added"] == 2


def test_a_large_file_is_never_held_whole_on_its_way_in(tmp_path: Path) -> None:
    data = random.Random(1).randbytes(64 * 1024 * 1024)
    with running(tmp_path) as (backend, device), held_up(backend):
        id = begin(device, data)
        tracemalloc.start()
        try:
            for at in range(0, len(data), UPLOAD_PART_BYTES):
                assert part(device, id, at, data[at : at + UPLOAD_PART_BYTES]).status_code == 200
            found = desk_of(backend.service).find(id, backend.service.fixed_tokens.popitem()[1])
            assert found is not None
            content = backend.service.jobs.content(found[0])
            assert content is not None
            with content.open() as file:
                assert sha256_of_file(file) == hashlib.sha256(data).hexdigest()
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < len(data) // 2


def test_a_packed_file_in_the_body_is_kept_as_it_came(device: Device, tmp_path: Path) -> None:
    packed = gzip.compress(CATALOGUE)
    params = {"kind": "dataset_list", "file_name": "list.csv.gz"}
    job = ended(device, device.ask("POST", "imports", params=params, data=packed).json())
    assert job["state"] == "done", job
    there = KeptFiles(tmp_path / "imports", subkey(SIGNING_KEY, "imports"))
    assert there.read(hashlib.sha256(packed).hexdigest()) == packed
    assert device.ask("POST", "imports", params=params, data=b"").status_code == 400
    assert device.ask("POST", "imports", params={"kind": "statement"}, data=b"x").status_code == 400
