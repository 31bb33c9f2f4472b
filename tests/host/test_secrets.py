"""Where the keys of a profile are kept, with keyrings that work, are locked, hang or lie."""

from __future__ import annotations

import json
import stat
import sys
import threading
import time
import traceback
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend

from artist_console.host.keyring_troubles import (
    KeyringAbsent,
    KeyringChanged,
    KeyringDenied,
    KeyringForbidden,
    KeyringHangs,
    KeyringLocked,
    KeyringState,
    SecretTooLong,
)
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import (
    KeyMissing,
    KeysUnreachable,
    KeysUnreadable,
    NewKeys,
    PlaceNotChosen,
    SecretStore,
    ensure_key,
    key_places,
    open_secrets,
    remember_keyring,
)
from tests.host.keyrings import (
    DenyingKeyring,
    ForgetfulKeyring,
    GoneKeyring,
    HangingKeyring,
    LockedKeyring,
    MemoryKeyring,
    OpenKeyring,
    OtherKeyring,
    StrangeKeyring,
)

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
    assert set(json.loads(folder.keys.read_text())) == {"kept_in", "service", "backend"}


def test_two_profiles_do_not_share_entries(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    stores = []
    for name in ("a", "b"):
        folder = ProfileFolder(tmp_path / name)
        folder.create()
        stores.append(open_with(folder, ring))
    stores[0].put("data", SECRET)
    assert stores[1].get("data") is None


STATES = [
    (keyring.backends.fail.Keyring(), KeyringState.ABSENT, "No keyring works on this computer"),
    (keyring.backends.null.Keyring(), KeyringState.ABSENT, "No keyring works on this computer"),
    (OpenKeyring(), KeyringState.ABSENT, "No keyring works on this computer"),
    (ForgetfulKeyring(), KeyringState.FORGETS, "does not keep what it is given"),
    (LockedKeyring(), KeyringState.LOCKED, "is locked"),
    (DenyingKeyring(), KeyringState.DENIED, "did not let Artist Console in"),
    (GoneKeyring(), KeyringState.ABSENT, "No keyring works on this computer"),
    (StrangeKeyring(), KeyringState.FAILS, "does not work"),
]
STATE_NAMES = ["fail", "null", "not encrypted", "forgetful", "locked", "denying", "gone", "strange"]


@pytest.mark.parametrize(("ring", "state", "words"), STATES, ids=STATE_NAMES)
def test_without_a_fit_keyring_nothing_is_kept_anywhere_until_the_person_chooses(
    folder: ProfileFolder, ring: KeyringBackend, state: KeyringState, words: str
) -> None:
    assert key_places(backend=ring, deadline_s=5, environ={}).keyring is state
    with pytest.raises(PlaceNotChosen, match=words):
        open_with(folder, ring)
    assert not folder.keys.exists()


@pytest.mark.parametrize(("ring", "_state", "_words"), STATES, ids=STATE_NAMES)
def test_a_chosen_file_is_used_and_says_so(
    folder: ProfileFolder, ring: KeyringBackend, _state: KeyringState, _words: str
) -> None:
    store = open_secrets(folder, choice=NewKeys.FILE, backend=ring, deadline_s=5, environ={})
    store.put("data", SECRET)
    assert store.where() == "file"
    assert open_with(folder, ring).get("data") == SECRET


def test_what_is_nobodys_secret_may_go_into_a_file_without_a_question(tmp_path: Path) -> None:
    for name, ring, place in (("a", MemoryKeyring(), "keyring"), ("b", LockedKeyring(), "file")):
        folder = ProfileFolder(tmp_path / name)
        folder.create()
        chosen = NewKeys.KEYRING_OR_FILE
        assert open_secrets(folder, choice=chosen, backend=ring, deadline_s=5, environ={}).where() == place


def test_a_choice_of_the_keyring_is_no_choice_of_anything_else(folder: ProfileFolder) -> None:
    with pytest.raises(PlaceNotChosen, match="is locked"):
        open_secrets(folder, choice=NewKeys.KEYRING, backend=LockedKeyring(), deadline_s=5, environ={})
    with pytest.raises(KeyringForbidden):
        open_secrets(
            folder, choice=NewKeys.KEYRING, backend=MemoryKeyring(), environ={"ARTIST_CONSOLE_KEYRING": "off"}
        )
    assert not folder.keys.exists()


def test_a_hanging_keyring_costs_the_deadline_once_at_the_first_start(folder: ProfileFolder) -> None:
    ring = HangingKeyring()
    started = time.monotonic()
    with pytest.raises(PlaceNotChosen, match="does not answer"):
        open_with(folder, ring, deadline_s=0.2)
    waited_s = time.monotonic() - started
    ring.release.set()
    assert waited_s < 4
    assert ring.times_asked == 1


def test_once_in_a_file_the_keys_stay_there(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    open_with(folder, ring, ARTIST_CONSOLE_KEYRING="off").put("data", SECRET)
    later = open_with(folder, ring)
    assert later.where() == "file"
    assert later.get("data") == SECRET
    assert ring.entries == {}


LATER = [
    (LockedKeyring(), KeyringLocked, "is locked"),
    (DenyingKeyring(), KeyringDenied, "did not let Artist Console read"),
    (keyring.backends.fail.Keyring(), KeyringAbsent, "no keyring runs on this computer now"),
    (keyring.backends.null.Keyring(), KeyringAbsent, "no keyring runs on this computer now"),
    (GoneKeyring(), KeyringAbsent, "no keyring runs on this computer now"),
    (StrangeKeyring(), KeysUnreachable, "does not answer as it should"),
    (OtherKeyring(), KeyringChanged, r"put into MemoryKeyring; this computer now uses OtherKeyring"),
]


@pytest.mark.parametrize(
    ("ring", "kind", "words"), LATER, ids=["locked", "denying", "fail", "null", "gone", "strange", "changed"]
)
def test_a_keyring_that_fails_later_is_told_as_what_it_is_and_no_new_key_is_made(
    folder: ProfileFolder, ring: KeyringBackend, kind: type[KeysUnreachable], words: str
) -> None:
    ensure_key(open_with(folder, MemoryKeyring()), "data", new_profile=True)
    before = folder.keys.read_bytes()
    with pytest.raises(KeysUnreachable, match=words) as told:
        ensure_key(open_with(folder, ring), "data", new_profile=False)
    assert type(told.value) is kind
    assert told.value.__cause__ is None
    assert "othing was changed" in told.value.advice
    assert folder.keys.read_bytes() == before


def test_no_two_troubles_of_a_keyring_are_told_in_the_same_words() -> None:
    kinds = [KeyringAbsent, KeyringChanged, KeyringDenied, KeyringHangs, KeyringLocked, KeysUnreachable]
    kinds += [KeyMissing, KeyringForbidden, SecretTooLong]
    assert len({kind.title_template for kind in kinds}) == len(kinds)


def test_a_message_of_a_keyring_is_never_passed_on(folder: ProfileFolder) -> None:
    open_with(folder, MemoryKeyring())
    with pytest.raises(KeysUnreachable) as told:
        open_with(folder, StrangeKeyring()).put("data", SECRET)
    assert StrangeKeyring.MESSAGE not in "".join(traceback.format_exception(told.value))


def test_a_keyring_that_is_forbidden_is_told_so(folder: ProfileFolder) -> None:
    open_with(folder, MemoryKeyring())
    with pytest.raises(KeyringForbidden, match="ARTIST_CONSOLE_KEYRING"):
        open_with(folder, MemoryKeyring(), ARTIST_CONSOLE_KEYRING="off")


def test_another_keyring_that_has_the_keys_is_as_good_and_is_remembered(folder: ProfileFolder) -> None:
    ring, other = MemoryKeyring(), OtherKeyring()
    open_with(folder, ring).put("data", SECRET)
    other.entries = ring.entries
    store = open_with(folder, other)
    assert store.get("data") == SECRET
    remember_keyring(folder, store)
    with pytest.raises(KeyringChanged, match="put into OtherKeyring; this computer now uses MemoryKeyring"):
        open_with(folder, MemoryKeyring()).get("data")


def test_a_profile_from_before_the_name_was_kept_opens_and_learns_it(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    open_with(folder, ring).put("data", SECRET)
    record = json.loads(folder.keys.read_text())
    del record["backend"]
    folder.keys.write_text(json.dumps(record))
    with pytest.raises(KeyMissing):
        ensure_key(open_with(folder, OtherKeyring()), "data", new_profile=False)
    store = open_with(folder, ring)
    assert store.get("data") == SECRET
    remember_keyring(folder, store)
    assert json.loads(folder.keys.read_text())["backend"].endswith("MemoryKeyring")


def test_a_keyring_that_hangs_later_is_told_within_the_deadline(folder: ProfileFolder) -> None:
    open_with(folder, MemoryKeyring())
    ring = HangingKeyring()
    store = open_with(folder, ring, deadline_s=0.1)
    for _ in range(3):
        with pytest.raises(KeyringHangs, match="did not answer in time"):
            store.get("data")
    ring.release.set()
    assert ring.times_asked == 1


def test_the_keyring_is_asked_in_a_thread_of_its_own(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    open_with(folder, ring).put("data", SECRET)
    open_with(folder, ring).get("data")
    assert ring.threads
    assert threading.get_ident() not in ring.threads


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
        b'{"kept_in":"passphrase"}',
        b'{"kept_in":"passphrase","argon2id":{"memory_kib":65536,"passes":3,"lanes":4,"salt":"AA=="},'
        b'"wrapped":""}',
        b'{"kept_in":"passphrase","argon2id":{"memory_kib":8,"passes":1,"lanes":1,'
        b'"salt":"AAAAAAAAAAAAAAAAAAAAAA=="},"wrapped":""}',
    ],
)
def test_a_damaged_file_of_keys_is_told_and_left_alone(folder: ProfileFolder, content: bytes) -> None:
    folder.keys.write_bytes(content)
    with pytest.raises(KeysUnreadable):
        open_with(folder, MemoryKeyring())
    assert folder.keys.read_bytes() == content


def test_a_secret_longer_than_any_keyring_takes_is_refused_before_it_is_sent(folder: ProfileFolder) -> None:
    ring = MemoryKeyring()
    with pytest.raises(SecretTooLong, match=r"1336 of 1280 signs"):
        open_with(folder, ring).put("data", bytes(1000))
    assert ring.entries == {}


def test_no_repr_shows_a_secret(folder: ProfileFolder) -> None:
    store = open_with(folder, MemoryKeyring(), ARTIST_CONSOLE_KEYRING="off")
    store.put("data", b"in plain sight")
    assert "plain" not in repr(store)
