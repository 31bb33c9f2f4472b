"""A PostgreSQL server for tests: a cluster of its own in a temporary folder, a fresh database for each test.

The server is looked for where Debian has it and on the path. As root it runs as somebody else, since it
refuses to run as root. Where there is none, tests that need it say so and are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.storage.dsn import Dsn, read_dsn

SERVICE, OWNER = "service", "owner"
_TEMPLATE = "prepared"
_MEMORY_BYTES = 3_000_000_000


def _programs() -> Path | None:
    """The folder of `initdb` and `postgres`; the newest of several."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path and shutil.which("postgres") else None


def why_not() -> str:
    """Why no server can be started here; empty where it can."""
    if sys.platform == "win32":
        return "a PostgreSQL server is started for tests on POSIX systems only"
    if _programs() is None:
        return "no PostgreSQL server is installed (on Debian: sudo apt install postgresql)"
    if os.getuid() == 0 and _somebody() is None:
        return "PostgreSQL does not run as root, and there is no other account to run it as"
    return ""


def _somebody() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@dataclass
class Cluster:
    """A running server. Reached over a socket file and over TCP on the loopback address."""

    folder: Path
    port: int
    as_user: dict[str, Any]  # what `subprocess` needs to run as the server's account
    process: subprocess.Popen[bytes] | None = None
    _count: int = 0

    @property
    def programs(self) -> Path:
        found = _programs()
        assert found is not None
        return found

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def dsn(self, database: str, user: str = OWNER) -> Dsn:
        return read_dsn(self.address(database, user))

    def run(self, *command: str | Path) -> str:
        """Run a program of PostgreSQL as the account of the server."""
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            capture_output=True,
            text=True,
            **self.as_user,
            cwd=self.folder,
            env={"PATH": f"{self.programs}:{os.environ.get('PATH', '')}", "LC_ALL": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sql(
        self, *statements: str, database: str = "postgres", user: str = "postgres"
    ) -> list[tuple[Any, ...]]:
        """Run statements, each by itself; gives the rows of the last."""
        import psycopg  # an extra

        rows: list[tuple[Any, ...]] = []
        with psycopg.connect(self.address(database, user), autocommit=True) as connection:
            for statement in statements:
                found = connection.execute(statement.encode())
                rows = found.fetchall() if found.description else []
        return rows

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(str(self.programs / "postgres"), "-D", str(self.folder / "data")),
                    *("-c", f"port={self.port}", "-c", "listen_addresses=127.0.0.1"),
                    *("-c", f"unix_socket_directories={self.folder}", "-c", "max_connections=200"),
                    *("-c", "shared_buffers=32MB", "-c", "autovacuum=off", "-c", "logging_collector=off"),
                ],
                stdout=subprocess.DEVNULL,
                stderr=log,
                **self.as_user,
                cwd=self.folder,
            )
        self._wait()

    def _wait(self) -> None:
        import psycopg  # an extra

        assert self.process is not None
        while True:
            try:
                psycopg.connect(self.address()).close()
            except psycopg.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is the server's own fast end: as after a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=60)
            self.process = None

    def new_database(self) -> str:
        """A prepared, empty database."""
        self._count += 1
        name = f"t{self._count}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} OWNER {OWNER}")
        return name

    def empty_database(self) -> str:
        """One without tables."""
        self._count += 1
        name = f"e{self._count}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' OWNER {OWNER}")
        return name


def _quick_folder() -> str | None:
    """In memory, where that has room: a database for each test is a thousand files."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _MEMORY_BYTES:
        return str(memory)
    return None


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    from artist_console.backend.storage.preparing import prepare  # an extra

    # Short: the path of a socket file has 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="ac-pg-", dir=_quick_folder()) as name:
        folder = Path(name)
        as_user: dict[str, Any] = {}
        if os.getuid() == 0:
            user = _somebody()
            assert user is not None
            os.chown(folder, user.pw_uid, user.pw_gid)
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cluster = Cluster(folder, port, as_user)
        cluster.run(
            *(cluster.programs / "initdb", "-D", folder / "data", "--no-sync", "--auth=trust"),
            *("--username=postgres", "--encoding=UTF8", "--locale=C"),
        )
        cluster.start()
        try:
            cluster.sql(
                f"CREATE ROLE {OWNER} LOGIN",
                f"CREATE ROLE {SERVICE} LOGIN",
                f"CREATE DATABASE {_TEMPLATE} OWNER {OWNER}",
            )
            prepare(cluster.dsn(_TEMPLATE), SERVICE)
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server for the whole session; skips where none can be started."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with a_cluster() as running:
        yield running


@pytest.fixture
def hosted(cluster: Cluster) -> str:
    """The name of a fresh, prepared database; it goes with the server: dropping one waits for the disk."""
    return cluster.new_database()
