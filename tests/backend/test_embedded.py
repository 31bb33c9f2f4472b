"""The embedded service: starting, stopping, waiting readers, what is damaged, and answers to nonsense."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
import requests
import sqlalchemy as sa

from artist_console.backend.embedded import start_embedded
from artist_console.backend.storage.database import (
    DatabaseUnreadable,
    NotDurable,
    open_database,
)
from artist_console.domain.decisions import Outcome
from artist_console.domain.registers import Stance
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import check_chain
from artist_console.formats.sign_in_wire import ONE_TIME_CODE, TOKEN_PATH
from artist_console.formats.wire import EPOCH_HEADER, decode_row

from .world import (
    DATA_KEY,
    MARA,
    MARA_ACCOUNT,
    SIGNING_KEY,
    Device,
    a_backend,
    a_decision,
    work_subject,
)


def test_it_starts_and_stops_and_leaves_no_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    backend = start_embedded(tmp_path / "b.db", DATA_KEY, SIGNING_KEY)
    assert requests.get(f"{backend.base_url}/v1/keys", timeout=60).status_code == 401
    backend.stop()
    backend.stop()
    # One of another test may come to its end meanwhile.
    assert set(threading.enumerate()) <= before


def test_the_owner_stays_the_same_and_the_token_does_not(tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        with start_embedded(tmp_path / "b.db", DATA_KEY, SIGNING_KEY) as backend:
            answer = requests.get(
                f"{backend.base_url}/v1/account",
                headers={"Authorization": f"Bearer {backend.token}"},
                timeout=60,
            )
            seen.append((answer.json()["id"], backend.token, answer.headers[EPOCH_HEADER]))
    assert seen[0][0] == seen[1][0]
    assert seen[0][1] != seen[1][1]
    assert seen[0][2] == seen[1][2]


def test_the_file_on_the_disk_cannot_be_read_without_its_key(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend:
        backend.sign_in(MARA_ACCOUNT)
    for path in tmp_path.iterdir():
        assert b"Salt Lines" not in path.read_bytes()
        assert not path.read_bytes().startswith(b"SQLite format")


def test_a_wrong_key_is_told_in_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    start_embedded(path, DATA_KEY, SIGNING_KEY).stop()
    content = path.read_bytes()
    with pytest.raises(DatabaseUnreadable) as told:
        start_embedded(path, bytes(32), SIGNING_KEY)
    assert "b.db" in told.value.sentence
    assert path.read_bytes() == content
    start_embedded(path, DATA_KEY, SIGNING_KEY).stop()


@pytest.mark.parametrize("place", [10, 5_000])
def test_a_damaged_file_is_told_in_a_sentence_and_is_left_as_it_is(tmp_path: Path, place: int) -> None:
    path = tmp_path / "b.db"
    start_embedded(path, DATA_KEY, SIGNING_KEY).stop()
    damaged = bytearray(path.read_bytes())
    damaged[place : place + 64] = os.urandom(64)
    path.write_bytes(damaged)
    with pytest.raises(DatabaseUnreadable):
        start_embedded(path, DATA_KEY, SIGNING_KEY)
    assert path.read_bytes() == damaged


def test_a_full_disk_loses_nothing_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    database = open_database(path, DATA_KEY)
    with database.writing() as connection:
        connection.execute(sa.text("INSERT INTO meta VALUES ('before', 'kept')"))
    big = "x" * 1_000_000
    with pytest.raises(NotDurable) as told, database.writing() as connection:  # noqa: PT012
        connection.execute(sa.text("PRAGMA max_page_count = 60"))
        connection.execute(sa.text("INSERT INTO meta VALUES ('big', :big)"), {"big": big})
    assert "full" in told.value.sentence
    with database.reading() as connection:
        assert connection.execute(sa.text("SELECT name FROM meta")).scalars().all() == ["before"]
    database.close()


def test_a_ledger_cannot_be_changed_or_broken_even_in_the_database(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend:
        backend.sign_in(MARA_ACCOUNT).push(a_decision())
        for statement in (
            "UPDATE ledger SET body = x'00'",
            "DELETE FROM ledger",
            "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
            "INSERT INTO ledger SELECT artist, n + 2, 'x', head, kind, decision, body, receipt FROM ledger",
        ):
            with (
                pytest.raises(sa.exc.DBAPIError),
                backend.running.service.database.writing() as connection,
            ):
                connection.execute(sa.text(statement))


def test_a_waiting_reader_is_told_of_a_change_at_once(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend:
        mara, phone = backend.sign_in(MARA_ACCOUNT), backend.sign_in(MARA_ACCOUNT)
        cursor = mara.get("feed")["cursor"]
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(mara.get, "feed", cursor=cursor, wait=25)
            begun = time.monotonic()
            phone.push(a_decision())
            assert [item["kind"] for item in waiting.result()["items"]] == ["entry", "receipt"]
            assert time.monotonic() - begun < 20


def test_a_waiting_reader_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend, ThreadPoolExecutor(1) as pool:
        mara = backend.sign_in(MARA_ACCOUNT)
        cursor = mara.get("feed")["cursor"]
        waiting = pool.submit(mara.ask, "GET", "feed", params={"cursor": cursor, "wait": 25})
        begun = time.monotonic()
        while not waiting.running():
            pass
        backend.running.stop()
        assert time.monotonic() - begun < 15
        with suppress(requests.ConnectionError):  # where it had not been taken in yet
            assert waiting.result().json()["items"] == []


def test_two_clients_at_once_lose_nothing_and_leave_one_chain(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend:
        devices = [backend.sign_in(MARA_ACCOUNT) for _ in range(2)]

        def push_many(device: Device) -> list[Outcome]:
            return [
                device.push(a_decision(Stance.REFUSE, work_subject(f"{device.stream}-{n}")))
                .outcomes[0]
                .outcome
                for n in range(15)
            ]

        with ThreadPoolExecutor(2) as pool:
            outcomes = [o for part in pool.map(push_many, devices) for o in part]
        assert outcomes == [Outcome.ACCEPTED] * 30
        entries = [
            decode_row(Kind.ENTRY, msgspec.json.encode(item))
            for item in devices[0].get(f"ledger/{MARA}")["items"]
        ]
        assert check_chain(entries).holds
        assert len(entries) == 30


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "nowhere", 404),
        ("GET", "../etc/passwd", 404),
        ("DELETE", "push", 405),
        ("GET", "feed?wait=abc", 400),
        ("GET", "works?limit=0", 400),
        ("GET", "works?after=-1", 400),
        ("POST", "push", 400),
        ("POST", "imports?kind=poem&file_name=a", 400),
        ("POST", "imports?kind=catalogue&file_name=a", 400),
    ],
)
def test_nonsense_gets_a_problem_and_never_the_inside(
    tmp_path: Path, method: str, path: str, status: int
) -> None:
    with a_backend(tmp_path) as backend:
        answer = backend.sign_in(MARA_ACCOUNT).ask(method, path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"].startswith("urn:artist-console:problem:")
        assert EPOCH_HEADER in answer.headers
        assert "Traceback" not in answer.text
        assert ".py" not in answer.text


def test_too_much_is_refused(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        answer = mara.ask("POST", "push", data=b" " * 9_000_000)
        assert (answer.status_code, answer.json()["status"]) == (413, 413)


def test_a_fault_of_ours_tells_nothing_of_its_inside(tmp_path: Path) -> None:
    with a_backend(tmp_path) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        with backend.running.service.database.writing() as connection:
            connection.execute(sa.text("UPDATE rows SET kind = 'unheard of' WHERE kind = 'work'"))
        answer = mara.ask("GET", "snapshot")
        assert answer.status_code == 500
        assert "unheard" not in answer.text


SERVE = (
    "import sys; from pathlib import Path; from artist_console.backend.serve import serve;"
    "sys.exit(serve(Path(sys.argv[1])))"
)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there without asking")
def test_served_as_a_process_it_signs_in_by_its_code_and_ends_on_sigterm(tmp_path: Path) -> None:
    environment = {**os.environ, "ARTIST_CONSOLE_KEYRING": "off"}
    lines = []
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(tmp_path / "data")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        lines.append(line)
        address = line.split()[2]
        if "code" in line:
            code = line.split()[-1]
            form = {"grant_type": ONE_TIME_CODE, "code": code, "device_name": "Laptop"}
            answer = requests.post(f"{address}{TOKEN_PATH}", form, timeout=60)
            assert answer.status_code == 200, answer.text
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    assert ["code" in line for line in lines] == [True, False]
