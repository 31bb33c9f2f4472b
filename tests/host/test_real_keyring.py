"""The keys of a profile in a real Secret Service: gnome-keyring on a bus of its own, made anew each time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from artist_console.host.keyring_troubles import KeyringState

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a Secret Service is what Linux has"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}"),
]

# A bus that starts no service by itself: the keyring that a test kills stays away, and no window is tried.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


Act = Callable[[str], Any]


@pytest.fixture
def act(tmp_path: Path) -> Act:
    """Runs one of the acts of `keyring_session` in a session of its own; gives what it printed."""
    for name in ("home", "data/keyrings", "run", "cache"):
        (tmp_path / name).mkdir(parents=True, mode=0o700)
    bus = tmp_path / "bus.conf"
    bus.write_text(BUS)
    kept = {name: os.environ[name] for name in ("PATH", "COVERAGE_PROCESS_START") if name in os.environ}
    environ = kept | {
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        "ARTIST_CONSOLE_KEYRING": "",
        "PYTHONUTF8": "1",
    }

    def run(name: str) -> Any:
        command = [sys.executable, "-m", "tests.host.keyring_session", name, str(tmp_path / "profile")]
        ended = subprocess.run(
            ["dbus-run-session", "--config-file", str(bus), "--", *command],
            check=False,
            capture_output=True,
            text=True,
            env=environ,
            cwd=Path(__file__).resolve().parents[2],
            timeout=300,
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return run


def test_a_keyring_that_works_holds_the_keys(act: Act) -> None:
    found = act("working")
    assert found["state"] == KeyringState.WORKS.value
    assert (found["same"], found["absent"]) == (True, None)
    assert found["record"]["backend"] == "keyring.backends.SecretService.Keyring"
    assert set(found["record"]) == {"kept_in", "service", "backend"}
    assert found["too_long"][0] == "SecretTooLong"
    assert found["entries"] == 1  # what was tried out is gone, and what was too long was never sent


def test_a_keyring_that_is_locked_is_told_and_unlocks_nothing_else(act: Act) -> None:
    found = act("locked")
    assert found["told"][0] == "KeyringLocked"
    assert "is locked" in found["told"][1]
    assert found["state"] == KeyringState.LOCKED.value
    assert found["unchanged"]


def test_a_question_of_the_keyring_that_is_turned_down_is_told(act: Act) -> None:
    found = act("denied")
    assert found["told"][0] == "KeyringDenied"
    assert found["state"] == KeyringState.DENIED.value
    assert found["new"][0] == "PlaceNotChosen"
    assert "did not let Artist Console in" in found["new"][1]


def test_a_keyring_that_is_killed_meanwhile_is_told_and_good_once_it_is_back(act: Act) -> None:
    found = act("killed")
    assert found["told"][0] == "KeyringAbsent"
    assert found["anew"][0] == "KeyringAbsent"
    assert found["back"]


def test_a_keyring_that_hangs_costs_the_deadline_once(act: Act) -> None:
    found = act("hanging")
    assert found["told"][0] == found["again"][0] == "KeyringHangs"
    assert "did not answer in time (1 s)" in found["told"][1]
    assert 1 <= found["waited_s"] < 2
    assert found["back"]


def test_a_lost_entry_of_the_keyring_loses_no_decision(act: Act) -> None:
    found = act("lost_entry")
    assert found["kept_in"] == "keyring"
    assert found["entries"] == 3
    assert found["told"][0] == "KeyMissing"
    assert "missing from the keyring" in found["told"][1]
    assert "recovery code" in found["told"][1]
    assert (found["recovered_into"], found["former"]) == ("keyring", True)
    assert len(found["before"]) == 1
    assert found["after"] == found["before"]
    assert (found["moved_to"], found["left_in_the_keyring"]) == ("file", 0)
