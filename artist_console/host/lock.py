"""One process per profile: a lock of the operating system on a file of the profile.

The system releases it when the process ends, however it ends, so no lock can be stale and no time limit
is needed. The file holds the process number of its holder, for a second start to name or to find.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from artist_console.domain.problems import FileProblem, SetupProblem

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading what is locked, so the lock lies far behind the process number.
    _LOCKED_BYTE = 1 << 20
else:
    import fcntl


class ProfileInUse(SetupProblem):
    """Another process holds the profile; the field `process` is its number, or None where it is unknown."""

    title_template = "Another Artist Console is using this profile"
    advice_template = "Close it first, or choose another folder with --data"


@dataclass(frozen=True, slots=True)
class ProfileLock:
    """A profile held by this process, until `release` or the end of the `with` block."""

    descriptor: int

    def release(self) -> None:
        """Let others use the profile. Call it once."""
        os.ftruncate(self.descriptor, 0)
        _unlock(self.descriptor)
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold_profile(path: Path) -> ProfileLock:
    """Take the lock file at `path` for this process.

    Raises ProfileInUse when another process, or another holder in this one, has it.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FileProblem(
            "The profile in {folder} could not be opened: {reason}",
            "Check that the folder exists and that you may write there",
            folder=str(path.parent),
            reason=error.strerror or type(error).__name__,
        ) from error
    try:
        _lock(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise ProfileInUse(process=holder(path)) from error
    # The number is for people; a full disk takes the lock and not the number.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    return ProfileLock(descriptor)


def holder(path: Path) -> int | None:
    """The process number written in a lock file; None when nobody holds it or it cannot be read."""
    try:
        return int(path.read_bytes()[:20])
    except (OSError, ValueError):
        return None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        # flock, not lockf: a POSIX lock is lost as soon as this process closes the file anywhere else.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
