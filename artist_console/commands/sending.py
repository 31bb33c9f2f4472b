"""Sends a file to the service part by part; a lost connection costs the part that was under way.

The file is never held whole. The service says how far it has come; after an end in the middle the same file
goes on from there.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from artist_console.domain.problems import InputProblem, Problem
from artist_console.formats.wire import UPLOAD_PART_BYTES
from artist_console.host.files import open_file
from artist_console.sync.problems import RequestRefused, ServiceBusy, ServiceFailed, Unreachable

if TYPE_CHECKING:
    from artist_console.sync.api import Api

# Told bytes: how many are at the service, and of how many.
Sent = Callable[[int, int], None]
Pause = Callable[[float], None]
Message = TypeVar("Message")

_TRIES = 8  # without getting any further
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 10.0
# Trouble of the exchange that may be over at the next try.
PASSES = (Unreachable, ServiceBusy, ServiceFailed)


class FileChanged(InputProblem):
    title_template = "“{file}” changed while it was sent; nothing of it was taken over"
    advice_template = "Wait until it is written as a whole, then bring it in again"


def send_file(api: Api, path: Path, name: str, sent: Sent, *, pause: Pause = time.sleep) -> str:
    """Send a whole file and give the id of its upload. What `sent` raises gives the upload up.

    Raises FileProblem, FileChanged, and the problems of the exchange: after those the file goes on the next
    time where it stands.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        sending = _Sending(api, file, name, size, sent, pause)
        return sending.run(_hash_of(file, size, sent))


def _hash_of(file: BinaryIO, size: int, sent: Sent) -> str:
    found = hashlib.sha256()
    while part := file.read(UPLOAD_PART_BYTES):
        found.update(part)
        sent(0, size)
    return found.hexdigest()


class _Sending:
    def __init__(
        self,
        api: Api,
        file: BinaryIO,
        name: str,
        size: int,
        sent: Sent,
        pause: Pause,
    ) -> None:
        self._api = api
        self._file = file
        self._name = name
        self._size = size
        self._sent = sent
        self._pause = pause
        self._patience = _Patience(pause)

    def run(self, sha256: str) -> str:
        upload = patiently(lambda: self._api.begin_upload(self._name, self._size, sha256), self._pause)
        offset = upload.offset
        try:
            while offset < self._size:
                self._sent(offset, self._size)
                former, offset = offset, self._after(upload.id, offset)
                if offset > former:
                    self._patience.tries = 0
            self._sent(offset, self._size)
        except BaseException as error:
            # After trouble of the exchange it goes on from there the next time.
            if isinstance(error, FileChanged) or not isinstance(error, Problem):
                with suppress(Problem):
                    self._api.give_up_upload(upload.id)
            raise
        return upload.id

    def _after(self, id: str, offset: int) -> int:
        """Where the file stands after the part at `offset` was tried."""
        self._file.seek(offset)
        part = self._file.read(min(UPLOAD_PART_BYTES, self._size - offset))
        if not part:
            raise FileChanged(file=self._name)
        try:
            return self._api.send_part(id, offset, part).offset
        except RequestRefused as refused:
            if refused.malformed:
                raise
            self._patience.wait(refused)
        except PASSES as trouble:
            self._patience.wait(trouble)
        try:
            return self._api.upload(id).offset
        except PASSES:
            return offset


class _Patience:
    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        self.tries = 0

    def wait(self, trouble: Problem) -> None:
        """Before the next try. Raises what went wrong where it did too often."""
        self.tries += 1
        if self.tries > _TRIES:
            raise trouble
        asked = trouble.retry_after_s if isinstance(trouble, ServiceBusy) else None
        self._pause(min(_LONGEST_PAUSE_S, asked or _FIRST_PAUSE_S * 2 ** (self.tries - 1)))


def patiently(ask: Callable[[], Message], pause: Pause = time.sleep) -> Message:
    """The answer to what may be asked twice; trouble that passes by itself is waited out for a while."""
    patience = _Patience(pause)
    while True:
        try:
            return ask()
        except PASSES as trouble:
            patience.wait(trouble)
