"""Whole ledgers as the application checks and exports them, after services that lied or went back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.commands.console import Console
from artist_console.commands.ids import new_uuid7
from artist_console.commands.ledgers import (
    CheckedLedgers,
    LedgerVerdict,
    NoLedger,
    export_ledgers,
    trust_key,
    verify_ledger_file,
    verify_ledgers,
)
from artist_console.commands.signers import Signer, add_signer
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.receipt_proof import key_members
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder
from artist_console.store import heads, journal
from artist_console.sync.head_problems import HeadKeyUnknown, LedgerForked
from artist_console.sync.problems import Unreachable
from tests.store.records import artist_id, decide
from tests.sync.devices import SIGNING_KEY, START, Device, Service, serving
from tests.sync.lying import LyingLine, signed_anew, with_head

KEY = SigningKey(SIGNING_KEY)
STRANGER = SigningKey(bytes(range(100, 132)))
OTHER = "ab" * 32


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def device(tmp_path: Path, service: Service) -> Iterator[Device]:
    made = Device(tmp_path / "device", service, LyingLine())
    yield made
    made.close()


@pytest.fixture
def console(tmp_path: Path, device: Device) -> Console:
    folder = ProfileFolder(tmp_path / "profile")
    folder.create()
    return Console(device.store, None, lambda: START, new_uuid7, folder, lambda: KEY)


def line(device: Device) -> LyingLine:
    assert isinstance(device.line, LyingLine)
    return device.line


def decided(device: Device, count: int = 1) -> None:
    journal.append(device.store, [decide() for _ in range(count)])
    device.sync()


def known(console: Console) -> None:
    add_signer(console.folder.signers, Signer(KEY.public, "Harmonia", START.date(), own=False))


def not_passed(found: CheckedLedgers) -> list[tuple[CheckState, str]]:
    return [(c.state, c.words) for each in found.ledgers for c in each.checks if not c.passed]


def test_a_ledger_holds_once_somebody_vouches_for_the_key(console: Console, device: Device) -> None:
    with pytest.raises(NoLedger):
        verify_ledgers(console)
    decided(device, 3)
    found = verify_ledgers(console)
    assert found.verdict is LedgerVerdict.NOT_ALL_CHECKED
    ((state, words),) = not_passed(found)
    assert state is CheckState.CANNOT
    assert "nobody here vouches" in words, "a key that was only seen first is told as that"
    known(console)
    assert verify_ledgers(console).verdict is LedgerVerdict.HOLDS


def test_evidence_against_a_service_stays_told(console: Console, device: Device, tmp_path: Path) -> None:
    known(console)
    decided(device, 2)
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, root=OTHER))
    with pytest.raises(LedgerForked):
        decided(device)
    line(device).lies.clear()
    device.sync()
    found = verify_ledgers(console)
    assert found.verdict is LedgerVerdict.CHANGED
    ((state, words),) = not_passed(found)
    assert (state, "cannot both be true" in words) == (CheckState.FAILED, True)
    made = export_ledgers(console, tmp_path / "l.jsonl")
    assert (made.ledgers, made.entries, made.signed_heads) == (1, 3, 2)
    elsewhere = verify_ledger_file(made.path)
    assert elsewhere.verdict is LedgerVerdict.CHANGED, "the file shows it to anybody"


def test_a_service_that_went_back_is_told_for_good(
    console: Console, device: Device, service: Service, tmp_path: Path
) -> None:
    known(console)
    decided(device)
    service.back_up()
    decided(device, 2)
    service.restore(says_so=False)
    service.clock.tick()
    device.sync()
    decided(device)
    found = verify_ledgers(console)
    assert found.verdict is LedgerVerdict.CHANGED
    ((_, words),) = not_passed(found)
    assert "signed a head of 3 entries" in words
    made = export_ledgers(console, tmp_path / "l.jsonl")
    assert verify_ledger_file(made.path, console.folder.signers).verdict is LedgerVerdict.CHANGED


def test_a_restore_that_says_so_is_no_accusation(console: Console, device: Device, service: Service) -> None:
    known(console)
    decided(device)
    service.back_up()
    decided(device, 2)
    service.restore()
    service.clock.tick()
    device.sync()
    found = verify_ledgers(console)
    assert found.verdict is LedgerVerdict.NOT_ALL_CHECKED
    ((state, words),) = not_passed(found)
    assert (state, words.startswith("Before it was restored")) == (CheckState.CANNOT, True)


def test_what_was_signed_ahead_of_the_entries_here_is_told(
    console: Console, device: Device, tmp_path: Path, service: Service
) -> None:
    known(console)
    other = Device(tmp_path / "other", service, LyingLine())
    other.sync()
    journal.append(device.store, [decide()])
    line(device).before["/head"] = lambda: decided(other)
    device.sync()
    found = verify_ledgers(console)
    assert [each.signed_size for each in found.ledgers] == [None]
    told = "".join(words for _, words in not_passed(found))
    assert "has signed 2 entries, and not all of them are here" in told
    made = export_ledgers(console, tmp_path / "l.jsonl")
    assert made.signed_heads == 0
    device.sync()
    assert verify_ledgers(console).verdict is LedgerVerdict.HOLDS
    other.close()


def test_a_new_key_counts_once_it_is_trusted(console: Console, device: Device, tmp_path: Path) -> None:
    decided(device)
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, STRANGER))
    with pytest.raises(HeadKeyUnknown):
        decided(device)
    (tmp_path / "key.json").write_text(json.dumps(key_members(STRANGER.public)), encoding="utf-8")
    (trusted,) = trust_key(console, tmp_path / "key.json", "Harmonia").value
    assert trusted.fingerprint == STRANGER.public.fingerprint
    device.sync()
    assert heads.all_kept(device.store, artist_id(0))[-1].claims.size == 2
    known(console)
    assert verify_ledgers(console).verdict is LedgerVerdict.HOLDS


def test_a_ledger_without_any_signed_head_is_said_to_lack_one(console: Console, device: Device) -> None:
    line(device).before["/head"] = lambda: setattr(line(device), "lose_requests", 1)
    with pytest.raises(Unreachable):
        decided(device)
    known(console)
    found = verify_ledgers(console)
    assert found.verdict is LedgerVerdict.NOT_ALL_CHECKED
    ((state, words),) = not_passed(found)
    assert (state, words.startswith("No signed head")) == (CheckState.CANNOT, True)
