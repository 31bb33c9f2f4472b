"""The hosted service dies and comes back from yesterday's copy, while two devices hold decisions for it.

Everything is real: the service and its backup by command line, killed by SIGKILL; one device by command line,
the other through the window, each signed in by a one-time code.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import keyring
import pytest
from PySide6.QtWidgets import QApplication

from artist_console.backend.embedded import start_embedded
from artist_console.commands.console import Console
from artist_console.commands.profiles import Outside, open_profile
from artist_console.commands.syncing import SyncState, status
from artist_console.domain.decisions import Outcome
from artist_console.formats import ledger_proof
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal, mirror
from artist_console.sync.api import Api
from artist_console.sync.signing_in import reach
from artist_console.sync.tokens import KeptSignIn
from tests.faults.forked import Child, command_line
from tests.faults.hosting import HostedService, environment, make_hosted
from tests.journeys import pocket_keyring
from tests.journeys.pocket_keyring import PocketKeyring
from tests.store.records import artist_id, work_id
from tests.ui.sample_profile import OpenWindow

ARTIST = artist_id(0)
WORKS = 8
USE = ("--use", "train.generative")
PROGRAMME = ("--programme", "Harmonia 2")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are forked, and killed by a signal")


def connect_to(base_url: str, token: str | KeptSignIn) -> Api:
    return Api(base_url, token) if isinstance(token, str) else reach(base_url, token)


OUTSIDE = Outside(start_embedded, connect_to)


def command(environ: dict[str, str], *arguments: str, code: int = 0) -> list[str]:
    """Run the program to its end; gives the lines it printed."""
    child = Child(environ, command_line, *arguments)
    child.wait()
    assert child.exit_code == code, child.said
    return child.said


@dataclass(frozen=True)
class OneDevice:
    """A profile of its own with a keyring of its own, used by command line."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "profile"

    @property
    def environ(self) -> dict[str, str]:
        kept = environment(self.folder)
        del kept["ARTIST_CONSOLE_KEYRING"]
        return kept | {
            pocket_keyring.ENVIRONMENT: pocket_keyring.NAME,
            pocket_keyring.PLACE: str(self.folder / "keyring.json"),
        }

    def do(self, *arguments: str) -> list[str]:
        return command(self.environ, *arguments, "--data", str(self.data))

    def refused(self, *arguments: str) -> str:
        (sentence,) = command(self.environ, *arguments, "--data", str(self.data), code=1)
        return sentence

    def asked(self, *arguments: str) -> Any:
        return json.loads("\n".join(self.do(*arguments, "--json")))

    def sign_in(self, service: HostedService, code: str) -> None:
        self.do("sign-in", service.base_url, "--code", code, "--yes")

    def refuse(self, *numbers: int) -> None:
        named = [part for number in numbers for part in ("--work", work_id(0, number))]
        self.do("decide", "refuse", *named, *USE)

    def allow(self, number: int) -> None:
        self.do("decide", "allow", "--work", work_id(0, number), *PROGRAMME, *USE, "--yes")

    def sync(self) -> Any:
        return self.asked("sync")

    @contextmanager
    def opened(self) -> Iterator[Console]:
        """The profile in this process, to look at."""
        place = {pocket_keyring.PLACE: self.environ[pocket_keyring.PLACE]}
        with (
            patch.dict(os.environ, place),
            open_profile(ProfileFolder(self.data), OUTSIDE, may_be_new=False) as profile,
        ):
            console = profile.console()
            try:
                yield console
            finally:
                console.store.close()

    def ledger(self) -> list[tuple[str, str]]:
        """What this device shows of the ledger: stance and work, in order; its chain holds."""
        with self.opened() as console:
            held = mirror.ledger(console.store, ARTIST)
        assert ledger_proof.check_chain(held).holds
        found = [entry.decision for entry in held if entry.decision is not None]
        return [(made.stance.value, made.register.subject.id) for made in found]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[HostedService]:
    made = make_hosted(tmp_path / "hosted", WORKS)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def by_command_line(tmp_path: Path) -> OneDevice:
    return _a_device(tmp_path / "laptop")


@pytest.fixture
def by_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OneDevice]:
    """A device whose keyring this process uses as well: here the window runs."""
    device = _a_device(tmp_path / "desk")
    former = keyring.get_keyring()
    keyring.set_keyring(PocketKeyring())  # type: ignore[no-untyped-call]
    monkeypatch.delenv("ARTIST_CONSOLE_KEYRING", raising=False)
    monkeypatch.setenv(pocket_keyring.PLACE, device.environ[pocket_keyring.PLACE])
    yield device
    keyring.set_keyring(former)


def _a_device(folder: Path) -> OneDevice:
    folder.mkdir()
    return OneDevice(folder)


def _invited(service: HostedService) -> str:
    """A code for one more device of the same account, made beside the running service."""
    wanted = ("backend", "accounts", "invite", "Ines Vale", "--json", "--data", str(service.data))
    return str(json.loads("\n".join(command(environment(service.home), *wanted)))["code"])


def _back_from(service: HostedService, copy: Path) -> None:
    """The service dies; what is put back knows nothing of what came after the copy."""
    service.kill()
    command(environment(service.home), "backend", "restore", str(copy), "--data", str(service.data))
    service.start()


def test_a_service_that_comes_back_from_yesterdays_copy_gets_everything_and_both_devices_say_so(
    service: HostedService,
    by_command_line: OneDevice,
    by_window: OneDevice,
    tmp_path: Path,
    qapp: QApplication,
) -> None:
    laptop, desk = by_command_line, by_window
    laptop.sign_in(service, service.code)
    desk.sign_in(service, _invited(service))
    laptop.sync()
    desk.sync()

    # Until yesterday: both have answered, both have heard of it.
    laptop.refuse(1)
    assert laptop.sync()["accepted"] == 1
    desk.sync()
    desk.allow(2)
    assert desk.sync()["accepted"] == 1
    laptop.sync()
    copy = tmp_path / "yesterday.backup"
    command(environment(service.home), "backend", "backup", str(copy), "--data", str(service.data))

    # Today: answers with receipts that the copy does not know.
    laptop.refuse(3)
    assert laptop.sync()["accepted"] == 1
    desk.sync()
    desk.allow(4)
    assert desk.sync()["accepted"] == 1

    # And answers that wait when the service dies. Here is a no to what was allowed there today, unseen; and a
    # no and a yes to the same work.
    laptop.refuse(4, 5)
    desk.allow(5)
    desk.refuse(6)
    _back_from(service, copy)

    # A copy does not know which devices were revoked since: each signs in again, and keeps what waits.
    assert "Sign in again" in laptop.refused("sync")
    laptop.sign_in(service, _invited(service))
    desk.sign_in(service, _invited(service))
    told = laptop.sync()
    assert told["restored"] is True

    window = OpenWindow(qapp, desk.data, outside=OUTSIDE)
    try:
        window.main.sync.sync()
        window.settle()
        notice = window.main.frame.notice
        assert notice.isVisibleTo(window.main)
        words = window.main.sync.notice().words
        assert words == "The service was restored. 1 decision confirmed again. 1 needs attention."
    finally:
        window.close()

    # What the restored copy knew comes first; what it did not, came again, each device's in its order.
    laptop.sync()
    desk.sync()
    truth = laptop.ledger()
    assert truth == desk.ledger()
    assert truth[:2] == [("refuse", work_id(0, 1)), ("allow", work_id(0, 2))]
    assert truth[2:] == [("refuse", work_id(0, number)) for number in (3, 4, 5, 6)]
    _check_end(laptop, asks=[], confirmed=2, attention=0)
    _check_end(desk, asks=[work_id(0, 4), work_id(0, 5)], confirmed=1, attention=1)


def _check_end(device: OneDevice, asks: list[str], confirmed: int, attention: int) -> None:
    """Nothing waits, what could not be applied is shown, and the person is told of the restore."""
    with device.opened() as console:
        needing = journal.needing_person(console.store)
        assert {entry.outcome for entry in needing} <= {Outcome.CONFLICT}
        assert [entry.decision.register.subject.id for entry in needing] == asks
        found = status(console)
        told = found.restored
        assert told is not None
        assert (told.confirmed, told.attention, told.waiting) == (confirmed, attention, 0)
        assert found.waiting == 0
        assert found.state is (SyncState.CONFLICTS if asks else SyncState.UP_TO_DATE)
        for entry in journal.entries(console.store):
            if entry.outcome in journal.APPLIED:
                assert journal.receipts(console.store, entry.decision.id)
