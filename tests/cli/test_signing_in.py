"""Signing in, out and the list of devices, typed: against a real hosted service."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import keyring
import pytest

from artist_console.app import main
from artist_console.backend.embedded import start_embedded
from artist_console.commands.profiles import Outside, open_profile
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal
from tests.backend.sign_in.world import Hosted, a_hosted_service
from tests.commands.test_signing_in import Person
from tests.host.keyrings import MemoryKeyring
from tests.store.records import decide
from tests.ui.sample_profile import connect_to

from .test_documentation import assert_same_fields, documented


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv("ARTIST_CONSOLE_KEYRING")
    former = keyring.get_keyring()
    working = MemoryKeyring()
    keyring.set_keyring(working)
    yield working
    keyring.set_keyring(former)


Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run one command on a profile; gives its exit code and what it printed and noted."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--data", str(tmp_path / "device")])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def asked(found: tuple[int, str, str]) -> Any:
    code, printed, noted = found
    assert code == 0, noted
    return json.loads(printed)


def leave_a_decision(folder: Path) -> None:
    with (
        open_profile(ProfileFolder(folder), Outside(start_embedded, connect_to), may_be_new=False) as profile,
        closing(profile.open_store()) as store,
    ):
        journal.append(store, [decide()])


def test_who_runs_it_is_told_first_and_nothing_happens_without_a_yes(host: Hosted, typed: Typed) -> None:
    code, printed, noted = typed("sign-in", host.url, "--code", host.code(), "--keep-in-memory")
    assert (code, printed) == (1, "")
    assert "It cannot read:" in noted
    assert "- Contracts, cases" in noted
    assert "--yes" in noted
    assert host.live_devices() == 0


def test_signed_in_with_a_keyring_every_later_command_knows_it(
    host: Hosted, typed: Typed, ring: MemoryKeyring
) -> None:
    found = asked(typed("sign-in", host.url, "--code", host.code(), "--yes", "--json"))
    assert_same_fields(documented("sign-in ADDRESS"), found, "sign-in ADDRESS")
    assert (found["account"], found["kept_in"]) == ("Mara", "keyring")

    assert asked(typed("sync", "--json"))["sent"] == 0
    (device,) = asked(typed("devices", "list", "--json"))["devices"]
    assert device["this_one"] is True
    assert_same_fields(documented("devices list"), {"devices": [device]}, "devices list")
    assert "(this computer)" in typed("devices", "list")[1]

    out = asked(typed("sign-out", "--json"))
    assert_same_fields(documented("sign-out"), out, "sign-out")
    assert out["told"] is True
    assert host.live_devices() == 0
    code, _, noted = typed("sync")
    assert code == 1
    assert "Sign in again" in noted


def test_a_code_is_read_from_standard_input(
    host: Hosted, typed: Typed, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{host.code()}\n"))
    found = asked(typed("sign-in", host.url, "--code", "-", "--yes", "--json"))
    assert found["account"] == "Mara"


def test_without_a_keyring_the_sign_in_is_not_put_anywhere_else(host: Hosted, typed: Typed) -> None:
    code, _, noted = typed("sign-in", host.url, "--code", host.code(), "--yes")
    assert code == 1
    assert "this session only" in noted
    assert host.live_devices() == 0


def test_kept_in_memory_it_syncs_once_and_signs_out(host: Hosted, typed: Typed) -> None:
    found = asked(typed("sign-in", host.url, "--code", host.code(), "--keep-in-memory", "--yes", "--json"))
    assert found["kept_in"] == "memory"
    assert (found["sent"], found["waiting"], found["told"]) == (0, 0, True)
    assert host.live_devices() == 0


def test_in_the_browser(
    host: Hosted, typed: Typed, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.open", Person().open)
    code, printed, noted = typed("sign-in", host.url, "--yes")
    assert code == 0, noted
    assert printed == f"Signed in to {host.url} as Mara. Your keyring keeps the sign-in.\n"
    assert f"{host.url}/oauth/authorize" in noted


def test_without_a_screen_another_device_is_suggested(
    host: Hosted, typed: Typed, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    code, _, noted = typed("sign-in", host.url, "--yes")
    assert code == 1
    assert "on another device" in noted


def test_decisions_that_wait_keep_a_sign_out_until_it_is_chosen(
    host: Hosted, typed: Typed, ring: MemoryKeyring, tmp_path: Path
) -> None:
    asked(typed("sign-in", host.url, "--code", host.code(), "--yes", "--json"))
    leave_a_decision(tmp_path / "device")
    code, _, noted = typed("sign-out")
    assert code == 1
    assert "not sent yet: 1" in noted
    assert host.live_devices() == 1
    assert asked(typed("sign-out", "--leave-waiting", "--json"))["waiting"] == 1


def test_another_device_is_taken_off_the_list(host: Hosted, typed: Typed, ring: MemoryKeyring) -> None:
    host.sign_in("Phone")
    asked(typed("sign-in", host.url, "--code", host.code(), "--yes", "--json"))
    devices = asked(typed("devices", "list", "--json"))["devices"]
    (phone,) = (device["id"] for device in devices if device["name"] == "Phone")
    left = asked(typed("devices", "revoke", phone, "--json"))["devices"]
    assert [device["this_one"] for device in left] == [True]
    code, _, noted = typed("devices", "revoke", left[0]["id"])
    assert code == 1
    assert "Sign out instead" in noted


def test_a_profile_without_a_service_has_nothing_to_sign_out_of(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "device").mkdir()
    code, _, noted = typed("sign-out")
    assert code == 1
    assert "no profile" in noted
