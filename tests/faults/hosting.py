"""The service as `artist-console backend serve`: a process that can be killed and started again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from sqlcipher3 import dbapi2

from artist_console.backend.embedded import start_embedded, system_clock
from artist_console.backend.seed import SeedAccount, seed
from artist_console.backend.service import random_id
from artist_console.backend.storage import devices
from artist_console.backend.storage.database import open_database
from artist_console.commands.profiles import Outside
from artist_console.domain.ids import AccountId
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import ensure_key, open_secrets
from artist_console.host.subkeys import subkey
from artist_console.sync.api import Api
from artist_console.sync.tokens import KeptSignIn
from tests.store.records import ACCOUNT, Pair, artist_id, artist_rows, programme_rows

PROJECT = Path(__file__).absolute().parents[2]
PROGRAM = (sys.executable, "-m", "artist_console")
_CODE = re.compile(r"[A-Z2-9]{5}(?:-[A-Z2-9]{5}){3}")


def connect_by_token(base_url: str, token: str | KeptSignIn) -> Api:
    """Speaks to a service with a token that is held already."""
    assert isinstance(token, str)
    return Api(base_url, token)


OUTSIDE = Outside(start_embedded, connect_by_token)


def environment(home: Path) -> dict[str, str]:
    """What a process of these tests knows of the computer: nothing of the person's own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "PYTHONPATH": str(PROJECT),
        "PYTHONUTF8": "1",
        "ARTIST_CONSOLE_KEYRING": "off",
        "QT_QPA_PLATFORM": "offscreen",
    }


@dataclass
class HostedService:
    """A folder that is served by a process on a port of its own."""

    data: Path
    home: Path
    port: int
    process: subprocess.Popen[str] | None = None
    code: str = field(default="", repr=False)  # signs one device in; told at the first start

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def folder(self) -> ProfileFolder:
        return ProfileFolder(self.data)

    @property
    def database_key(self) -> bytes:
        with patch.dict(os.environ, {"ARTIST_CONSOLE_KEYRING": "off"}):
            return subkey(ensure_key(open_secrets(self.folder), "data", new_profile=False), "backend")

    def start(self) -> None:
        """Serve; returns once it says that it does."""
        self.process = subprocess.Popen(
            [*PROGRAM, "backend", "serve", "--data", str(self.data), "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(self.home),
            cwd=self.home,
        )
        assert self.process.stdout is not None
        self.take_greeting(self.process.stdout.readline())

    def take_greeting(self, line: str) -> None:
        assert self.base_url in line, line
        found = _CODE.search(line)
        self.code = found[0] if found else ""

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is closed."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(how)
            process.communicate(timeout=60)

    def sign_in(self) -> str:
        """A token that is good for long, put into the database beside the service."""
        database = open_database(self.folder.backend, self.database_key)
        try:
            with database.writing() as connection:
                now = system_clock()
                device = devices.sign_in(connection, random_id(), AccountId(ACCOUNT), "test", now)
                return devices.add_access(connection, device.device, now, timedelta(days=1))
        finally:
            database.close()

    def unsound(self) -> list[str]:
        """What SQLite finds wrong with the database as it lies there."""
        connection = dbapi2.connect(str(self.folder.backend))
        try:
            connection.execute(f"PRAGMA key = \"x'{self.database_key.hex()}'\"")
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            return [words for words in found if words != "ok"]
        finally:
            connection.close()


def make_hosted(folder: Path, works: int, rows: tuple[Pair, ...] = ()) -> HostedService:
    """A service with one artist whose account is the owner of it; not started yet."""
    home = folder / "home"
    home.mkdir(parents=True)
    made = HostedService(folder / "service", home, _free_port())
    made.folder.create()
    with patch.dict(os.environ, {"ARTIST_CONSOLE_KEYRING": "off"}):
        secrets = open_secrets(made.folder)
        data_key = ensure_key(secrets, "data", new_profile=True)
        signing_key = ensure_key(secrets, "signing", new_profile=True)
    owner = SeedAccount(AccountId(ACCOUNT), "Ines Vale", (artist_id(0),))
    seed(
        made.folder.backend,
        subkey(data_key, "backend"),
        signing_key,
        rows=[*programme_rows(), *artist_rows(0, works), *rows],
        accounts=[owner],
        owner=owner.id,
    )
    return made


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
