"""Disks that fail or lose power: file layers in Python beneath the encryption, for the real store.

`FailingDisk` refuses the i-th of the calls that change something. `RecordingDisk` notes every call, so that
the state of the disk after a loss of power at any moment can be made: what was synced is there, of the rest
any part may be, torn at sectors.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

BASE = "win32" if sys.platform == "win32" else "unix"
SECTOR = 512
_numbers = itertools.count(1)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(BASE, name, flags)
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name)).name

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.on_read(self._name)
        return super().xRead(amount, offset)

    def xWrite(self, data: Any, offset: int) -> None:
        self._disk.on_write(self._name, bytes(data), offset)
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.on_truncate(self._name, size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.on_sync(self._name)
        super().xSync(flags)


class Disk(apsw.VFS):
    """A file layer that tells of every call that changes a file."""

    def __init__(self, name: str) -> None:
        # Never the same name twice: the layer of the encryption above it outlives this one, and would go on
        # with a disk that is no longer there.
        name = f"{name}-{next(_numbers)}"
        super().__init__(name, BASE)
        # What writes below the encryption is what the disk sees.
        self.vfs_name = f"multipleciphers-{name}"

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.on_delete(Path(filename).name, syncdir)
        super().xDelete(filename, syncdir)

    def on_read(self, name: str) -> None:
        """Called before data are read."""

    def on_write(self, name: str, data: bytes, offset: int) -> None:
        """Called before data are written."""

    def on_truncate(self, name: str, size: int) -> None:
        """Called before a file is cut."""

    def on_sync(self, name: str) -> None:
        """Called before a file is synced."""

    def on_delete(self, name: str, syncdir: bool) -> None:
        """Called before a file is deleted."""


class FailingDisk(Disk):
    """Refuses from the i-th changing call on, until it is mended."""

    def __init__(self, name: str, error: type[apsw.Error], *, once: bool) -> None:
        self.error = error
        self.once = once
        self.left: int | None = None  # calls that still go through; None: all
        self.struck = False  # whether any call was refused
        super().__init__(name)

    def _count(self) -> None:
        if self.left is None:
            return
        if self.left > 0:
            self.left -= 1
            return
        if self.once:
            self.left = None
        self.struck = True
        raise self.error("the disk of this test refuses")

    def on_write(self, name: str, data: bytes, offset: int) -> None:
        self._count()

    def on_truncate(self, name: str, size: int) -> None:
        self._count()

    def on_sync(self, name: str) -> None:
        self._count()


@dataclass(frozen=True)
class Call:
    kind: str  # write, truncate, sync, delete
    file: str
    data: bytes = b""
    at: int = 0  # offset, or size after a truncation


class RecordingDisk(Disk):
    """Notes every changing call in order."""

    def __init__(self, name: str) -> None:
        self.calls: list[Call] = []
        super().__init__(name)

    def on_write(self, name: str, data: bytes, offset: int) -> None:
        self.calls.append(Call("write", name, data, offset))

    def on_truncate(self, name: str, size: int) -> None:
        self.calls.append(Call("truncate", name, at=size))

    def on_sync(self, name: str) -> None:
        self.calls.append(Call("sync", name))

    def on_delete(self, name: str, syncdir: bool) -> None:
        self.calls.append(Call("delete", name))


@contextmanager
def registered(disk: Disk) -> Iterator[None]:
    try:
        yield
    finally:
        disk.unregister()


@dataclass
class _Content:
    durable: bytearray | None = None
    pending: list[Call] = field(default_factory=list)

    def settle(self, calls: Sequence[Call]) -> None:
        if self.durable is None:
            self.durable = bytearray()
        for call in calls:
            _apply(self.durable, call)


def _apply(content: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        del content[call.at :]
        return
    if len(content) < call.at:
        content.extend(bytes(call.at - len(content)))
    content[call.at : call.at + len(call.data)] = call.data


def after_power_loss(
    calls: Sequence[Call], chance: random.Random, *, syncs_lie: bool = False
) -> dict[str, bytes]:
    """The files as they may be found when the power goes after these calls."""
    files: dict[str, _Content] = {}
    for call in calls:
        content = files.setdefault(call.file, _Content())
        if call.kind == "sync":
            if not syncs_lie:
                content.settle(content.pending)
                content.pending.clear()
        elif call.kind == "delete":
            files[call.file] = _Content()
        else:
            content.pending.append(call)
    found: dict[str, bytes] = {}
    for name, content in files.items():
        luck = chance.choice(("all", "none", "some", "some"))
        survived = [
            _torn(call, chance)
            for call in content.pending
            if luck == "all" or (luck == "some" and chance.random() < 0.5)
        ]
        if survived:
            content.settle(survived)
        if content.durable is not None:
            found[name] = bytes(content.durable)
    return found


def _torn(call: Call, chance: random.Random) -> Call:
    """A write of which only the first sectors, or only the last, came down."""
    sectors = len(call.data) // SECTOR
    if call.kind != "write" or sectors < 2 or chance.random() < 0.7:
        return call
    cut = chance.randrange(1, sectors) * SECTOR
    if chance.random() < 0.5:
        return Call("write", call.file, call.data[:cut], call.at)
    return Call("write", call.file, call.data[cut:], call.at + cut)
