"""One process per profile, with real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from artist_console.domain.problems import FileProblem
from artist_console.host.lock import ProfileInUse, hold_profile, holder

# Takes the lock, says so, and keeps it until its input ends.
HOLD = """
import sys
from pathlib import Path
from artist_console.host.lock import hold_profile
lock = hold_profile(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_elsewhere(path: Path) -> Iterator[int]:
    """Another process holds the lock until the end of the block, where it is killed; gives its number."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == b"held"
            yield process.pid
        finally:
            process.kill()


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held_elsewhere(path) as process, pytest.raises(ProfileInUse) as caught:
        hold_profile(path)
    assert caught.value.fields["process"] == process
    assert caught.value.title == "Another Artist Console is using this profile"


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held_elsewhere(path):
        pass
    with hold_profile(path):
        assert holder(path) == os.getpid()


def test_a_released_profile_has_no_holder_and_can_be_held_again(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with hold_profile(path), pytest.raises(ProfileInUse):
        hold_profile(path)
    assert holder(path) is None
    with hold_profile(path):
        pass


def test_reading_the_holder_does_not_lose_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with hold_profile(path):
        assert holder(path) == os.getpid()
        with pytest.raises(ProfileInUse):
            hold_profile(path)


def test_an_absent_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be opened"):
        hold_profile(tmp_path / "absent" / "lock")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are of Unix")
def test_a_disk_that_takes_nothing_still_gives_the_lock(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from artist_console.host.lock import hold_profile\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "with hold_profile(Path(sys.argv[1])): print('held')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "lock")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("held\n", "")
