"""A profile is taken by one process, keeps its keys, and is never opened with new ones."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from artist_console.commands.profiles import NoProfile, is_profile, open_profile
from artist_console.commands.signers import read_signers
from artist_console.host.lock import ProfileInUse
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import KeyMissing
from artist_console.store import journal
from artist_console.store.problems import StoreDamaged
from tests.backend.world import Clock
from tests.commands.desks import outside


@pytest.fixture
def folder(tmp_path: Path) -> ProfileFolder:
    return ProfileFolder(tmp_path / "profile")


def make(folder: ProfileFolder) -> bytes:
    """Make a profile with a journal; gives its data key."""
    with open_profile(folder, outside(Clock()), may_be_new=True) as profile:
        profile.open_store().close()
        return profile.keys.data


def test_a_folder_without_a_profile_is_not_made_one_by_looking(folder: ProfileFolder) -> None:
    with pytest.raises(NoProfile):
        open_profile(folder, outside(Clock()), may_be_new=False)
    assert not folder.root.exists()


def test_a_profile_keeps_its_keys(folder: ProfileFolder) -> None:
    first = make(folder)
    with open_profile(folder, outside(Clock()), may_be_new=False) as profile:
        assert profile.keys.data == first


def test_two_profiles_have_keys_of_their_own(tmp_path: Path) -> None:
    assert make(ProfileFolder(tmp_path / "one")) != make(ProfileFolder(tmp_path / "two"))


def test_a_second_start_is_told_who_has_the_profile(folder: ProfileFolder) -> None:
    with open_profile(folder, outside(Clock()), may_be_new=True), pytest.raises(ProfileInUse):
        open_profile(folder, outside(Clock()), may_be_new=True)


def test_a_journal_without_its_key_is_told_and_left_as_it_is(folder: ProfileFolder) -> None:
    make(folder)
    before = folder.journal.read_bytes()
    folder.keys.unlink()
    with pytest.raises(KeyMissing):
        open_profile(folder, outside(Clock()), may_be_new=True)
    assert folder.journal.read_bytes() == before
    assert not folder.keys.exists()


def test_a_failed_start_lets_the_profile_go(folder: ProfileFolder) -> None:
    make(folder)
    keys = folder.keys.read_bytes()
    folder.keys.unlink()
    with pytest.raises(KeyMissing):
        open_profile(folder, outside(Clock()), may_be_new=False)
    folder.keys.write_bytes(keys)
    open_profile(folder, outside(Clock()), may_be_new=False).close()


def test_the_keys_are_in_no_repr(folder: ProfileFolder) -> None:
    with open_profile(folder, outside(Clock()), may_be_new=True) as profile:
        console = profile.console()
        shown = repr(profile) + repr(console)
        console.store.close()
        for key in (profile.keys.data, profile.keys.receipt, profile.keys.report):
            assert key.hex() not in shown
            assert repr(key) not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_folder_is_open_to_this_user_only(folder: ProfileFolder) -> None:
    make(folder)
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.keys.stat().st_mode) == 0o600


def test_own_keys_are_known_signers_without_any_secret_in_the_file(folder: ProfileFolder) -> None:
    with open_profile(folder, outside(Clock()), may_be_new=True) as profile:
        signers = read_signers(folder.signers)
        assert [signer.own for signer in signers] == [True, True]
        content = folder.signers.read_bytes()
        assert profile.keys.report not in content
    assert is_profile(folder)


KILLED = """
import os, signal, sys
from pathlib import Path
from artist_console.commands.profiles import open_profile
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal
from tests.backend.world import Clock
from tests.commands.desks import outside
from tests.store.records import decide
profile = open_profile(ProfileFolder(Path(sys.argv[1])), outside(Clock()), may_be_new=True)
store = profile.open_store()
made = [decide() for _ in range(40)]
journal.append(store, made)
print(*(each.id for each in made), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_start_after_a_kill_looks_at_everything_and_has_every_decision(folder: ProfileFolder) -> None:
    here = Path(__file__).resolve().parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder.root)],
        cwd=here,
        check=False,
        capture_output=True,
        text=True,
    )
    assert killed.returncode == -9, killed.stderr
    with open_profile(folder, outside(Clock()), may_be_new=False) as profile, profile.open_store() as store:
        assert [entry.decision.id for entry in journal.pending(store)] == killed.stdout.split()
    log = (folder.log / "artist-console.log").read_text()
    assert log.count("the last end was not clean") == 1
    with open_profile(folder, outside(Clock()), may_be_new=False):
        pass
    assert (folder.log / "artist-console.log").read_text().count("the last end was not clean") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_journal_that_is_damaged_in_a_crash_is_told_before_anything_is_done(folder: ProfileFolder) -> None:
    here = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", KILLED, str(folder.root)]
    subprocess.run(command, cwd=here, check=False, capture_output=True)
    log = folder.root / "journal.db-wal"
    assert log.stat().st_size > 0
    with open_profile(folder, outside(Clock()), may_be_new=False) as profile:
        profile.open_store().close()  # the log is in the database now
    content = bytearray(folder.journal.read_bytes())
    content[len(content) // 2] ^= 1
    folder.journal.write_bytes(bytes(content))
    log.write_bytes(b"")  # as a program leaves it that was killed before its first commit
    with pytest.raises(StoreDamaged, match=r"journal\.db is damaged"):
        open_profile(folder, outside(Clock()), may_be_new=False)
    assert folder.journal.read_bytes() == bytes(content)
