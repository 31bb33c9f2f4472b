"""One window per profile: a second start hands its file to the first and brings that to the front.

The first listens on a local socket that only its owner may open. What comes in only ever navigates: it raises
the window and may name one file, which is opened as if it had been dropped.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 2_000
_MOST_BYTES = 16_384
_LONGEST_PATH = 100  # a socket's path is 107 bytes at most
_OPEN, _ENDING = b"open\n", b"ending\n"


def _server_name(profile: Path) -> str:
    """The socket of a profile: in its private folder where its path is short enough, else by its hash."""
    inside = profile.resolve() / "window.sock"
    if sys.platform != "win32" and len(os.fsencode(inside)) <= _LONGEST_PATH:
        return str(inside)
    return f"artist-console-{hashlib.sha256(os.fsencode(profile.resolve())).hexdigest()[:24]}"


class WindowServer(QObject):
    """Listens for second starts. The profile is held by then, so a socket that is left there is stale."""

    raise_wished = Signal(str)  # path of a file, or empty

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = _OPEN
        self._name = _server_name(profile)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        QLocalServer.removeServer(self._name)
        self.is_listening = self._server.listen(self._name)

    def tell_ending(self) -> None:
        """The window is closing: a second start waits for its end instead of raising it."""
        self._answer = _ENDING

    def close(self) -> None:
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setParent(self)
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        file = _file_of(bytes(socket.readLine().data()))
        if file is None:
            socket.abort()
            return
        socket.write(self._answer)
        socket.disconnectFromServer()
        if self._answer is _OPEN:
            self.raise_wished.emit(file)


def _file_of(line: bytes) -> str | None:
    """The file that a second start names, or empty; None for what is no word of a second start."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    file = said.get("file", "") if isinstance(said, dict) else None
    return file if isinstance(file, str) and (not file or os.path.isabs(file)) else None


def hand_over(profile: Path, file: Path | None) -> bool | None:
    """Ask the window on a profile to come to the front, with a file.

    True: it does. False: it is about to end. None: no window answers there.
    """
    socket = QLocalSocket()
    socket.connectToServer(_server_name(profile))
    if not socket.waitForConnected(_WAIT_MS):
        return None
    named = str(file.absolute()) if file is not None else ""
    socket.write(json.dumps({"file": named}).encode() + b"\n")
    while not socket.canReadLine() and socket.waitForReadyRead(_WAIT_MS):
        pass
    answer = bytes(socket.readLine().data())
    socket.disconnectFromServer()
    return {_OPEN: True, _ENDING: False}.get(answer)
