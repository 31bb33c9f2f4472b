"""Where the keys of a profile are kept, with keyrings that work, are locked, hang or lie."""

from __future__ import annotations

import json
import stat
import sys
import time
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend

from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import (
    KeyMissing,
    KeysUnreachable,
    KeysUnreadable,
    SecretStore,
    ensure_key,
    open_secrets,
)
from tests.host.keyrings import ForgetfulKeyring, HangingKeyring, MemoryKeyring, OpenKeyring

SECRET = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> ProfileFolder:
    return ProfileFolder(tmp_path)


def open_with(
    folder: ProfileFolder, backend: KeyringBackend, deadline_s: float = 5, **environ: str
) -> SecretStore:
    return open_secrets(folder, backend=backend, deadline_s=deadline_s, environ=environ)


def test_a_working_keyring_holds_the_secret_and_the_folder_does_not(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    open_with(folder, ring).put("data", SECRET)
    again = open_with(folder, ring)
    assert again.where() == "keyring"
    assert again.get("data") == SECRET
    assert len(ring.entries) == 1
    assert set(json.loads(folder.keys.read_text())) == {"kept_in", "service"}


def test_two_profiles_do_not_share_entries(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    stores = []
    for name in ("a", "b"):
        folder = ProfileFolder(tmp_path / name)
        folder.create()
        stores.append(open_with(folder, ring))
    stores[0].put("data", SECRET)
    assert stores[1].get("data") is None


@pytest.mark.parametrize(
    "ring",
    [keyring.backends.fail.Keyring(), keyring.backends.null.Keyring(), ForgetfulKeyring(), OpenKeyring()],
    ids=["fail", "null", "forgetful", "not encrypted"],
)
def test_without_a_fit_keyring_the_file_is_used_and_says_so(
    folder: ProfileFolder, ring: KeyringBackend
) -> None:
    store = open_with(folder, ring)
    store.put("data", SECRET)
    assert store.where() == "file"
    assert open_with(folder, ring).get("data") == SECRET


def test_a_locked_keyring_at_the_first_start_means_the_file(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    ring.locked = True
    assert open_with(folder, ring).where() == "file"


def test_a_hanging_keyring_costs_the_deadline_once_and_means_the_file(folder: ProfileFolder) -> None:
    ring = HangingKeyring()
    started = time.monotonic()
    store = open_with(folder, ring, deadline_s=0.2)
    waited_s = time.monotonic() - started
    ring.release.set()
    assert store.where() == "file"
    assert waited_s < 4
    assert ring.times_asked == 1


def test_once_in_a_file_the_keys_stay_there(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    open_with(folder, ring, ARTIST_CONSOLE_KEYRING="off").put("data", SECRET)
    later = open_with(folder, ring)
    assert later.where() == "file"
    assert later.get("data") == SECRET
    assert ring.entries == {}


def test_a_profile_with_keyring_is_never_given_new_keys_when_the_keyring_fails(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    ensure_key(open_with(folder, ring), "data", new_profile=True)
    before = folder.keys.read_bytes()
    ring.locked = True
    with pytest.raises(KeysUnreachable, match="does not answer"):
        ensure_key(open_with(folder, ring), "data", new_profile=False)
    with pytest.raises(KeysUnreachable, match="ARTIST_CONSOLE_KEYRING"):
        open_with(folder, ring, ARTIST_CONSOLE_KEYRING="off")
    assert folder.keys.read_bytes() == before


def test_a_keyring_that_hangs_later_is_told_within_the_deadline(folder: ProfileFolder) -> None:
    open_with(folder, MemoryKeyring())
    ring = HangingKeyring()
    store = open_with(folder, ring, deadline_s=0.1)
    for _ in range(3):
        with pytest.raises(KeysUnreachable):
            store.get("data")
    ring.release.set()
    assert ring.times_asked == 1


def test_a_key_is_made_once_for_a_new_profile(folder: ProfileFolder) -> None:
    store = open_with(folder, MemoryKeyring())
    key = ensure_key(store, "data", new_profile=True)
    assert len(key) == 32
    assert ensure_key(store, "data", new_profile=True) == key
    assert ensure_key(store, "data", new_profile=False) == key


def test_a_lost_key_is_told_and_not_replaced(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    store = open_with(folder, ring)
    ensure_key(store, "data", new_profile=True)
    ring.entries.clear()
    with pytest.raises(KeyMissing, match="missing from the keyring"):
        ensure_key(store, "data", new_profile=False)
    assert ring.entries == {}


@pytest.mark.parametrize("setting", ["on", "off"])
def test_a_forgotten_secret_is_gone_and_others_stay(folder: ProfileFolder, setting: str) -> None:
    store = open_with(folder, MemoryKeyring(), ARTIST_CONSOLE_KEYRING=setting)
    store.put("data", SECRET)
    store.put("token", b"t")
    store.forget("token")
    store.forget("never there")
    assert store.get("token") is None
    assert store.get("data") == SECRET


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize("setting", ["on", "off"])
def test_the_file_is_private(folder: ProfileFolder, setting: str) -> None:
    open_with(folder, MemoryKeyring(), ARTIST_CONSOLE_KEYRING=setting).put("data", SECRET)
    assert stat.S_IMODE(folder.keys.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b'{"kept_in":"cloud"}',
        b'{"kept_in":"file","keys":{"data":"?"}}',
        b'{"kept_in":"file"}',
    ],
)
def test_a_damaged_file_of_keys_is_told_and_left_alone(folder: ProfileFolder, content: bytes) -> None:
    folder.keys.write_bytes(content)
    with pytest.raises(KeysUnreadable):
        open_with(folder, MemoryKeyring())
    assert folder.keys.read_bytes() == content


def test_a_secret_longer_than_any_keyring_takes_is_refused_before_it_is_sent(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    with pytest.raises(ValueError, match="too long"):
        open_with(folder, ring).put("data", bytes(1000))
    assert ring.entries == {}


def test_no_repr_shows_a_secret(folder: ProfileFolder) -> None:
    store = open_with(folder, MemoryKeyring(), ARTIST_CONSOLE_KEYRING="off")
    store.put("data", b"in plain sight")
    assert "plain" not in repr(store)
