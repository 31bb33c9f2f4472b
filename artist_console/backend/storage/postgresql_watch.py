"""The one connection of a process that stays: it hears what others announce, and shows that this one lives.

It holds two locks of the session for as long as the process runs: one that all services share, so that
nobody changes tables or begins a new epoch under them, and one by the process's own number.
"""

from __future__ import annotations

import logging
import secrets
import select
import socket
import threading
from collections.abc import Callable

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection

LOCKS = 0x41727443  # the class of our advisory locks: "ArtC"
_PROCESSES = LOCKS + 1
SERVING = 2
CHANNEL = "artist_console"

_BEAT_S = 30.0
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 15.0

_log = logging.getLogger(__name__)


class Watch:
    """Starts with a connection (else raises what the driver raises); `close` it at the end."""

    def __init__(self, connect: Callable[[], psycopg.Connection], name: str) -> None:
        self._connect = connect
        self._name = name
        self._number = secrets.randbelow(2**31)
        self._heard: list[Callable[[str], None]] = []
        self._wake, self._woken = socket.socketpair()
        self._closing = threading.Event()
        try:
            first = self._begin()
        except BaseException:
            self._wake.close()
            self._woken.close()
            raise
        # A database that nobody closed holds no process up.
        self._thread = threading.Thread(target=self._run, args=(first,), name="watch", daemon=True)
        self._thread.start()

    @property
    def process(self) -> str:
        return str(self._number)

    def lives(self, connection: Connection, process: str) -> bool:
        """Whether the process of this number holds its lock."""
        query = sa.text(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :class"
            " AND objid = :number AND objsubid = 2"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        if not process.isdecimal():
            return False
        held = {"class": _PROCESSES, "number": int(process)}
        return connection.execute(query, held).first() is not None

    def listen(self, heard: Callable[[str], None]) -> None:
        self._heard.append(heard)

    def close(self) -> None:
        """May be called twice."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._wake.send(b"x")
        self._thread.join()
        self._wake.close()
        self._woken.close()

    def _begin(self) -> psycopg.Connection:
        connection = self._connect()
        try:
            connection.autocommit = True
            connection.execute(f"SELECT pg_advisory_lock_shared({LOCKS}, {SERVING})")
            connection.execute(f"SELECT pg_advisory_lock({_PROCESSES}, {self._number})")
            connection.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _run(self, connection: psycopg.Connection) -> None:
        pause = _FIRST_PAUSE_S
        current: psycopg.Connection | None = connection
        while not self._closing.is_set():
            try:
                if current is None:
                    current = self._begin()
                    self._tell("")  # what was announced meanwhile was not heard
                    pause = _FIRST_PAUSE_S
                self._listen_to(current)
            except psycopg.Error as error:
                _log.warning("the connection that hears %s was lost: %s", self._name, type(error).__name__)
                if current is not None:
                    current.close()
                    current = None
                self._closing.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
        if current is not None:
            current.close()

    def _listen_to(self, connection: psycopg.Connection) -> None:
        """Until this watch is closed. Raises psycopg.Error where the connection is lost."""
        while not self._closing.is_set():
            ready, _, _ = select.select([connection.fileno(), self._woken.fileno()], [], [], _BEAT_S)
            if not ready:
                connection.execute("SELECT 1")  # else a server that vanished is never noticed
            connection.pgconn.consume_input()
            while (told := connection.pgconn.notifies()) is not None:
                self._tell(told.extra.decode(errors="replace"))

    def _tell(self, message: str) -> None:
        for heard in self._heard:
            heard(message)
