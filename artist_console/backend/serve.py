"""The service as a process of its own: `artist-console backend serve`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from artist_console.host.paths import ProfileFolder

from .app import create_app
from .authentication import issue_code
from .doors import Door, OpenDoor, open_door
from .embedded import system_clock
from .opening import opened
from .service import Clock, Service, ensure_owner
from .serving import Serving
from .sign_in.desk import make_desk
from .sign_in.routes import sign_in_router
from .sign_in.settings import read_settings
from .storage import devices
from .storage.dsn import dsn_given
from .storage.settings import need_client
from .storage.troubles import EpochOver

UNNAMED = "this service"
_OWNER = "Host"
_LOOK_EVERY_S = 1.0  # a wait without end cannot be interrupted on Windows
_LOOK_AT_CERTIFICATE_EVERY = 60


def serve(
    data_dir: Path,
    door: Door | None = None,
    *,
    database: str | None = None,
    host_name: str = UNNAMED,
    say: Callable[[str], None] | None = None,
    warn: Callable[[str], None] | None = None,
    clock: Clock = system_clock,
    minimum_client: str | None = None,
) -> int:
    """Serve until SIGTERM or Ctrl-C; gives the exit code. Main thread only.

    Says one line with the address and, as long as no device has ever signed in, a one-time code; `warn` gets
    what the host should know. `database` is the address of a PostgreSQL database, else the environment's,
    else the records are in `data_dir`. `minimum_client`, which is kept, is the oldest application that
    anything is taken from, or "" for any.
    Raises StorageProblem, FileProblem, SetupProblem, InputProblem.
    """
    door, say, warn = door or Door(), say or _print, warn or _print_aside
    folder = ProfileFolder(data_dir)
    folder.create()
    ended = threading.Event()
    former = _end_on_signals(ended)
    try:
        settings = read_settings(os.environ, door.public_url)
        way_in = open_door(door, clock(), warn)
        dsn = dsn_given(database)
        with opened(folder, dsn, host_name=host_name, clock=clock, warn=warn) as service:
            if minimum_client is not None:
                with service.changing() as connection:
                    need_client(connection, minimum_client)
            pages = sign_in_router(make_desk(service, settings))
            tls = way_in.renewing.context if way_in.renewing is not None else None
            serving = Serving(
                create_app(service, pages), way_in.host, way_in.port, guard=way_in.guard, tls=tls
            )
            try:
                say(_greeting(service, door.public_url or serving.base_url))
                _until_ended(ended, service, way_in, clock)
            finally:
                serving.stop()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    return 0


def _until_ended(ended: threading.Event, service: Service, way_in: OpenDoor, clock: Clock) -> None:
    """Raises EpochOver where the database was restored under the service: it has to start anew."""
    looks = 0
    while not ended.wait(_LOOK_EVERY_S):
        if service.over.is_set():
            raise EpochOver(name=service.database.name)
        looks += 1
        if way_in.renewing is not None and looks % _LOOK_AT_CERTIFICATE_EVERY == 0:
            way_in.renewing.look(clock())


def _greeting(service: Service, address: str) -> str:
    owner = ensure_owner(service, _OWNER)
    with service.database.reading() as connection:
        first = not devices.any_device(connection)
    line = f"Serving on {address}"
    return f"{line} · sign in once with the code {issue_code(service, owner)}" if first else line


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _print_aside(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


_Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None


def _end_on_signals(ended: threading.Event) -> dict[signal.Signals, _Handler]:
    """Gives the handlers that were there before."""

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    return {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
