"""The service as a process of its own, over one folder of data: `artist-console backend serve`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from artist_console.formats.receipts import SignerRole
from artist_console.host.lock import hold_profile
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import ensure_key, open_secrets
from artist_console.host.subkeys import subkey

from .app import create_app
from .authentication import issue_code
from .embedded import system_clock
from .service import Clock, Service, ensure_owner, make_service
from .serving import Serving
from .sign_in.desk import make_desk
from .sign_in.routes import sign_in_router
from .sign_in.settings import read_settings
from .storage import devices
from .storage.database import Database, open_database

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8765
_OWNER = "Host"
_LOOK_EVERY_S = 1.0  # a wait without end cannot be interrupted on Windows


def serve(
    data_dir: Path,
    port: int = DEFAULT_PORT,
    host: str = LOOPBACK,
    *,
    host_name: str = "this service",
    public_url: str = "",
    say: Callable[[str], None] | None = None,
    clock: Clock = system_clock,
) -> int:
    """Serve until SIGTERM or Ctrl-C; gives the exit code. Main thread only.

    Says one line with the address and, as long as no device has ever signed in, a one-time code. Speaks plain
    HTTP: in front of any address but the loopback one belongs a proxy with TLS; `public_url` is its address.
    Raises StorageProblem, FileProblem, SetupProblem.
    """
    folder = ProfileFolder(data_dir)
    folder.create()
    ended = threading.Event()
    former = _end_on_signals(ended)
    try:
        with hold_profile(folder.lock):
            settings = read_settings(os.environ, public_url)
            service = open_service(folder, host_name=host_name, clock=clock)
            try:
                pages = sign_in_router(make_desk(service, settings))
                serving = Serving(create_app(service, pages), host, port)
                try:
                    (say or _print)(_greeting(service, serving.base_url))
                    while not ended.wait(_LOOK_EVERY_S):
                        pass
                finally:
                    serving.stop()
            finally:
                service.close()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    return 0


def open_service(folder: ProfileFolder, *, host_name: str, clock: Clock = system_clock) -> Service:
    """The service over the folder's database, with the keys of `host.secrets`; `close` it at the end."""
    secrets = open_secrets(folder)
    new = not folder.backend.exists()
    data_key = ensure_key(secrets, "data", new_profile=new)
    signing_key = ensure_key(secrets, "signing", new_profile=new)
    database: Database = open_database(folder.backend, subkey(data_key, "backend"))
    try:
        return make_service(
            database,
            signing_key,
            host_name=host_name,
            role=SignerRole.HOSTED_SERVICE,
            clock=clock,
            keep_files_in=folder.imports,
        )
    except BaseException:
        database.close()
        raise


def _greeting(service: Service, address: str) -> str:
    owner = ensure_owner(service, _OWNER)
    with service.database.reading() as connection:
        first = not devices.any_device(connection)
    line = f"Serving on {address}"
    return f"{line} · sign in once with the code {issue_code(service, owner)}" if first else line


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


_Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None


def _end_on_signals(ended: threading.Event) -> dict[signal.Signals, _Handler]:
    """Gives the handlers that were there before."""

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    return {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
