"""Several services on one PostgreSQL, a server that goes and comes back, and what is wrong told in words."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import requests
import sqlalchemy as sa

from artist_console.backend.embedded import embed
from artist_console.backend.imports.job import InMemory, Order
from artist_console.backend.opening import OtherKeys, opened
from artist_console.backend.storage import devices
from artist_console.backend.storage.dsn import (
    DATABASE_VARIABLE,
    NotAnAddress,
    PasswordInSight,
    dsn_given,
    read_dsn,
)
from artist_console.backend.storage.preparing import NoSuchRole, new_epoch, prepare
from artist_console.backend.storage.revisions import HEAD
from artist_console.backend.storage.troubles import (
    DatabaseAway,
    DatabaseTooNew,
    EpochOver,
    NotReady,
    NotStorable,
)
from artist_console.domain.decisions import Outcome
from artist_console.domain.registers import Stance
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import check_chain
from artist_console.formats.wire import ImportKind, ImportState, decode_row
from artist_console.host.paths import ProfileFolder

from .places import OnServer
from .postgres import OWNER, SERVICE, Cluster
from .world import (
    MARA,
    MARA_ACCOUNT,
    SIGNING_KEY,
    START,
    Backend,
    Device,
    a_backend,
    a_decision,
    work_subject,
)


@pytest.fixture
def server(cluster: Cluster) -> OnServer:
    return OnServer(cluster, cluster.new_database())


@contextmanager
def two(server: OnServer) -> Iterator[tuple[Backend, Backend]]:
    """Two services on one database, each with its own connections, memory and watch: as two processes."""
    with a_backend(server) as one, ExitStack() as stack:
        running = embed(server.open(), SIGNING_KEY, clock=one.clock)
        stack.callback(running.stop)
        other = Backend(running, one.clock, server)
        stack.callback(lambda: [device.session.close() for device in other.devices])
        yield one, other


def refusals(device: Device, count: int) -> list[Outcome]:
    made = (a_decision(Stance.REFUSE, work_subject(f"{device.stream}-{n}")) for n in range(count))
    return [device.push(decision).outcomes[0].outcome for decision in made]


def feed(device: Device) -> list[dict[str, object]]:
    items, cursor = [], None
    while True:
        page = device.get("feed", **({"cursor": cursor} if cursor else {}))
        items += page["items"]
        cursor = page["cursor"]
        if not page["more"]:
            return items


def test_pushes_by_two_services_at_once_leave_one_chain_and_lose_no_row(server: OnServer) -> None:
    with two(server) as (one, other):
        clients = [b.sign_in(MARA_ACCOUNT, f"s{n}") for n, b in enumerate((one, other, one, other))]
        with ThreadPoolExecutor(5) as pool:
            reading = pool.submit(_read_until, clients[0], 4 * 8)
            parts = list(pool.map(lambda device: refusals(device, 8), clients))
            seen = reading.result(timeout=120)
        assert parts == [[Outcome.ACCEPTED] * 8] * 4
        items = clients[1].get(f"ledger/{MARA}")["items"]
        entries = [decode_row(Kind.ENTRY, msgspec.json.encode(item)) for item in items]
        assert check_chain(entries).holds
        assert [entry.n for entry in entries] == list(range(1, 33))
        # Whoever followed the feed meanwhile has met each entry once, and so has who reads it afterwards.
        assert sorted(seen) == sorted(f"{MARA}/{n}" for n in range(1, 33))
        positions = [item["position"] for item in feed(clients[3])]
        assert positions == sorted(set(positions))


def _read_until(device: Device, entries: int) -> list[str]:
    """Ids of entries as they come by in the feed, with a cursor that never looks back."""
    reader = Device(device.base_url, device.token, "reader")
    met: list[str] = []
    cursor = None
    while len(met) < entries:
        page = reader.get("feed", wait=10, **({"cursor": cursor} if cursor else {}))
        met += [item["id"] for item in page["items"] if item["kind"] == "entry"]
        cursor = page["cursor"]
    reader.session.close()
    return met


def test_a_reader_waiting_at_one_service_is_told_of_a_push_to_the_other(server: OnServer) -> None:
    with two(server) as (one, other), ThreadPoolExecutor(1) as pool:
        waiting, writing = one.sign_in(MARA_ACCOUNT), other.sign_in(MARA_ACCOUNT)
        cursor = waiting.get("feed")["cursor"]
        ticket = one.running.service.hub.ticket()
        page = pool.submit(waiting.get, "feed", cursor=cursor, wait=25)
        writing.push(a_decision())
        assert [item["kind"] for item in page.result(timeout=20)["items"]] == ["entry", "receipt"]
        assert ticket.is_set()


def test_what_one_service_remembers_of_a_ledger_is_not_older_than_the_database(server: OnServer) -> None:
    with two(server) as (one, other):
        first, second = one.sign_in(MARA_ACCOUNT, "a"), other.sign_in(MARA_ACCOUNT, "b")
        for device in (first, second, first, second):
            assert refusals(device, 1)
            device.stream, device.next_seq = device.stream + "'", 1
        entries = first.get(f"ledger/{MARA}")["items"]
        assert [entry["n"] for entry in entries] == [1, 2, 3, 4]


def an_order(backend: Backend) -> Order:
    service = backend.running.service
    content = InMemory(b"title,artist\nSalt Lines,Mara Quist\n")
    return Order(MARA_ACCOUNT, "list.csv", content, START, service.new_id)


def test_an_import_of_one_service_is_known_to_the_other_and_not_told_as_interrupted(server: OnServer) -> None:
    with a_backend(server) as one:
        jobs = one.running.service.jobs
        with one.running.service.database.writing():  # the import has to wait for it
            writer = ThreadPoolExecutor(1)
            # Recorded before anything runs, by a transaction that waits for this one.
            started = writer.submit(jobs.start, "job", ImportKind.DATASET_LIST, an_order(one))
        started.result(timeout=60)
        writer.shutdown()
        other = embed(server.open(), SIGNING_KEY, clock=one.clock)  # tells what a former end interrupted
        try:
            while (job := other.service.jobs.find(MARA_ACCOUNT, "job")).state is ImportState.WAITING:
                pass
            assert job.state is ImportState.DONE
        finally:
            other.stop()


def test_an_import_of_a_service_that_died_is_told_as_interrupted(server: OnServer) -> None:
    with two(server) as (one, other):
        database = one.running.service.database
        running = other.running.service.jobs
        running.start("job", ImportKind.DATASET_LIST, an_order(other))
        while running.find(MARA_ACCOUNT, "job").state is not ImportState.DONE:
            pass
        waiting = msgspec.json.encode(
            {"id": "dead", "kind": "dataset_list", "file_name": "f", "state": "waiting"}
        )
        with database.writing() as connection:
            connection.execute(
                sa.text("INSERT INTO jobs (id, account, body, holder) VALUES ('dead', :account, :body, '7')"),
                {"account": MARA_ACCOUNT, "body": waiting},
            )
        assert other.running.service.jobs.find(MARA_ACCOUNT, "dead").state is ImportState.FAILED


def test_a_lost_connection_is_told_as_503_and_the_next_request_is_answered(server: OnServer) -> None:
    with a_backend(server) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        mara.push(a_decision())
        for again in range(2):
            server.cluster.sql(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{server.name}'"
            )
            if again:
                server.cluster.stop()
                answer = mara.ask("GET", "account")
                assert (answer.status_code, answer.json()["status"]) == (503, 503)
                assert int(answer.headers["retry-after"]) > 0
                assert answer.json()["type"].endswith(":storage")
                server.cluster.start()
            assert mara.push(a_decision(Stance.REFUSE, work_subject("salt-lines"))).outcomes
        assert len(mara.get(f"ledger/{MARA}")["items"]) == 3


def test_a_transaction_whose_connection_is_cut_leaves_nothing_and_stops_nobody(server: OnServer) -> None:
    with two(server) as (one, other):
        service = one.running.service
        with pytest.raises(DatabaseAway), service.changing() as connection:  # noqa: PT012
            pid = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar()
            connection.execute(sa.text("INSERT INTO meta VALUES ('half', 'done')"))
            server.cluster.sql(f"SELECT pg_terminate_backend({pid})")
            connection.execute(sa.text("INSERT INTO meta VALUES ('other', 'half')"))
        assert refusals(other.sign_in(MARA_ACCOUNT, "b"), 1) == [Outcome.ACCEPTED]
        assert refusals(one.sign_in(MARA_ACCOUNT, "a"), 1) == [Outcome.ACCEPTED]
        with service.database.reading() as connection:
            assert (
                connection.execute(sa.text("SELECT name FROM meta WHERE name IN ('half', 'other')")).all()
                == []
            )


def test_readers_have_one_snapshot_and_may_not_write(server: OnServer) -> None:
    with a_backend(server) as backend:
        mara, database = backend.sign_in(MARA_ACCOUNT), backend.running.service.database
        with database.reading() as connection:
            before = connection.execute(sa.text("SELECT count(*) FROM ledger")).scalar()
            mara.push(a_decision())
            assert connection.execute(sa.text("SELECT count(*) FROM ledger")).scalar() == before
            with pytest.raises(Exception, match=r"may not be written|read-only"):
                connection.execute(sa.text("INSERT INTO meta VALUES ('a', 'b')"))


def test_commits_wait_for_the_disk_whatever_the_server_is_set_to(server: OnServer) -> None:
    server.cluster.sql(f"ALTER ROLE {SERVICE} IN DATABASE {server.name} SET synchronous_commit = off")
    database = server.open()
    with database.writing() as connection:
        assert connection.execute(sa.text("SHOW synchronous_commit")).scalar() == "on"
    database.close()


@pytest.mark.parametrize("text", ["a\0b", "x" * 20_000])
def test_a_text_that_the_database_cannot_hold_is_malformed(server: OnServer, text: str) -> None:
    with a_backend(server) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        mara.stream = text
        answer = mara.send(mara.batch(a_decision()))
        assert answer.status_code in (200, 400)
        if "\0" in text:
            assert answer.json()["type"].endswith(":malformed")
            with pytest.raises(NotStorable), backend.running.service.changing() as connection:
                connection.execute(sa.text("INSERT INTO meta VALUES (:text, '')"), {"text": text})


def test_a_new_epoch_waits_for_no_service_and_is_refused_under_one(server: OnServer) -> None:
    owner = server.cluster.dsn(server.name, OWNER)
    with a_backend(server) as backend:
        for act in (lambda: new_epoch(owner), lambda: prepare(owner, SERVICE)):
            with pytest.raises(NotReady, match="running"):
                act()
        former = backend.running.service.identity.epoch
    assert new_epoch(owner) != former


def test_a_service_under_which_the_database_was_restored_records_nothing_more(server: OnServer) -> None:
    with a_backend(server) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        server.cluster.sql("UPDATE meta SET value = 'other' WHERE name = 'epoch'", database=server.name)
        answer = mara.send(mara.batch(a_decision()))
        assert answer.status_code == 503
        assert backend.running.service.over.is_set()
        with pytest.raises(EpochOver), backend.running.service.changing():
            pass


def test_what_is_not_ready_is_told_before_anything_is_served(cluster: Cluster) -> None:
    empty = cluster.empty_database()
    with pytest.raises(NotReady, match="prepare"):
        OnServer(cluster, empty).open()
    prepare(cluster.dsn(empty), None)
    with pytest.raises(NotReady):  # nobody let the service in
        OnServer(cluster, empty).open()
    done = prepare(cluster.dsn(empty), SERVICE)
    assert (done.before, done.revision) == (HEAD, HEAD)
    OnServer(cluster, empty).open().close()
    with pytest.raises(NoSuchRole):
        prepare(cluster.dsn(empty), "nobody-here")
    cluster.sql("UPDATE alembic_version SET version_num = '0002'", database=empty)
    with pytest.raises(NotReady, match="prepare"):
        OnServer(cluster, empty).open()
    cluster.sql("UPDATE alembic_version SET version_num = '9999'", database=empty)
    for act in (OnServer(cluster, empty).open, lambda: prepare(cluster.dsn(empty), SERVICE)):
        with pytest.raises(DatabaseTooNew):
            act()


def test_a_database_whose_texts_are_in_another_order_is_refused(cluster: Cluster) -> None:
    cluster.sql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(NotReady, match="UTF-8"):
        prepare(cluster.dsn("latin", "postgres"), None)


def test_tables_of_the_first_release_are_upgraded(cluster: Cluster) -> None:
    from artist_console.backend.storage import upgrading
    from artist_console.backend.storage.postgresql import postgresql_engine
    from artist_console.backend.storage.revisions import REVISIONS

    name = cluster.empty_database()
    engine = postgresql_engine(cluster.dsn(name))
    with engine.begin() as connection:
        operations = upgrading.Operations(upgrading.MigrationContext.configure(connection))
        REVISIONS[0].upgrade(operations)
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('0001')"))
    engine.dispose()
    assert prepare(cluster.dsn(name), SERVICE).before == "0001"
    with a_backend(OnServer(cluster, name)) as backend:
        assert refusals(backend.sign_in(MARA_ACCOUNT), 1) == [Outcome.ACCEPTED]


def test_every_process_on_a_database_signs_with_one_key(server: OnServer, tmp_path: Path) -> None:
    said: list[str] = []
    dsn = server.cluster.dsn(server.name, SERVICE)
    folders = [ProfileFolder(tmp_path / name) for name in ("one", "two")]
    for folder in folders:
        folder.create()
    with opened(folders[0], dsn, host_name="", warn=said.append):
        with opened(folders[0], dsn, host_name="", warn=said.append):  # a second process over the same folder
            pass
        folders[1].keys.write_bytes(folders[0].keys.read_bytes())
        folders[1].keys.chmod(0o600)
        with opened(folders[1], dsn, host_name="", warn=said.append):
            pass
    assert said == []
    other = ProfileFolder(tmp_path / "three")
    other.create()
    fresh = OnServer(server.cluster, server.cluster.new_database())
    with opened(other, fresh.cluster.dsn(fresh.name, OWNER), host_name="", warn=said.append):
        pass
    assert len(said) == 1
    assert "prepare --role" in said[0]
    with pytest.raises(OtherKeys), opened(other, dsn, host_name="", warn=said.append):
        pass


def test_a_password_is_in_no_text(caplog: pytest.LogCaptureFixture, cluster: Cluster) -> None:
    from artist_console.backend.storage.postgresql import open_hosted

    caplog.set_level(logging.DEBUG)
    dsn = read_dsn(f"postgresql://service:canary-4711@127.0.0.1:{cluster.port}/nothing?connect_timeout=5")
    with pytest.raises(Exception) as told:  # noqa: PT011 - which one is not the point
        open_hosted(dsn)
    chain: BaseException | None = told.value
    texts = [repr(dsn), str(dsn), dsn.name, caplog.text]
    while chain is not None:
        texts += [str(chain), repr(chain)]
        chain = chain.__cause__ or chain.__context__
    assert not [text for text in texts if "canary-4711" in text]


def test_a_password_comes_by_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    assert dsn_given(None) is None
    with pytest.raises(PasswordInSight):
        dsn_given("postgresql://a:b@h/d")
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://a:b@h/d")
    found = dsn_given(None)
    assert found is not None
    assert found.parameters["password"] == "b"
    for text in ("mysql://a@h/d", "postgresql://a@h:port:more/d?x=y", "nonsense"):
        with pytest.raises(NotAnAddress):
            dsn_given(text)


def test_over_a_network_the_servers_certificate_is_checked() -> None:
    for here in ("postgresql:///d", "postgresql://a@localhost/d", "postgresql:///d?host=/run/postgresql"):
        assert "sslmode" not in read_dsn(here).connecting()
    assert read_dsn("postgresql://a@db.example/d").connecting()["sslmode"] == "verify-full"
    assert read_dsn("postgresql://a@db.example/d?sslmode=disable").connecting()["sslmode"] == "disable"


def test_waiting_for_a_writer_has_an_end(server: OnServer) -> None:
    database = server.open()
    with database.reading() as connection:
        assert connection.execute(sa.text("SHOW lock_timeout")).scalar() == "30s"
        assert connection.execute(sa.text("SHOW idle_in_transaction_session_timeout")).scalar() == "5min"
    database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")
def test_a_service_killed_in_mid_transaction_holds_nobody_up_and_leaves_no_half(
    server: OnServer, tmp_path: Path
) -> None:
    """Two processes push as fast as they can; one of them is killed again and again."""
    dsn = server.cluster.address(server.name, SERVICE)
    with a_backend(server) as here, ThreadPoolExecutor(1) as pool:
        here.clock.now = datetime.now(UTC)  # the other process has a real one
        steady = here.sign_in(MARA_ACCOUNT, "steady")
        beside = here.sign_in(MARA_ACCOUNT, "beside")
        with here.running.service.changing() as connection:
            # By the database, where the other process finds it too.
            issued = devices.sign_in(connection, "d-beside", MARA_ACCOUNT, "test", here.clock.now)
        beside.token = issued.access_token
        sent: list[str] = []
        for round in range(3):
            with _process(dsn, tmp_path) as (process, address):
                pushing = pool.submit(refusals, steady, 5)
                beside.base_url = address
                killer = threading.Timer(0.01 * (round + 1), process.kill)
                told = 0
                with suppress(requests.RequestException):
                    while True:
                        decision = a_decision(Stance.REFUSE, work_subject(f"beside-{len(sent)}"))
                        sent.append(decision.id)
                        beside.push(decision)
                        told += 1
                        if told == 2:
                            killer.start()
                killer.join()
                assert told >= 2
                assert set(pushing.result(timeout=60)) <= {Outcome.ACCEPTED, Outcome.ACCEPTED_OVER}
            # What was under way is not known: it is sent again as a new device would, and is there once.
            beside.base_url, beside.next_seq = here.running.base_url, 1
            beside.stream += "'"
            assert refusals(beside, 1) == [Outcome.ACCEPTED]
            beside.stream, beside.next_seq = f"beside-{round}", 1
        entries = [
            decode_row(Kind.ENTRY, msgspec.json.encode(item))
            for item in steady.get(f"ledger/{MARA}")["items"]
        ]
        assert check_chain(entries).holds
        ids = [entry.decision.id for entry in entries if entry.decision is not None]
        assert len(ids) == len(set(ids)) >= 3 * (5 + 2 + 1)
        # An entry has its row in the feed, its receipt and its outcome, or none of them is there.
        rows = {item["id"] for item in feed(steady) if item["kind"] == "entry"}
        assert rows == {f"{MARA}/{n}" for n in range(1, len(entries) + 1)}
        with here.running.service.database.reading() as connection:
            outcomes = set(connection.execute(sa.text("SELECT id FROM decisions")).scalars())
        assert outcomes == set(ids)


@contextmanager
def _process(dsn: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The service as a process of its own, over the keys that the other one signs with."""
    keys = ProfileFolder(folder / "service")
    keys.create()
    code = (
        "import sys; from pathlib import Path; from artist_console.backend.serve import serve;"
        "sys.exit(serve(Path(sys.argv[1])))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(keys.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, DATABASE_VARIABLE: dsn},
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[2]
    finally:
        process.kill()
        process.communicate()
