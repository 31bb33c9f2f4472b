"""A file on its way to a real service over a line that fails: it arrives once and whole, or is given up."""

from __future__ import annotations

import random
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.uploading import desk_of
from artist_console.commands import imports, sending
from artist_console.commands.imports import FileKind, ImportProgress, import_file
from artist_console.commands.sending import FileChanged, send_file
from artist_console.domain.problems import FileProblem
from artist_console.formats.wire import UPLOAD_PART_BYTES
from artist_console.sync.api import Api
from artist_console.sync.problems import NoRoomThere, Unreachable
from tests.backend.world import DATA_KEY, SIGNING_KEY, Clock
from tests.commands.desks import Desk

PART = 64


class Line(requests.Session):
    """A line that loses what is asked (before) or its answer (after), as `fate` says for each request."""

    def __init__(self, fate: Callable[[int], str]) -> None:
        super().__init__()
        self._fate = fate
        self.asked: list[str] = []

    def request(self, method: str | bytes, url: str | bytes, *more: Any, **named: Any) -> requests.Response:
        fate = self._fate(len(self.asked))
        self.asked.append(f"{method!s} {url!s}")
        if fate == "before":
            raise requests.ConnectionError
        answer = super().request(method, url, *more, **named)
        if fate == "after":
            answer.close()
            raise requests.ConnectionError
        return answer


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    with start_embedded(
        tmp_path / "b.db", DATA_KEY, SIGNING_KEY, clock=Clock(), keep_files_in=tmp_path / "imports"
    ) as running:
        yield running


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "UPLOAD_PART_BYTES", PART)


def arrived(backend: EmbeddedBackend, id: str) -> bytes:
    owner = next(iter(backend.service.fixed_tokens.values()))
    found = desk_of(backend.service).find(id, owner)
    assert found is not None
    content = backend.service.jobs.content(found[0])
    assert content is not None
    with content.open() as file:
        return file.read()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.integers(1, PART * 6),
    fates=st.lists(st.sampled_from(["", "", "before", "after"]), max_size=20),
)
def test_a_file_arrives_once_and_whole_whatever_the_line_loses(
    backend: EmbeddedBackend, tmp_path: Path, size: int, fates: list[str]
) -> None:
    data = random.Random(size).randbytes(size)
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    line = Line(lambda n: fates[n] if n < len(fates) else "")
    with Api(backend.base_url, backend.token, session=line) as api:
        told: list[tuple[int, int]] = []
        id = send_file(api, path, f"{fates}"[:200], lambda n, of: told.append((n, of)), pause=lambda _: None)
    assert arrived(backend, id) == data
    assert told[-1] == (size, size)
    owner = next(iter(backend.service.fixed_tokens.values()))
    desk_of(backend.service).give_up(id)
    assert desk_of(backend.service).find(id, owner) is None


def test_a_line_that_stays_away_is_told_and_the_file_goes_on_from_there_the_next_time(
    backend: EmbeddedBackend, tmp_path: Path
) -> None:
    data = random.Random(2).randbytes(PART * 5)
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    dead = Line(lambda n: "" if n < 3 else "before")
    with Api(backend.base_url, backend.token, session=dead) as api, pytest.raises(Unreachable):
        send_file(api, path, "a.csv", lambda *_: None, pause=lambda _: None)
    line = Line(lambda _: "")
    with Api(backend.base_url, backend.token, session=line) as api:
        told: list[int] = []
        id = send_file(api, path, "a.csv", lambda n, _: told.append(n))
    assert arrived(backend, id) == data
    assert sum(asked.startswith("PUT") for asked in line.asked) == 3  # two parts were there already
    assert [n for n in told if n] == [2 * PART, 3 * PART, 4 * PART, 5 * PART]


def test_a_person_who_stops_it_leaves_nothing_behind(backend: EmbeddedBackend, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(PART * 5))

    def stop(sent: int, _: int) -> None:
        if sent > PART:
            raise KeyboardInterrupt

    with Api(backend.base_url, backend.token) as api, pytest.raises(KeyboardInterrupt):
        send_file(api, path, "a.csv", stop)
    assert not (tmp_path / "imports" / "arriving").exists()


def test_a_file_that_shrinks_while_it_is_sent_is_told_and_given_up(
    backend: EmbeddedBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "UPLOAD_PART_BYTES", 50_000)
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(250_000))

    def shrink(sent: int, _: int) -> None:
        if sent:
            path.write_bytes(b"")

    with Api(backend.base_url, backend.token) as api, pytest.raises(FileChanged, match="changed while"):
        send_file(api, path, "a.csv", shrink)
    assert not (tmp_path / "imports" / "arriving").exists()
    with Api(backend.base_url, backend.token) as api, pytest.raises(FileProblem):
        send_file(api, tmp_path, "a.csv", shrink)


def test_a_service_without_room_says_so(
    backend: EmbeddedBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: real._replace(free=1_000_000))
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(PART * 5))
    with (
        Api(backend.base_url, backend.token) as api,
        pytest.raises(NoRoomThere, match=r"not enough room .* 1 MB are free"),
    ):
        send_file(api, path, "a.csv", lambda *_: None)


def test_a_large_catalogue_is_sent_part_by_part_with_bytes_then_rows_told(
    mara: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_IN_ONE_BYTES", 1_000)
    monkeypatch.setattr(sending, "UPLOAD_PART_BYTES", 4_000)
    path = tmp_path / "many.csv"
    path.write_text("title,artist\n" + "".join(f"Song {n},Mira Sand\n" for n in range(1_500)))
    told: list[ImportProgress] = []
    found = import_file(mara.console, FileKind.CATALOGUE, path, progress=told.append).value
    assert dict(found.counts)["recordings_added"] == 1_500
    size = path.stat().st_size
    sent = [now.bytes_sent for now in told if now.bytes_total is not None]
    assert sent[-1] == size
    assert sent == sorted(sent)
    assert all(now.words == "Sending many.csv" for now in told if now.bytes_total == size)


def test_sending_holds_a_few_parts_in_memory_at_most(
    backend: EmbeddedBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "UPLOAD_PART_BYTES", UPLOAD_PART_BYTES)
    path = tmp_path / "big.bin"
    with path.open("wb") as file:
        for _ in range(24):
            file.write(random.Random(1).randbytes(4 * 1024 * 1024))
    with Api(backend.base_url, backend.token) as api:
        tracemalloc.start()
        try:
            send_file(api, path, "big.bin", lambda *_: None)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < path.stat().st_size // 2  # client and service together, in one process
